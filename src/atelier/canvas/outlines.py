"""Where the elements of an SVG drawing are: their boxes through all transforms (SVG 1.1, sections 7 to 9).

Strokes, clips and text are left out: what marks a place is a shape, a picture or a group of them. Boxes of curves come
from their control points, those of arcs from the arc itself.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

    from atelier.deck.svg import SafeSvg

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) as SVG writes it: x' = a x + c y + e, y' = b x + d y + f."""
Box: TypeAlias = tuple[float, float, float, float]
"""left, top, right, bottom"""

UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST = 100
_SHAPES = frozenset(
    {"rect", "circle", "ellipse", "image", "use", "g", "a", "svg", "path", "polygon", "polyline", "line", "switch"}
)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_LENGTH = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*([a-zA-Z]*|%)\s*$")
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0}


@dataclass(frozen=True, slots=True)
class Outline:
    """An element of a drawing: `box` in its own coordinates, `matrix` from there to the drawing's view box."""

    id: str
    tag: str
    box: Box
    matrix: Matrix


def outlines(svg: SafeSvg, wanted: Callable[[str], bool] = bool) -> dict[str, Outline]:
    """The elements of a drawing with an area, by id, of those ids that are `wanted`: measuring one takes time."""
    boxes = _Boxes(svg.root)
    found: dict[str, Outline] = {}
    for element, matrix in _drawn(svg.root, UNCHANGED, 0):
        name = element.get("id", "")
        if name and name not in found and wanted(name):
            box = boxes.of(element)
            if box is not None and box[2] > box[0] and box[3] > box[1] and all(map(math.isfinite, matrix)):
                found[name] = Outline(name, element.tag, box, matrix)
    return found


def times(m: Matrix, n: Matrix) -> Matrix:
    """The matrix that applies `n` first, then `m`."""
    a, b, c, d, e, f = m
    return (
        a * n[0] + c * n[1],
        b * n[0] + d * n[1],
        a * n[2] + c * n[3],
        b * n[2] + d * n[3],
        a * n[4] + c * n[5] + e,
        b * n[4] + d * n[5] + f,
    )


def transform(text: str) -> Matrix:
    """A transform attribute; skews and what cannot be read count as nothing."""
    out = UNCHANGED
    for name, arguments in _TRANSFORM.findall(text):
        v = [float(n) for n in _NUMBER.findall(arguments)]
        if name == "matrix" and len(v) == 6:
            out = times(out, (v[0], v[1], v[2], v[3], v[4], v[5]))
        elif name == "translate" and len(v) in (1, 2):
            out = times(out, (1.0, 0.0, 0.0, 1.0, v[0], v[1] if len(v) == 2 else 0.0))
        elif name == "scale" and len(v) in (1, 2):
            out = times(out, (v[0], 0.0, 0.0, v[-1], 0.0, 0.0))
        elif name == "rotate" and len(v) in (1, 3):
            c, s = math.cos(math.radians(v[0])), math.sin(math.radians(v[0]))
            x, y = (v[1], v[2]) if len(v) == 3 else (0.0, 0.0)
            out = times(out, (c, s, -s, c, x - c * x + s * y, y - s * x - c * y))
    return out


def _drawn(element: Element, matrix: Matrix, depth: int) -> Iterator[tuple[Element, Matrix]]:
    """Every drawn shape with the matrix from its own coordinates to the view box, in document order."""
    for child in element:
        if child.tag in _SHAPES and depth < _DEEPEST:
            inner = times(matrix, _own_matrix(child))
            yield child, inner
            yield from _drawn(child, times(inner, _inner_matrix(child)), depth + 1)


def _own_matrix(element: Element) -> Matrix:
    return transform(element.get("transform", ""))


def _inner_matrix(element: Element) -> Matrix:
    """What an inner `svg` does to its content: its place, and its view box fitted into it."""
    if element.tag != "svg":
        return UNCHANGED
    x, y = _length(element, "x"), _length(element, "y")
    view, size = _view_box(element), _given_size(element)
    if view is None or size is None:
        return (1.0, 0.0, 0.0, 1.0, x, y)
    width, height = view[2] - view[0], view[3] - view[1]
    k = min(size[2] / width, size[3] / height)
    return (k, 0.0, 0.0, k, x + (size[2] - k * width) / 2 - k * view[0], y + (size[3] - k * height) / 2 - k * view[1])


