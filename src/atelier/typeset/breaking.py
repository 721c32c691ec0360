"""Where the lines of a title end: even lines, and nothing parted that is read together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_WORDS = 60
"""A longer title is broken wherever its lines are full."""
_JOINED = frozenset("-–—·|/:;=+&×→")
_PAUSE = re.compile(r"[:;,.!?–—·|/-]$")
_NUMBER = re.compile(r"\d[\d.,:]*(?:st|nd|rd|th|er|e)?")
# What a break costs beside uneven lines, as a share of the width: squared like the rest of a line.
_PARTED, _SHORT, _PAUSED = 0.5, 0.12, 0.25


@dataclass(frozen=True, slots=True)
class Word:
    """What stays on one line. It begins at sign `at` of run `run`; `spaced` if a space stands before it.

    `width` is in any unit; that of the space is the same everywhere.
    """

    text: str
    width: float
    run: int
    at: int
    spaced: bool = True


def joined(words: Sequence[Word], space: float) -> list[Word]:
    """Words with the dash or sign that follows them, which begins no line."""
    out: list[Word] = []
    for word in words:
        if out and word.spaced and word.text in _JOINED:
            last = out[-1]
            out[-1] = replace(last, text=f"{last.text} {word.text}", width=last.width + space + word.width)
        else:
            out.append(word)
    return out


def wrapped(words: Sequence[Word], space: float, width: float) -> int:
    """How many lines the words take when each is filled before the next."""
    lines, used = 1, 0.0
    for word in words:
        before = space if used and word.spaced else 0.0
        if used and used + before + word.width > width:
            lines += 1
            used = word.width
        else:
            used += before + word.width
    return lines


def line_ends(words: Sequence[Word], space: float, width: float, lines: int, even: float) -> list[int]:
    """The words that begin lines 2 to `lines`, which are about `even` long and at most `width`; none where that is
    too narrow.

    The least sum of squares over all ways to break, as in Knuth and Plass, Breaking Paragraphs into Lines (1981).
    """
    count = len(words)
    if lines < 2 or count < lines:
        return []
    ends = [0.0, *accumulate((space if word.spaced and i else 0.0) + word.width for i, word in enumerate(words))]

    def extent(first: int, last: int) -> float:
        return ends[last] - ends[first] - (space if first and words[first].spaced else 0.0)

    best: list[list[tuple[float, int]]] = [[(0.0, 0)] + [(float("inf"), 0)] * count]
    for _line in range(lines):
        before = best[-1]
        row = [(float("inf"), 0)] * (count + 1)
        for last in range(1, count + 1):
            cost_of_break = _cost(words, last) if last < count else 0.0
            for first in range(last - 1, -1, -1):
                used = extent(first, last)
                if used > width:
                    break
                cost = before[first][0] + ((even - used) / even) ** 2 + cost_of_break
                if cost < row[last][0]:
                    row[last] = (cost, first)
        best.append(row)
    if best[lines][count][0] == float("inf"):
        return []
    found: list[int] = []
    at = count
    for line in range(lines, 1, -1):
        at = best[line][at][1]
        found.insert(0, at)
    return found


def longest(words: Sequence[Word], space: float, begins: Sequence[int]) -> float:
    """The width of the longest line when these words begin the second one and those after it."""
    ends = zip([0, *begins], [*begins, len(words)], strict=True)
    lines = (words[first:last] for first, last in ends)
    return max(sum(w.width + (space if w.spaced and i else 0.0) for i, w in enumerate(line)) for line in lines)


def _cost(words: Sequence[Word], at: int) -> float:
    """What it costs to end a line before the word `at`."""
    before, after = words[at - 1].text, words[at].text
    if _PAUSE.search(before):
        return -(_PAUSED**2)
    number = _NUMBER.fullmatch(before) or _NUMBER.fullmatch(after.partition(" ")[0])
    if number or not words[at].spaced:
        return _PARTED**2
    return _SHORT**2 if len(before) <= 3 and before.islower() else 0.0
