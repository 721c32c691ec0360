"""What is told of a machine without a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.app import machine
from atelier.app.machine import State, folders, memory
from atelier.foundation.settings import load_settings, settings_file

if TYPE_CHECKING:
    from pathlib import Path


def test_folders_that_can_be_written_to_are_left_as_they_were(own_home: Path) -> None:
    point = folders()
    assert point.state is State.OK
    assert point.facts["settings"] == {"folder": str(own_home / "config"), "writable": True}
    assert list(own_home.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_a_problem(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own_home / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("ATELIER_HOME", str(own_home / "file"))
    point = folders()
    assert point.state is State.PROBLEM
    assert str(own_home / "file") in point.words
    assert "ATELIER_HOME" in point.advice


@pytest.mark.usefixtures("own_home")
def test_settings_that_could_not_be_read_are_spoken_of() -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("{broken", encoding="utf-8")
    load_settings()
    point = folders()
    assert (point.state, point.facts["set_aside"]) == (State.OK, ["settings.broken-1.json"])
    assert "settings.broken-1.json" in point.words


def test_a_full_disk_is_said_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    def nearly_full(_folder: Path) -> float:
        return 0.1

    monkeypatch.setattr(machine, "_free", nearly_full)
    point = folders()
    assert point.state is State.WARNING
    assert point.advice


@pytest.mark.parametrize(("free", "state"), [(7.5, State.OK), (0.2, State.WARNING)])
def test_little_memory_is_said_beforehand(monkeypatch: pytest.MonkeyPatch, free: float, state: State) -> None:
    monkeypatch.setattr(machine, "_memory", lambda: (8.0, free))
    point = memory()
    assert point.state is state
    assert bool(point.advice) is (state is State.WARNING)


def test_a_system_that_says_nothing_of_its_memory_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_memory", lambda: (0.0, 0.0))
    assert memory().state is State.OK
