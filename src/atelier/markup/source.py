"""What the line scanner finds in a text before any of it is parsed."""

from __future__ import annotations

from dataclasses import dataclass

from atelier.foundation.diagnostics import Diagnostic  # noqa: TC001 - part of the public value


@dataclass(frozen=True, slots=True)
class Definitions:
    """What belongs to the whole file: every frame is parsed with these.

    Keys are as Python-Markdown compares them: footnote labels as written, link labels in lower case with single
    spaces, abbreviations as written.
    """

    footnotes: tuple[tuple[str, str], ...] = ()
    """(label, Markdown of the note)"""
    links: tuple[tuple[str, str, str], ...] = ()
    """(label, address, title)"""
    abbreviations: tuple[tuple[str, str], ...] = ()
    """(short form, expansion)"""


@dataclass(frozen=True, slots=True)
class SourceHeading:
    """A heading at column 0 outside fences, blocks, quotes and lists."""

    level: int
    text: str
    """Its Markdown, without the marks and without the attribute list."""
    attributes: tuple[tuple[str, str], ...]
    """key/value pairs of the attribute list; `#id` comes as ("id", …), `.name` as ("class", …), in order."""
    line: int


@dataclass(frozen=True, slots=True)
class SourceEmbed:
    """A line `![[target#part]]` that stands alone, at column 0 outside fences, blocks, quotes and lists."""

    target: str
    """A file or folder as written; empty for the file at hand."""
    part: str
    """A heading as Obsidian names it, `A#B`, or an id; empty for the whole file."""
    line: int
    private: bool = False
    """Whether the list of attributes below it says so."""


@dataclass(frozen=True, slots=True)
class SourceFrame:
    """A piece of the text that makes one frame: a heading (None for the text before the first) and what follows it."""

    heading: SourceHeading | None
    text: str
    """The Markdown below the heading, definitions and comments taken out, line count kept."""
    first_line: int
    """The file's line (from 1) of the first line of `text`."""
    blocks: tuple[str, ...] = ()
    """The names of the `///` blocks that stand in it, e.g. "notes", "case"."""
    embeds: tuple[SourceEmbed, ...] = ()
    """The lines of `text` that put other frames in."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of a text is in no frame: a comment, or else a block whose `///` line does not parse."""

    line: int
    words: str
    comment: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """`front_matter` is the YAML between the dashes, empty when there is none; it starts at file line 2."""

    front_matter: str
    frames: tuple[SourceFrame, ...]
    definitions: Definitions
    diagnostics: tuple[Diagnostic, ...]
    hidden: tuple[Hidden, ...] = ()
    """In the order of their lines."""
