"""The layout `tree`: the parent's text as the root, edges around corners to rows of frames.

In a frame that is wider than high it grows from a panel to the right, in another from the band downwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atelier.canvas.layouts import SIDE_PANEL, grid, in_rows
from atelier.foundation.geometry import FRAME_HEIGHT, Point, Rect

if TYPE_CHECKING:
    from atelier.canvas.layouts import Squares

TREE_COUNTS = range(1, 201)
_LARGEST = 0.40
_MOST_IN_ONE_COLUMN = 3
_GAP_Y = 0.22
"""Between two rows, in sides: an edge runs in it."""
_ROOT_AT = 0.5
_FIELD = Rect(0.40, 0.08, 0.555, 0.84)
_TRUNK = 0.35
_FROM_WORDS = 0.012
_TRUNK_BELOW = 0.055
"""Where the trunk of a tree below a band runs down."""


class Grown(NamedTuple):
    """`edges` run from the parent's text to its children, in unit coordinates."""

    squares: Squares
    edges: tuple[tuple[Point, ...], ...]


def tree_beside(count: int, *, root: bool) -> Grown:
    """A tree that grows out of the side panel, or beside the words of a root, which stand on none."""
    stem = Point(SIDE_PANEL.right + (_FROM_WORDS if root else 0.0), _ROOT_AT), Point(_TRUNK, _ROOT_AT)
    if count <= _MOST_IN_ONE_COLUMN:
        side = min(_FIELD.height / (count + _GAP_Y * (count - 1)), _LARGEST)
        return _grown(in_rows(count, 1, side, _FIELD, gap_y=_GAP_Y), stem)
    return _grown(_rows(count, _FIELD), stem)


def tree_below(count: int, field: Rect) -> Grown:
    """A tree that grows out of what is above the field."""
    inner = Rect(field.x + 0.06, field.y + 0.01, field.width - 0.06, field.height - 0.01)
    return _grown(_rows(count, inner), (Point(_TRUNK_BELOW, field.y - 0.02), Point(_TRUNK_BELOW, field.y)))


def _rows(count: int, field: Rect) -> Squares:
    return grid(count, field, gap_y=_GAP_Y, largest=_LARGEST, flush=True)


def _grown(squares: Squares, stem: tuple[Point, Point]) -> Grown:
    """Frames one below the other get their edge from the side; those in rows from above."""
    start, fork = stem
    side = squares[0][2]
    one_column = len({x for x, _, _ in squares}) == 1
    edges: list[tuple[Point, ...]] = []
    for x, y, _ in squares:
        if one_column:
            middle = y + side / 2
            edges.append((start, fork, Point(fork.x, middle), Point(x, middle)))
        else:
            above = y - _GAP_Y / 2 * side
            edges.append((start, fork, Point(fork.x, above), Point(x + side / 2, above), Point(x + side / 2, y)))
    return Grown(squares, tuple(edges))


def in_units(edges: tuple[tuple[Point, ...], ...], ratio: float, *, mirrored: bool) -> tuple[tuple[Point, ...], ...]:
    """Edges in the units of a frame of that ratio, without points that lie on their neighbours."""
    width = FRAME_HEIGHT * ratio
    out: list[tuple[Point, ...]] = []
    for edge in edges:
        points: list[Point] = []
        for p in edge:
            point = Point((1.0 - p.x if mirrored else p.x) * width, p.y * FRAME_HEIGHT)
            if not points or (point - points[-1]).length > 1e-6:
                points.append(point)
        out.append(tuple(points))
    return tuple(out)
