"""`atelier check`: everything there is to say about a deck, and the lines it is about.

Without `layout` nothing of Qt is imported: the text alone says most of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path  # noqa: TC003 - part of the public value
from typing import TYPE_CHECKING

from atelier.canvas.arrange import arrange
from atelier.deck.audience import for_audience
from atelier.deck.checks import check_cards, check_deck, metadata_of
from atelier.deck.contents import Contents
from atelier.deck.decoding import deck_bytes, text_of
from atelier.deck.json_canvas import LARGEST_CANVAS
from atelier.deck.loading import deck_file, is_canvas, load, placed, read
from atelier.deck.references import drawing_of
from atelier.deck.theme import load_theme
from atelier.foundation.diagnostics import Diagnostic, bounded
from atelier.foundation.progress import Progress, unseen
from atelier.foundation.texts import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from atelier.deck.front_matter import Metadata
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
    """Line and title of every frame of the text, in reading order."""


def check(path: Path, *, layout: bool = False, progress: Progress = unseen) -> Checked:
    """Checks the deck at `path`; with `layout` its text is set too, which needs Qt. Raises InputError."""
    file = deck_file(path)
    if is_canvas(file):
        return _of_drawn(load(file), file, layout=layout, progress=progress)
    data = deck_bytes(file)
    headed = read(data, file=file, folder=file.parent)
    deck = placed(headed, data)
    text = text_of(data)
    steps = len(deck.frames)
    text_steps = round(steps * _SHARE_OF_TEXT) if layout else steps
    found = [
        *check_deck(headed, text, Contents(headed), lambda done, of: progress(text_steps * done // max(1, of), steps))
    ]
    metadata = metadata_of(deck, text)
    found += _of_theme(deck, metadata)
    found += _of_canvas(deck, metadata)
    found += check_cards(deck, Contents(deck))
    if layout:
        found += _of_layout(
            deck, lambda done, of: progress(text_steps + (steps - text_steps) * done // max(1, of), steps)
        )
    progress(steps, steps)
    lines = tuple(text.split("\n"))
    diagnostics = sorted(_once(_placed(found, file, len(lines))), key=_order(file))
    return Checked(file, lines, bounded(diagnostics), _titles(headed))


def _titles(deck: Deck) -> tuple[tuple[int, str], ...]:
    """Line and title of the frames of the deck's own text."""
    return tuple((frame.line, frame.title) for frame in deck.frames if frame.origin is None)


def _of_drawn(deck: Deck, file: Path, *, layout: bool, progress: Progress) -> Checked:
    """What there is to say about a canvas that is a deck; what its texts say is at the lines of their nodes."""
    found = list(deck.diagnostics)
    contents = Contents(deck)
    for frame in deck.frames:
        found += (
            replace(each, file=file, line=frame.line, column=0) for each in contents.content(frame.index).diagnostics
        )
    found += check_cards(deck, contents)
    found += arrange(deck).diagnostics
    if layout:
        found += _of_layout(deck, progress)
    progress(len(deck.frames), len(deck.frames))
    lines = tuple(read_bytes(file, LARGEST_CANVAS).decode("utf-8", "replace").split("\n"))
    diagnostics = sorted(_once(_placed(found, file, len(lines))), key=_order(file))
    frames = sorted((frame.line, frame.title) for frame in deck.frames)
    return Checked(file, lines, bounded(diagnostics), tuple(frames))


def _of_theme(deck: Deck, metadata: Metadata) -> Iterator[Diagnostic]:
    line = metadata.line_of("theme")
    for found in load_theme(deck.theme, deck.folder)[1]:
        yield found if found.file else replace(found, file=deck.file, line=line)


def _of_canvas(deck: Deck, metadata: Metadata) -> Iterator[Diagnostic]:
    """What placing the frames says: as everyone sees them, and of the private ones as the speaker does."""
    private = {(deck.file_of(frame), frame.line) for frame in deck.frames if frame.private}
    root = deck.root
    keys = {  # by code, the keys of the front matter that stand for attributes of the first heading
        **dict.fromkeys(("layout-unknown", "layout-fallback"), "layout" if metadata.layout == root.layout else ""),
        "map-unreadable": "map" if metadata.map == root.map else "",
    }

    shown = for_audience(deck)
    found = [*arrange(shown, load_svg=partial(drawing_of, deck)).diagnostics]
    if shown is not deck:
        found += (
            each
            for each in arrange(deck, load_svg=partial(drawing_of, deck)).diagnostics
            if (each.file, each.line) in private
        )
    for each in found:
        of_root = (each.file, each.line) == (deck.file, root.line)
        line = metadata.line_of(keys.get(each.code, "")) if of_root else 0
        yield replace(each, line=line) if line else each


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
    f"picture-{fault}" for fault in ("missing", "outside", "remote", "too-large", "unreadable", "incomplete")
)
"""Found by a picture's name and first bytes, and again by setting it; the message begins with the name."""


def _order(file: Path) -> Callable[[Diagnostic], tuple[bool, str, int, int]]:
    return lambda each: (each.file != file, str(each.file), each.line, each.column)
