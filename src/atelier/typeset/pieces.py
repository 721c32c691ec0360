"""What is set but not yet placed: pieces of content, and rows that flow down a column.

A piece is a small tree of display items with positions relative to its own corner. Rows are the units a column may be
broken between; rows of one panel (a callout, a code listing, a table) share its ground.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtGui import QTransform

from atelier.foundation.geometry import Rect
from atelier.typeset.display import BoxItem, ClockBox, LinkBox, MediaItem, PathItem, PictureItem, TextItem, placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QColor

    from atelier.typeset.display import Item
    from atelier.typeset.structure import Element


@dataclass(slots=True)
class Piece:
    """`baseline` is that of its first line; `step` the advance that reveals all of it."""

    width: float
    height: float
    parts: list[tuple[float, float, Part]] = field(default_factory=list["tuple[float, float, Part]"])
    links: list[LinkBox] = field(default_factory=list[LinkBox])
    baseline: float = 0.0
    step: int = 0
    until: int = 0
    clocks: list[ClockBox] = field(default_factory=list[ClockBox])
    element: Element | None = None
    """What all of it is a part of, but for pieces in it that have their own."""

    def add(self, x: float, y: float, part: Part) -> None:
        self.parts.append((x, y, part))


Part: TypeAlias = "TextItem | BoxItem | PathItem | PictureItem | MediaItem | Piece"


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The ground under rows that belong together. `head` stands at its top, again where it goes on after a break."""

    width: float
    x: float = 0.0
    """From the edge of the column; the rows have their own."""
    pad_x: float = 0.0
    pad_top: float = 0.0
    pad_bottom: float = 0.0
    fill: QColor | None = None
    stroke: QColor | None = None
    stroke_width: float = 0.0
    radius: float = 0.0
    bar: QColor | None = None
    """A line down the leading edge."""
    bar_width: float = 0.0
    bar_right: bool = False
    head: Piece | None = None
    head_gap: float = 0.0
    step: int = 0
    stretch: bool = False
    """May be drawn taller than its rows, to end with a neighbour."""
    element: Element | None = None


@dataclass(slots=True)
class Row:
    """`gap` is the space above, dropped at the top of a column; a glued row keeps the next one with it. One that only
    parts its neighbours is left out where it has lost one of them.
    """

    piece: Piece
    x: float = 0.0
    gap: float = 0.0
    panel: Panel | None = None
    glued: bool = False
    parting: bool = False


def shift(rows: Sequence[Row], dx: float) -> None:
    """Moves `rows` to the right, and the panels they stand on with them."""
    moved: dict[Panel, Panel] = {}
    for row in rows:
        row.x += dx
        if row.panel is not None:
            if row.panel not in moved:
                moved[row.panel] = replace(row.panel, x=row.panel.x + dx)
            row.panel = moved[row.panel]


def kept_together(rows: list[Row], whole: int) -> list[Row]:
    """The rows of a listing or table: up to `whole` of them stay together, of more none is left alone at a break."""
    if len(rows) <= whole:
        for row in rows[:-1]:
            row.glued = True
    else:
        rows[0].glued = rows[-2].glued = True
    return rows


def extent(rows: Sequence[Row]) -> float:
    """The height of `rows` set below each other."""
    y = 0.0
    panel: Panel | None = None
    for i, row in enumerate(rows):
        if row.panel is not panel and panel is not None:
            y += panel.pad_bottom
        y += row.gap if i else 0.0
        if row.panel is not panel:
            panel = row.panel
            if panel is not None:
                y += panel.pad_top + _head(panel)
        y += row.piece.height
    return y + (panel.pad_bottom if panel is not None else 0.0)


def _head(panel: Panel) -> float:
    return panel.head.height + panel.head_gap if panel.head is not None else 0.0


def stack(rows: Sequence[Row], width: float) -> Piece:
    """One piece of `rows` set below each other, the grounds of their panels included."""
    out = Piece(width, 0.0)
    y = 0.0
    panel: Panel | None = None
    opened = 0
    top = 0.0

    def close(bottom: float) -> None:
        if panel is not None:
            out.parts.insert(opened, (panel.x, top, _ground(panel, bottom - top)))

    for i, row in enumerate(rows):
        if row.panel is not panel and panel is not None:
            y += panel.pad_bottom
            close(y)
        y += row.gap if i else 0.0
        if row.panel is not panel:
            panel = row.panel
            if panel is not None:
                opened, top = len(out.parts), y
                y += panel.pad_top
                if panel.head is not None:
                    head = Piece(panel.head.width, panel.head.height, [(0.0, 0.0, panel.head)], step=panel.step)
                    head.element = panel.element
                    out.add(panel.x + panel.pad_x, y, head)
                    y += _head(panel)
        if i == 0:
            out.baseline = y + row.piece.baseline
        out.add(row.x, y, row.piece)
        y += row.piece.height
    if panel is not None:
        y += panel.pad_bottom
        close(y)
    out.height = y
    return out


