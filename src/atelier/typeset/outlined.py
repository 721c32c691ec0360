"""Large text as outlines that are kept.

Above 64 device pixels Qt fills the outline of every glyph anew each time it draws it; kept outlines take a quarter of
the time and give the same pixels. Below that its cache of glyph pictures is the faster one.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QTextLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

    from atelier.typeset.display import TextItem

LARGE = 64.0
"""Device pixels of a font from which Qt fills outlines."""
MOST_KEPT = 96
"""Texts kept; one of a hundred glyphs takes some 200 kB."""
_MOST_GLYPHS = 400
"""A longer text is body text seen from very near, of which only a part is in view."""

Outlines = list[tuple["QColor", list[QPainterPath]]]

_kept: OrderedDict[tuple[int, int, int], tuple[QTextLayout, Outlines | None]] = OrderedDict()


def outlines(item: TextItem) -> Outlines | None:
    """The glyphs of a text by colour, in the coordinates of its layout; None where a glyph is not an outline."""
    key = (id(item.layout), item.first, item.last)
    found = _kept.get(key)
    if found is not None and found[0] is item.layout:
        _kept.move_to_end(key)
        return found[1]
    made = _outlines(item)
    _kept[key] = (item.layout, made)
    if len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return made


def _outlines(item: TextItem) -> Outlines | None:
    layout = item.layout
    text = layout.text()
    if len(text) > _MOST_GLYPHS:
        return None
    count = layout.lineCount()
    first, last = (item.first, item.last or count) if item.first or item.last else (0, count)
    if first >= last:
        return []
    start = layout.lineAt(first).textStart()
    end = layout.lineAt(last - 1).textStart() + layout.lineAt(last - 1).textLength()
    out: Outlines = []
    for span in layout.formats():
        begin, stop = max(span.start, start), min(span.start + span.length, end)
        colour = span.format.foreground().color()
        if begin >= stop or not colour.alpha():
            continue
        paths: list[QPainterPath] = []
        for run in layout.glyphRuns(begin, stop - begin):
            font = run.rawFont()
            shapes: dict[int, QPainterPath] = {}
            for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
                shape = shapes.get(glyph)
                if shape is None:
                    shape = shapes[glyph] = font.pathForGlyph(glyph)
                    shape.setFillRule(Qt.FillRule.WindingFill)
                    if shape.isEmpty() and not font.boundingRect(glyph).isEmpty():
                        return None
                if not shape.isEmpty():
                    paths.append(shape.translated(place))
        out.append((colour, paths))
    return out


def draw_outlines(painter: QPainter, found: Outlines, origin: QPointF) -> None:
    painter.save()
    painter.translate(origin)
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, paths in found:
        painter.setBrush(colour)
        for path in paths:
            painter.drawPath(path)
    painter.restore()
