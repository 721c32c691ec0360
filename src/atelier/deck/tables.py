"""A TOML file into named tuples: a value that cannot be used is reported and replaced, never fatal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NewType, TypeVar, cast, get_args, get_origin, get_type_hints

from atelier.foundation.diagnostics import MOST_OF_A_CODE, Diagnostic
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

Colour = NewType("Colour", str)
"""`#RRGGBB`"""

Share = NewType("Share", float)
"""From 0 to 1."""

Length = NewType("Length", float)
"""In h: a radius, the width of a line, the reach of a shadow."""

Height = NewType("Height", float)
"""In h: the size of a text."""

Leading = NewType("Leading", float)
"""The height of a line of text, in multiples of its size."""

Tracking = NewType("Tracking", float)
"""In em: what is added between letters."""

Weight = NewType("Weight", int)
"""Of a font: 400 is regular, 700 bold."""

Optical = NewType("Optical", float)
"""Of a font's axis `opsz`; 0 leaves it alone."""

Radius = NewType("Radius", float)
"""Of a light, in multiples of the canvas."""

Feature = NewType("Feature", str)
"""The tag of a font's OpenType feature: four signs."""

_RANGES: dict[object, tuple[float, float]] = {
    Share: (0.0, 1.0),
    Length: (0.0, 30.0),
    Height: (1.0, 60.0),
    Leading: (0.7, 3.0),
    Tracking: (-0.1, 0.5),
    Weight: (100.0, 1000.0),
    Optical: (0.0, 200.0),
    Radius: (0.05, 10.0),
}
"""Beyond these nothing can be drawn that anybody would want."""

LONGEST_ARRAY = 64
LONGEST_TEXT = 120
LONGEST_LINE = 2000
"""Signs; reading a key of a thousand dotted parts takes time that grows with its square."""

_T = TypeVar("_T")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_FEATURE = re.compile(r"[A-Za-z0-9]{4}")


class _UnusableError(Exception):
    """Says what a value should be."""


@dataclass
class TableReader:
    """Reads one file. What is found wrong collects in `diagnostics`, with code theme-unreadable."""

    table: dict[str, Any]
    text: str
    file: Path | None
    instead: str = ""
    """Whose value is used where one of the file cannot be."""
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])
    said: set[tuple[str, ...]] = field(default_factory=set[tuple[str, ...]])
    """The keys whose values were used, as paths."""
    _lines: dict[tuple[str, ...], int] | None = None

    @classmethod
    def parse(cls, data: bytes, file: Path | None) -> TableReader:
        """The reader of `data`; one that is not TOML gives an empty table and a diagnostic."""
        import tomllib

        reader = cls({}, "", file)
        try:
            reader.text = data.decode("utf-8-sig")
            if not reader._too_long():
                reader.table = tomllib.loads(reader.text)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            message = _("The theme is not UTF-8 text; the house theme is shown.")
            reader.report(message, hint=_("Save it as UTF-8."), line=line)
        except ValueError as error:  # also of a number that Python refuses to read
            place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
            line, column = (int(place[1]), int(place[2])) if place else (reader.text.count("\n") + 1, 0)
            message = _("The theme is not valid TOML; the house theme is shown.")
            reader.report(message, _mending(str(error)), line=line, column=column)
        except RecursionError:
            reader.report(_("The theme is nested too deep; the house theme is shown."))
        return reader

    def _too_long(self) -> bool:
        for number, line in enumerate(self.text.split("\n"), 1):
            if len(line) > LONGEST_LINE:
                message = _("A line of the theme is too long; the house theme is shown.")
                hint = _("Break it: {n} signs are the most.").format(n=LONGEST_LINE)
                self.report(message, hint, line=number)
                return True
        return False

    def report(self, message: str, hint: str = "", *, line: int = 0, column: int = 0) -> None:
        self.diagnostics.append(Diagnostic("theme-unreadable", message, hint, self.file, line, column))

    def read(self, kind: type[_T], given: Mapping[str, object], base: _T | None = None) -> _T | None:
        """The whole file as a `kind`; `given` are fields that are not in the file.

        What is missing or cannot be used is taken from `base`; None when there is nothing to take it from.
        """
        return cast("_T | None", self._table(kind, self.table, (), base, given))

    def line_of(self, keys: tuple[str, ...], *, within: int = 1) -> int:
        """The line where the value called `keys` is set, as near as the text shows it; 0 when it does not.

        The line of a table that has only the first `within` of the keys is the farthest that counts as near.
        """
        if self._lines is None:
            self._lines = {}
            for number, path in _keys_by_line(self.text):
                self._lines.setdefault(path, number)
        return next((self._lines[keys[:n]] for n in range(len(keys), within - 1, -1) if keys[:n] in self._lines), 0)

    def _unusable(self, keys: tuple[str, ...], wanted: str) -> None:
        message = _("“{key}” in the theme should be {wanted}.").format(key=".".join(keys), wanted=wanted)
        hint = _("The value of the theme “{name}” is used.").format(name=self.instead) if self.instead else ""
        self.report(message, hint, line=self.line_of(keys))

    def _unknown(self, keys: tuple[str, ...], known: list[str]) -> None:
        message = _("A theme has no “{key}”.").format(key=".".join(keys)[:80])
        if len(self.diagnostics) > MOST_OF_A_CODE:  # of so many only the number is told
            self.report(message)
        else:
            self.report(message, did_you_mean(keys[-1][:80], known), line=self.line_of(keys))

    def _table(
        self, kind: Any, table: dict[str, Any], keys: tuple[str, ...], base: object, given: Mapping[str, object]
    ) -> object | None:
        hints = _hints(kind)
        known = [name for name in hints if name not in given]
        for name in table:
            if name not in known:
                self._unknown((*keys, name), known)
        values = dict(given)
        for name in known:
            where = (*keys, name)
            fallback = getattr(base, name) if base is not None else None
            if name not in table:
                if fallback is not None:
                    values[name] = fallback
                elif name not in kind._field_defaults:
                    self._unusable(where, _("there"))
                    return None
                continue
            try:
                value = self._value(hints[name], table[name], where, fallback)
                self.said.add(where)
            except _UnusableError as error:
                self._unusable(where, str(error))
                value = fallback
            if value is None:
                return None
            values[name] = value
        return kind(**values)

    def _value(self, kind: Any, value: Any, keys: tuple[str, ...], base: object) -> object:
        if hasattr(kind, "_fields"):
            if not isinstance(value, dict):
                raise _UnusableError(_("a table"))
            return self._table(kind, cast("dict[str, Any]", value), keys, base, {})
        if get_origin(kind) is tuple:
            if not isinstance(value, list) or len(cast("list[Any]", value)) > LONGEST_ARRAY:
                raise _UnusableError(_("a list of at most {n} values").format(n=LONGEST_ARRAY))
            return self._array(get_args(kind)[0], cast("list[Any]", value), keys)
        return _scalar(kind, value)

    def _array(self, kind: Any, values: list[Any], keys: tuple[str, ...]) -> tuple[object, ...]:
        if not values and kind not in {str, Feature}:
            raise _UnusableError(_("a list with at least one value"))
        before, said = len(self.diagnostics), set(self.said)
        items = tuple(self._value(kind, value, keys, None) for value in values)
        self.said = said
        if None in items:
            del self.diagnostics[before:]
            names = ", ".join(_hints(kind))
            raise _UnusableError(_("a list of tables with {names}").format(names=names))
        return items


