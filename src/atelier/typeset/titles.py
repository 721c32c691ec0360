"""Titles: the largest size that fits, and lines of even length."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.typeset import fonts
from atelier.typeset.text import set_inlines, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from atelier.markup.blocks import Inline
    from atelier.typeset.setting import Setting
    from atelier.typeset.text import Lines, TextStyle

REFERENCE = 100.0
"""Frame units at which words are measured; text without hinting scales linearly."""
STEP = 2.5
"""Frame units a title gets smaller at a time (look/CANVAS: .25 h)."""


def _widths(text: str, font: QFont) -> list[float]:
    return [fonts.advance(font, word) for word in text.split(" ")]


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
    text = words(inlines).replace("\u2028", " ")
    reference = replace(style, size=REFERENCE).font(setting, text)
    unit = [w / REFERENCE for w in _widths(text, reference)]
    space = fonts.advance(reference, " ") / REFERENCE
    slack = 1.012  # letter spacing and kerning across runs
    size = style.size
    while size > smallest:
        scaled = [w * size * slack for w in unit]
        lines = _wrapped(scaled, space * size, width)
        if max(scaled) <= width and lines <= most_lines and lines * size * style.line <= height:
            break
        size = max(size - STEP, smallest)
    scaled = [w * size * slack for w in unit]
    lines = _wrapped(scaled, space * size, width)
    even = _balanced(scaled, space * size, width, lines) * 1.002 if lines > 1 else width
    laid = set_inlines(inlines, min(even, width), replace(style, size=size), setting)
    if laid.count > lines and even < width:
        laid = set_inlines(inlines, width, replace(style, size=size), setting)
    return laid
