from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.canvas.canvas_trees import Tree, canvas_of, fan, nested, same, trees, turned_canvas

from atelier.canvas.camera import Camera, half_turn, home, rebase, relative
from atelier.canvas.flight import CALM_OCTAVES, CALM_WIDTHS, CROSS_FADE, Flight, Profile, Velocity
from atelier.foundation.geometry import Point, Similarity
from atelier.foundation.settings import MOTION_PROFILES

if TYPE_CHECKING:
    from atelier.canvas.model import Canvas

RATIO = 16 / 9
MOVING = (Profile.FULL, Profile.CALM)

DEEP = canvas_of(nested(50, 3))


def seen_speed(canvas: Canvas, flight: Flight, t: float, dt: float) -> Velocity:
    """The velocity from two cameras close together."""
    a, b = flight.at(t), flight.at(t + dt)
    b = rebase(canvas, b, a.anchor)
    step = (b.centre - a.centre) * (1.0 / (a.width * dt))
    seen = Similarity(0.0, 0.0, 1.0, -a.rotation).map(step)
    return Velocity(seen.x, seen.y, math.log(b.width / a.width) / dt, half_turn(b.rotation - a.rotation) / dt)


def apart(a: Velocity, b: Velocity) -> float:
    return max(abs(a.x - b.x), abs(a.y - b.y), abs(a.zoom - b.zoom), abs(a.turn - b.turn))


def peaks(flight: Flight, samples: int = 240) -> tuple[float, float]:
    """The fastest moments of a flight: view widths and octaves of zoom, a second."""
    speeds = [flight.velocity(flight.duration * i / (samples + 1)) for i in range(samples + 1)]
    return max(math.hypot(v.x, v.y) for v in speeds), max(abs(v.zoom) for v in speeds) / math.log(2.0)


@given(trees(5), st.sampled_from(MOVING), st.data())
def test_starts_and_ends_exactly_and_stays_finite(tree: Tree, profile: Profile, data: st.DataObject) -> None:
    canvas = canvas_of(tree)
    anywhere = st.integers(0, len(canvas.places) - 1)
    start, target = (home(canvas, data.draw(anywhere), RATIO) for _ in range(2))
    flight = Flight(canvas, start, target, RATIO, profile)
    assert flight.at(0.0) == start
    assert flight.at(flight.duration) == target
    assert flight.at(-1.0) == start
    assert flight.at(99.0) == target
    before = start
    steps = 50
    for i in range(1, steps + 1):
        camera = flight.at(flight.duration * i / steps)
        assert all(map(math.isfinite, (camera.centre.x, camera.centre.y, camera.rotation)))
        assert 0.0 < camera.width < math.inf
        # No jump, also where the camera changes its anchor: never further than the fastest part of a flight goes.
        here = rebase(canvas, before, camera.anchor)
        assert (camera.centre - here.centre).length <= 0.6 * max(camera.width, here.width)
        before = camera


@given(st.integers(0, 150), st.integers(0, 150), st.floats(0.001, 0.999), st.sampled_from(MOVING))
def test_smooth_and_symmetric_across_fifty_levels(a: int, b: int, share: float, profile: Profile) -> None:
    start, target = home(DEEP, a, RATIO), home(DEEP, b, RATIO)
    there, back = Flight(DEEP, start, target, RATIO, profile), Flight(DEEP, target, start, RATIO, profile)
    assert there.duration == pytest.approx(back.duration)
    t = there.duration * share
    forth = there.at(t)
    mirrored = rebase(DEEP, back.at(back.duration - t), forth.anchor)
    assert same(mirrored, forth, 1e-6)
    dt = 1e-6 * there.duration
    assert apart(there.velocity(t), seen_speed(DEEP, there, t, dt)) < 1e-3 * (1 + abs(there.velocity(t).zoom))


def test_precise_from_the_world_into_the_deepest_frame() -> None:
    """On the way the frame it flies to moves evenly: no trembling from lost digits."""
    flight = Flight(DEEP, home(DEEP, 0, RATIO), home(DEEP, 50, RATIO), RATIO)
    for i in range(1, 400):
        t = flight.duration * i / 400
        dt = 1e-5
        assert apart(flight.velocity(t), seen_speed(DEEP, flight, t, dt)) < 0.05 * (1 + abs(flight.velocity(t).zoom))


def test_duration_grows_with_the_path() -> None:
    canvas = canvas_of([[fan(9) for _ in range(9)] for _ in range(9)])
    near = Flight(canvas, home(canvas, 2, RATIO), home(canvas, 12, RATIO), RATIO)
    far = Flight(canvas, home(canvas, 2, RATIO), home(canvas, 800, RATIO), RATIO)
    assert 0.5 <= near.duration < far.duration <= 2.2
    assert Flight(canvas, home(canvas, 2, RATIO), home(canvas, 2, RATIO), RATIO).duration == 0.5
    assert Flight(canvas, home(canvas, 2, RATIO), home(canvas, 12, RATIO), RATIO, duration=2.0).duration == 2.0


def test_gentler_than_a_straight_line() -> None:
    """FACTS: 20 times closer peaks near 2.4 octaves a second, a pan of ten widths near 1.5 widths a second."""
    canvas = canvas_of([])
    start = Camera(0, Point(0.0, 0.0), 20.0)
    _, octaves = peaks(Flight(canvas, start, Camera(0, Point(0.0, 0.0), 1.0), RATIO))
    assert octaves < 2.6
    pan = Flight(canvas, start, Camera(0, Point(200.0, 0.0), 20.0), RATIO)
    widths, _ = peaks(pan)
    assert widths < 1.8
    assert pan.at(1.0).width > 40


