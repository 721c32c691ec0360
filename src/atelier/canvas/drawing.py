"""Placing by a drawing (`map=`): every child in the element of the SVG that is meant for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from atelier.canvas.layouts import grid
from atelier.canvas.outlines import Outline, outlines
from atelier.canvas.types import Drawing
from atelier.foundation.geometry import FRAME_HEIGHT, Point, Rect, Similarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.deck.svg import SafeSvg

PANEL = "panel"
CHERRY = "cherry"
_MOST_SLOTS = 500
_COLUMNS, _ROWS = 96, 54
_PANEL_AT_LEAST = (0.22, 0.14)
_LEAST = 1.0
"""The least side of a slot, in frame units."""
_EXACT = 0.002
"""Ratios this close count as one: a view box of whole numbers misses 16:9 by a hair."""


@dataclass(frozen=True, slots=True)
class Child:
    """A frame to place. `id` is empty for a page, which no element is meant for."""

    id: str
    ratio: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """`missed` are the positions of the children without a place of their own, `round` those in round ones."""

    transforms: tuple[Similarity, ...]
    panel: Rect | None
    art: Drawing
    missed: tuple[int, ...]
    round: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A turned rectangle in the frame's units."""

    centre: Point
    width: float
    height: float
    rotation: float
    round: bool

    def fit(self, ratio: float) -> Similarity:
        """The largest frame of that ratio around the same centre: inside the rectangle, or inside its ellipse."""
        width, height = ratio * FRAME_HEIGHT, FRAME_HEIGHT
        if self.round:
            scale = 1.0 / math.hypot(width / self.width, height / self.height)
        else:
            scale = min(self.width / width, self.height / height)
        turned = Similarity(0.0, 0.0, scale, self.rotation)
        corner = self.centre - turned.map(Point(width / 2, height / 2))
        return Similarity(corner.x, corner.y, scale, self.rotation)

    def box(self) -> Rect:
        half = Rect(-self.width / 2, -self.height / 2, self.width, self.height)
        return Similarity(self.centre.x, self.centre.y, 1.0, self.rotation).map_rect(half)


def place_in_drawing(svg: SafeSvg, file: str, ratio: float, children: Sequence[Child], field: Rect) -> Drawn:
    """Places children in a frame of `ratio` that shows the drawing.

    A child sits in the element with its id, else in the next of `slot1`, `slot2`, …; the last one may sit in `cherry`.
    Those left over lie in a grid in the largest free rectangle, and where there is none the drawing places nobody:
    all lie in a grid in `field` (unit coordinates).
    """
    frame = Rect(0.0, 0.0, ratio * FRAME_HEIGHT, FRAME_HEIGHT)
    ids = {child.id for child in children}
    found = outlines(svg, lambda name: name in ids or name in (PANEL, CHERRY) or _is_slot(name))
    fit = _Fit(svg.box, frame)
    slots = _assign(found, fit, children)
    transforms: dict[int, Similarity] = {}
    placed: list[tuple[Point, ...]] = []
    for position, slot in slots.items():
        t = slot.fit(children[position].ratio)
        corners = tuple(t.map(c) for c in Rect(0.0, 0.0, children[position].ratio * FRAME_HEIGHT, FRAME_HEIGHT).corners)
        if frame.contains(Rect.around(corners)) and not any(_overlap(corners, other) for other in placed):
            transforms[position] = t
            placed.append(corners)
    missed = tuple(i for i in range(len(children)) if i not in transforms)
    taken = [Rect.around(corners) for corners in placed]

    panel_slot = fit.slot(found[PANEL]) if PANEL in found else None
    panel = _within(panel_slot.box(), frame) if panel_slot else None
    if panel is None:
        free = largest_free(frame, taken)
        wide, high = _PANEL_AT_LEAST
        if free and free.width >= wide * frame.width and free.height >= high * frame.height:
            panel = free if not missed else _part(free)
    if missed:
        free = largest_free(frame, [*taken, panel] if panel else taken)
        everyone = [children[i] for i in missed]
        if free is None:
            transforms = dict(enumerate(in_grid(children, frame, field)))
            missed, slots, panel = tuple(range(len(children))), {}, None
        else:
            free = free.inset(min(free.width, free.height) * 0.04)
            unit = Rect(
                free.x / frame.width, free.y / frame.height, free.width / frame.width, free.height / frame.height
            )
            transforms |= dict(zip(missed, in_grid(everyone, frame, unit), strict=True))
    marks = tuple(name for name in found if name == PANEL or _is_slot(name))
    return Drawn(
        tuple(transforms[i] for i in range(len(children))),
        panel,
        Drawing(file, fit.rect, marks),
        missed,
        frozenset(i for i, slot in slots.items() if slot.round and i not in missed),
    )


