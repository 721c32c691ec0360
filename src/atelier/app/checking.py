"""`atelier check`: everything there is to say about a deck, and the lines it is about.

Without `layout` nothing of Qt is imported: the text alone says most of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path  # noqa: TC003 - part of the public value
from typing import TYPE_CHECKING

from atelier.canvas.arrange import arrange
from atelier.deck.audience import for_audience
from atelier.deck.checks import check_deck, metadata_of
from atelier.deck.contents import Contents
from atelier.deck.files import resolve
from atelier.deck.loading import deck_bytes, deck_file, read, text_of
from atelier.deck.svg import read_svg
from atelier.deck.theme import load_theme
from atelier.foundation.diagnostics import Diagnostic, Severity, bounded
from atelier.foundation.errors import InputError
from atelier.foundation.progress import Progress, unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from atelier.deck.svg import SafeSvg
    from atelier.deck.types import Deck

_SHARE_OF_TEXT = 0.1
"""How much of the work with `layout` the text is."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A deck's text and what there is to say about it, in the order of its lines; another file's comes last."""

    file: Path
    lines: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    frames: tuple[tuple[int, str], ...] = ()
    """Line and title of every frame, in reading order."""

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty where there is none."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""

    def count(self, severity: Severity) -> int:
        """How many diagnostics there are of a severity, those that stand for others counted with them."""
        return sum(each.more or 1 for each in self.diagnostics if each.severity is severity)


def check(path: Path, *, layout: bool = False, progress: Progress = unseen) -> Checked:
    """Checks the deck at `path`; with `layout` its text is set too, which needs Qt. Raises InputError."""
    file = deck_file(path)
    data = deck_bytes(file)
    deck = read(data, file=file, folder=file.parent)
    text = text_of(data)
    steps = len(deck.frames)
    text_steps = round(steps * _SHARE_OF_TEXT) if layout else steps
    found = [*check_deck(deck, text, Contents(deck), lambda done, of: progress(text_steps * done // max(1, of), steps))]
    found += _of_theme(deck, text)
    found += _of_canvas(deck)
    if layout:
        found += _of_layout(
            deck, lambda done, of: progress(text_steps + (steps - text_steps) * done // max(1, of), steps)
        )
    progress(steps, steps)
    lines = tuple(text.split("\n"))
    diagnostics = sorted(_once(_placed(found, file, len(lines))), key=_order(file))
    return Checked(file, lines, bounded(diagnostics), tuple((frame.line, frame.title) for frame in deck.frames))


def _of_theme(deck: Deck, text: str) -> Iterator[Diagnostic]:
    line = metadata_of(deck, text).line_of("theme")
    for found in load_theme(deck.theme, deck.folder)[1]:
        yield found if found.file else replace(found, file=deck.file, line=line)


def _of_canvas(deck: Deck) -> Iterator[Diagnostic]:
    """What placing the frames says: as everyone sees them, and of the private ones as the speaker does."""

    def load_svg(name: str) -> SafeSvg:
        file = resolve(deck.folder, name)
        if isinstance(file, Diagnostic):
            raise InputError(file.message, file.hint)
        return read_svg(file)

    shown = for_audience(deck)
    yield from arrange(shown, load_svg=load_svg).diagnostics
    if shown is not deck:
        private = {frame.line for frame in deck.frames if frame.private}
        yield from (each for each in arrange(deck, load_svg=load_svg).diagnostics if each.line in private)


def _of_layout(deck: Deck, progress: Progress) -> Iterator[Diagnostic]:
    from PySide6.QtGui import QGuiApplication

    from atelier.render.layout_checks import check_layout
    from atelier.render.scene import build_scene
    from atelier.typeset.fonts import absent_families

    app = QGuiApplication.instance() or QGuiApplication([])
    scene = build_scene(deck)
    yield from absent_families(scene.theme, deck.folder)
    yield from check_layout(scene, progress)
    del app


def _placed(found: Iterable[Diagnostic], file: Path, lines: int) -> Iterator[Diagnostic]:
    """Each with its file, on a line that is in it."""
    for each in found:
        named = each.file or file
        line = min(max(0, each.line), lines) if named == file else each.line
        yield each if (named, line) == (each.file, each.line) else replace(each, file=named, line=line)


def _once(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Without those that two checks came upon: a picture cannot be shown for one reason at a line."""
    said: set[tuple[str, Path | None, int, str]] = set()
    for each in found:
        key = (each.code, each.file, each.line, each.message)
        if each.code in _UNSHOWN:
            key = ("", each.file, each.line, each.message.partition("”")[0])
        if key not in said:
            said.add(key)
            yield each


_UNSHOWN = frozenset(
    {"picture-missing", "picture-outside", "picture-remote", "picture-too-large", "picture-unreadable"}
)
"""Found by a picture's name and first bytes, and again by setting it; the message begins with the name."""


def _order(file: Path) -> Callable[[Diagnostic], tuple[bool, str, int, int]]:
    return lambda each: (each.file != file, str(each.file), each.line, each.column)
