"""Orders through the frames: the default path and the named ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atelier.deck.types import Frame, NamedPath, Stop, View
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.errors import UsageError
from atelier.foundation.letters import folded
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
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
        self._alike: dict[str, list[int]] = {}
        self._comparisons = 0
        self._named: dict[str, int] | None = None

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
            for frame in sorted(self._frames, key=lambda frame: frame.made):  # a heading comes first
                self._loose.setdefault(_letters(frame.title), frame.index)
            for frame in self._frames:  # `:rocket: Go` is `rocket-go` where emoji have their names
                self._loose.setdefault(_letters(frame.heading), frame.index)
                self._loose.setdefault(_letters(frame.heading), frame.index)  # `:heart:` is a word of GitHub's anchors
        if letters := _letters(name):
            found = self._loose.get(letters)
            return found if found is not None else self._numbered(name, self._anchors())
        return None

    def _numbered(self, name: str, anchors: dict[str, int]) -> int | None:
        """The frame an anchor of HTML names; else the nth after the first with a title, as GitHub numbers them."""
        if name in anchors:
            return anchors[name]
        title, _hyphen, number = name.rpartition("-")
        if not number.isdecimal() or len(number) > 4 or not (letters := _letters(title)):
            return None
        if not self._alike:
            for frame in self._frames:
                self._alike.setdefault(_letters(frame.title), []).append(frame.index)
        alike = self._alike.get(letters, [])
        return alike[int(number)] if int(number) < len(alike) else None

    def _anchors(self) -> dict[str, int]:
        """The frames that `<a id="…">` stands in, or below the end of: such anchors are put above a heading."""
        if self._named is None:
            self._named = {}
            for frame in self._frames:
                text = f"{frame.heading}\n{frame.source}"
                end = len(text.rstrip(" \n</a>"))
                for found in _ANCHOR.finditer(text):
                    last = found.end() >= end
                    after = last and found.start() > len(frame.heading) and frame.index + 1 < len(self._frames)
                    self._named.setdefault(found[1], frame.index + after)
        return self._named

    def nearest(self, reference: str) -> str:
        """A sentence naming the id most like `reference`, or an empty one, also after a good many questions."""
        if self._comparisons > MOST_COMPARISONS:
            return ""
        self._comparisons += len(self._by_id)
        return did_you_mean(reference.strip().removeprefix("#"), self._by_id)


_ANCHOR = re.compile(
    r"""<[a-zA-Z][a-zA-Z0-9]{0,10}\s[^<>]{0,300}?\b(?:id|name)=["']?([^\s"'<>]{1,100})["']?[^<>]{0,300}>"""
)


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
            code = "stop-unknown"
            message = _("The path “{path}” stops at “{id}”, and no frame has that id.")
            hint = table.nearest(stop.frame) or _("Give a heading that id, or take the stop out.")
        elif frames[index].private:
            code = "stop-private"
            message = _("The path “{path}” stops at “{id}”, which is private; the stop is left out.")
            hint = _("Take the stop out, or {.private} off the heading.")
        else:
            stops.append(Stop(index, stop.view, stop.hold))
            if stop.inside:
                stops += [Stop(inner, View.FRAME, stop.hold) for inner in _inside(frames, index)]
            continue
        found = message.format(path=path.name[:60], id=stop.frame[:60])
        diagnostics.append(Diagnostic(code, found, hint, file, stop.line))
    return tuple(stops)


def _inside(frames: Sequence[Frame], index: int) -> Iterator[int]:
    """The frames in a frame that a path shows, in reading order."""
    for frame in frames[index + 1 :]:
        if frame.depth <= frames[index].depth:
            return
        if not (frame.skip or frame.private):
            yield frame.index


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
