"""A path as a sequence of pictures: every stop, every page of a long frame, on request every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.canvas.camera import home
from atelier.canvas.route import RouteStop, rest, route
from atelier.deck.types import NamedPath, Stop, View
from atelier.foundation.geometry import Size
from atelier.render.exact import exact_picture
from atelier.render.scene import Look, Scene, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter

    from atelier.canvas.camera import Camera
    from atelier.foundation.geometry import Rect

PAGE_HEIGHT = 1080.0
"""Height of a page or a slide in its own pixels, 96 to the inch."""
READABLE = 1080.0
"""Pixels: in a picture of the whole canvas a frame shows its content where it does in a window of this height."""


@dataclass(frozen=True, slots=True)
class StopPicture:
    """One picture of a path.

    `stop` is the position in the route, `frame` the one that is shown; `page` counts from 0 among `pages`, `step` from
    0 and is None where every step is shown. `reference` is the height in device pixels that faces are chosen for, 0
    for the picture's own.
    """

    stop: int
    frame: int
    place: int
    camera: Camera
    look: Look
    page: int = 0
    pages: int = 1
    step: int | None = None
    reference: float = 0.0


def page_size(ratio: float) -> Size:
    return Size(float(round(PAGE_HEIGHT * ratio)), PAGE_HEIGHT)


def path_route(scene: Scene, path: NamedPath) -> tuple[RouteStop, ...]:
    return route(scene.deck, scene.canvas, path)


def frame_route(scene: Scene, frame: int) -> tuple[RouteStop, ...]:
    """A frame alone, with the page of its text where it has one."""
    return route(scene.deck, scene.canvas, NamedPath("", (Stop(frame),)))


def stop_pictures(scene: Scene, stop: RouteStop, number: int, size: Size, *, steps: bool) -> Iterator[StopPicture]:
    """The pictures of one stop, the `number`th of its route, for views of that size."""
    camera = rest(scene.canvas, stop, size.ratio)
    if stop.view is View.OVERVIEW:
        shown = max(scene.canvas.places[stop.place].parent, 0)
        yield StopPicture(number, scene.canvas.places[shown].frame, shown, camera, Look())
        return
    pages = scene.typesetter.pages(stop.place)
    for page in range(pages):
        advances = range(scene.typesetter.steps(stop.place, page) + 1) if steps else (None,)
        for step in advances:
            look = Look(focus=stop.place, shown={stop.place: Shown(page, step)})
            yield StopPicture(number, stop.frame, stop.place, camera, look, page, pages, step)


def canvas_picture(scene: Scene, size: Size, pixels: float) -> StopPicture:
    """The whole canvas, for a view of that size, which is seen `pixels` high: what can be read shows its content."""
    camera = home(scene.canvas, 0, size.ratio)
    return StopPicture(0, 0, 0, camera, Look(), reference=size.height * min(1.0, READABLE / pixels))


def paint_stop(
    scene: Scene, painter: QPainter, picture: StopPicture, size: Size, part: Rect | None = None, *, bare: bool = False
) -> None:
    """Paints one picture, `size` in the painter's units, or only what touches a part of it; `bare` leaves out what its
    frame says itself.
    """
    place = picture.place if bare else -1
    for _ in exact_picture(
        scene, painter, picture.camera, size, picture.look, reference=picture.reference, part=part, bare=place
    ):
        pass
