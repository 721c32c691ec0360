"""What a camera sees: the places in a view, in painting order."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from atelier.canvas.camera import device
from atelier.foundation.geometry import FRAME_HEIGHT, Point, Similarity, Size

if TYPE_CHECKING:
    from atelier.canvas.camera import Camera
    from atelier.canvas.model import Canvas
    from atelier.foundation.geometry import Rect

_Seen: TypeAlias = tuple[int, float, float, float, float]
"""(place, x, y, scale, rotation): a transform to device pixels without the object around it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A place in the view. `transform` maps its units to device pixels."""

    place: int
    transform: Similarity


def visible(canvas: Canvas, camera: Camera, view: Size, *, smallest: float, descend: float) -> list[Sight]:
    """The places that reach into the view and are at least `smallest` device pixels high: parents before children,
    siblings in order. Children of a place lower than the share `descend` of the view's height are left out: it is
    drawn with them as one picture.

    Transforms are computed outward from the camera's anchor, so those near it are exact at any depth, and those of its
    ancestors as exact as their size allows.
    """
    # This runs with every picture of a flight: plain tuples and inlined arithmetic, objects only for what is returned.
    chain = _chain(canvas, camera, view)
    children_of = canvas.index.children
    right, bottom = view.width, view.height
    threshold = descend * bottom
    out: list[Sight] = []
    root = canvas.places[0]
    beyond = canvas.index.reaches  # of what somebody pulled out of its parent
    stack: list[_Seen] = []
    if 0 in beyond or _reaches(chain[0], FRAME_HEIGHT * root.ratio, view, smallest):
        stack.append(chain[0])
    while stack:
        seen = stack.pop()
        place, px, py, scale, turn = seen
        if place not in beyond or place == 0 or _own_reaches(seen, canvas, view, smallest):
            out.append(Sight(place, Similarity(px, py, scale, turn)))
        if scale * FRAME_HEIGHT <= threshold and place not in beyond:
            continue
        children = children_of(place)
        if children is None or (children.tallest * scale * FRAME_HEIGHT < smallest and place not in beyond):
            continue
        rows = children.near(*_window(seen, view)) if children.cells else children.rows
        found: list[_Seen] = []
        cos, sin = (scale, 0.0) if turn == 0.0 else (scale * math.cos(turn), scale * math.sin(turn))
        for child, x, y, k, angle, width in rows:
            if child in beyond:
                inner = chain.get(child) or _inner(seen, child, canvas.places[child].transform)
                if _box_reaches(inner, beyond[child], view, smallest):
                    found.append(inner)
                continue
            if child in chain:
                inner = chain[child]
                if _reaches(inner, width, view, smallest):
                    found.append(inner)
                continue
            s = scale * k
            h = s * FRAME_HEIGHT
            if h < smallest:
                continue
            x0 = px + cos * x - sin * y
            y0 = py + sin * x + cos * y
            total = turn + angle
            if total == 0.0:
                if x0 < right and y0 < bottom and x0 + s * width > 0.0 and y0 + h > 0.0:
                    found.append((child, x0, y0, s, 0.0))
            else:
                inner = (child, x0, y0, s, total)
                if _reaches(inner, width, view, smallest):
                    found.append(inner)
        found.reverse()
        stack += found
    return out


def _chain(canvas: Canvas, camera: Camera, view: Size) -> dict[int, _Seen]:
    """The anchor and its ancestors, each computed from the one inside it."""
    t = device(camera, view)
    at, x, y, scale, turn = camera.anchor, t.x, t.y, t.scale, t.rotation
    chain: dict[int, _Seen] = {at: (at, x, y, scale, turn)}
    while at != 0:
        place = canvas.places[at]
        inner = place.transform
        scale /= inner.scale
        # Angles that belong together cancel exactly or not at all: upright stays upright.
        turn = 0.0 if turn == inner.rotation else turn - inner.rotation
        cos, sin = scale * math.cos(turn), scale * math.sin(turn)
        x -= cos * inner.x - sin * inner.y
        y -= sin * inner.x + cos * inner.y
        at = place.parent
        chain[at] = (at, x, y, scale, turn)
    return chain


def _inner(seen: _Seen, child: int, inner: Similarity) -> _Seen:
    _, x, y, scale, turn = seen
    t = Similarity(x, y, scale, turn).after(inner)
    return child, t.x, t.y, t.scale, t.rotation


def _own_reaches(seen: _Seen, canvas: Canvas, view: Size, smallest: float) -> bool:
    """Whether a place itself meets the view, whatever of what is in it does."""
    return _reaches(seen, FRAME_HEIGHT * canvas.places[seen[0]].ratio, view, smallest)


def _box_reaches(seen: _Seen, box: Rect, view: Size, smallest: float) -> bool:
    """Whether a box in a place's units meets the view."""
    place, x, y, scale, turn = seen
    corner = Similarity(x, y, scale, turn).map(Point(box.x, box.y))
    return _reaches((place, corner.x, corner.y, scale, turn), box.width, view, smallest, box.height)


def _reaches(seen: _Seen, width: float, view: Size, smallest: float, height: float = FRAME_HEIGHT) -> bool:
    """Whether a place meets the view and is high enough: no side of either rectangle separates them."""
    _, x, y, scale, turn = seen
    w, h = scale * width, scale * height
    if h < smallest:
        return False
    if turn == 0.0:
        return x < view.width and y < view.height and x + w > 0.0 and y + h > 0.0
    cos, sin = math.cos(turn), math.sin(turn)
    ax, ay, bx, by = cos * w, sin * w, -sin * h, cos * h
    if (
        x + min(ax, 0.0) + min(bx, 0.0) >= view.width
        or y + min(ay, 0.0) + min(by, 0.0) >= view.height
        or x + max(ax, 0.0) + max(bx, 0.0) <= 0.0
        or y + max(ay, 0.0) + max(by, 0.0) <= 0.0
    ):
        return False
    half_w, half_h = view.width / 2, view.height / 2
    u, v = cos * (half_w - x) + sin * (half_h - y), cos * (half_h - y) - sin * (half_w - x)
    reach_u, reach_v = abs(cos) * half_w + abs(sin) * half_h, abs(sin) * half_w + abs(cos) * half_h
    return -reach_u < u < w + reach_u and -reach_v < v < h + reach_v


def _window(seen: _Seen, view: Size) -> tuple[float, float, float, float]:
    """The upright box around the view in a place's units: left, top, right, bottom."""
    _, x, y, scale, turn = seen
    if turn == 0.0:
        return -x / scale, -y / scale, (view.width - x) / scale, (view.height - y) / scale
    cos, sin = math.cos(turn) / scale, math.sin(turn) / scale
    xs = [cos * (px - x) + sin * (py - y) for px in (0.0, view.width) for py in (0.0, view.height)]
    ys = [cos * (py - y) - sin * (px - x) for px in (0.0, view.width) for py in (0.0, view.height)]
    return min(xs), min(ys), max(xs), max(ys)
