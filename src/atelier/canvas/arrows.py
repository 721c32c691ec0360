"""Edges between frames as curves: from side to side, in the frame that holds both ends."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from atelier.canvas.types import Arrow
from atelier.foundation.geometry import FRAME_HEIGHT, Point, Rect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.deck.geometry import Line
    from atelier.deck.types import Deck

_SIDES = {"top": Point(0.0, -1.0), "right": Point(1.0, 0.0), "bottom": Point(0.0, 1.0), "left": Point(-1.0, 0.0)}
_LEAST_ARM, _MOST_ARM = 40.0, 240.0
"""Canvas units that a curve goes straight on from a side, or less where its ends are near."""


def arrows_of(deck: Deck, boxes: Mapping[int, Rect]) -> dict[int, tuple[Arrow, ...]]:
    """The arrows to be drawn in each frame, by the frame's index. `boxes` are upright, in canvas units."""
    geometry = deck.geometry
    if geometry is None or not geometry.lines:
        return {}
    by_id = {frame.id: frame.index for frame in deck.frames}
    out: dict[int, list[Arrow]] = {}
    for line in geometry.lines:
        start, end = by_id.get(line.start), by_id.get(line.end)
        if start is None or end is None or start == end or start not in boxes or end not in boxes:
            continue
        holder = _holder(deck, start, end)
        out.setdefault(holder, []).append(_arrow(line, boxes[start], boxes[end], boxes[holder]))
    return {holder: tuple(arrows) for holder, arrows in out.items()}


def _holder(deck: Deck, one: int, other: int) -> int:
    """The innermost frame with others in it that holds both, which may be one of them."""
    frames = deck.frames
    while one != other:
        if frames[one].depth >= frames[other].depth:
            one = frames[one].parent
        else:
            other = frames[other].parent
    return one


def _arrow(line: Line, start: Rect, end: Rect, holder: Rect) -> Arrow:
    side_out = line.start_side if line.start_side in _SIDES else _nearest_side(start, end)
    side_in = line.end_side if line.end_side in _SIDES else _nearest_side(end, start)
    a, b = _middle_of(start, side_out), _middle_of(end, side_in)
    arm = min(max((b - a).length / 2, _LEAST_ARM), _MOST_ARM, (b - a).length)
    unit = FRAME_HEIGHT / holder.height

    def inside(point: Point) -> Point:
        return Point((point.x - holder.x) * unit, (point.y - holder.y) * unit)

    leaving, arriving = a + _SIDES[side_out] * arm, b + _SIDES[side_in] * arm
    return Arrow(
        inside(a),
        inside(leaving),
        inside(arriving),
        inside(b),
        line.start_arrow,
        line.end_arrow,
        unit,
        line.colour,
        line.label,
    )


def _nearest_side(box: Rect, other: Rect) -> str:
    """The side of a box that looks at another one."""
    middle, there = box.centre, other.centre
    dx, dy = (there.x - middle.x) / max(box.width, 1e-9), (there.y - middle.y) / max(box.height, 1e-9)
    if abs(dx) > abs(dy):
        return "right" if dx > 0 else "left"
    return "bottom" if dy > 0 else "top"


def _middle_of(box: Rect, side: str) -> Point:
    way = _SIDES[side]
    return Point(box.centre.x + way.x * box.width / 2, box.centre.y + way.y * box.height / 2)


def middle(arrow: Arrow) -> Point:
    """The point half way along a curve."""
    return arrow.start * 0.125 + arrow.leaving * 0.375 + arrow.arriving * 0.375 + arrow.end * 0.125


def heading(tip: Point, before: Point) -> float:
    """The angle in which a curve arrives at its tip, in radians."""
    return math.atan2(tip.y - before.y, tip.x - before.x)
