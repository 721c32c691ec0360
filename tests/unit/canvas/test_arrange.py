from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.canvas.canvas_trees import (
    LONG,
    Tree,
    assert_sound,
    canvas_of,
    deck_of,
    deck_with,
    fan,
    frame,
    nested,
    trees,
)

from atelier.canvas.arrange import arrange
from atelier.canvas.composition import LAYOUTS
from atelier.canvas.types import CakeArt, Ellipse, Spot, Surface
from atelier.foundation.diagnostics import Severity
from atelier.foundation.errors import InputError

if TYPE_CHECKING:
    from atelier.deck.svg import SafeSvg
    from atelier.deck.types import Frame

MIDDLE = "Une phrase un peu plus longue qu'une accroche, mais qui tient sans peine dans un panneau sur le côté."


@given(trees(), st.sampled_from(["", *LAYOUTS]), st.sampled_from(["", MIDDLE, LONG]))
def test_any_shape(tree: Tree, layout: str, source: str) -> None:
    deck = deck_of(tree, layout=layout, source=source)
    canvas = arrange(deck)
    assert_sound(canvas)
    assert canvas == arrange(deck)


def test_another_ratio_is_centred_in_its_square() -> None:
    usual = canvas_of(fan(2))
    frames = [frame(0, -1, (1, 2)), frame(1, 0, ratio=1.0), frame(2, 0)]
    canvas = arrange(deck_with(frames))
    square, box = (c.places[1].transform.map_rect(c.places[1].size) for c in (usual, canvas))
    assert box.height == pytest.approx(square.height)
    assert box.centre.x == pytest.approx(square.centre.x)
    assert box.centre.y == pytest.approx(square.centre.y)


def test_depth_shows_by_surface() -> None:
    canvas = canvas_of([[[]], []])
    assert [p.surface for p in canvas.places] == [Surface.WORLD, Surface.SECTION, Surface.CARD, Surface.CARD]
    assert [p.spot for p in canvas.places] == [Spot.BAND, Spot.BAND, Spot.WHOLE, Spot.WHOLE]
    assert canvas_of([]).places[0].spot is Spot.WHOLE


def test_a_deck_that_is_one_text_has_a_page_one_can_read_from_the_root() -> None:
    canvas = canvas_of([], source=LONG)
    root, page = canvas.places
    assert root.children == (page.index,)
    assert page.page
    assert page.scale > 0.6
    assert_sound(canvas)
    assert len(canvas_of([], source="Une accroche.").places) == 1


@pytest.mark.parametrize("source", ["", MIDDLE, LONG])
def test_frames_read_from_right_to_left_lie_so(source: str) -> None:
    usual, mirrored = (canvas_of(fan(5), source=source, lang=lang) for lang in ("en", "ar"))
    assert_sound(mirrored)
    for place, other in zip(usual.places[1:], mirrored.places[1:], strict=True):
        box, seen = place.transform.map_rect(place.size), other.transform.map_rect(other.size)
        assert seen.x == pytest.approx(usual.root.size.width - box.right)
        assert seen.y == pytest.approx(box.y)


def test_hues_and_numbers() -> None:
    canvas = canvas_of([[[], []], [], [[]]])
    assert [(p.hue, p.number) for p in canvas.places] == [
        (0, ""), (0, "01"), (0, "01"), (0, "02"), (1, "02"), (2, "03"), (2, "01"),
    ]  # fmt: skip


def test_a_label_replaces_the_number() -> None:
    canvas = arrange(deck_with([frame(0, -1, (1, 2)), frame(1, 0, more={"label": "1969"}), frame(2, 0)]))
    assert [p.number for p in canvas.places] == ["", "1969", "02"]


def test_where_own_content_sits() -> None:
    assert canvas_of(fan(3), source="Une accroche.").root.spot is Spot.BAND
    side = canvas_of(fan(3), source=MIDDLE).root
    assert (side.spot, len(side.children)) == (Spot.SIDE, 3)
    canvas = canvas_of(fan(3), source=LONG)
    assert (canvas.root.spot, len(canvas.root.children)) == (Spot.BAND, 4)
    page = canvas.places[1]
    assert (page.page, page.frame, page.surface, page.spot, page.parent) == (True, 0, Surface.CARD, Spot.WHOLE, 0)
    assert canvas.page_of == {0: 1}
    assert canvas.place_of == (0, 2, 3, 4)
    assert [canvas.places[i].number for i in canvas.root.children] == ["", "01", "02", "03"]


