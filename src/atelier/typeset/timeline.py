"""The art of the layout `timeline`: an axis a lane, stems to the cards, pills with what the points are called."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QTransform

from atelier.canvas.timeline import PILL_HEIGHT, PILL_PAD, PILL_SIZE, SMALLEST_PILL
from atelier.foundation.geometry import Point, Rect
from atelier.typeset import art, fonts
from atelier.typeset.display import BoxItem
from atelier.typeset.setting import H, colour, faded
from atelier.typeset.surfaces import path_item, stroke
from atelier.typeset.text import TextStyle, set_text

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from atelier.canvas.types import Mark, Timeline
    from atelier.typeset.display import Item
    from atelier.typeset.pieces import Sheet
    from atelier.typeset.setting import Setting

_AXIS = 5.0
_CHALK = 8.0
_STEM = 5.0
_DOT = 12.0
_RING = 4.0
_MOST_SIGNS = 80
"""Of a label that is looked at; no pill is wide enough for more."""


def put_timeline(sheet: Sheet, timeline: Timeline, setting: Setting, *, world: bool, in_crumb: bool) -> None:
    """Everything behind the cards, in the world or in a section of its hue; on crumb, which is as dark as the hues,
    pills are light.
    """
    theme = setting.theme
    ink = faded(colour(theme.panel.text), 0.8) if in_crumb else setting.accent if world else setting.hue
    for number, (start, end) in enumerate(timeline.axes):
        sheet.items += _axis(start, end, number, ink, setting)
    for mark in timeline.marks:
        hue = colour(theme.panel.text) if in_crumb else colour(theme.hue(mark.hue))
        stem = QPainterPath(QPointF(mark.at.x, mark.at.y))
        stem.lineTo(mark.tip.x, mark.tip.y)
        sheet.items.append(path_item(stem, None, stroke(hue, _STEM)))
    for mark in timeline.marks:
        fill = colour(theme.colours.card) if in_crumb else colour(theme.hue(mark.hue))
        text = colour(theme.hue(mark.hue)) if in_crumb else colour(theme.colours.on_hue)
        if not mark.label or mark.pill != mark.at:
            sheet.items.append(_dot(mark.at, fill, text))
        if mark.label:
            _put_pill(sheet, mark, fill, text, setting)


def _axis(start: Point, end: Point, seed: int, ink: QColor, setting: Setting) -> list[Item]:
    if setting.theme.card.outline != "chalk":
        path = QPainterPath(QPointF(start.x, start.y))
        path.lineTo(end.x, end.y)
        return [path_item(path, None, stroke(ink, _AXIS))]
    length = (end - start).length
    turn = QTransform().translate(start.x, start.y)
    if abs(end.y - start.y) > abs(end.x - start.x):
        turn.rotate(90.0)
    elif end.x < start.x:
        turn.scale(-1.0, 1.0)
    chalk = colour(setting.theme.colours.ink)
    return [
        path_item(turn.map(art.chalk_line(seed, 0.0, 0.0, length)), None, stroke(faded(chalk, 0.9), _CHALK)),
        path_item(turn.map(art.chalk_line(seed + 16, 0.0, 0.0, length)), None, stroke(faded(chalk, 0.5), _CHALK / 2)),
    ]


def _dot(at: Point, fill: QColor, edge: QColor) -> BoxItem:
    box = Rect(at.x - _DOT, at.y - _DOT, 2 * _DOT, 2 * _DOT)
    return BoxItem(bounds=box, radius=_DOT, fill=fill, stroke=edge, stroke_width=_RING)


def _put_pill(sheet: Sheet, mark: Mark, fill: QColor, ink: QColor, setting: Setting) -> None:
    """The label in its room: a little smaller where it must be, shortened where that is not enough."""
    plain = replace(setting, lang="en")
    most = max(mark.room, SMALLEST_PILL * H) - 2 * PILL_PAD * H
    style = TextStyle(
        size=PILL_SIZE * H,
        line=1.3,
        colour=ink,
        weight=setting.theme.fonts.body.label_weight,
        tabular=True,
        aside=True,
    )
    text = mark.label if len(mark.label) <= _MOST_SIGNS else mark.label[:_MOST_SIGNS] + "…"
    lines = set_text(text, 1e5, style, plain)
    if lines.natural > most:
        style = replace(style, size=max(style.size * most / lines.natural, setting.minimum))
        text = _shortened(text, style, most, plain)
        lines = set_text(text, 1e5, style, plain)
    lines = set_text(text, lines.natural + 1.0, style, plain)
    piece = lines.piece(0, 1)
    width = max(lines.natural + 2 * PILL_PAD * H, PILL_HEIGHT * H)
    height = PILL_HEIGHT * H
    box = Rect(mark.pill.x - width / 2, mark.pill.y - height / 2, width, height)
    sheet.items.append(BoxItem(bounds=box, radius=height / 2, fill=fill))
    sheet.put(piece, mark.pill.x - lines.natural / 2, mark.pill.y - piece.height / 2)


def _shortened(label: str, style: TextStyle, width: float, setting: Setting) -> str:
    """`label`, or as much of it as fits before an ellipsis."""
    font = style.font(setting, label)
    if fonts.advance(font, label) <= width:
        return label
    for end in range(len(label) - 1, 0, -1):
        shorter = label[:end].rstrip() + "…"
        if fonts.advance(font, shorter) <= width:
            return shorter
    return "…"
