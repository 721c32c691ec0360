"""The footnotes of an article: each frame counts its own from 1, the article counts through."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.markup.audience import mapped
from atelier.markup.blocks import FootnoteMark, Footnotes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.draft.types import Section
    from atelier.markup.blocks import Block, Footnote, Inline


class Notes:
    """Takes the footnotes out of blocks as they come, and numbers them in the end by where their marks are left."""

    def __init__(self) -> None:
        self._notes: dict[int, Footnote] = {}

    def taken(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """`blocks` of one text without its footnotes, their marks under numbers of their own."""
        notes = [note for block in blocks if isinstance(block, Footnotes) for note in block.items]
        if not notes:
            return blocks
        first = len(self._notes) + 1
        numbers = {note.number: first + place for place, note in enumerate(notes)}
        for note in notes:
            inner = _marked(note.blocks, numbers.get)
            self._notes[numbers[note.number]] = replace(note, number=numbers[note.number], blocks=inner)
        return _marked(tuple(block for block in blocks if not isinstance(block, Footnotes)), numbers.get)

    def numbered(
        self, lead: tuple[Block, ...], sections: Sequence[Section]
    ) -> tuple[tuple[Block, ...], tuple[Section, ...], tuple[Footnote, ...]]:
        """The text and its notes, numbered in the order of their marks; a note whose mark is gone is left out."""
        order: dict[int, int] = {}

        def number(own: int) -> int | None:
            return order.setdefault(own, len(order) + 1) if own in self._notes else None

        lead = _marked(lead, number)
        out = [
            replace(section, title=_runs(section.title, number), blocks=_marked(section.blocks, number))
            for section in sections
        ]
        notes: list[Footnote] = []
        while len(notes) < len(order):  # a note may have notes
            note = self._notes[list(order)[len(notes)]]
            notes.append(replace(note, number=len(notes) + 1, blocks=_marked(note.blocks, number)))
        return lead, tuple(out), tuple(notes)


def _marked(blocks: tuple[Block, ...], number: Callable[[int], int | None]) -> tuple[Block, ...]:
    """`blocks` with their marks under the numbers given; a mark that gets none is left out."""

    def inner(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return _marked(blocks, number)

    return tuple(mapped(block, inner, lambda inlines: _runs(inlines, number)) for block in blocks)


def _runs(inlines: tuple[Inline, ...], number: Callable[[int], int | None]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for run in inlines:
        if not isinstance(run, FootnoteMark):
            out.append(run)
        elif (found := number(run.number)) is not None:
            out.append(replace(run, number=found))
    return tuple(out)
