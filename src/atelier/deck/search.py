"""Search over titles and text: whatever case and accents, words in any order, each by its beginning."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.deck.types import Deck, Frame

MOST_HITS: Final = 200
MOST_WORDS: Final = 12
LONGEST_EXCERPT: Final = 90
"""Characters; the match stands in its first third."""

LONGEST_SEARCHED: Final = 100_000
"""Characters of a frame's Markdown; it shows fewer."""

_JOINED = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "\u2019": "'", "\u00a0": " ", "\u202f": " "}
_WORD = re.compile(r"\w+")
_HIDDEN_BLOCKS = frozenset({"notes", "private"})
_FENCE = re.compile(r"\s*(/{3,})\s*(\w*)")
_HIDING = ("private", "%%", "<!--")
_CONDITION = re.compile(r"^[ \t>]*/{3,}[ \t]*only\b", re.IGNORECASE | re.MULTILINE)
"""Opens what is for a path or a language alone."""
_SET_IN_NOTES = re.compile(r"^[ \t]*(?:>|[-*+]|\d{1,9}[.)]).*///[ \t]*notes", re.MULTILINE)
_PRIVATE_SPAN = re.compile(r"(\*\*|\*|__|_|`)([^*_`\n]{1,500})\1\{[^}\n]{0,100}\.private[^}\n]{0,100}\}")
_MARKS = re.compile(
    r"\[[ xX]\](?=\s)"
    r"|^[ \t]*/{3,}.*\n(?: {4}[\w-]+:.*(?:\n|\Z))*|^[ \t]*/{3,}.*$|\{[:#.][^}\n]{0,200}\}|\]\([^)\n]{0,500}\)"
    r"|^[ \t]{0,3}(?:#+|>+|[-*+]|\d{1,9}[.)]|:)[ \t]+|[*_`~=^|\[\]]+|!(?=\[)|<[^>\n]{1,200}>",
    re.MULTILINE,
)


class Where(Enum):
    TITLE_START = auto()
    TITLE = auto()
    TEXT = auto()
    """At least one word stands in the text alone."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`ranges` are the matches (start, end) in `excerpt`: the title, or the piece of text around the first match."""

    frame: int
    where: Where
    excerpt: str
    ranges: tuple[tuple[int, int], ...]


def search(deck: Deck, contents_words: Callable[[int], str] | None, query: str) -> tuple[Hit, ...]:
    """The frames in which every word of `query` begins a word, best first: titles before text, then reading order.

    `contents_words` gives a frame's text; without it the Markdown is searched as it stands, less its marks. Notes and
    what is private are only for the speaker, so they are not searched.
    """
    words = tuple(dict.fromkeys(_WORD.findall(fold(query))))[:MOST_WORDS]
    if not words:
        return ()
    hits: list[tuple[int, int, Hit]] = []
    for frame in deck.frames:
        if frame.private:
            continue
        text = contents_words(frame.index) if contents_words else plain_source(frame.source)
        if hit := _hit(frame, text, words):
            hits.append((hit.where.value, frame.index, hit))
    return tuple(hit for _rank, _index, hit in sorted(hits, key=lambda entry: entry[:2])[:MOST_HITS])


def _hit(frame: Frame, text: str, words: tuple[str, ...]) -> Hit | None:
    title, body = fold(frame.title), fold(text)
    in_title = {word: found for word in words if (found := _find(word, title))}
    in_body = {word: found for word in words if word not in in_title and (found := _find(word, body))}
    if len(in_title) + len(in_body) < len(words):
        return None
    if len(in_title) == len(words):
        ranges = sorted(_unfolded(span, frame.title) for span in in_title.values())
        where = Where.TITLE_START if ranges[0][0] == 0 else Where.TITLE
        return Hit(frame.index, where, frame.title, tuple(ranges))
    excerpt = _excerpt(text, _unfolded(min(in_body.values()), text)[0])
    spans = [_unfolded(span, excerpt) for word in words if (span := _find(word, fold(excerpt)))]
    return Hit(frame.index, Where.TEXT, excerpt, tuple(sorted(spans)))


@lru_cache(maxsize=40_000)
def fold(text: str) -> str:
    """`text` for comparing: no case, no accents, no typography."""
    return text.lower() if text.isascii() else "".join(map(_folded, text))


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    parts = unicodedata.normalize("NFKD", sign.casefold())
    return "".join(_JOINED.get(part, part) for part in parts if not unicodedata.combining(part))


def _unfolded(span: tuple[int, int], text: str) -> tuple[int, int]:
    """The place in `text` of what is at `span` in the folded text."""
    if text.isascii():
        return span
    start, at = -1, 0
    for place, sign in enumerate(text):
        at += len(_folded(sign))
        if start < 0 and at > span[0]:
            start = place
        if at >= span[1]:
            return start, place + 1
    raise ValueError(span)


def _find(word: str, text: str) -> tuple[int, int] | None:
    """Where a word of `text` begins with `word`."""
    at = text.find(word)
    while at >= 0:
        if at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_"):
            return at, at + len(word)
        at = text.find(word, at + 1)
    return None


def _excerpt(text: str, at: int) -> str:
    """The line around place `at`, cut to the longest excerpt at the ends of words."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    if at - start > LONGEST_EXCERPT // 3:
        start = at - LONGEST_EXCERPT // 3
        start = text.find(" ", start, at) + 1 or at
    lead = "… " if text[:start].rsplit("\n", 1)[-1].strip() else ""
    piece = text[start:end]
    if len(piece) > LONGEST_EXCERPT:
        piece = (piece[:LONGEST_EXCERPT].rpartition(" ")[0] or piece[:LONGEST_EXCERPT]) + " …"
    return lead + piece.strip()


def hides_more(source: str) -> bool:
    """Whether Markdown may hide words that `plain_source` cannot tell: they are then better taken parsed."""
    return (
        any(sign in source for sign in _HIDING)
        or ("notes" in source and _SET_IN_NOTES.search(source) is not None)
        or ("only" in source and _CONDITION.search(source) is not None)
    )


@lru_cache(maxsize=40_000)
def plain_source(source: str) -> str:
    """Markdown without its marks, and without the blocks, spans and notes that only the speaker sees.

    A right answer of a quiz reads like the others. It cannot tell everything private: see `hides_more`.
    """
    if len(source) > LONGEST_SEARCHED:
        source = source[: source.rfind("\n", 0, LONGEST_SEARCHED) + 1]
    return _MARKS.sub("", _public(source))


def _public(source: str) -> str:
    if "private" not in source and "notes" not in source:
        return source
    lines: list[str] = []
    open_: list[tuple[int, bool]] = []  # slashes of each block, and whether it hides
    for line in source.split("\n"):
        if "///" in line and (found := _FENCE.match(line)):
            slashes, name = len(found[1]), found[2]
            if name:
                open_.append((slashes, name in _HIDDEN_BLOCKS))
            else:
                while open_ and open_.pop()[0] != slashes:
                    pass
        elif not any(hides for _slashes, hides in open_):
            lines.append(_without_private_spans(line))
    return "\n".join(lines)


def _without_private_spans(line: str) -> str:
    return _PRIVATE_SPAN.sub("", line) if ".private" in line else line
