"""Early, in time or late; when it ends; what to leave out."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.canvas.arrange import arrange
from atelier.canvas.route import RouteStop, route
from atelier.deck.loading import read
from atelier.talk.pacing import droppable, pace, proposal
from atelier.talk.plan import SHORTEST, Plan, plan

if TYPE_CHECKING:
    from atelier.deck.types import Deck

MINUTE = 60.0


def read_deck(text: str) -> tuple[Deck, tuple[RouteStop, ...]]:
    deck = read(text.encode())
    return deck, route(deck, arrange(deck), deck.paths[0])


def make_plan(text: str, words: int = 0) -> Plan:
    deck, stops = read_deck(text)
    return plan(deck, deck.paths[0], stops, lambda _frame: words)


def test_minutes_of_frames_are_the_plan() -> None:
    made = make_plan("# A {minutes=1}\n\n## B {minutes=2.5}\n")
    assert made.seconds == (60.0, 150.0)
    assert made.total == 210.0
    assert made.given


def test_frames_without_minutes_share_what_the_path_has_left() -> None:
    made = make_plan("---\nminutes: 10\n---\n\n# A {minutes=4}\n\n## B\n\n## C\n")
    assert made.seconds == (240.0, 180.0, 180.0)
    assert made.total == 600.0


def test_without_any_minutes_the_notes_are_counted() -> None:
    made = make_plan("# A\n\n## B\n", words=260)
    assert made.seconds == (120.0, 120.0)
    assert not made.given
    assert make_plan("# A\n").seconds == (SHORTEST,)


def test_a_path_that_is_shorter_than_its_frames_keeps_their_minutes() -> None:
    made = make_plan("---\nminutes: 3\n---\n\n# A {minutes=4}\n\n## B\n")
    assert made.seconds[0] == 240.0
    assert made.seconds[1] >= SHORTEST
    assert made.total == 180.0


def four_stops() -> tuple[Plan, tuple[RouteStop, ...]]:
    stops = tuple(RouteStop(i, i, i) for i in range(4))
    return Plan((60.0, 120.0, 60.0, 60.0), 300.0, given=True), stops


@pytest.mark.parametrize(
    ("stop", "elapsed", "here", "late", "remaining", "overrun"),
    [
        (0, 0.0, 0.0, 0.0, 300.0, 0.0),
        (0, 50.0, 50.0, 0.0, 250.0, 0.0),
        (0, 90.0, 90.0, 30.0, 240.0, 30.0),
        (1, 60.0, 0.0, 0.0, 240.0, 0.0),
        (1, 20.0, 0.0, -40.0, 240.0, -40.0),
        (1, 100.0, 80.0, -40.0, 160.0, -40.0),
        (1, 300.0, 150.0, 120.0, 120.0, 120.0),
        (3, 300.0, 60.0, 0.0, 0.0, 0.0),
    ],
)
def test_pace(stop: int, elapsed: float, here: float, late: float, remaining: float, overrun: float) -> None:
    made, stops = four_stops()
    found = pace(made, stops, stop, elapsed=elapsed, here=here)
    assert (found.late, found.remaining, found.overrun) == (late, remaining, overrun)


def test_leaving_out_makes_up_for_being_late() -> None:
    made, stops = four_stops()
    assert pace(made, stops, 1, elapsed=120.0, here=0.0).late == 60.0
    found = pace(made, stops, 1, elapsed=120.0, here=0.0, dropped={2})
    assert (found.late, found.overrun, found.remaining) == (0.0, 0.0, 180.0)
    after = pace(made, stops, 3, elapsed=240.0, here=0.0, dropped={2})
    assert after.late == 0.0


def test_late_is_said_from_a_minute_and_a_fiftieth_of_the_talk() -> None:
    made, stops = four_stops()
    assert pace(made, stops, 1, elapsed=119.0, here=0.0).in_time
    assert not pace(made, stops, 1, elapsed=121.0, here=0.0).in_time
    long = Plan((0.0, 4 * 3600.0, 0.0, 0.0), 4 * 3600.0, given=True)
    assert pace(long, stops, 1, elapsed=200.0, here=0.0).in_time
    assert pace(long, stops, 1, elapsed=300.0, here=0.0).is_late
    early = pace(made, stops, 1, elapsed=20.0, here=0.0)
    assert not early.in_time
    assert not early.is_late


def test_only_optional_frames_ahead_may_go_and_the_outermost_stands_for_all_in_it() -> None:
    text = (
        "# Root {minutes=1}\n\n## Past {#past minutes=1 optional=true}\n\n## Here {#here minutes=1}\n\n"
        "## Section {#section minutes=1 optional=true}\n\n### Inner {#inner minutes=2 optional=true}\n\n"
        "### Other {#other minutes=3}\n\n## Needed {#needed minutes=4}\n\n## Last {#last minutes=1 optional=true}\n"
    )
    deck, stops = read_deck(text)
    made = plan(deck, deck.paths[0], stops, lambda _frame: 0)
    here = next(i for i, stop in enumerate(stops) if deck.frames[stop.frame].id == "here")
    found = {deck.frames[frame].id: seconds for frame, seconds in droppable(deck, stops, here, made).items()}
    assert found == {"section": 6 * MINUTE, "last": MINUTE}


def test_the_proposal_wins_enough_with_as_little_as_possible() -> None:
    assert proposal({1: 60.0, 2: 120.0, 3: 180.0}, 170.0) == (3,)
    assert proposal({1: 60.0, 2: 120.0, 3: 180.0}, 100.0) == (2,)
    assert proposal({1: 60.0, 2: 60.0}, 50.0) == (2,)
    assert proposal({1: 60.0, 2: 60.0}, 500.0) == (1, 2)
    assert proposal({}, 500.0) == ()
    assert proposal({1: 60.0}, -10.0) == ()


@given(st.lists(st.integers(1, 40), min_size=1, max_size=9), st.integers(1, 200))
def test_no_other_choice_wins_enough_with_less(minutes: list[int], wanted: int) -> None:
    choices = {frame: count * 5.0 for frame, count in enumerate(minutes)}
    won = sum(choices[frame] for frame in proposal(choices, wanted * 5.0))
    every = [combo for size in range(len(choices) + 1) for combo in combinations(choices, size)]
    enough = [total for combo in every if (total := sum(choices[f] for f in combo)) >= wanted * 5.0]
    assert won == (min(enough) if enough else sum(choices.values()))


@given(st.floats(0, 10_000), st.integers(0, 3), st.floats(0, 5_000))
def test_an_end_is_late_by_what_is_left_and_what_was_taken(elapsed: float, stop: int, here: float) -> None:
    made, stops = four_stops()
    found = pace(made, stops, stop, elapsed=elapsed + here, here=here)
    assert found.remaining >= 0
    assert found.overrun == pytest.approx(elapsed + here + found.remaining - made.total)
