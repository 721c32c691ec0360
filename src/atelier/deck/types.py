"""A deck as frozen values: frames in reading order, paths with their stops."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path  # noqa: TC003 - part of the public value

from atelier.deck.geometry import Geometry  # noqa: TC001 - part of the public value
from atelier.deck.yaml_nodes import Node  # noqa: TC001 - part of the public value
from atelier.foundation.diagnostics import Diagnostic  # noqa: TC001 - part of the public value
from atelier.markup.blocks import Inline  # noqa: TC001 - part of the public value
from atelier.markup.extent import Extent  # noqa: TC001 - part of the public value
from atelier.markup.source import Definitions, SourceEmbed

DEFAULT_RATIO = 16 / 9


class NodeKind(Enum):
    """What a node of a canvas shows."""

    CANVAS = auto()
    """The root around all nodes."""
    GROUP = auto()
    TEXT = auto()
    NOTE = auto()
    """A Markdown file, or a part of it."""
    PICTURE = auto()
    LINK = auto()
    FILE = auto()
    """A file of another kind, by its name alone."""


@dataclass(frozen=True, slots=True)
class FreeNode:
    """What a frame shows that is a node of a canvas and no heading of a text."""

    kind: NodeKind
    colour: str = ""
    """As JSON Canvas has it: "1" to "6", or #RRGGBB; empty for none."""
    reference: str = ""
    """The address of a link, the file of a picture, as the canvas has it."""
    height: float = 0.0
    """Canvas units: body text is 16 of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The file that frames were put in from by `![[file]]`, one time of several it may be."""

    file: Path
    within: Path
    """The folder that its pictures may lie in, resolved: the deck's, or one of its library."""
    definitions: Definitions
    outer: Origin | None = None
    """Where the text with the `![[file]]` was put in from itself; None for the deck's own."""
    ids: tuple[tuple[str, str], ...] = ()
    """What its frames, and those put into them, are called in the file and in the deck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A heading and what follows it. `index` is its place in reading order, the root's is 0."""

    index: int
    id: str
    title: str
    """Its words, French or English typography applied, private spans left out."""
    title_inlines: tuple[Inline, ...]
    heading: str = ""
    """The title's Markdown as written, without the marks and the attributes."""
    line: int
    parent: int = -1
    children: tuple[int, ...] = ()
    depth: int = 0
    source: str = ""
    """The Markdown of its own content."""
    source_line: int = 1
    """The file's line of the first line of `source`."""
    blocks: tuple[str, ...] = ()
    """Names of the `///` blocks in `source`."""
    embeds: tuple[SourceEmbed, ...] = ()
    """The lines of the text that put other frames into it."""
    extent: Extent | None = None
    """How much its own text is, where a layout will ask: in a frame with others inside, and in the root."""
    lang: str = ""
    ratio: float = DEFAULT_RATIO
    layout: str = ""
    by: str = ""
    """The field of cases that the layout `cases` goes by; empty where the author names none."""
    made: bool = False
    """A section that the layout `cases` made of frames with something in common, and no heading."""
    map: str = ""
    """Path of the drawing as written, relative to the deck's folder."""
    minutes: float | None = None
    optional: bool = False
    """May be dropped when time is short; inherited by descendants."""
    skip: bool = False
    """On the canvas, not on the default path; inherited by descendants."""
    private: bool = False
    """Hidden from everyone but the speaker; inherited by descendants."""
    background: str = ""
    label: str = ""
    classes: tuple[str, ...] = ()
    node: FreeNode | None = None
    """What it shows if it is a node of a canvas; None for a heading."""
    origin: Origin | None = None
    """The file it was put in from, which its lines, pictures and links are of; None for the deck's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaBlock:
    """A frame with all in it, or a break (`frame` is None; -1 is a frame that was taken out of the deck)."""

    title: str
    start: float
    """Minutes after midnight."""
    minutes: float
    frame: int | None = None
    at: float | None = None
    """The time it was given; None where it follows the one before."""
    optional: bool = False
    private: bool = False
    """Its frame is the speaker's alone."""
    line: int = 0

    @property
    def end(self) -> float:
        return self.start + self.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    title: str
    start: float
    end: float | None
    """When it should end; None where the agenda does not say."""
    blocks: tuple[AgendaBlock, ...]
    date: str = ""
    """YYYY-MM-DD, or empty."""
    line: int = 0


