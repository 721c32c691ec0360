"""The text of a deck to import: its lines, whatever its encoding, and where its pictures are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from atelier.foundation.errors import InputError, Location
from atelier.foundation.texts import read_text_file
from atelier.foundation.translation import _
from atelier.importers.aside import regions
from atelier.importers.settings import values
from atelier.markup.frontmatter import normalise, split_front_matter
from atelier.markup.lines import list_marker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atelier.importers.losses import Losses
    from atelier.importers.settings import Value

MOST_SLIDES: Final = 5_000
MOST_LINES: Final = 200_000
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_REFUSED = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\U000f0000-\U000f000f]")
"""What no text has, and what importers mark places with."""
_NO_PARAGRAPH = ("#", ">", "|", "<", "```", "~~~", ":::")


@dataclass(frozen=True, slots=True)
class Source:
    """`lines` are the text below the front matter; the first is line `first_line` of the file."""

    file: Path
    lines: tuple[str, ...]
    first_line: int = 1
    front: dict[str, Value] = field(default_factory=dict[str, "Value"])
    covered: tuple[bool, ...] = ()
    """For each line whether it stands in code or in a comment."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def number(self, index: int) -> int:
        """The file's number of a line."""
        return self.first_line + index


def read_source(file: Path, losses: Losses) -> Source:
    """The text in `file`. Raises InputError where there is none."""
    return source_of(decoded(read_text_file(file), file, losses), file)


def source_of(text: str, file: Path) -> Source:
    text = normalise(text)
    front = split_front_matter(text)
    lines = text.split("\n")[front.body_line - 1 :]
    if len(lines) > MOST_LINES:
        message = _("The text has more than {n} lines.").format(n=MOST_LINES)
        raise InputError(message, _("Split the text into several decks."), Location(file))
    return Source(file, tuple(lines), front.body_line, values(front.text, 2), regions(lines).covered)


def decoded(data: bytes, file: Path, losses: Losses) -> str:
    """The text that bytes are; those that are not UTF-8 are read as Western European, and that is said."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        losses.add("encoding", _("The text is not in UTF-8; it was read as Windows-1252. Check its accents."))
    if "\0" in text:
        raise InputError(_("This is not a file that holds a text."), _("Say what it is with --from."), Location(file))
    return _REFUSED.sub("", text)


def is_rule(lines: Sequence[str], index: int) -> bool:
    """Whether a line is a rule, as CommonMark has it: dashes below a paragraph make a heading of it."""
    line = lines[index]
    if not _RULE.match(line):
        return False
    above = lines[index - 1] if index else ""
    dashes = line.strip().strip("-") == ""
    return not (dashes and above.strip() and is_paragraph(above))


def is_paragraph(line: str) -> bool:
    stripped = line.lstrip()
    return (
        bool(stripped)
        and not stripped.startswith(_NO_PARAGRAPH)
        and line[:4] != "    "
        and list_marker(line) is None
        and not stripped.endswith("-->")
        and not _RULE.match(line)
    )


_T = TypeVar("_T")


def bounded(pieces: list[_T], losses: Losses) -> list[_T]:
    """As many slides as a deck can hold; that others are left out is said."""
    if len(pieces) > MOST_SLIDES:
        message = _("There are {n} slides; those after the first {most} are left out.")
        losses.add("slide", message.format(n=len(pieces), most=MOST_SLIDES))
    return pieces[:MOST_SLIDES]


def cut(lines: Sequence[str], at: Sequence[int]) -> list[tuple[int, tuple[str, ...]]]:
    """The pieces between separator lines, each with the index of its first line."""
    out: list[tuple[int, tuple[str, ...]]] = []
    start = 0
    for index in [*at, len(lines)]:
        out.append((start, tuple(lines[start:index])))
        start = index + 1
    return out
