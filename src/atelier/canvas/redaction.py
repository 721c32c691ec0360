"""The words that a canvas took from its deck, changed: numbers on covers, pills, words on edges."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.canvas.types import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.canvas.model import Canvas
    from atelier.canvas.types import Place


def redacted(canvas: Canvas, text: Callable[[str], str]) -> Canvas:
    """`canvas` with every word on it put through `text`; all stays where it is."""
    return replace(canvas, places=tuple(_place(place, text) for place in canvas.places))


def _place(place: Place, text: Callable[[str], str]) -> Place:
    art = place.art
    if isinstance(art, Timeline):
        art = replace(art, marks=tuple(replace(mark, label=text(mark.label)) for mark in art.marks))
    arrows = tuple(replace(arrow, label=text(arrow.label)) for arrow in place.arrows)
    return replace(place, number=text(place.number), art=art, arrows=arrows)
