"""Where the children of a frame go.

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
Squares: TypeAlias = tuple[Square, ...]

GAP_X = 0.08
GAP_Y = 0.14
LARGEST = 0.46
_DECOR = 0.14
"""How far above a tier the title beside it ends, from its own top margin: over berries, leaves and sticks."""
SMALLEST_IN_LINE = 0.12
"""The least side in rows or columns."""
_SMALLEST_IN_ONE_LINE = 0.121
"""The least side before one row or column becomes two."""
_NEARLY = 0.8
"""The share of the largest side that fewer lines are worth."""
SMALLEST_COVER = 0.064
"""The least side of a frame whose title is to be read from its parent, a hair above `faces.CHIP_BELOW`."""

SIDE_PANEL = Rect(0.045, 0.08, 0.255, 0.84)
SIDE_FIELD = Rect(0.335, 0.06, 0.63, 0.88)
ROOT_BAND = Rect(0.05, 0.06, 0.90, 0.16)
ROOT_FIELD = Rect(0.05, 0.25, 0.90, 0.69)
CASE_TEXT = Rect(0.0, 0.0, 0.645, 1.0)
CASE_FIELD = Rect(0.645, 0.27, 0.30, 0.50)

MOST_UNDER_HIGH_BAND = 8
"""Children of a section whose band is high."""
RING_COUNTS = range(3, 13)
CAKE_COUNTS = range(4, 20)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`panel` is the free rectangle for the parent's own text, in unit coordinates; `art` is in the frame's units."""

    squares: Squares
    panel: Rect
    art: Ellipse | CakeArt


def section_band(count: int) -> Rect:
    """The band of a section with `count` children."""
    return Rect(0.0, 0.0, 1.0, 0.34 if count <= MOST_UNDER_HIGH_BAND else 0.24)


def section_field(count: int) -> Rect:
    """What the band leaves for the children."""
    band = section_band(count).height
    return Rect(0.05, band + 0.065, 0.90, 0.88 - band)


