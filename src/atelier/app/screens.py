"""Which window is on which screen, also when screens come and go.

The audience window never lies on the console, and no window is left where nobody sees it. What somebody chose is
remembered for each set of screens; a set that is not known is asked about, and nothing changes before the answer.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from atelier.foundation.errors import AtelierError, UsageError
from atelier.foundation.settings import load_settings, save_settings
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from atelier.windows.stage import Stage

MOST_SETS = 40
"""Sets of screens that are remembered."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The screens of both windows by their names; `console` is empty where there is one screen."""

    audience: str
    console: str = ""


def name_of(screen: QScreen) -> str:
    """What a screen is called: its maker's name for it where it gives one, else its socket."""
    made = " ".join(part for part in (screen.manufacturer(), screen.model()) if part).strip()
    return made or screen.name()


def arranged(
    names: Sequence[str], primary: str, remembered: Mapping[str, str], wanted: str = ""
) -> tuple[Arrangement, bool]:
    """Where windows go with these screens, and whether somebody chose it: `wanted` now, or `remembered` from before.

    Left to itself, the room gets the first screen that is not the primary one.
    """
    if len(names) == 1:
        return Arrangement(names[0]), True
    known = remembered.get(set_of(names), "")
    chosen = wanted if wanted in names else known if known in names else ""
    audience = chosen or next((name for name in names if name != primary), names[0])
    others = [name for name in names if name != audience]
    console = primary if primary in others else others[0]
    return Arrangement(audience, console), bool(chosen)


def set_of(names: Sequence[str]) -> str:
    """What a set of screens is remembered under."""
    return " + ".join(sorted(names))


class Screens(QObject):
    """Keeps the stage and the console on their screens. `wanted` names the one for the room, or a part of its name.

    Raises UsageError where no screen is called so.
    """

    proposed = Signal(str, str)
    """A screen that was plugged in: what to say, and its name for `show_room_on`."""
    room_lost = Signal(str)
    """The screen the room looked at is gone: its name. `room` is where the picture is now, if anywhere."""
    room_moved = Signal(str)
    """The room's picture is on this screen now."""

    def __init__(self, stage: Stage, wanted: str = "", *, windowed: bool = False) -> None:
        super().__init__(stage)
        self._stage = stage
        self._windowed = windowed
        self._console: QWidget | None = None
        self._wanted = self._named(wanted) if wanted else ""
        self._console_in_front = False
        self._room = ""
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._on_added)
            application.screenRemoved.connect(self._on_removed)

    @property
    def room(self) -> str:
        """The screen the room looks at; empty while nobody sees the picture."""
        return self._room

    @property
    def several(self) -> bool:
        return len(QGuiApplication.screens()) > 1

    def place_stage(self) -> None:
        """Puts the stage on the room's screen, before it is shown."""
        arrangement, _chosen = self._arrangement()
        self._put(self._stage, arrangement.audience)
        self._room = arrangement.audience
        if arrangement.console:
            self._wanted = arrangement.audience

    def set_console(self, console: QWidget) -> None:
        """Shows the console on its screen, or behind the stage where there is one screen only."""
        self._console = console
        self._apply()

    def show_room_on(self, name: str) -> None:
        """Shows the room's picture on a screen, and remembers it for this set of screens."""
        self._wanted = name
        self._remember(name)
        self._apply()

    def swap(self) -> None:
        """Changes the two windows over; on one screen, brings the other one to the front."""
        if self._console is None:
            return
        if not self.several:
            self._console_in_front = not self._console_in_front
            self._apply()
            return
        arrangement, _chosen = self._arrangement()
        self.show_room_on(arrangement.console)

    # ------------------------------------------------------------------ inside

    def _arrangement(self) -> tuple[Arrangement, bool]:
        names = [name_of(screen) for screen in QGuiApplication.screens()]
        primary = name_of(QGuiApplication.primaryScreen())
        return arranged(names, primary, dict(load_settings().screens), self._wanted)

    def _apply(self) -> None:
        arrangement, _chosen = self._arrangement()
        console = self._console
        if self._windowed:
            self._stage.show()
            if console is not None:
                console.show()
                console.activateWindow()
        elif arrangement.console and console is not None:
            self._put(self._stage, arrangement.audience)
            self._put(console, arrangement.console)
            self._stage.show()
            console.showMaximized()
            console.activateWindow()
        elif console is not None and self._console_in_front:
            self._put(console, arrangement.audience)
            console.showMaximized()
            self._stage.hide()
            console.activateWindow()
        else:
            self._put(self._stage, arrangement.audience)
            self._stage.show()
            if console is not None:
                console.hide()
            self._stage.activateWindow()
        if arrangement.console and not self._wanted:
            self._wanted = arrangement.audience  # it comes back there by itself
        room = arrangement.audience if self._stage.isVisible() else ""
        if room != self._room:
            self._room = room
            self.room_moved.emit(room)

    def _put(self, window: QWidget, name: str) -> None:
        """Has a window fill the screen of that name, or lie on it where it is no full-screen window."""
        screen = next((each for each in QGuiApplication.screens() if name_of(each) == name), None)
        if screen is None or (window.screen() is screen and window.isVisible()):
            return
        full = bool(window.windowState() & Qt.WindowState.WindowFullScreen)
        shown = window.isVisible()
        if shown:  # a window manager moves none that fills a screen
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
        window.setScreen(screen)
        window.setGeometry(screen.geometry() if full else screen.availableGeometry())
        if full:
            window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)

    def _on_added(self, screen: QScreen) -> None:
        arrangement, chosen = self._arrangement()
        if chosen:
            self._apply()
            return
        name = arrangement.audience if arrangement.audience == name_of(screen) else name_of(screen)
        message = _("“{name}” was plugged in, {width} × {height}.").format(
            name=name, width=screen.size().width(), height=screen.size().height()
        )
        self.proposed.emit(message, name)

    def _on_removed(self, screen: QScreen) -> None:
        lost = name_of(screen)
        was_room = lost == self._room and self._console is not None and bool(QGuiApplication.screens())
        if was_room:
            # on one screen the console stays where it is, and the room's picture waits for another
            self._console_in_front = True
        self._apply()
        if was_room:
            self.room_lost.emit(lost)

    def _named(self, wanted: str) -> str:
        names = [name_of(screen) for screen in QGuiApplication.screens()]
        matches = [name for name in names if wanted.casefold() in name.casefold()]
        if not matches:
            message = _("No screen is called “{name}”.").format(name=wanted[:80])
            hint = did_you_mean(wanted, names) or _("The screens are: {names}.").format(names=", ".join(names))
            raise UsageError(message, hint)
        return wanted if wanted in matches else matches[0]

    def _remember(self, audience: str) -> None:
        names = [name_of(screen) for screen in QGuiApplication.screens()]
        settings = load_settings()
        others = [pair for pair in settings.screens if pair[0] != set_of(names)]
        with contextlib.suppress(AtelierError):  # a read-only home keeps nobody from presenting
            save_settings(replace(settings, screens=((set_of(names), audience), *others)[:MOST_SETS]))
