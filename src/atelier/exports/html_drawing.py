"""Display lists as values of JSON, which the player of a page draws on a canvas.

What is drawn more than once (outlines, brushes, pictures, fonts) stands in a table once and is named by its place
there. An item is a list whose first entry says what it is; `resources/player/drawing.js` reads the same lists:

    ["b", x, y, width, height, radius, fill, stroke, stroke width]
    ["p", path, x, y, scale, fill, pen]
    ["t", x, y, scale, [[font, size, colour, y, [x, characters, …]], …]]
    ["i", picture, x, y, width, height, radius, crop]
    ["m", x, y, width, height, radius]                                   a picture that is missing
    ["s", x, y, width, height, radius, colour, offset, blur]             the shadow of that box
    ["g", step, until, [items]]                                          what an advance reveals or takes away
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QGlyphRun,
    QGradient,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

from atelier.exports.glyph_fonts import ColourGlyph, GlyphFonts, NoGlyph, text_lines
from atelier.exports.svg_paths import path_data
from atelier.typeset.display import BoxItem, PathItem, PictureItem, ShadowItem, TextItem

if TYPE_CHECKING:
    from atelier.exports.html_pictures import PagePictures
    from atelier.typeset.display import DisplayList, Item

Json: TypeAlias = Any
_EMOJI_PIXELS = 136
"""Pixels to the em that the glyphs of emoji are kept at, which is what their font has."""
_EMOJI_ROOM = 1.5
"""Em of the square around one, its origin a quarter from the left and bottom."""
_MARGIN = 0.1
"""Share of a drawing's sides by which it may draw beyond them, where it is what a whole frame lies on."""
_CAPS = {Qt.PenCapStyle.FlatCap: "butt", Qt.PenCapStyle.RoundCap: "round", Qt.PenCapStyle.SquareCap: "square"}
_JOINS = {Qt.PenJoinStyle.RoundJoin: "round", Qt.PenJoinStyle.BevelJoin: "bevel"}


