"""Escape twice ends a talk: the two seconds between the first and the second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS: Final = 2
"""Within which a second Escape ends."""
TICK: Final = 1000
"""Milliseconds."""


class Leaving(QObject):
    """Counts down where the speaker looks: `tell` says how long is left, `hush` takes it away again."""

    def __init__(self, parent: QObject, tell: Callable[[str], None], hush: Callable[[], None]) -> None:
        super().__init__(parent)
        self._tell = tell
        self._hush = hush
        self._left = 0
        self._ticks = QTimer(self, interval=TICK)
        self._ticks.timeout.connect(self._on_tick)

    @property
    def left(self) -> int:
        """Seconds in which a second press ends; 0 before the first one."""
        return self._left

    def press(self) -> bool:
        """A press of Escape that closes nothing else; whether it was the second one."""
        if self._left:
            self.stop()
            return True
        self._left = SECONDS
        self._ticks.start()
        self._say()
        return False

    def stop(self) -> None:
        """Somebody did something else: the next press is a first one again."""
        if self._left:
            self._left = 0
            self._ticks.stop()
            self._hush()

    def _on_tick(self) -> None:
        if self._left > 1:
            self._left -= 1
            self._say()
        else:
            self.stop()

    def _say(self) -> None:
        self._tell(_("Esc again within {n} s ends the talk").format(n=self._left))
