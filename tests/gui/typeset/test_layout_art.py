"""What layouts draw behind their frames: axes, pills, stems, edges, lines; and every layout painted in every theme."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

from atelier.canvas.arrange import arrange
from atelier.canvas.composition import LAYOUTS
from atelier.canvas.faces import Face
from atelier.canvas.types import Spiral, Spot, Timeline, Tree
from atelier.deck.contents import Contents
from atelier.deck.loading import read
from atelier.deck.theme import bundled_themes, load_theme
from atelier.foundation.geometry import Point
from atelier.typeset.display import PathItem
from atelier.typeset.typesetter import Typesetter

from .typeset_reading import boxes, image, item_with, line_boxes, texts, words

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from atelier.canvas.types import Mark, Place
    from atelier.typeset.display import BoxItem, DisplayList


def typesetter_of(
    layout: str,
    labels: list[str],
    *,
    theme: str = "chocolat",
    depth: int = 0,
    ratio: str = "16:9",
    lang: str = "fr",
    lead: str = "Une accroche.",
) -> tuple[Typesetter, Place]:
    """A deck whose frames with these labels lie `depth` levels below the root, and the place they lie in."""
    lines = ["---", f'ratio: "{ratio}"', f"lang: {lang}", "---"]
    for level in range(depth + 1):
        attributes = f" {{#parent layout={layout}}}" if level == depth else ""
        lines += [f"{'#' * (level + 1)} Le tout{attributes}", ""]
    lines += [lead, ""]
    for i, label in enumerate(labels):
        mark = f' {{label="{label}"}}' if label else ""
        lines += [f"{'#' * (depth + 2)} Partie {i}{mark}", "", "Du texte.", ""]
    deck = read("\n".join(lines).encode())
    canvas = arrange(deck)
    typesetter = Typesetter(deck, canvas, load_theme(theme, None)[0], Contents(deck).content)
    parent = deck.frame("parent")
    assert parent is not None
    return typesetter, canvas.places[canvas.place_of[parent.index]]


def timeline_of(place: Place) -> Timeline:
    assert isinstance(place.art, Timeline)
    return place.art


def paths(display: DisplayList) -> list[PathItem]:
    return [item for item in display.items if isinstance(item, PathItem)]


def pill_at(display: DisplayList, mark: Mark) -> BoxItem:
    """The box around a mark's pill, not the dot on the axis."""
    found = [b for b in boxes(display) if b.bounds.holds(mark.pill) and 40 < b.bounds.height < 60]
    assert len(found) == 1
    return found[0]


TIMES = ["9 h", "9 h 20", "10 h 30", "11 h 15", "12 h 15", "13 h 30", "14 h 30", "15 h 30", "16 h 30"]
DATES = ["12 février 2024", "Avant la Première Guerre mondiale", "", "1998–2004", "2 avril 2024, 14 h 30", "hier"]


@pytest.mark.parametrize("depth", [0, 1])
def test_every_label_stands_in_a_pill_on_the_axis(qapp: object, depth: int) -> None:
    assert qapp
    typesetter, place = typesetter_of("timeline", TIMES, depth=depth)
    display = typesetter.face(place.index, Face.CONTENT)
    for mark, label in zip(timeline_of(place).marks, TIMES, strict=True):
        pill = pill_at(display, mark)
        text = item_with(display, label.replace(" ", "\u00a0") if label not in words(display) else label)
        (line,) = line_boxes(text)
        assert pill.bounds.contains(line)
        assert abs(line.centre.x - mark.pill.x) < 6
        assert abs(line.centre.y - mark.pill.y) < 6


@pytest.mark.parametrize("theme", bundled_themes())
@pytest.mark.parametrize("ratio", ["16:9", "4:3", "9:16"])
@pytest.mark.parametrize("count", [3, 6, 10, 18])
def test_pills_of_any_length_do_not_touch(qapp: object, theme: str, ratio: str, count: int) -> None:
    assert qapp
    labels = [DATES[i % len(DATES)] for i in range(count)]
    typesetter, place = typesetter_of("timeline", labels, theme=theme, ratio=ratio)
    display = typesetter.face(place.index, Face.CONTENT)
    marks = [mark for mark in timeline_of(place).marks if mark.label]
    pills = [pill_at(display, mark) for mark in marks]
    assert not any(a.bounds.intersects(b.bounds) for a, b in combinations(pills, 2))
    cards = [p.transform.map_rect(p.size) for p in (typesetter.canvas.places[i] for i in place.children)]
    for pill in pills:
        assert place.size.contains(pill.bounds)
        assert not any(pill.bounds.intersects(card) for card in cards)
        assert sum(pill.bounds.contains(box) for item in texts(display) for box in line_boxes(item)) == 1


