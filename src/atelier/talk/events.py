"""Everything that happens in a talk, as frozen values, and the same as JSON for the journal."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast, get_args

from atelier.talk.countdown import Lap  # noqa: TC001 - read at run time, to decode
from atelier.talk.marks import Mark, PlaceId  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.foundation.journal import Values

Point: TypeAlias = tuple[float, float, float]
"""x and y in the units of the frame's place, and the pressure from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Began:
    """A talk along a path. `rehearsal`: nobody was shown anything, and the times are for the plan."""

    path: str = ""
    lang: str = ""
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    mark: Mark


@dataclass(frozen=True, slots=True)
class PathChosen:
    """The talk goes on along another path, from `mark`."""

    path: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Planned:
    """What the talk should take from now on, and what its frames are called: later the deck may be another, or gone."""

    total: float
    """Seconds the whole talk may take."""
    stops: tuple[tuple[str, float], ...]
    """Each stop of the route: the id of its frame, the seconds it should take."""
    frames: tuple[tuple[str, str, str], ...]
    """Each frame of the deck in reading order: its id, its title, the id of the section it is in."""
    digest: str = ""
    """SHA-256 of the deck's text."""


@dataclass(frozen=True, slots=True)
class ClockStarted:
    pass


@dataclass(frozen=True, slots=True)
class ClockPaused:
    pass


@dataclass(frozen=True, slots=True)
class ClockResumed:
    pass


@dataclass(frozen=True, slots=True)
class Covered:
    """The room sees one colour, `black` or `white`; what is underneath where it is empty."""

    colour: str = ""


@dataclass(frozen=True, slots=True)
class Frozen:
    """The room keeps the picture it has while the speaker looks around."""


@dataclass(frozen=True, slots=True)
class Thawed:
    """The room sees where the speaker is."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Frames were left out to end in time, by their ids."""

    frames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """Frames that were left out are back."""

    frames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextChosen:
    """*Next* leads to a place beside the path once; None takes that back."""

    place: PlaceId | None = None


@dataclass(frozen=True, slots=True)
class CountdownStarted:
    """The time of a frame is counted down, lap after lap, or that of what is called `activity` in it."""

    frame: str
    laps: tuple[Lap, ...]
    activity: str = ""


@dataclass(frozen=True, slots=True)
class CountdownPaused:
    pass


@dataclass(frozen=True, slots=True)
class CountdownResumed:
    pass


@dataclass(frozen=True, slots=True)
class CountdownChanged:
    """The lap at hand has so many seconds more, or less."""

    seconds: float


@dataclass(frozen=True, slots=True)
class CountdownEnded:
    """Nothing is counted down any more."""


@dataclass(frozen=True, slots=True)
class AnswersCounted:
    """How often each answer of what is called `activity` in a frame was given, by the answer's number from 0."""

    frame: str
    activity: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ResultsHidden:
    """The room does not see what was counted for an activity."""

    frame: str
    activity: str


@dataclass(frozen=True, slots=True)
class ResultsShown:
    """The room sees what was counted for an activity, as it does unless that was hidden."""

    frame: str
    activity: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line of ink on a frame. `width` is in units of its place; `colour` is #RRGGBB.

    `text`, here and below: on the place with the text of a frame that others lie in; `page`: on which page of it.
    """

    id: int
    frame: str
    colour: str
    width: float
    points: tuple[Point, ...]
    text: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class StrokeWent:
    """More of a stroke that is being drawn."""

    id: int
    frame: str
    points: tuple[Point, ...]
    text: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class Erased:
    """Strokes that went under the eraser in one go."""

    frame: str
    strokes: tuple[int, ...]
    text: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class InkUndone:
    frame: str
    text: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class InkRedone:
    frame: str
    text: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class MessageShown:
    """Words put on the screen; empty takes them away."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class LinkShown:
    """The address of a link put on the screen with its QR code; empty takes it away."""

    address: str = ""


@dataclass(frozen=True, slots=True)
class Alive:
    """Nothing happened, and the program was there."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The talk goes on after the program was gone. `counted`: that time belongs to the talk."""

    counted: bool = True


@dataclass(frozen=True, slots=True)
class Ended:
    pass


Event: TypeAlias = (
    Began
    | Moved
    | PathChosen
    | Planned
    | ClockStarted
    | ClockPaused
    | ClockResumed
    | Covered
    | Frozen
    | Thawed
    | Dropped
    | Restored
    | NextChosen
    | CountdownStarted
    | CountdownPaused
    | CountdownResumed
    | CountdownChanged
    | CountdownEnded
    | AnswersCounted
    | ResultsHidden
    | ResultsShown
    | Stroke
    | StrokeWent
    | Erased
    | InkUndone
    | InkRedone
    | MessageShown
    | LinkShown
    | Alive
    | Resumed
    | Ended
)

KINDS: Final[Mapping[str, type[Event]]] = {kind.__name__: kind for kind in get_args(Event)}


def encoded(event: Event) -> tuple[str, Values]:
    """The kind of an event and what it says, for the journal."""
    return type(event).__name__, cast("Values", _encoded(event))


def decoded(kind: str, data: Values) -> Event | None:
    """The event that a journal holds; None for a kind that this version does not know or values that do not fit."""
    import msgspec

    found = KINDS.get(kind)
    try:
        return msgspec.convert(data, found) if found is not None else None
    except (msgspec.ValidationError, RecursionError):
        return None


def _encoded(value: Any) -> Any:
    if type(value) in (str, float, int, bool):  # nearly all there is: the points of ink, the stops of a plan
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        given = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        standard = {field.name: field.default for field in dataclasses.fields(value)}
        return {name: _encoded(each) for name, each in given.items() if each != standard[name]}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_encoded(each) for each in cast("tuple[Any, ...]", value)]
    return value
