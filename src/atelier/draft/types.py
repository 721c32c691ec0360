"""An article: what a draft says, in order, whatever it is written as."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - part of the public value
from dataclasses import dataclass, field
from enum import Enum, auto

from atelier.markup.blocks import Block, Footnote, Inline  # noqa: TC001 - part of the public value
from atelier.markup.words import words as text_of

TOP_LEVEL = 2
"""The level of the outermost headings: the title of the article has the first one."""
DEEPEST_LEVEL = 6


class ScreenText(Enum):
    """What becomes of the text that the room saw, where a frame has notes. Without notes it is always there."""

    MORE = auto()
    """What says more than the notes."""
    ALL = auto()
    NONE = auto()
    """Pictures, tables, code and formulas are no text: they stay."""


class LeftOut(Enum):
    """What becomes of frames of the path that a talk did not show."""

    OMIT = auto()
    MARK = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is wanted of an article. `depth` is the deepest level of heading, from 2 to 6."""

    screen_text: ScreenText = ScreenText.MORE
    left_out: LeftOut = LeftOut.OMIT
    depth: int = DEEPEST_LEVEL
    language_tag: bool = False
    """Whether the title begins with its language: “[fr] …”."""
    more: bool = False
    """Whether there is a mark after the beginning, where a list of articles cuts it."""
    similar: bool = True
    canvas: str = ""
    """The address of the canvas on the network, or beside the article; empty for none."""


class Kind(Enum):
    PATH = auto()
    DETOUR = auto()
    """The talk had left its path."""
    LEFT_OUT = auto()
    """On the path, and not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of an article. `name` is that of its file, alone of its kind in the article; `media_type` as in MIME.

    `data` holds nothing that says where or by whom it was made: metadata are taken out.
    """

    name: str
    media_type: str
    data: bytes
    alt: str = ""
    width: int = 0
    height: int = 0
    """Pixels; 0 where they are not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A frame as a section. Its blocks are linear (`deck.linear`); pictures in them are named as in the article, links
    to frames lead to the id of another section, footnotes are numbered through the article.
    """

    id: str
    title: tuple[Inline, ...]
    level: int
    kind: Kind = Kind.PATH
    lang: str = ""
    """Empty where it is the article's."""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A link that leads out of the article, with the words it stands behind."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Similar:
    """Another deck that may interest a reader."""

    title: str
    abstract: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a draft says."""

    title: str
    """With its tag, where one was wanted."""
    lang: str
    slug: str
    """What it is called in an address."""
    key: str
    """The same for every language of one deck."""
    author: str = ""
    date: str = ""
    """YYYY-MM-DD, or as the author wrote it."""
    event: str = ""
    licence: str = ""
    abstracts: tuple[tuple[str, str], ...] = ()
    """(language, text), that of another language first: the article itself is in its own."""
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    lead: tuple[Block, ...] = ()
    """What stands before the first heading."""
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    sources: tuple[Source, ...] = ()
    similar: tuple[Similar, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict[str, Picture])
    """By their names, in the order they come."""
    canvas: str = ""
    more: bool = False
    words: int = 0
    missing: tuple[str, ...] = ()
    """What the talk showed and the deck does not have any more, in its own words."""

    @property
    def minutes(self) -> int:
        """How long it takes to read: 200 words a minute, at least one."""
        return max(1, round(self.words / WORDS_PER_MINUTE))

    @property
    def beginning(self) -> int:
        """How many sections belong to the beginning, behind which a list of articles cuts it: none where what stands
        before the first heading is enough of one.
        """
        return 0 if len(text_of(self.lead).split()) >= SHORTEST_BEGINNING else min(1, len(self.sections))

    @property
    def summary(self) -> str:
        """The abstract in the language of the article, else the first one there is."""
        own = self.lang.partition("-")[0]
        return next((text for language, text in self.abstracts if language.partition("-")[0] == own), "") or next(
            (text for _language, text in self.abstracts), ""
        )


WORDS_PER_MINUTE = 200
SHORTEST_BEGINNING = 40
"""Words that are enough of a beginning."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A frame of the deck, in the order of an article; `frame` is its index."""

    frame: int
    kind: Kind = Kind.PATH


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that was drawn of a frame, as PNG: `data`, and how many pixels it has."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn for an article, by the index of the frame."""

    frames: Mapping[int, Drawing] = field(default_factory=dict[int, Drawing])
    """The frame as the room saw it."""
    ink: Mapping[int, tuple[Drawing, ...]] = field(default_factory=dict[int, "tuple[Drawing, ...]"])
    """The frame with what was drawn on it, a picture a page."""
