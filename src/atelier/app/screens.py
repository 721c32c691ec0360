"""Which window is on which screen, also when screens come and go.

The audience window never lies on the console, and no window is left where nobody sees it. What somebody chose is
remembered for each set of screens; a set that is not known is asked about, and nothing changes before the answer.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from atelier.foundation.errors import AtelierError, UsageError
from atelier.foundation.settings import load_settings, save_settings
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from atelier.foundation.settings import Settings
    from atelier.windows.stage import Stage

USUAL = QSize(1440, 900)
"""Pixels of a console that is a window among others."""
MOST_SETS = 40
"""Sets of screens that are remembered."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The screens of both windows by their names; `console` is empty where there is one screen."""

    audience: str
    console: str = ""


NOWHERE = Arrangement("")


def remembered(settings: Settings) -> dict[str, Arrangement]:
    """What somebody chose before, by the set of screens."""
    return {known: Arrangement(room, console) for known, room, console in settings.screens}


def by_name(screens: Sequence[QScreen]) -> dict[str, QScreen]:
    """Screens by what they are called: the maker's name where there is one, else the socket; both for two alike."""
    made = [" ".join(part for part in (each.manufacturer(), each.model()) if part) for each in screens]
    return {
        f"{words}, {each.name()}" if made.count(words) > 1 and words else words or each.name(): each
        for words, each in zip(made, screens, strict=True)
    }


def arranged(
    names: Sequence[str], primary: str, remembered: Mapping[str, Arrangement], wanted: Arrangement = NOWHERE
) -> tuple[Arrangement, bool]:
    """Where windows go with these screens, and whether somebody chose the room's: `wanted` now, or `remembered` from
    before, by the set of screens.

    Left to itself, the room gets the first screen that is not the primary one.
    """
    if len(names) < 2:
        return Arrangement(names[0] if names else ""), True
    known = remembered.get(set_of(names), NOWHERE)
    chosen = next((each.audience for each in (wanted, known) if each.audience in names), "")
    audience = chosen or next((name for name in names if name != primary), names[0])
    others = [name for name in names if name != audience]
    mine = (wanted.console, known.console, primary)
    console = next((name for name in mine if name in others), others[0])
    return Arrangement(audience, console), bool(chosen)


def set_of(names: Sequence[str]) -> str:
    """What a set of screens is remembered under."""
    return " + ".join(sorted(names))


