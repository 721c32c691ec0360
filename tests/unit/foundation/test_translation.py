"""Numbers as the language in use writes them."""

from __future__ import annotations

import pytest

from atelier.foundation.translation import decimal, set_language


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
