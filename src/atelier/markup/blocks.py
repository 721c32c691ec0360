"""The typed, frozen blocks a frame's text is made of.

`line` is the 1-based line in the deck's file where the thing starts. `step` is the advance that reveals it: 0 is there
from the start, n appears with the nth advance at the frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

from atelier.foundation.diagnostics import Diagnostic  # noqa: TC001 - part of the public value

if TYPE_CHECKING:
    from atelier.markup.activities import Task


class Style(Enum):
    STRONG = auto()
    EMPHASIS = auto()
    CODE = auto()
    MARK = auto()
    DELETED = auto()
    INSERTED = auto()
    SUPERSCRIPT = auto()
    SUBSCRIPT = auto()
    PRIVATE = auto()
    """The speaker's screen alone; never drawn for the audience, never exported."""


NO_STYLES: frozenset[Style] = frozenset()


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text in one style. `href` is set inside a link, `expansion` on an abbreviation."""

    text: str
    styles: frozenset[Style] = NO_STYLES
    href: str = ""
    expansion: str = ""


@dataclass(frozen=True, slots=True)
class LineBreak:
    pass


@dataclass(frozen=True, slots=True)
class InlineMath:
    """A formula inside a line, in LaTeX."""

    tex: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class InlineImage:
    source: str
    alt: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """The raised number of a footnote."""

    number: int
    private: bool = False


Inline: TypeAlias = Text | LineBreak | InlineMath | InlineImage | FootnoteMark


def is_private(run: Inline) -> bool:
    """Whether a run is for the speaker's screen alone."""
    if isinstance(run, Text):
        return Style.PRIVATE in run.styles
    return not isinstance(run, LineBreak) and run.private


def plain_text(inlines: tuple[Inline, ...], *, private: bool = False) -> str:
    """The words of `inlines` without styles; private runs only when asked for."""
    out: list[str] = []
    for run in inlines:
        if not private and is_private(run):
            continue
        if isinstance(run, Text):
            out.append(run.text)
        elif isinstance(run, LineBreak):
            out.append(" ")
        elif isinstance(run, InlineMath):
            out.append(run.tex)
        elif isinstance(run, InlineImage):
            out.append(run.alt)
    return "".join(out)


class Align(Enum):
    START = auto()
    CENTRE = auto()
    END = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    line: int = 0
    step: int = 0
    classes: tuple[str, ...] = ()
    lang: str = ""
    """Set where the text says so (`{lang=ar}`); empty means the frame's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(_Block):
    """A heading that does not start a frame (`{.plain}`, or below the deepest frame level)."""

    level: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(_Block):
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem(_Block):
    blocks: tuple[Block, ...]
    checked: bool | None = None
    """Whether a task is done; None for an ordinary item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock(_Block):
    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(_Block):
    """A quotation. A last paragraph that begins with a dash is its `source`, without the dash."""

    blocks: tuple[Block, ...]
    source: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    inlines: tuple[Inline, ...]
    align: Align = Align.START


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_Block):
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(_Block):
    terms: tuple[tuple[Inline, ...], ...]
    descriptions: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionList(_Block):
    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote(_Block):
    number: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnotes(_Block):
    """The footnotes used in this frame, in the order of their marks."""

    items: tuple[Footnote, ...]


class CalloutKind(Enum):
    NOTE = auto()
    OK = auto()
    WARN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout(_Block):
    """`/// callout` or an admonition."""

    kind: CalloutKind
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class CodeToken:
    """`kind` is one of text, keyword, string, number, name, comment: the colours a theme has."""

    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock(_Block):
    """`states` are the sets of highlighted lines (1-based), one at arrival and one more an advance; the first of them
    shows from `step` on, the kth (from 0) from advance `first_advance + k - 1` on. Empty: nothing is highlighted.
    """

    language: str
    lines: tuple[tuple[CodeToken, ...], ...]
    states: tuple[frozenset[int], ...] = ()
    first_advance: int = 0
    title: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MathBlock(_Block):
    tex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(_Block):
    """A picture on its own. `width` is a share of the text's width from 0 to 1, 0 when the author gave none."""

    source: str
    alt: str
    caption: tuple[Inline, ...] = ()
    credit: str = ""
    width: float = 0.0
    href: str = ""


class MediaKind(Enum):
    FILM = auto()
    SOUND = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Media(Figure):
    """A film or a sound: a figure that can be played. `source` is its file, `poster` the picture that stands for it.

    It plays from `start` to `end`, in seconds; an `end` of 0 is the file's.
    """

    kind: MediaKind
    poster: str = ""
    start: float = 0.0
    end: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(_Block):
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns(_Block):
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseField:
    """A field of a case: `name` is one of `cases.FIELDS`, empty for one of the author's own; `label` is as written.

    `values` are the items of a list, or one text.
    """

    name: str
    label: str
    values: tuple[tuple[Inline, ...], ...]
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(_Block):
    """A `/// case` block: its fields in the order of the text, each known one once; `blocks` are what else stands in
    it.
    """

    fields: tuple[CaseField, ...]
    blocks: tuple[Block, ...]

    def values(self, name: str) -> tuple[tuple[Inline, ...], ...]:
        """What stands in the field `name`; nothing where there is none."""
        return next((each.values for each in self.fields if each.name == name), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(_Block):
    """What the room is asked to do; `kind` is the name of its block. `blocks` are what stands beside its list."""

    kind: str
    title: tuple[Inline, ...]
    """The question; empty where the frame's title asks it."""
    task: Task
    id: str = ""
    minutes: float | None = None
    anonymous: bool = False
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda(_Block):
    """The schedule of one day of the deck's agenda, counted from 1; of all of them where `day` is 0."""

    day: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(_Block):
    """A horizontal rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Private(_Block):
    """The speaker's screen alone; never drawn for the audience, never exported."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Only(_Block):
    """Shown where every given condition holds."""

    blocks: tuple[Block, ...]
    paths: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def holds(self, path: str, language: str) -> bool:
        return (not self.paths or path in self.paths) and (not self.languages or self._is_in(language.lower()))

    def _is_in(self, language: str) -> bool:
        """Whether a language is one of those, “en-gb” also where they say “en”."""
        return any(f"{language}-".startswith(f"{each.lower()}-") for each in self.languages)


Block: TypeAlias = (
    Heading
    | Paragraph
    | ListBlock
    | Quote
    | Table
    | DefinitionList
    | Footnotes
    | Callout
    | CodeBlock
    | MathBlock
    | Figure
    | Columns
    | Case
    | Activity
    | Agenda
    | Rule
    | Private
    | Only
)


@dataclass(frozen=True, slots=True)
class Content:
    """A frame's own text, parsed. `steps` counts the advances its reveals take."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[Block, ...] = ()
    steps: int = 0
    diagnostics: tuple[Diagnostic, ...] = field(default=())
