"""How long each stop of a route should take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atelier.deck.types import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.canvas.route import RouteStop
    from atelier.deck.types import Deck, NamedPath

WORDS_A_MINUTE: Final = 130.0
"""How fast notes are spoken in a talk: measured rates lie between 110 and 160 words."""
SHORTEST: Final = 15.0  # seconds
OVERVIEW: Final = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class Plan:
    """Seconds for each stop of a route. `total` is what the talk may take, breaks for questions included."""

    seconds: tuple[float, ...]
    total: float
    given: bool
    """Whether the author planned anything; else the notes were counted."""


def plan(deck: Deck, path: NamedPath, route: tuple[RouteStop, ...], words: Callable[[int], int]) -> Plan:
    """The plan of a path: the minutes of each frame at the first stop that shows it.

    What has no minutes shares what the path has left over, by the `words` of its notes; where the path says nothing
    either, its notes are taken at the pace they are spoken.
    """
    firsts: dict[int, int] = {}
    for number, stop in enumerate(route):
        if stop.view is View.FRAME:
            firsts.setdefault(stop.frame, number)
    fixed: dict[int, float] = {}
    free: dict[int, float] = {}
    for frame, number in firsts.items():
        minutes = deck.frames[frame].minutes
        if minutes is None:
            free[number] = max(words(frame) / WORDS_A_MINUTE * 60.0, SHORTEST)
        else:
            fixed[number] = minutes * 60.0
    left = path.minutes * 60.0 - sum(fixed.values()) if path.minutes else 0.0
    if free and path.minutes and left > 0:
        share = left / sum(free.values())
        free = {number: seconds * share for number, seconds in free.items()}
    by_stop = {**fixed, **free}
    seconds = tuple(
        by_stop.get(number, OVERVIEW if stop.view is View.OVERVIEW and not path.minutes else 0.0)
        for number, stop in enumerate(route)
    )
    total = path.minutes * 60.0 if path.minutes else sum(seconds)
    return Plan(seconds, total, bool(path.minutes) or bool(fixed))
