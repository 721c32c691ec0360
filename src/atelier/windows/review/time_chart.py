"""How the time went: how late the talk was when, and below it what was planned and what was given, piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from atelier.foundation.translation import _, ngettext
from atelier.talk.wording import clock_words
from atelier.windows.focus_rings import PaintedRing
from atelier.windows.keyboard import key_press
from atelier.windows.review.words import difference_words, hatch, section_colours, showing_words
from atelier.windows.style import font
from atelier.windows.tokens import TEXT, TEXT_CHART, TEXT_SMALL

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent

    from atelier.talk.review import Review, Showing
    from atelier.windows.tokens import Tokens

GUTTER: Final = 64.0
RIGHT: Final = 16.0
BAR: Final = 30.0
TITLES: Final = 26.0
FOOT: Final = 24.0
TOP: Final = 16.0
GAP: Final = 1.6
_STEPS: Final = (15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)  # seconds between two lines
_FLAG: Final = 22.0
_LABEL: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Flag:
    """Words at a point of the curve; `tint` names a token."""

    at: float
    late: float
    words: str
    tint: str


def flags(review: Review) -> tuple[Flag, ...]:
    """What to say beside the curve, the longest first: there may not be room for all."""
    out = [
        (
            detour.seconds,
            Flag(
                detour.start + detour.seconds,
                review.late_at(detour.start + detour.seconds),
                _("detour {title}, {time}").format(
                    title=review.name(detour.frame).title, time=clock_words(detour.seconds)
                ),
                "detour",
            ),
        )
        for detour in review.detours
    ]
    for skip in review.skips:
        count = len(skip.frames)
        words = ngettext("{n} frame left out, {time}", "{n} frames left out, {time}", count)
        words = words.format(n=count, time=clock_words(skip.seconds))
        out.append((skip.seconds, Flag(skip.at, review.late_at(skip.at), words, "text2")))
    return tuple(flag for _seconds, flag in sorted(out, key=lambda pair: -pair[0]))


class TimeChart(PaintedRing, QWidget):
    """Says what was there at a moment to the pointer and to the arrows; a click or Enter replays from there."""

    replay_asked = Signal(float)
    """Seconds of the talk's clock."""

    def __init__(self, review: Review, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._review = review
        self._tokens = tokens
        self._chosen = -1
        self._hover: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(230)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("The time as it went"))
        self.setAccessibleDescription(_("The arrows choose a frame, Enter replays from there."))

    def sizeHint(self) -> QSize:
        return QSize(900, 300)

    # ------------------------------------------------------------------ scales

    @property
    def _seconds(self) -> float:
        """What the width stands for."""
        planned = sum(stop.seconds for stop in self._review.stops)
        return max(self._review.given, planned, 60.0) * 1.02

    def _x(self, elapsed: float) -> float:
        return GUTTER + elapsed / self._seconds * (self.width() - GUTTER - RIGHT)

    def _elapsed(self, x: float) -> float:
        return (x - GUTTER) / max(self.width() - GUTTER - RIGHT, 1.0) * self._seconds

    @property
    def _curve(self) -> QRectF:
        return QRectF(
            GUTTER, TOP, self.width() - GUTTER - RIGHT, max(self.height() - TOP - FOOT - 2 * BAR - TITLES - 22, 40.0)
        )

    @property
    def _range(self) -> tuple[float, float]:
        """The least and the most that it was late, in seconds; with room around the plan."""
        late = [late for _elapsed, late in self._review.drift]
        least, most = min((*late, -60.0)), max((*late, 120.0))
        return least, most + 0.12 * (most - least)

    def _y(self, late: float) -> float:
        least, most = self._range
        curve = self._curve
        return curve.bottom() - (late - least) / (most - least) * curve.height()

    @property
    def _bars(self) -> tuple[float, float]:
        """The tops of the two bars."""
        given = self.height() - FOOT - BAR
        return given - TITLES - BAR, given

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            tokens = self._tokens()
            self._paint_lines(painter, tokens)
            self._paint_curve(painter, tokens)
            self._paint_plan(painter, tokens)
            self._paint_given(painter, tokens)
            self._paint_sections(painter, tokens)
            self._paint_flags(painter, tokens)
            self._paint_here(painter, tokens)
        finally:
            painter.end()

    def _paint_lines(self, painter: QPainter, tokens: Tokens) -> None:
        painter.setFont(font(TEXT_CHART))
        curve = self._curve
        step = next((step for step in _STEPS if self._seconds / step <= 12), _STEPS[-1])
        number = 0
        while number * step <= self._seconds:
            x = self._x(number * step)
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(QPointF(x, TOP - 8), QPointF(x, self.height() - FOOT + 2))
            painter.setPen(QColor(tokens.text3))
            words = _span_words(number * step, step) if number else "0"
            painter.drawText(QRectF(x - 40, self.height() - FOOT + 4, 80, 18), Qt.AlignmentFlag.AlignHCenter, words)
            number += 1
        if not self._review.drift:
            return
        least, most = self._range
        step = next((step for step in _STEPS if (most - least) / step <= curve.height() / 26), _STEPS[-1])
        for number in range(int(least // step), int(most // step) + 1):
            y = self._y(number * step)
            if number and abs(y - self._y(0.0)) >= 15 and curve.top() - 6 <= y <= curve.bottom() + 6:
                sign = "+" if number > 0 else "\N{MINUS SIGN}"
                painter.drawText(QRectF(0, y - 9, GUTTER - 8, 18), _LABEL, sign + _span_words(abs(number) * step, step))
        painter.setPen(QColor(tokens.text2))
        painter.setFont(font(TEXT_CHART, 500))
        painter.drawText(QRectF(0, self._y(0.0) - 9, GUTTER - 8, 18), _LABEL, _("on time"))

    def _paint_curve(self, painter: QPainter, tokens: Tokens) -> None:
        points = [QPointF(self._x(elapsed), self._y(late)) for elapsed, late in self._review.drift]
        if not points:
            return
        zero, curve = self._y(0.0), self._curve
        area = QPainterPath()
        area.addPolygon(QPolygonF([QPointF(points[0].x(), zero), *points, QPointF(points[-1].x(), zero)]))
        for colour, part in (
            (tokens.warn, QRectF(0, 0, self.width(), zero)),
            (tokens.ok, QRectF(0, zero, self.width(), curve.bottom() - zero + 2)),
        ):
            fill = QColor(colour)
            fill.setAlpha(46)
            painter.save()
            painter.setClipRect(part)
            painter.fillPath(area, fill)
            painter.restore()
        painter.setPen(QPen(QColor(tokens.strong), 1))
        painter.drawLine(QPointF(GUTTER, zero), QPointF(self.width() - RIGHT, zero))
        line = QPen(QColor(tokens.text), 2)
        line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))

    def _paint_plan(self, painter: QPainter, tokens: Tokens) -> None:
        top, _given = self._bars
        self._paint_name(painter, tokens, top, _("planned"))
        at = 0.0
        colours, sections = section_colours(tokens), self._section_numbers()
        for stop in self._review.stops:
            box = self._box(at, stop.seconds, top)
            at += stop.seconds
            if stop.shown:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours[sections.get(self._review.name(stop.frame).section, 0) % 2])
                painter.drawRoundedRect(box, 2, 2)
            elif stop.seconds > 0:
                painter.setPen(QPen(QColor(tokens.text2), 1))
                painter.setBrush(QBrush(QColor(tokens.text3), hatch()))
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)

    def _paint_given(self, painter: QPainter, tokens: Tokens) -> None:
        top = self._bars[1]
        self._paint_name(painter, tokens, top, _("given"))
        colours, sections = section_colours(tokens), self._section_numbers()
        painter.setPen(Qt.PenStyle.NoPen)
        for showing in self._review.showings:
            quiet = colours[sections.get(self._review.name(showing.frame).section, 0) % 2]
            tint = QColor(tokens.detour) if showing.detour else QColor(tokens.warn) if showing.over else quiet
            painter.setBrush(tint)
            painter.drawRoundedRect(self._box(showing.start, showing.seconds, top), 2, 2)

    def _paint_name(self, painter: QPainter, tokens: Tokens, top: float, words: str) -> None:
        painter.setFont(font(TEXT_SMALL, 500))
        painter.setPen(QColor(tokens.text2))
        painter.drawText(QRectF(0, top, GUTTER - 8, BAR), _LABEL, words)

    def _paint_sections(self, painter: QPainter, tokens: Tokens) -> None:
        """The titles of the sections between the bars, and lines from where each was planned to where it was given."""
        top, below = self._bars
        planned: dict[str, float] = {}
        at = 0.0
        for stop in self._review.stops:
            planned.setdefault(self._review.name(stop.frame).section, at)
            at += stop.seconds
        given: dict[str, float] = {}
        for showing in self._review.showings:
            if not showing.detour:
                given.setdefault(self._review.name(showing.frame).section, showing.start)
        words = font(TEXT_CHART, 500)
        metrics = QFontMetricsF(words)
        painter.setFont(words)
        faint = QColor(tokens.strong)
        faint.setAlpha(120)
        root = next(iter(self._review.names), "")
        starts = [(self._x(start), section) for section, start in given.items() if section != root]
        for (left, section), (right, _next) in pairwise([*starts, (self.width() - RIGHT + 6, "")]):
            if section in planned:
                painter.setPen(QPen(faint, 1))
                painter.drawLine(QPointF(self._x(planned[section]), top + BAR + 1), QPointF(left, below - 1))
            title = metrics.elidedText(self._review.name(section).title, Qt.TextElideMode.ElideRight, right - left - 8)
            if len(title) > 3:
                painter.setPen(QColor(tokens.text2))
                painter.drawText(QRectF(left + 4, top + BAR + 4, right - left - 6, 18), 0, title)

    def _paint_flags(self, painter: QPainter, tokens: Tokens) -> None:
        if not self._review.drift:
            return
        taken: list[QRectF] = [self._paint_end(painter, tokens)]
        words = font(TEXT_SMALL, 600)
        metrics = QFontMetricsF(words)
        painter.setFont(words)
        for flag in flags(self._review):
            point = QPointF(self._x(flag.at), self._y(flag.late))
            width = metrics.horizontalAdvance(flag.words) + 18
            left = point.x() - width - 8 if point.x() - width - 8 >= GUTTER else point.x() + 8
            box = QRectF(left, point.y() - _FLAG / 2, width, _FLAG)
            if box.right() > self.width() or any(box.adjusted(-4, -2, 4, 2).intersects(other) for other in taken):
                continue
            taken.append(box)
            colour = QColor(getattr(tokens, flag.tint))
            painter.setPen(QPen(colour, 1.2))
            painter.setBrush(QColor(tokens.panel))
            painter.drawRoundedRect(box, _FLAG / 2, _FLAG / 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, flag.words)
            painter.setPen(QPen(colour, 2))
            painter.drawEllipse(point, 4.5, 4.5)

    def _paint_end(self, painter: QPainter, tokens: Tokens) -> QRectF:
        """How late it was in the end; returns the room that takes."""
        elapsed, late = self._review.drift[-1]
        colour = QColor(tokens.warn if late >= 1 else tokens.ok)
        point = QPointF(self._x(elapsed), self._y(late))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(point, 5, 5)
        painter.setPen(colour)
        painter.setFont(font(TEXT, 700))
        box = QRectF(max(point.x() - 80, GUTTER - 20), point.y() - 27, 86, 20)
        painter.drawText(box, _LABEL, difference_words(late))
        return box.adjusted(40, 0, 0, 26)

    def _paint_here(self, painter: QPainter, tokens: Tokens) -> None:
        """Where the pointer is, and the piece that the arrows have chosen."""
        if self._hover is not None and 0 <= self._hover <= self._review.given:
            x = self._x(self._hover)
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.drawLine(QPointF(x, TOP - 8), QPointF(x, self._bars[1] + BAR))
        showing = self._showing(self._chosen)
        if showing is not None and self.ring:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                self._box(showing.start, showing.seconds, self._bars[1]).adjusted(-3, -3, 3, 3), 4, 4
            )

    def _box(self, start: float, seconds: float, top: float) -> QRectF:
        left, right = self._x(start), self._x(start + seconds)
        gap = GAP if right - left > 4 else 0.4
        return QRectF(left + gap / 2, top, max(right - left - gap, 1.0), BAR)

    def _section_numbers(self) -> dict[str, int]:
        return {
            section: number
            for number, section in enumerate(dict.fromkeys(name.section for name in self._review.names.values()))
        }

    # ------------------------------------------------------------------ pointer and keys

    def _showing(self, number: int) -> Showing | None:
        return self._review.showings[number] if 0 <= number < len(self._review.showings) else None

    def words_at(self, x: float) -> str:
        """What is said at so many pixels from the left."""
        showing = self._review.showing_at(self._elapsed(x))
        return showing_words(self._review, showing) if showing is not None else ""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._elapsed(event.position().x())
        inside = 0 <= self._hover <= self._review.given
        self.setCursor(Qt.CursorShape.PointingHandCursor if inside else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        elapsed = self._elapsed(event.position().x())
        if event.button() is Qt.MouseButton.LeftButton and 0 <= elapsed <= self._review.given:
            self.replay_asked.emit(elapsed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = key_press(event).name
        last = len(self._review.showings) - 1
        chosen = {"Left": self._chosen - 1, "Right": self._chosen + 1, "Home": 0, "End": last}.get(name)
        showing = self._showing(self._chosen)
        if chosen is not None and last >= 0:
            self._chosen = min(max(chosen, 0), last)
            self.ring = True
            self.setAccessibleDescription(showing_words(self._review, self._review.showings[self._chosen]))
            self.update()
        elif name == "Enter" and showing is not None:
            self.replay_asked.emit(showing.start)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._chosen = max(self._chosen, 0)


def _span_words(seconds: float, step: float) -> str:
    """A span on an axis whose lines are `step` apart."""
    if step < 60:
        return clock_words(seconds)
    return _("{n} min").format(n=round(seconds / 60))
