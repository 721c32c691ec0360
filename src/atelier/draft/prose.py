"""How the notes of a frame and what the room saw of it become one text.

The notes are the prose. Of what was on the screen, pictures, tables, code and formulas always have their place; a list,
a quotation or a sentence only where it says more than the notes do: most of the words that carry meaning are in none of
them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from atelier.deck.linear import FACTS, OUTCOME
from atelier.draft.types import ScreenText
from atelier.markup.blocks import (
    Callout,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    MathBlock,
    Paragraph,
    Rule,
    Style,
    Table,
    Text,
    plain_text,
)
from atelier.markup.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atelier.markup.blocks import Block, Inline

_SAID_ALREADY: Final = 0.6
"""Share of its words that the notes say too, from which on a text says nothing more."""
_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST: Final = 4
"""Letters of a word that carries meaning; figures always do."""
_STEM: Final = 5
"""Letters by which words are compared: an ending more or less is the same word."""
_LOOSE: Final = (Figure, Table, CodeBlock, MathBlock, DefinitionList)
"""What no notes can say; nor can they stand for the facts of a case."""


def joined(notes: tuple[Block, ...], shown: tuple[Block, ...], wanted: ScreenText) -> tuple[Block, ...]:
    """One text of both; `shown` alone where there are no notes.

    What was on the screen follows the first paragraph of the notes, which opens the subject. A sentence that stands for
    itself comes before them, in emphasis; the facts of a case do too, and what is to be remembered of it after them.
    """
    shown = tuple(block for block in shown if not isinstance(block, Rule))
    if not notes:
        return shown
    said = _stems(words(notes))
    kept = [block for block in _introduced(shown, said, wanted) if _is_kept(block, said, wanted)]
    facts = [block for block in kept if FACTS in block.classes]
    outcome = [block for block in kept if OUTCOME in block.classes]
    middle = [block for block in kept if not {FACTS, OUTCOME} & {*block.classes}]
    opening: list[Block] = []
    while middle and isinstance(middle[0], Paragraph) and not _announces(middle[0]):
        opening.append(_emphasised(middle.pop(0)))
    first = 1 if isinstance(notes[0], Paragraph) else 0
    return (*opening, *facts, *notes[:first], *middle, *notes[first:], *outcome)


def _introduced(shown: tuple[Block, ...], said: frozenset[str], wanted: ScreenText) -> Iterable[Block]:
    """What was shown, less the sentences that announce a list, where that goes: they say nothing by themselves."""
    for block, following in zip_longest(shown, shown[1:]):
        if not (_announces(block) and following is not None and not _is_kept(following, said, wanted)):
            yield block


def _announces(block: Block) -> bool:
    return isinstance(block, Paragraph) and plain_text(block.inlines).rstrip().endswith(":")


def _is_kept(block: Block, said: frozenset[str], wanted: ScreenText) -> bool:
    if isinstance(block, _LOOSE) or {FACTS, OUTCOME} & {*block.classes}:
        return True
    if wanted is not ScreenText.MORE:
        return wanted is ScreenText.ALL
    own = _stems(words((block,)))
    least = 1 if isinstance(block, Heading | Callout) else 2
    return len(own) >= least and len(own & said) < _SAID_ALREADY * len(own)


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the words that carry meaning, without accents, in small letters."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    found: Iterable[str] = _WORD.findall(plain)
    return frozenset(
        word[:_STEM] for word in found if len(word) >= _SHORTEST or not word.isalpha() or not word.isascii()
    )


def _emphasised(block: Block) -> Block:
    if not isinstance(block, Paragraph):
        return block
    return replace(block, inlines=tuple(_in_emphasis(run) for run in block.inlines))


def _in_emphasis(run: Inline) -> Inline:
    if not isinstance(run, Text):
        return run
    return replace(run, styles=run.styles | {Style.EMPHASIS})
