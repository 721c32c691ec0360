"""A deck's text line by line, as its author wrote it: what checks look at before anything is parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.foundation.diagnostics import Diagnostic
from atelier.markup.comments import strip_comments
from atelier.markup.frontmatter import split_front_matter
from atelier.markup.outline import Outline, outline

if TYPE_CHECKING:
    from pathlib import Path

_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:.*?[^`])?\1(?!`)")
_LONGEST_LINE = 4_000
"""Signs of a line that are looked at."""


@dataclass(frozen=True, slots=True)
class Source:
    """A deck's text, line by line; indexes count from 0."""

    file: Path | None
    lines: list[str]
    body: int
    """The first line below the front matter."""
    bare: list[str]
    """The lines below the front matter, empty where a comment or a code fence is; code spans are backticks."""
    outline: Outline
    """Of the lines below the front matter."""

    def found(self, code: str, message: str, hint: str, index: int, column: int = 0) -> Diagnostic:
        """A diagnostic for a line of `bare`; `column` counts from 1."""
        return Diagnostic(code, message, hint, self.file, self.body + index + 1, column)


def read_source(text: str, file: Path | None, deepest: int) -> Source:
    """The lines of `text`, whose headings start frames down to level `deepest`."""
    lines = text.split("\n")
    body = split_front_matter(text).body_line - 1
    below, _reported = strip_comments(lines[body:], body + 1)
    found = outline(below, deepest=deepest)
    bare = [line[:_LONGEST_LINE] for line in below]
    bare = [_CODE_SPAN.sub(lambda span: "`" * len(span[0]), line) if "`" in line else line for line in bare]
    for span in found.fences.values():
        bare[span.start : span.stop] = [""] * (span.stop - span.start)
    return Source(file, lines, body, bare, found)
