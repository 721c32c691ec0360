"""One frame's Markdown to its typed blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atelier.markup.blocks import Content, Inline, Paragraph, Text
from atelier.markup.comments import strip_comments
from atelier.markup.frame import FrameState
from atelier.markup.gathering import Lines
from atelier.markup.grammar import Grammar
from atelier.markup.inlines import InlineReader, in_line
from atelier.markup.limits import LONGEST_TITLE, MOST_INDENT, MOST_LINES, calm

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.markup.source import Definitions

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_FAR_INDENTED = re.compile(rf"^( {{{MOST_INDENT}}}) +", re.MULTILINE)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class FrameParser:
    """Parses the frames of one file with the definitions of the whole of it.

    Not to be used from two threads at once: all frames share one Python-Markdown.
    """

    def __init__(self, definitions: Definitions, language: str = "en", file: Path | None = None) -> None:
        self._language = language
        self._file = file
        self._notes = dict(definitions.footnotes)
        self._reader = InlineReader(definitions)

    def parse(
        self, source: str, first_line: int, *, lang: str = "", notes: bool = True, breaks: bool = False
    ) -> Content:
        """The content of a frame whose `source` begins at the file's line `first_line`.

        `lang` is the frame's language where it is not the deck's. Without `notes` they are left unread. With `breaks`
        every end of a line breaks the line, as in a canvas of Obsidian.
        """
        self._reader.breaks_lines = breaks
        texts = _clean(source).split("\n")
        texts, _reported_by_the_scanner = strip_comments(texts, first_line)
        state = FrameState(self._file, lang or self._language, reads_notes=notes)
        if len(texts) > MOST_LINES:
            texts = _shortened(texts, first_line, state)
        grammar = Grammar(self._reader, self._notes, state)
        blocks = grammar.blocks(Lines(texts, list(range(first_line, first_line + len(texts)))))
        if state.seen.cut:
            blocks += (Paragraph(inlines=(Text("…"),), line=first_line),)
        blocks += grammar.footnotes(state.register)
        with state.in_notes():
            spoken = (*state.notes, *grammar.footnotes(state.notes_register))
        return Content(blocks, spoken, state.steps, tuple(state.diagnostics))

    def parse_inline(self, text: str, *, lang: str = "") -> tuple[Inline, ...]:
        """The runs of a heading; footnote marks are left out."""
        text, rest = calm(_clean(text), LONGEST_TITLE)
        runs = in_line(self._reader.read(text, lang or self._language, None))
        if not rest:
            return runs
        shown = rest[: LONGEST_TITLE - len(text)]
        return (*runs, Text(shown if shown == rest else f"{shown}…"))


def _shortened(texts: list[str], first_line: int, state: FrameState) -> list[str]:
    """The lines of a long frame that are looked at: none where the rest may say that they are private."""
    rest = texts[MOST_LINES:]
    if not any(map(str.strip, rest)):
        return texts[:MOST_LINES]
    most = 0 if any("private" in text for text in rest) else MOST_LINES
    state.cut(first_line + most)
    return texts[:most]


def _clean(source: str) -> str:
    """Line feeds as newlines, no control characters, no boundless indentation, nothing that is not a character."""
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    source = source.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if _UNPRINTABLE.search(source):
        source = _UNPRINTABLE.sub("", source)
    if " " * MOST_INDENT in source:
        source = _FAR_INDENTED.sub(r"\1", source)
    return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", source) if not source.isascii() else source
