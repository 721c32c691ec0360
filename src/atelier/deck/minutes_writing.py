"""Times given in a talk as `minutes=` behind the headings of its deck. Everything else keeps its bytes."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from pathlib import Path  # noqa: TC003 - part of the public value
from typing import TYPE_CHECKING, Final

from atelier.deck.decoding import deck_bytes, text_of
from atelier.deck.front_matter import read_metadata
from atelier.deck.loading import deck_file, is_canvas, read
from atelier.deck.values import MOST_MINUTES, minutes_value
from atelier.foundation.atomic import write_atomic
from atelier.foundation.errors import InputError, Location
from atelier.foundation.texts import reason
from atelier.foundation.translation import _
from atelier.markup.frontmatter import split_front_matter
from atelier.markup.lines import split_attributes
from atelier.markup.scanner import scan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.markup.source import SourceHeading

QUARTER: Final = 0.25
"""Minutes that times are rounded to."""
_ENDING = re.compile(rb"(\r\n|\r|\n)")
_TOKEN = re.compile(r"""(?:"[^"]*"|'[^']*'|[^\s"'])+""")
_KEY: Final = "minutes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """A deck's text before and after it was given times. `written` and `left` are frames by their ids: those that have
    them now, and those that cannot be given any in this file.
    """

    file: Path
    before: bytes
    after: bytes
    written: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def undone(self) -> Adoption:
        """The way back."""
        return replace(self, before=self.after, after=self.before)


def adoption(path: Path, seconds: Mapping[str, float]) -> Adoption:
    """The deck at `path` with the times of frames, by their ids, as their minutes; raises InputError.

    Nothing is written yet. Frames of embedded files, and those that no heading begins, are left alone.
    """
    file = deck_file(path)
    if is_canvas(file):
        message = _("This deck is a canvas with no text: there are no headings to put minutes behind.")
        raise InputError(message, "", Location(file))
    data = deck_bytes(file)
    _refuse_encoding(data, file)
    deck = read(data, file=file, folder=file.parent)
    lines: dict[int, float] = {}
    left: list[str] = []
    found: dict[int, str] = {}
    for frame in deck.frames:
        if frame.id not in seconds:
            continue
        if frame.origin is not None or frame.node is not None:
            left.append(frame.id)
            continue
        if frame.line in found:
            left.append(found[frame.line])  # the root of a text that begins with another heading has no line
        found[frame.line] = frame.id
        lines[frame.line] = rounded(seconds[frame.id])
    after, alone = with_minutes(data, lines)
    left += [found[line] for line in alone]
    written = tuple(id_ for line, id_ in found.items() if line not in alone)
    return Adoption(file=file, before=data, after=after, written=written, left=tuple(left))


def save(given: Adoption) -> None:
    """Writes the text, if the file still is as it was before; raises InputError."""
    if deck_bytes(given.file) != given.before:
        message = _("The text was changed meanwhile; nothing was written.")
        raise InputError(message, _("Try it once more: it is read again then."), Location(given.file))
    if given.after == given.before:
        return
    try:
        write_atomic(given.file, given.after)
    except OSError as error:
        raise InputError(_("The deck cannot be written."), reason(error), Location(given.file)) from error


def rounded(seconds: float) -> float:
    """Minutes, in quarters; at least one, so that a frame that was shown has a time."""
    return min(max(round(seconds / 60 / QUARTER) * QUARTER, QUARTER), MOST_MINUTES)


def with_minutes(data: bytes, minutes: Mapping[int, float]) -> tuple[bytes, tuple[int, ...]]:
    """The text `data` with minutes behind the headings at these lines (from 1), and the lines left as they were.

    Those are lines where no heading begins, or that would then be read otherwise.
    """
    parts = _ENDING.split(data)  # a line, what ends it, the next one
    headings = _headings(data)
    edited: dict[int, bytes] = {}
    for line, value in minutes.items():
        at = 2 * (line - 1)
        content = _with_minutes(parts[at], value) if 0 <= at < len(parts) and line in headings else None
        if content is not None:
            edited[line] = content
    written = _joined(parts, edited)
    after = _headings(written)
    wrong = [line for line in edited if not _as_meant(headings[line], after.get(line), minutes[line])]
    if wrong:
        edited = {line: content for line, content in edited.items() if line not in wrong}
        written = _joined(parts, edited)
        after = _headings(written)
    if not _same_frames(headings, after):
        return data, tuple(minutes)
    return written, tuple(line for line in minutes if line not in edited)


def _joined(parts: list[bytes], edited: Mapping[int, bytes]) -> bytes:
    out = list(parts)
    for line, content in edited.items():
        out[2 * (line - 1)] = content
    return b"".join(out)


def _headings(data: bytes) -> dict[int, SourceHeading]:
    """The headings that begin frames, by the line they stand on."""
    text = text_of(data)
    front = split_front_matter(text)
    metadata, _wrong = read_metadata(front.text, front.first_line, None)
    scanned = scan(text, deepest=metadata.frames)
    return {frame.heading.line: frame.heading for frame in scanned.frames if frame.heading is not None}


def _with_minutes(content: bytes, minutes: float) -> bytes | None:
    """A heading's line with its minutes; None for one that is HTML or no text."""
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    try:
        line = content[len(mark) :].decode()
    except UnicodeDecodeError:
        return None
    if line.lstrip().startswith("<"):
        return None
    given = f"{_KEY}={minutes:g}"
    bare = line.rstrip()
    title, _pairs = split_attributes(bare)
    if title == bare:
        return mark + f"{bare} {{{given}}}".encode() + line[len(bare) :].encode()
    brace = bare.index("{", len(title))
    inside = bare[brace + 1 : -1]
    before = [token for token in _TOKEN.finditer(inside) if token[0].startswith(f"{_KEY}=")]
    if before:
        last = before[-1]
        inside = inside[: last.start()] + given + inside[last.end() :]
    else:
        end = len(inside.rstrip())
        inside = f"{inside[:end]} {given}{inside[end:]}"
    return mark + f"{bare[: brace + 1]}{inside}}}".encode() + line[len(bare) :].encode()


def _as_meant(before: SourceHeading, after: SourceHeading | None, minutes: float | None) -> bool:
    """Whether a heading differs in its minutes alone."""
    if after is None or (before.level, before.text) != (after.level, after.text):
        return False
    others = [[pair for pair in heading.attributes if pair[0] != _KEY] for heading in (before, after)]
    given = [minutes_value(value.strip()) for key, value in after.attributes if key == _KEY]
    return others[0] == others[1] and bool(given) and given[-1] == minutes


def _same_frames(before: Mapping[int, SourceHeading], after: Mapping[int, SourceHeading]) -> bool:
    """Whether the same headings begin frames at the same lines."""
    return [(line, each.level, each.text) for line, each in before.items()] == [
        (line, each.level, each.text) for line, each in after.items()
    ]


def _refuse_encoding(data: bytes, file: Path) -> None:
    """Raises InputError for a text that is not UTF-8: its lines cannot be edited by themselves."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = _("This file is not UTF-8.")
        raise InputError(message, _("Save it as UTF-8, and try again."), Location(file))
