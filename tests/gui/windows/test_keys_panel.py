"""The settings of the keys, driven by the keyboard and by the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from atelier.commands.keymap import in_use, keymap, use
from atelier.commands.table import COMMANDS
from atelier.foundation.translation import set_language
from atelier.windows.controls import Button, CommandCaps
from atelier.windows.key_detail import title_of
from atelier.windows.keys_panel import KeysPanel, found
from atelier.windows.tokens import DARK, LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from pytestqt.qtbot import QtBot

Key = Qt.Key


class Host(QWidget):
    """Remembers the keys that came through."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    window = Host()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    window.setFocus()
    return window


@pytest.fixture
def panel(host: Host) -> KeysPanel:
    made = KeysPanel(host, DARK)
    made.open()
    return made


def typed(panel: KeysPanel, *keys: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        focused = panel.window().focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, held)


def named(panel: KeysPanel, name: str) -> Button:
    return next(b for b in panel.findChildren(Button) if b.accessibleName() == name and not b.isHidden())


def shown_words(panel: KeysPanel) -> str:
    return " ".join(w.accessibleName() for w in panel.findChildren(QWidget) if w.isVisible())


def test_every_command_is_listed_with_its_keys(panel: KeysPanel) -> None:
    assert list(panel.listed) == list(COMMANDS)
    spoken = [str(panel.list.model().index(row, 0).data()) for row in range(len(COMMANDS))]
    assert "Black screen, B, ." in spoken
    assert len(set(map(title_of, COMMANDS))) > len(COMMANDS) - 9


@pytest.mark.parametrize(("query", "id_"), [("OVERV", "stage.overview"), ("backspace shift", "history.path")])
def test_a_command_is_found_by_its_words_and_by_its_keys(query: str, id_: str) -> None:
    assert [command.id for command in found(query, in_use())] == [id_]


def test_a_key_is_added_with_the_keyboard_alone(panel: KeysPanel, host: Host) -> None:
    QTest.keyClicks(panel.field, "overv")
    typed(panel, Key.Key_Return)
    assert panel.recording
    told: list[object] = []
    panel.remapped.connect(told.append)
    typed(panel, Key.Key_F8)
    assert in_use().keys["stage.overview"] == ("O", "F8")
    assert told == [in_use()]
    assert not panel.recording
    assert panel.field.hasFocus()
    assert host.keys == []


def test_tab_and_the_keys_of_the_talk_can_be_taken_down_too(panel: KeysPanel, host: Host) -> None:
    use(in_use().without_key("link.next", "Tab"))
    QTest.keyClicks(panel.field, "overv")
    typed(panel, Key.Key_Return, Key.Key_Tab)
    typed(panel, Key.Key_Return)
    typed(panel, Key.Key_PageDown, held=Qt.KeyboardModifier.ControlModifier)
    assert in_use().keys["stage.overview"] == ("O", "Tab", "Ctrl+PageDown")
    assert host.keys == []


def test_a_key_is_changed_removed_and_put_back_with_the_pointer(panel: KeysPanel) -> None:
    panel.choose("stage.overview")
    QTest.mouseClick(named(panel, "Change O"), Qt.MouseButton.LeftButton)
    assert panel.recording
    typed(panel, Key.Key_F8)
    assert in_use().keys["stage.overview"] == ("F8",)
    QTest.mouseClick(named(panel, "Remove F8"), Qt.MouseButton.LeftButton)
    assert in_use().keys["stage.overview"] == ()
    QTest.mouseClick(named(panel, "Reset"), Qt.MouseButton.LeftButton)
    assert in_use().chosen == {}


def test_a_key_that_is_taken_is_refused_in_words(panel: KeysPanel) -> None:
    panel.choose("stage.overview")
    typed(panel, Key.Key_Return, Key.Key_U)
    assert in_use().chosen == {}
    assert "U already does “Up to the parent”." in shown_words(panel)
    typed(panel, Key.Key_Return, Key.Key_PageDown)
    assert "PageDown" not in in_use().keys["stage.overview"]
    assert "Page turners send it" in shown_words(panel)


