"""What a talk that was given looks like afterwards: time planned and given, how late it was when, detours, what was
left out. Everything is read from its journal, so that it is the same when the deck has changed since, or is gone.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from atelier.talk.answers import Answers
from atelier.talk.events import Alive, ClockPaused, ClockResumed, ClockStarted, Planned, Stroke, StrokeWent
from atelier.talk.state import TalkState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atelier.talk.events import Event
    from atelier.talk.marks import Mark

OVER_SHARE: Final = 1.25
OVER: Final = 15.0
"""A frame was too long where it took more than both: its time and a quarter, and so many seconds more."""
SEEN: Final = 0.5
"""Seconds below which a frame was merely passed through."""
SHORTEST_VISIT: Final = 3.0
"""Seconds at a stop further on, before going back again, that do not yet mean the talk had got there."""


@dataclass(frozen=True, slots=True)
class FrameName:
    """What a frame was called. `number` counts the frames of the deck from 1; 0 where the journal does not say."""

    title: str
    number: int = 0
    section: str = ""


@dataclass(frozen=True, slots=True)
class Showing:
    """One time a frame was shown. Times are seconds of the talk's clock."""

    frame: str
    start: float
    seconds: float
    planned: float = 0.0
    """What was planned for it; 0 on a detour, and when it was shown once more."""
    detour: bool = False

    @property
    def end(self) -> float:
        return self.start + self.seconds

    @property
    def over(self) -> bool:
        return self.planned > 0 and self.seconds > max(self.planned * OVER_SHARE, self.planned + OVER)


@dataclass(frozen=True, slots=True)
class Detour:
    """A way off the path and back; `frame` is the first one there."""

    frame: str
    start: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Skip:
    """Stops that were passed over at a moment, with what was planned for them."""

    frames: tuple[str, ...]
    at: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood still at a moment of the talk for so many seconds."""

    at: float
    seconds: float


@dataclass(frozen=True, slots=True)
class PlannedStop:
    frame: str
    seconds: float
    shown: bool


@dataclass(frozen=True, slots=True)
class Row:
    """All times that a frame was shown on the path, or all on detours."""

    frame: str
    seconds: float
    planned: float
    detour: bool

    @property
    def difference(self) -> float:
        return self.seconds - self.planned

    @property
    def over(self) -> bool:
        return Showing(self.frame, 0.0, self.seconds, self.planned, self.detour).over


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """`started` and `ended` are seconds since 1970, everything else seconds of the talk's clock."""

    started: float = 0.0
    ended: float = 0.0
    path: str = ""
    rehearsal: bool = False
    given: float = 0.0
    planned: float = 0.0
    digest: str = ""
    """Of the deck's text as it was shown last."""
    names: Mapping[str, FrameName] = field(default_factory=dict[str, FrameName])
    stops: tuple[PlannedStop, ...] = ()
    """The plan, as it was last."""
    showings: tuple[Showing, ...] = ()
    drift: tuple[tuple[float, float], ...] = ()
    """Seconds of the talk, and by how many seconds it was late then, negative when early. A line between each two."""
    detours: tuple[Detour, ...] = ()
    skips: tuple[Skip, ...] = ()
    left_out: tuple[str, ...] = ()
    """Frames of the path that were never shown."""
    pauses: tuple[Pause, ...] = ()
    strokes: int = 0
    answers: Answers = field(default_factory=Answers)
    """What was counted of the audience's answers."""

    @property
    def late(self) -> float:
        """Seconds by which the whole took longer than it should have."""
        return self.given - self.planned

    @property
    def frames(self) -> int:
        """How many frames are on the path."""
        return len({stop.frame for stop in self.stops})

    @property
    def shown(self) -> int:
        return self.frames - len(self.left_out)

    @property
    def left_out_seconds(self) -> float:
        gone = set(self.left_out)
        return sum(stop.seconds for stop in self.stops if stop.frame in gone)

    @property
    def detour_seconds(self) -> float:
        return sum(detour.seconds for detour in self.detours)

    def name(self, frame: str) -> FrameName:
        return self.names.get(frame) or FrameName(frame)

    def answered(self, frame: str) -> int:
        """How many answers were counted for the activities of a frame."""
        return sum(tally.total for asked, tally in self.answers.tallies.items() if asked.frame == frame)

    def rows(self) -> tuple[Row, ...]:
        """The frames with their times, in the order they were first shown."""
        out: dict[tuple[str, bool], Row] = {}
        for showing in self.showings:
            key = showing.frame, showing.detour
            row = out.get(key) or Row(*key[:1], 0.0, 0.0, showing.detour)
            out[key] = replace(row, seconds=row.seconds + showing.seconds, planned=row.planned + showing.planned)
        return tuple(out.values())

    def given_by_frame(self) -> dict[str, float]:
        """Seconds that each frame was shown on the path."""
        return {row.frame: row.seconds for row in self.rows() if not row.detour}

    def showing_at(self, elapsed: float) -> Showing | None:
        """What the room saw at a moment of the talk."""
        number = bisect_right(self.showings, elapsed, key=lambda showing: showing.start) - 1
        return self.showings[number] if number >= 0 and elapsed <= self.showings[number].end else None

    def late_at(self, elapsed: float) -> float:
        """By how many seconds the talk was late at a moment of it."""
        number = bisect_right(self.drift, elapsed, key=lambda point: point[0])
        if number == 0 or number == len(self.drift):
            return self.drift[min(number, len(self.drift)) - 1][1] if self.drift and number else 0.0
        (left, before), (right, after) = self.drift[number - 1], self.drift[number]
        return before + (after - before) * (elapsed - left) / (right - left)


