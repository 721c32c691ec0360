"""SVG drawings made harmless: nothing in them runs, fetches, moves or expands without end.

The tree has plain names without namespaces; whatever is not SVG is gone. Format: W3C SVG 1.1 and 2.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from atelier.foundation.errors import InputError, Location
from atelier.foundation.geometry import Rect
from atelier.foundation.texts import reason
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

LARGEST_SVG: Final = 16 * 1024 * 1024  # bytes
MOST_ELEMENTS: Final = 50_000
MOST_DRAWN: Final = 400_000
"""Elements after every reference is followed."""
DEEPEST: Final = 100
LONGEST_CHAIN: Final = 16
"""References that lead to references."""
LARGEST_SIDE: Final = 1e6
LARGEST_INSET: Final = 8 * 1024 * 1024  # bytes of a picture inside

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_DROPPED = frozenset({
    "script", "foreignobject", "iframe", "embed", "object", "audio", "video", "canvas", "handler", "listener",
    "animate", "animatecolor", "animatemotion", "animatetransform", "animation", "set", "discard", "prefetch",
})  # fmt: skip
_URL_OPENING = re.compile(r"url\s*\(", re.IGNORECASE)
_URL = re.compile(r"url\s*\(([^()]{0,500})\)", re.IGNORECASE)
_IMPORT = re.compile(r"@import[^;{}]*;?", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_INSET = re.compile(r"data:image/(png|jpeg|jpg);base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
_HUGE = re.compile(r"(?<![.\d])0*[1-9]\d{8,}|\d[eE]\+?0*(?:[89]|[1-9]\d)")
_NUMBERS = frozenset({
    "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "fx", "fy", "width",
    "height", "transform", "gradientTransform", "patternTransform", "viewBox", "style", "stroke-width",
    "stroke-dasharray", "stroke-dashoffset", "font-size", "stdDeviation", "markerWidth", "markerHeight",
    "letter-spacing", "word-spacing", "textLength", "radius", "scale", "k1", "k2", "k3", "k4", "rotate",
})  # fmt: skip
_LENGTH = re.compile(r"\s*(\d*\.?\d+(?:[eE][-+]?\d+)?)\s*(px|pt|pc|mm|cm|in|Q)?\s*")
_PIXELS = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "Q": 96 / 101.6}
_MAGIC = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


@dataclass(frozen=True, slots=True)
class SafeSvg:
    """`data` is what a renderer gets, `root` the same as a tree, `box` its view box in its own units."""

    root: Element
    data: bytes
    box: Rect
    removed: tuple[str, ...] = ()
    """Names of the elements and attributes that were taken out, each once, in order."""

    def element(self, id_: str) -> Element | None:
        return next((each for each in self.root.iter() if each.get("id") == id_), None)


def read_svg(path: Path) -> SafeSvg:
    """The drawing at `path`. Raises InputError where it cannot be read, or is more than a drawing should be.

    A file that has not changed since is not read again: its canvas and its picture both ask for it.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise InputError(_("The drawing cannot be read."), reason(error), Location(path)) from error
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _size: int) -> SafeSvg:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_SVG + 1)
    except OSError as error:
        raise InputError(_("The drawing cannot be read."), reason(error), Location(path)) from error
    try:
        return sanitise(data)
    except InputError as error:
        line = error.location.line if error.location else 0
        raise InputError(error.message, error.hint, Location(path, line)) from error


