"""The decks one starts from: whole or not at all, and nothing of anybody's overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.app import creating
from atelier.app.checking import check
from atelier.app.creating import create, title_of
from atelier.cli.arguments import TEMPLATES as TEMPLATE_NAMES
from atelier.deck.loading import load
from atelier.foundation import folders
from atelier.foundation.errors import InputError
from atelier.foundation.resources import TEMPLATES
from atelier.foundation.translation import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATE_NAMES)
def test_a_deck_to_start_from_has_nothing_wrong(tmp_path: Path, template: str, language: str) -> None:
    created = create(tmp_path / "deck", template, language)
    deck = load(created.folder)
    assert deck.lang == language
    assert [str(found) for found in check(created.folder).diagnostics] == []
    assert created.frames == len(deck.frames)


def test_every_template_has_its_text_in_every_language() -> None:
    texts = {(text.parent.parent.name, text.parent.name) for text in TEMPLATES.glob("*/*/deck.md")}
    assert texts == {(name, language) for name in TEMPLATE_NAMES for language in LANGUAGES}


def test_the_languages_of_a_template_say_the_same() -> None:
    for template in TEMPLATE_NAMES:
        decks = [load(TEMPLATES / template / language) for language in LANGUAGES]
        shapes = [[(frame.depth, frame.layout, frame.minutes, frame.blocks) for frame in deck.frames] for deck in decks]
        assert shapes[0] == shapes[1]
        minutes = [[path.minutes for path in deck.paths] for deck in decks]
        assert minutes[0] == minutes[1]


def test_the_talk_shows_what_the_format_can_do() -> None:
    text = (TEMPLATES / "talk/en/deck.md").read_text(encoding="utf-8")
    for sign in ("/// notes", "/// columns", "/// callout", "/// private", "{: .steps }", "data-credit", "> ", "```"):
        assert sign in text


def test_what_is_plain_stays_plain(tmp_path: Path) -> None:
    folder = create(tmp_path / "plain", "plain", "en").folder
    assert [file.name for file in folder.iterdir()] == ["deck.md"]
    text = (folder / "deck.md").read_text(encoding="utf-8")
    assert not any(sign in text for sign in ("---", "///", "{", "<"))


def test_folders_above_are_made_too(tmp_path: Path) -> None:
    created = create(tmp_path / "talks/2026/cake", "plain", "en")
    assert created.folder == tmp_path / "talks/2026/cake"
    assert created.title == "Cake"


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    create(tmp_path, "plain", "en")
    assert (tmp_path / "deck.md").is_file()
    assert (tmp_path / ".git").is_dir()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"deck\.md"):
        create(tmp_path, "talk", "en")
    assert [file.name for file in tmp_path.iterdir()] == ["deck.md"]
    assert (tmp_path / "deck.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("kind", ["file", "dangling link", "below a file"])
def test_what_is_in_the_way_is_left_alone(tmp_path: Path, kind: str) -> None:
    there = tmp_path / "cake"
    if kind == "dangling link":
        there.symlink_to("nowhere")
    else:
        there.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        create(there / "talk" if kind == "below a file" else there, "talk", "en")
    assert refused.value.hint
    assert [entry.name for entry in tmp_path.iterdir()] == ["cake"]


@pytest.mark.parametrize("before", [[], ["talks", "talks/cake"]], ids=["not there", "empty"])
def test_a_folder_that_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: list[str]
) -> None:
    for name in before:
        (tmp_path / name).mkdir()
    write = folders._write  # pyright: ignore[reportPrivateUsage]

    def full_disk(folder: Path, files: Mapping[str, bytes | Path], written: list[Path]) -> None:
        write(folder, {name: data for name, data in files.items() if name != "deck.md"}, written)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "_write", full_disk)
    with pytest.raises(InputError, match="cannot be made"):
        create(tmp_path / "talks/cake", "talk", "en")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "title"),
    [("gateau-au-chocolat", "Gateau au chocolat"), ("my_talk  2", "My talk 2"), ("été", "Été"), ("--", "")],
)
def test_a_title_is_made_of_the_folders_name(name: str, title: str) -> None:
    assert title_of(name) == title


@pytest.mark.parametrize(
    "name", ["# {#id .private}", "*a* <b> [c](d)", "a // b $x^2$", "---", "///", "%%", "`", "1. a"]
)
def test_the_signs_of_a_name_are_no_markup(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name.replace("/", "∕")
    created = create(folder, "plain", "en")
    deck = load(created.folder)
    assert len(deck.frames) == 4
    assert deck.title in (title_of(folder.name), "Untitled")
    assert not deck.frames[0].private


@given(st.text(max_size=40))
def test_any_name_makes_a_deck_of_four_frames(name: str) -> None:
    deck = creating.deck_of("plain", "en", name)
    assert len(deck.frames) == 4
    assert [str(found) for found in deck.diagnostics] == []
