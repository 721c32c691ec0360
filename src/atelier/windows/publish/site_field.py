"""Where to publish: an address to type, with the sites used before to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy

from atelier.windows.choices import paint_arrow
from atelier.windows.focus_rings import StyledRing
from atelier.windows.keyboard import key_press

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent

    from atelier.windows.tokens import Tokens

_EXAMPLE: Final = "https://example.org"
_HEIGHT: Final = 36
"""Pixels: as high as the fields below it."""


class SiteField(StyledRing, QComboBox):
    """The address of a site. Up and Down go through those there are; what is typed is never completed, for a password
    goes to what stands here.
    """

    changed = Signal(str)

    def __init__(self, name: str, sites: Sequence[str], tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._tokens = tokens
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # pyright: ignore[reportArgumentType] - Qt's documentation has it so
        self.addItems(list(sites))
        self.setFixedHeight(_HEIGHT)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.setPlaceholderText(_EXAMPLE)
        for widget in (self, self.line):
            widget.setAccessibleName(name)
        self.editTextChanged.connect(self.changed)

    @property
    def line(self) -> QLineEdit:
        """Where the address is typed."""
        found = self.lineEdit()
        assert found is not None
        return found

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        if press.name == "Enter":
            event.ignore()  # it sends the draft
        elif press.name == "Down" and not press.alt and self.count() and self.findText(self.currentText()) < 0:
            self.setCurrentIndex(0)
            self.setEditText(self.itemText(0))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count():
            paint_arrow(self, self._tokens())
