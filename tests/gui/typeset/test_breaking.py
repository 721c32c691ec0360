"""Where the lines of a title end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier.typeset.breaking import Word, joined, line_ends, wrapped


def _words(text: str) -> list[Word]:
    return joined([Word(each, float(len(each)), 0, 0) for each in text.split(" ")], 1.0)


def _lines(text: str, width: float) -> list[str]:
    words = _words(text)
    count = wrapped(words, 1.0, width)
    even = sum(word.width for word in words) / count
    begins = [0, *line_ends(words, 1.0, width, count, even), len(words)]
    return [" ".join(w.text for w in words[a:b]) for a, b in pairwise(begins)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Article 2 - Objet", 17, ["Article 2 - Objet"]),
        ("Article 2 - Objet", 12, ["Article 2 -", "Objet"]),
        ("Moyens – d’actions", 12, ["Moyens –", "d’actions"]),
        ("24 July 1878: Across the Lozère", 15, ["24 July 1878:", "Across", "the Lozère"]),
        ("Travels with a donkey in the Cévennes", 14, ["Travels with", "a donkey in", "the Cévennes"]),
        ("Loss function", 20, ["Loss function"]),
    ],
)
def test_what_is_read_together_stays_on_a_line(text: str, width: float, lines: list[str]) -> None:
    assert _lines(text, width) == lines


@settings(max_examples=60)
@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=14), st.integers(9, 40))
def test_lines_hold_all_words_and_are_as_few_as_when_filled(words: list[str], width: int) -> None:
    lines = _lines(" ".join(words), width)
    assert " ".join(lines) == " ".join(words)
    assert all(len(line) <= width for line in lines)
    assert len(lines) == wrapped(_words(" ".join(words)), 1.0, width)
