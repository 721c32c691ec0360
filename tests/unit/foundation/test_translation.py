"""Texts and numbers in the language in use, and in another."""

from __future__ import annotations

import pytest

from atelier.foundation.translation import current_language, decimal, set_language, words_in


@pytest.mark.parametrize(
    ("value", "digits", "in_english", "in_french"),
    [
        (2.0, 1, "2", "2"),
        (8.64, 1, "8.6", "8,6"),
        (29.96, 0, "30", "30"),
        (100.0, 0, "100", "100"),
        (0.05, 2, "0.05", "0,05"),
    ],
)
def test_a_number_has_the_mark_of_its_language_and_no_idle_digits(
    value: float, digits: int, in_english: str, in_french: str
) -> None:
    assert decimal(value, digits) == in_english
    set_language("fr")
    assert decimal(value, digits) == in_french


def test_a_text_in_another_language_than_the_one_in_use() -> None:
    assert current_language() == "en"
    code, text = words_in("fr-CA")
    assert (code, text("Next")) == ("fr", "Suivant")
    code, text = words_in("de")
    assert (code, text("Next")) == ("en", "Next")
