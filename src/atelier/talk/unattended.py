"""Unattended play, for a stand or a waiting room: when the next step is due. Nothing here waits or moves anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atelier.deck.types import View
from atelier.talk.events import Moved, PathChosen

if TYPE_CHECKING:
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Ground, Talk

USUAL: Final = 8.0
"""Seconds at a stop that says nothing."""
REST: Final = 30.0
"""Seconds without a key or a click after which it goes on."""
SHORTEST: Final = 1.0
"""Seconds that a step is shown at least."""


def seconds_at(ground: Ground, talk: Talk, here: Position) -> float:
    """How long one step is shown at a position: what its stop says, its planned minutes, or else the usual.

    All steps and pages of a stop share that, the section and the page of a long frame included.
    """
    frame = ground.canvas.places[here.place].frame
    minutes = ground.deck.frames[frame].minutes
    whole = USUAL if not minutes else minutes * 60.0
    places = {here.place}
    if here.on_path:
        stop = talk.route[here.stop]
        whole = stop.hold if stop.hold is not None else whole
        places = {each.place for each in talk.route if each.stop == stop.stop and each.frame == stop.frame}
    shown = 1
    if here.view is View.FRAME:
        shown = sum(sum(ground.steps(place) or (0,)) + len(ground.steps(place) or (0,)) for place in places)
    return max(whole / shown, SHORTEST)


class Unattended:
    """Says when the talk should go on. Moments are those of the talk's clock, seconds since 1970."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._since = talk.now
        self._rests_until: float | None = None
        talk.listen(self._on_event)

    def end(self) -> None:
        """Follows the talk no longer."""
        self._talk.listen_no_more(self._on_event)

    @property
    def resting(self) -> bool:
        """Whether somebody was at it a moment ago."""
        return self._rests_until is not None and self._talk.now < self._rests_until

    def touch(self) -> None:
        """A key was pressed, or the pointer: it waits until nobody does."""
        self._rests_until = self._talk.now + REST

    def wait(self) -> float:
        """Seconds until the next step is due; 0 when it is."""
        due = self._since + seconds_at(self._talk.ground, self._talk, self._talk.position)
        if self._rests_until is not None:
            due = max(due, self._rests_until)
        return max(due - self._talk.now, 0.0)

    def advance(self) -> None:
        """Goes on, after the last stop from the first one again; the room gets its picture back."""
        self._rests_until = None
        self._since = self._talk.now
        self._talk.uncover()
        self._talk.show_link("")
        if self._talk.state.frozen:
            self._talk.freeze()
        self._talk.roll_on()

    def _on_event(self, event: Event, before: Position) -> None:  # noqa: ARG002 - a listener's
        if isinstance(event, Moved | PathChosen):
            self._since = self._talk.now
