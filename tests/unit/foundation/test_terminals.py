"""What a terminal gets to see of what somebody else wrote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atelier.foundation.terminals import harmless


def test_a_terminal_obeys_nothing_a_deck_says() -> None:
    assert harmless("a\x1b[2Jb\x9b31mc\rd\u202ee\n\tf") == "a\ufffd[2Jb\ufffd31mc\ufffdd\ufffde\n\tf"


@given(st.text())
def test_harmless_words_have_the_same_lines(text: str) -> None:
    assert harmless(text).count("\n") == text.count("\n")
    assert len(harmless(text)) == len(text)
