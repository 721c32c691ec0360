"""Shown while a file hovers over a window that would open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from atelier.foundation.translation import _
from atelier.windows.style import font
from atelier.windows.tokens import RADIUS_PANEL, TEXT_PANEL

if TYPE_CHECKING:
    from atelier.windows.style import Appearance

_INSET = 8


class DropHint(QWidget):
    """A ring around the whole window and the words in its middle; lets every event through."""

    def __init__(self, parent: QWidget, appearance: Appearance) -> None:
        super().__init__(parent)
        self._host = parent
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def open(self) -> None:
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always the whole
        tokens = self._appearance.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(tokens.window)
        veil.setAlphaF(0.7)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET), RADIUS_PANEL, RADIUS_PANEL
        )
        words = _("Drop to present")
        drawn = font(TEXT_PANEL, 600)
        box = QRect(0, 0, QFontMetrics(drawn).horizontalAdvance(words) + 48, 48)
        box.moveCenter(self.rect().center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(box, RADIUS_PANEL, RADIUS_PANEL)
        painter.setPen(QColor(tokens.on_accent))
        painter.setFont(drawn)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