@dataclass(slots=True)
class Drawing:
    """What one page draws: its tables grow with every face that is added."""

    pictures: PagePictures
    fonts: GlyphFonts = field(default_factory=GlyphFonts)
    paths: list[str] = field(default_factory=list[str])
    brushes: list[Json] = field(default_factory=list[Json])
    _width: float = 0.0
    _path_numbers: dict[int, tuple[QPainterPath, int]] = field(default_factory=dict[int, tuple[QPainterPath, int]])
    _data_numbers: dict[str, int] = field(default_factory=dict[str, int])
    _brush_numbers: dict[str, int] = field(default_factory=dict[str, int])

    def face(self, display: DisplayList) -> list[Json]:
        """The items of a face, those of one step together."""
        self._width = display.size.width
        out: list[Json] = []
        group: list[Json] = out
        at = (0, 0)
        for item in display.items:
            if (item.step, item.until) != at:
                at = item.step, item.until
                group = out
                if at != (0, 0):
                    group = []
                    out.append(["g", *at, group])
            group += self.item(item)
        return out

    def item(self, item: Item) -> list[Json]:
        """One item as the values that draw it; empty for what draws nothing."""
        if isinstance(item, TextItem):
            return self._text(item)
        if isinstance(item, BoxItem):
            return self._box(item)
        if isinstance(item, PathItem):
            moved = (short(item.x), short(item.y), short(item.scale, 5))
            return [["p", self._path(item.path), *moved, self._fill(item.fill, item.path), _pen(item.pen)]]
        if isinstance(item, PictureItem):
            return [self._picture(item)]
        if isinstance(item, ShadowItem):
            box = item.box
            at = (short(box.x), short(box.y), short(box.width), short(box.height), short(item.radius))
            return [["s", *at, css(item.colour), short(item.offset), short(item.blur)]]
        return []

    def tables(self) -> dict[str, Json]:
        return {"paths": self.paths, "brushes": self.brushes, "pictures": self.pictures.table()}

    def _box(self, item: BoxItem) -> list[Json]:
        box = item.bounds
        at = (short(box.x), short(box.y), short(box.width), short(box.height))
        fill = item.fill
        if isinstance(fill, QBrush) and fill.style() is Qt.BrushStyle.TexturePattern:
            texture, t = fill.textureImage(), fill.transform()
            number = self.pictures.image(texture)
            return [["i", number, t.dx(), t.dy(), texture.width() * t.m11(), texture.height() * t.m22(), 0, 0]]
        stroke = css(item.stroke) if item.stroke is not None else 0
        return [["b", *at, short(item.radius), self._fill(fill), stroke, short(item.stroke_width)]]

    def _picture(self, item: PictureItem) -> list[Json]:
        box = item.bounds
        at = (short(box.x), short(box.y), short(box.width), short(box.height))
        if item.picture.missing:
            return ["m", *at, short(item.radius)]
        if item.picture.vector and not item.crop and not item.radius and box.width >= self._width > 0.0:
            number = self.pictures.world(item.picture, _MARGIN)
            around = box.inset(-_MARGIN * box.width, -_MARGIN * box.height)
            at = (short(around.x), short(around.y), short(around.width), short(around.height))
            return ["i", number, *at, 0, 0]
        number = self.pictures.picture(item.picture, box.width, box.height, crop=item.crop)
        return ["i", number, *at, short(item.radius), int(item.crop)]

    def _text(self, item: TextItem) -> list[Json]:
        runs: list[Json] = []
        out: list[Json] = []
        for run in self.fonts.runs(item):
            if isinstance(run, ColourGlyph):
                out.append(self._emoji(run, item))
                continue
            if isinstance(run, NoGlyph):
                out.append(_tofu(run, item))
                continue
            chunks = [value for x, characters in run.chunks for value in (short(x), characters)]
            runs.append([run.font, short(run.size), css(run.colour), short(run.y), chunks])
        if runs:
            out.insert(0, ["t", short(item.x), short(item.y), short(item.scale, 5), runs])
        return out

    def _emoji(self, glyph: ColourGlyph, item: TextItem) -> list[Json]:
        number = self.pictures.emoji((glyph.font.familyName(), glyph.glyph), lambda: _emoji_image(glyph))
        side = glyph.size * _EMOJI_ROOM
        x = item.x + item.scale * (glyph.x - side / 6)
        y = item.y + item.scale * (glyph.y + side / 6 - side)
        side *= item.scale
        return ["i", number, short(x), short(y), short(side), short(side), 0, 0]

    def _path(self, path: QPainterPath) -> int:
        known = self._path_numbers.get(id(path))
        if known is not None:
            return known[1]
        data = path_data(path)
        even = path.fillRule() is Qt.FillRule.OddEvenFill and len(path.toSubpathPolygons()) > 1
        data = ("e" if even else "") + data
        number = self._data_numbers.get(data)
        if number is None:
            number = self._data_numbers[data] = len(self.paths)
            self.paths.append(data)
        self._path_numbers[id(path)] = path, number  # the path is kept, or its id would be another's
        return number

    def _fill(self, fill: QBrush | QColor | None, path: QPainterPath | None = None) -> Json:
        """A colour, the number of a gradient, or 0 for nothing (gradients count from 1).

        One in shares of what it fills keeps them for boxes, and is in the units of a path.
        """
        if fill is None:
            return 0
        if isinstance(fill, QColor):
            return css(fill)
        if fill.style() is Qt.BrushStyle.NoBrush:
            return 0
        gradient = fill.gradient()
        if not gradient:
            return css(fill.color())
        value = _gradient(gradient, fill, path.boundingRect() if path is not None else None)
        key = repr(value)
        number = self._brush_numbers.get(key)
        if number is None:
            self.brushes.append(value)
            number = self._brush_numbers[key] = len(self.brushes)
        return number


