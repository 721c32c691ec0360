"""The library's side bar: where one is, and the choices that hold for every window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout

from atelier.commands.table import BY_ID
from atelier.foundation.resources import ICON
from atelier.foundation.translation import _
from atelier.windows.controls import Button, Segments, label, tooltip
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QBoxLayout

    from atelier.windows.icons import Icons

PLACES = ("library.decks", "library.talks")
"""The commands that lead to each."""
WIDTH = 232
_LOGO = 26


class SideBar(QFrame):
    """Says what was chosen; shows what holds when told."""

    scheme_chosen = Signal(str)
    motion_chosen = Signal(str)
    place_chosen = Signal(str)
    """One of `PLACES`."""
    keys_asked = Signal()

    def __init__(self, icons: Icons, scheme: Scheme, motion: str) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 20, 16, 16)
        column.setSpacing(4)
        column.addLayout(self._brand())
        column.addSpacing(16)
        self._places: dict[str, Button] = {}
        group = QButtonGroup(self)
        for place, words in zip(PLACES, (_("Library"), _("Talks given")), strict=True):
            button = Button(words, "nav").for_command(place)
            button.setCheckable(True)
            button.when_clicked(partial(self.place_chosen.emit, place))
            icons.dress(button, BY_ID[place].icon, "text2", 18)
            group.addButton(button)
            self._places[place] = button
            column.addWidget(button)
        self.set_place(PLACES[0])
        column.addStretch(1)
        self.scheme = Segments(
            _("Colours"),
            ((Scheme.SYSTEM, _("System")), (Scheme.LIGHT, _("Light")), (Scheme.DARK, _("Dark"))),
            scheme,
        )
        self.motion = Segments(_("Motion"), (("full", _("Full")), ("calm", _("Calm")), ("cuts", _("Cuts"))), motion)
        self._add_choice(column, self.scheme, "window.scheme")
        self._add_choice(column, self.motion, "window.motion")
        keys = Button(_("All keys"), "nav").for_command("window.keys")
        keys.clicked.connect(self.keys_asked)
        icons.dress(keys, "keyboard", "text2", 18)
        column.addWidget(keys)
        self.scheme.chosen.connect(self.scheme_chosen)
        self.motion.chosen.connect(self.motion_chosen)

    def set_place(self, place: str) -> None:
        """Shows where one is; tells nobody."""
        self._places[place].setChecked(True)

    def _brand(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(10)
        logo = label()
        logo.setFixedSize(_LOGO, _LOGO)
        logo.setPixmap(QIcon(str(ICON)).pixmap(QSize(_LOGO, _LOGO), self.devicePixelRatioF()))
        row.addWidget(logo)
        row.addWidget(label("Atelier", "brand"), 1)
        return row

    def _add_choice(self, column: QBoxLayout, choice: Segments, id_: str) -> None:
        choice.setToolTip(tooltip(id_))
        caption = label(choice.accessibleName(), "caption")
        caption.setContentsMargins(4, 0, 0, 0)
        column.addWidget(caption)
        column.addWidget(choice)
        column.addSpacing(8)
