"""What a view shows between two rests: the way a flight dims what it leaves, and a step that comes in.

Window and film move alike, for both ask here. Seconds count from the start of the movement.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from atelier.canvas.flight import Profile
from atelier.render.scene import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.canvas.flight import Flight
    from atelier.render.scene import Look

DIM: Final[Mapping[Profile, float]] = {Profile.FULL: 0.24, Profile.CALM: 0.4, Profile.CUTS: 0.18}
"""Seconds before a flight ends from which on what it leaves steps back, and what it goes to comes forward."""
STEP_IN: Final[Mapping[Profile, float]] = {Profile.FULL: 0.22, Profile.CALM: 0.32, Profile.CUTS: 0.0}
"""Seconds a step takes to come in."""


def setting_out(before: Look, arrival: Look) -> Look:
    """The look a flight begins with: what is shown is what both ends show."""
    return replace(arrival, previous=before.focus, mix=0.0, shown={**before.shown, **arrival.shown})


def under_way(look: Look, flight: Flight, t: float) -> Look:
    """`look`, with which a flight began, after `t` seconds of it."""
    dim = DIM[flight.profile]
    mix = (t - (flight.duration - dim)) / dim
    return replace(look, mix=min(1.0, max(0.0, mix)))


def step_seconds(before: Shown, after: Shown | None, profile: Profile) -> float:
    """How long the newest step of `after` takes to come in where `before` was shown; 0 where it is there at once."""
    if after is None or not after.step or after.page != before.page:
        return 0.0
    return STEP_IN[profile]


def coming_in(look: Look, place: int, share: float) -> Look:
    """`look` when the newest step of `place` has been coming in for a share of its time."""
    shown = replace(look.shown.get(place, Shown()), progress=1.0 - (1.0 - min(1.0, share)) ** 3)
    return replace(look, shown={**look.shown, place: shown})
