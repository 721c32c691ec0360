"""How the children of one frame lie in it, and where its own text sits.

A layout that cannot hold what it is given is None here; `compose` then takes the grid, which holds everything.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atelier.canvas import layouts, tree
from atelier.canvas import timeline as lines
from atelier.canvas.spiral import SPIRAL_COUNTS, line_through, spiral
from atelier.canvas.types import Spiral, Spot, Timeline, Tree
from atelier.foundation.geometry import Point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from atelier.canvas.layouts import Squares
    from atelier.canvas.types import Art
    from atelier.foundation.geometry import Rect
    from atelier.markup.extent import Extent

LAYOUTS = ("grid", "row", "column", "ring", "spiral", "timeline", "tree", "cake", "cases")
LONGEST_LEAD = 90
"""Signs of a lead that still sits on a band."""
_CROWDED = range(13, 41)
"""Among so many a title in a panel would be too small to be read from outside, and is to be; beyond, none is."""
_NARROWEST_SIDE = 240.0
"""Frame units a panel must be wide for text to stand in it."""
_COUNTS = {
    "ring": layouts.RING_COUNTS,
    "cake": layouts.CAKE_COUNTS,
    "spiral": SPIRAL_COUNTS,
    "timeline": lines.TIMELINE_COUNTS,
    "tree": tree.TREE_COUNTS,
}
"""How many frames the layouts hold that are made for some numbers of them."""
_UNDER_BAND = 0.02
"""Between a band and what is drawn below it, beyond the margin that has of its own."""

# Text in a panel, in h: what a sign, a line and the gap after a paragraph take at 3.2 h, and what a title takes.
_SIGN, _LINE, _GAP = 3.2 * 0.5, 3.2 * 1.4, 3.2 * 0.7
_TITLE_SIGN, _TITLE_LINE, _TITLE_GAP = 5.0 * 0.54, 5.0 * 1.1, 4.2
_PICTURE = 0.6
"""Height of a picture for its width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is known of a frame whose children are placed. `labels` and `hues` are those of the children."""

    count: int
    ratio: float
    root: bool
    title: str
    own: Extent
    mirrored: bool = False
    """Whether it is read from right to left."""
    labels: tuple[str, ...] = ()
    hues: tuple[int, ...] = ()
    hue: int = 0
    siblings: int = 1
    """How many frames lie in the one around it, itself among them."""

    @property
    def brief(self) -> bool:
        return is_brief(self.own)


@dataclass(frozen=True, slots=True)
class Composition:
    """Squares in unit coordinates, the page's first where there is one, and the own text's rectangle in units."""

    layout: str
    squares: Squares
    spot: Spot
    rect: Rect
    page: bool = False
    art: Art | None = None
    round: frozenset[int] = frozenset()
    """Positions of the children that are round cards where they have no children of their own."""


def compose(layout: str, subject: Subject) -> Composition:
    """The children in `layout`, or in a grid where it cannot hold them."""
    return _composed(layout, subject) or _grid(subject)


def held(layout: str, subject: Subject) -> range:
    """How many frames `layout` holds in this frame, if its own text takes none of their places."""
    if layout in _COUNTS:
        return _COUNTS[layout]
    _, field = band_and_field(subject, layouts.MOST_UNDER_HIGH_BAND + 1)
    return range(1, layouts.most_in_lines(field) + 1)


def is_brief(own: Extent) -> bool:
    """Whether the own text is nothing, or a lead that sits on a band."""
    return own.empty or 0 < len(own.lead) <= LONGEST_LEAD


def fits(own: Extent, title: str, rect: Rect) -> bool:
    """Whether title and text fit a rectangle (in units) at 3.2 h, by an estimate from the number of signs, with no
    word broken.
    """
    if own.heavy:
        return False
    width, height = rect.width / 10, rect.height / 10
    if max(map(len, title.split()), default=0) * _TITLE_SIGN > width:
        return False
    used = math.ceil(len(title) * _TITLE_SIGN / width) * _TITLE_LINE + _TITLE_GAP
    used += sum(math.ceil(signs * _SIGN / width) * _LINE + _GAP for signs in own.paragraphs)
    used += own.pictures * (width * _PICTURE + _GAP)
    return used <= height


def band_and_field(subject: Subject, count: int) -> tuple[Rect, Rect]:
    """The band of a frame, in its units, and the field below it, in unit coordinates."""
    if subject.root:
        return layouts.to_units(layouts.ROOT_BAND, subject.ratio), layouts.ROOT_FIELD
    return layouts.to_units(layouts.section_band(count), subject.ratio), layouts.section_field(count)


def _composed(layout: str, subject: Subject) -> Composition | None:
    match layout:
        case "row":
            return _in_field("row", subject, layouts.row)
        case "column":
            return _in_field("column", subject, layouts.column, beside=True)
        case "ring":
            return _around_panel("ring", subject)
        case "cake":
            return _around_panel("cake", subject)
        case "spiral":
            return _spiral(subject)
        case "timeline":
            return _timeline(subject)
        case "tree":
            return _tree(subject)
        case "cases" if subject.count:  # the sections are frames already: `deck.case_sections`
            return _in_field("cases", subject, layouts.grid)
        case _:
            return _grid(subject)


def _grid(subject: Subject) -> Composition:
    if not subject.count:
        band, field = band_and_field(subject, 1)
        return Composition("grid", (layouts.alone(field),), Spot.BAND, band, page=True)
    made = _in_field("grid", subject, layouts.grid)
    assert made is not None
    return made


def _in_field(
    layout: str, subject: Subject, lay: Callable[[int, Rect], Squares | None], *, beside: bool = False
) -> Composition | None:
    """Children in what band or panel leave; `beside` prefers the panel, whose field is higher."""
    for spot, page, rect, field in _ways(subject, beside=beside):
        squares = lay(subject.count + page, field)
        if squares is not None:
            squares = layouts.mirrored(squares) if subject.mirrored else squares
            return Composition(layout, squares, spot, rect, page)
    return None


def _ways(subject: Subject, *, beside: bool) -> Iterator[tuple[Spot, bool, Rect, Rect]]:
    """Where the own text may sit, whether it takes a page, its rectangle and what it leaves: the best first."""
    side = _side(subject)
    if not beside and subject.siblings in _CROWDED:
        side = None
    if subject.brief and not beside:
        yield Spot.BAND, False, *band_and_field(subject, subject.count)
    if (beside or not subject.brief) and side is not None:
        if fits(subject.own, subject.title, side):
            yield Spot.SIDE, False, side, layouts.SIDE_FIELD
        elif beside and not subject.brief:
            yield Spot.SIDE, True, side, layouts.SIDE_FIELD
    if subject.brief and beside:
        yield Spot.BAND, False, *band_and_field(subject, subject.count)
    if not subject.brief:
        yield Spot.BAND, True, *band_and_field(subject, subject.count + 1)


def _side(subject: Subject) -> Rect | None:
    """The panel beside the children, in units; None where it would be too narrow to read in."""
    panel = layouts.mirrored_rect(layouts.SIDE_PANEL) if subject.mirrored else layouts.SIDE_PANEL
    rect = layouts.to_units(panel, subject.ratio)
    return rect if rect.width >= _NARROWEST_SIDE else None


def _around_panel(layout: str, subject: Subject) -> Composition | None:
    for page in (False,) if subject.brief else (False, True):
        count = subject.count + page
        if count not in _COUNTS[layout]:
            continue
        made, spot = _panelled(layout, subject, count)
        panel = layouts.to_units(made.panel, subject.ratio)
        inside = spot is Spot.PANEL and fits(subject.own, subject.title, panel)
        if page or subject.brief or inside:
            rounds = frozenset({count - 1}) if layout == "cake" else frozenset[int]()
            return Composition(layout, made.squares, spot, panel, page, made.art, rounds)
    return None


def _panelled(layout: str, subject: Subject, count: int) -> tuple[layouts.Arrangement, Spot]:
    """Ring or cake with its panel, or below a band where the panel would be too narrow to read in."""
    ratio = subject.ratio
    made = layouts.ring(count, ratio) if layout == "ring" else layouts.cake(count, ratio)
    if ratio >= 1.0 or layouts.to_units(made.panel, ratio).width >= _NARROWEST_SIDE:
        return made, Spot.PANEL
    band = layouts.ROOT_BAND if subject.root else layouts.section_band(count)
    top = band.bottom + _UNDER_BAND
    if layout == "cake":
        made = layouts.cake(count, ratio, smallest=layouts.SMALLEST_COVER / (1.0 - top))
    return layouts.below(made, band, top, ratio), Spot.BAND


def _spiral(subject: Subject) -> Composition | None:
    if subject.count not in SPIRAL_COUNTS:
        return None
    spot, page, rect, field = next(_ways(subject, beside=False))
    squares = spiral(subject.count + page, layouts.mirrored_rect(field) if subject.mirrored else field)
    return Composition("spiral", squares, spot, rect, page, Spiral(line_through(squares, subject.ratio)))


def _timeline(subject: Subject) -> Composition | None:
    page = not subject.brief
    if subject.count not in lines.TIMELINE_COUNTS or subject.count + page not in lines.TIMELINE_COUNTS:
        return None
    band, field = (lines.ROOT_BAND, lines.ROOT_FIELD) if subject.root else (lines.SECTION_BAND, lines.SECTION_FIELD)
    labels, hues = subject.labels, subject.hues
    if page:
        labels, hues = ("", *labels), (subject.hue, *hues)
    squares, art = lines.timeline(labels, hues, field, subject.ratio, mirrored=subject.mirrored)
    return Composition("timeline", squares, Spot.BAND, layouts.to_units(band, subject.ratio), page, art)


def _tree(subject: Subject) -> Composition | None:
    if subject.count not in tree.TREE_COUNTS:
        return None
    side = _side(subject)
    page = not subject.brief and (side is None or not fits(subject.own, subject.title, side))
    count = subject.count + page
    if side is None:
        rect, field = band_and_field(subject, count)
        grown = tree.tree_below(count, field)
    else:
        rect, grown = side, tree.tree_beside(count, root=subject.root)
    squares = layouts.mirrored(grown.squares) if subject.mirrored else grown.squares
    art = Tree(tree.in_units(grown.edges, subject.ratio, mirrored=subject.mirrored))
    return Composition("tree", squares, Spot.BAND if side is None else Spot.SIDE, rect, page, art)


def reaching(art: Art | None, boxes: Sequence[Rect]) -> Art | None:
    """`art` with stems and edges that end at the frames' own `boxes` (in units), where these are no squares."""
    if isinstance(art, Timeline):
        marks = (replace(m, tip=_at_edge(m.at, m.tip, box)) for m, box in zip(art.marks, boxes, strict=True))
        return replace(art, marks=tuple(marks))
    if isinstance(art, Tree):
        ends = ((*edge[:-1], _at_edge(edge[-2], edge[-1], box)) for edge, box in zip(art.edges, boxes, strict=True))
        return replace(art, edges=tuple(ends))
    return art


def _at_edge(start: Point, end: Point, box: Rect) -> Point:
    """Where a line that is level or upright comes to a box."""
    if abs(end.x - start.x) < abs(end.y - start.y):
        return Point(end.x, box.y if end.y > start.y else box.bottom)
    return Point(box.x if end.x > start.x else box.right, end.y)
