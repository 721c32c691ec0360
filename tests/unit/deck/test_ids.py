"""What frames are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.ids import LONGEST_SLUG, assign_ids, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Le gâteau au chocolat", "le-gateau-au-chocolat"),
        ("L’été à l’Œuvre", "l-ete-a-l-oeuvre"),
        ("Straße & Ærø", "strasse-aero"),
        ("  10 % des cas… ?", "10-des-cas"),
        ("مرحبا بالعالم", "مرحبا-بالعالم"),
        ("日本語 テスト", "日本語-テスト"),
        ("हिन्दी", "हिन्दी"),
        ("snake_case", "snake-case"),
        ("🎂", "frame"),
        ("", "frame"),
    ],
)
def test_a_slug_is_what_people_expect_of_an_anchor(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_a_long_title_ends_at_a_word() -> None:
    name = slug("mot " * 100)
    assert len(name) <= LONGEST_SLUG
    assert name.endswith("-mot")


def test_equal_titles_are_told_apart_by_their_ancestors() -> None:
    titles = ["Deck", "Un", "Questions", "Deux", "Questions"]
    assert assign_ids(titles, [""] * 5, [-1, 0, 1, 0, 3])[0] == ["deck", "un", "un-questions", "deux", "deux-questions"]


def test_moving_a_frame_within_the_text_changes_no_id() -> None:
    one = assign_ids(["Deck", "Un", "Questions", "Deux", "Questions"], [""] * 5, [-1, 0, 1, 0, 3])[0]
    other = assign_ids(["Deck", "Deux", "Questions", "Un", "Questions"], [""] * 5, [-1, 0, 1, 0, 3])[0]
    assert sorted(one) == sorted(other)


def test_only_equal_titles_below_one_parent_are_numbered() -> None:
    assert assign_ids(["Deck", "Cas", "Cas", "Cas"], [""] * 4, [-1, 0, 0, 0])[0] == ["deck", "cas", "cas-2", "cas-3"]


def test_a_given_id_is_kept_whatever_comes_before_it() -> None:
    ids, refused = assign_ids(["Deck", "Cas", "Autre"], ["", "", "cas"], [-1, 0, 0])
    assert ids == ["deck", "deck-cas", "cas"]
    assert not refused


def test_an_id_given_twice_stays_with_the_first() -> None:
    ids, refused = assign_ids(["Deck", "A", "B"], ["", "x", "x"], [-1, 0, 0])
    assert ids[1] == "x"
    assert ids[2] != "x"
    assert refused == {2: 1}


def test_many_equal_titles_take_no_time() -> None:
    count = 20_000
    ids, _refused = assign_ids(["Même"] * count, [""] * count, [-1] + [0] * (count - 1))
    assert len(set(ids)) == count


@given(st.data())
def test_ids_are_unique_whatever_was_written(data: st.DataObject) -> None:
    names = st.sampled_from(["", "a", "b", "a-a", "a-2", "A", "frame", "b-a"])
    count = data.draw(st.integers(1, 12))
    titles = data.draw(st.lists(names, min_size=count, max_size=count))
    given_ids = data.draw(st.lists(names, min_size=count, max_size=count))
    parents = [-1] + [data.draw(st.integers(0, i - 1)) for i in range(1, count)]
    ids, refused = assign_ids(titles, given_ids, parents)
    assert len(set(ids)) == count
    assert all(ids)
    for index, id_ in enumerate(given_ids):
        assert not id_ or index in refused or ids[index] == id_
