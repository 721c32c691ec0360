"""What of a deck stays with its author: a line, and the whole report in its place when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.windows.controls import Button, Elided, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.windows.export.article_page import ArticleBeginning
    from atelier.windows.icons import Icons


class StaysLine(QFrame):
    """One sentence, shorter where there is no room; the button is there where there is something to read."""

    report_asked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("kind", "ok")
        icon = label()
        icons.dress(icon, "shield-check", "ok", 18)
        self.words = Elided("strong")
        self.button = Button(_("See the report"), "link").when_clicked(self.report_asked.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        row.setSpacing(10)
        row.addWidget(icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_article(self, article: ArticleBeginning) -> None:
        """What stays of the deck that an article is of."""
        lines = article.stays
        self.words.set_words(_sentence(lines), article.stays_briefly)
        self.button.setVisible(len(lines) > 1)
        self.setVisible(bool(lines))


class StaysRow(QWidget):
    """The same in a panel, without a ground of its own: in one or two lines, or briefly."""

    report_asked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._sentence = self._briefly = ""
        self._low = False
        icon = label()
        icons.dress(icon, "shield-check", "ok", 18)
        self.words = label(kind="small", wrap=True)
        self.button = Button(_("Report"), "link").when_clicked(self.report_asked.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def set_low(self, *, low: bool) -> None:
        """Does with one line."""
        self._low = low
        self._say()

    def show_article(self, article: ArticleBeginning) -> None:
        """What stays of the deck that an article is of."""
        self._sentence, self._briefly = _sentence(article.stays), article.stays_briefly
        self.button.setVisible(len(article.stays) > 1)
        self.setVisible(bool(article.stays))
        self._say()

    def _say(self) -> None:
        self.words.setWordWrap(not self._low)
        self.words.setText((self._low and self._briefly) or self._sentence)
        self.words.setAccessibleName(self._sentence)


class StaysReport(QWidget):
    """Everything that is left out or replaced, with file and line."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._title = Elided("panel-title")
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setMinimumHeight(32)
        self.lines.setProperty("dense", True)
        self.lines.setTabChangesFocus(True)
        self.lines.setAccessibleName(_("What stays here"))
        self.button = Button(_("Back")).when_clicked(self.closed.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.lines, 1)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)

    def show_article(self, article: ArticleBeginning) -> None:
        """All that stays of the deck that an article is of."""
        lines = article.stays
        self._title.set_words(_sentence(lines), article.stays_briefly)
        self.lines.setPlainText("\n".join(lines[1:]))


def _sentence(lines: Sequence[str]) -> str:
    first = next(iter(lines), "")
    return first[:1].upper() + first[1:]
