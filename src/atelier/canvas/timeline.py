"""The layout `timeline`: frames on both sides of an axis, above and below in turn, with what they are called on it.

In a frame that is higher than wide the axis runs downwards. How wide a pill will be is estimated from its signs, for
fonts are not known here; `Mark.room` is what it may have at most, and pills within their room never touch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atelier.canvas.layouts import SMALLEST_COVER
from atelier.canvas.types import Mark, Timeline
from atelier.foundation.geometry import FRAME_HEIGHT, Point, Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.canvas.layouts import Square, Squares

TIMELINE_COUNTS = range(2, 19)
ROOT_BAND = Rect(0.05, 0.055, 0.90, 0.15)
ROOT_FIELD = Rect(0.04, 0.22, 0.92, 0.74)
SECTION_BAND = Rect(0.0, 0.0, 1.0, 0.24)
SECTION_FIELD = Rect(0.04, 0.305, 0.92, 0.645)

_PER_LANE = 9
_LARGEST = 0.30
_NEXT_TO = 1.1
"""Sides between two frames on one side of the axis."""
_FARTHEST = 0.345
"""Between two frames that follow each other, at most."""
_TO_AXIS = 0.042
_BETWEEN_LANES = 0.03
_TALLER = 1.1
"""How much larger frames must be for a lane less."""

# Lengths of pills, in h.
PILL_SIZE = 2.8
PILL_PAD = 2.0
PILL_HEIGHT = 4.9
SMALLEST_PILL = 7.0
_SIGN, _NARROW = 1.9, 0.8
_APART = 0.8
_CLEAR = 1.0
"""Between a pill and a card or the frame's edge."""
_DOT = 2.4
_WIDEST = 0.42
"""The share of the frame a pill takes at most."""
_STEM_INSIDE = 2.5
"""A pill that moves away from the frame's edge keeps its stem this far from its end."""
_MOST_SIGNS = 120
_NARROW_SIGNS = frozenset(" \u00a0\u202f.,:;'’|iIl()/-jt")


class _Lanes(NamedTuple):
    """A way to lay frames out. Lengths across the axis are in unit coordinates."""

    number: int
    per_lane: int
    side: float
    pitch: float
    start: float
    to_axis: float
    staggered: bool
    """Whether pills lie beside the axis, on the side of their card, where they have twice the room."""


class _Frame(NamedTuple):
    """The field as the axis sees it: where it begins, how long it is `along` and `across` in unit coordinates, and how
    many h the frame is in these directions.
    """

    origin: float
    along: float
    across: float
    h_along: float
    h_across: float
    upright: bool


def pill_width(label: str) -> float:
    """About how wide a pill is, in h."""
    if not label:
        return _DOT
    return 2 * PILL_PAD + sum(_NARROW if sign in _NARROW_SIGNS else _SIGN for sign in label[:_MOST_SIGNS])


def timeline(
    labels: Sequence[str], hues: Sequence[int], field: Rect, ratio: float, *, mirrored: bool
) -> tuple[Squares, Timeline]:
    """2 to 18 squares in order along lanes, and axes, stems and pills in the units of a frame of that ratio."""
    upright = ratio < 1.0
    if upright:
        frame = _Frame(field.y, field.height, field.width, 100.0, 100.0 * ratio, upright)
    else:
        frame = _Frame(field.x, field.width, field.height, 100.0 * ratio, 100.0, upright)
    widths = [pill_width(label) for label in labels]
    lanes = _best(widths, frame)
    pills = _pills(widths, lanes, frame)
    top = field.x if upright else field.y
    lines = [top + frame.across * (lane + 0.5) / lanes.number for lane in range(lanes.number)]
    size = (FRAME_HEIGHT, FRAME_HEIGHT * ratio) if upright else (FRAME_HEIGHT * ratio, FRAME_HEIGHT)

    def point(along: float, across: float) -> Point:
        along, across = along * size[0], across * size[1]
        x, y = (across, along) if upright else (along, across)
        return Point(FRAME_HEIGHT * ratio - x if mirrored else x, y)

    squares: list[Square] = []
    marks: list[Mark] = []
    for i, (label, hue, (centre, room)) in enumerate(zip(labels, hues, pills, strict=True)):
        lane, position = divmod(i, lanes.per_lane)
        first_side = position % 2 == 0
        axis = lines[lane]
        middle = _middle(i, lanes, frame)
        along = middle - lanes.side / 2
        across = axis - lanes.to_axis - lanes.side if first_side else axis + lanes.to_axis
        x, y = (across, along) if upright else (along, across)
        squares.append((1.0 - x - lanes.side if mirrored else x, y, lanes.side))
        away = -1.0 if first_side else 1.0
        off = away * (PILL_HEIGHT / 2 + _CLEAR) / frame.h_across if lanes.staggered and label else 0.0
        tip = point(middle, axis + away * lanes.to_axis)
        pill = point(centre, axis + off)
        marks.append(Mark(point(middle, axis), tip, pill, room * 10.0, label, hue))
    ends = frame.origin, frame.origin + frame.along
    axes = tuple((point(ends[0], axis), point(ends[1], axis)) for axis in lines)
    return tuple(squares), Timeline(axes, tuple(marks))


