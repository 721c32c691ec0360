"""The room's picture on the console: what the audience window shows, smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from atelier.foundation.geometry import Size
from atelier.render.renderer import Renderer, View
from atelier.windows.console.pictures import look_at, scaled, wish_for
from atelier.windows.tokens import RADIUS_THUMBNAIL

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from atelier.windows.audience import AudienceWindow
    from atelier.windows.console.pictures import IdlePainter, Wish
    from atelier.windows.tokens import Tokens

EVERY: Final = 3
"""Of so many pictures of a flight, one is shown here too: the room's own come first."""
SELDOM: Final = 12
"""The same while the room's pictures are late."""
LATE: Final = 0.021
"""Seconds between two of them."""
TO_COME: Final = 0.22
"""Opacity of the steps that the room does not see yet."""
EDGE: Final = 2.0


class Mirror(QWidget):
    """Follows the canvas of the audience window. A flight is drawn from the tiles that are there; at rest it is the
    room's own picture made smaller, with the steps to come laid over it faintly.
    """

    clicked = Signal(QPointF)
    """Where, in pixels of the canvas of the audience window."""

    def __init__(self, audience: AudienceWindow, painter: IdlePainter, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self._audience = audience
        self._painter = painter
        self._tokens = tokens
        self._renderer = self._renderer_beside(audience)
        self._edge = ""
        self._small: tuple[int, QImage] | None = None
        self._passed = 0
        self._last = 0.0
        self._pressed = False
        audience.canvas.presented.connect(self._on_presented)
        audience.canvas.settled.connect(self.refresh)
        painter.painted.connect(self.update)

    def follow_scene(self) -> None:
        """Takes the version of the deck that the audience window shows now."""
        self._renderer = self._renderer_beside(self._audience)
        self.refresh()

    @staticmethod
    def _renderer_beside(audience: AudienceWindow) -> Renderer:
        """One that draws what the audience window has tiles for."""
        its = audience.canvas.renderer
        return Renderer(its.scene, its.cache, its.signatures)

    def set_edge(self, colour: str) -> None:
        """Draws a line in this colour around the picture; none for an empty one."""
        if colour != self._edge:
            self._edge = colour
            self.update()

    def refresh(self) -> None:
        """Shows what the room sees now, and asks for what is missing of it."""
        if not self.isVisible():
            return
        self._painter.ask(self, self._wishes())
        self.update()

    def to_room(self, where: QPointF) -> QPointF:
        """A point of this widget on the canvas of the audience window."""
        canvas = self._audience.canvas
        return QPointF(where.x() * canvas.width() / self.width(), where.y() * canvas.height() / self.height())

    # ------------------------------------------------------------------ what is shown

    @property
    def _pixels(self) -> Size:
        ratio = self.devicePixelRatioF()
        return Size(max(1.0, round(self.width() * ratio)), max(1.0, round(self.height() * ratio)))

    def _wishes(self) -> list[Wish]:
        canvas, size = self._audience.canvas, self._pixels
        if not canvas.has_camera or canvas.moving:
            return []
        out: list[Wish] = []
        if canvas.resting_picture() is None:
            out.append(wish_for(canvas.camera, canvas.look, size.width, size.height))
        to_come = self._to_come()
        return out if to_come is None else [*out, to_come]

    def _to_come(self) -> Wish | None:
        """The picture with all steps, where some are still to come."""
        here, canvas, size = self._audience.position, self._audience.canvas, self._pixels
        steps = self._audience.talk.ground.steps(here.place)
        if canvas.look.focus != here.place or here.page >= len(steps) or here.step >= steps[here.page]:
            return None
        return wish_for(canvas.camera, look_at(here, complete=True), size.width, size.height)

    def _on_presented(self, at: float, moving: bool) -> None:  # noqa: FBT001 - a signal's argument
        late, self._last = at - self._last > LATE, at
        self._passed += 1
        if not moving:
            self.refresh()
        elif self._passed >= (SELDOM if late else EVERY) and not self._stepping():
            self._passed = 0
            self.update()

    def _stepping(self) -> bool:
        """Whether a step is just coming in: there are no tiles of that, and it takes a blink."""
        return any(shown.progress < 1.0 for shown in self._audience.canvas.look.shown.values())

    def _at_rest(self) -> QImage | None:
        """The exact picture in this size, where there is one."""
        size = self._pixels
        width, height = int(size.width), int(size.height)
        picture = self._audience.canvas.resting_picture()
        if picture is None:
            canvas = self._audience.canvas
            return self._painter.find(wish_for(canvas.camera, canvas.look, width, height))
        if self._small is None or self._small[0] != picture.cacheKey() or self._small[1].width() != width:
            self._small = (picture.cacheKey(), scaled(picture, width, height))
        return self._small[1]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        canvas, size = self._audience.canvas, self._pixels
        tokens, ratio = self._tokens(), self.devicePixelRatioF()
        painter.save()
        painter.scale(1.0 / ratio, 1.0 / ratio)
        if not canvas.has_camera:
            painter.fillRect(QRectF(0, 0, size.width, size.height), QColor(tokens.sunken))
        elif canvas.moving or (picture := self._at_rest()) is None:
            self._renderer.paint(painter, View(canvas.camera, size, canvas.look), smooth=False, moving=True)
        else:
            painter.drawImage(0, 0, picture)
            to_come = self._to_come()
            complete = self._painter.find(to_come) if to_come is not None else None
            if complete is not None:
                painter.setOpacity(TO_COME)
                painter.drawImage(0, 0, complete)
        painter.restore()
        round_off(painter, QRectF(self.rect()), tokens.window, self._edge)

    # ------------------------------------------------------------------ pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.button() is Qt.MouseButton.LeftButton

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed and self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self.to_room(event.position()))
        self._pressed = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        canvas = self._audience.canvas
        over_link = canvas.has_camera and not canvas.moving and bool(canvas.link_at(self.to_room(event.position())))
        shape = Qt.CursorShape.PointingHandCursor if over_link else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)
        super().mouseMoveEvent(event)


def round_off(painter: QPainter, rect: QRectF, ground: str, edge: str = "") -> None:
    """Gives a picture that fills `rect` round corners on the colour `ground`, and a line around it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corners = QPainterPath()
    corners.addRect(rect)
    inside = QPainterPath()
    inside.addRoundedRect(rect, RADIUS_THUMBNAIL, RADIUS_THUMBNAIL)
    painter.fillPath(corners.subtracted(inside), QColor(ground))
    if edge:
        painter.setPen(QPen(QColor(edge), EDGE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = EDGE / 2
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), RADIUS_THUMBNAIL, RADIUS_THUMBNAIL)
