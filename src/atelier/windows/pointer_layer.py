"""Laser, spot and magnifier over a widget that shows the room's picture. Only what changed is painted again."""

from __future__ import annotations

import itertools
import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QRadialGradient, QRegion
from PySide6.QtWidgets import QWidget

from atelier.foundation.geometry import Point

if TYPE_CHECKING:
    from atelier.windows.room_tools import RoomTools

DIM: Final = 168
"""Opacity out of 255 of what lies around the spot."""
SOFT: Final = 0.03
"""The soft edge of the spot as a share of its diameter."""
GLOW: Final = 3.0
"""How many times as wide as its dot the laser shines."""


class PointerLayer(QWidget):
    """Lies over `host`; lets the pointer through. `corner` is the radius of the host's corners."""

    def __init__(self, tools: RoomTools, host: QWidget, corner: float) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._tools = tools
        self._host = host
        self._corner = corner
        self._shown = QRegion()
        self._dims = False
        self.setGeometry(host.rect())
        host.installEventFilter(self)
        tools.pointed.connect(self._on_pointed)
        self.show()

    @property
    def _tool(self) -> str:
        """What is painted, empty for nothing."""
        tools = self._tools
        there = tools.point is not None or (tools.tool == "laser" and bool(tools.trail()))
        return tools.tool if there and not tools.covered and tools.canvas.has_camera else ""

    def _across(self) -> float:
        """The diameter of the tool in pixels."""
        return self._tools.size(self._tools.tool) * self.height()

    def _at(self, share: QPointF) -> QPointF:
        return QPointF(share.x() * self.width(), share.y() * self.height())

    def _on_pointed(self) -> None:
        """Has what was painted, and what is to be, painted again."""
        tool = self._tool
        now = self._region(tool)
        dims = tool == "spot"
        if dims != self._dims:
            self._dims = dims
            self.update()
        elif not self._tools.canvas.moving:  # else the next picture of the flight is a moment away
            self.update(now.united(self._shown))
        self._shown = now

    def _region(self, tool: str) -> QRegion:
        if tool in ("", "ink"):
            return QRegion()
        reach = self._across() / 2 * (GLOW if tool == "laser" else 1.0) + 2
        points = [at for _left, at in self._tools.trail()] if tool == "laser" else []
        if self._tools.point is not None:
            points.append(self._tools.point)
        region = QRegion()
        for share in points:
            at = self._at(share)
            box = QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
            region = region.united(box.toAlignedRect())
        return QRegion(region.boundingRect()) if tool == "laser" else region

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        tool = self._tool
        if tool in ("", "ink"):
            return
        painter = QPainter(self)
        if tool == "laser":
            self._paint_laser(painter)
        elif tool == "spot":
            self._paint_spot(painter, event.rect())
        else:
            self._paint_magnifier(painter)
        painter.end()

    def _paint_laser(self, painter: QPainter) -> None:
        across, ratio = self._across(), self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        trail = self._tools.trail()
        for (left, share), (_next, following) in itertools.pairwise(trail):
            self._paint_tail(painter, self._at(share), self._at(following), across * left, left)
        if self._tools.point is not None:
            dot = _laser(round(across * GLOW * ratio))
            at = self._at(self._tools.point)
            side = dot.width() / ratio
            painter.drawImage(QRectF(at.x() - side / 2, at.y() - side / 2, side, side), dot)

    def _paint_tail(self, painter: QPainter, start: QPointF, end: QPointF, across: float, left: float) -> None:
        """A piece of the tail, thinner and fainter the older it is."""
        away = end - start
        length = math.hypot(away.x(), away.y())
        if length < 0.5:
            return
        side = QPointF(-away.y(), away.x()) * (across * 0.4 / length)
        path = QPainterPath(start + side)
        for corner in (end + side, end - side, start - side):
            path.lineTo(corner)
        path.closeSubpath()
        painter.fillPath(path, QColor(255, 48, 36, round(130 * left * left)))

    def _paint_spot(self, painter: QPainter, part: QRect) -> None:
        if self._tools.point is None:
            return
        if self._corner:
            rounded = QPainterPath()
            rounded.addRoundedRect(QRectF(self.rect()), self._corner, self._corner)
            painter.setClipPath(rounded)
        ratio = self.devicePixelRatioF()
        mask = _spot(round(self._across() * ratio))
        side = mask.width() / ratio
        at = self._at(self._tools.point)
        # on whole device pixels: nothing shines through between the disc and what lies around it
        left, top = round((at.x() - side / 2) * ratio) / ratio, round((at.y() - side / 2) * ratio) / ratio
        disc = QRectF(QPointF(left, top), QSizeF(side, side))
        whole, dim = QRectF(self.rect()), QColor(0, 0, 0, DIM)
        beside = (
            QRectF(0, 0, whole.width(), disc.top()),
            QRectF(0, disc.bottom(), whole.width(), whole.height() - disc.bottom()),
            QRectF(0, disc.top(), disc.left(), side),
            QRectF(disc.right(), disc.top(), whole.width() - disc.right(), side),
        )
        for area in beside:
            painter.fillRect(area.normalized() & QRectF(part) if area.isValid() else QRectF(), dim)
        painter.drawImage(disc, mask)

    def _paint_magnifier(self, painter: QPainter) -> None:
        tools, point = self._tools, self._tools.point
        if point is None:
            return
        size = tools.canvas.view_size
        across = round(tools.size(tools.tool) * size.height)
        picture = tools.magnifier.picture(Point(point.x() * size.width, point.y() * size.height), across)
        shown = self._across()
        at = self._at(point)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        left, top = round((at.x() - shown / 2) * ratio) / ratio, round((at.y() - shown / 2) * ratio) / ratio
        painter.drawImage(QRectF(left, top, shown, shown), picture)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return super().eventFilter(watched, event)


@lru_cache(maxsize=4)
def _laser(across: int) -> QImage:
    """The dot and its glow, `across` device pixels wide."""
    across = max(across, 4)
    image = QImage(across, across, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    middle = QPointF(across / 2, across / 2)
    light = QRadialGradient(middle, across / 2)
    for at, colour in (
        (0.0, QColor(255, 214, 204)),
        (0.12, QColor(255, 120, 104)),
        (0.24, QColor(250, 32, 22)),
        (0.33, QColor(232, 16, 10, 235)),
        (0.42, QColor(232, 16, 10, 96)),
        (0.65, QColor(232, 16, 10, 38)),
        (1.0, QColor(232, 16, 10, 0)),
    ):
        light.setColorAt(at, colour)
    painter = QPainter(image)
    painter.fillRect(image.rect(), light)
    painter.end()
    return image


@lru_cache(maxsize=4)
def _spot(across: int) -> QImage:
    """The square around the spot: dark with a hole that has a soft edge."""
    across = max(across, 8)
    image = QImage(across, across, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    hole = QRadialGradient(QPointF(across / 2, across / 2), across / 2)
    hole.setColorAt(1.0 - 2 * SOFT, QColor(0, 0, 0, 0))
    hole.setColorAt(1.0, QColor(0, 0, 0, DIM))
    painter = QPainter(image)
    painter.fillRect(image.rect(), hole)
    painter.end()
    return image
