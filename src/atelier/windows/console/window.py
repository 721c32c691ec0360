"""The presenter console: one window, its panels in their places, its keys."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from atelier.commands.dispatch import Dispatcher
from atelier.commands.keys import command_for
from atelier.commands.table import COUNTING, LINK, STAGE
from atelier.foundation.settings import NOTES_SIZES
from atelier.foundation.translation import _
from atelier.windows.aside import Aside
from atelier.windows.console.answers_bar import AnswersBar
from atelier.windows.console.frame_menu import FrameMenu
from atelier.windows.console.media_bar import MediaBar
from atelier.windows.console.notes_panels import NotesPanels
from atelier.windows.console.panel_area import PanelArea
from atelier.windows.console.panels import belongs_to_panel, go_to_next
from atelier.windows.console.places import Layout
from atelier.windows.console.proposals import ProposalBoard
from atelier.windows.console.ribbon import Ribbon
from atelier.windows.console.stage_panels import StagePanels
from atelier.windows.console.strip import Strip
from atelier.windows.console.time_bar import TimeBar
from atelier.windows.keyboard import key_press

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

    from atelier.foundation.errors import AtelierError
    from atelier.foundation.settings import PanelPlaces
    from atelier.render.scene import Scene
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.audience import AudienceWindow
    from atelier.windows.console.times_chart import TimesChart
    from atelier.windows.icons import Icons
    from atelier.windows.style import Appearance

SMALLEST: Final = (860, 520)
"""Pixels: the width of an upright screen, the height of a laptop whose pixels are doubled."""
LEAST_BODY: Final = 380
"""Pixels of the height that the answers of an activity leave to everything else; of what is more they take half."""
COMPACT: Final = (1360, 800)
"""Below this width or height the compact layout is used."""


class Console(QWidget):
    """Shows the speaker the talk that `audience` shows the room. Commands it has no act for are the audience's.

    `recall` says where the panels of a layout were the last time, by its name.
    """

    closed = Signal()
    notes_resized = Signal(int)
    """Pixels of the notes, as the speaker chose them."""

    def __init__(
        self,
        talk: Talk,
        audience: AudienceWindow,
        appearance: Callable[[], Appearance],
        icons: Icons,
        today: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        notes_size: int = NOTES_SIZES[1],
        recall: Callable[[str], PanelPlaces | None] = lambda _layout: None,
    ) -> None:
        super().__init__()
        self.setObjectName("root")
        self.setWindowTitle(_("{title} — console").format(title=talk.ground.deck.title))
        self.setMinimumSize(*SMALLEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._talk = talk
        self._audience = audience
        self._appearance = appearance
        self.remote_on = False
        """Whether telephones can connect, which the strip shows."""
        self.board = ProposalBoard(talk)
        self.aside = Aside(self, talk, lambda: audience.scene, appearance, self.board)
        self.aside.found.connect(audience.go_to_frame)
        self.aside.found_alone.connect(self._look_alone)
        self.aside.found_next.connect(audience.changes.make_next)
        audience.console_aside = lambda: self.aside if self.isVisible() else None
        self.commands = Dispatcher(self._on_error)
        self.time_bar = TimeBar(talk, today, icons, self.run)
        self.time_bar.path_chosen.connect(talk.choose_path)
        self.ribbon = Ribbon(talk, lambda: appearance().tokens, lambda: self.board.frames)
        self.board.changed.connect(self.ribbon.update)
        self.ribbon.stop_chosen.connect(self._go_to_stop)
        self.strip = Strip(
            icons,
            self.run,
            {
                "room.black": lambda: talk.state.cover == "black",
                "room.white": lambda: talk.state.cover == "white",
                "room.freeze": lambda: talk.state.frozen,
                "room.message": lambda: bool(talk.state.message),
                "countdown.toggle": lambda: talk.state.counted is not None,
                "window.remote": lambda: self.remote_on,
            },
            audience.tools,
            lambda: appearance().tokens,
        )
        self.stage = StagePanels(talk, audience, icons, lambda: appearance().tokens, self.run, self, self._around)
        self.stage.bind(self.commands)
        self.notes = NotesPanels(
            talk,
            audience.scene,
            lambda: appearance().tokens,
            icons,
            self,
            notes_size,
            lambda: audience.canvas.moving,
            self._around,
        )
        self.notes.frame_chosen.connect(audience.go_to_frame)
        self.notes.notes.size_changed.connect(self.notes_resized)
        self.notes.bind(self.commands)
        self.menu = FrameMenu(self, talk, audience, self.board)
        self.ribbon.menu_wanted.connect(self.menu.open)
        self.notes.outline.list.menu_wanted.connect(self.menu.open)
        self.notes.outline.list.taken_in.connect(self._take_in_frame)
        self.commands.bind("talk.leave-out", self._leave_out)
        self.commands.bind("talk.take-in", self._take_in)
        self.body = PanelArea(
            (*self.stage.panels, *self.notes.panels),
            icons,
            lambda: appearance().tokens,
            lambda: audience.canvas.view_ratio,
            recall,
        )
        self.body.refitted.connect(self.stage.refresh_soon)
        self.stage.next_views.fitted.connect(self.stage.refresh_soon)
        self.stage.ratio_changed.connect(self.body.lay_out)
        self.stage.view_wanted.connect(lambda: self.body.reveal("view"))
        self.notes.notes.edit_wanted.connect(lambda: self.body.reveal("notes"))
        self.commands.bind("window.arrange", self.body.open_menu)
        self.commands.bind("window.panel", lambda: self._go_to_panel(1))
        self.commands.bind("window.panel-back", lambda: self._go_to_panel(-1))
        audience.keys = lambda event: self.isVisible() and self.take_key(event, over_room=True)
        self.media = MediaBar(talk, audience, icons, self.run)
        self.answers = AnswersBar(audience.counting, icons, self.run, self._leave_panel)
        self.commands.bind("answers.count", self._count_hands)
        self._rehearses = False
        self._lay_out()
        self.setFocus()  # else the first button would have it, and Tab with it
        talk.listen(self._on_event)
        icons.load()

    # ------------------------------------------------------------------ layout

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.time_bar)
        row = QHBoxLayout()
        row.setContentsMargins(20, 6, 16, 6)
        row.setSpacing(20)
        row.addWidget(self.ribbon, 1)
        row.addWidget(self.board)
        whole.addLayout(row)
        middle = QVBoxLayout()
        middle.setContentsMargins(20, 0, 16, 8)
        middle.addWidget(self.body, 1)
        middle.addWidget(self.answers)
        middle.addWidget(self.media)
        whole.addLayout(middle, 1)
        whole.addWidget(self.strip)

    def _around(self) -> QRect:
        """What the panels share."""
        return self.body.geometry()

    def show_times(self, chart: TimesChart) -> None:
        """Shows the times of a rehearsal below everything else."""
        self.body.add(chart.panel)
        self._rehearses = True
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        compact = self.width() < COMPACT[0] or self.height() < COMPACT[1]
        for part in (self.time_bar, self.ribbon, self.strip, self.stage):
            part.set_compact(compact=compact)
        self.answers.set_room((self.height() - LEAST_BODY) // 2)
        self.body.set_layout(Layout(compact, self.height() > self.width(), self._rehearses))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._audience.clear()
        self.stage.refresh_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.aside.close_topmost()  # it would keep the pointer and the keys of a room's window that is alone

    # ------------------------------------------------------------------ the talk

    def replace_scene(self, scene: Scene) -> None:
        """Follows a new version of the deck, which the talk goes over already."""
        self.setWindowTitle(_("{title} — console").format(title=scene.deck.title))
        self.stage.replace_scene(scene)
        self.notes.replace_scene(scene)
        self._refresh()

    def _look_alone(self, frame: int) -> None:
        if not self._talk.state.frozen:
            self._talk.freeze()
        canvas = self._talk.ground.canvas
        self._talk.jump(canvas.page_of.get(frame, canvas.place_of[frame]))

    def _leave_out(self) -> None:
        """Leaves out the frame chosen in the outline or on the ribbon, or takes it in again; else the next stop."""
        frame = self._chosen()
        if frame is None:
            frame = self._talk.next_to_leave_out()
        elif frame in self._talk.dropped():
            self.board.take_in((frame,))
            return
        if frame is None or not self._talk.can_leave_out(frame):
            self.aside.tell(_("Only what is still to come can be left out."))
        else:
            self.board.leave_out((frame,))

    def _take_in(self) -> None:
        """Takes in again the frame chosen, where it is left out; else the one left out last."""
        frame = self._chosen()
        if frame not in self._talk.dropped():
            frame = self._talk.dropped_last()
        if frame is None:
            self.aside.tell(_("Nothing is left out."))
        else:
            self.board.take_in((frame,))

    def _take_in_frame(self, frame: int) -> None:
        self.board.take_in((frame,))

    def _chosen(self) -> int | None:
        """The frame chosen with the arrows in the outline or on the ribbon."""
        chosen = self.notes.outline.list.chosen
        return self.ribbon.chosen if chosen is None else chosen

    def _go_to_stop(self, stop: int) -> None:
        self._audience.act(lambda: self._talk.go_to_stop(stop))

    def _on_event(self, event: Event, before: Position) -> None:  # noqa: ARG002 - a listener's
        self._refresh()

    def _refresh(self) -> None:
        self.time_bar.refresh()
        self.ribbon.update()
        self.strip.refresh()

    # ------------------------------------------------------------------ keys

    def run(self, command: str) -> bool:
        """Runs a command, here or in the audience window; False when it does nothing now."""
        if command == "stage.close" and not self.aside.busy and self._close_topmost():
            return True
        return self.commands.run(command) or self._audience.commands.run(command)

    def _count_hands(self) -> None:
        """Goes to the answers that are open; from there on to those of the next activity, or closes them."""
        if self._audience.counting.open is not None and not self.answers.table.holds_focus:
            self.answers.table.take_focus()
        else:
            self._audience.counting.toggle()

    def _close_topmost(self) -> bool:
        """Closes what is open, or gives the keys back to the talk; False where they are there."""
        focused = self.focusWidget()
        if focused in (None, self) or self.answers.isAncestorOf(focused):
            return self._audience.counting.close() or self.notes.close_topmost() or self._leave_panel()
        return self.notes.close_topmost() or self._leave_panel()

    def _go_to_panel(self, by: int) -> None:
        stops = (*self.body.stops, self.answers, self.strip)
        panels = (self.time_bar, self.ribbon, self.board, self.notes.large_map, *stops)
        go_to_next(panels, self.focusWidget(), by)

    def _leave_panel(self) -> bool:
        """Gives the keys back to the talk; False where it has them."""
        if self.focusWidget() in (None, self):
            return False
        self.setFocus()
        return True

    def take_key(self, event: QKeyEvent, *, over_room: bool = False) -> bool:
        """Runs the command of a key, whichever window it was pressed in; False when it has none."""
        contexts = (LINK, STAGE) if self.stage.exits.choosing else (STAGE,)
        if over_room and self._audience.counting.open is not None:
            contexts = (COUNTING, *contexts)
        command = command_for(key_press(event), contexts)
        return command is not None and self.run(command)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.focusWidget() not in (None, self) and belongs_to_panel(key_press(event)):
            return
        if not self.take_key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's name
        if self.focusWidget() in (None, self):
            return False  # Tab chooses links
        return super().focusNextPrevChild(next)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stage.stop()
        self._audience.forget_console()
        super().closeEvent(event)
        self.closed.emit()

    def _on_error(self, error: AtelierError) -> None:
        self.aside.tell(error.message, error.hint, str(error.location or ""))
