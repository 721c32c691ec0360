"""A picture as the bytes of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImageWriter

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


def encoded(image: QImage, kind: bytes, quality: int) -> bytes:
    """`image` as Qt writes it. Raises OSError where there is no room in memory for it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, kind)
    writer.setQuality(quality)
    if not writer.write(image):
        raise OSError(0, writer.errorString())
    return bytes(buffer.data().data())
