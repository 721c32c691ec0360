"""Orders through the frames: the default path and the named ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.deck.ids import folded
from atelier.deck.suggestions import did_you_mean
from atelier.deck.types import Frame, NamedPath, Stop
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.errors import UsageError
from atelier.foundation.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from atelier.deck.front_matter import PathValue
    from atelier.deck.types import Deck

MOST_COMPARISONS = 10_000
"""Ids that references are compared with to find the nearest, which takes about 10 µs each."""


class FrameTable:
    """Finds frames by what stops and links call them."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self._frames = frames
        self._by_id = {frame.id: frame.index for frame in frames}
        self._loose: dict[str, int] = {}
        self._comparisons = 0

    def find(self, reference: str) -> int | None:
        """The frame that `reference` means: an id, else an id or title with the same letters and digits.

        So a link is found whichever way the program it was written for makes anchors of titles.
        """
        name = reference.strip().removeprefix("#")
        if name in self._by_id:
            return self._by_id[name]
        if "%" in name:
            from urllib.parse import unquote

            name = unquote(name)
        if not self._loose:
            for id_, index in self._by_id.items():
                self._loose.setdefault(_letters(id_), index)
            for frame in self._frames:
                self._loose.setdefault(_letters(frame.title), frame.index)
        return self._loose.get(letters) if (letters := _letters(name)) else None

    def nearest(self, reference: str) -> str:
        """A sentence naming the id most like `reference`, or an empty one, also after a good many questions."""
        if self._comparisons > MOST_COMPARISONS:
            return ""
        self._comparisons += len(self._by_id)
        return did_you_mean(reference.strip().removeprefix("#"), self._by_id)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, folded(text)))


def named_path(deck: Deck, name: str) -> NamedPath:
    """The path called `name`; an empty name means the default one. Raises UsageError, naming those there are."""
    if (found := deck.path(name)) is not None:
        return found
    names = ", ".join(path.name for path in deck.paths if path.name)
    message = _("The deck has no path “{name}”.").format(name=name)
    raise UsageError(message, _("Its paths: {names}.").format(names=names or "–"))


def named_frame(deck: Deck, id_: str) -> Frame:
    """The frame with the id `id_`. Raises UsageError, naming the id most like it."""
    if (found := deck.frame(id_)) is not None:
        return found
    message = _("The deck has no frame “{id}”.").format(id=id_)
    raise UsageError(message, FrameTable(deck.frames).nearest(id_))


def default_stops(frames: Sequence[Frame]) -> tuple[Stop, ...]:
    """Every frame in reading order, each parent before its children.

    Skipped and private ones are left out, unless that leaves nothing: then skipped ones are in, and where all is
    private the root alone, so that there is always a place to be.
    """
    stops = tuple(Stop(frame.index) for frame in frames if not (frame.skip or frame.private))
    return stops or tuple(Stop(frame.index) for frame in frames if not frame.private) or (Stop(0),)


def build_paths(
    frames: Sequence[Frame], values: Iterable[PathValue], minutes: float | None, file: Path | None
) -> tuple[tuple[NamedPath, ...], tuple[Diagnostic, ...]]:
    """The default path, which takes `minutes`, then the named ones in their order. None is without a stop."""
    diagnostics: list[Diagnostic] = []
    table = FrameTable(frames)
    default = NamedPath("", default_stops(frames), minutes)
    paths = [default]
    for value in values:
        stops = default.stops if value.stops is None else _stops(frames, table, value, file, diagnostics)
        if not stops:
            message = _("The path “{name}” has no stop, so it takes every frame.").format(name=value.name[:60])
            hint = _("List the ids of its frames under “stops”.")
            diagnostics.append(Diagnostic("path-empty", message, hint, file, value.line))
        paths.append(NamedPath(value.name, stops or default.stops, value.minutes, value.title))
    diagnostics += _unreached(frames, paths, file)
    return tuple(paths), tuple(diagnostics)


def _stops(
    frames: Sequence[Frame], table: FrameTable, path: PathValue, file: Path | None, diagnostics: list[Diagnostic]
) -> tuple[Stop, ...]:
    stops: list[Stop] = []
    for stop in path.stops or ():
        index = table.find(stop.frame)
        if index is None:
            message = _("The path “{path}” stops at “{id}”, and no frame has that id.")
            hint = table.nearest(stop.frame)
        elif frames[index].private:
            message = _("The path “{path}” stops at “{id}”, which is private; the stop is left out.")
            hint = _("Take the stop out, or {.private} off the heading.")
        else:
            stops.append(Stop(index, stop.view, stop.hold))
            continue
        found = message.format(path=path.name[:60], id=stop.frame[:60])
        diagnostics.append(Diagnostic("stop-unknown", found, hint, file, stop.line))
    return tuple(stops)


def _unreached(frames: Sequence[Frame], paths: Iterable[NamedPath], file: Path | None) -> list[Diagnostic]:
    """One hint for each frame that no path comes to; a whole branch of them counts as one."""
    reached = [False] * len(frames)
    for path in paths:
        for stop in path.stops:
            reached[stop.frame] = True
    below = [0] * len(frames)  # how many frames of the branch, itself included, no path comes to
    whole = [True] * len(frames)
    for frame in reversed(frames):
        alone = not reached[frame.index]
        whole[frame.index] = alone and whole[frame.index]
        below[frame.index] += 0 if frame.private else int(alone)
        if frame.parent >= 0:
            whole[frame.parent] = whole[frame.parent] and whole[frame.index]
            below[frame.parent] += below[frame.index]
    found: list[Diagnostic] = []
    for frame in frames:
        if reached[frame.index] or frame.private or (frame.parent >= 0 and whole[frame.parent]):
            continue
        count = below[frame.index] - 1 if whole[frame.index] else 0
        message = (
            ngettext(
                "No path comes to “{title}” and the frame below it.",
                "No path comes to “{title}” and the {n} frames below it.",
                count,
            )
            if count
            else _("No path comes to “{title}”.")
        ).format(title=frame.title[:60], n=count)
        hint = _("Add a stop to a path if it is to be shown; one can always fly there by hand.")
        found.append(Diagnostic("frame-on-no-path", message, hint, file, frame.line))
    return found
