"""What a title begins with, and when that makes a timeline of its frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.canvas.canvas_trees import deck_with, frame

from atelier.canvas.arrange import arrange
from atelier.canvas.moments import in_order, moment
from atelier.canvas.types import Timeline

if TYPE_CHECKING:
    from atelier.canvas.model import Canvas


@pytest.mark.parametrize(
    ("title", "text", "key"),
    [
        ("9:00 Welcome", "9:00", (540,)),
        ("9 h 30 Accueil", "9 h 30", (570,)),
        ("9\u202fh\u202f30 : accueil", "9\u202fh\u202f30", (570,)),
        ("14h", "14h", (840,)),
        ("À 9 heures, le café", "9 heures", (540,)),
        ("2 pm Talks", "2 pm", (840,)),
        ("9.30 a.m. Coffee", "9.30 a.m.", (570,)),
        ("1998 Google", "1998", (1998,)),
        ("(2004) Facebook", "2004", (2004,)),
        ("2004–2006 : les débuts", "2004–2006", (2004,)),
        ("En 1998, un moteur", "1998", (1998,)),
        ("1990s", "1990s", (1990,)),
        ("Années 1990 : le web", "1990", (1990,)),
        ("2024-02-12 Kick-off", "2024-02-12", (2024, 2, 12)),
        ("12/02/2024 Départ", "12/02/2024", (2024, 2, 12)),
        ("02/28/2024 Start", "02/28/2024", (2024, 2, 28)),
        ("1er mars 2024 : fin", "1er mars 2024", (2024, 3, 1)),
        ("12–14 février 2024", "12–14 février 2024", (2024, 2, 12)),
        ("Le 12 février", "12 février", (2, 12)),
        ("March 12, 2024: start", "March 12, 2024", (2024, 3, 12)),
        ("July 4th", "July 4th", (7, 4)),
        ("Mai 2024", "Mai 2024", (2024, 5)),
        ("Janvier : on commence", "Janvier", (1,)),
        ("Q3 2024", "Q3 2024", (2024, 7)),
        ("Lundi 12 février 2024 : début", "Lundi 12 février 2024", (2024, 2, 12)),
        ("Mardi matin", "Mardi", (2,)),
        ("Wed: labs", "Wed", (3,)),
        ("Jour 2 · Écrire", "Jour 2", (2,)),
        ("Week 10", "Week 10", (10,)),
    ],
)
def test_times_and_dates(title: str, text: str, key: tuple[int, ...]) -> None:
    found = moment(title)
    assert found is not None
    assert (found.text, found.key) == (text, key)


@pytest.mark.parametrize(
    "title",
    [
        *("", "…", "Introduction", "1. Install", "1.2.0", "[1.0.0] - 2017-06-20", "2.0 – 2024-05-01", "404 Not found"),
        *("16:9 format", "24 heures du Mans", "25:10", "9:75", "20 000 lieues", "1000 mètres", "2024 roadmap"),
        *("3 raisons", "12 angry men", "5 minutes", "10 h/s", "March of the penguins", "May I help?", "Mars attacks"),
        *("Mon projet", "Sun Microsystems", "Sam Smith", "Module 1", "Step 2", "Chapter 3", "Q1: What is it?"),
        *("Day one", "Days 1", "Année zéro", "40 février", "2024-13-01", "0999 ans", "In 5 minutes", "Le chat"),
    ],
)
def test_titles_that_are_no_moments(title: str) -> None:
    assert moment(title) is None


@given(st.text(max_size=80))
def test_any_title_can_be_read(title: str) -> None:
    found = moment(title)
    assert found is None or found.text in title


@pytest.mark.parametrize(
    "titles",
    [
        ["9:00 Coffee", "9:30 Talks", "12:00 Lunch", "1:30 Labs"],
        ["9:00 Coffee", "Lunch", "1:30 Labs", "3:00 Talks", "5 pm End"],
        ["9 h 00 Accueil", "9 h 30 Lire", "Repas", "14 h Écrire"],
        ["1998", "2004", "2004", "2010"],
        ["2004 Débuts", "Mars 2004 : suite", "12 mars 2004 : fin"],
        ["Jeudi", "Vendredi", "Samedi", "Lundi"],
        ["Novembre", "Décembre", "Janvier"],
        ["30 novembre", "2 décembre", "5 janvier"],
        ["Day 1: Basics", "Day 2: Practice", "Day 3: Show", "What next"],
    ],
)
def test_moments_in_order_make_a_timeline(titles: list[str]) -> None:
    pills = in_order(titles)
    assert len(pills) == len(titles)
    assert all(pill in title for pill, title in zip(pills, titles, strict=True))


@pytest.mark.parametrize(
    "titles",
    [
        ["2024", "2023", "2022"],
        ["9:00 A", "11:00 B", "10:00 C"],
        ["9:00 A", "1:30 B", "1:00 C"],
        ["14:00 A", "15:00 B", "1:00 C"],
        ["9:00 A", "10:00 B"],
        ["9:00 A", "10:00 B", "C"],
        ["9:00 A", "10:00 B", "11:00 C", "D", "E"],
        ["9:00 A", "1998 B", "12 mars"],
        ["2024 A", "2024 B", "2024 C"],
        ["1 h de lecture", "2 h d'écriture", "3 h de pratique"],
        ["Day 1", "Week 2", "Day 3"],
        ["1. Install", "2. Configure", "3. Run"],
        ["Lundi", "Dimanche", "Samedi"],
    ],
)
def test_what_might_be_no_timeline_is_none(titles: list[str]) -> None:
    assert in_order(titles) == ()


def canvas_with(titles: list[str], labels: list[str] | None = None, **root: str) -> Canvas:
    frames = [frame(0, -1, tuple(range(1, len(titles) + 1)), more=root)]
    for i, title in enumerate(titles):
        frames.append(frame(i + 1, 0, more={"title": title, "label": labels[i] if labels else ""}))
    return arrange(deck_with(frames))


AGENDA = ["9:00 Coffee", "9:30 Talks", "12:00 Lunch", "1:30 Labs"]


def test_an_agenda_lies_on_a_timeline_by_itself() -> None:
    canvas = canvas_with(AGENDA)
    art = canvas.root.art
    assert isinstance(art, Timeline)
    assert canvas.root.layout == "timeline"
    assert [mark.label for mark in art.marks] == ["9:00", "9:30", "12:00", "1:30"]
    assert [canvas.places[i].number for i in canvas.root.children] == ["01", "02", "03", "04"]


def test_labels_count_before_titles_and_are_shown_as_they_are() -> None:
    labels = ["9 h – 10 h", "10 h – 12 h", "", "14 h"]
    art = canvas_with(["Lire", "Écrire", "Repas", "Relire"], labels).root.art
    assert isinstance(art, Timeline)
    assert [mark.label for mark in art.marks] == labels
    assert canvas_with(AGENDA, ["A", "B", "C", "D"]).root.layout == "grid"


def test_an_author_s_layout_stands_whatever_the_titles_say() -> None:
    assert canvas_with(AGENDA, layout="grid").root.layout == "grid"
    art = canvas_with(["Un", "1998 : Google", "Trois"], ["", "", "hier"], layout="timeline").root.art
    assert isinstance(art, Timeline)
    assert [mark.label for mark in art.marks] == ["", "1998", "hier"]


def test_a_chronology_too_long_for_a_timeline_is_a_grid_and_nothing_is_said() -> None:
    canvas = canvas_with([str(year) for year in range(1990, 2015)])
    assert canvas.root.layout == "grid"
    assert not canvas.diagnostics
