"""Leaving frames out, taking them in again, and choosing what comes next: by key and by pointer, in the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from atelier.canvas.flight import Profile
from atelier.deck.loading import read
from atelier.render.scene import build_scene
from atelier.render.tiles import TileCache
from atelier.windows.audience import AudienceWindow
from atelier.windows.console.window import Console
from atelier.windows.ground import talk_over
from atelier.windows.icons import Icons
from atelier.windows.search_panel import SearchPanel
from atelier.windows.style import Appearance
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atelier.windows.console.frame_list import FrameList, FrameRow

TEXT = b"""# A talk {#root minutes=1}

## First {#first minutes=1}

## Second {#second minutes=10}

### Inside {#inside minutes=2}

## Third {#third minutes=3}

## Last {#last minutes=1}
"""
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
OF_MENUS = "This plugin does not support (raise|grabbing the keyboard)"
"""What Qt says when a menu opens where there is no screen."""


class Given:
    """A talk at its first stop, on two windows."""

    def __init__(self, app: QApplication) -> None:
        appearance = Appearance(app, Scheme.DARK)
        scene = build_scene(read(TEXT))
        self.talk = talk_over(scene)
        self.talk.begin()
        self.room = AudienceWindow(scene, TileCache(), self.talk, lambda: appearance, profile=Profile.CUTS)
        self.room.resize(640, 360)
        self.room.start()
        self.console = Console(self.talk, self.room, lambda: appearance, Icons(appearance))
        self.console.resize(1440, 900)
        self.console.show()
        self.talk.next()
        self.look()

    def look(self) -> None:
        """Has the panels show what is so now."""
        self.console.notes.outline.refresh()
        self.console.stage.refresh()
        self.console.repaint()

    @property
    def outline(self) -> FrameList:
        return self.console.notes.outline.list

    @property
    def dropped(self) -> list[str]:
        return [self.talk.ground.deck.frames[index].id for index in sorted(self.talk.dropped())]

    @property
    def at(self) -> str:
        return self.talk.frame_id(self.talk.position.place)

    def row(self, id_: str) -> FrameRow:
        return next(row for row in self.outline.rows if self.talk.ground.deck.frames[row.frame].id == id_)

    def spot(self, id_: str, from_right: int = 0) -> QPoint:
        """In the row of a frame: near its words, or so many pixels from its right end."""
        index = self.outline.model().index(self.outline.rows.index(self.row(id_)), 0)
        rect = self.outline.visualRect(index)
        return QPoint(rect.right() - from_right if from_right else rect.left() + 60, rect.center().y())

    def press(self, key: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.console, key, held)
        self.look()

    def menu(self, widget: QWidget, at: QPoint) -> list[str]:
        """What the menu at a point says."""
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
        QApplication.sendEvent(widget, event)
        menu = self.console.menu.menu
        return [action.text() for action in menu.actions()] if menu is not None else []

    def choose(self, words: str) -> None:
        """Chooses from the menu that is open."""
        menu = self.console.menu.menu
        assert menu is not None
        next(action for action in menu.actions() if action.text() == words).trigger()
        menu.close()
        self.look()


@pytest.fixture
def given(qapp: QApplication) -> Iterator[Given]:
    made = Given(qapp)
    made.console.activateWindow()
    made.console.setFocus()
    qapp.processEvents()
    yield made
    for window in (made.console, made.room):
        window.close()
        window.deleteLater()
    qapp.processEvents()


def test_a_key_leaves_out_the_next_stop_and_another_takes_it_in_again(given: Given) -> None:
    given.press(Key.Key_Delete)
    assert given.dropped == ["second", "inside"]
    given.press(Key.Key_Delete)
    assert given.dropped == ["second", "inside", "third"]
    given.console.board.take_away()  # as it does by itself after a while
    given.press(Key.Key_Delete, SHIFT)
    assert given.dropped == ["second", "inside"]
    given.press(Key.Key_Delete, SHIFT)
    given.press(Key.Key_Delete, SHIFT)
    assert given.dropped == []


def test_what_is_left_out_is_seen_and_an_arrow_takes_it_in_again(given: Given) -> None:
    given.talk.drop((given.talk.ground.deck.frames[3].index,))
    given.look()
    row = given.row("inside")  # though nobody opened its section
    assert row.left_out
    assert row.spoken == "Inside, 2:00, left out"
    QTest.mouseClick(given.outline.viewport(), Qt.MouseButton.LeftButton, pos=given.spot("inside", 12))
    assert given.dropped == []
    assert given.at == "first"


def test_the_key_counts_for_the_row_chosen_in_the_outline(given: Given) -> None:
    given.outline.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(2):
        QTest.keyClick(given.outline, Key.Key_Down)
    QTest.keyClick(given.outline, Key.Key_Delete)
    assert given.dropped == ["third"]
    given.look()
    QTest.keyClick(given.outline, Key.Key_Delete)
    assert given.dropped == []


def test_the_key_counts_for_the_piece_chosen_on_the_ribbon(given: Given) -> None:
    ribbon = given.console.ribbon
    ribbon.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        QTest.keyClick(ribbon, Key.Key_Right)
    QTest.keyClick(ribbon, Key.Key_Delete)
    assert given.dropped == ["third"]
    assert ribbon.words_of(4) == "5. Third, 3 min, left out"
    QTest.keyClick(ribbon, Key.Key_Delete)
    assert given.dropped == []


def test_what_has_been_cannot_be_left_out(given: Given, expected_log: Callable[[str], None]) -> None:
    expected_log(OF_MENUS)
    given.outline.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(given.outline, Key.Key_Up)
    QTest.keyClick(given.outline, Key.Key_Delete)
    assert given.dropped == []
    assert given.menu(given.outline.viewport(), given.spot("root")) == ["Go there", "Make it next"]


def test_the_menu_of_a_row_does_it_all(given: Given, expected_log: Callable[[str], None]) -> None:
    expected_log(OF_MENUS)
    rows = given.outline.viewport()
    assert given.menu(rows, given.spot("third")) == ["Go there", "Make it next", "Leave out"]
    given.choose("Leave out")
    assert given.dropped == ["third"]
    assert "Take in again" in given.menu(rows, given.spot("third"))
    given.choose("Take in again")
    assert given.dropped == []
    given.menu(rows, given.spot("last"))
    given.choose("Make it next")
    assert given.console.stage.next_views.next.accessibleName() == "Up next: Last, chosen, once"
    assert "No longer next" in given.menu(rows, given.spot("last"))
    given.choose("No longer next")
    assert given.console.stage.next_views.next.accessibleName() == "Up next: Second, 3 of 6"
    given.menu(rows, given.spot("last"))
    given.choose("Go there")
    assert given.at == "last"


def test_the_menu_of_a_piece_of_the_ribbon(given: Given, expected_log: Callable[[str], None]) -> None:
    expected_log(OF_MENUS)
    ribbon = given.console.ribbon
    at = QPoint(ribbon.width() - 12, ribbon.height() // 2)
    assert given.menu(ribbon, at) == ["Go there", "Make it next", "Leave out"]
    given.choose("Leave out")
    assert given.dropped == ["last"]


def test_a_frame_that_was_searched_for_comes_next_once(given: Given) -> None:
    given.press(Key.Key_Slash)
    panel = given.console.findChildren(SearchPanel)[-1]
    QTest.keyClicks(panel.field, "Last")
    QTest.keyClick(panel.field, Key.Key_Return, CTRL)
    given.look()
    assert not panel.is_open
    assert given.at == "first"
    assert given.console.stage.next_views.next_words.text() == "chosen, once"
    given.console.setFocus()
    seen: list[str] = []
    for _ in range(3):
        given.press(Key.Key_Space)
        seen.append(given.at)
    assert seen == ["last", "second", "inside"]


def test_backspace_takes_back_what_was_made_next(given: Given) -> None:
    given.room.changes.make_next(4)
    given.press(Key.Key_Backspace)
    assert (given.at, given.talk.next_chosen()) == ("first", None)
    given.press(Key.Key_Space)
    assert given.at == "second"


def test_where_there_is_no_console_the_keys_do_it_too(given: Given) -> None:
    given.console.hide()
    given.room.show()
    QTest.keyClick(given.room, Key.Key_Delete)
    assert given.dropped == ["second", "inside"]
    QTest.keyClick(given.room, Key.Key_Delete, SHIFT)
    assert given.dropped == []
