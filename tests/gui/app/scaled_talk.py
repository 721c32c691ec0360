"""A talk on the screens of the platform: what is where, and what a laser and a line of ink on the console come to in
the room. Run as a program by `test_scaled_screens`, since the screens are the platform's for a whole process.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from atelier.app.appearance import SharedAppearance
from atelier.app.opening import open_stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

LATEST = 20.0
"""Seconds until something has to be so."""


def wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + LATEST
    while not until():
        if time.monotonic() > end:
            raise TimeoutError
        QApplication.processEvents()


def changed(before: QImage, after: QImage) -> dict[str, list[float]]:
    """The span of what is not as before, as shares of the picture."""
    spots = [
        (x, y)
        for y in range(0, before.height(), 2)
        for x in range(0, before.width(), 2)
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    across, down = sorted(x for x, _y in spots), sorted(y for _x, y in spots)
    return {
        "x": [across[0] / before.width(), across[-1] / before.width()],
        "y": [down[0] / before.height(), down[-1] / before.height()],
    }


def main(deck: Path) -> None:
    app = QApplication([])
    talk = open_stage(deck, appearance=SharedAppearance(app), motion="cuts")
    canvas = talk.window.canvas
    wait(lambda: talk.open_console().isVisible() and canvas.resting_picture() is not None)
    console = talk.open_console()
    talk.talk.next()
    wait(lambda: canvas.resting_picture() is not None and not canvas.busy and console.stage.ready)

    def of(window: QWidget) -> dict[str, object]:
        return {
            "screen": window.screen().name(),
            "ratio": window.devicePixelRatioF(),
            "inside": window.screen().geometry().contains(window.geometry()),
        }

    bare = talk.stage.grab().toImage()
    resting = canvas.picture()
    assert resting is not None
    said: dict[str, object] = {
        "room": of(talk.stage),
        "console": of(console),
        "pixels": [resting.width(), resting.height()],
        "grabbed": [bare.width(), bare.height()],
        "same": sum(
            bare.pixel(x, y) == resting.pixel(x, y)
            for x in range(0, bare.width(), 40)
            for y in range(0, bare.height(), 40)
        ),
        "of": len(range(0, bare.width(), 40)) * len(range(0, bare.height(), 40)),
        "cut": [
            slot.current
            for slot in console.body.slots
            if slot.panels
            and not console.body.rect().contains(slot.rect().translated(slot.mapTo(console.body, QPoint())))
        ],
    }
    mirror = console.stage.view.mirror
    QTest.keyClick(console, Qt.Key.Key_L)
    QTest.mouseMove(mirror, QPoint(mirror.width() // 4, mirror.height() // 3))
    wait(lambda: talk.stage.grab().toImage() != bare)
    said["laser"] = changed(bare, talk.stage.grab().toImage())
    QTest.keyClick(console, Qt.Key.Key_L)
    wait(lambda: talk.stage.grab().toImage() == bare)
    QTest.keyClick(console, Qt.Key.Key_E)
    start, end = QPoint(mirror.width() // 4, mirror.height() // 2), QPoint(mirror.width() // 2, mirror.height() // 2)
    QTest.mousePress(mirror, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(mirror, (start + end) / 2)
    QTest.mouseMove(mirror, end)
    QTest.mouseRelease(mirror, Qt.MouseButton.LeftButton, pos=end)
    QTest.keyClick(console, Qt.Key.Key_E)
    wait(lambda: talk.stage.grab().toImage() != bare)
    said["ink"] = changed(bare, talk.stage.grab().toImage())
    talk.stage.close()
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
