"""The case library that comes with the program: what a deck that embeds its cases, or a reader of them, relies on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from atelier.deck.cases import SimilarCases, is_case
from atelier.deck.contents import Contents
from atelier.deck.loading import load
from atelier.foundation.diagnostics import Severity
from atelier.markup.blocks import Block, Callout, Case, Columns, Figure, ListBlock, Paragraph, plain_text
from atelier.markup.cases import FIELDS, use_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atelier.deck.types import Deck, Frame

FOLDER = Path(__file__).parents[3] / "decks" / "etudes-de-cas"
NAMED = (
    "lego", "leclerc", "old-spice", "swiss-vibes", "whole-foods", "best-buy", "southwest", "cgn",
    "tesco-mobile-yorkshire-tea", "region", "commune", "blocage",
)  # fmt: skip
LONGEST = {"start": 64, "approach": 64, "outcome": 72, "lesson": 70, "company": 40, "channels": 24, "use": 24}
"""Signs that still read from the back of a room."""


@pytest.fixture(scope="module")
def deck() -> Deck:
    return load(FOLDER)


@pytest.fixture(scope="module")
def contents(deck: Deck) -> Contents:
    return Contents(deck)


def _cases(deck: Deck) -> list[Frame]:
    return [frame for frame in deck.frames if is_case(frame)]


def _case(contents: Contents, frame: Frame) -> Case:
    (case,) = [block for block in contents.content(frame.index).blocks if isinstance(block, Case)]
    return case


def _inside(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Callout):
            yield from _inside(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _inside(item.blocks)
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from _inside(column.blocks)


def _words(blocks: tuple[Block, ...]) -> int:
    return sum(len(plain_text(each.inlines).split()) for each in _inside(blocks) if isinstance(each, Paragraph))


def test_nothing_is_wrong_with_it(deck: Deck, contents: Contents) -> None:
    wrong = [str(each) for each in (*deck.diagnostics, *contents.all_diagnostics()) if each.severity > Severity.HINT]
    assert wrong == []


@pytest.mark.parametrize(
    "name", sorted(file.stem for file in FOLDER.glob("*.md") if file.stem not in {"deck", "CREDITS"})
)
def test_each_file_is_a_deck_by_itself(name: str) -> None:
    alone = load(FOLDER / f"{name}.md")
    assert alone.lang == "fr"
    assert alone.root.id == name
    assert alone.title == alone.root.title
    assert [str(each) for each in Contents(alone).all_diagnostics() if each.severity > Severity.HINT] == []


def test_the_cases_lie_in_a_section_for_each_use(deck: Deck) -> None:
    cases = _cases(deck)
    assert len(cases) >= 12
    assert set(NAMED) <= {frame.id for frame in cases}
    sections = {deck.frames[frame.parent].title for frame in cases}
    assert sections == {
        "Veille", "Service client", "Communication", "Communication interne", "Relations publiques", "Marketing",
        "Crise",
    }  # fmt: skip
    first, last = deck.root.children[0], deck.root.children[-1]
    assert (deck.frames[first].id, deck.frames[last].id) == ("lire-un-cas", "comparer")


def test_every_case_has_its_fields_in_few_words(deck: Deck, contents: Contents) -> None:
    for frame in _cases(deck):
        case = _case(contents, frame)
        assert tuple(field.name for field in case.fields) == FIELDS, frame.id
        for field in case.fields:
            assert field.values, (frame.id, field.name)
            for value in field.values:
                words = plain_text(value)
                assert words.strip(), (frame.id, field.name)
                assert len(words) <= LONGEST.get(field.name, 160), words
        assert all(use_of(plain_text(value)) for value in case.values("use")), frame.id


def test_every_case_leads_to_others(deck: Deck) -> None:
    similar = SimilarCases(deck)
    assert [frame.id for frame in _cases(deck) if not similar.of(frame)] == []


def test_every_case_names_a_source_or_says_that_there_is_none(deck: Deck, contents: Contents) -> None:
    for frame in _cases(deck):
        sources = " ".join(plain_text(value) for value in _case(contents, frame).values("sources"))
        if frame.id in {"region", "commune"}:
            assert "exemple de formation" in sources
        else:
            assert "http" in frame.source, frame.id


def test_it_is_in_french_with_an_english_abstract(deck: Deck) -> None:
    assert deck.lang == "fr"
    assert {frame.lang for frame in deck.frames} == {"fr"}
    assert dict(deck.abstract)["en"]
    assert deck.author == "Atelier"
    assert deck.theme == "clair"


def test_titles_can_be_read_from_the_overview(deck: Deck) -> None:
    assert [frame.title for frame in deck.frames if len(frame.title) > 28] == []


def test_every_frame_says_what_the_speaker_says(deck: Deck, contents: Contents) -> None:
    spoken = [frame for frame in deck.frames if not frame.made]
    counts = {frame.id: _words(contents.content(frame.index).notes) for frame in spoken}
    assert {id_: count for id_, count in counts.items() if not 80 <= count <= 200} == {}
    assert all(frame.minutes for frame in spoken)


def test_the_paths_fit_their_time(deck: Deck) -> None:
    assert {path.name for path in deck.paths} >= {"complet", "apercu", "petites-maisons", "gros-temps"}
    for path in deck.paths:
        if path.minutes:
            planned = sum(deck.frames[stop.frame].minutes or 0.0 for stop in path.stops)
            assert 0.85 * path.minutes <= planned <= path.minutes, path.name


def test_every_picture_is_described_credited_and_there(deck: Deck, contents: Contents) -> None:
    figures = [
        block
        for frame in deck.frames
        for block in _inside(contents.content(frame.index).blocks)
        if isinstance(block, Figure)
    ]
    for figure in figures:
        assert figure.alt, figure.source
        assert re.sub(r"\s+", " ", figure.credit) == "Dessin : Atelier, CC BY 4.0"
    drawings = {file.name for file in FOLDER.glob("*.svg")}
    assert {figure.source for figure in figures} == drawings
    credited = (FOLDER / "CREDITS.md").read_text(encoding="utf-8")
    assert [name for name in sorted(drawings) if f"`{name}`" not in credited] == []


def test_the_drawings_need_nothing_but_shapes_and_gradients() -> None:
    allowed = "svg|title|defs|g|path|rect|circle|ellipse|use|linearGradient|radialGradient|stop"
    for file in FOLDER.glob("*.svg"):
        text = file.read_text(encoding="utf-8")
        assert {name for name in re.findall(r"<([A-Za-z]+)", text) if not re.fullmatch(allowed, name)} == set(), (
            file.name
        )
        assert not re.search(r"(?:href|src)=\"(?!#)", text)
        assert len(text) < 20_000
