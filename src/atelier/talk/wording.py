"""Times and pace in words, as the console and the lists say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.foundation.translation import _

if TYPE_CHECKING:
    from atelier.talk.pacing import Pace


def clock_words(seconds: float) -> str:
    """A duration as a clock shows it: 4:05, 1:04:05; with a minus sign when it is less than nothing."""
    whole = int(abs(seconds) + 0.5)
    sign = "\N{MINUS SIGN}" if seconds < 0 and whole else ""
    if whole >= 3600:
        return f"{sign}{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
    return f"{sign}{whole // 60}:{whole % 60:02}"


def minutes_words(seconds: float) -> str:
    """A duration as it is said: 40 s, 3 min, 3 min 20."""
    whole = int(abs(seconds) + 0.5)
    if whole < 60:
        return _("{n} s").format(n=whole)
    minutes, rest = divmod(whole, 60)
    if minutes >= 10 or rest == 0:
        return _("{n} min").format(n=round(whole / 60))
    return _("{n} min {s}").format(n=minutes, s=rest)


def pace_words(pace: Pace) -> str:
    """How a talk is doing, in a few words."""
    if pace.in_time:
        return _("on time")
    if pace.late > 0:
        return _("{time} late").format(time=_rounded(pace.late))
    return _("{time} ahead").format(time=_rounded(pace.late))


def _rounded(seconds: float) -> str:
    """Whole minutes from two minutes on, tens of seconds before."""
    size = abs(seconds)
    if size >= 120:
        return _("{n} min").format(n=round(size / 60))
    return minutes_words(round(size / 10) * 10)
