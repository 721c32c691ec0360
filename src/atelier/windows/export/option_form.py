"""What can be chosen for one offer: lists with their names to the left, boxes to the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from atelier.foundation.translation import _
from atelier.windows.choices import CheckBox, Choice
from atelier.windows.controls import label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from atelier.windows.export.offers import Option, Value
    from atelier.windows.tokens import Tokens

ROW: Final = 36
"""Pixels from one line to the next."""


class OptionForm(QWidget):
    """Says which option was given which value."""

    changed = Signal(str, object)
    """An option's id and its value."""

    def __init__(self, options: Sequence[Option], values: Mapping[str, Value], tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.lists: dict[str, Choice] = {}
        self.boxes: dict[str, CheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for row, option in enumerate(option for option in options if option.values):
            name = _(option.words)
            choice = Choice(name, [(value, _(words)) for value, words in option.values], tokens)
            choice.set_value(str(values[option.id]))
            choice.chosen.connect(partial(self.changed.emit, option.id))
            self.lists[option.id] = choice
            words = label(name, "small")
            words.setBuddy(choice)
            grid.addWidget(words, row, 0)
            grid.addWidget(choice, row, 1)
        column = 2 if self.lists else 0
        for row, option in enumerate(option for option in options if not option.values):
            box = CheckBox(_(option.words), tokens)
            box.setChecked(bool(values[option.id]))
            box.toggled.connect(partial(self.changed.emit, option.id))
            self.boxes[option.id] = box
            grid.addWidget(box, row, column)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        for row in range(max(len(self.lists), len(self.boxes))):
            grid.setRowMinimumHeight(row, ROW - grid.verticalSpacing())
        grid.setAlignment(Qt.AlignmentFlag.AlignTop)
