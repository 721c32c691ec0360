"""The cake of the layout `cake`: plate, tiers, pearls, cream, fruit, cherry; `look/CANVAS` sections 1 and 2.

Themes with a glaze bake it in chocolate; the others in the colours of their cards and hues.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QGradient, QLinearGradient, QPainterPath, QPen, QRadialGradient, QTransform

from atelier.foundation.geometry import FRAME_HEIGHT, Rect
from atelier.typeset.setting import colour, faded, mixed
from atelier.typeset.surfaces import path_item, stroke

if TYPE_CHECKING:
    from atelier.canvas.types import CakeArt, Ellipse
    from atelier.typeset.pieces import Sheet
    from atelier.typeset.setting import Setting

_BEAD = 9.0


@dataclass(frozen=True, slots=True)
class _Dough:
    """Brushes of one theme's cake."""

    body: QBrush
    top: QBrush
    rim: QColor
    sheen: QColor
    bead: QBrush
    bead_line: QColor
    plate: QBrush
    plate_side: QBrush
    cherry: QBrush
    cherry_dark: QColor


def _across(*stops: tuple[float, str]) -> QBrush:
    return _linear(stops, down=False)


def _linear(stops: tuple[tuple[float, str], ...], *, down: bool) -> QBrush:
    gradient = QLinearGradient(0.0, 0.0, 0.0 if down else 1.0, 1.0 if down else 0.0)
    gradient.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
    for at, value in stops:
        gradient.setColorAt(at, colour(value))
    return QBrush(gradient)


def _round(cx: float, cy: float, r: float, stops: tuple[tuple[float, QColor], ...]) -> QBrush:
    gradient = QRadialGradient(cx, cy, r)
    gradient.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
    for at, value in stops:
        gradient.setColorAt(at, value)
    return QBrush(gradient)


def _dough(setting: Setting) -> _Dough:
    theme = setting.theme
    plate = _across((0.0, "#8FB3A5"), (0.3, "#E3F0E9"), (0.6, "#C0D9CD"), (1.0, "#7FA495"))
    side = _across((0.0, "#6D9384"), (0.3, "#B6D2C6"), (0.6, "#93B8A9"), (1.0, "#5F8475"))
    if theme.band.kind == "glaze":
        bead = tuple((at, colour(c)) for at, c in ((0.0, "#FFFDF8"), (0.55, "#F8E8D2"), (1.0, "#CFA983")))
        cherry = tuple(
            (at, colour(c)) for at, c in ((0.0, "#E8485F"), (0.38, "#B5173A"), (0.8, "#7D0A28"), (1.0, "#4F0419"))
        )
        return _Dough(
            body=_across(
                (0.0, "#1E0B06"),
                (0.06, "#34170D"),
                (0.28, "#5B2E1C"),
                (0.5, "#482215"),
                (0.86, "#2C120A"),
                (1.0, "#180804"),
            ),
            top=_across((0.0, "#3B1B10"), (0.3, "#7A4630"), (0.55, "#5A2D1C"), (1.0, "#32150C")),
            rim=colour("#A8704F", 0.55),
            sheen=colour("#FFE9D2", 0.5),
            bead=_round(0.4, 0.28, 0.85, bead),
            bead_line=colour("#D3AE88", 0.8),
            plate=plate,
            plate_side=side,
            cherry=_round(0.36, 0.3, 0.8, cherry),
            cherry_dark=colour("#5F0620", 0.7),
        )
    card, line = colour(theme.colours.card), colour(theme.colours.line)
    deep, light = mixed(card, line, 0.9), mixed(card, line, 0.3)
    accent = colour(theme.colours.accent)
    body = QLinearGradient(0.0, 0.0, 1.0, 0.0)
    body.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
    for at, value in ((0.0, deep), (0.2, light), (0.5, card), (0.8, light), (1.0, deep)):
        body.setColorAt(at, value)
    black = QColor(0, 0, 0)
    return _Dough(
        body=QBrush(body),
        top=QBrush(mixed(card, line, 0.2)),
        rim=faded(line, 0.8),
        sheen=faded(card, 0.8),
        bead=_round(0.4, 0.28, 0.85, ((0.0, card), (0.6, card), (1.0, line))),
        bead_line=line,
        plate=plate,
        plate_side=side,
        cherry=_round(
            0.36, 0.3, 0.8, ((0.0, mixed(accent, card, 0.35)), (0.4, accent), (1.0, mixed(accent, black, 0.5)))
        ),
        cherry_dark=mixed(accent, black, 0.6),
    )


