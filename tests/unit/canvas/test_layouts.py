from __future__ import annotations

import math
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.canvas import layouts
from atelier.canvas.types import CakeArt, Ellipse
from atelier.foundation.geometry import FRAME_HEIGHT, Rect

if TYPE_CHECKING:
    from atelier.canvas.layouts import Square

UNIT = Rect(0.0, 0.0, 1.0, 1.0)
WIDE = 16 / 9


def rects(squares: tuple[Square, ...]) -> list[Rect]:
    return [Rect(x, y, side, side) for x, y, side in squares]


def assert_apart(squares: tuple[Square, ...], around: Rect = UNIT) -> None:
    boxes = rects(squares)
    assert all(around.contains(box) for box in boxes)
    assert not any(a.intersects(b, 1e-9) for a, b in combinations(boxes, 2))


@pytest.mark.parametrize("count", range(1, 61))
def test_grid_keeps_to_its_field(count: int) -> None:
    fields = (layouts.ROOT_FIELD, layouts.SIDE_FIELD, layouts.CASE_FIELD, layouts.section_field(count))
    for field in fields:
        squares = layouts.grid(count, field)
        assert len(squares) == count
        assert_apart(squares, field)


@pytest.mark.parametrize("count", layouts.RING_COUNTS)
def test_ring_leaves_its_panel_free(count: int) -> None:
    arrangement = layouts.ring(count, WIDE)
    assert_apart(arrangement.squares)
    assert not any(arrangement.panel.intersects(box) for box in rects(arrangement.squares))
    assert isinstance(arrangement.art, Ellipse)


@pytest.mark.parametrize("count", layouts.CAKE_COUNTS)
@pytest.mark.parametrize("ratio", [WIDE, 4 / 3, 1.0, 9 / 16, 21 / 9])
def test_cake_stands_on_its_tiers(count: int, ratio: float) -> None:
    arrangement = layouts.cake(count, ratio)
    assert_apart(arrangement.squares)
    assert not any(arrangement.panel.intersects(box) for box in rects(arrangement.squares))
    art = arrangement.art
    assert isinstance(art, CakeArt)
    assert sum(layouts.cake_tiers(count)) == count - 1
    placed = [layouts.to_units(box, ratio) for box in rects(arrangement.squares)]
    on_tiers = iter(placed)
    for tier, n in zip(art.tiers, layouts.cake_tiers(count), strict=True):
        assert all(tier.contains(next(on_tiers)) for _ in range(n))
    cherry = next(on_tiers)
    assert cherry.centre.x == pytest.approx(art.cherry.cx)
    assert cherry.centre.y == pytest.approx(art.cherry.cy)
    assert math.hypot(cherry.width, cherry.height) / 2 <= art.cherry.ry + 1e-9
    assert art.cherry.cy - art.cherry.ry >= 0.0


def test_cake_is_wider_below() -> None:
    assert layouts.cake_tiers(10) == (4, 3, 2)
    for count in layouts.CAKE_COUNTS:
        tiers = layouts.cake_tiers(count)
        assert list(tiers) == sorted(tiers, reverse=True)


def test_sizes_the_look_names() -> None:
    def sides(*arrangements: tuple[Square, ...]) -> list[float]:
        return [squares[0][2] for squares in arrangements]

    sections = sides(*(layouts.grid(n, layouts.section_field(n)) for n in (3, 6, 8)))
    assert sections == pytest.approx([0.29, 0.25, 0.21], abs=0.006)
    roots = sides(*(layouts.grid(n, layouts.ROOT_FIELD) for n in (6, 12, 40)))
    assert roots == pytest.approx([0.29, 0.21, 0.11], abs=0.006)
    rings = sides(*(layouts.ring(n, WIDE).squares for n in (6, 9, 12)))
    assert rings == pytest.approx([0.26, 0.17, 0.13], abs=0.006)
    assert sides(layouts.cake(10, WIDE).squares) == pytest.approx([0.19], abs=0.006)


def test_twenty_thousand_in_a_grid() -> None:
    squares = layouts.grid(20_000, layouts.ROOT_FIELD)
    assert len(set(squares)) == 20_000
    side = squares[0][2]
    assert side > 0.001
    assert all(layouts.ROOT_FIELD.contains(box) for box in rects(squares))


@given(st.integers(1, 300), st.floats(0.05, 1.0), st.floats(0.05, 1.0))
def test_grid_in_any_field(count: int, width: float, height: float) -> None:
    field = Rect(0.0, 0.0, width, height)
    squares = layouts.grid(count, field)
    assert len(squares) == count
    assert all(field.contains(box) for box in rects(squares))
    rows = sorted({y for _, y, _ in squares})
    assert all(b - a >= squares[0][2] for a, b in pairwise(rows))


@pytest.mark.parametrize("count", range(4, 20))
def test_the_title_of_a_cake_stands_above_what_decorates_it(count: int) -> None:
    made = layouts.cake(count, 16 / 9)
    assert isinstance(made.art, CakeArt)
    ledges = made.art.tiers[:-1]
    beside = [tier for tier in ledges if tier.x < made.panel.right * FRAME_HEIGHT * 16 / 9]
    assert all(made.panel.bottom * FRAME_HEIGHT <= tier.y - 80 for tier in beside)
