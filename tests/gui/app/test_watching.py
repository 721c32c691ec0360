"""The watcher tells of every kind of change to a file, once, and of no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.app.watching import INTERVAL, DeckWatcher

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "deck.md"
    made.write_text("# One\n", encoding="utf-8")
    return made


@pytest.fixture
def watcher(qtbot: QtBot, file: Path) -> DeckWatcher:
    del qtbot
    return DeckWatcher((file,))


def test_writing_in_place_is_told(qtbot: QtBot, file: Path, watcher: DeckWatcher) -> None:
    with qtbot.waitSignal(watcher.changed, timeout=500):
        file.write_text("# One\n\nmore\n", encoding="utf-8")


def test_a_file_replaced_as_editors_do_is_told(qtbot: QtBot, file: Path, watcher: DeckWatcher) -> None:
    with qtbot.waitSignal(watcher.changed, timeout=500):
        new = file.with_name("new")
        new.write_text("# Two\n", encoding="utf-8")
        new.replace(file)


def test_a_file_that_comes_back_is_told(qtbot: QtBot, file: Path, watcher: DeckWatcher) -> None:
    with qtbot.waitSignal(watcher.changed, timeout=1000):
        file.unlink()
    with qtbot.waitSignal(watcher.changed, timeout=1000):
        file.write_text("# One\n", encoding="utf-8")


def test_one_change_is_told_once(qtbot: QtBot, file: Path, watcher: DeckWatcher) -> None:
    with qtbot.waitSignal(watcher.changed, timeout=500):
        file.write_text("# Two\n", encoding="utf-8")
    with qtbot.assertNotEmitted(watcher.changed, wait=INTERVAL * 4):
        pass


def test_a_file_no_longer_watched_is_not_told(qtbot: QtBot, file: Path, watcher: DeckWatcher) -> None:
    other = file.with_name("other.md")
    other.write_text("", encoding="utf-8")
    watcher.watch((other,))
    with qtbot.assertNotEmitted(watcher.changed, wait=INTERVAL * 3):
        file.write_text("# Two\n", encoding="utf-8")
    with qtbot.waitSignal(watcher.changed, timeout=500):
        other.write_text("x", encoding="utf-8")
