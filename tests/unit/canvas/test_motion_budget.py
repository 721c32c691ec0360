"""Flights within their budget, and the ones that are told of."""

from __future__ import annotations

import itertools
import math

import pytest

from atelier.canvas.arrange import arrange
from atelier.canvas.camera import Camera
from atelier.canvas.composition import LAYOUTS
from atelier.canvas.flight import CALM_OCTAVES, CALM_WIDTHS, Flight, Profile
from atelier.canvas.motion_budget import MOST_TOLD, OCTAVES, WIDTHS, motion_diagnostics, peak
from atelier.canvas.route import rest, route
from atelier.deck.loading import read
from atelier.deck.types import DEFAULT_RATIO, Deck
from atelier.foundation.geometry import Point

from .canvas_trees import deck_of


def _text(fan: int, depth: int, level: int = 2) -> str:
    """`fan` frames in each other, `depth` levels of them."""
    if not depth:
        return ""
    return "".join(f"{'#' * level} F{level}{n}\n\ntext\n\n{_text(fan, depth - 1, level + 1)}" for n in range(fan))


def _told(text: str) -> list[str]:
    deck = read(text.encode())
    return [str(found) for found in motion_diagnostics(deck, arrange(deck), deck.ratio)]


def _flight(pan: float, zoom: float, profile: Profile = Profile.FULL) -> Flight:
    """A flight `pan` widths of its first view to the right, that ends in a view `zoom` times narrower."""
    canvas = arrange(deck_of([]))
    start = Camera(0, Point(0.0, 0.0), 1000.0)
    return Flight(canvas, start, Camera(0, Point(1000.0 * pan, 0.0), 1000.0 / zoom), DEFAULT_RATIO, profile)


def test_the_peak_of_a_zoom_is_that_of_its_even_pace() -> None:
    speed = peak(_flight(0.0, 8.0))
    assert speed.widths == 0.0
    assert speed.octaves == pytest.approx(math.sqrt(2.0) / math.log(2.0) / 0.82, rel=0.01)


def test_a_pan_of_ten_widths_and_a_zoom_of_twenty_times_are_within_the_budget() -> None:
    pan = peak(_flight(10.0, 1.0))
    assert pan.widths == pytest.approx(1.6, abs=0.1)
    assert pan.share < 1.0 < peak(_flight(13.0, 1.0)).share
    zoom = peak(_flight(0.0, 20.0))
    assert zoom.octaves == pytest.approx(2.5, abs=0.1)
    assert zoom.share < 0.6


@pytest.mark.parametrize(("pan", "zoom"), [(0.0, 1000.0), (10.0, 1.0), (100.0, 0.01), (3.0, 50.0)])
def test_calm_flights_keep_their_own_limits(pan: float, zoom: float) -> None:
    speed = peak(_flight(pan, zoom, Profile.CALM))
    assert speed.widths <= CALM_WIDTHS * 1.001
    assert speed.octaves <= CALM_OCTAVES * 1.001
    assert CALM_WIDTHS < WIDTHS
    assert CALM_OCTAVES < OCTAVES


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", [1, 3, 9, 20, 40])
def test_the_layouts_place_a_normal_deck_within_the_budget(layout: str, count: int) -> None:
    assert not _told(f"# Talk {{layout={layout}}}\n\n{_text(count, 1)}")


@pytest.mark.parametrize(("fan", "depth"), [(5, 2), (8, 2), (12, 2), (4, 3), (3, 4)])
def test_nested_frames_are_within_it_too(fan: int, depth: int) -> None:
    assert not _told(f"# Talk\n\n{_text(fan, depth)}")


FAR_APART = "".join(f"{'#' * level} Down {level} {{#d{level}}}\n\n" for level in range(2, 7)) + "".join(
    f"## Other {n} {{#s{n}}}\n\nx\n\n" for n in range(60)
)


def test_a_hasty_flight_is_told_of_with_its_ends_and_its_speed() -> None:
    (found,) = _told(f"---\npaths:\n  a: [d6, s59]\n---\n# Talk\n\n{FAR_APART}")
    assert found.startswith("253: ")
    assert "from “Down 6” to “Other 59”" in found
    assert "and 5 and 2 are the most" in found
    assert "--motion calm" in found


def test_a_flight_of_two_paths_is_told_of_once() -> None:
    assert len(_told(f"---\npaths:\n  a: [d6, s59]\n  b: [d2, d6, s59]\n---\n# Talk\n\n{FAR_APART}")) == 1


def test_an_overview_is_named_as_one() -> None:
    (found,) = _told(f"---\npaths:\n  a: [s59, {{frame: d6, view: overview}}]\n---\n# Talk\n\n{FAR_APART}")
    assert "from “Other 59” to the overview of “Down 6”" in found


def test_only_the_fastest_are_told_of_and_the_others_counted() -> None:
    deck = read(f"# Talk\n\n{_text(200, 1)}".encode())
    canvas = arrange(deck)
    found = motion_diagnostics(deck, canvas, deck.ratio)
    assert len(found) == MOST_TOLD + 1
    assert found[-1].more == _hasty(deck) - MOST_TOLD
    assert all(each.code == "flight-too-fast" for each in found)


def _hasty(deck: Deck) -> int:
    canvas = arrange(deck)
    cameras = [rest(canvas, stop, deck.ratio) for stop in route(deck, canvas, deck.paths[0])]
    flights = [Flight(canvas, a, b, deck.ratio) for a, b in itertools.pairwise(cameras)]
    return sum(peak(flight).share > 1.0 for flight in flights)
