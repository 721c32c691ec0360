"""`atelier export`: a deck into files, with progress in a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from atelier.app.reporting import Reporter
from atelier.deck.loading import load
from atelier.deck.paths import named_path
from atelier.foundation.errors import InputError, Location, UsageError
from atelier.foundation.texts import DECK_FILE
from atelier.foundation.translation import _
from atelier.render.scene import build_scene

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from atelier.deck.types import Deck

TALLEST = 8640
"""Pixels: an 8K picture twice over."""


def export(deck_path: Path, formats: Sequence[str], folder: Path, *, path: str, height: int) -> int:
    """Writes `deck_path` in each of `formats` into `folder`."""
    if not 16 <= height <= TALLEST:
        raise UsageError(_("A picture is from 16 to {most} pixels high.").format(most=TALLEST))
    deck = load(deck_path)
    named_path(deck, path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            _("The folder cannot be made: {reason}.").format(reason=error.strerror),
            _("Choose another one with -o."),
            Location(folder),
        ) from error
    app = QGuiApplication.instance() or QGuiApplication([])
    scene = build_scene(deck, path=path)
    chosen = named_path(scene.deck, path)  # without what is private
    name = _name(deck)
    reporter = Reporter()
    reporter.tell(scene.diagnostics)
    reporter.tell(scene.contents.all_diagnostics())
    if "pdf" in formats:
        from atelier.exports.pdf import write_pdf

        file = folder / f"{name}.pdf"
        pages = write_pdf(scene, chosen, file, _counter(_("PDF, page {n}")))
        _say(_("{file}: {n} pages").format(file=file, n=pages))
    if "png" in formats:
        from atelier.exports.png import write_pngs

        files = write_pngs(scene, chosen, folder, height, _counter(_("PNG, picture {n}")))
        _say(_("{folder}: {n} pictures").format(folder=folder, n=len(files)))
    for stop in chosen.stops:
        reporter.tell_of_place(scene, scene.canvas.place_of[stop.frame])
    del app
    return 0


def _name(deck: Deck) -> str:
    """What the files are called: as the deck's folder, or as its text when that has a name of its own."""
    if deck.file is None:
        return "deck"
    return deck.file.parent.name if deck.file.name == DECK_FILE else deck.file.stem


def _counter(words: str) -> Callable[[int], None]:
    def show(n: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{words.format(n=n)} ")
            sys.stderr.flush()

    return show


def _say(words: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    sys.stdout.write(words + "\n")
