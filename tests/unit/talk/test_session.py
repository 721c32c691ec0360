"""A talk as it is given: acts, what they change, and the same state from what was kept of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.canvas.arrange import arrange
from atelier.deck.loading import read
from atelier.deck.types import View
from atelier.talk.countdown import LONGEST, Lap
from atelier.talk.events import CountdownStarted, Covered, Dropped, Event, Moved, Restored, decoded, encoded
from atelier.talk.session import Ground, Talk
from atelier.talk.state import TalkState, replayed

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.talk.navigation import Position

DECK = """---
title: Three ways
paths:
  whole: {minutes: 20}
  short: {minutes: 5, stops: [cake, muffin, end]}
---

# The cake {#cake minutes=1}

## Muffin {#muffin minutes=4}

### Chips {#chips minutes=2 optional=true}

### Dough {#dough minutes=2 optional=true}

## Icing {#icing minutes=4 optional=true}

## Chocolate cake {#chocolate minutes=5}

## The end {#end minutes=2}
"""
WITHOUT_ICING = DECK.replace("## Icing {#icing minutes=4 optional=true}\n", "")


def make_ground(text: str = DECK) -> Ground:
    deck = read(text.encode())
    canvas = arrange(deck)
    steps = {"muffin": (2,), "icing": (0, 1)}
    return Ground(deck, canvas, lambda place: steps.get(deck.frames[canvas.places[place].frame].id, (0,)), lambda _: 0)


def forget(moment: float, event: Event) -> None:
    """Keeps no journal."""


class Given:
    """A talk with a clock that is set by hand, and everything it recorded."""

    def __init__(self, path: str = "whole", text: str = DECK) -> None:
        self.moment = 1_000_000.0
        self.recorded: list[tuple[float, Event]] = []
        self.talk = Talk(make_ground(text), lambda moment, event: self.recorded.append((moment, event)), self.now)
        self.talk.begin(path)

    def now(self) -> float:
        return self.moment

    def at(self) -> str:
        return self.talk.frame_id(self.talk.position.place)

    def place(self, id_: str) -> int:
        frame = self.talk.ground.deck.frame(id_)
        assert frame is not None
        return self.talk.ground.canvas.place_of[frame.index]

    def frame(self, id_: str) -> int:
        return self.talk.ground.canvas.places[self.place(id_)].frame

    def go_to(self, id_: str) -> None:
        self.talk.go_near(self.place(id_))

    def kept(self) -> TalkState:
        """The state that the journal leads to."""
        return replayed(back_from_disk(self.recorded))


def back_from_disk(recorded: list[tuple[float, Event]]) -> list[tuple[float, Event]]:
    out: list[tuple[float, Event]] = []
    for moment, event in recorded:
        kind, data = encoded(event)
        event_again = decoded(kind, json.loads(json.dumps(data)))
        assert event_again == event
        if event_again is not None:
            out.append((moment, event_again))
    return out


ACTS: tuple[Callable[[Given], object], ...] = (
    lambda g: g.talk.next(),
    lambda g: g.talk.next(),
    lambda g: g.talk.next(),
    lambda g: g.talk.previous(),
    lambda g: g.talk.first(),
    lambda g: g.talk.last(),
    lambda g: g.talk.up(),
    lambda g: g.talk.into(),
    lambda g: g.talk.overview(),
    lambda g: g.talk.close_detour(),
    lambda g: g.talk.return_to_path(),
    lambda g: g.talk.back(),
    lambda g: g.talk.forward(),
    lambda g: g.talk.jump(g.place("icing")),
    lambda g: g.talk.jump(g.place("dough"), View.OVERVIEW),
    lambda g: g.talk.choose_path("short"),
    lambda g: g.talk.choose_path("whole"),
    lambda g: g.talk.roll_on(),
    lambda g: g.talk.keep_plan(),
    lambda g: g.talk.cover("black"),
    lambda g: g.talk.cover("white"),
    lambda g: g.talk.uncover(),
    lambda g: g.talk.freeze(),
    lambda g: g.talk.pause_clock(),
    lambda g: g.talk.show_message("Back at two"),
    lambda g: g.talk.show_message(""),
    lambda g: g.talk.show_link("https://example.org"),
    lambda g: g.talk.show_link(""),
    lambda g: g.talk.drop((g.frame("icing"),)),
    lambda g: g.talk.restore((g.frame("icing"),)),
    lambda g: g.talk.drop((g.frame("muffin"),)),
    lambda g: g.talk.make_next(g.place("icing")),
    lambda g: g.talk.make_next(g.place("dough")),
    lambda g: g.talk.follow_path(),
    lambda g: g.talk.start_countdown("muffin", (Lap(120.0, 0), Lap(60.0, 1)), "poll 1"),
    lambda g: g.talk.start_countdown("icing", (Lap(240.0),)),
    lambda g: g.talk.pause_countdown(),
    lambda g: g.talk.change_countdown(60.0),
    lambda g: g.talk.change_countdown(-60.0),
    lambda g: g.talk.end_countdown(),
    lambda g: g.talk.begin_stroke(g.talk.position.place, "#FF0000", 4.0, ((1.0, 2.0, 0.5), (3.1234, 4.0, 1.0))),
    lambda g: g.talk.extend_stroke(g.talk.state.last_stroke, g.talk.position.place, ((5.0, 6.0, 0.1),)),
    lambda g: g.talk.clear_ink(g.talk.position.place),
    lambda g: g.talk.undo_ink(g.talk.position.place),
    lambda g: g.talk.redo_ink(g.talk.position.place),
)
EDITS: tuple[str, ...] = (DECK, WITHOUT_ICING, DECK.replace("## Muffin", "## New\n\n## Muffin"))
times = st.floats(0, 500)
acts_done = st.lists(st.tuples(st.integers(0, len(ACTS) - 1), times), max_size=50)
edits_too = st.lists(st.tuples(st.integers(0, len(ACTS) + len(EDITS) - 1), times), max_size=60)


@given(edits_too)
def test_the_state_is_what_the_journal_says(acts: list[tuple[int, float]]) -> None:
    there = Given()
    for act, seconds in acts:
        there.moment += seconds
        if act >= len(ACTS):
            there.talk.replace_ground(make_ground(EDITS[act - len(ACTS)]))
        else:
            if there.talk.ground.deck.frame("icing") is None:
                there.talk.replace_ground(make_ground())
            ACTS[act](there)
        state = there.talk.state
        assert state == there.kept()
        assert state.mark is not None
        assert there.talk.ground.deck.frame(state.mark.place.frame) is not None
        assert 0 <= state.mark.stop < len(there.talk.route)


@given(acts_done)
def test_a_talk_that_was_killed_goes_on_where_it_was(acts: list[tuple[int, float]]) -> None:
    there = Given()
    for act, seconds in acts:
        there.moment += seconds
        ACTS[act](there)
    there.talk.keep_alive()
    moment = there.moment + 20.0
    again = Talk(make_ground(), forget, lambda: moment)
    again.resume(there.kept())
    assert again.position == there.talk.position
    assert again.state.ink == there.talk.state.ink
    assert again.state.cover == there.talk.state.cover
    assert again.shown_position() == there.talk.shown_position()
    ran = 20.0 if there.talk.state.clock.running else 0.0
    assert again.elapsed() == pytest.approx(there.talk.elapsed() + ran)
    assert again.state.counted == there.talk.state.counted
    assert again.next_chosen() == there.talk.next_chosen()
    assert again.ahead() == there.talk.ahead()


def test_the_next_day_does_not_count() -> None:
    there = Given()
    there.talk.next()
    there.moment += 60.0
    there.talk.next()
    again = Talk(make_ground(), forget, lambda: there.moment + 24 * 3600.0)
    again.resume(there.kept())
    assert again.elapsed() == pytest.approx(60.0)


@pytest.mark.parametrize(("gone", "counted"), [(90.0, 90.0), (24 * 3600.0, 0.0)])
def test_a_countdown_goes_on_after_a_resume(gone: float, counted: float) -> None:
    there = Given()
    there.talk.next()
    there.talk.start_countdown("muffin", (Lap(120.0, 0), Lap(180.0, 1)))
    there.moment += 60.0
    there.talk.keep_alive()
    moment = there.moment + gone
    again = Talk(make_ground(), forget, lambda: moment)
    again.resume(there.kept())
    assert again.state.counted is not None
    assert again.state.counted.countdown.left(moment) == pytest.approx(300.0 - 60.0 - counted)
    assert again.state.counted.countdown.left(moment + 10.0) == pytest.approx(230.0 - counted)


def test_a_countdown_that_is_paused_stays_so_and_one_that_is_over_too() -> None:
    there = Given()
    there.talk.next()
    there.talk.start_countdown("muffin", (Lap(120.0),))
    there.moment += 30.0
    there.talk.pause_countdown()
    again = Talk(make_ground(), forget, lambda: there.moment + 3600.0)
    again.resume(there.kept())
    assert again.state.counted is not None
    assert again.state.counted.countdown.left(again.now) == 90.0
    there.talk.pause_countdown()
    there.moment += 100.0
    there.talk.keep_alive()
    again.resume(there.kept())
    assert again.state.counted.countdown.over(again.now)
    assert not again.pause_countdown()


def test_a_break_that_is_counted_down_is_kept_alive_while_the_clock_stands() -> None:
    there = Given()
    there.talk.keep_alive()
    there.talk.start_countdown("icing", (Lap(900.0),))
    there.talk.keep_alive()
    assert there.kept().events == len(there.recorded) == 3  # nothing before the talk has begun
    there.talk.next()
    there.moment += 60.0
    there.talk.pause_clock()
    before = len(there.recorded)
    there.talk.keep_alive()
    assert len(there.recorded) == before + 1
    there.talk.pause_countdown()
    there.talk.keep_alive()
    assert len(there.recorded) == before + 2


def test_with_the_talk_its_countdown_ends() -> None:
    there = Given()
    there.talk.start_countdown("icing", (Lap(900.0),))
    there.talk.end()
    assert there.kept().counted is None


@pytest.mark.parametrize("laps", [(), (Lap(0.0),), (Lap(-60.0),), (Lap(LONGEST * 2),)])
def test_a_journal_with_laps_that_cannot_be_counts_nothing(laps: tuple[Lap, ...]) -> None:
    assert TalkState().after(CountdownStarted("muffin", laps), 1.0).counted is None


def walked(there: Given, times: int) -> list[str]:
    """The frames that so many advances lead to; steps are passed over."""
    seen: list[str] = []
    while len(seen) < times:
        before = there.at()
        if not there.talk.next():
            break
        if there.at() != before:
            seen.append(there.at())
    return seen


def test_next_leads_to_what_was_chosen_once_and_then_along_the_path() -> None:
    there = Given()
    assert walked(there, 1) == ["muffin"]
    assert there.talk.make_next(there.place("chocolate"))
    assert there.talk.upcoming() == there.place("chocolate")
    assert walked(there, 3) == ["chocolate", "chips", "dough"]
    assert there.talk.next_chosen() is None


def test_the_steps_of_here_come_before_what_was_chosen() -> None:
    there = Given()
    there.go_to("muffin")
    there.talk.make_next(there.place("end"))
    steps = [there.talk.position.step]
    while there.at() == "muffin":
        steps.append(there.talk.position.step)
        there.talk.next()
    assert (max(steps), there.at()) == (2, "end")
    assert there.talk.close_detour()
    assert (there.at(), there.talk.position.step) == ("muffin", 2)


def test_what_comes_next_is_another_choice_or_none() -> None:
    there = Given()
    there.talk.next()
    there.talk.make_next(there.place("end"))
    there.talk.make_next(there.place("icing"))
    assert there.talk.next_chosen() == there.place("icing")
    assert there.talk.close_detour()
    assert (there.at(), there.talk.next_chosen()) == ("muffin", None)
    assert not there.talk.make_next(there.place("muffin"))
    there.talk.make_next(there.place("end"))
    there.go_to("end")
    assert there.talk.next_chosen() is None, "one got there in another way"


def test_on_a_detour_the_key_back_leads_back_first() -> None:
    there = Given()
    there.talk.next()
    there.talk.make_next(there.place("end"))
    there.talk.jump(there.place("icing"))
    there.talk.close_detour()
    assert (there.at(), there.talk.next_chosen()) == ("muffin", there.place("end"))
    there.talk.close_detour()
    assert (there.at(), there.talk.next_chosen()) == ("muffin", None)


def test_after_the_last_stop_too_next_leads_to_what_was_chosen() -> None:
    there = Given("short")
    there.talk.last()
    there.talk.make_next(there.place("icing"))
    assert walked(there, 2) == ["icing", "end"]


def test_what_was_chosen_goes_with_its_frame() -> None:
    there = Given()
    there.talk.make_next(there.place("icing"))
    there.talk.replace_ground(make_ground(WITHOUT_ICING))
    assert there.talk.next_chosen() is None
    assert walked(there, 1) == ["muffin"]
    there.talk.replace_ground(make_ground())
    assert there.talk.next_chosen() == there.place("icing")


def test_only_what_is_to_come_can_be_left_out() -> None:
    there = Given()
    there.go_to("chips")
    able = [frame.id for frame in there.talk.ground.deck.frames if there.talk.can_leave_out(frame.index)]
    assert able == ["dough", "icing", "chocolate", "end"]
    there.talk.drop((there.frame("icing"),))
    assert not there.talk.can_leave_out(there.frame("icing"))
    assert there.talk.next_to_leave_out() == there.frame("dough")


def test_what_is_left_out_is_taken_in_again_one_by_one() -> None:
    there = Given()
    there.talk.drop((there.frame("muffin"),))
    there.talk.drop((there.frame("icing"), there.frame("chocolate")))
    again: list[str] = []
    while (frame := there.talk.dropped_last()) is not None:
        again.append(there.talk.ground.deck.frames[frame].id)
        there.talk.restore((frame,))
    assert again == ["chocolate", "icing", "muffin"]
    assert there.talk.dropped() == frozenset()


def test_the_way_back_is_there_after_a_resume() -> None:
    there = Given()
    there.go_to("muffin")
    there.go_to("end")
    again = Talk(make_ground(), forget, there.now)
    again.resume(there.kept())
    assert again.back()
    assert again.frame_id(again.position.place) == "muffin"


def test_the_clock_starts_at_the_first_advance_and_can_be_paused() -> None:
    there = Given()
    there.moment += 300.0
    assert there.talk.elapsed() == 0.0
    there.talk.next()
    there.moment += 30.0
    there.talk.pause_clock()
    there.moment += 1000.0
    assert there.talk.elapsed() == 30.0
    there.talk.pause_clock()
    there.moment += 5.0
    assert there.talk.elapsed() == 35.0


def test_time_is_given_to_the_frame_that_was_shown() -> None:
    there = Given()
    there.talk.next()
    there.moment += 40.0
    there.go_to("end")
    there.moment += 7.0
    there.go_to("muffin")
    there.moment += 2.0
    state = there.talk.state
    assert state.seconds_at("muffin", there.moment) == 42.0
    assert state.seconds_at("end", there.moment) == 7.0
    assert state.seconds_at("icing", there.moment) == 0.0
    assert list(state.given) == ["cake", "muffin", "end"]


def test_a_path_is_changed_in_the_middle_of_a_frame() -> None:
    there = Given()
    there.go_to("muffin")
    there.talk.next()
    before = there.talk.position
    assert there.talk.choose_path("short")
    assert (there.talk.position.place, there.talk.position.step) == (before.place, before.step)
    assert there.talk.position.on_path
    assert there.talk.plan.total == 5 * 60.0
    there.talk.next()
    there.talk.next()
    assert there.at() == "end"


def test_a_path_that_leaves_the_frame_out_is_gone_on_with_from_there() -> None:
    there = Given()
    there.go_to("icing")
    there.talk.choose_path("short")
    assert there.at() == "icing"
    assert not there.talk.position.on_path
    there.talk.next()
    there.talk.next()
    there.talk.next()
    assert there.at() == "end"


def test_what_was_left_out_is_passed_over_and_comes_back() -> None:
    there = Given()
    there.go_to("dough")
    there.talk.drop((there.frame("icing"),))
    there.talk.next()
    assert there.at() == "chocolate"
    there.talk.previous()
    assert there.at() == "dough"
    there.talk.restore((there.frame("icing"),))
    there.talk.next()
    assert there.at() == "icing"


def test_listeners_that_hear_of_it_find_what_comes_next_already() -> None:
    there = Given()
    there.go_to("dough")
    nexts: list[str] = []

    def listen(event: Event, _before: Position) -> None:
        if isinstance(event, Dropped | Restored):
            place = there.talk.upcoming()
            nexts.append("" if place is None else there.talk.frame_id(place))

    there.talk.listen(listen)
    there.talk.drop((there.frame("icing"),))
    there.talk.restore((there.frame("icing"),))
    assert nexts == ["chocolate", "icing"]


def test_a_section_is_left_out_with_all_in_it() -> None:
    there = Given(text=DECK.replace("{#muffin minutes=4}", "{#muffin minutes=4 optional=true}"))
    there.talk.drop((there.frame("muffin"),))
    assert there.recorded[-1][1] == Dropped(("muffin", "chips", "dough"))
    there.talk.next()
    assert there.at() == "icing"


def test_the_room_keeps_its_picture_while_the_speaker_looks_around() -> None:
    there = Given()
    there.go_to("muffin")
    there.talk.freeze()
    there.go_to("end")
    assert there.talk.shown_position().place == there.place("muffin")
    there.talk.freeze()
    assert there.talk.shown_position().place == there.place("end")


def test_a_cover_of_the_same_colour_is_taken_away() -> None:
    there = Given()
    there.talk.cover("black")
    there.talk.cover("white")
    assert there.talk.state.cover == "white"
    there.talk.cover("white")
    assert there.talk.state.cover == ""
    assert not there.talk.uncover()


def test_ink_is_undone_and_done_again_frame_by_frame() -> None:
    there = Given()
    muffin, end = there.place("muffin"), there.place("end")
    first = there.talk.begin_stroke(muffin, "#FF0000", 4.0, ((0.0, 0.0, 1.0),))
    there.talk.extend_stroke(first, muffin, ((9.0, 9.0, 1.0),))
    second = there.talk.begin_stroke(muffin, "#00FF00", 4.0, ((1.0, 1.0, 1.0),))
    there.talk.begin_stroke(end, "#0000FF", 4.0, ((2.0, 2.0, 1.0),))

    def seen(place: int) -> list[int]:
        return [stroke.id for stroke in there.talk.ink(place).strokes]

    assert there.talk.ink(muffin).strokes[0].points == ((0.0, 0.0, 1.0), (9.0, 9.0, 1.0))
    there.talk.erase(muffin, (first,))
    assert seen(muffin) == [second]
    there.talk.undo_ink(muffin)
    assert seen(muffin) == [first, second]
    there.talk.clear_ink(muffin)
    assert seen(muffin) == []
    there.talk.undo_ink(muffin)
    there.talk.undo_ink(muffin)
    assert seen(muffin) == [first]
    there.talk.redo_ink(muffin)
    assert seen(muffin) == [first, second]
    assert len(seen(end)) == 1


def test_each_page_of_a_frame_is_a_sheet_of_its_own() -> None:
    there = Given()
    muffin = there.place("muffin")
    there.talk.begin_stroke(muffin, "#FF0000", 4.0, ((0.0, 0.0, 1.0),))
    there.talk.begin_stroke(muffin, "#FF0000", 4.0, ((5.0, 5.0, 1.0),), page=1)
    there.talk.undo_ink(muffin, 1)
    assert len(there.talk.ink(muffin).strokes) == 1
    assert there.talk.ink(muffin, 1).strokes == ()
    there.talk.redo_ink(muffin, 1)
    there.talk.clear_ink(muffin)
    assert there.talk.ink(muffin).strokes == ()
    assert len(there.talk.ink(muffin, 1).strokes) == 1
    assert there.kept() == there.talk.state


def test_listeners_hear_of_an_event_once_it_has_happened() -> None:
    there = Given()
    heard: list[tuple[str, str]] = []
    there.talk.listen(lambda event, before: heard.append((type(event).__name__, there.talk.frame_id(before.place))))
    there.talk.next()
    there.talk.cover("black")
    assert heard == [("Moved", "cake"), ("ClockStarted", "muffin"), ("Covered", "muffin")]


def test_an_edit_keeps_the_frame_and_what_was_left_out() -> None:
    there = Given()
    there.go_to("dough")
    there.talk.drop((there.frame("icing"),))
    there.talk.replace_ground(make_ground(DECK.replace("## Muffin", "## New\n\n## Muffin")))
    assert there.at() == "dough"
    there.talk.next()
    assert there.at() == "chocolate"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("Nonsense", {}),
        ("Moved", {}),
        ("Moved", {"mark": 3}),
        ("Moved", {"mark": {"place": {"frame": 3}}}),
        ("Moved", {"mark": {"place": {"frame": "a"}, "view": "UPSIDE_DOWN"}}),
        ("Stroke", {"id": 1, "frame": "a", "colour": "#FF0000", "width": "1.0", "points": []}),
        ("Stroke", {"id": True, "frame": "a", "colour": "#FF0000", "width": 1.0, "points": []}),
        ("Stroke", {"id": 1, "frame": "a", "colour": "#FF0000", "width": 1.0, "points": [[1.0, 2.0]]}),
        ("Dropped", {"frames": "abc"}),
    ],
)
def test_what_is_no_event_is_none(kind: str, data: dict[str, object]) -> None:
    assert decoded(kind, data) is None


def test_keys_of_a_later_version_are_passed_over() -> None:
    assert decoded("Covered", {"colour": "black", "slowly": 3}) == Covered("black")


def test_moments_never_run_back() -> None:
    there = Given()
    there.talk.next()
    there.moment -= 3600.0  # the clock of the system was set
    there.talk.next()
    assert [event for _moment, event in there.recorded if isinstance(event, Moved)]
    moments = [moment for moment, _event in there.recorded]
    assert moments == sorted(moments)
    assert there.talk.elapsed() == 0.0
