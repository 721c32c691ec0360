"""A path as sheets to hand out: each stop with its notes, and lines to write on where there is room.

Lengths are in pixels of the sheet, 96 to the inch, but for the notes: they are set in frame units, as those of the
console are, and painted smaller. Notes that are longer than their place go on in the places after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from atelier.exports.links import LinkArea, Links
from atelier.exports.pdf import write_pages
from atelier.exports.pdf_reading import Page
from atelier.exports.stops import paint_stop
from atelier.foundation.geometry import Rect, Size
from atelier.foundation.translation import _
from atelier.markup.audience import visible
from atelier.typeset.display import DisplayList
from atelier.typeset.notes import BODY, NoteColours, heading_row, note_rows, note_setting
from atelier.typeset.painting import paint
from atelier.typeset.pieces import Row, Sheet, columns, extent, shrunk, stack
from atelier.typeset.structure import Element, Role
from atelier.typeset.text import TextStyle, set_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from atelier.exports.pdf_pictures import PaperPainter
    from atelier.exports.pdf_reading import Metadata
    from atelier.exports.stops import StopPicture
    from atelier.render.scene import Scene

PAPERS = {"a4": Size(794.0, 1123.0), "letter": Size(816.0, 1056.0)}
_LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})
_MARGIN = 57.0
"""15 mm."""
_HEAD, _FOOT = 34.0, 30.0
_GAP = 24.0
_LINE_PITCH = 28.0
_LEAST_LINES = 2
TEXT_SIZES = {1: 14.0, 2: 13.0, 3: 12.0, 6: 10.5}
"""Size of the notes by the number of stops on a sheet."""
_HIGHEST = 0.42
"""Share of the height that a picture takes which has a sheet of its own."""
_SMALL = 11.0
_EDGE, _RULE, _QUIET = QColor("#b8b8b8"), QColor("#c8c8c8"), QColor("#5c5c5c")


def paper_for(lang: str) -> str:
    """The paper one has where a language is spoken: letter for en-US, a4 where no country is said."""
    _language, dash, country = lang.rpartition("-")
    return "letter" if dash and country.upper() in _LETTER_COUNTRIES else "a4"


INKS: Final = NoteColours(
    text="#161616",
    quiet="#5c5c5c",
    accent="#8a1c3c",
    ground="#ffffff",
    soft="#fff1c2",
    sunken="#f3f3f3",
    line="#c8c8c8",
    ok="#2c5f1e",
    ok_soft="#eaf4e4",
    warn="#8a4b00",
    warn_soft="#fdf0dd",
    note_soft="#f9e9ee",
)
"""Of notes on paper."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stop stands on a sheet: its picture and its notes; notes that go on have `columns` as wide as these."""

    sheet: int
    picture: Rect
    notes: Rect
    columns: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """Rows in frame units, set into an area of the sheet; what is left of it is for writing."""

    area: Rect
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Page:
    pictures: list[tuple[StopPicture, Rect]] = field(default_factory=list["tuple[StopPicture, Rect]"])
    texts: list[_Text] = field(default_factory=list[_Text])


def write_handout(
    scene: Scene,
    pictures: Iterable[StopPicture],
    view: Size,
    draft: Path,
    metadata: Metadata,
    *,
    path: str,
    paper: Size,
    per_page: int,
) -> int:
    """Writes the sheets to `draft` and returns their number. `view` is the size of the views of `pictures`, `path` the
    one whose notes are taken. Raises OSError where the file cannot be written.
    """
    handout = _Handout(scene, view, paper, per_page, path)
    for picture in pictures:
        handout.add(picture)
    return write_pages(scene, paper, draft, metadata, handout.paint)


