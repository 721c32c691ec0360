"""How far a film or sound has been played: one value, for the canvas and for whoever shows how much is left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

_CLOSE: Final = 0.02
"""Seconds before the end that count as the end: the last picture stands that long at least."""


class PlaybackState(Enum):
    READY = auto()
    """Not begun."""
    PLAYING = auto()
    PAUSED = auto()
    ENDED = auto()


@dataclass(frozen=True, slots=True)
class Playback:
    """A film or sound being played. Times are seconds of its file; an `end` of 0 means that it is not known yet.

    `volume` goes from 0 to 1.
    """

    title: str
    start: float = 0.0
    end: float = 0.0
    position: float = 0.0
    state: PlaybackState = PlaybackState.READY
    volume: float = 1.0

    @staticmethod
    def of(title: str, start: float, end: float) -> Playback:
        """At the beginning of what is played."""
        return Playback(title, start, end, start)

    @property
    def duration(self) -> float:
        """Seconds that are played; 0 where that is not known."""
        return max(0.0, self.end - self.start)

    @property
    def elapsed(self) -> float:
        """Seconds played so far."""
        return max(0.0, self.position - self.start)

    @property
    def left(self) -> float:
        """Seconds to the end; 0 where that is not known."""
        return max(0.0, self.end - max(self.position, self.start))

    @property
    def share(self) -> float:
        """How much has been played, from 0 to 1."""
        return min(1.0, self.elapsed / self.duration) if self.duration else 0.0

    @property
    def playing(self) -> bool:
        return self.state is PlaybackState.PLAYING

    @property
    def begun(self) -> bool:
        return self.state is not PlaybackState.READY

    def at(self, position: float) -> Playback:
        """The same as it plays on to `position`; at the end it has ended."""
        position = max(self.start, position)
        if self.end and position >= self.end - _CLOSE:
            return self.ended()
        return replace(self, position=position)

    def ended(self) -> Playback:
        return replace(self, position=self.end or self.position, state=PlaybackState.ENDED)

    def lasting(self, duration: float) -> Playback:
        """The same once its file turns out to last so many seconds."""
        return self if self.end else replace(self, end=max(duration, self.start))

    def played(self) -> Playback:
        """Playing on; from the start where it had ended."""
        position = self.start if self.state is PlaybackState.ENDED else self.position
        return replace(self, position=position, state=PlaybackState.PLAYING)

    def paused(self) -> Playback:
        return replace(self, state=PlaybackState.PAUSED) if self.playing else self

    def moved(self, by: float) -> Playback:
        """So many seconds further on, or back; going back from the end plays on."""
        position = self.position + by
        if self.end and position >= self.end - _CLOSE:
            return self.ended()
        state = PlaybackState.PLAYING if self.state is PlaybackState.ENDED else self.state
        return replace(self, position=max(self.start, position), state=state)
