"""The ribbon of the talk: a piece a stop, as wide as it is planned to take."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from atelier.foundation.translation import _
from atelier.talk.wording import minutes_words
from atelier.windows.focus_rings import PaintedRing
from atelier.windows.style import font

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent

    from atelier.talk.plan import Plan
    from atelier.talk.session import Talk
    from atelier.windows.tokens import Tokens

GAP = 2.0
NARROWEST = 2.0
LABELS = 18.0
"""Pixels above and below the pieces for words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One stop: its left edge and width in pixels."""

    stop: int
    left: float
    width: float


_Shape: TypeAlias = tuple[tuple[Piece, ...], list[tuple[int, float, float]]]


def pieces(seconds: tuple[float, ...], width: float) -> tuple[Piece, ...]:
    """The pieces of a ribbon so wide. A stop that nothing is planned for is a sliver."""
    least = sum(seconds) / max(len(seconds), 1) * 0.1 or 1.0
    shares = [max(each, least) for each in seconds]
    scale = width / sum(shares)
    edges = [0.0, *accumulate(share * scale for share in shares)]
    return tuple(Piece(stop, edges[stop], edges[stop + 1] - edges[stop]) for stop in range(len(shares)))


class Ribbon(PaintedRing, QWidget):
    """Shows what is behind, here, ahead and left out, and where the plan would be. `proposed` gives the frames that
    are proposed to be left out. A click, or Enter on the piece chosen with the arrows, chooses a stop.
    """

    stop_chosen = Signal(int)
    menu_wanted = Signal(int, QPoint)
    """A frame, and where on the screen its menu is to be."""

    def __init__(self, talk: Talk, tokens: Callable[[], Tokens], proposed: Callable[[], tuple[int, ...]]) -> None:
        super().__init__()
        self._talk = talk
        self._tokens = tokens
        self._proposed = proposed
        self._compact = False
        self._chosen = -1
        self._known: tuple[Plan, float, _Shape] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Ribbon of the talk"))
        self.setAccessibleDescription(_("The arrows choose a stop, Enter goes there."))
        self.setMouseTracking(True)
        self.set_compact(compact=False)

    def set_compact(self, *, compact: bool) -> None:
        """Without words, for a small screen."""
        self._compact = compact
        self.setFixedHeight(28 if compact else 56)

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            self._paint(painter, self._tokens())
        finally:
            painter.end()

    def _paint(self, painter: QPainter, tokens: Tokens) -> None:
        talk = self._talk
        here = talk.position.stop
        dropped, proposed = talk.dropped(), self._subtrees(self._proposed())
        top = 4.0 if self._compact else LABELS
        height = self.height() - 2 * top
        route, drawn = talk.route, -NARROWEST
        for piece in self._pieces():
            if piece.left - drawn < NARROWEST and piece.stop not in (here, self._chosen):
                continue  # it would lie on the one before
            drawn = piece.left
            frame = route[piece.stop].frame
            box = QRectF(piece.left, top, max(piece.width - GAP, NARROWEST), height)
            painter.setPen(Qt.PenStyle.NoPen)
            if piece.stop == here:
                painter.setBrush(QColor(tokens.accent if talk.position.on_path else tokens.detour))
                painter.drawRoundedRect(box.adjusted(0, -3, 0, 3), 3, 3)
            elif frame in dropped or frame in proposed:
                colour = QColor(tokens.warn if frame in proposed and frame not in dropped else tokens.text3)
                painter.setPen(QPen(colour, 1.5))
                painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
            else:
                painter.setBrush(QColor(tokens.text3 if piece.stop < here else tokens.strong))
                if piece.stop > here:
                    painter.setOpacity(0.55)
                painter.drawRoundedRect(box, 2, 2)
                painter.setOpacity(1.0)
            if piece.stop == self._chosen and self.ring:
                painter.setPen(QPen(QColor(tokens.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(-2, -5, 2, 5), 4, 4)
        if not self._compact:
            self._paint_titles(painter, tokens, top + height)
        if talk.state.clock.started:
            self._paint_plan(painter, tokens, top, height)

    def _paint_titles(self, painter: QPainter, tokens: Tokens, below: float) -> None:
        """The titles of the sections under their pieces, as far as there is room."""
        deck, runs = self._talk.ground.deck, self._shape()[1]
        now = self._section(self._talk.route[self._talk.position.stop].frame)
        for section, left, right in runs:
            if section == 0:
                continue
            words = font(11, 600 if section == now else 400)
            painter.setFont(words)
            painter.setPen(QColor(tokens.text if section == now else tokens.text3))
            text = QFontMetrics(words).elidedText(
                deck.frames[section].title, Qt.TextElideMode.ElideRight, round(right - left - 6)
            )
            if len(text) > 2:
                painter.drawText(QRectF(left, below + 2, right - left - 4, LABELS), Qt.AlignmentFlag.AlignLeft, text)

    def _paint_plan(self, painter: QPainter, tokens: Tokens, top: float, height: float) -> None:
        x = self._plan_at(self._talk.elapsed())
        painter.setPen(QPen(QColor(tokens.text), 1.5))
        painter.drawLine(QPointF(x, top - 4), QPointF(x, top + height + 3))
        if not self._compact:
            painter.setFont(font(11, 500))
            painter.setPen(QColor(tokens.text2))
            left = min(max(x - 40, 0.0), self.width() - 80.0)
            align = Qt.AlignmentFlag.AlignHCenter
            if left == 0.0:
                align = Qt.AlignmentFlag.AlignLeft
            elif left < x - 40:
                align = Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(left, 0, 80, LABELS - 3), align, _("plan"))

    def _plan_at(self, elapsed: float) -> float:
        """Where the plan would be after so many seconds, in pixels."""
        seconds = self._talk.plan.seconds
        ends = list(accumulate(seconds))
        stop = min(bisect_right(ends, elapsed), len(seconds) - 1)
        piece = self._pieces()[stop]
        started = ends[stop] - seconds[stop]
        share = (elapsed - started) / seconds[stop] if seconds[stop] > 0 else 1.0
        return piece.left + piece.width * min(max(share, 0.0), 1.0)

    def _pieces(self) -> tuple[Piece, ...]:
        return self._shape()[0]

    def _shape(self) -> _Shape:
        """The pieces, and which of them make a section: its left and right edges in pixels."""
        plan, width = self._talk.plan, float(self.width())
        if self._known is None or self._known[0] is not plan or self._known[1] != width:
            made = pieces(plan.seconds, width)
            runs: list[tuple[int, float, float]] = []
            route = self._talk.route
            for piece in made:
                section = self._section(route[piece.stop].frame)
                left = piece.left
                if runs and runs[-1][0] == section:
                    left = runs.pop()[1]
                runs.append((section, left, piece.left + piece.width))
            self._known = (plan, width, (made, runs))
        return self._known[2]

    def _section(self, frame: int) -> int:
        """The frame just below the root that `frame` is in; 0 for the root."""
        frames = self._talk.ground.deck.frames
        while frames[frame].depth > 1:
            frame = frames[frame].parent
        return frame if frames[frame].depth == 1 else 0

    def _subtrees(self, roots: tuple[int, ...]) -> frozenset[int]:
        if not roots:
            return frozenset()
        deck = self._talk.ground.deck
        return frozenset(
            stop.frame
            for stop in self._talk.route
            if stop.frame in roots or not set(roots).isdisjoint(deck.ancestors(stop.frame))
        )

    # ------------------------------------------------------------------ pointer and keys

    def _piece_at(self, x: float) -> Piece | None:
        return next((piece for piece in self._pieces() if piece.left <= x < piece.left + piece.width), None)

    @property
    def chosen(self) -> int | None:
        """The frame of the piece chosen with the arrows, while they choose."""
        route = self._talk.route
        return route[self._chosen].frame if self.hasFocus() and 0 <= self._chosen < len(route) else None

    def words_of(self, stop: int) -> str:
        """What a piece says: its number, title and time, and whether it is left out."""
        there = self._talk.route[stop]
        title = self._talk.ground.deck.frames[there.frame].title
        planned = minutes_words(self._talk.plan.seconds[stop])
        said = _("{n}. {title}, {time}").format(n=stop + 1, title=title, time=planned)
        return _("{frame}, left out").format(frame=said) if there.frame in self._talk.dropped() else said

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            piece = self._piece_at(event.pos().x())
            if piece is not None:
                QToolTip.showText(event.globalPos(), self.words_of(piece.stop), self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        piece = self._piece_at(event.position().x())
        if piece is not None and event.button() is Qt.MouseButton.LeftButton:
            self.stop_chosen.emit(piece.stop)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        piece = self._piece_at(event.pos().x())
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            piece = next((each for each in self._pieces() if each.stop == self._chosen), None)
            at = self.mapToGlobal(QPoint(round(piece.left if piece is not None else 0.0), self.height()))
        if piece is not None:
            self.menu_wanted.emit(self._talk.route[piece.stop].frame, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._talk.route) - 1
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is not None:
            self._chosen = min(max(self._chosen + by, 0), last)
            self.setAccessibleDescription(self.words_of(self._chosen))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen >= 0:
            self.stop_chosen.emit(self._chosen)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._chosen = min(self._talk.position.stop, len(self._talk.route) - 1)
