"""One slot of the console: a panel, or several in tabs, each with the button that opens its menu."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from atelier.windows.console.panels import PanelButton
from atelier.windows.controls import Button, label, restyle
from atelier.windows.keyboard import key_press

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from atelier.windows.icons import Icons

HEAD: Final = 28
"""Pixels of a row of tabs."""
TABBED: Final = 330
"""Pixels of width that tabs have, at most, however small the console is."""
MARGINS: Final = (14, 8, 10, 8)
"""Pixels around what stands in a frame."""


@dataclass(frozen=True, slots=True)
class Panel:
    """What can stand in a slot. `least` are the pixels it needs, `focus` says what has the keys in it.

    `button` opens its menu, in a head of its own; a panel without one gets a head from its slot. `set_headed` shows
    that head or leaves it to the tab that says the name.
    """

    name: str
    title: str
    widget: QWidget
    least: tuple[int, int]
    focus: Callable[[], QWidget]
    button: PanelButton | None = None
    set_headed: Callable[[bool], object] = bool
    framed: bool = False


class Tabs(QWidget):
    """A row of names, one of which is chosen."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for number, name in enumerate(names):
            button = Button(name, "tab")
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.when_clicked(partial(self.chosen.emit, number))
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch()

    @property
    def current(self) -> int:
        return self._group.checkedId()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {"Left": -1, "Right": 1}.get(key_press(event).name, 0)
        number = self.current + by
        if by and 0 <= number < len(self._group.buttons()):
            self.choose(number)
            self._group.button(number).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def choose(self, number: int) -> None:
        """Shows that one is chosen, and says so."""
        self._group.button(number).setChecked(True)
        self.chosen.emit(number)


class Slot(QFrame):
    """Holds panels, of which one is shown."""

    menu_wanted = Signal(str)
    """The panel whose menu is asked for, by name."""
    turned = Signal()
    """Another panel of the slot is shown."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._panels: tuple[Panel, ...] = ()
        self.tabs: Tabs | None = None
        self._head = QWidget()
        self._head.setObjectName("plain")
        self._head.setFixedHeight(HEAD)
        self._row = QHBoxLayout(self._head)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._caption = label("", "caption")
        self._row.addWidget(self._caption)
        self._row.addStretch()
        self._button = PanelButton("", icons)
        self._button.when_clicked(lambda: self.menu_wanted.emit(self.current))
        self._row.addWidget(self._button)
        self._stack = QStackedWidget()
        self._stack.setObjectName("plain")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._column.addWidget(self._head)
        self._column.addWidget(self._stack, 1)

    @property
    def panels(self) -> tuple[Panel, ...]:
        return self._panels

    @property
    def current(self) -> str:
        """The name of the panel shown; empty where there is none."""
        return self._panels[self._stack.currentIndex()].name if self._panels else ""

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where a key that goes from panel to panel stops."""
        if not self._panels:
            return ()
        tabs = (self.tabs,) if self.tabs is not None else ()
        return (*tabs, self._panels[self._stack.currentIndex()].focus())

    def button_of(self, name: str) -> QWidget:
        """What opens the menu of a panel."""
        panel = next(each for each in self._panels if each.name == name)
        own = panel.button
        return own if own is not None and own.isVisible() else self._button

    def release(self, panels: Sequence[Panel]) -> None:
        """Lets go of the panels that it will not hold any longer."""
        for panel in self._panels:
            if panel not in panels:
                self._stack.removeWidget(panel.widget)
                panel.widget.hide()

    def hold(self, panels: Sequence[Panel]) -> None:
        """Holds these panels, several in tabs."""
        if tuple(panels) == self._panels:
            return
        before = self.current
        for panel in self._panels:
            self._stack.removeWidget(panel.widget)
        self._panels = tuple(panels)
        for panel in panels:
            self._stack.addWidget(panel.widget)
        self._show_head()
        names = [panel.name for panel in panels]
        if names:
            self.show_panel(before if before in names else names[0])
        framed = bool(panels) and panels[0].framed
        restyle(self, kind="panel" if framed else "")
        margins = MARGINS if framed else (0, 0, 0, 0)
        self._column.setContentsMargins(*margins)
        left, top, right, bottom = margins
        width, height = (max((panel.least[n] for panel in panels), default=0) for n in (0, 1))
        if self.tabs is not None:
            width = max(width, min(self._row.sizeHint().width(), TABBED))
        above = 0 if self._head.isHidden() else HEAD + self._column.spacing()
        self.setMinimumSize(QSize(width + left + right, height + top + bottom + above))

    def _show_head(self) -> None:
        several = len(self._panels) > 1
        own = not several and bool(self._panels) and self._panels[0].button is not None
        if self.tabs is not None:
            self.tabs.hide()
            self.tabs.deleteLater()
            self.tabs = None
        if several:
            self.tabs = Tabs([panel.title for panel in self._panels])
            self.tabs.chosen.connect(self._turn)
            self._row.insertWidget(0, self.tabs, 1)
        self._caption.setVisible(not several)
        self._caption.setText("" if several or not self._panels else self._panels[0].title)
        self._head.setHidden(own)
        for panel in self._panels:
            panel.set_headed(own)

    def show_panel(self, name: str) -> None:
        """Has that one seen, of those it holds."""
        number = next(n for n, panel in enumerate(self._panels) if panel.name == name)
        if self.tabs is not None:
            self.tabs.choose(number)
        else:
            self._turn(number)

    def _turn(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._button.name_panel(self._panels[number].title)
        self.turned.emit()
