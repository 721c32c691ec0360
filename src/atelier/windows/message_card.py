"""Words for the room, on a card low on its screen, in the colours of the deck."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from atelier.typeset.fonts import font, right_to_left, script_families

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFont

    from atelier.deck.looks import Theme

# Shares of the height of the window, of its width where said.
_TEXT: Final = 0.062
_SMALLEST: Final = 0.034
_BELOW: Final = 0.07
_WIDEST: Final = 0.82  # of the width
_ACROSS, _ABOVE = 0.06, 0.036
_RADIUS: Final = 0.02
_LINES: Final = 3
LONGEST: Final = 300
"""Characters of a message."""


class MessageCard(QWidget):
    """Lies at the foot of its window; lets the pointer through. Short words are large, long ones smaller."""

    def __init__(self, parent: QWidget, theme: Callable[[], Theme]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._host = parent
        self._theme = theme
        self._words = ""

    @property
    def words(self) -> str:
        """What is shown; empty for nothing."""
        return self._words

    def say(self, words: str) -> None:
        """Shows words, or nothing."""
        words = " ".join(words.split())[:LONGEST]
        if words != self._words:
            self._words = words
            self.setVisible(bool(words))
        self.place()

    def place(self) -> None:
        """Lies down again, after the window or the theme changed."""
        if not self._words:
            return
        width, height = self._host.width(), self._host.height()
        lines, box = self._laid()
        del lines
        size = QSize(round(box.width() + 2 * _ACROSS * height), round(box.height() + 2 * _ABOVE * height))
        bottom = height - round(_BELOW * height)
        self.setGeometry((width - size.width()) // 2, bottom - size.height(), size.width(), size.height())
        self.update()

    def _laid(self) -> tuple[QTextLayout, QRectF]:
        """The words in lines as large as they may be, and the room they take."""
        height = self._host.height()
        widest = self._host.width() * _WIDEST - 2 * _ACROSS * height
        fonts = self._theme().fonts.body
        families = (fonts.family, *fonts.fallback, *script_families(self._words))
        size = _TEXT
        while True:
            laid, box, whole = _lines(self._words, font(families, size * height, fonts.strong_weight), widest)
            if whole or size <= _SMALLEST:
                return laid, box
            size = max(size * 0.9, _SMALLEST)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        theme, height = self._theme(), self._host.height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.colours.accent), max(2.0, 0.004 * height)))
        painter.setBrush(QColor(theme.colours.card))
        edge = max(1.0, 0.002 * height)
        radius = _RADIUS * height
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), radius, radius)
        painter.setPen(QColor(theme.colours.ink))
        laid, box = self._laid()
        laid.draw(painter, QPointF((self.width() - box.width()) / 2 - box.x(), (self.height() - box.height()) / 2))
        painter.end()


@lru_cache(maxsize=8)
def _lines(words: str, face: QFont, widest: float) -> tuple[QTextLayout, QRectF, bool]:
    """Words in a few centred lines, the room they take, and whether all of them found room."""
    option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if right_to_left(words, ""):
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    spacing = QFontMetricsF(face).lineSpacing()
    laid = QTextLayout(words, face)
    laid.setTextOption(option)
    laid.beginLayout()
    end = count = 0
    box = QRectF()
    while count < _LINES and (line := laid.createLine()).isValid():
        line.setLineWidth(widest)
        line.setPosition(QPointF(0.0, count * spacing))
        box = box.united(line.naturalTextRect())
        end = line.textStart() + line.textLength()
        count += 1
    laid.endLayout()
    return laid, QRectF(box.x(), 0.0, box.width(), count * spacing), end >= len(words)
