"""A path as a sequence of pictures: every stop, with all its steps shown, and every page of a long frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.canvas.route import rest, route
from atelier.deck.types import NamedPath, View
from atelier.render.exact import exact_picture
from atelier.render.scene import Look, Scene, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter

    from atelier.canvas.camera import Camera
    from atelier.foundation.geometry import Size


@dataclass(frozen=True, slots=True)
class StopPicture:
    """One picture of a path. `title` names the frame shown, `page` counts from 0."""

    title: str
    place: int
    page: int
    camera: Camera
    look: Look


def stop_pictures(scene: Scene, path: NamedPath, view_ratio: float) -> Iterator[StopPicture]:
    """The pictures of `path` in order, for a view of that ratio."""
    for stop in route(scene.deck, scene.canvas, path):
        title = scene.deck.frames[scene.canvas.places[stop.place].frame].title
        camera = rest(scene.canvas, stop, view_ratio)
        if stop.view is View.OVERVIEW:
            yield StopPicture(title, stop.place, 0, camera, Look())
            continue
        for page in range(scene.typesetter.pages(stop.place)):
            look = Look(focus=stop.place, shown={stop.place: Shown(page)})
            yield StopPicture(title, stop.place, page, camera, look)


def paint_stop(scene: Scene, painter: QPainter, picture: StopPicture, size: Size) -> None:
    """Paints one picture, `size` in the painter's units."""
    for _ in exact_picture(scene, painter, picture.camera, size, picture.look):
        pass
