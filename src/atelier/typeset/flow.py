"""Blocks in the order they flow down a column: which go together, which keep the next with them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from atelier.markup import blocks as md
from atelier.typeset.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atelier.markup.blocks import Block


def runs(blocks: Sequence[Block]) -> Iterator[tuple[Block, tuple[Block, ...]]]:
    """Every block with itself, but pictures that follow each other once, all together."""
    for together, group in itertools.groupby(blocks, key=lambda b: isinstance(b, md.Figure)):
        found = tuple(group)
        if together:
            yield found[0], found
        else:
            for block in found:
                yield block, (block,)


def announces(block: Block | None) -> bool:
    """Whether a paragraph ends in a colon: what it announces stands on the same page."""
    return isinstance(block, md.Paragraph) and words(block.inlines).rstrip().endswith((":", "："))


def belongs(above: Block | None, below: Block) -> bool:
    """Whether a block stands on the same page as what follows it: it announces it, or is a line above a picture, a
    listing or a table.
    """
    if announces(above) or is_label(above):
        return True
    if not isinstance(below, md.Figure | md.CodeBlock | md.Table):
        return False
    if isinstance(above, md.ListBlock):
        return len(above.items) == 1 and len(above.items[0].blocks) == 1 and belongs(above.items[0].blocks[0], below)
    return above is not None and is_line(above)


def is_label(block: Block | None) -> bool:
    """Whether a paragraph is a line in bold, which stands for a heading."""
    if not isinstance(block, md.Paragraph) or not is_line(block):
        return False
    return all(not isinstance(run, md.Text) or md.Style.STRONG in run.styles for run in block.inlines)


def is_line(block: Block) -> bool:
    """Whether a block is a short line of words, which says what stands below it."""
    return isinstance(block, md.Paragraph) and len(words(block.inlines)) <= _ONE_LINE


_ONE_LINE = 90
"""Signs."""
