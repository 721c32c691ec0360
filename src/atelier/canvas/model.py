"""A deck placed: every frame's place, and the lists to find them by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atelier.canvas.index import Index

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.canvas.types import Place
    from atelier.foundation.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Canvas:
    """All places of a deck. Place 0 is the root; parents come before their children, in reading order, so that the
    descendants of a place follow it without a gap.
    """

    places: tuple[Place, ...]
    place_of: tuple[int, ...]
    """Frame index to its place."""
    page_of: Mapping[int, int]
    """Frame index to the place of its page, for frames that have one."""
    diagnostics: tuple[Diagnostic, ...] = ()
    by_hand: bool = False
    """Whether somebody placed frames: they may lie outside the frame they belong to."""
    index: Index = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", Index(self.places, by_hand=self.by_hand))

    @property
    def root(self) -> Place:
        return self.places[0]

    def inside(self, place: int, ancestor: int) -> bool:
        """Whether `place` is `ancestor` or lies in it."""
        places = self.places
        depth = places[ancestor].depth
        while places[place].depth > depth:
            place = places[place].parent
        return place == ancestor
