"""Focus rings: shown only after the keyboard moved the focus. Qt's own `:focus` also follows clicks.

Both are put before the widget's own class: `class Button(StyledRing, QPushButton)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QWidget as _Widget
else:
    _Widget = object

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


def came_by_keyboard(event: QFocusEvent) -> bool:
    return event.reason() in _BY_KEYBOARD


class StyledRing(_Widget):
    """A widget whose ring the style sheet draws: it reads the property `kbd`."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_ring(shown=came_by_keyboard(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_ring(shown=False)

    def _show_ring(self, *, shown: bool) -> None:
        if bool(self.property("kbd")) != shown:
            self.setProperty("kbd", shown)
            self.style().unpolish(self)
            self.style().polish(self)


class PaintedRing(_Widget):
    """A widget that paints its ring itself, while `ring` says so."""

    ring = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ring = came_by_keyboard(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.ring = False
        self.update()
