"""Finding a frame by what one remembers of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.loading import read
from atelier.deck.search import Where, fold, hides_more, plain_source, search

DECK = read(
    """---
lang: fr
---

# Le gâteau au chocolat

## Écouter d'abord

Le client *parle* ; on **répond** [ici](#fin-cachée) avec l'œuvre.

/// notes
secretnote
///

## Pour écouter mieux

/// columns
    steps: true

//// column
Une cafetière.
////
///

### Détail {.private}

introuvable

## Une suite {#suite}

Il faut écouter *ACME*{.private} longtemps, puis écouter encore, avec une phrase assez longue pour être coupée ici.
""".encode()
)


def _hits(query: str) -> list[tuple[int, Where]]:
    return [(hit.frame, hit.where) for hit in search(DECK, None, query)]


def test_titles_come_before_text_and_their_beginnings_first() -> None:
    assert _hits("ecouter") == [(1, Where.TITLE_START), (2, Where.TITLE), (4, Where.TEXT)]


@pytest.mark.parametrize("query", ["GATEAU", "gâteau", "choc gat", "  le   gâteau "])
def test_case_accents_order_and_endings_do_not_matter(query: str) -> None:
    assert [frame for frame, _where in _hits(query)] == [0]


def test_every_word_must_be_there_in_title_or_text() -> None:
    assert _hits("écouter client") == [(1, Where.TEXT)]
    assert _hits("écouter cafetière") == [(2, Where.TEXT)]
    assert not _hits("gâteau client")


@pytest.mark.parametrize("query", ["", "  ", "?!", "hocolat", "fin-cachée", "steps", "column"])
def test_what_is_no_word_of_the_text_finds_nothing(query: str) -> None:
    assert not _hits(query)


@pytest.mark.parametrize("query", ["secretnote", "introuvable", "acme", "Détail"])
def test_what_only_the_speaker_sees_is_not_found(query: str) -> None:
    assert not _hits(query)


def test_the_right_answer_of_a_quiz_reads_like_the_others() -> None:
    text = plain_source("/// quiz | Who?\n\n- [ ] Anna\n- [x] Bea\n1. [X] Cleo\n///\n")
    assert text.split() == ["Anna", "Bea", "Cleo"]


@pytest.mark.parametrize(
    "source",
    [
        "*a*{.private}",
        "a %% b %%",
        "<!-- a\nb -->",
        "> /// notes\n> a\n> ///",
        "- b\n\n    /// only | lang=fr\n    a\n    ///",
    ],
)
def test_what_may_hide_more_than_can_be_told_is_parsed(source: str) -> None:
    assert hides_more(source)
    assert not hides_more("/// notes\na\n///\n\nb")


def test_ligatures_and_typography_are_letters() -> None:
    assert _hits("oeuvre") == [(1, Where.TEXT)]
    (hit,) = search(DECK, None, "oeuvre")
    assert [hit.excerpt[start:end] for start, end in hit.ranges] == ["œuvre"]


def test_a_hit_shows_the_words_in_their_place() -> None:
    hit = search(DECK, None, "longtemps")[0]
    assert [hit.excerpt[start:end] for start, end in hit.ranges] == ["longtemps"]
    assert hit.excerpt.endswith(" …")
    assert "ACME" not in hit.excerpt
    (hit,) = search(DECK, None, "coupée")
    assert hit.excerpt.startswith("… ")
    assert [hit.excerpt[start:end] for start, end in hit.ranges] == ["coupée"]


def test_parsed_text_is_searched_where_it_is_given() -> None:
    hits = search(DECK, lambda index: "trouvé" if index == 2 else "", "trouve")
    assert [hit.frame for hit in hits] == [2]


@given(st.text(max_size=30), st.text(alphabet="éŒßﬁ aİ\u0301", max_size=10))
def test_any_query_and_text(text: str, query: str) -> None:
    for hit in search(DECK, lambda _index: text + query, query + text[:3]):
        assert all(0 <= start < end <= len(hit.excerpt) for start, end in hit.ranges)
    assert fold(fold(text)) == fold(text)


def test_ten_thousand_frames_are_searched_between_two_keys() -> None:
    text = "".join(f"## Cadre numéro {i}\n\nDu texte, été comme hiver, {i}.\n\n" for i in range(10_000))
    deck = read(text.encode())
    search(deck, None, "a")
    begun = time.perf_counter()
    assert search(deck, None, "hiver 9999")
    assert time.perf_counter() - begun < 0.5
