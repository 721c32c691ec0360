"""The pen: lines of ink drawn on what the room sees, as acts of the talk; and the eraser."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from atelier.canvas.camera import device, place_at, relative
from atelier.foundation.geometry import Point, Rect
from atelier.render.scene import WHOLE
from atelier.render.strokes import EVEN, box_of, outline, touches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainterPath

    from atelier.foundation.geometry import Similarity
    from atelier.render.ink import Ink
    from atelier.render.renderer import View
    from atelier.talk.events import Point as InkPoint
    from atelier.talk.ink import Sheet
    from atelier.talk.session import Talk

SEND: Final = 250
"""Milliseconds after which what there is of a line is kept."""
PIECE: Final = 24
"""Points of a line that is being drawn whose outline is made once."""
NEAREST: Final = 0.0012
"""Shares of the view's height between two points that are told apart."""
FAST: Final = 2.5
"""Heights of the view a second from which on a line drawn without pressure is thinnest."""
THINNED: Final = 0.22
"""The pressure it loses then."""
FOLLOWS: Final = 0.5
"""How much of the way to it a line without pressure goes at each point: a mouse knows whole pixels only, and on a small
view of the room each is several of the room's.
"""
OWN: Final = 0.5
"""The least height of a frame that is drawn on though the room does not look at it alone, as a share of the view's."""


class Line:
    """A line while it is drawn. Points are in the units of its place."""

    def __init__(self, sheet: Sheet, place: int, colour: str, width: float) -> None:
        self.sheet = sheet
        self.place = place
        self.colour = colour
        self.width = width
        self.points: list[InkPoint] = []
        self.stroke: int | None = None
        """Its number, once something of it was kept."""
        self.sent = 0
        self._pieces: list[tuple[QPainterPath, Rect]] = []
        self._start = 0

    def add(self, point: InkPoint) -> Rect:
        """Goes on to a point; returns what has changed."""
        self.points.append(point)
        if len(self.points) - self._start > PIECE:
            piece = self.points[self._start :]
            path = outline(piece, self.width, begins=self._start == 0, ends=False)
            self._pieces.append((path, box_of(piece, self.width)))
            self._start = len(self.points) - 2
        return box_of(self.points[-3:], self.width)

    def paths(self) -> Iterator[tuple[QPainterPath, Rect]]:
        """Outlines that make up the line, each with a rectangle around it."""
        yield from self._pieces
        last = self.points[self._start :]
        yield outline(last, self.width, begins=self._start == 0), box_of(last, self.width)


