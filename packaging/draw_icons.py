"""Draws the icons of the program and of its decks from their SVG files, in the forms that the systems want.

    python packaging/draw_icons.py FOLDER

FOLDER gets `hicolor/SIZExSIZE/{apps,mimetypes}/*.png` (the icon theme specification's folders), `*.ico` for Windows and
`*.icns` for macOS.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QImage

HERE = Path(__file__).resolve().parent
PROGRAM = HERE.parent / "src" / "atelier" / "resources" / "icons" / "atelier.svg"
PROGRAM_SMALL = HERE / "icons" / "atelier-small.svg"
DECK = HERE / "icons" / "deck.svg"
DECK_TYPE = "text-vnd.atelier.deck"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
LARGEST_SMALL = 32
"""Pixels up to which the program has a plainer drawing: the viewfinder's corners would be specks."""
ICO_SIZES = (16, 24, 32, 48, 64, 256)
ICNS_SIZES = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic11": 32,
    b"icp6": 64,
    b"ic12": 64,
    b"ic07": 128,
    b"ic08": 256,
    b"ic13": 256,
    b"ic09": 512,
    b"ic14": 512,
}


def draw(folder: Path) -> None:
    """Draws all of them into `folder`, which is made where it is missing."""
    for name, theme_name, kind in (("atelier", "atelier", "apps"), ("deck", DECK_TYPE, "mimetypes")):
        pictures: dict[int, bytes] = {}
        for size in SIZES:
            file = folder / "hicolor" / f"{size}x{size}" / kind / f"{theme_name}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            picture(_drawing(name, size), size).save(str(file))
            pictures[size] = file.read_bytes()
        (folder / f"{name}.ico").write_bytes(ico(pictures))
        (folder / f"{name}.icns").write_bytes(icns(pictures))


def _drawing(name: str, size: int) -> Path:
    if name == "deck":
        return DECK
    return PROGRAM_SMALL if size <= LARGEST_SMALL else PROGRAM


def picture(drawing: Path, size: int) -> QImage:
    """The drawing in `size` by `size` pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """A Windows icon whose pictures are PNGs (Windows Vista and later); a width of 256 is written as 0."""
    parts = [pictures[size] for size in ICO_SIZES]
    offset = 6 + 16 * len(parts)
    head = struct.pack("<HHH", 0, 1, len(parts))
    for size, part in zip(ICO_SIZES, parts, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(part), offset)
        offset += len(part)
    return head + b"".join(parts)


def icns(pictures: Mapping[int, bytes]) -> bytes:
    """A macOS icon whose pictures are PNGs (Mac OS X 10.7 and later)."""
    parts = b"".join(
        kind + struct.pack(">I", 8 + len(pictures[size])) + pictures[size] for kind, size in ICNS_SIZES.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
