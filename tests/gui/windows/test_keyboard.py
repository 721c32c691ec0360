"""Qt's key events become key presses."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from atelier.commands.keys import KeyPress, command_for
from atelier.commands.table import STAGE
from atelier.windows.keyboard import key_press

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

Mod = Qt.KeyboardModifier


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> None:
    del qapp


def event(key: int, text: str = "", held: Mod = Mod.NoModifier, scan_code: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held, scan_code, 0, 0, text)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (event(Qt.Key.Key_PageDown), KeyPress(name="PageDown")),
        (event(Qt.Key.Key_Enter, "\r", Mod.KeypadModifier), KeyPress(name="Enter")),
        (event(Qt.Key.Key_Backtab, "", Mod.ShiftModifier), KeyPress(name="Tab", shift=True)),
        (event(Qt.Key.Key_Space, " "), KeyPress(name="Space")),
        (event(Qt.Key.Key_F12), KeyPress(name="F12")),
        (event(Qt.Key.Key_B, "b"), KeyPress(character="b")),
        (event(Qt.Key.Key_F, "\x06", Mod.ControlModifier), KeyPress(character="f", ctrl=True)),
        (event(Qt.Key.Key_Left, "", Mod.AltModifier), KeyPress(name="Left", alt=True)),
        (event(Qt.Key.Key_Control), KeyPress(ctrl=True)),
        (event(Qt.Key.Key_VolumeUp), KeyPress(name="VolumeUp")),
        (event(Qt.Key.Key_F13), KeyPress(name="F13")),
        (event(Qt.Key.Key_Calculator), KeyPress()),
    ],
)
def test_events(given: QKeyEvent, expected: KeyPress) -> None:
    assert key_press(given) == expected


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="scan codes are the system's")
def test_a_digit_key_of_azerty_counts_by_its_place() -> None:
    assert command_for(key_press(event(Qt.Key.Key_Eacute, "é", scan_code=11)), (STAGE,)) == "link.2"
    assert command_for(key_press(event(Qt.Key.Key_Colon, ":", scan_code=60)), (STAGE,)) == "room.black"
