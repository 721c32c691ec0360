"""What the library says of a deck."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QObject

from atelier.deck.search import fold
from atelier.foundation.translation import set_language
from atelier.windows.deck_summary import DeckSummary, SummaryReader, facts, matches, provisional, summarise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

NOW = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def english_dates() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en"))
    yield
    QLocale.setDefault(before)


def summary(path: Path, **changes: object) -> DeckSummary:
    return replace(DeckSummary(path=path, title="A deck", frames=44, minutes=45.0), **changes)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "changed today"),
        (-1, "changed today"),
        (1, "changed yesterday"),
        (2, "changed on Monday"),
        (6, "changed on Thursday"),
        (7, "changed on 11 March"),
        (300, "changed on 22 May 2025"),
    ],
)
def test_the_day_of_the_last_change(tmp_path: Path, days: int, words: str) -> None:
    then = (NOW - timedelta(days=days)).timestamp()
    assert facts(summary(tmp_path, modified=then), NOW) == f"44 frames · 45 min · {words}"


def test_french_words_and_dates(tmp_path: Path) -> None:
    set_language("fr")
    QLocale.setDefault(QLocale("fr"))
    then = (NOW - timedelta(days=15)).timestamp()
    assert facts(summary(tmp_path, modified=then), NOW) == "44 cadres · 45\u00a0min · modifiée le 3 mars"
    assert facts(summary(tmp_path, frames=1, minutes=None), NOW) == "1 cadre"


def test_trouble_comes_before_facts(tmp_path: Path) -> None:
    assert facts(summary(tmp_path, missing=True), NOW) == "Not found where it was"
    assert facts(summary(tmp_path, problem="This file is not a text."), NOW) == "This file is not a text."


@pytest.mark.parametrize(
    ("name", "title"),
    [("my-great_talk.md", "My great talk"), ("talk/deck.md", "Talk"), ("two words", "Two words")],
)
def test_a_name_stands_in_until_the_deck_is_read(tmp_path: Path, name: str, title: str) -> None:
    known = provisional(tmp_path / name)
    assert known.title == title
    assert known.missing


@pytest.mark.parametrize("name", ["/", "a\0b.md", "x" * 300 + ".md", "<img src=x>.md", "…/deck.md"])
def test_any_path_has_a_card(name: str, tmp_path: Path) -> None:
    found = summarise(tmp_path / name)
    assert found.title
    assert found.frames == 0


def test_a_title_without_end_is_cut(tmp_path: Path) -> None:
    file = tmp_path / "long.md"
    file.write_text("# " + "word " * 5000, encoding="utf-8")
    assert len(summarise(file).title) <= 200


def test_the_longest_path_says_how_long(tmp_path: Path) -> None:
    file = tmp_path / "deck.md"
    file.write_text(
        "---\npaths:\n  long: {minutes: 45}\n  short: {minutes: 5}\n---\n# One\n\n## Two\n", encoding="utf-8"
    )
    found = summarise(tmp_path)
    assert (found.title, found.frames, found.minutes) == ("One", 2, 45.0)
    assert found.world
    assert all(colour.startswith("#") for colour in found.world)


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\xff\xfe\xfa# \x80"])
def test_a_broken_file_never_stops_the_library(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "broken.md"
    file.write_bytes(data)
    found = summarise(file)
    assert found.title
    assert found.problem or found.frames


def test_a_folder_without_a_deck_says_so(tmp_path: Path) -> None:
    found = summarise(tmp_path)
    assert found.problem
    assert not found.missing


def test_every_word_must_be_found(tmp_path: Path) -> None:
    cake = replace(summary(tmp_path), text=fold("Le gâteau à l’œuf"))
    assert matches(cake, "GATEAU oeuf")
    assert matches(cake, "")
    assert not matches(cake, "gâteau chocolat")


def test_decks_are_read_one_at_a_time(qtbot: QtBot, tmp_path: Path) -> None:
    owner = QObject()
    order: list[str] = []

    def read(path: Path) -> DeckSummary:
        order.append(path.name)
        return summary(path)

    def show(found: DeckSummary) -> None:
        order.append(f"{found.path.name} shown")

    reader = SummaryReader(owner, read)
    reader.read.connect(show)
    reader.ask([tmp_path / "a", tmp_path / "b"])
    reader.ask([tmp_path / "b"])
    assert order == []
    qtbot.waitUntil(lambda: len(order) == 4)
    assert order == ["a", "a shown", "b", "b shown"]
    reader.ask([tmp_path / "c"])
    reader.stop()
    qtbot.wait(30)
    assert len(order) == 4


@pytest.mark.parametrize(("minutes", "words"), [(45, "45 min"), (179, "179 min"), (180, "3 h"), (1472, "24.5 h")])
def test_a_course_is_counted_in_hours(tmp_path: Path, minutes: float, words: str) -> None:
    assert facts(summary(tmp_path, minutes=minutes), NOW, brief=True) == f"44 frames · {words}"
