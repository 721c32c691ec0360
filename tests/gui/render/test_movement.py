"""What is shown between two rests."""

from __future__ import annotations

import pytest

from atelier.canvas.arrange import arrange
from atelier.canvas.camera import home
from atelier.canvas.flight import Flight, Profile
from atelier.deck.loading import read
from atelier.render.movement import DIM, STEP_IN, coming_in, setting_out, step_seconds, under_way
from atelier.render.scene import Look, Shown


def test_a_flight_dims_what_it_leaves_in_its_last_moments() -> None:
    canvas = arrange(read(b"# Talk\n\n## One\n\n## Two\n"))
    for profile in (Profile.FULL, Profile.CALM):
        flight = Flight(canvas, home(canvas, 1, 1.6), home(canvas, 2, 1.6), 1.6, profile)
        look = setting_out(Look(focus=1, shown={1: Shown(0, 2)}), Look(focus=2, shown={2: Shown(0, 0)}))
        assert (look.previous, look.focus, look.mix) == (1, 2, 0.0)
        assert look.shown == {1: Shown(0, 2), 2: Shown(0, 0)}
        assert under_way(look, flight, flight.duration - DIM[profile] - 0.01).mix == 0.0
        assert under_way(look, flight, flight.duration - DIM[profile] / 2).mix == pytest.approx(0.5)
        assert under_way(look, flight, flight.duration).mix == 1.0


def test_a_step_comes_in_and_slows_down() -> None:
    look = Look(focus=1, shown={1: Shown(0, 2)})
    shares = [coming_in(look, 1, share).shown[1].progress for share in (0.0, 0.25, 0.5, 1.0, 1.5)]
    assert shares == pytest.approx([0.0, 0.578125, 0.875, 1.0, 1.0])
    assert coming_in(look, 1, 0.5).shown[1].step == 2


def test_only_a_step_of_the_same_page_comes_in() -> None:
    assert step_seconds(Shown(0, 0), Shown(0, 1), Profile.FULL) == STEP_IN[Profile.FULL]
    assert step_seconds(Shown(0, 2), Shown(1, 0), Profile.FULL) == 0.0
    assert step_seconds(Shown(0, 2), Shown(1, 1), Profile.FULL) == 0.0
    assert step_seconds(Shown(0, 2), None, Profile.FULL) == 0.0
    assert step_seconds(Shown(0, 0), Shown(0, 1), Profile.CUTS) == 0.0
