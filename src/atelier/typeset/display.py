"""The display list: what a frame shows, as positioned items in frame units (1000 a frame's height).

One list is drawn everywhere: in tiles on screen, in PNG and in PDF. Items are frozen; text layouts, paths and brushes
inside them are built once and never changed afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from atelier.foundation.geometry import Rect, Size

if TYPE_CHECKING:
    from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QTextLayout

    from atelier.foundation.diagnostics import Diagnostic
    from atelier.markup.blocks import Activity
    from atelier.typeset.media import Film
    from atelier.typeset.pictures import Picture
    from atelier.typeset.structure import Element


_NOWHERE = Rect(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """`step` is the advance that reveals the item, `until` the one that takes it away again (0: none does).

    `element` is what it is a part of; what has none is ground or ornament, or a text that stands by itself.
    """

    bounds: Rect
    step: int = 0
    until: int = 0
    element: Element | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextItem(_Item):
    """Lines `first` to `last` (exclusive; 0 means to the end) of a laid out text, its origin at (x, y).

    `aside` is what stands beside the text for those who look twice: captions, credits, notes, labels, numbers.
    """

    layout: QTextLayout
    x: float = 0.0
    y: float = 0.0
    first: int = 0
    last: int = 0
    scale: float = 1.0
    aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxItem(_Item):
    """A rectangle with round corners. Gradients are in object coordinates (0 to 1 across the box).

    `of_text` is the ground of words in a line, or the line below or through them: it goes where they go.
    """

    radius: float = 0.0
    fill: QBrush | QColor | None = None
    stroke: QColor | None = None
    stroke_width: float = 0.0
    of_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PathItem(_Item):
    """A path whose own origin lies at (x, y), enlarged by `scale`. `em` is the size of the text that a formula is set
    in, before that; 0 for what is no text.
    """

    path: QPainterPath
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    fill: QBrush | QColor | None = None
    pen: QPen | None = None
    em: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureItem(_Item):
    """A picture in `bounds`; `crop` fills them and cuts what stands over, otherwise the picture has their shape."""

    picture: Picture
    radius: float = 0.0
    crop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowItem(_Item):
    """The soft shadow of a box; `bounds` hold all of it, `box` is what casts it."""

    box: Rect
    radius: float
    colour: QColor
    offset: float
    blur: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaItem(_Item):
    """Where a film or sound plays. It draws nothing: what stands there until then are the items below it.

    `mark` is the disc of its sign, `level` the line of levels of a sound, both from the corner of `bounds`.
    """

    film: Film
    mark: Rect
    radius: float = 0.0
    level: QPainterPath | None = None


Item: TypeAlias = TextItem | BoxItem | PathItem | PictureItem | ShadowItem | MediaItem


@dataclass(frozen=True, slots=True)
class LinkBox:
    """Where a click follows `href`, once `step` is reached."""

    rect: Rect
    href: str
    step: int = 0


@dataclass(frozen=True, slots=True)
class ClockBox:
    """Where the time of an activity stands: of one of its rounds (from 0), or of all of it (-1).

    While it is counted down it takes the place of what stands at `rect`, and may grow over `room`, from the right edge
    where `from_right` says so. `hue` is the colour of the clock.
    """

    rect: Rect
    room: Rect
    activity: Activity
    hue: QColor
    round: int = -1
    from_right: bool = False
    step: int = 0

    def placed(self, dx: float, dy: float, step: int) -> ClockBox:
        """The box shifted by (dx, dy), shown from `step` at the earliest."""
        rect, room = self.rect.translated(dx, dy), self.room.translated(dx, dy)
        return replace(self, rect=rect, room=room, step=max(step, self.step))


@dataclass(frozen=True, slots=True)
class DisplayList:
    """One face of one frame, ready to paint.

    `bounds` hold everything drawn: shadows and hollows reach beyond the frame. `steps` counts the advances that change
    what is shown.
    """

    size: Size
    items: tuple[Item, ...]
    links: tuple[LinkBox, ...] = ()
    steps: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    bounds: Rect = _NOWHERE
    clocks: tuple[ClockBox, ...] = ()


def ground_count(display: DisplayList) -> int:
    """How many of the first items are ground: those before the first word or picture of the text."""
    for i, item in enumerate(display.items):
        if isinstance(item, TextItem) or item.element is not None:
            return i
    return len(display.items)


def union(rects: list[Rect]) -> Rect:
    """The smallest rectangle around `rects`, which must not be empty."""
    left = min(r.x for r in rects)
    top = min(r.y for r in rects)
    right = max(r.right for r in rects)
    bottom = max(r.bottom for r in rects)
    return Rect(left, top, right - left, bottom - top)


def placed(item: Item, dx: float, dy: float, step: int, until: int, element: Element | None) -> Item:
    """`item` shifted by (dx, dy), shown from `step` at the earliest, a part of `element` unless it has its own."""
    step = max(step, item.step)
    until = item.until or until
    element = item.element or element
    bounds = item.bounds.translated(dx, dy)
    if isinstance(item, TextItem | PathItem):
        moved = (item.x + dx, item.y + dy)
        return replace(item, bounds=bounds, step=step, until=until, element=element, x=moved[0], y=moved[1])
    if isinstance(item, ShadowItem):
        box = item.box.translated(dx, dy)
        return replace(item, bounds=bounds, step=step, until=until, element=element, box=box)
    return replace(item, bounds=bounds, step=step, until=until, element=element)
