"""The times of a rehearsal, frame by frame: planned, this time, and the last time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.talk.review import OVER_SHARE, SEEN
from atelier.talk.wording import clock_words
from atelier.windows.console.panels import PanelButton
from atelier.windows.console.slot import Panel
from atelier.windows.controls import Button, frame, label
from atelier.windows.focus_rings import PaintedRing
from atelier.windows.keyboard import key_press
from atelier.windows.style import font
from atelier.windows.tokens import TEXT_CHART

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent, QShowEvent

    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens

AGAIN: Final = 1000
"""Milliseconds between two looks at how long this frame has been shown."""
AXIS: Final = 36.0
FOOT: Final = 20.0
TOP: Final = 8.0
_DOT: Final = 2.6
_WITH_KEY: Final = 660
"""Pixels of width from which on there is room to say what the bars mean."""
_STEPS: Final = (15, 30, 60, 120, 300, 600, 1200, 3600)  # seconds between two lines


@dataclass(frozen=True, slots=True)
class Bar:
    """One frame of the path. `previous` is the last rehearsal's time, None where it has none."""

    frame: int
    planned: float
    given: float
    previous: float | None
    here: bool

    @property
    def over(self) -> bool:
        return self.planned > 0 and self.given > self.planned * OVER_SHARE


def bars(talk: Talk, previous: Mapping[str, float]) -> tuple[Bar, ...]:
    """The frames of a talk's path in their order, each once, with their times until now."""
    planned: dict[int, float] = {}
    for stop, seconds in zip(talk.route, talk.plan.seconds, strict=True):
        planned[stop.frame] = planned.get(stop.frame, 0.0) + seconds
    frames, now = talk.ground.deck.frames, talk.now
    here = talk.ground.canvas.places[talk.position.place].frame
    return tuple(
        Bar(index, seconds, talk.state.seconds_at(frames[index].id, now), previous.get(frames[index].id), index == here)
        for index, seconds in planned.items()
    )


def given_by_frame(talk: Talk) -> dict[str, float]:
    """Seconds that each frame of a talk's path was shown until now, by their ids; without those merely passed."""
    frames = talk.ground.deck.frames
    return {frames[bar.frame].id: bar.given for bar in bars(talk, {}) if bar.given >= SEEN}


class TimesChart(QWidget):
    """A panel with the bars, what they mean, and what makes their times the plan."""

    adopt_asked = Signal()

    def __init__(self, talk: Talk, tokens: Callable[[], Tokens], icons: Icons, previous: Mapping[str, float]) -> None:
        super().__init__()
        self._tokens = tokens
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        panel = frame("panel")
        outer.addWidget(panel)
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 8, 14, 6)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label(_("Time by frame"), "strong"))
        self._key = QWidget()
        self._key.setObjectName("plain")
        key = QHBoxLayout(self._key)
        key.setContentsMargins(0, 0, 0, 0)
        key.setSpacing(12)
        for tint, words in (("strong", _("planned")), ("text", _("this time")), ("warn", _("over"))):
            key.addLayout(self._legend(tint, words))
        if previous:
            key.addLayout(self._legend("detour", _("last rehearsal"), dot=True))
        row.addWidget(self._key)
        row.addStretch(1)
        self.adopt = Button(_("Adopt as plan"), "link").when_clicked(self.adopt_asked.emit)
        self.adopt.setToolTip(_("Writes these times behind the headings of the deck"))
        row.addWidget(self.adopt)
        menu = PanelButton(_("Time by frame"), icons)
        row.addWidget(menu)
        column.addLayout(row)
        self.bars = _Bars(talk, tokens, previous)
        column.addWidget(self.bars, 1)
        self.panel = Panel("times", _("Time by frame"), self, (270, 86), lambda: self.bars, menu, menu.setVisible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._key.setVisible(self.width() >= _WITH_KEY)

    def _legend(self, tint: str, words: str, *, dot: bool = False) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(_Mark(self._tokens, tint, dot=dot))
        row.addWidget(label(words, "dim"))
        return row


class _Mark(QWidget):
    def __init__(self, tokens: Callable[[], Tokens], tint: str, *, dot: bool) -> None:
        super().__init__()
        self._tokens = tokens
        self._tint = tint
        self._dot = dot
        self.setFixedSize(12, 16)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(self._tokens(), self._tint)))
        if self._dot:
            painter.drawEllipse(QPointF(6, 8), 3.5, 3.5)
        else:
            painter.setOpacity(0.55 if self._tint == "strong" else 1.0)
            painter.drawRoundedRect(QRectF(2, 2, 8, 12), 2, 2)
        painter.end()


