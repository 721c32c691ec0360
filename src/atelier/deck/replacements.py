"""Where the terms of `redact` stand in a deck: each place, as redaction finds it, with its line in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atelier.deck.decoding import deck_bytes, text_of
from atelier.deck.ids import slug
from atelier.deck.paths import FrameTable
from atelier.deck.redaction import described, redacted_drawing, redacted_node
from atelier.deck.references import picture_file, pictures
from atelier.foundation.errors import AtelierError
from atelier.markup.frontmatter import split_front_matter
from atelier.markup.redaction import Redaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from atelier.deck.types import Deck, Frame
    from atelier.markup.blocks import Content
    from atelier.markup.terms import Found, Term


_TITLE: Final = re.compile(r"[\"']?title[\"']?\s*:")
_FOOTNOTE: Final = re.compile(r" {0,3}\[\^[^\]\s]{1,200}\]:")


@dataclass(frozen=True, slots=True)
class Replacement:
    """A term in a deck, `words` as they stand there; an address that holds one is lost as a whole."""

    file: Path | None
    line: int
    words: str
    term: Term
    is_address: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    line: int
    words: str
    term: Term
    is_address: bool = False
    is_name: bool = False


class _Noting(Redaction):
    """Redaction that keeps what it finds."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self.hits: list[_Hit] = []
        self.lines: list[int] = []
        """Of the blocks that were begun."""
        self._line = 0

    def begin(self, line: int) -> None:
        self._line = line
        self.lines.append(line)

    def pieces(self, pieces: Sequence[str], *, sentences: bool = True) -> list[str]:
        flat = "".join(pieces)
        self._note(flat, self.terms.find(flat))
        return super().pieces(pieces, sentences=sentences)

    def name(self, name: str, put: Callable[[str], str] | None = None) -> str:
        self._note(name, self.terms.find_in_name(name), is_name=True)
        return super().name(name, put)

    def address(self, address: str) -> str:
        term = self.terms.in_address(address) if address else None
        if term is not None:
            hit = _Hit(self._line, address, term, is_address=True)
            if not self.hits or self.hits[-1] != hit:  # a link in several styles is several runs
                self.hits.append(hit)
        return super().address(address)

    def tex(self, tex: str) -> str:
        done = super().tex(tex)
        if done != tex:
            found = self.terms.find(tex)
            term = found[0].term if found else self.terms.all[0]
            self.hits.append(_Hit(self._line, tex, term))
        return done

    def _note(self, text: str, found: Iterable[Found], *, is_name: bool = False) -> None:
        self.hits += [_Hit(self._line, text[each.start : each.end], each.term, is_name=is_name) for each in found]


def replacements(deck: Deck, content: Callable[[int], Content]) -> Iterator[Replacement]:
    """Every place of a term outside private frames; `content` gives the parsed text of frames by their index.

    A name that says what a title or a text beside it does (an id, a file) is no place of its own.
    """
    texts = Texts()
    table = FrameTable(deck.frames)
    seen: set[tuple[Path | None, int, int, str, bool]] = set()

    def link(noting: _Noting) -> Callable[[str], str]:
        return lambda href: href if href.startswith("#") and table.find(href) is not None else noting.address(href)

    def placed(noting: _Noting, file: Path | None, end: int) -> Iterator[Replacement]:
        for line, column, hit in texts.placed(file, noting, end):
            key = (file, line, column, hit.words, hit.is_address)
            if column and key in seen:
                continue
            seen.add(key)
            yield Replacement(file, line, hit.words, hit.term, hit.is_address)

    noting = _Noting(deck.redact)
    noting.begin(1)
    front = texts.front(deck.file)
    described(deck if any(map(_TITLE.match, front)) else replace(deck, title=""), noting)
    yield from placed(noting, deck.file, len(front) + 1)
    for frame in deck.frames:
        if frame.private or frame.made:
            continue
        noting = _Noting(deck.redact)
        noting.begin(frame.line)
        _look(frame, content(frame.index), noting, link(noting))
        yield from placed(noting, deck.file_of(frame), frame.source_line + frame.source.count("\n") + 1)
    for file in _drawings(deck, content):
        yield from _drawn(file, deck)


