"""The notes of one frame as they stand in its file, and the file with other ones. Everything else keeps its bytes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atelier.deck.decoding import deck_bytes, text_of
from atelier.deck.front_matter import read_metadata
from atelier.foundation.atomic import write_atomic
from atelier.foundation.errors import InputError, Location
from atelier.foundation.texts import CANVAS_SUFFIX, LARGEST_DECK, reason
from atelier.foundation.translation import _
from atelier.markup.blockspec import option_lines
from atelier.markup.frontmatter import split_front_matter
from atelier.markup.lines import block_line, indentation, without_containers
from atelier.markup.outline import outline
from atelier.markup.scanner import block_options, scan
from atelier.markup.source import SourceFrame

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atelier.deck.types import Deck, Frame
    from atelier.markup.source import Scan

_ENDING = re.compile(rb"\r\n|\r|\n")
_MARK = re.compile(r"(/{3,}|:{3,})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_CODE_INDENT: Final = 4


def read_notes(deck: Deck, frame: Frame) -> str:
    """The Markdown of a frame's notes as its file has it; empty where it has none.

    Raises InputError where the file is not as the deck was read, or the notes cannot be edited line by line.
    """
    file, data = _file_as_read(deck, frame)
    try:
        return notes_in(data, frame)
    except InputError as error:
        raise InputError(error.message, error.hint, Location(file, frame.line)) from error


def save_notes(deck: Deck, frame: Frame, text: str, before: str) -> None:
    """Gives a frame other notes in its file. `before` are those that `read_notes` gave.

    Raises InputError; the file is then as it was.
    """
    file, data = _file_as_read(deck, frame)
    try:
        if notes_in(data, frame) != before:
            message = _("These notes were changed in the file meanwhile; nothing was written.")
            raise InputError(message, _("Copy your text, leave it with Esc, and edit the new notes."))  # noqa: TRY301 - given its place like the others
        new = with_notes(data, frame, text)
    except InputError as error:
        raise InputError(error.message, error.hint, Location(file, frame.line)) from error
    if new == data:
        return
    try:
        write_atomic(file, new)
    except OSError as error:
        raise InputError(_("The notes cannot be written."), reason(error), Location(file)) from error


def notes_in(data: bytes, frame: Frame) -> str:
    """The notes of a frame in the bytes of its file, several blocks of them below each other."""
    lines = _split(data)
    found = _blocks(lines, frame.source.split("\n"), frame.source_line - 1)
    return "\n\n".join(text for block in found if (text := _trimmed(block.body(lines))))


def with_notes(data: bytes, frame: Frame, text: str) -> bytes:
    """The bytes of a file where a frame has the notes `text`: in its first block of notes, which takes in what stood in
    others, or else in a new one at the end of its own text. No text, no block.

    Raises InputError where another frame would change, or the text could not be read again as it is.
    """
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise InputError(_("The file is not UTF-8."), _("Save it as UTF-8 to edit notes here.")) from error
    text = _trimmed(_CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"))
    _refuse_marks(text)
    if notes_in(data, frame) == text:
        return data
    lines, before = _split(data), _scanned(data)
    source = frame.source.split("\n")
    start = frame.source_line - 1
    found = _blocks(lines, source, start)
    if found:
        new = _replaced(lines, found, text, keep=bool(text) or _holds_a_root(before, found[0]))
        changed = found[0].start
    else:
        stop = start + len(source)
        if any(piece.heading is not None and piece.heading.line == stop for piece in before.frames):
            stop -= 1  # a text of no lines reads like one of an empty line
        new, changed = _inserted(lines, start, min(stop, len(lines)), text, rootless=_has_no_lines(frame))
    written = b"".join(content + ending for content, ending in new)
    _check(before, written, text, changed, frame)
    return written


# --------------------------------------------------------------------------------------------------------- the file


def _file_as_read(deck: Deck, frame: Frame) -> tuple[Path, bytes]:
    """The file of a frame and its bytes, which are those that the deck was made of."""
    file = deck.file_of(frame)
    if file is None or frame.node is not None or file.suffix.lower() == CANVAS_SUFFIX:
        message = _("This frame is no heading of a text, so it has no notes of its own.")
        raise InputError(message, _("Notes belong to the frames of a Markdown text."), Location(file))
    data = deck_bytes(file)
    digest = hashlib.sha256(data).hexdigest()
    known = deck.digest if frame.origin is None else dict(deck.embedded).get(file, "")
    if digest != known:
        message = _("The file was changed by another program meanwhile; nothing was written.")
        raise InputError(message, _("It is being read anew: try again in a moment."), Location(file))
    return file, data


def _split(data: bytes) -> list[tuple[bytes, bytes]]:
    """The lines of a file, each with what ends it."""
    out: list[tuple[bytes, bytes]] = []
    at = 0
    for ending in _ENDING.finditer(data):
        out.append((data[at : ending.start()], ending[0]))
        at = ending.end()
    out.append((data[at:], b""))
    return out


def _has_no_lines(frame: Frame) -> bool:
    """Whether a frame is the root of a text that begins with its first heading: nothing in the file is its own."""
    return frame.source_line == 1 and not frame.source.strip()


def _trimmed(lines: Sequence[str]) -> str:
    """Lines as a text, without empty ones at either end."""
    kept = [line if line.strip() else "" for line in lines]
    while kept and not kept[0]:
        kept.pop(0)
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join(kept)


# ------------------------------------------------------------------------------------------------- blocks of notes


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of notes: lines of the file counted from 0, `start` its opening one, `first` to `stop` what is in it."""

    start: int
    first: int
    stop: int
    closed: bool
    mark: str
    """The slashes or colons that opened it."""

    @property
    def end(self) -> int:
        """The first line after it."""
        return self.stop + self.closed

    def body(self, lines: Sequence[tuple[bytes, bytes]]) -> list[str]:
        return [content.decode("utf-8", "replace") for content, _ending in lines[self.first : self.stop]]


