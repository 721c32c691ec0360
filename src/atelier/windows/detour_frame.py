"""The dashed line round the view while the speaker is off the path, and the tab that names the way back.

Look: look/CANVAS section 5, "detour"; 1 h is 1 % of the view's height.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from atelier.deck.looks import Detour

TAB_SHOWN = 2500
"""Milliseconds."""
_DASH, _GROUND, _TEXT = 0.7, 1.3, 2.4  # h


class DetourFrame(QWidget):
    """Lies over the canvas; lets the pointer through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._look: Detour | None = None
        self._way_back = ""
        self._tab = QTimer(self, singleShot=True, interval=TAB_SHOWN)
        self._tab.timeout.connect(self.update)

    @property
    def way_back(self) -> str:
        """What the tab says; empty on the path."""
        return self._way_back

    def lead_back(self, words: str, look: Detour) -> None:
        """Shows that this is a detour, as a theme draws it; the tab says `words` for a while when they are new."""
        self._look = look
        if words != self._way_back:
            self._way_back = words
            self._tab.start()
        self.show()
        self.update()

    def leave(self) -> None:
        """Back on the path."""
        self._way_back = ""
        self._tab.stop()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - lines along the edges
        if self._look is None:
            return
        h = self.height() / 100
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self._look.ground)
        ground.setAlphaF(self._look.ground_opacity)
        half = _GROUND * h / 2
        around = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(QPen(ground, _GROUND * h))
        painter.drawRect(around)
        dashes = QPen(QColor(self._look.colour), _DASH * h)
        dashes.setDashPattern([4.0, 3.0])
        dashes.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(dashes)
        painter.drawRect(around)
        if self._tab.isActive():
            self._paint_tab(painter, h, ground, QColor(self._look.colour))
        painter.end()

    def _paint_tab(self, painter: QPainter, h: float, ground: QColor, ink: QColor) -> None:
        from atelier.windows.style import font, register_fonts

        register_fonts()
        built = font(max(11.0, _TEXT * h), 600)
        words = f"←  {self._way_back}"
        width = QFontMetricsF(built).horizontalAdvance(words)
        tab = QRectF(5 * h, -2 * h, width + 5 * h, 7.2 * h)
        ground.setAlphaF(1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(tab, 1.4 * h, 1.4 * h)
        painter.setPen(ink)
        painter.setFont(built)
        metrics = QFontMetricsF(built)
        painter.drawText(QPointF(7.5 * h, 2.6 * h + metrics.capHeight() / 2 + 0.2 * h), words)
