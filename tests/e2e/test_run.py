"""`make run`: a window where there is a display, and where there is none what it would have shown, in files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from conftest import Machine

PROGRAMS = Path(sys.executable).parent
NO_SUCH_DISPLAY = ":64999"


@pytest.fixture
def checkout(machine: Machine) -> Machine:
    """A checkout whose environment holds the real program, with a small deck in it."""
    machine.fake(
        "uv",
        f"""case $1 in
--version) echo uv 0.9.0 ;;
sync) mkdir -p .venv/bin; ln -s "{PROGRAMS}/atelier" "{PROGRAMS}/python" .venv/bin ;;
esac""",
    )
    talk = machine.house / "talk"
    talk.mkdir()
    (talk / "deck.md").write_text("# A talk\n\nHello.\n\n## One\n\nFirst.\n\n## Two\n\nSecond.\n", encoding="utf-8")
    return machine


@pytest.mark.parametrize("display", ["", NO_SUCH_DISPLAY], ids=["none", "gone"])
def test_without_a_display_the_talk_is_drawn_and_that_is_said(checkout: Machine, display: str) -> None:
    tour = checkout.house / "build/tour"
    tour.mkdir(parents=True)
    (tour / "of-another-talk.png").touch()
    done = checkout.run("make", "run", "DECK=talk", display=display)
    assert done.returncode == 0, done.stderr
    assert "there is no display here, so talk is drawn and written up in build/tour instead" in done.stderr
    assert "build/tour/talk.pdf: 3 pages" in done.stdout
    assert "build/tour: 3 pictures" in done.stdout
    pictures = sorted(tour.glob("*.png"))
    page, snippet = tour / "talk.html", tour / "talk.embed.html"
    assert sorted(tour.iterdir()) == sorted([tour / "talk.pdf", page, snippet, tour / "draft", *pictures])
    assert "build/tour/talk.html\n" in done.stdout
    assert "build/tour/draft: a blog draft of the notes, in Markdown\n" in done.stdout
    assert "Second." in page.read_text(encoding="utf-8")
    assert "## Two\n\nSecond." in (tour / "draft/a-talk.md").read_text(encoding="utf-8")
    assert [QImage(str(picture)).height() for picture in pictures] == [1080] * 3
    text = subprocess.run(["pdftotext", tour / "talk.pdf", "-"], capture_output=True, text=True, check=True).stdout
    _, first, second, _ = text.split("\f")
    assert "First." in first
    assert "Second." in second


def test_what_is_wrong_with_the_deck_is_said_as_ever(checkout: Machine) -> None:
    done = checkout.run("packaging/run", "missing.md")
    assert done.returncode == 1
    assert "There is no such file." in done.stderr


def test_with_a_display_a_window_opens_with_the_options_given(machine: Machine) -> None:
    machine.fake(
        "uv",
        """case $1 in
--version) echo uv 0.9.0 ;;
sync) mkdir -p .venv/bin; touch .venv/bin/python; echo '#!/bin/sh
echo "$*"' >.venv/bin/atelier; chmod +x .venv/bin/* ;;
esac""",
    )
    done = machine.run("make", "run", "DECK=talk", "ARGS=--motion calm", display="elsewhere:0")
    assert (done.returncode, done.stdout) == (0, "present --windowed --motion calm talk\n")
    assert not (machine.house / "build/tour").exists()
