"""The cake of the layout `cake`: plate, tiers, pearls, cream, fruit, cherry.

The theme's table `cake` says in which colours, and whether it is painted or drawn in chalk.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QGradient, QLinearGradient, QPainterPath, QRadialGradient, QTransform

from atelier.foundation.geometry import FRAME_HEIGHT, Rect
from atelier.typeset import art as shapes
from atelier.typeset.setting import colour
from atelier.typeset.surfaces import path_item, stroke

if TYPE_CHECKING:
    from atelier.canvas.types import CakeArt, Ellipse
    from atelier.deck.looks import Cake, Gradient
    from atelier.typeset.pieces import Sheet
    from atelier.typeset.setting import Setting

_BEAD = 9.0
_LIGHT = "#FFFFFF"
_CHALK = 4.2
"""Width of a line of chalk, frame units."""
_HATCHES = (0.5, 0.6, 0.7, 0.79, 0.87)
"""Shares of a fruit's radius from its middle, where chalk lines shade it."""
_DIAGONAL = math.sqrt(0.5)


@lru_cache(maxsize=64)
def _linear(stops: Gradient, *, down: bool) -> QBrush:
    """From left to right, or down, of whatever it fills. Shared: never changed."""
    return _filled(QLinearGradient(0.0, 0.0, 0.0 if down else 1.0, 1.0 if down else 0.0), stops)


@lru_cache(maxsize=64)
def _ball(stops: Gradient, cx: float, cy: float, reach: float) -> QBrush:
    """From a light at (cx, cy) of whatever it fills. Shared: never changed."""
    return _filled(QRadialGradient(cx, cy, reach), stops)


def _filled(gradient: QLinearGradient | QRadialGradient, stops: Gradient) -> QBrush:
    gradient.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
    for stop in stops:
        gradient.setColorAt(stop.at, colour(stop.colour))
    return QBrush(gradient)


class _Baker:
    """Puts the parts of one cake on a sheet, painted or in chalk."""

    def __init__(self, sheet: Sheet, look: Cake) -> None:
        self.look = look
        self._items = sheet.items
        self._chalk = look.kind == "chalk"

    def across(self, path: QPainterPath, stops: Gradient) -> None:
        self._part(path, stops, _linear(stops, down=False), shapes.STRAY)

    def down(self, path: QPainterPath, stops: Gradient) -> None:
        self._part(path, stops, _linear(stops, down=True), 0.0)

    def ball(self, path: QPainterPath, stops: Gradient, *, x: float = 0.0, y: float = 0.0, light: float = 0.4) -> None:
        self._part(path, stops, _ball(stops, light, light * 0.72, 0.85), 0.0, x=x, y=y)

    def fruit(self, x: float, y: float, r: float) -> None:
        stops = self.look.fruit
        self._part(_ellipse(x, y, r, r), stops, _ball(stops, 0.36, 0.3, 0.8), shapes.STRAY)
        if self._chalk:
            for depth in _HATCHES:
                half = r * (math.sqrt(1 - depth * depth) - 0.1)
                hatch = QPainterPath(QPointF(x + (depth * r - half) * _DIAGONAL, y + (depth * r + half) * _DIAGONAL))
                hatch.lineTo(x + (depth * r + half) * _DIAGONAL, y + (depth * r - half) * _DIAGONAL)
                self.line(hatch, stops[0].colour, 0.4, _CHALK * 0.7)

    def _part(
        self, path: QPainterPath, stops: Gradient, paint: QBrush, stray: float, *, x: float = 0.0, y: float = 0.0
    ) -> None:
        if not self._chalk:
            self._items.append(path_item(path, paint, x=x, y=y))
            return
        first, last = colour(stops[0].colour, 0.9), colour(stops[-1].colour)
        if not stray:
            self._items.append(path_item(path, last, stroke(first, _CHALK * 0.55), x=x, y=y))
            return
        self._items.append(path_item(shapes.by_hand(path, 1, stray), last, stroke(first, _CHALK)))
        again = colour(stops[0].colour, 0.45)
        self._items.append(path_item(shapes.by_hand(path, 2, stray), None, stroke(again, _CHALK * 0.45)))

    def solid(self, path: QPainterPath, value: str) -> None:
        if self._chalk:
            self.line(path, value, 0.9, _CHALK * 0.6)
        else:
            self._items.append(path_item(path, colour(value)))

    def line(self, path: QPainterPath, value: str, opacity: float, width: float) -> None:
        self._items.append(path_item(path, None, stroke(colour(value, opacity), width)))

    def gloss(self, path: QPainterPath, value: str, opacity: float, width: float = 0.0) -> None:
        """Light on a part, as a line or a patch; chalk has none."""
        if self._chalk:
            return
        if width:
            self.line(path, value, opacity, width)
        else:
            self._items.append(path_item(path, colour(value, opacity)))

    def shade(self, path: QPainterPath, share: float, inner: float) -> None:
        """A soft shadow in an ellipse, with a share of the theme's opacity; chalk throws none."""
        if self._chalk:
            return
        look = self.look
        gradient = QRadialGradient(0.5, 0.5, 0.5)
        gradient.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
        gradient.setColorAt(inner, colour(look.shadow, look.shadow_opacity * share))
        gradient.setColorAt(1.0, colour(look.shadow, 0.0))
        self._items.append(path_item(path, QBrush(gradient)))


