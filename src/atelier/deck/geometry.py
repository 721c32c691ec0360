"""Where frames were put by hand, as the `.canvas` beside the text says it.

Boxes are upright and in canvas units, absolute: a frame is turned about its middle after its box was placed, with all
that lies in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path  # noqa: TC003 - part of the public value
from typing import TYPE_CHECKING

from atelier.foundation.geometry import Rect  # noqa: TC001 - part of the public value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.deck.json_canvas import CanvasFile
    from atelier.foundation.diagnostics import Diagnostic

ROOT_WIDTH = 16_000.0
"""Canvas units of the root where nobody has given it another size."""
SMALLEST_WRITTEN = 64.0
"""Frames narrower than this many canvas units are left to their layout."""


@dataclass(frozen=True, slots=True)
class Exact:
    """What was written of a place beyond its integers: doubles relative to the parent, in the parent's frame units.

    They hold while the node is at the integers it was written with (`node`).
    """

    values: tuple[float, ...]
    """x, y and scale of a frame; x, y, width and height of an own text."""
    node: Rect


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """One frame's place, and that of its own text where other frames lie in it. `rotation` is in radians, clockwise,
    relative to the parent.
    """

    box: Rect | None = None
    rotation: float = 0.0
    exact: Exact | None = None
    text: Rect | None = None
    text_exact: Exact | None = None
    text_page: bool = False
    """Whether the own text was a page when it was written."""
    text_moved: bool = False
    """Whether somebody has moved the own text from where its layout had it."""
    node: int = -1
    """Position of its node in the file; of its text below. -1: none."""
    text_node: int = -1


@dataclass(frozen=True, slots=True)
class Line:
    """An edge between two frames, by their ids. A side is top, right, bottom, left, or empty: the nearest."""

    start: str
    end: str
    start_side: str = ""
    end_side: str = ""
    start_arrow: bool = False
    end_arrow: bool = True
    colour: str = ""
    """"1" to "6", or #RRGGBB; empty for none."""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Geometry:
    """What a `.canvas` says of the frames of a deck, by the frames' ids."""

    file: Path
    hands: Mapping[str, Hand]
    canvas: CanvasFile = field(compare=False, repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    lines: tuple[Line, ...] = ()
    notes: tuple[Path, ...] = ()
    """The texts that nodes show, beside the canvas itself."""