def put_cake(sheet: Sheet, art: CakeArt, ratio: float, setting: Setting) -> None:
    """All of the cake, behind the frames that stand on it."""
    if not art.tiers:
        return
    dough = _dough(setting)
    middle = FRAME_HEIGHT * ratio / 2
    _put_plate(sheet, art.tiers[0], middle, dough)
    base = art.tiers[0].width
    for number, tier in enumerate(art.tiers):
        _put_tier(sheet, tier, middle, 29.0 * math.sqrt(tier.width / base), dough, first=number == 0)
    for number, (lower, upper) in enumerate(zip(art.tiers, art.tiers[1:], strict=False)):
        _put_ledge(sheet, lower, upper, dough, lowest=number == 0)
    _put_cherry(sheet, art.cherry, art.tiers[-1], middle, dough)


def _ellipse(cx: float, cy: float, rx: float, ry: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(cx, cy), rx, ry)
    return path


def _soft(inner: float, dark: QColor) -> QBrush:
    return _round(0.5, 0.5, 0.5, ((inner, dark), (1.0, faded(dark, 0.0))))


def _put_plate(sheet: Sheet, base: Rect, cx: float, dough: _Dough) -> None:
    y, rx = base.bottom, base.width / 2 + 62
    ground = _ellipse(cx, min(y + 77, 992), rx * 0.95, 34)
    sheet.items.append(path_item(ground, _soft(0.0, colour("#3A1A0C", 0.4))))
    foot = QPainterPath(QPointF(cx - 96, y + 35))
    foot.cubicTo(cx - 70, y + 57, cx - 120, y + 69, cx - 210, y + 75)
    foot.quadTo(cx, y + 92, cx + 210, y + 75)
    foot.cubicTo(cx + 120, y + 69, cx + 70, y + 57, cx + 96, y + 35)
    foot.closeSubpath()
    sheet.items.append(path_item(foot, dough.plate_side))
    side = QPainterPath(QPointF(cx - rx, y + 3))
    side.quadTo(cx - rx, y + 16, cx - rx * 0.9, y + 26)
    side.cubicTo(cx - rx * 0.5, y + 58, cx + rx * 0.5, y + 58, cx + rx * 0.9, y + 26)
    side.quadTo(cx + rx, y + 16, cx + rx, y + 3)
    side.closeSubpath()
    sheet.items.append(path_item(side, dough.plate_side))
    sheet.items.append(path_item(_ellipse(cx, y + 3, rx, 34), dough.plate))
    sheet.items.append(path_item(_ellipse(cx, y + 3, rx - 10, 30.5), None, QPen(QColor(255, 255, 255, 190), 2.5)))
    contact = _ellipse(cx, y + 2, base.width / 2 + 34, 27)
    sheet.items.append(path_item(contact, _soft(0.55, colour("#120402", 0.4))))


def _arc(path: QPainterPath, cx: float, y: float, rx: float, ry: float, start: float, sweep: float) -> None:
    path.arcTo(cx - rx, y - ry, 2 * rx, 2 * ry, start, sweep)


