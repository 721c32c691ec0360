"""Where the speaker writes a message for the room: one line, beside the speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.windows.controls import Field, cap, label
from atelier.windows.keyboard import key_press
from atelier.windows.message_card import LONGEST
from atelier.windows.overlay import SHADOW, Overlay
from atelier.windows.tokens import DARK, Tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_WIDTH, _HEIGHT, _TOP = 600, 56, 96


class MessageField(Overlay):
    """Enter shows the words to the room, or takes what is there away where there are none; Escape leaves it as it is.

    Page keys and F keys go to the stage below.
    """

    written = Signal(str)

    def __init__(self, parent: QWidget, words: str, tokens: Tokens = DARK) -> None:
        super().__init__(parent, tokens)
        passed = ("Enter", "Escape", "PageUp", "PageDown", "F1", "F5")
        self.field = Field(_("A message for the room"), "bare", passed)
        self.field.setMaxLength(LONGEST)
        self.field.setText(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(SHADOW + 20, SHADOW, SHADOW + 20, SHADOW)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(cap(_("Enter")))
        self._act = label(kind="dim")
        row.addWidget(self._act)
        self.field.textChanged.connect(self._on_text_changed)
        self._on_text_changed(words)

    def _on_text_changed(self, text: str) -> None:
        self._act.setText(_("shows it") if text.strip() else _("takes it away"))

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()

    def panel_rect(self, size: QRect) -> QRect:
        width = min(_WIDTH, size.width() - 2 * 16)
        return QRect((size.width() - width) // 2, min(_TOP, max(16, size.height() // 8)), width, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match key_press(event).name:
            case "Enter":
                words = self.field.text().strip()
                self.close_panel()
                self.written.emit(words)
            case "Escape":
                self.close_panel()
            case _:
                event.ignore()
