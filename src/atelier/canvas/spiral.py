"""The layout `spiral`: frames from the middle outwards, in the order of a line through them.

The spiral is as wide as its field is for its height, and begins in the direction in which its frames become largest.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from atelier.canvas.layouts import to_units
from atelier.foundation.geometry import Point, Rect

if TYPE_CHECKING:
    from atelier.canvas.layouts import Squares

SPIRAL_COUNTS = range(1, 201)
_APART = 1.1
"""Sides between the middles of two frames, to the side or downwards."""
_STEP = 0.02  # radians
_LARGEST = 0.40
_DIRECTIONS = 12
_MOST_TURNED = 60
"""Frames up to which directions are tried; with more of them they hardly differ."""
_WORTH_TURNING = 1.03
"""How much larger frames must become for another direction than upwards."""

_Centres: TypeAlias = "tuple[tuple[float, float], ...]"


@lru_cache(maxsize=256)
def spiral(count: int, field: Rect) -> Squares:
    """Squares around the first one, clockwise, as large as the field allows and in its middle."""
    stretch = round(field.width / field.height, 3)
    directions = _DIRECTIONS if count <= _MOST_TURNED else 1
    best, largest = _centres(count, stretch, 0.0), 0.0
    for i in range(directions):
        centres = _centres(count, stretch, math.tau * i / directions)
        side = _side(centres, field)
        if side > largest * _WORTH_TURNING:
            best, largest = centres, side
    xs, ys = [x for x, _ in best], [y for _, y in best]
    left = field.x + field.width / 2 - (min(xs) + max(xs) + 1.0) / 2 * largest
    top = field.y + field.height / 2 - (min(ys) + max(ys) + 1.0) / 2 * largest
    return tuple((left + x * largest, top + y * largest, largest) for x, y in best)


def line_through(squares: Squares, ratio: float) -> tuple[Point, ...]:
    """The middles of squares in the units of a frame of that ratio."""
    return tuple(to_units(Rect(x, y, side, side), ratio).centre for x, y, side in squares)


def _side(centres: _Centres, field: Rect) -> float:
    xs, ys = [x for x, _ in centres], [y for _, y in centres]
    return min(field.width / (max(xs) - min(xs) + 1.0), field.height / (max(ys) - min(ys) + 1.0), _LARGEST)


def _centres(count: int, stretch: float, direction: float) -> _Centres:
    """Where squares of side 1 go: at the first free spot along r = 1.1 θ / 2π, which sets out in `direction`."""
    # Most spots are too near to the last square: that is asked first, without going through the others.
    centres = [(0.0, 0.0)]
    near = {(0, 0): [(0.0, 0.0)]}
    last_x = last_y = angle = 0.0
    while len(centres) < count:
        angle += _STEP
        r = _APART * angle / math.tau
        x, y = stretch * r * math.sin(angle + direction), -r * math.cos(angle + direction)
        if -_APART < x - last_x < _APART and -_APART < y - last_y < _APART:
            continue
        column, row = math.floor(x / _APART), math.floor(y / _APART)
        around = (near.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        if all(max(abs(x - cx), abs(y - cy)) >= _APART for cell in around for cx, cy in cell):
            centres.append((x, y))
            near.setdefault((column, row), []).append((x, y))
            last_x, last_y = x, y
    return tuple(centres)
