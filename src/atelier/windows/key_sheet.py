"""The sheet of all keys, from the command table, as large as its window allows: it may stand on a projector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent

from atelier.commands.keymap import in_use
from atelier.commands.keys import caps, command_for
from atelier.commands.table import COMMANDS, COUNTING, EVERYWHERE, LINK, STAGE
from atelier.foundation.translation import _
from atelier.windows.caps import paint_words, sheet_font, words_width
from atelier.windows.controls import Button
from atelier.windows.keyboard import key_press
from atelier.windows.overlay import Overlay
from atelier.windows.tokens import DARK, Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

# Pixels at scale 1.
_TEXT, _TITLE, _HEADING = 14, 13, 20
_ROW, _TITLE_ROW, _SECTION_GAP, _HEADING_ROW = 25, 28, 13, 44
_COLUMN_GAP, _MARGIN, _EDGE = 44, 28, 16
_CAP_GAP, _WORDS_GAP = 5, 24
_MOST_COLUMNS = 4
_LEAST_LINES = 3
"""Lines of a section on either side of a column's end."""
_GOES_ON = " …"
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
            keys = in_use().keys[command.id]
            made.setdefault(command.section, {}).setdefault(command.title, []).extend(keys)
    found = [
        Section(_(title), tuple(Line(_joined(keys), _(words)) for words, keys in rows.items() if keys))
        for title, rows in made.items()
        if any(rows.values())
    ]
    if STAGE in contexts:
        found.append(Section(_("With the pointer"), _gestures()))
    return tuple(found)


def _joined(keys: list[str]) -> tuple[tuple[str, ...], ...]:
    """The caps of every chord, 1 to 9 in short."""
    for held in ("", "Shift+"):
        digits = [f"{held}{n}" for n in range(1, 10)]
        if keys[:9] == digits:
            return (caps(keys[0]), ("…",), ("9",), *_joined(keys[9:]))
    return tuple(caps(key) for key in keys)


def _gestures() -> tuple[Line, ...]:
    return (
        Line(((_("Click"),),), _("Fly to a frame, follow a link")),
        Line(((_("Wheel"),), (_("Pinch"),)), _("Zoom at the pointer")),
        Line(((_("Drag"),),), _("Move the canvas")),
        Line(((_("Shift"), _("Wheel")),), _("Size of laser, spot, magnifier, pen")),
        Line(((_("Right button"),),), _("With ink: erase")),
    )


