"""What a speaker points and draws with on the room's picture: laser, spot, magnifier, ink.

Every widget that shows that picture may be given to `serve`: the canvas of the audience window, and a view of it on the
console. Wherever the pointer is, positions are shares of the picture's width and height, so that all of them, and a
telephone, say the same.
"""

from __future__ import annotations

import time
from collections import deque
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)

from atelier.foundation.geometry import Point
from atelier.render.ink import Ink
from atelier.render.renderer import View
from atelier.talk.events import Covered, Erased, InkRedone, InkUndone, Moved, Stroke, StrokeWent
from atelier.windows.ink_layer import InkLayer
from atelier.windows.magnifier import Magnifier
from atelier.windows.pen import Pen
from atelier.windows.pointer_layer import PointerLayer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from atelier.commands.dispatch import Dispatcher
    from atelier.deck.looks import Theme
    from atelier.render.scene import Scene
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.canvas_widget import CanvasWidget


class Tool(StrEnum):
    NONE = ""
    LASER = "laser"
    SPOT = "spot"
    MAGNIFIER = "magnifier"
    INK = "ink"


SIZES: Final[Mapping[Tool, tuple[float, float, float]]] = {
    Tool.LASER: (0.01, 0.022, 0.06),
    Tool.SPOT: (0.1, 0.36, 0.9),
    Tool.MAGNIFIER: (0.18, 0.4, 0.8),
    Tool.INK: (0.002, 0.008, 0.03),
}
"""Diameters as shares of the height of the picture: the smallest, the usual and the largest."""
NOTCH: Final = 1.12
"""How much a notch of the wheel enlarges."""
_DEGREES: Final = 120.0  # Qt's units of a notch
ERASER: Final = 4.0
"""How many times as wide as the pen the eraser is, at least `SMALLEST_ERASER`."""
SMALLEST_ERASER: Final = 0.024
TAIL: Final = 0.12
"""Seconds that the tail of the laser lasts."""
TICK: Final = 16
REMEMBER: Final = 800
"""Milliseconds without a change after which a size is remembered."""
ON_LIGHT: Final = ("#D7301F", "#C26E00", "#14804A", "#2B4FD0")
ON_DARK: Final = ("#FF6B5F", "#F3BA56", "#6BD093", "#9DB0FF")
"""Red, yellow, green and blue on light cards and on dark ones: each 3:1 and more against the cards of our themes."""
_INK_ACTS: Final = (Stroke, StrokeWent, Erased, InkUndone, InkRedone)
_TABLET: Final = (QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease)


def ink_colours(theme: Theme) -> tuple[str, ...]:
    """The colours of the pen on a theme, as #RRGGBB."""
    return ON_DARK if theme.dark else ON_LIGHT


