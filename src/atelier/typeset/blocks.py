"""Blocks to rows: one function a family of blocks, and the table that finds it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.foundation.geometry import Rect
from atelier.markup import blocks as md
from atelier.typeset.display import BoxItem
from atelier.typeset.figures import rows_of_figure, rows_of_figures
from atelier.typeset.flow import belongs, runs
from atelier.typeset.measures import BLOCK_GAP, ITEM_GAP, PARAGRAPH_GAP, measure_width
from atelier.typeset.pieces import Piece, Row
from atelier.typeset.setting import H, colour
from atelier.typeset.structure import element_of
from atelier.typeset.text import TextStyle, set_even, set_inlines
from atelier.typeset.titles import fit_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.blocks import Block
    from atelier.typeset.setting import Setting
    from atelier.typeset.text import Lines


def gap_between(above: Block | None, below: Block, setting: Setting) -> float:
    """The white space between two blocks, in frame units."""
    if above is None:
        return 0.0
    text = (md.Paragraph, md.ListBlock, md.DefinitionList)
    if isinstance(above, md.Heading):
        gap = ITEM_GAP
    elif isinstance(below, md.Heading):
        gap = BLOCK_GAP
    elif isinstance(above, text) and isinstance(below, text):
        gap = ITEM_GAP if setting.level else PARAGRAPH_GAP
    elif isinstance(below, md.Footnotes):
        gap = PARAGRAPH_GAP
    else:
        gap = BLOCK_GAP if not setting.level else PARAGRAPH_GAP
    return gap * setting.gap


def compose(blocks: Sequence[Block], width: float, setting: Setting) -> list[Row]:
    """All rows of `blocks` at the setting's scale, in a column `width` frame units wide."""
    rows: list[Row] = []
    above: Block | None = None
    for block, row_of in runs(blocks):
        step = max(block.step, setting.step) if len(row_of) == 1 else setting.step
        element = element_of(block, setting) if not isinstance(block, md.Figure) else setting.inside
        inner = replace(
            setting, line=block.line or setting.line, lang=block.lang or setting.lang, step=step, inside=element
        )
        made = rows_of(block, width, inner) if len(row_of) <= 1 else _figures(row_of, width, inner)
        if not made:
            continue
        made[0].gap = gap_between(above, block, setting)
        if rows and belongs(above, block):
            rows[-1].glued = True
        for row in made:
            row.piece.step = max(row.piece.step, step)
            row.piece.element = row.piece.element or element
        rows += made
        above = block
    return rows


def _figures(blocks: Sequence[Block], width: float, setting: Setting) -> list[Row]:
    return rows_of_figures([b for b in blocks if isinstance(b, md.Figure)], width, setting)


def rows_of(block: Block, width: float, setting: Setting) -> list[Row]:
    """The rows of one block."""
    if isinstance(block, md.Paragraph):
        return _paragraph(block, width, setting)
    if isinstance(block, md.Heading):
        return _heading(block, width, setting)
    if isinstance(block, md.Rule):
        return _rule(width, setting)
    if isinstance(block, md.ListBlock):
        from atelier.typeset.lists import rows_of_list

        return rows_of_list(block, width, setting)
    if isinstance(block, md.DefinitionList):
        from atelier.typeset.lists import rows_of_definitions

        return rows_of_definitions(block, width, setting)
    if isinstance(block, md.Footnotes):
        from atelier.typeset.lists import rows_of_footnotes

        return rows_of_footnotes(block, width, setting)
    if isinstance(block, md.Table):
        from atelier.typeset.tables import rows_of_table

        return rows_of_table(block, width, setting)
    if isinstance(block, md.CodeBlock):
        from atelier.typeset.code import rows_of_code

        return rows_of_code(block, width, setting)
    if isinstance(block, md.Callout):
        from atelier.typeset.callouts import rows_of_callout

        return rows_of_callout(block, width, setting)
    if isinstance(block, md.Quote):
        from atelier.typeset.quotes import rows_of_quote

        return rows_of_quote(block, width, setting)
    if isinstance(block, md.Figure):
        return rows_of_figure(block, width, setting)
    if isinstance(block, md.Columns):
        from atelier.typeset.columns import rows_of_columns

        return rows_of_columns(block, width, setting)
    if isinstance(block, md.MathBlock):
        from atelier.typeset.equations import rows_of_math

        return rows_of_math(block, width, setting)
    if isinstance(block, md.Case):
        from atelier.typeset.case import rows_of_case

        return rows_of_case(block, width, setting)
    if isinstance(block, md.Activity):
        from atelier.typeset.activities import rows_of_activity

        return rows_of_activity(block, width, setting)
    if isinstance(block, md.Agenda):
        from atelier.typeset.schedule import rows_of_agenda

        return rows_of_agenda(block, width, setting)
    return []


def text_style(setting: Setting) -> TextStyle:
    return TextStyle(
        size=setting.text_size,
        line=setting.theme.type.body.line,
        colour=setting.body,
        strong=setting.accent,
        aside=setting.aside,
    )


def line_rows(lines: Lines) -> list[Row]:
    """A text as rows that may be parted between its lines, at least two lines on either side."""
    if lines.count <= 4:
        return [Row(lines.piece())] if lines.count else []
    cuts = [0, *range(2, lines.count - 1), lines.count]
    return [Row(lines.piece(first, last)) for first, last in itertools.pairwise(cuts)]


def _paragraph(block: md.Paragraph, width: float, setting: Setting) -> list[Row]:
    style = text_style(setting)
    if "lead" in block.classes:
        style = replace(style, size=setting.size(setting.theme.type.lead), colour=setting.muted)
    elif "small" in block.classes:
        style = replace(style, size=setting.size(setting.theme.type.small))
    return line_rows(_set(block.inlines, width, style, setting))


def _set(inlines: tuple[md.Inline, ...], width: float, style: TextStyle, setting: Setting) -> Lines:
    """Running text; right-to-left text starts at the right edge of the column, whatever its measure."""
    measure = measure_width(width, style.size)
    lines = set_even(inlines, measure, style, setting)
    if lines.right_to_left and measure < width:
        lines = set_inlines(inlines, width, style, setting)
    return lines


def _heading(block: md.Heading, width: float, setting: Setting) -> list[Row]:
    kind = setting.theme.type.heading
    if setting.in_column:
        weight = setting.theme.fonts.body.label_weight
        size = setting.text_size * 1.05
        style = TextStyle(size=size, line=1.25, colour=setting.hue, weight=weight)
        return [Row(set_inlines(block.inlines, width, style, setting).piece(), glued=True)]
    smaller = max(0.68, 1.0 - 0.12 * max(0, block.level - 3))
    size = max(kind.size * H * min(setting.scale, 1.15) * smaller, setting.text_size * 1.08)
    style = TextStyle(
        size=size,
        line=kind.line,
        colour=setting.hue if block.level > 3 else setting.ink,
        family="titles",
        optical=setting.theme.fonts.titles.optical.cover,
    )
    lines = fit_title(block.inlines, width, 4 * size * kind.line, style, setting, smallest=size * 0.75)
    return [Row(lines.piece(), glued=True)]


def _rule(width: float, setting: Setting) -> list[Row]:
    piece = Piece(width, 3.0)
    line = BoxItem(bounds=Rect(0.0, 0.0, width, 3.0), fill=colour(setting.theme.colours.line))
    piece.add(0.0, 0.0, line)
    return [Row(piece, parting=True)]
