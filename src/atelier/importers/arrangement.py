"""What stands beside what on a slide: things laid out freely, as text from top to bottom with columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atelier.importers.markdown import columns

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_COLUMNS: Final = 4
_BESIDE: Final = 0.35
"""Of the lower one's height that two things share when they stand beside one another."""


@dataclass(frozen=True, slots=True)
class Box:
    """A thing on a slide: where it lies, as shares of the slide's width and height, and its Markdown."""

    left: float
    top: float
    width: float
    height: float
    text: str

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


def arranged(boxes: Sequence[Box]) -> list[str]:
    """The texts of a slide from top to bottom; those that stand beside one another as columns."""
    out: list[str] = []
    for band in _bands(sorted(boxes, key=lambda box: (box.top, box.left))):
        sides = _sides(band)
        if 1 < len(sides) <= _MOST_COLUMNS:
            out.append(columns(["\n\n".join(box.text for box in side) for side in sides]))
        else:
            ordered = [box for side in sides for box in side] if len(sides) > _MOST_COLUMNS else band
            out += [box.text for box in ordered]
    return out


def _bands(boxes: Sequence[Box]) -> list[list[Box]]:
    """Boxes grouped by the height they lie at."""
    out: list[list[Box]] = []
    for box in boxes:
        for band in out:
            if any(
                min(box.bottom, each.bottom) - max(box.top, each.top)
                > _BESIDE * max(1e-6, min(box.height, each.height))
                for each in band
            ):
                band.append(box)
                break
        else:
            out.append([box])
    return out


def _sides(band: Sequence[Box]) -> list[list[Box]]:
    """The boxes of a band from left to right, those above one another together, each from top to bottom."""
    out: list[list[Box]] = []
    reach = -1.0
    for box in sorted(band, key=lambda each: each.left):
        overlap = reach - box.left
        if out and overlap > 0.25 * max(1e-6, min(box.width, max(each.width for each in out[-1]))):
            out[-1].append(box)
            reach = max(reach, box.right)
        else:
            out.append([box])
            reach = box.right
    return [sorted(side, key=lambda each: each.top) for side in out]
