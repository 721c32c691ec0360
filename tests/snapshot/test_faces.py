"""Faces as pictures."""

from __future__ import annotations

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

from .comparison import HERE, WORST, check, difference

if TYPE_CHECKING:
    from atelier.deck.types import Deck

WIDTH, HEIGHT = 480, 270


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
    check(painted(id_, face), HERE / "faces" / f"{id_}-{face.name.lower()}.png")


def test_a_missing_word_is_noticed(qapp: object) -> None:
    assert qapp
    image = painted("list", Face.CONTENT)
    changed = QImage(image)
    painter = QPainter(changed)
    painter.fillRect(60, 130, 60, 16, QColor("#fff7ec"))
    painter.end()
    _mean, worst = difference(image, changed)
    assert worst > WORST
