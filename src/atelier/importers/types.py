"""What an importer reads of another tool's deck, before it is written as one of this format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

KINDS: Final = ("marp", "slidev", "reveal", "pandoc", "remark", "obsidian", "markdown", "text", "pptx", "pdf")

Pairs: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that could not be carried over. `slide` counts from 1, `line` too; 0 means the whole file.

    `text` is what stood there, as far as it is not in the deck.
    """

    code: str
    message: str
    slide: int = 0
    line: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One slide, its texts already in this format's Markdown.

    `level` is that of its heading, 0 where it has none. `depth` is how deep it lies in the tool's own structure, where
    the tool has one: 0 for a slide of the first row. `divider` says that the slides after it belong to it.
    """

    number: int
    line: int = 0
    title: str = ""
    level: int = 0
    body: str = ""
    notes: str = ""
    attributes: Pairs = ()
    depth: int | None = None
    divider: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A whole deck as read. `settings` are keys of this format's front matter with their values, as texts."""

    title: str = ""
    settings: Pairs = ()
    slides: tuple[Slide, ...] = ()
    rooted: bool = True
    """Whether the first slide may be the title of the whole."""
    definitions: str = ""
    """Footnotes, link references and abbreviations, which hold for the whole text."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written. `frames` counts the root too."""

    kind: str
    file: Path
    title: str
    frames: int
    pictures: int
    losses: tuple[Loss, ...]
