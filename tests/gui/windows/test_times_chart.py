"""The times of a rehearsal beside the plan and the last rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from atelier.canvas.arrange import arrange
from atelier.deck.loading import load
from atelier.talk.session import Ground, Talk
from atelier.windows.console.times_chart import TimesChart, bars, given_by_frame
from atelier.windows.icons import Icons
from atelier.windows.style import Appearance
from atelier.windows.tokens import DARK, Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


class Clock:
    moment = 1_000.0


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def talk(given_deck: Path, clock: Clock) -> Talk:
    """On the muffin, after a minute and a half at the cake."""
    deck = load(given_deck)
    ground = Ground(deck, arrange(deck), lambda _place: (0,), lambda _frame: 0)
    made = Talk(ground, lambda _moment, _event: None, lambda: clock.moment)
    made.begin("whole", rehearsal=True)
    made.pause_clock()
    clock.moment += 90.0
    made.next()
    clock.moment += 45.0
    return made


@pytest.fixture
def chart(qapp: QApplication, talk: Talk) -> Iterator[TimesChart]:
    icons = Icons(Appearance(qapp, Scheme.DARK))
    window = QWidget()
    window.resize(900, 250)
    made = TimesChart(talk, lambda: DARK, icons, {"muffin": 100.0})
    made.setParent(window)
    made.resize(900, 250)
    window.show()
    yield made
    window.close()


def test_each_frame_has_its_times(talk: Talk) -> None:
    found = bars(talk, {"muffin": 100.0})
    assert [(bar.planned, bar.given, bar.previous, bar.here) for bar in found] == [
        (60.0, 90.0, None, False),
        (120.0, 45.0, 100.0, True),
        (180.0, 0.0, None, False),
        (180.0, 0.0, None, False),
        (60.0, 0.0, None, False),
    ]
    assert [bar.over for bar in found] == [True, False, False, False, False]
    assert given_by_frame(talk) == {"cake": 90.0, "muffin": 45.0}


def test_the_chart_follows_the_talk(chart: TimesChart, talk: Talk, clock: Clock) -> None:
    def colours() -> set[str]:
        picture = chart.bars.grab().toImage()
        row = picture.height() - 26
        return {QColor(picture.pixel(x, row)).name().upper() for x in range(picture.width())}

    assert {DARK.warn, DARK.accent} <= colours()
    clock.moment += 200.0
    assert DARK.accent not in colours()
    talk.next()
    clock.moment += 20.0
    assert DARK.accent in colours()


def test_it_says_the_times_to_the_arrows_and_the_pointer(chart: TimesChart, qtbot: QtBot) -> None:
    bar = chart.bars.bar_at(chart.bars.width() * 0.3)
    assert bar is not None
    assert chart.bars.words_of(bar) == "Muffin, 0:45 of 2:00 planned, 1:40 at the last rehearsal"
    assert chart.bars.bar_at(3.0) is None
    chart.window().activateWindow()
    chart.bars.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(chart.bars.hasFocus)
    QTest.keyClick(chart.bars, Qt.Key.Key_Left)
    assert chart.bars.accessibleDescription() == "The cake, 1:30 of 1:00 planned"


def test_the_times_are_offered_as_the_plan(chart: TimesChart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chart.adopt_asked):
        chart.adopt.click()
