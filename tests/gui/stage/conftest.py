"""A deck on a stage, driven as a person would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from atelier.canvas.flight import Profile
from atelier.deck.loading import load
from atelier.render.scene import build_scene
from atelier.render.tiles import TileCache
from atelier.windows.audience import AudienceWindow
from atelier.windows.ground import talk_over
from atelier.windows.style import Appearance

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

TEXT = """---
title: A talk
paths:
  short: {minutes: 5, stops: [first, last]}
---

# A talk

Three parts and a link.

## First {#first}

- one
- two
{: .steps }

## Second {#second}

See [the last](#last) or [elsewhere](https://example.org/x).

### Inside {#inside}

Deep zebra text.

## Last {#last}

The end.
"""

Present = Callable[..., AudienceWindow]


@pytest.fixture
def deck_file(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def present(qtbot: QtBot, qapp: QApplication, deck_file: Path) -> Iterator[Present]:
    """Opens a deck in a window; cuts, unless told otherwise, so that a test waits for nothing."""
    windows: list[AudienceWindow] = []  # a window nobody holds is collected, even in the middle of its own event

    def open_window(
        file: Path = deck_file,
        *,
        path: str = "",
        profile: Profile = Profile.CUTS,
        size: tuple[int, int] = (960, 540),
        now: Callable[[], float] | None = None,
    ) -> AudienceWindow:
        scene = build_scene(load(file), path=path)
        talk = talk_over(scene, now=now)
        talk.begin(path)
        window = AudienceWindow(scene, TileCache(), talk, lambda: Appearance(qapp), profile=profile)
        windows.append(window)
        window.resize(*size)
        window.start()
        window.show()
        qtbot.waitUntil(lambda: not window.canvas.moving)
        return window

    yield open_window
    for window in windows:
        window.close()
        window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def press(qtbot: QtBot) -> Callable[..., None]:
    """Presses a key and waits until nothing moves."""

    def press_key(
        window: AudienceWindow,
        key: Qt.Key | str,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        target = window.focusWidget() or window
        if isinstance(key, str):
            QTest.keyClicks(target, key, modifiers)
        else:
            QTest.keyClick(target, key, modifiers)
        qtbot.waitUntil(lambda: not window.canvas.moving)

    return press_key
