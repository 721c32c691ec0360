"""A talk as the room sees it: the real window, real keys, the picture on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from conftest import Running, Screen

TALK = """\
# Three ways to add chocolate

## A muffin

Chips beside the dough.

## An iced cake

- a layer on top
- it comes off
{: .steps }

## A chocolate cake

[Back to the muffin](#a-muffin)
"""
BLACK = QColor("black")
PATIENCE = 20.0


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text(TALK, encoding="utf-8")
    return file


@pytest.fixture
def talk(screen: Screen, deck: Path) -> Running:
    """The deck on the screen, full screen, at rest at its first stop."""
    running = screen.start("present", deck)
    running.wait_for_window()
    screen.wait_for_picture(filled, "a picture that fills the screen")
    screen.wait_for_rest()
    return running


def filled(picture: QImage) -> bool:
    """Whether something is drawn in every corner."""
    right, bottom = picture.width() - 1, picture.height() - 1
    return all(picture.pixelColor(x, y) != BLACK for x in (0, right) for y in (0, bottom))


def blacked_out(picture: QImage) -> bool:
    """Whether nothing is seen, the pointer aside."""
    points = [(x, y) for x in range(0, picture.width(), 40) for y in range(0, picture.height(), 40)]
    return sum(picture.pixelColor(x, y) != BLACK for x, y in points) <= 1


def press(screen: Screen, *keys: str) -> QImage:
    """The picture that a key leads to, at rest."""
    before = screen.picture()
    screen.keys(*keys)
    screen.wait_for_change(before)
    return screen.wait_for_rest()


def test_forward_and_back_to_the_very_same_picture(screen: Screen, talk: Running) -> None:
    first = screen.picture()
    muffin = press(screen, "Right")
    assert muffin != first
    iced = press(screen, "space")
    one_step = press(screen, "Next")
    assert len({bytes(p.constBits()) for p in (first, muffin, iced, one_step)}) == 4
    assert press(screen, "Prior") == iced
    assert press(screen, "Left") == muffin
    assert press(screen, "Home") == first
    assert talk.said() == ""


def test_a_detour_and_back_to_the_path(screen: Screen, talk: Running) -> None:
    last = press(screen, "End")
    muffin = press(screen, "Tab", "Return")
    assert muffin != last
    assert press(screen, "BackSpace") != muffin
    assert talk.said() == ""


def test_black_and_back_without_an_advance(screen: Screen, talk: Running) -> None:
    muffin = press(screen, "Right")
    screen.keys("b")
    screen.wait_for_picture(blacked_out, "a black screen")
    screen.keys("Next")
    screen.wait_for_picture(lambda now: now == muffin, "the picture of before")
    assert talk.said() == ""


def test_the_text_changes_under_the_talk(screen: Screen, talk: Running, deck: Path) -> None:
    muffin = press(screen, "Right")
    deck.write_text(TALK.replace("Chips beside", "Chips and nuts beside"), encoding="utf-8")
    screen.wait_for_change(muffin)
    assert screen.wait_for_rest() != muffin
    deck.write_text(TALK, encoding="utf-8")
    screen.wait_for_picture(lambda now: now == muffin, "the muffin as it was")
    assert talk.said() == ""


def test_escape_twice_ends_the_talk(screen: Screen, talk: Running) -> None:
    screen.keys("Escape", "Escape")
    assert talk.process.wait(PATIENCE) == 0
    assert talk.said() == ""


def test_the_library_opens_and_closes(screen: Screen) -> None:
    library = screen.start()
    library.wait_for_window()
    screen.wait_for_picture(lambda now: not blacked_out(now), "the library")
    screen.wait_for_rest()
    screen.keys("ctrl+q")
    assert library.process.wait(PATIENCE) == 0
    assert library.said() == ""
