"""The left half of the console: what the room sees, what comes next, and the ways out of here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QTimer
from PySide6.QtWidgets import QWidget

from atelier.foundation.translation import _
from atelier.talk.events import LinkShown, Moved, PathChosen
from atelier.windows.console import header
from atelier.windows.console.address_panel import AddressPanel
from atelier.windows.console.exits import Exit, Exits
from atelier.windows.console.header import Header
from atelier.windows.console.next_views import CAPTION, GAP, NextViews
from atelier.windows.console.pictures import IdlePainter
from atelier.windows.console.stage_view import StageView
from atelier.windows.console.tool_hint import ToolHint

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from atelier.commands.dispatch import Dispatcher
    from atelier.render.scene import Scene
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.audience import AudienceWindow
    from atelier.windows.console.notes_half import Corner
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens

SOON: Final = 40
"""Milliseconds after an act of the talk until this half follows: the room's next picture comes first."""
BELOW: Final = 12
NEXT_SHARE: Final = 0.164
"""The height of the next pictures as a share of the width of the half."""
NEXT_SHARE_COMPACT: Final = 0.175
LOWEST: Final = 72
HIGHEST: Final = 0.2
"""The least height of those pictures in pixels, and the largest share of the height of the half."""
ZOOM: Final = 1.25


class StageHalf(QWidget):
    """Follows `talk` over the scene that `audience` shows; `run` runs a command of the console."""

    def __init__(
        self,
        talk: Talk,
        audience: AudienceWindow,
        icons: Icons,
        tokens: Callable[[], Tokens],
        run: Callable[[str], object],
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._talk = talk
        self._audience = audience
        self._scene = audience.scene
        self._compact = False
        self._left: Position | None = None
        self.corner: Corner | None = None
        """What the exits share their corner with on a small screen."""
        self.painter = IdlePainter(audience.scene, self._is_busy, self)
        self.header = Header(talk, icons, tokens, run, ToolHint(audience.tools, icons))
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
        )
        self.exits = Exits(talk, icons, tokens)
        self.exits.followed.connect(self.follow)
        for part in (self.header, self.view, self.next_views, self.exits):
            part.setParent(self)
        self.panel = AddressPanel(self.view, icons)
        self.panel.show_wanted.connect(self._toggle_link)
        self.panel.closed.connect(self._close)
        audience.open_address = self.offer
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        audience.installEventFilter(self)
        talk.listen(self._on_event)
        self._soon.start()

    @property
    def ready(self) -> bool:
        """Whether everything shown is of now, and painted."""
        return not self._soon.isActive() and self.painter.idle

    # ------------------------------------------------------------------ commands

    @property
    def panels(self) -> tuple[QWidget, ...]:
        """Where a key that goes from panel to panel stops."""
        corner = (self.corner,) if self.corner is not None and self._compact else ()
        return (self.header, *corner, self.exits)

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
        if not self.isVisible():
            self._talk.show_link(address)
            return
        state = self._talk.state
        self.panel.offer(address, in_room=state.link == address, covered=bool(state.cover))
        self._place_panel()

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
        if talk.ground.canvas is not scene.canvas or not self.isVisible():
            return
        before, self._left = self._left, None
        self.header.refresh(scene, self._audience.position, seen=self._audience.isVisible())
        if self.panel.address:
            in_room = talk.state.link == self.panel.address
            self.panel.say_who(in_room=in_room, covered=bool(talk.state.cover))
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
        self.painter.stop()
        self.view.stop()

    # ------------------------------------------------------------------ layout

    def set_compact(self, *, compact: bool) -> None:
        """With fewer words and without Then, for a small screen."""
        self._compact = compact
        self.header.set_compact(compact=compact)
        self._soon.start()
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """The view as large as it can be, the pictures of what follows at their share, the exits in the rest."""
        width, height = self.width(), self.height()
        ratio = self._audience.canvas.view_ratio
        share = NEXT_SHARE_COMPACT if self._compact else NEXT_SHARE
        small = max(round(min(width * share * 16 / 9 / ratio, height * HIGHEST)), LOWEST)
        above = header.HEIGHT + 4
        room = height - above - BELOW - CAPTION - GAP - small
        view = max(min(round(width / ratio), room), LOWEST)
        self.header.setGeometry(0, 2, width, header.HEIGHT)
        self.view.setGeometry(0, above, width, view)
        self.view.place()
        self._place_panel()
        below = above + view + BELOW
        self.next_views.fit(small, narrow=self._compact)
        self.next_views.move(0, below)
        left = self.next_views.width() + 18
        room = QRect(left, below, max(width - left, 80), max(height - below, CAPTION + GAP + small))
        in_corner = self._compact and self.corner is not None
        self.exits.set_headed(headed=not in_corner)
        if in_corner and self.corner is not None:
            room = self.corner.place(room)
        else:
            self.exits.show()
        self.exits.move(room.topLeft())
        self.exits.fit(room.width(), room.height())
        self._soon.start()

    def _place_panel(self) -> None:
        self.panel.fit(self.view.mirror.geometry().right() + 1, self.view.height())

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._audience and event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._lay_out)  # once its canvas has the new size
        return False
