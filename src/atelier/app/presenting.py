"""A presentation on its stage: the deck, the window the room sees, and the file behind it."""

from __future__ import annotations

import contextlib
import gc
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon

from atelier.app.awake import Awake
from atelier.app.keeping import TalkKeeper
from atelier.app.motion import system_profile
from atelier.app.panel_memory import places_of, remember_places
from atelier.app.playing import Playing
from atelier.app.remapping import remember_keys, use_remembered_keys
from atelier.app.reporting import Reporter
from atelier.app.watching import DeckWatcher
from atelier.canvas.flight import Profile
from atelier.deck.loading import load
from atelier.deck.paths import named_frame, named_path
from atelier.foundation.diagnostics import Severity
from atelier.foundation.errors import AtelierError
from atelier.foundation.resources import ICON
from atelier.foundation.settings import load_settings, save_settings
from atelier.foundation.texts import canvas_beside
from atelier.foundation.translation import _
from atelier.render.kept import FIRST, KeptPictures
from atelier.render.scene import Scene, build_scene
from atelier.render.tiles import TileCache
from atelier.talk.events import PathChosen
from atelier.talk.kept import kept_talk
from atelier.windows.audience import AudienceWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from atelier.app.export_dialog import Exporting
    from atelier.app.remote import Remote
    from atelier.app.screens import Screens
    from atelier.commands.keymap import Keymap
    from atelier.deck.types import Deck
    from atelier.foundation.settings import PanelPlaces
    from atelier.talk.events import Event
    from atelier.talk.kept import KeptTalk
    from atelier.talk.navigation import Position
    from atelier.windows.console.window import Console
    from atelier.windows.icons import Icons
    from atelier.windows.stage import Stage
    from atelier.windows.style import Appearance

FIRST_PICTURE = 0.4
"""Seconds the first picture may take before the window opens with what there is of it."""
REMEMBERED = 500
"""Milliseconds after the last move of a panel until the settings have it."""
LATER = 1500
"""Milliseconds after the first picture when what nobody waits for is done."""


