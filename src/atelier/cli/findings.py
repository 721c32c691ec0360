"""What `atelier check` found, as lines for an editor, as JSON for a program, as pieces for a terminal."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atelier.foundation.diagnostics import Severity
from atelier.foundation.terminals import harmless
from atelier.foundation.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from atelier.foundation.diagnostics import Diagnostic

JSON_VERSION: Final = 1
"""Raised when a program that reads the JSON would have to change."""
NAMES: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.HINT: "hint",
}
"""What editors and programs read: the same in every language."""
_TAB: Final = "    "
_MORE: Final = "…"
_WORD: Final = re.compile(r"[^\w\s]{0,3}[\w-]+")


def counts(diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
    """How many there are of each severity, the worst first; those that one stands for are counted too."""
    found: Counter[Severity] = Counter()
    for each in diagnostics:
        found[each.severity] += each.more or 1
    return {severity: found[severity] for severity in NAMES}


def in_words(severity: Severity, n: int) -> str:
    """As in “2 errors”."""
    if severity is Severity.ERROR:
        words = ngettext("{n} error", "{n} errors", n)
    elif severity is Severity.WARNING:
        words = ngettext("{n} warning", "{n} warnings", n)
    else:
        words = ngettext("{n} hint", "{n} hints", n)
    return words.format(n=n)


def name_of(severity: Severity) -> str:
    """The severity in the language of the person."""
    return {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.HINT: _("hint")}[severity]


def shown_path(file: Path) -> str:
    """`file` as short as it can be said: from the folder one is in, where it lies below that."""
    try:
        return str(file.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(file)


def where(found: Diagnostic, file: Path) -> str:
    """As in “talk.md:12:3”, without what is not known."""
    return ":".join([shown_path(found.file or file), *(str(n) for n in (found.line, found.column) if n)])


def as_line(found: Diagnostic, file: Path) -> str:
    """`file:line:column: severity: message hint [code]`, which editors know how to read."""
    hint = f" {found.hint}" if found.hint else ""
    text = f"{where(found, file)}: {NAMES[found.severity]}: {found.message}{hint} [{found.code}]"
    return harmless(text).replace("\n", " ").replace("\t", " ")


def as_json(file: Path, diagnostics: Sequence[Diagnostic]) -> str:
    """The object that docs/commands.md describes."""
    return json.dumps(
        {
            "version": JSON_VERSION,
            "file": str(file),
            "counts": {NAMES[severity]: n for severity, n in counts(diagnostics).items()},
            "findings": [
                {
                    "file": str(found.file or file),
                    "line": found.line,
                    "column": found.column,
                    "severity": NAMES[found.severity],
                    "code": found.code,
                    "message": found.message,
                    "hint": found.hint,
                    "more": found.more,
                }
                for found in diagnostics
            ],
        },
        indent=1,
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one frame, or of another file the deck uses."""

    title: str
    diagnostics: tuple[Diagnostic, ...]


def grouped(file: Path, frames: Sequence[tuple[int, str]], diagnostics: Sequence[Diagnostic]) -> tuple[Group, ...]:
    """The findings by frame, in reading order; what is not in the text comes last, by file.

    `frames` are the line and the title of each, in reading order.
    """
    lines = [line for line, _title in frames]

    def place(found: Diagnostic) -> tuple[int, str, int, int]:
        other = found.file is not None and found.file != file
        return (int(other), str(found.file) if other else "", found.line, found.column)

    groups: list[tuple[tuple[int, str, int], str, list[Diagnostic]]] = []
    for found in sorted(diagnostics, key=place):
        other, name, line, _column = place(found)
        number = 0 if other or not line else bisect_right(lines, line)
        key = (other, name, number if other or line else -1)
        if not groups or groups[-1][0] != key:
            if other:
                title = Path(name).name
            elif not line:
                title = _("The whole text")
            elif number:
                title = frames[number - 1][1] or _("Untitled")
            else:
                title = _("Front matter")
            groups.append((key, title, []))
        groups[-1][2].append(found)
    return tuple(Group(title, tuple(members)) for _key, title, members in groups)


@dataclass(frozen=True, slots=True)
class Quote:
    """A line as a terminal shows it; `size` columns from `mark` on are what a finding is about (0: no place in it)."""

    text: str
    mark: int = 0
    size: int = 0


def quoted(line: str, column: int, width: int) -> Quote:
    """`line` as it can be shown in `width` columns, and what stands at its character `column` (from 1; 0 for none).

    A long line is cut to what is around that. Columns of a terminal are not those of the text: a Chinese sign takes two
    of them, a tab four. Word by word is how people read, so a mark is as long as the word at its place.
    """
    from rich.cells import cell_len

    line = line.rstrip()
    characters = [_TAB if c == "\t" else harmless(c) for c in line]
    sizes = [cell_len(c) for c in characters]
    at = column - 1 if 0 < column <= len(line) + 1 else -1
    start, end = 0, len(sizes)
    if sum(sizes) > width:
        start, end = _around(sizes, max(0, at), max(1, width - 2))
    text = (_MORE if start else "") + "".join(characters[start:end]) + (_MORE if end < len(sizes) else "")
    if at < 0:
        return Quote(text)
    word = _WORD.match(line, at)
    last = min(end, word.end() if word else at + 1)
    return Quote(text, (1 if start else 0) + sum(sizes[start:at]), max(1, sum(sizes[at:last])))


def _around(sizes: Sequence[int], at: int, room: int) -> tuple[int, int]:
    """The characters that fit into `room` columns, a third of them before the one that matters."""
    start = end = at
    taken = 0
    while start > 0 and taken + sizes[start - 1] <= room // 3:
        start -= 1
        taken += sizes[start]
    while end < len(sizes) and taken + sizes[end] <= room:
        taken += sizes[end]
        end += 1
    while start > 0 and taken + sizes[start - 1] <= room:
        start -= 1
        taken += sizes[start]
    return start, end
