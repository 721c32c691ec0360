"""The file around the parts: what each is, which lead to which (ECMA-376, part 2: Open Packaging Conventions)."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from atelier.writers.word.elements import node, part

if TYPE_CHECKING:
    from collections.abc import Mapping

OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LONGEST_ADDRESS: Final = 2079
"""Characters; Word takes a file with a longer one for damaged."""
_AS_IT_IS: Final = "!#$%&'()*+,/:;=?@[]~"
_NEVER: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file inside: the same article gives the same bytes."""
_PACKED_ALREADY: Final = (".png", ".jpg", ".jpeg", ".gif")


@dataclass(slots=True)
class Relations:
    """What one part leads to: other parts, and addresses outside. Each target has one id."""

    _ids: dict[tuple[str, str, bool], str] = field(default_factory=dict[tuple[str, str, bool], str])

    def to_part(self, kind: str, target: str) -> str:
        """The id that stands for another part."""
        return self._id(f"{OFFICE}/{kind}", target, outside=False)

    def to_package_part(self, kind: str, target: str) -> str:
        """The same for what every package has, whatever is in it."""
        return self._id(f"{PACKAGE}/relationships/{kind}", target, outside=False)

    def to_address(self, address: str) -> str:
        """The id that stands for an address on the network; empty where it is none that Word can take."""
        known = _as_uri(address)
        return self._id(f"{OFFICE}/hyperlink", known, outside=True) if known else ""

    def _id(self, kind: str, target: str, *, outside: bool) -> str:
        return self._ids.setdefault((kind, target, outside), f"rId{len(self._ids) + 1}")

    def xml(self) -> bytes:
        root = node("Relationships", xmlns=f"{PACKAGE}/relationships")
        for (kind, target, outside), id_ in self._ids.items():
            where = {"TargetMode": "External"} if outside else {}
            root.append(node("Relationship", Id=id_, Type=kind, Target=target, **where))
        return part(root, ())

    def __bool__(self) -> bool:
        return bool(self._ids)


def _as_uri(address: str) -> str:
    """`address` as a URI (RFC 3986); empty where it is none: one such makes Word refuse the whole file."""
    try:
        found = urlsplit(address.strip())
        host = found.netloc.encode("idna").decode() if not found.netloc.isascii() else found.netloc
        port = found.port
        uri = quote(found._replace(netloc=host).geturl(), safe=_AS_IT_IS)
    except ValueError:  # UnicodeError of a host is one
        return ""
    if found.scheme in {"http", "https"} and not found.hostname:
        return ""
    stray = "[" in uri.replace(host, "", 1) or "]" in uri.replace(host, "", 1) or not _escapes_are_whole(uri)
    return "" if stray or port == 0 or len(uri) > _LONGEST_ADDRESS or uri.count("#") > 1 else uri


def _escapes_are_whole(uri: str) -> bool:
    return all(len(each) >= 2 and set(each[:2]) <= set("0123456789abcdefABCDEF") for each in uri.split("%")[1:])


def packed(parts: Mapping[str, bytes], types: Mapping[str, str], relations: Mapping[str, Relations]) -> bytes:
    """The file: `parts` and the `relations` of parts by their names in it, `types` by name or by “.suffix”.

    The relations of the file itself are under the empty name.
    """
    contents = node("Types", xmlns=f"{PACKAGE}/content-types")
    for name, kind in types.items():
        if name.startswith("."):
            contents.append(node("Default", Extension=name[1:], ContentType=kind))
        else:
            contents.append(node("Override", PartName=f"/{name}", ContentType=kind))
    out = BytesIO()
    with ZipFile(out, "w") as file:
        _put(file, "[Content_Types].xml", part(contents, ()))
        for name, each in relations.items():
            folder, _slash, own = name.rpartition("/")
            if each:
                _put(file, f"{folder}/_rels/{own}.rels".lstrip("/"), each.xml())
        for name, data in parts.items():
            _put(file, name, data)
    return out.getvalue()


def _put(file: ZipFile, name: str, data: bytes) -> None:
    info = ZipInfo(name, _NEVER)
    info.compress_type = ZIP_STORED if name.endswith(_PACKED_ALREADY) else ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    file.writestr(info, data)
