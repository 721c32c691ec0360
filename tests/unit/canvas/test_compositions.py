"""What is true of every layout: nothing overlaps, everything is inside, titles can be read, nothing is too many."""

from __future__ import annotations

from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.canvas.canvas_trees import LONG, Tree, assert_sound, deck_of, deck_with, fan, frame

from atelier.canvas.arrange import arrange
from atelier.canvas.composition import LAYOUTS
from atelier.canvas.faces import CHIP_BELOW
from atelier.canvas.route import route
from atelier.canvas.timeline import PILL_HEIGHT, SMALLEST_PILL, pill_width
from atelier.canvas.types import Ellipse, Mark, Place, Spiral, Spot, Timeline
from atelier.canvas.types import Tree as Edges
from atelier.foundation.geometry import Rect
from atelier.talk.navigation import Navigator

if TYPE_CHECKING:
    from atelier.canvas.model import Canvas

RATIOS = (16 / 9, 4 / 3, 1.0, 9 / 16, 21 / 9)
MIDDLE = "Une phrase un peu plus longue qu'une accroche, mais qui tient sans peine dans un panneau sur le côté."
TEXTS = ("", "Une accroche.", MIDDLE, LONG)
LABELS = ("", "9 h", "10 h 30", "12 février 2024", "Avant la Première Guerre mondiale")


def made(
    layout: str,
    count: int,
    *,
    ratio: float = RATIOS[0],
    depth: int = 0,
    source: str = "",
    lang: str = "",
    labels: tuple[str, ...] = ("",),
) -> tuple[Canvas, Place]:
    """A canvas with `count` frames `depth` levels below its root, and the place that holds them."""
    frames = [frame(i, i - 1, (i + 1,), ratio=ratio) for i in range(depth)]
    more = {"layout": layout, "source": source, "lang": lang}
    frames.append(frame(depth, depth - 1, tuple(range(depth + 1, depth + 1 + count)), ratio=ratio, more=more))
    frames += [frame(depth + 1 + i, depth, ratio=ratio, more={"label": labels[i % len(labels)]}) for i in range(count)]
    canvas = arrange(deck_with(frames))
    return canvas, canvas.places[canvas.place_of[depth]]


def boxes(canvas: Canvas, place: Place) -> list[Rect]:
    return [canvas.places[c].transform.map_rect(canvas.places[c].size) for c in place.children]


def assert_clear(canvas: Canvas, place: Place) -> None:
    """Children inside their parent, apart, and clear of its own text."""
    found = boxes(canvas, place)
    assert all(place.size.contains(box, 1e-6) for box in found)
    assert not any(place.spot_rect.intersects(box, 1e-6) for box in found)
    in_order = sorted(found, key=lambda box: box.x)
    for i, box in enumerate(in_order):
        for other in in_order[i + 1 :]:
            if other.x >= box.right:
                break
            assert not box.intersects(other, 1e-6)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("depth", [0, 1])
def test_one_to_two_hundred_frames(layout: str, depth: int) -> None:
    for count in (*range(1, 46), 60, 99, 100, 199, 200):
        canvas, place = made(layout, count, depth=depth)
        assert len(place.children) == count
        assert_clear(canvas, place)


@given(
    st.sampled_from(LAYOUTS),
    st.integers(1, 60) | st.integers(61, 200),
    st.sampled_from(RATIOS) | st.floats(0.4, 3.0),
    st.sampled_from([0, 1, 5]),
    st.sampled_from(TEXTS),
    st.sampled_from(["fr", "ar"]),
    st.lists(st.sampled_from(LABELS), min_size=1, max_size=5).map(tuple),
)
def test_any_frame(
    layout: str, count: int, ratio: float, depth: int, source: str, lang: str, labels: tuple[str, ...]
) -> None:
    canvas, place = made(layout, count, ratio=ratio, depth=depth, source=source, lang=lang, labels=labels)
    assert place.layout in {layout, "grid"}
    assert (place.layout != layout) == ("layout-fallback" in {d.code for d in canvas.diagnostics})
    assert_clear(canvas, place)
    assert_art_is_clear(canvas, place)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("ratio", RATIOS)
def test_forty_titles_can_be_read_from_the_overview(layout: str, ratio: float) -> None:
    for count in range(1, 41):
        for source, label in product(TEXTS, LABELS if layout == "timeline" else ("",)):
            canvas, root = made(layout, count, ratio=ratio, source=source, labels=(label,))
            assert all(canvas.places[child].scale >= CHIP_BELOW for child in root.children)


