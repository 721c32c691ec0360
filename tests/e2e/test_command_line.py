"""The command line as a person or a script meets it: answers, sentences, exit codes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from atelier.cli.arguments import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable

    Atelier = Callable[..., subprocess.CompletedProcess[str]]

PROGRAM = Path(sys.executable).with_name("atelier")
OK, BAD_INPUT, WRONG_USAGE = 0, 1, 2


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What was said on stderr, which has to be words for a person."""
    assert done.stdout == ""
    assert done.stderr.startswith("atelier: ")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_version(atelier: Atelier) -> None:
    done = atelier("--version")
    assert (done.returncode, done.stderr) == (OK, "")
    assert done.stdout.startswith("atelier ")
    assert done.stdout.split()[1][0].isdigit()


def test_help_names_every_command(atelier: Atelier) -> None:
    done = atelier("--help")
    assert (done.returncode, done.stderr) == (OK, "")
    assert set(re.findall(r"^    ([a-z]+) ", done.stdout, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_says_what_it_does_and_what_it_takes(atelier: Atelier, command: str) -> None:
    done = atelier(command, "--help")
    assert (done.returncode, done.stderr) == (OK, "")
    usage, description = done.stdout.split("\n\n")[:2]
    assert usage.startswith(f"usage: atelier {command} ")
    assert description.endswith(".")
    for option in re.findall(r"--[a-z]+(?:-[a-z]+)*", usage):
        assert re.search(rf"^  (-\w( [A-Z]+)?, )?{option}( [A-Z]+)?(.*\n +| +)\w", done.stdout, re.MULTILINE)


def test_help_that_nobody_reads_is_no_error(tmp_path: Path) -> None:
    script = f'"{PROGRAM}" export --help | true'
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("command", ["present", "export", "check"])
def test_a_file_that_is_not_there(atelier: Atelier, command: str, lang: str) -> None:
    done = atelier(command, "chocolate.md", lang=lang)
    assert done.returncode == BAD_INPUT
    assert "chocolate.md" in sentence(done)


@pytest.mark.parametrize("deck", ["chocolate.md", "talks/chocolate", "./chocolate", "x" * 5000 + ".md"])
def test_a_deck_needs_no_command_even_where_there_is_none(atelier: Atelier, deck: str) -> None:
    done = atelier(deck)
    assert done.returncode == BAD_INPUT
    assert deck.rpartition("/")[2] in sentence(done)
    assert "present" not in done.stderr


def test_a_folder_without_a_deck(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = atelier("export", tmp_path / "empty")
    assert done.returncode == BAD_INPUT
    assert "empty" in sentence(done)
    assert "deck.md" in done.stderr


def test_a_file_that_cannot_be_read(atelier: Atelier, tmp_path: Path) -> None:
    # A link to itself: unlike a file without permissions, even the superuser cannot read it.
    (tmp_path / "round.md").symlink_to("round.md")
    done = atelier("export", tmp_path / "round.md")
    assert done.returncode == BAD_INPUT
    assert "round.md" in sentence(done)


def test_a_place_that_cannot_be_written_to(atelier: Atelier, tmp_path: Path) -> None:
    deck = tmp_path / "talk.md"
    deck.write_text("# A talk\n", encoding="utf-8")
    done = atelier("export", deck, "-o", deck)
    assert done.returncode == BAD_INPUT
    assert "talk.md" in sentence(done)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("dance",),
        ("x" * 5000,),
        ("--faster",),
        ("present",),
        ("present", "talk.md", "--motion", "jumpy"),
        ("export",),
        ("check",),
        ("check", "talk.md", "other.md"),
        ("new",),
        ("new", "talk", "--template", "opera"),
        ("doctor", "talk.md", "other.md"),
        ("export", "talk.md", "--to", "punched-cards"),
        ("export", "talk.md", "--height", "tall"),
        ("export", "talk.md", "--height", "0"),
        ("export", "talk.md", "--path", "nowhere"),
    ],
    ids=lambda arguments: " ".join(arguments)[:60],
)
def test_wrong_usage(atelier: Atelier, tmp_path: Path, arguments: tuple[str, ...], lang: str) -> None:
    (tmp_path / "talk.md").write_text("# A talk\n", encoding="utf-8")
    done = atelier(*arguments, lang=lang)
    assert done.returncode == WRONG_USAGE
    assert sentence(done)


def test_sentences_are_in_the_language_of_the_person(atelier: Atelier) -> None:
    english, french = (atelier("export", "chocolate.md", lang=lang).stderr for lang in ("en", "fr"))
    assert english != french
    # The wording of argparse itself is English whatever the language, so it must not be what one sees.
    english, french = (atelier("dance", lang=lang).stderr for lang in ("en", "fr"))
    assert english != french
    assert "invalid choice" not in french


@pytest.mark.parametrize("arguments", [("present", "talk.md"), ()], ids=["present", "library"])
def test_without_a_display_a_window_is_refused_in_words(
    atelier: Atelier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "talk.md").write_text("# A talk\n", encoding="utf-8")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    done = atelier(*arguments)
    assert done.returncode == BAD_INPUT
    assert sentence(done)


def test_a_deck_becomes_a_page_and_a_picture_a_stop(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text("# A talk\n\nHello.\n\n## One\n\nFirst.\n\n## Two\n\nSecond.\n", encoding="utf-8")
    done = atelier("export", "talk.md", "--to", "pdf,png", "-o", "out")
    assert (done.returncode, done.stderr) == (OK, "")
    assert sorted(file.suffix for file in (tmp_path / "out").iterdir()) == [".pdf", ".png", ".png", ".png"]
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "out/talk.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = text.split("\f")[:-1]
    assert len(pages) == 3
    assert "First." in pages[1]
    assert "Second." in pages[2]


def test_bytes_that_are_not_utf8_leave_the_rest_to_be_shown(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_bytes(b"# A talk\n\nHello.\n\n## Caf\xe9\n\nFirst.\n\n## Two\n\nSecond.\n")
    done = atelier("export", "talk.md", "-o", "out")
    assert done.returncode == OK
    assert "Traceback" not in done.stderr
    text = subprocess.run(
        ["pdftotext", tmp_path / "out/talk.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "First." in text
    assert "Second." in text
