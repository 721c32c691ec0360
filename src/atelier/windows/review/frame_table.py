"""The frames of a talk, each with what was planned for it and what it was given."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from atelier.foundation.translation import _
from atelier.talk.wording import clock_words
from atelier.windows.keyboard import key_press
from atelier.windows.review.words import difference_words, row_words, section_colours, total_words
from atelier.windows.style import font
from atelier.windows.tokens import RING, TEXT, TEXT_SMALL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from atelier.talk.review import Review, Row
    from atelier.windows.review.frame_pictures import FramePictures
    from atelier.windows.tokens import Tokens

ROW: Final = 40
_NUMBER: Final = 44
_TITLE: Final = 240
_GIVEN: Final = 70
_DIFFERENCE: Final = 76
_BAR: Final = 10.0
SIZE: Final = QSize(46, 26)
"""Logical pixels of a frame's picture."""
_OUTLINE: Final = 18.0
_NOTABLE: Final = 6.0
"""Seconds of difference that get a colour."""
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class Order(StrEnum):
    DIFFERENCE = "difference"
    TALK = "talk"


def ordered(rows: tuple[Row, ...], order: Order) -> tuple[Row, ...]:
    """Rows as they were shown, or the largest differences first."""
    return tuple(sorted(rows, key=lambda row: -abs(row.difference))) if order is Order.DIFFERENCE else rows


class _Rows(QAbstractListModel):
    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review
        self.rows = review.rows()
        self.answers: Mapping[str, str] = {}
        """What was answered on a frame, in words, by its id."""

    def sort_by(self, order: Order) -> None:
        self.beginResetModel()
        self.rows = ordered(self._review.rows(), order)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._review.name(row.frame).title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            answers = self.answers.get(row.frame)
            words = row_words(self._review, row)
            return f"{words}\n{answers}" if answers else words
        return None


