"""An address that was followed: with its code for the speaker's own telephone, and ready for the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.windows.controls import Button, key_caps, label, restyle
from atelier.windows.link_card import CodeView, address_words, breakable

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QRect

    from atelier.windows.icons import Icons

WIDTH: Final = 276
CODE: Final = 232
"""Pixels: read at arm's length by any telephone."""
CODE_SMALL: Final = 176
EDGE: Final = 12


class AddressPanel(QFrame):
    """Shows one address; says whether the room sees it too."""

    show_wanted = Signal()
    """Shows it to the room, or takes it away."""
    closed = Signal()

    def __init__(self, parent: QWidget, icons: Icons) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        self.who = label("", "who")
        self._code = CodeView(CODE)
        self.words = label("", "strong", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_room = Button(_("Show the room"), "primary", dense=True).for_command("room.link")
        self.show_room.when_clicked(self.show_wanted.emit)
        icons.dress(self.show_room, "projector-screen", "on_accent", 16)
        close = Button(_("Close"), "ghost", dense=True).for_command("stage.close")
        close.when_clicked(self.closed.emit)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.show_room)
        row.addWidget(key_caps("Q"))
        row.addStretch()
        row.addWidget(close)
        column.addWidget(self.who)
        column.addWidget(self._code, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.words)
        column.addLayout(row)

    @property
    def address(self) -> str:
        """What is offered; empty while the panel is closed."""
        return self._code.address if not self.isHidden() else ""

    def offer(self, address: str, *, in_room: bool, covered: bool = False) -> None:
        """Opens with an address."""
        self._code.show_address(address)
        self.words.setText(breakable(address_words(address)))
        self.setAccessibleName(address)
        self.say_who(in_room=in_room, covered=covered)
        self.show()
        self.raise_()

    def say_who(self, *, in_room: bool, covered: bool = False) -> None:
        """Says whether the room sees the address, or will once it sees its picture again."""
        if in_room:
            self.who.setText(_("The audience will see this") if covered else _("The audience sees this"))
        else:
            self.who.setText(_("Address, for you alone"))
        restyle(self.who, tint="dim" if not in_room else "warn" if covered else "live")
        self.show_room.setText(" " + (_("Take it away") if in_room else _("Show the room")))
        self.show_room.setAccessibleName(self.show_room.text().strip())

    def fit(self, corner: QPoint, height: int, within: QRect) -> None:
        """Lies down at the lower right `corner` of a picture so high, and goes beyond it where that is too small."""
        side = CODE if height >= 400 else min(CODE_SMALL, max(within.height() - 150, 120))
        self._code.setFixedSize(side, side)
        self.setMinimumWidth(WIDTH)
        self.adjustSize()
        self.move(
            max(min(corner.x() - EDGE, within.right()) - self.width(), within.left()),
            max(min(corner.y() - EDGE, within.bottom()) - self.height(), within.top()),
        )
