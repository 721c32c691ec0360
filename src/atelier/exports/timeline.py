"""Which second of a film shows what: a path with its stops, their steps, and what is between them.

A stop is shown for its `hold`, else for as long as is wished; where nothing is wished, for as long as it takes to read.
All steps and pages of a stop share a given time, as they do when a deck plays by itself (`talk.unattended`). What moves
takes its own time, as in the audience window, and is not a part of that: a stop is at rest for its `hold`.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atelier.canvas.faces import Face
from atelier.canvas.flight import Flight, Profile
from atelier.deck.types import View
from atelier.exports.formats import PLANNED, READING
from atelier.exports.stops import stop_pictures
from atelier.render.movement import step_seconds
from atelier.render.scene import Shown
from atelier.talk.unattended import SHORTEST
from atelier.typeset.display import TextItem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atelier.canvas.route import RouteStop
    from atelier.exports.stops import StopPicture
    from atelier.foundation.geometry import Size
    from atelier.render.scene import Scene
    from atelier.typeset.display import DisplayList

WORDS_A_SECOND: Final = 4.0
"""240 words a minute: what adults read to themselves (Brysbaert 2019, 238 words of non-fiction)."""
LOOK: Final = 2.0
"""Seconds to find one's way in a new picture, besides what its words take."""
STEP_LOOK: Final = 1.0
"""Seconds to notice a step."""
LONGEST: Final = 20.0
"""Seconds that a picture is shown at most where nobody gave it a time."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A picture that stands still from `start` to `end`, in seconds of the film."""

    start: float
    end: float
    picture: StopPicture


@dataclass(frozen=True, slots=True)
class Flying:
    """A flight from one picture to another; in the profile of cuts, one fades into the other."""

    start: float
    end: float
    before: StopPicture
    picture: StopPicture
    flight: Flight


@dataclass(frozen=True, slots=True)
class Stepping:
    """The newest step of `picture` comes in over the one before it."""

    start: float
    end: float
    before: StopPicture
    picture: StopPicture


Segment = Rest | Flying | Stepping


@dataclass(frozen=True, slots=True)
class Chapter:
    """From where to where a stop is shown, in seconds; the flight to it belongs to the one before."""

    start: float
    end: float
    title: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a film shows, without a gap from 0 to `seconds`."""

    segments: tuple[Segment, ...]
    chapters: tuple[Chapter, ...]

    @property
    def seconds(self) -> float:
        return self.segments[-1].end

    def frames(self, rate: int) -> int:
        """How many pictures it has at `rate` a second, one at least."""
        return max(1, math.ceil(self.seconds * rate - _SAME))

    def moments(self, rate: int) -> Iterator[tuple[Segment, list[float]]]:
        """Each segment that has pictures at `rate` a second, with their seconds since its start.

        Moments are counted from the start of the film, so that nothing drifts; a segment shorter than the time between
        two of them may have none.
        """
        number, last = 0, self.frames(rate)
        for segment in self.segments:
            end = min(max(math.ceil(segment.end * rate - _SAME), number), last)
            if segment is self.segments[-1]:
                end = last
            if end > number:
                yield segment, [max(0.0, n / rate - segment.start) for n in range(number, end)]
            number = end


_SAME = 1e-6
"""Share of a picture's time below which two moments are one: sums of seconds are not exact."""


def timeline(
    scene: Scene, route: Sequence[RouteStop], size: Size, profile: Profile = Profile.FULL, hold: float | str = READING
) -> Timeline:
    """The film of a path in pictures of `size`. `hold` is in seconds for each stop that says nothing itself; `PLANNED`
    takes the minutes of its frame, `READING` what its words take.
    """
    pictures = [
        picture for number, stop in enumerate(route) for picture in stop_pictures(scene, stop, number, size, steps=True)
    ]
    shares = Counter(_stop_of(route, picture) for picture in pictures)
    segments: list[Segment] = []
    starts: list[tuple[float, StopPicture]] = []
    now = 0.0
    before: StopPicture | None = None
    for picture in pictures:
        if before is not None:
            moved = _movement(scene, before, picture, now, size, profile)
            segments += moved
            now = moved[-1].end if moved else now
        if before is None or _stop_of(route, before) != _stop_of(route, picture):
            starts.append((now, picture))
        given = _given(scene, route[picture.stop], hold)
        if given is not None:
            seconds = max(given / shares[_stop_of(route, picture)], SHORTEST)
        else:
            seconds = _reading(scene, picture, route[picture.stop].view)
        segments.append(Rest(now, now + seconds, picture))
        now += seconds
        before = picture
    ends = [start for start, _ in starts[1:]] + [now]
    titles = [scene.deck.frames[picture.frame].title for _, picture in starts]
    chapters = tuple(Chapter(start, end, title) for (start, _), end, title in zip(starts, ends, titles, strict=True))
    return Timeline(tuple(segments), chapters)


def _stop_of(route: Sequence[RouteStop], picture: StopPicture) -> tuple[int, int]:
    """What a picture shares its time with: a section and the page of its text are one stop."""
    stop = route[picture.stop]
    return stop.stop, stop.frame


def _movement(
    scene: Scene, before: StopPicture, picture: StopPicture, now: float, size: Size, profile: Profile
) -> list[Segment]:
    """What comes between two pictures; nothing where one is replaced by the other."""
    if before.place == picture.place and before.camera == picture.camera and before.stop == picture.stop:
        shown = before.look.shown.get(before.place, Shown())
        seconds = step_seconds(shown, picture.look.shown.get(picture.place), profile)
        return [Stepping(now, now + seconds, before, picture)] if seconds else []
    flight = Flight(scene.canvas, before.camera, picture.camera, size.ratio, profile)
    return [Flying(now, now + flight.duration, before, picture, flight)]


def _given(scene: Scene, stop: RouteStop, hold: float | str) -> float | None:
    """Seconds that a stop is shown by what its author or the wish says; None where reading decides."""
    if stop.hold is not None:
        return stop.hold
    if isinstance(hold, float):
        return hold
    minutes = scene.deck.frames[stop.frame].minutes
    return minutes * 60.0 if hold == PLANNED and minutes else None


def _reading(scene: Scene, picture: StopPicture, view: View) -> float:
    """How long it takes to take in what a picture has that the one before it had not."""
    if view is View.OVERVIEW:
        return LOOK
    display = scene.typesetter.face(picture.place, Face.CONTENT, picture.page)
    look = STEP_LOOK if picture.step else LOOK
    return min(look + new_words(display, picture.step or 0) / WORDS_A_SECOND, LONGEST)


def new_words(display: DisplayList, step: int) -> int:
    """How many words of a frame are new at a step; at step 0 all that stand there from the beginning."""
    lines = (
        (item.layout.text(), item.layout.lineAt(line))
        for item in display.items
        if isinstance(item, TextItem) and not item.aside and item.step == step
        for line in range(item.first, item.last or item.layout.lineCount())
    )
    return sum(len(text[line.textStart() : line.textStart() + line.textLength()].split()) for text, line in lines)
