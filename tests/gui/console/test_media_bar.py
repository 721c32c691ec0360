"""The bar of a frame with films or sounds on the console."""

from __future__ import annotations

import math
import struct
import wave
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from atelier.app.appearance import SharedAppearance
from atelier.app.opening import open_stage
from atelier.talk.playback import PlaybackState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from atelier.app.presenting import Presentation

SECONDS = 2
RATE = 8000


@pytest.fixture
def talk(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Presentation]:
    with wave.open(str(tmp_path / "chime.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        tone = (round(9000 * math.sin(i / 9)) for i in range(SECONDS * RATE))
        file.writeframes(b"".join(struct.pack("<h", value) for value in tone))
    deck = tmp_path / "talk.md"
    deck.write_text("# Talk\n\n## Words\n\nNone.\n\n## Sound\n\n![A chime](chime.wav)\n", encoding="utf-8")
    opened = open_stage(deck, appearance=SharedAppearance(qapp), windowed=True, console=True, motion="cuts")
    opened.stage.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.waitUntil(lambda: not opened.window.canvas.busy)
    yield opened
    opened.stage.close()


def test_the_bar_is_there_where_something_can_be_played(talk: Presentation, qtbot: QtBot) -> None:
    console = talk.open_console()
    assert not console.media.isVisible()
    talk.talk.next()
    assert not console.media.isVisible()
    talk.talk.next()
    assert console.media.isVisible()
    qtbot.waitUntil(lambda: console.media.title.text() == "A chime")
    talk.talk.previous()
    assert not console.media.isVisible()


def test_it_plays_and_says_how_much_is_left(talk: Presentation, qtbot: QtBot) -> None:
    console = talk.open_console()
    talk.talk.last()
    qtbot.waitUntil(lambda: not talk.window.canvas.busy)
    QTest.mouseClick(console.media.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: console.media.progress.value() > 0, timeout=10_000)
    assert console.media.left.text().endswith(" left of 0:02")
    QTest.keyClick(console, Qt.Key.Key_K)
    playback = talk.window.media.playback
    assert playback is not None
    assert playback.state in (PlaybackState.PAUSED, PlaybackState.ENDED)


def test_the_volume_is_that_of_what_is_played(talk: Presentation, qtbot: QtBot) -> None:
    console = talk.open_console()
    talk.talk.last()
    qtbot.waitUntil(lambda: not talk.window.canvas.busy)
    console.media.volume.setValue(30)
    QTest.keyClick(console, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: talk.window.media.playback is not None, timeout=10_000)
    assert talk.window.media.playback is not None
    assert talk.window.media.playback.volume == pytest.approx(0.3)
    console.media.volume.setValue(80)
    assert talk.window.media.playback.volume == pytest.approx(0.8)
