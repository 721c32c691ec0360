"""Activities that are lists: answers, choices and questions as cards below each other, a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.markup.blocks import plain_text
from atelier.typeset import fonts
from atelier.typeset.activity_marks import (
    GAP,
    NARROW,
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
)
from atelier.typeset.pieces import Piece, Row
from atelier.typeset.setting import H, mixed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.markup.activities import Form, Rank, Vote
    from atelier.markup.blocks import Inline
    from atelier.typeset.pieces import Part
    from atelier.typeset.setting import Setting

    Line = tuple[Inline, ...]

_FEWEST_IN_GRID = 4
_MOST_STRETCH = 1.55
"""How much taller than its text wants a card gets, where there is room."""
_MOST_QUESTIONS = 8
"""A longer questionnaire shows its themes alone."""


def shown(texts: Sequence[Line]) -> list[Line]:
    """The lines that say something to the audience."""
    return [text for text in texts if plain_text(text).strip()]


def card(
    text: Line,
    width: float,
    mark: Callable[[float], Part] | None,
    setting: Setting,
    *,
    tail: Piece | None = None,
    tall: float = 0.0,
) -> Piece:
    """A line on a ground of its own, `mark` before it and `tail` at its end; at least `tall` high."""
    size = setting.text_size
    pad = 0.62 * size
    sign = 0.92 * size
    lead = pad + (sign + 0.6 * size if mark is not None else 0.0)
    trail = pad + (tail.width + pad if tail is not None else 0.0)
    lines = lines_of(text, width - lead - trail, setting)
    height = max(lines.height + 2 * 0.42 * size, tall, tail.height + 0.4 * size if tail is not None else 0.0)
    out = Piece(width, height, baseline=(height - lines.height) / 2 + size)
    rtl = fonts.right_to_left(plain_text(text), setting.lang)
    out.add(0.0, 0.0, box(width, height, fill=inset(setting), stroke=line_colour(setting)))
    if mark is not None:
        out.add(width - pad - sign if rtl else pad, (height - sign) / 2, mark(sign))
    put_text(out, lines, trail if rtl else lead, (height - lines.height) / 2)
    if tail is not None:
        out.add(pad if rtl else width - pad - tail.width, (height - tail.height) / 2, tail)
    return out


def one_line(text: Line, width: float, setting: Setting) -> bool:
    return lines_of(text, width, setting).count <= 1


def answer_rows(
    texts: Sequence[Line], width: float, room: float, setting: Setting, mark: Callable[[int, float], Part]
) -> list[Row]:
    """Cards below each other, or in two columns where they are many and short; in `room`, 0 if that is not known."""
    texts = shown(texts)
    half = (width - GAP) / 2
    across = 1
    if len(texts) >= _FEWEST_IN_GRID and width > 90 * H:
        inner = half - 3.4 * setting.text_size
        across = 2 if all(one_line(text, inner, setting) for text in texts) else 1
    each = half if across == 2 else width
    cards = [card(text, each, _marked(mark, i), setting) for i, text in enumerate(texts)]
    count = -(-len(cards) // across)
    gap = GAP * 0.85
    natural = max((piece.height for piece in cards), default=0.0)
    tall = min((room - gap * (count - 1)) / count, natural * _MOST_STRETCH) if count else 0.0
    if tall > natural:
        cards = [card(text, each, _marked(mark, i), setting, tall=tall) for i, text in enumerate(texts)]
    rows: list[Row] = []
    for first in range(0, len(cards), across):
        group = cards[first : first + across]
        out = Piece(width, max(piece.height for piece in group), baseline=group[0].baseline)
        rtl = fonts.right_to_left("", setting.lang)
        for i, piece in enumerate(group):
            place = across - 1 - i if rtl else i
            out.add(place * (half + GAP), 0.0, piece)
        rows.append(Row(out, gap=gap if rows else 0.0))
    return rows


def _marked(mark: Callable[[int, float], Part], number: int) -> Callable[[float], Part]:
    return lambda size: mark(number, size)


def poll_rows(texts: Sequence[Line], width: float, room: float, setting: Setting) -> list[Row]:
    return answer_rows(texts, width, room, setting, lambda i, size: shape(i, size, setting))


def quiz_rows(texts: Sequence[Line], width: float, room: float, setting: Setting) -> list[Row]:
    """Answers with letters; nothing tells which is right."""
    return answer_rows(texts, width, room, setting, lambda i, size: lettered(i, size * 1.25, setting))


def lettered(number: int, size: float, setting: Setting) -> Piece:
    from PySide6.QtGui import QColor

    from atelier.markup.blocks import Align

    out = Piece(size, size)
    off = size * 0.1
    out.add(-off, -off, box(size, size, fill=hue(number, setting), radius=size * 0.24))
    ink = QColor(setting.theme.colours.on_hue)
    lines = lines_of(
        chr(ord("A") + number % 26), size, setting, size=size * 0.66, ink=ink, weight=700, align=Align.CENTRE
    )
    put_text(out, lines, -off, (size - lines.height) / 2 - off)
    return out


def point_rows(texts: Sequence[Line], width: float, room: float, setting: Setting) -> list[Row]:
    """Numbered lines: what is talked about, one after the other."""
    return answer_rows(texts, width, room, setting, lambda i, size: numbered(i + 1, size, setting, hue(i, setting)))


def vote_rows(task: Vote, width: float, room: float, setting: Setting) -> list[Row]:
    """Choices with room for the dots they get."""
    texts = shown(task.choices)
    size = setting.text_size
    tail = _dot_places(5 if width > 90 * H else 3, size, setting) if width > NARROW else None
    rows: list[Row] = []
    natural = [card(text, width, _shaped(i, setting), setting, tail=tail) for i, text in enumerate(texts)]
    spare = (room - sum(piece.height + GAP * 0.85 for piece in natural)) / max(len(natural), 1)
    for i, text in enumerate(texts):
        tall = natural[i].height + min(max(spare, 0.0), natural[i].height * (_MOST_STRETCH - 1))
        piece = card(text, width, _shaped(i, setting), setting, tail=tail, tall=tall)
        rows.append(Row(piece, gap=GAP * 0.85 if rows else 0.0))
    return rows


def _dot_places(count: int, size: float, setting: Setting) -> Piece:
    out = Piece(count * size * 0.95, size * 0.62)
    for i in range(count):
        out.add(i * size * 0.95, 0.0, dot(size * 0.62, stroke=mixed(inset(setting), setting.ink, 0.42)))
    return out


def _shaped(number: int, setting: Setting) -> Callable[[float], Part]:
    return lambda size: shape(number, size, setting)


def rank_rows(task: Rank, width: float, room: float, setting: Setting) -> list[Row]:
    """Things to sort, and the empty places they go to."""
    texts = shown(task.things)
    left = width * 0.56 if width > NARROW else width - 8 * H
    arrow = 7.0 * H if width > NARROW else 1.0 * H
    right = width - left - arrow
    size = setting.text_size
    rows: list[Row] = []
    naturals = [card(text, left, _shaped(i, setting), setting) for i, text in enumerate(texts)]
    spare = (room - sum(piece.height + GAP * 0.85 for piece in naturals)) / max(len(naturals), 1)
    for i, text in enumerate(texts):
        tall = naturals[i].height + min(max(spare, 0.0), naturals[i].height * (_MOST_STRETCH - 1))
        piece = card(text, left, _shaped(i, setting), setting, tall=tall)
        out = Piece(width, piece.height, baseline=piece.baseline)
        out.add(0.0, 0.0, piece)
        points = [(0.0, 0.0), (1.8 * H, 1.3 * H), (0.0, 2.6 * H)]
        sign = drawn(polygon(points), fill=line_colour(setting))
        if width > NARROW:
            out.add(left + (arrow - 1.8 * H) / 2, (piece.height - 2.6 * H) / 2, sign)
        out.add(left + arrow, 0.0, box(right, piece.height, stroke=line_colour(setting), line=3.0))
        ring = numbered(i + 1, size * 1.1, setting)
        out.add(left + arrow + min(size * 0.6, (right - size * 1.1) / 2), (piece.height - size * 1.1) / 2, ring)
        rows.append(Row(out, gap=GAP * 0.85 if rows else 0.0))
    return rows


def form_rows(task: Form, width: float, room: float, setting: Setting) -> list[Row]:
    """The questions under their themes with places for an answer; of a long questionnaire the themes alone."""
    themed = any(plain_text(theme.title).strip() for theme in task.themes)
    if themed and sum(len(theme.questions) for theme in task.themes) > _MOST_QUESTIONS:
        return _theme_rows(task, width, room, setting)
    rows: list[Row] = []
    number = 0
    for position, theme in enumerate(task.themes):
        if plain_text(theme.title).strip():
            lines = lines_of(theme.title, width, setting, ink=hue(position, setting), weight=650)
            rows.append(Row(lines.piece(), gap=GAP * 1.6 if rows else 0.0, glued=True))
        for question in shown(theme.questions):
            number += 1
            tail = _answer_place(task.points, position, setting)
            piece = card(question, width, _counted(number, position, setting), setting, tail=tail)
            rows.append(Row(piece, gap=GAP * 0.7 if rows else 0.0))
    return rows


def _counted(number: int, theme: int, setting: Setting) -> Callable[[float], Part]:
    return lambda size: numbered(number, size, setting, hue(theme, setting))


def _answer_place(points: int, theme: int, setting: Setting) -> Piece:
    size = setting.text_size
    if not points:
        out = Piece(size * 5.0, size * 0.9)
        out.add(0.0, size * 0.84, box(size * 5.0, 3.0, fill=line_colour(setting), radius=1.5))
        return out
    step = size * 0.92
    out = Piece(step * points - step * 0.3, size * 0.64)
    for i in range(points):
        out.add(i * step, 0.0, dot(size * 0.62, stroke=hue(theme, setting)))
    return out


def _theme_rows(task: Form, width: float, room: float, setting: Setting) -> list[Row]:
    """A card a theme: how many questions it has, and its empty line of the profile."""
    size = setting.text_size
    titles = [theme.title if plain_text(theme.title).strip() else theme.questions[0] for theme in task.themes]
    counts = [len(theme.questions) for theme in task.themes]
    across = 2 if len(titles) > 4 and width > 90 * H else 1
    each = (width - GAP * (across - 1)) / across
    wide = min(each * 0.3, 30 * H)

    def bar(position: int) -> Piece:
        out = Piece(wide, size * 0.5)
        out.add(0.0, 0.0, box(wide, size * 0.5, stroke=hue(position, setting), radius=size * 0.25))
        return out

    def made(i: int, tall: float = 0.0) -> Piece:
        return card(
            titles[i],
            each,
            lambda space: numbered(counts[i], space, setting, hue(i, setting)),
            setting,
            tail=bar(i) if task.points else None,
            tall=tall,
        )

    cards = [made(i) for i in range(len(titles))]
    count = -(-len(cards) // across)
    natural = max((piece.height for piece in cards), default=0.0)
    tall = min((room - GAP * count) / count, natural * _MOST_STRETCH) if count else 0.0
    rows: list[Row] = []
    for first in range(0, len(cards), across):
        alike = max(tall, *(piece.height for piece in cards[first : first + across]))
        group = [made(i, alike) for i in range(first, min(first + across, len(cards)))]
        out = Piece(width, max(piece.height for piece in group), baseline=group[0].baseline)
        for i, piece in enumerate(group):
            out.add(i * (each + GAP), 0.0, piece)
        rows.append(Row(out, gap=GAP if rows else 0.0))
    return rows
