"""What a talk leaves behind when it has ended and the library goes on."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from atelier.app.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

PATIENCE = 30_000
"""Milliseconds: the machine may be busy."""


@pytest.fixture
def library(qapp: QApplication, qtbot: QtBot) -> Iterator[Library]:
    made = Library(qapp)
    made.window.show()
    qtbot.waitExposed(made.window)
    yield made
    made.window.close()
    qapp.processEvents()


def test_a_talk_gives_back_its_windows_and_what_it_drew(
    library: Library, given_deck: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    def give() -> weakref.ref[object]:
        library.window.deck_chosen.emit(given_deck)
        talk = library.presentation
        assert talk is not None
        talk.open_console()
        qtbot.waitUntil(lambda: not talk.window.canvas.busy, timeout=PATIENCE)
        gc.freeze()  # as a talk does once nothing moves
        talk.stage.close()
        return weakref.ref(talk)

    for _ in range(2):
        drawn = give()
        qtbot.waitUntil(lambda drawn=drawn: drawn() is None, timeout=PATIENCE)
        assert {widget.window() for widget in qapp.allWidgets()} == {library.window}
    assert gc.get_freeze_count() == 0
