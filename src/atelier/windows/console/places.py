"""Where the panels of the console are: its slots, what stands in them at first, and what a person makes of that.

Six slots lie in splits, each of which has two sides, and a seventh below them in a rehearsal:

    rows ─┬─ body ─┬─ left ──┬─ 0
          │        │         └─ below ─┬─ 1
          │        │                   └─ 2
          │        └─ right ─┬─ 3
          │                  └─ lower ─┬─ 4
          │                            └─ 5
          └─ 6
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from atelier.foundation.settings import PanelPlaces

SPLITS: Final = ("rows", "body", "left", "below", "right", "lower")
"""In the order of `PanelPlaces.shares`."""
ALWAYS: Final = "view"
"""The panel that cannot be hidden: it says who sees what."""
NARROWEST: Final = 0.05
"""The least share of a split that is taken from the settings."""
_WIDE: Final = (("view",), ("next",), ("exits",), ("notes",), ("canvas",), ("outline", "history"))
_COMPACT: Final = (("view",), ("next",), ("exits", "canvas", "outline", "history"), ("notes",), (), ())


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of console: each is arranged, and remembered, by itself."""

    compact: bool = False
    upright: bool = False
    rehearsal: bool = False

    @property
    def name(self) -> str:
        """What it is remembered under."""
        words = ("compact" if self.compact else "large", self.upright and "upright", self.rehearsal and "rehearsal")
        return "-".join(word for word in words if word)

    @property
    def usual(self) -> PanelPlaces:
        """The places before anybody moved a panel."""
        slots = (*(_COMPACT if self.compact else _WIDE), ("times",) if self.rehearsal else ())
        return PanelPlaces(slots, (), (0.0,) * len(SPLITS))


def sound(places: PanelPlaces | None, layout: Layout) -> PanelPlaces:
    """Remembered places where they fit a layout: every panel once, in as many slots; else the usual ones."""
    usual = layout.usual
    if places is None or len(places.slots) != len(usual.slots):
        return usual
    known = Counter(name for slot in usual.slots for name in slot)
    if Counter(name for slot in places.slots for name in slot) != known:
        return usual
    hidden = tuple(name for name in known if name in places.hidden and name != ALWAYS)
    shares = places.shares if len(places.shares) == len(SPLITS) else usual.shares
    held = tuple(share if NARROWEST <= share <= 1.0 - NARROWEST else 0.0 for share in shares)
    return PanelPlaces(places.slots, hidden, held)


def swapped(places: PanelPlaces, one: str, other: str) -> PanelPlaces:
    """Two panels in each other's places."""
    names = {one: other, other: one}
    return replace(places, slots=tuple(tuple(names.get(name, name) for name in slot) for slot in places.slots))


def with_hidden(places: PanelPlaces, name: str, *, hidden: bool) -> PanelPlaces:
    """A panel shown or not; it keeps its slot."""
    others = tuple(each for each in places.hidden if each != name)
    return replace(places, hidden=(*others, name) if hidden and name != ALWAYS else others)


def with_share(places: PanelPlaces, split: str, share: float) -> PanelPlaces:
    """A split where somebody moved it; 0 puts it back."""
    number = SPLITS.index(split)
    return replace(places, shares=(*places.shares[:number], share, *places.shares[number + 1 :]))


def shown(places: PanelPlaces) -> tuple[tuple[str, ...], ...]:
    """The panels of each slot that are not hidden."""
    return tuple(tuple(name for name in slot if name not in places.hidden) for slot in places.slots)
