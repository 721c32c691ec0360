from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.unit.canvas.canvas_trees import (
    TURNED_BY,
    Tree,
    canvas_of,
    deck_with,
    fan,
    frame,
    nested,
    same,
    trees,
    turned_canvas,
)

from atelier.canvas.arrange import arrange
from atelier.canvas.camera import (
    NARROWEST,
    WIDEST,
    Camera,
    best_anchor,
    device,
    home,
    overview,
    pan,
    place_at,
    rebase,
    relative,
    upright,
    zoom_at,
)
from atelier.foundation.geometry import Point, Rect, Similarity, Size

VIEW = Size(1920.0, 1080.0)
DEEP = canvas_of(nested(50))


def test_home_shows_a_frame_with_a_margin() -> None:
    canvas = canvas_of(fan(3))
    view = home(canvas, 2, VIEW.ratio)
    frame_on_screen = device(view, VIEW).map_rect(canvas.places[2].size)
    assert frame_on_screen.height == pytest.approx(0.94 * 1080)
    assert frame_on_screen.centre.x == pytest.approx(960)
    root = device(home(canvas, 0, VIEW.ratio), VIEW).map_rect(canvas.root.size)
    assert root.height == pytest.approx(1080)
    assert root.width == pytest.approx(1920)


def test_home_of_a_case_and_in_other_views() -> None:
    canvas = arrange(deck_with([frame(0, -1, (1,)), frame(1, 0, more={"blocks": "case"})]))
    assert device(home(canvas, 1, VIEW.ratio), VIEW).scale == pytest.approx(0.9 * 1.08)
    square = Size(1000.0, 1000.0)
    shown = device(home(canvas, 0, 1.0), square).map_rect(canvas.root.size)
    assert (shown.width, shown.centre.y) == (pytest.approx(1000), pytest.approx(500))


def test_overview_is_the_parent() -> None:
    canvas = canvas_of([fan(2)])
    assert overview(canvas, 2, VIEW.ratio) == home(canvas, 1, VIEW.ratio)
    assert overview(canvas, 0, VIEW.ratio) == home(canvas, 0, VIEW.ratio)


@given(st.integers(0, 100), st.integers(0, 100), st.floats(-2, 2), st.floats(-2, 2), st.floats(0.01, 100))
def test_rebase_and_back_across_fifty_levels(a: int, b: int, x: float, y: float, width: float) -> None:
    camera = Camera(a, Point(1000 * x, 1000 * y), 1000 * width)
    # Seen from far inside, a view is only as exact as the distance to it; going outward loses nothing that shows.
    assume(DEEP.places[b].depth <= DEEP.places[a].depth)
    there = rebase(DEEP, camera, b)
    assert math.isfinite(there.centre.x)
    assert there.width > 0
    back = relative(DEEP, b, a).scale * relative(DEEP, a, b).scale
    assert back == pytest.approx(1.0, rel=1e-12)


def test_one_to_ten_million() -> None:
    """What lies in the middle of a deep frame stays in the middle, to a thousandth of a pixel."""
    for tree in (nested(10), nested(50)):
        canvas = canvas_of(tree)
        deepest = max(canvas.places, key=lambda p: p.depth)
        assert 1 / relative(canvas, deepest.index, 0).scale > 1e7 or deepest.depth == 10
        camera = home(canvas, deepest.index, VIEW.ratio)
        parent = rebase(canvas, camera, deepest.parent)
        assert same(rebase(canvas, parent, deepest.index), camera, 1e-12)
        beside = next(i for i in canvas.places[deepest.parent].children if i != deepest.index)
        assert same(rebase(canvas, rebase(canvas, camera, beside), deepest.index), camera, 1e-12)


def test_ten_million_times_closer_by_hand() -> None:
    canvas = DEEP
    camera = home(canvas, 0, VIEW.ratio)
    deepest = canvas.places[50].index
    point = Point(960.0, 540.0)
    for _ in range(400):
        target = rebase(canvas, Camera(deepest, Point(888.0, 500.0), 1.0), camera.anchor).centre
        on_screen = device(camera, VIEW).map(target)
        camera = zoom_at(
            canvas, pan(canvas, camera, VIEW, point.x - on_screen.x, point.y - on_screen.y), VIEW, point, 1.3
        )
    assert camera.anchor == deepest
    assert (camera.centre - Point(888.0, 500.0)).length < 1e-6 * camera.width


@given(trees(4), st.floats(0, 1), st.floats(0, 1), st.floats(0.001, 5), st.floats(-4, 4), st.data())
def test_best_anchor_is_the_smallest_place_around_the_view(
    tree: Tree, x: float, y: float, width: float, rotation: float, data: st.DataObject
) -> None:
    canvas = canvas_of(tree)
    start = data.draw(st.integers(0, len(canvas.places) - 1))
    size = canvas.places[start].size
    camera = Camera(start, Point(x * size.width, y * size.height), width * size.width, rotation)
    best = best_anchor(canvas, camera, VIEW.ratio)

    def holds(place: int, slack: float) -> bool:
        at = rebase(canvas, camera, place)
        half = Rect(-at.width / 2, -at.width / VIEW.ratio / 2, at.width, at.width / VIEW.ratio)
        box = Similarity(at.centre.x, at.centre.y, 1.0, at.rotation).map_rect(half)
        return canvas.places[place].size.inset(slack * canvas.places[place].size.width).contains(box, 0.0)

    assert best == 0 or holds(best, -1e-9)
    assert not any(holds(i, 1e-9) for i in canvas.places[best].children)


