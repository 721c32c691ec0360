"""The sheet of all keys, from the command table; large enough to be read on a projector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from atelier.commands.keys import caps, command_for
from atelier.commands.table import COMMANDS, EVERYWHERE, LIBRARY, LINK, STAGE
from atelier.foundation.translation import _
from atelier.windows.controls import cap, label
from atelier.windows.keyboard import key_press
from atelier.windows.overlay import Overlay
from atelier.windows.tokens import DARK, Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent

_LEAST_COLUMN = 330  # at 100 %
_EDGE = 24


@dataclass(frozen=True, slots=True)
class Line:
    """What one or several keys do. Each of `keys` is the words on the caps of one chord."""

    keys: tuple[tuple[str, ...], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]


def sections(contexts: Sequence[str]) -> tuple[Section, ...]:
    """The table as it is read aloud: by section, rows of one title joined, in the language in use."""
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
        return ((_("1 to 9"),),)
    return tuple(caps(key) for key in keys)


def _gestures() -> tuple[Line, ...]:
    return (
        Line(((_("Click"),),), _("Fly to a frame, follow a link")),
        Line(((_("Wheel"),), (_("Pinch"),)), _("Zoom at the pointer")),
        Line(((_("Drag"),),), _("Move the canvas")),
    )


class KeySheet(Overlay):
    """Lies over a stage or the library; Escape, F1 or a click closes it."""

    def __init__(self, parent: QWidget, tokens: Tokens = DARK, contexts: Sequence[str] = (STAGE, LINK)) -> None:
        self._sections = sections(contexts)
        self._scale = 1.0
        self._columns = 0
        self._scroll: QScrollArea | None = None
        super().__init__(parent, tokens)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("All keys"))
        self._contexts = (LIBRARY,) if LIBRARY in contexts else (STAGE,)
