"""Pandoc's grid tables: cells between lines of `+---+`, the head above one of `+===+`."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.markup.lines import list_marker

if TYPE_CHECKING:
    from collections.abc import Sequence

_BORDER = re.compile(r"\+(?:[-=:]{2,}\+)+$")
_MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class GridTable:
    """The Markdown of every cell, row by row, with the place of the line each row begins on; `end` is the first line
    after the table.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[int, ...]
    end: int


def starts_grid(line: str) -> bool:
    return line.startswith("+") and _BORDER.match(line.rstrip()) is not None


def grid_table(lines: Sequence[str], start: int) -> GridTable | None:
    """The grid table whose first border is at `start`; None where it never closes."""
    border = lines[start].rstrip()
    edges = [i for i, sign in enumerate(border) if sign == "+"]
    rows: list[tuple[str, ...]] = []
    places: list[int] = []
    header: tuple[str, ...] = ()
    begun, index, end = start + 1, start + 1, 0
    while index < min(len(lines), start + _MOST_LINES):
        line = lines[index].rstrip()
        if line.startswith("+") and _BORDER.match(line):
            if index > begun:
                row = _cells(lines[begun:index], edges)
                if "=" in line and not rows and not header:
                    header = row
                else:
                    rows.append(row)
                    places.append(begun)
            begun = end = index + 1
        elif not line.startswith("|"):
            break
        index += 1
    return GridTable(header, tuple(rows), tuple(places), end) if end and (rows or header) else None


def _cells(lines: Sequence[str], edges: Sequence[int]) -> tuple[str, ...]:
    out: list[str] = []
    for left, right in itertools.pairwise(edges):
        text = ""
        for line in (each[left + 1 : right].strip() for each in lines):
            broken = not line or not text or list_marker(line) is not None
            text += ("" if not text else "  \n" if broken and not text.endswith("\n") else " ") + line.removesuffix(
                "\\"
            )
            text += "  \n" if line.endswith("\\") else ""
        out.append(text.strip())
    return tuple(out)