@given(st.sampled_from(LAYOUTS), st.lists(st.floats(0.3, 4.0), min_size=1, max_size=20), st.sampled_from(RATIOS))
def test_frames_of_other_shapes_stay_in_their_places(layout: str, ratios: list[float], ratio: float) -> None:
    usual, _ = made(layout, len(ratios), ratio=ratio)
    frames = [frame(0, -1, tuple(range(1, len(ratios) + 1)), ratio=ratio, more={"layout": layout})]
    frames += [frame(i, 0, ratio=r) for i, r in enumerate(ratios, 1)]
    canvas = arrange(deck_with(frames))
    for square, box in zip(boxes(usual, usual.root), boxes(canvas, canvas.root), strict=True):
        assert square.contains(box, 1e-6)
        assert box.centre.x == pytest.approx(square.centre.x)
        assert box.centre.y == pytest.approx(square.centre.y)
    assert_art_is_clear(canvas, canvas.root)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("source", ["", LONG])
def test_a_speaker_passes_every_frame_in_order_and_finds_back(layout: str, source: str) -> None:
    tree: Tree = [fan(2), [], [fan(3)], *fan(3)]
    deck = deck_of(tree, layout=layout, source=source)
    canvas = arrange(deck)
    assert_sound(canvas)
    navigator = Navigator(canvas, route(deck, canvas, deck.paths[0]), lambda _place: (0,))
    passed = [navigator.position.place]
    while navigator.next() and navigator.position.place != passed[-1]:
        passed.append(navigator.position.place)
    assert passed == list(range(len(canvas.places)))
    for place in canvas.places[1:]:
        navigator.jump(place.index)
        navigator.up()
        assert navigator.position.place == place.parent


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_long_text_is_the_first_frame(layout: str) -> None:
    canvas, place = made(layout, 6, depth=1, source=LONG)
    assert place.layout == layout
    first = canvas.places[place.children[0]]
    assert (first.page, first.frame, len(place.children)) == (True, place.frame, 7)


# --- single layouts -------------------------------------------------------------------------------------------------


def test_a_row_is_one_row_as_long_as_it_can_be_read() -> None:
    for count, rows in ((1, 1), (6, 1), (7, 2), (10, 2), (35, 5)):
        canvas, root = made("row", count)
        tops = [box.y for box in boxes(canvas, root)]
        assert len({round(y, 6) for y in tops}) == rows
        assert tops == sorted(tops)
    assert made("row", 36)[1].layout == "grid"


def test_a_column_lies_beside_its_title_and_is_read_downwards() -> None:
    canvas, root = made("column", 5)
    assert root.spot is Spot.SIDE
    found = boxes(canvas, root)
    assert len({round(box.x, 6) for box in found}) == 1
    assert all(a.bottom < b.y for a, b in pairwise(found))
    canvas, root = made("column", 8)
    found = boxes(canvas, root)
    assert [round(box.x) for box in found[:4]] == [round(found[0].x)] * 4
    assert found[4].x > found[3].right
    assert found[4].y == pytest.approx(found[0].y)


def test_a_title_whose_words_a_panel_would_break_stands_on_a_band() -> None:
    for title, spot in (("Cake for all", Spot.SIDE), ("Kraftfahrzeughaftpflichtversicherung", Spot.BAND)):
        frames = [frame(0, -1, (1, 2), more={"layout": "column", "title": title}), frame(1, 0), frame(2, 0)]
        assert arrange(deck_with(frames)).root.spot is spot


@pytest.mark.parametrize("ratio", [9 / 16, 3 / 4])
def test_a_ring_too_narrow_for_a_title_has_it_above(ratio: float) -> None:
    canvas, root = made("ring", 5, ratio=ratio)
    assert (root.layout, root.spot) == ("ring", Spot.BAND)
    assert all(box.y >= root.spot_rect.bottom for box in boxes(canvas, root))
    assert isinstance(root.art, Ellipse)
    assert root.size.contains(Rect(0.0, root.art.cy - root.art.ry, 1.0, 2 * root.art.ry))
    assert made("ring", 12, ratio=ratio)[1].spot is Spot.PANEL


@pytest.mark.parametrize("layout", ["row", "column", "timeline", "tree"])
@pytest.mark.parametrize("source", ["", MIDDLE, LONG])
def test_what_has_a_direction_is_mirrored_for_arabic(layout: str, source: str) -> None:
    usual, mirrored = (made(layout, 9, source=source, lang=lang, labels=LABELS) for lang in ("fr", "ar"))
    width = usual[1].size.width
    for box, seen in zip(boxes(*usual), boxes(*mirrored), strict=True):
        assert seen.x == pytest.approx(width - box.right)
        assert seen.y == pytest.approx(box.y)
    assert_art_is_clear(*mirrored)


def test_a_spiral_begins_in_the_middle_and_goes_round() -> None:
    canvas, root = made("spiral", 30)
    art = root.art
    assert isinstance(art, Spiral)
    middles = [box.centre for box in boxes(canvas, root)]
    assert all((a - b).length < 1e-6 for a, b in zip(middles, art.points, strict=True))
    first = middles[0]
    far = [(m - first).length for m in middles]
    assert min(far[20:]) > max(far[1:5])


# --- what is drawn behind the frames --------------------------------------------------------------------------------


