"""Where the children of a frame go: look/CANVAS section 2 as functions.

All are pure and given in *unit coordinates*: points are (x / width, y / height) of the parent, so that a child of its
parent's ratio is a square `(x, y, side)`. Order is reading order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from atelier.canvas.types import CakeArt, Ellipse
from atelier.foundation.geometry import FRAME_HEIGHT, Rect

Square: TypeAlias = tuple[float, float, float]

GAP_X = 0.08
GAP_Y = 0.14
LARGEST = 0.46

SIDE_PANEL = Rect(0.045, 0.08, 0.255, 0.84)
SIDE_FIELD = Rect(0.335, 0.06, 0.63, 0.88)
ROOT_BAND = Rect(0.05, 0.06, 0.90, 0.16)
ROOT_FIELD = Rect(0.05, 0.25, 0.90, 0.69)
CASE_TEXT = Rect(0.0, 0.0, 0.645, 1.0)
CASE_FIELD = Rect(0.645, 0.27, 0.30, 0.50)

RING_COUNTS = range(3, 13)
CAKE_COUNTS = range(4, 20)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`panel` is the free rectangle for the parent's own text, in unit coordinates; `art` is in the frame's units."""

    squares: tuple[Square, ...]
    panel: Rect
    art: Ellipse | CakeArt


def section_band(count: int) -> Rect:
    """The band of a section with `count` children."""
    return Rect(0.0, 0.0, 1.0, 0.34 if count <= 8 else 0.24)


def section_field(count: int) -> Rect:
    """What the band leaves for the children."""
    band = section_band(count).height
    return Rect(0.05, band + 0.065, 0.90, 0.88 - band)