class Pen(QObject):
    """Draws on what `view` shows; widths and reaches are shares of its height, points are in its device pixels."""

    went = Signal(int, Rect)
    """A line went on: its place, and the part of it that changed."""
    changed = Signal()
    """Lines came or went, or are about to."""

    def __init__(self, talk: Talk, ink: Ink) -> None:
        super().__init__()
        self._talk = talk
        self._ink = ink
        self._line: Line | None = None
        self._rubbed: dict[Sheet, list[int]] | None = None
        self._speed = 0.0
        self._last = (0.0, Point(0.0, 0.0))
        self._drawn = Point(0.0, 0.0)
        self._ahead: InkPoint | None = None
        self._send = QTimer(self, interval=SEND)
        self._send.timeout.connect(self._keep)

    @property
    def line(self) -> Line | None:
        """The one that is being drawn."""
        return self._line

    @property
    def busy(self) -> bool:
        return self._line is not None or self._rubbed is not None

    @property
    def hidden(self) -> frozenset[int]:
        """Strokes that the talk has and that are not to be shown: one that is drawn live, those under the eraser."""
        out = {stroke for strokes in (self._rubbed or {}).values() for stroke in strokes}
        if self._line is not None and self._line.stroke is not None:
            out.add(self._line.stroke)
        return frozenset(out)

    # ------------------------------------------------------------------ drawing

    def place_under(self, view: View, at: Point) -> int:
        """The place that is drawn on: the one the room looks at, else the innermost large one under a point."""
        if view.look.focus >= 0:
            return view.look.focus
        scene = self._ink.scene
        return place_at(scene.canvas, view.camera, view.size, at, OWN * view.size.height)

    def sheet_under(self, view: View, at: Point | None = None) -> tuple[int, int]:
        """The place that is drawn on, and the page of it that is shown; in the middle of the view, unless told."""
        place = self.place_under(view, at or Point(view.size.width / 2, view.size.height / 2))
        return place, view.look.shown.get(place, WHOLE).page

    def begin(self, view: View, at: Point, *, colour: str, width: float, pressure: float | None) -> None:
        """Puts the pen down. `pressure` is None for a pointer that has none."""
        self.end()
        place, page = self.sheet_under(view, at)
        scale = self._lies(view, place).scale
        self._line = Line(self._talk.sheet(place, page), place, colour, width * view.size.height / scale)
        self._speed = 0.0
        self._last, self._drawn = (time.perf_counter(), at), at
        self._add(view, at, pressure)
        self._send.start()

    def go_on(self, view: View, at: Point, pressure: float | None) -> None:
        """Moves the pen, or the eraser."""
        _then, before = self._last
        if self._line is None or (at - before).length < NEAREST * view.size.height:
            return
        now = time.perf_counter()
        heights = (at - before).length / view.size.height / max(now - self._last[0], 0.001)
        self._speed += 0.3 * (heights - self._speed)
        self._last = (now, at)
        self._drawn = at if pressure is not None else self._drawn + (at - self._drawn) * FOLLOWS
        self._add(view, at, pressure)

    def end(self) -> None:
        """Lifts the pen, or the eraser: what was done is one act."""
        self._send.stop()
        if self._rubbed is not None:
            rubbed, self._rubbed = self._rubbed, None
            for sheet, strokes in rubbed.items():
                place = self._ink.place_of(sheet)
                if place is not None:
                    self._talk.erase(place, tuple(strokes), sheet.page)
            self.changed.emit()
        if self._line is not None:
            if self._ahead is not None:
                self.went.emit(self._line.place, self._line.add(self._ahead))
            self._keep()
            self._line = None
            self.changed.emit()

    def _add(self, view: View, at: Point, pressure: float | None) -> None:
        line = self._line
        if line is None:
            return
        if pressure is None:
            pressure = EVEN - THINNED * min(self._speed / FAST, 1.0)
            if len(line.points) == 1 and not line.sent:  # how fast it began is known now
                line.points[0] = (*line.points[0][:2], pressure)
        back = self._lies(view, line.place).inverse()
        there, ahead = back.map(self._drawn), back.map(at)
        if all(map(math.isfinite, (there.x, there.y, ahead.x, ahead.y))):
            self._ahead = (ahead.x, ahead.y, pressure) if self._drawn != at else None
            self.went.emit(line.place, line.add((there.x, there.y, pressure)))

    def _keep(self) -> None:
        """Makes what is new of the line an act of the talk."""
        line = self._line
        if line is None or line.sent == len(line.points):
            return
        new = tuple(line.points[line.sent :])
        line.sent = len(line.points)
        if line.stroke is None:
            # its number is what it will be: whoever hears of the act asks what is hidden
            line.stroke = self._talk.state.last_stroke + 1
            self._talk.begin_stroke(line.place, line.colour, line.width, new, line.sheet.page)
        else:
            self._talk.extend_stroke(line.stroke, line.place, new, line.sheet.page)

    def drop(self) -> None:
        """Keeps what there is of a line and lets go: its frame may be another from now on."""
        self._send.stop()
        self._line = None
        self._rubbed = None

    # ------------------------------------------------------------------ erasing

    def begin_erasing(self) -> None:
        self.end()
        self._rubbed = {}

    def erase(self, view: View, at: Point, reach: float) -> None:
        """Takes away whatever comes within `reach` of a point, until `end`."""
        if self._rubbed is None:
            return
        found = False
        for seen in self._ink.seen(view, moving=False, without=self.hidden):
            there = seen.transform.inverse().map(at)
            near = reach * view.size.height / seen.transform.scale
            for stroke in seen.strokes:
                if touches(stroke.points, stroke.width, there.x, there.y, near):
                    self._rubbed.setdefault(seen.sheet, []).append(stroke.id)
                    found = True
        if found:
            self.changed.emit()

    def _lies(self, view: View, place: int) -> Similarity:
        canvas = self._ink.scene.canvas
        return device(view.camera, view.size).after(relative(canvas, place, view.camera.anchor))
