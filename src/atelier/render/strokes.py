"""Lines of ink as outlines to fill: smooth between their points, as wide as the pen was pressed.

The line runs from middle to middle of its points as quadratic curves with the points as their controls, so that what is
drawn of it stays as it is when more comes.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from atelier.foundation.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.talk.events import Point

EVEN: Final = 0.75
"""The pressure at which a line is as wide as its pen: what a pointer without pressure draws with."""
_THIN, _GROWTH = 0.4, 0.8
_TURN: Final = 0.22
"""Radians between two samples of a curve."""
_MOST: Final = 8
_CORNER: Final = 0.9
"""Radians from which on a turn is a corner, which is rounded."""


def half_width(width: float, pressure: float) -> float:
    return width / 2 * (_THIN + _GROWTH * min(max(pressure, 0.0), 1.0))


def outline(points: Sequence[Point], width: float, *, begins: bool = True, ends: bool = True) -> QPainterPath:
    """The outline of a line with these points; a piece of one from the first middle on, or up to the last."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    samples = _samples(points, width, begins=begins, ends=ends)
    if not samples:
        return path
    left: list[QPointF] = []
    right: list[QPointF] = []
    before = 0.0
    for i, (x, y, half) in enumerate(samples):
        x0, y0, _half = samples[max(i - 1, 0)]
        x1, y1, _half = samples[min(i + 1, len(samples) - 1)]
        along = math.atan2(y1 - y0, x1 - x0)
        sine, cosine = math.sin(along) * half, math.cos(along) * half
        left.append(QPointF(x + sine, y - cosine))
        right.append(QPointF(x - sine, y + cosine))
        corner = abs(math.remainder(along - before, math.tau)) > _CORNER
        if i in (0, len(samples) - 1) or corner:
            path.addEllipse(QPointF(x, y), half, half)
        before = along
    if len(samples) > 1:
        path.addPolygon(QPolygonF([*left, *reversed(right)]))
        path.closeSubpath()
    return path


def box_of(points: Sequence[Point], width: float) -> Rect:
    """A rectangle around a line with these points, however hard the pen is pressed."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    reach = half_width(width, 1.0)
    x, y = min(xs) - reach, min(ys) - reach
    return Rect(x, y, max(xs) + reach - x, max(ys) + reach - y)


def touches(points: Sequence[Point], width: float, x: float, y: float, reach: float) -> bool:
    """Whether a line comes within `reach` of a point."""
    near = (reach + width / 2) ** 2
    if len(points) == 1:
        return (points[0][0] - x) ** 2 + (points[0][1] - y) ** 2 <= near
    for (ax, ay, _p), (bx, by, _q) in pairwise(points):
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        t = min(max(((x - ax) * dx + (y - ay) * dy) / length, 0.0), 1.0) if length > 0.0 else 0.0
        if (ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2 <= near:
            return True
    return False


def _samples(points: Sequence[Point], width: float, *, begins: bool, ends: bool) -> list[tuple[float, float, float]]:
    """Points along the line, each with half the width there."""
    at = [(x, y, half_width(width, pressure)) for x, y, pressure in points]
    if len(at) < 2:
        return at
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2) for a, b in pairwise(at)]
    out = [at[0], middles[0]] if begins else [middles[0]]
    for start, control, end in zip(middles[:-1], at[1:-1], middles[1:], strict=True):
        entering = math.atan2(control[1] - start[1], control[0] - start[0])
        leaving = math.atan2(end[1] - control[1], end[0] - control[0])
        turn = abs(math.remainder(leaving - entering, math.tau))
        steps = min(_MOST, 1 + int(turn / _TURN))
        for step in range(1, steps + 1):
            t = step / steps
            u = 1.0 - t
            out.append(
                (
                    u * u * start[0] + 2 * u * t * control[0] + t * t * end[0],
                    u * u * start[1] + 2 * u * t * control[1] + t * t * end[1],
                    start[2] + (end[2] - start[2]) * t,
                )
            )
    if ends:
        out.append(at[-1])
    return out
