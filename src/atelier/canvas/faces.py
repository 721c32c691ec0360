"""The three faces of a frame by its size on screen.

f is the height of a frame on screen as a share of the height it has when it fills the view.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from atelier.deck.types import NodeKind

if TYPE_CHECKING:
    from atelier.canvas.model import Canvas
    from atelier.deck.types import FreeNode
    from atelier.foundation.geometry import Size

CONTENT_FROM = 0.52
"""f from which on a frame shows its content alone."""
COVER_UPTO = 0.28
"""f up to which it shows its cover alone; between the two they cross-fade while the camera moves."""
CHIP_BELOW = 0.062
SECTION_BELOW = 0.05
"""A section keeps its title and band down to here."""


READ_FROM = 0.0085
"""The height of letters, as a share of the view's, from which on a node of a canvas shows them."""
BODY = 16.0
"""Canvas units of a node's letters."""


class Face(Enum):
    CONTENT = auto()
    """What the author wrote."""
    COVER = auto()
    """Number, title, first picture."""
    CHIP = auto()
    """A card with bars, no text."""


def full_height(view: Size, ratio: float) -> float:
    """The height of a frame of this ratio that fills a view: the view's own, less where that is narrow or upright."""
    return min(view.height, view.width / ratio)


def content_share(f: float) -> float:
    """How much of a moving frame's face is its content, from 0 (cover) to 1: a smoothstep between the thresholds."""
    t = min(max((f - COVER_UPTO) / (CONTENT_FROM - COVER_UPTO), 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)


def at_rest(f: float, *, section: bool = False) -> Face:
    """The one face of a frame while the camera rests."""
    if f >= CONTENT_FROM:
        return Face.CONTENT
    return Face.CHIP if f < (SECTION_BELOW if section else CHIP_BELOW) else Face.COVER


def read_from(node: FreeNode) -> float:
    """F from which on a node of a canvas shows its content: its letters are as large as on its canvas, not fitted."""
    if node.kind is NodeKind.GROUP:
        return CONTENT_FROM
    return min(READ_FROM * node.height / BODY, CONTENT_FROM) if node.kind is not NodeKind.PICTURE else 0.0


NODE_CHIP_BELOW = 0.022


def node_at_rest(node: FreeNode, f: float) -> Face:
    """The one face of a node of a canvas while the camera rests; its cover is all title, which is read from farther."""
    if f >= read_from(node):
        return Face.CONTENT
    return Face.CHIP if f < NODE_CHIP_BELOW else Face.COVER


def dim(canvas: Canvas, place: int, current: int) -> bool:
    """Whether a place steps back while `current` is shown: all but itself, its ancestors and its descendants."""
    return not (canvas.inside(place, current) or canvas.inside(current, place))
