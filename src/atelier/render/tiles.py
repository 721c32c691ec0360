"""Pictures of places at power-of-two widths, kept within a memory budget.

A tile shows a place with everything that overhangs it (shadow, pore). Two kinds exist: a place's own *content*, and the
*whole* of a small place, with all that is in it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTransform

from atelier.canvas.camera import Camera
from atelier.canvas.types import Surface
from atelier.foundation.geometry import FRAME_HEIGHT, Rect, Size
from atelier.render.exact import exact_picture, paint_own_content
from atelier.render.scene import Look, Scene, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from atelier.canvas.types import Place

OVERHANG = 80.0
"""How far shadow and pore reach beyond a place, frame units."""
SMALLEST_LEVEL, WHOLE_LEVEL, CONTENT_LEVEL = 5, 10, 11
"""Tiles are 2**level device pixels wide, between these."""
MOST_PIXELS = 1 << 23
SEEN_DEPTH = 2
"""Levels below a place whose words can be read in its whole: each is at most half as high as the one above."""
WHOLE_SHARE = 0.5
"""A whole is never drawn larger than this share of the view: above, its content takes over."""


class Subject(NamedTuple):
    """What a tile shows. `signature` changes with everything the picture depends on."""

    signature: int
    kind: str
    shown: Shown


@dataclass(slots=True)
class Tile:
    image: QImage
    bounds: Rect
    """What the image covers, in the place's units."""
    used: int = 0


class TileCache:
    """Tiles by subject and level. When the budget is full, those unused for longest go."""

    def __init__(self, budget: int = 128 << 20) -> None:
        self.budget = budget
        self._tiles: dict[Subject, dict[int, Tile]] = {}
        self._bytes = 0
        self._clock = 0

    @property
    def bytes(self) -> int:
        return self._bytes

    def tick(self) -> None:
        """Call once a picture: tiles used since the last call are never evicted."""
        self._clock += 1

    def has(self, subject: Subject, level: int) -> bool:
        return level in self._tiles.get(subject, ())

    def serves(self, subject: Subject, level: int) -> bool:
        """Whether there is a tile of this level, or of the next finer one, which does as well."""
        levels = self._tiles.get(subject, ())
        return level in levels or level + 1 in levels

    def best(self, subject: Subject, level: int) -> Tile | None:
        """The tile nearest to `level`, a finer one before a coarser one."""
        levels = self._tiles.get(subject)
        if not levels:
            return None
        tile = levels.get(level)
        if tile is None:
            tile = levels[min(levels, key=lambda have: have - level if have > level else (level - have) * 2 + 1)]
        tile.used = self._clock
        return tile

    def put(self, subject: Subject, level: int, tile: Tile) -> None:
        tile.used = self._clock
        self._tiles.setdefault(subject, {})[level] = tile
        self._bytes += tile.image.sizeInBytes()
        if self._bytes > self.budget:
            self._evict()

    def clear(self) -> None:
        self._tiles.clear()
        self._bytes = 0

    def _evict(self) -> None:
        old = [
            (tile.used, subject, level)
            for subject, levels in self._tiles.items()
            for level, tile in levels.items()
            if tile.used < self._clock - 1
        ]
        old.sort(key=lambda entry: entry[0])
        for _, subject, level in old:
            if self._bytes <= self.budget * 0.8:
                return
            levels = self._tiles[subject]
            self._bytes -= levels.pop(level).image.sizeInBytes()
            if not levels:
                del self._tiles[subject]


