"""HTML blocks as people put them among their Markdown: what a reader would see of them, as typed blocks.

Nothing of the HTML itself goes on from here. The words in it are read as Markdown is, so that what is private in them
stays so.
"""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from atelier.markup.addresses import MOST_STAND_INS, is_remote, name_of
from atelier.markup.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Columns,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    plain_text,
)
from atelier.markup.gathering import Lines
from atelier.markup.htmltree import Node, html_tree
from atelier.markup.inlines import Picture, share
from atelier.markup.limits import MOST_CELLS
from atelier.markup.media import kind_of, span
from atelier.markup.traits import NO_TRAITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.traits import Common, Traits

_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_GAP = re.compile(r"\n[ \t]*\n")
_LANGUAGE = re.compile(r"(?:language-|lang-|highlight-source-)([\w+#-]{1,30})")
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_MOST_COLUMNS = 3
_ALIGNS = {"right": Align.END, "center": Align.CENTRE}


class Builder(Protocol):
    """What the grammar offers to what stands in HTML."""

    def blocks(self, lines: Lines) -> tuple[Block, ...]: ...
    def inlines(self, text: str, number: int) -> tuple[Inline, ...]: ...
    def paragraph(self, text: str, number: int, traits: Traits) -> Sequence[Block]: ...
    def figure(self, picture: Picture, number: int, traits: Traits) -> Block: ...
    def code(self, texts: list[str], info: str, number: int, traits: Traits) -> Block: ...
    def common(self, traits: Traits) -> Common: ...


def html_blocks(source: str, number: int, builder: Builder, traits: Traits) -> Sequence[Block]:
    """The blocks in a piece of HTML that begins at the file's line `number`."""
    return _Html(builder, number, traits).of(html_tree(source))


