"""A talk is kept while it is given, and survives the end of the program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Running, Screen

    Until = Callable[[Callable[[], bool], str], None]
    Atelier = Callable[..., subprocess.CompletedProcess[str]]

TALK = """\
# Three ways to add chocolate {minutes=1}

## A muffin {minutes=2}

- chips
- beside the dough
{: .steps }

## An iced cake {minutes=2}

A layer on top.
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text(TALK, encoding="utf-8")
    return file


def press(screen: Screen, *keys: str) -> QImage:
    before = screen.picture()
    screen.keys(*keys)
    screen.wait_for_change(before)
    return screen.wait_for_rest()


def kept(atelier: Atelier) -> list[dict[str, object]]:
    done = atelier("talks", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def begin(screen: Screen, *arguments: str | Path) -> Running:
    running = screen.start("present", *arguments, "--motion", "cuts")
    running.wait_for_window()
    screen.wait_for_rest()
    return running


def test_a_talk_that_is_killed_is_gone_on_with(screen: Screen, atelier: Atelier, wait_until: Until, deck: Path) -> None:
    talk = begin(screen, deck)
    press(screen, "Right")
    press(screen, "Right")
    seen = press(screen, "Right")
    wait_until(lambda: [each["shown"] for each in kept(atelier)] == [2], "the talk in the list")
    talk.process.kill()
    talk.process.wait()
    assert [each["ended"] for each in kept(atelier)] == [False]

    again = screen.start("present", deck, "--resume", "--motion", "cuts")
    again.wait_for_window()
    screen.wait_for_picture(lambda now: now == seen, "the picture of before")
    press(screen, "Left")
    assert press(screen, "Right") == seen
    assert again.said() == ""


COUNTED = """\
# Quiz {minutes=1}

## Who wrote the first wiki? {#wiki minutes=2}

/// quiz | Who?
    minutes: 0.25

- [ ] Tim Berners-Lee
- [x] Ward Cunningham
///
"""


def events(atelier: Atelier, folder: Path) -> list[dict[str, object]]:
    """What the journal of the only talk holds by now."""
    (one,) = kept(atelier)
    file = folder / f"{len(list(folder.iterdir()))}.json"
    assert atelier("talks", "--export", str(one["name"]), file).returncode == 0
    return json.loads(file.read_text(encoding="utf-8"))["events"]


def test_a_countdown_goes_on_after_a_kill_and_ends_when_it_should(
    screen: Screen, atelier: Atelier, wait_until: Until, tmp_path: Path, player: Path
) -> None:
    file, folder = tmp_path / "quiz.md", tmp_path / "exported"
    file.write_text(COUNTED, encoding="utf-8")
    folder.mkdir()
    talk = begin(screen, file)
    still = press(screen, "Right")
    screen.keys("c")
    screen.wait_for_change(still)
    wait_until(lambda: bool(kept(atelier)), "the talk in the list")
    wait_until(lambda: events(atelier, folder)[-1]["kind"] == "CountdownStarted", "the countdown in the journal")
    started = float(str(events(atelier, folder)[-1]["moment"]))
    talk.process.kill()
    talk.process.wait()
    assert not player.exists()

    again = screen.start("present", file, "--resume", "--motion", "cuts")
    again.wait_for_window()
    before = screen.wait_for_picture(lambda now: now not in (still, QImage(now.size(), now.format())), "a picture")
    screen.wait_for_change(before)
    wait_until(player.exists, "the bell")
    assert started + 15.0 <= player.stat().st_mtime + 0.1 < started + 18.0
    screen.keys("shift+c")
    screen.wait_for_picture(lambda now: now == still, "the clock that stands still")
    wait_until(lambda: events(atelier, folder)[-1]["kind"] == "CountdownEnded", "its end in the journal")
    assert again.said() == ""


ASKED = """\
---
lang: fr
redact: [Gadget]
---

# Atelier

## Les outils

/// poll | Quels outils ?
    id: tools

- Un blog de Gadget
- Un wiki
- Rien
///

## La suite

Rien de plus.
"""


def counted(atelier: Atelier, folder: Path) -> object:
    """What the last event says was counted."""
    data = events(atelier, folder)[-1]["data"]
    return cast("dict[str, object]", data).get("counts")


def test_hands_counted_before_a_kill_are_there_after_it_and_in_the_draft(
    screen: Screen, atelier: Atelier, wait_until: Until, tmp_path: Path
) -> None:
    file, folder = tmp_path / "outils.md", tmp_path / "exported"
    file.write_text(ASKED, encoding="utf-8")
    folder.mkdir()
    talk = begin(screen, file)
    unanswered = press(screen, "Right")
    screen.keys("a", "1", "1", "1", "2", "shift+1")
    wait_until(lambda: bool(kept(atelier)), "the talk in the list")
    wait_until(lambda: counted(atelier, folder) == [2, 1, 0], "the counts in the journal")
    talk.process.kill()
    talk.process.wait()

    again = screen.start("present", file, "--resume", "--motion", "cuts")
    again.wait_for_window()
    blank = QImage(unanswered.size(), unanswered.format())
    screen.wait_for_picture(lambda now: now not in (unanswered, blank), "a picture")
    answered = screen.wait_for_rest()
    screen.keys("h")
    screen.wait_for_picture(lambda now: now == unanswered, "the frame without what was counted")
    screen.keys("h")
    screen.wait_for_picture(lambda now: now == answered, "the bars of before")
    screen.keys("a", "2")
    wait_until(lambda: counted(atelier, folder) == [2, 2, 0], "one more in the journal")
    again.stop()
    (one,) = kept(atelier)
    for kind, suffix in (("markdown", "*.md"), ("wordpress", "*.xml")):
        out = tmp_path / kind
        done = atelier("draft", str(one["name"]), "--to", kind, "-o", out)
        assert done.returncode == 0, done.stderr
        text = "\n".join(each.read_text(encoding="utf-8") for each in sorted(out.rglob(suffix)))
        assert "4 réponses" in text
        assert text.count("50\u00a0%") == 2
        assert text.count("Un wiki") == 1
        assert "Gadget" not in text


def test_a_talk_that_was_cut_off_is_offered(screen: Screen, atelier: Atelier, wait_until: Until, deck: Path) -> None:
    talk = begin(screen, deck)
    seen = press(screen, "Right")
    wait_until(lambda: [each["shown"] for each in kept(atelier)] == [2], "the talk in the list")
    wait_until(lambda: float(str(kept(atelier)[0]["elapsed"])) > 0, "some time in the list")
    talk.process.kill()
    talk.process.wait()
    begin(screen, deck)
    first = screen.picture()
    screen.wait_for_change(first)  # the offer
    screen.keys("d")
    screen.wait_for_picture(lambda now: now == seen, "the picture of before")
    assert len(kept(atelier)) == 1


def test_a_talk_that_has_ended_is_in_the_list(screen: Screen, atelier: Atelier, deck: Path, tmp_path: Path) -> None:
    assert atelier("talks").stdout == "No talk was given yet.\n"
    talk = begin(screen, deck)
    press(screen, "Right")
    screen.keys("Escape", "Escape")
    assert talk.process.wait(20) == 0
    (one,) = kept(atelier)
    assert (one["title"], one["shown"], one["ended"], one["planned"]) == ("Three ways to add chocolate", 2, True, 300.0)
    assert talk.said().endswith(f"The talk is kept; to write it up: atelier draft {one['name']}\n")
    assert atelier("draft", str(one["name"]), "--preview").stdout.startswith("Three ways to add chocolate\n")
    done = atelier("present", deck, "--resume")
    assert done.returncode == 1
    assert "No talk of this deck was cut off" in done.stderr

    name = str(one["name"])
    assert atelier("talks", "--rename", name, "At the bakers’").returncode == 0
    assert "At the bakers’, 0:" in atelier("talks").stdout
    file = tmp_path / "talk.json"
    assert atelier("talks", "--export", name, file).returncode == 0
    written = json.loads(file.read_text(encoding="utf-8"))
    assert [event["kind"] for event in written["events"]][:3] == ["Began", "Moved", "Moved"]
    assert atelier("talks", "--export", name, file).returncode == 1
    assert "called “nothing”" in atelier("talks", "--delete", "nothing").stderr
    assert atelier("talks", "--delete", name).returncode == 0
    assert kept(atelier) == []


def test_a_deck_that_was_merely_opened_is_no_talk(screen: Screen, atelier: Atelier, deck: Path) -> None:
    talk = begin(screen, deck)
    screen.keys("Escape", "Escape")
    assert talk.process.wait(20) == 0
    assert kept(atelier) == []
    assert "atelier draft" not in talk.said()
