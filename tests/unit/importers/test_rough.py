"""Rough notes in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.markup.blocks import ListBlock

if TYPE_CHECKING:
    from tests.unit.importers.conftest import Bring

NOTES = """\
Mon exposé sur le gâteau

1. Constat
   - les gens ne lisent plus
   - ils parlent de nous
     raconter la boulangerie
   => il faut y aller

2. Réponse
   - le nappage
      - vite fait
   -> une part
   A longer line that is said rather than shown, since it is indented below the part it belongs to.

Conclusion à trouver
"""


def test_numbered_parts_are_frames(bring: Bring) -> None:
    deck = bring(NOTES, name="notes.txt")
    assert deck.imported.kind == "text"
    assert deck.deck.frames[0].title == "Mon exposé sur le gâteau"
    assert deck.titles == [(1, "Constat"), (1, "Réponse")]
    assert deck.deck.lang == "fr"


def test_dashes_are_shown_and_indented_lines_said(bring: Bring) -> None:
    deck = bring(NOTES, name="notes.txt")
    assert deck.source("Constat").split("\n\n")[:2] == [
        "- les gens ne lisent plus\n- ils parlent de nous",
        "**→ il faut y aller**",
    ]
    assert deck.source("Constat").endswith("/// notes\nraconter la boulangerie\n///")
    found = deck.content("Réponse")
    assert isinstance(found.blocks[0], ListBlock)
    assert found.notes


def test_parts_within_parts(bring: Bring) -> None:
    deck = bring(
        "Talk\n\nI. One\n  A) Inner\n  - x\n\nA. Sub\n- y\n\n1. Deep\n- z\n\nB. Sub two\n- w\n\nII. Two\n- v\n",
        "text",
        name="n.txt",
    )
    assert deck.titles == [(1, "One"), (2, "Sub"), (3, "Deep"), (2, "Sub two"), (1, "Two")]


def test_decimal_numbers(bring: Bring) -> None:
    deck = bring("Talk\n\n1. One\n- a\n\n1.1 Inner\n- b\n\n2. Two\n- c\n", "text", name="n.txt")
    assert deck.titles == [(1, "One"), (2, "Inner"), (1, "Two")]


def test_numbered_lines_alone_are_a_list(bring: Bring) -> None:
    deck = bring("Talk\n\nWHAT TO DO\n1. bake\n2. eat\n3. sleep\n", "text", name="n.txt")
    assert deck.titles == [(1, "WHAT TO DO")]
    found = deck.content("WHAT TO DO").blocks[0]
    assert isinstance(found, ListBlock)
    assert len(found.items) == 3


def test_titles_without_numbers(bring: Bring) -> None:
    deck = bring(
        "The talk\n========\n\nFirst thing:\n- a\n- b\n\nSecond thing\n------------\nsaid\n", "text", name="n.txt"
    )
    assert deck.deck.frames[0].title == "The talk"
    assert deck.titles == [(1, "First thing"), (1, "Second thing")]


def test_signs_of_markdown_are_words(bring: Bring) -> None:
    deck = bring("Talk\n\n1. A *star* and #hash\n- <b>x</b> | $5 & %%y%%\n+ plus\n/// private\n", "text", name="n.txt")
    assert "private" in deck.text
    assert deck.titles == [(1, "A *star* and #hash")]


def test_a_line_too_long_for_the_page_goes_on(bring: Bring) -> None:
    text = "Talk\n\n1. A\n- a point that is so long that it does not fit the page and\n  goes on below\n- two\n"
    assert "does not fit the page and goes on below" in bring(text, "text", name="n.txt").text
