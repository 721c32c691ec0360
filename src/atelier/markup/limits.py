"""Cutting, in linear time, what would make the parser slow: what is beyond a limit is shown as plain text.

Python-Markdown's inline patterns look ahead from every bracket to the end of the text, so 5,000 brackets take it 14 s.
Signs beyond the limits are put aside as code points of a private plane that no pattern knows, and put back in the
words that come out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atelier.markup.plain import without_private

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BRACKETS: Final = 500
"""Opening brackets in one paragraph."""
DEEPEST_BRACKETS: Final = 10
MOST_MARKS: Final = 1_000
"""Signs of any other markup in one paragraph."""
LONGEST_PARAGRAPH: Final = 40_000
"""Signs of one paragraph that are read as markup."""
DEEPEST: Final = 20
"""Lists, quotes and blocks inside one another."""
MOST_INDENT: Final = 160
"""Spaces at the beginning of a line; more of them nest no deeper."""
MOST_CELLS: Final = 1_000
"""Cells of one table."""
MOST_CODE: Final = 20_000
"""Signs of a code block that are given colours."""
LONGEST_CODE_LINE: Final = 1_000
MOST_CODE_LINES: Final = 1_000
"""Lines of a code block that are shown."""
LONGEST_FRAME: Final = 40_000
"""Signs of a frame that are shown to the audience, and as many of its notes."""
PIECE: Final = 20
"""Signs that a block, an item or a cell counts for, however little is in it."""
MOST_LINES: Final = 8_000
"""Lines of a frame that are looked at."""
LONGEST_TITLE: Final = 1_000
"""Signs of a heading that are shown."""
LONGEST_FORMULA: Final = 4_000
"""Signs of a displayed formula; a longer one is text."""
LONGEST_HTML: Final = 200_000
"""Signs of one block of HTML."""

_BASE = 0x10FF00
_SIGNS = "\\`*_{}[]()#+-.!<>~^=$&@:/|\"'"
_PUT_ASIDE: Mapping[int, int] = {ord(sign): _BASE + ord(sign) for sign in _SIGNS}
_PUT_BACK: Mapping[int, int] = {aside: sign for sign, aside in _PUT_ASIDE.items()}
_ASIDE = re.compile(f"[{chr(_BASE)}-{chr(_BASE + 0x7F)}]")
_OPENING = re.compile(r"\[")
_MARK = re.compile(r"[\\*_<~^=$&]|https?:")
_TICKS = re.compile(r"(?<!\\)`+")
_BRACKET = re.compile(r"\\.|[\[\]()]")
_FEW = 12
"""Fewer brackets or backticks than these cost nothing, balanced or not."""


def put_aside(text: str) -> str:
    """`text` with every sign of markup made inert."""
    return text.translate(_PUT_ASIDE)


def put_back(text: str) -> str:
    """The words as they were written."""
    return text.translate(_PUT_BACK) if _ASIDE.search(text) else text


def calm(text: str, longest: int = LONGEST_PARAGRAPH) -> tuple[str, str]:
    """The part of a paragraph that is read as markup, its hopeless brackets and backticks put aside, and the rest.

    `longest` is how many signs that part may have.

    The rest is shown as it is, so private spans are taken out; where they cannot be told apart all of it is.
    """
    if len(text) <= min(_FEW, longest):
        return text, ""
    limit = min(len(text), longest, LONGEST_PARAGRAPH)
    for pattern, most in ((_OPENING, MOST_BRACKETS), (_MARK, MOST_MARKS)):
        for count, found in enumerate(pattern.finditer(text, 0, limit)):
            if count == most:
                limit = found.start()
                break
    if limit < len(text) and (public := without_private(text)) != text:
        return ("", "…") if public is None else calm(public, longest)
    head = text[:limit]
    if head.count("`") > _FEW:
        head = _without_lone_ticks(head)
    if head.count("[") > _FEW:
        head = _without_lone_brackets(head)
    return head, text[limit:]


def _without_lone_ticks(text: str) -> str:
    """Runs of backticks that no run of the same length follows look for it in vain to the end: they are put aside."""
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(text)]
    following: dict[int, int] = {}
    close = [0] * len(runs)
    for place in range(len(runs) - 1, -1, -1):
        length = runs[place][1] - runs[place][0]
        close[place] = following.get(length, -1)
        following[length] = place
    lone: list[tuple[int, int]] = []
    place = 0
    while place < len(runs):
        if close[place] < 0:
            lone.append(runs[place])
            place += 1
        else:
            place = close[place] + 1
    return _aside_at(text, lone)


def _without_lone_brackets(text: str) -> str:
    """Puts aside brackets, and parentheses after them, that are never closed or nested too deep."""
    brackets: list[int] = []
    parentheses: list[int] = []
    lone: list[int] = []
    for found in _BRACKET.finditer(text):
        at = found.start()
        match text[at]:
            case "[" if len(brackets) - (text[at - 1 : at] == "!") >= DEEPEST_BRACKETS:
                lone.append(at)
                brackets.append(at)
            case "[":
                brackets.append(at)
            case "]" if brackets:
                brackets.pop()
            case "(":
                parentheses.append(at)
            case ")" if parentheses:
                parentheses.pop()
            case _:
                pass
    lone += brackets
    lone += parentheses
    return _aside_at(text, [(at, at + 1) for at in sorted(set(lone))])


def _aside_at(text: str, spans: list[tuple[int, int]]) -> str:
    out: list[str] = []
    last = 0
    for start, end in spans:
        out += (text[last:start], put_aside(text[start:end]))
        last = end
    out.append(text[last:])
    return "".join(out)
