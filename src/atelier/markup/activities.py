"""What a room does: the activities, a frozen value for each kind, and how they are read from their blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar, cast

from atelier.foundation.translation import _, decimal, ngettext
from atelier.markup.blocks import Activity, Block, Inline, LineBreak, ListBlock, ListItem, Paragraph, Text, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.markup.blockspec import BlockHead

Line: TypeAlias = tuple[Inline, ...]
"""A line of text."""

LONGEST = 24 * 60.0
"""Minutes."""
MOST_POINTS = 11
_ENDS = re.compile(r"\s*(?:<->|<?->|→|↔)\s*")
_NUMBER = re.compile(r"(\d{1,4}(?:[.,]\d{1,4})?)\s*(?:min(?:utes?)?\.?)?")
_WHOLE = re.compile(r"\d{1,4}")
_ID = re.compile(r"[\w-]{1,60}")
_TRUE = frozenset({"true", "yes", "on", "1", "oui"})
_FALSE = frozenset({"false", "no", "off", "0", "non"})
_DURATION = re.compile(r"\s*[,;:(–—-]?\s*(?<![\w.,])(\d{1,4}(?:[.,]\d{1,2})?)\s*min(?:utes?)?\.?\s*\)?\s*$")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Poll:
    answers: tuple[Line, ...]
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Points from `low` to `high`, and what its two ends mean."""

    low: int = 1
    high: int = 5
    low_end: Line = ()
    high_end: Line = ()


@dataclass(frozen=True, slots=True)
class WordCloud:
    most: int = 3
    """Words from each person."""


@dataclass(frozen=True, slots=True)
class Stickies:
    walls: tuple[Line, ...] = ()
    """The heads of the parts of the wall; none: one wall."""


@dataclass(frozen=True, slots=True)
class Vote:
    choices: tuple[Line, ...]
    dots: int = 3
    """Dots that each person gives away."""


@dataclass(frozen=True, slots=True)
class Axis:
    low: Line = ()
    high: Line = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Things to put between the ends of two axes: `x` from left to right, `y` from the bottom up."""

    things: tuple[Line, ...]
    x: Axis
    y: Axis


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels from the lowest up, and who is put on them."""

    levels: tuple[Line, ...]
    subjects: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Rank:
    things: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    title: Line
    questions: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire. `points` is how finely each question is answered, 0 where the answer is a text."""

    themes: tuple[Theme, ...]
    points: int = 5


@dataclass(frozen=True, slots=True)
class QuizAnswer:
    words: Line
    right: bool = False
    """Never shown before the trainer opens it."""


@dataclass(frozen=True, slots=True)
class Quiz:
    answers: tuple[QuizAnswer, ...]
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class Questions:
    """What the room asks, and votes up."""


@dataclass(frozen=True, slots=True)
class Groups:
    """People drawn at random into groups of `size`, or into `count` groups; 0 where that follows from the other."""

    size: int = 4
    count: int = 0
    names: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class TimedRound:
    words: Line
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Rounds:
    rounds: tuple[TimedRound, ...]
    repeat: int = 1


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of the table. `each` is the time of a person in minutes."""

    prompts: tuple[Line, ...] = ()
    each: float | None = None


@dataclass(frozen=True, slots=True)
class Clinic:
    """Personal projects, one after the other. `each` is the time of a project in minutes."""

    points: tuple[Line, ...] = ()
    each: float | None = None


Task: TypeAlias = (
    Poll
    | Scale
    | WordCloud
    | Stickies
    | Vote
    | Place
    | Levels
    | Rank
    | Form
    | Quiz
    | Questions
    | Groups
    | Rounds
    | Turn
    | Clinic
)

_HOLDS = {
    "poll": (2, 12), "stickies": (0, 5), "vote": (2, 16), "place": (1, 12), "levels": (2, 8), "rank": (2, 12),
    "form": (1, 40), "quiz": (2, 10), "groups": (0, 12), "rounds": (1, 10), "round": (0, 8), "clinic": (0, 8),
}  # fmt: skip
"""The fewest and the most items of the list of each kind."""


def changed(task: Task, inline: Callable[[Line], Line]) -> Task:
    """`task` with every line of its text changed by `inline`."""
    return cast("Task", _changed(task, inline))


def _changed(value: object, inline: Callable[[Line], Line]) -> object:
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        if items and isinstance(items[0], Inline):
            return inline(cast("Line", items))
        return tuple(_changed(item, inline) for item in items)
    if isinstance(value, Axis | Theme | QuizAnswer | TimedRound | Task):
        given: dict[str, Any] = {each.name: _changed(getattr(value, each.name), inline) for each in fields(value)}
        return replace(value, **given)
    return value


def closed(task: Task) -> Task:
    """`task` without what the audience must not know yet: the right answers of a quiz."""
    if isinstance(task, Quiz):
        return replace(task, answers=tuple(replace(answer, right=False) for answer in task.answers))
    return task


