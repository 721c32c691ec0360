"""What comes next otherwise than the path says: a frame made next, frames left out and taken in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.commands.keymap import in_use
from atelier.commands.keys import chord_text
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.commands.dispatch import Dispatcher
    from atelier.talk.session import Talk


class PathChanges:
    """Changes `talk`; `tell` says to the speaker what was done, and a hint."""

    def __init__(self, talk: Talk, tell: Callable[[str, str], None]) -> None:
        self._talk = talk
        self._tell = tell

    def bind(self, commands: Dispatcher) -> None:
        """Gives the commands their acts where no frame can be chosen first."""
        commands.bind("talk.leave-out", self._leave_out)
        commands.bind("talk.take-in", self._take_in)

    def make_next(self, frame: int) -> None:
        """Has *next* lead to a frame once, and from there on along the path; says so, and how to take it back."""
        canvas = self._talk.ground.canvas
        if self._talk.make_next(canvas.page_of.get(frame, canvas.place_of[frame])):
            key = in_use().first_key("history.return")
            hint = _("{key} takes it back").format(key=chord_text(key)) if key else ""
            self._tell(_("Next: “{title}”").format(title=self._title(frame)), hint)

    def _leave_out(self) -> None:
        frame = self._talk.next_to_leave_out()
        if frame is None:
            self._tell(_("Only what is still to come can be left out."), "")
            return
        self._talk.drop((frame,))
        self._tell(_("“{title}” is left out").format(title=self._title(frame)), "")

    def _take_in(self) -> None:
        frame = self._talk.dropped_last()
        if frame is None:
            self._tell(_("Nothing is left out."), "")
            return
        self._talk.restore((frame,))
        self._tell(_("“{title}” is in again").format(title=self._title(frame)), "")

    def _title(self, frame: int) -> str:
        return self._talk.ground.deck.frames[frame].title
