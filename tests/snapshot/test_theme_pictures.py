"""Every theme as pictures: cards, a section, the canvas, a ring, a cake."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage, QPainter

from atelier.canvas.camera import Camera
from atelier.deck.loading import read
from atelier.deck.theme import bundled_themes
from atelier.foundation.geometry import Size
from atelier.render.exact import exact_picture
from atelier.render.scene import Look, build_scene

from .comparison import HERE, check

WIDTH, HEIGHT = 400, 225


def painted(deck_file: str, id_: str, theme: str) -> QImage:
    text = (HERE / deck_file).read_text(encoding="utf-8")
    text = text.replace("theme: THEME", f"theme: {theme}").replace("title: Le gâteau\n", f"title: x\ntheme: {theme}\n")
    scene = build_scene(read(text.encode(), folder=HERE))
    assert scene.theme.name == theme
    frame = scene.deck.frame(id_)
    assert frame is not None
    place = scene.canvas.place_of[frame.index]
    size = scene.canvas.places[place].size
    camera = Camera(place, size.centre, size.width * (1.05 if place else 1.0))
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for _slice in exact_picture(scene, painter, camera, Size(float(WIDTH), float(HEIGHT)), Look(focus=place)):
        pass
    painter.end()
    return image


@pytest.mark.parametrize("theme", bundled_themes())
@pytest.mark.parametrize(
    ("deck", "id_"),
    [
        ("themes.md", "root"),
        ("themes.md", "list"),
        ("themes.md", "case"),
        ("themes.md", "table"),
        ("themes.md", "section"),
        ("themes.md", "ring"),
        ("faces.md", "cake"),
    ],
)
def test_a_theme_looks_as_it_did(qapp: object, theme: str, deck: str, id_: str) -> None:
    assert qapp
    check(painted(deck, id_, theme), HERE / "themes" / f"{theme}-{id_}.png")
