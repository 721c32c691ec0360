"""What the program needs of PySide6: docs/decisions/0002-pyside-pin.md."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CALLS = 2000


def test_calls_that_return_nothing_keep_every_reference_to_none(qtbot: QtBot) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    area, colour = QRectF(0, 0, 4, 4), QColor(Qt.GlobalColor.red)
    # From Python 3.12 on None is immortal and its count stands still, lost references or not.
    before = sys.getrefcount(None)
    for _call in range(CALLS):
        painter.fillRect(area, colour)
        painter.save()
        painter.restore()
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < CALLS // 10
