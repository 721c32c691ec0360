"""Lines behind the cards of a layout: the ellipse of a ring, the line of a spiral, the edges of a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPen

from atelier.typeset.setting import H, colour, faded
from atelier.typeset.surfaces import path_item, stroke

if TYPE_CHECKING:
    from atelier.canvas.types import Ellipse, Spiral, Tree
    from atelier.foundation.geometry import Point
    from atelier.typeset.pieces import Sheet
    from atelier.typeset.setting import Setting

_EDGE = 0.5 * H
_EDGE_OPACITY = 0.55
_CORNER = 1.8 * H
_LINE_OPACITY = 0.5
_CARDS_IN_PIECE = 12
"""A rasteriser is slow with long lines."""
_MOST_DOTTED = 60

_Branch: TypeAlias = "tuple[tuple[Point, ...], int, int]"


def put_ellipse(sheet: Sheet, ellipse: Ellipse, setting: Setting, *, tinted: bool) -> None:
    path = QPainterPath()
    path.addEllipse(QPointF(ellipse.cx, ellipse.cy), ellipse.rx, ellipse.ry)
    _put_dotted(sheet, path, setting, tinted=tinted)


def put_spiral(sheet: Sheet, spiral: Spiral, setting: Setting, *, tinted: bool) -> None:
    """A smooth line through the middles of the cards (a Catmull-Rom spline as Bézier curves)."""
    points = spiral.points
    for first in range(0, len(points) - 1, _CARDS_IN_PIECE):
        path = QPainterPath(QPointF(points[first].x, points[first].y))
        for i in range(first, min(first + _CARDS_IN_PIECE, len(points) - 1)):
            start, end = points[i], points[i + 1]
            before, after = points[max(i - 1, 0)], points[min(i + 2, len(points) - 1)]
            out, into = start + (end - before) * (1 / 6), end - (after - start) * (1 / 6)
            path.cubicTo(out.x, out.y, into.x, into.y, end.x, end.y)
        _put_dotted(sheet, path, setting, tinted=tinted, dots=len(points) <= _MOST_DOTTED)


def _put_dotted(sheet: Sheet, path: QPainterPath, setting: Setting, *, tinted: bool, dots: bool = True) -> None:
    """A fine line with dots of the accent on it; on a ground in the hue it is of the hue as well, to be seen there."""
    line = faded(setting.hue, _LINE_OPACITY) if tinted else colour(setting.theme.colours.line)
    sheet.items.append(path_item(path, None, QPen(line, 3.0)))
    if dots:
        pen = QPen(colour(setting.theme.colours.accent, 0.35), 2.0)
        pen.setDashPattern([1.0, 7.0])
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        sheet.items.append(path_item(path, None, pen))


def put_tree(sheet: Sheet, tree: Tree, setting: Setting, *, in_crumb: bool) -> None:
    """One path for all edges; on crumb it is light."""
    theme = setting.theme
    ink = colour(theme.panel.text) if in_crumb else colour(theme.colours.muted)
    farthest: dict[_Branch, float] = {}
    for edge in tree.edges:
        branch = _branch(edge)
        farthest[branch] = max(farthest.get(branch, 0.0), _length_on_branch(edge))
    path = QPainterPath()
    for edge in tree.edges:
        _add_edge(path, edge, twig=_length_on_branch(edge) < farthest[_branch(edge)])
    pen = stroke(faded(ink, _EDGE_OPACITY), _EDGE)
    sheet.items.append(path_item(path, None, pen))


def _branch(edge: tuple[Point, ...]) -> _Branch:
    """What an edge shares with those that turn off to their cards later: its way, and where that goes on to."""
    if len(edge) < 3:
        return edge, 0, 0
    ahead = edge[-2] - edge[-3]
    return edge[:-2], (ahead.x > 0) - (ahead.x < 0), (ahead.y > 0) - (ahead.y < 0)


def _length_on_branch(edge: tuple[Point, ...]) -> float:
    return (edge[-2] - edge[-3]).length if len(edge) >= 3 else 0.0


def _add_edge(path: QPainterPath, points: tuple[Point, ...], *, twig: bool) -> None:
    """A line with round corners; of a twig only where it leaves its branch, which another edge draws."""
    if twig:
        before, corner = points[-3], points[-2]
        back = corner - before
        points = (corner - back * min(_CORNER / back.length, 1.0), corner, points[-1])
    path.moveTo(points[0].x, points[0].y)
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        into, out = corner - before, after - corner
        radius = min(_CORNER, into.length if twig else into.length / 2, out.length / 2)
        start = corner - into * (radius / into.length)
        end = corner + out * (radius / out.length)
        path.lineTo(start.x, start.y)
        path.quadTo(corner.x, corner.y, end.x, end.y)
    path.lineTo(points[-1].x, points[-1].y)
