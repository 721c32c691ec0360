"""The words of blocks, for search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.markup.blocks import (
    Activity,
    Agenda,
    Block,
    Callout,
    Case,
    CodeBlock,
    Columns,
    DefinitionList,
    Figure,
    Footnotes,
    Heading,
    Inline,
    ListBlock,
    MathBlock,
    Only,
    Paragraph,
    Private,
    Quote,
    Rule,
    Table,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def words(blocks: Iterable[Block]) -> str:
    """The plain text of `blocks`, a line for each paragraph, cell row, item or line of code. Private words as well:
    take them away first with `audience.visible` where the audience is to see the result.
    """
    return "\n".join(line for block in blocks for line in _lines(block) if line)


def _text(inlines: tuple[Inline, ...]) -> str:
    return plain_text(inlines, private=True).strip()


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield _text(block.inlines)
        case ListBlock():
            for item in block.items:
                yield words(item.blocks)
        case Quote():
            yield words(block.blocks)
            yield _text(block.source)
        case Table():
            yield _text(block.caption)
            for row in (block.header, *block.rows):
                yield " ".join(_text(cell.inlines) for cell in row)
        case DefinitionList():
            for item in block.items:
                yield " ".join(_text(term) for term in item.terms)
                for description in item.descriptions:
                    yield words(description)
        case Footnotes():
            for note in block.items:
                yield words(note.blocks)
        case Callout():
            yield _text(block.title)
            yield words(block.blocks)
        case CodeBlock():
            yield block.title
            for line in block.lines:
                yield "".join(token.text for token in line)
        case MathBlock():
            yield block.tex
        case Figure():
            yield block.alt
            yield _text(block.caption)
            yield block.credit
        case Columns():
            for column in block.columns:
                yield words(column.blocks)
        case Case():
            for each in block.fields:
                yield " ".join((each.label, ", ".join(filter(None, map(_text, each.values))))).strip()
            yield words(block.blocks)
        case Activity():
            from atelier.markup.activities import texts

            yield _text(block.title)
            yield words(block.blocks)
            for text in texts(block.task):
                yield _text(text)
        case Private() | Only():
            yield words(block.blocks)
        case Rule() | Agenda():
            pass