class Screens(QObject):
    """Keeps the stage and the console on their screens. `wanted` names the one for the room, or a part of its name.

    With `windowed`, both are windows that stay where people put them. Raises UsageError where no screen is called so.
    """

    proposed = Signal(str, str)
    """A screen that was plugged in: what to say, and its name for `show_room_on`."""
    room_lost = Signal(str)
    """The screen the room looked at is gone: its name. `room` is where the picture is now, if anywhere."""
    set_changed = Signal()
    """There are other screens than before; windows are where they belong by now."""
    room_moved = Signal(str)
    """The room's picture is on this screen now."""

    def __init__(self, stage: Stage, wanted: str = "", *, windowed: bool = False) -> None:
        super().__init__(stage)
        self._stage = stage
        self._windowed = windowed
        self._console: QWidget | None = None
        self._wanted = Arrangement(self._named(wanted)) if wanted else NOWHERE
        self._console_in_front = False
        self._room = ""
        self._sockets: dict[str, str] = {}
        """The sockets of the screens there were at the last look, by what the screens are called."""
        self._application = QGuiApplication.instance() if not windowed else None
        if isinstance(self._application, QGuiApplication):
            self._application.screenAdded.connect(self._on_added)
            self._application.screenRemoved.connect(self._on_removed)

    @property
    def room(self) -> str:
        """The screen the room looks at; empty while nobody sees the picture."""
        return self._room

    @property
    def set_name(self) -> str:
        """What the screens there are now are remembered under."""
        return set_of(self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """What the screens there are now are called."""
        return tuple(by_name(QGuiApplication.screens()))

    @property
    def arrangement(self) -> Arrangement:
        """Where the windows belong with the screens there are now."""
        return self._arrangement()[0]

    @property
    def apart(self) -> bool:
        """Whether room and speaker each have a screen of their own."""
        return len(QGuiApplication.screens()) > 1 and not self._windowed

    def place_stage(self) -> None:
        """Puts the stage on the room's screen, before it is shown."""
        arrangement, _chosen = self._arrangement()
        if self._windowed and not self._wanted.audience:
            return
        self._put(self._stage, arrangement.audience)
        self._room = arrangement.audience
        if arrangement.console:
            self._wanted = arrangement

    def set_console(self, console: QWidget) -> None:
        """Shows the console on its screen, or behind the stage where there is one screen only."""
        self._console = console
        self._apply()

    def show_room_on(self, name: str) -> None:
        """Shows the room's picture on a screen, and remembers it for this set of screens. From the console's screen,
        the console goes to where the picture was.
        """
        now = self.arrangement
        self._choose(Arrangement(name, now.audience if name == now.console else now.console))

    def show_console_on(self, name: str) -> None:
        """The same for the console: from the room's screen, the picture goes to where the console was."""
        now = self.arrangement
        self._choose(Arrangement(now.console if name == now.audience else now.audience, name))

    def _choose(self, arrangement: Arrangement) -> None:
        self._wanted = arrangement
        self._remember(arrangement)
        self._apply()

    def swap(self) -> None:
        """Changes the two windows over; where they share a screen, brings the other one to the front."""
        if self.apart:
            self.show_room_on(self.arrangement.console)
        elif self._windowed and self._console is not None and self._console.isActiveWindow():
            self._stage.activateWindow()
        else:
            self._console_in_front = not self._console_in_front
            self._apply()

    def bring_console(self) -> None:
        """Has the console seen, in front of the room's picture where they share a screen."""
        self._console_in_front = True
        self._apply()

    def release(self) -> None:
        """Lets go of the windows: the talk has ended."""
        if isinstance(self._application, QGuiApplication):
            self._application.screenAdded.disconnect(self._on_added)
            self._application.screenRemoved.disconnect(self._on_removed)
        self._application = self._console = None

    # ------------------------------------------------------------------ inside

    def _arrangement(self) -> tuple[Arrangement, bool]:
        screens = by_name(QGuiApplication.screens())
        self._sockets = {name: screen.name() for name, screen in screens.items()}
        first = QGuiApplication.primaryScreen()
        primary = next((name for name, screen in screens.items() if screen is first), "")
        return arranged([*screens], primary, remembered(load_settings()), self._wanted)

    def _apply(self) -> None:
        arrangement, _chosen = self._arrangement()
        console = self._console
        if self._windowed:
            self._show_windows()
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
        if arrangement.console and not self._wanted.audience:
            self._wanted = arrangement  # it comes back there by itself
        room = arrangement.audience if self._stage.isVisible() else ""
        if room != self._room:
            self._room = room
            self.room_moved.emit(room)

    def _show_windows(self) -> None:
        self._stage.show()
        if self._console is None:
            return
        if not self._console.isVisible():
            self._console.resize(USUAL.boundedTo(self._stage.screen().availableSize()))
        self._console.show()
        self._console.activateWindow()

    def _put(self, window: QWidget, name: str) -> None:
        """Has a window fill the screen of that name, or lie on it where it is no full-screen window."""
        screen = by_name(QGuiApplication.screens()).get(name)
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
        _arrangement, chosen = self._arrangement()
        if chosen:
            self._apply()
            self.set_changed.emit()
            return
        self.set_changed.emit()
        name = next(name for name, socket in self._sockets.items() if socket == screen.name())
        message = _("“{name}” was plugged in, {width} × {height}.").format(
            name=name, width=screen.size().width(), height=screen.size().height()
        )
        self.proposed.emit(message, name)

    def _on_removed(self, screen: QScreen) -> None:
        lost = next((name for name, socket in self._sockets.items() if socket == screen.name()), screen.name())
        was_room = lost == self._room and self._console is not None and bool(QGuiApplication.screens())
        if was_room:
            # on one screen the console stays where it is, and the room's picture waits for another
            self._console_in_front = True
        self._apply()
        self.set_changed.emit()
        if was_room:
            self.room_lost.emit(lost)

    def _named(self, wanted: str) -> str:
        names = [*by_name(QGuiApplication.screens())]
        matches = [name for name in names if wanted.casefold() in name.casefold()]
        if not matches:
            message = _("No screen is called “{name}”.").format(name=wanted[:80])
            hint = did_you_mean(wanted, names) or _("The screens are: {names}.").format(names=", ".join(names))
            raise UsageError(message, hint)
        return wanted if wanted in matches else matches[0]

    def _remember(self, chosen: Arrangement) -> None:
        settings, known = load_settings(), self.set_name
        others = [row for row in settings.screens if row[0] != known]
        with contextlib.suppress(AtelierError):  # a read-only home keeps nobody from presenting
            save_settings(replace(settings, screens=((known, chosen.audience, chosen.console), *others)[:MOST_SETS]))
