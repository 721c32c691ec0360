"""Exact pictures of the canvas for the console, painted while the audience window has nothing to do."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from atelier.canvas.camera import home, overview
from atelier.deck.types import View
from atelier.foundation.geometry import Size
from atelier.render.exact import exact_picture
from atelier.render.scene import Look, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Hashable, Sequence

    from atelier.canvas.camera import Camera
    from atelier.render.scene import Scene
    from atelier.talk.navigation import Position

_log = logging.getLogger(__name__)

SLICE = 0.008
"""Seconds of painting between two events."""
AGAIN = 30
"""Milliseconds until it is asked again whether there is nothing else to do."""
KEPT = 24
"""Pictures that are kept, with those asked for last."""
FINE = 1000
"""Pictures narrower than this many pixels are painted at twice their size: small type stays a fine texture then."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture asked for: what a camera sees, on so many device pixels."""

    camera: Camera
    focus: int
    shown: tuple[tuple[int, Shown], ...]
    width: int
    height: int


def camera_at(scene: Scene, position: Position, ratio: float) -> Camera:
    """Where the camera of a view with that ratio rests at a position."""
    show = overview if position.view is View.OVERVIEW else home
    return show(scene.canvas, position.place, ratio)


def look_at(position: Position, *, complete: bool = False) -> Look:
    """What is shown at a position; `complete` with the steps that are still to come."""
    focus = position.place if position.view is View.FRAME else -1
    return Look(focus=focus, shown={position.place: Shown(position.page, None if complete else position.step)})


def wish_for(camera: Camera, look: Look, width: float, height: float) -> Wish:
    return Wish(camera, look.focus, tuple(sorted(look.shown.items())), max(1, round(width)), max(1, round(height)))


class IdlePainter(QObject):
    """Paints what is asked for, one picture at a time, as long as `busy` says that nothing else is to be done."""

    painted = Signal()
    """Another picture is ready."""

    def __init__(self, scene: Scene, busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._busy = busy
        self._asked: dict[Hashable, Sequence[Wish]] = {}
        self._pictures: OrderedDict[Wish, QImage] = OrderedDict()
        self._failed: set[Wish] = set()
        self._job: Generator[None] | None = None
        self._job_for: Wish | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)  # a painter that outlives its picture ends the program hard

    def set_scene(self, scene: Scene) -> None:
        """Takes a new version of the deck; every picture is asked for anew."""
        self._scene = scene
        self.stop()
        self._pictures.clear()
        self._failed.clear()

    def find(self, wish: Wish) -> QImage | None:
        """The picture, where it was painted."""
        found = self._pictures.get(wish)
        if found is not None:
            self._pictures.move_to_end(wish)
        return found

    def ask(self, asker: Hashable, wishes: Sequence[Wish]) -> None:
        """Asks for pictures, the most urgent first, in place of what the same one asked for before."""
        self._asked[asker] = wishes
        if self._job_for is not None and not any(self._job_for in asked for asked in self._asked.values()):
            self._drop_job()
        if self._next() is not None and not self._timer.isActive():
            self._timer.start(0)

    @property
    def idle(self) -> bool:
        """Whether everything asked for is there."""
        return self._next() is None

    def stop(self) -> None:
        self._timer.stop()
        self._asked.clear()
        self._drop_job()

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.close()
            self._job, self._job_for = None, None

    def _next(self) -> Wish | None:
        return next(
            (
                wish
                for wishes in self._asked.values()
                for wish in wishes
                if wish not in self._pictures and wish not in self._failed
            ),
            None,
        )

    def _on_timer(self) -> None:
        if self._busy():
            self._timer.start(AGAIN)
            return
        until = time.perf_counter() + SLICE
        while time.perf_counter() < until:
            wish = self._job_for or self._next()
            if wish is None:
                self._timer.stop()
                return
            if self._job is None:
                self._job, self._job_for = self._paint(wish), wish
            try:
                next(self._job)
            except StopIteration:
                self._job, self._job_for = None, None
                self.painted.emit()
                break
            except Exception:  # noqa: BLE001 - as in the renderer: a frame that cannot be drawn must not end the talk
                _log.exception("a view could not be painted")
                self._failed.add(wish)
                self._job, self._job_for = None, None
        self._timer.start(0)

    def _paint(self, wish: Wish) -> Generator[None]:
        factor = 2 if wish.width < FINE else 1
        image = QImage(wish.width * factor, wish.height * factor, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        try:
            size = Size(float(image.width()), float(image.height()))
            look = Look(focus=wish.focus, shown=dict(wish.shown))
            yield from exact_picture(self._scene, painter, wish.camera, size, look)
        finally:
            painter.end()
        yield
        self._pictures[wish] = image if factor == 1 else scaled(image, wish.width, wish.height)
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)


def scaled(image: QImage, width: int, height: int) -> QImage:
    """A picture at another size, every pixel of it counted."""
    return image.scaled(width, height, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
