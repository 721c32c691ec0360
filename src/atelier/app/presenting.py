"""A presentation on its stage: the deck, the window the room sees, and the file behind it."""

from __future__ import annotations

import contextlib
import gc
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon

from atelier.app.motion import system_profile
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
from atelier.render.kept import FIRST, KeptPictures
from atelier.render.scene import Scene, build_scene
from atelier.render.tiles import TileCache
from atelier.windows.audience import AudienceWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from atelier.deck.types import Deck
    from atelier.windows.stage import Stage
    from atelier.windows.style import Appearance

FIRST_PICTURE = 0.4
"""Seconds the first picture may take before the window opens with what there is of it."""
LATER = 1500
"""Milliseconds after the first picture when what nobody waits for is done."""


class Presentation(QObject):
    """One deck being presented on `stage`. Follows its file; remembers that it was opened."""

    ended = Signal()

    def __init__(
        self,
        stage: Stage,
        deck_path: Path,
        *,
        path: str = "",
        language: str = "",
        start: str = "",
        profile: Profile | None = None,
        appearance: Callable[[], Appearance],
    ) -> None:
        super().__init__()
        self.stage = stage
        self._deck_path = deck_path
        self._path = path
        deck = load(deck_path)
        named_path(deck, path)
        self._language = _language_of(deck, language) if language else ""
        scene = build_scene(deck, path=path, language=self._language)
        if start:
            named_frame(scene.deck, start)
        self._reporter = Reporter()
        self.window = AudienceWindow(scene, TileCache(), appearance, path=path, profile=profile or Profile.FULL)
        if profile is None:
            self.window.canvas.first_painted.connect(self._follow_system)
        self.window.canvas.first_painted.connect(stage.note_painted)
        self.window.profile_changed.connect(self._on_profile_changed)
        self.window.ended.connect(self._on_ended)
        self._start = start
        self._kept = KeptPictures(FIRST)
        self._asked = ""
        self._first: QImage | None = None
        self._watcher = DeckWatcher(self._files(), self)
        self._watcher.changed.connect(self._on_changed)
        # a picture is known to be part of the deck once a frame that shows it was drawn
        self.window.canvas.settled.connect(self._watch_all)
        self.window.canvas.settled.connect(self._report_shown)

    @property
    def scene(self) -> Scene:
        return self.window.scene

    def show(self, *, windowed: bool, asked: str) -> None:
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
        QTimer.singleShot(LATER, self, self._when_calm)

    def _show_first_picture(self) -> None:
        """Has the first stop whole before it is shown: from the last time, or painted now."""
        canvas = self.window.canvas
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
        for diagnostic in self.scene.diagnostics:
            if diagnostic.severity is Severity.ERROR:
                self.window.tell(diagnostic.message, diagnostic.hint, str(diagnostic.location))
                return

    def _remember(self) -> None:
        deck = self.scene.deck
        settings = load_settings().with_opened(self._deck_path, deck.title, len(deck.frames))
        with contextlib.suppress(AtelierError):  # a read-only home keeps nobody from presenting
            save_settings(settings)

    def _files(self) -> tuple[Path, ...]:
        """What the pictures on screen depend on."""
        deck = self.scene.deck
        text = (deck.file, canvas_beside(deck.file)) if deck.file is not None else ()
        return (*text, *self.scene.files())

    def _on_changed(self) -> None:
        try:
            deck = load(self._deck_path, self.scene.deck)
        except AtelierError as error:
            self.window.tell(error.message, error.hint, str(error.location or ""))
            return
        self.window.replace_scene(build_scene(deck, self.scene, path=self._path, language=self._language))
        self._watch_all()

    def _watch_all(self) -> None:
        self._watcher.watch(self._files())
        if not self.scene.pictures.unchanged():  # between being drawn and being watched
            self._on_changed()

    def _on_profile_changed(self, profile: Profile) -> None:
        with contextlib.suppress(AtelierError):
            save_settings(replace(load_settings(), motion=profile.value))

    def _on_ended(self) -> None:
        self._watcher.stop()
        self.ended.emit()


def _language_of(deck: Deck, name: str) -> str:
    from atelier.deck.languages import named_language

    return named_language(deck, name)
