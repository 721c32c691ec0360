"""What the cases of a deck have in common, read from their fields without parsing the rest of their text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from atelier.markup.blockspec import HIDDEN_FROM_AUDIENCE, BlockFault, conditions, option_lines, read_head
from atelier.markup.cases import SHARED, field_name, folded, option_fields, split_fields, split_words, use_of
from atelier.markup.comments import strip_comments
from atelier.markup.lines import attribute_line
from atelier.markup.outline import outline
from atelier.markup.plain import plain_words
from atelier.markup.traits import read_traits
from atelier.markup.typography import typeset_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atelier.deck.types import Deck, Frame
    from atelier.markup.blockspec import BlockHead
    from atelier.markup.cases import RawField
    from atelier.markup.outline import BlockSpan, Outline

MOST_SIMILAR: Final = 3
_WEIGHTS: Final = {"use": 8, "sector": 4, "channels": 2, "country": 1}
"""What cases are alike by; a use they share counts more than all else that one of each is."""
_MOST_COMPARED: Final = 100
"""Cases that share one value and are looked at; in reading order."""
_LONGEST: Final = 200_000
"""Signs of a frame's text that are looked at."""
_LONGEST_VALUE: Final = 120


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The fields that cases may share: (field, what it is compared by, how it is written), in the order of the text.

    What is private is left out.
    """

    values: tuple[tuple[str, str, str], ...] = ()

    def first(self, name: str) -> tuple[str, str] | None:
        """What the first value of a field is compared by, and how it is written."""
        return next(((key, words) for each, key, words in self.values if each == name), None)


@lru_cache(maxsize=16384)
def case_facts(source: str, lang: str) -> CaseFacts | None:
    """The facts of the first case in a frame's Markdown that its audience may see, in the language `lang`."""
    if "case" not in source:
        return None
    lines, _diagnostics = strip_comments(source[:_LONGEST].split("\n"), 1)
    found = outline(lines)
    opened = _case_in(lines, found, lang)
    if opened is None:
        return None
    span, head = opened
    raw = option_fields(head.lines) + _body_fields(lines, found, span, len(head.lines))
    values: dict[tuple[str, str], str] = {}
    for name, words in _words(head.argument, raw):
        key = (use_of(words) if name == "use" else "") or folded(words)
        values.setdefault((name, key), typeset_words(words, lang))
    return CaseFacts(tuple((name, key, words) for (name, key), words in values.items()))


def _case_in(lines: Sequence[str], found: Outline, lang: str) -> tuple[BlockSpan, BlockHead] | None:
    index = 0
    while index < len(lines):
        if fence := found.fences.get(index):
            index = max(index + 1, fence.end)
            continue
        span = found.blocks.get(index)
        if span is None:
            index += 1
            continue
        options = lines[index + 1 : span.stop]
        options = options[: option_lines(options)]
        head = read_head(span.rest, options)
        if isinstance(head, BlockFault) or _is_hidden(lines, span, head, lang):
            index = max(index + 1, span.end)
        elif head.name == "case":
            return span, head
        else:
            index += 1 + len(options)
    return None


def _is_hidden(lines: Sequence[str], span: BlockSpan, head: BlockHead, lang: str) -> bool:
    below = attribute_line(lines[span.end]) if span.end < len(lines) else None
    if head.name in HIDDEN_FROM_AUDIENCE or read_traits((*head.attributes, *(below or ()))).private:
        return True
    languages = (conditions(head) or ((), ()))[1] if head.name == "only" else ()
    return bool(languages) and lang.split("-", maxsplit=1)[0] not in {each.split("-")[0] for each in languages}


def _body_fields(lines: Sequence[str], found: Outline, span: BlockSpan, options: int) -> list[RawField]:
    """The paragraphs of a case's own that are fields."""
    out: list[RawField] = []
    paragraph: list[str] = []
    index = span.start + 1 + options
    while index <= span.stop:
        inner = found.fences.get(index) or found.blocks.get(index)
        line = lines[index] if index < span.stop else ""
        if inner is not None or not line.strip():
            out += split_fields(paragraph)
            paragraph = []
        else:
            paragraph.append(line)
        index = max(index + 1, inner.end) if inner is not None else index + 1
    return out


def _words(argument: str, raw: Sequence[RawField]) -> Iterable[tuple[str, str]]:
    """The shared fields and each of their values, without markup."""
    for part in split_words(plain_words(argument) or ""):
        yield "use", part[:_LONGEST_VALUE]
    for each in raw:
        name = field_name(each.label)
        if name not in SHARED:
            continue
        for item in each.items:
            words = plain_words(item) or ""
            whole = name == "company" or each.listed
            for part in [words.strip(" .")] if whole else split_words(words):
                if part:
                    yield name, part[:_LONGEST_VALUE]


def is_case(frame: Frame) -> bool:
    """Whether a frame holds a case; a look at the names of its blocks."""
    return "case" in frame.blocks and frame.node is None


class SimilarCases:
    """Which cases of a deck are alike. Reads the fields of all of them when it is first asked."""

    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._facts: dict[int, CaseFacts] | None = None
        self._sharing: dict[tuple[str, str], list[int]] = {}
        self._found: dict[int, tuple[int, ...]] = {}
        self._key: int | None = None

    def of(self, frame: Frame) -> tuple[int, ...]:
        """The indices of at most three others, the most alike first; none where nothing is shared, and for a frame
        without a case. Private frames are never among them.
        """
        if not is_case(frame):
            return ()
        known = self._found.get(frame.index)
        if known is None:
            known = self._found[frame.index] = self._search(frame)
        return known

    def key(self) -> int:
        """A number that changes when what is offered beside any case may change."""
        if self._key is None:
            named = ((self._deck.frames[index], facts) for index, facts in self._all_facts().items())
            self._key = hash(tuple((frame.id, frame.title, facts.values) for frame, facts in named))
        return self._key

    def _search(self, frame: Frame) -> tuple[int, ...]:
        own = self._all_facts().get(frame.index)
        if own is None:
            return ()
        shared = {(name, key) for name, key, _words in own.values}
        points: dict[int, int] = {}
        for each in shared:
            for other in self._sharing.get(each, ())[:_MOST_COMPARED]:
                if other not in points:
                    points[other] = self._likeness(shared, other)
        frames = self._deck.frames
        seen = {(frame.title, frame.source)}  # the same case may be put in twice
        best: list[int] = []
        for other in sorted(points, key=lambda index: (-points[index], index)):
            likeness = (frames[other].title, frames[other].source)
            if likeness in seen:
                continue
            seen.add(likeness)
            best.append(other)
            if len(best) == MOST_SIMILAR:
                break
        return tuple(best)

    def _likeness(self, shared: set[tuple[str, str]], other: int) -> int:
        values = self._all_facts()[other].values
        return sum(_WEIGHTS.get(name, 0) for name, key, _words in values if (name, key) in shared)

    def _all_facts(self) -> dict[int, CaseFacts]:
        if self._facts is None:
            self._facts = {}
            for frame in self._deck.frames:
                found = case_facts(frame.source, frame.lang) if is_case(frame) and not frame.private else None
                if found is None:
                    continue
                self._facts[frame.index] = found
                for name, key, _words in found.values:
                    if name in _WEIGHTS:
                        self._sharing.setdefault((name, key), []).append(frame.index)
        return self._facts
