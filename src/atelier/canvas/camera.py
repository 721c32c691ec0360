"""The camera: what part of the canvas a view shows, and how hands move it.

A camera is kept in the coordinates of a place near what it looks at (its anchor), so that its numbers stay of the size
of the view however deep that is: doubles then lose nothing that could be seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.canvas.types import Spot
from atelier.foundation.geometry import FRAME_HEIGHT, IDENTITY, Point, Rect, Similarity, Size

if TYPE_CHECKING:
    from atelier.canvas.model import Canvas
    from atelier.canvas.types import Place

FILL = 0.94
"""A frame's share of the view that rests on it."""
FILL_CASE = 0.90
FILL_ROOT = 1.0
LABEL = 60.0
"""Frame units above a group that its label takes."""
WIDEST = 3.0
"""The widest view, in widths of the root."""
NARROWEST = 1 / 50
"""The narrowest view, in widths of the smallest leaf."""
CLICKABLE = 24.0
"""The least height of a place that a click means, in device pixels."""


@dataclass(frozen=True, slots=True)
class Camera:
    """`centre` and `width` of the view are in the units of the place `anchor`; `rotation` is the angle of the view's
    x axis there, clockwise.
    """

    anchor: int
    centre: Point
    width: float
    rotation: float = 0.0

    def height(self, view_ratio: float) -> float:
        return self.width / view_ratio


def relative(canvas: Canvas, a: int, b: int) -> Similarity:
    """The map from `a`'s units to `b`'s, through their nearest common ancestor."""
    places = canvas.places
    up_a, up_b = IDENTITY, IDENTITY
    while a != b:
        if places[a].depth >= places[b].depth:
            up_a = places[a].transform.after(up_a)
            a = places[a].parent
        else:
            up_b = places[b].transform.after(up_b)
            b = places[b].parent
    return up_a if up_b is IDENTITY else up_b.inverse().after(up_a)


def rebase(canvas: Canvas, camera: Camera, anchor: int) -> Camera:
    """The same view in the units of another place."""
    if anchor == camera.anchor:
        return camera
    t = relative(canvas, camera.anchor, anchor)
    return Camera(anchor, t.map(camera.centre), camera.width * t.scale, half_turn(camera.rotation + t.rotation))


def home(canvas: Canvas, place: int, view_ratio: float) -> Camera:
    """Where the camera rests to show a place: whole, with a margin, turned as it is; the root with all beyond it."""
    shown = canvas.places[place]
    if place == 0 and 0 in canvas.index.reaches:
        box = canvas.index.reach(0)
        return Camera(0, box.centre, max(box.width, box.height * view_ratio) / FILL)
    if shown.spot is Spot.LABEL and place != 0:
        width = max(shown.size.width, (FRAME_HEIGHT + LABEL) * view_ratio) / FILL
        return Camera(place, Point(shown.size.width / 2, (FRAME_HEIGHT - LABEL) / 2), width)
    fill = FILL_ROOT if place == 0 else FILL_CASE if is_case(shown) else FILL
    width = max(shown.ratio, view_ratio) * FRAME_HEIGHT / fill
    return Camera(place, shown.size.centre, width)


def overview(canvas: Canvas, place: int, view_ratio: float) -> Camera:
    """Where the camera rests to show what surrounds a place: its parent, the canvas for the root."""
    return home(canvas, max(canvas.places[place].parent, 0), view_ratio)


def upright(canvas: Canvas, camera: Camera, view_ratio: float) -> Camera:
    """The view without rotation on the canvas that shows all of what this one shows."""
    turn = half_turn(camera.rotation + relative(canvas, camera.anchor, 0).rotation)
    if turn == 0.0:
        return camera
    c, s = abs(math.cos(turn)), abs(math.sin(turn))
    height = camera.width / view_ratio
    width = max(camera.width * c + height * s, (camera.width * s + height * c) * view_ratio)
    return Camera(camera.anchor, camera.centre, width, half_turn(camera.rotation - turn))


def device(camera: Camera, view: Size) -> Similarity:
    """The map from the anchor's units to device pixels."""
    scale = view.width / camera.width
    turned = Similarity(0.0, 0.0, scale, -camera.rotation)
    shift = turned.map(camera.centre)
    return Similarity(view.width / 2 - shift.x, view.height / 2 - shift.y, scale, -camera.rotation)


def best_anchor(canvas: Canvas, camera: Camera, view_ratio: float) -> int:
    """The smallest place that contains the view; the root where none does."""
    places = canvas.places
    at = camera
    while at.anchor != 0 and not _holds_view(places[at.anchor], at, view_ratio):
        at = _up(canvas, at)
    while (child := _child_around(canvas, at, view_ratio)) is not None:
        at = child
    return at.anchor


def zoom_at(canvas: Canvas, camera: Camera, view: Size, point: Point, factor: float) -> Camera:
    """`factor` times closer (farther below 1); what is under `point` (device pixels) stays there."""
    span = _span(canvas, camera)
    width = min(max(camera.width / factor, span[0]), span[1])
    arm = _in_anchor(camera, view, point)
    kept = 1 - width / camera.width
    centre = camera.centre + arm * kept
    return _held(canvas, Camera(camera.anchor, centre, width, camera.rotation), view)


