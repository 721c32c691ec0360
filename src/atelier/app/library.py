"""The library window, wired: recent and bundled decks, thumbnails, and the talks it opens."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from atelier.app.appearance import SharedAppearance
from atelier.app.motion import chosen_profile, system_profile
from atelier.app.opening import open_stage
from atelier.app.qt import application
from atelier.foundation.errors import AtelierError
from atelier.foundation.resources import bundled_decks
from atelier.foundation.settings import load_settings, save_settings
from atelier.foundation.texts import deck_path
from atelier.render.thumbnails import ThumbnailPainter
from atelier.windows.icons import Icons
from atelier.windows.library import LibraryWindow

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from atelier.app.presenting import Presentation

FIRST = ("gateau-au-chocolat", "tour")
"""The bundled decks that everybody should see."""


class Library(QObject):
    """The start window and the presentation opened from it, one at a time."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._shared = SharedAppearance(app)
        appearance = self._shared.get()
        self._presentation: Presentation | None = None
        settings = load_settings()
        self._thumbnails = ThumbnailPainter(self)
        self.window = LibraryWindow(
            appearance,
            Icons(appearance),
            self._thumbnails,
            recent=[deck.path for deck in settings.recent],
            bundled=find_bundled(),
            motion=(chosen_profile() or system_profile()).value,
        )
        self.window.deck_chosen.connect(self._on_deck_chosen)
        self.window.deck_removed.connect(self._on_deck_removed)
        self.window.motion_chosen.connect(self._on_motion_chosen)

    @property
    def presentation(self) -> Presentation | None:
        """The talk under way."""
        return self._presentation

    def _on_deck_chosen(self, path: Path) -> None:
        if self._presentation is not None:
            self._presentation.stage.close()
        try:
            presentation = open_stage(path, appearance=self._shared)
        except AtelierError as error:
            self.window.show_error(error)
            return
        presentation.ended.connect(self._on_ended)
        self._presentation = presentation
        self.window.hide()

    def _on_ended(self) -> None:
        self._presentation = None
        self.window.set_recent([deck.path for deck in load_settings().recent])
        self.window.show()
        self.window.activateWindow()

    def _on_deck_removed(self, path: Path) -> None:
        with contextlib.suppress(AtelierError):
            save_settings(load_settings().without(path))

    def _on_motion_chosen(self, name: str) -> None:
        with contextlib.suppress(AtelierError):
            save_settings(replace(load_settings(), motion=name))


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
    library = Library(app)
    library.window.show()
    return app.exec()
