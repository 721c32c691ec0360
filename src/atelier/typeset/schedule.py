"""The agenda as a table of times: what is done in ink on a ground of its own, breaks lighter between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.deck.agenda import clock
from atelier.markup.blocks import Align
from atelier.markup.local_words import date_text, day_end, number_text
from atelier.typeset import fonts
from atelier.typeset.activity_marks import (
    box,
    hue,
    inset,
    line_colour,
    lines_of,
    put_text,
)
from atelier.typeset.pieces import Piece, Row
from atelier.typeset.setting import H

if TYPE_CHECKING:
    from atelier.deck.types import AgendaBlock, Day
    from atelier.markup.blocks import Agenda
    from atelier.typeset.setting import Setting
    from atelier.typeset.text import Lines

_GAP = 0.7 * H
_DAY_GAP = 3.4 * H
_TIME = 3.3
"""Em that a time takes."""


def days_of(block: Agenda, setting: Setting) -> tuple[Day, ...]:
    return setting.agenda[block.day - 1 : block.day] if block.day else setting.agenda


def rows_of_agenda(block: Agenda, width: float, setting: Setting) -> list[Row]:
    """A row a block, so that a long day goes on over several pages; private frames are left out."""
    rows: list[Row] = []
    for day in days_of(block, setting):
        head = _head(day, width, setting)
        if head is not None:
            rows.append(Row(head, gap=_DAY_GAP * setting.gap if rows else 0.0, glued=True))
        shown = [each for each in day.blocks if not each.private]
        for position, each in enumerate(shown):
            rows.append(Row(_line(each, position, width, setting), gap=_GAP * setting.gap if rows else 0.0))
        if shown:
            rows[-1].glued = True
            rows.append(Row(_end(day, width, setting), gap=_GAP * setting.gap))
    return rows


def _head(day: Day, width: float, setting: Setting) -> Piece | None:
    date = date_text(day.date, setting.lang)
    if not day.title and not date:
        return None
    size = setting.text_size
    right = lines_of(date, width * 0.4, setting, size=size * 0.86, ink=setting.muted, aside=True)
    left = lines_of(day.title or date, width * 0.58, setting, ink=setting.hue, weight=650, size=size * 1.04)
    out = Piece(width, max(left.height, right.height) + 0.6 * H, baseline=size)
    _put(out, left, 0.0, 0.0, setting)
    if day.title and date:
        _put(out, right, width - right.natural, max(left.height - right.height, 0.0) * 0.7, setting)
    return out


def _put(out: Piece, lines: Lines, x: float, y: float, setting: Setting) -> None:
    """Puts a text at `x` from where the table begins: its left, or its right in a language read from there."""
    flush = lines.width - lines.natural if lines.right_to_left else 0.0
    start = out.width - x - lines.natural if _from_right(setting) else x
    put_text(out, lines, start - flush, y)


def _put_time(out: Piece, time: Lines, y: float, setting: Setting) -> None:
    """Puts a time into the first column, where it ends beside what is done then."""
    margin = 0.6 * setting.text_size
    put_text(out, time, out.width - margin - time.width if _from_right(setting) else margin, y)


def _from_right(setting: Setting) -> bool:
    return fonts.right_to_left("", setting.lang)


def _line(each: AgendaBlock, position: int, width: float, setting: Setting) -> Piece:
    """Time, what is done, and for how long; a break without a ground."""
    size = setting.text_size
    pause = each.frame is None
    pad = 0.34 * size
    lead = (_TIME + 0.9) * size
    length = f"{number_text(each.minutes, setting.lang)}\u00a0min" if each.minutes else ""
    tail = lines_of(length, 5 * size, setting, size=size * 0.8, ink=setting.muted, aside=True)
    ink = setting.muted if pause else setting.ink
    weight = 400 if pause else 600
    time = lines_of(clock(each.start), _TIME * size, setting, ink=ink, weight=weight, align=Align.END)
    room = width - lead - tail.natural - 3.2 * size
    title = lines_of(each.title, room, setting, ink=ink, weight=0 if pause or each.optional else 560)
    height = title.height + (1.2 if pause else 2.0) * pad
    out = Piece(width, height, baseline=(height - title.height) / 2 + size)
    if not pause:
        ground = None if each.optional else inset(setting)
        out.add(0.0, 0.0, box(width, height, fill=ground, stroke=line_colour(setting)))
        edge = width - 0.7 * H if _from_right(setting) else 0.0
        out.add(edge, 0.0, box(0.7 * H, height, fill=hue(position, setting), radius=0.35 * H))
    top = (height - title.height) / 2
    _put_time(out, time, top, setting)
    _put(out, title, lead + 0.6 * size, top, setting)
    _put(out, tail, width - 0.8 * size - tail.natural, (height - tail.height) / 2, setting)
    return out


def _end(day: Day, width: float, setting: Setting) -> Piece:
    size = setting.text_size
    last = max([each.end for each in day.blocks], default=day.start)
    ends = clock(last if day.end is None else day.end)
    time = lines_of(ends, _TIME * size, setting, ink=setting.ink, weight=600, align=Align.END)
    said = lines_of(day_end(setting.lang), width - 6 * size, setting, ink=setting.ink, weight=560)
    out = Piece(width, time.height + 0.4 * size, baseline=size * 1.2)
    _put_time(out, time, 0.2 * size, setting)
    _put(out, said, (_TIME + 1.5) * size, 0.2 * size, setting)
    return out