def _look(frame: Frame, read: Content, noting: _Noting, link: Callable[[str], str]) -> None:
    """Has everything of a frame redacted, and thrown away: what counts is what is found."""
    if frame.node is not None:
        redacted_node(frame.node, frame.title, noting)
    elif frame.heading:  # without one the title is that of the deck
        noting.inlines(frame.title_inlines, link)
    noting.text(frame.label)
    if not noting.hits:
        noting.name(frame.id, slug)
    noting.blocks(read.blocks, link)
    noting.blocks(read.notes, link)
    for source, alt, line in pictures(read):
        if alt.strip():  # without words the name was looked at for them
            noting.begin(line)
            if not any(hit.line == line for hit in noting.hits):
                noting.name(source.replace("\\", "/").rpartition("/")[2])


def _drawings(deck: Deck, content: Callable[[int], Content]) -> list[Path]:
    found: dict[Path, None] = {}
    for frame in deck.frames:
        if frame.private:
            continue
        named = [source for source, _alt, _line in pictures(content(frame.index))]
        for source in (*named, frame.background, frame.map):
            if source.lower().endswith(".svg"):
                file = picture_file(deck, frame, source)
                if isinstance(file, Path):
                    found[file] = None
    return list(found)


def _drawn(file: Path, deck: Deck) -> Iterator[Replacement]:
    from atelier.deck.svg import read_svg

    noting = _Noting(deck.redact)
    try:
        redacted_drawing(read_svg(file), noting)
    except AtelierError:
        return
    yield from (Replacement(file, 0, hit.words, hit.term) for hit in noting.hits)


class Texts:
    """The lines of files, to say where in a block words stand."""

    def __init__(self) -> None:
        self._lines: dict[Path | None, list[str]] = {}

    def front(self, file: Path | None) -> list[str]:
        """The lines of the front matter."""
        lines = self.lines(file)
        return lines[: split_front_matter("\n".join(lines)).body_line - 1]

    def placed(self, file: Path | None, noting: _Noting, end: int) -> Iterator[tuple[int, int, _Hit]]:
        """Line and column of each hit; the column is 0 where the words are not written as they are read.

        Looked for from the block's line to the next block's, or to `end`.
        """
        lines = self.lines(file)
        begun = sorted({*noting.lines, end})
        at: dict[int, tuple[int, int]] = {}
        for hit in noting.hits:
            line, column = at.get(hit.line, (hit.line, 0))
            last = begun[min(bisect_right(begun, hit.line), len(begun) - 1)]
            found = _find(lines, hit.words, line, column, max(last, hit.line + 1))
            found = found or in_footnotes(lines, hit.words)
            if found is None:
                yield hit.line, 0, hit
            else:
                at[hit.line] = found
                yield *found, hit

    def lines(self, file: Path | None) -> list[str]:
        """Those of a file, without the terms of `redact`; none of one that is no text."""
        if file not in self._lines:
            text = ""
            if file is not None and file.suffix.lower() != ".canvas":
                try:
                    text = text_of(deck_bytes(file))
                except AtelierError:
                    text = ""
            self._lines[file] = _without_terms(text).split("\n")
        return self._lines[file]


def _without_terms(text: str) -> str:
    """`text` with empty lines in place of the key `redact`, where terms stand but are in nothing that is shown."""
    lines = text.split("\n")
    inside = False
    for index in range(min(split_front_matter(text).body_line - 1, len(lines))):
        line = lines[index]
        if line[:1] not in {" ", "\t", "", "-", "}"}:
            inside = line.partition(":")[0].strip(" \"'") == "redact"
        if inside:
            lines[index] = ""
    return "\n".join(lines)


def _find(lines: list[str], words: str, line: int, column: int, end: int) -> tuple[int, int] | None:
    """Line and column, both from 1, of the next place where `words` begin, behind a column and before a line."""
    first = next(iter(words.split()), "").casefold()
    for number in range(line, min(end, len(lines) + 1)):
        place = lines[number - 1].casefold().find(first, column if number == line else 0) if number else -1
        if place >= 0:
            return number, place + 1
    return None


def in_footnotes(lines: list[str], words: str) -> tuple[int, int] | None:
    """Line and column of the first place of `words` in the definition of a footnote, which knows no line of its own."""
    inside = False
    for number, line in enumerate(lines, 1):
        if line.strip():
            inside = bool(_FOOTNOTE.match(line)) or (inside and line[:1] in " \t")
        if inside and (found := _find(lines, words, number, 0, number + 1)) is not None:
            return found
    return None
