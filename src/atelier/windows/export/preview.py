"""A format before it is made: its first pages with what will be on them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from atelier.exports.handout import PAPERS, TEXT_SIZES, paper_for, places
from atelier.foundation.translation import _
from atelier.windows.style import font
from atelier.windows.tokens import LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QImage, QPaintEvent

    from atelier.foundation.geometry import Rect
    from atelier.windows.export.offers import Offer, Value
    from atelier.windows.export.pictures import ExportPictures
    from atelier.windows.tokens import Tokens

_AROUND: Final = 20
_GAP: Final = 12
_SHEETS: Final = 4
"""Pictures that are shown of a folder of them."""
_BEHIND: Final = 6
"""Pixels by which a page behind the first one is seen."""


class PagesPreview(QWidget):
    """Paints what an offer makes: a page, pictures side by side, the whole canvas."""

    def __init__(self, pictures: ExportPictures, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._pictures = pictures
        self._tokens = tokens
        self._offer: Offer | None = None
        self._values: Mapping[str, Value] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)
        pictures.painted.connect(self.update)

    def show_offer(self, offer: Offer, values: Mapping[str, Value]) -> None:
        """Shows this one, with what was chosen by the ids of its options."""
        self._offer, self._values = offer, values
        self.setAccessibleName(_("Preview: {name}").format(name=_(offer.name)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        if self._offer is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(self.rect()).adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)
        if self._values.get("canvas") or self._offer.id == "html":
            self._paint_canvas(painter, room)
        elif self._offer.id in {"png", "video"}:
            self._paint_several(painter, room)
        elif self._offer.id == "handout":
            self._paint_handout(painter, room)
        else:
            self._paint_page(painter, room)
        painter.end()

    @property
    def _steps(self) -> bool:
        return bool(self._values.get("steps")) or (self._offer is not None and self._offer.id == "video")

    def _paint_page(self, painter: QPainter, room: QRectF) -> None:
        """The first page, on those that follow it."""
        box = _fitted(room.adjusted(0, 0, -2 * _BEHIND, -2 * _BEHIND), self._pictures.ratio)
        found = self._pictures.stops(1, box.width() * self.devicePixelRatioF(), steps=self._steps)
        box.moveCenter(room.center())
        for behind in (2, 1):
            self._sheet(painter, box.translated(behind * _BEHIND, behind * _BEHIND), None)
        self._sheet(painter, box, next(iter(found), None))

    def _paint_several(self, painter: QPainter, room: QRectF) -> None:
        """The first pictures, as many to a row as makes them largest."""
        ratio = self._pictures.ratio

        def cell(columns: int) -> QRectF:
            rows = -(-_SHEETS // columns)
            width = (room.width() - (columns - 1) * _GAP) / columns
            height = (room.height() - (rows - 1) * _GAP) / rows
            return _fitted(QRectF(0, 0, width, height), ratio)

        columns = max((1, 2, 4), key=lambda each: cell(each).width())
        box = cell(columns)
        found = self._pictures.stops(_SHEETS, box.width() * self.devicePixelRatioF(), steps=self._steps)
        rows = -(-len(found) // columns)
        whole = QPointF(min(columns, len(found)) * (box.width() + _GAP) - _GAP, rows * (box.height() + _GAP) - _GAP)
        corner = room.center() - whole / 2
        for number, picture in enumerate(found):
            at = QPointF((number % columns) * (box.width() + _GAP), (number // columns) * (box.height() + _GAP))
            self._sheet(painter, QRectF(corner + at, box.size()), picture)

    def _paint_canvas(self, painter: QPainter, room: QRectF) -> None:
        box = _fitted(room, self._pictures.ratio)
        box.moveCenter(room.center())
        ratio = self.devicePixelRatioF()
        self._sheet(painter, box, self._pictures.canvas(box.width() * ratio, box.height() * ratio))

    def _paint_handout(self, painter: QPainter, room: QRectF) -> None:
        """The first sheet, each stop and its notes where the handout has them."""
        count = int(str(self._values["per-page"]))
        paper = PAPERS[str(self._values["paper"]) or paper_for(self._pictures.lang)]
        sheet = _fitted(room, paper.ratio)
        sheet.moveCenter(room.center())
        self._sheet(painter, sheet, None)
        scale = sheet.width() / paper.width
        on_sheet = list(islice(places(paper, self._pictures.ratio, count), count))
        width = on_sheet[0].picture.width * scale * self.devicePixelRatioF()
        pictures = self._pictures.stops(count, width, steps=False)
        painter.translate(sheet.topLeft())
        painter.scale(scale, scale)
        painter.setFont(font(TEXT_SIZES[count]))
        stops = zip(on_sheet, pictures, self._pictures.notes(count), strict=False)
        for number, (place, picture, (title, notes)) in enumerate(stops, 1):
            self._sheet(painter, _rect(place.picture), picture)
            painter.setPen(QColor(LIGHT.text))
            painter.drawText(_rect(place.notes), Qt.TextFlag.TextWordWrap, f"{number}\u2002{title}\n{notes}")

    def _sheet(self, painter: QPainter, box: QRectF, picture: QImage | None) -> None:
        tokens = self._tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(LIGHT.panel))  # paper is white in dark windows too
        painter.drawRect(box)
        if picture is not None:
            painter.drawImage(box, picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawRect(box)


def _fitted(room: QRectF, ratio: float) -> QRectF:
    """The largest rectangle of that ratio at the corner of `room`, in whole pixels."""
    width = min(room.width(), room.height() * ratio)
    return QRectF(room.left(), room.top(), max(1.0, round(width)), max(1.0, round(width / ratio)))


def _rect(box: Rect) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)
