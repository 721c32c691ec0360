"""`atelier doctor`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final

from atelier.cli.streams import console, is_terminal, say, wrapped
from atelier.cli.terminal import cancellable, progress_bar
from atelier.foundation.terminals import harmless
from atelier.foundation.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from atelier.app.machine import Point

JSON_VERSION: Final = 1
"""Raised when a program that reads the JSON would have to change."""
NAMES: Final = ("ok", "warning", "problem")
"""What programs read, by state."""
MARKS: Final = (("✓", "green"), ("!", "yellow"), ("✗", "red"))
WIDEST: Final = 100
NARROW: Final = 60
"""Columns below which the words stand under their title."""


def doctor(deck: Path | None = None, *, as_json: bool) -> int:
    """Says what this machine can do, and what a deck lacks that is to be given on it.

    The exit code is 1 where something keeps a talk from being given.
    """
    with (
        cancellable(lambda: _("Cancelled."), at_once=False) as poll,
        progress_bar(_("Looking"), _("{done} of {total} points")) as progress,
    ):
        from atelier.app.doctor import examine

        points = examine(progress, poll, deck)
    if as_json:
        say(in_json(points) + "\n")
    elif is_terminal(sys.stdout):
        _print(points)
    else:
        for point in points:
            advice = f" {point.advice}" if point.advice else ""
            say(harmless(f"{NAMES[point.state]}: {point.title}: {point.words}{advice}") + "\n")
    return 1 if NAMES[max(point.state for point in points)] == "problem" else 0


def in_json(points: Sequence[Point]) -> str:
    listed: list[Mapping[str, object]] = [
        {
            "name": point.name,
            "state": NAMES[point.state],
            "words": point.words,
            "advice": point.advice,
            "facts": point.facts,
        }
        for point in points
    ]
    worst = NAMES[max(point.state for point in points)]
    return json.dumps({"version": JSON_VERSION, "state": worst, "points": listed}, indent=1)


def _print(points: Sequence[Point]) -> None:
    from rich.cells import cell_len
    from rich.text import Text

    page = console()
    width = min(page.width, WIDEST)
    column = max(cell_len(point.title) for point in points) + 5
    margin = column if width >= NARROW else 4
    for point in points:
        mark, colour = MARKS[point.state]
        head = Text.assemble(" ", (mark, f"bold {colour}"), " ", (point.title, "bold"))
        lines = wrapped(Text(harmless(point.words)), page, width - margin)
        if point.advice:
            lines += wrapped(Text(f"→ {harmless(point.advice)}", colour), page, width - margin)
        if margin == column:
            head.append(" " * (column - head.cell_len))
            head.append_text(lines.pop(0))
        page.print(head, soft_wrap=True)
        for line in lines:
            line.pad_left(margin)
            page.print(line, soft_wrap=True)
    page.print()
    _mark, colour = MARKS[max(point.state for point in points)]
    page.print(Text(_sum(points), f"bold {colour}"), soft_wrap=True)


def _sum(points: Sequence[Point]) -> str:
    warnings, problems = (sum(point.state == state for point in points) for state in (1, 2))
    said: list[str] = []
    if problems:
        said.append(ngettext("{n} problem", "{n} problems", problems).format(n=problems))
    if warnings:
        said.append(ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings))
    return ", ".join(said) or _("All is well")