def put_cake(sheet: Sheet, art: CakeArt, ratio: float, setting: Setting) -> None:
    """All of the cake, behind the frames that stand on it."""
    if not art.tiers:
        return
    baker = _Baker(sheet, setting.theme.cake)
    middle = FRAME_HEIGHT * ratio / 2
    _put_plate(baker, art.tiers[0], middle)
    base = art.tiers[0].width
    for number, tier in enumerate(art.tiers):
        _put_tier(baker, tier, middle, 29.0 * math.sqrt(tier.width / base), first=number == 0)
    for number, (lower, upper) in enumerate(zip(art.tiers, art.tiers[1:], strict=False)):
        _put_ledge(baker, lower, upper, lowest=number == 0)
    _put_cherry(baker, art.cherry, art.tiers[-1], middle)


def _ellipse(cx: float, cy: float, rx: float, ry: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(cx, cy), rx, ry)
    return path


def _put_plate(baker: _Baker, base: Rect, cx: float) -> None:
    y, rx = base.bottom, base.width / 2 + 62
    ground = _ellipse(cx, min(y + 77, 992), rx * 0.95, 34)
    baker.shade(ground, 0.65, 0.0)
    foot = QPainterPath(QPointF(cx - 96, y + 35))
    foot.cubicTo(cx - 70, y + 57, cx - 120, y + 69, cx - 210, y + 75)
    foot.quadTo(cx, y + 92, cx + 210, y + 75)
    foot.cubicTo(cx + 120, y + 69, cx + 70, y + 57, cx + 96, y + 35)
    foot.closeSubpath()
    baker.across(foot, baker.look.plate_side)
    side = QPainterPath(QPointF(cx - rx, y + 3))
    side.quadTo(cx - rx, y + 16, cx - rx * 0.9, y + 26)
    side.cubicTo(cx - rx * 0.5, y + 58, cx + rx * 0.5, y + 58, cx + rx * 0.9, y + 26)
    side.quadTo(cx + rx, y + 16, cx + rx, y + 3)
    side.closeSubpath()
    baker.across(side, baker.look.plate_side)
    baker.across(_ellipse(cx, y + 3, rx, 34), baker.look.plate)
    baker.line(_ellipse(cx, y + 3, rx - 10, 30.5), baker.look.plate_rim, 0.75, 2.5)
    baker.shade(_ellipse(cx, y + 2, base.width / 2 + 34, 27), 0.65, 0.55)


def _arc(path: QPainterPath, cx: float, y: float, rx: float, ry: float, start: float, sweep: float) -> None:
    path.arcTo(cx - rx, y - ry, 2 * rx, 2 * ry, start, sweep)


