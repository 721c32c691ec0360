"""From a frame's lines to its typed blocks, each with its line and its step."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from atelier.foundation.translation import _
from atelier.markup.addresses import MOST_STAND_INS, is_remote
from atelier.markup.blocks import (
    Align,
    Block,
    Callout,
    CalloutKind,
    Cell,
    CodeBlock,
    Column,
    Columns,
    Definition,
    DefinitionList,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    MathBlock,
    Media,
    Paragraph,
    Private,
    Quote,
    Rule,
    Table,
    Text,
)
from atelier.markup.code import highlight, read_fence
from atelier.markup.divs import Div, divs
from atelier.markup.gathering import (
    CODE_INDENT,
    Item,
    Lines,
    admonition,
    callout_head,
    description_lines,
    html_end,
    indented,
    is_description,
    is_quote,
    joined,
    list_items,
    math_span,
    paragraph_end,
    quote_lines,
    setext_level,
    tab,
    table_end,
    without_block_id,
)
from atelier.markup.gridtables import GridTable, grid_table, starts_grid
from atelier.markup.htmlblocks import html_blocks
from atelier.markup.inlines import InlineReader, Picture, Run, in_line, in_words, is_blank
from atelier.markup.limits import DEEPEST, LONGEST_HTML, MOST_CELLS, MOST_CODE_LINES, calm
from atelier.markup.lines import (
    Attributes,
    attribute_line,
    atx_heading,
    block_line,
    dedent,
    indentation,
    is_rule,
    list_marker,
)
from atelier.markup.media import bare, kind_of
from atelier.markup.plain import without_private
from atelier.markup.safety import html_block_end
from atelier.markup.slashes import SlashBlocks, callout_kind
from atelier.markup.tables import alignments, split_row, starts_table
from atelier.markup.tidying import tidied
from atelier.markup.traits import NO_TRAITS, Common, Traits, read_traits
from atelier.markup.typography import typeset_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.markup.frame import FrameState, Register
    from atelier.markup.outline import FenceSpan, Outline

_DASHES = ("—", "–", "--")
_CONTENTS = frozenset({"[toc]", "[[toc]]", "[[_toc_]]", "{:toc}", "${toc}", "<!-- toc -->"})
"""Where other programs put a table of contents; the canvas is one."""
_TASKS = {"[ ] ": False, "[x] ": True, "[X] ": True}
_Build: TypeAlias = "Callable[[Traits], Sequence[Block]]"


class Grammar:
    """Builds the blocks of one frame."""

    def __init__(self, reader: InlineReader, notes: dict[str, str], state: FrameState) -> None:
        self._reader = reader
        self._notes = notes
        self._state = state
        self._slashes = SlashBlocks(self, state)

    @property
    def language(self) -> str:
        return self._state.lang

    def blocks(self, lines: Lines) -> tuple[Block, ...]:
        """The blocks of a container. Beyond the deepest nesting its lines are one paragraph of plain text."""
        state = self._state
        if state.depth >= DEEPEST:
            return self._flattened(lines)
        state.depth += 1
        try:
            return tuple(tidied(self._blocks(lines)))
        finally:
            state.depth -= 1

    def footnotes(self, register: Register) -> tuple[Block, ...]:
        """The notes whose marks were met, and those their own text refers to."""
        items: list[Footnote] = []
        state = self._state
        before, state.register = state.register, register
        with state.unseen():
            while len(items) < len(register.labels):
                label = register.labels[len(items)]
                texts = self._notes[label].split("\n")
                items.append(Footnote(number=len(items) + 1, blocks=self.blocks(Lines(texts, [0] * len(texts)))))
        state.register = before
        return (Footnotes(items=tuple(items)),) if items else ()

    # ---------------------------------------------------------------------------------------------------- dispatch

    def _blocks(self, lines: Lines) -> list[Block]:
        out: list[Block] = []
        found = lines.outline()
        spans = divs(lines.texts, found.fences, found.blocks)
        index = 0
        while index < len(lines):
            line = lines.texts[index]
            if not line.strip() or attribute_line(line) is not None:
                index += 1
                continue
            if not self._state.affords(lines.numbers[index]) and not _begins_notes(found, index):
                index += 1
                continue
            if div := spans.get(index):
                end, build = div.end, self._div(lines.part(div.start + 1, div.stop), div, lines.numbers[index])
            else:
                end, build = self._block(lines, index, found, out)
            traits, end = self._traits(lines, max(end, index + 1))
            out.extend(self._built(build, traits, lines.numbers[index]))
            self._state.spend(0)
            index = end
        return out

    def _built(self, build: _Build, traits: Traits, line: int) -> Sequence[Block]:
        state = self._state
        state.line = line
        if traits is NO_TRAITS:
            return build(traits)
        if traits.private:
            with state.unseen():
                inner = tuple(build(traits))
            return (Private(blocks=inner, line=line, step=state.step),)
        with state.in_language(traits.lang), state.at_step(state.next_step() if traits.one_step else state.step):
            return build(traits)

    def _traits(self, lines: Lines, end: int) -> tuple[Traits, int]:
        """What the attribute list below a block says, and the first line after it."""
        index = end
        while index < len(lines) and not lines.texts[index].strip():
            index += 1
        pairs = attribute_line(lines.texts[index]) if index < len(lines) else None
        return (NO_TRAITS, end) if pairs is None else (read_traits(pairs), index + 1)

    def _block(self, lines: Lines, index: int, found: Outline, out: list[Block]) -> tuple[int, _Build]:
        """The end of the block that begins at a line, and what builds it."""
        line = lines.texts[index]
        number = lines.numbers[index]
        if fence := found.fences.get(index):
            return fence.end, lambda traits: [self._fence(lines, fence, traits)]
        if (span := found.blocks.get(index)) and block_line(line) is not None:
            return span.end, lambda traits: self._slashes.build(lines, span, traits, out)
        indent = indentation(line)
        if indent >= CODE_INDENT:
            code, end = indented(lines, index)
            return end, lambda traits: [self.code(code.texts, "", number, traits)]
        stripped = line.strip()
        sign = stripped[0]
        if sign == "/" and block_line(line) is not None:
            return index + 1, lambda _traits: ()
        if sign == "#" and (heading := atx_heading(stripped)):
            return index + 1, lambda traits: self._heading(*heading, number, traits)
        if sign == ">" and is_quote(line):
            inner, end = quote_lines(lines, index, found)
            return end, lambda traits: [self._quote(inner, number, traits)]
        if sign in "-*_" and is_rule(line):
            return index + 1, lambda traits: [Rule(line=number, **self.common(traits))]
        if sign == "+" and starts_grid(line) and (grid := grid_table(lines.texts, index)):
            return grid.end, lambda traits: [self._grid(grid, lines, traits)]
        if sign in "-*+0123456789" and list_marker(line):
            items, end = list_items(lines, index, found)
            return end, lambda traits: [self._list(items, number, traits)]
        if sign in "!?" and (head := admonition(line)):
            body, end = indented(lines, index + 1)
            return end, lambda traits: [self._admonition(head[1] or "note", head[2], body, number, traits)]
        if sign == "=" and (name := tab(line)) is not None:
            body, end = indented(lines, index + 1)
            return end, lambda traits: [*self.paragraph(f"**{name}**", number, traits), *self.blocks(body)]
        if sign == "<" and (closing := html_block_end(line)) is not None:
            end = html_end(lines, index, closing, found)
            return end, lambda traits: self._html(lines.part(index, end), traits)
        if sign in "$\\" and (math := math_span(lines, index)):
            return math.end, lambda traits: [MathBlock(tex=math.tex, line=number, **self.common(traits))]
        if index + 1 < len(lines) and "|" in line and starts_table(line, lines.texts[index + 1]):
            end = table_end(lines, index, found)
            return end, lambda traits: self._table(lines.part(index, end), traits)
        return self._text(lines, index, found)

    def _text(self, lines: Lines, index: int, found: Outline) -> tuple[int, _Build]:
        """A paragraph, a setext heading or a definition list."""
        number = lines.numbers[index]
        end = paragraph_end(lines, index, found)
        if end < len(lines) and end == index + 1 and (level := setext_level(lines.texts[end])):
            return end + 1, lambda traits: self._heading(level, lines.texts[index].strip(), (), number, traits)
        after = end + 1 if end < len(lines) and not lines.texts[end].strip() else end
        if after < len(lines) and is_description(lines.texts[after]):
            items, stop = description_lines(lines, index, found)
            return stop, lambda traits: [self._definition_list(items, number, traits)]
        return end, lambda traits: self._paragraph(lines.part(index, end), traits)

    # ------------------------------------------------------------------------------------------------------ blocks

    def _heading(self, level: int, text: str, pairs: Attributes, number: int, traits: Traits) -> Sequence[Block]:
        own = read_traits(pairs)
        if not pairs and traits is NO_TRAITS:
            return [Heading(level=level, inlines=self.inlines(text, number), line=number, step=self._state.step)]
        heading = Heading(
            level=level,
            inlines=self.inlines(text, number),
            line=number,
            step=self._state.next_step() if own.one_step else self._state.step,
            classes=own.classes + traits.classes,
            lang=own.lang or traits.lang,
        )
        return [Private(blocks=(heading,), line=number)] if own.private else [heading]

    def _paragraph(self, lines: Lines, traits: Traits) -> Sequence[Block]:
        if self._slashes.take_fields(lines):
            return ()
        return self.paragraph(joined(lines.texts), lines.numbers[0], traits)

    def paragraph(self, text: str, number: int, traits: Traits) -> Sequence[Block]:
        """A paragraph of words, or the pictures it consists of."""
        if text.strip().lower() in _CONTENTS:
            return ()
        runs = self._runs(without_block_id(text), number)
        if pictures := _alone(runs):
            if len(pictures) > MOST_STAND_INS and all(is_remote(picture.source) for picture in pictures):
                named = in_words(pictures)
                return [Paragraph(inlines=named, line=number, **self._small(traits))] if named else ()
            return [self.figure(picture, number, traits) for picture in pictures]
        return [Paragraph(inlines=in_line(runs), line=number, **self.common(traits))] if runs else ()

    def _small(self, traits: Traits) -> Common:
        common = self.common(traits)
        return {**common, "classes": ("small", *common["classes"])}

    def figure(self, picture: Picture, number: int, traits: Traits) -> Block:
        """A picture, a film or a sound that has lines of its own."""
        caption, common = self.inlines(picture.title, number), self.common(traits)
        if kind := kind_of(picture.source):
            figure = Media(
                source=bare(picture.source),
                alt=picture.alt,
                caption=caption,
                credit=picture.credit,
                width=picture.width,
                href=picture.href,
                line=number,
                kind=kind,
                poster=picture.poster,
                start=picture.span[0],
                end=picture.span[1],
                **common,
            )
        else:
            figure = Figure(
                source=picture.source,
                alt=picture.alt,
                caption=caption,
                credit=picture.credit,
                width=picture.width,
                href=picture.href,
                line=number,
                **common,
            )
        return Private(blocks=(figure,), line=number, step=self._state.step) if picture.private else figure

    def _fence(self, lines: Lines, span: FenceSpan, traits: Traits) -> Block:
        number = lines.numbers[span.start]
        stop = span.stop - 1 if span.closed else span.stop
        texts = [dedent(text, span.fence.indent) for text in lines.texts[span.start + 1 : stop]]
        while texts and not span.closed and not texts[-1].strip():
            texts.pop()
        return self.code(texts, span.fence.info, number, traits)

    def code(self, texts: list[str], info: str, number: int, traits: Traits) -> Block:
        state = self._state
        texts = self._shown_code(texts, number)
        options = read_fence(info, len(texts))
        for fault in options.faults:
            state.report(
                "fence-option",
                _("The option “{option}” of this code fence cannot be used.").format(option=fault),
                _("Known are hl_lines, hl_steps, title and linenums, with values in quotation marks."),
                number,
            )
        states = options.states if not state.quiet else options.states[:1]
        first = state.steps + 1 if len(states) > 1 else 0
        for _advance in states[1:]:
            state.next_step()
        classes = options.classes + traits.classes
        return CodeBlock(
            language=options.language,
            lines=highlight(texts, options.language),
            states=states,
            first_advance=first,
            title=options.title,
            numbered=options.numbered,
            line=number,
            step=state.step,
            classes=classes,
            lang=traits.lang,
        )

    def _shown_code(self, texts: list[str], number: int) -> list[str]:
        """The lines of a code block there is room for."""
        room = self._state.room.signs
        most = 0
        for text in texts[:MOST_CODE_LINES]:
            room -= len(text)
            if room < 0:
                break
            most += 1
        self._state.spend(sum(map(len, texts[:most])))
        if most == len(texts):
            return texts
        self._state.report(
            "text-too-long",
            _("This code is longer than a frame can show; its lines from here on are left out."),
            _("Show the part that matters."),
            number + most,
        )
        return [*texts[:most], "…"]

    def _list(self, items: list[Item], number: int, traits: Traits) -> Block:
        lifted = _steps_of_last(items[-1])
        if lifted is not None:
            items[-1] = Item(items[-1].marker, lifted)
        stepped = traits.steps or lifted is not None
        first = items[0].marker.number
        built = tuple(self._item(item, stepped=stepped) for item in items if self._state.affords(item.lines.numbers[0]))
        return ListBlock(
            items=built,
            ordered=first is not None,
            start=1 if first is None else first,
            line=number,
            **self.common(traits),
        )

    def _item(self, item: Item, *, stepped: bool) -> ListItem:
        state = self._state
        number = item.lines.numbers[0]
        checked = _TASKS.get(item.lines.texts[0][:4])
        lines = item.lines
        if checked is not None:
            lines = Lines([lines.texts[0][4:], *lines.texts[1:]], lines.numbers)
        with state.at_step(state.next_step() if stepped else state.step):
            return ListItem(blocks=self.blocks(lines), checked=checked, line=number, step=state.step)

    def _quote(self, lines: Lines, number: int, traits: Traits) -> Block:
        if head := callout_head(lines.texts[0]):
            kind, title = head
            words = self.inlines(title, number) or (Text(typeset_words(kind.capitalize(), self.language)),)
            return Callout(
                kind=callout_kind(kind) or CalloutKind.NOTE,
                title=words,
                blocks=self.blocks(lines.part(1, len(lines))),
                line=number,
                **self.common(traits),
            )
        source: tuple[Inline, ...] = ()
        last = max((i for i, text in enumerate(lines.texts) if text.strip()), default=0)
        if last and (dash := next((d for d in _DASHES if lines.texts[last].lstrip().startswith(d)), "")):
            source = self.inlines(lines.texts[last].lstrip()[len(dash) :], lines.numbers[last])
            lines = lines.part(0, last)
        return Quote(blocks=self.blocks(lines), source=source, line=number, **self.common(traits))

    def _admonition(self, kinds: str, title: str | None, body: Lines, number: int, traits: Traits) -> Block:
        name, *classes = kinds.split()
        words = name.capitalize() if title is None else title
        return Callout(
            kind=callout_kind(name) or CalloutKind.NOTE,
            title=self.inlines(words, number),
            blocks=self.blocks(body),
            line=number,
            step=self._state.step,
            classes=(*classes, *traits.classes),
            lang=traits.lang,
        )

    def _html(self, lines: Lines, traits: Traits) -> Sequence[Block]:
        number = lines.numbers[0]
        source = "\n".join(lines.texts)
        if len(source) > LONGEST_HTML:
            self._state.cut(number)
            source = "" if "private" in source else source[:LONGEST_HTML]
        return html_blocks(source, number, self, traits)

    def _div(self, lines: Lines, div: Div, number: int) -> _Build:
        def build(traits: Traits) -> Sequence[Block]:
            blocks = self.blocks(lines)
            columns = [block for block in blocks if isinstance(block, Columns)]
            if div.name == "columns" and columns:
                parts = tuple(part for block in columns for part in block.columns)
                rest = [block for block in blocks if not isinstance(block, Columns)]
                return [*rest, Columns(columns=parts, line=number, **self.common(traits))]
            if div.name == "column":
                return [Columns(columns=(Column(blocks=blocks, line=number),), line=number, **self.common(traits))]
            if (kind := callout_kind(div.name)) is None:
                return blocks
            title = self.inlines(div.title, number)
            if not title and blocks and isinstance(first := blocks[0], Heading):
                title, blocks = first.inlines, blocks[1:]
            title = title or (Text(typeset_words(div.name.capitalize(), self.language)),)
            return [Callout(kind=kind, title=title, blocks=blocks, line=number, **self.common(traits))]

        return build

    def _table(self, lines: Lines, traits: Traits) -> Sequence[Block]:
        number = lines.numbers[0]
        aligns = alignments(lines.texts[1])
        columns = len(aligns)
        most = max(2, MOST_CELLS // columns + 2)
        header = self._row(lines.texts[0], number, aligns)[:MOST_CELLS]
        rows = tuple(
            self._row(text, line, aligns)
            for text, line in zip(lines.texts[2:most], lines.numbers[2:most], strict=True)
            if self._state.affords(line)
        )
        out: list[Block] = [Table(header=header, rows=rows, line=number, **self.common(traits))]
        if len(lines) > most or columns > MOST_CELLS:
            self._state.report(
                "table-too-large",
                _("This table is larger than a frame can show; its rows from here on are shown as plain text."),
                _("Split it, or link to it."),
                lines.numbers[min(most, len(lines) - 1)],
            )
            out.extend(self._flattened(lines.part(most, len(lines))))
        return out

    def _grid(self, grid: GridTable, lines: Lines, traits: Traits) -> Block:
        def row(cells: Sequence[str], place: int) -> tuple[Cell, ...]:
            return tuple(Cell(inlines=self.inlines(cell, lines.numbers[place])) for cell in cells)

        first = lines.numbers[max(0, grid.end - 1)] if not grid.places else lines.numbers[grid.places[0]]
        most = max(1, MOST_CELLS // max(1, len(grid.header or grid.rows[0])))
        return Table(
            header=row(grid.header, grid.places[0] if grid.places else 0),
            rows=tuple(row(c, p) for c, p in zip(grid.rows[:most], grid.places[:most], strict=True)),
            line=first,
            **self.common(traits),
        )

    def _row(self, text: str, number: int, aligns: Sequence[Align]) -> tuple[Cell, ...]:
        cells = split_row(text)[: len(aligns)]
        cells += [""] * (len(aligns) - len(cells))
        return tuple(Cell(inlines=self.inlines(c, number), align=a) for c, a in zip(cells, aligns, strict=True))

    def _definition_list(self, items: Sequence[tuple[Lines, Sequence[Lines]]], number: int, traits: Traits) -> Block:
        built: list[Definition] = []
        for terms, descriptions in items:
            if not self._state.affords(terms.numbers[0]):
                break
            words = tuple(self.inlines(text, line) for text, line in zip(terms.texts, terms.numbers, strict=True))
            blocks = tuple(self.blocks(lines) for lines in descriptions)
            built.append(Definition(terms=words, descriptions=blocks, line=terms.numbers[0], step=self._state.step))
        return DefinitionList(items=tuple(built), line=number, **self.common(traits))

    def _flattened(self, lines: Lines) -> tuple[Block, ...]:
        """Lines beyond a limit, as one paragraph of their words; nothing of what blocks hide among them."""
        found = lines.outline()
        number = lines.numbers[0] if lines.numbers else 0
        texts: list[str] = []
        index = 0
        while index < len(lines):
            if span := found.blocks.get(index):
                index = max(index + 1, span.end)
                continue
            texts.append(lines.texts[index].strip())
            index += 1
        words = without_private(" ".join(" ".join(texts).split()))
        if self._state.depth >= DEEPEST and any(texts):
            self._state.report(
                "text-too-deep",
                _("What is nested more than {n} deep is shown as plain text.").format(n=DEEPEST),
                _("Make frames of it."),
                number,
            )
        if not words:
            return ()
        room = self._state.room.signs
        if len(words) > room:
            self._state.cut(number)
        self._state.spend(len(words))
        return (Paragraph(inlines=(Text(words[:room]),), line=number, step=self._state.step),) if room else ()

    # ------------------------------------------------------------------------------------------------------- words

    def common(self, traits: Traits) -> Common:
        return {"step": self._state.step, "classes": traits.classes, "lang": traits.lang}

    def inlines(self, text: str, number: int) -> tuple[Inline, ...]:
        return in_line(self._runs(text, number))

    def _runs(self, text: str, number: int) -> tuple[Run, ...]:
        state = self._state
        state.line = number
        room = state.room.signs
        if not room:
            if text.strip():
                state.cut(number)
            return ()
        text, rest = calm(text, room)
        state.spend(len(text) + len(rest))
        if len(text) + len(rest) > room:
            state.cut(number)
            rest = rest[: room - len(text)]
        elif rest:
            state.report(
                "text-too-dense",
                _("This paragraph has more markup than can be read; the rest of it is shown as plain text."),
                _("Split it into several."),
            )
        runs = self._reader.read(text, state.lang, self._number)
        return (*runs, Text(rest)) if rest else runs

    def _number(self, label: str) -> int:
        if label in self._notes:
            return self._state.register.number(label)
        self._state.report(
            "footnote-undefined",
            _("The footnote “{label}” is used here and defined nowhere.").format(label=label),
            _("Add a line: [^{label}]: its text.").format(label=label),
        )
        return 0


def _begins_notes(found: Outline, index: int) -> bool:
    span = found.blocks.get(index)
    return span is not None and span.rest.startswith("notes")


def _alone(runs: Sequence[Run]) -> list[Picture]:
    """The pictures of a paragraph that holds nothing else."""
    pictures = [run for run in runs if isinstance(run, Picture)]
    return pictures if pictures and all(isinstance(run, Picture) or is_blank(run) for run in runs) else []


def _steps_of_last(item: Item) -> Lines | None:
    """The lines of a list's last item without the `{: .steps }` that closes the list, None when there is none.

    Python-Markdown, and so the authors who know it, put it in the item.
    """
    texts = item.lines.texts
    last = max((i for i, text in enumerate(texts) if text.strip()), default=0)
    pairs = attribute_line(texts[last]) if last else None
    if pairs is None or not read_traits(pairs).steps or any(list_marker(text) for text in texts[:last]):
        return None
    return item.lines.part(0, last)
