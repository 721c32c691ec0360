"""Lines between a run of the program and the window that started it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.foundation.run_messages import (
    LONGEST_LINE,
    MOST_DIFFERENCE,
    Failure,
    PostQuestion,
    Progress,
    Question,
    RunMessage,
    line_of,
    message_of,
)


def progress(what: str, words: str, done: int, more: int) -> Progress:
    return Progress(what, words, done, done + more)


TEXTS = st.text(max_size=200)
COUNTS = st.integers(0, 10**6)
MESSAGES = st.one_of(
    st.builds(progress, TEXTS, TEXTS, COUNTS, COUNTS),
    st.builds(Question, TEXTS, TEXTS),
    st.builds(PostQuestion, TEXTS, TEXTS),
    st.builds(Failure, TEXTS, TEXTS, TEXTS, TEXTS),
)


@given(MESSAGES)
def test_a_message_is_one_line_and_comes_back(message: RunMessage) -> None:
    line = line_of(message)
    assert line.count("\n") == 1
    assert line.isascii()
    assert message_of(line.encode()) == message


@given(st.binary())
def test_anything_else_is_words(line: bytes) -> None:
    assert message_of(line) is None or line.startswith(b"{")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"progress": {"what": "", "words": "", "done": 2, "total": 1}}',
        '{"progress": {"what": "", "words": "", "done": "1", "total": 1}}',
        '{"question": {"file": 1, "difference": ""}}',
        '{"post": {"words": "", "link": null}}',
        '{"failure": {}}',
        "{" * 100_000,
        json.dumps({"failure": {"message": "m" * LONGEST_LINE, "hint": "", "where": "", "about": ""}}),
    ],
    ids=lambda line: str(line)[:60],
)
def test_what_is_not_exactly_a_message_is_words(line: str) -> None:
    assert message_of(line.encode()) is None


def test_a_name_that_is_not_utf_8_and_a_long_difference_get_through() -> None:
    read = message_of(line_of(Question("/tmp/\udcff.md", "-" * (MOST_DIFFERENCE + 1))).encode())
    assert read == Question("/tmp/\udcff.md", "-" * MOST_DIFFERENCE)
