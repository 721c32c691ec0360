"""From panel to panel with a key: what in a window can be reached without a pointer, panel by panel; and the button
that opens the menu of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from atelier.foundation.translation import _
from atelier.windows.controls import Button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.commands.keys import KeyPress
    from atelier.windows.icons import Icons

_OF_A_PANEL: Final = frozenset({"Tab", "Left", "Right", "Up", "Down", "Space", "Enter"})


class PanelButton(Button):
    """Opens the menu of a panel. A key that goes to the panel goes to what is in it first."""

    def __init__(self, panel: str, icons: Icons) -> None:
        super().__init__("", "mini")
        self.for_command("window.arrange")
        self.name_panel(panel)
        icons.dress(self, "dots-three-vertical", "text3", 16)

    def name_panel(self, panel: str) -> None:
        self.setAccessibleName(_("Arrange “{panel}”").format(panel=panel))


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
    stops = [widget for widget in within if widget.isVisible() and widget.isEnabled() and _is_stop(widget)]
    return next((widget for widget in stops if not isinstance(widget, PanelButton)), stops[0] if stops else None)


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