def lines_of(display: DisplayList) -> list[Json]:
    """What a face says, for selecting: [x, baseline, width, size, step, text] line by line."""
    out: list[Json] = []
    for item in display.items:
        if isinstance(item, TextItem):
            for line in text_lines(item):
                x, y = item.x + item.scale * line.x, item.y + item.scale * line.y
                size = short(item.scale * line.size)
                out.append([short(x), short(y), short(item.scale * line.width), size, item.step, line.text])
    return out


def css(colour: QColor) -> str:
    """A colour as CSS writes it."""
    if colour.alpha() == 255:
        return colour.name()
    return f"{colour.name()}{colour.alpha():02x}"


def short(value: float, decimals: int = 2) -> float:
    """`value` rounded, whole where it is whole: fewer characters."""
    rounded = round(value, decimals)
    return int(rounded) if rounded == int(rounded) else rounded


def _gradient(gradient: QGradient, brush: QBrush, box: QRectF | None) -> Json:
    """`linear` x0 y0 x1 y1, or `radial` with focus, centre and radius, in units or in shares of the box; then a matrix,
    then the stops.
    """
    stops = [[short(at, 4), css(colour)] for at, colour in gradient.stops()]
    shares = gradient.coordinateMode() is not QGradient.CoordinateMode.LogicalMode
    t = brush.transform()
    matrix = [] if t.isIdentity() else [t.m11(), t.m12(), t.m21(), t.m22(), t.dx(), t.dy()]
    if isinstance(gradient, QRadialGradient):
        if shares and box is not None:  # a circle in shares of a box is an ellipse
            shares, matrix = False, [short(each) for each in (box.width(), 0, 0, box.height(), box.x(), box.y())]
        centre, focus = gradient.center(), gradient.focalPoint()
        circle = [short(each, 4) for each in (focus.x(), focus.y(), centre.x(), centre.y(), gradient.radius())]
        return ["radial", circle, int(shares), matrix, stops]
    assert isinstance(gradient, QLinearGradient)
    ends = [gradient.start(), gradient.finalStop()]
    if shares and box is not None:
        shares = False
        ends = [QPointF(box.x() + end.x() * box.width(), box.y() + end.y() * box.height()) for end in ends]
    line = [short(value, 4) for end in ends for value in (end.x(), end.y())]
    return ["linear", line, int(shares), matrix, stops]


def _tofu(glyph: NoGlyph, item: TextItem) -> list[Json]:
    """The box that stands for a glyph nobody has."""
    side = item.scale * glyph.size * 0.7
    x, y = item.x + item.scale * glyph.x, item.y + item.scale * glyph.y - side
    return ["b", short(x), short(y), short(side), short(side), 0, 0, css(glyph.colour), 2]


def _pen(pen: QPen | None) -> Json:
    """[colour, width, cap, join, dashes], or 0."""
    if pen is None or pen.style() is Qt.PenStyle.NoPen:
        return 0
    dashes = [short(length * pen.widthF()) for length in pen.dashPattern()]
    cap, join = _CAPS.get(pen.capStyle(), "butt"), _JOINS.get(pen.joinStyle(), "miter")
    return [css(pen.color()), short(pen.widthF()), cap, join, dashes]


def _emoji_image(glyph: ColourGlyph) -> QImage:
    side = round(_EMOJI_PIXELS * _EMOJI_ROOM)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    run = QGlyphRun()
    run.setRawFont(glyph.font)
    run.setGlyphIndexes([glyph.glyph])
    run.setPositions([QPointF(0.0, 0.0)])
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(side / 6, side - side / 6)
    painter.scale(_EMOJI_PIXELS / glyph.size, _EMOJI_PIXELS / glyph.size)
    painter.drawGlyphRun(QPointF(0.0, 0.0), run)
    painter.end()
    return image
