"""The sheet of all keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from atelier.commands.keymap import in_use, use
from atelier.commands.keys import caps
from atelier.commands.table import COMMANDS, EVERYWHERE, LIBRARY, LINK, STAGE
from atelier.foundation.translation import set_language
from atelier.windows.key_sheet import KeySheet, sections

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from pytestqt.qtbot import QtBot


SMALLEST_TEXT = 9.5
"""Pixels: on the smallest console all keys still stand on one sheet."""


class Stage(QWidget):
    """Remembers the keys that came through."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    window = Stage()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    window.setFocus()
    return window


@pytest.mark.parametrize("contexts", [(STAGE, LINK), (LIBRARY,)])
def test_every_command_and_every_key_of_a_context_is_on_it(contexts: tuple[str, ...]) -> None:
    shown = {(line.words, chord) for section in sections(contexts) for line in section.lines for chord in line.keys}
    for command in COMMANDS:
        if command.when in (*contexts, EVERYWHERE) and not command.id.removeprefix("link.").isdigit():
            assert {(command.title, caps(key)) for key in command.keys} <= shown


def test_numbers_are_one_line() -> None:
    lines = [line for section in sections((STAGE,)) for line in section.lines if "number" in line.words]
    assert [line.keys for line in lines] == [(("1",), ("…",), ("9",))]


@pytest.mark.parametrize(("width", "height"), [(320, 180), (640, 360), (1024, 640), (1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_fits_any_window(stage: Stage, width: int, height: int, language: str) -> None:
    set_language(language)
    sheet = KeySheet(stage)
    stage.resize(width, height)
    sheet.open()
    assert stage.rect().contains(sheet.inner)
    assert not sheet.grab().isNull()


def test_it_is_read_aloud(stage: Stage) -> None:
    assert "Overview: O" in KeySheet(stage).accessibleDescription()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F1])
def test_keys_close_it_and_give_the_focus_back(stage: Stage, key: Qt.Key, qtbot: QtBot) -> None:
    sheet = KeySheet(stage)
    sheet.open()
    assert sheet.hasFocus()
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, key)
    assert not sheet.isVisible()
    assert stage.hasFocus()
    assert stage.keys == []


def test_tab_stays_inside(stage: Stage) -> None:
    other = QWidget(stage)
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    sheet = KeySheet(stage)
    sheet.open()
    QTest.keyClick(sheet, Qt.Key.Key_Tab)
    assert sheet.change_button.hasFocus()
    QTest.keyClick(sheet.change_button, Qt.Key.Key_Tab)
    assert sheet.hasFocus()


def test_keys_that_were_chosen_are_on_it_and_a_command_without_one_is_not(stage: Stage) -> None:
    use(in_use().with_key("stage.overview", "F8").without_key("stage.overview", "O").without_key("talk.clock", "T"))
    sheet = KeySheet(stage)
    assert "Overview: F8\n" in sheet.accessibleDescription()
    assert "Pause the clock" not in sheet.accessibleDescription()


def test_its_button_asks_for_the_settings(stage: Stage, qtbot: QtBot) -> None:
    sheet = KeySheet(stage)
    sheet.open()
    assert sheet.inner.contains(sheet.change_button.geometry())
    assert "Ctrl+," in sheet.change_button.toolTip()
    with qtbot.waitSignal(sheet.change_asked):
        QTest.mouseClick(sheet.change_button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_its_words_can_be_read_on_the_smallest_console(stage: Stage, language: str) -> None:
    set_language(language)
    sheet = KeySheet(stage)
    stage.resize(1024, 640)
    sheet.open()
    assert sheet.text_pixels >= SMALLEST_TEXT


def test_page_keys_reach_the_talk_below(stage: Stage) -> None:
    sheet = KeySheet(stage)
    sheet.open()
    QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    assert stage.keys == [Qt.Key.Key_PageDown]


@pytest.mark.parametrize("inside", [True, False])
def test_a_click_closes_it(stage: Stage, *, inside: bool) -> None:
    sheet = KeySheet(stage)
    sheet.open()
    at = sheet.rect().center() if inside else QPoint(2, 2)
    under = stage.childAt(at)
    assert under is sheet
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=at)
    assert not sheet.is_open
