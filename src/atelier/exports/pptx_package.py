"""A presentation as a package of parts: size, theme, master, one layout, properties, and the slides that are added.

Format: Office Open XML, ECMA-376 part 1, 13.3 (parts), and part 2 (packages). Master, layout and theme are those of
python-pptx's default file, in the size, fonts and colours of the deck. The package is written here, because
python-pptx looks through all parts for every new one: minutes for a long deck.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from posixpath import basename, dirname, relpath
from typing import TYPE_CHECKING

from atelier import __version__
from atelier.exports.pptx_shapes import EMU, NAMESPACES, attribute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.deck.looks import Theme
    from atelier.exports.pdf_reading import Metadata
    from atelier.foundation.geometry import Size

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml."
_CORE = f"{_PACKAGE}relationships/metadata/core-properties"
IMAGE, LINK, SLIDE = (_OFFICE + kind for kind in ("image", "hyperlink", "slide"))
_KINDS = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
_FIRST_SLIDE, _FIRST_MASTER = 256, 2_147_483_648
"""The least ids that slides and masters may have."""
_NOTES_SIZE = (6_858_000, 9_144_000)
_PLACE = re.compile(r'<a:(off|ext) (x|cx)="(\d+)" (y|cy)="(\d+)"/>')
_LATIN = re.compile(r'(<a:(major|minor)Font>\s*<a:latin typeface=")[^"]*(")')
_LINK_COLOUR = re.compile(r'(<a:(?:h|folH)link>)<a:srgbClr val="[0-9A-Fa-f]{6}"/>')


@dataclass(slots=True, eq=False)
class Part:
    """A file of the package, and by their ids what it refers to: kind and name, or an address outside."""

    name: str
    kind: str
    data: bytes = b""
    links: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def refer(self, kind: str, to: Part | str) -> str:
        """The id of a reference to a part, or to an address."""
        target = to.name if isinstance(to, Part) else to
        return self.links.setdefault((kind, target), f"rId{len(self.links) + 1}")


class Package:
    """A presentation that slides are added to. `size` is that of a view, 1080 pixels high."""

    def __init__(self, size: Size, theme: Theme, metadata: Metadata) -> None:
        self._size = (round(size.width * EMU), round(size.height * EMU))
        self._parts: list[Part] = []
        self._pictures: dict[bytes, Part] = {}
        self._slides: list[Part] = []
        self._notes: list[Part] = []
        self._notes_master: Part | None = None
        given = _template()
        self._own_theme = _themed(given["ppt/theme/theme1.xml"], theme)
        self._document = self._part("/ppt/presentation.xml", f"{_PRESENTATION}presentation.main+xml")
        self._master = self._part("/ppt/slideMasters/slideMaster1.xml", f"{_PRESENTATION}slideMaster+xml")
        self._layout = self._part("/ppt/slideLayouts/slideLayout1.xml", f"{_PRESENTATION}slideLayout+xml")
        self._layout.data = given["ppt/slideLayouts/slideLayout6.xml"].encode()
        self._layout.refer(_OFFICE + "slideMaster", self._master)
        layout = self._master.refer(_OFFICE + "slideLayout", self._layout)
        self._master.refer(_OFFICE + "theme", self._theme(1))
        listed = f'<p:sldLayoutIdLst><p:sldLayoutId id="{_FIRST_MASTER + 1}" r:id="{layout}"/></p:sldLayoutIdLst>'
        master = re.sub(r"<p:sldLayoutIdLst>.*</p:sldLayoutIdLst>", listed, given["ppt/slideMasters/slideMaster1.xml"])
        self._master.data = self._stretched(master).encode()
        self._core = self._part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
        self._core.data = _core(metadata).encode()

    def add_slide(self) -> Part:
        """A new last slide, yet to be written."""
        slide = self._part(f"/ppt/slides/slide{len(self._slides) + 1}.xml", f"{_PRESENTATION}slide+xml")
        slide.refer(_OFFICE + "slideLayout", self._layout)
        self._slides.append(slide)
        return slide

    def add_notes(self, slide: Part, xml: str) -> None:
        """The notes page of a slide."""
        if self._notes_master is None:
            self._notes_master = master = self._part(
                "/ppt/notesMasters/notesMaster1.xml", f"{_PRESENTATION}notesMaster+xml"
            )
            master.data = (_templates() / "notesMaster.xml").read_bytes()
            master.refer(_OFFICE + "theme", self._theme(2))
        notes = self._part(f"/ppt/notesSlides/notesSlide{len(self._notes) + 1}.xml", f"{_PRESENTATION}notesSlide+xml")
        notes.data = xml.encode()
        notes.refer(_OFFICE + "notesMaster", self._notes_master)
        notes.refer(SLIDE, slide)
        slide.refer(_OFFICE + "notesSlide", notes)
        self._notes.append(notes)

    def picture(self, data: bytes, kind: str) -> Part:
        """A picture, png, jpeg or svg, which the file holds but once."""
        known = self._pictures.get(data)
        if known is None:
            known = self._part(f"/ppt/media/image{len(self._pictures) + 1}.{kind}", _KINDS[kind])
            known.data = data
            self._pictures[data] = known
        return known

    def save(self, file: Path) -> None:
        """Writes all of it. Raises OSError."""
        self._document.data = self._presentation().encode()
        root = Part("/", "")
        root.refer(_OFFICE + "officeDocument", self._document)
        root.refer(_CORE, self._core)
        with zipfile.ZipFile(file, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
            out.writestr("[Content_Types].xml", self._types())
            out.writestr("_rels/.rels", _references(root))
            for part in self._parts:
                packed = part.kind in (_KINDS["png"], _KINDS["jpeg"])
                out.writestr(part.name[1:], part.data, zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED)
                if part.links:
                    name = f"{dirname(part.name)}/_rels/{basename(part.name)}.rels"
                    out.writestr(name[1:], _references(part))

    def _part(self, name: str, kind: str) -> Part:
        part = Part(name, kind)
        self._parts.append(part)
        return part

    def _theme(self, number: int) -> Part:
        part = self._part(f"/ppt/theme/theme{number}.xml", "application/vnd.openxmlformats-officedocument.theme+xml")
        part.data = self._own_theme.encode()
        return part

    def _stretched(self, xml: str) -> str:
        """The places of a master as they are on slides of this size."""
        width, height = (side / before for side, before in zip(self._size, (9_144_000, 6_858_000), strict=True))

        def stretched(found: re.Match[str]) -> str:
            x, y = round(int(found[3]) * width), round(int(found[5]) * height)
            return f'<a:{found[1]} {found[2]}="{x}" {found[4]}="{y}"/>'

        return _PLACE.sub(stretched, xml)

    def _presentation(self) -> str:
        document = self._document
        master = document.refer(_OFFICE + "slideMaster", self._master)
        notes = ""
        if self._notes_master is not None:
            id_ = document.refer(_OFFICE + "notesMaster", self._notes_master)
            notes = f'<p:notesMasterIdLst><p:notesMasterId r:id="{id_}"/></p:notesMasterIdLst>'
        document.refer(_OFFICE + "theme", self._parts[self._parts.index(self._layout) + 1])
        slides = "".join(
            f'<p:sldId id="{_FIRST_SLIDE + i}" r:id="{document.refer(SLIDE, slide)}"/>'
            for i, slide in enumerate(self._slides)
        )
        return (
            f'{XML}<p:presentation {NAMESPACES} saveSubsetFonts="1">'
            f'<p:sldMasterIdLst><p:sldMasterId id="{_FIRST_MASTER}" r:id="{master}"/></p:sldMasterIdLst>{notes}'
            f"<p:sldIdLst>{slides}</p:sldIdLst>"
            f'<p:sldSz cx="{self._size[0]}" cy="{self._size[1]}"/>'
            f'<p:notesSz cx="{_NOTES_SIZE[0]}" cy="{_NOTES_SIZE[1]}"/></p:presentation>'
        )

    def _types(self) -> str:
        rows = [f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in _KINDS.items()]
        rows.append(
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        )
        rows.append('<Default Extension="xml" ContentType="application/xml"/>')
        rows += [
            f'<Override PartName="{part.name}" ContentType="{part.kind}"/>'
            for part in self._parts
            if part.kind not in _KINDS.values()
        ]
        return f'{XML}<Types xmlns="{_PACKAGE}content-types">{"".join(rows)}</Types>'


def _references(part: Part) -> str:
    """What a part refers to, from where it is: programs know a link to a slide by that."""
    rows: list[str] = []
    for (kind, name), id_ in part.links.items():
        target = name if kind == LINK else relpath(name, dirname(part.name))
        outside = ' TargetMode="External"' if kind == LINK else ""
        rows.append(f'<Relationship Id="{id_}" Type="{kind}" Target="{attribute(target)}"{outside}/>')
    return f'{XML}<Relationships xmlns="{_PACKAGE}relationships">{"".join(rows)}</Relationships>'


def _templates() -> Path:
    """The folder with python-pptx's files, found without importing it, which takes a fifth of a second."""
    spec = find_spec("pptx")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "templates"


