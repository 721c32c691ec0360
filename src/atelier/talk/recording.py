"""A talk that was given, played again: which event is due when. Nothing here waits, and nothing is written."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from atelier.talk.events import Ended, Moved, PathChosen
from atelier.talk.state import TalkState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.talk.events import Event
    from atelier.talk.session import Talk

LONGEST_SILENCE: Final = 30.0
"""Seconds without any event that mean a break: while the clock runs, a journal has one every ten."""
BREAK: Final = 3.0
"""Seconds that a break takes when it is played again."""
_CHECKPOINT: Final = 256


class Recording:
    """The events of a talk with the moments at which they are played, in seconds from its beginning."""

    def __init__(self, events: Sequence[tuple[float, Event]]) -> None:
        self.events = tuple(events)
        self.times = _times([moment for moment, _event in events])
        self.moves = tuple(
            number for number, (_moment, event) in enumerate(events) if isinstance(event, Moved | PathChosen)
        )
        self._states: list[TalkState] = [TalkState()]

    @property
    def seconds(self) -> float:
        """How long it takes at the speed at which it was given."""
        return self.times[-1] if self.times else 0.0

    def state_before(self, number: int) -> TalkState:
        """The state in which an event found the talk."""
        nearest = number // _CHECKPOINT
        while len(self._states) <= nearest:
            at = (len(self._states) - 1) * _CHECKPOINT
            self._states.append(self._after(self._states[-1], at, at + _CHECKPOINT))
        return self._after(self._states[nearest], nearest * _CHECKPOINT, number)

    def time_of(self, elapsed: float) -> float:
        """When what happened after so many seconds of the talk's own clock is played."""
        low, high = 0, len(self.events)
        while low < high:  # the talk's clock never runs back
            middle = (low + high) // 2
            state = self.state_before(middle + 1)
            if state.clock.elapsed(state.moment) <= elapsed:
                low = middle + 1
            else:
                high = middle
        if low == 0:
            return 0.0
        if low == len(self.events):
            return self.seconds
        state = self.state_before(low)
        since = max(elapsed - state.clock.elapsed(state.moment), 0.0) if state.clock.running else 0.0
        gap = self.events[low][0] - state.moment
        passed = since / gap if gap > 0 else 0.0  # a break is played in less time than it took
        return self.times[low - 1] + min(passed, 1.0) * (self.times[low] - self.times[low - 1])

    def moment_of(self, time: float, following: int) -> float:
        """The moment, in seconds since 1970, that `time` stands for between an event and the `following` one."""
        if not self.events:
            return 0.0
        before = max(following - 1, 0)
        moment = self.events[before][0]
        if not 0 < following < len(self.events):
            return moment
        gap = self.times[following] - self.times[before]
        passed = (time - self.times[before]) / gap if gap > 0 else 0.0  # a break is played in less time than it took
        return moment + min(max(passed, 0.0), 1.0) * max(self.events[following][0] - moment, 0.0)

    def _after(self, state: TalkState, first: int, end: int) -> TalkState:
        for moment, event in self.events[first:end]:
            state = state.after(event, moment)
        return state


def _times(moments: Sequence[float]) -> list[float]:
    """Moments as seconds from the first one, with long silences cut short."""
    times = [0.0] if moments else []
    for before, moment in pairwise(moments):
        gap = max(moment - before, 0.0)
        times.append(times[-1] + (gap if gap <= LONGEST_SILENCE else BREAK))
    return times


class Player:
    """Plays a recording on a talk that nothing keeps. `now` gives seconds of any clock that runs evenly."""

    def __init__(self, recording: Recording, talk: Talk, now: Callable[[], float]) -> None:
        self.recording = recording
        self._talk = talk
        self._now = now
        self._at = 0.0
        self._since: float | None = None
        self._next = 0
        self._speed = 1
        self._happening: float | None = None
        self.missing = 0
        """Moves to frames that the deck no longer has."""

    @property
    def playing(self) -> bool:
        return self._since is not None

    @property
    def at_end(self) -> bool:
        return self._next >= len(self.recording.events)

    @property
    def speed(self) -> int:
        return self._speed

    @speed.setter
    def speed(self, speed: int) -> None:
        self._hold()
        self._speed = speed

    @property
    def time(self) -> float:
        """Seconds of the recording that have passed."""
        since = (self._now() - self._since) * self._speed if self._since is not None else 0.0
        return min(self._at + since, self.recording.seconds)

    @property
    def moment(self) -> float:
        """The moment of the talk that is shown: seconds since 1970. While an event is played, its own."""
        if self._happening is not None:
            return self._happening
        return self.recording.moment_of(self.time, self._next)

    def play(self) -> None:
        """Goes on; from the end, from the beginning."""
        if self.at_end:
            self.seek(0.0)
        self._since = self._now()

    def pause(self) -> None:
        self._hold()
        self._since = None

    def wait(self) -> float | None:
        """Seconds until the next event is due; None when none will be."""
        if self._since is None or self.at_end:
            return None
        return max((self.recording.times[self._next] - self.time) / self._speed, 0.0)

    def run(self) -> None:
        """Has everything happen that is due by now."""
        time = self.time
        while not self.at_end and self.recording.times[self._next] <= time:
            self._happen()
        if self.at_end:
            self.pause()

    def seek(self, time: float) -> None:
        """Goes to another moment: the talk stands where it stood then."""
        self._jump(bisect_right(self.recording.times, min(max(time, 0.0), self.recording.seconds)), time)

    def go(self, by: int) -> None:
        """Goes to the next move, or with -1 to the one before the last."""
        moves = self.recording.moves
        number = bisect_left(moves, self._next) + (0 if by > 0 else -2)
        if number < len(moves):
            move = moves[max(number, 0)]
            self._jump(move + 1, self.recording.times[move])

    def _jump(self, following: int, time: float) -> None:
        """Stands where `following` is the next event; the last move before it is shown as one."""
        number = bisect_left(self.recording.moves, following) - 1
        first = self.recording.moves[number] if number >= 0 else 0
        self._talk.go_back_to(self.recording.state_before(first))
        self._next = first
        while self._next < following:
            self._happen()
        self._at = min(max(time, 0.0), self.recording.seconds)
        if self._since is not None:
            self._since = self._now()

    def _happen(self) -> None:
        self._happening, event = self.recording.events[self._next]
        self._next += 1
        if not isinstance(event, Ended) and not self._talk.play(event):
            self.missing += 1
        self._happening = None

    def _hold(self) -> None:
        """Keeps the time that has passed, before something about how it passes changes."""
        self._at = self.time
        if self._since is not None:
            self._since = self._now()
