"""The widget that shows a canvas through a camera and moves it: flights, steps, wheel, pinch and drag.

One tick draws one picture; what is left of its sixteen milliseconds refines tiles. At rest the exact picture is
painted in slices between two events, so that a key press is never kept waiting.
"""

from __future__ import annotations

import gc
import math
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QNativeGestureEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from atelier.canvas.camera import pan, place_at, zoom_at
from atelier.canvas.flight import Flight, Profile
from atelier.foundation.geometry import Point, Size
from atelier.render.movement import coming_in, setting_out, step_seconds, under_way
from atelier.render.renderer import Renderer, View
from atelier.render.scene import Look, Scene, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from atelier.canvas.camera import Camera
    from atelier.render.tiles import TileCache
    from atelier.typeset.display import MediaItem

TICK = 16
"""Milliseconds between two pictures."""
WORK = 0.010
"""Seconds into a tick until which a slice of refining may begin; one takes some three milliseconds."""
PATIENCE = 3
"""Ticks without any refining after which one slice is done all the same."""
IDLE_SLICE = 0.010
"""Seconds of refining between two events at rest."""
SMOOTH_BUDGET = 0.0105
"""Seconds a picture may take for the next one to be sampled smoothly."""
CLICK_SLACK = 5
"""Pixels a pointer may move between press and release of a click."""


@dataclass(slots=True)
class _Journey:
    """A flight under way, or a step coming in."""

    start: float
    duration: float
    flight: Flight | None = None
    look: Look = field(default_factory=Look)
    stepping: int = -1
    from_picture: QImage | None = None


