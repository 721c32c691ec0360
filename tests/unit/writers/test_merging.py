from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atelier.writers.merging import merged

BASE = "# Bread\n\nFlour.\n\nWater.\n\nSalt.\n"


def test_each_side_keeps_what_it_changed() -> None:
    mine = BASE.replace("Flour.", "Flour, from the mill.")
    new = BASE.replace("Salt.", "Salt, a little.\n\nTime.")
    merge = merged(BASE, mine, new)
    assert (merge.text, merge.conflicts) == (
        "# Bread\n\nFlour, from the mill.\n\nWater.\n\nSalt, a little.\n\nTime.\n",
        0,
    )


def test_paragraphs_added_and_taken_away_hold() -> None:
    mine = BASE.replace("Water.\n\n", "")
    new = BASE.replace("# Bread\n", "# Bread\n\nA preface.\n")
    assert merged(BASE, mine, new).text == "# Bread\n\nA preface.\n\nFlour.\n\nSalt.\n"


def test_where_both_changed_the_same_nothing_is_decided() -> None:
    merge = merged(BASE, BASE.replace("Water.", "Milk."), BASE.replace("Water.", "Beer."))
    assert merge.conflicts == 1
    assert "Milk." in merge.text
    same = merged(BASE, BASE.replace("Water.", "Milk."), BASE.replace("Water.", "Milk."))
    assert same.conflicts == 0


_PARAGRAPHS = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=6).map(lambda each: "\n\n".join(each) + "\n")


@given(_PARAGRAPHS, _PARAGRAPHS, _PARAGRAPHS)
def test_nothing_that_only_the_author_wrote_is_lost(base: str, mine: str, new: str) -> None:
    merge = merged(base, mine, new)
    assert merged(base, mine, base).text == mine
    windows = merged(base, mine.replace("\n", "\r\n"), new)
    assert (windows.text.split(), windows.conflicts) == (merge.text.split(), merge.conflicts)
    assert merged(base, base, new).text == new
    own = set(mine.split()) - set(base.split())
    assert own <= set(merge.text.split())
