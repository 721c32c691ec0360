"""A canvas that somebody drew, on screen: a crowd of nodes is one picture in motion, tall ones stay small."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QImage, QPainter

from atelier.canvas.camera import home
from atelier.deck.loading import load
from atelier.foundation.geometry import Size
from atelier.render.renderer import CROWD, Renderer, View
from atelier.render.scene import Look, Scene, build_scene
from atelier.render.tiles import CONTENT_LEVEL, MOST_PIXELS, TileCache, finest

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.canvas.sight import Sight

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = Size(960.0, 540.0)


def scene_of(folder: Path, nodes: list[dict[str, Any]]) -> Scene:
    file = folder / "drawn.canvas"
    file.write_text(json.dumps({"nodes": nodes, "edges": []}), encoding="utf-8")
    return build_scene(load(file))


def cards(count: int) -> list[dict[str, Any]]:
    box = {"type": "text", "width": 240, "height": 200, "color": "1"}
    return [box | {"id": str(i), "text": f"Card {i}", "x": i % 12 * 300, "y": i // 12 * 260} for i in range(count)]


def painted(renderer: Renderer, view: View) -> QImage:
    image = QImage(int(SIZE.width), int(SIZE.height), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.paint(painter, view, smooth=True, moving=True)
    painter.end()
    return image


def finished(renderer: Renderer, view: View) -> QImage:
    until = time.perf_counter() + 20.0
    image = painted(renderer, view)
    while renderer.missing:
        assert time.perf_counter() < until
        renderer.work(time.perf_counter() + 0.2)
        image = painted(renderer, view)
    return image


def difference(one: QImage, other: QImage) -> float:
    points = [(x, y) for x in range(4, one.width(), 9) for y in range(4, one.height(), 9)]
    pairs = [(one.pixelColor(x, y), other.pixelColor(x, y)) for x, y in points]
    return sum(abs(a.red() - b.red()) + abs(a.green() - b.green()) for a, b in pairs) / len(pairs) / 2


def test_a_crowd_is_one_picture_that_looks_like_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = scene_of(tmp_path, cards(2 * CROWD))
    view = View(home(scene.canvas, 0, SIZE.ratio), SIZE, Look())
    renderer = Renderer(scene, TileCache())
    renderer.resize(SIZE)
    together = finished(renderer, view)
    exact = Renderer(scene, TileCache()).rest_now(view)
    assert exact is not None
    assert difference(together, exact) < 3.0
    drawn: list[int] = []

    def note(_self: Renderer, _painter: QPainter, sight: Sight, *_more: object) -> float:
        drawn.append(sight.place)
        return 0.0

    monkeypatch.setattr(Renderer, "_paint_place", note)
    painted(renderer, view)
    assert drawn == []


def test_nodes_near_enough_are_drawn_one_by_one(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, cards(2 * CROWD))
    view = View(home(scene.canvas, 1, SIZE.ratio), SIZE, Look(focus=1))
    renderer = Renderer(scene, TileCache())
    renderer.resize(SIZE)
    exact = Renderer(scene, TileCache()).rest_now(view)
    assert exact is not None
    assert difference(finished(renderer, view), exact) < 3.0


@pytest.mark.parametrize("ratio", [1 / 40, 0.2, 1.0, 16 / 9, 40.0])
def test_tiles_of_tall_nodes_have_no_more_pixels_than_others(ratio: float) -> None:
    level = finest(ratio, CONTENT_LEVEL)
    assert level <= CONTENT_LEVEL
    assert 4**level / ratio <= MOST_PIXELS
