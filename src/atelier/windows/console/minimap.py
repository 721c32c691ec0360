"""The canvas in small: where the talk has been, where it is, and a way to any frame."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QToolTip, QWidget

from atelier.deck.types import View
from atelier.foundation.translation import _
from atelier.talk.events import Dropped, Moved, PathChosen, Restored, Resumed
from atelier.windows.console.map_boxes import boxes_of, nearest
from atelier.windows.focus_rings import PaintedRing
from atelier.windows.keyboard import key_press
from atelier.windows.style import font

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from atelier.foundation.geometry import Rect
    from atelier.render.scene import Scene
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.console.map_boxes import Box
    from atelier.windows.tokens import Tokens

SOON: Final = 60
"""Milliseconds after an act until the map follows: the room's next picture comes first."""
MERGED: Final = 2.0
"""Pixels under which boxes are drawn as one dot for all that lie there."""
_MARGIN: Final = 8.0
_ROUND: Final = 5.0
"""Pixels of a side from which corners are rounded and dashes show."""
_NEAR: Final = 8.0
"""Pixels within which a click beside every box means the nearest one."""
_LEAST: Final = 6.0
"""Pixels that the box of here is at least wide."""
_TITLE: Final = (46.0, 15.0)
"""Pixels of a box from which it has its title on a large map."""
_ARROWS: Final = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}


@dataclass(frozen=True, slots=True)
class _Inks:
    """The colours of a map, from the tokens of the window."""

    ground: QColor
    seen: QColor
    ahead: QColor
    text: QColor
    on_seen: QColor
    accent: QColor
    detour: QColor
    route: QColor

    def field(self, depth: int) -> QColor:
        """The ground of a section: the deeper it lies, the further from that of the canvas."""
        share = min(0.045 + 0.045 * depth, 0.3)
        g, t = self.ground, self.text
        return QColor.fromRgbF(
            g.redF() + (t.redF() - g.redF()) * share,
            g.greenF() + (t.greenF() - g.greenF()) * share,
            g.blueF() + (t.blueF() - g.blueF()) * share,
        )