class _Handout:
    def __init__(self, scene: Scene, view: Size, paper: Size, per_page: int, path: str) -> None:
        self._scene = scene
        self._view = view
        self._paper = paper
        self._path = path
        self._scale = TEXT_SIZES[per_page] / BODY
        self._places = places(paper, view.ratio, per_page)
        self._pages: list[_Page] = []
        self._last = -1

    def add(self, picture: StopPicture) -> None:
        """The next stop, with its notes unless it is another page of the same frame."""
        scene, scale = self._scene, self._scale
        frame = scene.deck.frames[picture.frame]
        again, self._last = picture.frame == self._last, picture.frame
        notes = () if again else visible(scene.notes(frame.index), self._path, scene.language)
        place = self._next()
        page = self._pages[place.sheet]
        page.pictures.append((picture, place.picture))
        width, height = place.notes.width / scale, place.notes.height / scale
        setting = note_setting(scene.deck, frame, scene.pictures, INKS)
        title = f"{picture.stop + 1}\u2002{frame.title}"
        first, rest = _parted([heading_row(title, width, setting), *note_rows(notes, width, setting)], height)
        page.texts.append(_Text(place.notes, first))
        while rest:
            place = self._next()
            page = self._pages[place.sheet]
            for number, column in enumerate(place.columns):
                if number and not rest:
                    break
                room = column.height / scale
                if not number:
                    again_title = _("{title} (continued)").format(title=title)
                    head = heading_row(again_title, width, setting)
                    rest = (head, *_bounded(rest, room - head.piece.height - rest[0].gap))
                taken, rest = _parted(_bounded(rest, room), room)
                page.texts.append(_Text(column, taken))

    def _next(self) -> Place:
        """The next free place, on a new sheet where this one is full."""
        place = next(self._places)
        if place.sheet == len(self._pages):
            self._pages.append(_Page())
        return place

    # --- painting -------------------------------------------------------------------------------------------------

    def paint(self, painter: PaperPainter, next_page: Callable[[], object]) -> list[Page]:
        """Paints all sheets and says what is on them."""
        links = Links(self._scene)
        told: list[Page] = []
        for number, page in enumerate(self._pages, 1):
            if told:
                next_page()
            painter.spoken = False
            self._paint_margins(painter, number)
            painter.spoken = True
            areas: list[LinkArea] = []
            for picture, box in page.pictures:
                self._paint_picture(painter, picture, box)
                areas += self._links(links, picture, box)
            for text in page.texts:
                areas += self._paint_text(painter, text, links)
            entries = tuple(
                (picture.frame, self._scene.deck.frames[picture.frame].title)
                for picture, _box in page.pictures
                if not picture.page
            )
            told.append(Page(number, entries, tuple(areas)))
        return told

    def _paint_margins(self, painter: PaperPainter, number: int) -> None:
        deck = self._scene.deck
        right = self._paper.width - _MARGIN
        self._paint_line(painter, deck.title, Rect(_MARGIN, _MARGIN - 14.0, (right - _MARGIN) * 0.7, _HEAD), "left")
        self._paint_line(painter, deck.author, Rect(_MARGIN, _MARGIN - 14.0, right - _MARGIN, _HEAD), "right")
        painter.setPen(QPen(_RULE, 1.0))
        painter.drawLine(QPointF(_MARGIN, _MARGIN + 8.0), QPointF(right, _MARGIN + 8.0))
        foot = Rect(_MARGIN, self._paper.height - _MARGIN + 4.0, right - _MARGIN, _FOOT)
        self._paint_line(painter, f"{number} / {len(self._pages)}", foot, "right")

    def _paint_line(self, painter: PaperPainter, text: str, box: Rect, side: str) -> None:
        if not text:
            return
        frame = self._scene.deck.root
        setting = note_setting(self._scene.deck, frame, self._scene.pictures, INKS)
        factor = _SMALL / BODY
        style = TextStyle(size=BODY, line=1.3, colour=_QUIET, aside=True)
        lines = set_text(text, box.width / factor, style, setting)
        piece = lines.piece(0, 1)
        x = box.right - lines.natural * factor if side == "right" else box.x
        sheet = Sheet()
        sheet.put(piece, 0.0, 0.0)
        self._paint_sheet(painter, sheet, x, box.y, factor)

    def _paint_picture(self, painter: PaperPainter, picture: StopPicture, box: Rect) -> None:
        area = QRectF(box.x, box.y, box.width, box.height)
        painter.save()
        painter.setClipRect(area)
        painter.figure = Element(Role.FIGURE, alt=self._scene.deck.frames[picture.frame].title)
        painter.translate(box.x, box.y)
        painter.scale(box.width / self._view.width, box.width / self._view.width)
        paint_stop(self._scene, painter, picture, self._view)
        painter.restore()
        painter.figure = None
        painter.spoken = True
        painter.setPen(QPen(_EDGE, 0.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def _links(self, links: Links, picture: StopPicture, box: Rect) -> Iterator[LinkArea]:
        factor = box.width / self._view.width
        for each in links.of(picture, self._view):
            area = each.area
            moved = Rect(box.x + area.x * factor, box.y + area.y * factor, area.width * factor, area.height * factor)
            yield LinkArea(moved, each.frame, each.address)

    def _paint_text(self, painter: PaperPainter, text: _Text, links: Links) -> Iterator[LinkArea]:
        area, scale = text.area, self._scale
        piece = stack(text.rows, area.width / scale)
        sheet = Sheet()
        sheet.put(piece, 0.0, 0.0)
        self._paint_sheet(painter, sheet, area.x, area.y, scale)
        self._paint_lines(painter, area, area.y + piece.height * scale)
        for link in sheet.links:
            box = link.rect
            moved = Rect(area.x + box.x * scale, area.y + box.y * scale, box.width * scale, box.height * scale)
            frame, address = links.target(link.href)
            if address or frame >= 0:
                yield LinkArea(moved, frame, address)

    def _paint_lines(self, painter: PaperPainter, area: Rect, top: float) -> None:
        """Lines to write on, in what is left of an area."""
        y = top + _LINE_PITCH
        if y + (_LEAST_LINES - 1) * _LINE_PITCH > area.bottom:
            return
        painter.setPen(QPen(_RULE, 0.75))
        while y <= area.bottom:
            painter.drawLine(QPointF(area.x, y), QPointF(area.right, y))
            y += _LINE_PITCH

    def _paint_sheet(self, painter: PaperPainter, sheet: Sheet, x: float, y: float, scale: float) -> None:
        painter.save()
        painter.translate(x, y)
        painter.scale(scale, scale)
        paint(painter, DisplayList(Size(0.0, 0.0), tuple(sheet.items)))
        painter.restore()


def places(paper: Size, ratio: float, per_page: int) -> Iterator[Place]:
    """The places of all sheets, as many as one asks for."""
    across = 2 if per_page == 6 else 1
    down = per_page // across
    inner = Rect(_MARGIN, _MARGIN + _HEAD, paper.width - 2 * _MARGIN, paper.height - 2 * _MARGIN - _HEAD - _FOOT)
    width = (inner.width - _GAP * (across - 1)) / across
    height = (inner.height - _GAP * (down - 1)) / down
    sheet = 0
    while True:
        for number in range(per_page):
            x = inner.x + (number % across) * (width + _GAP)
            y = inner.y + (number // across) * (height + _GAP)
            yield _place(sheet, Rect(x, y, width, height), ratio, beside=per_page in {2, 3}, alone=per_page == 1)
        sheet += 1


def _place(sheet: int, box: Rect, ratio: float, *, beside: bool, alone: bool) -> Place:
    if beside:
        half = (box.width - _GAP) / 2
        shown = min(half, box.height * ratio)
        right = Rect(box.x + half + _GAP, box.y, half, box.height)
        return Place(
            sheet, Rect(box.x, box.y, shown, shown / ratio), right, (Rect(box.x, box.y, half, box.height), right)
        )
    shown = min(box.width, box.height * (_HIGHEST if alone else 0.7) * ratio)
    picture = Rect(box.x + (box.width - shown) / 2, box.y, shown, shown / ratio)
    top = picture.bottom + _GAP / 2
    return Place(sheet, picture, Rect(box.x, top, box.width, box.bottom - top), (box,))


def _parted(rows: Sequence[Row], height: float) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows that `height` frame units hold, and the others."""
    parts = columns(rows, height)
    if not parts or extent(parts[0]) > height:
        return (), tuple(rows)
    last = parts[0][-1]
    after = next(i for i, row in enumerate(rows, 1) if row is last)
    return tuple(parts[0]), tuple(rows[after:]) if len(parts) > 1 else ()


def _bounded(rows: Sequence[Row], height: float) -> list[Row]:
    """Rows of which none is higher than a place: what can be parted no further is made smaller."""
    out: list[Row] = []
    for row in rows:
        room = height - (extent([row]) - row.piece.height)
        if row.piece.height > room > 0.0:
            row.piece = shrunk(row.piece, room / row.piece.height)
        out.append(row)
    return out
