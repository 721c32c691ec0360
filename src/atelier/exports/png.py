"""Pictures of a path as PNG files, painted in bands so that even a poster takes little memory.

Format: PNG, third edition (W3C 2025). Qt encodes each band by itself, without packing it; the rows are put together
here, and packed as one. Only the first row of a band may refer to a row that it does not know.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO

from PySide6.QtGui import QImage, QPainter

from atelier.exports.encoding import PNG_SIGNATURE, png, png_chunk, png_header
from atelier.exports.painters import ended
from atelier.exports.stops import paint_stop
from atelier.foundation.geometry import Rect
from atelier.foundation.progress import unseen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from atelier.exports.stops import StopPicture
    from atelier.foundation.geometry import Size
    from atelier.foundation.progress import Progress
    from atelier.render.scene import Scene

BAND = 12_000_000
"""Pixels that are painted at a time, at four bytes each and as much again while they are encoded."""
LEAST_ROWS = 16
_UNPACKED = 100
"""Quality at which Qt filters the rows and does not pack them."""
_LEVEL = 5
_COLOURS, _CHANNELS = 2, 3
"""What a pixel says, as PNG 11.2.1 numbers it, and in how many bytes."""
_NONE, _SUB, _UP, _AVERAGE, _PAETH = range(5)


def write_png(
    scene: Scene,
    picture: StopPicture,
    size: Size,
    file: Path,
    texts: Mapping[str, str],
    progress: Progress = unseen,
) -> None:
    """Writes one picture of `size` pixels, of which `progress` is told band by band. Raises OSError."""
    width, height = int(size.width), int(size.height)
    rows = max(LEAST_ROWS, BAND // width)
    bands = range(0, height, rows)
    with file.open("xb") as out:
        writer = _Writer(out, width, height, texts)
        for done, top in enumerate(bands, 1):
            image = QImage(width, min(rows, height - top), QImage.Format.Format_RGB32)
            painter = QPainter()
            with ended(painter):
                painter.begin(image)
                painter.translate(0.0, -top)
                part = Rect(0.0, float(top), size.width, float(image.height()))
                paint_stop(scene, painter, picture, size, part)
            writer.add(image)
            progress(done, len(bands))
        writer.finish()


class _Writer:
    def __init__(self, out: BinaryIO, width: int, height: int, texts: Mapping[str, str]) -> None:
        self._out = out
        self._width = width
        self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 15, 9, zlib.Z_FILTERED)
        self._first = True
        out.write(PNG_SIGNATURE + png_header(width, height, _COLOURS))
        self._chunk(b"sRGB", b"\0")
        for name, text in texts.items():
            if text:
                self._chunk(b"iTXt", name.encode("latin-1") + b"\0\0\0\0\0" + text.encode("utf-8", "replace"))

    def add(self, image: QImage) -> None:
        """The next rows, from the top."""
        rows = _filtered(image)
        if not self._first:
            row = 1 + self._width * _CHANNELS
            rows = _without_row_above(rows[:row]) + rows[row:]
        self._first = False
        if packed := self._packer.compress(rows):
            self._chunk(b"IDAT", packed)

    def finish(self) -> None:
        self._chunk(b"IDAT", self._packer.flush())
        self._chunk(b"IEND", b"")

    def _chunk(self, kind: bytes, data: bytes) -> None:
        self._out.write(png_chunk(kind, data))


def _filtered(image: QImage) -> bytes:
    """The rows of an image, each after the number of its filter (PNG 9.2)."""
    data = memoryview(png(image, _UNPACKED))
    at = 8
    parts: list[memoryview] = []
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IDAT":
            parts.append(data[at + 8 : at + 8 + length])
        at += length + 12
    unpacker = zlib.decompressobj()
    return b"".join([unpacker.decompress(part) for part in parts])


def _without_row_above(row: bytes) -> bytes:
    """The first row of a band, which was filtered as if black were above it, filtered by itself."""
    kind = row[0]
    if kind == _UP:
        return bytes([_NONE]) + row[1:]
    if kind == _PAETH:  # with nothing above, the pixel before is what it predicts
        return bytes([_SUB]) + row[1:]
    if kind == _AVERAGE:
        plain = bytearray(row)
        plain[0] = _NONE
        for i in range(1 + _CHANNELS, len(plain)):
            plain[i] = (plain[i] + plain[i - _CHANNELS] // 2) & 0xFF
        return bytes(plain)
    return row