def _blocks(lines: Sequence[tuple[bytes, bytes]], source: Sequence[str], start: int) -> list[_Block]:
    """The blocks of notes in the lines of a frame, `source`, the first of which is line `start` of the file."""
    out: list[_Block] = []
    for at, span in sorted(outline(source).blocks.items()):
        if span.rest.lower() != "notes" or (out and start + at < out[-1].end):
            continue
        opening = lines[start + at][0].decode("utf-8", "replace")
        if (mark := _MARK.match(opening)) is None:
            message = _("These notes stand inside a list or a quotation.")
            raise InputError(message, _("Edit them in the file itself."))
        first = at + 1 + option_lines(block_options(source, span))
        out.append(_Block(start + at, start + first, start + span.stop, span.closed, mark[1]))
    return out


def _holds_a_root(before: Scan, block: _Block) -> bool:
    """Whether a block stands above the first heading, where its being there may be what makes a frame of it."""
    first = next((piece.heading for piece in before.frames if piece.heading is not None), None)
    return first is not None and block.start + 1 < first.line


def _replaced(
    lines: list[tuple[bytes, bytes]], found: Sequence[_Block], text: str, *, keep: bool
) -> list[tuple[bytes, bytes]]:
    """The lines with `text` in the first of the blocks, which is there to `keep`, and without the others."""
    out = list(lines)
    for block in reversed(found[1:] if keep else found):
        end = block.end if block.closed else _after_text(lines, block.first, block.stop)
        blank_above = block.start == 0 or not out[block.start - 1][0].strip()
        if blank_above and end < len(out) and out[end][1] and not out[end][0].strip():
            end += 1
        del out[block.start : end]
    if keep:
        block = found[0]
        ending = _ending(lines, block.start)
        body = _encoded(text, ending) if text else []
        stop = block.stop
        if not block.closed:
            stop = _after_text(lines, block.first, block.stop)
            body.append((block.mark.encode(), ending if stop < len(lines) else b""))
            if stop == len(lines):
                out[block.start] = (out[block.start][0], ending)
        out[block.first : stop] = body
    return out


def _inserted(
    lines: list[tuple[bytes, bytes]], start: int, stop: int, text: str, *, rootless: bool
) -> tuple[list[tuple[bytes, bytes]], int]:
    """The lines with a new block of notes, and the line it opens on."""
    out = list(lines)
    if rootless:
        body = split_front_matter("\n".join(content.decode("utf-8", "replace") for content, _e in lines)).body_line - 1
        at = next((i for i in range(body, len(lines)) if lines[i][0].strip()), len(lines) - 1)
    else:
        at = _after_text(lines, start, stop)
    ending = _ending(lines, max(at - 1, 0))
    block = [(b"/// notes", ending), *_encoded(text, ending), (b"///", ending)]
    above = [(b"", ending)] if at and out[at - 1][0].strip() else []
    below = [(b"", ending)] if at < len(out) and out[at][0].strip() else []
    if at and not out[at - 1][1]:  # the last line of the file stays the one that nothing ends
        out[at - 1] = (out[at - 1][0], ending)
        block[-1] = (block[-1][0], b"")
    out[at:at] = [*above, *block, *below]
    return out, at + len(above)


