"""`atelier doctor`: what it says of machines of several kinds."""

from __future__ import annotations

import json
import os
import signal
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.conftest import InTerminal, Screen

    Atelier = Callable[..., subprocess.CompletedProcess[str]]

OK, PROBLEM = 0, 1
STATES = ("ok", "warning", "problem")
ALWAYS = {"program", "display", "awake", "smoothness", "motion", "fonts", "media", "films", "bell", "folders", "memory"}

DECK = {"deck", "findings", "pictures", "deck-media", "embedded", "links", "times"}


@pytest.fixture
def without_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def points(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    """The points of the JSON by name."""
    value = json.loads(done.stdout)
    assert value["version"] == 1
    assert value["state"] == STATES[max(STATES.index(point["state"]) for point in value["points"])]
    for point in value["points"]:
        assert set(point) == {"name", "state", "words", "advice", "facts"}
        assert point["words"]
    return {point["name"]: point for point in value["points"]}


@pytest.mark.usefixtures("without_display")
def test_a_machine_without_a_display_is_measured_all_the_same(atelier: Atelier) -> None:
    done = atelier("doctor", "--json")
    assert (done.returncode, done.stderr) == (OK, "")
    found = points(done)
    assert set(found) == ALWAYS
    assert found["display"]["state"] == "warning"
    assert found["display"]["advice"]
    smoothness = found["smoothness"]["facts"]
    assert (smoothness["width"], smoothness["height"], smoothness["on_screen"]) == (1920, 1080, False)
    assert 0 < smoothness["pictures_a_second"] < 70
    assert found["fonts"]["facts"]["broken"] == []
    assert found["fonts"]["facts"]["emoji"] is True
    assert found["folders"]["facts"]["settings"]["writable"] is True


def test_a_display_nobody_answers_on_is_said_in_words(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setenv("DISPLAY", ":1")
    monkeypatch.setenv("XAUTHORITY", os.devnull)
    done = atelier("doctor", "--json")
    assert (done.returncode, done.stderr) == (PROBLEM, "")
    found = points(done)
    assert found["display"]["state"] == "problem"
    assert ":1" in found["display"]["words"]
    assert found["smoothness"]["facts"]["on_screen"] is False


def test_a_platform_that_is_none_is_said_in_words(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "nonsense")
    done = atelier("doctor", "--json")
    point = points(done)["display"]
    assert (done.returncode, point["state"]) == (PROBLEM, "problem")
    assert point["words"].endswith(".")
    assert "QT_QPA_PLATFORM" in point["advice"]


def test_on_a_screen_the_flight_is_flown_there(screen: Screen) -> None:
    before = screen.picture()
    program = screen.start("doctor", "--json")
    screen.wait_for_change(before)
    assert program.process.wait(60) == OK
    value = json.loads(program.said())
    found = {point["name"]: point for point in value["points"]}
    assert set(found) == ALWAYS | {"screens"}
    (only,) = found["screens"]["facts"]["screens"]
    assert (only["width"], only["height"], only["scale"]) == (1280, 720, 1.0)
    assert found["smoothness"]["facts"]["on_screen"] is True
    assert found["smoothness"]["facts"]["width"] == 1280
    assert screen.picture().pixelColor(640, 360) == before.pixelColor(640, 360)


@pytest.mark.usefixtures("without_display")
def test_who_stops_it_gets_one_sentence(terminal: Callable[..., InTerminal]) -> None:
    shown = terminal("doctor")
    shown.wait_for("Looking")
    shown.process.send_signal(signal.SIGINT)
    assert shown.wait() == 130
    assert shown.words == "atelier: Cancelled.\n"


@pytest.mark.usefixtures("without_display")
def test_a_deck_is_looked_at_too(atelier: Atelier, tmp_path: Path) -> None:
    deck = tmp_path / "talk.md"
    deck.write_text("# A\n\n## B {minutes=3}\n", encoding="utf-8")
    done = atelier("doctor", deck, "--json")
    assert (done.returncode, done.stderr) == (OK, "")
    found = points(done)
    assert set(found) == ALWAYS | DECK
    assert found["deck"]["facts"]["title"] == "A"


@pytest.mark.usefixtures("without_display")
def test_a_deck_that_hides_something_is_a_problem(atelier: Atelier, tmp_path: Path) -> None:
    deck = tmp_path / "talk.md"
    deck.write_text("# A\n\n/// nonsense\nwords\n///\n", encoding="utf-8")
    done = atelier("doctor", deck)
    assert done.returncode == PROBLEM
    assert "problem: Text: The text has 1 error" in done.stdout
    assert atelier("doctor", tmp_path / "nowhere.md").returncode == PROBLEM
