"""What a telephone is told of the talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LONGEST_NOTES: Final = 20_000
"""Signs of the notes of a frame that are sent."""
LONGEST_TITLE: Final = 300


@dataclass(frozen=True, slots=True)
class RemoteState:
    """The talk at one moment. Times are seconds; `left` is what the talk may still take."""

    deck: str
    title: str
    stop: int
    stops: int
    step: int
    steps: int
    page: int
    pages: int
    detours: int
    next: str
    """The title of the next stop; empty where the next press shows a step, or where there is none."""
    next_is_step: bool
    notes: str
    private: str
    """What the frame itself says to the speaker alone."""
    elapsed: float
    left: float
    started: bool
    running: bool
    pace: str
    """In words; empty before the clock runs."""
    late: bool
    countdown: float
    """Seconds left of the lap that is counted down; -1 where nothing is."""
    counts: bool
    """Whether the countdown runs."""
    cover: str
    frozen: bool
    ratio: float
    """Width by height of the room's picture."""
