"""Pictures of a path as slides that can be edited: texts, tables, pictures and shapes over a picture of the rest.

What a frame says itself becomes text boxes, tables, pictures and shapes at the places of its display list. The ground
under it, the canvas around it and the frames inside it are a picture behind them; a view of other frames is nothing but
that picture. Every frame that is seen has a link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPainter

from atelier.canvas.faces import Face
from atelier.exports import pptx_shapes as shapes
from atelier.exports.bodies import TableBody, TextBody, bodies_of
from atelier.exports.links import LinkArea, Links, sights_of, with_page
from atelier.exports.painters import ended
from atelier.exports.pptx_notes import notes_page
from atelier.exports.pptx_package import IMAGE, LINK, SLIDE, XML, Package, Part
from atelier.exports.pptx_pictures import PictureParts
from atelier.exports.pptx_shapes import NAMESPACES, Names, Placing
from atelier.exports.pptx_text import TextWriter
from atelier.exports.stops import paint_stop
from atelier.foundation.geometry import FRAME_HEIGHT, Rect, Size
from atelier.markup.audience import visible
from atelier.render.exact import face_at
from atelier.render.scene import WHOLE
from atelier.typeset.display import BoxItem, PictureItem
from atelier.typeset.structure import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from atelier.exports.bodies import Body
    from atelier.exports.pdf_reading import Metadata
    from atelier.exports.stops import StopPicture
    from atelier.foundation.geometry import Similarity
    from atelier.render.scene import Scene

GROUND_HEIGHT = 648
"""Pixels of the picture behind a text, which shows little but colours."""
VIEW_HEIGHT = 1080
"""Pixels of a picture in which other frames are read."""
_JUMP = re.compile(r'<a:hlinkClick r:id="@(\d+)@" action="ppaction://hlinksldjump">(.*?)</a:hlinkClick>')


@dataclass(slots=True)
class _Slide:
    """A slide that is written but for its links to others."""

    part: Part
    frame: int
    xml: str
    areas: tuple[LinkArea, ...]
    names: Names


def write_pptx(
    scene: Scene, pictures: Iterable[StopPicture], size: Size, draft: Path, metadata: Metadata, path: str = ""
) -> int:
    """Writes one slide a picture to `draft` and returns their number. `size` is that of a view, 1080 pixels high;
    `path` is the one whose notes are taken.

    Raises OSError where the file cannot be written.
    """
    writer = _Writer(scene, size, metadata, path)
    for picture in pictures:
        writer.add(picture)
    return writer.save(draft)


class _Writer:
    def __init__(self, scene: Scene, size: Size, metadata: Metadata, path: str) -> None:
        self._scene = scene
        self._size = size
        self._lang = metadata.lang
        self._path = path
        self._package = Package(size, scene.theme, metadata)
        self._parts = PictureParts(self._package)
        self._links = Links(scene)
        self._slides: list[_Slide] = []

    def add(self, picture: StopPicture) -> None:
        scene = self._scene
        slide = self._package.add_slide()
        names = Names()
        lang = scene.deck.frames[picture.frame].lang or self._lang
        sight = next((s for s in sights_of(scene, picture, self._size) if s.place == picture.place), None)
        own = sight is not None and picture.look.focus == picture.place and sight.transform.rotation == 0.0
        if own and sight is not None:
            share = sight.transform.scale * FRAME_HEIGHT / self._size.height
            own = face_at(scene, picture.place, share) is Face.CONTENT
        behind = self._behind(picture, bare=own)
        inner: list[str] = []
        if own and sight is not None:
            inner = self._content(slide, picture, sight.transform, names, lang)
        else:
            title = scene.deck.frames[picture.frame].title
            whole = Rect(0.0, 0.0, self._size.width * shapes.EMU, self._size.height * shapes.EMU)
            inner.append(shapes.picture(whole, slide.refer(IMAGE, behind), names, alt=title))
            writer = TextWriter(Placing(1.0, 0.0, 0.0), names, lang, whole.width, lambda _href: "")
            inner.insert(0, writer.hidden_title(title))
        ground = ""
        if own:
            ground = (
                f'<p:bg><p:bgPr><a:blipFill><a:blip r:embed="{slide.refer(IMAGE, behind)}"/>'
                "<a:stretch><a:fillRect/></a:stretch></a:blipFill><a:effectLst/></p:bgPr></p:bg>"
            )
        written = "".join(inner)
        areas = tuple(
            area
            for area in self._links.of(picture, self._size)
            if not (own and area.place == picture.place and self._is_linked(area, written))
        )
        xml = (
            f"{XML}<p:sld {NAMESPACES}><p:cSld>{ground}<p:spTree>"
            '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
            f"{written}@areas@</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )
        self._slides.append(_Slide(slide, picture.frame, xml, areas, names))
        self._add_notes(slide, picture, lang)

    def save(self, draft: Path) -> int:
        """Links the slides to each other and writes the file."""
        first: dict[int, Part] = {}
        for slide in self._slides:
            first.setdefault(slide.frame, slide.part)
        for slide in self._slides:
            slide.part.data = self._finished(slide, first).encode()
        self._package.save(draft)
        return len(self._slides)

    # --- what a frame says ----------------------------------------------------------------------------------------

    def _content(self, slide: Part, picture: StopPicture, transform: Similarity, names: Names, lang: str) -> list[str]:
        shown = picture.look.shown.get(picture.place, WHOLE)
        display = self._scene.typesetter.face(picture.place, Face.CONTENT, shown.page)
        place = Placing.of(transform)
        texts = TextWriter(place, names, lang, self._size.width * shapes.EMU, lambda href: self._link(slide, href))
        bodies = bodies_of(display, shown.step)
        title = next((each for each in bodies if isinstance(each, TextBody) and each.role is Role.TITLE), None)
        out: list[str] = []
        if title is None:
            out.append(texts.hidden_title(self._scene.deck.frames[picture.frame].title))
        else:
            out.append(texts.title(title))
        out += [self._body(slide, each, place, texts, names) for each in bodies if each is not title]
        return out

    def _body(self, slide: Part, body: Body, place: Placing, texts: TextWriter, names: Names) -> str:
        if isinstance(body, TextBody):
            return texts.box(body)
        if isinstance(body, TableBody):
            return texts.table(body)
        if isinstance(body, PictureItem):
            return self._picture(slide, body, place, names)
        shape = shapes.box(body, place, names) if isinstance(body, BoxItem) else shapes.path(body, place, names)
        if shape is not None:
            return shape
        part = self._parts.painted(body, place.scale / shapes.EMU)
        alt = body.element.alt if body.element is not None else ""
        return shapes.picture(place.rect(body.bounds), slide.refer(IMAGE, part), names, alt=alt)

    def _picture(self, slide: Part, item: PictureItem, place: Placing, names: Names) -> str:
        bounds, ratio = item.bounds, item.picture.ratio
        box = bounds.width / bounds.height
        crop = (0.0, 0.0)
        shown = bounds.width
        if item.crop and ratio > box:
            crop, shown = ((1.0 - box / ratio) / 2, 0.0), bounds.height * ratio
        elif item.crop:
            crop = (0.0, (1.0 - ratio / box) / 2)
        longest = max(shown, shown / ratio) * place.scale / shapes.EMU
        parts = self._parts.of(item.picture, longest)
        if parts is None:
            return ""
        pixels, drawing = parts
        return shapes.picture(
            place.rect(bounds),
            slide.refer(IMAGE, pixels),
            names,
            alt=item.element.alt if item.element is not None else "",
            drawing=slide.refer(IMAGE, drawing) if drawing is not None else "",
            shape=shapes.geometry(bounds, item.radius),
            crop=crop,
        )

    def _behind(self, picture: StopPicture, *, bare: bool) -> Part:
        """What is seen beside and under the text of a frame; or all of the view."""
        reads = not bare or any(
            self._scene.canvas.places[s.place].parent == picture.place
            for s in sights_of(self._scene, picture, self._size)
        )
        height = VIEW_HEIGHT if reads else GROUND_HEIGHT
        width = round(height * self._size.ratio)
        image = QImage(width, height, QImage.Format.Format_RGB32)
        painter = QPainter()
        with ended(painter):
            painter.begin(image)
            paint_stop(self._scene, painter, picture, Size(float(width), float(height)), bare=bare)
        return self._parts.photograph(image)

    def _add_notes(self, slide: Part, picture: StopPicture, lang: str) -> None:
        notes = visible(self._scene.notes(picture.frame), self._path, self._scene.language)
        if notes:
            self._package.add_notes(slide, notes_page(notes, lang))

    # --- links ----------------------------------------------------------------------------------------------------

    def _link(self, slide: Part, href: str) -> str:
        """The element of a link in a text; one to a frame waits for the slides."""
        frame, outward = self._links.target(href)
        if outward:
            id_ = slide.refer(LINK, outward)
            return f'<a:hlinkClick r:id="{id_}">{shapes.KEPT_COLOUR}</a:hlinkClick>'
        if frame < 0:
            return ""
        return f'<a:hlinkClick r:id="@{frame}@" action="ppaction://hlinksldjump">{shapes.KEPT_COLOUR}</a:hlinkClick>'

    def _is_linked(self, area: LinkArea, written: str) -> bool:
        """Whether the words of a text are a link themselves; a picture is not."""
        if area.address:
            return shapes.KEPT_COLOUR in written
        return f'r:id="@{area.frame}@"' in written

    def _finished(self, slide: _Slide, first: dict[int, Part]) -> str:
        parents = [frame.parent for frame in self._scene.deck.frames]

        def jump(frame: int) -> str:
            """The id of a link to the slide on which a frame is seen; nothing for this one."""
            found = with_page(frame, first, parents)
            if found < 0 or first[found] is slide.part:
                return ""
            return slide.part.refer(SLIDE, first[found])

        def linked(found: re.Match[str]) -> str:
            id_ = jump(int(found[1]))
            return (
                f'<a:hlinkClick r:id="{id_}" action="ppaction://hlinksldjump">{found[2]}</a:hlinkClick>' if id_ else ""
            )

        xml = _JUMP.sub(linked, slide.xml)
        areas: list[str] = []
        for area in slide.areas:
            if area.address:
                link = f'<a:hlinkClick r:id="{slide.part.refer(LINK, area.address)}"/>'
                said = area.address
            elif id_ := jump(area.frame):
                link = f'<a:hlinkClick r:id="{id_}" action="ppaction://hlinksldjump"/>'
                said = self._scene.deck.frames[area.frame].title
            else:
                continue
            rect = Rect(*(side * shapes.EMU for side in (area.area.x, area.area.y, area.area.width, area.area.height)))
            areas.append(shapes.link_area(rect, link, said, slide.names))
        return xml.replace("@areas@", "".join(areas))