class _Boxes:
    """The box of any element in its own coordinates, each worked out once: `use` may repeat a group without end."""

    def __init__(self, root: Element) -> None:
        self._targets: dict[str, Element] = {}
        pending = [root]
        while pending:
            element = pending.pop()
            name = element.get("id", "")
            if name:
                self._targets.setdefault(name, element)
            pending += reversed(element)
        self._known: dict[int, Box | None] = {}

    def of(self, element: Element, depth: int = 0) -> Box | None:
        key = id(element)
        if key not in self._known:
            self._known[key] = None  # an element that holds itself adds nothing to its own box
            if depth < _DEEPEST:
                box = self._measure(element, depth)
                if box is not None and all(map(math.isfinite, box)):
                    self._known[key] = box
        return self._known[key]

    def _measure(self, element: Element, depth: int) -> Box | None:
        match element.tag:
            case "rect" | "image":
                x, y = _length(element, "x"), _length(element, "y")
                return x, y, x + _length(element, "width"), y + _length(element, "height")
            case "circle" | "ellipse":
                cx, cy = _length(element, "cx"), _length(element, "cy")
                rx = _length(element, "r" if element.tag == "circle" else "rx")
                ry = _length(element, "r" if element.tag == "circle" else "ry")
                return cx - rx, cy - ry, cx + rx, cy + ry
            case "line":
                return _around(
                    [(_length(element, "x1"), _length(element, "y1")), (_length(element, "x2"), _length(element, "y2"))]
                )
            case "polygon" | "polyline":
                v = [float(n) for n in _NUMBER.findall(element.get("points", ""))]
                return _around(list(zip(v[::2], v[1::2], strict=False)))
            case "path":
                return _around(path_points(element.get("d", "")))
            case "use":
                return self._used(element, depth)
            case _:
                return self._content(element, depth)

    def _content(self, element: Element, depth: int) -> Box | None:
        inner = _inner_matrix(element) if depth else UNCHANGED
        corners: list[tuple[float, float]] = []
        for child in element:
            if child.tag in _SHAPES and (box := self.of(child, depth + 1)) is not None:
                corners += _corners(box, times(inner, _own_matrix(child)))
        return _around(corners)

    def _used(self, element: Element, depth: int) -> Box | None:
        address = element.get("xlink:href", "")
        target = self._targets.get(address.removeprefix("#"))
        if target is None or not address.startswith("#"):
            return None
        x, y = _length(element, "x"), _length(element, "y")
        width, height = _length(element, "width"), _length(element, "height")
        if target.tag == "symbol" and width > 0 and height > 0:
            return x, y, x + width, y + height
        box = self.of(target, depth + 1)
        if box is None:
            return None
        box = _around(_corners(box, _own_matrix(target))) or box
        return box[0] + x, box[1] + y, box[2] + x, box[3] + y


def path_points(d: str) -> list[tuple[float, float]]:
    """Points whose box holds a path: ends, control points, and the extreme points of arcs."""
    out: list[tuple[float, float]] = []
    x = y = start_x = start_y = 0.0
    for command, arguments in re.findall(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)", d):
        upper, relative = command.upper(), command.islower()
        if upper == "Z":
            x, y = start_x, start_y
            continue
        if upper == "A":
            for rx, ry, turn, large, sweep, to_x, to_y in _arcs(arguments):
                end = (to_x + x, to_y + y) if relative else (to_x, to_y)
                out += _arc_points((x, y), end, rx, ry, turn, large=large, sweep=sweep)
                x, y = end
            continue
        v = [float(n) for n in _NUMBER.findall(arguments)]
        if upper in "HV":
            for value in v:
                if upper == "H":
                    x = x + value if relative else value
                else:
                    y = y + value if relative else value
                out.append((x, y))
            continue
        pairs = {"C": 3, "S": 2, "Q": 2}.get(upper, 1)
        for i in range(0, len(v) - 2 * pairs + 1, 2 * pairs):
            base_x, base_y = (x, y) if relative else (0.0, 0.0)
            points = [(base_x + v[i + 2 * k], base_y + v[i + 2 * k + 1]) for k in range(pairs)]
            out += points
            x, y = points[-1]
            if upper == "M" and i == 0:
                start_x, start_y = x, y
    return out


