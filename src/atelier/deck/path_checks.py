"""What is odd about the paths of a deck: their minutes, and stops where nothing happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.deck.ids import slug
from atelier.deck.paths import FrameTable
from atelier.deck.types import View
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.letters import folded
from atelier.foundation.translation import _, decimal
from atelier.markup.audience import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atelier.deck.front_matter import Metadata, PathValue
    from atelier.deck.source_checks import Source
    from atelier.deck.types import Deck, NamedPath
    from atelier.markup.blocks import Content

SPARE = 0.5
"""Minutes that a plan may be over: what a pause takes."""
LOOSE = 0.6
"""The share of a path's minutes that a plan for every frame should fill: the rest is for questions."""


def check_paths(deck: Deck, metadata: Metadata, content: Callable[[int], Content]) -> Iterator[Diagnostic]:
    """What is wrong with each path by itself."""
    values = {value.name: value for value in metadata.paths}
    if all(frame.skip for frame in deck.frames if not frame.private) and not deck.root.private:
        message = _("Every frame is skipped, so the default path takes them all.")
        yield Diagnostic("path-empty", message, _("Take “skip” off the frames to be shown."), deck.file, deck.root.line)
    for path in deck.paths:
        value = values.get(path.name)
        line = value.line if value else metadata.line_of("minutes")
        yield from _minutes(deck, path, line)
        if value and value.stops:
            yield from _stops(deck, value)
            yield from _hidden(deck, path, value, content)


def _minutes(deck: Deck, path: NamedPath, line: int) -> Iterator[Diagnostic]:
    if not path.minutes:
        return
    frames = {stop.frame for stop in path.stops if stop.view is View.FRAME}
    planned = [minutes for index in frames if (minutes := deck.frames[index].minutes) is not None]
    total = sum(planned)
    name = path.name or _("default")
    if total > path.minutes + SPARE:
        message = _("The frames of the path “{name}” are planned for {total} min, and it takes {minutes}.").format(
            name=name[:60], total=decimal(total, 2), minutes=decimal(path.minutes, 2)
        )
        hint = _("Take {n} min away, or give the path more.").format(n=decimal(total - path.minutes, 2))
        yield Diagnostic("minutes-over", message, hint, deck.file, line)
    elif planned and len(planned) == len(frames) and total < path.minutes * LOOSE:
        message = _("The frames of the path “{name}” are planned for {total} min, and it takes {minutes}.").format(
            name=name[:60], total=decimal(total, 2), minutes=decimal(path.minutes, 2)
        )
        hint = _("Plan for {n} min more, or give the path less.").format(n=decimal(path.minutes - total, 2))
        yield Diagnostic("minutes-under", message, hint, deck.file, line)


def _stops(deck: Deck, value: PathValue) -> Iterator[Diagnostic]:
    """Stops that are the same as the one before them."""
    before: tuple[str, View] | None = None
    for stop in value.stops or ():
        here = (folded(stop.frame), stop.view)
        if here == before:
            message = _("The path “{path}” stops at “{id}” twice in a row, so one advance does nothing.").format(
                path=value.name[:60], id=stop.frame[:60]
            )
            yield Diagnostic("stop-twice", message, _("Take one of them out."), deck.file, stop.line)
        before = here


def _hidden(deck: Deck, path: NamedPath, value: PathValue, content: Callable[[int], Content]) -> Iterator[Diagnostic]:
    """Stops at frames whose text is for other paths or for the speaker."""
    table = FrameTable(deck.frames)
    for stop in value.stops or ():
        index = table.find(stop.frame)
        if index is None or stop.view is not View.FRAME or deck.frames[index].private:
            continue
        blocks = content(index).blocks
        if blocks and not visible(blocks, path.name, deck.lang):
            message = _("On the path “{path}”, “{title}” shows only its title: its text is for others.").format(
                path=path.name[:60], title=deck.frames[index].title[:60]
            )
            hint = _("Take the stop out, or write something for this path.")
            yield Diagnostic("stop-bare", message, hint, deck.file, stop.line)


def check_names(deck: Deck, metadata: Metadata, source: Source) -> Iterator[Diagnostic]:
    """Stops that rest on a title several frames have: they lead elsewhere when frames are moved."""
    stops = [stop for value in metadata.paths for stop in value.stops or ()]
    if not stops:
        return
    alike: dict[str, list[int]] = {}
    for frame in deck.frames:
        if frame.title and frame.origin is None and not _has_id(source, frame.line, frame.id):
            alike.setdefault(slug(frame.title), []).append(frame.index)
    several = {index: group for group in alike.values() if len(group) > 1 for index in group}
    if not several:
        return
    table = FrameTable(deck.frames)
    for stop in stops:
        reference, line = stop.frame, stop.line
        index = table.find(reference)
        if index is None or index not in several:
            continue
        frame = deck.frames[index]
        message = _("“{reference}” means one of {n} frames called “{title}”: the one at line {line}.").format(
            reference=reference[:60], n=len(several[index]), title=frame.title[:60], line=frame.line
        )
        hint = _("Give that frame an id of its own: {{#{id}}}.").format(id=frame.id[:60])
        yield Diagnostic("reference-ambiguous", message, hint, deck.file, line)


def _has_id(source: Source, line: int, id_: str) -> bool:
    """Whether the heading at a line was given this id."""
    written = source.lines[line - 1] if 1 <= line <= len(source.lines) else ""
    words = written.rpartition("{")[2].replace("}", " ").split() if "{" in written else []
    return any(word in words for word in (f"#{id_}", f"id={id_}", f'id="{id_}"'))