class _Fit:
    """The drawing in its frame: whole, centred."""

    def __init__(self, view: Rect, frame: Rect) -> None:
        width, height = view.width, view.height
        self._left, self._top = view.x, view.y
        if abs(width / height / (frame.width / frame.height) - 1.0) <= _EXACT:
            self.rect = frame
        else:
            k = min(frame.width / width, frame.height / height)
            self.rect = Rect((frame.width - k * width) / 2, (frame.height - k * height) / 2, k * width, k * height)
        self._kx, self._ky = self.rect.width / width, self.rect.height / height

    def slot(self, outline: Outline) -> _Slot | None:
        """The turned rectangle of an element; skew is ignored, a mirrored element is not turned over."""
        a, b, c, d, e, f = outline.matrix
        left, top, right, bottom = outline.box
        x, y = (left + right) / 2, (top + bottom) / 2
        centre = Point(
            self.rect.x + (a * x + c * y + e - self._left) * self._kx,
            self.rect.y + (b * x + d * y + f - self._top) * self._ky,
        )
        k = min(self._kx, self._ky)
        width, height = (right - left) * math.hypot(a, b) * k, (bottom - top) * math.hypot(c, d) * k
        rotation = math.atan2(b, a) if a * d - b * c > 0.0 else math.atan2(-b, -a)
        if abs(rotation) < 1e-9:
            rotation = 0.0
        if not (min(width, height) >= _LEAST and all(map(math.isfinite, (centre.x, centre.y, width, height)))):
            return None
        return _Slot(centre, width, height, rotation, outline.tag in ("circle", "ellipse") or outline.id == CHERRY)


def _assign(found: dict[str, Outline], fit: _Fit, children: Sequence[Child]) -> dict[int, _Slot]:
    """Which child sits where."""
    slots: dict[int, _Slot] = {}
    rest: list[int] = []
    for position, child in enumerate(children):
        outline = found.get(child.id) if child.id and child.id != PANEL else None
        slot = fit.slot(outline) if outline and len(slots) < _MOST_SLOTS else None
        if slot:
            slots[position] = slot
        elif child.id:
            rest.append(position)
    numbered = sorted(
        (name for name in found if _is_slot(name) and name not in {c.id for c in children}),
        key=lambda name: int(name[4:]),
    )[:_MOST_SLOTS]
    open_slots = [slot for name in numbered if (slot := fit.slot(found[name]))]
    slots |= dict(zip(rest, open_slots, strict=False))
    last = len(children) - 1
    if last in rest[len(open_slots) :] and CHERRY in found:
        slot = fit.slot(found[CHERRY])
        if slot:
            slots[last] = slot
    return slots


def _is_slot(name: str) -> bool:
    return name.startswith("slot") and name[4:].isascii() and name[4:].isdigit() and len(name) < 12


def in_grid(children: Sequence[Child], frame: Rect, field: Rect) -> tuple[Similarity, ...]:
    """Children in a grid in `field` (unit coordinates) of a frame."""
    out: list[Similarity] = []
    for (x, y, side), child in zip(grid(len(children), field), children, strict=True):
        width, height = side * frame.width, side * frame.height
        centre = Point(x * frame.width + width / 2, y * frame.height + height / 2)
        out.append(_Slot(centre, width, height, 0.0, round=False).fit(child.ratio))
    return tuple(out)


def _overlap(a: tuple[Point, ...], b: tuple[Point, ...]) -> bool:
    """Whether two convex shapes share an area: no side of either separates them."""
    for shape in (a, b):
        for p, q in pairwise((*shape, shape[0])):
            nx, ny = q.y - p.y, p.x - q.x
            ends = [[nx * c.x + ny * c.y for c in corners] for corners in (a, b)]
            slack = 1e-7 * math.hypot(nx, ny)
            if max(ends[0]) <= min(ends[1]) + slack or max(ends[1]) <= min(ends[0]) + slack:
                return False
    return True


def _within(rect: Rect, frame: Rect) -> Rect | None:
    """The part of a rectangle inside the frame, where it has an area."""
    x, y = max(rect.x, frame.x), max(rect.y, frame.y)
    width, height = min(rect.right, frame.right) - x, min(rect.bottom, frame.bottom) - y
    return Rect(x, y, width, height) if width > 1.0 and height > 1.0 else None


def _part(free: Rect) -> Rect:
    """The part of a free rectangle for the own text where children need the rest."""
    if free.width > 2 * free.height:
        return Rect(free.x, free.y, free.width * 0.4, free.height)
    return Rect(free.x, free.y, free.width, free.height / 3)


def largest_free(frame: Rect, taken: Sequence[Rect]) -> Rect | None:
    """The largest rectangle on a raster that touches none of `taken`, a cell's margin around the frame left free.

    Row by row, each column knows how many free cells stand above; the widest rectangle of every height is found with a
    stack (the largest rectangle in a histogram).
    """
    cell_w, cell_h = frame.width / _COLUMNS, frame.height / _ROWS
    busy = [bytearray(_COLUMNS) for _ in range(_ROWS)]
    for rect in taken:
        x0, x1 = max(math.floor(rect.x / cell_w), 0), min(math.ceil(rect.right / cell_w), _COLUMNS)
        for y in range(max(math.floor(rect.y / cell_h), 0), min(math.ceil(rect.bottom / cell_h), _ROWS)):
            busy[y][x0:x1] = b"\x01" * max(x1 - x0, 0)
    best, found = 0, None
    above = [0] * _COLUMNS
    for y in range(1, _ROWS - 1):
        above = [0 if busy[y][x] else above[x] + 1 for x in range(_COLUMNS)]
        stack: list[tuple[int, int]] = []
        for x in range(1, _COLUMNS):
            height = above[x] if x < _COLUMNS - 1 else 0
            left = x
            while stack and stack[-1][1] >= height:
                left, tall = stack.pop()
                if (x - left) * tall > best:
                    best = (x - left) * tall
                    found = (left, y - tall + 1, x - left, tall)
            stack.append((left, height))
    if found is None:
        return None
    x, y, w, h = found
    return Rect(x * cell_w, y * cell_h, w * cell_w, h * cell_h)
