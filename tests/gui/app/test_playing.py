"""Unattended play: it goes round by itself, and waits for whoever touches anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from atelier.app.appearance import SharedAppearance
from atelier.app.opening import open_stage
from atelier.talk.kept import kept_talks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from atelier.app.presenting import Presentation

TEXT = """---
paths:
  stand: {stops: [{frame: one, hold: 1}, {frame: two, hold: 1}]}
---

# Stand

## One {#one}

## Two {#two}
"""


@pytest.fixture
def open_stand(tmp_path: Path, qapp: QApplication) -> Iterator[Callable[..., Presentation]]:
    file = tmp_path / "stand.md"
    file.write_text(TEXT, encoding="utf-8")
    opened: list[Presentation] = []

    def open_deck(*, loop: bool) -> Presentation:
        made = open_stage(
            file, appearance=SharedAppearance(qapp), path="stand", loop=loop, windowed=True, motion="cuts"
        )
        opened.append(made)
        return made

    yield open_deck
    for presentation in opened:
        presentation.stage.close()
    qapp.processEvents()


def at(presentation: Presentation) -> str:
    return presentation.talk.frame_id(presentation.window.position.place)


def test_a_deck_goes_round_by_itself_and_is_no_talk(open_stand: Callable[..., Presentation], qtbot: QtBot) -> None:
    stand = open_stand(loop=True)
    for frame in ("two", "one", "two"):
        qtbot.waitUntil(lambda frame=frame: at(stand) == frame, timeout=10_000)
    assert not stand.talk.state.clock.started
    assert kept_talks() == ()


def test_a_key_has_it_wait_and_does_what_it_does(open_stand: Callable[..., Presentation]) -> None:
    stand = open_stand(loop=True)
    assert not stand.playing.waiting
    QTest.keyClick(stand.window, Qt.Key.Key_Right)
    assert stand.playing.waiting
    assert at(stand) == "two"


def test_a_click_has_it_wait(open_stand: Callable[..., Presentation]) -> None:
    stand = open_stand(loop=True)
    QTest.mouseClick(stand.window.canvas, Qt.MouseButton.LeftButton)
    assert stand.playing.waiting


def test_a_speaker_can_leave_a_talk_to_itself(open_stand: Callable[..., Presentation]) -> None:
    talk = open_stand(loop=False)
    assert not talk.playing.on
    QTest.keyClick(talk.window, Qt.Key.Key_Y)
    assert talk.playing.on
    QTest.keyClick(talk.window, Qt.Key.Key_Y)
    assert not talk.playing.on
    assert at(talk) == "one"