class Signatures:
    """A number per place that changes when its picture would: what lets an edit keep every other tile."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._common = hash((repr(scene.theme), id(scene.pictures), scene.deck.definitions))
        self._own: dict[int, int] = {}
        self._inside: dict[tuple[int, int], int] = {}

    def own(self, place: int) -> int:
        known = self._own.get(place)
        if known is None:
            known = self._own[place] = self._compute(self._scene.canvas.places[place])
        return known

    def content(self, place: int) -> int:
        """That of a place's own content: what was counted for an activity is seen there, and from nowhere else."""
        frame = self._scene.deck.frames[self._scene.canvas.places[place].frame]
        counts = self._scene.typesetter.counts(frame)
        return hash((self.own(place), counts)) if counts else self.own(place)

    def whole(self, place: int) -> int:
        return self._with_inside(place, SEEN_DEPTH)

    def _with_inside(self, place: int, depth: int) -> int:
        known = self._inside.get((place, depth))
        if known is None:
            places = self._scene.canvas.places
            inner: list[float] = [len(places[place].children)]
            if depth:
                for child in places[place].children:
                    t = places[child].transform
                    inner += (self._with_inside(child, depth - 1), t.x, t.y, t.scale, t.rotation)
            known = self._inside[place, depth] = hash((self.own(place), *inner))
        return known

    def _compute(self, p: Place) -> int:
        # a flight asks for a hundred of these in one picture: plain numbers and texts, which hash fast, and enum
        # members by their identity
        frame, box = self._scene.deck.frames[p.frame], p.spot_rect
        return hash(
            (
                self._common,
                frame.id,
                frame.heading,
                frame.title,
                frame.source,
                frame.background,
                frame.classes,
                frame.lang,
                id(p.surface),
                id(p.spot),
                box.x,
                box.y,
                box.width,
                box.height,
                p.page,
                p.case,
                p.hue,
                p.number,
                p.ratio,
                p.scale,
                p.art,
                p.arrows,
                frame.node,
                self._scene.typesetter.counts(frame) if frame.node is not None else (),
                (frame.origin.file, frame.origin.definitions) if frame.origin is not None else None,
                self._scene.typesetter.similar_cases().key() if p.case else 0,
            )
        )


def finest(ratio: float, highest: int) -> int:
    """The highest level at which a tile of a place of that ratio, which may be tall, has no more than `MOST_PIXELS`."""
    return min(highest, max(SMALLEST_LEVEL, math.floor((math.log2(MOST_PIXELS) + math.log2(ratio)) / 2)))


def level_for(width: float, highest: int) -> int:
    """The level whose tile is not much coarser than `width` device pixels."""
    if width <= 2**SMALLEST_LEVEL:
        return SMALLEST_LEVEL
    return min(highest, math.ceil(math.log2(width) - 0.25))


def tile_bounds(place: Place) -> Rect:
    return place.size if place.surface is Surface.WORLD else place.size.inset(-OVERHANG)


def draw_tile(
    scene: Scene, place: int, subject: Subject, level: int, view: Size, done: Callable[[Tile], None]
) -> Generator[None]:
    """Paints a tile in slices and hands it to `done`."""
    p = scene.canvas.places[place]
    bounds = tile_bounds(p)
    scale = 2**level / p.size.width
    width, height = max(1, round(bounds.width * scale)), max(1, round(bounds.height * scale))
    solid = p.surface is Surface.WORLD
    image = QImage(width, height, QImage.Format.Format_RGB32 if solid else QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0xFF000000 if solid else 0)
    painter = QPainter(image)
    try:
        if subject.kind == "content":
            transform = QTransform.fromScale(width / bounds.width, height / bounds.height)
            transform.translate(-bounds.x, -bounds.y)
            yield from paint_own_content(scene, painter, place, subject.shown, transform)
        else:
            own_height = FRAME_HEIGHT * scale
            camera = Camera(place, bounds.centre, bounds.width)
            drawn = scene.deck.root.node is not None  # what it shows is as large as it is, not chosen to fit
            reference = view.height if drawn else max(view.height, own_height / WHOLE_SHARE) * 1.05
            size = Size(float(width), float(height))
            inside = place or -1  # the root stands on the ground of the world
            yield from exact_picture(scene, painter, camera, size, Look(), inside=inside, reference=reference)
    finally:
        painter.end()
    done(Tile(image, bounds))


def blit(painter: QPainter, tile: Tile, x: float, y: float, scale: float, areas: list[Rect]) -> None:
    """Draws the parts of an upright tile that fall into `areas` (device pixels); its place's origin is at (x, y)."""
    bounds, image = tile.bounds, tile.image
    left, top = x + bounds.x * scale, y + bounds.y * scale
    right, bottom = left + bounds.width * scale, top + bounds.height * scale
    kx, ky = image.width() / (right - left), image.height() / (bottom - top)
    for area in areas:
        x0, y0 = max(left, area.x), max(top, area.y)
        x1, y1 = min(right, area.right), min(bottom, area.bottom)
        if x1 > x0 and y1 > y0:
            source = QRectF((x0 - left) * kx, (y0 - top) * ky, (x1 - x0) * kx, (y1 - y0) * ky)
            painter.drawImage(QRectF(x0, y0, x1 - x0, y1 - y0), image, source)
