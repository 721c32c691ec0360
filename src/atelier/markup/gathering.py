"""Which lines belong to a list item, a quote, a paragraph: the block structure of Markdown, line by line.

Every function takes the lines of one container (its own marks already gone) and returns where the thing ends. What is
read here is what people write, as GFM has it: two spaces nest a list, and a list may follow a paragraph directly.
Python-Markdown's own block parser wants four and an empty line, and knows no lines; it reads the inside of paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.markup.gridtables import starts_grid
from atelier.markup.limits import LONGEST_FORMULA
from atelier.markup.lines import (
    Marker,
    attribute_line,
    atx_heading,
    block_line,
    dedent,
    indentation,
    is_rule,
    list_marker,
)
from atelier.markup.outline import Outline, outline
from atelier.markup.safety import html_block_end
from atelier.markup.tables import starts_table

if TYPE_CHECKING:
    from collections.abc import Sequence

CODE_INDENT = 4
_NESTING_INDENT = 2
"""The least indentation, from its marker, that puts a line into a list item."""
_QUOTE = re.compile(r" {0,3}>")
_QUOTE_MARK = re.compile(r"[ \t]*> ?")
_ADMONITION = re.compile(r"""(?:!!!|\?\?\?\+?) ?([\w-]+(?: +[\w-]+)*?)?(?: +["'](.*)["'])?[ \t]*$""")
_TAB = re.compile(r'===[!+]? "(.*)"[ \t]*$')
_DESCRIPTION = re.compile(r" {0,3}:[ \t]+\S")
_ENVIRONMENT = re.compile(r"\\begin\{([A-Za-z]{1,20}\*?)\}")
_CALLOUT = re.compile(r"\\?\[!([\w-]{1,40})(?:\|[^\]]{0,80})?\\?\][+-]?[ \t]*(.*)$")
_BOLD_CALLOUT = re.compile(r"(?:\*\*|__)(note|tip|important|warning|caution|info|attention)(?:\*\*|__)$", re.IGNORECASE)
_BLOCK_ID = re.compile(r"(?:^|[ \n])\^(?:[0-9a-f]{6}|[A-Za-z][\w-]{3,60})$")
_SETEXT = re.compile(r" {0,3}(?:(=+)|(-{2,}))[ \t]*$")


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one container and the file's line number of each."""

    texts: list[str]
    numbers: list[int]

    def __len__(self) -> int:
        return len(self.texts)

    def part(self, start: int, stop: int) -> Lines:
        return Lines(self.texts[start:stop], self.numbers[start:stop])

    def outline(self) -> Outline:
        return outline(self.texts)


def is_quote(line: str) -> bool:
    return _QUOTE.match(line) is not None


def admonition(line: str) -> re.Match[str] | None:
    return _ADMONITION.match(line) if line.startswith(("!!!", "???")) and len(line.strip()) > len("!!!") else None


def tab(line: str) -> str | None:
    """The name of a tab of MkDocs, whose content is indented below it."""
    found = _TAB.match(line) if line.startswith("===") else None
    return found[1] if found else None


def callout_head(line: str) -> tuple[str, str] | None:
    """Kind and title of a quote that is a callout: `[!note]- Title`, as Obsidian and GitHub write it, or `**Note**`."""
    if found := _CALLOUT.match(line.strip()):
        return found[1], found[2]
    found = _BOLD_CALLOUT.match(line.strip())
    return (found[1], "") if found else None


def without_block_id(text: str) -> str:
    """A paragraph without the name Obsidian has given it: `^quote-of-the-day` at its end."""
    return _BLOCK_ID.sub("", text) if "^" in text else text


def is_description(line: str) -> bool:
    return _DESCRIPTION.match(line) is not None


def setext_level(line: str) -> int:
    """1 or 2 for a line of signs that makes the line above it a heading, else 0."""
    found = _SETEXT.match(line) if line.lstrip(" ")[:1] in ("=", "-") else None
    return 0 if found is None else 1 if found[1] else 2


def interrupts(lines: Lines, index: int, found: Outline) -> bool:
    """Whether a line ends the paragraph above it."""
    line = lines.texts[index]
    stripped = line.lstrip(" \t")
    if not stripped:
        return True
    sign = stripped[0]
    if sign.isalpha() and "|" not in line:
        return False
    if index in found.fences or index in found.blocks or (sign == "/" and block_line(line) is not None):
        return True
    if indentation(line) >= CODE_INDENT:
        return False
    if sign in "-*+0123456789" and (marker := list_marker(line)) is not None:
        return bool(marker.text) and marker.number in (None, 1)
    return (
        (sign == "#" and atx_heading(stripped) is not None)
        or sign == ">"
        or (sign in "-*_" and is_rule(line))
        or (sign == "{" and attribute_line(line) is not None)
        or (sign in "!?" and admonition(line) is not None)
        or (sign == "=" and tab(line) is not None)
        or stripped.startswith(":::")
        or (sign == "+" and starts_grid(line))
        or (sign == "<" and html_block_end(line) is not None)
        or (sign in "$\\" and math_span(lines, index) is not None)
        or (index + 1 < len(lines) and starts_table(line, lines.texts[index + 1]))
    )


def paragraph_end(lines: Lines, start: int, found: Outline) -> int:
    end = start + 1
    while end < len(lines) and not interrupts(lines, end, found):
        if setext_level(lines.texts[end]) and end == start + 1:
            break
        if is_description(lines.texts[end]):
            break
        end += 1
    return end


@dataclass(frozen=True, slots=True)
class Item:
    marker: Marker
    lines: Lines


def list_items(lines: Lines, start: int, found: Outline) -> tuple[list[Item], int]:
    """The items of the list that begins at `start`, each with its own lines, and the first line after the list."""
    items: list[Item] = []
    index = start
    first: Marker | None = None
    while index < len(lines):
        marker = list_marker(lines.texts[index])
        if marker is None or marker.indent >= CODE_INDENT:
            break
        if first is None:
            first = marker
        elif (marker.number is None, marker.sign) != (first.number is None, first.sign):
            break
        item, index = _item(lines, index, marker, found)
        items.append(item)
        after = _skip_blank(lines, index)
        if after >= len(lines):
            break
        if list_marker(lines.texts[after]) is None or indentation(lines.texts[after]) >= CODE_INDENT:
            break
        index = after
    return items, index


def _item(lines: Lines, start: int, marker: Marker, found: Outline) -> tuple[Item, int]:
    texts, numbers = [marker.text], [lines.numbers[start]]
    least = marker.indent + _NESTING_INDENT
    index = start + 1
    if span := found.fences.get(start) or found.blocks.get(start):
        index = _take(lines, index, span.end, marker.content, texts, numbers)
    while index < len(lines):
        line = lines.texts[index]
        if not line.strip():
            after = _skip_blank(lines, index)
            if after == len(lines) or indentation(lines.texts[after]) < least or texts == [""]:
                break
            index = _take(lines, index, after, marker.content, texts, numbers)
            continue
        if indentation(line) < least:
            lazy = texts[-1].strip() and not interrupts(lines, index, found) and list_marker(line) is None
            if not lazy or _ends_lazily(texts[-1]):
                break
            texts.append(line.strip())
            numbers.append(lines.numbers[index])
            index += 1
            continue
        span = found.fences.get(index) or found.blocks.get(index)
        index = _take(lines, index, max(index + 1, span.end) if span else index + 1, marker.content, texts, numbers)
    return Item(marker, Lines(texts, numbers)), index


def _ends_lazily(above: str) -> bool:
    """Whether text below a line cannot be the rest of its paragraph."""
    return atx_heading(above.strip()) is not None or block_line(above) is not None or is_rule(above)


def _take(lines: Lines, start: int, stop: int, columns: int, texts: list[str], numbers: list[int]) -> int:
    for index in range(start, stop):
        texts.append(dedent(lines.texts[index], columns))
        numbers.append(lines.numbers[index])
    return max(start, stop)


def _skip_blank(lines: Lines, index: int) -> int:
    while index < len(lines) and not lines.texts[index].strip():
        index += 1
    return index


def quote_lines(lines: Lines, start: int, found: Outline) -> tuple[Lines, int]:
    """The lines of a quote without their marks, and the first line after it."""
    texts: list[str] = []
    index = start
    while index < len(lines):
        line = lines.texts[index]
        if is_quote(line):
            texts.append(_QUOTE_MARK.sub("", line, count=1))
            span = found.blocks.get(index)
            index += 1
            while span and index < min(span.end, len(lines)):
                texts.append(_QUOTE_MARK.sub("", lines.texts[index], count=1))
                index += 1
            continue
        if not texts[-1].strip() or interrupts(lines, index, found) or _ends_lazily(texts[-1]):
            break
        if texts[-1].lstrip().startswith(("```", "~~~")) or indentation(texts[-1]) >= CODE_INDENT:
            break
        texts.append(line.strip())
        index += 1
    return Lines(texts, lines.numbers[start:index]), index


def indented(lines: Lines, start: int, columns: int = CODE_INDENT) -> tuple[Lines, int]:
    """The lines from `start` on that are indented by `columns`, empty lines between them included."""
    end = index = start
    while index < len(lines):
        if lines.texts[index].strip():
            if indentation(lines.texts[index]) < columns:
                break
            end = index + 1
        index += 1
    return Lines([dedent(text, columns) for text in lines.texts[start:end]], lines.numbers[start:end]), end


def table_end(lines: Lines, start: int, found: Outline) -> int:
    end = start + 2
    while end < len(lines) and not interrupts(lines, end, found):
        end += 1
    return end


def description_lines(lines: Lines, start: int, found: Outline) -> tuple[list[tuple[Lines, list[Lines]]], int]:
    """Terms and descriptions of a definition list, and the first line after it."""
    out: list[tuple[Lines, list[Lines]]] = []
    index = start
    while index < len(lines):
        end = paragraph_end(lines, index, found)
        after = _skip_blank(lines, end)
        if after > end + 1 or after >= len(lines) or not is_description(lines.texts[after]):
            break
        terms = lines.part(index, end)
        descriptions: list[Lines] = []
        index = after
        while index < len(lines) and is_description(lines.texts[index]):
            description, index = _description(lines, index, found)
            descriptions.append(description)
            after = _skip_blank(lines, index)
            if after < len(lines) and is_description(lines.texts[after]):
                index = after
        out.append((terms, descriptions))
        after = _skip_blank(lines, index)
        if after >= len(lines) or interrupts(lines, after, found) or indentation(lines.texts[after]) >= CODE_INDENT:
            break
        index_before, index = index, after
        end = paragraph_end(lines, index, found)
        below = _skip_blank(lines, end)
        if below > end + 1 or below >= len(lines) or not is_description(lines.texts[below]):
            index = index_before
            break
    return out, index


def _description(lines: Lines, start: int, found: Outline) -> tuple[Lines, int]:
    line = lines.texts[start]
    body = line.lstrip(" ")[1:]
    columns = indentation(line) + 1 + indentation(body)
    texts, numbers = [body.lstrip()], [lines.numbers[start]]
    index = start + 1
    while index < len(lines):
        line = lines.texts[index]
        if not line.strip():
            after = _skip_blank(lines, index)
            if after >= len(lines) or indentation(lines.texts[after]) < _NESTING_INDENT:
                break
            index = _take(lines, index, after, columns, texts, numbers)
            continue
        if is_description(line) and indentation(line) < _NESTING_INDENT:
            break
        if indentation(line) < _NESTING_INDENT and (interrupts(lines, index, found) or not texts[-1].strip()):
            break
        span = found.fences.get(index) or found.blocks.get(index)
        index = _take(lines, index, max(index + 1, span.end) if span else index + 1, columns, texts, numbers)
    return Lines(texts, numbers), index


@dataclass(frozen=True, slots=True)
class MathSpan:
    tex: str
    end: int


def math_span(lines: Lines, start: int) -> MathSpan | None:
    """The formula that begins at a line and is displayed: in two dollars, square brackets or a LaTeX environment,
    alone on its lines.
    """
    line = lines.texts[start].strip()
    if line.startswith("$$"):
        opening, closing, keep = "$$", "$$", False
    elif line.startswith("\\["):
        opening, closing, keep = "\\[", "\\]", False
    elif found := _ENVIRONMENT.match(line):
        opening, closing, keep = "", f"\\end{{{found[1]}}}", True
    else:
        return None
    parts: list[str] = []
    for index in range(start, min(len(lines), start + _LONGEST_FORMULA)):
        text = lines.texts[index].strip()
        if index == start:
            text = text[len(opening) :]
        if not text and not lines.texts[index].strip():
            return None
        at = text.find(closing)
        if at >= 0:
            if text[at + len(closing) :].strip():
                return None
            parts.append(text[: at + len(closing)] if keep else text[:at])
            tex = "\n".join(parts).strip()
            return MathSpan(tex, index + 1) if 0 < len(tex) <= LONGEST_FORMULA else None
        parts.append(text)
    return None


_LONGEST_FORMULA = 60
"""Lines; keeps formulas that are never closed linear."""


def html_end(lines: Lines, start: int, closing: str, found: Outline) -> int:
    """The first line after the HTML block that begins at `start`, elements of the same name in it counted.

    A `///` block ends it, for what is in that may be private.
    """
    if closing:
        depth, opening = 0, "<" + closing[2:]
        for index in range(start, min(len(lines), start + _LONGEST_HTML)):
            if index > start and index in found.blocks:
                break
            text = lines.texts[index].lower()
            depth += text.count(opening) - text.count(closing)
            if closing in text and depth <= 0:
                return index + 1
    for index in range(start + 1, len(lines)):
        if not lines.texts[index].strip() or index in found.blocks:
            return index
    return len(lines)


_LONGEST_HTML = 500
"""Lines in which the closing tag is looked for."""


def joined(texts: Sequence[str]) -> str:
    """The lines of a paragraph as one text; two spaces at the end of a line are kept, they break it."""
    return "\n".join(text.lstrip() for text in texts)
