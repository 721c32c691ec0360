"""The window the room sees: a canvas, driven from the keyboard, a page turner or the pointer."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from atelier.canvas.camera import home, overview
from atelier.canvas.flight import Profile
from atelier.canvas.route import RouteStop, route
from atelier.commands.dispatch import Dispatcher
from atelier.commands.keys import command_for
from atelier.commands.table import LINK, STAGE
from atelier.deck.types import View
from atelier.foundation.translation import _
from atelier.render.scene import Look, Scene, Shown
from atelier.talk.navigation import Navigator, Position
from atelier.windows.canvas_widget import CanvasWidget
from atelier.windows.detour_frame import DetourFrame
from atelier.windows.keyboard import key_press
from atelier.windows.links import LinkRing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.canvas.camera import Camera
    from atelier.deck.search import Hit
    from atelier.foundation.errors import AtelierError
    from atelier.render.tiles import TileCache
    from atelier.typeset.display import MediaItem
    from atelier.windows.countdown import CountdownLayer
    from atelier.windows.key_sheet import KeySheet
    from atelier.windows.media_stage import MediaStage
    from atelier.windows.notice import Toast
    from atelier.windows.search_panel import SearchPanel
    from atelier.windows.style import Appearance

POINTER_HIDES = 2500
"""Milliseconds without a movement after which the pointer goes."""
TWICE = 2.0
"""Seconds within which a second Escape ends."""
ZOOM = 1.25
"""How much one press of the zoom key enlarges."""
SKIP = 10.0
"""Seconds that one press moves a film or sound on, or back."""
MINUTE = 60.0
"""Seconds that one press gives to a countdown or takes from it."""
PROFILES = (Profile.FULL, Profile.CALM, Profile.CUTS)


class AudienceWindow(QWidget):
    """Presents one scene along one of its paths."""

    ended = Signal()
    profile_changed = Signal(Profile)

    def __init__(
        self,
        scene: Scene,
        cache: TileCache,
        appearance: Callable[[], Appearance],
        *,
        path: str = "",
        profile: Profile = Profile.FULL,
    ) -> None:
        super().__init__()
        self.setObjectName("audience")
        self.setWindowTitle(_("{title} — Atelier").format(title=scene.deck.title))
        self.setMinimumSize(320, 180)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(False)
        self._path = path
        self._appearance = appearance
        self.canvas = CanvasWidget(scene, cache, self)
        self.canvas.profile = profile
        self.canvas.place_clicked.connect(self._on_place_clicked)
        self.canvas.link_clicked.connect(self._follow)
        self.canvas.media_clicked.connect(self._on_media_clicked)
        self.canvas.settled.connect(self._on_settled)
        self.navigator = self._navigate(scene)
        self._cover = _Cover(self)
        self._links = LinkRing(self)
        self._detour = DetourFrame(self)
        self._toast: Toast | None = None
        self._search: SearchPanel | None = None
        self._sheet: KeySheet | None = None
        self._countdown: CountdownLayer | None = None
        self._media: MediaStage | None = None
        self._escaped = 0.0
        self.commands = Dispatcher(self._on_error)
        self._bind()
        self._pointer = QTimer(self, interval=POINTER_HIDES, singleShot=True)
        self._pointer.timeout.connect(self._hide_pointer)
        self.canvas.installEventFilter(self)

    # ------------------------------------------------------------------ the deck

    @property
    def scene(self) -> Scene:
        return self.canvas.scene

    @property
    def position(self) -> Position:
        return self.navigator.position

    @property
    def at_start(self) -> bool:
        """Whether nothing was done yet: the first position, as the camera first showed it."""
        here = self.position
        return not self.navigator.moved and self.canvas.camera == self._camera(here) and not self.canvas.moving

    def start(self, frame: str = "") -> None:
        """Shows the first stop, or the frame with the id `frame`, at once; also before the window is shown."""
        self._fill()  # Qt tells a hidden window of its size only when it is shown
        if frame:
            found = self.scene.deck.frame(frame)
            if found is not None:
                self._go_near(self.scene.canvas.place_of[found.index])
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

        self.canvas.set_scene(scene)
        if self._countdown is not None:
            self._countdown.carry()
        self.navigator = self.navigator.carried_to(scene.canvas, self._route(scene), self._steps, place_now)
        if self._media is not None:
            self._media.replace_scene(self.position)
        self.setWindowTitle(_("{title} — Atelier").format(title=scene.deck.title))
        anchor = place_now(camera.anchor)
        if by_hand and anchor is not None:
            self.canvas.show_at(replace(camera, anchor=anchor), self._look())
            self._mark_detour()
        else:
            self._show(animate=False)

    def _route(self, scene: Scene) -> tuple[RouteStop, ...]:
        path = scene.deck.path(self._path) or scene.deck.paths[0]
        return route(scene.deck, scene.canvas, path)

    def _navigate(self, scene: Scene) -> Navigator:
        return Navigator(scene.canvas, self._route(scene), self._steps)

    def _go_near(self, place: int) -> None:
        """Goes to the stop at `place`, as a detour where it is on none."""
        stops = [i for i, stop in enumerate(self.navigator.route) if stop.place == place]
        if stops:
            self.navigator.go_to_stop(stops[0])
        else:
            self.navigator.jump(place)

    def _steps(self, place: int) -> tuple[int, ...]:
        setter = self.scene.typesetter
        return tuple(setter.steps(place, page) for page in range(setter.pages(place)))

    # ------------------------------------------------------------------ showing

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
        if not animate:
            self.canvas.show_at(self._camera(here), self._look())
        elif before is not None and before.shows(here) and self.canvas.camera == self._camera(here):
            self.canvas.step_to(here.place, self._look())
        else:
            self.canvas.fly_to(self._camera(here), self._look())
        self._expect()
        self._mark_detour()

    def _expect(self) -> None:
        """Has the next stop made ready when there is time."""
        place = self.navigator.upcoming()
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

    def _move(self, moved: bool, before: Position) -> None:  # noqa: FBT001 - the answer of a navigator's method
        if moved or self.canvas.camera != self._camera(self.position):
            self._show(before=before)

    # ------------------------------------------------------------------ commands

    def _bind(self) -> None:
        bind = self.commands.bind
        nav = self._navigation
        bind("stage.next", self._next)
        bind("stage.previous", nav("previous"))
        bind("stage.first", nav("first"))
        bind("stage.last", nav("last"))
        bind("stage.parent", nav("up"))
        bind("stage.child", nav("into"))
        bind("stage.overview", nav("overview"))
        bind("history.return", nav("close_detour"))
        bind("history.back", nav("back"))
        bind("history.forward", nav("forward"))
        bind("stage.jump", self._open_search)
        bind("stage.close", self._escape)
        bind("stage.zoom-in", lambda: self.canvas.zoom_by(ZOOM))
        bind("stage.zoom-out", lambda: self.canvas.zoom_by(1 / ZOOM))
        bind("link.next", lambda: self._choose_link(1))
        bind("link.previous", lambda: self._choose_link(-1))
        bind("link.follow", self._follow_chosen)
        for n in range(1, 10):
            bind(f"link.{n}", lambda n=n: self._follow_number(n))
        bind("room.black", lambda: self._cover.toggle("#000000"))
        bind("room.white", lambda: self._cover.toggle("#FFFFFF"))
        bind("countdown.toggle", self._count_down)
        bind("countdown.stop", self._stop_countdown)
        bind("countdown.more", lambda: self.countdown.change(MINUTE))
        bind("countdown.less", lambda: self.countdown.change(-MINUTE))
        bind("media.play", lambda: self.media.toggle())  # noqa: PLW0108 - made by the first key
        bind("media.on", lambda: self.media.skip(SKIP))
        bind("media.back", lambda: self.media.skip(-SKIP))
        bind("room.full-screen", self.toggle_full_screen)
        bind("window.motion", self._next_profile)
        bind("window.scheme", self._toggle_scheme)
        bind("window.keys", self._toggle_keys)

    def _navigation(self, name: str) -> Callable[[], None]:
        def go() -> None:
            if self._cover.lift():  # nobody moves on unseen
                return
            before = self.position
            self._move(getattr(self.navigator, name)(), before)

        return go

    def _next(self) -> None:
        if self._cover.lift():
            return
        before = self.position
        self._move(self.navigator.next(), before)

    def _on_place_clicked(self, place: int) -> None:
        if self._cover.lift():
            return
        here = self.position
        if place == here.place and self.canvas.camera == self._camera(here):
            if here.on_path or place != 0:  # beside every frame of an overview, a click means none of them
                self._next()
            return
        before = here
        self._move(self.navigator.jump(place), before)

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

            self._countdown = CountdownLayer(self.canvas, self, lambda: self.position, Bells(self))
            self._countdown.stackUnder(self._cover)
        return self._countdown

    @property
    def media(self) -> MediaStage:
        """The films and sounds of the frame; made when one is first to be played."""
        if self._media is None:
            from atelier.windows.media_stage import MediaStage

            self._media = MediaStage(self.canvas, self.tell)
            self._media.go_to(self.position)
        return self._media

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

    def _stop_countdown(self) -> None:
        if self._countdown is not None:
            self._countdown.put_back()

    def _toggle_scheme(self) -> None:
        self._appearance().toggle()

    def _escape(self) -> None:
        """Closes the topmost thing; a second press within two seconds ends."""
        now = time.monotonic()
        if self._sheet is not None:
            self._sheet.close_panel()
        elif self._search is not None:
            self._search.close_panel()
        elif self._links.chosen >= 0:
            self._links.clear()
        elif self._cover.lift():
            pass
        elif now - self._escaped < TWICE:
            self.window().close()
        else:
            self._escaped = now
            self.tell(_("Press Esc again to end"))

    # ------------------------------------------------------------------ links

    def _boxes(self) -> Sequence[tuple[str, tuple[float, float, float, float]]]:
        return self.canvas.links_in_view()

    def _choose_link(self, by: int) -> None:
        self._links.choose(self._boxes(), by)

    def _follow_chosen(self) -> None:
        href = self._links.href
        if href:
            self._follow(href)

    def _follow_number(self, n: int) -> None:
        boxes = self._boxes()
        if n <= len(boxes):
            self._follow(boxes[n - 1][0])

    def _follow(self, href: str) -> None:
        """Flies to a frame of this deck; shows any other address, since nothing is opened or fetched in a talk."""
        self._links.clear()
        if href.startswith("#"):
            frame = self.scene.deck.frame(href[1:])
            if frame is None:
                self.tell(_("No frame is called {id}").format(id=href))
                return
            before = self.position
            self._move(self.navigator.jump(self.scene.canvas.place_of[frame.index]), before)
        else:
            self.tell(href)

    # ------------------------------------------------------------------ search and keys

    def _open_search(self) -> None:
        if self._sheet is not None:
            self._sheet.close_panel()
        if self._search is None:
            from atelier.windows.search_panel import SearchPanel
            from atelier.windows.style import register_fonts

            register_fonts()
            self._search = SearchPanel(self, self._find, self.scene, path=self._path)
            self._search.chosen.connect(self._on_hit)
            self._search.closed.connect(self._on_search_closed)
            self._search.open()

    def _find(self, query: str) -> Sequence[Hit]:
        from atelier.deck.search import hides_more, plain_source, search
        from atelier.markup.audience import visible
        from atelier.markup.words import words

        deck, contents = self.scene.deck, self.scene.contents

        def words_of(frame: int) -> str:
            source = deck.frames[frame].source
            if not hides_more(source):
                return plain_source(source)
            return words(visible(contents.shown(frame).blocks, self._path, self.scene.language))

        return search(deck, words_of, query)

    def _on_hit(self, frame: int) -> None:
        if self._search is not None:
            self._search.close_panel()
        self._cover.lift()
        canvas = self.scene.canvas
        before = self.position
        self._move(self.navigator.jump(canvas.page_of.get(frame, canvas.place_of[frame])), before)

    def _on_search_closed(self) -> None:
        if self._search is not None:
            self._search.deleteLater()
            self._search = None

    def _toggle_keys(self) -> None:
        if self._sheet is not None:
            self._sheet.close_panel()
            return
        if self._search is not None:
            self._search.close_panel()
        from atelier.windows.key_sheet import KeySheet
        from atelier.windows.style import register_fonts

        register_fonts()
        self._sheet = KeySheet(self)
        self._sheet.closed.connect(self._on_sheet_closed)
        self._sheet.open()

    def _on_sheet_closed(self) -> None:
        if self._sheet is not None:
            self._sheet.deleteLater()
            self._sheet = None

    def tell(self, message: str, hint: str = "", where: str = "") -> None:
        """Says something at the foot of the window for a few seconds."""
        if self._toast is None:
            from atelier.windows.notice import Toast
            from atelier.windows.style import register_fonts

            register_fonts()
            self._toast = Toast(self, self._appearance().tokens)
        self._toast.say("\n".join(part for part in (message, hint, where) if part))

    def _on_error(self, error: AtelierError) -> None:
        self.tell(error.message, error.hint, str(error.location or ""))

    def _on_settled(self) -> None:
        self._links.update()

    # ------------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        contexts = (LINK, STAGE) if self._links.chosen >= 0 else (STAGE,)
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
        if self._countdown is not None:
            self._countdown.setGeometry(self.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.canvas:
            if event.type() is QEvent.Type.MouseMove:
                self._show_pointer(event)
            elif event.type() is QEvent.Type.MouseButtonPress and (self._search or self._sheet) is not None:
                self._escape()
                return True
        return super().eventFilter(watched, event)

    def _show_pointer(self, event: QEvent) -> None:
        self._pointer.start()
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
        if self._search is None and self._sheet is None:
            self.canvas.setCursor(Qt.CursorShape.BlankCursor)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.canvas.stop()
        if self._media is not None:
            self._media.stop()
        self._pointer.stop()
        self._stop_countdown()
        super().closeEvent(event)
        self.ended.emit()


class _Cover(QWidget):
    """A screen of one colour over the canvas."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = QColor("#000000")
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def toggle(self, colour: str) -> None:
        """Covers with `colour`, or takes the cover away when it has that colour already."""
        if not self.isHidden() and self._colour == QColor(colour):
            self.hide()
            return
        self._colour = QColor(colour)
        self.show()
        self.update()

    def lift(self) -> bool:
        """Takes the cover away; False when there was none."""
        was = not self.isHidden()
        self.hide()
        return was

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._colour)
        painter.end()
