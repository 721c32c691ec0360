"""Where the site has something else than was sent: what is there, and whether the draft takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from atelier.foundation.run_messages import KEEP, REPLACE
from atelier.foundation.translation import _
from atelier.windows.controls import Button, label
from atelier.windows.publish.address_line import AddressLine

if TYPE_CHECKING:
    from atelier.foundation.run_messages import PostQuestion


class SiteQuestion(QWidget):
    """Shows a `PostQuestion` until it is answered. Nothing was sent yet."""

    answered = Signal(str)
    """`KEEP` or `REPLACE`."""
    open_asked = Signal(str)
    """An address to look at."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words = label(kind="panel-title", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.address = AddressLine(_("What is on the site"))
        self.buttons = {KEEP: Button(_("Leave it as it is"), "primary"), REPLACE: Button(_("Overwrite it"))}
        self.look_button = Button(_("Look at it")).when_clicked(self._look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._words)
        kept = _("Nothing was sent yet. What you leave stays as it is on the site.")
        column.addWidget(label(kept, "small", wrap=True))
        column.addWidget(self.address)
        row = QHBoxLayout()
        row.setSpacing(8)
        for choice, button in self.buttons.items():
            button.when_clicked(lambda choice=choice: self.answered.emit(choice))
            row.addWidget(button)
        row.addWidget(self.look_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return (self.address.field, self.address.copy_button, *self.buttons.values(), self.look_button)

    def show_question(self, question: PostQuestion) -> None:
        self._words.setText(question.words)
        self.setAccessibleName(question.words)
        self.address.show_address(question.link)
        self.buttons[KEEP].setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        self.open_asked.emit(self.address.field.text())
