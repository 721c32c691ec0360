"""Immutable geometry values.

A frame measures its inside in *frame units*: 1000 units are its height, whatever its size on screen. Lengths given in
`h` elsewhere (1 h is 1 % of a frame's height) are 10 units. x grows to the right, y downward; angles are radians,
clockwise on screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

FRAME_HEIGHT = 1000.0


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float

    def __add__(self, other: Point) -> Point:
        return Point(self.x + other.x, self.y + other.y)

    def __sub__(self, other: Point) -> Point:
        return Point(self.x - other.x, self.y - other.y)

    def __mul__(self, factor: float) -> Point:
        return Point(self.x * factor, self.y * factor)

    @property
    def length(self) -> float:
        return math.hypot(self.x, self.y)


@dataclass(frozen=True, slots=True)
class Size:
    width: float
    height: float

    @property
    def ratio(self) -> float:
        return self.width / self.height


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        return (
            Point(self.x, self.y),
            Point(self.right, self.y),
            Point(self.right, self.bottom),
            Point(self.x, self.bottom),
        )

    def contains(self, other: Rect, slack: float = 1e-9) -> bool:
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def holds(self, point: Point) -> bool:
        return self.x <= point.x <= self.right and self.y <= point.y <= self.bottom

    def intersects(self, other: Rect, slack: float = 0.0) -> bool:
        """Whether the two share an area; touching edges within `slack` do not count."""
        return (
            self.x < other.right - slack
            and other.x < self.right - slack
            and self.y < other.bottom - slack
            and other.y < self.bottom - slack
        )

    def inset(self, dx: float, dy: float | None = None) -> Rect:
        dy = dx if dy is None else dy
        return Rect(self.x + dx, self.y + dy, self.width - 2 * dx, self.height - 2 * dy)

    def translated(self, dx: float, dy: float) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def united(self, other: Rect) -> Rect:
        """The smallest rectangle around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    @staticmethod
    def around(points: tuple[Point, ...]) -> Rect:
        xs = [p.x for p in points]
        ys = [p.y for p in points]
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


@dataclass(frozen=True, slots=True)
class Similarity:
    """Maps a point p to `(x, y) + scale · R(rotation) · p`: shift, uniform scale, rotation; no shear."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    rotation: float = 0.0

    def map(self, p: Point) -> Point:
        if self.rotation == 0.0:
            return Point(self.x + self.scale * p.x, self.y + self.scale * p.y)
        c, s = math.cos(self.rotation) * self.scale, math.sin(self.rotation) * self.scale
        return Point(self.x + c * p.x - s * p.y, self.y + s * p.x + c * p.y)

    def map_rect(self, rect: Rect) -> Rect:
        """The upright rectangle around the image of `rect`."""
        return Rect.around(tuple(self.map(c) for c in rect.corners))

    def after(self, inner: Similarity) -> Similarity:
        """The map that applies `inner` first, then this one."""
        origin = self.map(Point(inner.x, inner.y))
        return Similarity(origin.x, origin.y, self.scale * inner.scale, self.rotation + inner.rotation)

    def inverse(self) -> Similarity:
        k = 1.0 / self.scale
        if self.rotation == 0.0:
            return Similarity(-self.x * k, -self.y * k, k)
        c, s = math.cos(self.rotation) * k, math.sin(self.rotation) * k
        return Similarity(-(c * self.x + s * self.y), s * self.x - c * self.y, k, -self.rotation)


IDENTITY = Similarity()
