"""The tour of the format, in French and in English: both say the same, and what they say is true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.unit.decks.reading import (
    DECKS,
    check_drawings,
    check_pictures,
    faults,
    inside,
    leads,
    planned,
    spoken_words,
    words_of,
)

from atelier.canvas.composition import LAYOUTS
from atelier.commands.table import COMMANDS, STAGE
from atelier.deck.contents import Contents
from atelier.deck.loading import load
from atelier.deck.search import search
from atelier.foundation.texts import deck_path
from atelier.foundation.translation import set_language
from atelier.markup.audience import visible
from atelier.markup.blocks import Activity, Agenda, Case, CodeBlock, Columns, Media, Only, Private
from atelier.markup.blockspec import ACTIVITIES

if TYPE_CHECKING:
    from atelier.deck.types import Deck

FOLDER = DECKS / "tour"
LANGUAGES = ("fr", "en")


@pytest.fixture(scope="module")
def decks() -> dict[str, Deck]:
    return {language: load(FOLDER / f"{language}.md") for language in LANGUAGES}


@pytest.fixture(scope="module")
def contents(decks: dict[str, Deck]) -> dict[str, Contents]:
    return {language: Contents(deck) for language, deck in decks.items()}


def _code(contents: Contents, deck: Deck) -> str:
    """All that stands in fences."""
    blocks = (block for frame in deck.frames for block in inside(contents.content(frame.index).blocks))
    return "\n".join(
        "".join(token.text for token in line)
        for block in blocks
        if isinstance(block, CodeBlock)
        for line in block.lines
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_it(contents: dict[str, Contents], language: str) -> None:
    assert faults(contents[language]) == []


def test_both_have_the_same_frames_in_the_same_places(decks: dict[str, Deck]) -> None:
    def shape(deck: Deck) -> list[tuple[object, ...]]:
        return [
            (f.id, f.parent, f.layout, f.by, f.map, f.background, f.label, f.minutes, f.optional, f.skip, f.ratio)
            for f in deck.frames
        ]

    assert shape(decks["fr"]) == shape(decks["en"])
    assert len(decks["fr"].frames) > 90


def test_both_have_the_same_blocks_and_steps(decks: dict[str, Deck], contents: dict[str, Contents]) -> None:
    for frame in decks["fr"].frames:
        french, english = (contents[language].content(frame.index) for language in LANGUAGES)
        kinds = [[type(block) for block in inside(content.blocks)] for content in (french, english)]
        assert kinds[0] == kinds[1], frame.id
        assert french.steps == english.steps, frame.id


def test_both_have_the_same_paths_and_agenda(decks: dict[str, Deck]) -> None:
    french, english = decks["fr"], decks["en"]
    assert [(path.name, path.stops, path.minutes) for path in french.paths] == [
        (path.name, path.stops, path.minutes) for path in english.paths
    ]
    days = [
        [(block.frame, block.start, block.minutes) for block in deck.agenda[0].blocks] for deck in (french, english)
    ]
    assert days[0] == days[1]


def test_they_are_in_two_languages(decks: dict[str, Deck]) -> None:
    for language, other in (("fr", "en"), ("en", "fr")):
        deck = decks[language]
        assert (deck.lang, deck.author, deck.licence) == (language, "Atelier", "CC BY 4.0")
        assert dict(deck.abstract)[other]
    same = [a.title for a, b in zip(decks["fr"].frames, decks["en"].frames, strict=True) if a.title == b.title]
    assert set(same) <= {"Communication", "Marketing", "Nord"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_frame_has_notes(decks: dict[str, Deck], contents: dict[str, Contents], language: str) -> None:
    words = {frame.id: spoken_words(contents[language], frame.index) for frame in decks[language].frames}
    made = {frame.id for frame in decks[language].frames if frame.made}
    assert [id_ for id_, count in words.items() if count < 8 and id_ not in made] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_leads_of_sections_fit_their_bands(
    decks: dict[str, Deck], contents: dict[str, Contents], language: str
) -> None:
    said = leads(decks[language], contents[language])
    assert {id_: lead for id_, lead in said.items() if not 0 < len(lead) <= 90} == {}


def test_it_begins_with_the_key_to_press(decks: dict[str, Deck], contents: dict[str, Contents]) -> None:
    assert leads(decks["fr"], contents["fr"])["tour"].startswith("Appuyez sur Espace")
    assert leads(decks["en"], contents["en"])["tour"].startswith("Press Space")


@pytest.mark.parametrize("path", ["tour", "express"])
def test_its_paths_fit_their_time(decks: dict[str, Deck], path: str) -> None:
    given, taken = planned(decks["fr"], path)
    assert 0.85 * given <= taken <= given


def test_the_whole_tour_takes_ten_minutes(decks: dict[str, Deck]) -> None:
    assert planned(decks["en"], "tour")[0] == 10


def test_every_layout_is_there_live(decks: dict[str, Deck]) -> None:
    assert {frame.layout for frame in decks["en"].frames if frame.children} >= set(LAYOUTS)
    assert sum(bool(frame.map) for frame in decks["en"].frames) == 2


def test_what_the_path_leaves_out_can_be_flown_to_and_found(decks: dict[str, Deck]) -> None:
    deck = decks["en"]
    shapes = deck.path("shapes")
    assert shapes is not None
    assert {frame.index for frame in deck.frames if frame.skip} <= {stop.frame for stop in shapes.stops}
    assert next(deck.frames[hit.frame].id for hit in search(deck, None, "cherry")) == "cherry"


def test_its_drawing_has_a_place_for_every_part(decks: dict[str, Deck]) -> None:
    sky = (FOLDER / "sky.svg").read_text(encoding="utf-8")
    assert all(f'id="slot{number}"' in sky for number in range(1, len(decks["en"].root.children) + 1))


def test_every_kind_of_block_is_used(decks: dict[str, Deck], contents: dict[str, Contents]) -> None:
    blocks = [b for frame in decks["en"].frames for b in inside(contents["en"].content(frame.index).blocks)]
    for kind in (Activity, Agenda, Case, Columns, Media, Only, Private):
        assert any(isinstance(block, kind) for block in blocks), kind


def test_every_activity_is_named(decks: dict[str, Deck]) -> None:
    file = decks["en"].file
    assert file is not None
    text = file.read_text(encoding="utf-8")
    shown = set(re.findall(r"^/// (\w+)", text, re.MULTILINE))
    listed = set(re.findall(r"`(\w+)`", text.partition("{#more")[2].partition("/// notes")[0]))
    assert shown & set(ACTIVITIES) | listed == set(ACTIVITIES)
    assert len(listed) == 12  # as its title says


@pytest.mark.parametrize("language", LANGUAGES)
def test_fences_show_what_the_program_reads(
    decks: dict[str, Deck], contents: dict[str, Contents], language: str
) -> None:
    code = _code(contents[language], decks[language])
    for word in (
        "{: .steps }", "{: .step }", "/// columns", "/// callout", "/// case", "/// caption", "/// notes",
        "{.plain}", "{.private}", "{#deepest}", "/// only | path=express", "/// only | lang=fr", "redact:", "paths:",
        "{skip=true}", "optional=true", "hl_steps", "$$", "[^back]:", "*[MD]:", "start=0:05", "{lang=de}",
        "theme: nuit", "room: {width: 3m, distance: 12m}", 'ratio="1:1"', "/// poll", "/// levels", "/// rounds",
        "atelier place", "atelier import", "atelier export", "atelier new", "currentColor", "- [x]", "%% ",
    ):  # fmt: skip
        assert word in code, word


def test_the_keys_it_names_are_those_of_the_program(decks: dict[str, Deck]) -> None:
    keys = {key for command in COMMANDS if command.when == STAGE for key in command.keys}
    keys |= {key for command in COMMANDS for key in command.keys if key in {"G", "F1"}}
    named = {"Space", "Right", "Left", "O", "U", "I", "+", "-", "/", "1", "9", "Tab", "Backspace", "B", "W", "G", "F1"}
    assert named | {"Escape"} <= keys


def test_what_is_private_stays_so(decks: dict[str, Deck], contents: dict[str, Contents]) -> None:
    (frame,) = (frame for frame in decks["en"].frames if frame.id == "private")
    seen = visible(contents["en"].content(frame.index).blocks, "", "en")
    said = words_of(seen)
    assert "delighted" in said
    assert "Such" not in said
    assert not any(isinstance(block, Private) for block in inside(seen))


def test_a_path_and_a_language_show_their_own_sentence(decks: dict[str, Deck], contents: dict[str, Contents]) -> None:
    def said(language: str, id_: str, path: str) -> str:
        (frame,) = (frame for frame in decks[language].frames if frame.id == id_)
        return words_of(visible(contents[language].content(frame.index).blocks, path, language))

    assert "hurry" in said("en", "only-path", "express")
    assert "hurry" not in said("en", "only-path", "tour")
    assert "alone" in said("en", "only-lang", "")
    assert "français" in said("fr", "only-lang", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_pictures_are_described_credited_and_there(
    decks: dict[str, Deck], contents: dict[str, Contents], language: str
) -> None:
    check_pictures(FOLDER, decks[language], contents[language], "Atelier, CC BY 4.0")
    check_drawings(FOLDER)
    assert (FOLDER / "chime.wav").stat().st_size < 60_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_folder_opens_in_the_language_of_the_person(language: str) -> None:
    set_language(language)
    assert deck_path(FOLDER) == FOLDER / f"{language}.md"
