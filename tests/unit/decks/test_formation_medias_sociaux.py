"""The course that comes with the program: what a trainer relies on in the morning of a day."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.unit.decks.reading import DECKS, check_drawings, faults, spoken_words

from atelier.deck.agenda import clock
from atelier.deck.contents import Contents
from atelier.deck.loading import load
from atelier.markup.activities import Clinic, Quiz, Rounds, Turn
from atelier.markup.blocks import Activity, Agenda, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atelier.deck.types import Day, Deck, Frame

FOLDER = DECKS / "formation-medias-sociaux"
MODULES = {
    "module-1": ("2014-02-12", "2014-02-15"),
    "module-2": ("2014-03-26", "2014-03-29"),
    "module-3": ("2014-05-08", "2014-05-10"),
    "module-4": ("2014-06-25", "2014-06-28"),
    "module-5": ("2014-09-03", "2014-09-06"),
}
KINDS = {
    *("poll", "quiz", "scale", "words", "form", "questions"),
    *("stickies", "vote", "rank", "place", "levels"),
    *("groups", "rounds", "round", "clinic"),
}
LUNCH = 12 * 60.0
MOST_PEOPLE = 25
IN_A_CLINIC = 6


@pytest.fixture(scope="module")
def deck() -> Deck:
    return load(FOLDER)


@pytest.fixture(scope="module")
def contents(deck: Deck) -> Contents:
    return Contents(deck)


@pytest.fixture(scope="module")
def activities(deck: Deck, contents: Contents) -> list[tuple[Frame, Activity]]:
    return [
        (frame, block)
        for frame in deck.frames
        for block in contents.content(frame.index).blocks
        if isinstance(block, Activity)
    ]


def _frame(deck: Deck, id_: str) -> Frame:
    return next(frame for frame in deck.frames if frame.id == id_)


def _all_in(deck: Deck, frame: Frame) -> Iterator[Frame]:
    yield frame
    for child in frame.children:
        yield from _all_in(deck, deck.frames[child])


def _planned(deck: Deck, frame: Frame) -> float:
    return sum(each.minutes or 0.0 for each in _all_in(deck, frame))


def _days_of(deck: Deck, module: str) -> list[Day]:
    first, last = MODULES[module]
    return [day for day in deck.agenda if first <= day.date <= last]


def _own(deck: Deck) -> list[Frame]:
    """The frames of the course itself, without those of the case library."""
    return [frame for frame in deck.frames if frame.origin is None or frame.origin.file.parent == FOLDER]


def test_nothing_is_wrong_with_it(contents: Contents) -> None:
    assert faults(contents) == []


def test_it_is_in_french_with_an_english_abstract(deck: Deck) -> None:
    assert deck.lang == "fr"
    assert "five modules" in dict(deck.abstract)["en"]
    assert (deck.author, deck.theme) == ("Atelier", "craie")


def test_five_modules_lie_on_the_line_of_the_year(deck: Deck) -> None:
    assert deck.root.layout == "timeline"
    modules = [deck.frames[index] for index in deck.root.children if deck.frames[index].id in MODULES]
    assert [frame.id for frame in modules] == list(MODULES)
    assert [frame.label for frame in modules] == [
        "12–15 février",
        "26–29 mars",
        "8–10 mai",
        "25–28 juin",
        "3–6 septembre",
    ]


def test_the_dates_are_those_of_2014(deck: Deck) -> None:
    assert len(deck.agenda) == 19
    for module, (first, last) in MODULES.items():
        days = [date.fromisoformat(day.date) for day in _days_of(deck, module)]
        assert (days[0].isoformat(), days[-1].isoformat()) == (first, last)
        assert [(later - sooner).days for sooner, later in pairwise(days)] == [1] * (len(days) - 1)


def test_every_day_has_breaks_lunch_at_noon_and_ends_when_it_says(deck: Deck) -> None:
    for day in deck.agenda:
        breaks = [block for block in day.blocks if block.frame is None]
        assert len(breaks) >= 2, day.title
        assert [block.start for block in breaks if block.at is not None] == [LUNCH], day.title
        ends = [block.start + block.minutes for block in day.blocks]
        assert ends[:-1] == [block.start for block in day.blocks[1:]], day.title
        assert ends[-1] == day.end, day.title


def test_the_agenda_gives_each_session_the_time_planned_in_the_text(deck: Deck) -> None:
    for day in deck.agenda:
        for block in day.blocks:
            if block.frame is not None:
                planned = _planned(deck, deck.frames[block.frame])
                assert block.minutes - 10 <= planned <= block.minutes, block.title


def test_every_session_of_a_day_is_in_its_agenda_at_the_hour_it_shows(deck: Deck) -> None:
    begins = {block.frame: block.start for day in deck.agenda for block in day.blocks if block.frame is not None}
    days = [frame for frame in deck.frames if re.fullmatch(r"module-\d-jour-\d", frame.id)]
    assert len(days) == len(deck.agenda)
    for day in days:
        assert day.layout == "timeline"
        for index in day.children:
            hour = clock(begins[index]).replace(":", " h ")
            assert (deck.frames[index].label or "").replace("\u00a0", " ") == hour, deck.frames[index].id


def test_every_day_opens_with_its_own_agenda(deck: Deck, contents: Contents) -> None:
    shown = [
        block.day
        for frame in deck.frames
        for block in contents.content(frame.index).blocks
        if isinstance(block, Agenda)
    ]
    assert shown == list(range(1, 20))


def test_every_module_has_aims_activities_and_a_clinic(deck: Deck, activities: list[tuple[Frame, Activity]]) -> None:
    for module in MODULES:
        inside = {frame.index for frame in _all_in(deck, _frame(deck, module))}
        kinds = Counter(block.kind for frame, block in activities if frame.index in inside)
        assert kinds["clinic"] == 1, module
        assert kinds.total() >= 10, module
        assert any(deck.frames[index].id == f"{module}-buts" for index in inside)
        assert any(deck.frames[index].id.startswith(f"{module}-devoirs") for index in inside) or module == "module-5"


def test_it_uses_every_kind_of_activity_and_no_other(activities: list[tuple[Frame, Activity]]) -> None:
    assert {block.kind for _, block in activities} == KINDS
    ids = [block.id for _, block in activities]
    assert all(ids)
    assert len(set(ids)) == len(ids)


def test_activities_fit_the_time_of_their_frames(activities: list[tuple[Frame, Activity]]) -> None:
    for frame, block in activities:
        task, room = block.task, frame.minutes or 0.0
        needed = block.minutes or 0.0
        if isinstance(task, Rounds):
            needed = sum(each.minutes or 0.0 for each in task.rounds) * task.repeat
        elif isinstance(task, Turn):
            needed = (task.each or 0.0) * MOST_PEOPLE
        elif isinstance(task, Clinic):
            needed = (task.each or 0.0) * IN_A_CLINIC
        assert 0 < needed <= room, frame.id
        if isinstance(task, Quiz):
            assert any(answer.right for answer in task.answers), frame.id


def test_the_first_day_has_all_it_needs(deck: Deck, activities: list[tuple[Frame, Activity]]) -> None:
    inside = list(_all_in(deck, _frame(deck, "module-1-jour-1")))
    kinds = [block.kind for frame, block in activities if frame in inside]
    expected = ["round", "words", "poll", "place", "rounds", "levels", "rounds", "stickies", "form", "round"]
    assert kinds == expected
    assert sum("case" in frame.blocks for frame in inside) == 3
    assert (deck.agenda[0].start, deck.agenda[0].blocks[1].start) == (8.25 * 60, 9 * 60)
    path = deck.path("jour-1")
    assert path is not None
    assert {stop.frame for stop in path.stops} == {frame.index for frame in [*inside, _frame(deck, "module-1-buts")]}


def test_there_is_a_path_for_every_day_and_module_and_a_short_one(deck: Deck) -> None:
    names = {path.name for path in deck.paths}
    assert names >= {"presentation", *MODULES, *(f"jour-{number}" for number in range(1, 20))}
    for path in deck.paths:
        if path.minutes:
            planned = sum(deck.frames[stop.frame].minutes or 0.0 for stop in path.stops)
            assert abs(planned - path.minutes) <= 0.5, path.name


def test_every_frame_tells_the_trainer_what_to_do(deck: Deck, contents: Contents) -> None:
    for frame in _own(deck):
        assert spoken_words(contents, frame.index) >= 12, frame.id
    first = [frame for frame in _all_in(deck, _frame(deck, "module-1-jour-1")) if frame in _own(deck)]
    full = [spoken_words(contents, frame.index) for frame in first if not frame.children]
    assert min(full) >= 55


def test_titles_can_be_read_from_the_overview(deck: Deck) -> None:
    assert [frame.title for frame in _own(deck) if len(frame.title) > 31] == []


def test_every_picture_is_described_credited_and_there(deck: Deck, contents: Contents) -> None:
    figures = [
        block for frame in _own(deck) for block in contents.content(frame.index).blocks if isinstance(block, Figure)
    ]
    drawings = {file.name for file in FOLDER.glob("*.svg")}
    assert {figure.source for figure in figures} == drawings
    assert all(figure.alt and "CC BY 4.0" in figure.credit for figure in figures)
    credited = (FOLDER / "CREDITS.md").read_text(encoding="utf-8")
    assert [name for name in drawings if f"`{name}`" not in credited] == []


def test_the_drawings_need_nothing_but_shapes() -> None:
    check_drawings(FOLDER)


def test_the_worksheets_are_a_deck_to_print_by_itself() -> None:
    sheets = load(FOLDER / "fiches.md")
    assert faults(Contents(sheets)) == []
    assert sheets.theme == "clair"
    assert 1.41 < sheets.ratio < 1.42  # A4 across
    messages = [frame for frame in sheets.frames if frame.id.startswith("messages-")]
    assert sum(len(re.findall(r"^\| \d+ \|", frame.source, re.MULTILINE)) for frame in messages) == 20