@lru_cache(maxsize=512)
def grid(
    count: int,
    field: Rect,
    *,
    top: bool = False,
    flush: bool = False,
    gap_y: float = GAP_Y,
    largest: float = LARGEST,
) -> Squares:
    """Rows of equal squares, as large as the field allows; block and last row centred.

    With `top` the block lies at the field's top, with `flush` the last row begins where the others do.
    """
    best_score, columns, side = -1.0, 1, 0.0
    for c in range(1, count + 1):
        r = -(-count // c)
        s = min(field.width / (c + GAP_X * (c - 1)), field.height / (r + gap_y * (r - 1)), largest)
        score = s * (1 - 0.06 * (r * c - count) / c)
        if score > best_score + 1e-9:
            best_score, columns, side = score, c, s
    return in_rows(count, columns, side, field, top=top, flush=flush, gap_y=gap_y)


def in_rows(
    count: int,
    columns: int,
    side: float,
    field: Rect,
    *,
    top: bool = False,
    flush: bool = False,
    gap_y: float = GAP_Y,
) -> Squares:
    """`count` squares in rows of `columns`; where they lie is as in `grid`."""
    rows = -(-count // columns)
    y0 = field.y if top else field.y + (field.height - side * (rows + gap_y * (rows - 1))) / 2
    step_x, step_y = side * (1 + GAP_X), side * (1 + gap_y)
    out: list[Square] = []
    for row_number in range(rows):
        n = columns if flush else min(columns, count - row_number * columns)
        x0 = field.x + (field.width - side * (n + GAP_X * (n - 1))) / 2
        y = y0 + row_number * step_y
        out += [(x0 + i * step_x, y, side) for i in range(min(columns, count - row_number * columns))]
    return tuple(out)


def row(count: int, field: Rect) -> Squares | None:
    """One row, or the fewest rows of squares that are not much smaller than they could be; None for too many."""
    found = _in_lines(count, field.width, field.height, GAP_X, GAP_Y)
    return found and in_rows(count, found[0], found[1], field)


def column(count: int, field: Rect) -> Squares | None:
    """One column, or the fewest, each filled downwards; None for too many."""
    found = _in_lines(count, field.height, field.width, GAP_Y, GAP_X)
    if found is None:
        return None
    rows, side = found
    columns = -(-count // rows)
    x0 = field.x + (field.width - side * (columns + GAP_X * (columns - 1))) / 2
    y0 = field.y + (field.height - side * (rows + GAP_Y * (rows - 1))) / 2
    return tuple((x0 + i // rows * side * (1 + GAP_X), y0 + i % rows * side * (1 + GAP_Y), side) for i in range(count))


@lru_cache(maxsize=256)
def _in_lines(count: int, along: float, across: float, gap_along: float, gap_across: float) -> tuple[int, float] | None:
    """How many squares go on a line, and their side."""
    ways: list[tuple[int, float]] = []
    for lines in range(1, count + 1):
        high = across / (lines + gap_across * (lines - 1))
        if high < SMALLEST_IN_LINE:
            break
        n = -(-count // lines)
        ways.append((n, min(along / (n + gap_along * (n - 1)), high, LARGEST)))
    if not ways:
        return None
    largest = max(side for _, side in ways)
    if ways[0][1] >= _SMALLEST_IN_ONE_LINE:
        return ways[0]
    if largest < SMALLEST_IN_LINE:
        return None
    return next(way for way in ways if way[1] >= max(_NEARLY * largest, SMALLEST_IN_LINE))


def most_in_lines(field: Rect) -> int:
    """How many squares of the smallest size rows and columns have room for."""
    columns = (field.width / SMALLEST_IN_LINE + GAP_X) / (1 + GAP_X)
    rows = (field.height / SMALLEST_IN_LINE + GAP_Y) / (1 + GAP_Y)
    return math.floor(columns) * math.floor(rows)


def mirrored(squares: Squares) -> Squares:
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
def cake(count: int, ratio: float, *, smallest: float = SMALLEST_COVER) -> Arrangement:
    """4 to 19 squares: slices on tiers from the bottom up, the last one, no less than `smallest`, in the cherry."""
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
    # The frame in the cherry stays inside its circle, also in a deck wider than 16:9; the cherry of a cake of many
    # small slices grows until its title can be read.
    half_diagonal = math.hypot(1.0, ratio) / 2
    cherry_side = max(min(0.42, 0.4285 / half_diagonal) * side, smallest)
    radius = max(0.43 * side, cherry_side * half_diagonal / 0.997)
    middle = base - radius - 0.03 * side
    squares.append((0.5 - cherry_side / 2, middle - cherry_side / 2, cherry_side))

    art = CakeArt(
        tuple(to_units(rect, ratio) for rect in rects),
        Ellipse(FRAME_HEIGHT * ratio / 2, middle * FRAME_HEIGHT, radius * FRAME_HEIGHT, radius * FRAME_HEIGHT),
    )
    return Arrangement(tuple(squares), _cake_panel(rects[-1], side), art)


def _cake_panel(top: Rect, side: float) -> Rect:
    """Left of the top tier, or above it."""
    beside = Rect(0.03, 0.05, top.x - 0.06, min(0.40, top.y + 1.2 * side - _DECOR))
    above = Rect(0.03, 0.05, 0.34, top.y - 0.12)
    panels = [p for p in (beside, above) if p.width > 0 and p.height > 0] or [Rect(0.03, 0.05, 0.22, 0.14)]
    roomy = [p for p in panels if p.width >= 0.22 and p.height >= 0.14]
    return max(roomy or panels, key=lambda p: p.width * p.height)


def below(arrangement: Arrangement, panel: Rect, top: float, ratio: float) -> Arrangement:
    """The same smaller, under `top`, with its text in a panel above: for a frame too narrow to have it inside."""
    k = 1.0 - top
    width = FRAME_HEIGHT * ratio

    def rect(r: Rect) -> Rect:
        return Rect(
            (r.x - width / 2) * k + width / 2, FRAME_HEIGHT - (FRAME_HEIGHT - r.y) * k, r.width * k, r.height * k
        )

    def ellipse(e: Ellipse) -> Ellipse:
        return Ellipse(width / 2 + (e.cx - width / 2) * k, FRAME_HEIGHT - (FRAME_HEIGHT - e.cy) * k, e.rx * k, e.ry * k)

    art = arrangement.art
    return Arrangement(
        tuple((0.5 + (x - 0.5) * k, 1.0 - (1.0 - y) * k, side * k) for x, y, side in arrangement.squares),
        panel,
        ellipse(art) if isinstance(art, Ellipse) else CakeArt(tuple(map(rect, art.tiers)), ellipse(art.cherry)),
    )


def to_units(rect: Rect, ratio: float) -> Rect:
    """A rectangle of unit coordinates in the units of a frame of that ratio."""
    width = FRAME_HEIGHT * ratio
    return Rect(rect.x * width, rect.y * FRAME_HEIGHT, rect.width * width, rect.height * FRAME_HEIGHT)