class CanvasWidget(QWidget):
    """Shows `scene`. Camera and look are set from outside; what the pointer does is told by signals."""

    place_clicked = Signal(int)
    """The place under a click."""
    link_clicked = Signal(str)
    media_clicked = Signal(int, object)
    """The place and the `MediaItem` of a film or sound under a click."""
    presented = Signal(float, bool)
    """A picture was shown: the moment (perf_counter, seconds), and whether a flight goes on."""
    first_painted = Signal()
    """The first picture is on screen."""
    settled = Signal()
    """The exact picture of a view at rest is on screen."""

    def __init__(self, scene: Scene, cache: TileCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.renderer = Renderer(scene, cache)
        self.profile = Profile.FULL
        self.overlay: Callable[[QPainter, View], None] | None = None
        """Paints over every picture, in device pixels."""
        self._camera: Camera | None = None
        self._look = Look()
        self._journey: _Journey | None = None
        self._smooth = True
        self._settled = False
        self._waited = 0
        self._ahead: Generator[None] | None = None
        self._painted = False
        self._next_views: tuple[View, ...] = ()
        self._press: QPoint | None = None
        self._dragging = False
        self._ticker = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._ticker.timeout.connect(self._on_tick)
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._on_idle)

    # ------------------------------------------------------------------ what is shown

    @property
    def scene(self) -> Scene:
        return self.renderer.scene

    @property
    def camera(self) -> Camera:
        if self._camera is None:
            raise RuntimeError("no camera was set")
        return self._camera

    @property
    def has_camera(self) -> bool:
        return self._camera is not None

    @property
    def look(self) -> Look:
        return self._look

    @property
    def moving(self) -> bool:
        return self._journey is not None

    @property
    def busy(self) -> bool:
        """Whether something moves or is still being painted."""
        return self._journey is not None or self._idle.isActive() or not self._painted

    @property
    def view_size(self) -> Size:
        """In device pixels."""
        ratio = self.devicePixelRatioF()
        return Size(max(1.0, round(self.width() * ratio)), max(1.0, round(self.height() * ratio)))

    @property
    def view_ratio(self) -> float:
        return self.view_size.ratio

    @property
    def view(self) -> View:
        """What is shown at this moment."""
        return self._view()

    def set_scene(self, scene: Scene) -> None:
        """Takes a new version of the deck; follow with `show_at`."""
        self.renderer.set_scene(scene)
        self._next_views = ()
        self._finish()
        self._ticker.stop()

    def show_results(self, scene: Scene) -> None:
        """Takes the same version of the deck with other counts in it, and shows them at once; not for a flight."""
        self.renderer.set_scene(scene)
        self.renderer.rest_now(self._view())
        self.renderer.anticipate(self._view())  # what a flight away from here begins with
        self._rest()

    def show_at(self, camera: Camera, look: Look) -> None:
        """Shows a view at once."""
        self._finish()
        self._camera, self._look = camera, look
        self._rest()

    def fly_to(self, camera: Camera, look: Look, *, duration: float | None = None) -> None:
        """Flies to a view, taking over the speed of a flight under way. `duration` (seconds) is for measuring."""
        self._idle.stop()
        now = time.perf_counter()
        velocity = None
        before = self._journey
        if before is not None and before.flight is not None:
            velocity = before.flight.velocity(now - before.start)
        picture = self._picture_now() if self.profile is Profile.CUTS else None
        flight = Flight(
            self.scene.canvas,
            self.camera,
            camera,
            self.view_ratio,
            self.profile,
            duration=duration,
            velocity=velocity,
        )
        arrival = View(camera, self.view_size, replace(look, previous=-1, mix=1.0))
        self._look = setting_out(self._look, look)
        if picture is not None:
            self._camera, self._look = camera, arrival.look
            self.renderer.rest_now(arrival)
        self._journey = _Journey(time.perf_counter(), flight.duration, flight, arrival.look, from_picture=picture)
        self._settled = False
        if picture is None:
            self.renderer.anticipate(arrival)
        gc.disable()
        self._ticker.start()

    def step_to(self, place: int, look: Look) -> None:
        """Shows another step of `place` at the same view; the newest comes in."""
        self._finish()
        self._idle.stop()
        duration = step_seconds(self._look.shown.get(place, Shown()), look.shown.get(place), self.profile)
        if duration <= 0.0:
            self.show_at(self.camera, look)
            return
        picture = self._picture_now()
        self._look = look
        self._journey = _Journey(time.perf_counter(), duration, look=look, stepping=place, from_picture=picture)
        self._settled = False
        self._ticker.start()

    def expect(self, views: tuple[tuple[Camera, Look], ...]) -> None:
        """Views likely to come next: their tiles are made when there is nothing else to do."""
        self._next_views = tuple(View(camera, self.view_size, look) for camera, look in views)

    def adopt_picture(self, camera: Camera, look: Look, image: QImage) -> None:
        """Shows a picture kept from an earlier run for exactly this view."""
        self._camera, self._look = camera, look
        self.renderer.resize(self.view_size)
        self.renderer.adopt(self._view(), image)
        self._rest()

    def prepare(self, seconds: float) -> None:
        """Paints the exact picture of the present view ahead of the first paint, for at most so long."""
        self.renderer.resize(self.view_size)
        view, until = self._view(), time.perf_counter() + seconds
        while not self.renderer.rests_at(view) and time.perf_counter() < until:
            self.renderer.work(until, view)

    def picture(self) -> QImage | None:
        """The exact picture of the present view, painted at once if it is not there; None where it cannot be."""
        return self.renderer.rest_now(self._view())

    def resting_picture(self) -> QImage | None:
        """The exact picture of the view, where it rests and that is there; for looking at."""
        moving = self._camera is None or self._journey is not None
        return None if moving else self.renderer.resting(self._view())

    def stop(self) -> None:
        """Ends every movement and all work, before the window goes."""
        self._journey = None
        self._ticker.stop()
        self._idle.stop()
        self.renderer.stop()
        gc.enable()

    # ------------------------------------------------------------------ ticks

    def _view(self) -> View:
        return View(self.camera, self.view_size, self._look)

    def _on_tick(self) -> None:
        started = time.perf_counter()
        journey = self._journey
        if journey is None:
            self._ticker.stop()
            return
        t = started - journey.start
        over = t >= journey.duration
        if journey.flight is not None and journey.from_picture is None:
            self._camera = journey.flight.at(min(t, journey.duration))
            self._look = under_way(self._look, journey.flight, t)
        elif journey.stepping >= 0:
            self._look = coming_in(self._look, journey.stepping, t / journey.duration)
        if over:
            self._finish()
        self.repaint()
        self.presented.emit(time.perf_counter(), not over)
        if over:
            self._rest()
            return
        self._waited = 0 if time.perf_counter() < started + WORK else self._waited + 1
        if self._waited in (0, PATIENCE):
            self._waited = 0
            self.renderer.work(started + WORK, at_least_one=True)

    def _finish(self) -> None:
        """Puts what is under way at its end."""
        journey, self._journey = self._journey, None
        self._ticker.stop()
        if journey is None:
            return
        self._look = journey.look
        if journey.flight is not None:
            self._camera = journey.flight.at(journey.duration)
        gc.enable()

    def _rest(self) -> None:
        self._settled = False
        self._ahead = None
        self.update()
        if self._painted:  # nothing comes before the first picture
            self._idle.start()

    def _on_idle(self) -> None:
        if not self.isVisible() or self._journey is not None:
            self._idle.stop()
            return
        view = self._view()
        if self.renderer.work(time.perf_counter() + IDLE_SLICE, view):
            self.update()
        if not self._settled and self.renderer.rests_at(view):
            self._settled = True
            self.repaint()
            self.settled.emit()
        elif self.renderer.idle(view):
            if self._next_views:
                self.renderer.anticipate(self._next_views[0])
                self._next_views = self._next_views[1:]
            elif not self._lay_out_ahead():
                self._idle.stop()

    def _lay_out_ahead(self) -> bool:
        """A slice of setting what comes next; False when that is done."""
        if self._ahead is None:
            self._ahead = self.renderer.lay_out(max(self._look.focus, 0))
        until = time.perf_counter() + IDLE_SLICE
        return any(time.perf_counter() > until for _ in self._ahead)

    def _picture_now(self) -> QImage:
        size = self.view_size
        image = QImage(int(size.width), int(size.height), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        self.renderer.paint(painter, self._view(), smooth=True)
        if self.overlay is not None:
            self.overlay(painter, self._view())
        painter.end()
        return image

    # ------------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always the whole view
        if self._camera is None:
            return
        started = time.perf_counter()
        painter = QPainter(self)
        try:
            self._paint(painter, started)
        finally:
            painter.end()
        if not self._painted:
            self._painted = True
            self._idle.start()
            QTimer.singleShot(0, self.first_painted.emit)
        if self._journey is not None:
            took = time.perf_counter() - started
            # sampling smoothly costs about twice as much: a clear margin keeps it from switching to and fro
            self._smooth = took < (SMOOTH_BUDGET if self._smooth else SMOOTH_BUDGET * 0.4)

    def _paint(self, painter: QPainter, now: float) -> None:
        ratio = self.devicePixelRatioF()
        if ratio != 1.0:
            painter.scale(1.0 / ratio, 1.0 / ratio)
        journey = self._journey
        before = journey.from_picture if journey is not None else None
        if journey is not None and before is not None and journey.stepping >= 0:
            painter.drawImage(0, 0, before)
            self.renderer.paint_live(painter, self._view(), journey.stepping)
        else:
            moving = journey is not None
            self.renderer.paint(painter, self._view(), smooth=self._smooth or not moving, moving=moving)
            if journey is not None and before is not None:
                painter.setOpacity(max(0.0, 1.0 - (now - journey.start) / journey.duration))
                painter.drawImage(0, 0, before)
                painter.setOpacity(1.0)
        if self.overlay is not None:
            self.overlay(painter, self._view())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.renderer.resize(self.view_size)
        super().resizeEvent(event)
        if self._camera is not None:
            self._rest()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(event.position(), 1.0 + event.value())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._zoom(QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())), pinch.scaleFactor())
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.pixelDelta().y()
        if turned:
            self._zoom(event.position(), math.exp(turned * 0.0016))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()
            self._dragging = False
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        if self._press is None:
            super().mouseMoveEvent(event)
            return
        moved = here - self._press
        if not self._dragging and moved.manhattanLength() < CLICK_SLACK:
            return
        if not self._dragging:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._press = here
        self._finish()
        ratio = self.devicePixelRatioF()
        self._camera = pan(self.scene.canvas, self.camera, self.view_size, moved.x() * ratio, moved.y() * ratio)
        self._moved_by_hand()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._press is None:
            super().mouseReleaseEvent(event)
            return
        dragged, self._press, self._dragging = self._dragging, None, False
        if dragged:
            self.unsetCursor()
            return
        self.click(event.position())

    def click(self, where: QPointF) -> None:
        """Tells of a click at a point of the widget: the link there, or the place."""
        link = self.link_at(where)
        media = self.media_at(where) if not link else None
        if link:
            self.link_clicked.emit(link)
        elif media is not None:
            self.media_clicked.emit(*media)
        else:
            self.place_clicked.emit(self.place_under(where))

    def place_under(self, where: QPointF) -> int:
        return place_at(self.scene.canvas, self.camera, self.view_size, self._pixel(where))

    def link_at(self, where: QPointF) -> str:
        """The address of the link under a point of the widget, empty where there is none."""
        return self.renderer.link_at(self._view(), self._pixel(where))

    def media_at(self, where: QPointF) -> tuple[int, MediaItem] | None:
        """Place and box of the film or sound under a point of the widget."""
        return self.renderer.media_at(self._view(), self._pixel(where))

    def links_in_view(self) -> list[tuple[str, tuple[float, float, float, float]]]:
        """The links out that can be seen: address and rectangle (x, y, width, height) in widget pixels."""
        ratio = self.devicePixelRatioF()
        found = self.renderer.links(self._view())
        return [(href, (r.x / ratio, r.y / ratio, r.width / ratio, r.height / ratio)) for href, r in found]

    def zoom_by(self, factor: float) -> None:
        """Zooms at the middle of the view."""
        self._zoom(QPointF(self.width() / 2, self.height() / 2), factor)

    def _zoom(self, where: QPointF, factor: float) -> None:
        self._finish()
        self._camera = zoom_at(self.scene.canvas, self.camera, self.view_size, self._pixel(where), factor)
        self._moved_by_hand()

    def _moved_by_hand(self) -> None:
        self._look = replace(self._look, focus=-1, previous=-1, mix=1.0)
        self._rest()

    def _pixel(self, where: QPointF) -> Point:
        ratio = self.devicePixelRatioF()
        return Point(where.x() * ratio, where.y() * ratio)