class KeySheet(Overlay):
    """Lies over a stage or the library; Escape, its own key or a click closes it. Other keys go to the window below."""

    change_asked = Signal()
    """The keys are to be changed."""

    def __init__(
        self, parent: QWidget, tokens: Tokens = DARK, contexts: Sequence[str] = (STAGE, LINK, COUNTING)
    ) -> None:
        super().__init__(parent, tokens, veiled=True)
        self._sections = sections(contexts)
        self._contexts = contexts
        self._arrangement: _Arrangement | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("All keys"))
        self.setAccessibleDescription(_spoken(self._sections))
        self.change_button = Button(_("Change keys"), "ghost", dense=True).for_command("window.settings")
        self.change_button.setParent(self)
        self.change_button.when_clicked(self.change_asked.emit)

    def panel_rect(self, size: QRect) -> QRect:
        largest = _LARGEST_ON_STAGE if STAGE in self._contexts else _LARGEST
        found = _arrange(self._sections, size.width() - 2 * _EDGE, size.height() - 2 * _EDGE, largest)
        self._arrangement = found
        width, height = round(found.width), round(found.height)
        return QRect(size.center().x() - width // 2, size.center().y() - height // 2, width, height)

    def open(self) -> None:
        self._sections = sections(self._contexts)  # keys may have been changed
        self.setAccessibleDescription(_spoken(self._sections))
        super().open()

    def place(self) -> None:
        super().place()
        size = self.change_button.sizeHint()
        scale = self._arrangement.scale if self._arrangement is not None else 1.0
        middle = self.inner.top() + round((_MARGIN - 6 + _HEADING / 2) * scale)
        top = max(self.inner.top() + 4, middle - size.height() // 2)
        self.change_button.setGeometry(self.inner.right() - size.width() - 12, top, size.width(), size.height())

    @property
    def text_pixels(self) -> float:
        """How large its words are, in pixels."""
        return _TEXT * self._arrangement.scale if self._arrangement is not None else 0.0

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Tab goes to the one button there is and back."""
        del next
        other = self if self.change_button.hasFocus() else self.change_button
        other.setFocus(Qt.FocusReason.TabFocusReason)
        return True

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
        painter.setFont(sheet_font(_HEADING, 600))
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


def _arrange(found: Sequence[Section], width: float, height: float, largest: float) -> _Arrangement:
    """The division into columns, in reading order, that allows the largest text."""
    best: _Arrangement | None = None
    for count in range(1, _MOST_COLUMNS + 1):
        columns = _divided(found, count)
        tall = max(sum(section.height for section in column) for column in columns)
        full_height = tall - _SECTION_GAP + _HEADING_ROW - 12 + 2 * _MARGIN
        full_width = sum(map(_column_width, columns)) + _COLUMN_GAP * (len(columns) - 1) + 2 * _MARGIN
        scale = min(largest, width / full_width, height / full_height)
        if best is None or scale > best.scale or (scale == best.scale and full_height * scale < best.height):
            best = _Arrangement(columns, scale, full_width * scale, full_height * scale)
    if best is None:
        raise ValueError(found)
    return best


def _divided(found: Sequence[Section], count: int) -> tuple[tuple[Section, ...], ...]:
    """The sections in no more than so many columns, as low as can be. One may go on in the next column."""
    low, high = 0, round(sum(section.height for section in found))
    while low < high:
        middle = (low + high) // 2
        if len(_poured(found, middle)) <= count:
            high = middle
        else:
            low = middle + 1
    return _poured(found, high)


def _poured(found: Sequence[Section], height: float) -> tuple[tuple[Section, ...], ...]:
    """The sections in columns of this height, one after another; a section of few lines stays whole."""
    columns: list[list[Section]] = [[]]
    left = height
    waiting = list(reversed(found))
    while waiting:
        section = waiting.pop()
        room = int((left - _TITLE_ROW) // _ROW)
        if section.height <= left + _SECTION_GAP:
            columns[-1].append(section)
            left -= section.height
        elif room >= _LEAST_LINES and len(section.lines) - room >= _LEAST_LINES:
            columns[-1].append(Section(section.title, section.lines[:room]))
            columns.append([])
            left = height
            waiting.append(Section(f"{section.title.removesuffix(_GOES_ON)}{_GOES_ON}", section.lines[room:]))
        elif columns[-1]:
            columns.append([])
            left = height
            waiting.append(section)
        else:  # one that is higher than a column and cannot be parted
            columns[-1].append(section)
            left = 0.0
    return tuple(tuple(column) for column in columns)


def _column_width(column: Sequence[Section]) -> float:
    words = QFontMetricsF(sheet_font(_TEXT))
    return max(
        words.horizontalAdvance(line.words) + _WORDS_GAP + _keys_width(line)
        for section in column
        for line in section.lines
    )


def _keys_width(line: Line) -> float:
    """Caps of one chord touch, chords stand apart."""
    return sum(words_width(chord) + _CAP_GAP for chord in line.keys) - _CAP_GAP


def _paint_section(painter: QPainter, section: Section, rect: QRectF, tokens: Tokens) -> None:
    painter.setPen(QColor(tokens.text3))
    painter.setFont(sheet_font(_TITLE, 600))
    painter.drawText(QRectF(rect.x(), rect.y(), rect.width(), _TITLE_ROW), Qt.AlignmentFlag.AlignVCenter, section.title)
    y = rect.y() + _TITLE_ROW
    for line in section.lines:
        painter.setPen(QColor(tokens.text))
        painter.setFont(sheet_font(_TEXT))
        painter.drawText(QRectF(rect.x(), y, rect.width(), _ROW), Qt.AlignmentFlag.AlignVCenter, line.words)
        x = rect.right() - _keys_width(line)
        for chord in line.keys:
            paint_words(painter, chord, x, y + _ROW / 2, tokens)
            x += words_width(chord) + _CAP_GAP
        y += _ROW
