"""An address to look at and to take along: nothing is opened by it."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.windows.controls import Button, Field
from atelier.windows.notice import announce


class AddressLine(QWidget):
    """Shows an address that can be marked, with a button that copies all of it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.field = Field("", "address", passed=("Enter",))
        self.field.setReadOnly(True)
        self.field.setAccessibleName(name)
        self.copy_button = Button(_("Copy"), dense=True).when_clicked(self._copy)
        self.copy_button.setAccessibleName(_("Copy the address"))
        self.copy_button.setToolTip(_("Copy the address"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.copy_button)

    def show_address(self, address: str) -> None:
        if address != self.field.text():
            self.field.setText(address)
            self.field.setCursorPosition(0)
            self.copy_button.setText(_("Copy"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.field.text())
        self.copy_button.setText(_("Copied"))
        announce(self, _("Copied"))