def test_what_page_turners_send_has_no_button_to_remove_it(panel: KeysPanel) -> None:
    panel.choose("stage.next")
    names = {button.accessibleName() for button in panel.findChildren(Button) if not button.isHidden()}
    assert "Remove Space" in names
    assert "Remove Page Down" not in names


def test_escape_stops_taking_down_and_then_closes(panel: KeysPanel, host: Host) -> None:
    panel.choose("stage.overview")
    typed(panel, Key.Key_Return, Key.Key_Escape)
    assert panel.is_open
    assert not panel.recording
    typed(panel, Key.Key_Escape)
    assert not panel.is_open
    assert host.hasFocus()
    assert in_use().chosen == {}


def test_closing_it_in_the_middle_takes_nothing_down(panel: KeysPanel, host: Host) -> None:
    panel.choose("stage.overview")
    typed(panel, Key.Key_Return)
    panel.close_panel()
    QTest.keyClick(host, Key.Key_F8)
    assert in_use().chosen == {}
    assert host.keys == [Key.Key_F8]


def test_all_keys_are_put_back_at_once(panel: KeysPanel) -> None:
    assert not panel.reset_all_button.isEnabled()
    panel.change(lambda: keymap({"stage.overview": ["F8"], "talk.clock": []}))
    QTest.mouseClick(panel.reset_all_button, Qt.MouseButton.LeftButton)
    assert in_use().chosen == {}


def test_page_keys_reach_the_talk_while_it_is_open(panel: KeysPanel, host: Host) -> None:
    typed(panel, Key.Key_PageDown, Key.Key_F5)
    assert host.keys == [Key.Key_PageDown, Key.Key_F5]


def test_tab_goes_round_inside(panel: KeysPanel) -> None:
    panel.choose("stage.overview")
    QApplication.processEvents()
    seen: list[str] = []
    for _n in range(6):
        typed(panel, Key.Key_Tab)
        focused = panel.window().focusWidget()
        assert focused is not None
        assert panel.isAncestorOf(focused)
        seen.append(focused.accessibleName())
    assert seen[:3] == ["Change O", "Remove O", "Add a key"]
    assert panel.field.accessibleName() in seen


def test_tooltips_and_caps_say_the_new_key_at_once(panel: KeysPanel, host: Host) -> None:
    button = Button("x").for_command("room.freeze")
    caps = CommandCaps("room.freeze")
    for widget in (button, caps):
        widget.setParent(host)
    panel.change(lambda: in_use().with_key("room.freeze", "Ctrl+F8", instead_of="F"))
    assert button.toolTip().endswith("(Ctrl+F8)")
    assert button.accessibleDescription() == "Key: Ctrl+F8"
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(caps.findChildren(QLabel)) == 2
    panel.change(lambda: in_use().without_key("room.freeze", "Ctrl+F8"))
    assert "(" not in button.toolTip()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert caps.findChildren(QLabel) == []


@pytest.mark.parametrize("inside", [True, False])
def test_a_click_beside_it_closes_it(panel: KeysPanel, *, inside: bool) -> None:
    at = panel.inner.topLeft() + QPoint(4, 4) if inside else QPoint(2, 2)
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=at)
    assert panel.is_open is inside


@pytest.mark.parametrize("size", [(1024, 640), (1440, 900), (640, 480)])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_fits_its_window(host: Host, panel: KeysPanel, size: tuple[int, int], language: str) -> None:
    set_language(language)
    host.resize(*size)
    panel.set_tokens(LIGHT)
    assert host.rect().contains(panel.inner)
    QApplication.processEvents()
    assert panel.inner.contains(panel.list.geometry())
    assert not panel.grab().isNull()


def test_a_search_without_a_hit_says_so(panel: KeysPanel) -> None:
    QTest.keyClicks(panel.field, "zzz")
    assert panel.current is None
    typed(panel, Key.Key_Return)
    assert not panel.recording
