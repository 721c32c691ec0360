"""Cutting, in linear time, what would make the parser slow: what is beyond a limit is shown as plain text.

Python-Markdown's inline patterns look ahead from every bracket to the end of the text, so 5,000 brackets take it 14 s.
Signs beyond the limits are put aside as code points of a private plane that no pattern knows, and put back in the
words that come out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BRACKETS: Final = 300
"""Opening brackets in one paragraph; a paragraph of 300 takes about 30 ms."""
MOST_MARKS: Final = 2_000
"""Signs of any other markup in one paragraph."""
LONGEST_PARAGRAPH: Final = 40_000
"""Signs of one paragraph that are read as markup."""
DEEPEST: Final = 20
"""Lists, quotes and blocks inside one another."""
MOST_CELLS: Final = 2_000
"""Cells of one table."""
MOST_CODE: Final = 50_000
"""Signs of a code block that are given colours."""
LONGEST_CODE_LINE: Final = 1_000

_BASE = 0x10FF00
_SIGNS = "\\`*_{}[]()#+-.!<>~^=$&@:/|\"'"
_PUT_ASIDE: Mapping[int, int] = {ord(sign): _BASE + ord(sign) for sign in _SIGNS}
_PUT_BACK: Mapping[int, int] = {aside: sign for sign, aside in _PUT_ASIDE.items()}
_ASIDE = re.compile(f"[{chr(_BASE)}-{chr(_BASE + 0x7F)}]")
_BRACKET = re.compile(r"\[")
_MARK = re.compile(r"[\\`*_<~^=$&]|https?:")


def put_aside(text: str) -> str:
    """`text` with every sign of markup made inert."""
    return text.translate(_PUT_ASIDE)


def put_back(text: str) -> str:
    """The words as they were written."""
    return text.translate(_PUT_BACK) if _ASIDE.search(text) else text


def calm(text: str) -> tuple[str, bool]:
    """A paragraph whose markup ends at the limits, and whether it went beyond them."""
    if len(text) <= MOST_BRACKETS:
        return text, False
    limit = min(len(text), LONGEST_PARAGRAPH)
    for pattern, most in ((_BRACKET, MOST_BRACKETS), (_MARK, MOST_MARKS)):
        for count, found in enumerate(pattern.finditer(text, 0, limit)):
            if count == most:
                limit = found.start()
                break
    if limit == len(text):
        return text, False
    return text[:limit] + put_aside(text[limit:]), True
