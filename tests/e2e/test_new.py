"""`atelier new`: a deck to start from, in one's own language, and what to type next."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Atelier = Callable[..., subprocess.CompletedProcess[str]]

OK, BAD_INPUT, WRONG_USAGE = 0, 1, 2


def commands(done: subprocess.CompletedProcess[str]) -> list[list[str]]:
    """The commands it says to type next, as a shell takes them apart."""
    return [shlex.split(line) for line in done.stdout.splitlines() if line.startswith("    atelier ")]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("template", ["talk", "course", "plain"])
def test_a_deck_to_start_from_is_right_in_every_way_one_can_check(atelier: Atelier, template: str, lang: str) -> None:
    made = atelier("new", "my deck", "--template", template, lang=lang)
    assert (made.returncode, made.stderr) == (OK, "")
    checked = atelier("check", "--layout", "my deck", lang=lang)
    assert (checked.returncode, checked.stdout, checked.stderr) == (OK, "", "")


def test_what_it_says_to_type_next_works(atelier: Atelier) -> None:
    made = atelier("new", "l'été & co")
    present, check = commands(made)
    assert present == ["atelier", "present", "--windowed", "l'été & co"]
    assert atelier(*check[1:]).returncode == OK


def test_the_deck_speaks_the_language_of_the_person(atelier: Atelier, tmp_path: Path) -> None:
    for lang in ("en", "fr"):
        atelier("new", lang, lang=lang)
        assert f"lang: {lang}\n" in (tmp_path / lang / "deck.md").read_text(encoding="utf-8")


def test_a_folder_called_like_an_option(atelier: Atelier, tmp_path: Path) -> None:
    made = atelier("new", "--template", "plain", "--", "-x")
    assert made.returncode == OK
    assert (tmp_path / "-x" / "deck.md").is_file()
    assert atelier(*commands(made)[1][1:]).returncode == OK


def test_no_folder_is_called_like_a_home(atelier: Atelier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert atelier("new", "~/talk").returncode == OK
    assert (tmp_path / "home/talk/deck.md").exists()
    assert not (tmp_path / "~").exists()


def test_here_is_a_folder_too(atelier: Atelier, tmp_path: Path) -> None:
    assert atelier("new", ".", "--template", "plain").returncode == OK
    assert (tmp_path / "deck.md").is_file()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_nothing_is_overwritten(atelier: Atelier, tmp_path: Path, lang: str) -> None:
    (tmp_path / "talk").mkdir()
    (tmp_path / "talk/mine.txt").write_text("mine", encoding="utf-8")
    done = atelier("new", "talk", lang=lang)
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert "mine.txt" in done.stderr
    assert [file.name for file in (tmp_path / "talk").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("arguments", [(), ("a", "b"), ("a", "--template", "opera")])
def test_wrong_usage(atelier: Atelier, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = atelier("new", *arguments)
    assert (done.returncode, done.stdout) == (WRONG_USAGE, "")
    assert list(tmp_path.iterdir()) == []
