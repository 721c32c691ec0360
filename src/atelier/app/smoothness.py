"""How smoothly this machine flies: a flight in a window, and the times between its pictures."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage, QPainter

from atelier.canvas.camera import home
from atelier.render.renderer import View
from atelier.render.scene import Look
from atelier.render.tiles import TileCache
from atelier.windows.canvas_widget import CanvasWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QScreen

    from atelier.canvas.model import Canvas
    from atelier.render.scene import Scene

PATIENCE = 60.0
"""Seconds until a window that does not come to rest is given up."""
PREPARING = 1.5
"""Seconds of painting ahead before a window is shown only to be measured."""
_WAKING = 2
"""Milliseconds between two looks at what is waited for."""


@dataclass(frozen=True, slots=True)
class Flown:
    """One flight: the seconds between its pictures, in order, and those until the view it came to was sharp."""

    intervals: tuple[float, ...]
    settle: float = 0.0

    @property
    def median(self) -> float:
        return sorted(self.intervals)[len(self.intervals) // 2]

    @property
    def p95(self) -> float:
        """Nineteen of twenty intervals are shorter."""
        return sorted(self.intervals)[min(len(self.intervals) - 1, int(len(self.intervals) * 0.95))]

    @property
    def worst(self) -> float:
        return max(self.intervals)

    @property
    def pictures_a_second(self) -> float:
        return len(self.intervals) / sum(self.intervals)


def wait(done: Callable[[], bool], poll: Callable[[], None] = lambda: None, patience: float = PATIENCE) -> float:
    """Runs the event loop until `done()` and returns the moment (perf_counter). Raises TimeoutError.

    `poll` is called between two events, outside of every slot: what it raises ends the waiting.
    """
    limit = time.perf_counter() + patience
    loop = QEventLoop()
    waking = QTimer(interval=_WAKING)  # without it nothing would end the wait for the next event
    waking.start()
    try:
        while not done():
            if time.perf_counter() > limit:
                raise TimeoutError("the window did not come to rest")
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            poll()
    finally:
        waking.stop()
    return time.perf_counter()


def fly(
    canvas: CanvasWidget, place: int, seconds: float, poll: Callable[[], None] = lambda: None, *, settle: bool = True
) -> Flown:
    """Flies the canvas, which is on screen, to a place; with `settle` it is waited for until the view is sharp."""
    times = [time.perf_counter()]
    settled: list[float] = []

    def note(at: float, _moving: bool) -> None:  # noqa: FBT001 - a signal's argument
        times.append(at)

    def note_settled() -> None:
        settled.append(time.perf_counter())

    canvas.presented.connect(note)
    canvas.settled.connect(note_settled)
    try:
        canvas.fly_to(home(canvas.scene.canvas, place, canvas.view_ratio), Look(focus=place), duration=seconds)
        wait(lambda: not canvas.moving, poll)
        if settle:
            wait(lambda: bool(settled), poll)
    finally:
        canvas.presented.disconnect(note)
        canvas.settled.disconnect(note_settled)
    intervals = tuple(b - a for a, b in pairwise(times))
    return Flown(intervals, settled[0] - times[-1] if settled else 0.0)


def farthest(canvas: Canvas) -> tuple[int, int]:
    """The deepest place, the first of them, and its neighbour: where to fly to for a flight that is hard to draw."""
    places = canvas.places
    deepest = max(range(len(places)), key=lambda i: (places[i].depth, -i))
    if places[deepest].parent < 0:
        return deepest, deepest
    siblings = places[places[deepest].parent].children
    if len(siblings) == 1:
        return deepest, places[deepest].parent
    return deepest, siblings[(siblings.index(deepest) + 1) % len(siblings)]


def measure(
    scene: Scene, screen: QScreen, area: QRect, seconds: float, poll: Callable[[], None] = lambda: None
) -> tuple[Flown, ...]:
    """Two flights of `seconds` each in a window over `area` of a screen, which is there for no longer than they take.

    What a talk would have painted while the speaker spoke is painted before.
    """
    canvas = CanvasWidget(scene, TileCache())
    canvas.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus)
    canvas.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    canvas.setScreen(screen)
    canvas.setGeometry(area)
    painted: list[float] = []
    canvas.first_painted.connect(lambda: painted.append(time.perf_counter()))
    try:
        canvas.show_at(home(scene.canvas, 0, canvas.view_ratio), Look(focus=0))
        _prepare(canvas, poll)
        canvas.show()
        wait(lambda: bool(painted), poll)
        return tuple(fly(canvas, place, seconds, poll, settle=False) for place in farthest(scene.canvas))
    finally:
        canvas.stop()
        canvas.close()
        canvas.deleteLater()


def _prepare(canvas: CanvasWidget, poll: Callable[[], None]) -> None:
    until = time.perf_counter() + PREPARING
    canvas.prepare(PREPARING)
    renderer, view = canvas.renderer, View(canvas.camera, canvas.view_size, canvas.look)
    picture = QImage(int(view.size.width), int(view.size.height), QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    try:
        renderer.paint(painter, view, smooth=False, moving=True)  # notes which tiles are missing
    finally:
        painter.end()
    while not renderer.idle(view) and time.perf_counter() < until:
        renderer.work(time.perf_counter() + 0.01, view)
        poll()