def review_of(events: Sequence[tuple[float, Event]]) -> Review:
    """What the events of a talk, each with its moment, say of it."""
    read = _read(events)
    plan = read.plans[-1] if read.plans else None
    _mark_progress(read.visits)
    _share_out(read.visits)
    times = _Times(read.plans)
    for visit in read.visits:
        times.take(visit)
    shown = {visit.frame for visit in read.visits}
    on_path = [frame for frame, _seconds in plan.stops] if plan is not None else []
    names = {
        id_: FrameName(title, number, section)
        for each in read.plans
        for number, (id_, title, section) in enumerate(each.frames, 1)
    }
    state = read.state
    return Review(
        started=read.started,
        ended=state.moment,
        path=state.path,
        rehearsal=state.rehearsal,
        given=state.clock.elapsed(state.moment),
        planned=plan.total if plan is not None else 0.0,
        digest=plan.digest if plan is not None else "",
        names=names,
        stops=tuple(PlannedStop(frame, seconds, frame in shown) for frame, seconds in plan.stops) if plan else (),
        showings=_showings(times.showings),
        drift=times.drift,
        detours=_detours(read.visits),
        skips=tuple(times.skips),
        left_out=tuple(frame for frame in dict.fromkeys(on_path) if frame not in shown),
        pauses=tuple(read.pauses),
        answers=state.answers,
        strokes=sum(len(ink.strokes) for ink in state.ink.values()),
    )


# ------------------------------------------------------------------------------------------------- from the events


@dataclass(slots=True)
class _Visit:
    """The room at one stop, or at one frame off the path. `plan` is the number of the plan that held then."""

    frame: str
    stop: int
    detour: bool
    plan: int
    start: float
    end: float = 0.0
    advances: bool = False
    """Whether the talk got to its stop with it, or was there already and not yet further on."""
    share: float = 0.0
    """Of all the time at a stop before the talk went on, the part that this visit was."""
    unfinished: bool = False
    """Whether the talk ended at its stop: what is left of the stop's time was never due."""

    @property
    def seconds(self) -> float:
        return self.end - self.start


@dataclass(slots=True)
class _Read:
    state: TalkState = field(default_factory=TalkState)
    started: float = 0.0
    plans: list[Planned] = field(default_factory=list[Planned])
    visits: list[_Visit] = field(default_factory=list[_Visit])
    pauses: list[Pause] = field(default_factory=list[Pause])


def _read(events: Sequence[tuple[float, Event]]) -> _Read:
    """The visits of a talk in order, and what else happened."""
    read = _Read()
    paused: float | None = None
    for moment, event in events:
        read.state = state = read.state.after(_light(event), moment)
        elapsed = state.clock.elapsed(state.moment)
        if isinstance(event, Planned):
            _take_plan(read, event, elapsed)
        elif isinstance(event, ClockStarted):
            read.started = read.started or state.moment
        elif isinstance(event, ClockPaused):
            paused = state.moment
        elif isinstance(event, ClockResumed) and paused is not None:
            read.pauses.append(Pause(elapsed, state.moment - paused))
            paused = None
        mark = state.shown if state.frozen else state.mark
        if mark is not None:
            _take_mark(read, mark, elapsed)
    if read.visits:
        read.visits[-1].end = read.state.clock.elapsed(read.state.moment)
    read.started = read.started or (events[0][0] if events else 0.0)
    return read


def _light(event: Event) -> Event:
    """An event without the points of ink, which nobody asks for here and a talk has most of."""
    if isinstance(event, Stroke):
        return replace(event, points=())
    return Alive() if isinstance(event, StrokeWent) else event


def _take_plan(read: _Read, event: Planned, elapsed: float) -> None:
    """From the next visit on another plan holds; the first one held from the beginning."""
    alike = bool(read.plans) and read.plans[-1].stops == event.stops
    if alike:
        read.plans[-1] = event
        return
    read.plans.append(event)
    if len(read.plans) > 1 and read.visits:
        last = read.visits[-1]
        last.end = elapsed
        if last.start == elapsed:
            read.visits.pop()  # the stop is that of the new plan's path, of which one hears only now
        mark = read.state.mark
        stop = mark.stop if mark is not None else last.stop
        read.visits.append(_Visit(last.frame, stop, last.detour, len(read.plans) - 1, elapsed))


