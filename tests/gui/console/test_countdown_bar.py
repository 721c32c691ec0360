"""The countdown on the console's upper bar, with buttons and keys, by a clock that the test turns."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from atelier.canvas.flight import Profile
from atelier.deck.loading import read
from atelier.render.scene import build_scene
from atelier.render.tiles import TileCache
from atelier.windows.audience import AudienceWindow
from atelier.windows.console.window import Console
from atelier.windows.ground import talk_over
from atelier.windows.icons import Icons
from atelier.windows.style import Appearance
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atelier.windows.console.time_bar import TimeBar

TEXT = b"""---
paths:
  a day with everybody in the house: {minutes: 120}
---

# All {minutes=1}

## A rather long title for two rounds of writing {#rounds}

/// rounds | Write, then read
    repeat: 2

- Write, 2 min
- Read, 1 min
///

## Nothing {#nothing}
"""
SIZES = ((1600, 900), (1360, 800), (1024, 640))


class Given:
    """A talk at the rounds, on two windows."""

    def __init__(self, app: QApplication) -> None:
        appearance = Appearance(app, Scheme.DARK)
        scene = build_scene(read(TEXT))
        self.now = 1_000_000_000.0
        self.talk = talk_over(scene, now=lambda: self.now)
        self.talk.begin()
        self.room = AudienceWindow(scene, TileCache(), self.talk, lambda: appearance, profile=Profile.CUTS)
        self.room.resize(640, 360)
        self.room.start()
        self.console = Console(
            self.talk, self.room, lambda: appearance, Icons(appearance), lambda: datetime.fromtimestamp(self.now, UTC)
        )
        self.console.show()
        self.talk.next()

    @property
    def time_bar(self) -> TimeBar:
        return self.console.time_bar

    def after(self, seconds: float) -> None:
        """Lets time pass, as the ticker of the bar finds it."""
        self.now += seconds
        self.time_bar.refresh()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.console, key, held)

    def click(self, name: str) -> None:
        buttons = (b for b in self.time_bar.findChildren(QAbstractButton) if b.accessibleName() == name)
        QTest.mouseClick(next(buttons), Qt.MouseButton.LeftButton)

    def shown(self) -> tuple[str, str]:
        bar = self.time_bar.countdown
        assert bar.isVisible()
        return bar.left.text(), bar.state.text()


@pytest.fixture
def given(qapp: QApplication) -> Iterator[Given]:
    made = Given(qapp)
    made.console.resize(1600, 900)
    qapp.processEvents()
    yield made
    for window in (made.console, made.room):
        window.close()
        window.deleteLater()
    qapp.processEvents()


def test_it_is_there_while_something_is_counted(given: Given) -> None:
    bar = given.time_bar.countdown
    assert bar.isHidden()
    given.press(Qt.Key.Key_C)
    assert given.shown() == ("2:00", "counts down, lap 1 of 4")
    given.after(30)
    assert given.shown() == ("1:30", "counts down, lap 1 of 4")
    given.after(100)
    assert given.shown() == ("0:50", "counts down, lap 2 of 4")
    given.press(Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    assert bar.isHidden()


def test_the_pointer_does_all_that_the_keys_do(given: Given) -> None:
    given.press(Qt.Key.Key_C)
    given.after(30)
    given.click("Count down: start, pause, go on")
    given.after(60)
    assert given.shown() == ("1:30", "countdown paused, lap 1 of 4")
    given.click("A minute more")
    assert given.shown() == ("2:30", "countdown paused, lap 1 of 4")
    given.click("A minute less")
    given.click("A minute less")
    given.click("Count down: start, pause, go on")
    given.after(10)
    assert given.shown() == ("0:20", "counts down, lap 1 of 4")
    given.click("End the countdown")
    assert given.talk.state.counted is None
    assert given.time_bar.countdown.isHidden()


def test_the_end_is_said_and_goes_with_a_minute_more(given: Given) -> None:
    given.press(Qt.Key.Key_C)
    given.after(400)
    assert given.shown() == ("0:00", "time is up")
    assert given.time_bar.countdown.left.property("tint") == "warn"
    given.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert given.shown() == ("1:00", "counts down, lap 4 of 4")
    assert given.time_bar.countdown.left.property("tint") == ""


def test_it_says_what_is_counted_while_the_room_looks_elsewhere(given: Given) -> None:
    given.press(Qt.Key.Key_C)
    given.talk.next()
    given.after(1)
    assert given.time_bar.countdown.toolTip() == (
        "Countdown of “A rather long title for two rounds of writing”: counts down, lap 1 of 4"
    )


@pytest.mark.parametrize("size", SIZES)
def test_nothing_lies_on_anything_else(given: Given, size: tuple[int, int], qapp: QApplication) -> None:
    given.time_bar.show_room("Projector of the large hall")
    given.console.resize(*size)
    given.press(Qt.Key.Key_C)
    given.after(4000)  # as late as a talk can be
    given.talk.change_countdown(5000.0)
    given.after(1)
    qapp.processEvents()
    bar = given.time_bar
    assert (bar.width(), given.console.width()) == (size[0], size[0])
    assert bar.countdown.pause.isVisible()
    assert bar.countdown.back.isVisible()
    shown: list[QWidget] = [bar.elapsed, bar.remaining, bar.pace, bar.countdown, bar.path, bar.room, bar.hour]
    for left, right in pairwise(shown):
        assert left.geometry().right() < right.geometry().left()
    for part in bar.countdown.findChildren(QLabel) + bar.countdown.findChildren(QAbstractButton):
        if part.isVisible():
            assert part.width() >= part.sizeHint().width()
