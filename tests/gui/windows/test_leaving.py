"""Escape twice ends, and only within two seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from atelier.windows import leaving
from atelier.windows.leaving import Leaving

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def end(said: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Leaving:
    del qtbot
    monkeypatch.setattr(leaving, "TICK", 20)
    parent = QObject()
    made = Leaving(parent, said.append, lambda: said.append(""))
    made.setParent(None)
    return made


def test_the_second_press_ends(end: Leaving, said: list[str]) -> None:
    assert not end.press()
    assert said == ["Esc again within 2 s ends the talk"]
    assert end.press()
    assert said[-1] == ""


def test_the_seconds_are_counted_down_and_then_it_is_a_first_press_again(
    end: Leaving, said: list[str], qtbot: QtBot
) -> None:
    end.press()
    qtbot.waitUntil(lambda: end.left == 0)
    assert said == ["Esc again within 2 s ends the talk", "Esc again within 1 s ends the talk", ""]
    assert not end.press()


def test_whatever_is_done_in_between_makes_it_a_first_press_again(end: Leaving) -> None:
    end.press()
    end.stop()
    assert not end.press()
