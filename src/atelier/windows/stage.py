"""The window a presentation appears in: first a picture kept from the last time, then the presentation itself.

This module imports nothing but Qt: the window is on screen before the rest of the program is loaded.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

WINDOW_SHARE = 0.8
"""How much of the screen a window takes that is not full screen."""


class Stage(QWidget):
    """A top-level window with one widget in it, or a picture until that is there."""

    first_painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 180)
        self._picture: QImage | None = None
        self._content: QWidget | None = None
        self._painted = False

    def lay_out(self, ratio: float, *, windowed: bool) -> None:
        """Takes the size it will have: the screen's, or a window for a deck of this ratio."""
        if not windowed:
            self.resize(self.screen().size())
            self.setWindowState(Qt.WindowState.WindowFullScreen)
            return
        room = self.screen().availableGeometry()
        width = round(room.width() * WINDOW_SHARE)
        size = (width, min(round(width / ratio), round(room.height() * WINDOW_SHARE)))
        if self.isHidden() or size != (self.width(), self.height()):
            self.resize(*size)

    def show_picture(self, picture: QImage) -> None:
        """Shows a picture until there is something better."""
        self._picture = picture
        self.update()

    def set_content(self, content: QWidget) -> None:
        """Shows `content` from now on; it takes the focus and the window's title."""
        content.setParent(self)
        content.setGeometry(self.rect())
        content.windowTitleChanged.connect(self.setWindowTitle)
        self.setWindowTitle(content.windowTitle())
        self._content = content
        content.show()
        content.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        painter = QPainter(self)
        try:
            if self._picture is not None:
                painter.drawImage(self.rect(), self._picture)
            else:
                painter.fillRect(self.rect(), Qt.GlobalColor.black)
        finally:
            painter.end()
        QTimer.singleShot(0, self.note_painted)

    def note_painted(self) -> None:
        """A picture is on screen: of the stage itself, or of what covers it."""
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._content is not None:
            self._content.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._content is not None:
            self._content.close()
        super().closeEvent(event)
