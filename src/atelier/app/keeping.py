"""Keeps a talk on disk while it is given, and finds the one to go on with."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from atelier.talk.kept import cut_off, journal_for, new_talk_file, resumed_journal, state_of
from atelier.windows.ground import talk_over

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.render.scene import Scene
    from atelier.talk.events import Event
    from atelier.talk.kept import KeptTalk
    from atelier.talk.navigation import Position
    from atelier.talk.plan import Plan
    from atelier.talk.session import Talk

ALIVE = 10_000
"""Milliseconds between two notes in the journal that the talk goes on."""


class TalkKeeper(QObject):
    """Makes the talk over `scene`, of the deck in `file`, and keeps everything that happens in it.

    The talk begins along `path`, or goes on where `resume` was left off; raises InputError where that cannot be read.
    One that is not `kept` is on no disk: nobody gives it.
    """

    trouble = Signal(str)
    """Why the talk cannot be kept for the moment; empty when it can again."""

    def __init__(
        self,
        scene: Scene,
        file: Path,
        *,
        path: str,
        language: str,
        resume: KeptTalk | None,
        rehearsal: bool = False,
        kept: bool = True,
    ) -> None:
        super().__init__()
        self._file = file
        before = state_of(resume.file) if resume is not None else None
        if resume is not None:
            self._journal = resumed_journal(resume, self.trouble.emit)
        else:
            deck = scene.deck
            self._journal = journal_for(deck.title, file, len(deck.frames), time.time(), self.trouble.emit)
        self.talk: Talk = talk_over(scene, self._journal.record if kept else None)
        self.talk.listen(self._on_event)
        self._plan: Plan | None = None
        self.resumed = before is not None
        if before is not None:
            self.talk.resume(before)
        else:
            self.talk.begin(path, language, rehearsal=rehearsal)
        self._alive = QTimer(self, interval=ALIVE)
        self._alive.timeout.connect(self.talk.keep_alive)
        self._alive.start()

    def to_go_on_with(self) -> KeptTalk | None:
        """The talk of this deck that was cut off not long ago, as long as this one has not begun."""
        begun = self.talk.moved or self.talk.state.clock.started
        return None if self.resumed or begun else cut_off(self._file, time.time())

    def go_on_with(self, talk: KeptTalk) -> None:
        """Goes on with another talk, in its journal; raises InputError where it cannot be read."""
        state = state_of(talk.file)
        self._journal.close()
        self._journal = resumed_journal(talk, self.trouble.emit)
        self.talk.record_in(self._journal.record)
        self.resumed = True
        self.talk.resume(state)

    @property
    def deck(self) -> Path:
        """The deck's file, absolute."""
        return self._file

    @property
    def file(self) -> Path:
        """The journal."""
        return self._journal.file

    @property
    def waits(self) -> bool:
        """Whether something is not on disk yet."""
        return self._journal.waits

    def flush(self) -> bool:
        """Waits until all is on disk; whether it is."""
        return self._journal.flush()

    def retry(self) -> None:
        """Tries at once to write what could not be written."""
        self._journal.retry()

    def keep_in(self, folder: Path) -> None:
        """Keeps the talk in another folder from now on, with all of it so far."""
        self._journal.move_to(folder / new_talk_file(self.talk.ground.deck.title, time.time()).name)

    def end(self) -> None:
        """Ends the talk and writes what is left."""
        self._alive.stop()
        self.talk.end()
        self._journal.close()

    def _on_event(self, event: Event, before: Position) -> None:  # noqa: ARG002 - a listener's
        state = self.talk.state
        if state.clock.started and not state.ended and self.talk.plan is not self._plan:
            self._plan = self.talk.plan
            self.talk.keep_plan()
        self._journal.describe(state, self.talk.plan.total if state.clock.started else 0.0)
