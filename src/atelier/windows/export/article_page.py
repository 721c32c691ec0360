"""The beginning of an article as a page of text: its title, its abstract, its first sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from atelier.draft.beginning import HEADING, PICTURE, length_in_words
from atelier.foundation.translation import _
from atelier.windows.style import font
from atelier.windows.tokens import RADIUS_CHIP, TEXT, TEXT_PANEL, TEXT_SMALL, TEXT_WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFont, QPaintEvent

    from atelier.windows.tokens import Tokens

_MARGIN: Final = 28
_WIDEST: Final = 640
_AROUND: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleBeginning:
    """What `atelier draft --preview --json` says; `parts` are (kind, words), `pictures` and `sections` how many."""

    title: str
    lang: str
    abstract: str
    length: str
    pictures: int
    sections: int
    parts: tuple[tuple[str, str], ...]
    stays: tuple[str, ...] = ()
    """What of the deck nobody gets: a sentence, then a line each."""
    stays_briefly: str = ""


def read_beginning(said: object) -> ArticleBeginning | None:
    """The beginning in what a run of the program says; None where it says something else."""
    value = cast("dict[str, Any]", said) if isinstance(said, dict) else {}
    try:
        parts = tuple((str(part["kind"]), str(part["words"])) for part in value["parts"])
        length = length_in_words(value["words"], value["minutes"])
        stays = tuple(str(line) for line in value["stays"])
        return ArticleBeginning(
            title=str(value["title"]),
            lang=str(value["lang"]),
            abstract=str(value["abstract"]),
            length=length,
            pictures=int(value["pictures"]),
            sections=int(value["sections"]),
            parts=parts,
            stays=stays,
            stays_briefly=str(value["stays_briefly"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


class ArticlePage(QWidget):
    """Paints a sheet with the beginning of an article, or a sentence in its place; what has no room is cut below."""

    def __init__(self, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._tokens = tokens
        self._article: ArticleBeginning | None = None
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(80)

    @property
    def article(self) -> ArticleBeginning | None:
        return self._article

    def show_article(self, article: ArticleBeginning) -> None:
        self._article, self._words = article, ""
        self.setAccessibleName(_("Beginning of the article: {title}").format(title=article.title))
        self.setAccessibleDescription("\n".join(words for _kind, words in article.parts))
        self.update()

    def say(self, words: str) -> None:
        """Says why there is no article to see; the one before stays where `words` are empty."""
        self._words = words
        if words:
            self._article = None
            self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        tokens = self._tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = min(_AROUND, self.width() // 24)
        width = min(_WIDEST, self.width() - 2 * around)
        sheet = QRectF((self.width() - width) / 2, around, width, self.height() - around + RADIUS_CHIP)
        painter.setClipRect(self.rect())
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(sheet, RADIUS_CHIP, RADIUS_CHIP)
        margin = _MARGIN if width > 420 else _MARGIN / 2
        inside = sheet.adjusted(margin, margin * 0.8, -margin, 0)
        if self._article is None:
            _write(painter, self._words, font(TEXT_SMALL), tokens.text2, inside)
        else:
            self._paint_article(painter, self._article, inside, tokens)
        painter.end()

    def _paint_article(self, painter: QPainter, article: ArticleBeginning, inside: QRectF, tokens: Tokens) -> None:
        narrow = inside.width() < 420
        slanted = font(TEXT_SMALL)
        slanted.setItalic(True)
        body = font(TEXT_SMALL if narrow else TEXT)
        y = (
            _write(painter, article.title, font(TEXT_PANEL + 2 if narrow else TEXT_WINDOW, 600), tokens.text, inside)
            + 4
        )
        if article.abstract:
            y = _write(painter, article.abstract, slanted, tokens.text2, inside, y, lines=2 if narrow else 3) + 8
        for kind, words in article.parts:
            if y > self.height():
                return
            if kind == HEADING:
                y = _write(painter, words, font(TEXT_PANEL, 600), tokens.text, inside, y + 6) + 4
            elif kind == PICTURE:
                y = self._paint_picture(painter, words, inside, y, tokens) + 8
            else:
                y = _write(painter, words, body, tokens.text, inside, y) + 8

    def _paint_picture(self, painter: QPainter, words: str, inside: QRectF, y: float, tokens: Tokens) -> float:
        """A figure by its alternative text, on the ground that it will fill."""
        said = _("Picture: {words}").format(words=words) if words else _("Picture without alternative text")
        height = _height(said, font(TEXT_SMALL), inside.width() - 24) + 20
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.sunken))
        painter.drawRoundedRect(QRectF(inside.left(), y, inside.width(), height), RADIUS_CHIP, RADIUS_CHIP)
        _write(painter, said, font(TEXT_SMALL), tokens.text2, inside.adjusted(12, 0, -12, 0), y + 10)
        return y + height


def _height(words: str, drawn: QFont, width: float) -> float:
    wrap = Qt.TextFlag.TextWordWrap
    return QFontMetricsF(drawn).boundingRect(QRectF(0, 0, width, 1e6), wrap, words).height()


def _write(
    painter: QPainter, words: str, drawn: QFont, colour: str, inside: QRectF, y: float | None = None, *, lines: int = 0
) -> float:
    """Writes a paragraph from `y`, or the top, on; returns where it ends. At most so many `lines`, where it says."""
    top = inside.top() if y is None else y
    height = _height(words, drawn, inside.width())
    if lines:
        most = QFontMetricsF(drawn).lineSpacing() * lines
        while height > most + 1 and " " in words:
            words = words.rstrip("…").rsplit(" ", 1)[0] + "…"
            height = _height(words, drawn, inside.width())
    painter.setFont(drawn)
    painter.setPen(QColor(colour))
    painter.drawText(QRectF(inside.left(), top, inside.width(), height + 2), Qt.TextFlag.TextWordWrap, words)
    return top + height
