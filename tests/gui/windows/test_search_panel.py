"""Search and jump, driven as a speaker does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from atelier.deck.loading import read
from atelier.deck.search import search
from atelier.windows.search_panel import SearchPanel
from atelier.windows.tokens import DARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from atelier.deck.types import Deck

TEXT = """---
paths:
  short: {stops: [blog, end]}
---
# Talk

## A blog {#blog}

Soap.

## Jobs {#jobs}

### Who {#who}

Those who 🎂 write a blog for others, and a great many words that follow after it so that it is long enough to be cut.

## End {#end}

Nothing.
"""


@dataclass
class Scene:
    deck: Deck


class Stage(QWidget):
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


@pytest.fixture
def open_panel(stage: Stage) -> Callable[..., SearchPanel]:
    deck = read(TEXT.encode())

    def make(path: str = "") -> SearchPanel:
        panel = SearchPanel(stage, lambda query: search(deck, None, query), Scene(deck), path=path)
        panel.open()
        return panel

    return make


def test_it_opens_empty_with_the_focus_in_the_field(open_panel: Callable[..., SearchPanel]) -> None:
    panel = open_panel()
    assert panel.field.hasFocus()
    assert panel.hits == ()
    assert panel.current == -1


def test_with_ctrl_the_frame_is_made_next(open_panel: Callable[..., SearchPanel]) -> None:
    panel = open_panel()
    went: list[int] = []
    next_: list[int] = []
    panel.chosen.connect(went.append)
    panel.chosen_next.connect(next_.append)
    QTest.keyClicks(panel.field, "blog")
    QTest.keyClick(panel.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (went, next_, panel.is_open) == ([], [1], False)


def test_typing_finds_and_enter_goes_there(open_panel: Callable[..., SearchPanel], stage: Stage) -> None:
    panel = open_panel()
    chosen: list[int] = []
    panel.chosen.connect(chosen.append)
    QTest.keyClicks(panel.field, "blog")
    assert [hit.frame for hit in panel.hits] == [1, 3]
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    assert panel.current == 1
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    assert panel.current == 0
    QTest.keyClick(panel.field, Qt.Key.Key_Up)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert chosen == [3]
    assert not panel.is_open
    assert stage.hasFocus()
    assert stage.keys == []


def test_enter_without_a_hit_does_nothing(open_panel: Callable[..., SearchPanel]) -> None:
    panel = open_panel()
    chosen: list[int] = []
    panel.chosen.connect(chosen.append)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    QTest.keyClicks(panel.field, "zzz")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    assert chosen == []
    assert panel.is_open


def test_the_pointer_chooses_too(open_panel: Callable[..., SearchPanel]) -> None:
    panel = open_panel()
    chosen: list[int] = []
    panel.chosen.connect(chosen.append)
    QTest.keyClicks(panel.field, "blog")
    second = panel.list.visualRect(panel.list.model().index(1, 0))
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=second.center())
    assert chosen == [3]


@pytest.mark.parametrize("how", ["escape", "click outside"])
def test_it_closes_and_gives_the_focus_back(
    open_panel: Callable[..., SearchPanel], stage: Stage, qtbot: QtBot, how: str
) -> None:
    panel = open_panel()
    with qtbot.waitSignal(panel.closed):
        if how == "escape":
            QTest.keyClick(panel.field, Qt.Key.Key_Escape)
        else:
            QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert stage.hasFocus()
    assert stage.keys == []


def test_a_page_turner_still_reaches_the_talk(open_panel: Callable[..., SearchPanel], stage: Stage) -> None:
    panel = open_panel()
    QTest.keyClick(panel.field, Qt.Key.Key_PageDown)
    QTest.keyClick(panel.field, Qt.Key.Key_B)
    assert stage.keys == [Qt.Key.Key_PageDown]
    assert panel.field.text() == "b"


def test_matches_are_marked_in_the_accent_colour(open_panel: Callable[..., SearchPanel]) -> None:
    panel = open_panel()
    QTest.keyClicks(panel.field, "blog")
    rows = [panel.list.visualRect(panel.list.model().index(i, 0)) for i in range(2)]
    image = panel.list.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    for rect in rows:
        seen = {
            QColor(image.pixel(round(x * ratio), round(y * ratio))).name().upper()
            for x in range(rect.left(), rect.right())
            for y in range(rect.top(), rect.bottom())
        }
        assert DARK.accent in seen


def test_rows_are_read_aloud_with_title_and_excerpt(open_panel: Callable[..., SearchPanel]) -> None:
    panel = open_panel("short")
    QTest.keyClicks(panel.field, "blog")
    spoken = panel.list.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Who, ")


def test_its_size_follows_what_it_found_and_its_window(open_panel: Callable[..., SearchPanel], stage: Stage) -> None:
    panel = open_panel()
    assert panel.panel_rect(stage.rect()).width() == 600
    empty = panel.height()
    QTest.keyClicks(panel.field, "blog")
    assert panel.height() > empty
    stage.resize(400, 300)
    assert stage.rect().contains(panel.panel_rect(stage.rect()))
