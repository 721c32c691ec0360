"""What is shown where there is nothing: an icon, one fact, one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from atelier.windows.controls import Button, label

if TYPE_CHECKING:
    from atelier.windows.icons import Icons

_ICON_SIZE = 32


class EmptyState(QFrame):
    """A quiet panel; `acted` when its button is pressed."""

    acted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.setProperty("kind", "panel")
        self._icon = label()
        self._fact = label(kind="strong", wrap=True)
        self._detail = label(kind="small", wrap=True)
        self.button = Button("")
        self.button.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(8)
        for part in (self._icon, self._fact, self._detail):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)

    def say(self, icon: str, fact: str, detail: str, action: str) -> None:
        self._icons.dress(self._icon, icon, "text3", _ICON_SIZE)
        self._fact.setText(fact)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.button.setText(action)
        self.button.setAccessibleName(action.removesuffix("…"))
        self.setAccessibleName(fact)
