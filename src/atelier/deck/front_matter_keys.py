"""What the front matter may say: each key once, with what it holds and what it is for.

`front_matter` and `agenda` read by these declarations, and `front_matter_schema` makes the JSON Schema of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar

from atelier.deck.types import View
from atelier.deck.values import (
    date_value,
    date_wanted,
    distance_value,
    distance_wanted,
    flag_value,
    flag_wanted,
    language_value,
    language_wanted,
    minutes_value,
    minutes_wanted,
    number_value,
    ratio_value,
    ratio_wanted,
    screen_value,
    screen_wanted,
    shared_field,
    shared_field_wanted,
    time_value,
    time_wanted,
)
from atelier.foundation.translation import _
from atelier.markup.cases import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_HOLD: Final = 24 * 3600.0
"""Seconds."""
_T = TypeVar("_T")
_S = TypeVar("_S")

# The classes below compare and print nothing: what a dataclass needs for that is made at each start.


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Kind(Generic[_T]):
    """What a single value may be.

    `parse` gives None for what cannot be used, of which `wanted` then says what it should be. `schema` says the same of
    the value as YAML 1.2 gives it to an editor; `old` is what YAML 1.1 may make of it besides.
    """

    name: str
    parse: Callable[[str], _T | None]
    wanted: Callable[[], str]
    schema: tuple[dict[str, Any], ...]
    old: tuple[dict[str, Any], ...] = ()
    near: tuple[str, ...] = ()
    """Words that one which cannot be used may have been meant to be."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Several:
    """A list. `alone`: one may stand without it; `commas`: or several in a text."""

    item: Shape
    alone: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Named:
    """A mapping from names an author chooses; from languages where `languages` is set."""

    value: Shape
    languages: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Record:
    """A mapping with these keys. `needs` are those that must be there, `one_of` those of which exactly one must."""

    keys: tuple[Key[Any], ...]
    needs: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    open: bool = False
    """Other keys may stand there."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(key.name for key in self.keys)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OneOf:
    """Any of several shapes."""

    shapes: tuple[Shape, ...]


Shape: TypeAlias = "Kind[Any] | Several | Named | Record | OneOf"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Key(Generic[_S]):
    """A key. `about` is what an editor says of it."""

    name: str
    shape: _S
    about: str


def _numbers(pattern: str, *, least: float = 0.0, most: float | None = None) -> tuple[dict[str, Any], ...]:
    bounds = {"minimum": least} if most is None else {"minimum": least, "maximum": most}
    return {"type": "number", **bounds}, {"type": "string", "pattern": pattern}


def _up_to(most: int) -> str:
    """A pattern for the numbers from 0 to `most`, with a point or a comma."""
    digits = str(most)
    lower = [
        f"{digits[:i]}[0-{int(digit) - 1}]" + rf"\d{{{len(digits) - i - 1}}}"
        for i, digit in enumerate(digits)
        if digit != "0"
    ]
    zeros, shorter = f"0{{0,{9 - len(digits)}}}", rf"\d{{1,{len(digits) - 1}}}"
    return rf"({zeros}({shorter}|{'|'.join(lower)})([.,]\d{{1,9}})?|{zeros}{digits}([.,]0{{1,9}})?)"


def _any_case(*words: str) -> str:
    """A pattern of JSON Schema, which has no flags, for words in small letters or large ones."""
    spelt = ("".join(f"[{sign}{sign.upper()}]" if sign.isalpha() else sign for sign in word) for word in words)
    return f"^({'|'.join(spelt)})$"


def _seconds(text: str) -> float | None:
    seconds = number_value(text.removesuffix("s").rstrip())
    return seconds if seconds is not None and seconds <= LONGEST_HOLD else None


def _level(text: str) -> int | None:
    return int(text) if text in {"1", "2", "3", "4", "5", "6"} else None


_SHAPE: Final = r"0{1,9}[.,](2[5-9]\d{0,7}|[3-9]\d{0,8})|0{0,8}[1-3]([.,]\d{1,9})?|0{0,8}4([.,]0{1,9})?"
"""A ratio that is one number."""
_UNITS: Final = "".join(f"[{sign}{sign.upper()}]" if sign.isalpha() else sign for sign in "(m|cm|mm|ft|in)?")
_LENGTH: Final = rf"^\d{{1,6}}([.,]\d{{1,6}})?\s*{_UNITS}$"
_SHARED_IN_FRENCH: Final = ("entreprise", "secteur", "pays", "usage", "canaux")
_VIEWS: Final = {"frame": View.FRAME, "overview": View.OVERVIEW}

# ------------------------------------------------------------------------------------------------------------- kinds

TEXT: Final = Kind("text", str.strip, lambda: _("a text"), ({"type": ["string", "number", "boolean"]},))
NAME: Final = Kind(
    "name",
    str.strip,
    lambda: _("a text"),
    ({"type": "string", "pattern": r"\S"}, {"type": ["number", "boolean"]}),
)
THEME: Final = Kind("theme", str.strip, lambda: _("a text"), ({"type": "string", "pattern": r"\.[tT][oO][mM][lL]$"},))
LAYOUT: Final = Kind("layout", str.strip, lambda: _("a text"), ())
FIELD: Final = Kind(
    "field",
    lambda text: shared_field(text) or None,
    shared_field_wanted,
    ({"enum": list(SHARED)}, {"type": "string", "pattern": _any_case(*SHARED, *_SHARED_IN_FRENCH)}),
    near=SHARED,
)
LANGUAGE: Final = Kind(
    "language",
    language_value,
    language_wanted,
    ({"type": "string", "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,4}$"},),
    ({"const": False},),  # no: Norwegian
)
RATIO: Final = Kind(
    "ratio",
    ratio_value,
    ratio_wanted,
    _numbers(rf"^({_SHAPE}|\d{{1,5}}([.,]\d{{1,5}})?\s*[:/x×]\s*\d{{1,5}}([.,]\d{{1,5}})?)$", least=0.25, most=4),
    ({"type": "number", "minimum": 60, "maximum": 14400},),  # 16:9 is 16 × 60 + 9 there
)
MINUTES: Final = Kind("minutes", minutes_value, minutes_wanted, _numbers(rf"^{_up_to(10080)}\s*(min)?$", most=10080))
LEVEL: Final = Kind(
    "level",
    _level,
    lambda: _("a whole number from 1 to 6"),
    ({"type": "integer", "minimum": 1, "maximum": 6}, {"type": "string", "pattern": "^[1-6]$"}),
)
SECONDS: Final = Kind(
    "seconds", _seconds, lambda: _("a number of seconds"), _numbers(rf"^{_up_to(86400)}\s*s?$", most=LONGEST_HOLD)
)
VIEW: Final = Kind("view", _VIEWS.get, lambda: _("“frame” or “overview”"), ({"enum": list(_VIEWS)},))
SCREEN: Final = Kind("width", screen_value, screen_wanted, _numbers(_LENGTH, least=0.1, most=100))
DISTANCE: Final = Kind("distance", distance_value, distance_wanted, _numbers(_LENGTH, least=0.2, most=500))
TIME: Final = Kind(
    "time",
    time_value,
    time_wanted,
    (
        {"type": "integer", "minimum": 0, "maximum": 24},
        {
            "type": "string",
            "pattern": r"^(([01]?\d|2[0-3])\s*([:.hH]\s*([0-5]\d)?)?|24\s*([:.hH]\s*(00)?)?)$",
        },
    ),
    ({"type": "integer", "minimum": 60, "maximum": 1440}, {"type": "number", "minimum": 0, "maximum": 24}),
)
DATE: Final = Kind(
    "date",
    date_value,
    date_wanted,
    ({"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"},),
)
FLAG: Final = Kind(
    "flag",
    flag_value,
    flag_wanted,
    (
        {"type": "boolean"},
        {"enum": [0, 1]},
        {"type": "string", "pattern": _any_case("true", "yes", "on", "1", "oui", "false", "no", "off", "0", "non")},
    ),
)

# -------------------------------------------------------------------------------------------------------------- keys

TITLE: Final = Key("title", TEXT, "What the deck is called; without it, its sole first heading or the file's name.")
LANG: Final = Key(
    "lang", LANGUAGE, "The language of the text, such as fr or en-GB: typography and direction. Without it, en."
)
ABSTRACT: Final = Key(
    "abstract", OneOf((TEXT, Named(TEXT, languages=True))), "What the deck is about: a text, or one for each language."
)
_PERSON_NAME: Final = Key("name", OneOf((TEXT, Several(TEXT))), "The person's name.")
_PERSON: Final = OneOf((TEXT, Record((_PERSON_NAME,), needs=("name",), open=True)))
AUTHOR: Final = Key(
    "author", OneOf((_PERSON, Several(_PERSON))), "Who speaks: a name, several, or a mapping with name."
)
THEME_KEY: Final = Key("theme", THEME, "How the deck looks: a theme that comes with the program, or a .toml file.")
RATIO_KEY: Final = Key("ratio", RATIO, "The shape of the frames, such as 16:9 or 4:3.")
TAGS: Final = Key("tags", Several(TEXT, alone=True), "Words to find the deck by: a list, or words with commas.")
KEYWORDS: Final = Key("keywords", Several(TEXT, alone=True), "Keywords of what is exported, besides the tags.")
CATEGORIES: Final = Key("categories", Several(TEXT, alone=True), "The categories of a blog that its draft belongs to.")
REDACT: Final = Key(
    "redact",
    OneOf((Named(TEXT), Several(OneOf((TEXT, Named(TEXT))), alone=True))),
    "Terms that must not leave the house, with what stands in their place; a list takes them out.",
)
FRAMES: Final = Key("frames", LEVEL, "The deepest level of heading that starts a frame, from 1 to 6.")
LAYOUT_KEY: Final = Key("layout", LAYOUT, "How the frames of the first level lie.")
BY: Final = Key("by", FIELD, "The field of cases that the layout cases goes by.")
MAP: Final = Key("map", TEXT, "The drawing (SVG) that the frames of the first level lie in.")
PLANNED: Final = Key("minutes", MINUTES, "How long it may take.")
DATE_KEY: Final = Key("date", TEXT, "When the talk is given, in any form.")
EVENT: Final = Key("event", TEXT, "Where the talk is given, or on what occasion.")
LICENCE: Final = Key("licence", TEXT, "Under which licence the deck may be used.")
LICENSE: Final = Key("license", TEXT, "The same as licence.")
LIBRARY: Final = Key(
    "library", Several(TEXT, alone=True), "Folders, relative to the deck, that ![[…]] may put frames in from."
)

ROOM_WIDTH: Final = Key("width", SCREEN, "How wide the picture on the wall is: 3m, 10 ft; a number is metres.")
ROOM_DISTANCE: Final = Key("distance", DISTANCE, "How far from it the last row sits.")
ROOM_KEYS: Final = Record((ROOM_WIDTH, ROOM_DISTANCE))
ROOM: Final = Key("room", ROOM_KEYS, "Where the talk is given, for the check of what the last row can read.")

STOP_FRAME: Final = Key("frame", NAME, "The id of a frame.")
STOP_HOLD: Final = Key("hold", SECONDS, "Seconds it is shown in unattended play.")
STOP_VIEW: Final = Key("view", VIEW, "The frame itself, or the overview of what it lies in.")
STOP_INSIDE: Final = Key("inside", FLAG, "Whether all frames in it are stops as well, in reading order.")
STOP: Final = Record((STOP_FRAME, STOP_INSIDE, STOP_HOLD, STOP_VIEW), needs=("frame",))
_STOPS: Final = Several(OneOf((NAME, STOP)))
PATH_TITLE: Final = Key("title", TEXT, "What the path is called.")
STOPS: Final = Key("stops", _STOPS, "The ids of its frames, in order; without them, every frame.")
PATH: Final = Record((PLANNED, PATH_TITLE, STOPS))
PATHS: Final = Key("paths", Named(OneOf((PATH, _STOPS))), "Named orders through the frames.")

BLOCK_FRAME: Final = Key("frame", NAME, "The id of a frame, which stands for all in it.")
BREAK: Final = Key("break", NAME, "What a break is called.")
AT: Final = Key("at", TIME, "When the block begins; without it, when the one before it ends.")
BLOCK_OPTIONAL: Final = Key("optional", FLAG, "Whether the block may be dropped.")
BLOCK: Final = Record((BLOCK_FRAME, BREAK, AT, PLANNED, BLOCK_OPTIONAL), one_of=("frame", "break"))
DAY_TITLE: Final = Key("day", TEXT, "What the day is called.")
DAY_DATE: Final = Key("date", DATE, "Its date, such as 2014-02-12.")
START: Final = Key("start", TIME, "When it begins; without it, 9:00.")
END: Final = Key("end", TIME, "When it should end.")
BLOCKS: Final = Key("blocks", Several(BLOCK), "What happens, in order.")
DAY: Final = Record((DAY_TITLE, DAY_DATE, START, END, BLOCKS), needs=("blocks",))
AGENDA: Final = Key("agenda", Several(DAY), "The days of a course and their times.")

FRONT_MATTER: Final = Record(
    (
        TITLE, LANG, ABSTRACT, AUTHOR, THEME_KEY, RATIO_KEY, TAGS, KEYWORDS, CATEGORIES, REDACT, PATHS, FRAMES,
        LAYOUT_KEY, BY, MAP, PLANNED, DATE_KEY, EVENT, LICENCE, LICENSE, ROOM, LIBRARY, AGENDA,
    )
)  # fmt: skip
