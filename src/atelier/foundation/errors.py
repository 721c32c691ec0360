"""The errors a person is told about.

    AtelierError
    ├── InputError      the deck, picture or file given cannot be used (exit code 1)
    └── UsageError      the command was called the wrong way (exit code 2)

Two places catch them: the command runner of a window (a notice) and the command line (stderr, exit code).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - part of the public value
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is in a file. `line` and `column` count from 1; 0 means the whole file."""

    file: Path | None
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [str(self.file)] if self.file else []
        parts += [str(n) for n in (self.line, self.column) if n]
        return ":".join(parts)


class AtelierError(Exception):
    """Says what is wrong, where, and what to do about it.

    `about` names what was given and is wrong, where a window has a field for it.
    """

    about: ClassVar[str] = ""

    def __init__(self, message: str, hint: str = "", location: Location | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.location = location

    def __str__(self) -> str:
        where = f"{self.location}: " if self.location else ""
        hint = f"\n{self.hint}" if self.hint else ""
        return f"{where}{self.message}{hint}"


class InputError(AtelierError):
    """What was given cannot be used."""


class UsageError(AtelierError):
    """The command was called the wrong way."""
