"""Unattended play: how long everything is shown, with a clock set by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.canvas.arrange import arrange
from atelier.deck.loading import read
from atelier.talk.events import ClockStarted
from atelier.talk.session import Ground, Talk
from atelier.talk.unattended import REST, USUAL, Unattended

if TYPE_CHECKING:
    from atelier.talk.events import Event

DECK = """---
paths:
  stand: {stops: [{frame: cake, hold: 4}, {frame: muffin, hold: 9}, icing, {frame: cake, view: overview, hold: 3}, end]}
---

# The cake {#cake}

## Muffin {#muffin minutes=5}

## Icing {#icing minutes=2}

## The end {#end}
"""


class Played:
    def __init__(self) -> None:
        self.moment = 5_000.0
        self.events: list[Event] = []
        deck = read(DECK.encode())
        canvas = arrange(deck)
        steps = {"muffin": (2,), "icing": (1, 1)}
        ground = Ground(
            deck, canvas, lambda place: steps.get(deck.frames[canvas.places[place].frame].id, (0,)), lambda _: 0
        )
        self.talk = Talk(ground, lambda _moment, event: self.events.append(event), lambda: self.moment)
        self.talk.begin("stand")
        self.play = Unattended(self.talk)

    def at(self) -> str:
        return self.talk.frame_id(self.talk.position.place)

    def shown(self, times: int) -> list[tuple[str, float]]:
        """What is shown next and for how long, as often as told."""
        out: list[tuple[str, float]] = []
        for _n in range(times):
            seconds = self.play.wait()
            out.append((self.at(), seconds))
            self.moment += seconds
            assert self.play.wait() == 0.0
            self.play.advance()
        return out


@pytest.fixture
def played() -> Played:
    return Played()


def test_every_stop_has_its_time_and_steps_share_it(played: Played) -> None:
    assert played.shown(11) == [
        ("cake", 4.0),
        *[("muffin", 3.0)] * 3,
        *[("icing", 30.0)] * 4,
        ("cake", 3.0),
        ("end", USUAL),
        ("cake", 4.0),
    ]


def test_the_clock_of_a_talk_is_not_set_going(played: Played) -> None:
    played.shown(12)
    assert not any(isinstance(event, ClockStarted) for event in played.events)


def test_it_waits_while_somebody_is_at_it(played: Played) -> None:
    played.moment += 2.0
    played.play.touch()
    assert played.play.resting
    assert played.play.wait() == REST
    played.moment += 20.0
    played.talk.next()
    played.play.touch()
    assert played.play.wait() == REST
    played.moment += REST
    assert (played.play.wait(), played.play.resting) == (0.0, False)
    played.play.advance()
    assert played.play.wait() == 3.0


def test_it_gives_the_room_its_picture_back(played: Played) -> None:
    played.talk.cover("black")
    played.talk.show_link("https://example.org")
    played.talk.freeze()
    played.play.touch()
    played.moment += REST
    played.play.advance()
    state = played.talk.state
    assert (state.cover, state.link, state.frozen) == ("", "", False)
    assert played.at() == "muffin"


def test_what_is_off_the_path_has_its_time_too(played: Played) -> None:
    place = played.talk.ground.canvas.place_of[2]
    played.talk.jump(place)
    assert played.play.wait() == 30.0
    assert [frame for frame, _seconds in played.shown(5)] == [*["icing"] * 4, "muffin"]


def test_days_of_it_are_not_remembered_one_by_one(played: Played) -> None:
    for _n in range(2_000):
        played.play.advance()
    steps = 0
    while played.talk.back():
        steps += 1
    assert steps < 200