def _put_tier(sheet: Sheet, tier: Rect, cx: float, ry: float, dough: _Dough, *, first: bool) -> None:
    left, right, top, bottom, rx = tier.x, tier.right, tier.y, tier.bottom, tier.width / 2
    if not first:
        contact = _ellipse(cx, bottom + 3, rx + 26, ry + 7)
        sheet.items.append(path_item(contact, _soft(0.55, colour("#120402", 0.6))))
    body = QPainterPath(QPointF(left, top))
    body.lineTo(left, bottom)
    _arc(body, cx, bottom, rx, ry, 180, 180)
    body.lineTo(right, top)
    body.closeSubpath()
    sheet.items.append(path_item(body, dough.body))
    sheet.items.append(path_item(_ellipse(cx, top, rx, ry), dough.top))
    rim = QPainterPath()
    rim.arcMoveTo(left + 3, top + 3 - ry, 2 * rx - 6, 2 * ry, 180)
    rim.arcTo(left + 3, top + 3 - ry, 2 * rx - 6, 2 * ry, 180, 180)
    sheet.items.append(path_item(rim, None, QPen(dough.rim, 3.2)))
    light = QPainterPath()
    light.arcMoveTo(left + 6, top - ry + 1, 2 * rx - 12, 2 * ry, 222)
    light.arcTo(left + 6, top - ry + 1, 2 * rx - 12, 2 * ry, 222, 40)
    sheet.items.append(path_item(light, None, stroke(dough.sheen, 3.4)))
    count = max(8, int(math.pi * rx / 15.5))
    for k in range(count + 1):
        angle = math.pi * k / count
        x, y = cx - (rx + 5) * math.cos(angle), bottom + 2 + ry * math.sin(angle)
        sheet.items.append(path_item(_bead(), dough.bead, x=x, y=y))


def _bead() -> QPainterPath:
    return _ellipse(0.0, 0.0, _BEAD, _BEAD)


def _put_rose(sheet: Sheet, x: float, y: float, scale: float, dough: _Dough) -> None:
    """A rosette of cream, three rings and a tip."""
    turn = QTransform().translate(x, y).scale(scale, scale)

    def put(path: QPainterPath, fill: QBrush | QColor | None, pen: QPen | None = None) -> None:
        sheet.items.append(path_item(turn.map(path), fill, pen))

    line = stroke(dough.bead_line, 2.3 * scale)
    put(_ellipse(0, 4, 46, 19), dough.bead_line)
    put(_ellipse(0, 0, 45, 19), dough.bead)
    put(_ellipse(0, -15, 34, 16), dough.bead)
    folds = QPainterPath(QPointF(-38, -4))
    folds.quadTo(-6, 12, 40, -8)
    folds.moveTo(-28, -17)
    folds.quadTo(0, -4, 32, -20)
    put(folds, None, line)
    put(_ellipse(0, -30, 23, 13), dough.bead)
    fold = QPainterPath(QPointF(-17, -32))
    fold.quadTo(2, -22, 21, -34)
    put(fold, None, line)
    tip = QPainterPath(QPointF(-13, -36))
    tip.quadTo(-8, -58, 6, -62)
    tip.quadTo(4, -48, 13, -38)
    tip.quadTo(0, -30, -13, -36)
    put(tip, dough.bead)


def _put_raspberry(sheet: Sheet, x: float, y: float, scale: float, angle: float) -> None:
    turn = QTransform().translate(x, y).rotate(angle).scale(scale, scale)
    stops = ((0.0, colour("#F0627A")), (0.6, colour("#C21F46")), (1.0, colour("#8A0C2F")))
    fill = _round(0.4, 0.3, 0.8, stops)
    lights = QPainterPath()
    for count, cy, rx in ((3, -20, 11), (4, -8, 18), (5, 5, 21), (4, 17, 17), (2, 26, 8)):
        for i in range(count):
            cx = -rx + 2 * rx * i / (count - 1)
            sheet.items.append(path_item(turn.map(_ellipse(cx, cy, 8.4, 8.4)), fill))
            if cy < 6:
                lights.addEllipse(QPointF(cx - 2.6, cy - 3), 1.9, 1.9)
    sheet.items.append(path_item(turn.map(lights), QColor(255, 255, 255, 115)))


def _put_leaf(sheet: Sheet, x: float, y: float, scale: float, angle: float) -> None:
    turn = QTransform().translate(x, y).rotate(angle).scale(scale, scale)
    leaf = QPainterPath(QPointF(0, 0))
    leaf.cubicTo(8, -26, 38, -32, 58, -14)
    leaf.cubicTo(44, 8, 18, 14, 0, 0)
    sheet.items.append(path_item(turn.map(leaf), _linear(((0.0, "#9CC48A"), (1.0, "#4D7F4A")), down=True)))
    vein = QPainterPath(QPointF(4, -1))
    vein.quadTo(30, -12, 52, -14)
    sheet.items.append(path_item(turn.map(vein), None, stroke(colour("#E3F0D6", 0.6), 1.8)))


