"""The clocks of a countdown: what each says at a moment, and where it is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QTransform

from atelier.foundation.geometry import Rect
from atelier.render.scene import qt_transform
from atelier.talk.countdown import figure
from atelier.typeset.setting import H, colour, mixed
from atelier.windows import dial
from atelier.windows.dial import Dial, Mood

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

    from atelier.deck.looks import Theme
    from atelier.foundation.geometry import Similarity, Size
    from atelier.talk.countdown import Countdown
    from atelier.typeset.display import ClockBox

MINUTE = 60.0
SHORT = 3.0
"""The last minute is at most this part of a lap: of a minute, the last twenty seconds."""
GROWN = 1.45
"""How much larger than the clock that stood still one is that runs, where there is room."""
SMALLEST = 13.0
"""Device pixels of height from which on the clock of a frame is read, and none in the corner is needed."""
SWOLLEN = 0.08
"""By how much of its size a clock grows, at most, to say that the time is up."""
_CORNER, _CORNER_ELSEWHERE, _ASIDE, _BELOW = 7.0, 5.6, 8.0, 5.5
"""Hundredths of the view's height: the clock in the corner, of the frame shown or of another one, and how far it is
from the sides: on the card of a frame.
"""
_BAR, _BAR_GAP = 0.8 * H, 0.3 * H
"""The bar above the clock of a round, and the space between."""

_TIME_IS_UP = {
    "en": "Time is up", "fr": "Temps écoulé", "de": "Die Zeit ist um", "es": "Se acabó el tiempo",
    "it": "Tempo scaduto",
}  # fmt: skip
"""In the language of the text, not of the program."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a clock says; `bar` is what is left of a round, from 0 to 1, to be shown above it."""

    dial: Dial
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A clock on the screen. `transform` maps the units of its pill, in which `bar` is too, to device pixels."""

    said: Said
    transform: QTransform
    wide: float
    hue: QColor
    bar: Rect | None = None

    @property
    def pill(self) -> QRectF:
        """The pill, in device pixels."""
        return self.transform.mapRect(QRectF(0.0, 0.0, self.wide, dial.HEIGHT))

    @property
    def area(self) -> QRectF:
        """Device pixels that it may touch, now and when it swells."""
        around = self.pill
        more_x, more_y = around.width() * SWOLLEN / 2 + 3, around.height() * SWOLLEN / 2 + 3
        if self.bar is not None:
            bar = self.bar
            around = around.united(self.transform.mapRect(QRectF(bar.x, bar.y, bar.width, bar.height)))
        return around.adjusted(-more_x, -more_y, more_x, more_y)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draws in the units of the pill: the caller has set the transform."""
        dial.draw(painter, self.said.dial, theme, self.hue, self.wide)
        if self.bar is None or self.said.bar is None:
            return
        bar = self.bar
        painter.setPen(Qt.PenStyle.NoPen)
        track = mixed(colour(theme.colours.card), colour(theme.colours.ink), 0.16)
        for fill, wide in ((track, bar.width), (self.hue, bar.width * self.said.bar)):
            painter.setBrush(fill)
            painter.drawRoundedRect(QRectF(bar.x, bar.y, wide, bar.height), bar.height / 2, bar.height / 2)


def said_on_frame(box: ClockBox, here: Countdown, now: float, lang: str) -> Said | None:
    """What stands in the place of a clock of the frame; None where that clock still stands for itself."""
    several = len(here.laps) > 1
    if box.round < 0:
        return Said(_dial(here, now, lang, whole=several, aside=_pass(here, now) if several else ""))
    if here.over(now) or box.round in _done(here, now):
        return Said(Dial(Mood.DONE, ""))
    lap = here.laps[here.lap(now)]
    return Said(_dial(here, now, lang), here.lap_left(now) / lap.seconds) if lap.round == box.round else None


def said_in_corner(here: Countdown, now: float, lang: str) -> Said:
    count = len(here.laps)
    return Said(_dial(here, now, lang, aside=f"{here.lap(now) + 1}/{count}" if count > 1 else ""))