class FrameTable(QListView):
    """Up and Down choose a frame; Enter or a double click replays from where it was first shown."""

    replay_asked = Signal(float)

    def __init__(self, review: Review, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._review = review
        self._rows = _Rows(review)
        self.setModel(self._rows)
        self.pictures: FramePictures | None = None
        self._painter = _Painter(review, self._rows, tokens)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(_("By frame"))
        self.setAccessibleDescription(_("Up and Down choose a frame, Enter replays from there."))
        self.sort_by(Order.DIFFERENCE)

    def set_pictures(self, pictures: FramePictures) -> None:
        """Shows pictures of the frames from now on, those of the rows in view first."""
        self.pictures = pictures
        self._painter.pictures = pictures
        pictures.painted.connect(self.viewport().update)
        self.viewport().update()

    def set_answers(self, answers: Mapping[str, str]) -> None:
        """Says what was answered on frames, by their ids, from now on."""
        self._rows.answers = answers

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.pictures is not None:
            first = max(self.indexAt(QPoint(1, 1)).row(), 0)
            shown = self._rows.rows[first : first + self.viewport().height() // ROW + 2]
            self.pictures.ask([row.frame for row in shown])

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows.rows

    def sort_by(self, order: Order) -> None:
        self._rows.sort_by(order)
        if self._rows.rows:
            self.setCurrentIndex(self._rows.index(0))

    def _replay(self, index: _Index) -> None:
        row = self._rows.rows[index.row()]
        start = next(
            (each.start for each in self._review.showings if (each.frame, each.detour) == (row.frame, row.detour)), 0.0
        )
        self.replay_asked.emit(start)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._replay(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        if press.name == "Enter" and self.currentIndex().isValid():
            self._replay(self.currentIndex())
        elif press.name in ("Up", "Down", "Home", "End", "PageUp", "PageDown"):
            super().keyPressEvent(event)
        else:
            event.ignore()  # a letter is a key of the window, and no beginning of a title


class _Painter(QStyledItemDelegate):
    def __init__(self, review: Review, rows: _Rows, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._review = review
        self._rows = rows
        self._tokens = tokens
        self.pictures: FramePictures | None = None
        longest = max((max(row.seconds, row.planned) for row in rows.rows), default=1.0)
        self._longest = max(longest, 1.0)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - all alike
        return QSize(400, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, tokens = self._rows.rows[index.row()], self._tokens()
        box = QRectF(option.rect).toRect()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row():
            painter.fillRect(QRect(box.left(), box.top(), box.width(), 1), QColor(tokens.line))
        if option.state & QStyle.StateFlag.State_Selected:
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selected if focused else tokens.hover))
            painter.drawRoundedRect(box.adjusted(0, 3, 0, -2), 6, 6)
        if self.pictures is not None:
            self._paint_picture(painter, tokens, row, box, self.pictures)
            box.setLeft(box.left() + SIZE.width() + 6)
        self._paint_words(painter, tokens, row, box)
        self._paint_bars(painter, tokens, row, box)
        painter.restore()

    def _paint_picture(self, painter: QPainter, tokens: Tokens, row: Row, box: QRect, pictures: FramePictures) -> None:
        """The frame as it is today, or the place for it."""
        place = QRectF(box.left() + 4, box.center().y() - SIZE.height() / 2 + 1, SIZE.width(), SIZE.height())
        outline = QPainterPath()
        outline.addRoundedRect(place, 3, 3)
        painter.fillPath(outline, QColor(tokens.sunken))
        picture = pictures.find(row.frame)
        if picture is not None:
            painter.setClipPath(outline)
            painter.drawImage(place, picture)
            painter.setClipping(False)

    def _paint_words(self, painter: QPainter, tokens: Tokens, row: Row, box: QRect) -> None:
        name = self._review.name(row.frame)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(TEXT_SMALL))
        painter.setPen(QColor(tokens.text3))
        painter.drawText(box.adjusted(8, 0, 0, 0), left | middle, str(name.number or ""))
        title = _("{title} (detour)").format(title=name.title) if row.detour else name.title
        words = font(TEXT, 600)
        painter.setFont(words)
        painter.setPen(QColor(tokens.detour if row.detour else tokens.text))
        room = _TITLE - 16
        total = self._review.answered(row.frame)
        if total:
            room -= self._paint_total(
                painter, tokens, total, QRect(box.left() + _NUMBER, box.top(), room, box.height())
            )
            painter.setFont(words)
            painter.setPen(QColor(tokens.detour if row.detour else tokens.text))
        painter.drawText(
            QRect(box.left() + _NUMBER, box.top(), room, box.height()),
            left | middle,
            QFontMetrics(words).elidedText(title, Qt.TextElideMode.ElideRight, room),
        )
        painter.setFont(font(TEXT, 500))
        painter.setPen(QColor(tokens.text))
        edge = box.right() - 8
        given = QRect(edge - _DIFFERENCE - _GIVEN, box.top(), _GIVEN, box.height())
        painter.drawText(given, right | middle, clock_words(row.seconds))
        if self._review.stops:
            late, early = row.difference > _NOTABLE, row.difference < -_NOTABLE
            painter.setFont(font(TEXT, 600))
            painter.setPen(QColor(tokens.warn if late else tokens.ok if early else tokens.text2))
            difference = QRect(edge - _DIFFERENCE, box.top(), _DIFFERENCE, box.height())
            painter.drawText(difference, right | middle, difference_words(row.difference))

    def _paint_total(self, painter: QPainter, tokens: Tokens, total: int, room: QRect) -> int:
        """How many answers there were, at the end of the title's room; returns the pixels it takes."""
        small = font(TEXT_SMALL)
        painter.setFont(small)
        painter.setPen(QColor(tokens.text2))
        said = total_words(total)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)
        return QFontMetrics(small).horizontalAdvance(said) + 10

    def _paint_bars(self, painter: QPainter, tokens: Tokens, row: Row, box: QRect) -> None:
        left = box.left() + _NUMBER + _TITLE
        room = max(box.right() - left - _GIVEN - _DIFFERENCE - 24, 20)
        middle = box.top() + box.height() / 2
        if row.planned > 0:
            painter.setPen(QPen(QColor(tokens.strong), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            width = room * row.planned / self._longest
            painter.drawRoundedRect(QRectF(left, middle - _OUTLINE / 2, max(width, RING), _OUTLINE), 3, 3)
        quiet = section_colours(tokens)[1]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.detour) if row.detour else QColor(tokens.warn) if row.over else quiet)
        width = room * row.seconds / self._longest
        painter.drawRoundedRect(QRectF(left, middle - _BAR / 2, max(width, RING), _BAR), 2.5, 2.5)
