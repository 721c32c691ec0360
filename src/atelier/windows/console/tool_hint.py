"""What can be done with the tool in use, beside what the room sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from atelier.commands.table import BY_ID
from atelier.foundation.translation import _
from atelier.windows.controls import CommandCaps, cap, label
from atelier.windows.room_tools import Tool

if TYPE_CHECKING:
    from atelier.windows.icons import Icons
    from atelier.windows.room_tools import RoomTools

_COMMANDS = {
    Tool.LASER: "room.laser",
    Tool.SPOT: "room.spot",
    Tool.MAGNIFIER: "room.magnifier",
    Tool.INK: "room.ink",
}


class ToolHint(QWidget):
    """Names the tool in use with the keys that go with it; `refresh` says whether there is room for them."""

    def __init__(self, tools: RoomTools, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tools = tools
        self._icons = icons
        self._icon = QLabel()
        self._name = label("", "who")
        self._name.setProperty("tint", "accent")
        self._for_pointers: tuple[QWidget, ...] = (
            *(label(_("size"), "dim"), cap(_("Shift")), cap(_("Wheel"))),
            *(label(_("put away"), "dim"), CommandCaps("stage.close")),
        )
        self._for_ink: tuple[QWidget, ...] = (
            *(label(_("undo"), "dim"), CommandCaps("ink.undo")),
            *(label(_("erase all"), "dim"), CommandCaps("ink.clear")),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self._icon, self._name, *self._for_pointers, *self._for_ink):
            row.addWidget(widget)
        self.hide()

    def refresh(self, *, room: bool) -> None:
        """Comes and goes with the tool, where there is `room`."""
        tool = self._tools.tool
        self.setVisible(bool(tool) and room and not self._tools.covered)
        if not tool:
            return
        command = BY_ID[_COMMANDS[tool]]
        self._icons.dress(self._icon, command.icon, "accent", 16)
        self._name.setText(_(command.title))
        for widgets, shown in ((self._for_pointers, not self._tools.draws), (self._for_ink, self._tools.draws)):
            for widget in widgets:
                widget.setVisible(shown)
