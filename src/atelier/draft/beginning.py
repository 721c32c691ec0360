"""How an article begins, as plain words: what one looks at before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atelier.foundation.translation import _, current_language, ngettext
from atelier.markup.blocks import Figure, plain_text
from atelier.markup.words import words as text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atelier.draft.types import Article
    from atelier.markup.blocks import Block

ENOUGH: Final = 220
"""Words of a beginning."""
HEADING, TEXT, PICTURE = "heading", "text", "picture"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, a paragraph, or a picture by its alternative text."""

    kind: str
    words: str


def beginning(article: Article) -> tuple[Part, ...]:
    """The parts that an article begins with, without its title and abstract; whole ones, with at least `ENOUGH` words
    where it has so many.
    """
    found: list[Part] = []
    count = 0
    for part in _parts(article):
        if count >= ENOUGH:
            break
        found.append(part)
        count += len(part.words.split())
    return tuple(found)


def length_in_words(words: int, minutes: int) -> str:
    """How many words an article has, and how many minutes it takes to read."""
    number = f"{words:,}".replace(",", "\N{NARROW NO-BREAK SPACE}" if current_language() == "fr" else ",")
    counted = ngettext("{n} word", "{n} words", words).format(n=number)
    return _("{words}, {minutes} min to read").format(words=counted, minutes=minutes)


def _parts(article: Article) -> Iterator[Part]:
    yield from _of(article.lead)
    for section in article.sections:
        yield Part(HEADING, plain_text(section.title).strip())
        yield from _of(section.blocks)


def _of(blocks: tuple[Block, ...]) -> Iterator[Part]:
    for block in blocks:
        if isinstance(block, Figure):
            yield Part(PICTURE, block.alt or plain_text(block.caption).strip())
        else:
            yield from (Part(TEXT, line) for line in text_of((block,)).splitlines())
