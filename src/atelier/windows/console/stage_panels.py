"""The panels of the console about the room: what it sees, what comes next, and the ways out of here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from atelier.foundation.translation import _
from atelier.talk.events import LinkShown, Moved, PathChosen
from atelier.windows.console import header, next_views
from atelier.windows.console.address_panel import AddressPanel
from atelier.windows.console.exits import Exit, Exits
from atelier.windows.console.header import Header
from atelier.windows.console.next_views import NextViews
from atelier.windows.console.panels import PanelButton
from atelier.windows.console.pictures import IdlePainter
from atelier.windows.console.slot import Panel
from atelier.windows.console.stage_view import StageView
from atelier.windows.console.tool_hint import ToolHint

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QResizeEvent

    from atelier.commands.dispatch import Dispatcher
    from atelier.render.scene import Scene
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.audience import AudienceWindow
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens

SOON: Final = 40
"""Milliseconds after an act of the talk until this half follows: the room's next picture comes first."""
COUNTED: Final = 300
"""Milliseconds after the last hand counted until the smaller pictures show it too: they are all painted anew."""
ZOOM: Final = 1.25


class ViewPanel(QWidget):
    """The room's picture under the line that says who sees it, and the address for the room over it."""

    def __init__(self, header_: Header, view: StageView, address: AddressPanel, around: Callable[[], QRect]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._header, self._view, self._address, self._around = header_, view, address, around
        for part in (header_, view):
            part.setParent(self)

    def place(self) -> None:
        """Lays the parts out."""
        above = header.HEIGHT + header.BELOW
        self._header.setGeometry(0, 2, self.width(), header.HEIGHT)
        self._view.setGeometry(0, above, self.width(), max(self.height() - above, 1))
        self._view.place()
        self.place_address()

    def place_address(self) -> None:
        if self._address.isHidden():
            return
        mirror = self._view.mirror
        corner = mirror.mapTo(self._address.window(), mirror.rect().bottomRight())
        self._address.fit(corner, self._view.height(), self._around())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()


class StagePanels(QObject):
    """Follows `talk` over the scene that `audience` shows, on `console`; `run` runs a command of it.

    `around` is the part of the console that the panels share.
    """

    ratio_changed = Signal()
    """The room's picture may have another ratio now."""
    view_wanted = Signal()
    """Something is on the room's picture that the speaker has to see."""

    def __init__(
        self,
        talk: Talk,
        audience: AudienceWindow,
        icons: Icons,
        tokens: Callable[[], Tokens],
        run: Callable[[str], object],
        console: QWidget,
        around: Callable[[], QRect],
    ) -> None:
        super().__init__(console)
        self._console = console
        self._talk = talk
        self._audience = audience
        self._scene = audience.scene
        self._left: Position | None = None
        self.painter = IdlePainter(audience.scene, self._is_busy, self)
        titles = {"view": _("What the audience sees"), "next": _("Up next"), "exits": _("Links out")}
        buttons = {name: PanelButton(title, icons) for name, title in titles.items()}
        self.header = Header(talk, icons, tokens, run, ToolHint(audience.tools, icons), buttons["view"])
        audience.tools.changed.connect(self.refresh)
        self.header.left_chosen.connect(self._go_back_to)
        self.view = StageView(talk, audience, self.painter, icons, tokens)
        ink = audience.tools.ink
        self.next_views = NextViews(
            talk,
            self.painter,
            tokens,
            run,
            lambda stop: audience.act(lambda: talk.go_to_stop(stop)),
            lambda: audience.canvas.view_ratio,
            ink,
            buttons["next"],
        )
        self.exits = Exits(talk, icons, tokens, buttons["exits"])
        self.exits.followed.connect(self.follow)
        self.panel = AddressPanel(console, icons)
        self.view_panel = ViewPanel(self.header, self.view, self.panel, around)
        self.panels = (
            Panel(
                "view",
                titles["view"],
                self.view_panel,
                (280, 110),
                lambda: self.header,
                buttons["view"],
                buttons["view"].setVisible,
            ),
            Panel(
                "next",
                titles["next"],
                self.next_views,
                next_views.LEAST,
                lambda: self.next_views,
                buttons["next"],
                buttons["next"].setVisible,
            ),
            Panel(
                "exits",
                titles["exits"],
                self.exits,
                (150, 60),
                lambda: self.exits,
                buttons["exits"],
                lambda headed: self.exits.set_headed(headed=headed),
            ),
        )
        self.panel.show_wanted.connect(self._toggle_link)
        self.panel.closed.connect(self._close)
        audience.open_address = self.offer
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        self._counted = QTimer(self, interval=COUNTED, singleShot=True)
        self._counted.timeout.connect(lambda: self.replace_scene(audience.scene))
        audience.results_shown.connect(self._on_results_shown)
        audience.installEventFilter(self)
        talk.listen(self._on_event)
        self._soon.start()

    @property
    def ready(self) -> bool:
        """Whether everything shown is of now, and painted."""
        return not self._soon.isActive() and not self._counted.isActive() and self.painter.idle

    # ------------------------------------------------------------------ commands

    def bind(self, commands: Dispatcher) -> None:
        """Gives the commands their acts that are another one where there is a console."""
        commands.bind("room.freeze", self._freeze)
        commands.bind("room.link", self._toggle_link)
        commands.bind("link.next", lambda: self._exits_now().choose(1))
        commands.bind("link.previous", lambda: self._exits_now().choose(-1))
        commands.bind("link.follow", lambda: self._exits_now().follow_chosen())
        for n in range(1, 10):
            commands.bind(f"link.{n}", lambda n=n: self._exits_now().follow(n))
        commands.bind("stage.close", self._close, lambda: self._can_close)
        for id_, factor in (("stage.zoom-in", ZOOM), ("stage.zoom-out", 1 / ZOOM)):
            commands.bind(id_, lambda by=factor: self._zoom(by), lambda: self.view.looking is not None)

    def follow(self, exit_: Exit) -> None:
        """Goes where an exit leads; an address is shown to the speaker."""
        self.exits.choose_none()
        if exit_.address:
            self.offer(exit_.address)
        else:
            self._audience.act(lambda: self._talk.jump(exit_.place))

    def offer(self, address: str) -> None:
        """Shows an address to the speaker, ready for the room; to the room itself while nobody sees the console."""
        if not self._console.isVisible():
            self._talk.show_link(address)
            return
        state = self._talk.state
        self.view_wanted.emit()
        self.panel.offer(address, in_room=state.link == address, covered=bool(state.cover))
        self.view_panel.place_address()

    def _exits_now(self) -> Exits:
        """The exits of here, also right after a move."""
        if self._talk.ground.canvas is self._scene.canvas:
            self.exits.refresh(self._scene)
        return self.exits

    def _freeze(self) -> None:
        if self._talk.state.frozen:
            self.view.thaw()
        else:
            self._talk.freeze()

    def _zoom(self, by: float) -> None:
        self.view.zoom_by(by)

    def _toggle_link(self) -> None:
        address = self.panel.address or self._exits_now().address()
        if self._talk.state.link:
            self._talk.show_link("")
        elif address:
            self._talk.show_link(address)
        else:
            self._audience.tell(_("No address leads out of here."))

    @property
    def _can_close(self) -> bool:
        on_top = self._audience.aside.busy
        return not on_top and bool(self.panel.address or self._talk.state.link or self.exits.choosing)

    def _close(self) -> None:
        if self.exits.choosing:
            self.exits.choose_none()
            return
        self.panel.hide()
        self._talk.show_link("")

    def _go_back_to(self, depth: int) -> None:
        detours = self._talk.position.detours
        if depth < len(detours):
            left = detours[depth]
            self._audience.act(lambda: self._talk.jump(left.place, left.view))

    # ------------------------------------------------------------------ the talk

    def replace_scene(self, scene: Scene) -> None:
        """Follows a new version of the deck, which the audience window shows already."""
        self._scene = scene
        self.painter.set_scene(scene)
        self.view.set_scene(scene)
        self.refresh()

    def _on_results_shown(self) -> None:
        self._scene = self._audience.scene
        self.view.set_scene(self._scene)
        self._counted.start()

    def _on_event(self, event: Event, before: Position) -> None:
        if self._talk.ground.canvas is not self._scene.canvas:
            return
        if isinstance(event, Moved | PathChosen):
            self.panel.hide()
            self._left = self._left or before
            if not self._talk.state.frozen:
                self._soon.start()
                return
        if isinstance(event, LinkShown):
            self._show_link(event.address)
            return
        self.refresh()

    def _show_link(self, address: str) -> None:
        if address:
            self.offer(address)
        elif self.panel.address:
            self.panel.say_who(in_room=False)

    def refresh(self) -> None:
        """Shows everything as it is now, unless nobody can see it."""
        self._soon.stop()
        talk, scene = self._talk, self._scene
        if talk.ground.canvas is not scene.canvas or not self._console.isVisible():
            return
        before, self._left = self._left, None
        self.header.refresh(scene, self._audience.position, seen=self._audience.isVisible())
        if self.panel.address:
            in_room = talk.state.link == self.panel.address
            self.panel.say_who(in_room=in_room, covered=bool(talk.state.cover))
            self.view_panel.place_address()
        self.view.refresh(before)
        self.next_views.refresh(scene)
        self.exits.refresh(scene)

    def _is_busy(self) -> bool:
        """Whether the room's picture, or the one the speaker looks at, still needs the time there is."""
        for canvas in (self._audience.canvas, self.view.looking):
            if canvas is None or not canvas.isVisible() or canvas.window().isMinimized():
                continue
            if canvas.moving or (canvas.busy and canvas.resting_picture() is None):
                return True
        return False

    def stop(self) -> None:
        """Ends all work, before the window goes."""
        self._soon.stop()
        self._counted.stop()
        self.painter.stop()
        self.view.stop()

    # ------------------------------------------------------------------ layout

    def set_compact(self, *, compact: bool) -> None:
        """With fewer words, for a small screen."""
        self.header.set_compact(compact=compact)
        self.refresh_soon()

    def refresh_soon(self) -> None:
        """Follows as after an act of the talk: the console is shown, or a panel has another size."""
        self._soon.start()

    def _place(self) -> None:
        self.ratio_changed.emit()
        self.view_panel.place()
        self.next_views.place()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._audience and event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._place)  # once its canvas has the new size
        return False
