from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.canvas.canvas_trees import LONG, assert_sound, deck_of, deck_with, fan, frame

from atelier.canvas.arrange import arrange
from atelier.canvas.drawing import Child, Drawn, place_in_drawing
from atelier.canvas.layouts import ROOT_FIELD
from atelier.canvas.types import Drawing, Spot, Surface
from atelier.deck.svg import SafeSvg, sanitise
from atelier.foundation.geometry import Rect

WIDE = 16 / 9
FRAME = Rect(0.0, 0.0, 1000 * WIDE, 1000.0)


def svg(body: str, box: str = "0 0 1600 900") -> SafeSvg:
    return sanitise(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>'.encode())


def slot(name: str, x: float, y: float, width: float = 320, height: float = 180, more: str = "") -> str:
    return f'<rect id="{name}" x="{x}" y="{y}" width="{width}" height="{height}" {more}/>'


def place(drawing: SafeSvg, *ids: str, ratio: float = WIDE) -> Drawn:
    return place_in_drawing(drawing, "monde.svg", WIDE, [Child(i, ratio) for i in ids], ROOT_FIELD)


def box(drawn: Drawn, position: int, ratio: float = WIDE) -> Rect:
    return drawn.transforms[position].map_rect(Rect(0.0, 0.0, 1000 * ratio, 1000.0))


def near(rect: Rect | None, x: float, y: float, width: float, height: float) -> bool:
    """Whether a rectangle is this one of the drawing, in the frame's units."""
    assert rect is not None
    found = (rect.x, rect.y, rect.width, rect.height)
    return found == pytest.approx((x / 0.9, y / 0.9, width / 0.9, height / 0.9))


def test_by_id_then_by_slot_in_order() -> None:
    drawn = place(svg(slot("slot2", 800, 0) + slot("b", 0, 450) + slot("slot1", 0, 0)), "a", "b", "c")
    assert near(box(drawn, 0), 0, 0, 320, 180)
    assert near(box(drawn, 1), 0, 450, 320, 180)
    assert near(box(drawn, 2), 800, 0, 320, 180)
    assert drawn.missed == ()
    assert drawn.art == Drawing("monde.svg", FRAME, ("slot2", "slot1"))


def test_another_ratio_is_centred_in_its_slot() -> None:
    drawn = place(svg(slot("slot1", 160, 90)), "a", ratio=1.0)
    shown = box(drawn, 0, 1.0)
    assert (shown.width, shown.height) == (pytest.approx(200), pytest.approx(200))
    assert shown.centre.x == pytest.approx((160 + 160) / 0.9)


def test_a_turned_slot_turns_its_frame() -> None:
    drawn = place(svg(slot("slot1", 600, 300, more='transform="rotate(30 760 390)"')), "a")
    assert drawn.transforms[0].rotation == pytest.approx(math.radians(30))
    assert drawn.transforms[0].scale == pytest.approx(0.2)
    assert box(drawn, 0).centre.x == pytest.approx(760 / 0.9)
    mirrored = place(svg(slot("slot1", -920, 300, more='transform="scale(-1 1)"')), "a")
    assert mirrored.transforms[0].rotation == 0.0


def test_a_round_slot_holds_its_frame_inside() -> None:
    drawn = place(svg('<circle id="slot1" cx="800" cy="450" r="90"/>'), "a")
    shown = box(drawn, 0)
    assert math.hypot(shown.width, shown.height) / 2 == pytest.approx(100)
    assert drawn.round == {0}


def test_the_drawing_is_whole_and_centred() -> None:
    assert place(svg("", "0 0 1778 1000")).art.rect == FRAME
    square = place(svg("", "0 0 10 10")).art.rect
    assert (square.x, square.y, square.height) == (pytest.approx((1000 * WIDE - 1000) / 2), 0.0, 1000.0)
    tall = place(svg(slot("slot1", 10, 10, 100, 100), "-100 -100 200 400"), "a")
    assert box(tall, 0).centre.y == pytest.approx((10 + 50 + 100) / 400 * 1000)


def test_the_panel_holds_the_own_text() -> None:
    assert near(place(svg(slot("panel", 80, 90, 400, 300))).panel, 80, 90, 400, 300)
    free = place(svg(slot("slot1", 800, 0, 800, 900)), "a").panel
    assert free is not None
    assert free.right <= 800 / 0.9
    assert place(svg(slot("slot1", 0, 0, 1600, 900)), "a").panel is None


def test_without_a_slot_into_the_free_space() -> None:
    drawn = place(svg(slot("panel", 0, 0, 1600, 200) + slot("slot1", 0, 220, 600, 337)), "a", "b", "c")
    assert drawn.missed == (1, 2)
    boxes = [box(drawn, i) for i in range(3)]
    assert all(FRAME.contains(b) for b in boxes)
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    assert drawn.panel is not None
    assert not any(b.intersects(drawn.panel) for b in boxes)


def test_slots_that_cannot_be_used() -> None:
    outside = place(svg(slot("slot1", 1500, 800)), "a")
    overlapping = place(svg(slot("slot1", 0, 0) + slot("slot2", 100, 50)), "a", "b")
    nowhere = place(svg(slot("slot1", 0, 0, 1600, 900)), "a", "b")
    assert (outside.missed, overlapping.missed, nowhere.missed) == ((0,), (1,), (0, 1))
    for drawn in (overlapping, nowhere):
        assert not box(drawn, 0).intersects(box(drawn, 1))
        assert FRAME.contains(box(drawn, 1))


def test_the_last_one_may_sit_in_the_cherry() -> None:
    drawn = place(svg(slot("slot1", 0, 0) + '<g id="cherry"><circle cx="800" cy="100" r="50"/></g>'), "a", "b")
    assert drawn.missed == ()
    assert drawn.round == {1}
    assert drawn.art.clear == ("slot1",)


def test_on_the_canvas() -> None:
    drawing = svg(
        slot("panel", 40, 40, 400, 300) + slot("slot1", 500, 500) + '<circle id="f2" cx="900" cy="99" r="80"/>'
    )
    frames = [frame(0, -1, (1, 2, 3), more={"map": "monde.svg"}), *(frame(i, 0) for i in (1, 2, 3))]
    deck = deck_with(frames)
    canvas = arrange(deck, load_svg=lambda each: {"monde.svg": drawing}[each.map])
    assert_sound(canvas)
    assert canvas == arrange(deck, load_svg=lambda each: {"monde.svg": drawing}[each.map])
    assert (canvas.root.layout, canvas.root.spot) == ("map", Spot.PANEL)
    assert [p.surface for p in canvas.places] == [Surface.WORLD, Surface.CARD, Surface.CHERRY, Surface.CARD]
    (missing,) = canvas.diagnostics
    assert (missing.code, missing.line) == ("map-no-slot", 4)
    assert "f3" in missing.hint


def test_a_long_text_gets_a_page_beside_the_drawing() -> None:
    drawing = svg(slot("panel", 40, 40, 400, 300) + slot("slot1", 500, 500) + slot("slot2", 900, 500))
    canvas = arrange(deck_of(fan(2), map="m.svg", source=LONG), load_svg=lambda _: drawing)
    assert_sound(canvas)
    assert canvas.page_of == {0: 1}
    assert canvas.diagnostics == ()
    assert canvas.places[2].transform.map_rect(canvas.places[2].size).y == pytest.approx(500 / 0.9)


SLOT_VALUES = st.tuples(
    st.floats(-200, 1700), st.floats(-200, 1000), st.floats(0, 800), st.floats(0, 800), st.floats(0, 360)
)


@given(st.lists(SLOT_VALUES, max_size=8), st.integers(1, 12), st.booleans())
def test_any_slots(values: list[tuple[float, float, float, float, float]], count: int, panel: bool) -> None:  # noqa: FBT001
    body = slot("panel", 100, 100, 500, 300) if panel else ""
    for i, (x, y, w, h, turn) in enumerate(values, 1):
        body += f'<g transform="translate({x} {y}) rotate({turn})">{slot(f"slot{i}", 0, 0, w, h)}</g>'
    canvas = arrange(deck_of(fan(count), map="m.svg"), load_svg=lambda _: svg(body))
    for p in canvas.places[1:]:
        t = p.transform
        assert all(map(math.isfinite, (t.x, t.y, t.scale)))
        assert t.scale > 0
        assert canvas.root.size.contains(t.map_rect(p.size), 1e-6)