def _put_stick(sheet: Sheet, x: float, y: float, height: float, angle: float) -> None:
    turn = QTransform().translate(x, y).rotate(angle)
    stick = QPainterPath()
    stick.addRoundedRect(-4.5, -height, 9, height, 4.5, 4.5)
    sheet.items.append(path_item(turn.map(stick), colour("#4A2315")))
    light = QPainterPath()
    light.addRoundedRect(-2.5, -height + 4, 2.5, height - 10, 1.2, 1.2)
    sheet.items.append(path_item(turn.map(light), colour("#9C6444", 0.8)))


def _put_ledge(sheet: Sheet, lower: Rect, upper: Rect, dough: _Dough, *, lowest: bool) -> None:
    """What stands on both ends of a tier, where it is wide enough."""
    free = upper.x - lower.x
    if free < 90:
        return
    y = lower.y
    m = lower.x + free * 0.5
    if lowest:
        _put_stick(sheet, m - free * 0.06, y - 14, 78, -16)
        _put_stick(sheet, m + free * 0.07, y - 14, 92, 9)
    _put_leaf(sheet, m - free * 0.20, y - 20, 0.9, -150)
    _put_rose(sheet, m - free * 0.16, y + 2, 0.72, dough)
    _put_raspberry(sheet, m + free * 0.19, y - 14, 0.86, 12)
    _put_raspberry(sheet, m + free * 0.02, y - 4, 0.95, -10)
    m = lower.right - free * 0.5
    if lowest:
        _put_stick(sheet, m + free * 0.10, y - 14, 84, 14)
    _put_leaf(sheet, m + free * 0.26, y - 18, 0.9, -25)
    _put_raspberry(sheet, m - free * 0.22, y - 12, 0.8, -14)
    _put_rose(sheet, m + free * 0.16, y + 2, 0.72, dough)
    _put_raspberry(sheet, m - free * 0.02, y - 6, 1.0, 8)


def _put_cherry(sheet: Sheet, cherry: Ellipse, top: Rect, cx: float, dough: _Dough) -> None:
    x, y, r = cherry.cx, cherry.cy, cherry.rx
    for k in (-2.6, 2.6, -1.5, 1.5):
        _put_rose(sheet, cx + k * 66, top.y - 2, 0.82, dough)
    contact = _ellipse(cx, top.y + 2, r * 1.06, 16)
    sheet.items.append(path_item(contact, _soft(0.55, colour("#120402", 0.7))))
    _put_rose(sheet, cx - 62, top.y + 9, 0.95, dough)
    _put_rose(sheet, cx + 62, top.y + 9, 0.95, dough)
    stem = QPainterPath(QPointF(x + 4, y - r * 0.82))
    stem.cubicTo(x + 8, y - r * 1.2, x + 40, y - r * 1.42, x + 86, y - r * 1.42)
    sheet.items.append(path_item(stem, None, stroke(colour("#5C7A2E"), 7.0)))
    sheet.items.append(path_item(_ellipse(x, y, r, r), dough.cherry))
    dent = QPainterPath(QPointF(x - r * 0.2, y - r * 0.84))
    dent.quadTo(x, y - r * 0.70, x + r * 0.24, y - r * 0.86)
    sheet.items.append(path_item(dent, None, stroke(dough.cherry_dark, 5.0)))
    light = QPainterPath(QPointF(x - r * 0.80, y - r * 0.1))
    light.cubicTo(x - r * 0.78, y - r * 0.5, x - r * 0.5, y - r * 0.76, x - r * 0.22, y - r * 0.8)
    light.cubicTo(x - r * 0.5, y - r * 0.6, x - r * 0.68, y - r * 0.4, x - r * 0.80, y - r * 0.1)
    sheet.items.append(path_item(light, QColor(255, 255, 255, 128)))
    _put_rose(sheet, cx - 24, top.y + 20, 0.8, dough)
    _put_rose(sheet, cx + 26, top.y + 20, 0.8, dough)
