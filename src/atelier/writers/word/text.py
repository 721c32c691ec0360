"""Blocks as paragraphs and tables of a Word document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from atelier.markup.addresses import is_remote
from atelier.markup.blocks import (
    Align,
    Callout,
    CalloutKind,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Style,
    Table,
    Text,
    plain_text,
)
from atelier.markup.local_words import is_from_the_right
from atelier.writers.word.elements import node, text_node
from atelier.writers.word.formulas import formula
from atelier.writers.word.lines import Lines
from atelier.writers.word.numbering import BULLETS, DEEPEST, NOTHING
from atelier.writers.word.pictures import EMU
from atelier.writers.word.styles import (
    ALERT,
    ALERT_LINE,
    GOOD,
    GOOD_LINE,
    LINE,
    LIST_STYLES,
    STEP,
    SUNKEN,
    box,
    style_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

    from atelier.markup.blocks import Block, Cell, Inline, ListItem
    from atelier.writers.word.lines import Document
    from atelier.writers.word.package import Relations

_CALLOUTS: Final = {
    CalloutKind.NOTE: ("Callout", SUNKEN, LINE),
    CalloutKind.OK: ("Callout Good", GOOD, GOOD_LINE),
    CalloutKind.WARN: ("Callout Alert", ALERT, ALERT_LINE),
}
"""Style, colour behind the words, colour of the line beside them."""
_EDGE: Final = 160
"""By how much the words of a callout are indented, in twips."""
_ALIGNS: Final = {Align.CENTRE: "center", Align.END: "right"}
_AFTER: Final = 160
"""Behind a paragraph, in twips."""
TEXT_TWIPS: Final = 9071
"""Width of the text."""
_NARROWEST, _WIDEST = 6, 48
"""Letters that a column counts for at least and at most, when the width of a table is shared out."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What a block stands in: the style of its paragraphs, by how much it is indented (twips), which list level."""

    lang: str
    style: str = ""
    indent: int = 0
    level: int = -1
    callout: CalloutKind | None = None