def sanitise(data: bytes) -> SafeSvg:
    """The drawing whose file holds `data`; raises InputError."""
    if len(data) > LARGEST_SVG:
        message = _("The drawing is larger than {n} MB.").format(n=LARGEST_SVG // 2**20)
        raise InputError(message, _("Simplify its paths, or save the pictures in it smaller."))
    cleaner = _Cleaner()
    root = cleaner.parse(data)
    box = _view_box(root)
    _check_references(root)
    return SafeSvg(root, as_bytes(root), box, tuple(dict.fromkeys(cleaner.removed)))


def as_bytes(root: Element) -> bytes:
    """A tree of plain names as the file a renderer reads."""
    from xml.etree.ElementTree import tostring

    root.set("xmlns", _SVG)
    root.set("xmlns:xlink", _XLINK)
    written = tostring(root, encoding="utf-8", xml_declaration=True)
    del root.attrib["xmlns"], root.attrib["xmlns:xlink"]
    return written


class _Cleaner:
    """Builds the tree from expat's events, leaving out what could do more than be drawn."""

    def __init__(self) -> None:
        from xml.etree.ElementTree import TreeBuilder
        from xml.parsers import expat

        self.removed: list[str] = []
        self.builder: Any = TreeBuilder()
        self.depth = 0
        self.elements = 0
        self.open: list[str] = []
        """The elements one is inside of that are kept, the outermost first."""
        self.hidden = 0
        """How deep one is inside an element that is left out; 0 outside."""
        self.style: list[str] | None = None
        self.expat = expat.ParserCreate(namespace_separator="}")
        self.expat.buffer_text = True
        self.expat.StartDoctypeDeclHandler = self._doctype
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._text

    def parse(self, data: bytes) -> Element:
        from xml.parsers import expat

        try:
            self.expat.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:  # the latter two: an encoding nobody knows
            line = getattr(error, "lineno", 0)
            hint = _("Save it again as SVG; line {line} is the first that cannot be read.").format(line=line)
            raise InputError(_("The drawing is not valid XML."), hint, Location(None, line)) from error
        return self.builder.close()

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            hint = _("Save it again as “plain SVG”.")
            raise InputError(_("The drawing declares entities, which are not read."), hint, self._here())

    def _here(self) -> Location:
        return Location(None, self.expat.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > MOST_ELEMENTS:
            message = _("The drawing has more than {n} elements, or nests them more than {depth} deep.")
            hint = _("Simplify it.")
            raise InputError(message.format(n=MOST_ELEMENTS, depth=DEEPEST), hint, self._here())
        space, _sep, local = name.rpartition("}")
        if self.depth == 1 and (local != "svg" or space not in {"", _SVG}):
            raise InputError(_("This file is not an SVG drawing."), "", self._here())
        foreign = space not in {"", _SVG} or local == "metadata"
        if self.hidden or foreign or local.lower() in _DROPPED or self.style is not None:
            self._hide(local, foreign=foreign)
            return
        kept = self._attributes(local, attributes)
        if kept is None:
            self._hide(local, foreign=False)
            return
        self.builder.start(local, kept)
        self.open.append(local)
        self.style = [] if local == "style" else None

    def _hide(self, local: str, *, foreign: bool) -> None:
        if not self.hidden and not foreign and self.open[-1:] != ["switch"]:  # which has something in its place
            self.removed.append(local)
        self.hidden += 1

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.hidden:
            self.hidden -= 1
            return
        if self.style is not None:
            self.builder.data(self._safe_style("".join(self.style)))
            self.style = None
        self.builder.end(name.rpartition("}")[2])
        self.open.pop()

    def _text(self, text: str) -> None:
        if self.hidden:
            return
        if self.style is None:
            self.builder.data(text)
        else:
            self.style.append(text)

    def _attributes(self, element: str, attributes: dict[str, str]) -> dict[str, str] | None:
        """What may stay of them; None where the element is nothing without what may not."""
        kept: dict[str, str] = {}
        for name, value in attributes.items():
            space, _sep, local = name.rpartition("}")
            if local == "href" and space in {"", _XLINK}:
                safe = self._href(element, value)
                if safe is None:
                    self.removed.append("href")
                    if element in {"use", "image", "feImage"}:
                        return None
                elif safe:
                    kept["xlink:href"] = safe
            elif space == _XML:
                if local in {"space", "lang"}:
                    kept[f"xml:{local}"] = value
            elif not space and not self._refused(local, value):
                kept[local] = value
        return kept

    def _href(self, element: str, value: str) -> str | None:
        """The address to keep: one inside the drawing, or a picture that is written into it; None where it is bad."""
        value = value.strip()
        if value.startswith("#"):
            return value
        if element == "a":
            return ""  # a link of the drawing leads nowhere here, and harms nobody
        inset = _INSET.fullmatch(value) if element == "image" and len(value) <= LARGEST_INSET * 4 // 3 else None
        if inset is None:
            return None
        try:
            data = base64.b64decode("".join(inset[2].split()), validate=True)
        except binascii.Error:
            return None
        kind = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "")
        return f"data:image/{kind};base64,{base64.b64encode(data).decode()}" if kind else None

    def _refused(self, name: str, value: str) -> bool:
        lower = name.lower()
        bad = (
            lower.startswith("on")
            or lower in {"src", "base"}
            or (lower == "style" and "\\" in value)
            or "script:" in "".join(value.lower().split())
            or any(target is None for target in _url_targets(value))
        )
        if bad:
            self.removed.append(name)
            return True
        if name in _NUMBERS and _HUGE.search(value):
            message = _("The drawing has a number too large to draw, in “{name}”.").format(name=name)
            raise InputError(message, _("Scale it to a few thousand units."), self._here())
        return False

    def _safe_style(self, text: str) -> str:
        text = _COMMENT.sub(" ", text)
        if "\\" in text or _HUGE.search(text):
            self.removed.append("style")
            return ""
        safe = _URL.sub(lambda url: url[0] if _local(url[1]) else "none", _IMPORT.sub("", text))
        if None in _url_targets(safe):  # one that is never closed
            safe = ""
        if safe != text:
            self.removed.append("style")
        return safe


def _local(target: str) -> str | None:
    """The id an address points at inside the drawing; None where it points elsewhere."""
    target = target.strip().strip("\"'").strip()
    return target[1:] if target.startswith("#") else None


def _url_targets(text: str) -> list[str | None]:
    """For each `url(…)` in an attribute or a style the id it points at, None for one that leads elsewhere."""
    opened = len(_URL_OPENING.findall(text)) if "url" in text.lower() else 0
    if not opened:
        return []
    found = [_local(url[1]) for url in _URL.finditer(text)]
    return found if len(found) == opened else [None]


def _view_box(root: Element) -> Rect:
    """The part of the plane the drawing shows; also written into `root` where it had none."""
    given = root.get("viewBox", "").replace(",", " ").split()
    try:
        numbers = [float(part) for part in given]
    except ValueError:
        numbers = []
    if len(numbers) != 4:
        sides = [_length(root.get(name, "")) for name in ("width", "height")]
        numbers = [0.0, 0.0, *sides]
    x, y, width, height = numbers
    if not all(math.isfinite(n) and abs(n) <= LARGEST_SIDE for n in numbers) or width <= 0 or height <= 0:
        message = _("The drawing does not say how large it is, or is too large.")
        raise InputError(message, _("Give its svg element a viewBox such as “0 0 1600 900”."))
    if max(width / height, height / width) > 1000:
        raise InputError(_("The drawing is a thousand times longer than wide."), _("Change its viewBox."))
    root.set("viewBox", f"{x:.10g} {y:.10g} {width:.10g} {height:.10g}")
    return Rect(x, y, width, height)


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _PIXELS[found[2] or "px"] if found else 0.0


def _check_references(root: Element) -> None:
    """Follows every reference as a renderer would, counting; raises InputError for a circle or an explosion."""
    by_id: dict[str, Element] = {}
    for element in root.iter():
        if (id_ := element.get("id")) and by_id.setdefault(id_, element) is not element:
            del element.attrib["id"]  # whoever draws it might take the other one
    for style in root.iter("style"):  # what a style points at is drawn for elements that do not say so
        style.text = _URL.sub(lambda url: _gradient_only(url, by_id), style.text or "")
    sizes: dict[str, tuple[int, int]] = {}
    _measure(root, by_id, sizes, [])


def _gradient_only(url: re.Match[str], by_id: dict[str, Element]) -> str:
    target = by_id.get(_local(url[1]) or "")
    return url[0] if target is not None and target.tag.endswith("Gradient") else "none"


def _measure(
    element: Element, by_id: dict[str, Element], sizes: dict[str, tuple[int, int]], open_: list[str]
) -> tuple[int, int]:
    """How many elements are drawn for `element`, and how many references follow one another at most."""
    count, chain = 0, 0
    for each in element.iter():
        count += 1
        for id_ in _targets(each):
            target = by_id.get(id_)
            if target is None:
                continue
            if id_ in open_:
                message = _("In the drawing, “#{id}” contains itself.").format(id=id_[:60])
                raise InputError(message, _("Take the reference out."))
            if id_ not in sizes:
                if len(open_) >= LONGEST_CHAIN:
                    raise _too_many()
                sizes[id_] = _measure(target, by_id, sizes, [*open_, id_])
            size, links = sizes[id_]
            count += size
            chain = max(chain, links + 1)
            if count > MOST_DRAWN or chain > LONGEST_CHAIN:
                raise _too_many()
    return count, chain


def _too_many() -> InputError:
    message = _("The drawing repeats its parts so often that it would have more than {n} elements.")
    return InputError(message.format(n=MOST_DRAWN), _("Use fewer copies inside copies."))


def _targets(element: Element) -> list[str]:
    """The ids that drawing this element draws as well."""
    out: list[str] = []
    for name, value in element.attrib.items():
        if name == "xlink:href":
            if value.startswith("#") and element.tag != "a":
                out.append(value[1:])
        else:
            out += [target for target in _url_targets(value) if target]
    return out
