"""What was counted of the audience's answers: the acts, the state they lead to, and the same from a journal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.canvas.arrange import arrange
from atelier.deck.loading import read
from atelier.talk.answers import MOST, Answers, Asked, Tally, count, hide_results, room_results, set_count
from atelier.talk.events import AnswersCounted, ClockStarted, ResultsHidden, ResultsShown, decoded, encoded
from atelier.talk.session import Ground, Talk
from atelier.talk.state import replayed

if TYPE_CHECKING:
    from atelier.talk.events import Event

TOOLS = Asked("tools", "poll 0")


class Given:
    """A talk, and what it has recorded."""

    def __init__(self) -> None:
        deck = read(b"# All\n\n## Tools {#tools}\n\n## More\n")
        self.recorded: list[tuple[float, Event]] = []
        ground = Ground(deck, arrange(deck), lambda _place: (0,), lambda _frame: 0)
        self.talk = Talk(ground, lambda moment, event: self.recorded.append((moment, event)), lambda: 1000.0)
        self.talk.begin()

    @property
    def tally(self) -> Tally:
        return self.talk.state.answers.of(TOOLS)

    def kinds(self) -> list[type[Event]]:
        return [type(event) for _moment, event in self.recorded[2:]]


@pytest.fixture
def given_talk() -> Given:
    return Given()


def test_hands_are_added_and_taken_back(given_talk: Given) -> None:
    for number, by in ((0, 1), (2, 1), (2, 1), (2, -1), (1, -1)):
        count(given_talk.talk, TOOLS, number, by, of=3)
    assert given_talk.tally == Tally((1, 0, 1))
    set_count(given_talk.talk, TOOLS, 1, 14, of=3)
    assert given_talk.tally.counts == (1, 14, 1)
    assert given_talk.tally.total == 16


def test_counting_begins_the_talk_and_what_changes_nothing_is_no_event(given_talk: Given) -> None:
    count(given_talk.talk, TOOLS, 0, -1, of=2)
    assert given_talk.kinds() == []
    count(given_talk.talk, TOOLS, 0, 1, of=2)
    set_count(given_talk.talk, TOOLS, 0, 1, of=2)
    hide_results(given_talk.talk, TOOLS, hidden=False)
    assert given_talk.kinds() == [ClockStarted, AnswersCounted]


@pytest.mark.parametrize(("to", "kept"), [(-3, 0), (MOST + 5, MOST), (10**40, MOST)])
def test_no_count_is_below_nothing_or_beyond_reason(given_talk: Given, to: int, kept: int) -> None:
    count(given_talk.talk, TOOLS, 1, 1, of=2)
    set_count(given_talk.talk, TOOLS, 1, to, of=2)
    assert given_talk.tally.counts == (0, kept)


def test_answers_that_an_edit_takes_out_keep_their_counts_for_when_they_return(given_talk: Given) -> None:
    set_count(given_talk.talk, TOOLS, 3, 7, of=4)
    count(given_talk.talk, TOOLS, 0, 1, of=2)
    assert given_talk.tally.counts == (1, 0, 0, 7)
    count(given_talk.talk, TOOLS, 5, 1, of=6)
    assert given_talk.tally.counts == (1, 0, 0, 7, 0, 1)


def test_the_room_sees_what_is_not_hidden_and_of_a_frozen_picture_what_it_saw(given_talk: Given) -> None:
    talk = given_talk.talk
    assert room_results(talk) == {}
    count(talk, TOOLS, 0, 1, of=2)
    assert room_results(talk) == {"tools": {"poll 0": (1, 0)}}
    hide_results(talk, TOOLS, hidden=True)
    assert room_results(talk) == {}
    assert talk.state.answers.results() == {"tools": {"poll 0": (1, 0)}}
    hide_results(talk, TOOLS, hidden=False)
    talk.freeze()
    count(talk, TOOLS, 1, 1, of=2)
    assert room_results(talk) == {"tools": {"poll 0": (1, 0)}}
    talk.freeze()
    assert room_results(talk) == {"tools": {"poll 0": (1, 1)}}
    count(talk, TOOLS, 0, -1, of=2)
    count(talk, TOOLS, 1, -1, of=2)
    assert room_results(talk) == {}, "no hand is no result"


frames, activities = st.text(max_size=5), st.sampled_from(["poll 0", "tools"])
counts_of_any_size = st.lists(st.integers(-(10**30), 10**30), max_size=16).map(tuple)
happenings = st.lists(
    st.one_of(
        st.builds(AnswersCounted, frames, activities, counts_of_any_size),
        st.builds(ResultsHidden, frames, activities),
        st.builds(ResultsShown, frames, activities),
    ),
    max_size=20,
)


@given(happenings)
def test_whatever_was_counted_a_journal_leads_back_to_it(
    events: list[AnswersCounted | ResultsHidden | ResultsShown],
) -> None:
    stored = [json.loads(json.dumps(encoded(event))) for event in events]
    back = [decoded(kind, data) for kind, data in stored]
    assert back == events
    state = replayed((float(n), event) for n, event in enumerate(events))
    for where, tally in state.answers.tallies.items():
        said = [event for event in events if (event.frame, event.activity) == where]
        counts = [event.counts for event in said if isinstance(event, AnswersCounted)]
        assert tally.counts == tuple(min(max(each, 0), MOST) for each in counts[-1]) if counts else tally.counts == ()
        seen = [event for event in said if not isinstance(event, AnswersCounted)]
        assert tally.hidden == (bool(seen) and isinstance(seen[-1], ResultsHidden))
    shown = state.answers.results(hidden=False)
    assert all(any(counts) for activities in shown.values() for counts in activities.values())


@pytest.mark.parametrize("broken", [{"counts": "many"}, {"counts": [1.5]}, {"frame": 3}, {"counts": None}])
def test_what_is_no_count_in_a_journal_is_left_out(broken: dict[str, object]) -> None:
    data = {"frame": "tools", "activity": "poll 0", "counts": [1, 2], **broken}
    assert decoded("AnswersCounted", data) is None  # pyright: ignore[reportArgumentType]


def test_a_talk_that_goes_on_has_what_was_counted(given_talk: Given) -> None:
    count(given_talk.talk, TOOLS, 0, 1, of=2)
    hide_results(given_talk.talk, TOOLS, hidden=True)
    again = Given()
    again.talk.resume(replayed(given_talk.recorded))
    assert again.talk.state.answers == Answers({TOOLS: Tally((1, 0), hidden=True)})
