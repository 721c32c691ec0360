"""A rehearsal becomes the plan, a talk is played again, a deck plays by itself: as a person does it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Screen

    Until = Callable[[Callable[[], bool], str], None]
    Atelier = Callable[..., subprocess.CompletedProcess[str]]

DECK = """\
---
paths:
  stand: {stops: [{frame: cake, hold: 1}, {frame: muffin, hold: 1}]}
---

# Three ways to add chocolate {#cake}

## A muffin {#muffin}

Chips, beside the dough.

## An iced cake {#icing minutes=2}

A layer on top.
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text(DECK, encoding="utf-8")
    return file


def kept(atelier: Atelier) -> list[dict[str, object]]:
    return json.loads(atelier("talks", "--json").stdout)


def rehearse(screen: Screen, atelier: Atelier, wait_until: Until, deck: Path) -> str:
    """Rehearses the deck to its end; returns the name of the talk that was kept."""
    running = screen.start("present", deck, "--rehearse", "--motion", "cuts")
    running.wait_for_window()
    screen.wait_for_rest()
    for shown in (2, 3):
        screen.keys("Right")
        wait_until(lambda shown=shown: [each["shown"] for each in kept(atelier)] == [shown], f"{shown} frames shown")
        for _second in range(2):  # the clock of the console: what is shown for a moment only has no time
            screen.wait_for_change(screen.picture())
    screen.keys("Escape", "Escape")
    assert running.process.wait(20) == 0, running.said()
    (one,) = kept(atelier)
    assert (one["rehearsal"], one["ended"]) == (True, True)
    return str(one["name"])


def test_a_rehearsal_becomes_the_plan_and_is_played_again(
    screen: Screen, atelier: Atelier, wait_until: Until, deck: Path
) -> None:
    name = rehearse(screen, atelier, wait_until, deck)
    assert "rehearsal" in atelier("talks").stdout

    window = screen.start("talks", "--show", name)
    window.wait_for_window()
    screen.wait_for_rest()
    screen.keys("a")
    minutes = "# Three ways to add chocolate {#cake}"
    wait_until(lambda: "## A muffin {#muffin minutes=0.25}" in deck.read_text(encoding="utf-8"), "minutes in the deck")
    assert minutes in deck.read_text(encoding="utf-8")  # its clock had not begun
    screen.keys("Escape")
    assert window.process.wait(20) == 0
    assert window.said() == ""

    replay = screen.start("talks", "--replay", name, "--speed", "4")
    replay.wait_for_window()
    before = screen.picture()
    screen.wait_for_change(before)
    screen.keys("space", "Home", "Right")
    screen.wait_for_rest()
    screen.keys("Escape")
    assert replay.process.wait(20) == 0
    assert replay.said() == ""
    assert len(kept(atelier)) == 1


def test_a_deck_plays_by_itself_and_is_no_talk(screen: Screen, atelier: Atelier, deck: Path) -> None:
    running = screen.start("present", deck, "--path", "stand", "--loop", "--motion", "cuts")
    running.wait_for_window()
    first = screen.picture()
    second = screen.wait_for_change(first)
    screen.wait_for_change(second)
    screen.keys("Escape", "Escape")
    assert running.process.wait(20) == 0
    assert running.said() == ""
    assert kept(atelier) == []


def test_what_cannot_be_shown_is_said_without_a_display(atelier: Atelier, deck: Path) -> None:
    for option in ("--show", "--replay"):
        done = atelier("talks", option, "nothing")
        assert (done.returncode, done.stdout) == (1, "")
        assert "No talk is called “nothing”." in done.stderr
    assert atelier("talks", "--replay", "nothing", "--speed", "3").returncode == 2
    assert atelier("present", deck, "--loop", "--rehearse").returncode == 2
