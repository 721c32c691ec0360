"""What a deck's text refers to: frames, pictures. Needs the parsed text of every frame."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from atelier.deck.files import resolve
from atelier.deck.paths import FrameTable
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.errors import InputError
from atelier.foundation.translation import _
from atelier.markup.blocks import CodeBlock, Content, Figure, InlineImage, Media, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from atelier.deck.svg import SafeSvg
    from atelier.deck.types import Deck, Frame

_COLOUR = re.compile(r"#?[0-9A-Za-z]+|\w+\(.*\)")


def links(content: Content) -> Iterator[tuple[str, int]]:
    """The address of every link in a frame, notes included, with the file's line of the block it stands in."""
    last: tuple[str, int] | None = None
    for thing, line in things(content):
        href = thing.href if isinstance(thing, Text | Figure) else ""
        if href and (href, line) != last:  # a link in several styles is several runs
            yield href, line
        last = (href, line) if href else None


def pictures(content: Content) -> Iterator[tuple[str, str, int]]:
    """Source, alternative text and line of every picture in a frame, posters of films and notes included."""
    for thing, line in things(content):
        if isinstance(thing, Media):
            if thing.poster:
                yield thing.poster, thing.alt, line
        elif isinstance(thing, Figure | InlineImage):
            yield thing.source, thing.alt, line


def things(value: Any) -> list[tuple[Any, int]]:
    """All texts and pictures below `value`, each with the line of the innermost block that has one."""
    out: list[tuple[Any, int]] = []
    _gather(value, 0, out)
    return out


def _gather(value: Any, line: int, out: list[tuple[Any, int]]) -> None:
    if isinstance(value, tuple):
        for item in cast("tuple[Any, ...]", value):
            _gather(item, line, out)
    elif isinstance(value, Text | InlineImage):
        out.append((value, line))
    elif names := inner_fields(cast("type[Any]", type(value))):
        line = getattr(value, "line", 0) or line
        if isinstance(value, Figure):
            out.append((value, line))
        for name in names:
            _gather(getattr(value, name), line, out)


@cache
def inner_fields(kind: type) -> tuple[str, ...]:
    """The fields of a block that may hold others, or words; of a content too."""
    if not is_dataclass(kind) or kind in {Diagnostic, CodeBlock}:
        return ()
    return tuple(each.name for each in fields(kind) if _HOLDS.search(str(each.type)) and each.name not in _LEAVES)


_HOLDS = re.compile(r"tuple\[|^(?:Line|Task|Axis)$")
_LEAVES = frozenset({"classes", "kinds", "paths", "languages", "diagnostics", "states"})


def spot(frame: Frame, line: int, words: str) -> tuple[int, int]:
    """Where `words` stand in the paragraph of a frame that begins at the file's `line`: line and column; column 0 where
    they are not to be found.
    """
    lines = frame.source.split("\n")
    for index in range(max(0, line - frame.source_line), len(lines)):
        if not lines[index].strip():
            break
        if (at := lines[index].find(words)) >= 0:
            return frame.source_line + index, at + 1
    return line, 0


def _is_colour(background: str) -> bool:
    """Whether the background of a frame was meant to be a colour rather than a picture."""
    return _COLOUR.fullmatch(background) is not None


def picture_file(deck: Deck, frame: Frame, source: str) -> Path | Diagnostic:
    """The file of a picture that a frame names, or why there is none."""
    return resolve(deck.folder_of(frame), source, within=None if frame.origin is None else frame.origin.within)


def drawing_of(deck: Deck, frame: Frame) -> SafeSvg:
    """The drawing that a frame's `map` names. Raises InputError."""
    from atelier.deck.svg import read_svg

    file = picture_file(deck, frame, frame.map)
    if isinstance(file, Diagnostic):
        raise InputError(file.message, file.hint)
    return read_svg(file)


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
            hint = table.nearest(href) or _("Correct it, or give a heading that id.")
            found.append(Diagnostic("link-dead", message, hint, deck.file_of(frame), *spot(frame, line, href)))
    return tuple(found)


def picture_diagnostics(deck: Deck, content: Callable[[int], Content]) -> tuple[Diagnostic, ...]:
    """Pictures that are missing, refused, or without words for those who do not see them."""
    found: list[Diagnostic] = []
    for frame in deck.frames:
        named = list(pictures(content(frame.index)))
        if frame.background:
            named.append((frame.background, frame.background, frame.line))
        for source, alt, line in named:
            file = picture_file(deck, frame, source)
            if isinstance(file, Diagnostic):
                no_picture = file.code == "picture-missing" and source == frame.background and _is_colour(source)
                hint = _("A background is a picture; colours are the theme's.") if no_picture else file.hint
                found.append(replace(file, file=deck.file_of(frame), line=line, hint=hint))
            if source.strip() and not alt.strip():
                message = _("“{name}” has no alternative text.").format(name=source[:60])
                hint = _("Describe between the brackets what it shows.")
                found.append(Diagnostic("picture-no-alt", message, hint, deck.file_of(frame), line))
    return tuple(found)
