"""Shapes drawn by rule: the crumb's pores, layers and drips of a slice, hollows, chalk lines.

Everything is geometry in frame units, seeded, and kept: the same frame always looks the same, and a path is built once.
"""

from __future__ import annotations

import math
import random
import zlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QTransform

CRUMBS = 5
"""How many different crumbs there are; a frame's id chooses."""
_CELL = 150.0
_WAVE = 88.9
"""Frame units of a wave of ganache or cream."""
_WAVES_IN_PIECE = 3
STRAY = 2.0
"""Frame units by which a hand leaves its line."""
_HAND_STEP = 34.0
_CHALK_STEP = 160.0
_OVERLAP = 1.6
"""Frame units by which the lines of an outline overlap, so that no seam shows."""
_DOTS_IN_PIECE = 16


def seed_of(id_: str) -> int:
    """A number from a frame's id, the same on every machine."""
    return zlib.crc32(id_.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class CrumbArt:
    """One crumb: dark pores, their light lower rims, two layers of ganache, their upper edges, a line of cream.

    All come in pieces: a rasteriser is slow with long outlines and with hundreds at once, and a tile draws only those
    that touch it.
    """

    pores: tuple[QPainterPath, ...]
    rims: tuple[QPainterPath, ...]
    ganache: tuple[tuple[QPainterPath, ...], ...]
    edges: QPainterPath
    cream: tuple[QPainterPath, ...]


@lru_cache(maxsize=16)
def crumb(variant: int, width: float, top: float, height: float, second_top: float, second_height: float) -> CrumbArt:
    """A crumb `width` units wide; the layers' places are in frame units."""
    rng = random.Random(variant * 7 + 3)  # noqa: S311 - a drawing
    below = top + height
    count = round(150 * width / 1778)
    pores: dict[tuple[int, int], QPainterPath] = {}
    rims: dict[tuple[int, int], QPainterPath] = {}
    for half, (upper, lower) in enumerate(((150.0, top - 2), (below + 29, second_top - 5))):
        for x, y, rx, ry, angle in _scattered(rng, count, 10.0, upper, width - 10.0, lower, 5.0, 30.0):
            cell = half, int(x / _CELL)
            turn = QTransform().translate(x, y)
            if rx > 14:
                turn.rotate(angle)
            ellipse = QPainterPath()
            ellipse.addEllipse(QPointF(0.0, 0.0), rx, ry)
            pores.setdefault(cell, QPainterPath()).addPath(turn.map(ellipse))
            if rx > 8:
                rim = rims.setdefault(cell, QPainterPath())
                rim.moveTo(x - rx * 0.8, y + ry * 0.45)
                rim.quadTo(x, y + ry * 1.5, x + rx * 0.8, y + ry * 0.45)
    layers = tuple(_layer(rng, width, y, h) for y, h in ((top, height), (second_top, second_height)))
    edges = QPainterPath()
    for y in (top, second_top):
        edges.moveTo(0.0, y + 6)
        edges.lineTo(width, y + 6)
    return CrumbArt(tuple(pores.values()), tuple(rims.values()), layers, edges, _cream(width, below - 4))


def _scattered(
    rng: random.Random,
    count: int,
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    least: float,
    most: float,
) -> list[tuple[float, float, float, float, float]]:
    """Ellipses (x, y, rx, ry, degrees) that do not touch: many small, a few large."""
    out: list[tuple[float, float, float, float, float]] = []
    if y1 - y0 < 4 * least:
        return out
    most = min(most, (y1 - y0) / 2.2)
    near = 2 * most + 3
    cells: dict[tuple[int, int], list[tuple[float, float, float]]] = {}
    for _attempt in range(count * 6):
        if len(out) >= count:
            break
        r = least + (most - least) * rng.random() ** 2.6
        x, y = rng.uniform(x0 + r, x1 - r), rng.uniform(y0 + r, y1 - r)
        i, j = int(x / near), int(y / near)
        around = [c for di in (-1, 0, 1) for dj in (-1, 0, 1) for c in cells.get((i + di, j + dj), ())]
        if any((x - a) ** 2 + (y - b) ** 2 < (r + c + 3) ** 2 for a, b, c in around):
            continue
        cells.setdefault((i, j), []).append((x, y, r))
        out.append((x, y, r, r * rng.uniform(0.62, 0.9), float(rng.randint(-24, 24))))
    return out


def _layer(rng: random.Random, width: float, y: float, height: float) -> tuple[QPainterPath, ...]:
    """A band of ganache with slightly wavy edges."""
    steps = max(4, round(width / _WAVE))
    upper = [rng.uniform(-9, 9) for _wave in range(steps)]
    lower = [rng.uniform(-9, 9) for _wave in range(steps)]
    return _wavy(width, y, y + height, upper, lower[::-1])


def _cream(width: float, y: float) -> tuple[QPainterPath, ...]:
    steps = max(4, round(width / _WAVE))
    waves = [6.0 if i % 2 == 0 else -6.0 for i in range(steps)]
    return _wavy(width, y, y + 16, waves, waves)


def _wavy(width: float, top: float, bottom: float, upper: list[float], lower: list[float]) -> tuple[QPainterPath, ...]:
    """A band across the frame whose edges leave it by `upper` and `lower`, wave by wave, in pieces.

    They overlap by a sliver, so that no seam shows between them.
    """
    pitch = width / len(upper)
    out: list[QPainterPath] = []
    for start in range(0, len(upper), _WAVES_IN_PIECE):
        stop = min(start + _WAVES_IN_PIECE, len(upper))
        end = min(stop * pitch + 1.0, width)
        path = QPainterPath(QPointF(start * pitch, top))
        for i in range(start, stop):
            path.quadTo((i + 0.5) * pitch, top + upper[i], (i + 1) * pitch, top)
        path.lineTo(end, top)
        path.lineTo(end, bottom)
        path.lineTo(stop * pitch, bottom)
        for i in range(stop - 1, start - 1, -1):
            path.quadTo((i + 0.5) * pitch, bottom + lower[i], i * pitch, bottom)
        path.closeSubpath()
        out.append(path)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Glaze:
    """A band whose lower edge drips, and the light lines on its drips as (x, top, bottom, width)."""

    path: QPainterPath
    lights: tuple[tuple[float, float, float, float], ...]
    longest: float


@lru_cache(maxsize=256)
def glaze(seed: int, width: float, bottom: float, shortest: float, longest: float, radius: float) -> Glaze:
    """A band from the top to about `bottom`, its drips `shortest` to `longest` units long."""
    rng = random.Random(seed)  # noqa: S311 - a drawing
    path = QPainterPath()
    path.moveTo(0.0, radius)
    path.quadTo(0.0, 0.0, radius, 0.0)
    path.lineTo(width - radius, 0.0)
    path.quadTo(width, 0.0, width, radius)
    path.lineTo(width, bottom)
    lights: list[tuple[float, float, float, float]] = []
    reach = 0.0
    x = width
    while x > 1.0:
        w = min(rng.uniform(70.0, 150.0), x)
        if x - w < 42.0:
            w = x
        length = shortest + (longest - shortest) * rng.random() ** 1.6
        drop = w * 0.62
        valley = w - drop
        r = drop / 2
        length = max(length - r * 0.55, shortest)
        y = bottom
        path.cubicTo(x, y + length * 0.5, x, y + length + r, x - r, y + length + r)
        path.cubicTo(x - drop, y + length + r, x - drop, y + length * 0.5, x - drop, y + valley * 0.25)
        if x - w > 1.0:
            path.cubicTo(x - drop, y - valley * 0.25, x - w, y - valley * 0.25, x - w, y)
        else:
            path.lineTo(x - w, y)
        lights.append((x - drop * 0.72, y + length * 0.15, y + length + r * 0.55, max(1.5, r * 0.16)))
        reach = max(reach, length + r)
        x -= w
    path.closeSubpath()
    return Glaze(path, tuple(lights), bottom + reach)


@lru_cache(maxsize=64)
def hollow(seed: int, width: float) -> tuple[QPainterPath, QPainterPath]:
    """The hollow in the crumb that a case lies in, 3 to 7 h beyond its card, and the light on its lower rim."""
    rng = random.Random(seed)  # noqa: S311 - a drawing

    def j(value: float, by: float = 8.0) -> float:
        return value + rng.uniform(-by, by)

    left, right = -44.0, width + 40.0
    k = width / 1778
    blob = QPainterPath(QPointF(-30.0, 120.0))
    blob.cubicTo(j(-66), j(-16), 60 * k, j(-60, 4), 320 * k, -50)
    blob.cubicTo(700 * k, j(-40), 1200 * k, j(-62, 4), 1560 * k, -50)
    blob.cubicTo(width + 12, j(-46, 4), width + 68, 40, right + 4, 260)
    blob.cubicTo(j(width + 30), 480, j(width + 56), 700, right - 6, 900)
    blob.cubicTo(width + 18, j(1050, 4), 1640 * k, j(1056, 4), 1380 * k, 1046)
    blob.cubicTo(980 * k, j(1036), 620 * k, j(1062, 4), 260 * k, 1050)
    blob.cubicTo(20 * k, 1048, -58, 980, left, 780)
    blob.cubicTo(j(-32), 560, j(-10), 330, -30, 120)
    rim = QPainterPath(QPointF(-22.0, 900.0))
    rim.cubicTo(0, 1050, 160 * k, 1054, 420 * k, 1050)
    rim.cubicTo(760 * k, 1046, 1100 * k, 1036, 1420 * k, 1048)
    rim.cubicTo(1690 * k, 1056, width + 22, 1010, width + 32, 880)
    return blob, rim


@lru_cache(maxsize=256)
def chalk_box(seed: int, width: float, height: float, inset: float, radius: float) -> tuple[QPainterPath, ...]:
    """A rectangle drawn by hand: its edges stray by up to .3 h every 16 h. In pieces, as a crumb is."""
    rng = random.Random(seed)  # noqa: S311 - a drawing
    left, top, right, bottom = inset, inset, width - inset, height - inset
    at = QPointF(left + radius, top)
    corners = (
        (right - radius, top, right, top, right, top + radius),
        (right, bottom - radius, right, bottom, right - radius, bottom),
        (left + radius, bottom, left, bottom, left, bottom - radius),
        (left, top + radius, left, top, left + radius, top),
    )
    pieces: list[QPainterPath] = []
    for ex, ey, cx, cy, nx, ny in corners:
        points = _strayed(rng, at, QPointF(ex, ey))
        for one, two in pairwise(points):
            over = (two - one) * (_OVERLAP / math.hypot(two.x() - one.x(), two.y() - one.y()))
            line = QPainterPath(one - over)
            line.lineTo(two + over)
            pieces.append(line)
        turn = QPainterPath(points[-1])
        turn.quadTo(cx, cy, nx, ny)
        pieces.append(turn)
        at = QPointF(nx, ny)
    return tuple(pieces)


@lru_cache(maxsize=256)
def chalk_line(seed: int, x0: float, y: float, x1: float) -> QPainterPath:
    """A line across, drawn by hand."""
    points = _strayed(random.Random(seed), QPointF(x0, y), QPointF(x1, y))  # noqa: S311 - a drawing
    path = QPainterPath(points[0])
    for point in points[1:]:
        path.lineTo(point)
    return path


def _strayed(rng: random.Random, start: QPointF, end: QPointF) -> list[QPointF]:
    way = end - start
    steps = max(2, int(max(abs(way.x()), abs(way.y())) / _CHALK_STEP))
    strays = [QPointF(rng.uniform(-3, 3), rng.uniform(-3, 3)) for _step in range(steps)]
    return [start, *(start + way * ((i + 1) / steps) + stray for i, stray in enumerate(strays))]


@lru_cache(maxsize=256)
def _wobble(seed: int, count: int) -> tuple[tuple[float, float], ...]:
    rng = random.Random(seed)  # noqa: S311 - a drawing
    return tuple((rng.uniform(-1, 1), rng.uniform(-1, 1)) for _point in range(count))


def by_hand(path: QPainterPath, seed: int, stray: float = STRAY) -> QPainterPath:
    """`path` drawn by hand: its outline strays by up to `stray` units every few."""
    out = QPainterPath()
    for polygon in path.toSubpathPolygons():
        outline = QPainterPath()
        outline.addPolygon(polygon)
        length = outline.length()
        count = max(6, int(length / _HAND_STEP))
        points = [outline.pointAtPercent(outline.percentAtLength(length * i / count)) for i in range(count)]
        moved = [
            QPointF(point.x() + dx * stray, point.y() + dy * stray)
            for point, (dx, dy) in zip(points, _wobble(seed, count), strict=True)
        ]
        ends = [(a + b) / 2 for a, b in zip(moved, [*moved[1:], moved[0]], strict=True)]
        out.moveTo(ends[-1])
        for control, end in zip(moved, ends, strict=True):
            out.quadTo(control, end)
        out.closeSubpath()
    return out


def rounded(x: float, y: float, width: float, height: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(x, y, width, height), radius, radius)
    return path


@lru_cache(maxsize=8)
def dots(width: float, height: float, pitch: float) -> tuple[QPainterPath, ...]:
    """Small dots on a square raster, a few in each path."""
    pieces: list[QPainterPath] = []
    for j in range(int(height / pitch)):
        for first in range(0, int(width / pitch), _DOTS_IN_PIECE):
            piece = QPainterPath()
            for i in range(first, min(first + _DOTS_IN_PIECE, int(width / pitch))):
                piece.addEllipse(QPointF((i + 0.5) * pitch, (j + 0.5) * pitch), 1.5, 1.5)
            pieces.append(piece)
    return tuple(pieces)


@lru_cache(maxsize=8)
def stars(width: float, height: float) -> tuple[tuple[float, float, float, float], ...]:
    """(x, y, radius, opacity) of some stars."""
    rng = random.Random(5)  # noqa: S311 - a drawing
    count = round(170 * width * height / 1.778e6)
    return tuple(
        (rng.uniform(0, width), rng.uniform(0, height), rng.choice((0.7, 0.9, 1.1, 1.7)), rng.uniform(0.15, 0.7))
        for _star in range(count)
    )


@lru_cache(maxsize=8)
def smears(width: float, height: float) -> tuple[tuple[float, float, float, float, float], ...]:
    """(x, y, rx, ry, degrees) of what a sponge leaves on a board."""
    rng = random.Random(5)  # noqa: S311 - a drawing
    count = round(26 * width * height / 1.778e6)
    return tuple(
        (
            rng.uniform(0, width),
            rng.uniform(0, height),
            rng.uniform(185, 480),
            rng.uniform(22, 74),
            rng.uniform(-24, -8),
        )
        for _smear in range(count)
    )
