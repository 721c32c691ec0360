"""Where the speaker is, and where each key leads.

A talk follows a route of stops. At a stop the advances go through the steps of its pages, then on to the next stop.
Going anywhere else opens a detour: the stop that was left is remembered, detours nest, and *next* after the last step
of a detour goes on to the stop after the one that was left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from atelier.deck.types import View

if TYPE_CHECKING:
    from atelier.canvas.model import Canvas
    from atelier.canvas.route import RouteStop

MOST_REMEMBERED: Final = 200
"""Positions of the history that are kept."""
StepCounts = Callable[[int], tuple[int, ...]]
"""The steps of each page of a place: a place of one page with three reveals gives (3,)."""


@dataclass(frozen=True, slots=True)
class Position:
    """`stop` is the index in the route of the stop shown or, on a detour, of the one that was left.

    `view` OVERVIEW shows the place from outside: its parent, or the whole canvas for the root.
    """

    stop: int
    place: int
    view: View = View.FRAME
    page: int = 0
    step: int = 0
    detours: tuple[Position, ...] = ()
    """The positions that were left, the outermost first; empty on the path."""

    @property
    def on_path(self) -> bool:
        return not self.detours

    def shows(self, other: Position) -> bool:
        """Whether both show the same place in the same view."""
        return self.place == other.place and self.view == other.view


class Navigator:
    """The position in a route and its history. Every method returns whether the position changed."""

    def __init__(self, canvas: Canvas, route: tuple[RouteStop, ...], steps: StepCounts, start: int = 0) -> None:
        if not route:
            raise ValueError("a route has at least one stop")
        self._canvas = canvas
        self._route = route
        self._steps = steps
        self._position = self._at_stop(min(start, len(route) - 1))
        self._history: list[Position] = [self._position]
        self._cursor = 0
        self._left_out: frozenset[int] = frozenset()
        self._chosen: int | None = None

    @property
    def position(self) -> Position:
        return self._position

    @property
    def route(self) -> tuple[RouteStop, ...]:
        return self._route

    @property
    def moved(self) -> bool:
        """Whether the position is another than the first one."""
        return self._cursor > 0 or self._position != self._history[0]

    def leave_out(self, frames: Collection[int]) -> None:
        """Has *next* and *previous* pass over the stops of these frames; jumps still reach them."""
        self._left_out = frozenset(frames)

    def choose_next(self, place: int | None) -> None:
        """Has *next* lead to `place` once the steps of where one is are through; the path goes on from there."""
        self._chosen = place

    def stop_after(self, stop: int) -> int | None:
        """The next stop that is not left out, if there is one."""
        return next((i for i in range(stop + 1, len(self._route)) if not self._passed_over(i)), None)

    def stop_before(self, stop: int) -> int | None:
        return next((i for i in range(stop - 1, -1, -1) if not self._passed_over(i)), None)

    def upcoming(self) -> int | None:
        """The place that comes after this one: the one chosen, or the next stop; None where there is neither."""
        if self._chosen not in (None, self._position.place):
            return self._chosen
        stop = self.stop_after(self._position.stop)
        return self._route[stop].place if stop is not None else None

    def ahead(self, here: Position | None = None) -> Position | None:
        """Where *next* leads, from `here` if it is given; None at the end."""
        here = here or self._position
        if here.view is View.FRAME:
            counts = self._counts(here.place)
            if here.step < counts[here.page]:
                return replace(here, step=here.step + 1)
            if here.page + 1 < len(counts):
                return replace(here, page=here.page + 1, step=0)
        return self.onward(here)

    def onward(self, here: Position) -> Position | None:
        """Where *next* leads once every page and step of `here` is through; None at the end."""
        if self._chosen is not None and self._chosen != here.place:
            return self._jumped(here, self._chosen, View.FRAME)
        stop = self.stop_after(here.stop)
        if stop is not None:
            return self._at_stop(stop)
        return here.detours[0] if here.detours else None

    def next(self) -> bool:
        ahead = self.ahead()
        if ahead is None:
            return False
        here = self._position
        return self._move(ahead, remember=not (ahead.shows(here) and ahead.stop == here.stop))

    def previous(self) -> bool:
        here = self._position
        if here.view is View.FRAME:
            if here.step > 0:
                return self._move(replace(here, step=here.step - 1), remember=False)
            if here.page > 0:
                page = here.page - 1
                return self._move(replace(here, page=page, step=self._counts(here.place)[page]), remember=False)
        if not here.on_path:
            return self.close_detour()
        stop = self.stop_before(here.stop)
        return stop is not None and self._move(self._at_stop(stop, finished=True))

    def first(self) -> bool:
        return self._move(self._at_stop(0))

    def last(self) -> bool:
        return self._move(self._at_stop(len(self._route) - 1))

    def resume(self, history: Sequence[Position]) -> bool:
        """Goes to the last of these positions, with the others as the way that led there."""
        if not history:
            return False
        self._history = list(history)
        self._cursor = len(self._history) - 1
        self._position = self._within(self._history[-1])
        return True

    def go_to_stop(self, stop: int) -> bool:
        return self._move(self._at_stop(stop))

    def jump(self, place: int, view: View = View.FRAME) -> bool:
        """Shows `place`; a detour, unless the stop that was left or the one after it is exactly there."""
        return self._move(self._jumped(self._position, place, view))

    def _jumped(self, here: Position, place: int, view: View) -> Position:
        """Where a jump from `here` leads."""
        for stop in (here.stop, here.stop + 1):
            if stop < len(self._route) and self._route[stop].place == place and self._route[stop].view is view:
                if stop == here.stop and not here.on_path:
                    return here.detours[0]
                return self._at_stop(stop)
        for depth, left in enumerate(here.detours):
            if left.place == place and left.view is view:
                return replace(left, detours=here.detours[:depth])
        outer = replace(here, detours=())
        return Position(here.stop, place, view, detours=(*here.detours, outer))

    def up(self) -> bool:
        """The frame around this one; from the root, nothing is left to see but the canvas itself."""
        here = self._position
        if here.view is View.OVERVIEW:
            return False
        parent = self._canvas.places[here.place].parent
        return parent >= 0 and self.jump(parent)

    def into(self) -> bool:
        """The first frame inside this one."""
        children = self._canvas.places[self._position.place].children
        return bool(children) and self.jump(children[0])

    def overview(self) -> bool:
        """The whole canvas, and from there back to where one was."""
        here = self._position
        if here.place == 0 and here.view is View.FRAME:
            return self.back() if not here.on_path else False
        return self.jump(0)

    def close_detour(self) -> bool:
        """Back to the stop that was left; on the path, one back in the history."""
        here = self._position
        if here.on_path:
            return self.back()
        return self._move(replace(here.detours[-1], detours=here.detours[:-1]))

    def return_to_path(self) -> bool:
        """Closes every detour."""
        here = self._position
        return not here.on_path and self._move(here.detours[0])

    def back(self) -> bool:
        return self._travel(-1)

    def forward(self) -> bool:
        return self._travel(1)

    def carried_to(
        self, canvas: Canvas, route: tuple[RouteStop, ...], steps: StepCounts, place_now: Callable[[int], int | None]
    ) -> Navigator:
        """The same position and history in a new version of the deck; `place_now` finds an old place in it."""
        new = Navigator(canvas, route, steps)

        def stop_now(stop: int) -> int:
            place = place_now(self._route[stop].place)
            same = [i for i, there in enumerate(route) if there.place == place]
            return min(same, key=lambda i: abs(i - stop)) if same else min(stop, len(route) - 1)

        def carried(position: Position) -> Position | None:
            place, stop = place_now(position.place), stop_now(position.stop)
            if place is None:
                return None
            detours = tuple(kept for left in position.detours if (kept := carried(left)) is not None)
            here = replace(position, stop=stop, place=place, detours=detours)
            if here.on_path and route[stop].place != place:
                here = new._at_stop(stop)
            return new._within(here)

        now = carried(self._position) or new._at_stop(stop_now(self._position.stop))
        past = [kept for one in self._history[: self._cursor] if (kept := carried(one)) is not None]
        future = [kept for one in self._history[self._cursor + 1 :] if (kept := carried(one)) is not None]
        new._history, new._cursor, new._position = [*past, now, *future], len(past), now
        return new

    def _passed_over(self, stop: int) -> bool:
        return self._route[stop].frame in self._left_out

    def _within(self, position: Position) -> Position:
        """`position` with a page and a step that there are."""
        counts = self._counts(position.place)
        page = min(position.page, len(counts) - 1)
        return replace(position, page=page, step=min(position.step, counts[page]))

    def _travel(self, by: int) -> bool:
        cursor = self._cursor + by
        if not 0 <= cursor < len(self._history):
            return False
        self._history[self._cursor] = self._position
        self._cursor = cursor
        self._position = self._history[cursor]
        return True

    def _at_stop(self, stop: int, *, finished: bool = False) -> Position:
        target = self._route[stop]
        position = Position(stop, target.place, target.view)
        if finished and target.view is View.FRAME:
            counts = self._counts(target.place)
            position = replace(position, page=len(counts) - 1, step=counts[-1])
        return position

    def _counts(self, place: int) -> tuple[int, ...]:
        return self._steps(place) or (0,)

    def _move(self, position: Position, *, remember: bool = True) -> bool:
        if position == self._position:
            return False
        if remember:
            self._history[self._cursor] = self._position
            first = max(self._cursor + 2 - MOST_REMEMBERED, 0)
            self._history = [*self._history[first : self._cursor + 1], position]
            self._cursor = len(self._history) - 1
        self._position = position
        return True