class View(Enum):
    """The values are those of the journal."""

    FRAME = "FRAME"
    OVERVIEW = "OVERVIEW"
    """The frame's parent as a whole, or the canvas for the root."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where a path rests. `hold` is in seconds, for unattended play; None waits for the speaker."""

    frame: int
    view: View = View.FRAME
    hold: float | None = None


@dataclass(frozen=True, slots=True)
class NamedPath:
    """An order through the frames. The default path's `name` is empty."""

    name: str
    stops: tuple[Stop, ...]
    minutes: float | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """Where a deck is shown, in metres: how wide the picture on the wall is, how far from it the last row sits."""

    width: float = 3.0
    distance: float = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """One text, read. `folder` is where pictures are looked for, and nothing outside it is ever read."""

    file: Path | None
    folder: Path | None
    title: str
    frames: tuple[Frame, ...]
    paths: tuple[NamedPath, ...]
    """The default path first, then the named ones in the order of the front matter."""
    definitions: Definitions = field(default_factory=Definitions)
    lang: str = "en"
    author: str = ""
    abstract: tuple[tuple[str, str], ...] = ()
    """(language, text)"""
    theme: str = ""
    ratio: float = DEFAULT_RATIO
    tags: tuple[str, ...] = ()
    redact: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    """SHA-256 of the bytes read, in hexadecimal."""
    keywords: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    """Of a blog, for its draft."""
    date: str = ""
    event: str = ""
    licence: str = ""
    minutes: float | None = None
    """What the front matter plans for the default path."""
    room: Room = field(default_factory=Room)
    extra: tuple[tuple[str, Node], ...] = ()
    """Front-matter keys that others read (agenda), as they stand."""
    agenda: tuple[Day, ...] = ()
    geometry: Geometry | None = None
    """Where frames were put by hand; None where no `.canvas` lies beside the text."""
    embedded: tuple[tuple[Path, str], ...] = ()
    """The files that were put in, each with the digest of its bytes; it is empty for one that could not be read."""
    diagnostics: tuple[Diagnostic, ...] = ()

    def file_of(self, frame: Frame) -> Path | None:
        """The file that a frame's lines are counted in."""
        return self.file if frame.origin is None else frame.origin.file

    def folder_of(self, frame: Frame) -> Path | None:
        """Where a frame's pictures are looked for."""
        return self.folder if frame.origin is None else frame.origin.file.parent

    def id_beside(self, frame: Frame, other: Frame) -> str:
        """What the file of `frame` calls another frame."""
        known = frame.origin.ids if frame.origin is not None else ()
        return next((own for own, id_ in known if id_ == other.id), other.id)

    @property
    def root(self) -> Frame:
        return self.frames[0]

    def frame(self, id_: str) -> Frame | None:
        """The frame with this id; linear, keep a table where it is asked often."""
        return next((f for f in self.frames if f.id == id_), None)

    def path(self, name: str) -> NamedPath | None:
        return next((p for p in self.paths if p.name == name), None)

    def ancestors(self, index: int) -> tuple[int, ...]:
        """From the parent of `index` up to the root."""
        out: list[int] = []
        while (index := self.frames[index].parent) >= 0:
            out.append(index)
        return tuple(out)

    def section(self, index: int) -> int:
        """The frame just below the root that `index` lies in, or is; 0 for the root."""
        while self.frames[index].depth > 1:
            index = self.frames[index].parent
        return index if self.frames[index].depth == 1 else 0
