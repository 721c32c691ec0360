"""The countdown on the console: what is left of it, its lap, and what starts, pauses, changes and ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from atelier.commands.table import BY_ID
from atelier.foundation.translation import _
from atelier.talk.countdown import figure
from atelier.windows.console.strip import ToolButton
from atelier.windows.controls import figures, label, restyle
from atelier.windows.notice import announce
from atelier.windows.style import font

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.talk.countdown import Countdown
    from atelier.talk.session import Talk
    from atelier.windows.icons import Icons

SPACING: Final = 8
TITLE: Final = 150
"""Pixels that the title of the frame may take."""


class CountdownBar(QWidget):
    """Follows what `talk` counts down, and is hidden while that is nothing. `run` runs a command."""

    def __init__(self, talk: Talk, icons: Icons, run: Callable[[str], object]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._talk = talk
        self._icons = icons
        self._run = run
        self._said = ""
        self._icon = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(_("Countdown"))
        self.left = figures(strength="600")
        self.left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.title = label("", "strong")
        self.state = label("", "small")
        self._words = QWidget()
        self._words.setObjectName("plain")
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self.title)
        words.addWidget(self.state)
        words.addStretch()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACING)
        self._row.addWidget(self.left)
        self._row.addWidget(self._words)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        self.pause = self._tool(tools, "countdown.toggle")
        self.less = self._tool(tools, "countdown.less", _("\N{MINUS SIGN}1 min"))
        self.more = self._tool(tools, "countdown.more", _("+1 min"))
        self.back = self._tool(tools, "countdown.stop")
        self._row.addLayout(tools)
        self.set_compact(compact=False)
        self.hide()

    def _tool(self, row: QHBoxLayout, id_: str, words: str = "") -> ToolButton:
        button = ToolButton(id_, words, key=False)
        button.for_command(id_).when_clicked(lambda: self._pressed(id_))
        button.setAccessibleName(_(BY_ID[id_].title))
        if words:
            button.setIconSize(QSize(0, 0))
            button.show_as(words=True, key=False)
        else:
            self._icons.dress(button, BY_ID[id_].icon, "text", 20)
        row.addWidget(button)
        return button

    def _pressed(self, id_: str) -> None:
        self._run(id_)

    def set_compact(self, *, compact: bool) -> None:
        """Smaller figures, for a small screen."""
        restyle(self.left, figures="22" if compact else "27")

    def fit(self, room: int) -> None:
        """Takes `room` pixels at most: with few words, with none, then without what gives and takes minutes, which keys
        do.
        """
        counted = self._talk.state.counted
        if counted is None:
            return
        now, here = self._talk.now, counted.countdown
        for words, brief, minutes in (
            (True, False, True),
            (True, True, True),
            (False, True, True),
            (False, True, False),
        ):
            self.title.setHidden(brief)
            self.state.setText(_state(here, now, brief=brief))
            self._words.setVisible(words and bool(self.state.text()))
            self.less.setVisible(minutes)
            self.more.setVisible(minutes)
            for tool in (self.pause, self.less, self.more, self.back):
                tool.updateGeometry()
            self._row.invalidate()
            if self._row.sizeHint().width() <= room:
                return

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)  # the window is not made wider by what comes and goes here

    def refresh(self) -> None:
        """Shows the countdown as it is now."""
        counted = self._talk.state.counted
        self.setVisible(counted is not None)
        if counted is None:
            self._said = ""
            return
        now, here = self._talk.now, counted.countdown
        over = here.over(now)
        left = figure(here.lap_left(now))
        if left != self.left.text():
            self.left.setText(left)
            # as wide as it will be in the next seconds: nothing beside it moves
            width = self.left.fontMetrics().horizontalAdvance("0" * len(left.replace(":", "")) + ":" * left.count(":"))
            self.left.setFixedWidth(max(width + 4, self.left.minimumWidth() if len(left) == 4 else 0))
        dim = here.paused and not over
        if (self.left.property("dim"), self.left.property("tint")) != (dim, "warn" if over else ""):
            restyle(self.left, dim=dim, tint="warn" if over else "")
        frame = self._talk.ground.deck.frame(counted.frame)
        title = frame.title if frame is not None else counted.frame
        self.title.setText(QFontMetrics(font(13, 600)).elidedText(title, Qt.TextElideMode.ElideRight, TITLE))
        state = _state(here, now)
        self.setToolTip(_("Countdown of “{title}”: {state}").format(title=title, state=state))
        self._dress(counts=not here.paused and not over)
        self._say(f"{title}, {state}")

    def _dress(self, *, counts: bool) -> None:
        icon = "pause" if counts else "play"
        if icon != self._icon:
            self._icon = icon
            self._icons.dress(self.pause, icon, "text", 20)

    def _say(self, words: str) -> None:
        """Reads aloud what changed but the seconds."""
        if words != self._said:
            self._said = words
            announce(self, words)


def _state(here: Countdown, now: float, *, brief: bool = False) -> str:
    """In words, what the figures do not say; `brief` says only what is not to be seen otherwise."""
    if here.over(now):
        return _("time is up")
    lap, count = here.lap(now) + 1, len(here.laps)
    if brief:
        return f"{lap}/{count}" if count > 1 else _("paused") if here.paused else ""
    words = _("countdown paused") if here.paused else _("counts down")
    return _("{state}, lap {n} of {total}").format(state=words, n=lap, total=count) if count > 1 else words
