"""The time of the room, which nobody sets."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def seconds_awake_or_not() -> float:
    """Seconds of a clock that never goes back, and goes on while the machine is suspended. Its zero means nothing."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)  # `time.monotonic` stands still there during sleep
    return time.monotonic()


def steady_clock() -> Callable[[], float]:
    """A clock that shows seconds since 1970 as the system has them now, and from then on takes no notice when the
    system's clock is set: neither the time of a talk nor a countdown jumps then.
    """
    offset = time.time() - seconds_awake_or_not()
    return lambda: offset + seconds_awake_or_not()
