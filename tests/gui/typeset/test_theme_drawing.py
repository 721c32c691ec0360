"""What a theme changes in what is drawn."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QFontInfo

import atelier.render
import atelier.typeset
from atelier.canvas.camera import Camera
from atelier.canvas.faces import Face
from atelier.canvas.sight import visible
from atelier.canvas.types import Surface
from atelier.deck.loading import read
from atelier.deck.theme import bundled_theme, bundled_themes
from atelier.foundation.geometry import Size
from atelier.render.exact import opaque_rect
from atelier.render.scene import build_scene
from atelier.typeset import fonts, surfaces
from atelier.typeset.display import PathItem, TextItem

if TYPE_CHECKING:
    from atelier.canvas.model import Canvas
    from atelier.render.scene import Scene

WORDS = "Donner avant de prendre"
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">
<rect width="30" height="30" fill="currentColor"/>
<rect x="30" width="30" height="30" class="accent" fill="currentColor"/>
<rect x="60" width="30" height="30" fill="#9E1238"/>{more}</svg>"""


def scene_of(text: str, folder: Path | None = None, theme: str = "") -> Scene:
    head = f"---\ntheme: {theme}\n---\n" if theme else ""
    return build_scene(read((head + text).encode(), folder=folder))


def texts(scene: Scene, place: int, face: Face) -> list[tuple[str, str]]:
    """The texts of a face, each with the colour of its first run."""
    out: list[tuple[str, str]] = []
    for item in scene.typesetter.face(place, face).items:
        if isinstance(item, TextItem):
            formats = item.layout.formats()  # alive while one of them is read
            out.append((item.layout.text(), formats[0].format.foreground().color().name().upper()))
    return out


def first(canvas: Canvas, surface: Surface) -> int:
    return next(place.index for place in canvas.places if place.surface is surface)


@pytest.mark.parametrize("family", ["EB Garamond", "Shantell Sans"])
def test_every_weight_of_a_bundled_family_is_there(qapp: object, family: str) -> None:
    assert qapp
    cuts = [fonts.font((family,), 100, weight, tracking=0.0) for weight in (400, 500, 560, 640, 700, 800)]
    assert {QFontInfo(cut).family() for cut in cuts} == {f"{family} Variable"}
    widths = [fonts.advance(cut, WORDS) for cut in cuts]
    assert widths == sorted(set(widths))
    assert fonts.advance(fonts.font((family,), 100, italic=True, tracking=0.0), WORDS) != widths[0]


@pytest.mark.parametrize("family", ["EB Garamond", "Shantell Sans"])
def test_french_spaces_arrows_and_letters_are_in_the_font(qapp: object, family: str) -> None:
    assert qapp
    built = fonts.font((family,), 100, tracking=0.0)
    assert fonts.advance(built, "\u202f") == pytest.approx(20.0, abs=0.5)
    metrics = fonts.metrics(built)
    assert all(metrics.inFontUcs4(ord(sign)) for sign in "«»éœÉçŁşğ€…—–’“”→←↔≈≤≥×−½•ЖйÅß")


def test_a_font_that_is_nowhere_is_told_and_another_is_used(qapp: object, tmp_path: Path) -> None:
    assert qapp
    (tmp_path / "mine.toml").write_text('dark = false\n[fonts.titles]\nfamily = "Nowhere Sans"\nfallback = []\n')
    scene = scene_of("# A\n\n## B\n\nwords\n", tmp_path, "mine.toml")
    found = next(each for each in scene.diagnostics if each.code == "theme-font")
    assert (found.file, found.line) == (tmp_path / "mine.toml", 3)
    assert "Nowhere Sans" in found.message
    assert QFontInfo(fonts.font(("Nowhere Sans",), 40)).family() == "Inter Variable"
    assert texts(scene, first(scene.canvas, Surface.CARD), Face.COVER)


@pytest.mark.parametrize("theme", bundled_themes())
def test_a_bundled_theme_has_its_fonts(qapp: object, theme: str) -> None:
    assert qapp
    assert not fonts.absent_families(bundled_theme(theme), None)


