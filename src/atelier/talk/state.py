"""The state of a talk: what its events say, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from atelier.deck.types import View
from atelier.talk.answers import Answers
from atelier.talk.countdown import Counted
from atelier.talk.events import (
    Alive,
    AnswersCounted,
    Began,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    CountdownChanged,
    CountdownEnded,
    CountdownPaused,
    CountdownResumed,
    CountdownStarted,
    Covered,
    Dropped,
    Ended,
    Erased,
    Frozen,
    InkRedone,
    InkUndone,
    LinkShown,
    MessageShown,
    Moved,
    NextChosen,
    PathChosen,
    Planned,
    Restored,
    ResultsHidden,
    ResultsShown,
    Resumed,
    Stroke,
    StrokeWent,
    Thawed,
)
from atelier.talk.ink import FrameInk, Sheet, sheet_of
from atelier.talk.navigation import MOST_REMEMBERED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from atelier.talk.countdown import Countdown
    from atelier.talk.events import Event
    from atelier.talk.marks import Mark, PlaceId


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that can be paused. Moments are seconds since 1970."""

    ran: float = 0.0
    """Seconds up to the last pause."""
    since: float | None = None
    """When it was last set going; None while it stands."""

    @property
    def running(self) -> bool:
        return self.since is not None

    @property
    def started(self) -> bool:
        return self.running or self.ran > 0

    def elapsed(self, moment: float) -> float:
        """Seconds it has run at a moment; a clock of the system that was set back takes none away."""
        return self.ran + (max(moment - self.since, 0.0) if self.since is not None else 0.0)

    def going(self, moment: float) -> Clock:
        return self if self.running else Clock(self.ran, moment)

    def paused(self, moment: float) -> Clock:
        return Clock(self.elapsed(moment)) if self.running else self


