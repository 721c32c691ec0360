"""From panel to panel with a key: what in a window can be reached without a pointer, panel by panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.commands.keys import KeyPress

_OF_A_PANEL: Final = frozenset({"Tab", "Left", "Right", "Up", "Down", "Space", "Enter"})


def belongs_to_panel(press: KeyPress) -> bool:
    """Whether a key that a panel has no use for goes nowhere while the panel has the focus."""
    if press.ctrl or press.alt:
        return False
    return (press.name in _OF_A_PANEL and not press.shift) or press.character.isdecimal()


def go_to_next(panels: Sequence[QWidget], focused: QWidget | None, by: int) -> None:
    """Puts the focus into the next of `panels` that can have it, or with `by` -1 into the one before."""
    inside = [i for i, panel in enumerate(panels) if focused is not None and _holds(panel, focused)]
    start = inside[-1] if inside else (-1 if by > 0 else 0)
    for step in range(1, len(panels) + 1):
        target = _first(panels[(start + by * step) % len(panels)])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _holds(panel: QWidget, widget: QWidget) -> bool:
    return panel is widget or panel.isAncestorOf(widget)


def _first(panel: QWidget) -> QWidget | None:
    """The first widget of a panel that Tab could reach."""
    within = (panel, *panel.findChildren(QWidget))
    return next((widget for widget in within if widget.isVisible() and widget.isEnabled() and _is_stop(widget)), None)


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