def pan(canvas: Canvas, camera: Camera, view: Size, dx: float, dy: float) -> Camera:
    """What is shown moves by `dx`, `dy` device pixels."""
    arm = _in_anchor(camera, view, Point(view.width / 2 + dx, view.height / 2 + dy))
    return _held(canvas, Camera(camera.anchor, camera.centre - arm, camera.width, camera.rotation), view)


def place_at(canvas: Canvas, camera: Camera, view: Size, point: Point, smallest: float = CLICKABLE) -> int:
    """The deepest place under a point (device pixels) that is at least `smallest` pixels high; the root, whose world
    has no edge, where there is none.
    """
    places = canvas.places
    at = camera.anchor
    spot = camera.centre + _in_anchor(camera, view, point)
    scale = view.width / camera.width
    # a frame by hand may lie over one that is no kin of its parent: then all of them are asked, from the root
    while at != 0 and (canvas.by_hand or not places[at].size.holds(spot)):
        t = places[at].transform
        spot, scale, at = t.map(spot), scale / t.scale, places[at].parent
    if canvas.by_hand:
        return _deepest(canvas, 0, spot, scale, smallest) or 0
    while True:
        for i in _around(canvas, at, spot):
            t = places[i].transform
            inner = t.inverse().map(spot)
            if places[i].size.holds(inner) and scale * t.scale * FRAME_HEIGHT >= smallest:
                spot, scale, at = inner, scale * t.scale, i
                break
        else:
            break
    while at != 0 and scale * FRAME_HEIGHT < smallest:
        scale, at = scale / places[at].transform.scale, places[at].parent
    return at


def _deepest(canvas: Canvas, at: int, spot: Point, scale: float, smallest: float) -> int | None:
    """The place that is drawn last under a point (in `at`'s units) and high enough; None where `at` has none."""
    for i in reversed(_around(canvas, at, spot)):
        place = canvas.places[i]
        inner = place.transform.inverse().map(spot)
        if canvas.index.reach(i).holds(inner):
            found = _deepest(canvas, i, inner, scale * place.transform.scale, smallest)
            if found is not None:
                return found
            if place.size.holds(inner) and scale * place.transform.scale * FRAME_HEIGHT >= smallest:
                return i
    return None


def is_case(place: Place) -> bool:
    return place.case


def half_turn(angle: float) -> float:
    """The same angle in (-π, π]."""
    turned = math.remainder(angle, math.tau)
    return math.pi if turned == -math.pi else turned


def _in_anchor(camera: Camera, view: Size, point: Point) -> Point:
    """From the view's centre to `point`, in the anchor's units."""
    unit = Similarity(0.0, 0.0, camera.width / view.width, camera.rotation)
    return unit.map(Point(point.x - view.width / 2, point.y - view.height / 2))


def _span(canvas: Canvas, camera: Camera) -> tuple[float, float]:
    """The narrowest and the widest view, in the anchor's units."""
    scale = relative(canvas, camera.anchor, 0).scale
    return canvas.index.smallest_leaf * NARROWEST / scale, canvas.index.reach(0).width * WIDEST / scale


def _held(canvas: Canvas, camera: Camera, view: Size) -> Camera:
    """The camera with its centre on the canvas, in the units of the smallest place around the view."""
    whole = rebase(canvas, camera, 0)
    box = canvas.index.reach(0)
    if not box.holds(whole.centre):
        centre = Point(min(max(whole.centre.x, box.x), box.right), min(max(whole.centre.y, box.y), box.bottom))
        camera = Camera(0, centre, whole.width, whole.rotation)
    return rebase(canvas, camera, best_anchor(canvas, camera, view.ratio))


def _corners(camera: Camera, view_ratio: float) -> tuple[Point, Point, Point, Point]:
    half = Point(camera.width / 2, camera.width / view_ratio / 2)
    turned = Similarity(camera.centre.x, camera.centre.y, 1.0, camera.rotation)
    a, b, c, d = Rect(-half.x, -half.y, 2 * half.x, 2 * half.y).corners
    return turned.map(a), turned.map(b), turned.map(c), turned.map(d)


def _holds_view(place: Place, camera: Camera, view_ratio: float) -> bool:
    size = place.size
    return all(size.holds(corner) for corner in _corners(camera, view_ratio))


def _up(canvas: Canvas, camera: Camera) -> Camera:
    place = canvas.places[camera.anchor]
    t = place.transform
    return Camera(place.parent, t.map(camera.centre), camera.width * t.scale, half_turn(camera.rotation + t.rotation))


def _child_around(canvas: Canvas, camera: Camera, view_ratio: float) -> Camera | None:
    for i in _around(canvas, camera.anchor, camera.centre):
        child = canvas.places[i]
        t = child.transform.inverse()
        rotation = half_turn(camera.rotation + t.rotation)
        inner = Camera(i, t.map(camera.centre), camera.width * t.scale, rotation)
        if _holds_view(child, inner, view_ratio):
            return inner
    return None


def _around(canvas: Canvas, place: int, point: Point) -> tuple[int, ...]:
    """The children of a place that may hold a point."""
    children = canvas.index.children(place)
    if children is None:
        return ()
    return tuple(row[0] for row in children.near(point.x, point.y, point.x, point.y))
