"""Two parts of the console side by side or one above the other, with what is dragged to give one of them more room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSplitter, QSplitterHandle

from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from atelier.windows.tokens import Tokens

GRIP: Final = (28.0, 3.0)
"""Pixels of the mark in the middle of a handle, along it and across."""


class Handle(QSplitterHandle):
    """What lies between two parts; a double click puts it back where it was at first."""

    def __init__(self, orientation: Qt.Orientation, split: Split, tokens: Callable[[], Tokens]) -> None:
        super().__init__(orientation, split)
        self._split = split
        self._tokens = tokens
        self._over = False
        self.setToolTip(_("Drag for more room; a double click puts it back"))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._over = False
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self._split.put_back()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - small
        tokens = self._tokens()
        along, across = GRIP
        upright = self.orientation() is Qt.Orientation.Horizontal
        grip = QRectF(0, 0, across, along) if upright else QRectF(0, 0, along, across)
        grip.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.strong if self._over else tokens.line))
        painter.drawRoundedRect(grip, across / 2, across / 2)
        painter.end()


class Split(QSplitter):
    """Keeps the share of its first part when it is resized. `usual` says how many pixels that part has at first, for
    the pixels of both.
    """

    moved = Signal(float)
    """The share that somebody chose; 0 when it was put back."""

    def __init__(self, tokens: Callable[[], Tokens], gap: int, usual: Callable[[QSize], int]) -> None:
        self._tokens = tokens
        self._usual = usual
        self._share = 0.0
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("plain")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(gap)
        self.splitterMoved.connect(self._on_moved)

    @property
    def share(self) -> float:
        """What the first part has of the room there is now."""
        sizes = self.sizes()
        return sizes[0] / sum(sizes) if sum(sizes) else 0.5

    def createHandle(self) -> Handle:
        return Handle(self.orientation(), self, self._tokens)

    def set_share(self, share: float) -> None:
        """Gives the first part this share of the room; at 0 its usual one."""
        self._share = share
        self.lay_out()

    def put_back(self) -> None:
        self.set_share(0.0)
        self.moved.emit(0.0)

    def lay_out(self) -> None:
        """Divides the room there is now."""
        along = self.width() if self.orientation() is Qt.Orientation.Horizontal else self.height()
        both = along - self.handleWidth()
        if both > 0:
            first = round(self._share * both) if self._share else self._usual(self.size())
            first = min(max(first, 0), both)
            self.setSizes([first, both - first])

    def _on_moved(self, _position: int, _index: int) -> None:
        self._share = self.share
        self.moved.emit(self._share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()
