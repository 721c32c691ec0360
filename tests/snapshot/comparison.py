"""Pictures compared with references. `UPDATE_SNAPSHOTS=1` paints the references anew; look at them before."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

HERE = Path(__file__).parent
MEAN = 1.6
"""Levels of 255 by which the pictures may differ on average: another rasteriser's edges."""
BLOCK = 30
"""Side of the squares compared one by one, in pixels."""
WORST = 14.0
"""Levels by which one of them may differ: a word gone is more."""


def check(image: QImage, reference: Path) -> None:
    """Fails where `image` looks otherwise than the picture in the file `reference`."""
    if os.environ.get("UPDATE_SNAPSHOTS"):
        reference.parent.mkdir(exist_ok=True)
        assert image.save(str(reference))
        return
    assert reference.exists(), "no reference: UPDATE_SNAPSHOTS=1 paints it"
    mean, worst = difference(image, QImage(str(reference)).convertToFormat(QImage.Format.Format_RGB32))
    if mean > MEAN or worst > WORST:
        wrong = Path(os.environ["ATELIER_HOME"]) / reference.name
        image.save(str(wrong))
        pytest.fail(f"differs by {mean:.2f} on average and {worst:.1f} in one place: compare {wrong} with {reference}")


def difference(a: QImage, b: QImage) -> tuple[float, float]:
    """The mean difference of all channels, and that of the square which differs most."""
    assert a.size() == b.size()
    width, height = a.width(), a.height()
    images = [image.convertToFormat(QImage.Format.Format_RGB888) for image in (a, b)]  # alive while their bits are read
    first, second = (bytes(image.constBits()) for image in images)
    stride = images[0].bytesPerLine()
    sums: dict[tuple[int, int], int] = {}
    for y in range(height):
        for x in range(0, width * 3, BLOCK * 3):
            start = y * stride + x
            end = min(start + BLOCK * 3, y * stride + width * 3)
            left, right = first[start:end], second[start:end]
            if left != right:
                key = (x // (BLOCK * 3), y // BLOCK)
                sums[key] = sums.get(key, 0) + sum(abs(p - q) for p, q in zip(left, right, strict=True))
    return sum(sums.values()) / (width * height * 3), max(sums.values(), default=0) / (BLOCK * BLOCK * 3)
