"""Films and sounds as a text names them: which files are some, and the times between which they play."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atelier.markup.addresses import is_remote
from atelier.markup.blocks import MediaKind

if TYPE_CHECKING:
    from collections.abc import Mapping

FILMS: Final = frozenset({".mp4", ".webm", ".ogv", ".mov", ".m4v", ".mkv"})
SOUNDS: Final = frozenset({".mp3", ".ogg", ".opus", ".wav", ".m4a", ".flac"})

_SUFFIX = re.compile(r"(\.\w{2,4})(?:[?#].*)?$", re.DOTALL)
_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:[.,]\d{1,6})?)s?")
_SPAN = re.compile(r"[#&]t=(?:npt:)?([\d:.]{0,20})(?:,([\d:.]{1,20}))?")


def kind_of(source: str) -> MediaKind | None:
    """What a file is by its name; None for what is neither a film nor a sound, or lies on the network."""
    found = _SUFFIX.search(source.strip())
    if found is None or is_remote(source):
        return None
    suffix = found[1].lower()
    return MediaKind.FILM if suffix in FILMS else MediaKind.SOUND if suffix in SOUNDS else None


def seconds(text: str) -> float | None:
    """A time as people write it, in seconds: `75`, `1:15`, `0:01:15.5`; None for anything else."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes = int(found[1] or 0), int(found[2] or 0)
    rest = float(found[3].replace(",", "."))
    if (found[2] and rest >= 60) or (found[1] and minutes >= 60):
        return None
    return hours * 3600 + minutes * 60 + rest


def span(source: str, said: Mapping[str, str]) -> tuple[float, float]:
    """Where playing begins and ends, in seconds; an end of 0 is the file's.

    `said` are the attributes; without them, what the address says counts (Media Fragments 1.0: `film.mp4#t=5,80`).
    What is no time counts as not said.
    """
    found = _SPAN.search(source)
    start, end = (found[1], found[2] or "") if found else ("", "")
    return seconds(said.get("start", "") or start) or 0.0, seconds(said.get("end", "") or end) or 0.0


def bare(source: str) -> str:
    """A file's name without the times behind it."""
    return source.partition("#t=")[0]


def spoken(time: float) -> str:
    """A time as a clock shows it: `0:05`, `1:20`, `1:02:03`."""
    whole = round(time)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