_ARC = re.compile(
    rf"\s*,?\s*({_NUMBER.pattern})\s*,?\s*({_NUMBER.pattern})\s*,?\s*({_NUMBER.pattern})\s*,?\s*([01])\s*,?\s*([01])\s*,?\s*({_NUMBER.pattern})\s*,?\s*({_NUMBER.pattern})"
)


def _arcs(arguments: str) -> Iterator[tuple[float, float, float, bool, bool, float, float]]:
    """Flags may stand without a space before the next number."""
    for match in _ARC.finditer(arguments):
        rx, ry, turn, large, sweep, x, y = match.groups()
        yield abs(float(rx)), abs(float(ry)), math.radians(float(turn)), large == "1", sweep == "1", float(x), float(y)


def _arc_points(
    start: tuple[float, float], end: tuple[float, float], rx: float, ry: float, turn: float, *, large: bool, sweep: bool
) -> list[tuple[float, float]]:
    """Both ends and the leftmost, rightmost, highest and lowest points between (SVG 1.1, appendix F.6.5)."""
    out = [start, end]
    if rx == 0.0 or ry == 0.0 or start == end:
        return out
    cos, sin = math.cos(turn), math.sin(turn)
    hx, hy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    px, py = cos * hx + sin * hy, cos * hy - sin * hx
    grow = (px / rx) ** 2 + (py / ry) ** 2
    if grow > 1.0:
        rx, ry = rx * math.sqrt(grow), ry * math.sqrt(grow)
    under = (rx * py) ** 2 + (ry * px) ** 2
    k = math.sqrt(max((rx * ry) ** 2 / under - 1.0, 0.0)) * (-1.0 if large == sweep else 1.0)
    mx, my = k * rx * py / ry, -k * ry * px / rx
    cx, cy = cos * mx - sin * my + (start[0] + end[0]) / 2, sin * mx + cos * my + (start[1] + end[1]) / 2
    first = math.atan2((py - my) / ry, (px - mx) / rx)
    swept = math.atan2((-py - my) / ry, (-px - mx) / rx) - first
    swept = swept % math.tau if sweep else -(-swept % math.tau)
    along_x, along_y = math.atan2(-ry * sin, rx * cos), math.atan2(ry * cos, rx * sin)
    for angle in (along_x, along_x + math.pi, along_y, along_y + math.pi):
        passed = (angle - first) % math.tau if sweep else (first - angle) % math.tau
        if passed <= abs(swept):
            ax, ay = rx * math.cos(angle), ry * math.sin(angle)
            out.append((cx + cos * ax - sin * ay, cy + sin * ax + cos * ay))
    return out


def _corners(box: Box, m: Matrix) -> list[tuple[float, float]]:
    left, top, right, bottom = box
    return [
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
        for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))
    ]


def _around(points: list[tuple[float, float]]) -> Box | None:
    if not points:
        return None
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _length(element: Element, name: str) -> float:
    """A length in user units; a percentage or anything unreadable is 0."""
    match = _LENGTH.match(element.get(name, ""))
    if match is None or match[2].lower() not in _UNITS:
        return 0.0
    return float(match[1]) * _UNITS[match[2].lower()]


def _given_size(element: Element) -> Box | None:
    width, height = _length(element, "width"), _length(element, "height")
    return (0.0, 0.0, width, height) if 0 < width < math.inf and 0 < height < math.inf else None


def _view_box(element: Element) -> Box | None:
    v = [float(n) for n in _NUMBER.findall(element.get("viewBox", ""))]
    if len(v) != 4 or not all(map(math.isfinite, v)) or v[2] <= 0 or v[3] <= 0:
        return None
    return v[0], v[1], v[0] + v[2], v[1] + v[3]
