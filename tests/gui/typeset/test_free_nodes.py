"""Nodes of a canvas as cards: letters of 16 units, nothing cut, codes that a telephone reads, edges and labels."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import segno
from PySide6.QtGui import QColor

from atelier.canvas.arrange import arrange
from atelier.canvas.faces import Face, node_at_rest
from atelier.deck.contents import Contents
from atelier.deck.contrast import OTHER, contrast
from atelier.deck.loading import load
from atelier.deck.theme import bundled_themes, load_theme
from atelier.foundation.geometry import Rect
from atelier.typeset.canvas_colours import canvas_colour
from atelier.typeset.display import PathItem
from atelier.typeset.typesetter import Typesetter

from .typeset_reading import boxes, image, line_boxes, pictures, texts, words

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.typeset.display import DisplayList

pytestmark = pytest.mark.usefixtures("qapp")

ADDRESS = "https://www.example.org/a/path?with=more"


def node(id_: str, *box: float, **more: Any) -> dict[str, Any]:
    """A node at x, y of that width and height."""
    sides = dict(zip(("x", "y", "width", "height"), box or (0, 0, 400, 300), strict=True))
    return {"id": id_, "type": "text", "text": id_} | sides | more


def set_canvas(folder: Path, *nodes: object, edges: list[object] | None = None, theme: str = "clair") -> Typesetter:
    file = folder / "plan.canvas"
    file.write_text(json.dumps({"nodes": nodes, "edges": edges or []}), encoding="utf-8")
    deck = load(file)
    return Typesetter(deck, arrange(deck), load_theme(theme, None)[0], Contents(deck).content)


def content(folder: Path, **more: Any) -> DisplayList:
    return set_canvas(folder, node("a", **more)).face(1, Face.CONTENT)


def size_of(display: DisplayList, height: float) -> float:
    """The size of the first text, in canvas units, on a node of that height."""
    item = texts(display)[0]
    return item.layout.font().pixelSize() * item.scale * height / 1000


@pytest.mark.parametrize(("width", "height"), [(250, 60), (400, 300), (300, 1600), (1600, 900)])
def test_letters_are_as_large_as_on_the_canvas(tmp_path: Path, width: float, height: float) -> None:
    display = content(tmp_path, text="Quelques mots", width=width, height=height)
    assert words(display) == "Quelques mots"
    assert size_of(display, height) == pytest.approx(16.0, abs=0.5)


def test_much_text_is_set_smaller_and_then_goes_on(tmp_path: Path) -> None:
    sentence = "Une phrase assez longue pour remplir plusieurs lignes. "
    some = content(tmp_path, text=sentence * 14)
    assert size_of(some, 300) < 15.0
    typesetter = set_canvas(tmp_path, node("a", text="\n\n".join([sentence * 6] * 30)))
    count = typesetter.pages(1)
    assert count > 1
    for number in range(count):
        display = typesetter.face(1, Face.CONTENT, number)
        frame = Rect(0.0, 0.0, display.size.width, display.size.height).inset(-1.0)
        assert all(frame.contains(box) for item in texts(display) for box in line_boxes(item) if box.width)


def test_an_address_has_a_code_that_says_it(tmp_path: Path) -> None:
    display = content(tmp_path, type="link", url=ADDRESS)
    assert "example.org" in words(display)
    assert [link.href for link in display.links] == [ADDRESS]
    code = next(item for item in display.items if isinstance(item, PathItem) and item.path.elementCount() > 100)
    ground = [box for box in boxes(display) if box.fill == QColor("#ffffff")][-1]
    assert ground.bounds.contains(code.bounds)
    drawn = image(display, 1600)
    k = 1600 / display.size.width
    matrix = [bytes(row) for row in segno.make(ADDRESS, error="m", micro=False).matrix]
    module = ground.bounds.width / (len(matrix) + 6)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            at = ((ground.bounds.x + (x + 3.5) * module) * k, (ground.bounds.y + (y + 3.5) * module) * k)
            assert (drawn.pixelColor(int(at[0]), int(at[1])).lightness() < 128) == bool(dark)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "https://" + "a" * 5000, "http://[bad"])
def test_what_nobody_can_follow_is_shown_all_the_same(tmp_path: Path, url: str) -> None:
    display = content(tmp_path, type="link", url=url)
    assert texts(display)
    image(display)


def test_a_picture_is_whole_in_its_node(tmp_path: Path) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50" fill="#f00"/></svg>'
    )
    (tmp_path / "wide.svg").write_text(svg, encoding="utf-8")
    (item,) = pictures(content(tmp_path, type="file", file="wide.svg", width=300, height=300))
    assert (item.bounds.width, item.bounds.height) == pytest.approx((1000.0, 500.0))


def test_a_file_of_another_kind_shows_its_name(tmp_path: Path) -> None:
    (tmp_path / "Rapport final.pdf").write_bytes(b"%PDF")
    assert words(content(tmp_path, type="file", file="Rapport final.pdf")) == "Rapport final.pdf"


def test_a_group_has_its_label_above_it_and_its_edges_in_it(tmp_path: Path) -> None:
    group = node("g", 0, 0, 1000, 500, type="group", label="Ensemble", color="4")
    nodes = [group, node("a", 50, 50, 200, 100), node("b", 600, 300, 200, 100)]
    edges: list[object] = [{"id": "e", "fromNode": "a", "toNode": "b", "label": "puis", "color": "#aa0000"}]
    typesetter = set_canvas(tmp_path, *nodes, edges=edges)
    index = typesetter.canvas.place_of[1]
    near, far, chip = (typesetter.face(index, face) for face in (Face.CONTENT, Face.COVER, Face.CHIP))
    label = next(item for item in texts(near) if item.layout.text() == "Ensemble")
    assert all(box.bottom <= 0.0 for box in line_boxes(label))
    assert words(near) == "puis\nEnsemble"
    assert "Ensemble" in words(far)
    assert not words(chip)
    curve = next(item for item in near.items if isinstance(item, PathItem) and item.pen is not None)
    assert curve.pen is not None
    assert curve.pen.color() == QColor(canvas_colour(typesetter.theme, "#aa0000"))


def test_a_large_card_shows_its_first_words_from_afar(tmp_path: Path) -> None:
    typesetter = set_canvas(tmp_path, node("a", 0, 0, 1600, 900, text="## Le titre\n\nEt du texte"))
    shown = typesetter.deck.frames[1].node
    assert shown is not None
    assert [node_at_rest(shown, f) for f in (0.6, 0.3, 0.01)] == [Face.CONTENT, Face.COVER, Face.CHIP]
    assert words(typesetter.face(1, Face.COVER)) == "Le titre"
    assert not words(typesetter.face(1, Face.CHIP))


@pytest.mark.parametrize("name", bundled_themes())
def test_colours_stand_out_in_every_theme_and_from_each_other(name: str) -> None:
    theme = load_theme(name, None)[0]
    found = [canvas_colour(theme, str(n)) for n in range(1, 7)]
    assert len(set(found)) == 6
    for colour in [*found, canvas_colour(theme, "#fff"), canvas_colour(theme, "#102030")]:
        assert contrast(colour, theme.colours.card) >= OTHER
    assert [canvas_colour(theme, value) for value in ("", "7", "red", "#12")] == [""] * 4


def test_nodes_on_the_canvas_of_a_deck_lie_around_its_frames(tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text("# A\n\n## B\n\n## C\n", encoding="utf-8")
    nodes = [
        node("t", 100, 100, 800, 400, text="À relire"),
        node("g", 500, 500, 9000, 5000, type="group", label="Ensemble"),
        node("c", 9000, 5000, 1600, 900, type="file", file="deck.md", subpath="#C"),
    ]
    edges: list[object] = [{"id": "e", "fromNode": "t", "toNode": "c"}]
    (tmp_path / "deck.canvas").write_text(json.dumps({"nodes": nodes, "edges": edges}), encoding="utf-8")
    deck = load(tmp_path / "deck.md")
    canvas = arrange(deck)
    assert [frame.title for frame in deck.frames] == ["A", "Ensemble", "B", "C", "À relire"]
    assert [canvas.places[i].number for i in canvas.place_of] == ["", "", "01", "02", ""]
    assert [deck.frames[stop.frame].title for stop in deck.paths[0].stops] == ["A", "B", "C"]
    assert len(canvas.root.arrows) == 1
    placed = canvas.places[canvas.place_of[3]].transform
    assert (placed.x, placed.y, placed.scale) == pytest.approx((1000.0, 5000 / 9, 0.1))
    assert load(tmp_path / "deck.md", deck) == deck
