from __future__ import annotations

from atelier.deck.loading import read
from atelier.draft.order import as_given, levels
from atelier.draft.types import Kind, LeftOut, Visit
from atelier.talk.review import FrameName, PlannedStop, Review, Showing

DECK = read(b"# T\n\n## A\n\n### A1\n\n## B\n\n## C\n")
"""Frames 0 to 4: t, a, a1, b, c."""


def given(*showings: Showing, left_out: tuple[str, ...] = (), wanted: LeftOut = LeftOut.OMIT) -> list[tuple[int, Kind]]:
    stops = tuple(PlannedStop(frame, 60.0, shown=frame not in left_out) for frame in ("t", "a", "b", "c"))
    visits, _missing = as_given(DECK, Review(showings=showings, stops=stops, left_out=left_out), wanted)
    return [(visit.frame, visit.kind) for visit in visits]


def test_a_detour_stands_where_it_happened() -> None:
    shown = given(Showing("t", 0, 9), Showing("a", 9, 9), Showing("c", 18, 9, detour=True), Showing("b", 27, 9))
    assert shown == [(0, Kind.PATH), (1, Kind.PATH), (4, Kind.DETOUR), (3, Kind.PATH)]


def test_a_frame_stands_where_it_was_shown_first_and_one_passed_through_was_not() -> None:
    shown = given(
        Showing("a", 0, 9),
        Showing("b", 9, 0.2),
        Showing("c", 9.2, 5, detour=True),
        Showing("c", 15, 60),
        Showing("a", 80, 3),
    )
    assert shown == [(1, Kind.PATH), (4, Kind.DETOUR)]


def test_what_was_left_out_can_be_marked_where_it_would_have_been() -> None:
    showings = (Showing("t", 0, 9), Showing("a", 9, 9), Showing("a1", 18, 9, detour=True), Showing("c", 27, 9))
    assert given(*showings, left_out=("b",)) == [(0, Kind.PATH), (1, Kind.PATH), (2, Kind.DETOUR), (4, Kind.PATH)]
    marked = given(*showings, left_out=("b",), wanted=LeftOut.MARK)
    assert [frame for frame, _kind in marked] == [0, 1, 2, 3, 4]
    assert marked[3] == (3, Kind.LEFT_OUT)


def test_frames_that_the_deck_lost_are_named() -> None:
    review = Review(showings=(Showing("gone", 0, 9), Showing("a", 9, 9)), names={"gone": FrameName("What was")})
    assert as_given(DECK, review, LeftOut.OMIT) == ((Visit(1),), ("What was",))


def test_a_detour_is_a_level_below_what_it_left() -> None:
    visits = (Visit(1), Visit(4, Kind.DETOUR), Visit(2), Visit(3))
    assert levels(DECK, visits, 6) == (2, 3, 3, 2)
