"""How an article would begin, read by the program as a process of its own: it takes a second, and windows go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from atelier.app.latest_run import LatestRun
from atelier.windows.export.article_page import read_beginning

if TYPE_CHECKING:
    from collections.abc import Sequence


class ArticlePreview(QObject):
    """Reads the article of the last command asked for."""

    ready = Signal(object)
    """An `ArticleBeginning`."""
    failed = Signal(object)
    """A `Failure`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = LatestRun(self)
        self._run.answered.connect(self._on_answered)
        self._run.failed.connect(self.failed)

    def ask(self, arguments: Sequence[str]) -> None:
        """Asks for what `atelier` with these would write, in place of what was asked for before."""
        self._run.ask([*arguments, "--preview"])

    def close(self) -> None:
        self._run.close()

    def _on_answered(self, said: object) -> None:
        beginning = read_beginning(said)
        if beginning is not None:
            self.ready.emit(beginning)