@dataclass(frozen=True, slots=True)
class TalkState:
    """A talk after some events. `moment` is that of the last one."""

    path: str = ""
    lang: str = ""
    rehearsal: bool = False
    mark: Mark | None = None
    shown: Mark | None = None
    """What the room keeps while it is frozen."""
    frozen: bool = False
    cover: str = ""
    """`black`, `white`, or empty."""
    cover_since: float = 0.0
    """When the room was last covered or uncovered."""
    clock: Clock = field(default_factory=Clock)
    here: Clock = field(default_factory=Clock)
    """How long the frame shown has been shown this time."""
    at_stop: Clock = field(default_factory=Clock)
    """How long the talk has been at its stop, detours from there included."""
    given: Mapping[str, float] = field(default_factory=dict[str, float])
    """Seconds that each frame was shown before, by its id, in the order they were first shown."""
    history: tuple[Mark, ...] = ()
    shown_at: tuple[float, ...] = ()
    """When each mark of the history came, in seconds since 1970."""
    planned: Planned | None = None
    """The plan that was kept last."""
    dropped: tuple[str, ...] = ()
    next: PlaceId | None = None
    """Where *next* leads, if it was chosen; until the talk gets there."""
    counted: Counted | None = None
    """What is counted down, also when it is over and nobody has put it back."""
    answers: Answers = field(default_factory=Answers)
    shown_answers: Answers | None = None
    """Those the room keeps while it is frozen."""
    ink: Mapping[Sheet, FrameInk] = field(default_factory=dict[Sheet, FrameInk])
    last_stroke: int = 0
    message: str = ""
    link: str = ""
    """The address that the room sees on a card, until it sees another picture."""
    ended: bool = False
    moment: float = 0.0
    events: int = 0

    def seconds_at(self, frame: str, moment: float) -> float:
        """How long a frame was shown until a moment."""
        now = self.here.elapsed(moment) if self.mark is not None and self.mark.place.frame == frame else 0.0
        return self.given.get(frame, 0.0) + now

    def after(self, event: Event, moment: float) -> TalkState:
        """The state once an event has happened. Moments never run back."""
        moment = max(moment, self.moment)
        now = _with(self, moment=moment, events=self.events + 1)
        match event:
            case Began():
                return _with(now, path=event.path, lang=event.lang, rehearsal=event.rehearsal)
            case Moved():
                return now.moved_to(event.mark).without_link()
            case PathChosen():
                return _with(now.moved_to(event.mark).without_link(), path=event.path)
            case Planned():
                return _with(now, planned=event)
            case ClockStarted() | ClockResumed():
                return now.timed(Clock.going, moment)
            case ClockPaused():
                return now.timed(Clock.paused, moment)
            case Covered():
                return _with(now, cover=event.colour, cover_since=moment)
            case Frozen():
                return _with(now, frozen=True, shown=now.mark, shown_answers=now.answers)
            case Thawed():
                link = now.link if now.mark == now.shown else ""
                return _with(now, frozen=False, shown=None, shown_answers=None, link=link)
            case Dropped():
                return _with(now, dropped=(*now.dropped, *(f for f in event.frames if f not in now.dropped)))
            case Restored():
                return _with(now, dropped=tuple(f for f in now.dropped if f not in event.frames))
            case NextChosen():
                return _with(now, next=event.place)
            case CountdownStarted():
                return _with(now, counted=Counted.begun(event.frame, event.activity, event.laps, moment))
            case CountdownPaused():
                return now.counting(lambda here: here.stopped(moment))
            case CountdownResumed():
                return now.counting(lambda here: here.started(moment))
            case CountdownChanged():
                return now.counting(lambda here: here.changed(event.seconds, moment))
            case CountdownEnded():
                return _with(now, counted=None)
            case AnswersCounted() | ResultsHidden() | ResultsShown():
                return _with(now, answers=now.answers.after(event))
            case Stroke() | StrokeWent() | Erased() | InkUndone() | InkRedone():
                sheet = sheet_of(event)
                ink = now.ink.get(sheet, FrameInk()).after(event)
                last = max(now.last_stroke, event.id) if isinstance(event, Stroke) else now.last_stroke
                return _with(now, ink={**now.ink, sheet: ink}, last_stroke=last)
            case MessageShown():
                return _with(now, message=event.text)
            case LinkShown():
                return _with(now, link=event.address)
            case Alive():
                return now
            case Resumed():
                return now.resumed(self.moment, counted=event.counted)
            case Ended():
                return _with(now.timed(Clock.paused, moment), counted=None, ended=True)

    def moved_to(self, mark: Mark) -> TalkState:
        """The state at another mark: the time at the frame before is added to what it was given."""
        if self.next is not None and self.next == mark.place and mark.view is View.FRAME:
            return _with(self, next=None).moved_to(mark)
        before = self.mark
        stays = before is not None and (before.place, before.view, before.stop) == (mark.place, mark.view, mark.stop)
        history = (*(self.history[:-1] if stays else self.history[-MOST_REMEMBERED + 1 :]), mark)
        shown_at = self.shown_at if stays else (*self.shown_at[-MOST_REMEMBERED + 1 :], self.moment)
        new = Clock(0.0, self.moment if self.clock.running else None)
        at_stop = self.at_stop if before is not None and before.stop == mark.stop else new
        if before is not None and before.place.frame == mark.place.frame:
            return _with(self, mark=mark, history=history, shown_at=shown_at, at_stop=at_stop)
        given = dict(self.given)
        if before is not None:
            given[before.place.frame] = given.get(before.place.frame, 0.0) + self.here.elapsed(self.moment)
        given.setdefault(mark.place.frame, 0.0)
        return _with(self, mark=mark, history=history, shown_at=shown_at, given=given, here=new, at_stop=at_stop)

    def without_link(self) -> TalkState:
        """The state once the speaker has moved on; a room that keeps its picture keeps the card on it."""
        return self if self.frozen or not self.link else _with(self, link="")

    def timed(self, act: Callable[[Clock, float], Clock], moment: float) -> TalkState:
        """The state with every clock set going or paused."""
        return _with(
            self, clock=act(self.clock, moment), here=act(self.here, moment), at_stop=act(self.at_stop, moment)
        )

    def counting(self, act: Callable[[Countdown], Countdown]) -> TalkState:
        """The state with what is counted down changed, where there is something."""
        if self.counted is None:
            return self
        return _with(self, counted=replace(self.counted, countdown=act(self.counted.countdown)))

    def resumed(self, before: float, *, counted: bool) -> TalkState:
        """The state when the program is back; `before` is when it was last heard of."""
        again = _with(self, ended=False)
        if counted:
            return again
        again = again.counting(lambda here: here.held(before, self.moment))
        if not self.clock.running:
            return again
        return again.timed(Clock.paused, before).timed(Clock.going, self.moment)


def _with(state: TalkState, **changes: Any) -> TalkState:
    """`state` with these fields changed: `dataclasses.replace` at a quarter of its time. To go on with a talk of hours
    is to go through tens of thousands of states.
    """
    made = object.__new__(TalkState)
    for put, value in zip(_PUT.values(), _VALUES(state), strict=True):
        put(made, value)
    for name, value in changes.items():
        _PUT[name](made, value)
    return made


_PUT: Final = {field.name: getattr(TalkState, field.name).__set__ for field in fields(TalkState)}
"""What sets each field, by its name: a value that is being made is not frozen yet."""
_VALUES: Final = attrgetter(*_PUT)


def replayed(entries: Iterable[tuple[float, Event]]) -> TalkState:
    """The state that events lead to, each with its moment."""
    state = TalkState()
    for moment, event in entries:
        state = state.after(event, moment)
    return state
