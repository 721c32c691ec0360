"""Whether a talk is in time, when it will end, and what to leave out so that it ends when it should."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atelier.deck.types import View

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from atelier.canvas.route import RouteStop
    from atelier.deck.types import Deck
    from atelier.talk.plan import Plan

IN_TIME: Final = 30.0
"""Seconds early or late that are said to be in time."""
LATE: Final = 60.0
LATE_SHARE: Final = 0.02
"""Late is later than both: a minute, and this share of the talk."""
PROPOSE: Final = 120.0
"""Seconds late from which something is proposed."""
_STEP: Final = 5.0
"""Seconds that the time of frames is counted in when some are chosen."""
_MOST_CHOICES: Final = 60


@dataclass(frozen=True, slots=True)
class Pace:
    """`late` is in seconds, negative when early. `remaining` is what the stops to come are planned for, with what is
    left of this one.
    """

    late: float
    remaining: float
    overrun: float
    """Seconds by which the talk will end after it should, if all goes on as planned."""
    is_late: bool

    @property
    def in_time(self) -> bool:
        return abs(self.late) <= IN_TIME or (self.late > 0 and not self.is_late)


def pace(
    plan: Plan, route: Sequence[RouteStop], stop: int, *, elapsed: float, here: float, dropped: Collection[int] = ()
) -> Pace:
    """How a talk is doing at `stop`, after `elapsed` seconds of which `here` were at this stop, detours included.

    While a stop takes no longer than planned, nobody is later than when it was reached. `dropped` are the frames that
    are left out: those ahead make up for being late.
    """
    ahead = [(plan.seconds[number], route[number].frame in dropped) for number in range(stop + 1, len(route))]
    to_come = sum(seconds for seconds, left_out in ahead if not left_out)
    saved = sum(seconds for seconds, left_out in ahead if left_out)
    rest = max(plan.seconds[stop] - here, 0.0)
    before = sum(plan.seconds[:stop])
    late = elapsed - here - before + max(here - plan.seconds[stop], 0.0) - saved
    overrun = elapsed + rest + to_come - plan.total
    return Pace(late, rest + to_come, overrun, late > max(LATE, plan.total * LATE_SHARE))


def droppable(deck: Deck, route: Sequence[RouteStop], stop: int, plan: Plan) -> Mapping[int, float]:
    """The optional frames that lie wholly ahead, the outermost of each, with the seconds all in them is planned for."""
    ahead: dict[int, float] = {}
    for number in range(stop + 1, len(route)):
        there = route[number]
        if there.view is View.FRAME:
            ahead[there.frame] = ahead.get(there.frame, 0.0) + plan.seconds[number]
    passed = {there.frame for there in route[: stop + 1]}
    seconds: dict[int, float] = {}
    for frame, planned in ahead.items():
        chain = (frame, *deck.ancestors(frame))
        outer = [index for index in chain if deck.frames[index].optional]
        if outer and outer[-1] not in passed:
            seconds[outer[-1]] = seconds.get(outer[-1], 0.0) + planned
    return {frame: planned for frame, planned in seconds.items() if planned > 0}


def proposal(choices: Mapping[int, float], seconds: float) -> tuple[int, ...]:
    """The frames to leave out to win so many seconds: as little as possible more, then as few frames as possible, then
    the later ones. All of them where that is not enough; none where there is nothing to win.
    """
    if seconds <= 0 or not choices:
        return ()
    frames = list(choices)[-_MOST_CHOICES:]
    if sum(choices[frame] for frame in frames) <= seconds:
        return tuple(frames)
    worth = {frame: max(round(choices[frame] / _STEP), 1) for frame in frames}
    wanted = -int(-seconds // _STEP)
    best: dict[int, tuple[int, ...]] = {0: ()}
    for frame in reversed(frames):
        for total, chosen in sorted(best.items(), reverse=True):
            if total >= wanted:
                continue
            more = total + worth[frame]
            if more not in best or len(chosen) + 1 < len(best[more]):
                best[more] = (frame, *chosen)
    enough = [total for total in best if total >= wanted]
    return best[min(enough)] if enough else tuple(frames)
