"""What may be parted, and how: tables by their columns, panels around others, what reads well in half the width."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.markup import blocks as md
from atelier.typeset.estimate import estimate
from atelier.typeset.figures import face_of
from atelier.typeset.math import formula
from atelier.typeset.measures import INDENT
from atelier.typeset.setting import H

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.blocks import Block
    from atelier.typeset.setting import Setting

_WIDE_PICTURE = 2.2
"""A picture wider than this, or given more than this share of the width, is not put into a column."""
_WIDE_SHARE = 0.6
_FEWEST_COLUMNS = 5
_MOST_PARTS = 6
_PANEL_EDGES = 6.8 * H
_SMALLEST_LISTING = 0.85
"""Share of its size that a listing keeps in a column, or it is given the whole width."""
_TALL_PANEL = 0.45
"""Share of a page: a panel in another one that is taller stands by itself, where it can be parted."""
_PANELS = (md.Callout, md.Quote, md.CodeBlock, md.Table, md.Columns)


def is_text(blocks: Sequence[Block]) -> bool:
    """Whether there is nothing but running text, which may flow into columns."""
    kinds = (md.Paragraph, md.ListBlock, md.Heading, md.DefinitionList, md.Footnotes)
    return all(isinstance(b, kinds) for b in blocks)


def is_narrow(block: Block, column: float, setting: Setting) -> bool:
    """Whether a block loses nothing in a column: text, pictures that are not wide, unbroken listings and tables."""
    if isinstance(block, md.ListBlock):
        inner = column - INDENT * setting.text_size
        return all(is_narrow(each, inner, setting) for item in block.items for each in item.blocks)
    if is_text([block]):
        return True
    if isinstance(block, md.Figure):
        return face_of(block, setting).ratio <= _WIDE_PICTURE and block.width <= _WIDE_SHARE
    if isinstance(block, md.Table):
        from atelier.typeset.tables import natural_width

        return natural_width(block, setting) <= column
    if isinstance(block, md.CodeBlock):
        from atelier.typeset.code import unbroken_listing

        wanted = _SMALLEST_LISTING * setting.size(setting.theme.type.code)
        return unbroken_listing(block, column * min(1.0, setting.minimum / wanted), setting)
    if isinstance(block, md.MathBlock):
        shape = formula(block.tex, setting.text_size * 1.1, inline=False)
        return isinstance(shape, str) or shape.width <= column
    if isinstance(block, md.Callout | md.Quote):
        return all(is_narrow(each, column - _PANEL_EDGES, setting) for each in block.blocks)
    return isinstance(block, md.Rule | md.Activity | md.Agenda)


def unfolded(blocks: Sequence[Block], width: float, height: float, setting: Setting) -> list[Block]:
    """The blocks where columns higher than a page, and tall panels in others, stand below each other: they cannot be
    parted.
    """
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, md.Columns) and estimate([block], width, setting) > height:
            columns = [inner for column in block.columns for inner in column.blocks]
            out += unfolded(columns, width, height, setting)
        elif isinstance(block, md.Callout | md.Quote):
            out += _parted(block, width, height, setting)
        else:
            out.append(block)
    return out


def _parted(panel: md.Callout | md.Quote, width: float, height: float, setting: Setting) -> list[Block]:
    """A callout or quotation before and after each tall panel in it, and these panels themselves."""
    parts: list[list[Block]] = [[]]
    out: list[Block] = []
    for block in panel.blocks:
        if isinstance(block, _PANELS) and estimate([block], width, setting) > _TALL_PANEL * height:
            out += [replace(panel, blocks=tuple(parts[-1]))] if parts[-1] or not out else []
            out += unfolded([block], width, height, setting)
            parts.append([])
        else:
            parts[-1].append(block)
    if len(parts) == 1:
        return [panel]
    return [*out, replace(panel, blocks=tuple(parts[-1]))] if parts[-1] else out


def within(blocks: Sequence[Block], width: float, setting: Setting, smallest: float) -> Sequence[Block]:
    """The blocks where tables too wide for their words are several, each with the first column and some others.

    `smallest` is the scale they may get down to.
    """
    if not any(isinstance(block, md.Table) for block in blocks):
        return blocks
    out: list[Block] = []
    for block in blocks:
        out += _parts_of_table(block, width, setting, smallest) if isinstance(block, md.Table) else [block]
    return out


def _parts_of_table(table: md.Table, width: float, setting: Setting, smallest: float) -> list[md.Table]:
    count = max([len(table.header), *(len(row) for row in table.rows)], default=0)
    if count < _FEWEST_COLUMNS or unbroken_scale(table, width, setting, smallest) >= smallest:
        return [table]
    for parts in range(2, min(_MOST_PARTS, count - 1) + 1):
        each = -(-(count - 1) // parts)
        ranges = [(first, min(first + each, count)) for first in range(1, count, each)]
        made = [_columns_of(table, first, last) for first, last in ranges]
        if all(unbroken_scale(part, width, setting, smallest) >= smallest for part in made):
            return [*(replace(part, caption=()) for part in made[:-1]), made[-1]]
    return [table]


def _columns_of(table: md.Table, first: int, last: int) -> md.Table:
    rows = tuple((*row[:1], *row[first:last]) for row in table.rows)
    return replace(table, header=(*table.header[:1], *table.header[first:last]), rows=rows)


def unbroken_scale(table: md.Table, width: float, setting: Setting, largest: float) -> float:
    """About the largest scale at which the words of a table stay whole."""
    from atelier.typeset.tables import squeezed

    return largest * squeezed(table, width, setting.scaled(largest))