class _Html:
    def __init__(self, builder: Builder, number: int, traits: Traits) -> None:
        self._builder = builder
        self._number = number
        self._traits = traits

    def of(self, node: Node) -> list[Block]:
        out: list[Block] = []
        words: list[str] = []
        items: list[Node] = []
        for child in node.children:
            if isinstance(child, Node) and child.name == "li":
                self._words(words, out)
                items.append(child)
            elif isinstance(child, Node) or (child.strip() and items):
                self._items(items, out)
                self._words(words, out)
                if isinstance(child, Node):
                    out.extend(self._node(child, out))
                else:
                    words.append(child)
            else:
                words.append(child)
        self._items(items, out)
        self._words(words, out)
        return out

    def _words(self, words: list[str], out: list[Block]) -> None:
        """The text between two elements: a paragraph, or Markdown where empty lines set it apart."""
        text = "".join(words)
        words.clear()
        if not text.strip():
            return
        if _GAP.search(text):
            lines = textwrap.dedent(text.strip("\n")).split("\n")
            out.extend(self._builder.blocks(Lines(lines, [self._number] * len(lines))))
        else:
            out.extend(self._builder.paragraph(" ".join(text.split()), self._number, self._traits))

    def _items(self, items: list[Node], out: list[Block]) -> None:
        """Items outside a list make one."""
        if items:
            out.extend(self._list(Node("ul", {}, list(items))))
            items.clear()

    def _node(self, node: Node, before: list[Block]) -> Sequence[Block]:
        common = self._builder.common(self._traits)
        match node.name:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return self._heading(node)
            case "ul" | "ol" | "menu" | "dir":
                return self._list(node)
            case "dl":
                return self._definitions(node)
            case "table":
                return self._table(node)
            case "blockquote":
                blocks = tuple(self.of(node))
                return [Quote(blocks=blocks, line=self._number, **common)] if blocks else ()
            case "pre":
                return self._code(node)
            case "hr":
                return [Rule(line=self._number, **common)]
            case "summary" | "legend":
                return self._bold(node)
            case "figcaption" | "caption":
                return self._caption(node, before)
            case "video" | "audio":
                return self._media(node)
            case _:
                return self.of(node)

    def _inlines(self, node: Node) -> tuple[Inline, ...]:
        return self._builder.inlines(" ".join(node.text().split()), self._number)

    def _heading(self, node: Node) -> Sequence[Block]:
        if not _TAGS.sub("", node.text()).strip():
            return self._builder.paragraph(" ".join(node.text().split()), self._number, self._traits)
        inlines = self._inlines(node)
        common = self._builder.common(self._traits)
        return [Heading(level=int(node.name[1]), inlines=inlines, line=self._number, **common)] if inlines else ()

    def _bold(self, node: Node) -> Sequence[Block]:
        text = " ".join(node.text().split())
        return self._builder.paragraph(f"<b>{text}</b>", self._number, self._traits) if text else ()

    def _media(self, node: Node) -> Sequence[Block]:
        """A film or a sound: the first of its sources that may be played here, else the one it has."""
        says = node.attributes
        sources = [says.get("src", "")]
        sources += [
            child.attributes.get("src", "")
            for child in node.children
            if isinstance(child, Node) and child.name == "source"
        ]
        named = [source.strip() for source in sources if source.strip()]
        if not named:
            return ()
        source = next((each for each in named if kind_of(each) is not None), named[0])
        words = says.get("aria-label", "") or says.get("title", "") or says.get("alt", "")
        picture = Picture(
            source=source,
            alt=" ".join(words.split()) or ("" if kind_of(source) else name_of(source)),
            credit=says.get("data-credit", ""),
            width=share(says.get("width", "")),
            poster=says.get("poster", "").strip(),
            span=span(source, {}),
        )
        return [self._builder.figure(picture, self._number, self._traits)]

    def _caption(self, node: Node, before: list[Block]) -> Sequence[Block]:
        inlines = self._inlines(node)
        if inlines and before and isinstance(last := before[-1], Figure | Table):
            before[-1] = replace(last, caption=inlines)
            return ()
        return [Paragraph(inlines=inlines, line=self._number, classes=("caption",))] if inlines else ()

    def _list(self, node: Node) -> Sequence[Block]:
        items: list[ListItem] = []
        for child in node.children:
            if isinstance(child, Node) and child.name in _LISTS and items:  # a list beside the item it belongs to
                inner = tuple(self._list(child))
                items[-1] = replace(items[-1], blocks=items[-1].blocks + inner)
            elif isinstance(child, Node) and (blocks := tuple(self.of(child))):
                items.append(ListItem(blocks=blocks, line=self._number, step=self._builder.common(NO_TRAITS)["step"]))
        if not items:
            return ()
        start = node.attributes.get("start", "")
        return [
            ListBlock(
                items=tuple(items),
                ordered=node.name == "ol",
                start=int(start) if start.isdecimal() and len(start) < 10 else 1,
                line=self._number,
                **self._builder.common(self._traits),
            )
        ]

    def _definitions(self, node: Node) -> Sequence[Block]:
        items: list[Definition] = []
        terms: list[tuple[Inline, ...]] = []
        meanings: list[tuple[Block, ...]] = []

        def end() -> None:
            if terms or meanings:
                items.append(Definition(terms=tuple(terms), descriptions=tuple(meanings), line=self._number))
            terms.clear()
            meanings.clear()

        for child in (c for c in node.children if isinstance(c, Node)):
            if child.name == "dt":
                if meanings:
                    end()
                terms.append(self._inlines(child))
            elif blocks := tuple(self.of(child)):
                meanings.append(blocks)
        end()
        return [DefinitionList(items=tuple(items), line=self._number, **self._builder.common(self._traits))]

    def _code(self, node: Node) -> Sequence[Block]:
        text = node.text()
        named = _LANGUAGE.search(f"{node.attributes.get('class', '')} {text[:200] if '<code' in text[:20] else ''}")
        info = node.attributes.get("lang", "") or (named[1] if named else "")
        lines = html.unescape(_TAGS.sub("", text)).strip("\n").rstrip().split("\n")
        if not any(line.strip() for line in lines):
            return ()
        return [self._builder.code(lines, info if info.isalnum() else "", self._number, self._traits)]

    # ------------------------------------------------------------------------------------------------------ tables

    def _table(self, node: Node) -> Sequence[Block]:
        """A table of words; one that only puts things beside each other becomes columns or a row of pictures."""
        rows: list[list[tuple[Node, list[Block]]]] = []
        captions: list[Block] = []
        for row in _rows(node):
            cells = [(cell, self.of(cell)) for cell in row.children if isinstance(cell, Node)]
            if any(blocks for _cell, blocks in cells):
                rows.append(cells)
        for child in node.children:
            if isinstance(child, Node) and child.name == "caption":
                captions += self._caption(child, [])
        if not rows:
            return captions
        if sum(_is_stand_in(block) for cells in rows for _cell, blocks in cells for block in blocks) > MOST_STAND_INS:
            rows = [[(cell, _named(blocks)) for cell, blocks in cells] for cells in rows]
        count = max(len(cells) for cells in rows)
        wordy = all(isinstance(b, Paragraph) for cells in rows for _cell, blocks in cells for b in blocks)
        if not wordy or count == 1 or (len(rows) == 1 and rows[0][0][0].name != "th"):
            return [*captions, *self._laid_out(rows)]
        headed = all(cell.name == "th" for cell, _blocks in rows[0])
        made = [tuple(_cell(cell, blocks) for cell, blocks in cells) for cells in rows[: max(2, MOST_CELLS // count)]]
        table = Table(
            header=made[0] if headed else (),
            rows=tuple(made[1:] if headed else made),
            line=self._number,
            **self._builder.common(self._traits),
        )
        out: list[Block] = [table]
        for caption in captions:
            if isinstance(caption, Paragraph):
                out = [replace(table, caption=caption.inlines)]
        return out

    def _laid_out(self, rows: Sequence[Sequence[tuple[Node, list[Block]]]]) -> list[Block]:
        out: list[Block] = []
        rows = [[cell for cell in cells if cell[1]] for cells in rows]
        if len(rows) > 1 and len(rows[0]) == len(rows[1]) and all(cell.name == "th" for cell, _blocks in rows[0]):
            heads = [blocks for _cell, blocks in rows[0]]
            below = [(cell, [*head, *blocks]) for head, (cell, blocks) in zip(heads, rows[1], strict=True)]
            rows = [below, *rows[2:]]
        for cells in rows:
            parts = [blocks for _cell, blocks in cells]
            pictures = [_captioned(blocks) for blocks in parts]
            if all(picture is not None for picture in pictures):
                out += [picture for picture in pictures if picture is not None]
            elif 1 < len(parts) <= _MOST_COLUMNS:
                columns = tuple(Column(blocks=tuple(blocks), line=self._number) for blocks in parts)
                out.append(Columns(columns=columns, line=self._number, **self._builder.common(self._traits)))
            else:
                out += [block for blocks in parts for block in blocks]
        return out


def _rows(table: Node) -> list[Node]:
    """The rows of a table; cells outside a row make one."""
    out: list[Node] = []
    loose: list[Node] = []
    for child in (c for c in table.children if isinstance(c, Node)):
        if child.name in ("td", "th"):
            loose.append(child)
            continue
        if loose:
            out.append(Node("tr", {}, list(loose)))
            loose.clear()
        if child.name == "tr":
            out.append(child)
        elif child.name in ("thead", "tbody", "tfoot"):
            out += _rows(child)
    if loose:
        out.append(Node("tr", {}, list(loose)))
    return out


def _cell(node: Node, blocks: Sequence[Block]) -> Cell:
    inlines: list[Inline] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            inlines += [LineBreak(), *block.inlines] if inlines else block.inlines
    return Cell(inlines=tuple(inlines), align=_ALIGNS.get(node.attributes.get("align", "").lower(), Align.START))


def _is_stand_in(block: Block) -> bool:
    return isinstance(block, Figure) and is_remote(block.source)


def _named(blocks: Sequence[Block]) -> list[Block]:
    """A cell whose pictures lie on the network, in words: their names where nothing else in it says them."""
    said = " ".join(plain_text(block.inlines) for block in blocks if isinstance(block, Paragraph)).casefold()
    out: list[Block] = []
    for block in blocks:
        if not isinstance(block, Figure) or not is_remote(block.source):
            out.append(block)
        elif block.alt and block.alt.casefold() not in said:
            out.append(Paragraph(inlines=(Text(block.alt, href=block.href),), line=block.line))
    return out


def _captioned(blocks: Sequence[Block]) -> Figure | None:
    """A picture with a line of words above or below it as one figure; None when a cell holds anything else."""
    figures = [b for b in blocks if isinstance(b, Figure)]
    words = [b for b in blocks if isinstance(b, Paragraph)]
    if len(figures) != 1 or len(figures) + len(words) != len(blocks) or len(words) > 1:
        return None
    figure = figures[0]
    return replace(figure, caption=words[0].inlines) if words and not figure.caption else figure