def _put_tier(baker: _Baker, tier: Rect, cx: float, ry: float, *, first: bool) -> None:
    left, right, top, bottom, rx = tier.x, tier.right, tier.y, tier.bottom, tier.width / 2
    if not first:
        baker.shade(_ellipse(cx, bottom + 3, rx + 26, ry + 7), 1.0, 0.55)
    body = QPainterPath(QPointF(left, top))
    body.lineTo(left, bottom)
    _arc(body, cx, bottom, rx, ry, 180, 180)
    body.lineTo(right, top)
    body.closeSubpath()
    look = baker.look
    baker.across(body, look.body)
    baker.across(_ellipse(cx, top, rx, ry), look.top)
    rim = QPainterPath()
    rim.arcMoveTo(left + 3, top + 3 - ry, 2 * rx - 6, 2 * ry, 180)
    rim.arcTo(left + 3, top + 3 - ry, 2 * rx - 6, 2 * ry, 180, 180)
    baker.gloss(rim, look.rim, look.rim_opacity, 3.2)
    light = QPainterPath()
    light.arcMoveTo(left + 6, top - ry + 1, 2 * rx - 12, 2 * ry, 222)
    light.arcTo(left + 6, top - ry + 1, 2 * rx - 12, 2 * ry, 222, 40)
    baker.gloss(light, look.sheen, look.sheen_opacity, 3.4)
    count = max(8, int(math.pi * rx / 15.5))
    for k in range(count + 1):
        angle = math.pi * k / count
        x, y = cx - (rx + 5) * math.cos(angle), bottom + 2 + ry * math.sin(angle)
        baker.ball(_bead(), look.cream, x=x, y=y)


def _bead() -> QPainterPath:
    return _ellipse(0.0, 0.0, _BEAD, _BEAD)


def _put_rose(baker: _Baker, x: float, y: float, scale: float) -> None:
    """A rosette of cream, three rings and a tip."""
    turn = QTransform().translate(x, y).scale(scale, scale)

    cream, fold = baker.look.cream, baker.look.fold
    baker.solid(turn.map(_ellipse(0, 4, 46, 19)), fold)
    baker.ball(turn.map(_ellipse(0, 0, 45, 19)), cream)
    baker.ball(turn.map(_ellipse(0, -15, 34, 16)), cream)
    folds = QPainterPath(QPointF(-38, -4))
    folds.quadTo(-6, 12, 40, -8)
    folds.moveTo(-28, -17)
    folds.quadTo(0, -4, 32, -20)
    baker.line(turn.map(folds), fold, 0.8, 2.3 * scale)
    baker.ball(turn.map(_ellipse(0, -30, 23, 13)), cream)
    crease = QPainterPath(QPointF(-17, -32))
    crease.quadTo(2, -22, 21, -34)
    baker.line(turn.map(crease), fold, 0.8, 2.3 * scale)
    tip = QPainterPath(QPointF(-13, -36))
    tip.quadTo(-8, -58, 6, -62)
    tip.quadTo(4, -48, 13, -38)
    tip.quadTo(0, -30, -13, -36)
    baker.ball(turn.map(tip), cream)


def _put_raspberry(baker: _Baker, x: float, y: float, scale: float, angle: float) -> None:
    turn = QTransform().translate(x, y).rotate(angle).scale(scale, scale)
    lights = QPainterPath()
    for count, cy, rx in ((3, -20, 11), (4, -8, 18), (5, 5, 21), (4, 17, 17), (2, 26, 8)):
        for i in range(count):
            cx = -rx + 2 * rx * i / (count - 1)
            baker.ball(turn.map(_ellipse(cx, cy, 8.4, 8.4)), baker.look.berry)
            if cy < 6:
                lights.addEllipse(QPointF(cx - 2.6, cy - 3), 1.9, 1.9)
    baker.gloss(turn.map(lights), _LIGHT, 0.45)


