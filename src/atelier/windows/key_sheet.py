"""The sheet of all keys, from the command table, as large as its window allows: it may stand on a projector."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen

from atelier.commands.keys import caps, command_for
from atelier.commands.table import COMMANDS, EVERYWHERE, LINK, STAGE
from atelier.foundation.translation import _
from atelier.windows.keyboard import key_press
from atelier.windows.overlay import Overlay
from atelier.windows.style import font
from atelier.windows.tokens import DARK, RADIUS_CHIP, Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

# Pixels at scale 1.
_TEXT, _CAP_TEXT, _TITLE, _HEADING = 14, 12, 13, 20
_ROW, _TITLE_ROW, _SECTION_GAP, _HEADING_ROW = 28, 30, 16, 44
_COLUMN_GAP, _MARGIN, _EDGE = 44, 28, 20
_CAP_PADDING, _CAP_GAP, _WORDS_GAP = 7, 4, 24
_MOST_COLUMNS = 4
_LARGEST_ON_STAGE, _LARGEST = 2.0, 1.15


@dataclass(frozen=True, slots=True)
class Line:
    """What one or several keys do. Each of `keys` holds the words on the caps of one chord."""

    keys: tuple[tuple[str, ...], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """Pixels at scale 1."""
        return _TITLE_ROW + _ROW * len(self.lines) + _SECTION_GAP


@dataclass(frozen=True, slots=True)
class _Arrangement:
    columns: tuple[tuple[Section, ...], ...]
    scale: float
    width: float
    height: float


def sections(contexts: Sequence[str]) -> tuple[Section, ...]:
    """The table by section, rows of one title joined into one line, in the language in use."""
    made: dict[str, dict[str, list[str]]] = {}
    for command in COMMANDS:
        if command.when in (*contexts, EVERYWHERE):
            made.setdefault(command.section, {}).setdefault(command.title, []).extend(command.keys)
    found = [
        Section(_(title), tuple(Line(_joined(keys), _(words)) for words, keys in rows.items()))
        for title, rows in made.items()
    ]
    if STAGE in contexts:
        found.append(Section(_("With the pointer"), _gestures()))
    return tuple(found)


def _joined(keys: list[str]) -> tuple[tuple[str, ...], ...]:
    if keys == [str(n) for n in range(1, 10)]:
        return (("1",), ("…",), ("9",))
    return tuple(caps(key) for key in keys)


def _gestures() -> tuple[Line, ...]:
    return (
        Line(((_("Click"),),), _("Fly to a frame, follow a link")),
        Line(((_("Wheel"),), (_("Pinch"),)), _("Zoom at the pointer")),
        Line(((_("Drag"),),), _("Move the canvas")),
    )


class KeySheet(Overlay):
    """Lies over a stage or the library; Escape, its own key or a click closes it. Other keys go to the window below."""

    def __init__(self, parent: QWidget, tokens: Tokens = DARK, contexts: Sequence[str] = (STAGE, LINK)) -> None:
        super().__init__(parent, tokens, veiled=True)
        self._sections = sections(contexts)
        self._contexts = contexts
        self._arrangement: _Arrangement | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("All keys"))
        self.setAccessibleDescription(_spoken(self._sections))

    def panel_rect(self, size: QRect) -> QRect:
        largest = _LARGEST_ON_STAGE if STAGE in self._contexts else _LARGEST
        found = _arrange(self._sections, size.width() - 2 * _EDGE, size.height() - 2 * _EDGE, largest)
        self._arrangement = found
        width, height = round(found.width), round(found.height)
        return QRect(size.center().x() - width // 2, size.center().y() - height // 2, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        if press.name == "Escape" or command_for(press, self._contexts) == "window.keys":
            self.close_panel()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.close_panel()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        found = self._arrangement
        if found is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.inner.topLeft())
        painter.scale(found.scale, found.scale)
        painter.setPen(QColor(self.tokens.text))
        painter.setFont(_font(_HEADING, 600))
        painter.drawText(QRectF(_MARGIN, _MARGIN - 6, 600, _HEADING), Qt.AlignmentFlag.AlignVCenter, _("All keys"))
        x = float(_MARGIN)
        for column in found.columns:
            width = _column_width(column)
            y = float(_MARGIN + _HEADING_ROW - 12)
            for section in column:
                _paint_section(painter, section, QRectF(x, y, width, section.height), self.tokens)
                y += section.height
            x += width + _COLUMN_GAP
        painter.end()


def _spoken(found: Sequence[Section]) -> str:
    lines = [
        f"{line.words}: " + ", ".join("+".join(chord) for chord in line.keys)
        for section in found
        for line in section.lines
    ]
    return "\n".join(lines)


def _font(pixels: int, weight: int = 400) -> QFont:
    made = font(pixels, weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def _arrange(found: Sequence[Section], width: float, height: float, largest: float) -> _Arrangement:
    """The division into columns, in reading order, that allows the largest text."""
    best: _Arrangement | None = None
    for count in range(1, min(_MOST_COLUMNS, len(found)) + 1):
        for cuts in combinations(range(1, len(found)), count - 1):
            bounds = (0, *cuts, len(found))
            columns = tuple(tuple(found[a:b]) for a, b in pairwise(bounds))
            tall = max(sum(section.height for section in column) for column in columns)
            full_height = tall - _SECTION_GAP + _HEADING_ROW - 12 + 2 * _MARGIN
            full_width = sum(map(_column_width, columns)) + _COLUMN_GAP * (count - 1) + 2 * _MARGIN
            scale = min(largest, width / full_width, height / full_height)
            if best is None or scale > best.scale or (scale == best.scale and full_height * scale < best.height):
                best = _Arrangement(columns, scale, full_width * scale, full_height * scale)
    if best is None:
        raise ValueError(found)
    return best


def _column_width(column: Sequence[Section]) -> float:
    words = QFontMetricsF(_font(_TEXT))
    return max(
        words.horizontalAdvance(line.words) + _WORDS_GAP + _keys_width(line)
        for section in column
        for line in section.lines
    )


def _cap_width(word: str) -> float:
    return max(22.0, QFontMetricsF(_font(_CAP_TEXT, 500)).horizontalAdvance(word) + 2 * _CAP_PADDING)


def _keys_width(line: Line) -> float:
    """Caps of one chord touch, chords stand apart."""
    return sum(sum(_cap_width(word) + 1 for word in chord) + _CAP_GAP for chord in line.keys)


def _paint_section(painter: QPainter, section: Section, rect: QRectF, tokens: Tokens) -> None:
    painter.setPen(QColor(tokens.text3))
    painter.setFont(_font(_TITLE, 600))
    painter.drawText(QRectF(rect.x(), rect.y(), rect.width(), _TITLE_ROW), Qt.AlignmentFlag.AlignVCenter, section.title)
    y = rect.y() + _TITLE_ROW
    for line in section.lines:
        painter.setPen(QColor(tokens.text))
        painter.setFont(_font(_TEXT))
        painter.drawText(QRectF(rect.x(), y, rect.width(), _ROW), Qt.AlignmentFlag.AlignVCenter, line.words)
        x = rect.right() - _keys_width(line) + _CAP_GAP
        for chord in line.keys:
            for word in chord:
                width = _cap_width(word)
                _paint_cap(painter, word, QRectF(x, y + (_ROW - 21) / 2, width, 21), tokens)
                x += width + 1
            x += _CAP_GAP
        y += _ROW


def _paint_cap(painter: QPainter, word: str, rect: QRectF, tokens: Tokens) -> None:
    if word != "…":
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.sunken))
        painter.drawRoundedRect(rect, RADIUS_CHIP, RADIUS_CHIP)
    painter.setPen(QColor(tokens.text2))
    painter.setFont(_font(_CAP_TEXT, 500))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, word)
