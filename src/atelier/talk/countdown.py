"""A countdown: its laps, its pauses, minutes given and taken. It has no clock: whoever asks says what moment it is.

Moments are seconds since 1970, as those of a talk. Nothing is counted below zero: what is over stays there until
somebody gives it a minute more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import accumulate
from typing import TYPE_CHECKING

from atelier.markup.activities import Clinic, Rounds, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atelier.deck.types import Deck, Frame
    from atelier.markup.blocks import Activity

LONGEST = 24 * 3600.0
"""Seconds beyond which no minute is added."""
MOST_LAPS = 200
"""Rounds of an activity with all their repeats; more are counted as one."""
_EVEN = 1e-6
"""Seconds that a sum of laps may be off."""


class Bell(Enum):
    """What is to be heard."""

    LAP = auto()
    """A lap is over, and another one begins."""
    END = auto()


@dataclass(frozen=True, slots=True)
class Lap:
    """Seconds counted in one go. `round` is the round of the activity they are for, from 0; -1 where there is none."""

    seconds: float
    round: int = -1


@dataclass(frozen=True, slots=True)
class Countdown:
    """`laps` one after the other. It runs from the moment `since`, or stands still where that is None; `spent` seconds
    were counted before.
    """

    laps: tuple[Lap, ...]
    spent: float = 0.0
    since: float | None = None

    @property
    def total(self) -> float:
        return sum(lap.seconds for lap in self.laps)

    @property
    def paused(self) -> bool:
        return self.since is None

    def elapsed(self, moment: float) -> float:
        """Seconds counted so far; they go on after the end. Before it began to run, nothing more was counted."""
        return self.spent + (max(moment - self.since, 0.0) if self.since is not None else 0.0)

    def left(self, moment: float) -> float:
        """Seconds of all laps together."""
        left = self.total - self.elapsed(moment)
        return left if left > _EVEN else 0.0

    def over(self, moment: float) -> bool:
        return self.left(moment) == 0.0

    def lap(self, moment: float) -> int:
        """Which lap it is in; the last one when it is over."""
        elapsed = self.elapsed(moment)
        ends = accumulate(lap.seconds for lap in self.laps)
        return next((i for i, end in enumerate(ends) if end - elapsed > _EVEN), len(self.laps) - 1)

    def lap_left(self, moment: float) -> float:
        """Seconds of the lap it is in."""
        ends = sum(lap.seconds for lap in self.laps[: self.lap(moment) + 1])
        left = ends - self.elapsed(moment)
        return left if left > _EVEN else 0.0

    def bell(self, moment: float, lap: int, *, was_over: bool) -> Bell | None:
        """What is to be heard where it was in `lap`, and over or not, when somebody last listened: once for all that
        has passed.
        """
        if self.over(moment):
            return None if was_over else Bell.END
        return Bell.LAP if self.lap(moment) > lap else None

    def started(self, moment: float) -> Countdown:
        """The same, running."""
        return self if self.since is not None else replace(self, since=moment)

    def stopped(self, moment: float) -> Countdown:
        """The same, standing still; what is over has nothing to pause."""
        if self.since is None or self.over(moment):
            return self
        return replace(self, spent=self.elapsed(moment), since=None)

    def held(self, before: float, moment: float) -> Countdown:
        """The same at `moment`, as though no time had passed since `before`."""
        if self.since is None or self.over(before):
            return self
        return replace(self, spent=self.elapsed(before), since=moment)

    def changed(self, seconds: float, moment: float) -> Countdown:
        """The lap at hand with so many seconds more, or less: then it is over, where it had no more than that. What
        is over altogether goes on from where it ended.
        """
        here = self
        if self.over(moment):
            here = replace(self, spent=self.total, since=moment if self.since is not None else None)
        number = here.lap(moment)
        lap = here.laps[number]
        gone = lap.seconds - here.lap_left(moment)
        longest = lap.seconds + max(LONGEST - here.total, 0.0)
        changed = replace(lap, seconds=min(max(lap.seconds + seconds, gone), longest))
        return replace(here, laps=(*here.laps[:number], changed, *here.laps[number + 1 :]))


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted down in a talk: the time of a frame, or of one of its activities."""

    frame: str
    """Id."""
    activity: str
    """What it is called in its frame; empty for the frame itself."""
    countdown: Countdown

    @classmethod
    def begun(cls, frame: str, activity: str, laps: Iterable[Lap], moment: float) -> Counted | None:
        """Counting from a moment on; None where no lap takes any time."""
        timed = tuple(lap for lap in laps if 0.0 < lap.seconds <= LONGEST)[:MOST_LAPS]
        return cls(frame, activity, Countdown(timed, since=moment)) if timed else None


def figure(seconds: float) -> str:
    """Minutes and seconds as a clock shows them that counts down, full seconds still to come: 4:05, from 100 minutes on
    1:40:00.
    """
    whole = max(math.ceil(seconds - _EVEN), 0)
    minutes, rest = divmod(whole, 60)
    if minutes < 100:
        return f"{minutes}:{rest:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def laps_of(activity: Activity) -> tuple[Lap, ...]:
    """What is counted for an activity: its rounds as often as they are repeated, its minutes, or those of each who has
    a turn in it; nothing where it has no time.
    """
    task = activity.task
    if isinstance(task, Rounds):
        timed = tuple(Lap(each.minutes * 60.0, i) for i, each in enumerate(task.rounds) if each.minutes)
        if timed and len(timed) * task.repeat <= MOST_LAPS:
            return timed * task.repeat
        if timed:
            return (Lap(min(sum(lap.seconds for lap in timed) * task.repeat, LONGEST)),)
    each = task.each if isinstance(task, Turn | Clinic) else None
    minutes = activity.minutes or each
    return (Lap(minutes * 60.0),) if minutes else ()


def laps_of_frame(deck: Deck, frame: Frame) -> tuple[Lap, ...]:
    """What is counted for a frame: the minutes behind its heading, or those the agenda gives it."""
    given = (block.minutes for day in deck.agenda for block in day.blocks if block.frame == frame.index)
    minutes = frame.minutes or next(given, None)
    return (Lap(min(minutes * 60.0, LONGEST)),) if minutes else ()
