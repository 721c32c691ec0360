"""Where every frame lies, as frozen values.

Every place has its own coordinates: 1000 units are its height (`FRAME_HEIGHT`), its width is 1000 · ratio, the origin
is its top left corner. `transform` maps them to the parent's coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from atelier.foundation.geometry import FRAME_HEIGHT, IDENTITY, Point, Rect, Similarity


class Surface(Enum):
    """What a place is made of: how deep it lies shows by its surface."""

    WORLD = auto()
    """The root: no card."""
    SECTION = auto()
    """A frame with children: a tinted field under a band."""
    CARD = auto()
    CHERRY = auto()
    """The last child of a cake: a round card."""


class Spot(Enum):
    """Where a frame's own content sits inside it."""

    WHOLE = auto()
    """A card: the content has the frame to itself."""
    BAND = auto()
    """Title and short lead on a band across the top."""
    SIDE = auto()
    """Title and content in a panel on the left, or on the right in a language read from there."""
    PANEL = auto()
    """Title and lead in a free rectangle of the layout (ring, cake, drawing)."""
    CASE = auto()
    """A card whose children stand in its right third."""
    LABEL = auto()
    """Only a title, above the frame: a group of a canvas, all of which is for what lies in it."""


@dataclass(frozen=True, slots=True)
class Ellipse:
    """The line behind a ring's frames, in the frame's units."""

    cx: float
    cy: float
    rx: float
    ry: float


@dataclass(frozen=True, slots=True)
class CakeArt:
    """The tiers of a cake, lowest first, and its cherry, in the frame's units."""

    tiers: tuple[Rect, ...]
    cherry: Ellipse


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on a timeline's axis and the card it belongs to, in the frame's units."""

    at: Point
    tip: Point
    """Where its stem meets the card."""
    pill: Point
    """The middle of its pill."""
    room: float
    """The widest its pill may be."""
    label: str
    """What the pill says; empty: a dot on the axis."""
    hue: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The axes of a timeline, one a lane, from their beginning to their end, and what lies on them, in order."""

    axes: tuple[tuple[Point, Point], ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Edges from the parent's text to its children: lines around corners, in the frame's units."""

    edges: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Spiral:
    """The middles of a spiral's frames, which a line joins, in the frame's units."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing of `map=`: its file as written in the deck and the rectangle it fills, in the frame's units."""

    file: str
    rect: Rect
    clear: tuple[str, ...] = ()
    """Ids of the elements that only mark places and are not drawn."""


Art: TypeAlias = Ellipse | CakeArt | Timeline | Tree | Spiral | Drawing
"""What a frame with children draws behind them."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """An edge between two frames as a cubic curve, in the units of the frame that holds both."""

    start: Point
    leaving: Point
    arriving: Point
    end: Point
    start_arrow: bool
    end_arrow: bool
    unit: float
    """Frame units of one canvas unit."""
    colour: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Inside:
    """How the children of one frame lie in it, its page first where it has one."""

    transforms: tuple[Similarity, ...]
    spot: Spot
    spot_rect: Rect
    layout: str
    page: bool = False
    art: Art | None = None
    round: frozenset[int] = frozenset()
    """Positions of the children that are round cards where they have no children of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One rectangle on the canvas.

    `frame` is the index of the deck's frame shown here. Most frames have one place; one whose content is too long for
    a band has two, the section and, as its first child, a `page` that holds the content.
    """

    index: int
    frame: int
    parent: int = -1
    children: tuple[int, ...] = ()
    depth: int = 0
    transform: Similarity = IDENTITY
    ratio: float
    surface: Surface
    spot: Spot
    spot_rect: Rect
    """Where the own content sits, in the place's units."""
    page: bool = False
    hue: int = 0
    number: str = ""
    """What a cover shows top left: two digits, or the frame's `label` where no pill shows that."""
    layout: str = ""
    """The layout that placed the children, empty for a leaf."""
    case: bool = False
    """Whether it holds a `/// case` block: a little smaller at rest, in a pore of the crumb."""
    art: Art | None = None
    arrows: tuple[Arrow, ...] = ()
    """Edges drawn by hand between frames in it."""

    @property
    def size(self) -> Rect:
        return Rect(0.0, 0.0, FRAME_HEIGHT * self.ratio, FRAME_HEIGHT)

    @property
    def scale(self) -> float:
        """Its height as a share of its parent's."""
        return self.transform.scale