def _after_text(lines: Sequence[tuple[bytes, bytes]], first: int, stop: int) -> int:
    """The line after the last of these that is not empty; `first` where all are."""
    stop = min(stop, len(lines))
    while stop > first and not lines[stop - 1][0].strip():
        stop -= 1
    return stop


def _encoded(text: str, ending: bytes) -> list[tuple[bytes, bytes]]:
    body = text.split("\n")
    if indentation(body[0]) >= _CODE_INDENT:  # right below the opening line it would be an option
        body.insert(0, "")
    return [(line.encode(), ending) for line in body]


def _ending(lines: Sequence[tuple[bytes, bytes]], near: int) -> bytes:
    """What ends the lines around here."""
    return next((ending for _content, ending in (lines[near], *lines) if ending), b"\n")


# ------------------------------------------------------------------------------------------------------ what is refused


def _refuse_marks(text: str) -> None:
    """Says what in a text would end its block, or swallow what follows."""
    lines = text.split("\n")
    fences = outline(lines).fences if "```" in text or "~~~" in text else {}
    fenced: set[int] = set()
    for span in fences.values():
        if not span.closed:
            message = _("The code fence in line {n} is never closed.").format(n=span.start + 1)
            raise InputError(message, _("Put {mark} on a line of its own below it.").format(mark=span.fence.mark * 3))
        fenced.update(range(span.start, span.stop))
    for number, line in enumerate(lines):
        if number not in fenced and block_line(without_containers(line)) is not None:
            message = _("Line {n} begins with ///, which notes cannot hold.").format(n=number + 1)
            raise InputError(message, _("Remove it, or edit the file itself."))


def _check(before: Scan, written: bytes, text: str, changed: int, frame: Frame) -> None:
    """Raises InputError unless the new file reads as meant: the same frames, one of them with other notes."""
    if len(written) > LARGEST_DECK:
        raise InputError(_("The file would be too large to be opened again."))
    after = _scanned(written)
    olds, news = _whole(before), _whole(after)
    differ = [(a, b) for a, b in zip(olds, news, strict=False) if not _same(a, b)]
    above = [piece for piece in news if piece.first_line <= changed + 1]
    own = differ[0][1] if differ else above[-1]
    if (
        len(olds) != len(news)
        or len(differ) > 1
        or any(not _same_but_text(a, b) for a, b in differ)
        or own.first_line > changed + 1
        or frame.source_line < changed + 1 <= frame.line  # between a title and words that stand above it
        or not _kept(before, after)
    ):
        raise _elsewhere()
    first = next((piece for piece in above if piece.first_line == frame.source_line), own)
    source = own.text
    if first.first_line < own.first_line:  # a title with words above it is one frame with them
        source = first.text + "\n" * (own.first_line - first.first_line - first.text.count("\n")) + own.text
    lines = _split(written)
    found = _blocks(lines, source.split("\n"), min(first.first_line, own.first_line) - 1)
    if _trimmed([line for block in found for line in block.body(lines)]) != text or not all(b.closed for b in found):
        raise _elsewhere()


def _whole(scanned: Scan) -> list[SourceFrame]:
    """The frames of a text, with one above the first heading where nothing stands."""
    frames = scanned.frames
    return list(frames) if frames and frames[0].heading is None else [SourceFrame(None, "", 1), *frames]


def _scanned(data: bytes) -> Scan:
    text = text_of(data)
    front = split_front_matter(text)
    return scan(text, deepest=read_metadata(front.text, front.first_line, None)[0].frames)


def _same(a: SourceFrame, b: SourceFrame) -> bool:
    return _same_but_text(a, b) and a.text == b.text and a.blocks == b.blocks


def _same_but_text(a: SourceFrame, b: SourceFrame) -> bool:
    """Whether two frames have one heading and put in the same others."""
    first, second = (
        (piece.heading and (piece.heading.level, piece.heading.text, piece.heading.attributes)) for piece in (a, b)
    )
    return first == second and [(e.target, e.part, e.private) for e in a.embeds] == [
        (e.target, e.part, e.private) for e in b.embeds
    ]


def _kept(before: Scan, after: Scan) -> bool:
    """Whether what other frames may use of the whole file says what it said."""
    old, new = before.definitions, after.definitions
    return (
        dict(old.footnotes).items() <= dict(new.footnotes).items()
        and set(old.links) <= set(new.links)
        and dict(old.abbreviations).items() <= dict(new.abbreviations).items()
    )


def _elsewhere() -> InputError:
    message = _("With this text, more than these notes would change; nothing was written.")
    return InputError(message, _("Close what it opens, as a comment, or edit the file itself."))
