"""Controls one chooses with: a box to tick, a list that opens, and the bar of long work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QComboBox, QProgressBar, QSizePolicy

from atelier.windows.controls import ARROWS
from atelier.windows.focus_rings import PaintedRing, StyledRing
from atelier.windows.keyboard import key_press
from atelier.windows.style import font
from atelier.windows.tokens import CONTROL_HEIGHT, RADIUS_CHIP, RING, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from atelier.windows.tokens import Tokens

BOX: Final = 18
"""Pixels of the square that is ticked."""
_GAP: Final = 8
_ARROW_ROOM: Final = 26


class CheckBox(PaintedRing, QCheckBox):
    """A box to tick with its words; Space ticks it, and the ring is for the keyboard alone."""

    def __init__(self, text: str, tokens: Callable[[], Tokens]) -> None:
        super().__init__(text)
        self._tokens = tokens
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(BOX + _GAP + self.fontMetrics().horizontalAdvance(self.text()) + 8, 28)

    def minimumSizeHint(self) -> QSize:
        return QSize(BOX + _GAP + 40, 28)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if key_press(event).name in ARROWS:
            event.ignore()  # Qt would move the focus to some other button
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        tokens = self._tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1, (self.height() - BOX) / 2, BOX, BOX)
        paint_box(painter, box, tokens, ticked=self.isChecked(), enabled=self.isEnabled())
        painter.setFont(font(TEXT))
        painter.setPen(QColor(tokens.text if self.isEnabled() else tokens.text3))
        line = QRectF(box.right() + _GAP, 0, self.width() - box.right() - _GAP, self.height())
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)
        if self.ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), RING))
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1).adjusted(1, 1, -1, -1), RADIUS_CHIP, RADIUS_CHIP)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_CHIP, RADIUS_CHIP)
        painter.end()


def paint_box(painter: QPainter, box: QRectF, tokens: Tokens, *, ticked: bool, enabled: bool) -> None:
    """The square of a choice, with its tick where it is chosen."""
    quiet = tokens.line if not enabled else tokens.strong
    ground = (tokens.accent if enabled else tokens.text3) if ticked else tokens.panel
    painter.setBrush(QColor(ground))
    painter.setPen(QPen(QColor(ground if ticked else quiet), 1))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CHIP, RADIUS_CHIP)
    if ticked:
        painter.setPen(
            QPen(QColor(tokens.on_accent), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = [QPointF(box.left() + box.width() * x, box.top() + box.height() * y) for x, y in _TICK]
        painter.drawPolyline(QPolygonF(points))


_TICK: Final = ((0.24, 0.52), (0.43, 0.70), (0.77, 0.33))


class Choice(StyledRing, QComboBox):
    """A value out of a list; the wheel scrolls what is around it, as long as the list is closed."""

    chosen = Signal(str)
    """The value that a person chose."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], tokens: Callable[[], Tokens]) -> None:
        """`choices` are pairs of value and words."""
        super().__init__()
        self._tokens = tokens
        self._values = [value for value, _words in choices]
        self.addItems([words for _value, words in choices])
        self.setAccessibleName(name)
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.activated.connect(self._on_activated)

    @property
    def value(self) -> str:
        return self._values[self.currentIndex()]

    def set_value(self, value: str) -> None:
        """Shows `value` as the one chosen, or the first where it is none of them; tells nobody."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def _on_activated(self, index: int) -> None:
        self.chosen.emit(self._values[index])

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if key_press(event).name == "Enter":
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_arrow(self, self._tokens())


def paint_arrow(widget: QWidget, tokens: Tokens) -> None:
    """The arrow at the end of what opens a list."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.text2 if widget.isEnabled() else tokens.text3), 1.5))
    x, y = widget.width() - _ARROW_ROOM / 2 - 2, widget.height() / 2
    painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]))
    painter.end()


class WorkBar(QProgressBar):
    """How far long work is; moves without words of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "work")
        self.setTextVisible(False)
        self.setRange(0, 1000)

    def show_share(self, share: float) -> None:
        """From 0 to 1."""
        self.setValue(round(min(max(share, 0.0), 1.0) * 1000))