def _dial(here: Countdown, now: float, lang: str, *, whole: bool = False, aside: str = "") -> Dial:
    """The lap at hand, or all of them."""
    if here.over(now):
        return Dial(Mood.OVER, _TIME_IS_UP.get(lang.split("-", maxsplit=1)[0].lower(), _TIME_IS_UP["en"]))
    left = here.left(now) if whole else here.lap_left(now)
    total = here.total if whole else here.laps[here.lap(now)].seconds
    mood = Mood.PAUSED if here.paused else Mood.LAST if left <= min(MINUTE, total / SHORT) else Mood.RUNNING
    return Dial(mood, figure(left), min(left / total, 1.0), aside)


def _rounds(here: Countdown) -> int:
    """How many laps it takes to go through all rounds once."""
    return len({lap.round for lap in here.laps})


def _pass(here: Countdown, now: float) -> str:
    """Which time the rounds are gone through, where it is more than once."""
    times = len(here.laps) // _rounds(here)
    return f"{here.lap(now) // _rounds(here) + 1}/{times}" if times > 1 else ""


def _done(here: Countdown, now: float) -> set[int]:
    """The rounds that are over, of those gone through at present."""
    lap = here.lap(now)
    return {each.round for each in here.laps[lap - lap % _rounds(here) : lap]}


def on_frame(box: ClockBox, said: Said, transform: Similarity, theme: Theme, swollen: float = 1.0) -> Drawn:
    """Over the clock that stands still: as much larger as there is room, never smaller. `transform` maps the units of
    the frame to device pixels.
    """
    if box.round >= 0:
        return _of_round(box, said, transform, theme)
    shown = said.dial
    rect, room = box.rect, box.room
    least = rect.height / dial.HEIGHT
    fits = room.width / dial.width(shown, theme)
    if shown.mood is Mood.OVER and fits < least:
        shown = replace(shown, words=figure(0.0))
        fits = room.width / dial.width(shown, theme)
    scale = max(min(least * GROWN, fits), least)
    wide = max(dial.width(shown, theme), rect.width / scale)
    left = rect.right - wide * scale if box.from_right else rect.x
    matrix = _pill(left + wide * scale / 2, rect.centre.y, scale, wide, swollen)
    return Drawn(Said(shown), matrix * qt_transform(transform), wide, box.hue)


def _of_round(box: ClockBox, said: Said, transform: Similarity, theme: Theme) -> Drawn:
    """Below the strip, as high as there is room, the bar right under the field of its round."""
    rect, room = box.rect, box.room
    natural = dial.width(said.dial, theme)
    scale = min(room.height / dial.HEIGHT, room.width / natural)
    pad = rect.height / 3
    wide = max(natural, (rect.width + 2 * pad) / scale)
    left = max(min(rect.x - pad, room.right - wide * scale), room.x)
    bar = None
    if said.bar is not None:
        bar = Rect((room.x - left) / scale, -(_BAR + _BAR_GAP) / scale, room.width / scale, _BAR / scale)
    matrix = _pill(left + wide * scale / 2, room.y + dial.HEIGHT * scale / 2, scale, wide)
    return Drawn(said, matrix * qt_transform(transform), wide, box.hue, bar)


def in_corner(said: Said, view: Size, theme: Theme, hue: QColor, *, own: bool, swollen: float = 1.0) -> Drawn:
    """In the upper right corner of a view of so many device pixels; larger where the frame shown is its `own`."""
    h = view.height / 100
    high = (_CORNER if own else _CORNER_ELSEWHERE) * h
    wide = dial.width(said.dial, theme)
    scale = high / dial.HEIGHT
    matrix = _pill(view.width - _ASIDE * h - wide * scale / 2, _BELOW * h + high / 2, scale, wide, swollen)
    return Drawn(said, matrix, wide, hue)


def swelling(seconds: float, length: float) -> float:
    """The size of a clock so many seconds after the end, as a multiple of its own: it swells once in every `length`."""
    return 1.0 + SWOLLEN * math.sin(math.pi * seconds / length) ** 2


def _pill(x: float, y: float, scale: float, wide: float, swollen: float = 1.0) -> QTransform:
    """The units of a pill with its centre at (x, y)."""
    scale *= swollen
    return QTransform(scale, 0.0, 0.0, scale, x - wide * scale / 2, y - dial.HEIGHT * scale / 2)
