"""Which window goes on which screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from atelier.app.appearance import SharedAppearance
from atelier.app.opening import open_stage
from atelier.app.screens import Arrangement, arranged, by_name, set_of

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

LAPTOP, BEAMER, THIRD = "Laptop", "Beamer", "Third"


@dataclass
class Monitor:
    """What a screen says of itself."""

    socket: str
    maker: str = ""
    made: str = ""

    def name(self) -> str:
        return self.socket

    def manufacturer(self) -> str:
        return self.maker

    def model(self) -> str:
        return self.made


def names(*monitors: Monitor) -> list[str]:
    return [*by_name([cast("QScreen", monitor) for monitor in monitors])]


def test_a_screen_is_called_what_its_maker_says_or_else_by_its_socket() -> None:
    assert names(Monitor("eDP-1"), Monitor("HDMI-1", "EPSON", "EB-L210")) == ["eDP-1", "EPSON EB-L210"]


def test_two_screens_alike_are_told_apart() -> None:
    alike = names(Monitor("DP-1", "DELL", "U2415"), Monitor("DP-2", "DELL", "U2415"))
    assert alike == ["DELL U2415, DP-1", "DELL U2415, DP-2"]
    arrangement, chosen = arranged(alike, alike[0], {})
    assert arrangement == Arrangement(audience=alike[1], console=alike[0])
    assert not chosen


def test_the_room_gets_the_screen_that_is_not_the_first() -> None:
    assert arranged([LAPTOP, BEAMER], LAPTOP, {})[0] == Arrangement(BEAMER, LAPTOP)
    assert arranged([BEAMER, LAPTOP], LAPTOP, {})[0] == Arrangement(BEAMER, LAPTOP)


@pytest.mark.parametrize("wanted", ["", BEAMER])
def test_what_was_chosen_for_these_screens_holds(wanted: str) -> None:
    remembered = {
        set_of([BEAMER, LAPTOP]): Arrangement(LAPTOP),
        set_of([BEAMER, LAPTOP, THIRD]): Arrangement(THIRD),
    }
    found, chosen = arranged([LAPTOP, BEAMER], LAPTOP, remembered, Arrangement(wanted))
    assert found.audience == (wanted or LAPTOP)
    assert found.console != found.audience
    assert chosen
    assert arranged([LAPTOP, BEAMER, THIRD], LAPTOP, remembered)[0] == Arrangement(THIRD, LAPTOP)


def test_the_console_is_on_the_third_screen_where_somebody_chose_that() -> None:
    three = [LAPTOP, BEAMER, THIRD]
    remembered = {set_of(three): Arrangement(BEAMER, THIRD)}
    assert arranged(three, LAPTOP, remembered) == (Arrangement(BEAMER, THIRD), True)
    assert arranged(three, LAPTOP, remembered, Arrangement(THIRD)) == (Arrangement(THIRD, LAPTOP), True)
    assert arranged([LAPTOP, BEAMER], LAPTOP, remembered, Arrangement(BEAMER, THIRD))[0] == Arrangement(BEAMER, LAPTOP)


def test_one_screen_or_none_is_the_room_s() -> None:
    assert arranged([LAPTOP], LAPTOP, {}) == (Arrangement(LAPTOP), True)
    assert arranged([], "", {}) == (Arrangement(""), True)


def test_the_console_says_when_nobody_sees_the_picture(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    deck = tmp_path / "talk.md"
    deck.write_text("# Talk\n\n## One\n", encoding="utf-8")
    talk = open_stage(deck, appearance=SharedAppearance(qapp), console=True, motion="cuts")
    talk.stage.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.waitUntil(lambda: not talk.window.canvas.busy)
    QTest.keyClick(talk.window, Qt.Key.Key_X)  # one screen: the console comes to the front
    console = talk.open_console()
    qtbot.waitUntil(lambda: console.isVisible() and not talk.stage.isVisible())
    qtbot.waitUntil(lambda: console.stage.header.who.text() == "Nobody sees")
    QTest.keyClick(console, Qt.Key.Key_X)
    qtbot.waitUntil(talk.stage.isVisible)
    talk.stage.close()
