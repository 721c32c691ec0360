"""The flight that is measured, and what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from atelier.app.doctor import judged
from atelier.app.machine import State
from atelier.app.smoothness import Flown, farthest, measure, wait
from atelier.canvas.arrange import arrange
from atelier.deck.loading import read
from atelier.render.scene import build_scene

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

DECK = b"# A talk\n\n## One\n\n### Deep\n\n### Deep too\n\n## Two\n"
FULL_HD = (1920, 1080)


def test_a_flight_is_measured_and_leaves_no_window(qtbot: QtBot) -> None:
    screen = QApplication.primaryScreen()
    flown = measure(build_scene(read(DECK)), screen, QRect(0, 0, 320, 180), 0.2)
    assert len(flown) == 2
    for each in flown:
        assert sum(each.intervals) >= 0.2
        assert 0 < each.median <= each.p95 <= each.worst
    qtbot.waitUntil(lambda: not any(widget.isVisible() for widget in QApplication.topLevelWidgets()))


def test_one_who_stops_it_is_heard_and_leaves_no_window(qtbot: QtBot) -> None:
    def poll() -> None:
        raise KeyboardInterrupt

    screen = QApplication.primaryScreen()
    with pytest.raises(KeyboardInterrupt):
        measure(build_scene(read(DECK)), screen, QRect(0, 0, 320, 180), 5.0, poll)
    qtbot.waitUntil(lambda: not any(widget.isVisible() for widget in QApplication.topLevelWidgets()))


@pytest.mark.usefixtures("qapp")
def test_what_never_comes_is_given_up() -> None:
    with pytest.raises(TimeoutError):
        wait(lambda: False, patience=0.05)


def test_the_flight_goes_to_the_deepest_frame_and_to_its_neighbour() -> None:
    canvas = arrange(read(DECK), load_svg=lambda _name: pytest.fail("there is no drawing"))
    titles = [read(DECK).frames[canvas.places[place].frame].title for place in farthest(canvas)]
    assert titles == ["Deep", "Deep too"]
    assert farthest(arrange(read(b"# Alone\n"), load_svg=lambda _name: pytest.fail("no drawing"))) == (0, 0)


@pytest.mark.parametrize(
    ("interval", "worst", "state", "word"),
    [
        (0.016, 0.03, State.OK, "smooth"),
        (0.016, 0.4, State.OK, "hitch"),
        (0.030, 0.05, State.OK, "hitch"),
        (0.080, 0.2, State.WARNING, "jerky"),
    ],
)
def test_figures_become_words(interval: float, worst: float, state: State, word: str) -> None:
    point = judged([Flown((interval,) * 30 + (worst,))], FULL_HD, shown=True)
    assert point.state is state
    assert word in point.words
    assert bool(point.advice) is (state is State.WARNING)


def test_what_was_measured_without_a_screen_says_so() -> None:
    flown = [Flown((0.016,) * 60)]
    assert "without a screen" in judged(flown, FULL_HD, shown=False).words
    assert "without a screen" not in judged(flown, FULL_HD, shown=True).words
