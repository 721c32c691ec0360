"""The boxes of the map, and where the arrow keys lead among them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atelier.canvas.arrange import arrange
from atelier.deck.loading import read
from atelier.windows.console.map_boxes import boxes_of, nearest
from atelier.windows.console.outline import visible_frames

TEXT = "# A\n\n## B\n\n### C\n\n### D\n\n#### E\n\n## F\n\n" + "A long text of its own. " * 400 + "\n\n### G\n"
POINT = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))


def test_every_place_lies_in_its_parent_and_knows_what_lies_in_it() -> None:
    canvas = arrange(read(TEXT.encode()))
    boxes = boxes_of(canvas)
    assert [box.place for box in boxes] == list(range(len(canvas.places)))
    for place, box in zip(canvas.places, boxes, strict=True):
        if place.parent >= 0:
            parent = boxes[place.parent]
            assert parent.around.contains(box.around, 1e-6)
            assert parent.place < box.place <= parent.last
        if box.own is not None:
            assert box.around.contains(box.own, 1e-6)
        assert box.holds == bool(place.children)
    paged = [box for box in boxes if box.own is None]
    assert [canvas.page_of[box.frame] for box in paged] == [box.place + 1 for box in paged] != []


@given(st.lists(POINT, min_size=1, max_size=30), st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]))
def test_an_arrow_leads_its_way_or_nowhere(points: list[tuple[float, float]], way: tuple[int, int]) -> None:
    found = nearest(points, 0, *way)
    moved = (points[found][0] - points[0][0]) * way[0] + (points[found][1] - points[0][1]) * way[1]
    assert found == 0 or moved > 0


def test_the_tree_shows_what_is_opened() -> None:
    deck = read(TEXT.encode())

    def shown(*opened: str) -> str:
        found = {frame.index for frame in deck.frames if frame.title in opened}
        return "".join(deck.frames[index].title for index in visible_frames(deck, found))

    assert shown() == "ABF"
    assert shown("B") == "ABCDF"
    assert shown("D") == "ABF"
    assert shown("B", "D", "F") == "ABCDEFG"
