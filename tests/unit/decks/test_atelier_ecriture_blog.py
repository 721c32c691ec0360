"""The workshop on writing for a blog: what a trainer relies on when the day begins at nine."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.unit.decks.reading import DECKS, check_drawings, check_pictures, faults, inside, leads, planned, spoken_words

from atelier.deck.contents import Contents
from atelier.deck.loading import load
from atelier.markup.activities import Quiz, Rounds
from atelier.markup.blocks import Activity, Agenda, Table, plain_text

if TYPE_CHECKING:
    from atelier.deck.types import Deck, Frame
    from atelier.markup.blocks import Block

FOLDER = DECKS / "atelier-ecriture-blog"
KINDS = {"groups", "quiz", "round", "rounds", "scale", "stickies", "vote"}


@pytest.fixture(scope="module")
def deck() -> Deck:
    return load(FOLDER)


@pytest.fixture(scope="module")
def contents(deck: Deck) -> Contents:
    return Contents(deck)


@pytest.fixture(scope="module")
def blocks(deck: Deck, contents: Contents) -> list[tuple[Frame, Block]]:
    return [(frame, block) for frame in deck.frames for block in inside(contents.content(frame.index).blocks)]


def _planned(deck: Deck, frame: Frame) -> float:
    return (frame.minutes or 0.0) + sum(_planned(deck, deck.frames[child]) for child in frame.children)


def test_nothing_is_wrong_with_it(contents: Contents) -> None:
    assert faults(contents) == []


def test_the_day_goes_from_nine_to_five_with_lunch_on_site(deck: Deck) -> None:
    (day,) = deck.agenda
    assert (day.start, day.end) == (9 * 60, 17 * 60)
    last = day.blocks[-1]
    assert last.start + last.minutes == 17 * 60
    (lunch,) = (block for block in day.blocks if block.title == "Repas sur place")
    assert (lunch.start, lunch.minutes) == (12 * 60, 75)
    times = [(block.start, block.start + block.minutes) for block in day.blocks]
    assert all(end == start for (_, end), (start, _) in pairwise(times))


def test_every_part_is_in_the_agenda_at_the_time_on_its_card(deck: Deck) -> None:
    starts = {block.frame: block.start for block in deck.agenda[0].blocks if block.frame is not None}
    assert list(starts) == list(deck.root.children)
    for index, start in starts.items():
        assert deck.frames[index].label == f"{int(start) // 60}:{int(start) % 60:02d}"


def test_what_is_planned_fits_its_part_of_the_day(deck: Deck) -> None:
    for block in deck.agenda[0].blocks:
        if block.frame is not None:
            taken = _planned(deck, deck.frames[block.frame])
            assert 0.75 * block.minutes <= taken <= block.minutes, block.title


def test_the_morning_takes_the_four_levers_and_the_afternoon_the_loop(deck: Deck) -> None:
    ids = [deck.frames[index].id for index in deck.root.children]
    assert ids[2:8] == ["titre", "format", "sujet", "voix", "boucle", "second-tour"]


def test_people_work_in_every_part(deck: Deck, blocks: list[tuple[Frame, Block]]) -> None:
    activities = [(frame, block) for frame, block in blocks if isinstance(block, Activity)]
    assert {activity.kind for _, activity in activities} == KINDS
    working = {frame.parent for frame, _ in activities}
    assert working == set(deck.root.children)
    assert len({activity.id for _, activity in activities}) == len(activities)


def test_the_loop_is_gone_through_twice(blocks: list[tuple[Frame, Block]]) -> None:
    rounds = {block.id: block.task for _, block in blocks if isinstance(block, Activity) and block.kind == "rounds"}
    for name in ("tour-1", "tour-2"):
        task = rounds[name]
        assert isinstance(task, Rounds)
        words = [plain_text(each.words) for each in task.rounds]
        for said, begins in zip(words, ("Écrire", "Être lu", "Corriger", "Réécrire"), strict=True):
            assert said.startswith(begins)
        assert all(each.minutes for each in task.rounds)


def test_rounds_fit_the_frame_they_are_in(blocks: list[tuple[Frame, Block]]) -> None:
    for frame, block in blocks:
        if isinstance(block, Activity) and isinstance(block.task, Rounds):
            assert sum(each.minutes or 0.0 for each in block.task.rounds) <= (frame.minutes or 0.0), frame.id


def test_the_quiz_has_one_right_answer(blocks: list[tuple[Frame, Block]]) -> None:
    (quiz,) = (block.task for _, block in blocks if isinstance(block, Activity) and block.kind == "quiz")
    assert isinstance(quiz, Quiz)
    assert sum(answer.right for answer in quiz.answers) == 1


def test_titles_and_openings_are_shown_before_and_after_and_said_to_be_invented(
    blocks: list[tuple[Frame, Block]],
) -> None:
    tables = {frame.id: block for frame, block in blocks if isinstance(block, Table)}
    for id_ in ("titres-avant-apres", "debuts"):
        assert [plain_text(cell.inlines) for cell in tables[id_].header] == ["Avant", "Après"]
        assert len(tables[id_].rows) >= 3
    text = (FOLDER / "deck.md").read_text(encoding="utf-8")
    for id_ in ("deux-textes", "devinette", "titres-avant-apres", "cinq-moules", "bouche", "debuts"):
        assert "invent" in text.partition(f"{{#{id_} ")[2].partition("\n### ")[0], id_


def test_exercises_say_what_to_do_and_what_goes_wrong() -> None:
    text = (FOLDER / "deck.md").read_text(encoding="utf-8")
    for word, least in (("**Consigne", 8), ("**Piège :**", 10), ("**Matériel :**", 3)):
        assert text.count(word) >= least, word


def test_every_frame_has_notes_and_titles_are_short(deck: Deck, contents: Contents) -> None:
    words = {frame.id: spoken_words(contents, frame.index) for frame in deck.frames}
    sections = {frame.id for frame in deck.frames if frame.children}
    assert {id_: n for id_, n in words.items() if not (20 if id_ in sections else 60) <= n <= 190} == {}
    assert [frame.title for frame in deck.frames if len(frame.title) > 28] == []


def test_the_leads_of_sections_fit_their_bands(deck: Deck, contents: Contents) -> None:
    assert {id_: lead for id_, lead in leads(deck, contents).items() if not 0 < len(lead) <= 90} == {}


def test_the_programme_is_shown(blocks: list[tuple[Frame, Block]]) -> None:
    assert [frame.id for frame, block in blocks if isinstance(block, Agenda)] == ["programme"]


@pytest.mark.parametrize("path", ["journee", "matinee", "presenter"])
def test_its_paths_fit_their_time(deck: Deck, path: str) -> None:
    given, taken = planned(deck, path)
    assert 0.85 * given <= taken <= given


def test_it_says_whose_it_is(deck: Deck) -> None:
    assert (deck.lang, deck.author, deck.licence, deck.theme) == ("fr", "Atelier", "CC BY 4.0", "craie")
    assert dict(deck.abstract)["en"]


def test_its_pictures_are_described_credited_and_there(deck: Deck, contents: Contents) -> None:
    check_pictures(FOLDER, deck, contents, "Dessin : Atelier, CC BY 4.0")
    check_drawings(FOLDER)
