"""The canvas as boxes: where every place lies in the root's units, and what of it is a frame's own text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.canvas.types import Spot
from atelier.foundation.geometry import IDENTITY, Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.canvas.model import Canvas
    from atelier.foundation.geometry import Similarity


@dataclass(frozen=True, slots=True)
class Box:
    """A place. `around` is all of it, `own` where its text stands; None where a page inside it holds the text."""

    place: int
    frame: int
    depth: int
    around: Rect
    own: Rect | None
    last: int
    """The last place that lies in it."""

    @property
    def holds(self) -> bool:
        """Whether others lie in it."""
        return self.last > self.place


def boxes_of(canvas: Canvas) -> tuple[Box, ...]:
    """Every place of a canvas, the root first, each before what lies in it. Turned ones are as their upright box."""
    places = canvas.places
    transforms: list[Similarity] = [IDENTITY] * len(places)
    last = list(range(len(places)))
    for place in reversed(places):
        if place.parent >= 0:
            last[place.parent] = max(last[place.parent], last[place.index])
    out: list[Box] = []
    for place in places:
        if place.parent >= 0:
            transforms[place.index] = transforms[place.parent].after(place.transform)
        to_root = transforms[place.index]
        around = to_root.map_rect(place.size)
        own: Rect | None = around
        if place.children:
            paged = places[place.children[0]].page
            whole = place.spot in (Spot.WHOLE, Spot.LABEL)
            own = None if paged else _band(around) if whole else to_root.map_rect(place.spot_rect)
        out.append(Box(place.index, place.frame, place.depth, around, own, last[place.index]))
    return tuple(out)


def _band(around: Rect) -> Rect:
    """What stands for the title of a place that gives its text no room of its own."""
    return Rect(around.x, around.y, around.width, around.height * 0.08)


def nearest(points: Sequence[tuple[float, float]], start: int, dx: int, dy: int) -> int:
    """The point that an arrow key leads to from another one; the same where there is none that way."""
    x0, y0 = points[start]
    best, found = float("inf"), start
    for index, (x, y) in enumerate(points):
        along = (x - x0) * dx + (y - y0) * dy
        across = abs((x - x0) * dy) + abs((y - y0) * dx)
        if along > 0 and along * 2 >= across and along + 2 * across < best:
            best, found = along + 2 * across, index
    return found
