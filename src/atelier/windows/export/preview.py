"""A format before it is made: its first pages with what will be on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from atelier.foundation.translation import _
from atelier.windows.style import font
from atelier.windows.tokens import TEXT_CHART

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QImage, QPaintEvent

    from atelier.windows.export.offers import Offer, Value
    from atelier.windows.export.pictures import ExportPictures
    from atelier.windows.tokens import Tokens

_AROUND: Final = 20
_GAP: Final = 12
_SHEETS: Final = 4
"""Pictures that are shown of a folder of them."""
_SHEET: Final = 210 / 297
"""Width to height of the paper."""
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
        elif self._offer.id == "png":
            self._paint_several(painter, room)
        elif self._offer.id == "handout":
            self._paint_handout(painter, room)
        else:
            self._paint_page(painter, room)
        painter.end()

    @property
    def _steps(self) -> bool:
        return bool(self._values.get("steps"))

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
        """The first sheet: stops with their notes beside them, below where one has a sheet of its own."""
        count = int(str(self._values.get("per-page", "2")))
        sheet = _fitted(room, _SHEET)
        sheet.moveCenter(room.center())
        self._sheet(painter, sheet, None)
        margin = sheet.width() * 0.07
        inside = sheet.adjusted(margin, margin, -margin, -margin)
        width = inside.width() * (1.0 if count == 1 else 0.42)
        pictures = self._pictures.stops(count, width * self.devicePixelRatioF(), steps=False)
        height = (inside.height() - (count - 1) * margin / 2) / count
        painter.setFont(font(9 if count > 2 else TEXT_CHART))
        for number, (picture, (title, notes)) in enumerate(zip(pictures, self._pictures.notes(count), strict=False)):
            top = inside.top() + number * (height + margin / 2)
            box = _fitted(QRectF(inside.left(), top, width, height), self._pictures.ratio)
            self._sheet(painter, box, picture)
            beside = QRectF(box.right() + margin / 2, top, inside.right() - box.right() - margin / 2, height)
            below = QRectF(inside.left(), box.bottom() + margin / 3, inside.width(), height - box.height() - margin / 3)
            painter.setPen(QColor(self._tokens().text))
            words = f"{number + 1}  {title}\n{notes}"
            painter.drawText(below if count == 1 else beside, Qt.TextFlag.TextWordWrap, words)

    def _sheet(self, painter: QPainter, box: QRectF, picture: QImage | None) -> None:
        tokens = self._tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.panel))
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
