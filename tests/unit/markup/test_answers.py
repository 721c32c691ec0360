"""What an activity is called in a talk, and which answers hands are counted for."""

from __future__ import annotations

import pytest

from atelier.deck.contents import Contents
from atelier.deck.loading import read
from atelier.markup.answers import activity_names, answers_of, chosen_once, fitted
from atelier.markup.audience import all_parts
from atelier.markup.blocks import Activity, plain_text


def activities(text: str) -> dict[str, Activity]:
    deck = read(f"# Frame\n\n{text}".encode())
    blocks = Contents(deck).content(0).blocks
    names = activity_names(blocks)
    return {names[block.line]: block for block in all_parts(blocks) if isinstance(block, Activity)}


TWO = "/// poll | One?\n\n- a\n- b\n///\n\n/// poll | Two?\n{id}\n- c\n- d\n///\n"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (TWO.format(id=""), ["poll 0", "poll 1"]),
        (TWO.format(id="    id: two\n"), ["poll 0", "two"]),
        (
            TWO.format(id="    id: poll-1\n") + "\n/// poll\n    id: poll-1\n\n- e\n- f\n///",
            ["poll 0", "poll-1", "poll 2"],
        ),
        ("/// only | path=short\n/// poll\n\n- a\n- b\n///\n///\n\n/// poll\n\n- c\n- d\n///", ["poll 0", "poll 1"]),
        ("/// scale\n///\n\n/// poll\n\n- c\n- d\n///", ["scale 0", "poll 0"]),
    ],
)
def test_an_activity_is_called_after_its_id_or_its_kind_and_number(text: str, names: list[str]) -> None:
    assert list(activities(text)) == names


@pytest.mark.parametrize(
    ("text", "answers", "once"),
    [
        ("/// poll\n\n- a\n- b\n///", ["a", "b"], True),
        ("/// poll\n    multiple: true\n\n- a\n- b\n///", ["a", "b"], False),
        ("/// quiz\n\n- [ ] a\n- [x] b\n///", ["a", "b"], True),
        ("/// quiz\n\n- [x] a\n- [x] b\n///", ["a", "b"], False),
        ("/// vote\n\n- a\n- b\n///", ["a", "b"], False),
        ("/// scale\n    from: 0\n    to: 2\n\n- never\n- always\n///", ["0, never", "1", "2, always"], True),
        ("/// scale\n///", ["1", "2", "3", "4", "5"], True),
        ("/// levels\n\n- a\n- b\n///", ["a", "b"], True),
        ("/// levels\n    subjects: one, two\n\n- a\n- b\n///", [], True),
        ("/// rank\n\n- a\n- b\n///", [], True),
        ("/// words\n///", [], True),
    ],
)
def test_hands_are_counted_where_a_count_by_answer_says_it_all(text: str, answers: list[str], *, once: bool) -> None:
    (activity,) = activities(text).values()
    assert [plain_text(line) for line in answers_of(activity.task)] == answers
    if answers:
        assert chosen_once(activity.task) == once


def test_counts_fit_the_answers_that_there_are_now() -> None:
    (activity,) = activities("/// poll\n\n- a\n- b\n- c\n///").values()
    assert fitted((4,), activity.task) == (4, 0, 0)
    assert fitted((4, 3, 2, 1), activity.task) == (4, 3, 2)
