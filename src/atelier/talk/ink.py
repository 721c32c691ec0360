"""Ink on frames: what was drawn, undone and done again, frame by frame and page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atelier.talk.events import Erased, InkRedone, InkUndone, Stroke, StrokeWent
from atelier.talk.marks import PlaceId

if TYPE_CHECKING:
    from typing import TypeAlias

    InkEvent: TypeAlias = Stroke | StrokeWent | Erased | InkUndone | InkRedone


@dataclass(frozen=True, slots=True)
class Sheet:
    """What ink is drawn on: one page of a place."""

    place: PlaceId
    page: int = 0


def sheet_of(event: InkEvent) -> Sheet:
    return Sheet(PlaceId(event.frame, event.text), event.page)


@dataclass(frozen=True, slots=True)
class FrameInk:
    """The ink of one sheet: what was done to it in order, and what was undone, the last first."""

    done: tuple[Stroke | Erased, ...] = ()
    undone: tuple[Stroke | Erased, ...] = ()

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What is to be seen, the oldest first."""
        gone = {stroke for act in self.done if isinstance(act, Erased) for stroke in act.strokes}
        return tuple(act for act in self.done if isinstance(act, Stroke) and act.id not in gone)

    def after(self, event: InkEvent) -> FrameInk:
        """The ink once an event has happened; the same where the event does not fit."""
        match event:
            case Stroke():
                return FrameInk((*self.done, event))
            case StrokeWent():
                return replace(self, done=tuple(_longer(act, event) for act in self.done))
            case Erased():
                there = {stroke.id for stroke in self.strokes}
                strokes = tuple(stroke for stroke in event.strokes if stroke in there)
                return FrameInk((*self.done, replace(event, strokes=strokes))) if strokes else self
            case InkUndone():
                return FrameInk(self.done[:-1], (self.done[-1], *self.undone)) if self.done else self
            case InkRedone():
                return FrameInk((*self.done, self.undone[0]), self.undone[1:]) if self.undone else self


def _longer(act: Stroke | Erased, more: StrokeWent) -> Stroke | Erased:
    if isinstance(act, Stroke) and act.id == more.id:
        return replace(act, points=(*act.points, *more.points))
    return act
