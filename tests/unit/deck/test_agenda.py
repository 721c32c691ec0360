"""The agenda of a course: computed times, what is wrong with them, what the whole deck says of its activities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier.deck.agenda import clock
from atelier.deck.checks import check_deck
from atelier.deck.contents import Contents
from atelier.deck.decoding import text_of
from atelier.deck.loading import read
from atelier.deck.values import time_value

if TYPE_CHECKING:
    from atelier.deck.types import Deck

FRAMES = "\n# Course\n\n## One {minutes=20}\n\n### Inside {minutes=25}\n\n## Two\n"


def deck_of(*blocks: str, day: str = 'start: "9:00"') -> Deck:
    lines = "".join(f"      - {block}\n" for block in blocks)
    return read(f"---\nagenda:\n  - {day}\n    blocks:\n{lines}---\n{FRAMES}".encode())


def times(deck: Deck) -> list[tuple[str, str, str]]:
    return [(clock(each.start), clock(each.end), each.title) for each in deck.agenda[0].blocks]


def codes(deck: Deck) -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in deck.diagnostics]


def everything(text: str) -> list[tuple[str, int]]:
    deck = read(text.encode())
    return [(each.code, each.line) for each in check_deck(deck, text_of(text.encode()), Contents(deck))]


def test_blocks_follow_one_another_and_fixed_ones_stay() -> None:
    deck = deck_of("{frame: one, minutes: 60}", '{break: Lunch, at: "10:00", minutes: 75}', "{frame: two, minutes: 30}")
    assert times(deck) == [("9:00", "10:00", "One"), ("10:00", "11:15", "Lunch"), ("11:15", "11:45", "Two")]
    assert deck.agenda[0].blocks[1].frame is None
    assert deck.frames[deck.agenda[0].blocks[2].frame or 0].id == "two"
    assert deck.diagnostics == ()


def test_minutes_come_from_the_frames_or_fill_the_time_that_is_left() -> None:
    deck = deck_of("{frame: one}", "{frame: two}", day='end: "11:00"\n    start: 9h')
    assert times(deck) == [("9:00", "9:45", "One"), ("9:45", "11:00", "Two")]
    assert deck.diagnostics == ()


@pytest.mark.parametrize(
    ("blocks", "found"),
    [
        (("{frame: one, minutes: 60}", '{break: B, at: "9:30", minutes: 5}'), [("agenda-overlap", 6)]),
        (("{frame: one, minutes: 60}", '{break: B, at: "10:30", minutes: 5}'), [("agenda-gap", 6)]),
        (("{frame: tow, minutes: 60}",), [("agenda-frame", 5)]),
        (("{frame: one, minutes: 30}",), [("agenda-minutes", 5)]),
        (("{frame: two}",), [("agenda-minutes", 5)]),
        (("{frame: two, minutes: long}",), [("agenda-value", 5), ("agenda-minutes", 5)]),
        (("{minutes: 5}",), [("agenda-value", 5)]),
        (("{frame: two, break: B, minutes: 5}",), [("agenda-value", 5)]),
        (("just words",), [("agenda-value", 5)]),
        (("{frame: two, minuts: 5, minutes: 5}",), [("front-matter-misspelt", 5)]),
    ],
)
def test_what_is_wrong_is_said_with_its_line(blocks: tuple[str, ...], found: list[tuple[str, int]]) -> None:
    assert sorted(codes(deck_of(*blocks))) == sorted(found)


def test_a_day_that_runs_over_says_what_could_go() -> None:
    deck = deck_of("{frame: one, minutes: 50}", "{frame: two, minutes: 30, optional: true}", day='end: "10:00"')
    (found,) = deck.diagnostics
    assert (found.code, found.line) == ("agenda-over", 6)
    assert "20" in found.hint
    assert "30" in found.hint


@pytest.mark.parametrize("value", ["words", "{a: b}", "[1, 2]", "[{blocks: 3}]", "[[]]", "~", '[{date: "2014-13-01"}]'])
def test_an_agenda_of_another_shape_breaks_nothing(value: str) -> None:
    deck = read(f"---\nagenda: {value}\n---\n{FRAMES}".encode())
    assert len(deck.frames) == 4
    assert all(code == "agenda-value" for code, _line in codes(deck))


@given(st.text(max_size=8))
@settings(max_examples=40, deadline=None)
def test_a_time_is_within_a_day_or_none(text: str) -> None:
    value = time_value(text)
    assert value is None or 0 <= value <= 24 * 60


def test_times_as_people_write_them() -> None:
    assert [time_value(text) for text in ("9:00", "9h30", "14h", "8.15", "24:00")] == [540, 570, 840, 495, 1440]
    assert [time_value(text) for text in ("25:00", "9:75", "24:30", "nine", "")] == [None] * 5


def test_a_schedule_of_a_day_that_there_is_not() -> None:
    assert everything("# A\n\n/// agenda\n///\n") == [("agenda-day", 3)]
    assert everything("# A\n\n/// agenda | day=soon\n///\n") == [("block-option", 3)]


def test_an_id_is_given_once_but_for_what_is_never_shown_together() -> None:
    words = "/// words | {}\n    id: x\n///\n"
    twice = "# A\n\n" + words.format("One") + "\n## B\n\n" + words.format("Two")
    assert everything(twice) == [("activity-id", 9)]
    inside = "//// words | {}\n    id: x\n////\n"
    apart = (
        "/// only | lang=fr\n" + inside.format("Un") + "///\n\n/// only | lang=en\n" + inside.format("One") + "///\n"
    )
    assert everything("# A\n\n" + apart) == []
