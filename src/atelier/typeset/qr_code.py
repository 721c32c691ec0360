"""An address as a QR code (ISO/IEC 18004)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath

QUIET = 3
"""Modules left free on every side. Four are asked for where the ground is not white; here it always is."""
_SCANNED = ("http://", "https://", "mailto:", "tel:")


def can_be_scanned(address: str) -> bool:
    """Whether a telephone that scans this address can do something with it."""
    return address.startswith(_SCANNED)


def qr_path(address: str, side: float) -> tuple[QPainterPath, float] | None:
    """The dark modules in a square of `side`, quiet zone included, and the width of one; None for what does not fit."""
    import segno

    try:
        made = segno.make(address, error="m", micro=False)
    except (ValueError, segno.DataOverflowError):
        return None
    matrix = tuple(bytes(row) for row in made.matrix)
    module = side / (len(matrix) + 2 * QUIET)
    path = QPainterPath()
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            start = x
            while x < len(row) and row[x]:
                x += 1
            # a hair beyond its edges, so that no light shows between two modules
            left, top, width = (start + QUIET) * module, (y + QUIET) * module, (x - start) * module
            path.addRect(left - module / 80, top - module / 80, width + module / 40, module * 1.025)
    path.setFillRule(Qt.FillRule.WindingFill)
    return path, module
