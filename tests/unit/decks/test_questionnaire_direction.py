"""The questionnaire for a management: twenty-seven open questions, and what a consultant needs to ask them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.unit.decks.reading import (
    DECKS,
    check_drawings,
    check_pictures,
    faults,
    leads,
    planned,
    spoken_words,
    words_of,
)

from atelier.deck.contents import Contents
from atelier.deck.loading import load
from atelier.markup.activities import Form, Place
from atelier.markup.blocks import Activity, Callout, Paragraph, plain_text

if TYPE_CHECKING:
    from atelier.deck.types import Deck, Frame

FOLDER = DECKS / "questionnaire-direction"
THEMES = ["buts", "comptes", "regles", "ecoute", "chemin", "roles", "place", "apres"]
CLOSED = re.compile(r"(Avez|Êtes|Faites|Est-ce|Y a-t-il)\b")


@pytest.fixture(scope="module")
def deck() -> Deck:
    return load(FOLDER)


@pytest.fixture(scope="module")
def contents(deck: Deck) -> Contents:
    return Contents(deck)


@pytest.fixture(scope="module")
def questions(deck: Deck) -> list[Frame]:
    return [frame for frame in deck.frames if "question" in frame.classes]


def _asked(contents: Contents, frame: Frame) -> str:
    first = contents.content(frame.index).blocks[0]
    assert isinstance(first, Paragraph)
    return re.sub(r"\s+", " ", plain_text(first.inlines))


def test_nothing_is_wrong_with_it(contents: Contents) -> None:
    assert faults(contents) == []


def test_there_are_twenty_seven_questions_each_once(contents: Contents, questions: list[Frame]) -> None:
    asked = [_asked(contents, frame) for frame in questions]
    assert len(asked) == len(set(asked)) == 27
    assert [question for question in asked if not question.endswith("?")] == []
    assert [frame.label for frame in questions] == [str(number) for number in range(1, 28)]


def test_the_questions_are_open(contents: Contents, questions: list[Frame]) -> None:
    assert [asked for frame in questions if CLOSED.match(asked := _asked(contents, frame))] == []


def test_they_stand_under_their_themes(deck: Deck, questions: list[Frame]) -> None:
    counts = dict.fromkeys(THEMES, 0)
    for frame in questions:
        counts[deck.frames[frame.parent].id] += 1
    assert list(counts.values()) == [3, 4, 3, 3, 3, 5, 2, 4]


def test_each_says_what_a_good_answer_is_and_what_silence_means(deck: Deck, questions: list[Frame]) -> None:
    assert deck.file is not None
    text = deck.file.read_text(encoding="utf-8").splitlines()
    for frame in questions:
        after = text[frame.line : frame.line + 32]
        notes = " ".join(after[after.index("/// notes") :])
        assert "**Une bonne réponse**" in notes, frame.id
        assert "**Le silence**" in notes, frame.id


def test_each_has_something_to_look_at(contents: Contents, questions: list[Frame]) -> None:
    for frame in questions:
        assert any(isinstance(block, Callout) for block in contents.content(frame.index).blocks), frame.id


def test_the_profile_asks_about_every_theme_and_what_is_missing_is_placed(deck: Deck, contents: Contents) -> None:
    activities = [
        block for frame in deck.frames for block in contents.content(frame.index).blocks if isinstance(block, Activity)
    ]
    form, place = (activity.task for activity in activities)
    assert isinstance(form, Form)
    titles = [deck.frames[index].title for index in deck.root.children[1:-1]]
    assert [plain_text(line) for theme in form.themes for line in theme.questions] == titles
    assert form.points == 4
    assert isinstance(place, Place)


def test_it_says_beforehand_that_silence_is_normal(deck: Deck, contents: Contents) -> None:
    (frame,) = (frame for frame in deck.frames if frame.id == "portes")
    said = words_of(contents.content(frame.index).blocks)
    assert "sans réponse" in said
    assert "un idéal" in said


def test_every_frame_has_notes_and_titles_are_short(deck: Deck, contents: Contents) -> None:
    words = {frame.id: spoken_words(contents, frame.index) for frame in deck.frames}
    sections = {frame.id for frame in deck.frames if frame.children}
    assert {id_: n for id_, n in words.items() if not (30 if id_ in sections else 50) <= n <= 170} == {}
    assert [frame.title for frame in deck.frames if len(frame.title) > 28] == []


def test_the_leads_of_sections_fit_their_bands(deck: Deck, contents: Contents) -> None:
    assert {id_: lead for id_, lead in leads(deck, contents).items() if not 0 < len(lead) <= 90} == {}


@pytest.mark.parametrize("path", ["complet", "court", "presenter"])
def test_its_paths_fit_their_time(deck: Deck, path: str) -> None:
    given, taken = planned(deck, path)
    assert 0.85 * given <= taken <= given


def test_the_short_path_asks_one_question_of_each_theme_or_more(deck: Deck, questions: list[Frame]) -> None:
    path = deck.path("court")
    assert path is not None
    stops = {stop.frame for stop in path.stops}
    assert {deck.frames[frame.parent].id for frame in questions if frame.index in stops} == set(THEMES)


def test_it_says_whose_it_is(deck: Deck) -> None:
    assert (deck.lang, deck.author, deck.licence, deck.theme) == ("fr", "Atelier", "CC BY 4.0", "clair")
    assert dict(deck.abstract)["en"]


def test_its_pictures_are_described_credited_and_there(deck: Deck, contents: Contents) -> None:
    check_pictures(FOLDER, deck, contents, "Dessin : Atelier, CC BY 4.0")
    check_drawings(FOLDER)


def test_the_house_has_a_room_for_every_part(deck: Deck) -> None:
    house = (FOLDER / "maison.svg").read_text(encoding="utf-8")
    assert all(f'id="slot{number}"' in house for number in range(1, len(deck.root.children) + 1))
