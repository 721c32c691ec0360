"""What was counted of the audience's answers, and the acts of whoever counts them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from atelier.talk.events import AnswersCounted, ResultsHidden, ResultsShown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.markup.answers import Counts, Results
    from atelier.talk.session import Talk

MOST: Final = 99_999
"""Of one answer."""


class Asked(NamedTuple):
    """An activity: the id of its frame, and what it is called there (`markup.answers.activity_names`)."""

    frame: str
    activity: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted for an activity. `hidden`: not for the room."""

    counts: Counts = ()
    hidden: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Answers:
    """All that was counted in a talk."""

    tallies: Mapping[Asked, Tally] = field(default_factory=dict[Asked, Tally])

    def of(self, asked: Asked) -> Tally:
        return self.tallies.get(asked, Tally())

    def after(self, event: AnswersCounted | ResultsHidden | ResultsShown) -> Answers:
        """The same once an event has happened."""
        asked = Asked(event.frame, event.activity)
        before = self.of(asked)
        match event:
            case AnswersCounted():
                now = replace(before, counts=tuple(min(max(count, 0), MOST) for count in event.counts))
            case ResultsHidden():
                now = replace(before, hidden=True)
            case ResultsShown():
                now = replace(before, hidden=False)
        return Answers({**self.tallies, asked: now})

    def results(self, *, hidden: bool = True) -> Results:
        """The counts that there are, with those the room does not see or without them."""
        found: dict[str, dict[str, Counts]] = {}
        for asked, tally in self.tallies.items():
            if tally.total and (hidden or not tally.hidden):
                found.setdefault(asked.frame, {})[asked.activity] = tally.counts
        return found


def count(talk: Talk, asked: Asked, number: int, by: int, of: int) -> None:
    """Adds `by` to the answer with this number, of so many; none gets below zero."""
    counts = _widened(talk.state.answers.of(asked).counts, of)
    set_count(talk, asked, number, counts[number] + by, of)


def set_count(talk: Talk, asked: Asked, number: int, to: int, of: int) -> None:
    """Says how often the answer with this number was given, of so many. A talk begins with that, if with nothing else:
    what a room answered is kept.
    """
    before = talk.state.answers.of(asked).counts
    counts = list(_widened(before, of))
    counts[number] = min(max(to, 0), MOST)
    if tuple(counts) != _widened(before, of):
        talk.start_clock()
        talk.happen(AnswersCounted(*asked, tuple(counts)))


def hide_results(talk: Talk, asked: Asked, *, hidden: bool) -> None:
    """Keeps what was counted from the room, or shows it again."""
    if talk.state.answers.of(asked).hidden != hidden:
        talk.happen(ResultsHidden(*asked) if hidden else ResultsShown(*asked))


def room_results(talk: Talk) -> Results:
    """What the room sees by now of what was counted; while it is frozen, what it saw then."""
    kept = talk.state.shown_answers
    return (talk.state.answers if kept is None else kept).results(hidden=False)


def _widened(counts: Counts, of: int) -> Counts:
    """Counts for at least `of` answers; those of answers that an edit took out stay, for the case that they return."""
    return (*counts, *(0 for _ in range(of - len(counts))))