def _template() -> Mapping[str, str]:
    with zipfile.ZipFile(_templates() / "default.pptx") as file:
        names = (name for name in file.namelist() if name.endswith(".xml"))
        return {name: file.read(name).decode() for name in names}


def _themed(xml: str, theme: Theme) -> str:
    """The families of the deck's theme as those of the file, and its colour of links."""
    families = {"major": theme.fonts.titles.family, "minor": theme.fonts.body.family}
    xml = _LATIN.sub(lambda found: found[1] + attribute(families[found[2]]) + found[3], xml)
    accent = theme.colours.accent.removeprefix("#").upper()
    xml = _LINK_COLOUR.sub(lambda found: f'{found[1]}<a:srgbClr val="{accent}"/>', xml)
    return xml.replace('name="Office Theme"', 'name="Atelier"')


def _core(metadata: Metadata) -> str:
    """What the file says of itself."""
    said = {
        "dc:title": metadata.title,
        "dc:subject": metadata.subject,
        "dc:creator": metadata.author,
        "cp:keywords": ", ".join(metadata.keywords),
        "cp:lastModifiedBy": f"Atelier {__version__}",
        "dc:language": metadata.lang,
    }
    rows = "".join(f"<{name}>{attribute(text)}</{name}>" for name, text in said.items() if text)
    time = metadata.time.strftime("%Y-%m-%dT%H:%M:%SZ")
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{time}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{rows}<cp:revision>1</cp:revision>{times}</cp:coreProperties>"
    )
