"""Small things that activities are drawn with: shapes that differ without their colour, a clock, pills, short texts."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen, QPolygonF

from atelier.foundation.geometry import Rect
from atelier.markup.blocks import Align, Text
from atelier.typeset import fonts
from atelier.typeset.display import BoxItem, PathItem
from atelier.typeset.pieces import Piece
from atelier.typeset.setting import H, colour, mixed
from atelier.typeset.text import TextStyle, set_inlines

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from atelier.markup.blocks import Inline
    from atelier.typeset.setting import Setting
    from atelier.typeset.text import Lines

CORNER = 0.9 * H
GAP = 1.6 * H
NARROW = 70.0 * H
"""In a narrower frame what would stand beside another stands above it, or is left out where it says nothing."""


def hue(number: int, setting: Setting) -> QColor:
    """The colour of the answer with this number, from 0."""
    return colour(setting.theme.hue(number))


def inset(setting: Setting) -> QColor:
    return colour(setting.theme.colours.inset)


def line_colour(setting: Setting) -> QColor:
    return colour(setting.theme.colours.line)


def tinted(number: int, share: float, setting: Setting) -> QColor:
    """The ground of the card with a `share` of a hue."""
    return mixed(inset(setting), hue(number, setting), share)


def lines_of(
    inlines: tuple[Inline, ...] | str,
    width: float,
    setting: Setting,
    *,
    size: float = 0.0,
    ink: QColor | None = None,
    weight: int = 0,
    align: Align = Align.START,
    aside: bool = False,
) -> Lines:
    """A short text of an activity; at the size of running text if no other is given."""
    runs = (Text(inlines),) if isinstance(inlines, str) else inlines
    style = TextStyle(
        size=max(size or setting.text_size, setting.minimum),
        line=1.22,
        colour=ink or setting.body,
        weight=weight,
        align=align,
        aside=aside,
        tabular=isinstance(inlines, str),
    )
    return set_inlines(runs, max(width, H), style, setting)


def unbroken(
    inlines: tuple[Inline, ...], width: float, setting: Setting, size: float = 0.0, *, weight: int = 0
) -> bool:
    """Whether every word keeps whole in a column of `width`, with the signs that no line may part from it."""
    from atelier.typeset.text import words

    size = max(size or setting.text_size, setting.minimum)
    style = TextStyle(size=size, line=1.22, colour=setting.body, weight=weight)
    said = words(inlines)
    font = style.font(setting, said)
    return all(fonts.advance(font, word) <= width for word in re.split(r"[ \t\n]+", said.replace("-", "- ")))


def put_text(piece: Piece, lines: Lines, x: float, y: float) -> None:
    piece.add(x, y, lines.piece())


def box(
    width: float,
    height: float,
    *,
    fill: QColor | None = None,
    stroke: QColor | None = None,
    radius: float = CORNER,
    line: float = 2.0,
) -> BoxItem:
    return BoxItem(
        bounds=Rect(0.0, 0.0, width, height),
        radius=radius,
        fill=fill,
        stroke=stroke,
        stroke_width=line if stroke else 0,
    )


def dot(diameter: float, *, fill: QColor | None = None, stroke: QColor | None = None, line: float = 3.0) -> BoxItem:
    return box(diameter, diameter, fill=fill, stroke=stroke, radius=diameter / 2, line=line)


def drawn(
    path: QPainterPath, *, fill: QColor | None = None, stroke: QColor | None = None, line: float = 3.0
) -> PathItem:
    """A path in its own coordinates, from (0, 0)."""
    pen = None
    if stroke is not None:
        pen = QPen(stroke, line)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    around = path.boundingRect().adjusted(-line, -line, line, line)
    bounds = Rect(around.x(), around.y(), around.width(), around.height())
    return PathItem(bounds=bounds, path=path, fill=fill, pen=pen)


def polygon(points: list[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _regular(corners: int, size: float, turn: float = -90.0, inner: float = 0.0) -> QPainterPath:
    """A regular polygon in a square of `size`, or a star whose inner corners lie at `inner` of the radius."""
    count = corners * 2 if inner else corners
    points: list[tuple[float, float]] = []
    for i in range(count):
        radius = size / 2 * (inner if inner and i % 2 else 1.0)
        angle = math.radians(turn + 360.0 * i / count)
        points.append((size / 2 + radius * math.cos(angle), size / 2 + radius * math.sin(angle)))
    return polygon(points)


def _plus(size: float) -> QPainterPath:
    a, b = size * 0.34, size * 0.66
    return polygon(
        [(a, 0), (b, 0), (b, a), (size, a), (size, b), (b, b), (b, size), (a, size), (a, b), (0, b), (0, a), (a, a)]
    )


def shape(number: int, size: float, setting: Setting) -> PathItem:
    """The sign of an answer, in a square of `size`: circle, square, triangle, diamond, plus, hexagon, star, drop."""
    path = QPainterPath()
    match number % 8:
        case 0:
            path.addEllipse(QRectF(size * 0.04, size * 0.04, size * 0.92, size * 0.92))
        case 1:
            path.addRoundedRect(QRectF(size * 0.07, size * 0.07, size * 0.86, size * 0.86), size * 0.1, size * 0.1)
        case 2:
            path = polygon([(size / 2, size * 0.04), (size, size * 0.92), (0, size * 0.92)])
        case 3:
            path = _regular(4, size * 1.08).translated(-size * 0.04, -size * 0.04)
        case 4:
            path = _plus(size)
        case 5:
            path = _regular(6, size)
        case 6:
            path = _regular(5, size * 1.1, inner=0.46).translated(-size * 0.05, -size * 0.02)
        case _:
            path.addEllipse(QRectF(0, size * 0.2, size, size * 0.6))
    return drawn(path, fill=hue(number, setting))


def numbered(number: int, size: float, setting: Setting, ink: QColor | None = None) -> Piece:
    """A number in a ring."""
    out = Piece(size, size)
    out.add(0.0, 0.0, dot(size, stroke=ink or setting.hue, line=max(2.0, size * 0.05)))
    lines = lines_of(
        str(number), size, setting, size=size * 0.56, ink=ink or setting.ink, weight=600, align=Align.CENTRE, aside=True
    )
    put_text(out, lines, 0.0, (size - lines.height) / 2)
    return out


def clock(size: float, ink: QColor) -> PathItem:
    path = QPainterPath()
    path.addEllipse(QRectF(0, 0, size, size))
    path.moveTo(size / 2, size * 0.24)
    path.lineTo(size / 2, size / 2)
    path.lineTo(size * 0.69, size * 0.62)
    return drawn(path, stroke=ink, line=size * 0.1)


def foot_size(setting: Setting) -> float:
    """The size of what stands below an activity; no smaller than the last row reads."""
    return max(setting.theme.type.pill.size * H * min(setting.scale, 1.2), 3.4 * H)


def time_pill(time: str, setting: Setting, *, plain: bool = False) -> Piece:
    """The words of a time with a clock before them, in a pill of the hue; `plain` without its ground."""
    size = foot_size(setting)
    ink = setting.ink
    lines = lines_of(time, 40 * H, setting, size=size, ink=ink, weight=600)
    mark = size * 0.92
    pad = 0.0 if plain else size * 0.75
    width = pad * 2 + mark + size * 0.45 + lines.natural
    height = lines.height + (0.0 if plain else size * 0.6)
    out = Piece(width, height)
    if not plain:
        fill = mixed(inset(setting), setting.hue, 0.12)
        out.add(0.0, 0.0, box(width, height, fill=fill, stroke=line_colour(setting), radius=height / 2))
    out.add(pad, (height - mark) / 2, clock(mark, setting.hue))
    flush = 40 * H - lines.natural if lines.right_to_left else 0.0
    put_text(out, lines, pad + mark + size * 0.45 - flush, (height - lines.height) / 2)
    return out


def alike(seed: int) -> float:
    """A number from -1 to 1 that looks drawn at random and is always the same for a `seed`."""
    value = math.sin(seed * 12.9898 + 4.1) * 43758.5453
    return (value - math.floor(value)) * 2 - 1