def _ground(panel: Panel, height: float) -> Piece:
    ground = Piece(panel.width, height, step=panel.step, element=panel.element)
    if panel.fill is not None or panel.stroke is not None:
        box = Rect(0.0, 0.0, panel.width, height)
        ground.add(
            0.0,
            0.0,
            BoxItem(
                bounds=box,
                radius=panel.radius,
                fill=panel.fill,
                stroke=panel.stroke,
                stroke_width=panel.stroke_width,
            ),
        )
    if panel.bar is not None:
        x = panel.width - panel.bar_width if panel.bar_right else 0.0
        bar = Rect(x, 0.0, panel.bar_width, height)
        ground.add(0.0, 0.0, BoxItem(bounds=bar, radius=panel.bar_width / 2, fill=panel.bar))
    return ground


def columns(rows: Sequence[Row], height: float) -> list[list[Row]]:
    """`rows` broken into columns of at most `height`, glued rows kept together where that is possible."""
    out: list[list[Row]] = []
    current: list[Row] = []

    def end() -> list[Row]:
        while current and current[-1].parting:
            current.pop()
        if current:
            out.append(current)
        return []

    for group in _groups(rows):
        if current and extent([*current, *group]) > height:
            current = end()
        if not current and group[0].parting:
            continue
        if not current and extent(group) > height:
            for row in group:
                if current and extent([*current, row]) > height:
                    current = end()
                current.append(row)
        else:
            current.extend(group)
    end()
    return out


def tallest_group(rows: Sequence[Row], height: float) -> float:
    """The height of the tallest rows that are kept together where `height` allows it."""
    return max((tall for group in _groups(rows) if (tall := extent(group)) <= height), default=0.0)


def _groups(rows: Sequence[Row]) -> Iterable[list[Row]]:
    group: list[Row] = []
    for row in rows:
        group.append(row)
        if not row.glued:
            yield group
            group = []
    if group:
        yield group


def shrunk(piece: Piece, factor: float) -> Piece:
    """`piece` at `factor` of its size: the last resort for what can neither be broken nor set smaller."""
    out = Piece(piece.width * factor, piece.height * factor, step=piece.step, until=piece.until, element=piece.element)
    out.baseline = piece.baseline * factor
    out.links = [LinkBox(_zoomed(link.rect, factor), link.href, link.step) for link in piece.links]
    out.clocks = [replace(it, rect=_zoomed(it.rect, factor), room=_zoomed(it.room, factor)) for it in piece.clocks]
    for x, y, part in piece.parts:
        out.add(x * factor, y * factor, shrunk(part, factor) if isinstance(part, Piece) else _smaller(part, factor))
    return out


def _zoomed(rect: Rect, factor: float) -> Rect:
    return Rect(rect.x * factor, rect.y * factor, rect.width * factor, rect.height * factor)


def _smaller(item: Item, factor: float) -> TextItem | BoxItem | PathItem | PictureItem | MediaItem:
    bounds = _zoomed(item.bounds, factor)
    if isinstance(item, TextItem | PathItem):
        return replace(item, bounds=bounds, x=item.x * factor, y=item.y * factor, scale=item.scale * factor)
    if isinstance(item, BoxItem):
        return replace(item, bounds=bounds, radius=item.radius * factor, stroke_width=item.stroke_width * factor)
    if isinstance(item, PictureItem):
        return replace(item, bounds=bounds, radius=item.radius * factor)
    if isinstance(item, MediaItem):
        level = QTransform.fromScale(factor, factor).map(item.level) if item.level is not None else None
        return replace(item, bounds=bounds, mark=_zoomed(item.mark, factor), radius=item.radius * factor, level=level)
    raise TypeError(type(item))


@dataclass(slots=True)
class Sheet:
    """Collects the placed items and links of a face."""

    items: list[Item] = field(default_factory=list["Item"])
    links: list[LinkBox] = field(default_factory=list[LinkBox])
    clocks: list[ClockBox] = field(default_factory=list[ClockBox])

    def put(
        self, part: Part, x: float, y: float, step: int = 0, until: int = 0, element: Element | None = None
    ) -> None:
        if not isinstance(part, Piece):
            self.items.append(placed(part, x, y, step, until, element))
            return
        element = part.element or element
        step = max(step, part.step)
        until = part.until or until
        self.links.extend(LinkBox(ln.rect.translated(x, y), ln.href, max(step, ln.step)) for ln in part.links)
        self.clocks.extend(clock.placed(x, y, step) for clock in part.clocks)
        for dx, dy, inner in part.parts:
            self.put(inner, x + dx, y + dy, step, until, element)
