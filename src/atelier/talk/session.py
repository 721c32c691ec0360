"""One talk while it is given: the acts of the speaker, each an event, and who wants to hear of them.

State comes from events and from nothing else: an act finds out what changes, says so as an event, and the state is what
the event makes of it (`talk.state`). What is on disk therefore always leads back here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from atelier.canvas.route import RouteStop, route
from atelier.deck.types import View
from atelier.talk import pacing
from atelier.talk.events import (
    Alive,
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
    Event,
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
    Resumed,
    Stroke,
    StrokeWent,
    Thawed,
)
from atelier.talk.ink import FrameInk, Sheet
from atelier.talk.marks import Marks, PlaceId
from atelier.talk.navigation import Navigator, Position, StepCounts
from atelier.talk.plan import Plan, plan
from atelier.talk.state import TalkState

if TYPE_CHECKING:
    from atelier.canvas.model import Canvas
    from atelier.deck.types import Deck, NamedPath
    from atelier.talk.countdown import Lap
    from atelier.talk.events import Point
    from atelier.talk.marks import Mark
    from atelier.talk.pacing import Pace

Listener: TypeAlias = Callable[[Event, Position], None]
"""Is told of an event once it has happened, with the position before it."""

LONGEST_GAP: Final = 10 * 60.0
"""Seconds the program may be gone in the middle of a talk that goes on without it."""
_DIGITS: Final = 2


@dataclass(frozen=True, slots=True)
class Ground:
    """What a talk goes over: one version of a deck, placed. `steps` are those of each page of a place, `words` counts
    those of a frame's notes.
    """

    deck: Deck
    canvas: Canvas
    steps: StepCounts
    words: Callable[[int], int]

    def path(self, name: str) -> NamedPath:
        """The path of that name, or the default one."""
        return self.deck.path(name) or self.deck.paths[0]


class Talk:
    """`record` keeps events with their moments; `now` gives the moment in seconds since 1970."""

    def __init__(self, ground: Ground, record: Callable[[float, Event], None], now: Callable[[], float]) -> None:
        self.ground = ground
        self._record = record
        self._now = now
        self._listeners: list[Listener] = []
        self._state = TalkState()
        self._navigator = self._navigate("")
        self._plan: Plan | None = None

    @property
    def state(self) -> TalkState:
        return self._state

    @property
    def position(self) -> Position:
        return self._navigator.position

    @property
    def route(self) -> tuple[RouteStop, ...]:
        return self._navigator.route

    @property
    def moved(self) -> bool:
        """Whether the position is another than the first one."""
        return self._navigator.moved

    @property
    def path(self) -> NamedPath:
        return self.ground.path(self._state.path)

    @property
    def plan(self) -> Plan:
        if self._plan is None:
            self._plan = plan(self.ground.deck, self.path, self.route, self.ground.words)
        return self._plan

    @property
    def now(self) -> float:
        return self._now()

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def listen_no_more(self, listener: Listener) -> None:
        self._listeners.remove(listener)

    def record_in(self, record: Callable[[float, Event], None]) -> None:
        """Keeps what happens from now on elsewhere."""
        self._record = record

    def frame_id(self, place: int) -> str:
        return self._marks().place_id(place).frame

    # ------------------------------------------------------------------ beginning and ending

    def begin(self, path: str = "", lang: str = "", *, rehearsal: bool = False) -> None:
        """Begins at the first stop of a path. The clock waits for the first advance."""
        self._navigator = self._navigate(path)
        self._plan = None
        self._happened(Began(path, lang, rehearsal), self.position)
        self._happened(Moved(self._marks().mark(self.position)), self.position)

    def resume(self, state: TalkState) -> None:
        """Goes on where `state`, which was on disk, left off; the time in between counts if it was short."""
        self._state = state
        self._plan = None
        self._navigator = self._navigate(state.path)
        marks = self._marks()
        self._navigator.resume([there for mark in state.history if (there := marks.position(mark)) is not None])
        self._lead()
        before = self.position
        self._happened(Resumed(self._now() - state.moment <= LONGEST_GAP), before)
        self._say_where(before)

    def go_back_to(self, state: TalkState) -> None:
        """Takes up a state of a talk that is played again; nobody is told before the next event."""
        self._state = state
        self._plan = None
        self._navigator = self._navigate(state.path)
        self._lead()
        if state.mark is not None:
            self._stand_at(state.mark)

    def play(self, event: Event) -> bool:
        """Has an event of a talk that is played again happen; False where its frame is gone from the deck."""
        before, found = self.position, True
        if isinstance(event, PathChosen):
            self._navigator, self._plan = self._navigate(event.path), None
        if isinstance(event, Moved | PathChosen):
            found = self._stand_at(event.mark)
        self._happened(event, before)
        return found

    def keep_alive(self) -> None:
        """Notes that the program is there: after a crash, the time since then is what it was gone for."""
        clock, counted = self._state.clock, self._state.counted
        counts = counted is not None and not counted.countdown.paused
        if clock.running or (clock.started and counts):
            self._happened(Alive(), self.position)

    def end(self) -> None:
        if not self._state.ended:
            self._happened(Ended(), self.position)

    def replace_ground(self, ground: Ground) -> None:
        """Goes on in a new version of the deck, at the frame with the same id."""
        before, old = self.position, self._marks()
        self.ground = ground
        new_route = route(ground.deck, ground.canvas, self.path)
        ids = Marks(ground.deck, ground.canvas, new_route)

        def place_now(place: int) -> int | None:
            return ids.place(old.place_id(place))

        self._navigator = self._navigator.carried_to(ground.canvas, new_route, ground.steps, place_now)
        self._plan = None
        self._lead()
        self._say_where(before)

    # ------------------------------------------------------------------ going

    def next(self) -> bool:
        moved = self._go(self._navigator.next)
        self.start_clock()
        return moved

    def roll_on(self) -> bool:
        """Goes on as `next` does, and from the end to the beginning; the clock goes on waiting."""
        return self._go(self._navigator.next) or self._go(self._navigator.first)

    def previous(self) -> bool:
        return self._go(self._navigator.previous)

    def first(self) -> bool:
        return self._go(self._navigator.first)

    def last(self) -> bool:
        return self._go(self._navigator.last)

    def up(self) -> bool:
        return self._go(self._navigator.up)

    def into(self) -> bool:
        return self._go(self._navigator.into)

    def overview(self) -> bool:
        return self._go(self._navigator.overview)

    def close_detour(self) -> bool:
        """Back to the stop that was left; on the path, takes back what *next* was made, else goes back in history."""
        if self.position.on_path and self.next_chosen() is not None:
            return self.follow_path()
        return self._go(self._navigator.close_detour)

    def return_to_path(self) -> bool:
        return self._go(self._navigator.return_to_path)

    def back(self) -> bool:
        return self._go(self._navigator.back)

    def forward(self) -> bool:
        return self._go(self._navigator.forward)

    def jump(self, place: int, view: View = View.FRAME) -> bool:
        moved = self._go(lambda: self._navigator.jump(place, view))
        self.start_clock()
        return moved

    def go_to_stop(self, stop: int) -> bool:
        return self._go(lambda: self._navigator.go_to_stop(stop))

    def go_near(self, place: int) -> bool:
        """Goes to the stop at `place`, as a detour where it is on none; the clock goes on waiting."""
        stop = next((i for i, there in enumerate(self.route) if there.place == place), None)
        return self._go(lambda: self._navigator.jump(place)) if stop is None else self.go_to_stop(stop)

    def ahead(self, here: Position | None = None) -> Position | None:
        """Where *next* leads, from `here` if it is given; None at the end."""
        return self._navigator.ahead(here)

    def onward(self, here: Position) -> Position | None:
        """Where *next* leads once every page and step of `here` is through."""
        return self._navigator.onward(here)

    def upcoming(self) -> int | None:
        """The place of the next stop, if there is one."""
        return self._navigator.upcoming()

    def stop_after(self, stop: int) -> int | None:
        return self._navigator.stop_after(stop)

    def make_next(self, place: int) -> bool:
        """Has *next* lead to a place once, and from there on along the path; False where the talk is there already."""
        if place == self.position.place:
            return False
        self._happened(NextChosen(self._marks().place_id(place)), self.position)
        return True

    def follow_path(self) -> bool:
        """Takes back what *next* was made to lead to; False where it follows the path."""
        if self._state.next is None:
            return False
        self._happened(NextChosen(), self.position)
        return True

    def next_chosen(self) -> int | None:
        """The place that *next* was made to lead to; None where it follows the path."""
        return self._marks().place(self._state.next) if self._state.next is not None else None

    def choose_path(self, name: str) -> bool:
        """Goes on along another path, at the same frame: as a stop of it, or else as a detour from the stop before."""
        path = self.ground.path(name)
        if path.name == self.path.name:
            return False
        before = self.position
        new = self._navigate(path.name)
        stops = [i for i, stop in enumerate(new.route) if stop.place == before.place and stop.view is before.view]
        if stops:
            new.resume([Position(stops[0], before.place, before.view, before.page, before.step)])
        else:
            reading = self.ground.canvas.places[before.place].frame
            passed = [i for i, stop in enumerate(new.route) if stop.frame <= reading]
            new.go_to_stop(passed[-1] if passed else 0)
            new.jump(before.place, before.view)
        self._navigator, self._plan = new, None
        self._happened(PathChosen(path.name, self._marks().mark(self.position)), before)
        return True

    # ------------------------------------------------------------------ what the room sees

    def cover(self, colour: str) -> None:
        """Covers the room's picture with `black` or `white`, or uncovers it when it is so already."""
        self._happened(Covered("" if self._state.cover == colour else colour), self.position)

    def uncover(self) -> bool:
        """Gives the room its picture back; False when it has it."""
        if not self._state.cover:
            return False
        self._happened(Covered(), self.position)
        return True

    def freeze(self) -> None:
        """Has the room keep its picture, or see again where the speaker is."""
        self._happened(Thawed() if self._state.frozen else Frozen(), self.position)

    def shown_position(self) -> Position:
        """What the room sees, under any cover. Where its frame is gone it is the stop that it was at, never what the
        speaker looks at alone.
        """
        shown = self._state.shown
        if shown is None:
            return self.position
        marks = self._marks()
        kept = marks.position(shown)
        if kept is None:
            number = marks.stop(shown)
            kept = Position(number, self.route[number].place, self.route[number].view)
        return kept

    def show_message(self, text: str) -> None:
        if text != self._state.message:
            self._happened(MessageShown(text), self.position)

    def show_link(self, address: str) -> None:
        """Puts an address on the screen with its QR code, or takes it away with an empty one."""
        if address != self._state.link:
            self._happened(LinkShown(address), self.position)

    # ------------------------------------------------------------------ time

    def elapsed(self) -> float:
        """Seconds the talk has taken so far."""
        return self._state.clock.elapsed(self._now())

    def start_clock(self) -> None:
        """Begins the talk, unless it has begun."""
        if not self._state.clock.started:
            self._happened(ClockStarted(), self.position)

    def pause_clock(self) -> None:
        """Pauses the clock, or sets it going."""
        if self._state.clock.running:
            event: Event = ClockPaused()
        else:
            event = ClockResumed() if self._state.clock.started else ClockStarted()
        self._happened(event, self.position)

    def pace(self) -> Pace:
        now = self._now()
        return pacing.pace(
            self.plan,
            self.route,
            min(self.position.stop, len(self.route) - 1),
            elapsed=self._state.clock.elapsed(now),
            here=self._state.at_stop.elapsed(now),
            dropped=self.dropped(),
        )

    def proposal(self) -> tuple[int, ...]:
        """The optional frames to leave out so that the talk ends in time; none while it is hardly late."""
        late = self.pace().late
        if late < pacing.PROPOSE:
            return ()
        dropped = self.dropped()
        choices = pacing.droppable(self.ground.deck, self.route, self.position.stop, self.plan)
        return pacing.proposal({frame: s for frame, s in choices.items() if frame not in dropped}, late)

    def dropped(self) -> frozenset[int]:
        """The frames that are left out, with all in them."""
        if not self._state.dropped:
            return frozenset()
        places, marks = self.ground.canvas.places, self._marks()
        found = (marks.place(PlaceId(id_)) for id_ in self._state.dropped)
        return frozenset(places[place].frame for place in found if place is not None)

    def can_leave_out(self, frame: int) -> bool:
        """Whether a frame is still to come, and is not left out yet."""
        ancestors, here = self.ground.deck.ancestors, self.ground.canvas.places[self.position.place].frame
        if frame == here or frame in ancestors(here) or frame in self.dropped():
            return False
        ahead = (stop.frame for stop in self.route[self.position.stop + 1 :])
        return any(each == frame or frame in ancestors(each) for each in ahead)

    def next_to_leave_out(self) -> int | None:
        """The frame of the next stop, if it can be left out."""
        stop = self.stop_after(self.position.stop)
        frame = self.route[stop].frame if stop is not None else None
        return frame if frame is not None and self.can_leave_out(frame) else None

    def dropped_last(self) -> int | None:
        """The frame that was left out last, with others in it or alone; None where nothing is left out."""
        dropped, index = self.dropped(), {frame.id: frame.index for frame in self.ground.deck.frames}
        last = next((index[id_] for id_ in reversed(self._state.dropped) if id_ in index), None)
        if last is None:
            return None
        return next((frame for frame in reversed(self.ground.deck.ancestors(last)) if frame in dropped), last)

    def drop(self, frames: tuple[int, ...]) -> None:
        """Leaves frames out, with all in them."""
        self._happened(Dropped(self._with_descendants(frames)), self.position)

    def restore(self, frames: tuple[int, ...]) -> None:
        """Takes frames that were left out in again."""
        self._happened(Restored(self._with_descendants(frames)), self.position)

    def keep_plan(self) -> None:
        """Notes what is planned and what the frames are called, unless that is kept already."""
        deck = self.ground.deck
        stops = zip(self.route, self.plan.seconds, strict=True)
        event = Planned(
            self.plan.total,
            tuple((deck.frames[stop.frame].id, round(seconds, 1)) for stop, seconds in stops),
            tuple((frame.id, frame.title, deck.frames[deck.section(frame.index)].id) for frame in deck.frames),
            deck.digest,
        )
        if event != self._state.planned:
            self._happened(event, self.position)

    # ------------------------------------------------------------------ counting down

    def start_countdown(self, frame: str, laps: tuple[Lap, ...], activity: str = "") -> None:
        """Counts down the time of the frame with the id `frame`, or that of one of its activities."""
        self._happened(CountdownStarted(frame, laps, activity), self.position)

    def pause_countdown(self) -> bool:
        """Pauses the countdown, or lets it go on; False where nothing is left to count."""
        counted = self._state.counted
        if counted is None or counted.countdown.over(self._now()):
            return False
        self._happened(CountdownResumed() if counted.countdown.paused else CountdownPaused(), self.position)
        return True

    def change_countdown(self, seconds: float) -> None:
        """Gives the lap at hand so many seconds more, or less."""
        if self._state.counted is not None:
            self._happened(CountdownChanged(seconds), self.position)

    def end_countdown(self) -> None:
        """Puts the countdown back: its clock stands still again."""
        if self._state.counted is not None:
            self._happened(CountdownEnded(), self.position)

    def happen(self, event: Event) -> None:
        """Has something happen at the present position that acts kept elsewhere have found out (`talk.answers`)."""
        self._happened(event, self.position)

    # ------------------------------------------------------------------ ink

    def sheet(self, place: int, page: int = 0) -> Sheet:
        """What ink on a page of a place is kept under."""
        return Sheet(self._marks().place_id(place), page)

    def begin_stroke(self, place: int, colour: str, width: float, points: tuple[Point, ...], page: int = 0) -> int:
        """Begins a line of ink in the units of a place; returns its number, for what follows of it."""
        number, on = self._state.last_stroke + 1, self._marks().place_id(place)
        event = Stroke(number, on.frame, colour, round(width, _DIGITS), _rounded(points), on.page, page)
        self._happened(event, self.position)
        return number

    def extend_stroke(self, stroke: int, place: int, points: tuple[Point, ...], page: int = 0) -> None:
        if points:
            on = self._marks().place_id(place)
            self._happened(StrokeWent(stroke, on.frame, _rounded(points), on.page, page), self.position)

    def erase(self, place: int, strokes: tuple[int, ...], page: int = 0) -> None:
        if strokes:
            on = self._marks().place_id(place)
            self._happened(Erased(on.frame, strokes, on.page, page), self.position)

    def clear_ink(self, place: int, page: int = 0) -> None:
        self.erase(place, tuple(stroke.id for stroke in self.ink(place, page).strokes), page)

    def undo_ink(self, place: int, page: int = 0) -> None:
        if self.ink(place, page).done:
            on = self._marks().place_id(place)
            self._happened(InkUndone(on.frame, on.page, page), self.position)

    def redo_ink(self, place: int, page: int = 0) -> None:
        if self.ink(place, page).undone:
            on = self._marks().place_id(place)
            self._happened(InkRedone(on.frame, on.page, page), self.position)

    def ink(self, place: int, page: int = 0) -> FrameInk:
        return self._state.ink.get(self.sheet(place, page), FrameInk())

    # ------------------------------------------------------------------ inside

    def _navigate(self, path: str) -> Navigator:
        ground = self.ground
        return Navigator(ground.canvas, route(ground.deck, ground.canvas, ground.path(path)), ground.steps)

    def _marks(self) -> Marks:
        return Marks(self.ground.deck, self.ground.canvas, self.route)

    def _go(self, act: Callable[[], bool]) -> bool:
        before = self.position
        if not act():
            return False
        self._happened(Moved(self._marks().mark(self.position)), before)
        return True

    def _stand_at(self, mark: Mark) -> bool:
        """Stands where a mark is now; False where that is nowhere."""
        there = self._marks().position(mark)
        return there is not None and self._navigator.resume([there])

    def _say_where(self, before: Position) -> None:
        mark = self._marks().mark(self.position)
        if mark != self._state.mark:
            self._happened(Moved(mark), before)

    def _happened(self, event: Event, before: Position) -> None:
        moment = max(self._now(), self._state.moment)
        chosen, self._state = self._state.next, self._state.after(event, moment)
        self._record(moment, event)
        if isinstance(event, Dropped | Restored | PathChosen) or self._state.next != chosen:
            self._lead()  # before anybody asks what comes next
        for listener in tuple(self._listeners):
            listener(event, before)

    def _with_descendants(self, frames: tuple[int, ...]) -> tuple[str, ...]:
        deck = self.ground.deck
        chosen = set(frames)
        return tuple(f.id for f in deck.frames if f.index in chosen or not chosen.isdisjoint(deck.ancestors(f.index)))

    def _lead(self) -> None:
        """Has the navigator pass over what is left out, and lead where *next* was made to."""
        self._navigator.leave_out(self.dropped())
        self._navigator.choose_next(self.next_chosen())


def _rounded(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Points as precise as ink needs, so that the journal stays small."""
    return tuple((round(x, _DIGITS), round(y, _DIGITS), round(pressure, _DIGITS)) for x, y, pressure in points)