@given(st.floats(0, 1920), st.floats(0, 1080), st.floats(0.2, 5))
def test_zoom_keeps_what_is_under_the_pointer(x: float, y: float, factor: float) -> None:
    canvas = canvas_of([fan(4)])
    camera = home(canvas, 1, VIEW.ratio)
    pointer = Point(x, y)
    before = rebase(canvas, Camera(1, device(camera, VIEW).inverse().map(pointer), 1.0), 0).centre
    zoomed = zoom_at(canvas, camera, VIEW, pointer, factor)
    after = rebase(canvas, Camera(zoomed.anchor, device(zoomed, VIEW).inverse().map(pointer), 1.0), 0)
    if canvas.root.size.inset(1.0).holds(rebase(canvas, zoomed, 0).centre):
        assert (after.centre - before).length < 1e-6
    assert rebase(canvas, zoomed, 1).width == pytest.approx(camera.width / factor)


def test_nobody_loses_the_canvas() -> None:
    canvas = canvas_of(fan(6))
    camera = home(canvas, 3, VIEW.ratio)
    for _ in range(50):
        camera = zoom_at(canvas, camera, VIEW, Point(1900.0, 30.0), 0.5)
    assert rebase(canvas, camera, 0).width == pytest.approx(WIDEST * canvas.root.size.width)
    for _ in range(50):
        camera = pan(canvas, camera, VIEW, -5000.0, 9000.0)
    assert canvas.root.size.holds(rebase(canvas, camera, 0).centre)
    camera = home(canvas, 3, VIEW.ratio)
    for _ in range(50):
        camera = zoom_at(canvas, camera, VIEW, Point(960.0, 540.0), 4.0)
    assert camera.anchor == 3
    assert camera.width == pytest.approx(NARROWEST * canvas.places[3].size.width)


def test_pan_moves_what_is_shown_with_the_hand() -> None:
    canvas = turned_canvas()
    camera = home(canvas, 2, VIEW.ratio)
    corner = device(camera, VIEW).map(Point(100.0, 100.0))
    moved = rebase(canvas, pan(canvas, camera, VIEW, 30.0, -20.0), 2)
    now = device(moved, VIEW).map(Point(100.0, 100.0))
    assert (now.x - corner.x, now.y - corner.y) == (pytest.approx(30.0), pytest.approx(-20.0))


def test_rotation_follows_the_place_or_stays_upright() -> None:
    canvas = turned_canvas()
    camera = home(canvas, 2, VIEW.ratio)
    assert camera.rotation == 0.0
    assert rebase(canvas, camera, 0).rotation == pytest.approx(2 * TURNED_BY)
    straight = upright(canvas, camera, VIEW.ratio)
    assert rebase(canvas, straight, 0).rotation == pytest.approx(0.0)
    shown = device(straight, VIEW).map_rect(canvas.places[2].size)
    assert Rect(0.0, 0.0, 1920.0, 1080.0).contains(shown)


def test_place_under_the_pointer() -> None:
    canvas = canvas_of([fan(4), fan(3), []])
    camera = home(canvas, 0, VIEW.ratio)
    to_device = device(camera, VIEW)
    for place in canvas.places:
        middle = relative(canvas, place.index, 0).map(Point(place.size.width * 0.02, 990.0))
        assert place_at(canvas, camera, VIEW, to_device.map(middle)) == place.index
        assert place_at(canvas, home(canvas, place.index, VIEW.ratio), VIEW, Point(60.0, 1040.0)) == place.index
    assert place_at(canvas, camera, VIEW, Point(-500.0, 9000.0)) == 0


def test_what_is_too_small_is_not_meant() -> None:
    canvas = canvas_of([[fan(9) for _ in range(9)] for _ in range(9)])
    camera = home(canvas, 0, VIEW.ratio)
    leaf = canvas.places[3]
    at = device(camera, VIEW).map(relative(canvas, leaf.index, 0).map(leaf.size.centre))
    hit = place_at(canvas, camera, VIEW, at)
    assert hit != leaf.index
    assert relative(canvas, hit, 0).scale * 1080 >= 24
    inside = home(canvas, leaf.index, VIEW.ratio)
    assert (
        place_at(canvas, Camera(leaf.index, inside.centre, inside.width * 100), VIEW, Point(960.0, 540.0)) != leaf.index
    )


def test_a_wide_parent_finds_its_child() -> None:
    canvas = canvas_of(fan(3000))
    for i in (1, 777, 3000):
        camera = home(canvas, i, VIEW.ratio)
        assert place_at(canvas, camera, VIEW, Point(960.0, 540.0)) == i
        near = Camera(i, camera.centre, camera.width / 4)
        assert best_anchor(canvas, rebase(canvas, near, 0), VIEW.ratio) == i
