"""Decks on disk, and what the windows are made with."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QSize, Signal

from atelier.windows.icons import Icons
from atelier.windows.style import Appearance
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

DAY = 86_400


class FakeThumbnails(QObject):
    """Remembers what was asked; a test says when a picture is ready."""

    ready = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Path, QSize]] = []

    def request(self, path: Path, size: QSize) -> None:
        self.asked.append((path, size))


@pytest.fixture
def appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp, Scheme.LIGHT)


@pytest.fixture
def icons(appearance: Appearance) -> Icons:
    return Icons(appearance)


@pytest.fixture
def thumbnails(qapp: QApplication) -> FakeThumbnails:
    del qapp
    return FakeThumbnails()


@pytest.fixture
def decks(tmp_path: Path) -> list[Path]:
    """Three decks, changed today, yesterday and long ago; the last one is a folder."""
    texts = {
        "cake.md": "---\ntitle: Le gâteau\n---\n# Le gâteau\n\n## Crème {minutes=3}\n\n## Fin {minutes=4}\n",
        "law.md": "# Droit d’auteur\n\n## Élèves\n\nUne citation est permise.\n",
        "module/deck.md": "# Module\n\n/// notes\nLe mot zèbre est dans les notes.\n///\n",
    }
    for days, (name, text) in zip((0, 1, 400), texts.items(), strict=True):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        then = time.time() - days * DAY
        os.utime(file, (then, then))
    return [tmp_path / "cake.md", tmp_path / "law.md", tmp_path / "module"]
