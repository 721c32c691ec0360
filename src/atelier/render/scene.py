"""Everything a picture of a deck is drawn from."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QTransform

from atelier.canvas.arrange import arrange
from atelier.deck.audience import for_audience
from atelier.deck.contents import Contents
from atelier.deck.files import resolve
from atelier.deck.references import drawing_of
from atelier.deck.theme import load_theme
from atelier.typeset.fonts import absent_families
from atelier.typeset.pictures import Pictures
from atelier.typeset.typesetter import Typesetter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atelier.canvas.model import Canvas
    from atelier.deck.looks import Theme
    from atelier.deck.types import Deck
    from atelier.foundation.diagnostics import Diagnostic
    from atelier.foundation.geometry import Similarity
    from atelier.markup.answers import Results
    from atelier.markup.blocks import Block, Content


def qt_transform(t: Similarity) -> QTransform:
    """`t` as Qt paints it. The shift is already relative to the camera, so nothing is lost to large numbers."""
    c, s = (t.scale, 0.0) if t.rotation == 0.0 else (math.cos(t.rotation) * t.scale, math.sin(t.rotation) * t.scale)
    return QTransform(c, s, -s, c, t.x, t.y)


@dataclass(frozen=True, slots=True)
class Shown:
    """How far a place's own content is shown: its page, and the advance; None shows every step.

    `progress` goes from 0 to 1 while the newest step comes in.
    """

    page: int = 0
    step: int | None = None
    progress: float = 1.0


WHOLE = Shown()


@dataclass(frozen=True, slots=True)
class Look:
    """What a view shows beyond its camera.

    `focus` is the place the room looks at (-1: none, nothing is dimmed); while a flight changes it, `previous` is the
    one before and `mix` goes from 0 to 1.
    """

    focus: int = -1
    previous: int = -1
    mix: float = 1.0
    shown: Mapping[int, Shown] = field(default_factory=dict[int, Shown])


@dataclass(frozen=True, slots=True)
class Scene:
    """One version of a deck, ready to be drawn. Frames are parsed and set when they are first asked for."""

    deck: Deck
    canvas: Canvas
    theme: Theme
    contents: Contents
    typesetter: Typesetter
    pictures: Pictures
    diagnostics: tuple[Diagnostic, ...] = ()
    language: str = ""
    """What is for one language alone is shown where it is for this one."""
    noted: Callable[[int], Content] | None = None
    """The text of a frame, by its index, with its notes; for an export that shows them."""

    def with_results(self, results: Results) -> Scene:
        """The same, with what was counted for activities of its frames."""
        return replace(self, typesetter=self.typesetter.with_results(results))

    def notes(self, frame: int) -> tuple[Block, ...]:
        """The notes of a frame for an export that was built `with_notes`: the terms of `redact` are replaced, private
        parts are still in them.
        """
        return self.noted(frame).notes if self.noted is not None else ()

    def files(self) -> tuple[Path, ...]:
        """The files beside the text that have been drawn from so far."""
        theme = resolve(self.deck.folder, self.deck.theme) if self.deck.theme else None
        notes = self.deck.geometry.notes if self.deck.geometry is not None else ()
        embedded = (path for path, _digest in self.deck.embedded)
        return (*((theme,) if isinstance(theme, Path) else ()), *embedded, *notes, *self.pictures.files())


def build_scene(
    deck: Deck,
    previous: Scene | None = None,
    *,
    path: str = "",
    language: str = "",
    exported: bool = False,
    with_notes: bool = False,
) -> Scene:
    """Places `deck` on its canvas, keeping what an earlier version has parsed and decoded where it is the same, and the
    counts of activities that it shows.

    A scene is what everyone may see: private frames are not in it, and of an `exported` one the terms of `redact` are
    replaced; `with_notes` reads the notes too.
    """
    deck = for_audience(deck)
    theme, found = load_theme(deck.theme, deck.folder)
    found += absent_families(theme, deck.folder)
    contents = Contents(deck, previous.contents if previous else None)

    canvas = arrange(deck, load_svg=partial(drawing_of, deck))
    shown, change = contents.content if with_notes else contents.shown, None
    diagnostics = (*deck.diagnostics, *found, *canvas.diagnostics)
    if exported and deck.redact:
        from atelier.canvas.redaction import redacted
        from atelier.deck.redaction import RedactedDeck, redacted_drawing

        handed = RedactedDeck(deck, shown)
        deck, shown, change = handed.deck, handed.content, partial(redacted_drawing, redaction=handed.redaction)
        canvas = redacted(canvas, handed.redaction.text)
    inks = {name: getattr(theme.colours, name) for name in ("ink", "muted", "accent")}
    pictures = Pictures(deck.folder, inks, change)
    before = previous.pictures if previous is not None and previous.deck.folder == deck.folder else None
    if change is None and before is not None and before.colours == inks and before.unchanged():
        pictures = before
    language = language or deck.lang
    typesetter = Typesetter(
        deck,
        canvas,
        theme,
        shown,
        path=path,
        language=language,
        pictures=pictures,
        results=previous.typesetter.results if previous is not None else None,
    )
    return Scene(
        deck, canvas, theme, contents, typesetter, pictures, diagnostics, language, shown if with_notes else None
    )