class WordText:
    """Writes the blocks of one part of a document: its text, or its footnotes. `relations` are those of the part."""

    def __init__(self, document: Document, relations: Relations, *, style: str = "", notes: bool = True) -> None:
        self._document = document
        self._lines = Lines(document, relations, notes=notes)
        self._relations = relations
        self._style = style

    def blocks(self, blocks: Iterable[Block], lang: str = "", style: str = "") -> list[Element]:
        """`lang` is the language of what is written, empty for that of the document; `style` that of paragraphs."""
        around = _Around(lang or self._document.lang, style or self._style)
        return self._blocks(blocks, around)

    def heading(self, inlines: Sequence[Inline], level: int, lang: str = "", bookmark: str = "") -> Element:
        """A heading, from 1 to 6; `bookmark` is what links lead to."""
        around = _Around(lang or self._document.lang)
        runs = self._lines.runs(inlines, around.lang)
        if bookmark:
            runs = self._lines.marked(bookmark, runs)
        return self._paragraph(runs, around, f"heading {min(max(level, 1), 6)}")

    def paragraph(self, inlines: Sequence[Inline], style: str, lang: str = "") -> Element:
        around = _Around(lang or self._document.lang)
        return self._paragraph(self._lines.runs(inlines, around.lang, italic=style == "Abstract"), around, style)

    # ------------------------------------------------------------------------------------------------------ blocks

    def _blocks(self, blocks: Iterable[Block], around: _Around) -> list[Element]:
        return [made for block in blocks for made in self._block(block, around)]

    def _block(self, block: Block, around: _Around) -> list[Element]:
        if block.lang:
            around = replace(around, lang=block.lang)
        match block:
            case Heading():
                return [self.heading(block.inlines, block.level - 1, around.lang)]
            case Paragraph():
                italic = around.style == "Quote"
                return [self._paragraph(self._lines.runs(block.inlines, around.lang, italic=italic), around)]
            case ListBlock():
                return self._list(block, around)
            case Quote():
                return self._quote(block, around)
            case Callout():
                return self._callout(block, around)
            case Table():
                return self._table(block, around)
            case DefinitionList():
                return self._definitions(block, around)
            case CodeBlock():
                return self._code(block, around)
            case MathBlock():
                return [self._math(block, around)]
            case Figure():
                return self._figure(block, around)
            case Rule():
                bar = node("w:pBdr", node("w:bottom", val="single", sz=4, space=1, color=LINE))
                return [self._paragraph([], around, border=bar)]
            case _:  # made linear before, or nobody's to see
                return []

    def _paragraph(
        self,
        runs: Sequence[Element],
        around: _Around,
        style: str = "",
        *,
        numbering: tuple[int, int] | None = None,
        border: Element | None = None,
        kept: bool = False,
        indent: tuple[int, int] | None = None,
        align: str = "",
    ) -> Element:
        """`numbering` is the number of a list and the level in it, `indent` that of the left and of the first line."""
        name = style or around.style
        fill = None
        if around.callout is not None:
            callout, fill_colour, line = _CALLOUTS[around.callout]
            if not style:
                name = callout
            else:
                border, fill = box(fill_colour, line)
        left, first = indent or (around.indent, 0)
        own = (indent is not None or around.indent) and (around.callout is None or style or left != _EDGE)
        properties = node(
            "w:pPr",
            node("w:pStyle", val=style_id(name)) if name else None,
            node("w:keepNext") if kept else None,
            node("w:numPr", node("w:ilvl", val=numbering[1]), node("w:numId", val=numbering[0])) if numbering else None,
            border,
            fill,
            node("w:bidi", val=int(is_from_the_right(around.lang)))
            if is_from_the_right(around.lang) != is_from_the_right(self._document.lang)
            else None,
            node("w:ind", left=left, **({"hanging": first} if first else {})) if own else None,
            node("w:jc", val=align) if align else None,
        )
        return node("w:p", properties if len(properties) else None, *runs)

    def _list(self, block: ListBlock, around: _Around) -> list[Element]:
        level = min(around.level + 1, DEEPEST)
        number = self._document.numbering.numbers(level, block.start) if block.ordered else BULLETS
        kind = "List Number" if block.ordered else "List Bullet"
        inner = replace(around, level=level)
        out: list[Element] = []
        for item in block.items:
            out += self._item(item, kind, number, inner)
        return out if around.level >= 0 else _closed(out)

    def _item(self, item: ListItem, kind: str, number: int, around: _Around) -> list[Element]:
        if item.lang:
            around = replace(around, lang=item.lang)
        level = around.level
        style = _at_level(kind, level)
        first, *rest = item.blocks or (Paragraph(inlines=()),)
        if not isinstance(first, Paragraph):
            first, rest = Paragraph(inlines=()), [first, *rest]
        runs = self._lines.runs(first.inlines, first.lang or around.lang, italic=around.style == "Quote")
        counted = (number, level)
        left = around.indent + STEP * (level + 1)
        if item.checked is not None:
            box = [text_node("w:t", "☑" if item.checked else "☐"), node("w:tab")]
            runs = [node("w:r", *box), *runs]
            counted = (NOTHING, 0)
        direct = around.indent or item.checked is not None or level >= LIST_STYLES
        head = self._paragraph(runs, around, style, numbering=counted, indent=(left, STEP) if direct else None)
        out = [head]
        going_on = replace(around, style=_at_level("List Continue", level), indent=0, level=level)
        for each in rest:
            if isinstance(each, ListBlock):
                out += self._block(each, around)
            elif isinstance(each, Paragraph):
                indent = (left, 0) if around.indent or level >= LIST_STYLES else None
                words = self._lines.runs(each.inlines, each.lang or around.lang)
                out.append(self._paragraph(words, around, going_on.style, indent=indent))
            else:
                out += self._block(each, replace(around, indent=left, level=-1, style=""))
        return out

    def _quote(self, block: Quote, around: _Around) -> list[Element]:
        nested = around.style == "Quote" or around.indent > 0
        inner = replace(around, style="Quote", indent=around.indent + STEP if nested else 0, level=-1)
        if any(not isinstance(each, Paragraph) for each in block.blocks):
            inner = replace(inner, indent=around.indent + STEP)
        out = self._blocks(block.blocks, inner)
        if block.source:
            runs = self._lines.runs((Text("— "), *block.source), around.lang)
            indent = (inner.indent, 0) if inner.indent else None
            out.append(self._paragraph(runs, around, "Attribution", indent=indent))
        return out

    def _callout(self, block: Callout, around: _Around) -> list[Element]:
        inner = replace(around, callout=block.kind, style="", indent=around.indent + _EDGE, level=-1)
        out: list[Element] = []
        if block.title:
            title = tuple(
                replace(run, styles=run.styles | {Style.STRONG}) if isinstance(run, Text) else run
                for run in block.title
            )
            out.append(self._paragraph(self._lines.runs(title, around.lang), inner, kept=True))
        return _closed(out + self._blocks(block.blocks, inner))

    def _definitions(self, block: DefinitionList, around: _Around) -> list[Element]:
        out: list[Element] = []
        indent = (around.indent, 0) if around.indent else None
        for item in block.items:
            out += [
                self._paragraph(self._lines.runs(term, around.lang), around, "Term", indent=indent)
                for term in item.terms
            ]
            for description in item.descriptions:
                plain = all(isinstance(each, Paragraph) for each in description) and not around.indent
                left = 0 if plain else around.indent + STEP
                out += self._blocks(description, replace(around, style="Definition", indent=left, level=-1))
        return out

    def _code(self, block: CodeBlock, around: _Around) -> list[Element]:
        out: list[Element] = []
        indent = (around.indent + _EDGE, 0) if around.indent else None
        if block.title:
            out.append(self._paragraph(self._lines.runs((Text(block.title),), around.lang), around, "Code Title"))
        lines: list[Element] = []
        for number, line in enumerate(block.lines):
            lines += [node("w:br")] if number else []
            words = "".join(token.text for token in line)
            for place, piece in enumerate(words.split("\t")):
                lines += [node("w:tab")] if place else []
                lines += [text_node("w:t", piece)] if piece else []
        out.append(self._paragraph([node("w:r", *lines)], around, "Code", indent=indent))
        return out

    def _math(self, block: MathBlock, around: _Around) -> Element:
        made = formula(block.tex, inline=False)
        if made is not None:
            return self._paragraph([made], around)
        words = (Text(block.tex.strip(), frozenset({Style.CODE})),)
        return self._paragraph(self._lines.runs(words, around.lang), around, "Figure")

    def _figure(self, block: Figure, around: _Around) -> list[Element]:
        caption = self._lines.runs(block.caption, around.lang)
        if block.credit:
            credit = Text(f" {block.credit}" if block.caption else block.credit)
            caption += self._lines.runs((credit,), around.lang, style="Credit")
        indent = around.indent * EMU // 20
        shown = self._document.album.drawing(
            block.source, block.alt, self._relations, share=block.width, href=block.href, indent=indent
        )
        out: list[Element] = []
        if shown is not None:
            run = node("w:r", shown)
            out.append(self._paragraph([run], around, "Figure", kept=bool(caption)))
        elif block.alt.strip() or is_remote(block.source):
            address = block.source if is_remote(block.source) else block.href
            words = Text(block.alt.strip() or address, frozenset({Style.EMPHASIS}), href=address)
            out.append(self._paragraph(self._lines.runs((words,), around.lang), around, "Figure", kept=bool(caption)))
        if caption:
            out.append(self._paragraph(caption, around, "caption"))
        return out

    # ------------------------------------------------------------------------------------------------------ tables

    def _table(self, block: Table, around: _Around) -> list[Element]:
        rows = [block.header, *block.rows] if any(cell.inlines for cell in block.header) else list(block.rows)
        width = max((len(row) for row in rows), default=0)
        if not width:
            return []
        headed = rows[0] is block.header
        out: list[Element] = []
        if block.caption:
            out.append(self._paragraph(self._lines.runs(block.caption, around.lang), around, "Table Caption"))
        columns = _columns(rows, width, TEXT_TWIPS - around.indent)
        mirrored = node("w:bidiVisual") if is_from_the_right(around.lang) else None
        out.append(
            node(
                "w:tbl",
                node(
                    "w:tblPr",
                    node("w:tblStyle", val="ArticleTable"),
                    mirrored,
                    node("w:tblW", w=sum(columns), type="dxa"),
                    node("w:tblInd", w=around.indent, type="dxa") if around.indent else None,
                    node("w:tblLayout", type="fixed"),
                    node(
                        "w:tblLook", val="0420" if headed else "0400", firstRow=int(headed), lastRow=0, firstColumn=0,
                        lastColumn=0, noHBand=0, noVBand=1,
                    ),
                ),
                node("w:tblGrid", *(node("w:gridCol", w=each) for each in columns)),
                *(
                    self._row(row, columns, around, head=headed and number == 0)
                    for number, row in enumerate(rows)
                ),
            )
        )  # fmt: skip
        # the distance to what follows, which also keeps two tables apart
        out.append(node("w:p", node("w:pPr", node("w:spacing", before=0, after=0, line=200, lineRule="exact"))))
        return out

    def _row(self, row: Sequence[Cell], columns: Sequence[int], around: _Around, *, head: bool) -> Element:
        cells: list[Element] = []
        for number, width in enumerate(columns):
            inlines: tuple[Inline, ...] = row[number].inlines if number < len(row) else ()
            align = _ALIGNS.get(row[number].align, "") if number < len(row) else ""
            bare = replace(around, indent=0, callout=None)
            words = self._paragraph(self._lines.runs(inlines, around.lang), bare, "Table Text", kept=head, align=align)
            cells.append(node("w:tc", node("w:tcPr", node("w:tcW", w=width, type="dxa")), words))
        properties = node("w:trPr", node("w:cantSplit"), node("w:tblHeader") if head else None)
        return node("w:tr", properties, *cells)


def _closed(paragraphs: list[Element]) -> list[Element]:
    """The same with the usual distance behind the last: those in a list or a box are closer to each other."""
    last = paragraphs[-1] if paragraphs else None
    if last is None or last.tag != "w:p":
        return paragraphs
    if not len(last) or last[0].tag != "w:pPr":
        last.insert(0, node("w:pPr"))
    properties = last[0]
    if properties.find("w:spacing") is None:
        behind = (number for number, each in enumerate(properties) if each.tag in {"w:ind", "w:jc"})
        properties.insert(next(behind, len(properties)), node("w:spacing", after=_AFTER))
    return paragraphs


def _at_level(kind: str, level: int) -> str:
    """The style of a list at a level from 0."""
    number = min(level + 1, LIST_STYLES)
    return kind if number == 1 else f"{kind} {number}"


def _columns(rows: Sequence[Sequence[Cell]], count: int, room: int) -> list[int]:
    """Widths in twips: by the longest text in each column, within bounds."""
    letters = [_NARROWEST] * count
    for row in rows:
        for number, cell in enumerate(row):
            letters[number] = max(letters[number], min(len(plain_text(cell.inlines)), _WIDEST))
    return [max(room * each // sum(letters), 1) for each in letters]
