"""Titles: the largest size that fits, and lines of even length."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.markup.blocks import LineBreak, Style, Text
from atelier.typeset import fonts
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
"""Frame units a title gets smaller at a time (look/CANVAS: .25 h)."""


def _widths(inlines: Sequence[Inline], style: TextStyle, setting: Setting) -> list[float]:
    """The widths of the words at `REFERENCE`, each run in its own face; a word may go on over several runs."""
    reference = replace(style, size=REFERENCE)
    out = [0.0]
    for run in inlines:
        text = " " if isinstance(run, LineBreak) else words((run,)).replace("\n", " ")
        if isinstance(run, Text) and Style.CODE in run.styles:
            font = replace(reference, size=REFERENCE * CODE_SHARE, family="code").font(setting, text)
        else:
            font = reference.font(setting, text)
        for position, word in enumerate(text.split(" ")):
            parts = _BREAK.split(word) if len(word) > _LONG_WORD else [word]
            if position:
                out.append(0.0)
            out[-1] += fonts.advance(font, parts[0]) if parts[0] else 0.0
            out += [fonts.advance(font, part) for part in parts[1:]]
    return out


def widest_word(inlines: Sequence[Inline], style: TextStyle, setting: Setting) -> float:
    """The width of the widest word, for a size of 1."""
    return max(_widths(inlines, style, setting)) / REFERENCE * SLACK


def _wrapped(widths: list[float], space: float, width: float) -> int:
    """How many lines words of these widths take when each line is filled before the next."""
    lines, used = 1, 0.0
    for word in widths:
        if used and used + space + word > width:
            lines += 1
            used = word
        else:
            used += (space if used else 0.0) + word
    return lines


def _balanced(widths: list[float], space: float, width: float, lines: int) -> float:
    """The narrowest width that still takes `lines` lines."""
    low, high = max([*widths, sum(widths) / max(lines, 1)]), width
    if low >= high:
        return width
    for _step in range(10):
        middle = (low + high) / 2
        if _wrapped(widths, space, middle) <= lines:
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
    unit = [w / REFERENCE for w in _widths(inlines, style, setting)]
    space = fonts.advance(reference, " ") / REFERENCE
    size = style.size
    while size > smallest:
        scaled = [w * size * SLACK for w in unit]
        lines = _wrapped(scaled, space * size, width)
        if max(scaled) <= width and lines <= most_lines and lines * size * style.line <= height:
            break
        size = max(size - STEP, smallest)
    scaled = [w * size * SLACK for w in unit]
    lines = _wrapped(scaled, space * size, width)
    even = _balanced(scaled, space * size, width, lines) * 1.002 if lines > 1 else width
    laid = set_inlines(inlines, min(even, width), replace(style, size=size), setting)
    if laid.count > lines and even < width:
        laid = set_inlines(inlines, width, replace(style, size=size), setting)
    return laid
