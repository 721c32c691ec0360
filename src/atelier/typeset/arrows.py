"""Edges drawn by hand between frames: a curve, its arrow heads, its label."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QPainterPath

from atelier.canvas.arrows import heading, middle
from atelier.foundation.geometry import Point, Rect
from atelier.typeset.canvas_colours import canvas_colour
from atelier.typeset.display import BoxItem
from atelier.typeset.pieces import Piece, shrunk
from atelier.typeset.setting import H, colour, faded
from atelier.typeset.surfaces import path_item, stroke
from atelier.typeset.text import TextStyle, set_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QColor

    from atelier.canvas.types import Arrow
    from atelier.typeset.pieces import Sheet
    from atelier.typeset.setting import Setting

_WIDTH: Final = 3.0
_HEAD: Final = 15.0
"""Canvas units of a line and of an arrow head."""
_LEAST_WIDTH: Final = 0.12 * H
_DECK_WIDTH: Final = 0.5 * H
"""Of lines between the frames of a deck, which are as large as their layout has them."""
_LABEL: Final = 16.0
"""Canvas units of a label's letters."""
_SET_AT: Final = 4.0 * H
"""Letters are set at this size and drawn smaller, for a font has no size of a fraction of a unit."""
_LABEL_WIDTH: Final = 60.0 * H
_OPACITY: Final = 0.75


def put_arrows(sheet: Sheet, arrows: Iterable[Arrow], setting: Setting, *, drawn: bool) -> None:
    """All curves, then all labels over them; `drawn` on a canvas that somebody drew, rather than in a deck."""
    arrows = tuple(arrows)
    least = _LEAST_WIDTH if drawn else _DECK_WIDTH
    for arrow in arrows:
        _put_curve(sheet, arrow, least, setting)
    for arrow in arrows:
        if arrow.label:
            _put_label(sheet, arrow, least, setting)


def _ink(arrow: Arrow, setting: Setting) -> QColor:
    own = canvas_colour(setting.theme, arrow.colour)
    return colour(own) if own else faded(colour(setting.theme.colours.muted), _OPACITY)


def _put_curve(sheet: Sheet, arrow: Arrow, least: float, setting: Setting) -> None:
    ink = _ink(arrow, setting)
    width = max(_WIDTH * arrow.unit, least)
    head = max(_HEAD * arrow.unit, width * 4.0)
    start, end = arrow.start, arrow.end
    heads = QPainterPath()
    if arrow.start_arrow:
        start = _head(heads, arrow.start, arrow.leaving, head)
    if arrow.end_arrow:
        end = _head(heads, arrow.end, arrow.arriving, head)
    path = QPainterPath()
    path.moveTo(start.x, start.y)
    path.cubicTo(arrow.leaving.x, arrow.leaving.y, arrow.arriving.x, arrow.arriving.y, end.x, end.y)
    sheet.items.append(path_item(path, None, stroke(ink, width)))
    if not heads.isEmpty():
        sheet.items.append(path_item(heads, ink))


def _head(path: QPainterPath, tip: Point, before: Point, size: float) -> Point:
    """Adds an arrow head; returns where its line ends, inside it."""
    angle = heading(tip, before)

    def at(back: float, across: float) -> Point:
        c, s = math.cos(angle), math.sin(angle)
        return Point(tip.x - c * back - s * across, tip.y - s * back + c * across)

    left, right = at(size, size * 0.55), at(size, -size * 0.55)
    path.moveTo(tip.x, tip.y)
    path.lineTo(left.x, left.y)
    path.lineTo(right.x, right.y)
    path.closeSubpath()
    return at(size * 0.8, 0.0)


def _put_label(sheet: Sheet, arrow: Arrow, least: float, setting: Setting) -> None:
    own = canvas_colour(setting.theme, arrow.colour)
    ink = colour(own) if own else setting.body
    style = TextStyle(size=_SET_AT, line=1.2, colour=ink, weight=560)
    lines = set_text(arrow.label[:200], _LABEL_WIDTH, style, setting)
    pad_x, pad_y = 0.5 * _SET_AT, 0.22 * _SET_AT
    width, height = lines.natural + 2 * pad_x, lines.height + 2 * pad_y
    piece = Piece(width, height)
    box = Rect(0.0, 0.0, width, height)
    piece.add(0.0, 0.0, BoxItem(bounds=box, radius=min(height / 2, 0.9 * _SET_AT), fill=setting.ground))
    piece.add(pad_x, pad_y, lines.piece())
    piece = shrunk(piece, max(_LABEL * arrow.unit, least * 5.2) / _SET_AT)
    at = middle(arrow)
    sheet.put(piece, at.x - piece.width / 2, at.y - piece.height / 2)
