"""The library window, wired: recent and bundled decks, thumbnails, and the talks it opens."""

from __future__ import annotations

import contextlib
import gc
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from atelier.app.appearance import SharedAppearance
from atelier.app.motion import chosen_profile, system_profile
from atelier.app.opening import open_stage
from atelier.app.qt import application, run
from atelier.app.remapping import remember_keys, use_remembered_keys
from atelier.foundation.errors import AtelierError
from atelier.foundation.resources import bundled_decks
from atelier.foundation.settings import load_settings, save_settings
from atelier.foundation.texts import deck_path
from atelier.foundation.translation import _
from atelier.render.thumbnails import ThumbnailPainter
from atelier.talk.wording import clock_words
from atelier.windows.icons import Icons
from atelier.windows.library import LibraryWindow
from atelier.windows.notice import Action, Notice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from atelier.app.export_dialog import Exporting
    from atelier.app.presenting import Presentation
    from atelier.app.reviewing import Reviewing
    from atelier.commands.keymap import Keymap
    from atelier.talk.kept import KeptTalk

FIRST = ("gateau-au-chocolat", "tour")
"""The bundled decks that everybody should see."""
GONE = 500
"""Milliseconds after the end of a talk when its windows are deleted."""


class Library(QObject):
    """The start window and the presentation opened from it, one at a time."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._shared = SharedAppearance(app)
        appearance = self._shared.get()
        self._presentation: Presentation | None = None
        self._reviewing: Reviewing | None = None
        self._exporting: Exporting | None = None
        use_remembered_keys()
        settings = load_settings()
        self._thumbnails = ThumbnailPainter(self)
        self._icons = Icons(appearance)
        self.window = LibraryWindow(
            appearance,
            self._icons,
            self._thumbnails,
            recent=[deck.path for deck in settings.recent],
            bundled=find_bundled(),
            motion=(chosen_profile() or system_profile()).value,
        )
        self.window.deck_chosen.connect(self._on_deck_chosen)
        self.window.deck_removed.connect(self._on_deck_removed)
        self.window.export_asked.connect(self._on_export_asked)
        self.window.motion_chosen.connect(self._on_motion_chosen)
        self.window.talks_needed.connect(self._show_talks)
        talks = self.window.talks
        talks.opened.connect(self._on_talk_opened)
        talks.written_up.connect(self._write_up)
        talks.replayed.connect(self._on_talk_replayed)
        talks.renamed.connect(self._on_talk_renamed)
        talks.exported.connect(self._on_talk_exported)
        talks.deleted.connect(self._on_talk_deleted)
        self.window.remapped.connect(self._on_remapped)

    @property
    def presentation(self) -> Presentation | None:
        """The talk under way."""
        return self._presentation

    def _on_deck_chosen(self, path: Path) -> None:
        if self._presentation is not None:
            self._presentation.stage.close()
        self.window.clear_notices()
        try:
            presentation = open_stage(path, appearance=self._shared)
        except AtelierError as error:
            self.window.show_error(error)
            return
        presentation.ended.connect(self._on_ended)
        self._presentation = presentation
        self.window.hide()

    def _on_ended(self) -> None:
        presentation, self._presentation = self._presentation, None
        self.window.set_recent([deck.path for deck in load_settings().recent])
        self.window.show()
        self.window.activateWindow()
        talk = presentation.given if presentation is not None else None
        if talk is not None:
            self._offer_to_write_up(talk)
        QTimer.singleShot(GONE, self.window, _give_back)

    def _offer_to_write_up(self, talk: KeptTalk) -> None:
        words = _("You have given “{title}”: {time}.").format(title=talk.title, time=clock_words(talk.elapsed))
        write_up = Action(_("Write it up"), partial(self._write_up, talk))
        self.window.show_notice(Notice(words, _("It is kept with the talks given."), "", "info", (write_up,)))

    @property
    def exporting(self) -> Exporting:
        """What opens the export dialog; made when it is first needed."""
        if self._exporting is None:
            from atelier.app.export_dialog import Exporting

            self._exporting = Exporting(self.window, self._shared.get(), self._icons)
        return self._exporting

    def _on_export_asked(self, path: Path) -> None:
        self._guarded(lambda: self.exporting.open(path))

    def _on_deck_removed(self, path: Path) -> None:
        with contextlib.suppress(AtelierError):
            save_settings(load_settings().without(path))

    def _on_remapped(self, keys: Keymap) -> None:
        try:
            remember_keys(keys)
        except AtelierError as error:
            self.window.show_error(error)

    # ------------------------------------------------------------------ talks given

    @property
    def reviewing(self) -> Reviewing:
        """What opens windows on talks given; made when it is first needed."""
        if self._reviewing is None:
            from atelier.app.reviewing import Reviewing

            self._reviewing = Reviewing(self._shared, has_list=True)
            self._reviewing.changed.connect(self._show_talks)
            self._reviewing.list_asked.connect(self._on_list_asked)
        return self._reviewing

    def _show_talks(self) -> None:
        from atelier.talk.kept import kept_talks

        self.window.talks.show_talks(kept_talks())

    def _guarded(self, act: Callable[[], object]) -> None:
        try:
            act()
        except AtelierError as error:
            self.window.show_error(error)

    def _on_list_asked(self) -> None:
        self.window.show_place("library.talks")
        self.window.show()
        self.window.activateWindow()

    def _on_talk_opened(self, talk: KeptTalk) -> None:
        self._guarded(lambda: self.reviewing.show(talk))

    def _write_up(self, talk: KeptTalk) -> None:
        self._guarded(lambda: self.reviewing.show(talk, write_up=True))

    def _on_talk_replayed(self, talk: KeptTalk) -> None:
        self._guarded(lambda: self.reviewing.replay(talk))

    def _on_talk_renamed(self, talk: KeptTalk, title: str) -> None:
        self._guarded(lambda: self.reviewing.rename(talk, title))

    def _on_talk_exported(self, talk: KeptTalk) -> None:
        self._guarded(lambda: self.reviewing.export(talk, self.window))

    def _on_talk_deleted(self, talk: KeptTalk) -> None:
        self._guarded(lambda: self.reviewing.delete(talk))

    def _on_motion_chosen(self, name: str) -> None:
        with contextlib.suppress(AtelierError):
            save_settings(replace(load_settings(), motion=name))


def _give_back() -> None:
    """Frees what a talk was made of; while it went on the collector passed that over."""
    gc.unfreeze()
    gc.collect()


def find_bundled() -> list[Path]:
    """The decks that come with the program: the keynote, the tour, then the others by name."""
    folder = bundled_decks()
    if not folder.is_dir():
        return []
    decks = (entry for entry in folder.iterdir() if deck_path(entry).is_file())
    return sorted(decks, key=lambda deck: (FIRST.index(deck.name) if deck.name in FIRST else len(FIRST), deck.name))


def open_library() -> int:
    """`atelier` without a deck: returns when the last window is closed."""
    app = application()

    def begin() -> Library:
        library = Library(app)
        library.window.show()
        return library

    return run(app, begin)
