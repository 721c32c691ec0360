"""The order in which the nodes of a canvas are shown."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atelier.deck.json_canvas import Edge
    from atelier.foundation.geometry import Rect

_NUMBER: Final = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)")
_MOST_STOPS: Final = 20_000


def reading_order(boxes: Sequence[tuple[int, Rect]]) -> list[int]:
    """Rows from top to bottom, each from left to right. What begins above the middle of a row's first belongs to it."""
    out: list[int] = []
    row: list[tuple[float, int]] = []
    middle = -math.inf
    for number, box in sorted(boxes, key=lambda each: (each[1].y, each[1].x)):
        if row and box.y >= middle:
            out += [i for _x, i in sorted(row)]
            row = []
        if not row:
            middle = box.y + box.height / 2
        row.append((box.x, number))
    return out + [i for _x, i in sorted(row)]


def routed(start: str, edges: Iterable[Edge]) -> list[str]:
    """The nodes one comes to from `start` along the edges, as Advanced Canvas goes.

    Of several edges the one with the lowest label is taken, the next one when the node is come to again; no edge is
    taken twice.
    """
    leaving: dict[str, list[tuple[tuple[int, float, str], int, str]]] = {}
    for position, edge in enumerate(edges):
        leaving.setdefault(edge.start, []).append((_rank(edge.text("label")), position, edge.end))
    ways = {node: iter([end for _rank_, _position, end in sorted(found)]) for node, found in leaving.items()}
    out = [start]
    while len(out) < _MOST_STOPS:
        following = next(ways.get(out[-1], iter(())), None)
        if following is None:
            break
        out.append(following)
    return out


def _rank(label: str) -> tuple[int, float, str]:
    """Numbers first, in their order, then words, then edges without a label."""
    found = _NUMBER.match(label)
    if found is not None:
        return 0, float(found[1].replace(",", ".")), label
    return (1, 0.0, label.casefold()) if label.strip() else (2, 0.0, "")
