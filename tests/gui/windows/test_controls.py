from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.windows.controls import Elided

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_line_without_room_is_said_shorter_and_cut_only_then(qtbot: QtBot) -> None:
    line = Elided("strong")
    qtbot.addWidget(line)
    words, short = "3 private passages, 4 comments and 2 masked terms stay here", "9 things stay here"
    line.resize(line.fontMetrics().horizontalAdvance(words), 20)
    line.set_words(words, short)
    assert line.text() == words
    line.resize(line.width() - 1, 20)
    line.show()
    assert line.text() == short
    assert line.accessibleName() == words
    line.set_words(words)
    assert line.text().endswith("…")
