"""Two screens: who sees what, also when the projector comes late or is pulled out."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from conftest import Running, Screen

    Until = Callable[[Callable[[], bool], str], None]

TALK = """\
---
theme: clair
---

# Three ways to add chocolate

## A muffin

Chips beside the dough.

## An iced cake

A layer on top.
"""
LAPTOP, PROJECTOR = 1040, 640
"""Pixels of width, side by side on the virtual screen."""
DARK = QColor("#100F0E")
"""What is under the panels of a console."""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text(TALK, encoding="utf-8")
    return file


def xrandr(screen: Screen, *arguments: str) -> None:
    environment = os.environ | {"DISPLAY": f":{screen.number}"}
    subprocess.run(["xrandr", *arguments], env=environment, check=True, timeout=20, capture_output=True)


def plug_in_laptop(screen: Screen) -> None:
    xrandr(screen, "--setmonitor", "laptop", f"{LAPTOP}/200x720/180+0+0", "screen")


def plug_in_projector(screen: Screen) -> None:
    xrandr(screen, "--setmonitor", "projector", f"{PROJECTOR}/120x720/180+{LAPTOP}+0", "none")


def pull_out_projector(screen: Screen) -> None:
    xrandr(screen, "--delmonitor", "projector")


@pytest.fixture
def two_screens(wide_screen: Screen) -> Screen:
    plug_in_laptop(wide_screen)
    plug_in_projector(wide_screen)
    return wide_screen


def begin(screen: Screen, *arguments: str | Path) -> Running:
    running = screen.start("present", *arguments, "--motion", "cuts")
    running.wait_for_window()
    return running


def both_windows(screen: Screen, talk: Running) -> QImage:
    """The picture once both windows are there; the console has the keyboard then, as a window manager would have it."""
    screen.wait_for_picture(lambda now: left_is_console(now) and is_drawn(room(now)), "both windows")
    talk.wait_for_window()
    return screen.wait_for_rest()


def left_is_console(picture: QImage) -> bool:
    """Whether the laptop shows a dark window with something on it, and no frame of the deck."""
    return picture.pixelColor(4, 300) == DARK


def room(picture: QImage) -> QImage:
    """What the projector shows."""
    return picture.copy(LAPTOP, 0, PROJECTOR, 720)


def is_drawn(picture: QImage) -> bool:
    width, height = picture.width(), picture.height()
    colours = {picture.pixelColor(x, y).name() for x in range(0, width, 24) for y in range(0, height, 24)}
    return len(colours) > 3


def test_the_room_sees_the_deck_and_the_speaker_the_console(two_screens: Screen, deck: Path) -> None:
    talk = begin(two_screens, deck)
    first = room(both_windows(two_screens, talk))
    two_screens.keys("Right")
    two_screens.wait_for_picture(lambda now: room(now) != first, "the next stop in the room")
    assert left_is_console(two_screens.wait_for_rest())
    two_screens.keys("b")
    two_screens.wait_for_picture(lambda now: not is_drawn(room(now)), "a black room")
    assert left_is_console(two_screens.picture())
    assert talk.said() == ""


def test_one_key_swaps_the_screens_and_it_is_remembered(two_screens: Screen, deck: Path) -> None:
    talk = begin(two_screens, deck)
    both_windows(two_screens, talk)
    two_screens.keys("x")
    two_screens.wait_for_picture(
        lambda now: not left_is_console(now) and now.pixelColor(LAPTOP + 4, 300) == DARK, "the windows changed over"
    )
    two_screens.keys("Escape", "Escape")
    assert talk.process.wait(20) == 0
    begin(two_screens, deck)
    two_screens.wait_for_picture(
        lambda now: not left_is_console(now) and now.pixelColor(LAPTOP + 4, 300) == DARK, "the windows as they were"
    )


def test_the_screen_for_the_room_is_named(two_screens: Screen, deck: Path) -> None:
    begin(two_screens, deck, "--screen", "laptop")
    two_screens.wait_for_picture(
        lambda now: not left_is_console(now) and now.pixelColor(LAPTOP + 4, 300) == DARK, "the room on the laptop"
    )


def test_a_screen_that_is_not_there_is_said(two_screens: Screen, deck: Path) -> None:
    talk = two_screens.start("present", deck, "--screen", "beamer")
    assert talk.process.wait(20) == 2
    assert "No screen is called “beamer”" in talk.said()


def test_a_projector_that_is_pulled_out_ends_nothing_and_comes_back(two_screens: Screen, deck: Path) -> None:
    talk = begin(two_screens, deck)
    both_windows(two_screens, talk)
    two_screens.keys("Right")
    muffin = room(two_screens.wait_for_rest())
    pull_out_projector(two_screens)
    two_screens.wait_for_picture(lambda now: not is_drawn(room(now)) and left_is_console(now), "the console alone")
    assert talk.process.poll() is None
    plug_in_projector(two_screens)
    two_screens.wait_for_picture(lambda now: room(now) == muffin and left_is_console(now), "the room as it was")
    assert talk.said() == ""


def test_a_projector_that_comes_late_is_offered(wide_screen: Screen, deck: Path) -> None:
    screen = wide_screen
    plug_in_laptop(screen)
    talk = begin(screen, deck)
    screen.wait_for_rest()
    screen.keys("Right")
    screen.wait_for_rest()
    plug_in_projector(screen)
    before = screen.picture()
    screen.wait_for_change(before)
    screen.wait_for_rest()
    assert not is_drawn(room(screen.picture()))
    screen.keys("d")
    screen.wait_for_picture(lambda now: left_is_console(now) and is_drawn(room(now)), "the deck on the projector")
    assert talk.said() == ""


def test_another_screen_stands_in_for_the_room_s_until_it_is_back(wide_screen: Screen, deck: Path) -> None:
    screen = wide_screen

    def plug_in_upper() -> None:
        xrandr(screen, "--setmonitor", "projector", f"{PROJECTOR}/120x420/105+{LAPTOP}+0", "none")

    def upper(picture: QImage) -> bool:
        return is_drawn(picture.copy(LAPTOP, 0, PROJECTOR, 420))

    def lower(picture: QImage) -> bool:
        return is_drawn(picture.copy(LAPTOP, 420, PROJECTOR, 300))

    plug_in_laptop(screen)
    plug_in_upper()
    xrandr(screen, "--setmonitor", "side", f"{PROJECTOR}/120x300/75+{LAPTOP}+420", "none")
    talk = begin(screen, deck)
    screen.wait_for_picture(lambda now: left_is_console(now) and upper(now) and not lower(now), "the room on one")
    pull_out_projector(screen)
    screen.wait_for_picture(lambda now: lower(now) and not upper(now), "the room on the other")
    plug_in_upper()
    screen.wait_for_picture(lambda now: left_is_console(now) and upper(now) and not lower(now), "the room as it was")
    assert talk.said() == ""


def test_among_three_screens_the_room_s_is_chosen_by_name_and_remembered(wide_screen: Screen, deck: Path) -> None:
    screen = wide_screen

    def room_is(picture: QImage, *, below: bool) -> bool:
        upper = is_drawn(picture.copy(LAPTOP, 0, PROJECTOR, 420))
        lower = is_drawn(picture.copy(LAPTOP, 420, PROJECTOR, 300))
        return left_is_console(picture) and (upper, lower) == (not below, below)

    plug_in_laptop(screen)
    xrandr(screen, "--setmonitor", "projector", f"{PROJECTOR}/120x420/105+{LAPTOP}+0", "none")
    xrandr(screen, "--setmonitor", "side", f"{PROJECTOR}/120x300/75+{LAPTOP}+420", "none")
    talk = begin(screen, deck)
    screen.wait_for_picture(lambda now: room_is(now, below=False), "the room above")
    talk.wait_for_window()
    alone = screen.wait_for_rest()
    screen.keys("x")
    screen.wait_for_change(alone)
    opened = screen.wait_for_rest()
    assert room_is(opened, below=False), "what is chosen with is not for the room"
    screen.keys("Down", "Down", "Down", "Return")  # the third of the screens for the audience's picture
    screen.wait_for_picture(lambda now: room_is(now, below=True), "the room below")
    screen.keys("Escape", "Escape")
    assert talk.process.wait(20) == 0
    assert talk.said() == ""
    begin(screen, deck)
    screen.wait_for_picture(lambda now: room_is(now, below=True), "the room where it was")


def test_a_deck_in_a_window_leaves_the_other_screen_alone(two_screens: Screen, deck: Path) -> None:
    talk = two_screens.start(deck)
    talk.wait_for_window()
    two_screens.wait_for_picture(lambda now: is_drawn(now.copy(0, 0, PROJECTOR, 720)), "the deck in a window")
    alone = two_screens.wait_for_rest()
    assert not is_drawn(room(alone))
    two_screens.keys("x")
    two_screens.wait_for_picture(lambda now: now != alone and left_is_console(now), "the console over it")
    assert talk.said() == ""
