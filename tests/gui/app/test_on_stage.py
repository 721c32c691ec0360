"""A talk driven through every key there is: what the room may see of it, and keys that a person chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QTextEdit,
    QToolTip,
    QWidget,
)

from atelier.app.appearance import SharedAppearance
from atelier.app.opening import open_stage
from atelier.commands.keymap import default_keymap, in_use, keymap, use
from atelier.commands.table import COMMANDS, EVERYWHERE, LINK, STAGE
from atelier.foundation.settings import Settings, load_settings, save_settings
from atelier.windows.keys_panel import KeysPanel
from atelier.windows.leaving import Leaving
from atelier.windows.notice import Toast
from atelier.windows.overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from atelier.app.presenting import Presentation
    from atelier.windows.console.window import Console

FOR_THE_SPEAKER = (Overlay, Toast, QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView, QMenu, QDialog)
SPOKEN = [command for command in COMMANDS if command.when in {STAGE, LINK, EVERYWHERE}]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text(
        "---\npaths:\n  short: {minutes: 5, stops: [one]}\n---\n# Talk\n\n## One {#one minutes=2}\n\n"
        "[two](#two) and [elsewhere](https://example.org/)\n\n/// notes\nSay this.\n///\n\n"
        "## Two {#two}\n\n- a\n- b\n\n### Three\n\nwords\n",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def talk(qtbot: QtBot, qapp: QApplication, deck: Path) -> Iterator[Presentation]:
    presentation = open_stage(deck, appearance=SharedAppearance(qapp), windowed=True, motion="cuts", console=True)
    presentation.stage.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.waitUntil(lambda: not presentation.window.canvas.busy)
    yield presentation
    presentation.stage.close()


def press(window: QWidget, chord: str) -> None:
    """Presses a key of the table where the keys go to in a window."""
    *held, key = chord.split("+") if not chord.endswith("+") else [*chord[:-1].removesuffix("+").split("+"), "+"]
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in filter(None, held):
        modifiers |= {
            "Ctrl": Qt.KeyboardModifier.ControlModifier,
            "Alt": Qt.KeyboardModifier.AltModifier,
            "Shift": Qt.KeyboardModifier.ShiftModifier,
        }[name]
    target = window.focusWidget() or window
    if len(key) == 1:
        QTest.keyClick(target, Qt.Key(ord(key)), modifiers)
    else:
        QTest.keyClick(target, getattr(Qt.Key, f"Key_{'Return' if key == 'Enter' else key}"), modifiers)


def assert_the_room_sees_nothing_of_it(presentation: Presentation, console: Console, after: str) -> None:
    stage = presentation.stage
    for window in QApplication.topLevelWidgets():
        if not window.isVisible() or window in (stage, console):
            continue
        owner = window.parentWidget()
        assert owner is not None, f"{after}: {window}"
        assert owner.window() is console, f"{after}: {window}"
        assert not isinstance(window, QDialog), f"{after}: {window}"
    for kind in FOR_THE_SPEAKER:
        seen = [child for child in stage.findChildren(kind) if child.isVisible()]
        assert seen == [], after
    assert not QToolTip.isVisible()
    assert stage.isVisible(), after


def test_no_key_puts_anything_for_the_speaker_before_the_room(
    talk: Presentation, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, expected_log: Callable[[str], None]
) -> None:
    expected_log(r"plugin does not support (raise\(\)|grabbing the keyboard)")  # a menu's, on the offscreen platform

    def never(leaving: Leaving) -> bool:
        del leaving
        return False

    monkeypatch.setattr(Leaving, "press", never)
    console = talk.open_console()
    for command in SPOKEN:
        for window in (talk.window, console):
            for chord in command.keys:
                press(window, chord)
                QApplication.processEvents()
                assert_the_room_sees_nothing_of_it(talk, console, f"{command.id}, {chord}")
            press(console, "Escape")
            press(console, "Escape")
            QApplication.processEvents()
    qtbot.waitUntil(lambda: not talk.window.canvas.busy)


def test_every_command_of_a_talk_is_bound(talk: Presentation) -> None:
    console = talk.open_console()
    windows = (console.commands, talk.window.commands)
    assert [command.id for command in SPOKEN if not any(commands.knows(command.id) for commands in windows)] == []


def test_keys_chosen_in_the_console_count_at_once_and_the_next_time(talk: Presentation) -> None:
    console = talk.open_console()
    press(console, "Ctrl+,")
    (panel,) = console.findChildren(KeysPanel)
    panel.choose("stage.next")
    press(console, "Enter")
    press(console, "F9")
    press(console, "Escape")
    assert in_use().keys["stage.next"][-1] == "F9"
    before = talk.talk.position
    press(console, "F9")
    assert talk.talk.position != before
    stored = dict(load_settings().keys)
    assert stored["stage.next"][-1] == "F9"
    use(default_keymap())
    assert keymap(stored).keys["stage.next"][-1] == "F9"


def test_keys_chosen_before_are_in_use_and_nonsense_is_not(qapp: QApplication, deck: Path, qtbot: QtBot) -> None:
    save_settings(Settings(keys=(("stage.next", ("F9",)), ("room.black", ("PageDown",)), ("stage.dance", ("F3",)))))
    presentation = open_stage(deck, appearance=SharedAppearance(qapp), windowed=True, motion="cuts")
    presentation.stage.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.waitUntil(lambda: not presentation.window.canvas.busy)
    start = presentation.talk.position
    press(presentation.window, "F9")
    assert presentation.talk.position != start
    press(presentation.window, "PageDown")
    assert not presentation.talk.state.cover
    press(presentation.window, "B")
    assert presentation.talk.state.cover == "black"
    presentation.stage.close()


def test_f5_fills_the_screen_and_a_clickers_second_one_leaves_it_so(talk: Presentation) -> None:
    for _n in range(2):
        press(talk.window, "F5")
        assert talk.stage.isFullScreen()
    press(talk.window, "Shift+F5")
    assert talk.stage.isFullScreen()
    press(talk.window, "F11")
    assert not talk.stage.isFullScreen()
