"""How far long work is: its words, the time left, a bar, and the way out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from atelier.foundation.progress import left_in_words, time_left
from atelier.foundation.translation import _
from atelier.windows.choices import WorkBar
from atelier.windows.controls import Button, label
from atelier.windows.notice import announce

if TYPE_CHECKING:
    from atelier.foundation.run_messages import Progress


class WorkLine(QWidget):
    """Shows one piece of work after the other."""

    cancelled = Signal()

    def __init__(self, cancelling: str = "") -> None:
        """`cancelling` is what is said while it is being ended."""
        super().__init__()
        self.setObjectName("plain")
        self._cancelling = cancelling or _("Cancelling: what is not whole is taken away")
        self._started = 0.0
        self._what = ""
        self.words = label(kind="small")
        self.bar = WorkBar()
        self.cancel_button = Button(_("Cancel")).when_clicked(self.cancelled.emit)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(column, 1)
        row.addWidget(self.cancel_button)

    def begin(self, what: str) -> None:
        """Another piece of work starts; nothing is known of it yet."""
        self._started, self._what = time.monotonic(), what
        self.cancel_button.setEnabled(True)
        self._say(what)
        self.bar.show_share(0.0)
        announce(self, what)

    def show_progress(self, progress: Progress) -> None:
        left = left_in_words(time_left(time.monotonic() - self._started, progress.done, progress.total))
        counted = _("{what}: {count}").format(what=self._what, count=progress.words)
        self._say(f"{counted} · {left}" if left else counted)
        self.bar.show_share(progress.done / progress.total if progress.total else 0.0)

    def show_cancelling(self) -> None:
        """Says that it is being ended."""
        self.cancel_button.setEnabled(False)
        self._say(self._cancelling)

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.bar.setAccessibleName(words)