def test_pills_have_the_hue_of_their_frame_and_are_light_on_crumb(qapp: object) -> None:
    assert qapp
    typesetter, place = typesetter_of("timeline", TIMES[:3])
    display = typesetter.face(place.index, Face.CONTENT)
    for i, mark in enumerate(timeline_of(place).marks):
        assert pill_at(display, mark).fill == QColor(typesetter.theme.hue(i))
    typesetter, place = typesetter_of("timeline", TIMES[:3], depth=1)
    display = typesetter.face(place.index, Face.CONTENT)
    for mark in timeline_of(place).marks:
        assert pill_at(display, mark).fill == QColor(typesetter.theme.colours.card)


def test_a_frame_without_a_label_has_a_dot_on_the_axis(qapp: object) -> None:
    assert qapp
    typesetter, place = typesetter_of("timeline", ["9 h", "", "10 h"])
    display = typesetter.face(place.index, Face.CONTENT)
    mark = timeline_of(place).marks[1]
    (dot,) = [b for b in boxes(display) if b.bounds.holds(mark.at)]
    assert dot.radius == dot.bounds.width / 2
    assert dot.bounds.width < 30


def test_the_axis_of_a_board_is_drawn_with_chalk(qapp: object) -> None:
    assert qapp
    for ratio, lang in (("16:9", "fr"), ("16:9", "ar"), ("9:16", "fr")):
        typesetter, place = typesetter_of("timeline", TIMES[:4], theme="craie", ratio=ratio, lang=lang)
        ((start, end),) = timeline_of(place).axes
        strokes = [p for p in paths(typesetter.face(place.index, Face.CONTENT)) if p.path.elementCount() > 4]
        length = (end - start).length
        assert len([p for p in strokes if max(p.bounds.width, p.bounds.height) > 0.98 * length]) == 2
        for stroke in strokes:
            assert stroke.bounds.inset(-8.0).holds(start)
            assert stroke.bounds.inset(-8.0).holds(end)


@pytest.mark.parametrize("depth", [0, 1])
def test_the_edges_of_a_tree_go_from_the_panel_to_every_card(qapp: object, depth: int) -> None:
    assert qapp
    typesetter, place = typesetter_of("tree", [""] * 7, depth=depth)
    assert isinstance(place.art, Tree)
    assert place.spot is Spot.SIDE
    display = typesetter.face(place.index, Face.CONTENT)
    (edges,) = [p for p in paths(display) if 700 < p.bounds.width < 1500 and p.fill is None and p.pen]
    assert edges.bounds.inset(-1.0).holds(Point(place.spot_rect.right + 30.0, 500.0))
    for child in place.children:
        t = typesetter.canvas.places[child].transform
        assert edges.bounds.inset(-1.0).holds(Point(t.x + 500 * t.scale, t.y))


def test_the_title_of_a_tree_stands_in_the_middle_beside_it(qapp: object) -> None:
    assert qapp
    for layout in ("tree", "column"):
        typesetter, place = typesetter_of(layout, [""] * 3)
        title = line_boxes(item_with(typesetter.face(0, Face.CONTENT), "Le tout"))
        assert place.spot is Spot.SIDE
        assert 350 < title[0].y < title[-1].bottom < 600


def test_a_line_joins_the_frames_of_a_spiral(qapp: object) -> None:
    assert qapp
    typesetter, place = typesetter_of("spiral", [""] * 9)
    assert isinstance(place.art, Spiral)
    line = next(p for p in paths(typesetter.face(0, Face.CONTENT)) if p.path.elementCount() > 8)
    for point in place.art.points:
        assert line.bounds.inset(-2.0).holds(point)
    alone, _ = typesetter_of("spiral", [""])
    assert not [p for p in paths(alone.face(0, Face.CONTENT)) if p.path.elementCount() > 8]


@pytest.mark.parametrize("theme", bundled_themes())
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_shows_something_in_every_theme(qapp: object, layout: str, theme: str) -> None:
    """Art can be told from its ground, at the root and in a section."""
    assert qapp
    for depth in (0, 1):
        typesetter, place = typesetter_of(layout, TIMES[:6], theme=theme, depth=depth)
        for face in Face:
            assert not image(typesetter.face(place.index, face), 240).isNull()
        if layout in ("timeline", "tree"):
            shown = image(typesetter.face(place.index, Face.CONTENT), 889)
            at = timeline_of(place).axes[0][0] + Point(60.0, 0.0) if layout == "timeline" else Point(580.0, 500.0)
            assert contrast(shown, at, place) > 0.04


def contrast(shown: QImage, at: Point, place: Place) -> float:
    """How much lighter or darker a line is than what is 3 h above it, from 0 to 1; `at` is in frame units."""
    k = shown.width() / place.size.width
    on, off = (shown.pixelColor(round(at.x * k), round((at.y + dy) * k)) for dy in (0.0, -30.0))
    return abs(on.lightnessF() - off.lightnessF())
