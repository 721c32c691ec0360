"""Activities as a still frame: the question, what there is to answer or how often it was answered, the time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.foundation.geometry import Rect
from atelier.markup import activities as kinds
from atelier.markup.activity_words import answer_words, time_words, total_words
from atelier.markup.answers import fitted
from atelier.markup.blocks import plain_text
from atelier.typeset import activity_boards as boards
from atelier.typeset import activity_lists as lists
from atelier.typeset import fonts
from atelier.typeset.activity_marks import GAP, dot, foot_size, hue, lines_of, put_text, time_pill
from atelier.typeset.activity_results import result_rows, scale_results
from atelier.typeset.display import ClockBox
from atelier.typeset.estimate import estimate
from atelier.typeset.fit import SCALES, Fitted, fit
from atelier.typeset.pieces import Piece, Row, extent, stack
from atelier.typeset.setting import H
from atelier.typeset.text import TextStyle
from atelier.typeset.titles import fit_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.answers import Counts
    from atelier.markup.blocks import Activity, Block
    from atelier.typeset.setting import Setting

QUESTION_GAP = 2.8 * H
FOOT_GAP = 2.4 * H
USUAL_BOARD = 32.0 * H
"""How high a drawing is where it is one block among others, at the scale 1."""
TALLEST_BOARD = 62.0 * H
_MOST_DRAWN = 24
"""Words that a drawing holds; more are a list, which goes on over several pages."""
_HOPELESS = 2.2
"""An estimate this far beyond the height is not worth setting at every scale."""


def rows_of_activity(block: Activity, width: float, setting: Setting) -> list[Row]:
    """The rows of one activity; its drawing is as high as a picture may be, else as usual."""
    height = setting.picture_height or (USUAL_BOARD * min(setting.scale, 1.1))
    return _rows(block, width, height, setting)


def _rows(block: Activity, width: float, room: float, setting: Setting) -> list[Row]:
    """`room` is the height for the drawing or the list alone."""
    inner = replace(setting, picture_height=0.0)
    rows: list[Row] = []
    if plain_text(block.title).strip():
        rows.append(Row(_question(block, width, inner), glued=True))
    intro = inner.compose(block.blocks, width, inner)
    if intro:
        intro[0].gap = QUESTION_GAP * setting.gap if rows else 0.0
        intro[-1].glued = True
        rows += intro
    body = _body(block, width, room, inner)
    if body:
        body[0].gap = QUESTION_GAP * setting.gap if rows else 0.0
        rows += body
    foot = _foot(block, width, inner)
    if foot is not None:
        if rows:
            rows[-1].glued = True
        rows.append(Row(foot, gap=FOOT_GAP * setting.gap if rows else 0.0))
    return rows


def _question(block: Activity, width: float, setting: Setting) -> Piece:
    look = setting.theme.type.title
    size = max(look.size * H * 0.82 * min(setting.scale, 1.15), setting.text_size * 1.12)
    style = TextStyle(
        size=size,
        line=1.14,
        colour=setting.ink,
        family="titles",
        optical=setting.theme.fonts.titles.optical.title,
    )
    return fit_title(block.title, width, 3 * size * 1.14, style, setting, smallest=size * 0.7).piece()


def _body(block: Activity, width: float, room: float, setting: Setting) -> list[Row]:
    counts = _counts(block, setting)
    if not any(counts):
        return _unanswered(block, width, room, setting)
    if isinstance(block.task, kinds.Scale):
        return [Row(scale_results(block.task, counts, width, room, setting))]
    before = extent(_unanswered(block, width, room, setting))
    return result_rows(block.task, counts, width, before, room, setting)


def _counts(block: Activity, setting: Setting) -> Counts:
    """How often each answer was given; none where nobody counts them."""
    return fitted(setting.counts.get(block.line, ()), block.task)


def _unanswered(block: Activity, width: float, room: float, setting: Setting) -> list[Row]:
    match task := block.task:
        case kinds.Poll():
            return lists.poll_rows(task.answers, width, room, setting)
        case kinds.Quiz():
            return lists.quiz_rows([answer.words for answer in task.answers], width, room, setting)
        case kinds.Vote():
            return lists.vote_rows(task, width, room, setting)
        case kinds.Rank():
            return lists.rank_rows(task, width, room, setting)
        case kinds.Form():
            return lists.form_rows(task, width, room, setting)
        case kinds.Clinic():
            strip = Row(boards.clinic_strip(width, setting), glued=bool(task.points))
            rows = lists.point_rows(task.points, width, room - strip.piece.height - GAP * 2, setting)
            if rows:
                rows[0].gap = GAP * 2
            return [strip, *rows]
        case _:
            texts = kinds.texts(task)
            if len(texts) > _MOST_DRAWN:
                return lists.point_rows(texts, width, room, setting)
            return [Row(_board(block, width, room, setting))]


def _board(block: Activity, width: float, room: float, setting: Setting) -> Piece:
    match task := block.task:
        case kinds.Scale():
            return boards.scale_board(task, width, room, setting)
        case kinds.WordCloud():
            return boards.words_board(width, room, setting)
        case kinds.Stickies():
            return boards.stickies_board(task, width, room, setting)
        case kinds.Place():
            return boards.place_board(task, width, room, setting)
        case kinds.Levels():
            return boards.levels_board(task, width, room, setting)
        case kinds.Groups():
            return boards.groups_board(task, width, room, setting)
        case kinds.Rounds():
            return boards.rounds_board(block, task, width, room, setting)
        case kinds.Turn():
            return boards.turn_board(task, width, room, setting)
        case _:
            return boards.questions_board(width, room, setting)


def _foot(block: Activity, width: float, setting: Setting) -> Piece | None:
    """The time in a pill, and at the other end of the line how many answered, and how one does."""
    time = time_words(block, setting.lang)
    counts = _counts(block, setting)
    total = [total_words(block, counts, setting.lang)] if any(counts) else []
    notes = [*total, *answer_words(block, setting.lang)]
    if not time and not notes:
        return None
    pill = time_pill(time, setting) if time else None
    marks = _dots(block, setting)
    beside = marks.width + GAP * 0.7 if marks else 0.0
    size = foot_size(setting)
    text = " · ".join(notes)
    left = width - beside - (pill.width + GAP * 1.2 if pill else 0.0)
    made = lines_of(text, left, setting, size=size, ink=setting.muted) if text else None
    height = max(pill.height if pill else 0.0, made.height if made else 0.0)
    out = Piece(width, height)
    rtl = fonts.right_to_left("", setting.lang)
    taken = beside + (made.natural if made else 0.0)
    start = width - taken if pill is not None else 0.0
    if pill is not None:
        x, y = width - pill.width if rtl else 0.0, (height - pill.height) / 2
        out.add(x, y, pill)
        free = width - (taken + GAP * 1.2 if taken else 0.0)
        room = Rect(width - free if rtl else 0.0, y, free, pill.height)
        out.clocks.append(ClockBox(Rect(x, y, pill.width, pill.height), room, block, setting.hue, from_right=rtl))
    if marks is not None and not rtl:
        out.add(start, (height - marks.height) / 2, marks)
    if made is not None:
        x = start + beside if not rtl else width - start - taken
        flush = made.width - made.natural if made.right_to_left else 0.0
        put_text(out, made, x - flush, (height - made.height) / 2)
    return out


def _dots(block: Activity, setting: Setting) -> Piece | None:
    """The dots a person has to give."""
    task = block.task
    if not isinstance(task, kinds.Vote):
        return None
    size = 2.4 * H
    out = Piece(task.dots * size * 1.35 - size * 0.35, size)
    for i in range(task.dots):
        out.add(i * size * 1.35, 0.0, dot(size, fill=hue(i, setting)))
    return out


def activity_body(blocks: Sequence[Block], width: float, height: float, setting: Setting) -> Fitted:
    """The body of a card with one activity: as large as it fits, its drawing or its list over what is left."""
    if estimate(blocks, width, setting.scaled(SCALES[-1])) > _HOPELESS * height:
        return fit(blocks, width, height, setting)
    for scale in SCALES:
        at = setting.scaled(scale)
        rows = at.compose(blocks, width, replace(at, picture_height=1.0))
        spare = height - extent(rows)
        if spare < 0:
            continue
        room = _room_of(blocks, width, at) + spare
        better = at.compose(blocks, width, replace(at, picture_height=min(room, TALLEST_BOARD)))
        return Fitted((stack(better if extent(better) <= height else rows, width),), scale)
    return fit(blocks, width, height, setting)


def _room_of(blocks: Sequence[Block], width: float, setting: Setting) -> float:
    """The height that the drawing or list of the activity takes at least."""
    from atelier.markup import blocks as md

    activity = next(block for block in blocks if isinstance(block, md.Activity))
    return extent(_body(activity, width, 1.0, setting))
