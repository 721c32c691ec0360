"""A list of frames in the console: drawn rows, chosen with the arrows and Enter or by a click. Quick with thousands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from atelier.foundation.translation import _
from atelier.windows.focus_rings import came_by_keyboard
from atelier.windows.keyboard import key_press
from atelier.windows.style import font

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from atelier.windows.tokens import Tokens

HEIGHT: Final = 26
"""Pixels of a row."""
INDENT: Final = 18
AGAIN: Final = 30
"""Pixels at the end of a row that is left out, for the arrow that takes it in again."""
_SIGN: Final = 20
"""Pixels in front of the words, for the sign."""
_ROW: Final = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class Sign(Enum):
    """What stands in front of a row."""

    NONE = auto()
    SEEN = auto()
    HERE = auto()
    DETOUR = auto()
    AHEAD = auto()
    OPEN = auto()
    FOLDED = auto()


@dataclass(frozen=True, slots=True)
class FrameRow:
    """One row. `here` is the frame shown, `left_out` one that the talk passes over."""

    frame: int
    words: str
    time: str = ""
    depth: int = 0
    sign: Sign = Sign.NONE
    here: bool = False
    strong: bool = False
    quiet: bool = False
    left_out: bool = False
    foldable: bool = False

    @property
    def spoken(self) -> str:
        """What is read aloud."""
        return ", ".join(part for part in (self.words, self.time, _("left out") if self.left_out else "") if part)


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[FrameRow] = ()

    def replace(self, rows: Sequence[FrameRow]) -> bool:
        """Shows other rows; whether they are other frames."""
        alike = [row.frame for row in rows] == [row.frame for row in self.rows]
        if alike:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole and row.left_out:
            return _("Left out; the arrow takes it in again")
        return None


class FrameList(QListView):
    """Shows rows. Keys that a list has no use for go to the talk."""

    frame_chosen = Signal(int)
    fold_wanted = Signal(int, bool)
    """A frame, and whether what lies in it is to be hidden."""
    menu_wanted = Signal(int, QPoint)
    """A frame, and where on the screen its menu is to be."""
    taken_in = Signal(int)
    """A frame that was left out, and is wanted again."""

    def __init__(self, name: str, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._rows = _Rows(self)
        self._painter = _RowPainter(self, tokens)
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)

    @property
    def rows(self) -> Sequence[FrameRow]:
        return self._rows.rows

    def show_rows(self, rows: Sequence[FrameRow], scroll_to: int = -1) -> None:
        """Shows these rows, and the one at `scroll_to` if there is one."""
        if rows == self._rows.rows:
            return
        chosen = self.currentIndex().row()
        frame = self.rows[chosen].frame if 0 <= chosen < len(self.rows) else -1
        offset = self.verticalScrollBar().value()
        if self._rows.replace(rows):
            self.verticalScrollBar().setValue(offset)
            again = next((i for i, row in enumerate(rows) if row.frame == frame), scroll_to)
            if chosen >= 0 and again >= 0:
                self.setCurrentIndex(self._rows.index(again))
        if scroll_to >= 0:
            for row in (min(scroll_to + 2, len(rows) - 1), max(scroll_to - 1, 0), scroll_to):
                self.scrollTo(self._rows.index(row))

    # ------------------------------------------------------------------ pointer and keys

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            row = self.rows[index.row()]
            if row.foldable and event.position().x() < row.depth * INDENT + _SIGN:
                self.fold_wanted.emit(row.frame, row.sign is Sign.OPEN)
            elif row.left_out and event.position().x() > self.viewport().width() - AGAIN:
                self.taken_in.emit(row.frame)
            else:
                self.frame_chosen.emit(row.frame)

    @property
    def chosen(self) -> int | None:
        """The frame of the row chosen with the arrows, while they choose."""
        row = self.currentIndex().row()
        return self.rows[row].frame if self.hasFocus() and 0 <= row < len(self.rows) else None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, at = self.indexAt(event.pos()), event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        if index.isValid():
            self.menu_wanted.emit(self.rows[index.row()].frame, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        chosen = self.currentIndex().row()
        row = self.rows[chosen] if 0 <= chosen < len(self.rows) else None
        if press.ctrl or press.alt or press.shift:
            event.ignore()
        elif press.name in ("Up", "Down"):
            self._move(-1 if press.name == "Up" else 1)
        elif press.name in ("Left", "Right") and row is not None:
            if row.foldable:
                self.fold_wanted.emit(row.frame, press.name == "Left")
        elif press.name in ("Enter", "Space") and row is not None:
            self.frame_chosen.emit(row.frame)
        elif press.name == "Escape":
            self.window().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            event.ignore()

    def _move(self, by: int) -> None:
        if self.rows:
            self._start()
            row = min(max(self.currentIndex().row() + by, 0), len(self.rows) - 1)
            self.setCurrentIndex(self._rows.index(row))

    def _start(self) -> None:
        """Begins choosing at the frame that is shown."""
        if self.rows and not self.currentIndex().isValid():
            here = next((i for i, row in enumerate(self.rows) if row.here), 0)
            self.setCurrentIndex(self._rows.index(here))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._start()
        super().focusInEvent(event)
        self._painter.ring = came_by_keyboard(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._painter.ring = False
        self.setCurrentIndex(QModelIndex())
        self.viewport().update()


class _RowPainter(QStyledItemDelegate):
    def __init__(self, view: FrameList, tokens: Callable[[], Tokens]) -> None:
        super().__init__(view)
        self._view = view
        self._tokens = tokens
        self.ring = False

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - all rows are alike
        return QSize(100, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = cast("FrameRow", index.data(_ROW))
        tokens = self._tokens()
        rect = QRectF(option.rect).adjusted(0, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        off = row.sign is Sign.DETOUR
        if row.here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.detour_soft if off else tokens.selected))
            painter.drawRoundedRect(rect, 5, 5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(rect, 5, 5)
        if self.ring and index.row() == self._view.currentIndex().row():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 0, -1, 0), 5, 5)
        left = rect.x() + 6 + row.depth * INDENT
        _draw_sign(painter, row.sign, QPointF(left + 6, rect.center().y()), tokens)
        lit = QColor(tokens.detour if off else tokens.accent)
        time = font(12)
        time.setFeature(QFont.Tag("tnum"), 1)
        taken = QFontMetricsF(time).horizontalAdvance(row.time) if row.time else 0.0
        painter.setFont(time)
        painter.setPen(lit if row.here else QColor(tokens.text3))
        sides = Qt.AlignmentFlag.AlignVCenter
        if row.left_out:
            taken = AGAIN - 8
            _draw_again(painter, QPointF(rect.right() - AGAIN / 2, rect.center().y()), QColor(tokens.accent))
        else:
            painter.drawText(rect.adjusted(0, 0, -8, 0), sides | Qt.AlignmentFlag.AlignRight, row.time)
        words = font(13, 600 if row.strong or row.here else 400)
        words.setStrikeOut(row.left_out)
        room = QRectF(left + _SIGN, rect.y(), rect.right() - left - _SIGN - taken - 18, rect.height())
        ink = tokens.text3 if row.left_out else tokens.text2 if row.quiet else tokens.text
        painter.setFont(words)
        painter.setPen(lit if row.here else QColor(ink))
        shown = QFontMetricsF(words).elidedText(row.words, Qt.TextElideMode.ElideRight, max(room.width(), 0.0))
        painter.drawText(room, sides | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


def _draw_again(painter: QPainter, at: QPointF, colour: QColor) -> None:
    """An arrow that turns back, around a point."""
    pen = QPen(colour, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y = at.x(), at.y()
    painter.drawArc(QRectF(x - 5.5, y - 5.5, 11, 11), -120 * 16, 270 * 16)
    painter.drawPolyline(QPolygonF([QPointF(x - 6, y - 6.5), QPointF(x - 5, y - 2), QPointF(x - 0.5, y - 3)]))


def _draw_sign(painter: QPainter, sign: Sign, at: QPointF, tokens: Tokens) -> None:
    """A tick, a triangle, a ring or a caret around a point."""
    x, y = at.x(), at.y()
    pen = QPen(QColor(tokens.text3), 1.4)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if sign is Sign.SEEN:
        painter.drawPolyline(
            QPolygonF([QPointF(x - 4.5, y + 0.5), QPointF(x - 1.5, y + 3.5), QPointF(x + 4.5, y - 3.5)])
        )
    elif sign is Sign.AHEAD:
        painter.setPen(QPen(QColor(tokens.strong), 1.2))
        painter.drawEllipse(at, 3.5, 3.5)
    elif sign in (Sign.HERE, Sign.DETOUR):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent if sign is Sign.HERE else tokens.detour))
        triangle = QPainterPath(QPointF(x - 3.5, y - 4.5))
        triangle.lineTo(QPointF(x + 4.5, y))
        triangle.lineTo(QPointF(x - 3.5, y + 4.5))
        triangle.closeSubpath()
        painter.drawPath(triangle)
    elif sign is Sign.OPEN:
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]))
    elif sign is Sign.FOLDED:
        painter.drawPolyline(QPolygonF([QPointF(x - 2, y - 4), QPointF(x + 2, y), QPointF(x - 2, y + 4)]))
