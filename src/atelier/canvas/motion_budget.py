"""How fast a view may fly: the budget of the full profile, and the flights of a deck that break it.

A van Wijk flight left to itself peaks at 0.9 view widths and 2.5 octaves a second. It is faster only where it is so
long that the limit of 2.2 s hurries it: at the end of a row of 40 frames, from the depth of one branch into the next.
Two things bound how far that may go (docs/decisions/0014-motion-budget.md):

- 2 widths a second. Eyes follow what moves by up to some 30° a second and jump after it beyond that (LaValle, Virtual
  Reality, section 5.3); a screen of 3 m is 14° wide from 12 m away.
- 5 octaves a second. Plain eased zooms of 20 times, the kind of movement that makes people seasick, reach 4.6 in one
  tool and 6.9 in another; a flight over ten widths takes 4.8.

The calm profile keeps its own limits, which are lower, whatever the distance; a cut does not move at all.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atelier.canvas.flight import Flight
from atelier.canvas.route import rest, route
from atelier.deck.types import View
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _, decimal, ngettext

if TYPE_CHECKING:
    from atelier.canvas.model import Canvas
    from atelier.canvas.route import RouteStop
    from atelier.deck.types import Deck

WIDTHS = 2.0
"""View widths panned a second."""
OCTAVES = 5.0
"""Doublings of the view's width a second."""
MOST_TOLD = 10
"""Flights told of, the fastest ones."""
_MOMENTS = 64
"""At which the speed of a flight is looked at; its pace changes over eleven of them."""
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest speeds of a flight: view widths and octaves a second."""

    widths: float
    octaves: float

    @property
    def share(self) -> float:
        """How much of the budget it takes: more than 1 is too fast."""
        return max(self.widths / WIDTHS, self.octaves / OCTAVES)


def peak(flight: Flight) -> Peak:
    """The highest speeds of `flight`, to within a hundredth."""
    widths = zoom = 0.0
    for moment in range(1, _MOMENTS):
        velocity = flight.velocity(flight.duration * moment / _MOMENTS)
        widths = max(widths, math.hypot(velocity.x, velocity.y))
        zoom = max(zoom, abs(velocity.zoom))
    return Peak(widths, zoom / math.log(2.0))


def motion_diagnostics(deck: Deck, canvas: Canvas, view_ratio: float) -> tuple[Diagnostic, ...]:
    """The flights of every path that are beyond the budget, the fastest `MOST_TOLD` of them, and how many others.

    A flight is one from a stop to the next, pages and overviews included; the same flight on several paths is told of
    once.
    """
    known: dict[tuple[int, View, int, View], tuple[Peak, RouteStop, RouteStop]] = {}
    for path in deck.paths:
        for start, end in itertools.pairwise(route(deck, canvas, path)):
            key = (start.place, start.view, end.place, end.view)
            if key not in known:
                flight = Flight(canvas, rest(canvas, start, view_ratio), rest(canvas, end, view_ratio), view_ratio)
                known[key] = (peak(flight), start, end)
    hasty = sorted((found for found in known.values() if found[0].share > 1.0), key=lambda found: -found[0].share)
    told = [_told(deck, *found) for found in hasty[: MOST_TOLD + 1]]
    more = len(hasty) - MOST_TOLD
    if more > 0:
        message = ngettext("There is one more like these.", "There are {n} more like these.", more).format(n=more)
        told[-1] = replace(told[-1], message=message, hint="", more=more)
    return tuple(told)


def _told(deck: Deck, speed: Peak, start: RouteStop, end: RouteStop) -> Diagnostic:
    message = _(
        "The flight from {start} to {end} is too fast to follow: it reaches {octaves} octaves and {widths} widths of "
        "the view a second, and {most_octaves} and {most_widths} are the most."
    ).format(
        start=_name(deck, start),
        end=_name(deck, end),
        octaves=decimal(math.ceil(speed.octaves * 10.0) / 10.0),
        widths=decimal(math.ceil(speed.widths * 10.0) / 10.0),
        most_octaves=decimal(OCTAVES),
        most_widths=decimal(WIDTHS),
    )
    hint = _("Put the two nearer to each other, add a stop between them, or present with --motion calm.")
    frame = deck.frames[end.frame]
    return Diagnostic("flight-too-fast", message, hint, deck.file_of(frame), frame.line)


def _name(deck: Deck, stop: RouteStop) -> str:
    title = deck.frames[stop.frame].title
    short = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"
    if stop.view is View.OVERVIEW:
        return _("the overview of “{title}”").format(title=short)
    return _("“{title}”").format(title=short)