def _take_mark(read: _Read, mark: Mark, elapsed: float) -> None:
    frame, detour = mark.place.frame, not mark.on_path
    last = read.visits[-1] if read.visits else None
    if last is not None and (last.frame, last.detour) == (frame, detour) and (detour or last.stop == mark.stop):
        return
    if last is not None:
        last.end = elapsed
    read.visits.append(_Visit(frame, mark.stop, detour, max(len(read.plans) - 1, 0), elapsed))


# ---------------------------------------------------------------------------------------------------- from the visits


def _mark_progress(visits: Sequence[_Visit]) -> None:
    """Finds the visits with which the talk got further: a key pressed by mistake and taken back does not."""
    following: list[int | None] = [None] * len(visits)
    upcoming: int | None = None
    for number in range(len(visits) - 1, -1, -1):
        following[number] = upcoming
        if not visits[number].detour:
            upcoming = visits[number].stop
    furthest, plan = -1, -1
    for visit, after in zip(visits, following, strict=True):
        if visit.plan != plan:
            furthest, plan = visit.stop - 1, visit.plan
        if visit.detour or visit.stop < furthest:
            continue
        stays = visit.seconds >= SHORTEST_VISIT or after is None or after >= visit.stop
        visit.advances = visit.stop == furthest or stays
        furthest = visit.stop if visit.advances else furthest


def _share_out(visits: Sequence[_Visit]) -> None:
    """Shares a stop among its visits by how long they were."""
    by_stop: dict[tuple[int, int], list[_Visit]] = {}
    for visit in visits:
        if visit.advances:
            by_stop.setdefault((visit.plan, visit.stop), []).append(visit)
    for visit in [*by_stop.values()][-1] if by_stop else ():
        visit.unfinished = True
    for group in by_stop.values():
        total = sum(visit.seconds for visit in group)
        for visit in group:
            visit.share = visit.seconds / total if total > 0 else 1.0 / len(group)


class _Times:
    """Holds the visits against the plan, one after the other. The time planned for a stop passes evenly while it is
    visited, however long that is; it stands still on detours.
    """

    def __init__(self, plans: Sequence[Planned]) -> None:
        self._plans = plans
        self._plan = 0
        self._furthest = -1
        self._late = 0.0
        self._points: list[tuple[float, float]] = []
        self.showings: list[Showing] = []
        self.skips: list[Skip] = []

    @property
    def drift(self) -> tuple[tuple[float, float], ...]:
        """The points, each once."""
        out: list[tuple[float, float]] = []
        for point in self._points:
            if not out or point != out[-1]:
                out.append(point)
        return tuple(out)

    def take(self, visit: _Visit) -> None:
        if not self._plans:
            self.showings.append(Showing(visit.frame, visit.start, visit.seconds, 0.0, visit.detour))
            return
        plan = self._plans[visit.plan]
        if visit.plan != self._plan:
            # another path: what lies before the stop on it counts as done
            self._plan, self._furthest = visit.plan, visit.stop - 1
            self._late = visit.start - sum(seconds for _frame, seconds in plan.stops[: max(visit.stop, 0)])
        self._points.append((visit.start, self._late))
        planned = due = 0.0
        if visit.advances:
            self._pass_over(plan, visit)
            self._furthest = visit.stop
            planned = visit.share * (plan.stops[visit.stop][1] if 0 <= visit.stop < len(plan.stops) else 0.0)
            due = min(planned, visit.seconds) if visit.unfinished and visit.stop + 1 < len(plan.stops) else planned
        self._late += visit.seconds - due
        self._points.append((visit.end, self._late))
        self.showings.append(Showing(visit.frame, visit.start, visit.seconds, planned, visit.detour))

    def _pass_over(self, plan: Planned, visit: _Visit) -> None:
        passed = plan.stops[self._furthest + 1 : max(visit.stop, 0)]
        seconds = sum(planned for _frame, planned in passed)
        if not passed:
            return
        self._late -= seconds
        self._points.append((visit.start, self._late))
        frames = tuple(dict.fromkeys(frame for frame, _planned in passed))
        self.skips.append(Skip(frames, visit.start, seconds))


def _showings(parts: Sequence[Showing]) -> tuple[Showing, ...]:
    """The parts of one showing joined: the section and the page of a frame are two stops."""
    out: list[Showing] = []
    for part in parts:
        last = out[-1] if out else None
        if last is not None and (last.frame, last.detour) == (part.frame, part.detour):
            out[-1] = replace(last, seconds=last.seconds + part.seconds, planned=last.planned + part.planned)
        else:
            out.append(part)
    return tuple(showing for showing in out if showing.seconds >= SEEN)


def _detours(visits: Sequence[_Visit]) -> tuple[Detour, ...]:
    out: list[Detour] = []
    for before, visit in pairwise((None, *visits)):
        if visit is None or not visit.detour:
            continue
        if before is not None and before.detour and out:
            out[-1] = replace(out[-1], seconds=out[-1].seconds + visit.seconds)
        else:
            out.append(Detour(visit.frame, visit.start, visit.seconds))
    return tuple(detour for detour in out if detour.seconds >= SEEN)
