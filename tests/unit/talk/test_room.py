"""What the room sees beside the frames, and what comes next from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.canvas.arrange import arrange
from atelier.deck.loading import read
from atelier.talk.session import Ground, Talk

if TYPE_CHECKING:
    from atelier.talk.events import Event

DECK = b"""# The cake {#cake}

## Muffin {#muffin}

### Chips {#chips}

## Icing {#icing}

## The end {#end}
"""
ADDRESS = "https://example.org"


def forget(moment: float, event: Event) -> None:
    """Keeps no journal."""


@pytest.fixture
def moment() -> list[float]:
    return [1000.0]


@pytest.fixture
def talk(moment: list[float]) -> Talk:
    return make_talk(moment)


def make_talk(moment: list[float]) -> Talk:
    deck = read(DECK)
    canvas = arrange(deck)
    steps = {"muffin": (2,), "icing": (0, 1)}
    made = Talk(
        Ground(deck, canvas, lambda place: steps.get(deck.frames[canvas.places[place].frame].id, (0,)), lambda _: 0),
        forget,
        lambda: moment[0],
    )
    made.begin()
    return made


def test_an_address_goes_with_the_next_move(talk: Talk) -> None:
    talk.show_link(ADDRESS)
    assert talk.state.link == ADDRESS
    talk.next()
    assert talk.state.link == ""


def test_a_frozen_room_keeps_the_address_until_it_sees_another_picture(talk: Talk) -> None:
    talk.freeze()
    talk.show_link(ADDRESS)
    talk.next()
    assert talk.state.link == ADDRESS
    talk.freeze()
    assert talk.state.link == ""
    talk.show_link(ADDRESS)
    talk.freeze()
    talk.freeze()
    assert talk.state.link == ADDRESS


def test_a_cover_knows_since_when(talk: Talk, moment: list[float]) -> None:
    moment[0] += 5
    talk.cover("black")
    moment[0] += 18
    talk.next()
    assert talk.now - talk.state.cover_since == 18


@given(st.integers(0, 4), st.booleans())
def test_what_is_ahead_is_where_next_goes(jump: int, detour: bool) -> None:  # noqa: FBT001 - given
    talk = make_talk([1000.0])
    if detour:
        talk.next()
        talk.jump(jump)
    promised = talk.ahead()
    seen = set[object]()
    while promised is not None and talk.position not in seen:
        seen.add(talk.position)
        later = talk.ahead(promised)
        assert talk.next()
        assert talk.position == promised
        promised = later
    assert talk.ahead() is None


@given(st.integers(0, 12))
def test_onward_is_the_first_other_frame_that_presses_lead_to(presses: int) -> None:
    talk = make_talk([1000.0])
    for _ in range(presses):
        talk.next()
    here, onward = talk.position, talk.onward(talk.position)
    while talk.position.shows(here) and talk.next():
        pass
    assert onward == (None if talk.position.shows(here) else talk.position)
