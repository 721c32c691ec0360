"""The faces of cards, sections, the root and the cherry."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

from atelier.canvas.faces import Face
from atelier.canvas.types import CakeArt, Ellipse, Surface
from atelier.deck.looks import Theme
from atelier.deck.tables import TableReader
from atelier.foundation.geometry import Rect
from atelier.foundation.resources import THEMES
from atelier.markup import blocks as md
from atelier.markup.blocks import Text
from atelier.typeset import typesetter as module
from atelier.typeset.display import ShadowItem

from .typeset_decks import CARD, build
from .typeset_reading import image, item_with, line_boxes, pictures, texts, words

if TYPE_CHECKING:
    from pathlib import Path

SECTION = 1
ROOT = 0


def paragraph(text: str) -> md.Paragraph:
    return md.Paragraph(inlines=(Text(text),))


def test_a_cover_has_number_title_and_picture_and_nothing_overlaps(qapp: object, tmp_path: Path) -> None:
    assert qapp
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="20"/></svg>'
    (tmp_path / "a.svg").write_text(drawing)
    for title in ("Un", "Un titre de trois lignes au moins, et même un peu plus encore"):
        typesetter = build(md.Figure(source="a.svg", alt="a"), title=title, folder=tmp_path)
        display = typesetter.face(CARD, Face.COVER)
        number = line_boxes(item_with(display, "05"))[0]
        assert number.y < 250
        lines = line_boxes(item_with(display, "Un"))
        assert 850 < lines[-1].bottom < 930
        for picture in pictures(display):
            assert picture.bounds.right < 1778
            assert not any(picture.bounds.intersects(box) for box in [number, *lines])
    assert pictures(build(md.Figure(source="a.svg", alt="a"), title="Un", folder=tmp_path).face(CARD, Face.COVER))


def test_the_smaller_a_frame_the_larger_its_cover_title(qapp: object) -> None:
    assert qapp
    sizes = [
        item_with(build(title="Un", scale=s).face(CARD, Face.COVER), "Un").layout.font().pixelSize()
        for s in (0.1, 0.15, 0.3)
    ]
    assert sizes == [270, 213, 170]


def test_a_chip_has_no_text(qapp: object) -> None:
    assert qapp
    typesetter = build(paragraph("Du texte"))
    for place in (SECTION, CARD):
        display = typesetter.face(place, Face.CHIP)
        assert not texts(display)
        assert len(display.items) <= 5


def test_a_section_shows_its_lead_only_near(qapp: object) -> None:
    assert qapp
    typesetter = build(lead=(paragraph("Le chapeau."),))
    near, far = (typesetter.face(SECTION, face) for face in (Face.CONTENT, Face.COVER))
    assert "Le chapeau" in words(near)
    assert "Le chapeau" not in words(far)
    for display in (near, far):
        assert line_boxes(item_with(display, "Partie"))[-1].bottom < 340
        assert "01" in words(display)


def test_the_title_of_a_cherry_stands_white_on_nothing(qapp: object) -> None:
    assert qapp
    typesetter = build(paragraph("À emporter, en trois points"), title="À emporter", surface=Surface.CHERRY, scale=0.08)
    cover = typesetter.face(CARD, Face.COVER)
    assert len(cover.items) == len(texts(cover)) == 1
    formats = texts(cover)[0].layout.formats()
    assert formats[0].format.foreground().color() == QColor("#ffffff")
    middle = line_boxes(texts(cover)[0])[0].centre
    assert abs(middle.x - 889) < 10
    assert abs(middle.y - 500) < 80
    assert any(isinstance(item, ShadowItem) for item in typesetter.face(CARD, Face.CONTENT).items)


def test_an_empty_frame_shows_its_title_large(qapp: object) -> None:
    assert qapp
    display = build(title="Seul").face(CARD, Face.CONTENT)
    assert item_with(display, "Seul").layout.font().pixelSize() == 130
    build(title="").face(CARD, Face.CONTENT)


def test_faces_are_set_once(qapp: object) -> None:
    assert qapp
    typesetter = build(paragraph("Du texte"))
    assert not typesetter.ready(CARD, Face.CONTENT)
    for face in Face:
        assert typesetter.face(CARD, face) is typesetter.face(CARD, face)
        assert typesetter.ready(CARD, face)
    assert typesetter.face(CARD, Face.CONTENT, 99) is typesetter.face(CARD, Face.CONTENT, 0)


def test_what_was_not_asked_for_in_a_long_time_is_forgotten(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qapp
    monkeypatch.setattr(module, "MOST_CONTENTS", 1)
    monkeypatch.setattr(module, "MOST_FACES", 1)
    typesetter = build(paragraph("Du texte"))
    for face in (Face.CONTENT, Face.COVER):
        first = typesetter.face(CARD, face)
        typesetter.face(SECTION, face)
        assert not typesetter.ready(CARD, face)
        assert typesetter.face(CARD, face) is not first
    assert typesetter.pages(SECTION) == 1
    assert typesetter.steps(SECTION) == 0


def test_the_same_frame_always_looks_the_same(qapp: object) -> None:
    assert qapp
    for place, face in ((SECTION, Face.CONTENT), (CARD, Face.COVER)):
        first, second = (image(build(case=True).face(place, face)) for _ in range(2))
        assert first == second


def test_the_world_reaches_beyond_the_root(qapp: object) -> None:
    assert qapp
    area = Rect(-5000.0, -3000.0, 12000.0, 7000.0)
    ground = build().background(area)
    assert ground.bounds == area
    assert ground.items[0].bounds == area


def test_what_decorates_the_world_is_made_once_for_all_of_a_flight(qapp: object) -> None:
    assert qapp
    typesetter = build()
    world = typesetter.theme.world._replace(decoration="dots", decoration_opacity=0.5)
    typesetter.theme = typesetter.theme._replace(world=world)
    near, far = (typesetter.background(Rect(-r, -r, 2 * r, 2 * r)).items for r in (800.0, 4000.0))
    assert len(near) == len(far) > 100
    assert all(one is other for one, other in zip(near[2:], far[2:], strict=True))


@pytest.mark.parametrize(
    ("band", "field", "outline", "decoration"),
    [("hue", "tint", "plain", "dots"), ("plain", "plain", "plain", "stars"), ("chalk", "chalk", "chalk", "smears")],
)
def test_every_kind_of_theme_can_be_painted(qapp: object, band: str, field: str, outline: str, decoration: str) -> None:
    assert qapp
    house = (THEMES / "chocolat.toml").read_text()
    changed = house.replace('kind = "glaze"', f'kind = "{band}"').replace('kind = "crumb"', f'kind = "{field}"')
    changed = changed.replace('outline = "plain"', f'outline = "{outline}"')
    changed = changed.replace('decoration = "none"', f'decoration = "{decoration}"')
    changed = changed.replace("decoration_opacity = 0.0", "decoration_opacity = 0.5")
    typesetter = build(paragraph("Du texte"), case=True)
    reader = TableReader.parse(changed.encode(), None)
    theme = reader.read(Theme, {"name": "other", "digest": ""})
    assert theme is not None
    typesetter.theme = theme
    for place in (ROOT, SECTION, CARD):
        for face in Face:
            assert not image(typesetter.face(place, face)).isNull()
    root = Rect(0.0, 0.0, 1778.0, 1000.0)
    assert image(typesetter.background(root)) != image(build().background(root))


def test_ring_and_cake_are_drawn_behind_the_root_s_title(qapp: object) -> None:
    assert qapp
    typesetter = build()
    plain = len(typesetter.face(ROOT, Face.CONTENT).items)
    tiers = (Rect(200.0, 700.0, 1300.0, 200.0), Rect(400.0, 500.0, 900.0, 200.0))
    for art in (Ellipse(889.0, 500.0, 600.0, 300.0), CakeArt(tiers, Ellipse(889.0, 420.0, 80.0, 80.0))):
        again = build()
        root = replace(again.canvas.root, art=art)
        again.canvas = replace(again.canvas, places=(root, *again.canvas.places[1:]))
        display = again.face(ROOT, Face.CONTENT)
        assert len(display.items) > plain
        assert display.items[-1] is item_with(display, "Racine")


def test_the_title_of_a_cherry_takes_more_lines_than_its_frame_is_high(qapp: object) -> None:
    assert qapp
    title = "Article 16 - Membres fondateurs, dispositions transitoires"
    cover = build(title=title, surface=Surface.CHERRY, scale=0.08).face(CARD, Face.COVER)
    (item,) = texts(cover)
    assert item.layout.lineCount() >= 4
    assert item.layout.formats()[0].format.font().pixelSize() >= 220
    assert all(math.hypot(x - 889, y - 500) < 1020 for box in line_boxes(item) for x, y in _corners(box))


@pytest.mark.parametrize("ratio", [0.25, 0.75, 4.0])
def test_the_title_of_a_cherry_of_any_shape_is_set(qapp: object, ratio: float) -> None:
    assert qapp
    cover = build(title="À emporter, en trois points", surface=Surface.CHERRY, scale=0.08, ratio=ratio)
    assert "emporter" in "".join(words(cover.face(CARD, Face.COVER)).split())


def _corners(box: Rect) -> list[tuple[float, float]]:
    return [(x, y) for x in (box.x, box.right) for y in (box.y, box.bottom)]
