"""Which children of a place lie in a rectangle: a table for few, a grid of cells for many, built when first asked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from atelier.foundation.geometry import FRAME_HEIGHT, Rect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atelier.canvas.types import Place

Row: TypeAlias = tuple[int, float, float, float, float, float]
"""(place, x, y, scale, rotation, width in its own units): a child's transform without the objects around it."""

_FEW = 64
_MOST_CELLS = 256
_SLACK = 1.0
"""Frame units by which a place may stand over its parent's edge and count as inside."""


@dataclass(frozen=True, slots=True)
class Children:
    """The children of one place. `tallest` is the largest of their scales."""

    rows: tuple[Row, ...]
    tallest: float
    columns: int = 0
    cell_width: float = 1.0
    cell_height: float = 1.0
    cells: tuple[tuple[int, ...], ...] = ()
    """For each cell, row by row, the positions in `rows` of the children that reach into it."""

    def near(self, left: float, top: float, right: float, bottom: float) -> Sequence[Row]:
        """The children that may reach into the rectangle (in the parent's units), in reading order."""
        if not self.cells:
            return self.rows
        last = self.columns - 1
        x0 = _cell(left, self.cell_width, last)
        x1 = _cell(right, self.cell_width, last)
        y0 = _cell(top, self.cell_height, last)
        y1 = _cell(bottom, self.cell_height, last)
        if (x1 - x0 + 1) * (y1 - y0 + 1) * 2 > len(self.cells):
            return self.rows
        found: set[int] = set()
        for row in range(y0 * self.columns, (y1 + 1) * self.columns, self.columns):
            found.update(*self.cells[row + x0 : row + x1 + 1])
        return [self.rows[i] for i in sorted(found)]


class Index:
    """The children of every place of one canvas, and what camera limits need to know of all of them."""

    def __init__(self, places: tuple[Place, ...], *, by_hand: bool = False) -> None:
        self._places = places
        self._by_hand = by_hand
        self._children: dict[int, Children | None] = {}

    def children(self, place: int) -> Children | None:
        """None where there are none."""
        try:
            return self._children[place]
        except KeyError:
            found = self._children[place] = self._collect(place)
            return found

    @cached_property
    def reaches(self) -> Mapping[int, Rect]:
        """The boxes, in their own units, of the places that something inside leaves: themselves and all in them."""
        if not self._by_hand:  # layouts keep frames inside
            return {}
        found: dict[int, Rect] = {}
        for place in reversed(self._places[1:]):
            around = self._places[place.parent].size
            box = place.transform.map_rect(found.get(place.index, place.size))
            if not around.contains(box, _SLACK):
                found[place.parent] = found.get(place.parent, around).united(box)
        return found

    def reach(self, place: int) -> Rect:
        """The box, in its own units, of a place and all that lies in it."""
        return self.reaches.get(place, self._places[place].size)

    def _collect(self, place: int) -> Children | None:
        parent = self._places[place]
        if not parent.children:
            return None
        rows: list[Row] = []
        for i in parent.children:
            child = self._places[i]
            t = child.transform
            rows.append((i, t.x, t.y, t.scale, t.rotation, FRAME_HEIGHT * child.ratio))
        tallest = max(row[3] for row in rows)
        if len(rows) <= _FEW:
            return Children(tuple(rows), tallest)
        n = min(_MOST_CELLS, math.ceil(math.sqrt(len(rows))))
        width, height = FRAME_HEIGHT * parent.ratio / n, FRAME_HEIGHT / n
        cells: list[list[int]] = [[] for _ in range(n * n)]
        for position, i in enumerate(parent.children):
            child = self._places[i]
            box = child.transform.map_rect(self.reach(i))
            for y in range(_cell(box.y, height, n - 1), _cell(box.bottom, height, n - 1) + 1):
                for x in range(_cell(box.x, width, n - 1), _cell(box.right, width, n - 1) + 1):
                    cells[y * n + x].append(position)
        return Children(tuple(rows), tallest, n, width, height, tuple(tuple(cell) for cell in cells))

    @cached_property
    def smallest_leaf(self) -> float:
        """The width of the smallest place without children, in the root's units."""
        scales = [1.0] * len(self._places)
        smallest = math.inf
        for place in self._places[1:]:
            scale = scales[place.index] = scales[place.parent] * place.transform.scale
            if not place.children:
                smallest = min(smallest, scale * FRAME_HEIGHT * place.ratio)
        return smallest if smallest < math.inf else FRAME_HEIGHT * self._places[0].ratio


def _cell(at: float, size: float, last: int) -> int:
    """The cell a coordinate falls in, the nearest one for what lies outside (also infinitely far)."""
    if at <= 0.0:
        return 0
    cell = at / size
    return last if cell >= last else int(cell)
