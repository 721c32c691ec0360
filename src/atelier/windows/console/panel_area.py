"""The body of the console: its panels in their slots, and the menu that puts them elsewhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.windows.console import header, next_views
from atelier.windows.console.places import (
    ALWAYS,
    SPLITS,
    Layout,
    shown,
    sound,
    swapped,
    with_hidden,
    with_share,
)
from atelier.windows.console.slot import MARGINS, Panel, Slot
from atelier.windows.console.split import Split
from atelier.windows.notice import announce

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.foundation.settings import PanelPlaces
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens

STAGE_SHARE: Final = 0.59
"""What the left side takes of the width at first, or the upper one of the height."""
STAGE_SHARE_COMPACT: Final = 0.53
NEXT_SHARE: Final = 0.164
"""The height of the next pictures at first, as a share of the width of that side."""
NEXT_SHARE_COMPACT: Final = 0.175
NEXT_HIGHEST: Final = 0.2
"""The largest share of the height of that side."""
NEXT_WIDEST: Final = 0.62
"""The largest share of the width that they take beside the ways out."""
LOWER: Final = 292
"""Pixels of what stands below the notes."""
MAP_WIDTH: Final = 264 + MARGINS[0] + MARGINS[2]
TIMES: Final = 150
"""Pixels of the chart of times."""
MORE_ROOM: Final = 0.06
"""How much of a split one choice of “More room” gives."""
_GAPS: Final = {"rows": 10, "body": 20, "left": 12, "below": 18, "right": 12, "lower": 12}
_SIDES: Final[dict[str, tuple[str | int, str | int]]] = {
    "rows": ("body", 6),
    "body": ("left", "right"),
    "left": (0, "below"),
    "below": (1, 2),
    "right": (3, "lower"),
    "lower": (4, 5),
}
_ACROSS: Final = frozenset({"body", "below", "lower"})
"""Splits with one side beside the other."""


class PanelArea(QWidget):
    """Lays `panels` out. `ratio` is that of the room's view; `recall` says where the panels of a layout were, by its
    name.
    """

    arranged = Signal(str, object)
    """The name of a layout, and the `PanelPlaces` that somebody gave its panels; None for the usual ones."""
    refitted = Signal()
    """A panel has another size now, or another one of a slot is seen."""

    def __init__(
        self,
        panels: Sequence[Panel],
        icons: Icons,
        tokens: Callable[[], Tokens],
        ratio: Callable[[], float],
        recall: Callable[[str], PanelPlaces | None],
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._panels = {panel.name: panel for panel in panels}
        self._ratio = ratio
        self._recall = recall
        self._layout, self._laid_out = Layout(), False
        self._places = self._layout.usual
        self._menu: QMenu | None = None
        self.slots = tuple(Slot(icons) for _n in range(7))
        usual: dict[str, Callable[[QSize], int]] = {
            "rows": self._usual_rows,
            "body": self._usual_body,
            "left": self._usual_left,
            "below": self._usual_below,
            "right": lambda size: size.height() - LOWER,
            "lower": lambda _size: MAP_WIDTH,
        }
        self.splits = {name: Split(tokens, _GAPS[name], usual[name]) for name in SPLITS}
        for name, sides in _SIDES.items():
            split = self.splits[name]
            split.setOrientation(Qt.Orientation.Horizontal if name in _ACROSS else Qt.Orientation.Vertical)
            for side in sides:
                split.addWidget(self._side(side))
            split.moved.connect(partial(self._on_moved, name))
        for slot in self.slots:
            slot.menu_wanted.connect(self.open_menu)
            slot.turned.connect(self.refitted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splits["rows"])
        for panel in panels:
            self._adopt(panel)

    # ------------------------------------------------------------------ layout

    def set_layout(self, layout: Layout) -> None:
        """Puts the panels where they were in a layout of this kind the last time."""
        if layout == self._layout and self._laid_out:
            return
        self._layout, self._laid_out = layout, True
        side_by_side = Qt.Orientation.Vertical if layout.upright else Qt.Orientation.Horizontal
        self.splits["body"].setOrientation(side_by_side)
        self.recall()

    def recall(self) -> None:
        """Puts the panels where they were the last time, as after a change of the screens."""
        self._apply(sound(self._recall(self._layout.name), self._layout))

    def add(self, panel: Panel) -> None:
        """Takes one more panel; the next layout has to have a place for it."""
        self._panels[panel.name] = panel
        self._adopt(panel)

    def lay_out(self) -> None:
        """Divides the room anew, as after a change of the room's ratio."""
        for split in self.splits.values():
            split.lay_out()

    def _adopt(self, panel: Panel) -> None:
        panel.widget.setParent(self)
        panel.widget.hide()
        if panel.button is not None:
            panel.button.when_clicked(lambda: self.open_menu(panel.name))

    def _apply(self, places: PanelPlaces) -> None:
        self._places = places
        held = [[self._panels[name] for name in slot] for slot in shown(places)]
        held += [[] for _slot in self.slots[len(held) :]]
        for slot, panels in zip(self.slots, held, strict=True):
            slot.release(panels)
        for slot, panels in zip(self.slots, held, strict=True):
            slot.hold(panels)
            slot.setVisible(bool(panels))
        for name in reversed(SPLITS):
            split = self.splits[name]
            split.setHidden(all(self._side(side).isHidden() for side in _SIDES[name]))
        for name, share in zip(SPLITS, places.shares, strict=True):
            self.splits[name].set_share(share)
        self.refitted.emit()

    def _side(self, side: str | int) -> QWidget:
        return self.slots[side] if isinstance(side, int) else self.splits[side]

    def _usual_rows(self, size: QSize) -> int:
        return size.height() - _GAPS["rows"] - TIMES

    def _usual_body(self, size: QSize) -> int:
        if self._layout.upright:
            return round(size.height() * STAGE_SHARE)
        return round((size.width() - _GAPS["body"]) * (STAGE_SHARE_COMPACT if self._layout.compact else STAGE_SHARE))

    def _usual_left(self, size: QSize) -> int:
        """The view as large as it can be over the pictures of what follows."""
        ratio = self._ratio()
        share = NEXT_SHARE_COMPACT if self._layout.compact else NEXT_SHARE
        small = round(min(size.width() * share * 16 / 9 / ratio, size.height() * NEXT_HIGHEST))
        below = next_views.CAPTION + next_views.GAP + max(small, next_views.LOWEST)
        most = size.height() - _GAPS["left"] - below
        return min(header.HEIGHT + header.BELOW + round(size.width() / ratio), most)

    def _usual_below(self, size: QSize) -> int:
        """The pictures of what follows as high as the split, the ways out beside them."""
        wide = round((size.height() - next_views.CAPTION - next_views.GAP) * self._ratio())
        width = max(wide, next_views.NARROWEST)
        both = width if self._layout.compact else 2 * width + next_views.BETWEEN
        return min(both, round(size.width() * NEXT_WIDEST))

    # ------------------------------------------------------------------ where panels are

    @property
    def places(self) -> PanelPlaces:
        return self._places

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where a key that goes from panel to panel stops."""
        return tuple(stop for slot in self.slots for stop in slot.stops)

    def slot_of(self, name: str) -> Slot | None:
        """The slot of a panel; None where it is hidden."""
        return next((slot for slot in self.slots if any(panel.name == name for panel in slot.panels)), None)

    def reveal(self, name: str) -> None:
        """Has a panel seen: shows it where it is hidden, and over the others of its slot."""
        if name in self._places.hidden:
            self._choose(with_hidden(self._places, name, hidden=False))
        slot = self.slot_of(name)
        if slot is not None and slot.current != name:
            slot.show_panel(name)

    def swap(self, one: str, other: str) -> None:
        """Puts two panels in each other's places."""
        self._choose(swapped(self._places, one, other))
        for name in (other, one):
            self.reveal(name)
        announce(self, _("{panel}: in another place").format(panel=self._panels[one].title))

    def hide_panel(self, name: str) -> None:
        self._choose(with_hidden(self._places, name, hidden=True))

    def put_back(self) -> None:
        """Puts every panel of this layout where it was at first."""
        self._apply(self._layout.usual)
        self.arranged.emit(self._layout.name, None)

    def give_room(self, name: str, by: float) -> None:
        """Gives the slot of a panel more of every split it lies in, or less."""
        places = self._places
        side: str | int | None = next((n for n, slot in enumerate(self.slots) if slot is self.slot_of(name)), None)
        while side is not None:
            around = next((split for split, sides in _SIDES.items() if side in sides), None)
            if around is not None and all(not self._side(each).isHidden() for each in _SIDES[around]):
                sign = 1 if _SIDES[around][0] == side else -1
                share = min(max(self.splits[around].share + sign * by, 2 * MORE_ROOM), 1 - 2 * MORE_ROOM)
                places = with_share(places, around, share)
            side = around
        self._choose(places)

    def _choose(self, places: PanelPlaces) -> None:
        self._apply(places)
        self.arranged.emit(self._layout.name, places)

    def _on_moved(self, split: str, share: float) -> None:
        self._places = with_share(self._places, split, share)
        self.arranged.emit(self._layout.name, self._places)

    # ------------------------------------------------------------------ the menu

    def open_menu(self, name: str = "") -> None:
        """Opens the menu of a panel: of the one with the keys, or of the view, where none is named."""
        focused = self.window().focusWidget()
        if not name:
            holding = (slot.current for slot in self.slots if slot.isAncestorOf(focused or self))
            name = next(holding, "")
        slot = self.slot_of(name or ALWAYS)
        if slot is not None:
            button = slot.button_of(name or ALWAYS)
            self._close_menu()
            self._menu = self.menu(name or ALWAYS)
            self._menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def menu(self, name: str) -> QMenu:
        """What can be done with a panel."""
        menu = QMenu(self)
        slot = self.slot_of(name)
        caption = menu.addAction(_("“{panel}” changes places with:").format(panel=self._panels[name].title))
        caption.setEnabled(False)
        for other, panel in self._panels.items():
            elsewhere = self.slot_of(other)
            if elsewhere is not None and elsewhere is not slot:
                menu.addAction(panel.title).triggered.connect(partial(self._on_swap, name, other))
        menu.addSeparator()
        menu.addAction(_("More room")).triggered.connect(lambda: self.give_room(name, MORE_ROOM))
        menu.addAction(_("Less room")).triggered.connect(lambda: self.give_room(name, -MORE_ROOM))
        menu.addSeparator()
        if name != ALWAYS:
            words = _("Hide “{panel}”").format(panel=self._panels[name].title)
            menu.addAction(words).triggered.connect(lambda: self.hide_panel(name))
        for hidden in self._places.hidden:
            words = _("Show “{panel}”").format(panel=self._panels[hidden].title)
            menu.addAction(words).triggered.connect(partial(self._on_show, hidden))
        as_it_was = menu.addAction(_("All panels as they were"))
        as_it_was.setEnabled(self._places != self._layout.usual)
        as_it_was.triggered.connect(lambda: self.put_back())  # noqa: PLW0108 - else it would be given `checked`
        return menu

    def _on_swap(self, one: str, other: str, *_checked: bool) -> None:
        self.swap(one, other)

    def _on_show(self, name: str, *_checked: bool) -> None:
        self.reveal(name)

    def _close_menu(self) -> None:
        if self._menu is not None:
            self._menu.close()
            self._menu.deleteLater()
            self._menu = None