class RoomTools(QObject):
    """Works on what `canvas` shows. `busy` says that the pointer belongs to something else, as an open panel."""

    changed = Signal()
    """Another tool, colour or eraser."""
    pointed = Signal()
    """The pointer, its tail or the size of a tool changed, or what the magnifier shows."""
    resized = Signal()
    """Sizes changed and are to be remembered."""

    def __init__(self, talk: Talk, canvas: CanvasWidget, busy: Callable[[], bool]) -> None:
        super().__init__(canvas)
        self._talk = talk
        self.canvas = canvas
        self._busy = busy
        self._tool = Tool.NONE
        self._sizes = {tool: usual for tool, (_least, usual, _most) in SIZES.items()}
        self._colour = 0
        self._erases = False
        self._point: QPointF | None = None
        self._trail: deque[tuple[float, QPointF]] = deque()
        self._served: list[QWidget] = []
        self.ink = Ink(canvas.scene)
        self.ink.take(talk.state.ink)
        self.pen = Pen(talk, self.ink)
        self.magnifier = Magnifier(self)
        self.magnifier.sharpened.connect(self.pointed)
        self._fade = QTimer(self, interval=TICK)
        self._fade.timeout.connect(self._on_fade)
        self._remember = QTimer(self, interval=REMEMBER, singleShot=True)
        self._remember.timeout.connect(self.resized)
        talk.listen(self._on_event)

    def serve(self, widget: QWidget, corner: float = 0.0) -> None:
        """Shows the tools on a widget that shows the room's picture from edge to edge, and takes its pointer.

        `corner` is the radius of its corners in pixels.
        """
        self._served.append(widget)
        InkLayer(self, widget)
        PointerLayer(self, widget, corner)
        widget.installEventFilter(self)
        widget.destroyed.connect(lambda: self._forget(widget))

    def _forget(self, widget: QWidget) -> None:
        self._served = [each for each in self._served if each is not widget]

    def set_scene(self, scene: Scene) -> None:
        """Takes a new version of the deck."""
        self.pen.drop()
        self.ink.set_scene(scene)
        self.ink.take(self._talk.state.ink)
        self.pen.changed.emit()

    def stop(self) -> None:
        """Ends all work, before the window goes."""
        self.pen.end()
        self._fade.stop()
        self.magnifier.stop()
        self.ink.stop()

    def bind(self, commands: Dispatcher) -> None:
        """Gives the commands of the tools their acts."""
        for id_, tool in (
            ("room.laser", Tool.LASER),
            ("room.spot", Tool.SPOT),
            ("room.magnifier", Tool.MAGNIFIER),
            ("room.ink", Tool.INK),
        ):
            commands.bind(id_, lambda tool=tool: self.toggle(tool))
        commands.bind("ink.colour", lambda: self.choose_colour(self._colour + 1), lambda: self.draws)
        commands.bind("ink.eraser", self.toggle_eraser, lambda: self.draws)
        commands.bind("ink.undo", self.undo)
        commands.bind("ink.redo", self.redo)
        commands.bind("ink.clear", self.clear)

    # ------------------------------------------------------------------ what is on

    @property
    def tool(self) -> Tool:
        return self._tool

    @property
    def draws(self) -> bool:
        """Whether the pointer is a pen."""
        return self._tool is Tool.INK

    @property
    def covered(self) -> bool:
        """Whether the room sees black or white, and nothing on it."""
        return bool(self._talk.state.cover)

    @property
    def colour(self) -> int:
        """The number of the pen's colour, from 0."""
        return self._colour

    @property
    def erases(self) -> bool:
        """Whether the pen is an eraser."""
        return self._erases

    @property
    def point(self) -> QPointF | None:
        """Where the pointer is, in shares of the picture; None where it is elsewhere."""
        return self._point

    def toggle(self, tool: Tool) -> None:
        """Takes a tool, or puts it away when it is the one in use."""
        self._take(Tool.NONE if tool is self._tool else tool)

    def put_away(self) -> bool:
        """Puts away what is in use; False when nothing is."""
        if self._tool is Tool.NONE:
            return False
        self._take(Tool.NONE)
        return True

    def _take(self, tool: Tool) -> None:
        self.pen.end()
        self._tool = tool
        self._erases = False
        self._trail.clear()
        self.magnifier.forget()
        self._dress()
        self.changed.emit()
        self.pointed.emit()

    def choose_colour(self, number: int) -> None:
        """Draws in one of the colours from now on."""
        self.pen.end()
        self._colour = number % len(ON_LIGHT)
        self._erases = False
        self._dress()
        self.changed.emit()

    def toggle_eraser(self) -> None:
        """Turns the pen into an eraser, or back."""
        self.pen.end()
        self._erases = not self._erases
        self._dress()
        self.changed.emit()

    # ------------------------------------------------------------------ sizes

    @property
    def sizes(self) -> dict[str, float]:
        """Diameters by the names of tools, to be remembered."""
        return {tool.value: size for tool, size in self._sizes.items()}

    def take_sizes(self, sizes: Mapping[str, float]) -> None:
        """Takes sizes that were remembered."""
        for tool, (least, _usual, most) in SIZES.items():
            if tool.value in sizes:
                self._sizes[tool] = min(max(sizes[tool.value], least), most)

    def size(self, tool: Tool) -> float:
        """Its diameter as a share of the picture's height."""
        return self._sizes[tool]

    @property
    def eraser(self) -> float:
        """The diameter of the eraser."""
        return max(self._sizes[Tool.INK] * ERASER, SMALLEST_ERASER)

    def resize(self, notches: float) -> None:
        """Makes the tool in use larger, or smaller below 0."""
        if self._tool is Tool.NONE:
            return
        least, _usual, most = SIZES[self._tool]
        self._sizes[self._tool] = min(max(self._sizes[self._tool] * NOTCH**notches, least), most)
        self._dress()
        self._remember.start()
        self.magnifier.forget()
        self.pointed.emit()

    # ------------------------------------------------------------------ ink

    def undo(self) -> None:
        """Undoes the last line on what the room sees, or the last that was erased."""
        self._at_sheet(self._talk.undo_ink)

    def redo(self) -> None:
        self._at_sheet(self._talk.redo_ink)

    def clear(self) -> None:
        """Erases everything on what the room sees."""
        self._at_sheet(self._talk.clear_ink)

    def _at_sheet(self, act: Callable[[int, int], None]) -> None:
        self.pen.end()
        act(*self.pen.sheet_under(self.view()))

    def colours(self) -> tuple[str, ...]:
        return ink_colours(self.canvas.scene.theme)

    # ------------------------------------------------------------------ the pointer

    def view(self) -> View:
        """What the room sees."""
        return View(self.canvas.camera, self.canvas.view_size, self.canvas.look)

    def hover(self, x: float, y: float) -> None:
        """The pointer is at a point of the picture, in shares of its width and height."""
        if self.covered:
            return
        self._point = QPointF(x, y)
        if self._tool is Tool.LASER and not self._still:
            self._trail.append((time.perf_counter(), self._point))
            self._fade.start()
        self.pointed.emit()

    def leave(self) -> None:
        """The pointer is elsewhere."""
        self._point = None
        self.pointed.emit()

    def press(self, x: float, y: float, *, pressure: float | None = None, eraser: bool = False) -> None:
        """Puts the pen down, or the eraser."""
        if self._tool is not Tool.INK or self.covered:
            return
        self._point = QPointF(x, y)
        at = self._pixel(x, y)
        if eraser or self._erases:
            self.pen.begin_erasing()
            self.pen.erase(self.view(), at, self.eraser / 2)
        else:
            self.pen.begin(
                self.view(), at, colour=self.colours()[self._colour], width=self.size(Tool.INK), pressure=pressure
            )

    def drag(self, x: float, y: float, *, pressure: float | None = None) -> None:
        """Moves the pen, or the eraser."""
        at = self._pixel(x, y)
        self.pen.erase(self.view(), at, self.eraser / 2)
        self.pen.go_on(self.view(), at, pressure)

    def release(self) -> None:
        self.pen.end()

    def trail(self) -> list[tuple[float, QPointF]]:
        """Where the laser was lately, each with what is left of it from 0 to 1, the oldest first."""
        now = time.perf_counter()
        return [(1.0 - (now - then) / TAIL, at) for then, at in self._trail if now - then < TAIL]

    @property
    def _still(self) -> bool:
        """Whether nothing is to trail."""
        return self.canvas.profile.value == "cuts"

    def _on_fade(self) -> None:
        oldest = time.perf_counter() - TAIL
        while self._trail and self._trail[0][0] < oldest:
            self._trail.popleft()
        if not self._trail:
            self._fade.stop()
        self.pointed.emit()

    def _pixel(self, x: float, y: float) -> Point:
        size = self.canvas.view_size
        return Point(x * size.width, y * size.height)

    # ------------------------------------------------------------------ the talk

    def _on_event(self, event: Event, before: Position) -> None:  # noqa: ARG002 - a listener's
        if isinstance(event, _INK_ACTS):
            self.ink.take(self._talk.state.ink)
            self.pen.changed.emit()
            if self._tool is Tool.MAGNIFIER:
                self.magnifier.forget()
                self.pointed.emit()
        elif isinstance(event, Covered):
            self.pen.end()
            self._trail.clear()
            self.pointed.emit()
        elif isinstance(event, Moved) and self._tool is Tool.MAGNIFIER and not self._talk.state.frozen:
            self._take(Tool.NONE)

    # ------------------------------------------------------------------ Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._tool is Tool.NONE or watched not in self._served or self._busy() or not self.canvas.has_camera:
            return False
        if event.type() in (QEvent.Type.Leave, QEvent.Type.Hide):
            self.leave()
        elif isinstance(event, QWheelEvent):
            return self._wheel(event)
        elif self.covered:
            return False
        elif isinstance(event, QTabletEvent):
            return self._tablet(watched, event)
        elif isinstance(event, QMouseEvent):
            return self._mouse(watched, event)
        return False

    def _wheel(self, event: QWheelEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        turned = event.angleDelta().y() or event.angleDelta().x()  # some systems turn it aside with Shift
        self.resize(turned / _DEGREES)
        event.accept()
        return True

    def _mouse(self, watched: QObject, event: QMouseEvent) -> bool:
        """Takes a mouse event; what leads somewhere is left to the widget but for the pen, which draws."""
        x, y = self._share(watched, event.position())
        left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
        match event.type():
            case QEvent.Type.MouseMove:
                self.hover(x, y)
                if self.pen.busy:
                    self.drag(x, y)
                return self._tool is Tool.INK or event.buttons() == Qt.MouseButton.NoButton
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick if self._tool is Tool.INK:
                if event.button() in (left, right):
                    self.press(x, y, eraser=event.button() == right)
                return True
            case QEvent.Type.MouseButtonRelease if self._tool is Tool.INK:
                if not event.buttons() & (left | right):
                    self.release()
                return True
            case _:
                return False

    def _tablet(self, watched: QObject, event: QTabletEvent) -> bool:
        """Takes a pen's event. One that is not taken comes again as a mouse event."""
        if self._tool is not Tool.INK or event.type() not in _TABLET:
            return False
        x, y = self._share(watched, event.position())
        self.hover(x, y)
        if event.type() is QEvent.Type.TabletPress:
            turned = event.pointerType() is QPointingDevice.PointerType.Eraser
            second = event.button() == Qt.MouseButton.RightButton
            self.press(x, y, pressure=event.pressure(), eraser=turned or second)
        elif event.type() is QEvent.Type.TabletRelease:
            self.release()
        elif self.pen.busy:
            self.drag(x, y, pressure=event.pressure())
        event.accept()
        return True

    def _share(self, watched: QObject, where: QPointF) -> tuple[float, float]:
        widget = next(each for each in self._served if each is watched)
        return where.x() / max(widget.width(), 1), where.y() / max(widget.height(), 1)

    def _dress(self) -> None:
        """Gives the widgets their pointer: none under what is painted where it is, a dot or a ring for ink."""
        for widget in self._served:
            if self._tool is Tool.NONE:
                # over the room's own picture there is none until it moves
                widget.setCursor(Qt.CursorShape.BlankCursor) if widget is self.canvas else widget.unsetCursor()
            elif self._tool is Tool.INK:
                widget.setCursor(self._nib(widget.height()))
            else:
                widget.setCursor(Qt.CursorShape.BlankCursor)

    def _nib(self, height: int) -> QCursor:
        share = self.eraser if self._erases else self.size(Tool.INK)
        across = max(share * height, 5.0)
        side = round(across) + 6
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(side / 2, side / 2)
        for colour, width in (("#000000", 2.6), ("#FFFFFF", 1.2)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(middle, across / 2 + 1, across / 2 + 1)
        if not self._erases:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.colours()[self._colour]))
            painter.drawEllipse(middle, across / 2, across / 2)
        painter.end()
        return QCursor(pixmap, side // 2, side // 2)