def test_a_page_takes_a_place_in_ring_and_cake() -> None:
    for layout in ("ring", "cake"):
        canvas = canvas_of(fan(5), source=LONG, layout=layout)
        assert (canvas.root.layout, canvas.root.spot, len(canvas.root.children)) == (layout, Spot.PANEL, 6)
        assert canvas.page_of == {0: 1}


def test_layouts_and_their_art() -> None:
    ring = canvas_of(fan(5), layout="ring").root
    assert isinstance(ring.art, Ellipse)
    cake = canvas_of(fan(5), layout="cake")
    assert isinstance(cake.root.art, CakeArt)
    assert [cake.places[i].surface for i in cake.root.children] == [Surface.CARD] * 4 + [Surface.CHERRY]
    assert canvas_of([*fan(4), fan(2)], layout="cake").places[5].surface is Surface.SECTION


@pytest.mark.parametrize(
    ("layout", "count", "said"),
    [
        ("ring", 2, "takes 3 frames at least"),
        ("ring", 13, "holds 12 frames"),
        ("cake", 3, "takes 4 frames at least"),
        ("cake", 20, "holds 19 frames"),
        ("timeline", 1, "takes 2 frames at least"),
        ("timeline", 30, "holds 18 frames"),
        ("row", 36, "holds 35 frames"),
        ("column", 90, "holds 35 frames"),
        ("spiral", 201, "holds 200 frames"),
        ("tree", 201, "holds 200 frames"),
    ],
)
def test_too_few_or_too_many_lie_in_a_grid(layout: str, count: int, said: str) -> None:
    canvas = canvas_of(fan(count), layout=layout)
    assert canvas.root.layout == "grid"
    (found,) = canvas.diagnostics
    assert (found.code, found.severity, found.line) == ("layout-fallback", Severity.HINT, 1)
    assert said in found.message
    assert f"has {count}" in found.message
    assert found.hint


def test_a_text_that_takes_the_last_place_is_said() -> None:
    assert not canvas_of(fan(12), layout="ring").diagnostics
    (found,) = canvas_of(fan(12), layout="ring", source=LONG).diagnostics
    assert found.code == "layout-fallback"
    assert "text" in found.message
    assert "Shorten" in found.hint


def test_nothing_is_said_of_a_grid_or_where_nothing_lies() -> None:
    for count in (0, 1, 500):
        assert not canvas_of(fan(count), layout="grid").diagnostics
        assert not canvas_of(fan(count)).diagnostics
    assert not canvas_of([], layout="ring", source=LONG).diagnostics


@pytest.mark.parametrize("layout", ["time line", "spirale", "Grid"])
def test_an_unknown_layout_is_said(layout: str) -> None:
    canvas = canvas_of(fan(3), layout=layout)
    assert canvas.root.layout == "grid"
    (found,) = canvas.diagnostics
    assert (found.code, found.line) == ("layout-unknown", 1)
    assert layout in found.message
    for known in ("grid", "row", "column", "ring", "spiral", "timeline", "tree", "cake"):
        assert known in found.hint


def test_a_case_keeps_its_children_on_the_right() -> None:
    frames = [frame(0, -1, (1,)), frame(1, 0, (2, 3), more={"blocks": "case"}), frame(2, 1), frame(3, 1)]
    canvas = arrange(deck_with(frames))
    case = canvas.places[1]
    assert (case.surface, case.spot, case.case) == (Surface.CARD, Spot.CASE, True)
    for i in case.children:
        box = canvas.places[i].transform.map_rect(canvas.places[i].size)
        assert not box.intersects(case.spot_rect, 1e-6)
    assert_sound(canvas)


def test_an_unreadable_drawing_is_said() -> None:
    def load(frame: Frame) -> SafeSvg:
        raise InputError(f"{frame.map} is not there", "Look for it.")

    canvas = arrange(deck_of(fan(3), map="monde.svg"), load_svg=load)
    assert canvas.root.layout == "grid"
    (found,) = canvas.diagnostics
    assert (found.code, found.hint) == ("map-unreadable", "Look for it.")
    assert "monde.svg" in found.message


def test_ten_thousand_frames_in_a_blink() -> None:
    for tree in (fan(10_000), [[fan(9) for _ in range(10)] for _ in range(100)]):
        deck = deck_of(tree)
        start = time.perf_counter()
        canvas = arrange(deck)
        assert time.perf_counter() - start < 1.0
        assert len(canvas.places) > 10_000


def test_fifty_levels() -> None:
    canvas = canvas_of(nested(50))
    assert_sound(canvas)
    assert max(p.depth for p in canvas.places) == 50
