"""The bar on top: elapsed and remaining time, pace, countdown, path, what the room sees, the hour."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.talk.wording import clock_words, pace_words
from atelier.windows.console.countdown_bar import CountdownBar
from atelier.windows.controls import Button, figures, frame, label, restyle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from atelier.talk.session import Talk
    from atelier.windows.icons import Icons

HEIGHT = 76
HEIGHT_COMPACT = 52
BUTTON_EDGE = 6
"""Pixels from the edge of a button to its words: its caption stands above these."""
ROOM = 160
"""Pixels that the name of the room's screen may take."""
SECOND = 250
"""Milliseconds between two looks at the clock: none is ever a whole second late."""


class TimeBar(QWidget):
    """Follows the talk and the clock of the wall; `today` gives the moment, for the hour that is shown, and `run` runs
    a command.
    """

    path_chosen = Signal(str)
    screens_asked = Signal()
    """The room's picture is wanted elsewhere."""
    room_chosen = Signal(str)
    """The screen for the room, by name."""
    console_chosen = Signal(str)
    """The screen for the console."""

    def __init__(self, talk: Talk, today: Callable[[], datetime], icons: Icons, run: Callable[[str], object]) -> None:
        super().__init__()
        self._talk = talk
        self._today = today
        bar = frame("bar")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(bar)
        self._row = QHBoxLayout(bar)
        self._row.setContentsMargins(20, 0, 20, 0)
        self._row.setSpacing(20)
        self._captions: list[QLabel] = []
        self.elapsed = _clock(600)
        self.remaining = _clock(500, dim=True)
        self.pace = label("", "pace")
        self.ends = label("", "small")
        self.path = Button("", "crumb", dense=True)
        self.path.setAccessibleName(_("Path"))
        self.path.when_clicked(self._open_paths)
        self.room = Button("", "crumb", dense=True).for_command("room.swap")
        self.room.when_clicked(self.screens_asked.emit)
        self.hour = _clock(500)
        self._row.addLayout(self._under(_("Elapsed"), self.elapsed))
        self._row.addLayout(self._under(_("Left"), self.remaining))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self.pace)
        words.addWidget(self.ends)
        words.addStretch()
        self._row.addLayout(words)
        self._row.addStretch()
        self.countdown = CountdownBar(talk, icons, run)
        self._row.addWidget(self.countdown)
        self._row.addStretch()
        self._row.addLayout(self._under(_("Path"), self.path))
        self._row.addLayout(self._under(_("Audience"), self.room))
        self._row.addLayout(self._under(_("Time"), self.hour))
        self._compact = False
        self._ticker = QTimer(self, interval=SECOND)
        self._ticker.timeout.connect(self.refresh)
        self._ticker.start()
        self.set_compact(compact=False)
        self.refresh()

    def set_compact(self, *, compact: bool) -> None:
        """A lower bar with smaller figures, for a small screen."""
        self._compact = compact
        self.setFixedHeight(HEIGHT_COMPACT if compact else HEIGHT)
        for clock, size in ((self.elapsed, 34), (self.remaining, 34), (self.hour, 22)):
            restyle(clock, figures=str(round(size * 0.8) if compact else size))
        for caption in self._captions:
            caption.setVisible(not compact)
        self.countdown.set_compact(compact=compact)

    def show_room(self, words: str) -> None:
        """Says where the room's picture is."""
        metrics = self.room.fontMetrics()
        self.room.setText(metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, ROOM))
        self.room.setAccessibleName(_("The audience's screen: {name}").format(name=words))

    def choose_screens(self, names: Sequence[str], room: str, console: str) -> None:
        """Has the speaker choose among screens, with those of the room and of the console marked."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for caption, here, chosen in (
            (_("Show the audience's picture on:"), room, self.room_chosen),
            (_("Show the console on:"), console, self.console_chosen),
        ):
            menu.addSeparator()
            menu.addAction(caption).setEnabled(False)
            for name in names:
                words = {room: _("{screen} (audience)"), console: _("{screen} (console)")}.get(name, "{screen}")
                action = menu.addAction(words.format(screen=name).replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(name == here)
                action.triggered.connect(lambda _checked=False, name=name, to=chosen: to.emit(name))
        menu.popup(self.room.mapToGlobal(self.room.rect().bottomLeft()))

    def refresh(self) -> None:
        """Brings every figure up to now."""
        talk = self._talk
        elapsed = talk.elapsed()
        _set(self.elapsed, clock_words(elapsed))
        total = talk.plan.total
        _set(self.remaining, clock_words(total - elapsed))
        self._refresh_pace()
        path = talk.path
        name = path.title or path.name or _("all frames")
        _set(self.path, _("{path}, {n} min").format(path=name, n=round(total / 60)))
        self.path.setEnabled(len(talk.ground.deck.paths) > 1)
        _set(self.hour, f"{self._today():%H:%M}")
        self.countdown.refresh()
        self._fit_countdown()

    def _fit_countdown(self) -> None:
        """Gives the countdown the room that the rest leaves."""
        if self.countdown.isHidden():
            return
        taken = self._row.sizeHint().width() - self.countdown.sizeHint().width()
        self.countdown.fit(self.width() - taken)
        self.countdown.updateGeometry()
        self._row.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_countdown()

    def _refresh_pace(self) -> None:
        talk = self._talk
        if not talk.state.clock.started:
            _set(self.pace, _("the clock starts with the first advance"))
            _tint(self.pace, "dim")
            _set(self.ends, "")
            return
        pace = talk.pace()
        _set(
            self.pace,
            pace_words(pace) if talk.state.clock.running else _("paused, {pace}").format(pace=pace_words(pace)),
        )
        _tint(self.pace, "warn" if pace.is_late else "ok")
        now = self._today().timestamp()
        will = datetime.fromtimestamp(now + pace.remaining).astimezone()
        should = datetime.fromtimestamp(now + pace.remaining - pace.overrun).astimezone()
        _set(self.ends, _("ends {will:%H:%M}, planned {should:%H:%M}").format(will=will, should=should))

    def _open_paths(self) -> None:
        menu = QMenu(self)
        for path in self._talk.ground.deck.paths:
            minutes = f", {path.minutes:g} min" if path.minutes else ""
            action = QAction((path.title or path.name or _("all frames")) + minutes, menu)
            action.setCheckable(True)
            action.setChecked(path.name == self._talk.path.name)
            action.triggered.connect(lambda _checked=False, name=path.name: self.path_chosen.emit(name))
            menu.addAction(action)
        menu.popup(self.path.mapToGlobal(self.path.rect().bottomLeft()))

    def _under(self, caption: str, value: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch()
        words = label(caption, "dim")
        words.setIndent(BUTTON_EDGE if isinstance(value, Button) else 0)
        self._captions.append(words)
        column.addWidget(words)
        column.addWidget(value)
        column.addStretch()
        return column


def _clock(weight: int, *, dim: bool = False) -> QLabel:
    made = figures(dim=dim, strength=str(weight))
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made


def _set(widget: QLabel | Button, words: str) -> None:
    if widget.text() != words:
        widget.setText(words)


def _tint(widget: QLabel, tint: str) -> None:
    if widget.property("tint") != tint:
        restyle(widget, tint=tint)
