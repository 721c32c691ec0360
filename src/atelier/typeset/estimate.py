"""About how high blocks will be, from the number of their signs: nothing is set for it."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from atelier.markup import blocks as md
from atelier.typeset.figures import MOST_IN_ROW
from atelier.typeset.flow import runs
from atelier.typeset.measures import BLOCK_GAP, GUTTER, ITEM_GAP, PARAGRAPH_GAP, SIGN, measure_width
from atelier.typeset.setting import H
from atelier.typeset.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.blocks import Block, Inline
    from atelier.typeset.setting import Setting


def estimate(blocks: Sequence[Block], width: float, setting: Setting) -> float:
    """About how high `blocks` will be, from the number of their signs; nothing is set for it."""
    total = 0.0
    for i, (block, together) in enumerate(runs(blocks)):
        if len(together) > 1:
            total += _rows_in(len(together)) * (setting.picture_height or 40.0 * H)
        else:
            total += _estimate(block, width, setting)
        if i:
            text = isinstance(block, md.Paragraph | md.ListBlock)
            total += (PARAGRAPH_GAP if text else BLOCK_GAP) * setting.gap
    return total


def _lines(signs: int, width: float, size: float) -> int:
    return max(1, math.ceil(signs * SIGN * size * 1.04 / max(measure_width(width, size), 1.0)))


def _estimate(block: Block, width: float, setting: Setting) -> float:
    size = setting.text_size
    kinds = setting.theme.type
    pitch = size * kinds.body.line
    if isinstance(block, md.Paragraph):
        return sum(_lines(signs, width, size) for signs in _broken(block.inlines)) * pitch
    if isinstance(block, md.ListBlock):
        inner = width - 1.4 * size
        gap = ITEM_GAP * setting.gap
        return sum(estimate(item.blocks, inner, setting) + gap for item in block.items) - gap
    if isinstance(block, md.Heading):
        return kinds.heading.size * H * setting.scale * kinds.heading.line
    if isinstance(block, md.CodeBlock):
        return len(block.lines) * setting.size(kinds.code) * kinds.code.line + 6.0 * H
    if isinstance(block, md.Table):
        row = setting.size(kinds.table) * kinds.table.line + 3.0 * H * setting.gap
        return (len(block.rows) + 1) * row
    if isinstance(block, md.Callout):
        return estimate(block.blocks, width - 6.8 * H, setting) + 9.0 * H
    if isinstance(block, md.Quote):
        return estimate(block.blocks, width - 6.0 * H, setting) + (5.0 * H if block.source else 0.0)
    if isinstance(block, md.Columns):
        n = max(len(block.columns), 1)
        each = (width - GUTTER * (n - 1)) / n
        return max((estimate(c.blocks, each, setting) for c in block.columns), default=0.0)
    if isinstance(block, md.Figure):
        return setting.picture_height or min(width / 1.5, 40.0 * H)
    if isinstance(block, md.DefinitionList):
        total = 0.0
        for item in block.items:
            total += pitch + PARAGRAPH_GAP * setting.gap
            total += sum(estimate(d, width - 1.4 * size, setting) for d in item.descriptions)
        return total
    if isinstance(block, md.Footnotes):
        small = kinds.caption.size * H
        return sum(_lines(_signs(n.blocks), width, small) * small * 1.5 for n in block.items)
    if isinstance(block, md.MathBlock):
        return size * 3.0
    if isinstance(block, md.Case):
        text = setting.size(kinds.case_text)
        signs = (sum(len(words(value)) + 2 for value in each.values) for each in block.fields)
        return sum(_lines(each, width * 0.8, text) * text * 1.34 + 20.0 for each in signs)
    if isinstance(block, md.Activity):
        return _activity(block, width, setting)
    if isinstance(block, md.Agenda):
        days = setting.agenda[block.day - 1 : block.day] if block.day else setting.agenda
        return sum((len(day.blocks) + 2.2) * (setting.text_size * 1.8 + 0.7 * H) for day in days)
    return 0.0


def _activity(block: md.Activity, width: float, setting: Setting) -> float:
    """A question, a drawing or the lines of a list, and the line below."""
    from atelier.markup import activities

    size = setting.text_size
    question = _lines(len(words(block.title)), width, size * 1.4) * size * 1.6 if block.title else 0.0
    beside = estimate(block.blocks, width, setting) + PARAGRAPH_GAP if block.blocks else 0.0
    lists = (activities.Poll, activities.Quiz, activities.Vote, activities.Rank, activities.Form, activities.Clinic)
    if isinstance(block.task, lists):
        each = [_lines(len(words(text)), width * 0.8, size) for text in activities.texts(block.task)]
        body = sum(count * size * 1.22 + size * 0.84 + 1.4 * H for count in each)
    else:
        body = setting.picture_height or 32.0 * H
        body = max(body, len(activities.texts(block.task)) * size)
    return question + beside + body + 9.0 * H


def _broken(inlines: tuple[Inline, ...]) -> list[int]:
    """The signs between the breaks an author made."""
    ends = [i for i, run in enumerate(inlines) if isinstance(run, md.LineBreak)]
    parts = [inlines[a + 1 : b] for a, b in itertools.pairwise([-1, *ends, len(inlines)])]
    return [len(words(part)) for part in parts]


def _rows_in(pictures: int) -> int:
    return -(-pictures // MOST_IN_ROW)


def picture_rows(blocks: Sequence[Block]) -> int:
    """How many rows of pictures stand below each other."""
    return sum(_rows_in(len(together)) for block, together in runs(blocks) if isinstance(block, md.Figure))


def _signs(blocks: Sequence[Block]) -> int:
    return sum(len(words(b.inlines)) for b in blocks if isinstance(b, md.Paragraph))
