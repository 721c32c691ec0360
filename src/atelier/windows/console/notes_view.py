"""The notes of a frame as they are drawn: typeset, scrolled, at the size that the speaker wants."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QWidget

from atelier.foundation.geometry import Rect
from atelier.foundation.settings import NOTES_SIZES
from atelier.windows.focus_rings import PaintedRing

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from atelier.render.scene import Scene
    from atelier.typeset.display import DisplayList
    from atelier.typeset.notes import SpeakerText
    from atelier.windows.tokens import Tokens

SMALLEST, USUAL, LARGEST = NOTES_SIZES
SOON: Final = 40
"""Milliseconds until another frame's notes are drawn: the room's next picture comes first."""
_LINES: Final = 3
"""Lines that a press of a key scrolls by."""
_FADE: Final = 70
"""Pixels at the foot over which text that goes on fades."""
_KEPT: Final = 12
"""Notes kept set, for going back and forth."""
_EDGE: Final = 4
"""Pixels at either side that a drop shadow or the edge of a chip may take."""


class NotesView(PaintedRing, QWidget):
    """Shows one frame of a scene. Its text is set when it is first painted."""

    scrolled = Signal()

    def __init__(self, scene: Scene, tokens: Callable[[], Tokens], path: Callable[[], str]) -> None:
        super().__init__()
        self._scene = scene
        self._tokens = tokens
        self._path = path
        self._frame = 0
        self._size = USUAL
        self._offset = 0.0
        self._dragged: float | None = None
        self._painted: SpeakerText | None = None
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._soon.timeout.connect(self.update)
        self._set: OrderedDict[tuple[object, ...], SpeakerText] = OrderedDict()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(160, 80)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    # ------------------------------------------------------------------ what is shown

    @property
    def frame(self) -> int:
        return self._frame

    def show_frame(self, frame: int, offset: float = 0.0) -> None:
        """Shows the notes of a frame, scrolled down by `offset` of their pixels."""
        self._frame = frame
        self._offset = offset
        self._soon.start()
        self.scrolled.emit()

    def replace_scene(self, scene: Scene, frame: int) -> None:
        """Shows a frame of a new version of the deck, scrolled as it is."""
        self._scene = scene
        self._set.clear()
        self._frame = frame
        self.update()

    @property
    def text_size(self) -> int:
        """Pixels of the text."""
        return self._size

    def set_text_size(self, pixels: int) -> None:
        """Sets the text larger or smaller; what was on top stays there."""
        before, self._size = self._size, min(max(pixels, SMALLEST), LARGEST)
        self._offset *= self._size / before
        self.update()
        self.scrolled.emit()

    @property
    def offset(self) -> float:
        """Pixels that are scrolled out at the top."""
        return min(max(self._offset, 0.0), self.longest_offset)

    @property
    def longest_offset(self) -> float:
        return max(self.content_height - self.height() + 8.0, 0.0)

    @property
    def content_height(self) -> float:
        """Pixels of all the text."""
        return self._text().display.size.height * self._scale

    @property
    def more_below(self) -> bool:
        return self.offset < self.longest_offset - 1.0

    def scroll_by(self, pixels: float) -> None:
        before = self.offset
        self._offset = min(max(before + pixels, 0.0), self.longest_offset)
        if self._offset != before:
            self.update()
            self.scrolled.emit()

    def scroll_lines(self, direction: int) -> None:
        """Scrolls by a few lines, down for 1 and up for -1."""
        self.scroll_by(direction * _LINES * self._size * 1.45)

    @property
    def _scale(self) -> float:
        from atelier.typeset.notes import BODY

        return self._size / BODY

    @property
    def is_set(self) -> bool:
        """Whether the notes shown are set already, so that asking for their height costs nothing."""
        return self._key(self._frame) in self._set

    def expect(self, frame: int) -> None:
        """Has the notes of a frame set for when they are shown."""
        self._text_of(frame)

    def _text(self) -> SpeakerText:
        return self._text_of(self._frame)

    def _key(self, frame: int) -> tuple[object, ...]:
        return frame, self._width, self._tokens(), self._path()

    @property
    def _width(self) -> float:
        """Frame units of a line."""
        return max(self.width() - 2 * _EDGE, 60) / self._scale

    def _text_of(self, frame: int) -> SpeakerText:
        from atelier.typeset.notes import NoteColours, set_notes

        key = self._key(frame)
        found = self._set.get(key)
        if found is not None:
            self._set.move_to_end(key)
            return found
        scene, t = self._scene, self._tokens()
        colours = NoteColours(
            text=t.text,
            quiet=t.text2,
            accent=t.accent,
            ground=t.panel,
            soft=t.hover,
            sunken=t.sunken,
            line=t.line,
            ok=t.ok,
            ok_soft=t.ok_soft,
            warn=t.warn,
            warn_soft=t.warn_soft,
            note_soft=t.selected,
        )
        content = scene.contents.content(frame)
        found = self._set[key] = set_notes(
            scene.deck, scene.deck.frames[frame], content, scene.pictures, colours, self._width, self._path()
        )
        if len(self._set) > _KEPT:
            self._set.popitem(last=False)
        return found

    def shown_text(self) -> DisplayList:
        """All of what is shown, scrolled out or not."""
        return self._text().display

    @property
    def empty(self) -> bool:
        """Whether the frame has no notes."""
        return self._text().empty

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        from atelier.typeset.painting import paint

        tokens, text, scale, offset = self._tokens(), self._text(), self._scale, self.offset
        if self._painted is not text:
            self._painted = text
            QTimer.singleShot(0, self, self.scrolled.emit)
        painter = QPainter(self)
        painter.save()
        painter.translate(_EDGE, -offset)
        painter.scale(scale, scale)
        shown = Rect(0.0, offset / scale, text.display.size.width, self.height() / scale)
        paint(painter, text.display, clip=shown)
        painter.restore()
        if self.more_below:
            self._fade(painter, QColor(tokens.panel))
        if self.ring:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _fade(self, painter: QPainter, ground: QColor) -> None:
        top = self.height() - _FADE
        clear = QColor(ground)
        clear.setAlpha(0)
        gradient = QLinearGradient(QPointF(0, top), QPointF(0, self.height()))
        gradient.setColorAt(0.0, clear)
        gradient.setColorAt(0.9, ground)
        painter.fillRect(QRectF(0, top, self.width(), _FADE), gradient)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrolled.emit()

    # ------------------------------------------------------------------ pointer and keys

    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels = event.pixelDelta().y() or event.angleDelta().y() / 120 * _LINES * self._size * 1.45
        self.scroll_by(-pixels)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged = event.position().y()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            y = event.position().y()
            self.scroll_by(self._dragged - y)
            self._dragged = y

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._dragged = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        direction = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if direction is not None and plain:
            self.scroll_lines(direction)
        else:
            super().keyPressEvent(event)
