"""A deck to publish, a site and a keyring for it, and what a person does with the dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from tests.unit.publishing.blog import USER, running_blog
from tests.unit.publishing.keyrings import KeyringOnDisk

from atelier.app.library import Library
from atelier.foundation.settings import Settings, save_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot
    from tests.unit.publishing.blog import Blog

    from atelier.windows.publish.dialog import PublishDialog

PATIENCE = 30_000
"""Milliseconds: the machine may be busy."""
DECK = """---
lang: fr
redact: {Zorb: someone}
---

# Bread {#bread}

/// notes
Everything begins with the grain, says Zorb.
///

![An oven](oven.svg)

## Rising {#rising lang=en}

It takes *Nobody*{.private} hours.
"""
OVEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="40" height="30" fill="#a52"/></svg>'


@pytest.fixture
def blog() -> Iterator[Blog]:
    with running_blog() as running:
        yield running


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeyringOnDisk:
    made = KeyringOnDisk(tmp_path / "keyring")
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    return made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that the browser was sent to."""
    seen: list[str] = []
    monkeypatch.setattr("atelier.app.publish_dialog.open_in_browser", seen.append)
    return seen


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "decks" / "bread.md"
    file.parent.mkdir()
    file.write_text(DECK, encoding="utf-8")
    (file.parent / "oven.svg").write_text(OVEN, encoding="utf-8")
    return file


@pytest.fixture
def library(qapp: QApplication, qtbot: QtBot, deck: Path, opened: list[str]) -> Iterator[Library]:
    del opened
    save_settings(Settings().with_opened(deck, "Bread", 3))
    made = Library(qapp)
    made.window.resize(1100, 760)
    made.window.show()
    qtbot.waitExposed(made.window)
    made.window.shelves.focus_current()
    yield made
    made.exporting.close()
    made.window.close()
    qapp.processEvents()


def press(dialog: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = dialog.window().focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def type_in(dialog: QWidget, words: str) -> None:
    """Types where the focus is."""
    focused = dialog.window().focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, words)


def click(button: QWidget) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def publish_dialog(library: Library, qtbot: QtBot) -> PublishDialog:
    """The dialog, by the mouse: export, the blog draft, publish; once the article is read."""
    if library.exporting.dialog is None:
        QTest.keyClick(library.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    export = library.exporting.dialog
    assert export is not None
    row = next(row for row in export.list.rows if row.offer.id == "blog")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(120, row.height() // 2))
    click(export.publish_button)
    dialog = library.exporting.publishing.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.stays.isVisible, timeout=PATIENCE)
    return dialog


def fill_in(dialog: PublishDialog, site: str, password: str = "", user: str = USER) -> None:
    login = dialog.login
    login.site_field.setFocus()
    login.site_field.line.selectAll()
    type_in(dialog, site)
    login.user_field.setFocus()
    login.user_field.selectAll()
    type_in(dialog, user)
    if password:
        login.password_field.setFocus()
        login.password_field.selectAll()
        type_in(dialog, password)


def words_of(widget: QWidget) -> str:
    """What is to be read in a widget."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def send(dialog: PublishDialog, qtbot: QtBot) -> None:
    click(dialog.send_button)
    qtbot.waitUntil(lambda: dialog.is_done or dialog.question.isVisible(), timeout=PATIENCE)


def fail(dialog: PublishDialog, qtbot: QtBot) -> str:
    """Sends, and gives what is said of why it was not possible."""
    click(dialog.send_button)
    qtbot.waitUntil(lambda: not dialog.working and dialog.notices.notice is not None, timeout=PATIENCE)
    notice = dialog.notices.notice
    assert notice is not None
    assert notice.kind == "error"
    return f"{notice.message} {notice.hint}"
