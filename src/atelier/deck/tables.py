"""A TOML file into named tuples: a value that cannot be used is reported and replaced, never fatal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NewType, TypeVar, cast, get_args, get_origin, get_type_hints

from atelier.deck.suggestions import did_you_mean
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Colour = NewType("Colour", str)
"""`#RRGGBB`"""

Share = NewType("Share", float)
"""From 0 to 1."""

LARGEST_NUMBER = 10_000.0
LONGEST_ARRAY = 64

_T = TypeVar("_T")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class _UnusableError(Exception):
    """Says what a value should be."""


@dataclass
class TableReader:
    """Reads one file. What is found wrong collects in `diagnostics`, with code theme-unreadable."""

    table: dict[str, Any]
    text: str
    file: Path | None
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])

    @classmethod
    def parse(cls, data: bytes, file: Path | None) -> TableReader:
        """The reader of `data`; one that is not TOML gives an empty table and a diagnostic."""
        import tomllib

        reader = cls({}, "", file)
        try:
            reader.text = data.decode("utf-8-sig")
            reader.table = tomllib.loads(reader.text)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            reader.report(_("The theme is not UTF-8 text; the house theme is shown."), line=line)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
            line, column = (int(place[1]), int(place[2])) if place else (reader.text.count("\n") + 1, 0)
            message = _("The theme is not valid TOML; the house theme is shown.")
            reader.report(message, str(error).split(" (at ")[0] + ".", line=line, column=column)
        except RecursionError:
            reader.report(_("The theme is nested too deep; the house theme is shown."))
        return reader

    def report(self, message: str, hint: str = "", *, line: int = 0, column: int = 0) -> None:
        self.diagnostics.append(Diagnostic("theme-unreadable", message, hint, self.file, line, column))

    def read(self, kind: type[_T], given: Mapping[str, object], base: _T | None = None) -> _T | None:
        """The whole file as a `kind`; `given` are fields that are not in the file.

        What is missing or cannot be used is taken from `base`; None when there is nothing to take it from.
        """
        return cast("_T | None", self._table(kind, self.table, (), base, given))

    def line_of(self, keys: tuple[str, ...]) -> int:
        """The line where the value called `keys` is set, as near as the text shows it; 0 when it does not."""
        table: tuple[str, ...] = ()
        best, depth = 0, 0
        for number, line in enumerate(self.text.splitlines(), 1):
            if header := re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]", line):
                table = tuple(part.strip().strip("\"'") for part in header[1].split("."))
            elif key := re.match(r"\s*([\w.\"'-]+)\s*=", line):
                here = (*table, *(part.strip("\"'") for part in key[1].split(".")))
                if len(here) > depth and here == keys[: len(here)]:
                    best, depth = number, len(here)
                continue
            if table and len(table) > depth and table == keys[: len(table)]:
                best, depth = number, len(table)
        return best

    def _unusable(self, keys: tuple[str, ...], wanted: str) -> None:
        message = _("“{key}” in the theme should be {wanted}.").format(key=".".join(keys), wanted=wanted)
        self.report(message, _("The value of the house theme is used."), line=self.line_of(keys))

    def _table(
        self, kind: Any, table: dict[str, Any], keys: tuple[str, ...], base: object, given: Mapping[str, object]
    ) -> object | None:
        hints = _hints(kind)
        known = [name for name in hints if name not in given]
        for name in table.keys() - set(known):
            where = (*keys, name)
            message = _("A theme has no “{key}”.").format(key=".".join(where)[:80])
            self.report(message, did_you_mean(name, known), line=self.line_of(where))
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
        if not values and kind is not str:
            raise _UnusableError(_("a list with at least one value"))
        before = len(self.diagnostics)
        items = tuple(self._value(kind, value, keys, None) for value in values)
        if None in items:
            del self.diagnostics[before:]
            names = ", ".join(_hints(kind))
            raise _UnusableError(_("a list of tables with {names}").format(names=names))
        return items


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _scalar(kind: Any, value: Any) -> object:
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        if value not in choices:
            raise _UnusableError(_("one of {choices}").format(choices=", ".join(choices)))
        return value
    if kind is Colour:
        if not isinstance(value, str) or not _COLOUR.fullmatch(value):
            raise _UnusableError(_("a colour such as “#9E1238”"))
        return value.upper()
    if kind is bool:
        if not isinstance(value, bool):
            raise _UnusableError(_("true or false"))
        return value
    if kind is str:
        if not isinstance(value, str):
            raise _UnusableError(_("a text"))
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _UnusableError(_("a number"))
    if kind is Share and not 0 <= value <= 1:
        raise _UnusableError(_("a number from 0 to 1"))
    if not abs(value) <= LARGEST_NUMBER:  # a NaN is not <= anything
        raise _UnusableError(_("a number up to {n}").format(n=int(LARGEST_NUMBER)))
    if kind is int:
        return round(value)
    return float(value)
