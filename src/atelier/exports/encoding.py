"""A picture as the bytes of a file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageWriter


def encoded(image: QImage, kind: bytes, quality: int) -> bytes:
    """The pixels of `image` as Qt writes them, without what else its file said: texts, times, profiles.

    Raises OSError where there is no room in memory for it.
    """
    bits = image.constBits()
    image = QImage(bits, image.width(), image.height(), image.bytesPerLine(), image.format())
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, kind)
    writer.setQuality(quality)
    if not writer.write(image):
        raise OSError(0, writer.errorString())
    return bytes(buffer.data().data())
