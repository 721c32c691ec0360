"""The keynote that comes with the program: what a speaker relies on when it is opened on a stage."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from atelier.deck.contents import Contents
from atelier.deck.loading import load
from atelier.foundation.diagnostics import Severity
from atelier.markup.blocks import (
    Block,
    Callout,
    Case,
    Columns,
    DefinitionList,
    Figure,
    ListBlock,
    Paragraph,
    Private,
    Quote,
    Table,
    Text,
    plain_text,
)
from atelier.markup.cases import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atelier.deck.types import Deck

FOLDER = Path(__file__).parents[3] / "decks" / "gateau-au-chocolat"
LIBRARY = FOLDER.parent / "etudes-de-cas"
ROOT_CHILDREN = 10
CREDIT = "Dessin : Atelier, CC BY 4.0"


@pytest.fixture(scope="module")
def deck() -> Deck:
    return load(FOLDER)


@pytest.fixture(scope="module")
def contents(deck: Deck) -> Contents:
    return Contents(deck)


def _inside(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, those inside others included."""
    for block in blocks:
        yield block
        if isinstance(block, (Quote, Callout, Case, Private)):
            yield from _inside(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _inside(item.blocks)
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from _inside(column.blocks)
        elif isinstance(block, DefinitionList):
            for definition in block.items:
                for description in definition.descriptions:
                    yield from _inside(description)


def _words(blocks: tuple[Block, ...]) -> str:
    return " ".join(plain_text(block.inlines) for block in _inside(blocks) if isinstance(block, Paragraph))


def _in_plain_spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_nothing_is_wrong_with_it(contents: Contents) -> None:
    wrong = [str(each) for each in contents.all_diagnostics() if each.severity > Severity.HINT]
    assert wrong == []


def test_it_has_the_shape_of_the_cake(deck: Deck) -> None:
    assert 40 <= len(deck.frames) <= 50
    assert deck.root.map == "cake.svg"
    parts = [deck.frames[index] for index in deck.root.children]
    assert len(parts) == ROOT_CHILDREN
    assert all(part.children for part in parts[:-1])
    assert not parts[-1].children  # the closing messages are the cherry
    assert max(frame.depth for frame in deck.frames) == 3


def test_it_is_in_french_with_an_english_abstract(deck: Deck) -> None:
    assert deck.lang == "fr"
    assert dict(deck.abstract)["en"]
    assert deck.theme == "chocolat"
    assert deck.author == "Atelier"


def test_titles_can_be_read_from_the_overview(deck: Deck) -> None:
    assert [frame.title for frame in deck.frames if len(frame.title) > 28] == []


def test_every_frame_says_what_the_speaker_says(deck: Deck, contents: Contents) -> None:
    counts = {frame.id: len(_words(contents.content(frame.index).notes).split()) for frame in deck.frames}
    assert {id_: count for id_, count in counts.items() if not 60 <= count <= 170} == {}


def test_the_leads_of_sections_fit_their_bands(deck: Deck, contents: Contents) -> None:
    for frame in deck.frames:
        if not frame.children or "case" in frame.blocks:
            continue
        (lead,) = contents.content(frame.index).blocks
        assert isinstance(lead, Paragraph)
        assert 0 < len(plain_text(lead.inlines)) <= 90, frame.id


def test_the_whole_talk_is_planned_to_the_minute(deck: Deck) -> None:
    path = deck.path("complet")
    assert path is not None
    assert [stop.frame for stop in path.stops] == list(range(len(deck.frames)))
    assert path.minutes == sum(deck.frames[stop.frame].minutes or 0.0 for stop in path.stops) == 45
    assert all(frame.minutes for frame in deck.frames)


@pytest.mark.parametrize(("name", "minutes"), [("court", 20), ("eclair", 5)])
def test_the_shorter_talks_fit_their_time(deck: Deck, name: str, minutes: float) -> None:
    path = deck.path(name)
    assert path is not None
    assert path.minutes == minutes
    planned = sum(deck.frames[stop.frame].minutes or 0.0 for stop in path.stops)
    assert 0.85 * minutes <= planned <= minutes
    first, last = path.stops[0].frame, path.stops[-1].frame
    assert (deck.frames[first].id, deck.frames[last].id) == ("gateau", "fin")


def test_what_may_be_dropped_saves_time(deck: Deck) -> None:
    assert sum(frame.minutes or 0.0 for frame in deck.frames if frame.optional) >= 4


def test_every_picture_is_described_credited_and_there(deck: Deck, contents: Contents) -> None:
    own = [frame for frame in deck.frames if frame.origin is None]
    figures = [
        block for frame in own for block in _inside(contents.content(frame.index).blocks) if isinstance(block, Figure)
    ]
    assert len(figures) >= 8
    for figure in figures:
        assert figure.alt, figure.source
        assert _in_plain_spaces(figure.credit) == CREDIT
    credited = (FOLDER / "CREDITS.md").read_text(encoding="utf-8")
    assert [file.name for file in FOLDER.glob("*.svg") if f"`{file.name}`" not in credited] == []
    shown = {figure.source for figure in figures} | {deck.root.map}
    assert {file.name for file in FOLDER.glob("*.svg")} == shown


def test_it_uses_what_a_deck_can_do(deck: Deck, contents: Contents) -> None:
    parsed = [contents.content(frame.index) for frame in deck.frames]
    blocks = [block for content in parsed for block in _inside(content.blocks)]
    assert sum(isinstance(block, Case) for block in blocks) == 4
    assert sum(isinstance(block, Quote) and bool(block.source) for block in blocks) >= 9
    assert sum(isinstance(block, Table) for block in blocks) == 1
    assert any(isinstance(block, Columns) for block in blocks)
    assert any(isinstance(block, Callout) for block in blocks)
    assert sum(content.steps > 0 for content in parsed) >= 10
    links = {
        run.href
        for block in blocks
        if isinstance(block, Paragraph)
        for run in block.inlines
        if isinstance(run, Text) and run.href
    }
    assert {"#lego", "#telephone"} <= links


def test_its_cases_come_from_the_library_beside_it(deck: Deck, contents: Contents) -> None:
    section = deck.frame("cas")
    assert section is not None
    cases = [deck.frames[index] for index in section.children]
    assert [frame.id for frame in cases] == ["lego", "leclerc", "old-spice", "swiss-vibes"]
    for frame in cases:
        assert frame.origin is not None
        assert frame.origin.file == (LIBRARY / f"{frame.id}.md").resolve()
        (case,) = [block for block in contents.content(frame.index).blocks if isinstance(block, Case)]
        assert tuple(field.name for field in case.fields) == FIELDS
        assert frame.children


def test_the_drawings_need_nothing_but_shapes_and_gradients() -> None:
    allowed = "svg|title|defs|g|path|rect|circle|ellipse|use|linearGradient|radialGradient|stop"
    for file in FOLDER.glob("*.svg"):
        text = file.read_text(encoding="utf-8")
        others = {name for name in re.findall(r"<([A-Za-z]+)", text) if not re.fullmatch(allowed, name)}
        assert others == set(), file.name
        assert not re.search(r"(?:href|src)=\"(?!#)", text)
        assert len(text) < (120_000 if file.name == "cake.svg" else 20_000)


def test_the_cake_has_a_place_for_every_part() -> None:
    cake = (FOLDER / "cake.svg").read_text(encoding="utf-8")
    assert all(f'id="slot{number}"' in cake for number in range(1, ROOT_CHILDREN + 1))
    assert 'id="panel"' in cake
