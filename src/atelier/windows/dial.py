"""A clock that runs, as the room sees it: a pill with a ring that empties, and its figures.

A pill is drawn in units of its own, `HEIGHT` of them high, and is sharp at any size. Its states differ by shape as well
as by colour: a ring, a full sector in the last minute, two bars while it stands still, a bell when the time is up, a
tick when a round is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from atelier.deck.contrast import in_hue
from atelier.typeset import fonts
from atelier.typeset.setting import colour, faded, mixed

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter

    from atelier.deck.looks import Theme

HEIGHT = 100.0
_SIZE = 55.0
"""Of the figures: as in the pill of a clock that stands still."""
_ASIDE = 38.0
_SIGN = 58.0
"""Diameter of the ring."""
_RING = 11.0
_PAD = 36.0
_GAP = 20.0
_TURN = 360 * 16
"""A full turn as Qt counts angles."""


class Mood(Enum):
    RUNNING = auto()
    LAST = auto()
    """In the last minute."""
    PAUSED = auto()
    OVER = auto()
    DONE = auto()
    """A round of which others follow."""


@dataclass(frozen=True, slots=True)
class Dial:
    """What a clock says. `share` is how much of its time is left, from 0 to 1; `aside` stands more quietly behind."""

    mood: Mood
    words: str
    share: float = 0.0
    aside: str = ""


@dataclass(frozen=True, slots=True)
class _Inks:
    ground: QColor
    edge: QColor | None
    text: QColor
    sign: QColor
    track: QColor


def _inks(mood: Mood, theme: Theme, hue: QColor) -> _Inks:
    colours = theme.colours
    ink, inset, line = colour(colours.ink), colour(colours.inset), colour(colours.line)
    match mood:
        case Mood.LAST:
            on = colour(colours.on_hue)
            ground = colour(in_hue(hue.name().upper(), colours.on_hue)[0])
            return _Inks(ground, None, on, on, faded(on, 0.3))
        case Mood.OVER:
            on = colour(colours.card)
            return _Inks(ink, None, on, on, on)
        case Mood.PAUSED | Mood.DONE:
            return _Inks(inset, colour(colours.muted) if mood is Mood.PAUSED else line, ink, ink, ink)
        case _:
            ground = mixed(inset, hue, 0.12)
            return _Inks(ground, line, ink, hue, mixed(ground, ink, 0.16))


def _font(theme: Theme, mood: Mood, size: float = _SIZE) -> QFont:
    body = theme.fonts.body
    weight = 750 if mood in (Mood.LAST, Mood.OVER) else 600
    return fonts.font((body.family, *body.fallback), size, weight, tabular=True)


def _advance(font: QFont, words: str) -> float:
    """The width of `words` if each figure were the widest one: not every font has figures of one width."""
    widest = max("0123456789", key=lambda each: fonts.advance(font, each))
    return fonts.advance(font, "".join(widest if each.isdigit() else each for each in words))


def width(dial: Dial, theme: Theme) -> float:
    """How wide a pill is, in its units."""
    inner = _SIGN
    if dial.words:
        inner += _GAP + _advance(_font(theme, dial.mood), dial.words)
    if dial.aside:
        inner += _GAP + _advance(_font(theme, dial.mood, _ASIDE), dial.aside)
    return inner + 2 * _PAD


def draw(painter: QPainter, dial: Dial, theme: Theme, hue: QColor, wide: float) -> None:
    """Draws a pill with its corner at the painter's origin, `wide` units wide, its content in the middle."""
    inks = _inks(dial.mood, theme, hue)
    pen = QPen(Qt.PenStyle.NoPen)
    if inks.edge is not None:
        pen = QPen(inks.edge, 3.0, Qt.PenStyle.DashLine if dial.mood is Mood.PAUSED else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.setBrush(inks.ground)
    painter.drawRoundedRect(QRectF(0.0, 0.0, wide, HEIGHT), HEIGHT / 2, HEIGHT / 2)
    x = (wide - width(dial, theme)) / 2 + _PAD
    _draw_sign(painter, dial, QRectF(x, (HEIGHT - _SIGN) / 2, _SIGN, _SIGN), inks)
    x += _SIGN + _GAP
    painter.setBrush(Qt.BrushStyle.NoBrush)
    font = _font(theme, dial.mood)
    baseline = HEIGHT / 2 + fonts.metrics(font).capHeight() / 2
    if dial.words:
        painter.setPen(inks.text)
        painter.setFont(font)
        painter.drawText(QPointF(x, baseline), dial.words)
        x += _advance(font, dial.words) + _GAP
    if dial.aside:
        painter.setPen(faded(inks.text, 0.85))
        painter.setFont(_font(theme, dial.mood, _ASIDE))
        painter.drawText(QPointF(x, baseline), dial.aside)


def _draw_sign(painter: QPainter, dial: Dial, area: QRectF, inks: _Inks) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match dial.mood:
        case Mood.RUNNING:
            ring = area.adjusted(_RING / 2, _RING / 2, -_RING / 2, -_RING / 2)
            painter.setPen(QPen(inks.track, _RING))
            painter.drawEllipse(ring)
            painter.setPen(QPen(inks.sign, _RING, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawArc(ring, _TURN // 4, round(_TURN * dial.share))
        case Mood.LAST:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.track)
            painter.drawEllipse(area)
            painter.setBrush(inks.sign)
            painter.drawPie(area, _TURN // 4, round(_TURN * dial.share))
        case Mood.PAUSED:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.sign)
            for share in (0.18, 0.6):
                bar = QRectF(area.x() + share * _SIGN, area.y() + 0.1 * _SIGN, 0.22 * _SIGN, 0.8 * _SIGN)
                painter.drawRoundedRect(bar, 4.0, 4.0)
        case Mood.OVER:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.sign)
            painter.drawPath(_bell(area))
        case Mood.DONE:
            pen = QPen(inks.sign, _RING * 0.9)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            corners = ((0.14, 0.55), (0.4, 0.8), (0.86, 0.24))
            painter.drawPolyline([QPointF(area.x() + u * _SIGN, area.y() + v * _SIGN) for u, v in corners])


def _bell(area: QRectF) -> QPainterPath:
    def at(u: float, v: float) -> QPointF:
        return QPointF(area.x() + u * area.width(), area.y() + v * area.height())

    path = QPainterPath(at(0.04, 0.78))
    path.cubicTo(at(0.2, 0.66), at(0.16, 0.5), at(0.18, 0.4))
    path.cubicTo(at(0.2, 0.18), at(0.34, 0.06), at(0.5, 0.06))
    path.cubicTo(at(0.66, 0.06), at(0.8, 0.18), at(0.82, 0.4))
    path.cubicTo(at(0.84, 0.5), at(0.8, 0.66), at(0.96, 0.78))
    path.closeSubpath()
    clapper = QPainterPath(at(0.36, 0.86))
    clapper.cubicTo(at(0.4, 1.02), at(0.6, 1.02), at(0.64, 0.86))
    clapper.closeSubpath()
    path.addPath(clapper)
    return path