def assert_art_is_clear(canvas: Canvas, place: Place) -> None:
    if isinstance(place.art, Timeline):
        assert_timeline_is_clear(boxes(canvas, place), place, place.art)
    elif isinstance(place.art, Edges):
        assert_edges_are_clear(boxes(canvas, place), place, place.art)


def room_of(mark: Mark) -> Rect:
    """All that a pill may take."""
    height = PILL_HEIGHT * 10
    return Rect(mark.pill.x - mark.room / 2, mark.pill.y - height / 2, mark.room, height)


def assert_timeline_is_clear(cards: list[Rect], place: Place, art: Timeline) -> None:
    """Stems end at their cards, and pills touch neither cards nor each other nor the frame's edge."""
    assert len(art.marks) == len(cards)
    for mark, card in zip(art.marks, cards, strict=True):
        assert card.inset(-1e-6).holds(mark.tip)
        assert any(
            min(a.x, b.x) - 1e-6 <= mark.at.x <= max(a.x, b.x) + 1e-6
            and min(a.y, b.y) - 1e-6 <= mark.at.y <= max(a.y, b.y) + 1e-6
            for a, b in art.axes
        )
    pills = [room_of(mark) for mark in art.marks if mark.label]
    assert all(pill.width >= SMALLEST_PILL * 10 for pill in pills)
    assert all(place.size.contains(pill, 1.0) for pill in pills)
    assert not any(pill.intersects(card, 1e-6) for pill in pills for card in cards)
    assert not any(a.intersects(b, 1e-6) for a, b in combinations(pills, 2))


def assert_edges_are_clear(cards: list[Rect], place: Place, art: Edges) -> None:
    """Edges go from the parent's text to their own card, straight, and cross no card."""
    assert len(art.edges) == len(cards)
    for edge, card in zip(art.edges, cards, strict=True):
        assert card.inset(-1e-6).holds(edge[-1])
        assert all(place.size.holds(point) for point in edge)
        for a, b in pairwise(edge):
            assert abs(a.x - b.x) < 1e-6 or abs(a.y - b.y) < 1e-6
            line = Rect(min(a.x, b.x), min(a.y, b.y), max(abs(a.x - b.x), 1e-3), max(abs(a.y - b.y), 1e-3))
            assert not any(line.intersects(other, 0.01) for other in cards)


def test_a_timeline_s_frames_stand_above_and_below_in_turn() -> None:
    canvas, root = made("timeline", 9, labels=("9 h",))
    art = root.art
    assert isinstance(art, Timeline)
    (axis,) = art.axes
    above = [box.bottom < axis[0].y for box in boxes(canvas, root)]
    assert above == [i % 2 == 0 for i in range(9)]
    assert [mark.label for mark in art.marks] == ["9 h"] * 9
    assert [mark.hue for mark in art.marks] == list(range(9))
    assert [canvas.places[i].number for i in root.children] == [f"{i:02d}" for i in range(1, 10)]
    assert all(mark.pill == mark.at for mark in art.marks)


def test_a_timeline_of_many_has_two_lanes_and_long_labels_have_room() -> None:
    _, root = made("timeline", 18)
    assert isinstance(root.art, Timeline)
    assert len(root.art.axes) == 2
    _, root = made("timeline", 9, labels=("12 février 2024",))
    assert isinstance(root.art, Timeline)
    assert all(mark.room >= pill_width(mark.label) * 10 for mark in root.art.marks)
    assert any(mark.pill != mark.at for mark in root.art.marks)


def test_a_timeline_runs_downwards_where_a_frame_is_high() -> None:
    _, root = made("timeline", 5, ratio=9 / 16, labels=("9 h",))
    assert isinstance(root.art, Timeline)
    (axis,) = root.art.axes
    assert axis[0].x == axis[1].x
    assert axis[0].y < axis[1].y


def test_a_mark_inside_a_section_has_the_section_s_hue() -> None:
    frames = [frame(0, -1, (1, 2)), frame(1, 0), frame(2, 0, (3, 4), more={"layout": "timeline", "source": LONG})]
    frames += [frame(3, 2), frame(4, 2)]
    art = arrange(deck_with(frames)).places[2].art
    assert isinstance(art, Timeline)
    assert [mark.hue for mark in art.marks] == [1, 1, 1]


@pytest.mark.parametrize(("siblings", "spot"), [(6, Spot.SIDE), (20, Spot.BAND), (60, Spot.SIDE)])
def test_a_section_among_many_has_its_title_where_it_can_be_read(siblings: int, spot: Spot) -> None:
    frames = [frame(0, -1, tuple(range(1, siblings + 1)))]
    frames += [frame(i, 0, more={"source": MIDDLE}) for i in range(1, siblings)]
    frames += [frame(siblings, 0, (siblings + 1, siblings + 2), more={"source": MIDDLE})]
    frames += [frame(siblings + i, siblings) for i in (1, 2)]
    canvas = arrange(deck_with(frames))
    assert canvas.places[canvas.place_of[siblings]].spot is spot
