"""The ink of a talk over a widget that shows the room's picture."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QWidget

from atelier.canvas.camera import device, relative
from atelier.foundation.geometry import Rect, Size
from atelier.render.ink import RestingInk
from atelier.render.renderer import View
from atelier.render.scene import qt_transform

if TYPE_CHECKING:
    from atelier.render.ink import Seen
    from atelier.windows.room_tools import RoomTools

SLICE: Final = 0.006
"""Seconds of painting between two events at rest."""
IN_FLIGHT: Final = 0.002


class InkLayer(QWidget):
    """Lies over `host`; lets the pointer through."""

    def __init__(self, tools: RoomTools, host: QWidget) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._tools = tools
        self._host = host
        self._resting = RestingInk(tools.ink)
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._on_idle)
        self.setGeometry(host.rect())
        host.installEventFilter(self)
        tools.pen.changed.connect(self._on_changed)
        tools.pen.went.connect(self._on_went)
        tools.canvas.presented.connect(self._on_presented)
        self.show()

    @property
    def ready(self) -> bool:
        """Whether everything is painted as it stays."""
        return not self._idle.isActive()

    def _view(self) -> View:
        canvas, ratio = self._tools.canvas, self.devicePixelRatioF()
        size = Size(max(1.0, round(self.width() * ratio)), max(1.0, round(self.height() * ratio)))
        return View(canvas.camera, size, canvas.look)

    def _seen(self, view: View) -> list[Seen]:
        tools = self._tools
        return tools.ink.seen(view, moving=tools.canvas.moving, without=tools.pen.hidden)

    # ------------------------------------------------------------------ following

    def _on_changed(self) -> None:
        """Lines came or went."""
        canvas = self._tools.canvas
        if not canvas.has_camera or canvas.moving:
            return
        view = self._view()
        if self._resting.image is None:
            self.update()
            return
        part = self._resting.follow(self._seen(view), view)
        self._idle.start()
        self.update() if part is None else self._update_pixels(QRectF(part))

    def _on_went(self, place: int, part: Rect) -> None:
        """The line that is being drawn went on."""
        if self._tools.canvas.moving:
            return
        box = self._lies(self._view(), place).mapRect(QRectF(part.x, part.y, part.width, part.height))
        self._update_pixels(box.adjusted(-2, -2, 2, 2))

    def _update_pixels(self, box: QRectF) -> None:
        ratio = self.devicePixelRatioF()
        area = QRectF(box.x() / ratio, box.y() / ratio, box.width() / ratio, box.height() / ratio)
        self.update((area & QRectF(self.rect())).toAlignedRect())

    def _on_presented(self, at: float, moving: bool) -> None:  # noqa: ARG002, FBT001 - a signal's arguments
        if moving:
            self._tools.ink.work(time.perf_counter() + IN_FLIGHT)

    def _on_idle(self) -> None:
        canvas = self._tools.canvas
        if canvas.moving or not self.isVisible():
            self._idle.stop()
            return
        until = time.perf_counter() + SLICE
        if self._resting.busy:
            if self._resting.advance(until):
                self.update()
            return
        if self._tools.pen.busy:
            self._idle.stop()  # what is asked for now is old with the next line
            return
        view = self._view()
        self._tools.ink.expect(self._tools.ink.seen(view, moving=True))
        if not self._tools.ink.work(until):
            self._idle.stop()

    # ------------------------------------------------------------------ painting

    def _lies(self, view: View, place: int) -> QTransform:
        canvas = self._tools.canvas.scene.canvas
        return qt_transform(device(view.camera, view.size).after(relative(canvas, place, view.camera.anchor)))

    def paintEvent(self, event: QPaintEvent) -> None:
        canvas, line = self._tools.canvas, self._tools.pen.line
        if not canvas.has_camera:
            return
        view = self._view()
        seen = self._seen(view)
        if not seen and line is None:
            return
        painter = QPainter(self)
        try:
            ratio = self.devicePixelRatioF()
            if ratio != 1.0:
                painter.scale(1.0 / ratio, 1.0 / ratio)
            self._paint_kept(painter, seen, view, _pixels(event.rect(), ratio))
            if line is not None:
                self._paint_line(painter, view, _pixels(event.rect(), ratio))
        finally:
            painter.end()

    def _paint_kept(self, painter: QPainter, seen: list[Seen], view: View, part: QRect) -> None:
        image = self._resting.image
        if image is not None and self._resting.matches(seen, view):
            painter.drawImage(part.topLeft(), image, part)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self._tools.canvas.moving)
        self._tools.ink.paint_moving(painter, seen, view)
        if not self._tools.canvas.moving:
            if self._resting.follow(seen, view) is not None:
                self.update()
            self._idle.start()

    def _paint_line(self, painter: QPainter, view: View, part: QRect) -> None:
        """The line that is being drawn, as far as it lies in what is painted."""
        line = self._tools.pen.line
        if line is None:
            return
        lies = self._lies(view, line.place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(lies, combine=True)
        for path, box in line.paths():
            if lies.mapRect(QRectF(box.x, box.y, box.width, box.height)).intersects(QRectF(part)):
                painter.fillPath(path, QColor(line.colour))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return super().eventFilter(watched, event)


def _pixels(rect: QRect, ratio: float) -> QRect:
    """A part of a widget in device pixels."""
    left, top = math.floor(rect.x() * ratio), math.floor(rect.y() * ratio)
    return QRect(left, top, math.ceil((rect.right() + 1) * ratio) - left, math.ceil((rect.bottom() + 1) * ratio) - top)