def _put_leaf(baker: _Baker, x: float, y: float, scale: float, angle: float) -> None:
    turn = QTransform().translate(x, y).rotate(angle).scale(scale, scale)
    leaf = QPainterPath(QPointF(0, 0))
    leaf.cubicTo(8, -26, 38, -32, 58, -14)
    leaf.cubicTo(44, 8, 18, 14, 0, 0)
    baker.down(turn.map(leaf), baker.look.leaf)
    vein = QPainterPath(QPointF(4, -1))
    vein.quadTo(30, -12, 52, -14)
    baker.line(turn.map(vein), baker.look.vein, 0.6, 1.8)


def _put_stick(baker: _Baker, x: float, y: float, height: float, angle: float) -> None:
    turn = QTransform().translate(x, y).rotate(angle)
    stick = QPainterPath()
    stick.addRoundedRect(-4.5, -height, 9, height, 4.5, 4.5)
    baker.solid(turn.map(stick), baker.look.stick)
    light = QPainterPath()
    light.addRoundedRect(-2.5, -height + 4, 2.5, height - 10, 1.2, 1.2)
    baker.gloss(turn.map(light), baker.look.stick_light, 0.8)


def _put_ledge(baker: _Baker, lower: Rect, upper: Rect, *, lowest: bool) -> None:
    """What stands on both ends of a tier, where it is wide enough."""
    free = upper.x - lower.x
    if free < 90:
        return
    y = lower.y
    m = lower.x + free * 0.5
    if lowest:
        _put_stick(baker, m - free * 0.06, y - 14, 78, -16)
        _put_stick(baker, m + free * 0.07, y - 14, 92, 9)
    _put_leaf(baker, m - free * 0.20, y - 20, 0.9, -150)
    _put_rose(baker, m - free * 0.16, y + 2, 0.72)
    _put_raspberry(baker, m + free * 0.19, y - 14, 0.86, 12)
    _put_raspberry(baker, m + free * 0.02, y - 4, 0.95, -10)
    m = lower.right - free * 0.5
    if lowest:
        _put_stick(baker, m + free * 0.10, y - 14, 84, 14)
    _put_leaf(baker, m + free * 0.26, y - 18, 0.9, -25)
    _put_raspberry(baker, m - free * 0.22, y - 12, 0.8, -14)
    _put_rose(baker, m + free * 0.16, y + 2, 0.72)
    _put_raspberry(baker, m - free * 0.02, y - 6, 1.0, 8)


def _put_cherry(baker: _Baker, cherry: Ellipse, top: Rect, cx: float) -> None:
    x, y, r = cherry.cx, cherry.cy, cherry.rx
    for k in (-2.6, 2.6, -1.5, 1.5):
        _put_rose(baker, cx + k * 66, top.y - 2, 0.82)
    baker.shade(_ellipse(cx, top.y + 2, r * 1.06, 16), 1.15, 0.55)
    _put_rose(baker, cx - 62, top.y + 9, 0.95)
    _put_rose(baker, cx + 62, top.y + 9, 0.95)
    stem = QPainterPath(QPointF(x + 4, y - r * 0.82))
    stem.cubicTo(x + 8, y - r * 1.2, x + 40, y - r * 1.42, x + 86, y - r * 1.42)
    look = baker.look
    baker.line(stem, look.stem, 1.0, 7.0)
    baker.fruit(x, y, r)
    dent = QPainterPath(QPointF(x - r * 0.2, y - r * 0.84))
    dent.quadTo(x, y - r * 0.70, x + r * 0.24, y - r * 0.86)
    baker.line(dent, look.fruit_dark, 0.7, 5.0)
    light = QPainterPath(QPointF(x - r * 0.80, y - r * 0.1))
    light.cubicTo(x - r * 0.78, y - r * 0.5, x - r * 0.5, y - r * 0.76, x - r * 0.22, y - r * 0.8)
    light.cubicTo(x - r * 0.5, y - r * 0.6, x - r * 0.68, y - r * 0.4, x - r * 0.80, y - r * 0.1)
    baker.gloss(light, _LIGHT, 0.5)
    _put_rose(baker, cx - 24, top.y + 20, 0.8)
    _put_rose(baker, cx + 26, top.y + 20, 0.8)
