"""What a talk looks like afterwards: a talk is given with a clock set by hand, and its events are looked back on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.canvas.arrange import arrange
from atelier.deck.loading import read
from atelier.talk.review import Detour, PlannedStop, Review, Showing, review_of
from atelier.talk.session import Ground, Talk

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.talk.events import Event

DECK = """---
title: Three ways
paths:
  whole: {minutes: 10, stops: [cake, muffin, icing, chocolate, end]}
  short: {minutes: 3, stops: [cake, end]}
---

# The cake {#cake minutes=1}

## Muffin {#muffin minutes=2}

## Icing {#icing minutes=3 optional=true}

## Chocolate cake {#chocolate minutes=3}

## The end {#end minutes=1}

## A case {#case skip=true}
"""


class Given:
    """A talk whose clock moves only when told."""

    def __init__(self, path: str = "whole") -> None:
        self.moment = 1_000_000.0
        self.events: list[tuple[float, Event]] = []
        deck = read(DECK.encode())
        ground = Ground(deck, arrange(deck), lambda _place: (0,), lambda _frame: 0)
        self.talk = Talk(ground, lambda moment, event: self.events.append((moment, event)), lambda: self.moment)
        self.talk.begin(path)
        self.talk.pause_clock()
        self.talk.keep_plan()

    def wait(self, seconds: float) -> Given:
        self.moment += seconds
        return self

    def jump(self, frame: str) -> Given:
        found = self.talk.ground.deck.frame(frame)
        assert found is not None
        self.talk.jump(self.talk.ground.canvas.place_of[found.index])
        return self

    def next(self, after: float) -> Given:
        self.wait(after).talk.next()
        return self

    def review(self) -> Review:
        self.talk.end()
        return review_of(self.events)


def given_as_planned() -> Given:
    """The stops of the path, each as long as it should be; a long frame has its page as a second stop."""
    talk = Given()
    for seconds in talk.talk.plan.seconds[:-1]:
        talk.next(seconds)
    return talk.wait(talk.talk.plan.seconds[-1])


def test_a_talk_as_planned_is_never_late() -> None:
    review = given_as_planned().review()
    assert (review.given, review.planned, review.late) == (600.0, 600.0, 0.0)
    assert {late for _elapsed, late in review.drift} == {0.0}
    assert [(each.frame, each.seconds, each.planned) for each in review.showings] == [
        ("cake", 60.0, 60.0),
        ("muffin", 120.0, 120.0),
        ("icing", 180.0, 180.0),
        ("chocolate", 180.0, 180.0),
        ("end", 60.0, 60.0),
    ]
    assert (review.shown, review.frames, review.left_out) == (5, 5, ())
    assert not any(showing.over for showing in review.showings)


def test_a_frame_that_took_too_long_makes_the_talk_late() -> None:
    talk = Given().next(60).next(200)  # the muffin: 80 s more than its 2 minutes
    review = talk.wait(180).review()
    assert review.late_at(60.0) == 0.0
    assert review.late_at(160.0) == pytest.approx(40.0)
    assert review.late_at(260.0) == pytest.approx(80.0)
    assert [showing.frame for showing in review.showings if showing.over] == ["muffin"]
    (muffin,) = [row for row in review.rows() if row.frame == "muffin"]
    assert (muffin.seconds, muffin.planned, muffin.difference) == (200.0, 120.0, 80.0)


def test_a_detour_is_counted_apart_and_its_time_is_late() -> None:
    talk = Given().next(60).wait(60).jump("case").wait(90)
    talk.talk.close_detour()
    review = talk.next(60).wait(180).review()
    assert review.detours == (Detour("case", 120.0, 90.0),)
    assert review.late_at(120.0) == pytest.approx(0.0)
    assert review.late_at(210.0) == pytest.approx(90.0)
    assert review.late_at(270.0) == pytest.approx(90.0)
    muffin = [showing for showing in review.showings if showing.frame == "muffin"]
    assert [(each.seconds, each.planned) for each in muffin] == [(60.0, 60.0), (60.0, 60.0)]
    assert Showing("case", 120.0, 90.0, 0.0, detour=True) in review.showings
    assert review.given_by_frame() == {"cake": 60.0, "muffin": 120.0, "icing": 180.0}
    assert review.name("case").title == "A case"


def test_a_talk_that_ends_early_is_not_ahead_by_what_it_left() -> None:
    review = Given().next(60).wait(10).review()
    assert review.drift[-1] == (70.0, pytest.approx(0.0))
    (muffin,) = [row for row in review.rows() if row.frame == "muffin"]
    assert (muffin.seconds, muffin.planned) == (10.0, 120.0)
    assert review.left_out == ("icing", "chocolate", "end")


def test_frames_left_out_make_up_for_time() -> None:
    talk = Given().next(60).wait(240)
    icing = talk.talk.ground.deck.frame("icing")
    assert icing is not None
    talk.talk.drop((icing.index,))
    talk.talk.next()
    review = talk.wait(180).review()
    (skip,) = review.skips
    assert (skip.frames, skip.at, skip.seconds) == (("icing",), 300.0, 180.0)
    assert review.late_at(299.9) == pytest.approx(119.9, abs=0.2)
    assert review.late_at(300.1) == pytest.approx(-60.0, abs=0.2)
    assert set(review.left_out) == {"icing", "end"}
    assert review.left_out_seconds == 240.0
    assert PlannedStop("icing", 180.0, shown=False) in review.stops


def test_what_was_looked_at_behind_a_frozen_picture_was_not_shown() -> None:
    talk = Given().next(60).wait(60)
    talk.talk.freeze()
    talk.jump("case").wait(30)
    talk.talk.close_detour()
    talk.talk.freeze()
    review = talk.wait(30).review()
    assert review.detours == ()
    assert [(each.frame, each.seconds) for each in review.showings] == [("cake", 60.0), ("muffin", 120.0)]


def test_a_pause_takes_no_time() -> None:
    talk = Given().next(60).wait(60)
    talk.talk.pause_clock()
    talk.wait(600).talk.pause_clock()
    review = talk.wait(60).review()
    (pause,) = review.pauses
    assert (pause.at, pause.seconds) == (120.0, 600.0)
    assert review.given == 180.0
    assert review.ended - review.started == 780.0


def test_a_key_pressed_by_mistake_is_no_progress() -> None:
    talk = Given().next(60).wait(60)
    talk.talk.last()
    talk.wait(1).talk.back()
    review = talk.next(59).wait(180).review()
    assert review.skips == ()
    assert review.late_at(180.0) == pytest.approx(0.0, abs=1.0)
    assert review.late_at(300.0) == pytest.approx(0.0, abs=1.0)


def test_another_path_in_the_middle_is_another_plan() -> None:
    talk = Given().wait(30)
    talk.talk.choose_path("short")
    talk.talk.keep_plan()
    review = talk.next(30).wait(60).review()
    assert (review.path, review.planned, review.frames) == ("short", 180.0, 2)
    assert review.left_out == ()


def test_going_over_to_a_longer_path_leaves_nothing_out() -> None:
    talk = Given("short").next(30)
    talk.wait(30).talk.choose_path("whole")
    talk.talk.keep_plan()
    review = talk.wait(30).review()
    assert review.skips == ()
    assert [(each.frame, each.seconds) for each in review.showings] == [("cake", 30.0), ("end", 60.0)]
    assert review.planned == 600.0


def test_ink_is_counted_as_it_is_to_be_seen() -> None:
    talk = Given()
    place = talk.talk.position.place
    for _n in range(3):
        talk.talk.begin_stroke(place, "#FF0000", 4.0, ((0.0, 0.0, 1.0),))
    talk.talk.extend_stroke(3, place, ((1.0, 1.0, 1.0),))
    talk.talk.undo_ink(place)
    assert talk.review().strokes == 2


def test_a_journal_without_a_plan_has_its_times() -> None:
    talk = given_as_planned()
    talk.talk.end()
    bare = review_of([entry for entry in talk.events if type(entry[1]).__name__ != "Planned"])
    assert [each.seconds for each in bare.showings] == [60.0, 120.0, 180.0, 180.0, 60.0]
    assert (bare.planned, bare.drift, bare.frames) == (0.0, (), 0)
    assert bare.name("muffin").title == "muffin"
    assert review_of([]) == Review()


ACTS: tuple[Callable[[Given], object], ...] = (
    lambda g: g.talk.next(),
    lambda g: g.talk.next(),
    lambda g: g.talk.previous(),
    lambda g: g.talk.first(),
    lambda g: g.talk.last(),
    lambda g: g.talk.overview(),
    lambda g: g.jump("case"),
    lambda g: g.jump("chocolate"),
    lambda g: g.talk.close_detour(),
    lambda g: g.talk.freeze(),
    lambda g: g.talk.pause_clock(),
    lambda g: (g.talk.choose_path("short"), g.talk.keep_plan()),
    lambda g: (g.talk.choose_path("whole"), g.talk.keep_plan()),
)


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.floats(0.0, 300.0))))
def test_whatever_happens_the_times_add_up(acts: list[tuple[Callable[[Given], object], float]]) -> None:
    talk = Given()
    for act, seconds in acts:
        act(talk)
        talk.wait(seconds)
    review = talk.review()
    passed = 0.5 * (len(acts) + 3)  # what was seen for a moment only is in no showing
    assert review.given - passed <= sum(showing.seconds for showing in review.showings) <= review.given + 0.01
    starts = [showing.start for showing in review.showings]
    assert starts == sorted(starts)
    elapsed = [point[0] for point in review.drift]
    assert elapsed == sorted(elapsed)
    assert sum(detour.seconds for detour in review.detours) <= review.given + 0.01
    assert 0 <= review.shown <= review.frames
