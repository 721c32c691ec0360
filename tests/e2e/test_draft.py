"""`atelier draft` as one runs it: a deck, a talk that was given, questions on a terminal."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from tests.e2e.conftest import InTerminal, until

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Atelier = Callable[..., subprocess.CompletedProcess[str]]

TALK = """# Bread

## Flour

- rye

/// notes
Everything begins with the grain.
///

## Rising

![A loaf](loaf.svg)
"""
LOAF = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="40" height="30"/></svg>'


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    folder = tmp_path / "decks/bread"
    folder.mkdir(parents=True)
    (folder / "deck.md").write_text(TALK)
    (folder / "loaf.svg").write_text(LOAF)
    return folder


def test_a_deck_becomes_drafts_of_every_kind(atelier: Atelier, deck: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = atelier("draft", str(deck), "--to", "markdown,hugo,jekyll,docx", "-o", str(out), "--report")
    assert (done.returncode, done.stderr) == (0, "")
    *written, report = done.stdout.splitlines()
    assert written == [
        str(out / each)
        for each in (
            "bread.md", "bread/loaf.svg", "bread/index.md", "bread/loaf.svg", "_drafts/bread.md",
            "assets/bread/loaf.svg", "bread.docx",
        )
    ]  # fmt: skip
    assert report == "Nothing is private; everything is written."
    with ZipFile(out / "bread.docx") as file:
        assert "word/media/picture1.png" in file.namelist()
    assert "Everything begins with the grain." in (out / "bread.md").read_text()
    assert "![A loaf](bread/loaf.svg)" in (out / "bread.md").read_text()


def test_what_became_of_each_file_is_said_as_json(atelier: Atelier, deck: Path, tmp_path: Path) -> None:
    outcomes: list[list[str]] = []
    for _run in range(2):
        done = atelier("draft", str(deck), "--to", "hugo", "-o", str(tmp_path / "out"), "--json")
        (draft,) = json.loads(done.stdout)
        assert (draft["format"], draft["lang"]) == ("hugo", "en")
        assert [file["file"] for file in draft["files"]] == [
            str(tmp_path / "out/bread" / name) for name in ("index.md", "loaf.svg")
        ]
        outcomes.append([file["outcome"] for file in draft["files"]])
    assert outcomes == [["written", "written"], ["same", "same"]]


def test_a_picture_of_each_frame_needs_no_display(atelier: Atelier, deck: Path, tmp_path: Path) -> None:
    done = atelier("draft", str(deck), "--frames", "--to", "hugo", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "bread/flour.png").read_bytes().startswith(b"\x89PNG")


def test_what_was_changed_by_hand_is_never_lost(atelier: Atelier, deck: Path, tmp_path: Path) -> None:
    file = tmp_path / "bread.md"
    atelier("draft", str(deck), "-o", str(tmp_path))
    file.write_text(file.read_text().replace("the grain", "a good grain"))
    (deck / "deck.md").write_text(TALK.replace("![A loaf]", "It doubles.\n\n![A loaf]"))
    done = atelier("draft", str(deck), "-o", str(tmp_path))
    assert f"{file} (merged with your changes)" in done.stdout
    assert "a good grain" in file.read_text()
    assert "It doubles." in file.read_text()

    (deck / "deck.md").write_text(TALK.replace("the grain", "the mill"))
    done = atelier("draft", str(deck), "-o", str(tmp_path))
    assert done.returncode == 1
    assert "+Everything begins with the mill." in done.stderr
    assert "--conflicts" in done.stderr
    assert "a good grain" in file.read_text()
    atelier("draft", str(deck), "-o", str(tmp_path), "--conflicts", "beside")
    assert "a good grain" in file.read_text()
    assert "the mill" in (tmp_path / "bread.new.md").read_text()


def test_on_a_terminal_one_is_asked(
    atelier: Atelier, terminal: Callable[..., InTerminal], deck: Path, tmp_path: Path
) -> None:
    file = tmp_path / "bread.md"
    atelier("draft", deck)
    file.write_text("mine\n")
    (deck / "deck.md").write_text(TALK.replace("the grain", "the mill"))
    running = terminal("draft", deck)
    running.wait_for("beside [b]?")
    os.write(running.master, b"what\n")
    until(lambda: running.ever_shown.count("beside [b]?") == 2, "the question once more")
    assert file.read_text() == "mine\n"
    os.write(running.master, b"n\n")
    assert running.wait() == 0
    assert "the mill" in file.read_text()


def test_a_template_to_start_from(atelier: Atelier, deck: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.j2"
    own.write_text(atelier("draft", "--print-template", "--to", "hugo").stdout.replace("draft: true", "draft: false"))
    done = atelier("draft", str(deck), "--to", "hugo", "--template", str(own), "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "draft: false" in (tmp_path / "bread/index.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (["nothing"], "No talk is called", 1),
        (["gone.md"], "There is no such file", 1),
        ([], "A deck or a talk is missing", 2),
        (["DECK", "--to", "word"], "There is no draft of the kind", 2),
        (["DECK", "--depth", "9"], "Headings go from level 2 to 6", 2),
        (["DECK", "--lang", "fr"], "no language “fr”", 2),
        (["DECK", "--path", "short"], "no path", 2),
        (["DECK", "--template", "gone.j2"], "cannot be read", 1),
        (["DECK", "-o", "decks"], "over a file of the deck", 1),
    ],
)
def test_what_cannot_be_done_is_said(
    atelier: Atelier, deck: Path, tmp_path: Path, arguments: list[str], words: str, code: int
) -> None:
    done = atelier("draft", *(str(deck) if each == "DECK" else each for each in arguments))
    assert done.returncode == code
    assert words in done.stderr
    assert not list(tmp_path.glob("*.md"))
