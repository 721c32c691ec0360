"""Titles: the largest size that fits, and lines of even length."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.markup.blocks import LineBreak, Style, Text
from atelier.typeset import fonts
from atelier.typeset.breaking import MOST_WORDS, Word, joined, line_ends, longest, wrapped
from atelier.typeset.text import CODE_SHARE, set_inlines, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.blocks import Inline
    from atelier.typeset.setting import Setting
    from atelier.typeset.text import Lines, TextStyle

REFERENCE = 100.0
"""Frame units at which words are measured; text without hinting scales linearly."""
SLACK = 1.012
"""Letter spacing and kerning across runs."""
_BREAK = re.compile(r"(?<=\w[-/–—])(?=[^\W\d])")
"""Where a line may end inside a long word."""
_LONG_WORD = 16
"""Signs of a word up to which it stays whole whatever is in it."""
STEP = 2.5
"""Frame units a title gets smaller at a time."""
_FEWER_LINES = 0.86
"""Share of its size that a title of three lines or more keeps to take one less."""
_MOST_LINES_AS_LARGE = 2


def _words(inlines: Sequence[Inline], style: TextStyle, setting: Setting) -> list[Word]:
    """The words with their widths at `REFERENCE`, each run in its own face; a word may go on over several runs."""
    reference = replace(style, size=REFERENCE)
    out: list[Word] = []
    for number, run in enumerate(inlines):
        text = " " if isinstance(run, LineBreak) else words((run,)).replace("\n", " ")
        if isinstance(run, Text) and Style.CODE in run.styles:
            font = replace(reference, size=REFERENCE * CODE_SHARE, family="code").font(setting, text)
        else:
            font = reference.font(setting, text)
        at = 0
        for position, word in enumerate(text.split(" ")):
            parts = _BREAK.split(word) if len(word) > _LONG_WORD else [word]
            for i, part in enumerate(parts):
                width = fonts.advance(font, part) if part else 0.0
                if out and not position and not i:
                    out[-1] = replace(out[-1], text=out[-1].text + part, width=out[-1].width + width)
                else:
                    out.append(Word(part, width, number, at, spaced=not i))
                at += len(part)
            at += 1
    return out


def widest_word(inlines: Sequence[Inline], style: TextStyle, setting: Setting) -> float:
    """The width of the widest word, for a size of 1."""
    return max(word.width for word in _words(inlines, style, setting)) / REFERENCE * SLACK


def _balanced(words: Sequence[Word], space: float, width: float, lines: int) -> float:
    """The narrowest width that still takes `lines` lines."""
    widths = [word.width for word in words]
    low, high = max([*widths, sum(widths) / max(lines, 1)]), width
    if low >= high:
        return width
    for _step in range(10):
        middle = (low + high) / 2
        if wrapped(words, space, middle) <= lines:
            high = middle
        else:
            low = middle
    return min(width, high)


def fit_title(
    inlines: Sequence[Inline],
    width: float,
    height: float,
    style: TextStyle,
    setting: Setting,
    *,
    smallest: float,
    most_lines: int = 3,
) -> Lines:
    """The title in at most `most_lines` lines of even length, as large as fits; `style.size` is the largest.

    Below `smallest` it is not set: then it takes the lines it needs, or breaks within a word.
    """
    reference = replace(style, size=REFERENCE).font(setting, words(inlines))
    space = fonts.advance(reference, " ") / REFERENCE
    unit = [replace(word, width=word.width / REFERENCE) for word in _words(inlines, style, setting)]
    unit = joined(unit, space)
    size = _largest(unit, space, width, height, style, smallest, most_lines)
    scaled, lines = _at(unit, space, width, size)
    if lines > _MOST_LINES_AS_LARGE:
        fewer = _largest(unit, space, width, height, style, max(smallest, _FEWER_LINES * size), lines - 1)
        if _at(unit, space, width, fewer)[1] < lines:
            size = fewer
            scaled, lines = _at(unit, space, width, size)
    style = replace(style, size=size)
    even = _balanced(scaled, space * size, width, lines) * 1.002 if lines > 1 else width
    begins = line_ends(scaled, space * size, width, lines, even) if len(scaled) <= MOST_WORDS else []
    if begins and all(isinstance(run, Text) for run in inlines):
        broken = _broken(inlines, [scaled[at] for at in begins])
        needed = longest(scaled, space * size, begins) * 1.002
        laid = set_inlines(broken, min(needed, width), style, setting)
        if laid.count == lines:
            return laid
    laid = set_inlines(inlines, min(even, width), style, setting)
    if laid.count > lines and even < width:
        laid = set_inlines(inlines, width, style, setting)
    return laid


def _at(unit: Sequence[Word], space: float, width: float, size: float) -> tuple[list[Word], int]:
    """The words at a size, and how many lines they take."""
    scaled = [replace(word, width=word.width * size * SLACK) for word in unit]
    return scaled, wrapped(scaled, space * size, width)


def _largest(
    unit: Sequence[Word], space: float, width: float, height: float, style: TextStyle, smallest: float, most_lines: int
) -> float:
    """The largest size at which the words fit, or `smallest`."""
    widest = max(word.width for word in unit) * SLACK
    size = style.size
    while size > smallest:
        if widest * size <= width:
            lines = _at(unit, space, width, size)[1]
            if lines <= most_lines and lines * size * style.line <= height:
                break
        size = max(size - STEP, smallest)
    return size


def _broken(inlines: Sequence[Inline], begins: Sequence[Word]) -> list[Inline]:
    """The title with a line break before each of these words, in place of the space there."""
    out: list[Inline] = []
    for number, run in enumerate(inlines):
        if not isinstance(run, Text):
            out.append(run)
            continue
        at = 0
        for word in begins:
            if word.run == number:
                out += [replace(run, text=run.text[at : word.at - word.spaced]), LineBreak()]
                at = word.at
        out.append(replace(run, text=run.text[at:]))
    return out
