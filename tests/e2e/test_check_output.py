"""What `atelier check` says: to an author in a terminal, to an editor in a pipe, to a program in JSON."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import InTerminal

    Atelier = Callable[..., subprocess.CompletedProcess[str]]
    InATerminal = Callable[..., InTerminal]

OK, BAD_INPUT = 0, 1
PROGRAM = Path(sys.executable).with_name("atelier")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
DECK = """---
titel: Three ways
---

# The cake {#cake}

## A muffin

![](muffin.jpg) beside [the dough](#dough)

## An iced cake

/// colums
What stands here is hidden.
///
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "cake.md"
    file.write_text(DECK, encoding="utf-8")
    return file


@pytest.fixture
def long_deck(tmp_path: Path) -> Path:
    """One that takes seconds to check."""
    frames = (f"## Frame {n}\n\nA **word**, [a link](#nowhere-{n}).\n" for n in range(4000))
    file = tmp_path / "long.md"
    file.write_text("# Long\n\n" + "\n".join(frames), encoding="utf-8")
    return file


def test_a_pipe_gets_one_line_a_finding(atelier: Atelier, deck: Path) -> None:
    done = atelier("check", deck)
    assert (done.returncode, done.stderr) == (BAD_INPUT, "")
    lines = done.stdout.splitlines()
    for line in lines:
        assert re.fullmatch(r"cake\.md(:\d+){0,2}: (error|warning|hint): .+ \[[a-z0-9-]+\]", line)
    assert [line for line in lines if line.startswith("cake.md:13: error: ") and "columns" in line]


def test_a_deck_without_fault_is_passed_over_in_silence(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# A talk\n\n## One\n\nFirst.\n", encoding="utf-8")
    done = atelier("check", "good.md")
    assert (done.returncode, done.stdout, done.stderr) == (OK, "", "")


def test_warnings_alone_are_no_failure(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "warned.md").write_text("# A talk\n\n[There](#nowhere)\n", encoding="utf-8")
    done = atelier("check", "warned.md")
    assert done.returncode == OK
    assert "warning" in done.stdout


def test_the_words_are_in_the_language_of_the_person_and_the_codes_are_not(atelier: Atelier, deck: Path) -> None:
    english, french = (json.loads(atelier("check", "--json", deck, lang=lang).stdout) for lang in ("en", "fr"))
    assert [each["code"] for each in english["findings"]] == [each["code"] for each in french["findings"]]
    assert [each["severity"] for each in english["findings"]] == [each["severity"] for each in french["findings"]]
    assert english["findings"][0]["message"] != french["findings"][0]["message"]


def test_the_json_is_whole(atelier: Atelier, deck: Path) -> None:
    done = atelier("check", deck, "--json")
    assert (done.returncode, done.stderr) == (BAD_INPUT, "")
    value = json.loads(done.stdout)
    assert value["version"] == 1
    assert value["file"] == str(deck)
    assert value["counts"]["error"] == 1
    assert sum(value["counts"].values()) == len(value["findings"])
    for finding in value["findings"]:
        assert set(finding) == {"file", "line", "column", "severity", "code", "message", "hint", "more"}


@pytest.mark.parametrize("json_too", [(), ("--json",)], ids=["words", "json"])
def test_a_deck_that_cannot_be_read_is_said_on_stderr(atelier: Atelier, json_too: tuple[str, ...]) -> None:
    done = atelier("check", "nothing.md", *json_too)
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert "nothing.md" in done.stderr


def test_a_reader_who_leaves_is_no_error(deck: Path, tmp_path: Path) -> None:
    script = f'"{PROGRAM}" check "{deck}" | true; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_a_full_disk_is_said_in_words(deck: Path, tmp_path: Path) -> None:
    script = f'"{PROGRAM}" check "{deck}" >/dev/full'
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == BAD_INPUT
    assert done.stderr.startswith("atelier: ")
    assert "Traceback" not in done.stderr


def test_a_terminal_shows_frames_lines_and_marks(terminal: InATerminal, deck: Path) -> None:
    shown = terminal("check", deck)
    assert shown.wait() == BAD_INPUT
    assert COLOUR.search(shown.shown)
    lines = shown.words.splitlines()
    assert [line for line in lines if line in {"Front matter", "A muffin", "An iced cake"}] == [
        "Front matter",
        "A muffin",
        "An iced cake",
    ]
    quote = lines.index("     2 │ titel: Three ways")
    assert lines[quote + 1] == "       │ ^^^^^"
    assert lines[-1].startswith("1 error, ")
    assert "cake.md:13  block-unknown" in shown.words
    assert not [line for line in lines if line != line.rstrip()]


def test_a_terminal_can_open_the_place(terminal: InATerminal, deck: Path) -> None:
    shown = terminal("check", deck)
    shown.wait()
    assert re.search(rf"\x1b\]8;[^;]*;{re.escape(deck.as_uri())}\x1b", shown.shown)


def test_a_deck_without_fault_is_said_to_be_so(terminal: InATerminal, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# A talk\n\n## One\n\nFirst.\n", encoding="utf-8")
    shown = terminal("check", "good.md")
    assert shown.wait() == OK
    assert shown.words == "No problems\n"
    assert "\x1b[1;32m" in shown.shown


@pytest.mark.parametrize("columns", [20, 120])
def test_no_line_is_longer_than_the_terminal(terminal: InATerminal, deck: Path, columns: int) -> None:
    shown = terminal("check", deck, columns=columns)
    shown.wait()
    assert max(len(line) for line in shown.words.splitlines()) <= columns


def test_a_long_title_takes_one_line(terminal: InATerminal, tmp_path: Path) -> None:
    (tmp_path / "long.md").write_text(f"# {'A title that goes on ' * 9}\n\n[x](#nowhere)\n", encoding="utf-8")
    shown = terminal("check", "long.md", columns=40)
    shown.wait()
    first, second, *_rest = shown.words.splitlines()
    assert (len(first), first[-1], second) == (40, "…", "")


def test_the_terminal_says_how_wide_it_is_unless_it_is_told(terminal: InATerminal, deck: Path) -> None:
    shown = terminal("check", deck, columns=120, COLUMNS="40")
    shown.wait()
    assert max(len(line) for line in shown.words.splitlines()) <= 40


def test_a_terminal_that_does_not_know_its_width_is_taken_for_a_usual_one(terminal: InATerminal, deck: Path) -> None:
    shown = terminal("check", deck, columns=0, COLUMNS="0")
    assert shown.wait() == BAD_INPUT
    assert 40 < max(len(line) for line in shown.words.splitlines()) <= 80


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
def test_who_wants_no_colours_gets_none(terminal: InATerminal, deck: Path, environment: dict[str, str]) -> None:
    shown = terminal("check", deck, **environment)
    assert shown.wait() == BAD_INPUT
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", shown.shown)
    assert "1 error" in shown.words


def test_a_terminal_that_knows_ascii_alone_is_told_in_it(terminal: InATerminal, deck: Path) -> None:
    shown = terminal("check", deck, PYTHONIOENCODING="ascii")
    assert shown.wait() == BAD_INPUT
    assert shown.words.isascii()
    assert '"title"' in shown.words


def test_nothing_in_a_deck_commands_the_terminal(terminal: InATerminal, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text("# A\n\n## \x9b2J\u202e b\n\n[x](#\x9b31m)\n", encoding="utf-8")
    shown = terminal("check", "bad.md")
    shown.wait()
    assert "link-dead" in shown.words
    assert "\x9b" not in shown.shown
    assert "\u202e" not in shown.shown


def test_long_work_shows_its_progress_and_leaves_none(terminal: InATerminal, long_deck: Path) -> None:
    shown = terminal("check", long_deck, stdout=subprocess.DEVNULL)
    assert shown.wait() == OK
    assert re.search(r"Checking .*━.* [0-9]+ of 4001 frames", shown.ever_shown)
    assert shown.shown.endswith("\r\x1b[2K")


def test_who_stops_it_gets_one_sentence(terminal: InATerminal, long_deck: Path) -> None:
    shown = terminal("check", long_deck)
    shown.wait_for("frames")
    shown.process.send_signal(signal.SIGTERM)
    assert shown.wait() == 143
    assert shown.words == "atelier: Cancelled.\n"
