"""The ring around the link out that is chosen by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


class LinkRing(QWidget):
    """Lies over the canvas; lets the pointer through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self.chosen = -1
        self.href = ""
        self._rect = QRectF()

    def choose(self, links: Sequence[tuple[str, tuple[float, float, float, float]]], by: int) -> None:
        """Goes on to another of `links`: each an address and its rectangle (x, y, width, height) in widget pixels."""
        if not links:
            self.clear()
            return
        start = self.chosen if self.chosen >= 0 else (-1 if by > 0 else 0)
        self.chosen = (start + by) % len(links)
        self.href, rect = links[self.chosen]
        self._rect = QRectF(*rect)
        self.show()
        self.raise_()
        self.update()

    def clear(self) -> None:
        self.chosen = -1
        self.href = ""
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - small
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = self._rect.adjusted(-6, -4, 6, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in (("#0E1433", 6.0), ("#FFD58A", 3.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRoundedRect(around, 8, 8)
        painter.end()
