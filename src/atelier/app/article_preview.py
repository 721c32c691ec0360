"""How an article would begin, read by the program as a process of its own: it takes a second, and windows go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from atelier.app.program_run import ProgramRun
from atelier.windows.export.article_page import read_beginning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.app.program_run import Ended

SOON: Final = 120
"""Milliseconds in which several changes count as one."""


class ArticlePreview(QObject):
    """Reads the article of the last command asked for."""

    ready = Signal(object)
    """An `ArticleBeginning`."""
    failed = Signal(object)
    """A `Failure`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[str, ...] = ()
        self._shown: tuple[str, ...] = ()
        self._running: tuple[str, ...] = ()
        self._run = ProgramRun(self)
        self._run.ended.connect(self._on_ended)
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._soon.timeout.connect(self._read)

    def ask(self, arguments: Sequence[str]) -> None:
        """Asks for what `atelier` with these would write, in place of what was asked for before."""
        self._wanted = tuple(arguments)
        self._soon.start()

    def close(self) -> None:
        self._soon.stop()
        self._wanted = ()
        self._run.close()

    def _read(self) -> None:
        if self._wanted == self._shown or not self._wanted:
            return
        if self._run.runs:
            if self._running != self._wanted:
                self._run.cancel()  # and `_on_ended` goes on with what is wanted now
            return
        self._running = self._wanted
        self._run.start([*self._wanted, "--preview"])

    def _on_ended(self, ended: Ended) -> None:
        if self._running != self._wanted:
            self._read()
            return
        beginning = read_beginning(ended.said)
        if beginning is not None:
            self._shown = self._running
            self.ready.emit(beginning)
        elif ended.failure is not None:
            self._shown = ()
            self.failed.emit(ended.failure)