@lru_cache(maxsize=512)
def grid(count: int, field: Rect, *, top: bool = False) -> tuple[Square, ...]:
    """Rows of equal squares, as large as the field allows; block and last row centred, or at its top."""
    best_score, columns, rows, side = -1.0, 1, count, 0.0
    for c in range(1, count + 1):
        r = -(-count // c)
        s = min(field.width / (c + GAP_X * (c - 1)), field.height / (r + GAP_Y * (r - 1)), LARGEST)
        score = s * (1 - 0.06 * (r * c - count) / c)
        if score > best_score + 1e-9:
            best_score, columns, rows, side = score, c, r, s
    y0 = field.y if top else field.y + (field.height - side * (rows + GAP_Y * (rows - 1))) / 2
    step_x, step_y = side * (1 + GAP_X), side * (1 + GAP_Y)
    out: list[Square] = []
    for row in range(rows):
        n = min(columns, count - row * columns)
        x0 = field.x + (field.width - side * (n + GAP_X * (n - 1))) / 2
        y = y0 + row * step_y
        out += [(x0 + column * step_x, y, side) for column in range(n)]
    return tuple(out)


def mirrored(squares: tuple[Square, ...]) -> tuple[Square, ...]:
    """The same places for reading from right to left."""
    return tuple((1.0 - x - side, y, side) for x, y, side in squares)


def mirrored_rect(rect: Rect) -> Rect:
    return Rect(1.0 - rect.right, rect.y, rect.width, rect.height)


def alone(field: Rect) -> Square:
    """The one page of a deck that is a single text: all of the field, so that it can be read from the root."""
    side = min(field.width, field.height)
    return field.x + (field.width - side) / 2, field.y + (field.height - side) / 2, side


@lru_cache(maxsize=64)
def ring(count: int, ratio: float) -> Arrangement:
    """3 to 12 squares on an ellipse, clockwise from the top, and the largest centred rectangle they leave."""
    points = [(math.cos(a), math.sin(a)) for a in (-math.pi / 2 + math.tau * i / count for i in range(count))]
    k = min(max(abs(p[0] - q[0]), abs(p[1] - q[1])) for i, p in enumerate(points) for q in points[:i])
    side = min(LARGEST * k / (1.12 + k / 2), 0.26)
    radius = 0.46 - side / 2
    squares = tuple((0.5 + radius * x - side / 2, 0.5 + radius * y - side / 2, side) for x, y in points)

    best_area, half_x, half_y = 0.0, 0.05, 0.05
    for step in range(10, 90):
        qx = step / 200
        limits = [abs(radius * y) - side / 2 - 0.025 for x, y in points if abs(radius * x) - side / 2 - 0.02 < qx]
        qy = min(limits, default=0.4)
        # A panel far from square is worth less than its area says: text sets badly in it.
        area = min(qx, qy * 1.25) * min(qy, qx * 1.25)
        if qy > 0 and area > best_area:
            best_area, half_x, half_y = area, qx, qy
    panel = Rect(0.5 - half_x, 0.5 - half_y, 2 * half_x, 2 * half_y)
    width = FRAME_HEIGHT * ratio
    return Arrangement(squares, panel, Ellipse(width / 2, FRAME_HEIGHT / 2, radius * width, radius * FRAME_HEIGHT))


def cake_tiers(count: int) -> tuple[int, ...]:
    """How many of `count` children (the cherry among them) stand on each tier, lowest first."""
    slices = count - 1
    tiers = 1 if slices <= 3 else 2 if slices <= 6 else 3 if slices <= 12 else 4
    top = (slices - tiers * (tiers - 1) // 2) // tiers
    widths = [top + tiers - 1 - i for i in range(tiers)]
    for i in range(slices - sum(widths)):
        widths[i % tiers] += 1
    return tuple(widths)


@lru_cache(maxsize=64)
def cake(count: int, ratio: float) -> Arrangement:
    """4 to 19 squares: slices on tiers from the bottom up, the last one in the cherry."""
    tiers = cake_tiers(count)
    widest = max(tiers)
    side = min(0.92 / (widest + 0.04 * (widest - 1) + 0.19), 0.865 / (1.2 * len(tiers) + 0.85), 0.30)
    squares: list[Square] = []
    rects: list[Rect] = []
    base = 0.915
    for n in tiers:
        width = side * (n + 0.04 * (n - 1))
        left, top = 0.5 - width / 2, base - 1.2 * side
        rects.append(Rect(left - 0.09 * side, top, width + 0.18 * side, 1.2 * side))
        squares += [(left + i * side * 1.04, top + 0.14 * side, side) for i in range(n)]
        base = top
    # The frame in the cherry stays inside its circle, also in a deck wider than 16:9.
    middle, cherry_side = base - 0.46 * side, min(0.42, 0.857 / math.hypot(1.0, ratio)) * side
    squares.append((0.5 - cherry_side / 2, middle - cherry_side / 2, cherry_side))

    radius = 0.43 * side * FRAME_HEIGHT
    art = CakeArt(
        tuple(to_units(rect, ratio) for rect in rects),
        Ellipse(FRAME_HEIGHT * ratio / 2, middle * FRAME_HEIGHT, radius, radius),
    )
    return Arrangement(tuple(squares), _cake_panel(rects[-1], side), art)


def _cake_panel(top: Rect, side: float) -> Rect:
    """Left of the top tier, or above it."""
    beside = Rect(0.03, 0.05, top.x - 0.06, min(0.40, top.y + 1.2 * side - 0.07))
    above = Rect(0.03, 0.05, 0.34, top.y - 0.12)
    panels = [p for p in (beside, above) if p.width > 0 and p.height > 0] or [Rect(0.03, 0.05, 0.22, 0.14)]
    roomy = [p for p in panels if p.width >= 0.22 and p.height >= 0.14]
    return max(roomy or panels, key=lambda p: p.width * p.height)


def to_units(rect: Rect, ratio: float) -> Rect:
    """A rectangle of unit coordinates in the units of a frame of that ratio."""
    width = FRAME_HEIGHT * ratio
    return Rect(rect.x * width, rect.y * FRAME_HEIGHT, rect.width * width, rect.height * FRAME_HEIGHT)
