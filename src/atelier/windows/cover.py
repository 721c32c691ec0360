"""A screen of one colour: black or white."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Cover(QWidget):
    """A screen of one colour over the canvas."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = QColor("black")
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_colour(self, colour: str) -> None:
        """Covers with `black` or `white`; with nothing, shows what is underneath."""
        if colour:
            self._colour = QColor(colour)
            self.update()
        self.setVisible(bool(colour))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._colour)
        painter.end()