def test_chalk_is_the_same_for_the_same_frame(qapp: object) -> None:
    assert qapp

    def outline(seed: int) -> list[PathItem]:
        items = surfaces.card(bundled_theme("craie"), 1778.0, seed)
        return [item for item in items if isinstance(item, PathItem)]

    assert [a.path is b.path for a, b in zip(outline(3), outline(3), strict=True)].count(False) == 0
    assert [item.path for item in outline(3)] != [item.path for item in outline(4)]
    assert len({item.pen.widthF() for item in outline(3) if item.pen is not None}) == 2  # two strokes
    assert all(item.bounds.x >= -1.0 and item.bounds.right <= 1779.0 for item in outline(3))


@pytest.mark.parametrize("theme", bundled_themes())
def test_the_title_on_a_cake_s_fruit_has_the_colour_for_it(qapp: object, theme: str) -> None:
    assert qapp
    scene = scene_of("# A {layout=cake}\n\n## B\n\n## C\n\n## D\n\n## E\n", theme=theme)
    cherry = first(scene.canvas, Surface.CHERRY)
    assert texts(scene, cherry, Face.COVER) == [("E", bundled_theme(theme).cake.fruit_text)]


def test_the_title_on_an_author_s_cherry_does_not_depend_on_the_cake(qapp: object, tmp_path: Path) -> None:
    assert qapp
    slots = '<rect id="slot1" x="1" y="1" width="16" height="9"/><circle id="cherry" cx="60" cy="15" r="9"/>'
    (tmp_path / "map.svg").write_text(DRAWING.format(more=slots))
    scene = scene_of("# A {map=map.svg}\n\n## B\n\n## C\n", tmp_path, "nuit")
    assert texts(scene, first(scene.canvas, Surface.CHERRY), Face.COVER) == [("C", "#FFFFFF")]


@pytest.mark.parametrize("theme", bundled_themes())
def test_a_drawing_may_follow_the_theme(qapp: object, tmp_path: Path, theme: str) -> None:
    assert qapp
    (tmp_path / "map.svg").write_text(DRAWING.format(more=""))
    scene = scene_of("# A\n\n## B\n\n![x](map.svg)\n", tmp_path, theme)
    image = scene.pictures.get("map.svg", "").decode(90)
    colours = bundled_theme(theme).colours
    assert [image.pixelColor(x, 15) for x in (15, 45, 75)] == [
        QColor(colours.ink),
        QColor(colours.accent),
        QColor("#9E1238"),
    ]


def test_another_theme_reads_the_drawings_anew(qapp: object, tmp_path: Path) -> None:
    assert qapp
    (tmp_path / "map.svg").write_text(DRAWING.format(more=""))
    text = "# A\n\n## B\n\n![x](map.svg)\n"
    before = scene_of(text, tmp_path, "clair")
    assert before.pictures.get("map.svg", "")
    same = build_scene(read(f"---\ntheme: clair\n---\n{text}\nmore\n".encode(), folder=tmp_path), before)
    other = build_scene(read(f"---\ntheme: nuit\n---\n{text}".encode(), folder=tmp_path), before)
    assert same.pictures is before.pictures
    assert other.pictures is not before.pictures


def test_what_shows_through_a_section_is_not_left_out(qapp: object, tmp_path: Path) -> None:
    assert qapp
    (tmp_path / "mine.toml").write_text("[field]\nopacity = 0.5\n")
    for theme, opaque in (("chocolat", True), ("craie", True), ("mine.toml", False)):
        scene = scene_of("# A\n\n## B\n\n### C\n\n### D\n\n## E\n", tmp_path, theme)
        section = first(scene.canvas, Surface.SECTION)
        camera = Camera(section, scene.canvas.places[section].size.centre, 2000.0)
        sights = visible(scene.canvas, camera, Size(800.0, 450.0), smallest=4.0, descend=0.3)
        sight = next(sight for sight in sights if sight.place == section)
        assert (opaque_rect(scene, sight) is not None) == opaque


def test_no_colour_of_a_theme_is_written_where_one_is_drawn() -> None:
    for package in (atelier.typeset, atelier.render):
        for file in Path(str(package.__file__)).parent.glob("*.py"):
            found = set(re.findall(r'"(#[0-9A-Fa-f]{3,8})"', file.read_text(encoding="utf-8")))
            assert found <= {"#FFFFFF", "#000000"}, file.name
