"""Activities that are one drawing: a scale, a wall of notes, two axes, levels, groups, rounds, a table to go round.

Each function takes the width and the height it may fill, and returns a piece as high as that, or higher where its text
needs it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from atelier.foundation.geometry import Rect
from atelier.markup.blocks import Align, plain_text
from atelier.markup.local_words import number_text
from atelier.typeset.activity_lists import shown
from atelier.typeset.activity_marks import (
    GAP,
    NARROW,
    alike,
    box,
    dot,
    drawn,
    hue,
    inset,
    line_colour,
    lines_of,
    numbered,
    polygon,
    put_text,
    shape,
    time_pill,
    tinted,
    unbroken,
)
from atelier.typeset.display import ClockBox
from atelier.typeset.pieces import Piece
from atelier.typeset.setting import H, mixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.activities import Axis, Groups, Levels, Place, Rounds, Scale, Stickies, TimedRound, Turn
    from atelier.markup.blocks import Activity, Inline
    from atelier.typeset.setting import Setting

    Line = tuple[Inline, ...]

_LEGEND_SHARE = 0.27
_NOTE = 11.0 * H
_STEP_SIZES = (1.0, 0.88, 0.78, 0.68, 0.6)
"""Shares of the size of text that the words on steps may have."""
_SMALLEST_STEP = 3.2 * H
_HEAD_WEIGHT = 650
_RUNNING = 1.9
"""How much higher than the time of a round that stands still is one that runs: it has a ground, and reads from afar."""
_UNDER_STRIP = 1.4 * H
"""The space between a strip and the times below it, for the bar of the round that runs."""


def scale_board(task: Scale, width: float, height: float, setting: Setting) -> Piece:
    """A ruler with its points, and what the two ends mean."""
    count = task.high - task.low + 1
    size = setting.text_size
    ends = [lines_of(task.low_end, width * 0.46, setting, ink=setting.muted)]
    ends.append(lines_of(task.high_end, width * 0.46, setting, ink=setting.muted, align=Align.END))
    below = max(ends[0].height if task.low_end else 0.0, ends[1].height if task.high_end else 0.0)
    pitch = width / count
    diameter = min(pitch * 0.72, max(min(height - below - GAP, 17 * H), size * 1.7))
    out = Piece(width, max(height, diameter + GAP * 1.4 + below))
    top = max((out.height - diameter - GAP * 1.4 - below) * 0.4, 0.0)
    first, last = diameter / 2, width - diameter / 2
    step = (last - first) / max(count - 1, 1)
    out.add(first, top + diameter / 2 - 3.0, box(last - first, 6.0, fill=line_colour(setting), radius=3.0))
    for i in range(count):
        share = 0.05 + 0.2 * i / max(count - 1, 1)
        x = first + i * step - diameter / 2
        fill = mixed(inset(setting), setting.hue, share)
        out.add(x, top, dot(diameter, fill=fill, stroke=setting.hue, line=4.0))
        lines = lines_of(
            str(task.low + i),
            diameter,
            setting,
            size=min(diameter * 0.42, 7 * H),
            ink=setting.ink,
            weight=650,
            align=Align.CENTRE,
        )
        put_text(out, lines, x, top + (diameter - lines.height) / 2)
    y = top + diameter + GAP * 1.4
    put_text(out, ends[0], 0.0, y)
    put_text(out, ends[1], width - ends[1].width, y)
    return out


def words_board(width: float, height: float, setting: Setting) -> Piece:
    """Empty places for words, larger in the middle."""
    height = max(height, 24 * H)
    out = Piece(width, height)
    count = max(3, min(5, int(height / (9 * H))))
    pitch = height / count
    number = 0
    for row in range(count):
        middle = 1.0 - abs(row - (count - 1) / 2) / max(count / 2, 1.0)
        tall = pitch * (0.5 + 0.24 * middle)
        widths = [tall * (2.4 + 1.1 * alike(number + i)) for i in range(12)]
        room = width * (0.58 + 0.36 * middle)
        line: list[float] = []
        while widths and sum(line) + GAP * len(line) + widths[0] <= room:
            line.append(widths.pop(0))
        x = (width - sum(line) - GAP * max(len(line) - 1, 0)) / 2
        for each in line:
            fill = tinted(number, 0.14 + 0.1 * middle, setting)
            out.add(x, row * pitch + (pitch - tall) / 2, box(each, tall, fill=fill, radius=tall / 2))
            x += each + GAP
            number += 1
    return out


def stickies_board(task: Stickies, width: float, height: float, setting: Setting) -> Piece:
    """A wall of empty notes, in parts where it has heads."""
    heads = shown(task.walls) or [()]
    gap = GAP
    each = (width - gap * (len(heads) - 1)) / len(heads)
    pad = 2.2 * H
    size = _step_size(heads, each - 2 * pad, setting, weight=_HEAD_WEIGHT) or _SMALLEST_STEP
    made = [
        lines_of(head, each - 2 * pad, setting, size=size, ink=setting.ink, weight=_HEAD_WEIGHT) if head else None
        for head in heads
    ]
    head_height = max((lines.height + pad * 0.6 for lines in made if lines), default=0.0)
    height = max(height, head_height + 2 * pad + _NOTE)
    out = Piece(width, height)
    for i, lines in enumerate(made):
        x = i * (each + gap)
        out.add(x, 0.0, box(each, height, fill=inset(setting), stroke=line_colour(setting), radius=1.4 * H))
        if lines:
            put_text(out, lines, x + pad, pad * 0.8)
        _put_notes(out, x + pad, pad + head_height, each - 2 * pad, height - 2 * pad - head_height, i, setting)
    return out


def _put_notes(out: Piece, x: float, y: float, width: float, height: float, wall: int, setting: Setting) -> None:
    rows = max(1, int((height + GAP) / (_NOTE + GAP)))
    side = min((height - GAP * (rows - 1)) / rows, 15 * H)
    across = max(1, int((width + GAP) / (side + GAP)))
    pitch = width / across
    for row in range(rows):
        for column in range(across):
            seed = wall * 31 + row * 7 + column
            size = side * 0.9
            path = _note(size, 2.6 * alike(seed))
            fill = tinted(wall * 2 + row + column, 0.26 if setting.theme.dark else 0.2, setting)
            left = x + column * pitch + (pitch - size) / 2 + alike(seed + 5) * 0.25 * H
            top = y + row * (height / rows) + (height / rows - size) / 2 + alike(seed + 9) * 0.3 * H
            out.add(left, top, drawn(path, fill=fill, stroke=mixed(fill, setting.ink, 0.14), line=1.5))


def _note(size: float, degrees: float) -> QPainterPath:
    """A square a little turned, one of its corners folded."""
    fold = size * 0.2
    corners = [(0.0, 0.0), (size, 0.0), (size, size - fold), (size - fold, size), (0.0, size)]
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    mid = size / 2

    def turned(x: float, y: float) -> tuple[float, float]:
        return mid + (x - mid) * cos - (y - mid) * sin, mid + (x - mid) * sin + (y - mid) * cos

    path = polygon([turned(x, y) for x, y in corners])
    path.addPath(polygon([turned(size, size - fold), turned(size - fold, size - fold), turned(size - fold, size)]))
    return path


def legend(things: Sequence[Line], width: float, setting: Setting) -> Piece:
    """The things with their signs, below each other."""
    out = Piece(width, 0.0)
    size = setting.text_size
    y = 0.0
    for i, thing in enumerate(shown(things)):
        lines = lines_of(thing, width - 1.7 * size, setting)
        out.add(0.0, y + (1.22 * size - size * 0.9) / 2, shape(i, size * 0.9, setting))
        put_text(out, lines, 1.6 * size, y)
        y += lines.height + GAP * 0.9 * setting.gap
    out.height = max(y - GAP * 0.9 * setting.gap, 0.0)
    return out


def place_board(task: Place, width: float, height: float, setting: Setting) -> Piece:
    """Two axes with what their ends mean, and the things to place beside them."""
    above = width < NARROW
    things = legend(task.things, width if above else width * _LEGEND_SHARE, setting)
    left = 0.0 if above else width * _LEGEND_SHARE + GAP * 1.6
    top = things.height + GAP if above else 0.0
    total = max(height, top + 34 * H, things.height + 2 * H)
    height = total - top
    out = Piece(width, total)
    out.add(0.0, 0.0 if above else max((height - things.height) * 0.4, 0.0), things)
    wide = width - left
    plane = Piece(wide, height)
    plane.add(0.0, 0.0, box(wide, height, fill=inset(setting), radius=1.4 * H))
    pad = 1.6 * H
    ink = mixed(inset(setting), setting.ink, 0.85)
    middle_x, middle_y = wide / 2, height / 2
    plane.add(pad, middle_y - 2.0, box(wide - 2 * pad, 4.0, fill=ink, radius=2.0))
    plane.add(middle_x - 2.0, pad, box(4.0, height - 2 * pad, fill=ink, radius=2.0))
    _put_ends(plane, task.x, task.y, wide, height, pad, setting)
    out.add(left, top, plane)
    return out


def _put_ends(plane: Piece, x: Axis, y: Axis, wide: float, height: float, pad: float, setting: Setting) -> None:
    room = wide / 2 - 2.4 * pad
    ends = (x.low, x.high, y.low, y.high)
    sizes = [setting.text_size * share for share in (0.94, *_STEP_SIZES[1:])]
    size = next((one for one in sizes if all(unbroken(end, room, setting, one) for end in ends)), sizes[-1])
    muted = setting.muted
    below = height / 2 + 0.8 * H
    put_text(plane, lines_of(x.low, room, setting, size=size, ink=muted), pad * 1.2, below)
    lines = lines_of(x.high, room, setting, size=size, ink=muted, align=Align.END)
    put_text(plane, lines, wide - pad * 1.2 - lines.width, below)
    beside = wide / 2 + 1.1 * H
    put_text(plane, lines_of(y.high, room, setting, size=size, ink=muted), beside, pad)
    lines = lines_of(y.low, room, setting, size=size, ink=muted)
    put_text(plane, lines, beside, height - pad - lines.height)


def levels_board(task: Levels, width: float, height: float, setting: Setting) -> Piece:
    """A staircase, the lowest level at the left; who is put on it stands in the free corner above the low steps."""
    texts = shown(task.levels)
    count = max(len(texts), 1)
    gap = 0.8 * H
    each = (width - gap * (count - 1)) / count
    pad = 1.5 * H
    size = _step_size(texts, each - 2 * pad, setting)
    if not size:
        return _ladder(texts, task.subjects, width, height, setting)
    ring = size * 1.25
    made = [lines_of(text, each - 2 * pad, setting, size=size) for text in texts]
    least = max((lines.height for lines in made), default=0.0) + ring + 3.2 * pad
    who = legend(task.subjects, width * 0.42, setting) if task.subjects else None
    corner = who.height + 2 * GAP if who is not None else 0.0
    height = max(height, least + max(corner * 1.5, 14 * H))
    out = Piece(width, height)
    for i, lines in enumerate(made):
        tall = least + (height - least) * i / max(count - 1, 1)
        x, y = i * (each + gap), height - tall
        fill = mixed(inset(setting), setting.hue, 0.05 + 0.13 * i / max(count - 1, 1))
        out.add(x, y, box(each, tall, fill=fill, stroke=line_colour(setting)))
        out.add(x, y, box(each, 0.7 * H, fill=setting.hue, radius=0.35 * H))
        out.add(x + pad, y + pad * 1.3, numbered(i + 1, ring, setting))
        put_text(out, lines, x + pad, y + pad * 1.9 + ring)
    if who is not None:
        out.add(0.0, 0.0, who)
    return out


def _step_size(texts: Sequence[Line], width: float, setting: Setting, *, weight: int = 0) -> float:
    """The largest size of text in which every word keeps whole on a step or a head; 0 where that is too small."""
    for share in _STEP_SIZES:
        size = setting.text_size * share
        if size >= _SMALLEST_STEP and all(unbroken(text, width, setting, size, weight=weight) for text in texts):
            return size
    return 0.0


def _ladder(texts: Sequence[Line], subjects: Sequence[Line], width: float, height: float, setting: Setting) -> Piece:
    """Levels below each other, the highest on top, where their words are too long for steps."""
    above = width < NARROW
    who = legend(subjects, width if above else width * _LEGEND_SHARE, setting) if subjects else None
    left = width * _LEGEND_SHARE + GAP * 1.6 if who is not None and not above else 0.0
    head = who.height + GAP if who is not None and above else 0.0
    wide = width - left
    size = setting.text_size
    count = max(len(texts), 1)
    ring = size * 1.1
    pad = 0.5 * size
    indents = [wide * (0.1 if above else 0.3) * (count - 1 - i) / max(count - 1, 1) for i in range(count)]
    made = [lines_of(text, wide - indents[i] - ring - 3.2 * pad, setting) for i, text in enumerate(texts)]
    naturals = [max(lines.height, ring) + 2 * pad for lines in made]
    gap = 0.6 * H
    needed = head + sum(naturals) + gap * (count - 1)
    height = max(height, needed, who.height if who is not None else 0.0)
    more = min((height - needed) / count, size * 0.8)
    out = Piece(width, height)
    y = head + max(height - needed - more * count, 0.0) * 0.4
    for i in reversed(range(len(texts))):
        tall = naturals[i] + more
        fill = mixed(inset(setting), setting.hue, 0.05 + 0.13 * i / max(count - 1, 1))
        out.add(left, y, box(wide - indents[i], tall, fill=fill, stroke=line_colour(setting)))
        out.add(left, y, box(0.7 * H, tall, fill=setting.hue, radius=0.35 * H))
        out.add(left + 1.6 * pad, y + (tall - ring) / 2, numbered(i + 1, ring, setting))
        put_text(out, made[i], left + 2.2 * pad + ring, y + (tall - made[i].height) / 2)
        y += tall + gap
    if who is not None:
        out.add(0.0, 0.0 if above else max((height - who.height) * 0.4, 0.0), who)
    return out


def questions_board(width: float, height: float, setting: Setting) -> Piece:
    """Empty speech bubbles, each with a sign to vote it up."""
    height = max(height, 26 * H)
    count = max(2, min(4, int(height / (14 * H))))
    gap = GAP * 1.3
    tall = (height - gap * (count - 1)) / count
    out = Piece(width, height)
    for i in range(count):
        wide = width * (0.86 - 0.15 * i)
        y = i * (tall + gap)
        body = tall * 0.84
        path = QPainterPath()
        path.addRoundedRect(QRectF(0, 0, wide, body), 1.6 * H, 1.6 * H)
        tail = polygon([(4 * H, body - 1.0), (4 * H, tall), (7.4 * H, body - 1.0)])
        path = path.united(tail)
        out.add(0.0, y, drawn(path, fill=tinted(i, 0.1, setting), stroke=line_colour(setting), line=2.0))
        for line, share in enumerate((0.62, 0.4)):
            stroke = mixed(tinted(i, 0.1, setting), setting.ink, 0.16)
            out.add(3.4 * H, y + body * (0.34 + 0.26 * line), box(wide * share, body * 0.09, fill=stroke, radius=5.0))
        side = min(4.2 * H, body * 0.34)
        up = polygon([(side / 2, 0.0), (side, side * 0.86), (0.0, side * 0.86)])
        out.add(wide - 3.0 * H - side, y + (body - side * 0.86) / 2, drawn(up, fill=hue(i, setting)))
    return out


def groups_board(task: Groups, width: float, height: float, setting: Setting) -> Piece:
    """A field for each group with the people in it; a few where nobody knows yet how many there will be."""
    names = shown(task.names)
    count = task.count or len(names) or 4
    across = min(count, 3 if count in {5, 6, 9} else 4, max(1, int(width / (30 * H))))
    rows = -(-count // across)
    each = (width - GAP * (across - 1)) / across
    pad = 1.6 * H
    size = setting.text_size
    labels = [
        lines_of(names[i] if i < len(names) else str(i + 1), each - 2 * pad, setting, ink=hue(i, setting), weight=650)
        for i in range(count)
    ]
    label = max(lines.height for lines in labels)
    people = task.size or 4
    person = min(size * 1.5, (each - 2 * pad) / min(people, 6) * 0.78)
    lines_of_people = -(-people // 6)
    least = label + pad * 2.4 + person * 1.3 * lines_of_people
    tall = max((height - GAP * (rows - 1)) / rows, least)
    tall = min(tall, max(least, 34 * H))
    out = Piece(width, max(tall * rows + GAP * (rows - 1), 0.0))
    for i in range(count):
        x, y = i % across * (each + GAP), i // across * (tall + GAP)
        out.add(x, y, box(each, tall, fill=inset(setting), stroke=line_colour(setting), radius=1.4 * H))
        out.add(x, y, box(each, 0.7 * H, fill=hue(i, setting), radius=0.35 * H))
        put_text(out, labels[i], x + pad, y + pad)
        top = y + pad * 1.4 + label + (tall - label - pad * 2.4 - person * 1.3 * lines_of_people) / 2
        for j in range(people):
            column, line = j % 6, j // 6
            here = min(people - line * 6, 6)
            start = x + (each - (here - 1) * person * 1.28 - person) / 2
            _put_person(out, start + column * person * 1.28, top + line * person * 1.3, person, i, setting)
    return out


def _put_person(out: Piece, x: float, y: float, size: float, number: int, setting: Setting) -> None:
    path = QPainterPath()
    path.addEllipse(QRectF(size * 0.28, 0.0, size * 0.44, size * 0.44))
    shoulders = QPainterPath()
    shoulders.moveTo(size * 0.04, size)
    shoulders.cubicTo(size * 0.04, size * 0.36, size * 0.96, size * 0.36, size * 0.96, size)
    shoulders.closeSubpath()
    path.addPath(shoulders)
    fill = tinted(number, 0.45, setting)
    out.add(x, y, drawn(path, fill=fill))


def rounds_board(block: Activity, task: Rounds, width: float, height: float, setting: Setting) -> Piece:
    """A strip of the rounds, as long as they take where their words allow it, with their times below."""
    numbers = [i for i, each in enumerate(task.rounds) if plain_text(each.words).strip()]
    return _strip(block, task.rounds, numbers, width, height, setting) if numbers else Piece(width, 0.0)


def _strip(
    block: Activity,
    every: Sequence[TimedRound],
    numbers: Sequence[int],
    width: float,
    height: float,
    setting: Setting,
) -> Piece:
    """The strip of the rounds with these `numbers`; two of them below each other where that is the way to fit."""
    rounds = [every[i] for i in numbers]
    point = 2.6 * H
    pad = 1.8 * H
    given = [each.minutes or 0.0 for each in rounds]
    mean = sum(given) / len(given) or 1.0
    shares = [0.6 / len(rounds) + 0.4 * (value or mean) / (sum(value or mean for value in given)) for value in given]
    widths = [width * share for share in shares]
    if not all(
        unbroken(each.words, wide - point - 2 * pad, setting, weight=600)
        for each, wide in zip(rounds, widths, strict=True)
    ):
        widths = [width / len(rounds)] * len(rounds)
    if (
        not all(unbroken(each.words, widths[0] - point - 2 * pad, setting, weight=600) for each in rounds)
        and len(rounds) > 1
    ):
        half = -(-len(rounds) // 2)
        upper = _strip(block, every, numbers[:half], width, height / 2 - GAP, setting)
        lower = _strip(block, every, numbers[half:], width, height / 2 - GAP, setting)
        out = Piece(width, upper.height + lower.height + GAP)
        out.add(0.0, 0.0, upper)
        out.add(0.0, upper.height + GAP, lower)
        return out
    made = [
        lines_of(each.words, wide - point - 2 * pad, setting, weight=600, ink=setting.ink)
        for each, wide in zip(rounds, widths, strict=True)
    ]
    pills = [
        time_pill(f"{number_text(each.minutes, setting.lang)}\u00a0min", setting, plain=True) if each.minutes else None
        for each in rounds
    ]
    below = max((pill.height * _RUNNING for pill in pills if pill), default=0.0)
    least = max(lines.height for lines in made) + 2 * pad
    tall = max(least, min(height - below - GAP, max(26 * H, least)))
    out = Piece(width, max(height, tall + (below + _UNDER_STRIP if below else 0.0)))
    top = max((out.height - tall - below - _UNDER_STRIP) * 0.4, 0.0)
    x = 0.0
    for i, lines in enumerate(made):
        wide = widths[i] - 0.5 * H
        tip = 0.0 if i == len(made) - 1 else point
        notch = point if i else 0.0
        points = [(0.0, 0.0), (wide, 0.0), (wide + tip, tall / 2), (wide, tall), (0.0, tall)]
        points += [(notch, tall / 2)] if notch else []
        out.add(x, top, drawn(polygon(points), fill=tinted(i, 0.2, setting), stroke=hue(i, setting), line=3.0))
        lead = notch + pad if notch else pad * 1.3
        put_text(out, lines, x + lead, top + (tall - lines.height) / 2)
        pill = pills[i]
        if pill is not None:
            y = top + tall + _UNDER_STRIP
            out.add(x + lead, y, pill)
            rect = Rect(x + lead, y, pill.width, pill.height)
            room = Rect(x, y, wide - notch / 2, below)
            out.clocks.append(ClockBox(rect, room, block, hue(i, setting), round=numbers[i]))
        x += widths[i]
    return out


def turn_board(task: Turn, width: float, height: float, setting: Setting) -> Piece:
    """A table with its seats, one of them speaking, beside what each says."""
    prompts = shown(task.prompts)
    above = width < NARROW
    across = width * 0.36 if prompts and not above else width
    diameter = min(across, 26 * H if above else max(height, 26 * H), 56 * H)
    left = 0.0 if above else across + GAP * 2
    top = diameter + GAP if above else 0.0
    column = width - left
    size = setting.text_size
    made = [lines_of(prompt, column - 2.1 * size, setting) for prompt in prompts]
    gap = size * 0.6
    text = sum(max(lines.height, size * 1.25) for lines in made) + gap * max(len(made) - 1, 0)
    height = max(height, top + text, diameter)
    out = Piece(width, height)
    _put_table(out, (across - diameter) / 2, 0.0 if above else (height - diameter) / 2, diameter, setting)
    y = top if above else (height - text) / 2
    for i, lines in enumerate(made):
        out.add(left, y, numbered(i + 1, size * 1.25, setting))
        put_text(out, lines, left + 2.0 * size, y + max((size * 1.25 - lines.height) / 2, 0.0))
        y += max(lines.height, size * 1.25) + gap
    return out


def _put_table(out: Piece, x: float, y: float, diameter: float, setting: Setting) -> None:
    seats = 12
    seat = diameter * 0.13
    radius = diameter / 2 - seat * 0.75
    table = diameter * 0.56
    at = (diameter - table) / 2
    out.add(x + at, y + at, dot(table, fill=inset(setting), stroke=line_colour(setting), line=4.0))
    for i in range(seats):
        angle = math.radians(-90 + 360 * i / seats)
        side = seat * (1.35 if i == 0 else 1.0)
        left = x + diameter / 2 + radius * math.cos(angle) - side / 2
        top = y + diameter / 2 + radius * math.sin(angle) - side / 2
        fill = setting.hue if i == 0 else tinted(0, 0.12, setting)
        out.add(left, top, dot(side, fill=fill, stroke=setting.hue if i == 0 else line_colour(setting)))
    arc = QPainterPath()
    inner = diameter * 0.36
    around = QRectF(x + (diameter - inner) / 2, y + (diameter - inner) / 2, inner, inner)
    arc.arcMoveTo(around, 80)
    arc.arcTo(around, 80, -290)
    end = arc.currentPosition()
    out.add(0.0, 0.0, drawn(arc, stroke=setting.hue, line=5.0))
    tip = diameter * 0.04
    points = [(-tip, tip * 0.2), (tip * 1.1, tip * 0.55), (tip * 0.1, -tip * 1.2)]
    out.add(end.x(), end.y(), drawn(polygon(points), fill=setting.hue))


def clinic_strip(width: float, setting: Setting) -> Piece:
    """Projects from one meeting to the next."""
    count = 5
    side = 7.0 * H
    pitch = (width - side) / (count - 1)
    out = Piece(width, side)
    out.add(side / 2, side / 2 - 3.0, box(width - side, 6.0, fill=line_colour(setting), radius=3.0))
    for i in range(count):
        ground = mixed(inset(setting), hue(i, setting), 0.12)
        out.add(i * pitch, 0.0, box(side, side, fill=ground, stroke=hue(i, setting), radius=1.6 * H, line=4.0))
        out.add(i * pitch + side * 0.29, side * 0.29, shape(i, side * 0.42, setting))
    return out
