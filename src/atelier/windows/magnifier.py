"""What the magnifier shows: a disc of the room's picture, larger.

While the pointer moves, the pixels there are enlarged; once it rests, the same is painted from the scene, in slices.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from atelier.canvas.camera import Camera, device
from atelier.canvas.faces import full_height
from atelier.foundation.geometry import Point, Rect, Similarity, Size
from atelier.render.exact import exact_picture

if TYPE_CHECKING:
    from collections.abc import Generator

    from atelier.render.renderer import View
    from atelier.windows.room_tools import RoomTools

TIMES: Final = 2.5
AROUND: Final = 1.5
"""How much wider than the disc the sharp picture is, so that a hand that trembles stays within it."""
RESTS: Final = 60
"""Milliseconds without a movement after which the picture is painted."""
SLICE: Final = 0.008
"""Seconds of painting between two events."""
RIM: Final = 0.012
"""The width of the rim as a share of the diameter."""


class Magnifier(QObject):
    """Makes pictures of what lies under a point of the room's picture."""

    sharpened = Signal()

    def __init__(self, tools: RoomTools) -> None:
        super().__init__(tools)
        self._tools = tools
        self._sharp: tuple[View, Point, QImage] | None = None
        self._job: Generator[None] | None = None
        self._wanted: tuple[Point, int] | None = None
        self._last: tuple[tuple[object, ...], QImage] | None = None
        self._disc: tuple[int, QImage] | None = None
        self._rests = QTimer(self, interval=RESTS, singleShot=True)
        self._rests.timeout.connect(self._begin)
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._on_slice)

    def picture(self, at: Point, across: int) -> QImage:
        """The disc for a point in the device pixels of the room's picture, `across` pixels wide, with its rim."""
        view = self._tools.view()
        resting = self._tools.canvas.resting_picture()
        key = (at, across, self._sharp[2].cacheKey() if self._sharp is not None else 0, resting and resting.cacheKey())
        if resting is not None and self._last is not None and self._last[0] == key:
            return self._last[1]  # another view of the room asked a moment ago
        picture = self._drawn(view, at, across)
        self._last = (key, picture)
        return picture

    def _drawn(self, view: View, at: Point, across: int) -> QImage:
        picture = QImage(across, across, QImage.Format.Format_ARGB32_Premultiplied)
        painter = QPainter(picture)
        sharp = self._sharp
        if sharp is not None and sharp[0] == view and _holds(sharp, at, across):
            left, top = _corner(sharp, at, across)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.drawImage(QPointF(-left, -top), sharp[2])
        else:
            self._enlarge(painter, view, at, across)
            if self._wanted != (at, across):
                self._wanted = (at, across)
                self._stop_painting()
                self._rests.start()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.resetTransform()
        painter.drawImage(0, 0, self._mask(across))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rim = max(2.0, across * RIM)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width, inset in (("#1D1A17", rim * 1.5, rim * 0.75), ("#FFFFFF", rim, rim * 0.5 + rim * 0.5)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(QPointF(across / 2, across / 2), across / 2 - inset, across / 2 - inset)
        painter.end()
        return picture

    def forget(self) -> None:
        """Shows nothing that was painted before."""
        self._stop_painting()
        self._sharp = None
        self._wanted = None
        self._last = None

    def stop(self) -> None:
        self.forget()

    def _stop_painting(self) -> None:
        self._rests.stop()
        self._slices.stop()
        if self._job is not None:
            self._job.close()
            self._job = None

    def _enlarge(self, painter: QPainter, view: View, at: Point, across: int) -> None:
        """The pixels of the picture, larger: soft, and there at once."""
        painter.save()
        painter.translate(across / 2, across / 2)
        painter.scale(TIMES, TIMES)
        painter.translate(-at.x, -at.y)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        canvas, ink = self._tools.canvas, self._tools.ink
        canvas.renderer.paint(painter, view, smooth=True, moving=canvas.moving)
        ink.paint_moving(painter, ink.seen(view, moving=False), view)
        painter.restore()

    def _begin(self) -> None:
        if self._wanted is None or self._tools.canvas.moving:
            return
        at, across = self._wanted
        self._job = self._paint(self._tools.view(), at, round(across * AROUND))
        self._slices.start()

    def _on_slice(self) -> None:
        until = time.perf_counter() + SLICE
        while self._job is not None and time.perf_counter() < until:
            if next(self._job, self) is self:
                self._stop_painting()
                self.sharpened.emit()

    def _paint(self, view: View, at: Point, across: int) -> Generator[None]:
        there = device(view.camera, view.size).inverse().map(at)
        width = view.camera.width * across / (view.size.width * TIMES)
        camera = Camera(view.camera.anchor, there, width, view.camera.rotation)
        size = Size(float(across), float(across))
        image = QImage(across, across, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        scene = self._tools.canvas.scene
        reference = full_height(view.size, scene.deck.ratio) * TIMES
        painter = QPainter(image)
        try:
            yield from exact_picture(scene, painter, camera, size, view.look, reference=reference)
            closer = Similarity(across / 2 - at.x * TIMES, across / 2 - at.y * TIMES, TIMES)
            ink = self._tools.ink
            seen = [s._replace(transform=closer.after(s.transform)) for s in ink.seen(view, moving=False)]
            yield from ink.paint(painter, seen, Rect(0.0, 0.0, across, across))
        finally:
            painter.end()
        self._sharp = (view, at, image)

    def _mask(self, across: int) -> QImage:
        if self._disc is None or self._disc[0] != across:
            mask = QImage(across, across, QImage.Format.Format_ARGB32_Premultiplied)
            mask.fill(0)
            painter = QPainter(mask)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor("black"))
            painter.drawEllipse(0, 0, across, across)
            painter.end()
            self._disc = (across, mask)
        return self._disc[1]


def _corner(sharp: tuple[View, Point, QImage], at: Point, across: int) -> tuple[float, float]:
    """Where the disc begins in a sharp picture."""
    _view, middle, image = sharp
    spare = (image.width() - across) / 2
    return spare + (at.x - middle.x) * TIMES, spare + (at.y - middle.y) * TIMES


def _holds(sharp: tuple[View, Point, QImage], at: Point, across: int) -> bool:
    left, top = _corner(sharp, at, across)
    spare = sharp[2].width() - across
    return 0.0 <= left <= spare and 0.0 <= top <= spare
