"""What stays with the author when a deck is handed on: what was taken out or replaced, and where it stood.

Looked for in the deck as its author wrote it, by the same reading and the same redaction that exports go through.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from atelier.deck.contents import Contents
from atelier.deck.decoding import deck_bytes, text_of
from atelier.deck.files import LARGEST_PICTURE
from atelier.deck.front_matter import read_metadata
from atelier.deck.picture_metadata import Said, said_beside
from atelier.deck.references import inner_fields, picture_file, pictures
from atelier.deck.replacements import Texts, in_footnotes, replacements
from atelier.foundation.errors import AtelierError
from atelier.markup.audience import mapped
from atelier.markup.blocks import FootnoteMark, Footnotes, Inline, LineBreak, Private, is_private, plain_text
from atelier.markup.frontmatter import split_front_matter
from atelier.markup.scanner import scan
from atelier.markup.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from atelier.deck.types import Deck, Frame
    from atelier.markup.blocks import Block, Content, Footnote

_UNREAD: Final = frozenset({"block-unknown", "block-option"})


class Kind(Enum):
    FRAME = auto()
    """A private frame with all in it."""
    BLOCK = auto()
    SPAN = auto()
    """Private words in a line."""
    COMMENT = auto()
    UNREAD = auto()
    """A block whose `///` line does not parse: it may be private."""
    TERM = auto()
    """A term of `redact`."""
    LINK = auto()
    """A link whose address holds a term."""
    PICTURE = auto()
    """A picture whose file says more than it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Something that nobody gets. `words` are those that stood there, of a picture its name."""

    kind: Kind
    file: Path | None
    line: int
    words: str
    instead: str = ""
    """Of a term: what is read in its place."""
    term: str = ""
    """The term as `redact` has it."""
    said: frozenset[Said] = frozenset()
    """Of a picture: what its file said."""
    frames: int = 0
    """Of a private frame: how many there are with those in it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How much stays: private frames, blocks and words; comments; blocks that do not parse; and so on."""

    private: int = 0
    comments: int = 0
    unread: int = 0
    terms: int = 0
    """Different ones, however often they stand there."""
    links: int = 0
    pictures: int = 0


def removals(deck: Deck) -> tuple[Removal, ...]:
    """Everything that no export of `deck` holds, which still has what is private; in the order of files and lines.

    Parses every frame, and reads its pictures.
    """
    contents = Contents(deck)
    found = [*_unread_lines(deck), *_private(deck, contents.content), *_pictures(deck, contents.content)]
    if deck.redact:
        for each in replacements(deck, contents.content):
            kind = Kind.LINK if each.is_address else Kind.TERM
            instead = "" if each.is_address else each.term.replacement
            found.append(
                Removal(
                    kind=kind, file=each.file, line=each.line, words=each.words, instead=instead, term=each.term.text
                )
            )
    files = {file: place for place, file in enumerate((deck.file, *(file for file, _digest in deck.embedded)))}
    found.sort(key=lambda each: (files.get(each.file, len(files)), str(each.file), each.line))
    return tuple(found)


def tally(found: Iterable[Removal]) -> Tally:
    kinds: Counter[Kind] = Counter()
    terms: set[str] = set()
    for each in found:
        kinds[each.kind] += 1
        if each.kind is Kind.TERM:
            terms.add(each.term)
    return Tally(
        private=kinds[Kind.FRAME] + kinds[Kind.BLOCK] + kinds[Kind.SPAN],
        comments=kinds[Kind.COMMENT],
        unread=kinds[Kind.UNREAD],
        terms=len(terms),
        links=kinds[Kind.LINK],
        pictures=kinds[Kind.PICTURE],
    )


# ------------------------------------------------------------------------------------------------- lines of the text


def _unread_lines(deck: Deck) -> Iterator[Removal]:
    """Comments, and blocks that do not parse: they are in no frame."""
    for file in dict.fromkeys((deck.file, *(file for file, _digest in deck.embedded))):
        frames = [frame for frame in deck.frames if deck.file_of(frame) == file and frame.node is None]
        for each in _hidden_in(file):
            if file == deck.file or any(_holds(frame, each.line) for frame in frames):
                yield each
    for frame in deck.frames:
        if frame.node is not None and frame.source:
            for hidden in scan(frame.source).hidden:
                kind = Kind.COMMENT if hidden.comment else Kind.UNREAD
                yield Removal(kind=kind, file=deck.file_of(frame), line=frame.line, words=hidden.words)


def _hidden_in(file: Path | None) -> Iterator[Removal]:
    if file is None or file.suffix.lower() == ".canvas":
        return
    try:
        text = text_of(deck_bytes(file))
    except AtelierError:
        return
    front = split_front_matter(text)
    for hidden in scan(text, deepest=read_metadata(front.text, front.first_line, None)[0].frames).hidden:
        kind = Kind.COMMENT if hidden.comment else Kind.UNREAD
        yield Removal(kind=kind, file=file, line=hidden.line, words=hidden.words)


def _holds(frame: Frame, line: int) -> bool:
    return frame.line <= line < frame.source_line + frame.source.count("\n") + 1


# ---------------------------------------------------------------------------------------------------------- private


def _private(deck: Deck, content: Callable[[int], Content]) -> Iterator[Removal]:
    """Private frames, each with all in it, and what is private in others. A file that is put in twice counts once."""
    seen: set[tuple[Kind, Path | None, int, str]] = set()
    read: set[tuple[Path | None, int]] = set()
    texts = Texts()
    for frame in deck.frames:
        file = deck.file_of(frame)
        if frame.made or (frame.node is None and (file, frame.line) in read):
            continue
        read.add((file, frame.line))
        for kind, line, said, frames in _private_in(deck, frame, content):
            place = line or (in_footnotes(texts.lines(file), said) or (frame.line,))[0]
            key = (kind, file, place, said)
            if key not in seen or kind is Kind.SPAN:
                seen.add(key)
                yield Removal(kind=kind, file=file, line=place, words=said, frames=frames)


def _private_in(deck: Deck, frame: Frame, content: Callable[[int], Content]) -> Iterator[tuple[Kind, int, str, int]]:
    if frame.private:
        if frame.parent < 0 or not deck.frames[frame.parent].private:
            title = plain_text(frame.title_inlines, private=True).strip()
            yield Kind.FRAME, frame.line, title or frame.id, _count(deck, frame)
        return
    yield from _passages(frame.title_inlines, frame.line)
    read = content(frame.index)
    for blocks in (read.blocks, read.notes):
        yield from _passages(blocks, 0)
        yield from ((Kind.BLOCK, 0, words(note.blocks), 0) for note in _unreached_notes(blocks))
    lines = frame.source.split("\n")
    for each in read.diagnostics:
        if each.code in _UNREAD:
            yield Kind.UNREAD, each.line, _block_at(lines, each.line - frame.source_line), 0


def _count(deck: Deck, frame: Frame) -> int:
    return 1 + sum(_count(deck, deck.frames[child]) for child in frame.children)


def _passages(value: Any, line: int) -> Iterator[tuple[Kind, int, str, int]]:
    """Private blocks and words below `value`; `line` is that of the innermost block that has one, 0 in a footnote."""
    if isinstance(value, tuple):
        items = cast("tuple[Any, ...]", value)
        if items and isinstance(items[0], Inline):
            yield from ((Kind.SPAN, line, said, 0) for said in _spans(items))
            return
        for item in items:
            yield from _passages(item, line)
    elif isinstance(value, Private):
        yield Kind.BLOCK, value.line or line, words(value.blocks), 0
    elif names := inner_fields(cast("type[Any]", type(value))):
        line = getattr(value, "line", 0) or line
        for name in names:
            yield from _passages(getattr(value, name), line)


def _spans(inlines: tuple[Inline, ...]) -> Iterator[str]:
    """The private words of a line; those that stand together are one."""
    at = 0
    while at < len(inlines):
        start = at
        while at < len(inlines) and (is_private(inlines[at]) or (at > start and isinstance(inlines[at], LineBreak))):
            at += 1
        if at > start:
            yield plain_text(inlines[start:at], private=True).strip()
        at += 1


def _unreached_notes(blocks: tuple[Block, ...]) -> list[Footnote]:
    """Footnotes that only private text has marks of."""
    notes = {note.number: note for block in blocks if isinstance(block, Footnotes) for note in block.items}
    left = _marks(tuple(block for block in blocks if not isinstance(block, Footnotes)))
    reached: set[int] = set()
    while left:
        number = left.pop()
        if number in notes and number not in reached:
            reached.add(number)
            left += _marks(notes[number].blocks)
    return [note for number, note in notes.items() if number not in reached]


def _marks(blocks: tuple[Block, ...]) -> list[int]:
    """The numbers of the footnotes that everyone sees a mark of."""
    found: list[int] = []

    def inline(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        found.extend(run.number for run in inlines if isinstance(run, FootnoteMark) and not run.private)
        return inlines

    def inner(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        for block in blocks:
            if not isinstance(block, Private):
                mapped(block, inner, inline)
        return blocks

    inner(blocks)
    return found


def _block_at(lines: list[str], start: int) -> str:
    """The lines of a block that begins at an index, with the one that closes it or to the end."""
    if not 0 <= start < len(lines):
        return ""
    stop = next(
        (i for i in range(start + 1, len(lines)) if lines[i].strip() and not lines[i].strip(" \t>/")), len(lines)
    )
    return "\n".join(lines[start : stop + 1]).strip()


# --------------------------------------------------------------------------------------------------------- pictures


def _pictures(deck: Deck, content: Callable[[int], Content]) -> Iterator[Removal]:
    """Pictures whose files say more than they show, where each is first used."""
    seen: set[Path] = set()
    for frame in deck.frames:
        if frame.private:
            continue
        named = [(source, line) for source, _alt, line in pictures(content(frame.index))]
        named += [(source, frame.line) for source in (frame.background, frame.map) if source]
        for source, line in named:
            file = picture_file(deck, frame, source)
            if not isinstance(file, Path) or file in seen:
                continue
            seen.add(file)
            if said := _said(file):
                yield Removal(kind=Kind.PICTURE, file=deck.file_of(frame), line=line, words=file.name, said=said)


def _said(file: Path) -> frozenset[Said]:
    if file.suffix.lower() == ".svg":
        from atelier.deck.bare_svg import says_more
        from atelier.deck.svg import read_svg

        try:
            return frozenset({Said.DESCRIPTION}) if says_more(read_svg(file).root) else frozenset()
        except AtelierError:
            return frozenset()
    try:
        return said_beside(file.read_bytes()) if file.stat().st_size <= LARGEST_PICTURE else frozenset()
    except OSError:
        return frozenset()