def _keys_by_line(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The keys a TOML text sets, line by line; those of inline tables are not looked for."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        begin = line.strip()
        if begin.startswith("["):
            table = _dotted(begin.lstrip("[").partition("]")[0])
            yield number, table
        elif "=" in begin and not begin.startswith(("#", "{")):
            yield number, (*table, *_dotted(begin.partition("=")[0]))


def _dotted(key: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


_MENDINGS = (
    (r"overwrite|twice|[Dd]uplicate|redefine|namespace|nest|other than list", N_("Delete one of the two.")),
    (r"[Uu]nterminated|Illegal character|Unescaped|hex value|scalar value", N_("Close the quotation mark.")),
    (r"Unclosed|Expected ']", N_("Close the bracket, and put commas between the values.")),
    (r"Invalid value|Invalid date", N_("Put a text in quotation marks; a number, true and false stand without.")),
)
"""What to do about that which the parser of TOML met, by a part of its words."""


def _mending(words: str) -> str:
    found = next((mending for part, mending in _MENDINGS if re.search(part, words)), "")
    return _(found or N_("Write a key, an equals sign and a value on each line."))


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _scalar(kind: Any, value: Any) -> object:
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        if not isinstance(value, str) or value not in choices:
            raise _UnusableError(_("one of {choices}").format(choices=", ".join(choices)))
        return value
    read = _SCALARS.get(kind)
    return read(value) if read is not None else _number(kind, value)


def is_colour(value: str) -> bool:
    return _COLOUR.fullmatch(value) is not None


def _colour(value: Any) -> str:
    if not isinstance(value, str) or not is_colour(value):
        raise _UnusableError(_("a colour such as “#9E1238”"))
    return value.upper()


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _UnusableError(_("true or false"))
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _UnusableError(_("a text"))
    if len(value) > LONGEST_TEXT:
        raise _UnusableError(_("a text of at most {n} signs").format(n=LONGEST_TEXT))
    return value


def _feature(value: Any) -> str:
    if not isinstance(value, str) or not _FEATURE.fullmatch(value):
        raise _UnusableError(_("a font feature such as “calt”"))
    return value


_SCALARS: dict[Any, Callable[[Any], object]] = {Colour: _colour, bool: _truth, str: _text, Feature: _feature}


def _number(kind: Any, value: Any) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _UnusableError(_("a number"))
    least, most = _RANGES[kind]
    if not least <= value <= most:  # a NaN is neither
        raise _UnusableError(_("a number from {least} to {most}").format(least=f"{least:g}", most=f"{most:g}"))
    return round(value) if kind is Weight else float(value)
