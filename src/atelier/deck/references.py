"""What a deck's text refers to: frames, pictures. Needs the parsed text of every frame."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from atelier.deck.files import resolve
from atelier.deck.paths import FrameTable
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _
from atelier.markup.blocks import Content, Figure, InlineImage, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atelier.deck.types import Deck

_COLOUR = re.compile(r"#?[0-9A-Za-z]+|\w+\(.*\)")


def links(content: Content) -> Iterator[tuple[str, int]]:
    """The address of every link in a frame, notes included, with the file's line of the block it stands in."""
    last: tuple[str, int] | None = None
    for thing, line in _things(content, 0):
        href = thing.href if isinstance(thing, Text | Figure) else ""
        if href and (href, line) != last:  # a link in several styles is several runs
            yield href, line
        last = (href, line) if href else None


def pictures(content: Content) -> Iterator[tuple[str, str, int]]:
    """Source, alternative text and line of every picture in a frame, notes included."""
    for thing, line in _things(content, 0):
        if isinstance(thing, Figure | InlineImage):
            yield thing.source, thing.alt, line


def _things(value: Any, line: int) -> Iterator[tuple[Any, int]]:
    """All inlines and figures below `value`, each with the line of the innermost block that has one."""
    if isinstance(value, tuple):
        for item in cast("tuple[Any, ...]", value):
            yield from _things(item, line)
    elif isinstance(value, Text | InlineImage):
        yield value, line
    elif is_dataclass(value) and not isinstance(value, type | Diagnostic):
        line = getattr(value, "line", 0) or line
        if isinstance(value, Figure):
            yield value, line
        for each in fields(value):
            yield from _things(getattr(value, each.name), line)


def link_diagnostics(deck: Deck, content: Callable[[int], Content]) -> tuple[Diagnostic, ...]:
    """Links to frames that do not exist."""
    table = FrameTable(deck.frames)
    found: list[Diagnostic] = []
    for frame in deck.frames:
        in_title = ((run.href, frame.line) for run in frame.title_inlines if isinstance(run, Text) and run.href)
        for href, line in (*in_title, *links(content(frame.index))):
            if not href.startswith("#") or table.find(href) is not None:
                continue
            message = _("The link to “{id}” leads nowhere: no frame has that id.").format(id=href[:60])
            found.append(Diagnostic("link-dead", message, table.nearest(href), deck.file, line))
    return tuple(found)


def picture_diagnostics(deck: Deck, content: Callable[[int], Content]) -> tuple[Diagnostic, ...]:
    """Pictures that are missing, refused, or without words for those who do not see them."""
    found: list[Diagnostic] = []
    for frame in deck.frames:
        named = list(pictures(content(frame.index)))
        if frame.background and not _COLOUR.fullmatch(frame.background):
            named.append((frame.background, frame.background, frame.line))
        for source, alt, line in named:
            file = resolve(deck.folder, source)
            if isinstance(file, Diagnostic):
                found.append(replace(file, file=deck.file, line=line))
            if not alt.strip():
                message = _("“{name}” has no alternative text.").format(name=source[:60])
                hint = _("Describe between the brackets what it shows.")
                found.append(Diagnostic("picture-no-alt", message, hint, deck.file, line))
    return tuple(found)
