"""What was counted for an activity, in the place of what there is to answer: a bar and a number for each answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.markup import activities as kinds
from atelier.markup.answers import answers_of, chosen_once
from atelier.markup.blocks import Align, plain_text
from atelier.typeset import fonts
from atelier.typeset.activity_lists import lettered
from atelier.typeset.activity_marks import (
    CORNER,
    GAP,
    NARROW,
    box,
    inset,
    line_colour,
    lines_of,
    numbered,
    put_text,
    shape,
)
from atelier.typeset.pieces import Piece, Row, extent
from atelier.typeset.setting import H, mixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor

    from atelier.markup.activities import Line, Scale, Task
    from atelier.markup.answers import Counts
    from atelier.typeset.pieces import Part
    from atelier.typeset.setting import Setting
    from atelier.typeset.text import Lines

_SIZES = (1.0, 0.92, 0.84, 0.76, 0.68)
"""Shares of the size of text that the answers may have, so that they take no more room than before they were given."""
_WIDEST_WORDS = 0.44
"""Of the width, for the words before a bar; where they need more than two lines of it they stand above."""
_MOST_LINES = 2
_FEWEST_IN_COLUMNS = 8
_UNDER, _THICK_UNDER = 0.2, 0.42
"""How far below its words a bar stands, and how thick it is there, in sizes of text."""
_THICKEST = 1.7
"""The same of a bar beside its words."""
_QUIET = 0.5
"""Share of the ink in the bars of answers that are not the most given."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """`number` counts from 0; `share` is the length of its bar, from 0 to 1."""

    number: int
    words: Line
    count: int
    share: float
    leads: bool


def _answers(task: Task, counts: Counts) -> list[_Answer]:
    """Those that say something to the audience. A bar shows the share of all who answered, where each gave one answer;
    else how often the answer was given beside the one given most.
    """
    most = max(counts, default=0)
    whole = max(sum(counts) if chosen_once(task) else most, 1)
    return [
        _Answer(number, words, counts[number], counts[number] / whole, 0 < most == counts[number])
        for number, words in enumerate(answers_of(task))
        if plain_text(words).strip()
    ]


def _bar_colour(answer: _Answer, setting: Setting) -> QColor:
    return setting.accent if answer.leads else mixed(inset(setting), setting.ink, _QUIET)


def _number(answer: _Answer, width: float, size: float, setting: Setting, align: Align) -> Piece:
    weight = 700 if answer.leads else 600
    ink = setting.ink
    return lines_of(str(answer.count), width, setting, size=size, ink=ink, weight=weight, align=align).piece()


def result_rows(task: Task, counts: Counts, width: float, height: float, room: float, setting: Setting) -> list[Row]:
    """The answers below each other, or in two columns where they are many and short. They are as high as `height`, what
    they took before they were given, so that nothing around them moves; higher where their words need it, in `room`.
    """
    answers = _answers(task, counts)
    if isinstance(task, kinds.Levels):
        answers.reverse()  # the highest on top
    half = (width - 3 * GAP) / 2
    rows: list[Row] = []
    for share in _SIZES:
        table = _Table(task, answers, width, setting, setting.text_size * share)
        if len(answers) >= _FEWEST_IN_COLUMNS and width > 90 * H:
            narrow = _Table(task, answers, half, setting, setting.text_size * share)
            table = narrow if narrow.in_one_line else table
        rows = table.rows(height, 2 if table.width < width else 1, width)
        if extent(rows) <= max(height, room):
            break
    return rows


class _Table:
    """Answers at one size of text, each `width` wide."""

    def __init__(self, task: Task, answers: Sequence[_Answer], width: float, setting: Setting, size: float) -> None:
        self._task = task
        self._answers = answers
        self.width = width
        self._setting = setting
        self._size = size
        self._rtl = fonts.right_to_left("", setting.lang)
        self._sign = 0.92 * size
        self._lead = self._sign + 0.6 * size
        most = max((answer.count for answer in answers), default=0)
        self._figures = lines_of(str(most), width, setting, size=size, weight=700).natural + 0.3 * size
        natural = max((lines_of(each.words, width, setting, size=size).natural for each in answers), default=0.0) + 1.0
        self._words = min(natural, width * _WIDEST_WORDS - self._lead)
        self.in_one_line = natural <= self._words
        made = [self._lines(answer, self._words) for answer in answers]
        self._beside = width > NARROW and all(lines.count <= _MOST_LINES for lines in made)
        self._made = made if self._beside else [self._lines(answer, self._over) for answer in answers]

    def _lines(self, answer: _Answer, width: float) -> Lines:
        return lines_of(answer.words, width, self._setting, size=self._size)

    @property
    def _over(self) -> float:
        """The width of words that stand over their bar."""
        return self.width - self._lead - self._figures - GAP

    def rows(self, height: float, across: int, width: float) -> list[Row]:
        """Rows of so many answers each, together `height` high where they may be."""
        bar = 0.0 if self._beside else (_UNDER + _THICK_UNDER) * self._size
        least = [max(lines.height + bar, 1.1 * self._size) for lines in self._made]
        grouped = [range(first, min(first + across, len(least))) for first in range(0, len(least), across)]
        tall = [max(least[i] for i in group) for group in grouped]
        gap = min(GAP * 0.85, 0.3 * self._size)
        more = max((height - sum(tall) - gap * (len(tall) - 1)) / max(len(tall), 1), 0.0)
        rows: list[Row] = []
        for group, needed in zip(grouped, tall, strict=True):
            out = Piece(width, needed + more, baseline=(needed + more - self._made[group[0]].height) / 2 + self._size)
            for column, i in enumerate(group):
                piece = self._put_beside(i, needed + more) if self._beside else self._put_under(i, needed + more)
                x = column * (width - self.width)
                out.add(width - x - self.width if self._rtl else x, 0.0, piece)
            rows.append(Row(out, gap=gap if rows else 0.0))
        return rows

    def _put(self, out: Piece, x: float, y: float, across: float, part: Part) -> None:
        out.add(self.width - x - across if self._rtl else x, y, part)

    def _put_beside(self, i: int, height: float) -> Piece:
        """The words, then the bar, then the number."""
        answer, lines, sign, size = self._answers[i], self._made[i], self._sign, self._size
        out = Piece(self.width, height)
        start = self._lead + self._words + GAP * 1.6
        long = max(self.width - start - self._figures - GAP * 0.8, H)
        thick = min(height, _THICKEST * size)
        self._put(out, 0.0, (height - sign) / 2, sign, _mark(self._task, answer, sign, self._setting))
        self._put(out, self._lead, (height - lines.height) / 2, self._words, lines.piece())
        self._put(out, start, (height - thick) / 2, long, self._bar(answer, long, thick))
        number = self._number(answer)
        self._put(out, self.width - self._figures, (height - number.height) / 2, self._figures, number)
        return out

    def _put_under(self, i: int, height: float) -> Piece:
        """The words and the number, and the bar under both."""
        answer, lines, sign, size = self._answers[i], self._made[i], self._sign, self._size
        out = Piece(self.width, height)
        thick = _THICK_UNDER * size
        top = (height - lines.height - _UNDER * size - thick) / 2
        mark = _mark(self._task, answer, sign, self._setting)
        self._put(out, 0.0, top + (1.22 * size - sign) / 2, sign, mark)
        self._put(out, self._lead, top, self._over, lines.piece())
        number = self._number(answer)
        y = top + max(lines.height - number.height, 0.0)
        self._put(out, self.width - self._figures, y, self._figures, number)
        self._put(out, 0.0, top + lines.height + _UNDER * size, self.width, self._bar(answer, self.width, thick))
        return out

    def _number(self, answer: _Answer) -> Piece:
        align = Align.START if self._rtl else Align.END
        return _number(answer, self._figures, self._size, self._setting, align)

    def _bar(self, answer: _Answer, long: float, thick: float) -> Piece:
        """How long it might be, and how long it is."""
        setting = self._setting
        out = Piece(long, thick)
        radius = min(CORNER, thick / 2)
        out.add(0.0, 0.0, box(long, thick, fill=inset(setting), stroke=line_colour(setting), radius=radius))
        if answer.count:
            filled = max(long * min(answer.share, 1.0), 2 * radius)
            bar = box(filled, thick, fill=_bar_colour(answer, setting), radius=radius)
            out.add(long - filled if self._rtl else 0.0, 0.0, bar)
        return out


def _mark(task: Task, answer: _Answer, size: float, setting: Setting) -> Part:
    """The sign that the answer had before it was given."""
    if isinstance(task, kinds.Quiz):
        return lettered(answer.number, size * 1.25, setting)
    if isinstance(task, kinds.Levels):
        return numbered(answer.number + 1, size, setting)
    return shape(answer.number, size, setting)


def scale_results(task: Scale, counts: Counts, width: float, height: float, setting: Setting) -> Piece:
    """A column on each point of the scale with its number on top, and below what the two ends mean."""
    answers = _answers(task, counts)
    size = setting.text_size
    ends = [lines_of(task.low_end, width * 0.46, setting, ink=setting.muted)]
    ends.append(lines_of(task.high_end, width * 0.46, setting, ink=setting.muted, align=Align.END))
    below = max(ends[0].height if task.low_end else 0.0, ends[1].height if task.high_end else 0.0)
    pitch = width / max(len(answers), 1)
    figures = lines_of("0", pitch, setting, size=size, weight=600).height
    foot = figures * 1.1 + (below + GAP * 0.6 if below else 0.0)
    height = max(height, figures + 4.0 * size + foot)
    out = Piece(width, height)
    room = height - foot - figures - 0.3 * H
    ground = height - foot
    most = max((answer.share for answer in answers), default=0.0) or 1.0
    thick = min(pitch * 0.62, 16 * H)
    for i, answer in enumerate(answers):
        x = i * pitch
        tall = room * answer.share / most
        if answer.count:
            fill = _bar_colour(answer, setting)
            out.add(x + (pitch - thick) / 2, ground - tall, box(thick, tall, fill=fill, radius=min(CORNER, tall / 2)))
            number = _number(answer, pitch, size, setting, Align.CENTRE)
            out.add(x, ground - tall - figures, number)
        point = lines_of(str(task.low + i), pitch, setting, size=size, ink=setting.ink, weight=600, align=Align.CENTRE)
        put_text(out, point, x, ground + figures * 0.1)
    out.add(0.0, ground - 1.5, box(width, 3.0, fill=mixed(inset(setting), setting.ink, _QUIET), radius=1.5))
    if below:
        y = height - below
        put_text(out, ends[0], 0.0, y)
        put_text(out, ends[1], width - ends[1].width, y)
    return out
