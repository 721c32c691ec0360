"""Positions by the ids of frames: they outlive an edit of the deck, and the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.deck.types import View
from atelier.talk.navigation import Position

if TYPE_CHECKING:
    from atelier.canvas.model import Canvas
    from atelier.canvas.route import RouteStop
    from atelier.deck.types import Deck


@dataclass(frozen=True, slots=True)
class PlaceId:
    """A place by the id of its frame; `page` is the one with the text of a frame that others lie in."""

    frame: str
    page: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A `Position`: `stop` and `stop_place` are the number of the stop and where it is, `detours` what was left, the
    outermost first.
    """

    place: PlaceId
    stop: int = 0
    stop_place: PlaceId = PlaceId("")
    view: View = View.FRAME
    page: int = 0
    step: int = 0
    detours: tuple[Mark, ...] = ()

    @property
    def on_path(self) -> bool:
        return not self.detours


class Marks:
    """Turns positions in one version of a deck into marks, and back."""

    def __init__(self, deck: Deck, canvas: Canvas, route: tuple[RouteStop, ...]) -> None:
        self._deck = deck
        self._canvas = canvas
        self._route = route
        self._index: dict[str, int] | None = None

    def mark(self, position: Position) -> Mark:
        stop = min(position.stop, len(self._route) - 1)
        return Mark(
            place=self.place_id(position.place),
            stop=stop,
            stop_place=self.place_id(self._route[stop].place),
            view=position.view,
            page=position.page,
            step=position.step,
            detours=tuple(self.mark(left) for left in position.detours),
        )

    def place_id(self, place: int) -> PlaceId:
        there = self._canvas.places[place]
        return PlaceId(self._deck.frames[there.frame].id, there.page)

    def place(self, place_id: PlaceId) -> int | None:
        """The place with this id now; None where its frame is gone."""
        if self._index is None:
            self._index = {frame.id: frame.index for frame in self._deck.frames}
        frame = self._index.get(place_id.frame)
        if frame is None:
            return None
        own = self._canvas.place_of[frame]
        return self._canvas.page_of.get(frame, own) if place_id.page else own

    def stop(self, mark: Mark) -> int:
        """The stop that a mark was made at: the nearest in number at the same place, else the nearest in number."""
        place = self.place(mark.stop_place)
        same = [i for i, stop in enumerate(self._route) if stop.place == place]
        return min(same, key=lambda i: abs(i - mark.stop)) if same else min(max(mark.stop, 0), len(self._route) - 1)

    def position(self, mark: Mark) -> Position | None:
        """Where a mark is now; None where its frame is gone. Pages and steps are not held against what there is."""
        place = self.place(mark.place)
        if place is None:
            return None
        detours = tuple(left for each in mark.detours if (left := self.position(each)) is not None)
        return Position(self.stop(mark), place, mark.view, max(mark.page, 0), max(mark.step, 0), detours)
