"""What an author should know about a frame, collected while it is set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atelier.foundation.diagnostics import Diagnostic

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True)
class Report:
    """Collects what an author should know while a frame is set."""

    file: Path | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def add(self, code: str, message: str, hint: str = "", line: int = 0) -> None:
        found = Diagnostic(code, message, hint, self.file, line)
        if found not in self.diagnostics:
            self.diagnostics.append(found)


def readable(text: str) -> str:
    """`text` in at most 60 signs, for a message."""
    return text if len(text) <= 60 else text[:59] + "…"
