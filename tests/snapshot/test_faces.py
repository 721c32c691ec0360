"""Faces as pictures. `UPDATE_SNAPSHOTS=1 pytest tests/snapshot` paints the references anew; look at them before."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from atelier.canvas.arrange import arrange
from atelier.canvas.faces import Face
from atelier.deck.contents import Contents
from atelier.deck.loading import read
from atelier.deck.theme import house_theme
from atelier.typeset.painting import paint
from atelier.typeset.typesetter import Typesetter

if TYPE_CHECKING:
    from atelier.deck.types import Deck

HERE = Path(__file__).parent
WIDTH, HEIGHT = 480, 270
MEAN = 1.6
"""Levels of 255 by which the pictures may differ on average: another rasteriser's edges."""
BLOCK = 30
"""Side of the squares compared one by one, in pixels."""
WORST = 14.0
"""Levels by which one of them may differ: a word gone is more."""


def faces() -> Deck:
    return read((HERE / "faces.md").read_bytes(), folder=HERE)


def painted(id_: str, face: Face) -> QImage:
    deck = faces()
    canvas = arrange(deck)
    typesetter = Typesetter(deck, canvas, house_theme(), Contents(deck).content)
    frame = deck.frame(id_)
    assert frame is not None
    display = typesetter.face(canvas.place_of[frame.index], face)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("#c9a27a"))
    painter = QPainter(image)
    painter.translate(8, 4.5)
    scale = (WIDTH - 16) / display.size.width
    painter.scale(scale, scale)
    paint(painter, display)
    painter.end()
    return image


def difference(a: QImage, b: QImage) -> tuple[float, float]:
    """The mean difference of all channels, and that of the square which differs most."""
    images = [image.convertToFormat(QImage.Format.Format_RGB888) for image in (a, b)]  # alive while their bits are read
    first, second = (bytes(image.constBits()) for image in images)
    stride = images[0].bytesPerLine()
    sums: dict[tuple[int, int], int] = {}
    for y in range(HEIGHT):
        for x in range(0, WIDTH * 3, BLOCK * 3):
            start = y * stride + x
            left, right = first[start : start + BLOCK * 3], second[start : start + BLOCK * 3]
            if left != right:
                key = (x // (BLOCK * 3), y // BLOCK)
                sums[key] = sums.get(key, 0) + sum(abs(p - q) for p, q in zip(left, right, strict=True))
    return sum(sums.values()) / (WIDTH * HEIGHT * 3), max(sums.values(), default=0) / (BLOCK * BLOCK * 3)


@pytest.mark.parametrize(
    ("id_", "face"),
    [
        ("cake", Face.CONTENT),
        ("part", Face.CONTENT),
        ("part", Face.COVER),
        ("list", Face.CONTENT),
        ("list", Face.COVER),
        ("list", Face.CHIP),
        ("case", Face.CONTENT),
        ("quote", Face.CONTENT),
        ("code", Face.CONTENT),
        ("table", Face.CONTENT),
        ("arabic", Face.CONTENT),
        ("columns", Face.CONTENT),
    ],
)
def test_a_face_looks_as_it_did(qapp: object, id_: str, face: Face) -> None:
    assert qapp
    reference = HERE / "faces" / f"{id_}-{face.name.lower()}.png"
    image = painted(id_, face)
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


def test_a_missing_word_is_noticed(qapp: object) -> None:
    assert qapp
    image = painted("list", Face.CONTENT)
    changed = QImage(image)
    painter = QPainter(changed)
    painter.fillRect(60, 130, 60, 16, QColor("#fff7ec"))
    painter.end()
    _mean, worst = difference(image, changed)
    assert worst > WORST
