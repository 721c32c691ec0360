"""The window the room sees: a canvas, driven from the keyboard, a page turner or the pointer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from atelier.canvas.camera import home, overview
from atelier.canvas.flight import Profile
from atelier.commands.dispatch import Dispatcher
from atelier.commands.keys import command_for
from atelier.commands.table import COUNTING, LINK, STAGE
from atelier.deck.types import View
from atelier.foundation.translation import _
from atelier.markup.media import FILMS, SOUNDS
from atelier.render.scene import Look, Scene, Shown
from atelier.talk.answers import room_results
from atelier.talk.countdown import Bell
from atelier.talk.events import Covered, Moved, PathChosen, Resumed, Thawed
from atelier.typeset.qr_code import can_be_scanned
from atelier.windows.aside import Aside
from atelier.windows.canvas_widget import CanvasWidget
from atelier.windows.counting import Counting
from atelier.windows.cover import Cover
from atelier.windows.detour_frame import DetourFrame
from atelier.windows.ground import ground_of
from atelier.windows.keyboard import key_press
from atelier.windows.leaving import Leaving
from atelier.windows.link_card import LinkCard
from atelier.windows.links import LinkRing
from atelier.windows.message_card import MessageCard
from atelier.windows.path_changes import PathChanges
from atelier.windows.room_tools import RoomTools

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.canvas.camera import Camera
    from atelier.foundation.errors import AtelierError
    from atelier.render.tiles import TileCache
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.typeset.display import MediaItem
    from atelier.windows.countdown import CountdownLayer
    from atelier.windows.media_stage import MediaStage
    from atelier.windows.style import Appearance

POINTER_HIDES = 2500
"""Milliseconds without a movement after which the pointer goes."""
ZOOM = 1.25
"""How much one press of the zoom key enlarges."""
SKIP = 10.0
"""Seconds that one press moves a film or sound on, or back."""
MINUTE = 60.0
"""Seconds that one press gives to a countdown or takes from it."""
PROFILES = (Profile.FULL, Profile.CALM, Profile.CUTS)


class AudienceWindow(QWidget):
    """Shows the room a talk over a scene, and takes the speaker's keys where no console does."""

    ended = Signal()
    profile_changed = Signal(Profile)
    results_shown = Signal()
    """The scene is another one: it shows other counts of answers."""

    def __init__(
        self,
        scene: Scene,
        cache: TileCache,
        talk: Talk,
        appearance: Callable[[], Appearance],
        *,
        profile: Profile = Profile.FULL,
    ) -> None:
        super().__init__()
        self.setObjectName("audience")
        self.setWindowTitle(_("{title} — Atelier").format(title=scene.deck.title))
        self.setMinimumSize(320, 180)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(False)
        self.talk = talk
        self._appearance = appearance
        self.canvas = CanvasWidget(scene, cache, self)
        self.canvas.profile = profile
        self.canvas.place_clicked.connect(self._on_place_clicked)
        self.canvas.link_clicked.connect(self.follow)
        self.canvas.media_clicked.connect(self._on_media_clicked)
        self.canvas.settled.connect(self._on_settled)
        self._position = talk.shown_position()
        self._link_card = LinkCard(self)
        self._message = MessageCard(self, lambda: self.scene.theme)
        self._cover = Cover(self)
        self._links = LinkRing(self)
        self._detour = DetourFrame(self)
        self._own_aside = Aside(self, talk, lambda: self.scene, appearance)
        self._own_aside.found.connect(self.go_to_frame)
        self.changes = PathChanges(talk, self.tell)
        self.counting = Counting(talk, lambda: self.scene, self.tell, lambda: self.console_aside() is not None)
        self._own_aside.found_next.connect(self.changes.make_next)
        self.console_aside: Callable[[], Aside | None] = lambda: None
        """The `Aside` of a console that is shown."""
        self.tools = RoomTools(talk, self.canvas, lambda: self.aside.busy)
        self.tools.serve(self.canvas)
        self.open_address: Callable[[str], None] = talk.show_link
        """What following a link to an address does; a console shows it to the speaker first."""
        self.keys: Callable[[QKeyEvent], bool] | None = None
        """What takes the keys before this window does: the console, which knows more commands."""
        self._countdown: CountdownLayer | None = None
        self.rings = True
        """Whether a countdown is heard."""
        self._media: MediaStage | None = None
        self._leaving = Leaving(self, self.tell, lambda: self.aside.hush())  # noqa: PLW0108 - a console has its own
        self.commands = Dispatcher(self._on_error)
        self._bind()
        self._pointer = QTimer(self, interval=POINTER_HIDES, singleShot=True)
        self._pointer.timeout.connect(self._hide_pointer)
        self.canvas.installEventFilter(self)
        talk.listen(self._on_event)

    # ------------------------------------------------------------------ the deck

    @property
    def scene(self) -> Scene:
        return self.canvas.scene

    @property
    def position(self) -> Position:
        """What the room sees."""
        return self._position

    @property
    def at_start(self) -> bool:
        """Whether nothing was done yet: the first position, as the camera first showed it."""
        here = self.position
        return not self.talk.moved and self.canvas.camera == self._camera(here) and not self.canvas.moving

    def start(self, frame: str = "") -> None:
        """Shows the first stop, or the frame with the id `frame`, at once; also before the window is shown."""
        self._fill()  # Qt tells a hidden window of its size only when it is shown
        if frame:
            found = self.scene.deck.frame(frame)
            if found is not None:
                self.talk.go_near(self.scene.canvas.place_of[found.index])
        self._lay_over()
        self._show(animate=False)

    def replace_scene(self, scene: Scene) -> None:
        """Shows a new version of the deck without losing the place, the way back, or a view chosen by hand."""
        before, camera = self.scene, self.canvas.camera
        by_hand = not self.canvas.moving and camera != self._camera(self.position)

        def place_now(place: int) -> int | None:
            old = before.canvas.places[place]
            found = scene.deck.frame(before.deck.frames[old.frame].id)
            if found is None:
                return None
            own = scene.canvas.place_of[found.index]
            return scene.canvas.page_of.get(found.index, own) if old.page else own

        if self.talk.ground.canvas is not scene.canvas:
            self.talk.replace_ground(ground_of(scene))
        self.canvas.set_scene(scene.with_results(room_results(self.talk)))
        self.tools.set_scene(scene)
        self._lay_over()
        self._message.place()
        self._position = self.talk.shown_position()
        self.counting.follow()
        if self._countdown is not None:
            self._countdown.carry()
        if self._media is not None:
            self._media.replace_scene(self.position)
        self.setWindowTitle(_("{title} — Atelier").format(title=scene.deck.title))
        anchor = place_now(camera.anchor)
        if by_hand and anchor is not None:
            self.canvas.show_at(replace(camera, anchor=anchor), self._look())
            self._mark_detour()
        else:
            self._show(animate=False)

    # ------------------------------------------------------------------ showing

    def _lay_over(self) -> None:
        """Shows what lies over the canvas as the talk has it now, also after one that was cut off goes on."""
        state = self.talk.state
        self._cover.show_colour(state.cover)
        self._link_card.show_address(state.link)
        self._message.say(state.message)
        self._show_results()
        if state.counted is not None or self._countdown is not None:
            self.countdown.follow()

    def _show_results(self) -> None:
        """Shows what the room is to see of the answers that were counted; after a flight, where one is under way."""
        results = room_results(self.talk)
        if self.canvas.moving or results == self.scene.typesetter.results:
            return
        scene = self.scene.with_results(results)
        if self.canvas.has_camera:
            self.canvas.show_results(scene)
        else:
            self.canvas.set_scene(scene)
        if self._countdown is not None:
            self._countdown.carry()  # its clock may stand elsewhere on the frame
        self.results_shown.emit()

    def _camera(self, position: Position) -> Camera:
        canvas, ratio = self.scene.canvas, self.canvas.view_ratio
        if position.view is View.OVERVIEW:
            return overview(canvas, position.place, ratio)
        return home(canvas, position.place, ratio)

    def _look(self, position: Position | None = None) -> Look:
        position = position or self.position
        focus = position.place if position.view is View.FRAME else -1
        return Look(focus=focus, shown={position.place: Shown(position.page, position.step)})

    def _show(self, *, animate: bool = True, before: Position | None = None) -> None:
        here = self.position
        self._links.clear()
        if self._media is not None:
            self._media.go_to(here)
        if not animate or not self.canvas.has_camera:
            self.canvas.show_at(self._camera(here), self._look())
        elif before is not None and before.shows(here) and self.canvas.camera == self._camera(here):
            self.canvas.step_to(here.place, self._look())
        else:
            self.canvas.fly_to(self._camera(here), self._look())
        self._expect()
        self._mark_detour()

    def _expect(self) -> None:
        """Has the next stop made ready when there is time."""
        place = self.talk.upcoming()
        if place is not None:
            camera = home(self.scene.canvas, place, self.canvas.view_ratio)
            self.canvas.expect(((camera, Look(focus=place, shown={place: Shown(0, 0)})),))

    def _mark_detour(self) -> None:
        here = self.position
        if here.on_path:
            self._detour.leave()
            return
        left = here.detours[-1].place
        title = self.scene.deck.frames[self.scene.canvas.places[left].frame].title
        self._detour.lead_back(_("back to {title}").format(title=title), self.scene.theme.detour)

    def _on_event(self, event: Event, before: Position) -> None:
        if isinstance(event, Moved | Covered):
            self._leaving.stop()
        if self.talk.ground.canvas is not self.scene.canvas:
            return  # a new version of the deck is on its way: `replace_scene`
        self._lay_over()
        if isinstance(event, Covered):
            return
        if isinstance(event, Moved):
            self.aside.moved_on()
        if isinstance(event, Thawed | Resumed) or (
            isinstance(event, Moved | PathChosen) and not self.talk.state.frozen
        ):
            self._position = self.talk.shown_position()
            self._show(before=None if isinstance(event, Thawed | Resumed) else before)

    def look_from(self, camera: Camera) -> None:
        """Flies to a view that was found by hand."""
        self.canvas.fly_to(camera, replace(self._look(), focus=-1))

    def act(self, act: Callable[[], bool]) -> None:
        """Does what moves the talk, or brings a camera that was moved by hand back."""
        if self.talk.uncover():  # nobody moves on unseen
            return
        if not act() and not self.talk.state.frozen and self.canvas.camera != self._camera(self.position):
            self._show(before=self.position)

    # ------------------------------------------------------------------ commands

    def _bind(self) -> None:
        bind = self.commands.bind
        nav, talk = self._navigation, self.talk
        bind("stage.next", nav(talk.next))
        bind("stage.previous", nav(talk.previous))
        bind("stage.first", nav(talk.first))
        bind("stage.last", nav(talk.last))
        bind("stage.parent", nav(talk.up))
        bind("stage.child", nav(talk.into))
        bind("stage.overview", nav(talk.overview))
        bind("history.return", nav(talk.close_detour))
        bind("history.path", nav(talk.return_to_path))
        bind("history.back", nav(talk.back))
        bind("history.forward", nav(talk.forward))
        bind("stage.jump", self._beside(Aside.open_search))
        bind("stage.close", self._escape)
        bind("stage.zoom-in", lambda: self.canvas.zoom_by(ZOOM))
        bind("stage.zoom-out", lambda: self.canvas.zoom_by(1 / ZOOM))
        bind("talk.accept", self._beside(Aside.accept), lambda: self.aside.proposes)
        bind("talk.refuse", self._beside(Aside.refuse), lambda: self.aside.proposes)
        self.changes.bind(self.commands)
        bind("talk.clock", self._pause_clock)
        bind("talk.path", self._next_path, lambda: len(self.scene.deck.paths) > 1)
        bind("link.next", lambda: self._choose_link(1))
        bind("link.previous", lambda: self._choose_link(-1))
        bind("link.follow", self._follow_chosen)
        for n in range(1, 10):
            bind(f"link.{n}", lambda n=n: self._follow_number(n))
        bind("room.link", self._toggle_link)
        bind("room.freeze", talk.freeze, lambda: talk.state.frozen)
        bind("room.black", lambda: talk.cover("black"))
        bind("room.white", lambda: talk.cover("white"))
        bind("room.message", self._beside(Aside.write_message))
        self.tools.bind(self.commands)
        self.counting.bind(self.commands)
        bind("countdown.toggle", self._count_down)
        bind("countdown.stop", talk.end_countdown)
        bind("countdown.more", lambda: talk.change_countdown(MINUTE))
        bind("countdown.less", lambda: talk.change_countdown(-MINUTE))
        bind("media.play", lambda: self.media.toggle())  # noqa: PLW0108 - made by the first key
        bind("media.on", lambda: self.media.skip(SKIP))
        bind("media.test", self._test_sound)
        bind("media.back", lambda: self.media.skip(-SKIP))
        bind("room.full-screen", self.fill_screen)
        bind("room.window", self.toggle_full_screen)
        bind("window.motion", self._next_profile)
        bind("window.scheme", self._toggle_scheme)
        bind("window.keys", self._beside(Aside.toggle_keys))
        bind("window.settings", self._beside(Aside.toggle_settings))

    def _navigation(self, act: Callable[[], bool]) -> Callable[[], None]:
        return lambda: self.act(act)

    def _beside(self, act: Callable[[Aside], None]) -> Callable[[], None]:
        return lambda: act(self.aside)  # which may have moved to the console since

    def _on_place_clicked(self, place: int) -> None:
        here = self.position
        if place == here.place and self.canvas.camera == self._camera(here) and not self.talk.state.cover:
            if here.on_path or place != 0:  # beside every frame of an overview, a click means none of them
                self.act(self.talk.next)
            return
        self.act(lambda: self.talk.jump(place))

    def fill_screen(self) -> None:
        """Fills the screen, and stays so: page turners send F5 for this and Escape for nothing they know of."""
        self._leaving.stop()
        if not self.window().isFullScreen():
            self.window().showFullScreen()

    def toggle_full_screen(self) -> None:
        window = self.window()
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    def _next_profile(self) -> None:
        profile = PROFILES[(PROFILES.index(self.canvas.profile) + 1) % len(PROFILES)]
        self.canvas.profile = profile
        words_of = {
            Profile.FULL: _("Motion: full"),
            Profile.CALM: _("Motion: calm"),
            Profile.CUTS: _("Motion: cuts"),
        }
        self.tell(words_of[profile])
        self.profile_changed.emit(profile)

    @property
    def countdown(self) -> CountdownLayer:
        """The clock over the canvas; made when it is first asked for."""
        if self._countdown is None:
            from atelier.windows.countdown import CountdownLayer
            from atelier.windows.sounds import Bells

            bells = Bells(self) if self.rings else None
            self._countdown = CountdownLayer(self.canvas, self, self.talk, lambda: self.position, bells)
            self._countdown.stackUnder(self._cover)
        return self._countdown

    def look_at_clock(self) -> None:
        """Shows the countdown as it is now, where the time of the talk went otherwise than that of the room."""
        if self._countdown is not None:
            self._countdown.look()

    @property
    def media(self) -> MediaStage:
        """The films and sounds of the frame; made when one is first to be played."""
        if self._media is None:
            from atelier.windows.media_stage import MediaStage

            self._media = MediaStage(self.canvas, self.tell)
            self._media.go_to(self.position)
        return self._media

    @property
    def has_media(self) -> bool:
        """Whether the frame shown may have films or sounds, by its text: nothing is loaded to find out."""
        frame = self.scene.deck.frames[self.scene.canvas.places[self.position.place].frame]
        return any(suffix in frame.source.lower() for suffix in FILMS | SOUNDS)

    def _on_media_clicked(self, place: int, item: MediaItem) -> None:
        here = self.position
        at_home = place == here.place and here.view is View.FRAME and not self.canvas.moving
        if not at_home or self._cover.isVisible():
            self._on_place_clicked(place)
            return
        self.media.click(item)

    def _count_down(self) -> None:
        if not self.countdown.toggle():
            self.tell(_("No time is planned for this frame"))

    def _test_sound(self) -> None:
        """Rings the bell, as the room would hear it."""
        if self.countdown.sound is not None:
            self.countdown.sound.prepare()
            self.countdown.sound.ring(Bell.END)
        self.tell(_("The bell rings; “atelier doctor” says what plays it."))

    def _toggle_scheme(self) -> None:
        self._appearance().toggle()

    def _escape(self) -> None:
        """Closes the topmost thing; a second press within two seconds ends."""
        if self.aside.close_topmost() or self.counting.close():
            pass
        elif self._links.chosen >= 0:
            self._links.clear()
        elif self.tools.put_away():
            pass
        elif self.talk.state.link:
            self.talk.show_link("")
        elif self.talk.state.message:
            self.talk.show_message("")
        elif self.talk.uncover():
            pass
        elif self._leaving.press():
            self.window().close()

    # ------------------------------------------------------------------ links

    def _boxes(self) -> Sequence[tuple[str, tuple[float, float, float, float]]]:
        return self.canvas.links_in_view()

    def _choose_link(self, by: int) -> None:
        if self.talk.state.cover:
            return  # nothing lies over black
        self._links.choose(self._boxes(), by)

    def _follow_chosen(self) -> None:
        href = self._links.href
        if href:
            self.follow(href)

    def _follow_number(self, n: int) -> None:
        boxes = self._boxes()
        if n <= len(boxes):
            self.follow(boxes[n - 1][0])

    def follow(self, href: str) -> None:
        """Flies to a frame of this deck; shows any other address, since nothing is opened or fetched in a talk."""
        self._links.clear()
        if href.startswith("#"):
            frame = self.scene.deck.frame(href[1:])
            if frame is None:
                self.tell(_("No frame is called {id}").format(id=href))
                return
            place = self.scene.canvas.place_of[frame.index]
            self.act(lambda: self.talk.jump(place))
        elif can_be_scanned(href):
            self.open_address(href)
        else:
            self.tell(href)

    def _toggle_link(self) -> None:
        """Puts the first address in view on the screen, or takes the one there away."""
        found = next((href for href, _box in self._boxes() if can_be_scanned(href)), "")
        self.talk.show_link("" if self.talk.state.link else found)

    # ------------------------------------------------------------------ the speaker

    @property
    def aside(self) -> Aside:
        """Where the speaker is spoken to: on the console while it is shown, else over this window."""
        return self.console_aside() or self._own_aside

    def clear(self) -> None:
        """Takes away what is there for the speaker: a console is shown from now on."""
        self._own_aside.close_topmost()
        self._own_aside.hush()

    def forget_console(self) -> None:
        """The console goes: nothing asks it any more."""
        self.console_aside = lambda: None
        self.keys = None

    def go_to_frame(self, frame: int) -> None:
        """Goes to a frame, or to the page with its text."""
        self.talk.uncover()
        canvas = self.scene.canvas
        self.act(lambda: self.talk.jump(canvas.page_of.get(frame, canvas.place_of[frame])))

    def _pause_clock(self) -> None:
        self.talk.pause_clock()
        self.tell(_("The clock runs") if self.talk.state.clock.running else _("The clock is paused"))

    def _next_path(self) -> None:
        paths = self.scene.deck.paths
        at = [path.name for path in paths].index(self.talk.path.name)
        path = paths[(at + 1) % len(paths)]
        self.talk.choose_path(path.name)
        self.tell(_("Path: {name}").format(name=path.title or path.name or _("all frames")))

    def tell(self, message: str, hint: str = "", where: str = "") -> None:
        """Says something to the speaker for a few seconds."""
        self.aside.tell(message, hint, where)

    def _on_error(self, error: AtelierError) -> None:
        self.tell(error.message, error.hint, str(error.location or ""))

    def _on_settled(self) -> None:
        self._links.update()
        self._show_results()

    # ------------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.keys is not None and self.keys(event):
            return
        counting = (COUNTING,) if self.counting.open is not None else ()
        contexts = (*counting, LINK, STAGE) if self._links.chosen >= 0 else (*counting, STAGE)
        command = command_for(key_press(event), contexts)
        if command is None or not self.commands.run(command):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, ARG002, FBT001 - Qt's name
        return False  # Tab chooses links

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        at_home = self.canvas.has_camera and not self.canvas.moving
        self._fill()
        if at_home:
            self.canvas.show_at(self._camera(self.position), self._look())

    def _fill(self) -> None:
        for part in (self.canvas, self._cover, self._links, self._detour):
            part.setGeometry(self.rect())
        self._link_card.place()
        self._message.place()
        if self._countdown is not None:
            self._countdown.setGeometry(self.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.canvas:
            if event.type() is QEvent.Type.MouseMove:
                self._show_pointer(event)
            elif event.type() is QEvent.Type.MouseButtonPress and self.aside.busy:
                self._escape()
                return True
        return super().eventFilter(watched, event)

    def _show_pointer(self, event: QEvent) -> None:
        self._pointer.start()
        if self.tools.tool:
            return  # the pointer is theirs
        if not isinstance(event, QMouseEvent) or event.buttons() != Qt.MouseButton.NoButton:
            return
        where = event.position()
        if self._media is not None:
            self._media.show_line()
        followed = bool(self.canvas.link_at(where) or self.canvas.media_at(where)) if not self.canvas.moving else False
        shape = Qt.CursorShape.PointingHandCursor if followed else Qt.CursorShape.ArrowCursor
        if self.canvas.cursor().shape() != shape:
            self.canvas.setCursor(shape)

    def _hide_pointer(self) -> None:
        if not self.aside.busy and not self.tools.tool:
            self.canvas.setCursor(Qt.CursorShape.BlankCursor)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.tools.stop()
        self.canvas.stop()
        if self._media is not None:
            self._media.stop()
        self._pointer.stop()
        if self._countdown is not None:
            self._countdown.stop()
        super().closeEvent(event)
        self.ended.emit()