class _Bars(PaintedRing, QWidget):
    """Left and Right choose a frame, and its times are said."""

    def __init__(self, talk: Talk, tokens: Callable[[], Tokens], previous: Mapping[str, float]) -> None:
        super().__init__()
        self._talk = talk
        self._tokens = tokens
        self._previous = previous
        self._chosen = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(40)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Time by frame"))
        self.setAccessibleDescription(_("The arrows choose a frame."))
        self._second = QTimer(self, interval=AGAIN)
        self._second.timeout.connect(self.update)
        talk.listen(self._on_event)

    def sizeHint(self) -> QSize:
        return QSize(600, 200)

    def _on_event(self, event: Event, before: Position) -> None:  # noqa: ARG002 - a listener's
        self.update()

    def bars(self) -> tuple[Bar, ...]:
        return bars(self._talk, self._previous)

    def words_of(self, bar: Bar) -> str:
        """A frame and its times in one sentence."""
        title = self._talk.ground.deck.frames[bar.frame].title
        words = _("{title}, {given} of {planned} planned").format(
            title=title, given=clock_words(bar.given), planned=clock_words(bar.planned)
        )
        if bar.previous is None:
            return words
        return _("{frame}, {time} at the last rehearsal").format(frame=words, time=clock_words(bar.previous))

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        shown = self.bars()
        if not shown:
            return
        tokens = self._tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            most = max(max(bar.planned, bar.given, bar.previous or 0.0) for bar in shown)
            scale = (self.height() - TOP - FOOT) / max(most * 1.08, 30.0)
            self._paint_lines(painter, tokens, scale)
            for number, bar in enumerate(shown):
                self._paint_bar(painter, tokens, bar, number, scale)
            self._paint_titles(painter, tokens, shown)
        finally:
            painter.end()

    def _width(self, count: int) -> float:
        return (self.width() - AXIS) / max(count, 1)

    def _paint_lines(self, painter: QPainter, tokens: Tokens, scale: float) -> None:
        base = self.height() - FOOT
        step = next((step for step in _STEPS if step * scale >= 26), _STEPS[-1])
        painter.setFont(font(TEXT_CHART))
        number = 1
        while (y := base - number * step * scale) > TOP - 4:
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(QPointF(AXIS - 6, y), QPointF(self.width(), y))
            painter.setPen(QColor(tokens.text3))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y - 8, AXIS - 10, 16), side, clock_words(number * step))
            number += 1

    def _paint_bar(self, painter: QPainter, tokens: Tokens, bar: Bar, number: int, scale: float) -> None:
        each = self._width(len(self._shown_frames()))
        base, left = self.height() - FOOT, AXIS + number * each
        gap = min(3.0, each * 0.2)
        inset = min(3.0, each * 0.18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.strong))
        painter.setOpacity(0.5)
        height = bar.planned * scale
        painter.drawRoundedRect(QRectF(left, base - height, each - gap, height), 2, 2)
        painter.setOpacity(1.0)
        if bar.given > 0:
            height = max(bar.given * scale, 1.5)
            painter.setBrush(QColor(tokens.warn if bar.over else tokens.accent if bar.here else tokens.text))
            painter.drawRoundedRect(QRectF(left + inset, base - height, each - gap - 2 * inset, height), 2, 2)
        if bar.previous is not None:
            painter.setBrush(QColor(tokens.detour))
            painter.drawEllipse(QPointF(left + (each - gap) / 2, base - bar.previous * scale), _DOT, _DOT)
        if self.ring and number == self._chosen:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(left - 2, TOP - 4, each - gap + 4, base - TOP + 6), 4, 4)

    def _paint_titles(self, painter: QPainter, tokens: Tokens, shown: tuple[Bar, ...]) -> None:
        """The titles of the sections below their bars, as far as there is room."""
        deck, each = self._talk.ground.deck, self._width(len(shown))
        runs: list[tuple[int, float, float, bool]] = []
        for number, bar in enumerate(shown):
            section, left = deck.section(bar.frame), AXIS + number * each
            if runs and runs[-1][0] == section:
                runs[-1] = (section, runs[-1][1], left + each, runs[-1][3] or bar.here)
            else:
                runs.append((section, left, left + each, bar.here))
        for section, left, right, here in runs:
            words = font(TEXT_CHART, 600 if here else 400)
            title = deck.frames[section].title
            text = QFontMetrics(words).elidedText(title, Qt.TextElideMode.ElideRight, round(right - left - 6))
            if section and len(text) > 2:
                painter.setFont(words)
                painter.setPen(QColor(tokens.text2 if here else tokens.text3))
                painter.drawText(QRectF(left, self.height() - FOOT + 3, right - left - 4, FOOT - 3), 0, text)

    def _shown_frames(self) -> dict[int, None]:
        return dict.fromkeys(stop.frame for stop in self._talk.route)

    # ------------------------------------------------------------------ pointer and keys

    def bar_at(self, x: float) -> Bar | None:
        """The frame at so many pixels from the left."""
        shown = self.bars()
        number = int((x - AXIS) // self._width(len(shown)))
        return shown[number] if 0 <= number < len(shown) and x >= AXIS else None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            bar = self.bar_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self.words_of(bar) if bar is not None else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a click here is none on what lies around it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {"Left": -1, "Right": 1}.get(key_press(event).name)
        if by is None:
            super().keyPressEvent(event)
            return
        shown = self.bars()
        self._chosen = min(max(self._chosen + by, 0), len(shown) - 1)
        self.setAccessibleDescription(self.words_of(shown[self._chosen]))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._chosen = next((number for number, bar in enumerate(self.bars()) if bar.here), 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()
