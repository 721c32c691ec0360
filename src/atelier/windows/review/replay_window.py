"""A talk played again, as the room saw it, with what moves it below. It is written nowhere."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from atelier.commands.dispatch import Dispatcher
from atelier.commands.keys import command_for
from atelier.commands.table import BY_ID, REPLAY
from atelier.foundation.settings import REPLAY_SPEEDS
from atelier.foundation.translation import _, ngettext
from atelier.render.scene import Scene, build_scene
from atelier.render.tiles import TileCache
from atelier.talk.recording import Player, Recording
from atelier.talk.wording import clock_words
from atelier.windows.audience import AudienceWindow
from atelier.windows.controls import Button, Segments, frame, label
from atelier.windows.focus_rings import PaintedRing
from atelier.windows.ground import talk_over
from atelier.windows.key_sheet import KeySheet
from atelier.windows.keyboard import key_press
from atelier.windows.notice import Toast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.canvas.flight import Profile
    from atelier.deck.types import Deck
    from atelier.foundation.errors import AtelierError
    from atelier.talk.events import Event
    from atelier.talk.session import Talk
    from atelier.windows.icons import Icons
    from atelier.windows.style import Appearance
    from atelier.windows.tokens import Tokens

BAR: Final = 60
SECOND: Final = 250
"""Milliseconds between two looks at the clock while it plays."""
JUMP: Final = 10.0
"""Seconds that one press on the line goes."""


class ReplayWindow(QWidget):
    """Plays the events of a talk on the deck as it is today. `changed` says that it is not the one of then."""

    closed = Signal()

    def __init__(
        self,
        title: str,
        deck: Deck,
        events: Sequence[tuple[float, Event]],
        appearance: Appearance,
        icons: Icons,
        *,
        changed: bool = False,
        profile: Profile | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.setObjectName("root")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(720, 460)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWindowTitle(_("{title} — replay").format(title=title))
        self._deck = deck
        self._appearance = appearance
        self._icons = icons
        self._changed = changed
        recording = Recording(events)
        began = recording.state_before(min(len(events), 1))
        self._on_path, self._language = began.path, began.lang
        scene = build_scene(deck, path=self._on_path, language=self._language)
        self.talk: Talk = talk_over(scene, now=lambda: self.player.moment)
        self.player = Player(recording, self.talk, now)
        self.audience = AudienceWindow(scene, TileCache(), self.talk, lambda: appearance)
        self.audience.rings = False  # nobody is to start at a bell of last week, or at eight of them in a row
        if profile is not None:
            self.audience.canvas.profile = profile
        self.audience.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # what is done here must not become an act of the talk
        self.audience.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.commands = Dispatcher(self._on_error)
        self._line = TimeLine(self.player, lambda: appearance.tokens)
        self._line.sought.connect(self.seek)
        self._build()
        self.toast = Toast(self, appearance.tokens)
        self.key_sheet = KeySheet(self, appearance.tokens, (REPLAY,))
        self._bind()
        self._due = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._due.timeout.connect(self._on_due)
        self._second = QTimer(self, interval=SECOND)
        self._second.timeout.connect(self._refresh)

    # ------------------------------------------------------------------ layout

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._picture = QWidget()
        self._picture.setObjectName("plain")
        self.audience.setParent(self._picture)
        whole.addWidget(self._picture, 1)
        foot = frame("foot")
        foot.setFixedHeight(BAR)
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 0, 16, 0)
        row.setSpacing(6)
        self._tool(row, "replay.previous")
        self.pause_button = self._tool(row, "replay.pause")
        self._tool(row, "replay.next")
        self._time = label(kind="figures")
        self._time.setMinimumWidth(120)
        row.addSpacing(6)
        row.addWidget(self._time)
        row.addWidget(self._line, 1)
        row.addSpacing(10)
        self.speeds = Segments(
            _("Speed"), tuple((str(speed), f"{speed} ×") for speed in REPLAY_SPEEDS), str(REPLAY_SPEEDS[0])
        )
        self.speeds.chosen.connect(self._on_speed_chosen)
        row.addWidget(self.speeds, 0, Qt.AlignmentFlag.AlignVCenter)
        self._tool(row, "replay.full-screen")
        self.note = label(kind="small")
        self.note.setContentsMargins(16, 6, 16, 0)
        whole.addWidget(self.note)
        whole.addWidget(foot)

    def _tool(self, row: QHBoxLayout, id_: str) -> Button:
        button = Button("", "crumb").for_command(id_).when_clicked(lambda: self._run(id_))
        button.setAccessibleName(_(BY_ID[id_].title))
        self._icons.dress(button, BY_ID[id_].icon, "text", 18)
        row.addWidget(button)
        return button

    def begin(self, speed: int = 1, elapsed: float | None = None) -> None:
        """Plays, from the beginning or from a moment of the talk's clock."""
        self._icons.load()
        self._fit()
        self.set_speed(speed)
        self.seek(self.player.recording.time_of(elapsed) if elapsed else 0.0)
        self._play()

    # ------------------------------------------------------------------ playing

    def seek(self, time_: float) -> None:
        """Goes to so many seconds after the beginning of the recording."""
        self.player.seek(time_)
        self._stand()

    def set_speed(self, speed: int) -> None:
        self.player.speed = speed
        self.speeds.set_value(str(speed))
        self._plan_next()

    def _on_speed_chosen(self, speed: str) -> None:
        self.set_speed(int(speed))

    def _play(self) -> None:
        ended = self.player.at_end
        self.player.play()
        if ended:
            self._stand()
        self._plan_next()
        self._refresh()

    def _on_due(self) -> None:
        self.player.run()
        self._follow_path()
        self._plan_next()
        self._refresh()

    def _plan_next(self) -> None:
        wait = self.player.wait()
        if wait is None:
            self._due.stop()
        else:
            self._due.start(round(wait * 1000))
        if self.player.playing:
            self._second.start()
        else:
            self._second.stop()

    def _stand(self) -> None:
        """Shows at once where the talk stands now, after a jump in time."""
        self._follow_path()
        self.audience.start()
        self._plan_next()
        self._refresh()

    def _follow_path(self) -> None:
        """Sets what is shown on one path alone, once the talk has gone over to it."""
        if self.talk.path.name != self._on_path:
            self._on_path = self.talk.path.name
            scene = build_scene(self._deck, self.scene, path=self._on_path, language=self._language)
            self.audience.replace_scene(scene)

    @property
    def scene(self) -> Scene:
        return self.audience.scene

    def _refresh(self) -> None:
        player = self.player
        icon = "pause" if player.playing else "play"
        self._icons.dress(self.pause_button, icon, "text", 18)
        self.pause_button.setAccessibleName(_("Pause") if player.playing else _("Go on"))
        seconds = _("{time} of {all}").format(time=clock_words(player.time), all=clock_words(player.recording.seconds))
        self._time.setText(seconds)
        self._line.update()
        self.audience.look_at_clock()
        words = [_("The deck has changed since: you see it as it is today.")] if self._changed else []
        if player.missing:
            words.append(
                ngettext(
                    "{n} move led to a frame that is gone; the picture stayed.",
                    "{n} moves led to frames that are gone; the picture stayed.",
                    player.missing,
                ).format(n=player.missing)
            )
        self.note.setText(" ".join(words))
        self.note.setVisible(bool(words))

    # ------------------------------------------------------------------ commands

    def _bind(self) -> None:
        bind = self.commands.bind
        bind("replay.pause", self.toggle)
        bind("replay.next", partial(self._go, 1))
        bind("replay.previous", partial(self._go, -1))
        bind("replay.first", partial(self.seek, 0.0))
        bind("replay.faster", partial(self._next_speed, 1))
        bind("replay.slower", partial(self._next_speed, -1))
        bind("replay.full-screen", self._toggle_full_screen)
        bind("replay.close", self._escape)
        bind("window.scheme", self._appearance.toggle)
        bind("window.keys", self.key_sheet.open)

    def _run(self, id_: str) -> None:
        self.commands.run(id_)

    def toggle(self) -> None:
        """Pauses, or goes on; from the end, from the beginning."""
        if self.player.playing:
            self.player.pause()
            self._plan_next()
            self._refresh()
        else:
            self._play()

    def _go(self, by: int) -> None:
        self.player.go(by)
        self._stand()

    def _next_speed(self, by: int) -> None:
        number = REPLAY_SPEEDS.index(self.player.speed) + by
        self.set_speed(REPLAY_SPEEDS[min(max(number, 0), len(REPLAY_SPEEDS) - 1)])

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _escape(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.close()

    def _on_error(self, error: AtelierError) -> None:
        self.toast.say(error.message)

    # ------------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        id_ = command_for(key_press(event), (REPLAY,))
        if id_ is None or not self.commands.run(id_):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        on_picture = self._picture.geometry().contains(event.position().toPoint())
        if on_picture and event.button() is Qt.MouseButton.LeftButton:
            self.toggle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Gives the picture the shape that the deck has, in the middle of its room."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        room, ratio = self._picture.rect(), self._deck.ratio
        width = min(room.width(), round(room.height() * ratio))
        height = round(width / ratio)
        self.audience.setGeometry(QRect((room.width() - width) // 2, (room.height() - height) // 2, width, height))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self._picture.geometry(), Qt.GlobalColor.black)
        painter.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._due.stop()
        self._second.stop()
        self.audience.close()
        super().closeEvent(event)
        self.closed.emit()


class TimeLine(PaintedRing, QWidget):
    """How far it is, with a tick for every move. A click or a drag goes there, the arrows ten seconds a press."""

    sought = Signal(float)

    def __init__(self, player: Player, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._player = player
        self._tokens = tokens
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Moment of the talk"))
        self.setAccessibleDescription(_("The arrows go ten seconds on and back."))

    def _x(self, seconds: float) -> float:
        return 6 + seconds / max(self._player.recording.seconds, 1.0) * (self.width() - 12)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        tokens, recording = self._tokens(), self._player.recording
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.setPen(QPen(QColor(tokens.line), 1))
        for move in recording.moves:
            x = round(self._x(recording.times[move])) + 0.5
            painter.drawLine(round(x), round(middle - 7), round(x), round(middle + 7))
        for colour, until in ((tokens.strong, recording.seconds), (tokens.accent, self._player.time)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(6, round(middle - 2), max(round(self._x(until)) - 6, 1), 4, 2, 2)
        painter.setBrush(QColor(tokens.accent))
        painter.drawEllipse(round(self._x(self._player.time)) - 6, round(middle) - 6, 12, 12)
        if self.ring:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _seek_to(self, x: float) -> None:
        share = (x - 6) / max(self.width() - 12, 1)
        self.sought.emit(min(max(share, 0.0), 1.0) * self._player.recording.seconds)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._seek_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a click here is no click on the picture

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {"Left": -JUMP, "Right": JUMP}.get(key_press(event).name)
        if by is None:
            super().keyPressEvent(event)
        else:
            self.sought.emit(self._player.time + by)