def texts(task: Task) -> list[Line]:
    """Every line of its text, in order."""
    out: list[Line] = []

    def note(words: Line) -> Line:
        out.append(words)
        return words

    changed(task, note)
    return out


class Report(Protocol):
    def __call__(self, code: str, message: str, hint: str = "", line: int = 0) -> None: ...


def read_activity(
    head: BlockHead,
    blocks: Sequence[Block],
    line: int,
    inlines: Callable[[str], Line],
    report: Report,
) -> Activity:
    """The activity of a block with its head and its `blocks`; `report` gets what cannot be used."""
    return _Reader(head, blocks, line, inlines, report).read()


class _Reader:
    def __init__(
        self,
        head: BlockHead,
        blocks: Sequence[Block],
        line: int,
        inlines: Callable[[str], Line],
        report: Report,
    ) -> None:
        self.head = head
        self.line = line
        self.inlines = inlines
        self._report = report
        takes_list = head.name in _HOLDS or head.name == "scale"
        self.items: list[ListItem] = []
        self.rest: list[Block] = []
        for block in blocks:
            if takes_list and isinstance(block, ListBlock):
                self.items += block.items
            else:
                self.rest.append(block)

    def read(self) -> Activity:
        task = self._task()
        minutes = self._option("minutes", minutes_of, _("a number of minutes, at most a day"))
        if isinstance(task, Rounds):
            task = self._shared(task, minutes)
        id_ = self._option("id", lambda text: text if _ID.fullmatch(text) else None, _("letters, digits and hyphens"))
        hidden = self._flag("anonymous", otherwise=True)
        return Activity(
            kind=self.head.name,
            title=self.inlines(self.head.argument) if self.head.argument else (),
            task=task,
            id=id_ or "",
            minutes=minutes,
            anonymous=hidden,
            blocks=tuple(self.rest),
            line=self.line,
        )

    def _task(self) -> Task:
        name = self.head.name
        if name in _HOLDS:
            self._count(*_HOLDS[name])
        match name:
            case "poll":
                return Poll(self._lines(), self._flag("multiple"))
            case "scale":
                return self._scale()
            case "words":
                return WordCloud(self._whole("most", 3, 1, 20))
            case "stickies":
                return Stickies(self._lines())
            case "vote":
                return Vote(self._lines(), self._whole("dots", 3, 1, 20))
            case "place":
                return Place(self._lines(), self._axis("x"), self._axis("y"))
            case "levels":
                subjects = tuple(self.inlines(part) for part in _parts(self.head.option("subjects")))
                return Levels(self._lines(), subjects)
            case "rank":
                return Rank(self._lines())
            case "form":
                return Form(self._themes(), self._whole("points", 5, 0, MOST_POINTS))
            case "quiz":
                return self._quiz()
            case "groups":
                return self._groups()
            case "rounds":
                return Rounds(tuple(_timed(words) for words in self._lines()), self._whole("repeat", 1, 1, 20))
            case "round":
                return Turn(self._lines(), self._each())
            case "clinic":
                return Clinic(self._lines(), self._each())
            case _:
                return Questions()

    def _scale(self) -> Scale:
        low, high = self._whole("from", 1, 0, 1000), self._whole("to", 5, 0, 1000)
        if not 1 <= high - low < MOST_POINTS:
            self._wrong("to", _("a number from 1 to {n} above “from”").format(n=MOST_POINTS - 1))
            high = low + 4
        ends = self._lines()
        if len(ends) not in (0, 2):
            message = ngettext(
                "The scale has {n} word for its two ends.", "The scale has {n} words for its two ends.", len(ends)
            ).format(n=len(ends))
            self._report("activity-answers", message, _("Write two: what the least and the most mean."), self.line)
        return Scale(low, high, ends[0] if ends else (), ends[-1] if len(ends) > 1 else ())

    def _axis(self, key: str) -> Axis:
        given = self.head.option(key)
        parts = [part for part in _ENDS.split(given) if part]
        if len(parts) != 2:
            parts = [part for part in given.split(", ") if part]
        if len(parts) == 2:
            return Axis(self.inlines(parts[0]), self.inlines(parts[1]))
        message = _("The axis “{key}” of this activity does not have two ends.").format(key=key)
        self._report("activity-axis", message, _("Write {key}: rarely -> every day.").format(key=key), self.line)
        return Axis(self.inlines(parts[0])) if parts else Axis()

    def _themes(self) -> tuple[Theme, ...]:
        """Items with a list of their own are themes; questions beside them stand under no theme."""
        themes: list[Theme] = []
        loose: list[Line] = []
        for item in self.items:
            inner = [each for block in item.blocks if isinstance(block, ListBlock) for each in block.items]
            if not inner:
                loose.append(self._words(item))
                continue
            if loose:
                themes.append(Theme((), tuple(loose)))
                loose = []
            themes.append(Theme(self._words(item, but=ListBlock), tuple(self._words(each) for each in inner)))
        return (*themes, Theme((), tuple(loose))) if loose else tuple(themes)

    def _quiz(self) -> Quiz:
        answers = tuple(QuizAnswer(self._words(item), item.checked is True) for item in self.items)
        right = sum(answer.right for answer in answers)
        if answers and not right:
            message = _("No answer of this quiz is marked as right.")
            self._report("quiz-unmarked", message, _("Write - [x] before it, and - [ ] before the others."), self.line)
        return Quiz(answers, self._flag("multiple") or right > 1)

    def _groups(self) -> Groups:
        count = self._whole("count", 0, 1, 60)
        names = self._lines()
        if self.head.option("size") and count:
            message = _("These groups have a size and a count, which cannot both hold; the size counts.")
            self._report("activity-value", message, _("Take out “size” or “count”."), self.line)
            count = 0
        size = self._whole("size", 0 if count or names else 4, 2, 60)
        return Groups(size, count or (0 if size else len(names)), names)

    def _shared(self, task: Rounds, minutes: float | None) -> Rounds:
        """The rounds, those without a time of their own with an equal share of what is left."""
        timed = [each.minutes for each in task.rounds if each.minutes is not None]
        given = sum(timed) * task.repeat
        free = len(task.rounds) - len(timed)
        if minutes is None:
            return task
        if given > minutes or (not free and timed and given < minutes):
            message = _("These rounds take {total} min, and the activity {minutes}.").format(
                total=decimal(given, 2), minutes=decimal(minutes, 2)
            )
            self._report("activity-minutes", message, _("Correct one of them, or take “minutes” out."), self.line)
        if not free or given >= minutes:
            return task
        share = (minutes / task.repeat - sum(timed)) / free
        rounds = tuple(each if each.minutes is not None else replace(each, minutes=share) for each in task.rounds)
        return replace(task, rounds=rounds)

    def _count(self, fewest: int, most: int) -> None:
        n = len(self.items)
        if n < fewest:
            message = ngettext(
                "The activity “{kind}” has {n} item in its list; it takes {fewest} or more.",
                "The activity “{kind}” has {n} items in its list; it takes {fewest} or more.",
                n,
            )
            hint = _("Write each on a line of its own: - an answer.")
        elif n > most:
            message = _("The activity “{kind}” has {n} items in its list; a room can take in {most}.")
            hint = _("Take some out, or make two activities of it.")
        else:
            return
        message = message.format(kind=self.head.name, n=n, fewest=fewest, most=most)
        self._report("activity-answers", message, hint, self.line)

    def _lines(self) -> tuple[Line, ...]:
        return tuple(self._words(item) for item in self.items)

    def _words(self, item: ListItem, but: type[ListBlock] | None = None) -> Line:
        """The text of an item; what is no text in it stands with the introduction."""
        out: Line = ()
        for block in item.blocks:
            if isinstance(block, Paragraph):
                out = (*out, LineBreak(), *block.inlines) if out else block.inlines
            elif but is None or not isinstance(block, but):
                self.rest.append(block)
        return out

    def _each(self) -> float | None:
        return self._option("each", minutes_of, _("a number of minutes, at most a day"))

    def _flag(self, key: str, *, otherwise: bool = False) -> bool:
        """Whether an option is on; `otherwise` where it cannot be read."""
        given = self.head.option(key).strip().lower()
        if not given or given in _FALSE:
            return False
        if given not in _TRUE:
            self._wrong(key, _("true or false"))
            return otherwise
        return True

    def _whole(self, key: str, usual: int, least: int, most: int) -> int:
        def parse(text: str) -> int | None:
            return int(text) if _WHOLE.fullmatch(text) and least <= int(text) <= most else None

        wanted = _("a whole number from {least} to {most}").format(least=least, most=most)
        found = self._option(key, parse, wanted)
        return usual if found is None else found

    def _option(self, key: str, parse: Callable[[str], _T | None], wanted: str) -> _T | None:
        given = self.head.option(key).strip()
        value = parse(given) if given else None
        if given and value is None:
            self._wrong(key, wanted)
        return value

    def _wrong(self, key: str, wanted: str) -> None:
        message = _("“{key}” of this activity should be {wanted}.").format(key=key, wanted=wanted)
        self._report("activity-value", message, _("Correct the value, or take the option out."), self.line)


def minutes_of(text: str) -> float | None:
    found = _NUMBER.fullmatch(text)
    minutes = float(found[1].replace(",", ".")) if found else 0.0
    return minutes if 0 < minutes <= LONGEST else None


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _timed(words: Line) -> TimedRound:
    """A round with the time that stands at its end: `write, 10 min` or `write (10 min)`."""
    last = words[-1] if words else None
    if not isinstance(last, Text) or (found := _DURATION.search(last.text)) is None:
        return TimedRound(words)
    minutes = minutes_of(found[1])
    rest = last.text[: found.start()].rstrip()
    kept = (*words[:-1], replace(last, text=rest)) if rest else words[:-1]
    return TimedRound(kept, minutes) if minutes and plain_text(kept).strip() else TimedRound(words)
