"""What the `///` blocks become."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from atelier.markup.blocks import (
    Agenda,
    Block,
    Callout,
    CalloutKind,
    Case,
    Column,
    Columns,
    Figure,
    Inline,
    Only,
    Paragraph,
    Private,
    Table,
)
from atelier.markup.blockspec import (
    ACTIVITIES,
    CALLOUT_TYPES,
    BlockFault,
    BlockHead,
    agenda_day,
    conditions,
    is_true,
    option_lines,
    read_head,
)
from atelier.markup.cases import CaseFields, FieldReader, option_fields, split_fields
from atelier.markup.gathering import Lines, joined
from atelier.markup.lines import dedent, indentation
from atelier.markup.traits import Common, Traits, joined_traits, read_traits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.frame import FrameState
    from atelier.markup.outline import BlockSpan

_DEEPEST = 8
"""Blocks inside one another; what is deeper is hidden, for it may be private."""
_KINDS = {"note": CalloutKind.NOTE, "ok": CalloutKind.OK, "warn": CalloutKind.WARN}


def callout_kind(name: str) -> CalloutKind | None:
    kind = CALLOUT_TYPES.get(name.strip().lower())
    return None if kind is None else _KINDS[kind]


class Builder(Protocol):
    """What the grammar offers to its blocks."""

    def blocks(self, lines: Lines) -> tuple[Block, ...]: ...
    def inlines(self, text: str, number: int) -> tuple[Inline, ...]: ...
    def common(self, traits: Traits) -> Common: ...


class SlashBlocks:
    def __init__(self, builder: Builder, state: FrameState) -> None:
        self._builder = builder
        self._state = state
        self._nesting = 0
        self._case: CaseFields | None = None
        """The case whose own paragraphs are being read."""

    def build(self, lines: Lines, span: BlockSpan, traits: Traits, before: list[Block]) -> Sequence[Block]:
        """The blocks of one `///` block; a caption goes to the figure or table in `before`.

        One that does not parse gives nothing, for it may be private.
        """
        head, body = _open(lines, span)
        number = lines.numbers[span.start]
        if isinstance(head, BlockFault):
            self._state.report(head.code, head.message, head.hint, number)
            return ()
        if self._nesting >= _DEEPEST:
            return ()
        own = read_traits(head.attributes)
        traits = joined_traits(traits, own)
        with (
            self._state.in_language(own.lang),
            self._state.at_step(self._state.next_step() if own.one_step else self._state.step),
        ):
            self._nesting += 1
            if own.private:
                with self._state.unseen():
                    built = self._build(head, body, number, traits, before)
                built = [Private(blocks=tuple(built), line=number, step=self._state.step)] if built else built
            else:
                built = self._build(head, body, number, traits, before)
            self._nesting -= 1
            return built

    def take_fields(self, lines: Lines) -> bool:
        """Whether a paragraph was one of a case's own, made of fields, and has been taken as that."""
        case = self._case
        if case is None or case.depth != self._state.depth or not (found := split_fields(lines.texts)):
            return False
        reader = self._fields_of(case)
        for each in found:
            reader.read(each, lines.numbers[each.row])
        return True

    def _fields_of(self, case: CaseFields) -> FieldReader:
        return FieldReader(case, self._builder.inlines, self._state.report)

    def _build(self, head: BlockHead, body: Lines, number: int, traits: Traits, before: list[Block]) -> Sequence[Block]:
        state = self._state
        match head.name:
            case "notes":
                if not state.reads_notes:
                    return ()
                with state.in_notes():
                    state.notes.extend(self._builder.blocks(body))
                return ()
            case "private":
                with state.unseen():
                    return [Private(blocks=self._builder.blocks(body), line=number, **self._builder.common(traits))]
            case "columns":
                return [self._columns(head, body, number, traits)]
            case "callout":
                return [self._callout(head, body, number, traits)]
            case "caption":
                return self._caption(body, number, traits, before)
            case "case":
                return [self._read_case(head, body, number, traits)]
            case name if name in ACTIVITIES:
                return [self._activity(head, body, number, traits)]
            case "agenda":
                return [Agenda(day=agenda_day(head) or 0, line=number, **self._builder.common(traits))]
            case "only":
                paths, languages = conditions(head) or ((), ())
                blocks = self._builder.blocks(body)
                common = self._builder.common(traits)
                return [Only(blocks=blocks, paths=paths, languages=languages, line=number, **common)]
            case _:  # a column outside columns
                return self._builder.blocks(body)

    def _callout(self, head: BlockHead, body: Lines, number: int, traits: Traits) -> Block:
        names = (head.option("type"), *traits.classes)
        kind = next((kind for name in names if (kind := callout_kind(name)) is not None), CalloutKind.NOTE)
        classes = tuple(name for name in traits.classes if callout_kind(name) is None)
        return Callout(
            kind=kind,
            title=self._builder.inlines(head.argument, number),
            blocks=self._builder.blocks(body),
            line=number,
            **self._builder.common(replace(traits, classes=classes)),
        )

    def _activity(self, head: BlockHead, body: Lines, number: int, traits: Traits) -> Block:
        from atelier.markup.activities import read_activity

        with self._state.unseen():  # the room sees the whole task at once: nothing in it takes an advance
            blocks = self._builder.blocks(body)
        read = read_activity(head, blocks, number, lambda text: self._builder.inlines(text, number), self._state.report)
        return replace(read, **self._builder.common(traits))

    def _columns(self, head: BlockHead, body: Lines, number: int, traits: Traits) -> Block:
        stepped = traits.steps or is_true(head.option("steps"))
        found = body.outline()
        columns: list[Column] = []
        loose = index = 0
        while index <= len(body):
            span = found.blocks.get(index)
            at_end = index == len(body)
            if not at_end and (span is None or not span.rest.lower().startswith("column")):
                index = max(index + 1, span.end) if span else index + 1
                continue
            part = body.part(loose, index)
            if any(text.strip() for text in part.texts) and (column := self._column(part, Traits(), stepped=stepped)):
                columns.append(column)
            if at_end or span is None:
                break
            inner_head, inner = _open(body, span)
            if isinstance(inner_head, BlockFault):
                self._state.report(inner_head.code, inner_head.message, inner_head.hint, body.numbers[index])
            elif column := self._column(inner, read_traits(inner_head.attributes), stepped=stepped, always=True):
                columns.append(column)
            loose = index = max(index + 1, span.end)
        return Columns(columns=tuple(columns), line=number, **self._builder.common(traits))

    def _column(self, lines: Lines, traits: Traits, *, stepped: bool, always: bool = False) -> Column | None:
        state = self._state
        if not lines.numbers and not always:
            return None
        before = state.steps
        step = state.next_step() if stepped or traits.one_step else state.step
        with state.at_step(step), state.in_language(traits.lang):
            blocks = self._builder.blocks(lines)
            if not blocks and not always:
                state.steps = before
                return None
            number = lines.numbers[0] if lines.numbers else 0
            if traits.private:
                blocks = (Private(blocks=blocks, line=number, step=step),)
            return Column(blocks=blocks, line=number, **self._builder.common(traits))

    def _caption(self, body: Lines, number: int, traits: Traits, before: list[Block]) -> Sequence[Block]:
        inlines = self._builder.inlines(joined([text for text in body.texts if text.strip()]), number)
        if before and not traits.private and isinstance(last := before[-1], Figure | Table):
            before[-1] = replace(last, caption=inlines)
            return ()
        if not inlines:
            return ()
        return [
            Paragraph(
                inlines=inlines,
                line=number,
                step=self._state.step,
                classes=("caption", *traits.classes),
                lang=traits.lang,
            )
        ]

    def _read_case(self, head: BlockHead, body: Lines, number: int, traits: Traits) -> Block:
        outer = self._case
        case = self._case = CaseFields(number, depth=self._state.depth + 1, private=traits.private)
        reader = self._fields_of(case)
        try:
            if head.argument:
                reader.add_kinds(head.argument, number)
            for each in option_fields(head.lines):
                reader.read(each, number + 1 + each.row)
            blocks = self._builder.blocks(body)
        finally:
            self._case = outer
        reader.finish()
        return Case(fields=tuple(case.fields), blocks=blocks, line=number, **self._builder.common(traits))


def _open(lines: Lines, span: BlockSpan) -> tuple[BlockHead | BlockFault, Lines]:
    """The head of a block and the lines of its body."""
    margin = indentation(lines.texts[span.start])
    below = lines.part(span.start + 1, min(span.stop, len(lines)))
    body = Lines([dedent(text, margin) for text in below.texts], below.numbers) if margin else below
    count = option_lines(body.texts)
    return read_head(span.rest, body.texts[:count]), body.part(count, len(body))
