"""Blocks for a text that is read from top to bottom: what a frame draws beside or over each other becomes paragraphs,
lists and tables, one after another. Pages, articles and documents are written from these.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.deck.agenda import clock
from atelier.markup import activities as kinds
from atelier.markup.activity_words import answer_words, percent_words, time_words, total_words
from atelier.markup.answers import answers_of, chosen_once, fitted
from atelier.markup.blocks import (
    Activity,
    Agenda,
    Align,
    Block,
    Callout,
    CalloutKind,
    Case,
    Cell,
    Columns,
    DefinitionList,
    Footnotes,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Style,
    Table,
    Text,
    plain_text,
)
from atelier.markup.case_parts import parts_of
from atelier.markup.case_words import case_word, introduced
from atelier.markup.local_words import date_text, day_end, number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from atelier.deck.types import Day
    from atelier.markup.activities import Line
    from atelier.markup.answers import Counts
    from atelier.markup.blocks import Inline

FACTS, OUTCOME = "facts", "outcome"
"""Classes of what a case says first, and last."""
_STRONG = frozenset({Style.STRONG})
_EMPHASIS = frozenset({Style.EMPHASIS})
_DOT = " · "


def linear(
    blocks: Iterable[Block],
    lang: str,
    title: str = "",
    agenda: Sequence[Day] = (),
    counts: Mapping[int, Counts] | None = None,
) -> tuple[Block, ...]:
    """`blocks`, which everyone may see, without columns, cases, activities and agendas.

    `lang` is the language of the text, `title` that of its frame, which a case need not repeat; `counts` is what was
    counted for its activities, by their lines.
    """
    return _Linear(lang, title, agenda, counts or {}).blocks(blocks)


class _Linear:
    def __init__(self, lang: str, title: str, agenda: Sequence[Day], counts: Mapping[int, Counts]) -> None:
        self._lang = lang
        self._title = title
        self._agenda = agenda
        self._counts = counts

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(out for block in blocks for out in self._block(block))

    def _block(self, block: Block) -> tuple[Block, ...]:
        match block:
            case Columns():
                return self.blocks(inner for column in block.columns for inner in column.blocks)
            case Case():
                return self._case(block)
            case Activity():
                return self._activity(block)
            case Agenda():
                days = self._agenda[block.day - 1 : block.day] if block.day else self._agenda
                return tuple(out for day in days for out in self._day(day))
            case ListBlock():
                items = tuple(replace(item, blocks=self.blocks(item.blocks)) for item in block.items)
                return (replace(block, items=items),)
            case Quote() | Callout():
                return (replace(block, blocks=self.blocks(block.blocks)),)
            case DefinitionList():
                items = tuple(
                    replace(item, descriptions=tuple(self.blocks(each) for each in item.descriptions))
                    for item in block.items
                )
                return (replace(block, items=items),)
            case Footnotes():
                return (replace(block, items=tuple(replace(n, blocks=self.blocks(n.blocks)) for n in block.items)),)
            case _:
                return (block,)

    # ------------------------------------------------------------------------------------------------------- cases

    def _case(self, case: Case) -> tuple[Block, ...]:
        """What it is in a line, each field a paragraph that begins with its label, the lesson, the sources; of the
        classes `FACTS` and `OUTCOME`.
        """
        parts = parts_of(case, self._title, self._lang)
        out: list[Block] = []
        if parts.pills:
            pills = Text(_DOT.join(pill.words for pill in parts.pills), _EMPHASIS)
            out.append(Paragraph(inlines=(pills,), classes=(FACTS,)))
        for label, words in parts.labelled:
            field = (Text(introduced(label, self._lang), _STRONG), Text(" "), *words)
            out.append(Paragraph(inlines=field, classes=(FACTS,)))
        out += self.blocks(case.blocks)
        if parts.lesson:
            title = (Text(case_word("lesson", self._lang)),)
            lesson = (Paragraph(inlines=parts.lesson),)
            out.append(Callout(kind=CalloutKind.OK, title=title, blocks=lesson, classes=(OUTCOME,)))
        if parts.sources:
            label = case_word("sources", self._lang, count=len(parts.sources))
            head = Text(introduced(label, self._lang), _STRONG)
            if len(parts.sources) == 1:
                out.append(Paragraph(inlines=(head, Text(" "), *parts.sources[0]), classes=(OUTCOME,)))
            else:
                out.append(Paragraph(inlines=(head,), classes=(OUTCOME,)))
                out.append(replace(_bullets(parts.sources), classes=(OUTCOME,)))
        return tuple(out)

    # -------------------------------------------------------------------------------------------------- activities

    def _activity(self, activity: Activity) -> tuple[Block, ...]:
        """The question, what stands beside its list, what there is to answer, the time; or how it was answered."""
        out: list[Block] = []
        counts = fitted(self._counts.get(activity.line, ()), activity.task)
        answered = any(counts)
        if activity.title:
            out.append(Paragraph(inlines=_strong(activity.title)))
        out += self.blocks(activity.blocks)
        out += [self._answers(activity, counts)] if answered else self._task(activity)
        total = total_words(activity, counts, self._lang) if answered else time_words(activity, self._lang)
        said = (total, *answer_words(activity, self._lang))
        foot = _DOT.join(words for words in said if words)
        if foot:
            out.append(Paragraph(inlines=(Text(foot, _EMPHASIS),)))
        return tuple(out)

    def _answers(self, activity: Activity, counts: Counts) -> Table:
        """Each answer with its number; with its share, where everyone gave one answer."""
        total = sum(counts) if chosen_once(activity.task) else 0
        rows: list[tuple[Cell, ...]] = []
        for words, count in zip(answers_of(activity.task), counts, strict=True):
            if plain_text(words).strip():
                figures = (number_text(count, self._lang), percent_words(count, total, self._lang))
                cells = (Cell(inlines=(Text(each),), align=Align.END) for each in figures if each)
                rows.append((Cell(inlines=words), *cells))
        return Table(header=(), rows=tuple(rows))

    def _task(self, activity: Activity) -> list[Block]:
        match task := activity.task:
            case kinds.Scale():
                ends = ((str(task.low), task.low_end), (str(task.high), task.high_end))
                return [_bullets(tuple((Text(f"{n} "), *words) if words else (Text(n),) for n, words in ends))]
            case kinds.Place():
                axes = tuple(_ends(axis) for axis in (task.x, task.y) if axis.low or axis.high)
                return [_bullets(each) for each in (task.things, axes) if each]
            case kinds.Levels():
                out: list[Block] = [ListBlock(items=_items(task.levels), ordered=True)]
                return [*out, _bullets(task.subjects)] if task.subjects else out
            case kinds.Form():
                themes: list[Block] = []
                for theme in task.themes:
                    if theme.title:
                        themes.append(Paragraph(inlines=_strong(theme.title)))
                    themes.append(_bullets(theme.questions))
                return themes
            case kinds.Rounds():
                return [ListBlock(items=_items([self._round(each) for each in task.rounds]), ordered=True)]
            case _:
                lines = kinds.texts(task)
                return [_bullets(lines)] if lines else []

    def _round(self, each: kinds.TimedRound) -> Line:
        return (
            (*each.words, Text(f", {number_text(each.minutes, self._lang)}\u00a0min")) if each.minutes else each.words
        )

    # ------------------------------------------------------------------------------------------------------ agenda

    def _day(self, day: Day) -> tuple[Block, ...]:
        date = date_text(day.date, self._lang)
        head = ", ".join(words for words in (day.title, date) if words)
        shown = [each for each in day.blocks if not each.private]
        rows = [
            (clock(each.start), each.title, f"{number_text(each.minutes, self._lang)}\u00a0min" if each.minutes else "")
            for each in shown
        ]
        last = max((each.end for each in day.blocks), default=day.start)
        rows.append((clock(last if day.end is None else day.end), day_end(self._lang), ""))
        aligned = (Align.END, Align.START, Align.END)
        cells = tuple(
            tuple(Cell(inlines=_words(words), align=align) for words, align in zip(row, aligned, strict=True))
            for row in rows
        )
        title: tuple[Block, ...] = (Paragraph(inlines=(Text(head, _STRONG),)),) if head else ()
        return (*title, Table(header=(), rows=cells)) if shown else title


def _words(words: str) -> tuple[Inline, ...]:
    return (Text(words),) if words else ()


def _strong(line: Line) -> tuple[Inline, ...]:
    return tuple(replace(run, styles=run.styles | _STRONG) if isinstance(run, Text) else run for run in line)


def _items(lines: Iterable[Line]) -> tuple[ListItem, ...]:
    return tuple(ListItem(blocks=(Paragraph(inlines=line),) if line else ()) for line in lines)


def _bullets(lines: Iterable[Line]) -> ListBlock:
    return ListBlock(items=_items(lines))


def _ends(axis: kinds.Axis) -> Line:
    return (*axis.low, Text(" ↔ "), *axis.high)
