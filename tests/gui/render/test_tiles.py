"""The cache keeps within its budget and gives the nearest tile; a blit draws just what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from atelier.foundation.geometry import Rect
from atelier.render.scene import WHOLE
from atelier.render.tiles import Subject, Tile, TileCache, blit, level_for

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("qapp")


def make_tile(size: int = 64, colour: str = "#FF0000") -> Tile:
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return Tile(image, Rect(0, 0, 1000, 1000))


def subject(n: int) -> Subject:
    return Subject(n, "content", WHOLE)


def test_the_nearest_level_is_given_a_finer_one_first() -> None:
    cache = TileCache()
    coarse, fine = make_tile(32), make_tile(256)
    cache.put(subject(1), 5, coarse)
    cache.put(subject(1), 8, fine)
    assert cache.best(subject(1), 7) is fine
    assert cache.best(subject(1), 5) is coarse
    assert cache.best(subject(2), 5) is None


def test_the_budget_holds_and_the_oldest_go_first() -> None:
    one = make_tile(64).image.sizeInBytes()
    cache = TileCache(budget=10 * one)
    for n in range(40):
        cache.tick()
        cache.put(subject(n), 6, make_tile(64))
    assert cache.bytes <= 10 * one
    assert cache.has(subject(39), 6)
    assert not cache.has(subject(0), 6)


def test_what_the_last_picture_used_is_never_evicted() -> None:
    one = make_tile(64).image.sizeInBytes()
    cache = TileCache(budget=4 * one)
    for n in range(8):
        cache.put(subject(n), 6, make_tile(64))
    assert all(cache.has(subject(n), 6) for n in range(8))


@pytest.mark.parametrize(("width", "level"), [(10, 5), (64, 6), (70, 6), (80, 7), (1000, 10), (5000, 11)])
def test_levels_are_not_much_coarser_than_the_screen(width: float, level: int) -> None:
    assert level_for(width, 11) == level


def test_a_blit_fills_its_areas_and_nothing_else(qtbot: QtBot) -> None:
    del qtbot
    target = QImage(100, 100, QImage.Format.Format_RGB32)
    target.fill(QColor("#FFFFFF"))
    painter = QPainter(target)
    areas = [Rect(0, 0, 100, 20), Rect(60, 20, 40, 80)]
    blit(painter, make_tile(), 10.0, 10.0, 0.08, areas)
    painter.end()
    red = {(x, y) for x in range(100) for y in range(100) if target.pixelColor(x, y) == QColor("#FF0000")}
    expected = {(x, y) for x in range(10, 90) for y in range(10, 90) if y < 20 or x >= 60}
    assert red == expected
