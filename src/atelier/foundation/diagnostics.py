"""Diagnostics: what an author should know about a deck that can still be shown.

Every diagnostic has a stable code from `CODES`, the one table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from atelier.foundation.errors import Location
from atelier.foundation.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Severity(IntEnum):
    HINT = 0
    WARNING = 1
    ERROR = 2


CODES: dict[str, tuple[Severity, str]] = {
    # code: (severity, what it is about)
    # The file as bytes
    "not-utf8": (Severity.ERROR, "the file holds bytes that are not UTF-8"),
    "file-too-large": (Severity.ERROR, "the file is larger than any deck"),
    # Front matter
    "front-matter-syntax": (Severity.ERROR, "the front matter is not valid YAML"),
    "front-matter-unclosed": (Severity.ERROR, "the front matter has no closing line"),
    "front-matter-alias": (Severity.ERROR, "the front matter uses a YAML anchor or alias"),
    "front-matter-key": (Severity.WARNING, "the front matter has an unknown key"),
    "front-matter-type": (Severity.ERROR, "a value of the front matter has the wrong type"),
    "redact-unapplied": (Severity.WARNING, "the terms of “redact” are not replaced"),
    # Frames
    "heading-level-jump": (Severity.HINT, "a heading is more than one level below the one before"),
    "duplicate-id": (Severity.WARNING, "two frames were given the same id"),
    "attribute-unknown": (Severity.WARNING, "a heading has an attribute nobody reads"),
    "attribute-value": (Severity.WARNING, "a heading attribute has a value that cannot be used"),
    "setext-heading": (Severity.HINT, "text directly above --- becomes a heading"),
    "too-many-frames": (Severity.ERROR, "the text has more frames than a canvas can hold"),
    # Paths
    "stop-unknown": (Severity.WARNING, "a path stops at a frame that does not exist"),
    "path-empty": (Severity.WARNING, "a path has no stop"),
    "frame-on-no-path": (Severity.HINT, "no path leads to this frame"),
    "link-dead": (Severity.WARNING, "a link leads to a frame that does not exist"),
    # Blocks
    "block-unknown": (Severity.ERROR, "a /// line names a block that does not exist; its content is hidden"),
    "block-option": (Severity.ERROR, "a block has an option or argument that cannot be used; its content is hidden"),
    "block-unclosed": (Severity.WARNING, "a block has no closing ///"),
    "block-unopened": (Severity.WARNING, "a closing /// closes nothing"),
    "comment-unclosed": (Severity.WARNING, "a comment is never closed; what follows it is hidden"),
    "fence-unclosed": (Severity.WARNING, "a code fence is never closed"),
    "fence-option": (Severity.WARNING, "a code fence has an option that cannot be used"),
    "math-error": (Severity.WARNING, "a formula cannot be set"),
    "footnote-undefined": (Severity.WARNING, "a footnote has no definition"),
    # Limits
    "text-too-deep": (Severity.WARNING, "nesting beyond the limit is shown as plain text"),
    "text-too-dense": (Severity.WARNING, "markup beyond the limit is shown as plain text"),
    "text-too-long": (Severity.WARNING, "text beyond what a frame can show is left out"),
    "table-too-large": (Severity.WARNING, "a table is larger than the limit"),
    # Pictures
    "picture-missing": (Severity.WARNING, "a picture does not exist"),
    "picture-outside": (Severity.WARNING, "a picture lies outside the deck's folder"),
    "picture-remote": (Severity.WARNING, "a picture lies on the network, from where nothing is fetched"),
    "picture-unreadable": (Severity.WARNING, "a picture cannot be read"),
    "picture-too-large": (Severity.WARNING, "a picture is larger than the limit"),
    "picture-no-alt": (Severity.HINT, "a picture has no alternative text"),
    # Canvas
    "layout-unknown": (Severity.WARNING, "a layout does not exist"),
    "map-unreadable": (Severity.WARNING, "the drawing of map= cannot be read"),
    "map-no-slot": (Severity.WARNING, "a frame has no place in the drawing of map="),
    "theme-unreadable": (Severity.WARNING, "a theme cannot be read"),
    # Typesetting
    "overfull": (Severity.WARNING, "the text of a frame does not fit at a readable size"),
    # The file
    "encoding-bom": (Severity.HINT, "the file begins with a byte order mark"),
}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `line` and `column` count from 1; 0 means the whole file."""

    code: str
    message: str
    hint: str = ""
    file: Path | None = None
    line: int = 0
    column: int = 0
    more: int = 0
    """How many of the same code this one stands for besides; see `bounded`."""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(self.code)

    @property
    def severity(self) -> Severity:
        return CODES[self.code][0]

    @property
    def location(self) -> Location:
        return Location(self.file, self.line, self.column)

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.location}: {self.message}{hint} [{self.code}]"


MOST_OF_A_CODE = 50


def bounded(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """`diagnostics` with no more than `MOST_OF_A_CODE` of each code, and one more that says how many others there are.

    It may be applied again to what it gave.
    """
    count: Counter[str] = Counter()
    left: Counter[str] = Counter()
    place: dict[str, int] = {}
    out: list[Diagnostic] = []
    for each in diagnostics:
        count[each.code] += not each.more
        if each.more or count[each.code] > MOST_OF_A_CODE:
            left[each.code] += each.more or 1
            if each.code in place:
                continue
            place[each.code] = len(out)
        out.append(each)
    for code, index in place.items():
        n = left[code]
        message = ngettext("There is one more like these.", "There are {n} more like these.", n).format(n=n)
        out[index] = replace(out[index], message=message, hint="", column=0, more=n)
    return tuple(out)
