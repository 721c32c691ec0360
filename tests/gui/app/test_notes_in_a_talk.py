"""Notes mended in the middle of a talk, as the whole program goes on with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from atelier.app.appearance import SharedAppearance
from atelier.app.opening import open_stage
from atelier.foundation.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from atelier.app.presenting import Presentation

PUT_IN = "# Lego {#lego}\n\nBricks.\n"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def talk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Presentation]:
    (tmp_path / "lego.md").write_text(PUT_IN, encoding="utf-8")
    (tmp_path / "talk.md").write_text("# Talk\n\n![[lego]]\n\n## End\n\nBye.\n", encoding="utf-8")
    file = tmp_path / "talk.md"
    presentation = open_stage(file, appearance=SharedAppearance(qapp), windowed=True, motion="cuts", console=True)
    presentation.stage.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.waitUntil(lambda: not presentation.window.canvas.busy)
    yield presentation
    presentation.stage.close()


def test_what_is_saved_is_read_again_and_the_talk_stays_where_it_is(
    talk: Presentation, qtbot: QtBot, tmp_path: Path
) -> None:
    console = talk.open_console()
    notes = console.notes.notes
    QTest.keyClick(console, Qt.Key.Key_PageDown)
    assert talk.scene.deck.frames[notes.view.frame].title == "Lego"
    QTest.keyClicks(console, "r")
    QTest.keyClicks(notes.field, "Smile.")
    QTest.keyClick(notes.field, Qt.Key.Key_PageDown)
    QTest.keyClick(notes.field, Qt.Key.Key_Return, CTRL)
    assert (tmp_path / "lego.md").read_text(encoding="utf-8") == PUT_IN + "\n/// notes\nSmile.\n///\n"
    end = talk.talk.position
    qtbot.waitUntil(lambda: talk.scene.contents.content(1).notes != (), timeout=5_000)
    assert talk.talk.position.stop == end.stop
    QTest.keyClick(console, Qt.Key.Key_PageUp)
    assert not notes.view.empty


def test_the_size_of_the_notes_is_remembered(talk: Presentation) -> None:
    console = talk.open_console()
    QTest.keyClick(console, Qt.Key.Key_Minus, CTRL)
    assert load_settings().notes_size == console.notes.notes.view.text_size == 18
