"""What a countdown says at a moment, whatever was done to it before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.audience import for_audience
from atelier.deck.contents import Contents
from atelier.deck.loading import read
from atelier.markup.blocks import Activity
from atelier.talk.countdown import LONGEST, MOST_LAPS, Bell, Countdown, Lap, figure, laps_of, laps_of_frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.deck.types import Deck

laps = st.lists(st.floats(1.0, 3600.0), min_size=1, max_size=6).map(
    lambda seconds: tuple(Lap(each, i) for i, each in enumerate(seconds))
)


@dataclass(frozen=True)
class Deed:
    """Something done to a countdown some `seconds` after the deed before it."""

    seconds: float
    do: Callable[[Countdown, float], Countdown]


DOABLE: tuple[Callable[[Countdown, float], Countdown], ...] = (
    lambda here, now: here.started(now),
    lambda here, now: here.stopped(now),
    lambda here, now: here.changed(60.0, now),
    lambda here, now: here.changed(-60.0, now),
)
deeds = st.lists(st.builds(Deed, st.floats(0.0, 900.0), st.sampled_from(DOABLE)), max_size=20)


@given(laps, deeds)
def test_nothing_is_ever_below_zero_whatever_is_done(given_laps: tuple[Lap, ...], done: list[Deed]) -> None:
    here, now = Countdown(given_laps).started(0.0), 0.0
    for deed in done:
        now += deed.seconds
        before = here.left(now)
        here = deed.do(here, now)
        assert 0.0 <= here.lap_left(now) <= here.left(now) + 1e-6
        assert 0.0 <= here.left(now) <= LONGEST + 3600.0 * 6
        assert 0 <= here.lap(now) < len(here.laps)
        assert [lap.round for lap in here.laps] == [lap.round for lap in given_laps]
        assert here.left(now) >= before - 60.0 - 1e-6
        assert here.over(now) == (here.left(now) == 0.0)


@given(laps, st.lists(st.tuples(st.floats(0.0, 500.0), st.floats(0.0, 5000.0)), max_size=8))
def test_pauses_are_not_counted(given_laps: tuple[Lap, ...], spells: list[tuple[float, float]]) -> None:
    here, now, ran = Countdown(given_laps), 1000.0, 0.0
    for running, standing in spells:
        here = here.started(now)
        now += running
        ran += running
        if not here.over(now):
            here = here.stopped(now)
            now += standing
    assert here.left(now) == pytest.approx(max(here.total - ran, 0.0), abs=1e-5)


@given(laps)
def test_laps_come_one_after_the_other_and_each_is_heard_once(given_laps: tuple[Lap, ...]) -> None:
    here = Countdown(given_laps).started(0.0)
    end, lap, over = 0.0, 0, False
    heard: list[Bell] = []
    for i, each in enumerate(given_laps):
        assert here.lap(end) == i
        assert here.lap_left(end) == pytest.approx(each.seconds, abs=1e-5)
        for moment in (end, end + each.seconds / 2, end + each.seconds):
            bell = here.bell(moment, lap, was_over=over)
            heard += [bell] if bell else []
            lap, over = here.lap(moment), here.over(moment)
        end += each.seconds
    assert heard == [Bell.LAP] * (len(given_laps) - 1) + [Bell.END]
    assert here.bell(end + 5.0, lap, was_over=over) is None


def test_who_looks_too_late_hears_the_last_bell_alone() -> None:
    here = Countdown((Lap(60.0, 0), Lap(60.0, 1), Lap(60.0, 2))).started(0.0)
    assert here.bell(150.0, 0, was_over=False) is Bell.LAP
    assert here.bell(5000.0, 0, was_over=False) is Bell.END


@given(laps, st.floats(0.0, 1.0), st.integers(1, 5))
def test_minutes_given_and_taken_again_leave_nothing_behind(
    given_laps: tuple[Lap, ...], share: float, minutes: int
) -> None:
    here = Countdown(given_laps).started(0.0)
    now = here.total * share * 0.999
    left = here.left(now)
    changed = here
    for _ in range(minutes):
        changed = changed.changed(60.0, now)
    assert changed.left(now) == pytest.approx(left + 60.0 * minutes, abs=1e-5)
    for _ in range(minutes):
        changed = changed.changed(-60.0, now)
    assert changed.left(now) == pytest.approx(left, abs=1e-5)


def test_a_minute_more_after_the_end_goes_on_from_there() -> None:
    here = Countdown((Lap(120.0),)).started(0.0)
    assert here.over(1000.0)
    more = here.changed(60.0, 1000.0)
    assert more.left(1000.0) == pytest.approx(60.0)
    assert more.left(1045.0) == pytest.approx(15.0)


def test_less_than_a_minute_taken_away_ends_the_lap() -> None:
    here = Countdown((Lap(90.0, 0), Lap(90.0, 1))).started(0.0).changed(-60.0, 50.0)
    assert here.lap(50.0) == 1
    assert here.lap_left(50.0) == pytest.approx(90.0)


def test_no_minute_is_added_beyond_a_day() -> None:
    here = Countdown((Lap(LONGEST - 30.0),)).started(0.0).changed(60.0, 0.0).changed(60.0, 0.0)
    assert here.left(0.0) == LONGEST


def test_what_is_over_has_nothing_to_pause() -> None:
    here = Countdown((Lap(10.0),)).started(0.0)
    assert here.stopped(20.0) == here


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.0, "0:00"),
        (0.2, "0:01"),
        (59.0, "0:59"),
        (60.0, "1:00"),
        (245.0, "4:05"),
        (5999.0, "99:59"),
        (6000.0, "1:40:00"),
    ],
)
def test_figures_are_the_full_seconds_still_to_come(seconds: float, shown: str) -> None:
    assert figure(seconds) == shown


def activity(text: str) -> Activity:
    deck = read(f"# Deck\n\n## Frame\n\n{text}\n".encode())
    (found,) = (block for block in Contents(deck).content(1).blocks if isinstance(block, Activity))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/// questions | What?\n    minutes: 1.5\n///", [(90.0, -1)]),
        ("/// questions | What?\n///", []),
        ("/// clinic | Where?\n    each: 8\n///", [(480.0, -1)]),
        ("/// round | Who?\n    each: 1\n    minutes: 30\n///", [(1800.0, -1)]),
        ("/// rounds\n    repeat: 2\n\n- write, 2 min\n- rest\n- read, 1 min\n///", [(120.0, 0), (60.0, 2)] * 2),
        ("/// rounds\n    minutes: 4\n\n- write\n- read\n///", [(120.0, 0), (120.0, 1)]),
        ("/// rounds\n\n- write\n- read\n///", []),
    ],
)
def test_what_an_activity_counts(text: str, expected: list[tuple[float, int]]) -> None:
    assert [(lap.seconds, lap.round) for lap in laps_of(activity(text))] == expected


def test_rounds_without_end_are_counted_as_one() -> None:
    many = "".join(f"- round {i}, 1 min\n" for i in range(MOST_LAPS))
    assert laps_of(activity(f"/// rounds\n    repeat: 20\n\n{many}///")) == (Lap(LONGEST),)


AGENDA = """---
agenda:
  - day: One
    blocks:
      - {frame: practice, minutes: 45}
---

# Deck

## Mine {.private}

## Practice

## Plain {minutes=2.5}

## Free
"""


def seconds(deck: Deck, frame: str) -> list[float]:
    found = deck.frame(frame)
    assert found is not None
    return [lap.seconds for lap in laps_of_frame(deck, found)]


def test_a_frame_counts_its_minutes_or_those_of_the_agenda() -> None:
    deck = for_audience(read(AGENDA.encode()))
    assert seconds(deck, "practice") == [45 * 60.0]
    assert seconds(deck, "plain") == [150.0]
    assert seconds(deck, "free") == []