@given(st.integers(0, 150), st.integers(0, 150))
def test_calm_keeps_its_limits(a: int, b: int) -> None:
    flight = Flight(DEEP, home(DEEP, a, RATIO), home(DEEP, b, RATIO), RATIO, Profile.CALM)
    widths, octaves = peaks(flight, 100)
    assert widths <= CALM_WIDTHS * 1.0001
    assert octaves <= CALM_OCTAVES * 1.0001
    hurried = Flight(DEEP, home(DEEP, a, RATIO), home(DEEP, b, RATIO), RATIO, Profile.CALM, duration=0.1)
    _, octaves = peaks(hurried, 100)
    assert octaves <= CALM_OCTAVES * 1.0001


def test_calm_never_turns_and_full_turns_the_short_way() -> None:
    canvas = turned_canvas()
    start, target = home(canvas, 0, RATIO), home(canvas, 2, RATIO)
    calm = Flight(canvas, start, target, RATIO, Profile.CALM)
    for i in range(41):
        assert rebase(canvas, calm.at(calm.duration * i / 40), 0).rotation == pytest.approx(0.0, abs=1e-12)
    assert calm.at(calm.duration) == calm.target
    full = Flight(canvas, start, target, RATIO)
    angles = [rebase(canvas, full.at(full.duration * i / 40), 0).rotation for i in range(41)]
    assert angles == sorted(angles)
    assert (angles[0], angles[-1]) == (pytest.approx(0.0), pytest.approx(1.0))
    around = Flight(canvas, Camera(0, Point(0.0, 0.0), 9.0, 3.0), Camera(0, Point(0.0, 0.0), 9.0, -3.0), RATIO)
    assert all(abs(around.at(t / 100).rotation) >= 3.0 for t in range(60))


def test_every_profile_has_a_name_for_the_settings_and_the_command_line() -> None:
    assert tuple(profile.value for profile in Profile) == MOTION_PROFILES


def test_cuts_take_their_time_without_moving() -> None:
    canvas = canvas_of(fan(4))
    start, target = home(canvas, 1, RATIO), home(canvas, 2, RATIO)
    cut = Flight(canvas, start, target, RATIO, Profile.CUTS, velocity=Velocity(1.0, 1.0, 1.0, 1.0))
    assert cut.duration == CROSS_FADE
    assert {cut.at(t / 1000) for t in range(-1, 200)} == {start, target}
    assert cut.velocity(0.1) == Velocity()


@given(
    st.tuples(*[st.integers(0, 2)] * 3),
    st.floats(0.01, 0.99),
    st.floats(0.0, 0.3),
    st.sampled_from(MOVING),
    st.sampled_from([turned_canvas(), canvas_of([[[]]])]),
)
def test_an_interrupted_flight_has_no_jolt(
    stops: tuple[int, int, int], share: float, second: float, profile: Profile, canvas: Canvas
) -> None:
    a, b, c = (home(canvas, i, RATIO) for i in stops)
    first = Flight(canvas, a, b, RATIO, profile)
    t = first.duration * share
    next_ = Flight(canvas, first.at(t), c, RATIO, profile, velocity=first.velocity(t))
    assert next_.at(0.0) == first.at(t)
    assert apart(next_.velocity(0.0), first.velocity(t)) < 1e-9
    assert same(next_.at(1e-9), rebase(canvas, first.at(t), next_.at(1e-9).anchor), 1e-6)
    assert next_.at(next_.duration) == next_.target
    assert apart(next_.velocity(next_.duration * (1 - 1e-7)), Velocity()) < 1e-4
    for moment in (1e-4, 0.11, 0.29, 0.31, next_.duration * 0.9):
        assert apart(next_.velocity(moment), seen_speed(canvas, next_, moment, 1e-7)) < 2e-3
    again = Flight(canvas, next_.at(second), a, RATIO, profile, velocity=next_.velocity(second))
    assert apart(again.velocity(0.0), next_.velocity(second)) < 1e-9


def test_an_impatient_clicker_stays_smooth() -> None:
    """Ten flights, each interrupted after 120 ms: from picture to picture the speed never jumps."""
    canvas = canvas_of([fan(6), fan(6), fan(6)])
    goals = [2, 9, 16, 3, 0, 20, 4, 11, 1, 7]
    camera, velocity = home(canvas, 0, RATIO), Velocity()
    speeds: list[Velocity] = []
    for goal in goals:
        flight = Flight(canvas, camera, home(canvas, goal, RATIO), RATIO, velocity=velocity)
        speeds += [flight.velocity(0.001 * ms) for ms in range(120)]
        camera, velocity = flight.at(0.12), flight.velocity(0.12)
    assert max(apart(a, b) for a, b in pairwise(speeds)) < 0.15


def test_relative_scale_is_what_the_path_covers() -> None:
    deepest = DEEP.places[50]
    assert relative(DEEP, deepest.index, 0).scale < 1e-15
    flight = Flight(DEEP, home(DEEP, 0, RATIO), home(DEEP, 50, RATIO), RATIO)
    anchors = [flight.at(flight.duration * i / 100).anchor for i in range(101)]
    assert anchors == sorted(anchors)
    assert {0, 50} == set(anchors)