class Minimap(PaintedRing, QWidget):
    """Follows `talk` over a scene. A click, or Enter on the frame chosen with the arrows, chooses a frame."""

    frame_chosen = Signal(int)

    def __init__(self, talk: Talk, scene: Scene, tokens: Callable[[], Tokens], *, titled: bool = False) -> None:
        super().__init__()
        self._talk = talk
        self._scene = scene
        self._tokens = tokens
        self._titled = titled
        self._boxes: tuple[Box, ...] = boxes_of(scene.canvas)
        self._world = scene.canvas.index.reach(0)
        self._index = {frame.id: frame.index for frame in scene.deck.frames}
        self._fields = QPixmap()
        self._marks = QPixmap()
        self._painted_for: tuple[object, ...] = ()
        self._painted: frozenset[int] = frozenset()
        self._chosen = -1
        self.setMinimumSize(120, 50)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Map of the canvas"))
        self.setAccessibleDescription(_("The arrows choose a frame, Enter goes there."))
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._soon.timeout.connect(self.update)
        talk.listen(self._on_event)

    # ------------------------------------------------------------------ the talk

    @property
    def _follows(self) -> bool:
        """Whether the scene is the one the talk goes over; else a new one is on its way."""
        return self._talk.ground.canvas is self._scene.canvas

    def _on_event(self, event: Event, before: Position) -> None:
        del before
        if isinstance(event, Dropped | Restored | PathChosen | Resumed):
            self._painted_for = ()
        if isinstance(event, Moved | Dropped | Restored | PathChosen | Resumed):
            self._soon.start()

    def replace_scene(self, scene: Scene) -> None:
        """Shows a new version of the deck."""
        if scene.canvas is not self._scene.canvas:
            self._boxes = boxes_of(scene.canvas)
            self._world = scene.canvas.index.reach(0)
            self._chosen = -1
        self._scene = scene
        self._index = {frame.id: frame.index for frame in scene.deck.frames}
        self._painted_for = ()
        self.update()

    def seen(self) -> frozenset[int]:
        """The frames that were shown so far."""
        index = self._index
        return frozenset(index[id_] for id_ in self._talk.state.given if id_ in index)

    # ------------------------------------------------------------------ from the canvas to pixels

    @property
    def _scale(self) -> float:
        world = self._world
        width, height = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        return max(min(width / world.width, height / world.height), 1e-9)

    def rect_of(self, rect: Rect) -> QRectF:
        """Where a rectangle in the root's units is drawn."""
        scale, world = self._scale, self._world
        left = (self.width() - world.width * scale) / 2 - world.x * scale
        top = (self.height() - world.height * scale) / 2 - world.y * scale
        return QRectF(left + rect.x * scale, top + rect.y * scale, rect.width * scale, rect.height * scale)

    def box(self, place: int) -> Rect:
        """Where a place's text stands in the root's units: on a page of its own, in it, or all over it."""
        box = self._boxes[place]
        page = self._scene.canvas.page_of.get(box.frame) if box.own is None else None
        if page is not None:
            box = self._boxes[page]
        return box.own or box.around

    def _own(self, place: int) -> QRectF:
        return self.rect_of(self.box(place))

    def place_at(self, at: QPointF) -> int:
        """The place that a point means: the innermost one it lies in, or one near it; -1 for none."""
        best, found = _NEAR, -1
        for box in reversed(self._boxes):
            if box.own is None:
                continue
            drawn = self.rect_of(box.own)
            if drawn.contains(at):
                return box.place
            distance = (drawn.center() - at).manhattanLength()
            if distance < best and drawn.width() < 2 * _NEAR:
                best, found = distance, box.place
        if found >= 0:
            return found
        inside = (box for box in reversed(self._boxes[1:]) if self.rect_of(box.around).contains(at))
        return next((box.place for box in inside), -1)

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        tokens = self._tokens()
        inks = _inks(tokens)
        self._make_pictures(tokens, inks)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._fields)
        if self._follows:
            line = QColor(inks.route)
            line.setAlpha(150)
            self._paint_route(painter, line, 1.6, min(self._talk.position.stop, len(self._talk.route) - 1) + 1)
        painter.drawPixmap(0, 0, self._marks)
        if self._follows:
            self._paint_now(painter, inks)
        if self.ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(inks.accent, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
            if self._chosen >= 0:
                painter.drawRoundedRect(_at_least(self._own(self._chosen)).adjusted(-4, -4, 4, 4), 4, 4)
        painter.end()

    def _make_pictures(self, tokens: Tokens, inks: _Inks) -> None:
        """Paints what stays from one move to the next; what has been seen since is added to it."""
        ratio = self.devicePixelRatioF()
        key = (self.width(), self.height(), ratio, tokens)
        seen = self.seen()
        if key != self._painted_for or not seen >= self._painted:
            self._painted_for, self._painted = key, seen
            self._paint_all(inks, seen)
        elif seen != self._painted:
            new, self._painted = seen - self._painted, seen
            painter = QPainter(self._marks)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for box in self._boxes:
                if box.frame in new and box.own is not None:
                    self._paint_box(painter, inks, box, self.rect_of(box.own), seen=True, dropped=False)
            painter.end()

    def _empty_picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        return made

    def _paint_all(self, inks: _Inks, seen: frozenset[int]) -> None:
        """The sections with the route, and the boxes that lie over the part of the route that was gone."""
        self._fields, self._marks = self._empty_picture(), self._empty_picture()
        fields, shown, dots = self._sorted(seen)
        painter = QPainter(self._fields)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(inks.ground)
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        for depth, drawn in fields:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.field(depth))
            if min(drawn.width(), drawn.height()) < _ROUND:
                painter.fillRect(drawn, painter.brush())
            else:
                painter.drawRoundedRect(drawn, 3, 3)
        line = QColor(inks.route)
        line.setAlpha(80)
        self._paint_route(painter, line, 1.2, len(self._talk.route) if self._follows else 0)
        painter.end()
        dropped = self._talk.dropped() if self._follows else frozenset[int]()
        painter = QPainter(self._marks)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, drawn in shown:
            self._paint_box(painter, inks, box, drawn, seen=box.frame in seen, dropped=box.frame in dropped)
        for (column, row), was_seen in dots.items():
            cell = QRectF(column * MERGED, row * MERGED, MERGED, MERGED)
            painter.fillRect(cell, inks.seen if was_seen else inks.ahead)
        painter.end()

    def _sorted(
        self, seen: frozenset[int]
    ) -> tuple[list[tuple[int, QRectF]], list[tuple[Box, QRectF]], dict[tuple[int, int], bool]]:
        """What is drawn as a section, as a box, and as a dot, which many may share."""
        fields: list[tuple[int, QRectF]] = []
        shown: list[tuple[Box, QRectF]] = []
        dots: dict[tuple[int, int], bool] = {}
        merged_to = -1
        for box in self._boxes:
            if box.place <= merged_to:
                continue
            around = self.rect_of(box.around)
            if min(around.width(), around.height()) < MERGED:
                cell = (int(around.center().x() / MERGED), int(around.center().y() / MERGED))
                inside = range(box.place, box.last + 1)
                dots[cell] = dots.get(cell, False) or any(self._boxes[i].frame in seen for i in inside)
                merged_to = box.last
                continue
            if box.holds or not box.place:
                fields.append((box.depth, around))
            if box.own is not None:
                drawn = self.rect_of(box.own)
                if min(drawn.width(), drawn.height()) >= MERGED:
                    shown.append((box, drawn))
        return fields, shown, dots

    def _paint_box(self, painter: QPainter, inks: _Inks, box: Box, drawn: QRectF, *, seen: bool, dropped: bool) -> None:
        small = min(drawn.width(), drawn.height()) < _ROUND
        if seen:
            if small:
                painter.fillRect(drawn, inks.seen)
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.seen)
        else:
            pen = QPen(inks.ahead, 1.1)
            if not small and self._scene.deck.frames[box.frame].optional:
                pen.setDashPattern([2.0, 1.6])
            painter.setPen(pen)
            painter.setBrush(inks.ground)
            drawn = drawn.adjusted(0.5, 0.5, -0.5, -0.5)
        if small:
            painter.drawRect(drawn)
        else:
            painter.drawRoundedRect(drawn, 2, 2)
        if dropped and not small:
            painter.setBrush(QBrush(inks.ahead, Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(drawn, 2, 2)
        if self._titled:
            self._paint_title(painter, box.frame, drawn, inks.on_seen if seen else inks.text)

    def _paint_title(self, painter: QPainter, frame: int, drawn: QRectF, ink: QColor) -> None:
        if drawn.width() < _TITLE[0] or drawn.height() < _TITLE[1]:
            return
        room = drawn.adjusted(5, 0, -4, 0)
        title = self._scene.deck.frames[frame].title
        painter.setPen(ink)
        words = font(11, 500)
        metrics = QFontMetricsF(words)
        wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(words)
        needed = metrics.boundingRect(room, wrapped, title)
        if needed.height() <= room.height() and needed.width() <= room.width():
            painter.drawText(room, wrapped, title)
            return
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_route(self, painter: QPainter, ink: QColor, width: float, stops: int) -> None:
        """The line of the first so many stops."""
        if stops < 2:
            return
        points = [self._own(stop.place).center() for stop in self._talk.route[:stops]]
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))

    def _paint_now(self, painter: QPainter, inks: _Inks) -> None:
        """Where the talk is, and the way back from there."""
        here = self._talk.position
        way = [*here.detours, here]
        drawn = [_at_least(self._own(position.place)) for position in way]
        dashes = QPen(inks.detour, 2)
        dashes.setDashPattern([3.0, 2.4])
        for start, end in itertools.pairwise(drawn):
            a, b = start.center(), end.center()
            bow = QPainterPath(a)
            bow.quadTo(QPointF((a.x() + b.x()) / 2, (a.y() + b.y()) / 2 - 0.22 * abs(b.x() - a.x()) - 8), b)
            painter.setPen(dashes)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(bow)
        for number, (position, rect) in enumerate(zip(way, drawn, strict=True)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.detour if number else inks.accent)
            painter.drawRoundedRect(rect, 2, 2)
            if self._titled:
                frame = self._scene.canvas.places[position.place].frame
                self._paint_title(painter, frame, rect, QColor(self._tokens().on_accent))
        around = drawn[-1]
        if here.view is View.OVERVIEW:
            parent = max(self._scene.canvas.places[here.place].parent, 0)
            around = self.rect_of(self._boxes[parent].around)
        painter.setPen(QPen(inks.text, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(around.adjusted(-3.5, -3.5, 3.5, 3.5), 3, 3)

    # ------------------------------------------------------------------ pointer and keys

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            place = self.place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._title(place) if place >= 0 else "", self)
            return True
        return super().event(event)

    def _title(self, place: int) -> str:
        return self._scene.deck.frames[self._boxes[place].frame].title

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and place >= 0:
            self.frame_chosen.emit(self._boxes[place].frame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        plain = not (press.ctrl or press.alt or press.shift)
        if plain and press.name in _ARROWS:
            self._choose(*_ARROWS[press.name])
        elif plain and press.name == "Enter" and self._chosen >= 0:
            self.frame_chosen.emit(self._boxes[self._chosen].frame)
        elif press.name == "Escape" and self.parentWidget() is not None and not self._titled:
            self.window().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _choose(self, dx: int, dy: int) -> None:
        choices: Sequence[Box] = [box for box in self._boxes if box.own is not None]
        points = [(box.own.centre.x, box.own.centre.y) for box in choices if box.own is not None]
        here = self._chosen if self._chosen >= 0 else self._talk.position.place
        start = next((i for i, box in enumerate(choices) if box.place == here), 0)
        self._chosen = choices[nearest(points, start, dx, dy)].place
        self.setAccessibleDescription(self._title(self._chosen))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ring = self.ring or self._titled
        self._chosen = self._talk.position.place if self._follows else -1


def _at_least(rect: QRectF) -> QRectF:
    """A box that is large enough to be found."""
    dx, dy = max(_LEAST - rect.width(), 0.0) / 2, max(_LEAST - 1 - rect.height(), 0.0) / 2
    return rect.adjusted(-dx, -dy, dx, dy)


def _inks(tokens: Tokens) -> _Inks:
    return _Inks(
        ground=QColor(tokens.sunken),
        seen=QColor(tokens.text3),
        ahead=QColor(tokens.strong),
        text=QColor(tokens.text),
        on_seen=QColor(tokens.window),
        accent=QColor(tokens.accent),
        detour=QColor(tokens.detour),
        route=QColor(tokens.text3),
    )
