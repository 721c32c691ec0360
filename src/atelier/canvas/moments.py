"""Times and dates that titles begin with, so that an agenda, a chronology or a course by days lies on a timeline.

Made for French and English, and for the names of months and days in German, Spanish and Italian. It is careful: where
a title might mean something else, it has no moment. What it reads has no year zero, no time zone and no seconds.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST = 3
"""Children with a moment below which nothing is a timeline by itself."""
_MOST_OTHERS = 1
"""Children without one that a timeline still takes, where it has more than `FEWEST`."""
_LONGEST = 60  # signs of a title that are looked at
_EARLIEST = 8 * 60
"""Minutes. A list whose latest time is earlier is one of durations (1 h, 2 h, 3 h); where a time earlier than this
follows a later one before one o'clock, the clock has twelve hours (11:30, 1:30).
"""
_ONE_O_CLOCK = 13 * 60

_MONTHS = (
    "january janvier jan janv januar enero gennaio",
    "february février fevrier feb févr fév februar febrero febbraio",
    "march mars mar märz marzo",
    "april avril apr avr abril aprile",
    "may mai mayo maggio",
    "june juin jun juni junio giugno",
    "july juillet jul juil juli julio luglio",
    "august août aout aug agosto",
    "september septembre sep sept septiembre settembre",
    "october octobre oct oktober octubre ottobre",
    "november novembre nov noviembre",
    "december décembre decembre dec déc dezember diciembre dicembre",
)
_DAYS = (
    "monday lundi montag lunes lunedì",
    "tuesday mardi dienstag martes martedì",
    "wednesday mercredi mittwoch miércoles mercoledì",
    "thursday jeudi donnerstag jueves giovedì",
    "friday vendredi freitag viernes venerdì",
    "saturday samedi samstag sábado sabato",
    "sunday dimanche sonntag domingo domenica",
)
_SHORT_DAYS = ("mon lun", "tue tues", "wed mer", "thu thurs jeu", "fri ven", "sat sam", "sun dim")
_COUNTED = "day jour week semaine month mois year année tag woche día semana giorno settimana"
"""What is counted up: Day 1, Week 2."""
_BEFORE = "à at um dès vers from de en in depuis since around the les le la am"
_BEFORE_YEARS = "années"


@dataclass(frozen=True, slots=True)
class Moment:
    """`key` orders moments of one `kind`; `text` is what the title says, for a pill."""

    kind: str
    key: tuple[int, ...]
    text: str


class _Names(NamedTuple):
    months: dict[str, int]
    days: dict[str, int]
    short_days: dict[str, int]
    counted: frozenset[str]
    before: frozenset[str]
    first_words: frozenset[str]


class _Patterns(NamedTuple):
    start: re.Pattern[str]
    word: re.Pattern[str]
    clock: re.Pattern[str]
    meridiem: re.Pattern[str]
    numeric_date: re.Pattern[str]
    day_and_month: re.Pattern[str]
    after_month: re.Pattern[str]
    year: re.Pattern[str]
    counted: re.Pattern[str]
    quarter: re.Pattern[str]
    ends: re.Pattern[str]


@cache
def _names() -> _Names:
    def numbered(lines: Sequence[str]) -> dict[str, int]:
        return {name: number for number, line in enumerate(lines, 1) for name in line.split()}

    months, days, short = numbered(_MONTHS), numbered(_DAYS), numbered(_SHORT_DAYS)
    counted, before = frozenset(_COUNTED.split()), frozenset(_BEFORE.split())
    first = frozenset((*months, *days, *short, *counted, *before, _BEFORE_YEARS))
    return _Names(months, days, short, counted, before, first)


@cache
def _patterns() -> _Patterns:
    compiled = re.compile
    ignore = re.IGNORECASE
    return _Patterns(
        start=compiled(r"[^\w]*(\d|[^\W\d_]+)"),
        word=compiled(r"([^\W\d_]+)"),
        clock=compiled(
            r"(\d{1,2})(?::(\d\d)(?!\d)|\s?h(?:\s?(\d\d))?|\s(?:heures?|uhr)(?:\s(\d\d))?)(?![\w/])", ignore
        ),
        meridiem=compiled(r"(\d{1,2})(?:[.:](\d\d))?\s?([ap])\.?m\b\.?", ignore),
        numeric_date=compiled(
            r"(?P<y>\d{4})[-/](?P<m>\d\d)(?:[-/](?P<d>\d\d))?(?![\w-])"
            r"|(?P<d2>\d{1,2})(?P<s>[./])(?P<m2>\d{1,2})(?P=s)(?P<y2>\d{4})(?!\w)"
        ),
        day_and_month=compiled(
            r"(\d{1,2})(?:er|st|nd|rd|th|\.|º)?(?:\s?[-–/]\s?\d{1,2})?\s(?:de\s|of\s)?([^\W\d_]+)\.?"
            r"(?:,?\s(?:de\s)?(\d{4})(?!\w))?(?!\w)",
            ignore,
        ),
        after_month=compiled(r"\.?\s(?:(\d{1,2})(?:st|nd|rd|th)?(?![\w])(?:,?\s(\d{4})(?!\w))?|(\d{4})(?!\w))", ignore),
        year=compiled(
            r"([12]\d{3})(s)?(?:\s?[-–—]\s?(?:\d{4}|\d\d)(?!\w))?"
            r"(?=\s*(?:$|[:–—·|/(),;]|-\s|\.(?!\d)|&)|\s(?=[^\W\d_])(?-i:[A-ZÀ-ÖØ-Þ])|\s[«“\"‘])",
            ignore,
        ),
        counted=compiled(r"\s(?:n[°o]\s?)?(\d{1,3})(?!\w)(?![.,]\d)"),
        quarter=compiled(r"(?:[QT]([1-4])\s([12]\d{3})|([12]\d{3})\s[QT]([1-4]))(?!\w)"),
        ends=compiled(r"\s*(?:$|[:–—·|/(),]|-\s)"),
    )


def moment(text: str) -> Moment | None:
    """The time or date that `text` begins with."""
    patterns = _patterns()
    begin = patterns.start.match(text)
    if begin is None:
        return None
    first = begin[1]
    if not first.isdigit() and first.lower() not in _names().first_words and first[0] not in "QT":
        return None
    return _read(text[begin.start(1) : begin.start(1) + _LONGEST])


def _read(text: str) -> Moment | None:
    patterns, names = _patterns(), _names()
    if text[0].isdigit() or text[0] in "QT":
        found = _date(text) or _clock(text)
        if found is not None or text[0].isdigit():
            return found
    match = patterns.word.match(text)
    word = match[1].lower() if match else ""
    rest = text[len(word) :]
    day = names.days.get(word) or (
        names.short_days.get(word) if re.match(r"[.,:]?\s?(?:\d|$)|\s?[:–—]", rest) else None
    )
    if day:
        inner = rest.lstrip(".,").lstrip()
        dated = _date(inner.removeprefix("le ").removeprefix("the ")) if inner else None
        if dated is not None:
            return Moment(dated.kind, dated.key, (text[: text.index(dated.text)] + dated.text))
        clock = _clock(inner.removeprefix("à ").removeprefix("at ")) if inner else None
        return Moment("day of the week", (day, *(clock.key if clock else ())), text[: len(word)])
    if word in names.months:
        return _after_month(text, word)
    if word in names.counted and (count := patterns.counted.match(rest)):
        return Moment(f"{word} by {word}", (int(count[1]),), text[: len(word) + count.end()])
    if word in names.before:
        inner = rest.lstrip()
        if inner.lower().startswith(_BEFORE_YEARS):
            inner = inner[len(_BEFORE_YEARS) :].lstrip()
        return _date(inner) or _clock(inner) if inner[:1].isdigit() else None
    if word == _BEFORE_YEARS:
        inner = rest.lstrip()
        return _date(inner) if inner[:1].isdigit() else None
    return None


def _clock(text: str) -> Moment | None:
    patterns = _patterns()
    if match := patterns.meridiem.match(text):
        hour, minute = int(match[1]), int(match[2] or 0)
        if not 1 <= hour <= 12 or minute > 59:
            return None
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
        return Moment("time", (hour * 60 + minute,), match[0])
    match = patterns.clock.match(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or match[3] or match[4] or 0)
    return Moment("time", (hour * 60 + minute,), match[0]) if hour < 24 and minute < 60 else None


def _date(text: str) -> Moment | None:
    patterns = _patterns()
    if match := patterns.numeric_date.match(text):
        if match["y"]:
            year, month, day = int(match["y"]), int(match["m"]), int(match["d"] or 0)
        else:
            year, month, day = int(match["y2"]), int(match["m2"]), int(match["d2"])
            if month > 12 >= day:
                month, day = day, month
        if 1000 <= year < 2200 and 1 <= month <= 12 and day <= 31:
            return Moment("date", (year, month, day) if day else (year, month), match[0])
    if match := patterns.day_and_month.match(text):
        month, day = _names().months.get(match[2].lower(), 0), int(match[1])
        if month and 1 <= day <= 31:
            if match[3]:
                return Moment("date", (int(match[3]), month, day), match[0])
            return Moment("day of the year", (month, day), match[0].rstrip("."))
    if match := patterns.quarter.match(text):
        year, quarter = (int(match[2]), int(match[1])) if match[1] else (int(match[3]), int(match[4]))
        return Moment("date", (year, 3 * quarter - 2), match[0])
    if match := patterns.year.match(text):
        return Moment("date", (int(match[1]),), match[0])
    return None


def _after_month(text: str, word: str) -> Moment | None:
    patterns = _patterns()
    month = _names().months[word]
    match = patterns.after_month.match(text, len(word))
    if match is None:
        bare = patterns.ends.match(text, len(word))
        return Moment("day of the year", (month,), text[: len(word)]) if bare else None
    said = text[: match.end()]
    if match[3]:
        return Moment("date", (int(match[3]), month), said)
    day = int(match[1])
    if not 1 <= day <= 31:
        return None
    return (
        Moment("date", (int(match[2]), month, day), said) if match[2] else Moment("day of the year", (month, day), said)
    )


def in_order(texts: Sequence[str]) -> tuple[str, ...]:
    """What the pills of these titles say when they make a timeline, empty for one without a moment; else nothing.

    All of them, or all but one, begin with a moment of the same kind, at least three do, and none comes before the one
    above it.
    """
    found: list[Moment | None] = []
    others = 0
    for text in texts:
        each = moment(text)
        others += each is None
        if others > _MOST_OTHERS:
            return ()
        found.append(each)
    moments = [each for each in found if each is not None]
    if len(moments) < FEWEST or len({each.kind for each in moments}) > 1:
        return ()
    keys = _carried_on([each.key for each in moments], moments[0].kind)
    if moments[0].kind == "time" and max(keys)[0] < _EARLIEST:
        return ()
    shortest = min(map(len, keys))
    if keys[0][:shortest] == keys[-1][:shortest] and len(keys[0]) == shortest == len(keys[-1]):
        return ()
    for before, after in itertools.pairwise(keys):
        both = min(len(before), len(after))
        if before[:both] > after[:both]:
            return ()
    return tuple(each.text if each is not None else "" for each in found)


def _carried_on(keys: list[tuple[int, ...]], kind: str) -> list[tuple[int, ...]]:
    """Keys that go on where a clock or a calendar starts anew: 12:00, 1:30; Sunday, Monday; November, January."""
    if kind == "time":
        for i in range(1, len(keys)):
            if keys[i][0] < keys[i - 1][0] < _ONE_O_CLOCK and keys[i][0] < _EARLIEST:
                return [*keys[:i], *((key[0] + 12 * 60,) if key[0] < _EARLIEST else key for key in keys[i:])]
        return keys
    turn = {"day of the week": 7, "day of the year": 12}.get(kind)
    if turn:
        first = keys[0][0]
        return [((key[0] - first) % turn, *key[1:]) for key in keys]
    return keys
