"""The right half of the console: the notes, and below them the canvas in small, the outline and the history.

On a small screen the notes have all of it. What else there is stands in tabs beside the ways out, in the left half: the
corner, which this half lends to it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.windows.console.history import History
from atelier.windows.console.map_panel import LargeMap, Legend, MapPanel
from atelier.windows.console.notes_panel import NotesPanel
from atelier.windows.console.outline import Outline
from atelier.windows.controls import Button, frame
from atelier.windows.keyboard import key_press

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from atelier.commands.dispatch import Dispatcher
    from atelier.render.scene import Scene
    from atelier.talk.session import Talk
    from atelier.windows.console.stage_half import StageHalf
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens

LOWER: Final = 292
"""Pixels of what stands below the notes."""
MAP_WIDTH: Final = 264
TABS: Final = 30
"""Pixels of a row of tabs with what is free below it."""


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


class Corner(QWidget):
    """Pages in tabs, in a corner of another half. `home` is the first page, which that half shows by itself too."""

    def __init__(self, home: QWidget, pages: Sequence[tuple[str, QWidget]]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._pages = [home, *(page for _name, page in pages)]
        self.tabs = Tabs([_("Links out"), *(name for name, _page in pages)])
        self.tabs.chosen.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.tabs)
        self._room = QRect()

    def place(self, room: QRect) -> QRect:
        """Takes the top of `room`, and gives the rest of it to the page chosen; returns that rest."""
        self._room = room.adjusted(0, TABS, 0, 0)
        self.setGeometry(room.x(), room.y() - 4, room.width(), TABS)
        self._show(self.tabs.current)
        return self._room

    def _show(self, number: int) -> None:
        for index, page in enumerate(self._pages):
            if page.parentWidget() is self.parentWidget():
                page.setVisible(index == number)
                if index and index == number:
                    page.setGeometry(self._room)


class NotesHalf(QWidget):
    """Follows `talk` over a scene, beside `stage` in `host`. `size` is that of the notes, in pixels."""

    frame_chosen = Signal(int)

    def __init__(
        self,
        talk: Talk,
        scene: Scene,
        tokens: Callable[[], Tokens],
        icons: Icons,
        host: QWidget,
        stage: StageHalf,
        size: int,
        is_busy: Callable[[], bool],
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._compact = False
        self.notes = NotesPanel(talk, scene, tokens, icons, size, is_busy)
        self.canvas = MapPanel(talk, scene, tokens, icons, self.toggle_map)
        self.outline = Outline(talk, scene, tokens)
        self.history = History(talk, scene, tokens)
        self._stage = stage
        self.large_map = LargeMap(host, talk, scene, tokens, icons, lambda: stage.geometry().united(self.geometry()))
        for part in (self.canvas, self.outline, self.history, self.large_map):
            part.frame_chosen.connect(self.frame_chosen)
        self.corner = Corner(
            stage.exits, ((_("Canvas"), self.canvas), (_("Outline"), self.outline), (_("History"), self.history))
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self.notes, 1)
        self.tabs = Tabs([_("Outline"), _("History")])
        self._stack = QStackedWidget()
        self._stack.setObjectName("plain")
        self.tabs.chosen.connect(self._stack.setCurrentIndex)
        self._lower = frame("panel")
        self._lower.setFixedHeight(LOWER)
        self._map_column = QVBoxLayout()
        lists = QVBoxLayout()
        lists.setSpacing(4)
        lists.addWidget(self.tabs)
        lists.addWidget(self._stack, 1)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(self._map_column)
        both.addLayout(lists, 1)
        below = QVBoxLayout(self._lower)
        below.setContentsMargins(14, 10, 12, 8)
        below.setSpacing(6)
        below.addLayout(both, 1)
        below.addWidget(Legend(talk, tokens))
        self._column.addWidget(self._lower)
        self._take_back()

    @property
    def panels(self) -> tuple[QWidget, ...]:
        """Where a key that goes from panel to panel stops."""
        notes = self.notes.field if self.notes.editing else self.notes.view
        return (self.large_map, notes, self.canvas.map, self.outline.list, self.history.list)

    def bind(self, commands: Dispatcher) -> None:
        """Gives the commands of the notes and the map their acts."""
        self.notes.bind(commands)
        commands.bind("canvas.map", self.toggle_map)

    def toggle_map(self) -> None:
        """Opens the large map, or closes it."""
        if self.large_map.isHidden():
            self.large_map.open()
        else:
            self.large_map.close_map()

    def close_topmost(self) -> bool:
        """Closes the large map, or leaves the notes that are edited; False where there is neither."""
        if not self.large_map.isHidden():
            self.large_map.close_map()
        elif self.notes.editing:
            self.notes.leave()
        else:
            return False
        return True

    def replace_scene(self, scene: Scene) -> None:
        """Follows a new version of the deck."""
        for part in (self.notes, self.canvas, self.outline, self.history, self.large_map):
            part.replace_scene(scene)

    # ------------------------------------------------------------------ layout

    def set_compact(self, *, compact: bool) -> None:
        """Notes alone, the rest in the corner of the other half; or everything here."""
        if compact == self._compact:
            return
        self._compact = compact
        self._lower.setVisible(not compact)
        self.canvas.set_compact(compact=compact)
        if compact:
            self.canvas.setMinimumWidth(0)
            self.canvas.setMaximumWidth(2**24 - 1)
            for part in (self.canvas, self.outline, self.history, self.corner):
                part.setParent(self._stage)
            self.corner.show()
        else:
            self._take_back()

    def _take_back(self) -> None:
        self.corner.hide()
        self._map_column.addWidget(self.canvas)
        self.canvas.setFixedWidth(MAP_WIDTH)
        for list_ in (self.outline, self.history):
            self._stack.addWidget(list_)
        self._stack.setCurrentIndex(self.tabs.current)
        self.canvas.show()
