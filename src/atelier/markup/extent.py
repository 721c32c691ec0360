"""How much a frame's own text holds, estimated from its lines without parsing; decides where the canvas puts it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier.markup.blockspec import ACTIVITIES, HIDDEN_FROM_AUDIENCE, BlockFault, option_lines, read_head
from atelier.markup.comments import strip_comments
from atelier.markup.lines import attribute_line, atx_heading, block_line, is_rule, list_marker, without_quotes
from atelier.markup.outline import BlockSpan, Outline, outline
from atelier.markup.plain import plain_words, take_pictures
from atelier.markup.tables import starts_table

_CODE = ("    ", "\t")
_LONGEST_LEAD = 300
_LONGEST_FORMULA = 60
_MOST_OPTIONS = 50
_LONGEST = 100_000
"""Signs that are looked at; more of them do not make a frame any larger."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What the audience sees of a frame's own text, roughly.

    `lead` is its words when all of it is one short paragraph; `paragraphs` are the signs of each paragraph or list
    item; `heavy` counts tables, code, columns, formulas, callouts and cases.
    """

    lead: str = ""
    paragraphs: tuple[int, ...] = ()
    pictures: int = 0
    heavy: int = 0
    empty: bool = True


NOTHING = Extent()


def extent(source: str) -> Extent:
    """The extent of a frame's Markdown; notes, private blocks and comments do not count."""
    if len(source) > _LONGEST:
        source = source[:_LONGEST]
    if not source.strip():
        return NOTHING
    lines, _diagnostics = strip_comments(source.split("\n"), 1)
    reader = _Estimate(lines, outline(lines))
    reader.read()
    return reader.result()


def _signs(text: str) -> int:
    """How many signs of Latin text take as much room: those of Chinese, Japanese and Korean are twice as wide."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


_WIDE = re.compile("[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60]")


class _Estimate:
    def __init__(self, lines: list[str], found: Outline) -> None:
        self._lines = lines
        self._found = found
        self._paragraphs: list[str] = []
        self._pictures = 0
        self._heavy = 0
        self._plain = True
        """Whether all so far is paragraphs, with no list, quote or heading."""

    def result(self) -> Extent:
        paragraphs = [text for text in self._paragraphs if text]
        empty = not paragraphs and not self._pictures and not self._heavy
        one = self._plain and len(paragraphs) == 1 and not self._pictures and not self._heavy
        signs = tuple(_signs(text) for text in paragraphs)
        lead = paragraphs[0] if one and signs[0] <= _LONGEST_LEAD else ""
        return Extent(lead, signs, self._pictures, self._heavy, empty)

    def read(self) -> None:
        lines = self._lines
        index = 0
        current: list[str] = []
        while index < len(lines):
            if fence := self._found.fences.get(index):
                self._end(current)
                self._heavy += 1
                index = max(index + 1, fence.end)
            elif span := self._found.blocks.get(index):
                self._end(current)
                index = self._block(index, span)
            else:
                index = self._line(lines[index], index, current)
        self._end(current)

    def _line(self, line: str, index: int, current: list[str]) -> int:
        """Takes one line, or a table or formula from it on, into account; returns the next."""
        if not current and self._plain and line.startswith(_CODE) and line.strip():
            self._heavy += 1
            while index + 1 < len(self._lines) and (self._lines[index + 1].startswith(_CODE)):
                index += 1
            return index + 1
        text = without_quotes(line).strip()
        if text != line.strip():
            self._plain = False
        if not text or (text[0] == "/" and block_line(text) is not None):
            self._end(current)
        elif text[0] == "{" and (pairs := attribute_line(text)) is not None:
            if ("class", "private") in pairs:
                current.clear()
        elif text[0] in "-*_=" and (is_rule(text) or not text.strip("=")):
            self._end(current)
        elif text[0] == "#" and (heading := atx_heading(text)):
            self._end(current)
            self._plain = False
            self._end([heading[1]])
        elif "|" in line and index + 1 < len(self._lines) and starts_table(line, self._lines[index + 1]):
            self._end(current)
            self._heavy += 1
            index += 1
            while index + 1 < len(self._lines) and "|" in self._lines[index + 1]:
                index += 1
        elif text.startswith(("$$", "\\[", "\\begin{")):
            self._end(current)
            self._heavy += 1
            index = self._formula_end(text, index)
        elif text.startswith(("!!! ", "??? ", "<table", "<pre", "<details")):
            self._end(current)
            self._heavy += 1
        elif text.startswith(":::"):
            self._end(current)
        elif text[0] in "-*+0123456789" and (marker := list_marker(text)):
            self._end(current)
            self._plain = False
            current.append(marker.text)
        else:
            current.append(text)
        return index + 1

    def _formula_end(self, text: str, index: int) -> int:
        """The line a displayed formula ends on."""
        closing = "$$" if text.startswith("$$") else "\\]" if text.startswith("\\[") else "\\end{"
        if closing in text[2:]:
            return index
        end = index + 1
        while end < min(len(self._lines), index + _LONGEST_FORMULA) and self._lines[end].strip():
            if closing in self._lines[end]:
                return end
            end += 1
        return index

    def _block(self, start: int, span: BlockSpan) -> int:
        """Weighs an opening; returns the line to go on at, inside the block or, when it is hidden, below it."""
        options = self._lines[start + 1 : min(span.stop, start + _MOST_OPTIONS)]
        options = options[: option_lines(options)]
        head = read_head(span.rest, options)
        if isinstance(head, BlockFault) or head.name in HIDDEN_FROM_AUDIENCE:
            return max(start + 1, span.end)
        if head.name in ("columns", "callout", "case") or head.name in ACTIVITIES or head.name == "agenda":
            self._heavy += 1
            self._plain = False
        return start + 1 + len(options)

    def _end(self, current: list[str]) -> None:
        """Closes the paragraph at hand."""
        if not current:
            return
        text, pictures = take_pictures(" ".join(current))
        current.clear()
        self._pictures += pictures
        words = plain_words(text)
        if words is None:
            self._plain = False
            words = text
        self._paragraphs.append(words)
