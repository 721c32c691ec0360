"""How far long work has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from atelier.foundation.translation import _

Progress: TypeAlias = Callable[[int, int], None]
"""Called with what is done and what there is to do. What it raises ends the work, which leaves nothing half done."""

LONG: Final = 10.0
"""Seconds of work, done and to do, from which on the time left is said."""
SURE: Final = 2.0
"""Seconds after which the time left can be told from the time taken."""


def unseen(_done: int, _total: int) -> None:
    """The progress of work that nobody watches."""


def time_left(elapsed: float, done: int, total: int) -> float | None:
    """Seconds the rest will take, going by what is done; None where it is short or cannot be told yet."""
    if elapsed < SURE or done <= 0 or done >= total:
        return None
    left = elapsed * (total - done) / done
    return left if elapsed + left > LONG else None


def left_in_words(seconds: float | None) -> str:
    """A time as one would say it: to the second when it is short, to five when it is long."""
    if seconds is None:
        return ""
    whole = max(1, round(seconds)) if seconds < 20 else round(seconds / 5) * 5
    if whole < 60:
        return _("{seconds} s left").format(seconds=whole)
    if whole < 600:
        return _("{minutes} min {seconds} s left").format(minutes=whole // 60, seconds=whole % 60)
    return _("{minutes} min left").format(minutes=round(whole / 60))
