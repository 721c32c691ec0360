"""How far a film has been played."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atelier.talk.playback import Playback, PlaybackState

State = PlaybackState


def test_it_plays_from_start_to_end() -> None:
    film = Playback.of("Film", 5.0, 25.0)
    assert (film.state, film.duration, film.elapsed, film.left, film.share) == (State.READY, 20.0, 0.0, 20.0, 0.0)
    film = film.played().at(10.0)
    assert (film.state, film.elapsed, film.left, film.share) == (State.PLAYING, 5.0, 15.0, 0.25)
    assert film.paused().state is State.PAUSED
    film = film.at(25.0)
    assert (film.state, film.left, film.share) == (State.ENDED, 0.0, 1.0)
    assert film.played().position == 5.0


def test_ten_seconds_on_and_back() -> None:
    film = Playback.of("Film", 5.0, 25.0).played().at(12.0)
    assert film.moved(10).position == 22.0
    assert film.moved(-10).position == 5.0
    assert film.moved(30).state is State.ENDED
    back = film.moved(30).moved(-10)
    assert (back.state, back.position) == (State.PLAYING, 15.0)
    assert film.paused().moved(-1).state is State.PAUSED


def test_a_length_that_is_not_known_yet() -> None:
    film = Playback.of("Film", 5.0, 0.0).played().at(1e5)
    assert (film.state, film.duration, film.left, film.share) == (State.PLAYING, 0.0, 0.0, 0.0)
    assert film.lasting(30.0).end == 30.0
    assert Playback.of("Film", 0.0, 10.0).lasting(30.0).end == 10.0
    assert film.ended().state is State.ENDED


@given(
    start=st.floats(0, 1e4),
    length=st.floats(0, 1e4),
    moves=st.lists(st.floats(-1e5, 1e5) | st.sampled_from(["play", "pause"]), max_size=12),
)
def test_nothing_leads_out_of_what_is_played(start: float, length: float, moves: list[float | str]) -> None:
    film = Playback.of("Film", start, start + length)
    for move in moves:
        film = film.played() if move == "play" else film.paused() if move == "pause" else film.moved(float(move))
        assert film.start <= film.position <= film.end
        assert 0.0 <= film.share <= 1.0
        assert film.left >= 0.0
