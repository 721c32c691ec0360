"""Keys painted as keys, for sheets and lists of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from atelier.commands.keys import caps
from atelier.windows.style import font
from atelier.windows.tokens import RADIUS_CHIP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.windows.tokens import Tokens

HEIGHT: Final = 21
"""Pixels."""
BETWEEN: Final = 1
"""Pixels between the keys of one chord."""
_NARROWEST, _PADDING, _TEXT = 22.0, 7, 12


def sheet_font(pixels: int, weight: int = 400) -> QFont:
    """Inter without hinting, which would make it jump when it is scaled."""
    made = font(pixels, weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def words_width(words: Sequence[str]) -> float:
    """How wide keys with these words are side by side, in pixels."""
    return sum(_width(word) + BETWEEN for word in words) - BETWEEN


@lru_cache(maxsize=256)
def _width(word: str) -> float:
    return max(_NARROWEST, QFontMetricsF(sheet_font(_TEXT, 500)).horizontalAdvance(word) + 2 * _PADDING)


def paint_words(painter: QPainter, words: Sequence[str], x: float, middle: float, tokens: Tokens) -> None:
    """Paints keys with these words from `x` on; "…" stands for keys left out."""
    for word in words:
        width = _width(word)
        rect = QRectF(x, middle - HEIGHT / 2, width, HEIGHT)
        if word != "…":
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.setBrush(QColor(tokens.sunken))
            painter.drawRoundedRect(rect, RADIUS_CHIP, RADIUS_CHIP)
        painter.setPen(QColor(tokens.text2))
        painter.setFont(sheet_font(_TEXT, 500))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, word)
        x += width + BETWEEN


def chord_width(chord: str) -> float:
    """How wide a chord is, in pixels."""
    return words_width(caps(chord))


def paint_chord(painter: QPainter, chord: str, x: float, middle: float, tokens: Tokens) -> None:
    """Paints a chord from `x` on."""
    paint_words(painter, caps(chord), x, middle, tokens)
