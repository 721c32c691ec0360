"""The panels of the console for the speaker: the notes, the canvas in small, the outline and the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

from atelier.foundation.translation import _
from atelier.windows.console.history import History
from atelier.windows.console.map_panel import LargeMap, MapPanel
from atelier.windows.console.notes_panel import NotesPanel
from atelier.windows.console.outline import Outline
from atelier.windows.console.panels import PanelButton
from atelier.windows.console.slot import Panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from atelier.commands.dispatch import Dispatcher
    from atelier.render.scene import Scene
    from atelier.talk.session import Talk
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens


class NotesPanels(QObject):
    """Follows `talk` over a scene, on `console`. `size` is that of the notes in pixels, `body` where the large map lies
    on the console.
    """

    frame_chosen = Signal(int)

    def __init__(
        self,
        talk: Talk,
        scene: Scene,
        tokens: Callable[[], Tokens],
        icons: Icons,
        console: QWidget,
        size: int,
        is_busy: Callable[[], bool],
        body: Callable[[], QRect],
    ) -> None:
        super().__init__(console)
        notes_button, map_button = PanelButton(_("Notes"), icons), PanelButton(_("Canvas"), icons)
        self.notes = NotesPanel(talk, scene, tokens, icons, notes_button, size, is_busy)
        self.canvas = MapPanel(talk, scene, tokens, icons, self.toggle_map, map_button)
        self.outline = Outline(talk, scene, tokens)
        self.history = History(talk, scene, tokens)
        self.large_map = LargeMap(console, talk, scene, tokens, icons, body)
        for part in (self.canvas, self.outline, self.history, self.large_map):
            part.frame_chosen.connect(self.frame_chosen)
        self.panels = (
            Panel(
                "notes",
                _("Notes"),
                self.notes,
                (250, 96),
                lambda: self.notes.field if self.notes.editing else self.notes.view,
                notes_button,
                notes_button.setVisible,
            ),
            Panel(
                "canvas",
                _("Canvas"),
                self.canvas,
                (170, 84),
                lambda: self.canvas.map,
                map_button,
                lambda headed: self.canvas.set_headed(headed=headed),
                framed=True,
            ),
            Panel("outline", _("Outline"), self.outline, (170, 80), lambda: self.outline.list, framed=True),
            Panel("history", _("History"), self.history, (170, 80), lambda: self.history.list, framed=True),
        )

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
