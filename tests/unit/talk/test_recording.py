"""A talk that was given is played again: the same state at the same time, at any speed, from any moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.canvas.arrange import arrange
from atelier.deck.loading import read
from atelier.talk.countdown import Lap
from atelier.talk.events import Alive, Event, Moved, PathChosen
from atelier.talk.recording import BREAK, Player, Recording
from atelier.talk.session import Ground, Talk
from atelier.talk.state import TalkState, replayed

if TYPE_CHECKING:
    from collections.abc import Callable

DECK = """---
paths:
  whole: {minutes: 10}
  short: {minutes: 3, stops: [cake, end]}
---

# The cake {#cake}

## Muffin {#muffin}

## Icing {#icing optional=true}

## The end {#end}
"""


def make_talk(text: str, record: Callable[[float, Event], None], now: Callable[[], float]) -> Talk:
    deck = read(text.encode())
    return Talk(Ground(deck, arrange(deck), lambda _: (1,), lambda _: 0), record, now)


class Given:
    def __init__(self) -> None:
        self.moment = 1_000_000.0
        self.events: list[tuple[float, Event]] = []
        self.talk = make_talk(DECK, lambda moment, event: self.events.append((moment, event)), lambda: self.moment)
        self.talk.begin("whole")


@dataclass
class Replayed:
    player: Player
    talk: Talk
    kept: list[Event]
    clock: list[float]

    def wait(self, seconds: float) -> None:
        self.clock[0] += seconds
        self.player.run()

    def at(self) -> str:
        return self.talk.frame_id(self.talk.position.place)


def replay(events: list[tuple[float, Event]], text: str = DECK) -> Replayed:
    clock = [100.0]
    kept: list[Event] = []
    player: Player
    talk = make_talk(text, lambda _moment, event: kept.append(event), lambda: player.moment)
    player = Player(Recording(events), talk, lambda: clock[0])
    return Replayed(player, talk, kept, clock)


@pytest.fixture
def events() -> list[tuple[float, Event]]:
    """Next after 10, 20 and 30 s, twice each, as every frame has a step."""
    talk = Given()
    for seconds in (10.0, 20.0, 30.0):
        talk.moment += seconds
        talk.talk.next()
        talk.talk.next()
    talk.moment += 5.0
    talk.talk.end()
    return talk.events


def without_end(state: TalkState) -> tuple[object, ...]:
    return state.mark, state.path, state.cover, state.dropped, state.ink, state.shown


def test_events_happen_in_their_times(events: list[tuple[float, Event]]) -> None:
    replayed_talk = replay(events)
    replayed_talk.player.play()
    replayed_talk.player.run()
    assert replayed_talk.at() == "cake"
    seen: list[str] = []
    for seconds in (9.9, 0.2, 19.7, 0.3, 29.8, 0.2):
        replayed_talk.wait(seconds)
        seen.append(replayed_talk.at())
    assert seen == ["cake", "muffin", "muffin", "icing", "icing", "end"]
    assert replayed_talk.player.playing
    replayed_talk.wait(6.0)
    assert (replayed_talk.player.at_end, replayed_talk.player.playing) == (True, False)
    assert without_end(replayed_talk.talk.state) == without_end(replayed(events))


def test_speed_and_pause(events: list[tuple[float, Event]]) -> None:
    played = replay(events)
    played.player.speed = 4
    played.player.play()
    played.wait(2.6)
    assert (played.at(), played.player.wait()) == ("muffin", pytest.approx((30.0 - 2.6 * 4) / 4))
    played.player.pause()
    played.wait(100.0)
    assert (played.at(), played.player.wait(), played.player.time) == ("muffin", None, pytest.approx(10.4))
    played.player.speed = 16
    played.player.play()
    played.wait(2.0)
    assert played.at() == "icing"


def test_the_moment_goes_on_between_two_events(events: list[tuple[float, Event]]) -> None:
    played = replay(events)
    began = events[0][0]
    played.player.speed = 4
    played.player.play()
    played.wait(1.0)
    assert played.talk.now == pytest.approx(began + 4.0)
    played.player.seek(35.5)
    assert played.talk.now == pytest.approx(began + 35.5)
    played.player.seek(1000.0)
    assert played.talk.now == events[-1][0]


def test_a_countdown_is_played_again() -> None:
    there = Given()
    there.talk.next()
    there.moment += 5.0
    there.talk.start_countdown("muffin", (Lap(20.0),))
    there.moment += 30.0
    there.talk.end_countdown()
    played = replay(there.events)
    played.player.seek(15.0)
    assert played.talk.state.counted is not None
    assert played.talk.state.counted.countdown.left(played.talk.now) == pytest.approx(10.0)
    played.player.seek(2.0)
    assert played.talk.state.counted is None
    played.player.play()
    played.wait(33.5)
    assert played.talk.state.counted is None


def test_in_a_break_that_is_cut_short_time_passes_faster() -> None:
    there = Given()
    there.moment += 300.0
    there.talk.next()
    played = replay(there.events)
    played.player.play()
    played.wait(BREAK / 2)
    assert played.talk.now == pytest.approx(there.moment - 150.0)


def test_from_move_to_move(events: list[tuple[float, Event]]) -> None:
    played = replay(events)
    places: list[tuple[str, int]] = []
    for _n in range(9):
        played.player.go(1)
        places.append((played.at(), played.talk.position.step))
    there = [("cake", 0), ("cake", 1), ("muffin", 0), ("muffin", 1), ("icing", 0), ("icing", 1), ("end", 0)]
    assert places == [*there, there[-1], there[-1]]
    back: list[tuple[str, int]] = []
    for _n in range(7):
        played.player.go(-1)
        back.append((played.at(), played.talk.position.step))
    assert back == [*there[-2::-1], there[0]]
    assert played.player.time == 0.0


def test_a_long_break_is_cut_short() -> None:
    talk = Given()
    talk.moment += 3_000.0  # before the talk began
    talk.talk.next()
    for _n in range(12):
        talk.moment += 10.0
        talk.talk.keep_alive()
    talk.talk.next()
    assert any(isinstance(event, Alive) for _moment, event in talk.events)
    assert Recording(talk.events).seconds == BREAK + 120.0


def test_a_moment_of_the_talk_is_found(events: list[tuple[float, Event]]) -> None:
    recording = Recording(events)
    # the clock of the talk began 10 s after its journal
    assert [recording.time_of(elapsed) for elapsed in (0.0, 7.0, 20.0, 49.0, 500.0)] == [10.0, 17.0, 30.0, 59.0, 65.0]


def test_a_frame_that_is_gone_is_counted_and_the_rest_played(events: list[tuple[float, Event]]) -> None:
    played = replay(events, DECK.replace("## Icing {#icing optional=true}\n", ""))
    played.player.play()
    played.wait(1_000.0)
    assert played.player.missing == 2
    assert played.at() == "end"


def test_from_the_end_it_begins_again(events: list[tuple[float, Event]]) -> None:
    played = replay(events)
    played.player.seek(1_000.0)
    assert (played.at(), played.player.at_end) == ("end", True)
    played.player.play()
    played.wait(0.1)
    assert (played.at(), played.player.playing) == ("cake", True)


ACTS: tuple[Callable[[Given], object], ...] = (
    lambda g: g.talk.next(),
    lambda g: g.talk.next(),
    lambda g: g.talk.previous(),
    lambda g: g.talk.overview(),
    lambda g: g.talk.last(),
    lambda g: g.talk.close_detour(),
    lambda g: g.talk.freeze(),
    lambda g: g.talk.cover("black"),
    lambda g: g.talk.choose_path("short"),
    lambda g: g.talk.choose_path("whole"),
    lambda g: g.talk.drop((2,)),
    lambda g: g.talk.begin_stroke(0, "#FF0000", 4.0, ((0.0, 0.0, 1.0),)),
)


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.floats(0.0, 60.0)), min_size=1), st.floats(0.0, 1.0))
def test_any_moment_is_the_same_played_and_sought(
    acts: list[tuple[Callable[[Given], object], float]], share: float
) -> None:
    talk = Given()
    for act, seconds in acts:
        act(talk)
        talk.moment += seconds
    time = Recording(talk.events).seconds * share
    played, sought = replay(talk.events), replay(talk.events)
    played.player.play()
    played.wait(time)
    sought.player.seek(max(time, 1.0))
    sought.player.seek(played.player.time)
    assert sought.talk.state == played.talk.state
    assert sought.talk.position.place == played.talk.position.place
    assert sought.talk.position.step == played.talk.position.step
    moves = sum(isinstance(event, Moved | PathChosen) for _moment, event in talk.events)
    assert len(played.player.recording.moves) == moves
