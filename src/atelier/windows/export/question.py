"""Where an author and a new draft changed the same: what differs, and three ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.windows.controls import Button, label

if TYPE_CHECKING:
    from atelier.foundation.run_messages import Question

MINE, NEW, BESIDE = "mine", "new", "beside"


class DraftQuestion(QWidget):
    """Shows a `Question` until it is answered. Nothing was written yet."""

    answered = Signal(str)
    """`mine`, `new` or `beside`."""

    def __init__(self, *, narrow: bool = False) -> None:
        super().__init__()
        self.setObjectName("plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._title = label(_("You and the new draft changed the same"), "panel-title", wrap=True)
        self._file = label(kind="small", wrap=True)
        self._file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.difference = QPlainTextEdit()
        self.difference.setReadOnly(True)
        self.difference.setMinimumHeight(32)
        self.difference.setProperty("dense", True)
        self.difference.setTabChangesFocus(True)
        self.difference.setAccessibleName(_("What differs: lines with a minus are yours, with a plus the new ones"))
        column.addWidget(self._title)
        column.addWidget(self._file)
        column.addWidget(self.difference, 1)
        self._no_text = label(_("It is no text: what differs cannot be shown."), "small", wrap=True)
        column.addWidget(self._no_text)
        self.buttons = {
            MINE: Button(_("Keep mine"), "primary"),
            NEW: Button(_("Take the new one")),
            BESIDE: Button(_("Put it beside")),
        }
        self._row = QGridLayout()
        self._row.setSpacing(8)
        for number, (choice, button) in enumerate(self.buttons.items()):
            button.when_clicked(lambda choice=choice: self.answered.emit(choice))
            self._row.addWidget(button, number // 2 if narrow else 0, number % 2 if narrow else number)
        if not narrow:
            self._row.setColumnStretch(len(self.buttons), 1)
        column.addLayout(self._row)

    def show_question(self, question: Question) -> None:
        self._file.setText(question.file)
        self.difference.setPlainText(question.difference)
        self.difference.setVisible(bool(question.difference))
        self._no_text.setVisible(not question.difference)
        self.buttons[MINE].setFocus(Qt.FocusReason.OtherFocusReason)
