"""A path through the deck as rests of the camera on the canvas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.canvas.camera import Camera, home, overview
from atelier.deck.types import View

if TYPE_CHECKING:
    from atelier.canvas.model import Canvas
    from atelier.deck.types import Deck, NamedPath


@dataclass(frozen=True, slots=True)
class RouteStop:
    """A rest of the camera. `stop` is the position in the path's stops it comes from; `hold` is in seconds."""

    place: int
    frame: int
    stop: int
    view: View = View.FRAME
    hold: float | None = None


def route(deck: Deck, canvas: Canvas, path: NamedPath) -> tuple[RouteStop, ...]:
    """The stops of a path in order; a frame with a page is two of them, the section and then the page."""
    out: list[RouteStop] = []
    for number, stop in enumerate(path.stops):
        if not 0 <= stop.frame < len(deck.frames):
            continue
        out.append(RouteStop(canvas.place_of[stop.frame], stop.frame, number, stop.view, stop.hold))
        page = canvas.page_of.get(stop.frame)
        if page is not None and stop.view is View.FRAME:
            out.append(RouteStop(page, stop.frame, number, View.FRAME, stop.hold))
    return tuple(out)


def rest(canvas: Canvas, stop: RouteStop, view_ratio: float) -> Camera:
    """Where the camera rests at a stop."""
    show = overview if stop.view is View.OVERVIEW else home
    return show(canvas, stop.place, view_ratio)
