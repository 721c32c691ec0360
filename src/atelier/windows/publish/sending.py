"""What is going to be sent: its title, how much of it there is, in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from atelier.foundation.translation import _, ngettext
from atelier.windows.choices import Choice
from atelier.windows.controls import Elided, label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.windows.export.article_page import ArticleBeginning
    from atelier.windows.tokens import Tokens

ALL: Final = "all"
"""Every language of the deck: a post each."""
_CHOICE: Final = 190


class ToBeSent(QFrame):
    """Shows an article by its figures, and has its language chosen where there are several."""

    language_chosen = Signal(str)
    """A language, `ALL`, or empty for the usual one."""

    def __init__(self, languages: Sequence[str], language: str, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self.setProperty("kind", "well")
        self._languages = tuple(languages)
        self._title = Elided("strong")
        self._figures = label(kind="small", wrap=True)
        every = _("All of them: {languages}").format(languages=", ".join(languages))
        choices = [("", _("The usual one")), *((tag, tag) for tag in languages), (ALL, every)]
        self.language = Choice(_("Language"), choices, tokens)
        self.language.set_value(language)
        self.language.setFixedWidth(_CHOICE)
        self.language.setVisible(len(languages) > 1)
        self.language.chosen.connect(self.language_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 12, 10)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(_("What is sent, as a draft that nobody reads yet"), "dim"))
        words.addWidget(self._title)
        words.addWidget(self._figures)
        row.addLayout(words, 1)
        row.addWidget(self.language)

    def show_article(self, article: ArticleBeginning) -> None:
        """Shows what an article comes to; where all languages are sent it stands for them."""
        self._title.set_words(article.title)
        sections = ngettext("{n} section", "{n} sections", article.sections).format(n=article.sections)
        pictures = ngettext("{n} picture", "{n} pictures", article.pictures).format(n=article.pictures)
        figures = f"{article.length} · {sections} · {pictures}"
        if self.language.value == ALL:
            counted = ngettext("{n} post", "{n} posts", len(self._languages)).format(n=len(self._languages))
            each = _("{lang}: {figures}").format(lang=article.lang, figures=figures)
            figures = f"{counted} · {each}"
        self._figures.setText(figures)
        self.setAccessibleName(f"{article.title}, {figures}")

    def say(self, words: str) -> None:
        """Says why there is nothing to show."""
        self._title.set_words(words)
        self._figures.setText("")
