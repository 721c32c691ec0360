"""The program asked as a process of its own, again and again while somebody types: the last question alone counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from atelier.app.program_run import ProgramRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.app.program_run import Ended

SOON: Final = 120
"""Milliseconds in which several questions count as one."""


class LatestRun(QObject):
    """Runs `atelier` with what it was asked last, and drops what it was asked before."""

    answered = Signal(object)
    """What the run has said, its JSON."""
    failed = Signal(object)
    """A `Failure`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[str, ...] = ()
        self._answered: tuple[str, ...] = ()
        self._running: tuple[str, ...] = ()
        self._said: object = None
        self._run = ProgramRun(self)
        self._run.ended.connect(self._on_ended)
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._soon.timeout.connect(self._ask)

    def ask(self, arguments: Sequence[str]) -> None:
        """Asks for what `atelier` with these says, in place of what was asked for before; the last answer is given
        again where it is the same question.
        """
        self._wanted = tuple(arguments)
        self._soon.start()

    def close(self) -> None:
        """Asks no more, and waits until what runs has ended."""
        self._soon.stop()
        self._wanted = self._answered = ()
        self._run.close()

    def _ask(self) -> None:
        if not self._wanted:
            return
        if self._run.runs:
            if self._running != self._wanted:
                self._run.cancel()  # and `_on_ended` goes on with what is wanted now
            return
        if self._wanted == self._answered:
            self.answered.emit(self._said)
            return
        self._running = self._wanted
        self._run.start(self._wanted)

    def _on_ended(self, ended: Ended) -> None:
        if ended.cancelled or self._running != self._wanted:
            self._ask()
        elif ended.failure is None:
            self._answered, self._said = self._running, ended.said
            self.answered.emit(ended.said)
        else:
            self._answered = ()
            self.failed.emit(ended.failure)