class Presentation(QObject):
    """One deck being presented on `stage`. Follows its file; remembers that it was opened."""

    ended = Signal()

    def __init__(
        self,
        stage: Stage,
        screens: Screens,
        deck_path: Path,
        *,
        path: str = "",
        language: str = "",
        start: str = "",
        resume: KeptTalk | None = None,
        rehearse: bool = False,
        loop: bool = False,
        profile: Profile | None = None,
        appearance: Callable[[], Appearance],
    ) -> None:
        super().__init__()
        self.stage = stage
        self._screens = screens
        self._appearance = appearance
        self._console: Console | None = None
        self._remote: Remote | None = None
        self._exporting: Exporting | None = None
        self._deck_path = deck_path
        deck = load(deck_path)
        on_path = kept_talk(resume.file).path if resume is not None else path
        named_path(deck, on_path)
        spoken = kept_talk(resume.file).lang if resume is not None else language
        self._language = _language_of(deck, spoken) if spoken else ""
        scene = build_scene(deck, path=on_path, language=self._language)
        if start:
            named_frame(scene.deck, start)
        use_remembered_keys()
        self._reporter = Reporter()
        file = (deck.file or deck_path).absolute()
        self.keeper = TalkKeeper(
            scene,
            file,
            path=path,
            language=self._language,
            resume=resume,
            rehearsal=rehearse,
            kept=not loop,
        )
        self.keeper.trouble.connect(self._on_journal_trouble)
        self.talk = self.keeper.talk
        self._awake = Awake(stage, self.talk)
        self._loop = loop
        self.playing = Playing(self.talk, self)
        self._later = QTimer(self, interval=LATER, singleShot=True)
        self._later.timeout.connect(self._when_calm)
        self.window = AudienceWindow(scene, TileCache(), self.talk, appearance, profile=profile or Profile.FULL)
        self.talk.listen(self._on_event)
        if profile is None:
            self.window.canvas.first_painted.connect(self._follow_system)
        self.window.canvas.first_painted.connect(stage.note_painted)
        self.window.profile_changed.connect(self._on_profile_changed)
        self.window.tools.take_sizes(dict(load_settings().tools))
        self.window.tools.resized.connect(self._on_tools_resized)
        self.window.ended.connect(self._on_ended)
        self.window.commands.bind("room.swap", self._swap_screens)
        self.window.commands.bind("window.remote", self._toggle_remote)
        self.window.commands.bind("talk.unattended", self._toggle_playing)
        self.window.commands.bind("stage.export", self._export)
        self.window.aside.remapped.connect(self._on_remapped)
        screens.proposed.connect(self._on_screen_proposed)
        screens.set_changed.connect(self._on_screens_changed)
        screens.room_lost.connect(self._on_room_lost)
        screens.room_moved.connect(self._on_room_moved)
        self._arranged: dict[tuple[str, str], PanelPlaces | None] = {}
        """Sets of screens and layouts whose panels were moved, until that is remembered."""
        self._soon_remembered = QTimer(self, interval=REMEMBERED, singleShot=True)
        self._soon_remembered.timeout.connect(self._remember_panels)
        self._start = start
        self._kept = KeptPictures(FIRST)
        self._asked = ""
        self._first: QImage | None = None
        self._watcher = DeckWatcher(self._files(), self)
        self._watcher.changed.connect(self.reload)
        # a picture is known to be part of the deck once a frame that shows it was drawn
        self.window.canvas.settled.connect(self._watch_all)
        self.window.canvas.settled.connect(self._report_shown)

    @property
    def scene(self) -> Scene:
        return self.window.scene

    def show(self, *, windowed: bool, asked: str, console: bool = False) -> None:
        """Takes the stage at the first stop. `asked` names the first picture among the kept ones."""
        stage, window = self.stage, self.window
        stage.lay_out(self.scene.deck.ratio, windowed=windowed)
        window.resize(stage.size())
        window.start(self._start)
        self._asked = asked
        self._show_first_picture()
        stage.set_content(window)
        stage.show()
        stage.activateWindow()
        if self._loop:
            self.playing.start()
        elif self.talk.state.rehearsal:
            QTimer.singleShot(0, self, self._open_for_rehearsal)
        elif console or self._screens.apart:
            QTimer.singleShot(0, self, self.open_console)
        self._later.start()

    def _show_first_picture(self) -> None:
        """Has the first stop whole before it is shown: from the last time, or painted now."""
        canvas = self.window.canvas
        if self.keeper.resumed:
            canvas.prepare(FIRST_PICTURE)
            return
        kept = self._kept.find(self.scene.deck.digest, self._asked)
        size = canvas.view_size
        if kept is not None and (kept.width(), kept.height()) == (int(size.width), int(size.height)):
            canvas.adopt_picture(canvas.camera, canvas.look, kept)
        else:
            canvas.prepare(FIRST_PICTURE)
            canvas.settled.connect(self._keep_first)

    def _keep_first(self) -> None:
        """Keeps the exact picture of the first stop for the next time, once it is on screen."""
        canvas = self.window.canvas
        canvas.settled.disconnect(self._keep_first)
        if self.window.at_start:
            self._first = canvas.picture()

    def _report_shown(self) -> None:
        self._reporter.tell_of_place(self.scene, self.window.position.place)

    def _follow_system(self) -> None:
        self.window.canvas.profile = system_profile()

    def _when_calm(self) -> None:
        if not self.window.canvas.moving:
            # what a deck is made of stays: the collector need not look through it again in the middle of a flight
            gc.collect()
            gc.freeze()
        self.stage.setWindowIcon(QIcon(str(ICON)))
        self._remember()
        if self._first is not None:
            self._kept.keep(self.scene.deck.digest, self._asked, self.scene.files(), self._first)
            self._first = None
        self._reporter.tell(self.scene.diagnostics)
        self._offer_to_resume()
        for diagnostic in self.scene.diagnostics:
            if diagnostic.severity is Severity.ERROR:
                self.window.tell(diagnostic.message, diagnostic.hint, str(diagnostic.location))
                return

    def _remember(self) -> None:
        deck = self.scene.deck
        settings = load_settings().with_opened(self._deck_path, deck.title, len(deck.frames))
        with contextlib.suppress(AtelierError):  # a read-only home keeps nobody from presenting
            save_settings(settings)

    @property
    def given(self) -> KeptTalk | None:
        """The talk as it is on disk once it has ended; None where none was given, or it was a rehearsal."""
        state = self.talk.state
        if self._loop or state.rehearsal or not state.clock.started:
            return None
        try:
            return kept_talk(self.keeper.file)
        except AtelierError:
            return None  # it could not be kept, which was said

    # ------------------------------------------------------------------ screens and console

    def open_console(self) -> Console:
        """The console, which is made when it is first asked for."""
        if self._console is None:
            from atelier.windows.console.window import Console
            from atelier.windows.icons import Icons

            self._appearance().on_stage(on=True)
            size = load_settings().notes_size
            icons = Icons(self._appearance())
            self._console = Console(
                self.talk,
                self.window,
                self._appearance,
                icons,
                notes_size=size,
                recall=lambda layout: places_of(self._screens.set_name, layout),
            )
            self._console.notes_resized.connect(self._on_notes_resized)
            self._console.time_bar.screens_asked.connect(self._swap_screens)
            self._console.time_bar.room_chosen.connect(self._screens.show_room_on)
            self._console.time_bar.console_chosen.connect(self._screens.show_console_on)
            self._console.body.arranged.connect(self._on_arranged)
            self._console.closed.connect(self.stage.close)
            self._console.aside.remapped.connect(self._on_remapped)
            if self.talk.state.rehearsal:
                self._show_times(self._console, icons)
            self._screens.set_console(self._console)
            self._on_room_moved(self._screens.room)
        return self._console

    def _show_times(self, console: Console, icons: Icons) -> None:
        """Shows the times of the rehearsal, beside the plan and those of the last one."""
        from atelier.app.adopting import last_rehearsal
        from atelier.windows.console.times_chart import TimesChart

        previous = last_rehearsal(self.keeper.deck, self.keeper.file)
        chart = TimesChart(self.talk, lambda: self._appearance().tokens, icons, previous)
        chart.adopt_asked.connect(self._adopt_times)
        console.show_times(chart)

    def _adopt_times(self) -> None:
        """Writes the times of this rehearsal behind the headings of the deck."""
        from atelier.app.adopting import adopt
        from atelier.windows.console.times_chart import given_by_frame

        def title(id_: str) -> str:
            frame = self.scene.deck.frame(id_)
            return frame.title if frame is not None else id_

        try:
            done = adopt(self.keeper.deck, given_by_frame(self.talk), title)
        except AtelierError as error:
            self.window.tell(error.message, error.hint, str(error.location or ""))
            return
        if done.undo is not None:
            self.window.aside.propose(done.message, _("Undo"), done.undo)
        else:
            self.window.tell(done.message)

    def _on_notes_resized(self, pixels: int) -> None:
        with contextlib.suppress(AtelierError):
            save_settings(replace(load_settings(), notes_size=pixels))

    def _on_arranged(self, layout: str, places: PanelPlaces | None) -> None:
        self._arranged[(self._screens.set_name, layout)] = places
        self._soon_remembered.start()

    def _remember_panels(self) -> None:
        self._soon_remembered.stop()
        for (screens, layout), places in self._arranged.items():
            remember_places(screens, layout, places)
        self._arranged.clear()

    def _on_screens_changed(self) -> None:
        if self._console is not None:
            self._remember_panels()
            self._console.body.recall()

    def _open_for_rehearsal(self) -> None:
        """Opens the console; on a single screen in front of the room's picture, which nobody else looks at."""
        self.open_console()
        self._screens.bring_console()

    def _swap_screens(self) -> None:
        if self._console is None:
            self.open_console()
            self._screens.bring_console()
        elif self._screens.apart and len(self._screens.names) > 2:
            now = self._screens.arrangement
            self._console.time_bar.choose_screens(self._screens.names, now.audience, now.console)
        else:
            self._screens.swap()

    def _toggle_remote(self) -> None:
        """Opens the panel of the remote or closes it: on the console only, since what it says is not for the room."""
        console = self.open_console()
        if not console.isVisible():
            self._screens.bring_console()
        if self._remote is None:
            from atelier.app.remote import Remote

            self._remote = Remote(self.talk, self.window, console.run, console.aside)
            self._remote.changed.connect(self._on_remote_changed)
        self._remote.toggle_panel(console, self._appearance().tokens)

    def _export(self) -> None:
        """Opens the export dialog over what only the speaker sees, or else over the deck that is looked at. In a talk
        it would be in the way, and the work would take from its smoothness.
        """
        if self.talk.state.clock.started:
            message = _("A talk is under way: nothing is exported beside it.")
            self.window.tell(message, _("End it first, or export the deck from the library."))
            return
        host = self._console if self._console is not None and self._console.isVisible() else self.window
        if self._exporting is None or self._exporting.parent() is not host:
            from atelier.app.export_dialog import Exporting
            from atelier.windows.icons import Icons

            appearance = self._appearance()
            self._exporting = Exporting(host, appearance, Icons(appearance), show=self.window.aside.show_panel)
        self._exporting.open(self._deck_path)

    def _on_remote_changed(self) -> None:
        if self._console is not None and self._remote is not None:
            self._console.remote_on = self._remote.is_on
            self._console.strip.refresh()

    def _on_screen_proposed(self, message: str, name: str) -> None:
        self.window.aside.propose(message, _("Show it to the room"), lambda: self._screens.show_room_on(name))

    def _on_room_lost(self, name: str) -> None:
        room = self._screens.room
        if room:
            message = _("The screen “{name}” is gone: the picture is on “{room}” now.")
            self.window.tell(message.format(name=name, room=room))
            return
        message = _("The screen “{name}” is gone: nobody sees the picture.").format(name=name)
        self.window.tell(message, _("Plug it in again, or press X to show it here."))

    def _on_room_moved(self, name: str) -> None:
        if self._console is None and self._screens.apart:
            self.open_console()
        if self._console is not None:
            self._console.time_bar.show_room(name or _("nobody sees it"))
            self._console.stage.refresh()

    def _toggle_playing(self) -> None:
        """Has the deck play by itself, or leaves it to the speaker again."""
        if self.playing.on:
            self.playing.stop()
            self.window.tell(_("It waits for you again"))
        else:
            self.playing.start()
            self.window.tell(_("It plays by itself; a key or a click has it wait for 30 s"))

    def _on_event(self, event: Event, before: Position) -> None:  # noqa: ARG002 - a listener's
        if self._exporting is not None and self.talk.state.clock.started:
            self._exporting.put_away()  # a telephone may begin the talk, and the room would see a dialog
        if isinstance(event, PathChosen):
            # what is shown on this path alone is typeset anew
            QTimer.singleShot(0, self, self.reload)

    def _on_journal_trouble(self, reason: str) -> None:
        """Says once that a talk cannot be kept: it goes on, and is on disk as soon as there is a way."""
        if reason:
            message = _("This talk cannot be kept for the moment: {reason}.").format(reason=reason.rstrip("."))
            self.window.tell(message, _("It goes on; make room on the disk, and nothing of it is lost."))

    def _offer_to_resume(self) -> None:
        talk = self.keeper.to_go_on_with() if not self._loop else None
        if talk is not None:
            self.window.aside.propose(
                _("A talk of this deck was cut off after {minutes} min.").format(minutes=round(talk.elapsed / 60)),
                _("Go on with it"),
                lambda: self._go_on_with(talk),
            )

    def _go_on_with(self, talk: KeptTalk) -> None:
        self.keeper.go_on_with(talk)
        self.reload()

    def _files(self) -> tuple[Path, ...]:
        """What the pictures on screen depend on."""
        deck = self.scene.deck
        text = (deck.file, canvas_beside(deck.file)) if deck.file is not None else ()
        return (*text, *self.scene.files())

    def reload(self) -> None:
        """Reads the deck again and goes on in it."""
        try:
            deck = load(self._deck_path, self.scene.deck)
        except AtelierError as error:
            self.window.tell(error.message, error.hint, str(error.location or ""))
            return
        scene = build_scene(deck, self.scene, path=self.talk.path.name, language=self._language)
        self.window.replace_scene(scene)
        if self._console is not None:
            self._console.replace_scene(self.scene)
        self._watch_all()

    def _watch_all(self) -> None:
        self._watcher.watch(self._files())
        if not self.scene.pictures.unchanged():  # between being drawn and being watched
            self.reload()

    def _on_profile_changed(self, profile: Profile) -> None:
        with contextlib.suppress(AtelierError):
            save_settings(replace(load_settings(), motion=profile.value))

    def _on_tools_resized(self) -> None:
        with contextlib.suppress(AtelierError):
            save_settings(replace(load_settings(), tools=tuple(self.window.tools.sizes.items())))

    def _on_remapped(self, keys: Keymap) -> None:
        try:
            remember_keys(keys)
        except AtelierError as error:
            self.window.tell(error.message, error.hint, str(error.location or ""))

    def _on_ended(self) -> None:
        self.playing.stop()
        self._watcher.stop()
        self._later.stop()
        self._awake.release()
        if self._remote is not None:
            self._remote.end()
        if self._exporting is not None:
            self._exporting.close()
        self._remember_panels()
        self._screens.release()
        if self._console is not None:
            console, self._console = self._console, None
            console.close()
            console.deleteLater()
            self._appearance().on_stage(on=False)
        self.keeper.end()
        self.ended.emit()


def _language_of(deck: Deck, name: str) -> str:
    from atelier.deck.languages import named_language

    return named_language(deck, name)
