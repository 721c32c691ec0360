"""What the audience may see of a frame, on a path and in a language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from atelier.markup.blocks import (
    Activity,
    Block,
    Callout,
    Case,
    CodeBlock,
    Column,
    Columns,
    DefinitionList,
    Figure,
    Footnote,
    FootnoteMark,
    Footnotes,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    Only,
    Paragraph,
    Private,
    Quote,
    Table,
    Text,
    is_private,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_NO_SPACE_BEFORE: Final = re.compile(r"[ \u00a0\u202f]|[.,;:!?…)»]")


def visible(blocks: tuple[Block, ...], path: str, language: str) -> tuple[Block, ...]:
    """`blocks` without what is private, `only` blocks opened where they hold and dropped where not.

    Steps are numbered anew so that every advance shows something, footnotes so that they count from 1 and none is left
    whose mark is gone.
    """
    seen = _Audience(path, language).blocks(blocks)
    if seen == blocks:
        return blocks
    return renumbered(_with_used_footnotes(seen))


class _Audience:
    def __init__(self, path: str, language: str) -> None:
        self._path = path
        self._language = language

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(seen for block in blocks for seen in self._block(block))

    def _block(self, block: Block) -> Iterable[Block]:
        if isinstance(block, Private):
            return ()
        if isinstance(block, Only):
            if not block.holds(self._path, self._language):
                return ()
            return tuple(replace(each, step=max(each.step, block.step)) for each in self.blocks(block.blocks))
        seen = mapped(block, self.blocks, _public)
        if isinstance(seen, Heading | Paragraph) and not seen.inlines and block != seen:
            return ()
        if isinstance(seen, ListBlock) and seen != block:
            items = tuple(
                item
                for item, before in zip(seen.items, _items_of(block), strict=True)
                if item.blocks or not before.blocks
            )
            return (replace(seen, items=items),) if items else ()
        if isinstance(seen, Activity):
            from atelier.markup.activities import closed

            return (replace(seen, task=closed(seen.task)),)
        if isinstance(seen, Quote | Callout) and seen != block and not seen.blocks:
            return ()
        if isinstance(seen, Columns) and seen != block:
            columns = tuple(column for column in seen.columns if column.blocks)
            return (replace(seen, columns=columns),) if columns else ()
        if isinstance(seen, Case) and seen != block:
            return (_without_empty_fields(seen),)
        return (seen,)


def _items_of(block: Block) -> tuple[ListItem, ...]:
    return block.items if isinstance(block, ListBlock) else ()


def _without_empty_fields(case: Case) -> Case:
    """A case without the values of which nothing is left."""
    filled = (replace(each, values=tuple(text for text in each.values if text)) for each in case.fields)
    return replace(case, fields=tuple(each for each in filled if each.values))


def _public(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """What of a line is not private. Of the spaces around what goes, one stays, and none before a stop."""
    if not any(map(is_private, inlines)):
        return inlines
    out: list[Inline] = []
    for before, run in zip((None, *inlines), inlines, strict=False):
        if is_private(run):
            continue
        last = out[-1] if out else None
        if before and is_private(before) and isinstance(run, Text) and _NO_SPACE_BEFORE.match(run.text):
            if isinstance(last, Text):
                out[-1] = replace(last, text=last.text.rstrip(" "))
            else:
                run = replace(run, text=run.text.lstrip(" "))  # noqa: PLW2901 - the run as it is seen
        out.append(run)
    return tuple(run for run in out if not isinstance(run, Text) or run.text)


def mapped(
    block: Block,
    inner: Callable[[tuple[Block, ...]], tuple[Block, ...]],
    inline: Callable[[tuple[Inline, ...]], tuple[Inline, ...]],
) -> Block:
    """`block` with its blocks and its inlines changed."""
    match block:
        case Heading() | Paragraph():
            return replace(block, inlines=inline(block.inlines))
        case ListBlock():
            return replace(block, items=tuple(replace(item, blocks=inner(item.blocks)) for item in block.items))
        case Quote():
            return replace(block, blocks=inner(block.blocks), source=inline(block.source))
        case Table():
            rows = tuple(tuple(replace(cell, inlines=inline(cell.inlines)) for cell in row) for row in block.rows)
            header = tuple(replace(cell, inlines=inline(cell.inlines)) for cell in block.header)
            return replace(block, header=header, rows=rows, caption=inline(block.caption))
        case DefinitionList():
            items = tuple(
                replace(
                    item,
                    terms=tuple(inline(term) for term in item.terms),
                    descriptions=tuple(inner(description) for description in item.descriptions),
                )
                for item in block.items
            )
            return replace(block, items=items)
        case Footnotes():
            return replace(block, items=tuple(replace(note, blocks=inner(note.blocks)) for note in block.items))
        case Callout():
            return replace(block, title=inline(block.title), blocks=inner(block.blocks))
        case Figure():
            return replace(block, caption=inline(block.caption))
        case Columns():
            columns = tuple(replace(column, blocks=inner(column.blocks)) for column in block.columns)
            return replace(block, columns=columns)
        case Case():
            fields = (replace(each, values=tuple(inline(text) for text in each.values)) for each in block.fields)
            return replace(block, fields=tuple(fields), blocks=inner(block.blocks))
        case Activity():
            from atelier.markup.activities import changed

            task = changed(block.task, inline)
            return replace(block, title=inline(block.title), task=task, blocks=inner(block.blocks))
        case Private() | Only():
            return replace(block, blocks=inner(block.blocks))
        case _:
            return block


# ------------------------------------------------------------------------------------------------------- footnotes


def _with_used_footnotes(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    notes = {note.number: note for block in blocks if isinstance(block, Footnotes) for note in block.items}
    if not notes:
        return blocks
    order: dict[int, int] = {}

    def note_mark(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(
            replace(run, number=order.setdefault(run.number, len(order) + 1))
            if isinstance(run, FootnoteMark) and run.number in notes
            else run
            for run in inlines
        )

    def note_marks(inner: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(mapped(block, note_marks, note_mark) for block in inner)

    text = note_marks(tuple(block for block in blocks if not isinstance(block, Footnotes)))
    items: list[Footnote] = []
    while len(items) < len(order):
        note = notes[list(order)[len(items)]]
        items.append(replace(note, number=len(items) + 1, blocks=note_marks(note.blocks)))
    place = next(block for block in blocks if isinstance(block, Footnotes))
    return (*text, replace(place, items=tuple(items))) if items else text


# ----------------------------------------------------------------------------------------------------------- steps


def _parts(block: Block) -> Iterator[Block | ListItem | Column]:
    """A block and everything inside it that has a step, in reading order."""
    yield block
    match block:
        case ListBlock():
            for item in block.items:
                yield item
                yield from all_parts(item.blocks)
        case Columns():
            for column in block.columns:
                yield column
                yield from all_parts(column.blocks)
        case DefinitionList():
            for item in block.items:
                for description in item.descriptions:
                    yield from all_parts(description)
        case Quote() | Callout() | Case() | Activity() | Only():
            yield from all_parts(block.blocks)
        case _:
            pass


def all_parts(blocks: Iterable[Block]) -> Iterator[Block | ListItem | Column]:
    """Blocks and everything inside them that has a step, in reading order."""
    for block in blocks:
        yield from _parts(block)


def _advances(blocks: Iterable[Block]) -> Iterator[int]:
    for part in all_parts(blocks):
        yield part.step
        if isinstance(part, CodeBlock) and len(part.states) > 1:
            yield from range(part.first_advance, part.first_advance + len(part.states) - 1)


def renumbered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """`blocks` with their steps counted from 1 without gaps."""
    used = sorted(set(_advances(blocks)) - {0})
    if used == list(range(1, len(used) + 1)):
        return blocks
    number = {0: 0} | {old: new for new, old in enumerate(used, 1)}

    def blocks_anew(inner: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(anew(block) for block in inner)

    def anew(block: Block) -> Block:
        block = mapped(block, blocks_anew, lambda inlines: inlines)
        block = replace(block, step=number.get(block.step, 0))
        match block:
            case ListBlock():
                items = tuple(replace(item, step=number.get(item.step, 0)) for item in block.items)
                return replace(block, items=items)
            case Columns():
                columns = tuple(replace(column, step=number.get(column.step, 0)) for column in block.columns)
                return replace(block, columns=columns)
            case DefinitionList():
                return replace(block, items=tuple(replace(item, step=number.get(item.step, 0)) for item in block.items))
            case CodeBlock() if len(block.states) > 1:
                return replace(block, first_advance=number[block.first_advance])
            case _:
                return block

    return blocks_anew(blocks)