def _best(widths: list[float], frame: _Frame) -> _Lanes:
    """The usual lanes, one less where the frames gain by it, more where pills need the room."""
    usual = -(-len(widths) // _PER_LANE)
    ways = [
        _lanes(widths, count, frame, staggered=staggered)
        for count in range(1, min(usual + 2, len(widths)))
        for staggered in (False, True)
        if not (staggered and frame.upright)
    ]

    def worth(way: _Lanes) -> tuple[bool, float, float, bool]:
        rooms = _pills(widths, way, frame)
        share = min(1.0, *(room / width for (_, room), width in zip(rooms, widths, strict=True)))
        return way.side >= SMALLEST_COVER, round(share, 3), way.side * _TALLER**way.number, not way.staggered

    return max(ways, key=worth)


def _lanes(widths: list[float], count: int, frame: _Frame, *, staggered: bool) -> _Lanes:
    n = -(-len(widths) // count)
    thickest = min(max(widths), _WIDEST * frame.h_across) if frame.upright else PILL_HEIGHT
    to_axis = PILL_HEIGHT + 2 * _CLEAR if staggered else thickest / 2 + _CLEAR
    across = max(to_axis / frame.h_across, _TO_AXIS)
    if frame.upright:
        across = min(across, frame.across / count / 4)
    between = _BETWEEN_LANES if count > 1 else 0.0
    side = min(
        2 * frame.along / (_NEXT_TO * (n - 1) + 2),
        (frame.across / count - 2 * across - between) / 2,
        _LARGEST,
    )
    pitch = min((frame.along - side) / (n - 1), _FARTHEST)
    start = (frame.along - side - pitch * (n - 1)) / 2
    return _Lanes(count, n, side, pitch, start, across, staggered)


def _middle(i: int, lanes: _Lanes, frame: _Frame) -> float:
    """Where a frame's middle is along the axis."""
    return frame.origin + lanes.start + i % lanes.per_lane * lanes.pitch + lanes.side / 2


def _pills(widths: list[float], lanes: _Lanes, frame: _Frame) -> list[tuple[float, float]]:
    """Where the middle of each pill is along the axis, and how wide it may be, in h.

    Those at the ends move inwards.
    """
    middles = [_middle(i, lanes, frame) for i in range(len(widths))]
    if frame.upright:
        enough = lanes.pitch * frame.h_along >= PILL_HEIGHT + _APART
        room = 2 * (lanes.to_axis * frame.h_across - _CLEAR) if enough else 0.0
        return [(middle, room) for middle in middles]
    stride = 2 if lanes.staggered else 1
    most = min(_WIDEST, stride * lanes.pitch)
    centres = [_inwards(x, min(width / frame.h_along, most), frame) for x, width in zip(middles, widths, strict=True)]
    pills: list[tuple[float, float]] = []
    for i, (width, centre) in enumerate(zip(widths, centres, strict=True)):
        room = 2 * (min(centre, 1.0 - centre) * frame.h_along - _CLEAR)
        first = i - i % lanes.per_lane
        for j in (i - stride, i + stride):
            if first <= j < min(first + lanes.per_lane, len(widths)):
                between = abs(centres[j] - centre) * frame.h_along - _APART
                room = min(room, _share(width, widths[j], between))
        pills.append((centre, room))
    return pills


def _inwards(middle: float, width: float, frame: _Frame) -> float:
    """The middle of a pill that is as near to its stem as the frame's edges allow, and still on it."""
    half = width / 2
    clear = half + _CLEAR / frame.h_along
    shift = max(half - _STEM_INSIDE / frame.h_along, 0.0)
    inside = min(max(middle, clear), 1.0 - clear)
    return min(max(inside, middle - shift), middle + shift)


def _share(width: float, other: float, between: float) -> float:
    """How wide one of two neighbours may be whose middles are `between` apart: what is short stays whole."""
    if width + other <= 2 * between:
        return width * 2 * between / (width + other)
    if width <= between:
        return width
    return 2 * between - min(other, between)
