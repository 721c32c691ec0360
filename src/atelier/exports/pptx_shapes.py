"""Shapes, pictures and colours as a slide has them.

Format: Office Open XML, ECMA-376 part 1: 19.3 (slides), 20.1 (DrawingML). Lengths are in EMU, 914,400 to the inch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QGradient, QLinearGradient, QPainterPath

from atelier.foundation.geometry import Rect

if TYPE_CHECKING:
    from PySide6.QtGui import QPen

    from atelier.foundation.geometry import Similarity
    from atelier.typeset.display import BoxItem, PathItem

EMU = 6350.0
"""In one pixel of a view 1080 of them high, which is a slide of 7.5 inches."""
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
MOST_ELEMENTS = 4000
"""Of a path; one with more is painted into a picture."""
KEPT_COLOUR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr'
    ' xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
"""In a link of words: they keep the colour they have, where programs would use that of the file."""
_NO_FILL = "<a:noFill/>"
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


@dataclass(frozen=True, slots=True)
class Placing:
    """From frame units to EMU, for a place that is not turned."""

    scale: float
    x: float
    y: float

    @classmethod
    def of(cls, sight: Similarity) -> Placing:
        """Of a place in a view 1080 pixels high."""
        return cls(sight.scale * EMU, sight.x * EMU, sight.y * EMU)

    def rect(self, rect: Rect) -> Rect:
        return Rect(
            self.x + rect.x * self.scale,
            self.y + rect.y * self.scale,
            rect.width * self.scale,
            rect.height * self.scale,
        )

    def points(self, length: float) -> float:
        """A length of frame units in points."""
        return length * self.scale / 12700.0


class Names:
    """Numbers for the shapes of one slide."""

    def __init__(self) -> None:
        self._last = 1

    def properties(self, name: str, alt: str = "", link: str = "", *, decorative: bool = False) -> str:
        """`link` is the element of a link; what is decorative is passed over by who reads aloud."""
        self._last += 1
        extra = ""
        if decorative:
            extra = (
                f'<a:extLst><a:ext uri="{_DECORATIVE}"><adec:decorative'
                ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
            )
        described = f' descr="{attribute(alt)}"' if alt else ""
        return f'<p:cNvPr id="{self._last}" name="{attribute(name)} {self._last}"{described}>{link}{extra}</p:cNvPr>'


def attribute(text: str) -> str:
    """A text as the value of an attribute, less what XML cannot hold."""
    return escape(words(text), quote=True)


def words(text: str) -> str:
    """A text less the signs that XML 1.0 cannot hold."""
    return "".join(sign if sign.isprintable() or sign in "\t\n" else " " for sign in text)


def frame(rect: Rect, tag: str = "a:xfrm") -> str:
    """Where a shape is; a flat one has an extent all the same."""
    return (
        f'<{tag}><a:off x="{round(rect.x)}" y="{round(rect.y)}"/>'
        f'<a:ext cx="{max(round(rect.width), 1)}" cy="{max(round(rect.height), 1)}"/></{tag}>'
    )


def colour(of: QColor, opacity: float = 1.0) -> str:
    alpha = of.alphaF() * opacity
    value = of.name(QColor.NameFormat.HexRgb)[1:].upper()
    inner = f'<a:alpha val="{round(alpha * 100_000)}"/>' if alpha < 0.999 else ""
    return f'<a:srgbClr val="{value}">{inner}</a:srgbClr>'


def solid(of: QColor, opacity: float = 1.0) -> str:
    return f"<a:solidFill>{colour(of, opacity)}</a:solidFill>"


def fill(of: QBrush | QColor | None) -> str | None:
    """The fill of a shape; None for one that a slide has no words for."""
    if of is None:
        return _NO_FILL
    if isinstance(of, QColor):
        return solid(of)
    if of.style() is Qt.BrushStyle.NoBrush:
        return _NO_FILL
    if of.style() is Qt.BrushStyle.SolidPattern:
        return solid(of.color())
    gradient = of.gradient()
    if not isinstance(gradient, QLinearGradient):
        return None
    if gradient.coordinateMode() is not QGradient.CoordinateMode.ObjectMode:
        return None
    run = gradient.finalStop() - gradient.start()
    angle = math.degrees(math.atan2(run.y(), run.x())) % 360.0
    stops = "".join(f'<a:gs pos="{round(at * 100_000)}">{colour(each)}</a:gs>' for at, each in _stops(gradient))
    return f'<a:gradFill><a:gsLst>{stops}</a:gsLst><a:lin ang="{round(angle * 60_000)}" scaled="0"/></a:gradFill>'


def _stops(gradient: QLinearGradient) -> list[tuple[float, QColor]]:
    return [(at, QColor(each)) for at, each in gradient.stops()]


def line(of: QColor | None, width: float, pen: QPen | None = None) -> str:
    """An outline, `width` in EMU."""
    if of is None:
        return f"<a:ln>{_NO_FILL}</a:ln>"
    round_cap = pen is not None and pen.capStyle() is Qt.PenCapStyle.RoundCap
    dash = '<a:prstDash val="dash"/>' if pen is not None and pen.style() is Qt.PenStyle.DashLine else ""
    cap = ' cap="rnd"' if round_cap else ""
    return f'<a:ln w="{round(width)}"{cap}>{solid(of)}{dash}{"<a:round/>" if round_cap else ""}</a:ln>'


def box(item: BoxItem, place: Placing, names: Names) -> str | None:
    """A rectangle; None where its fill has no words."""
    inside = fill(item.fill)
    if inside is None:
        return None
    outline = line(item.stroke, item.stroke_width * place.scale)
    shape = geometry(item.bounds, item.radius)
    return _shape(names.properties("Shape", decorative=True), frame(place.rect(item.bounds)), shape, inside + outline)


def geometry(bounds: Rect, radius: float) -> str:
    """A rectangle, or one with round corners."""
    shorter = min(bounds.width, bounds.height)
    if radius <= 0.0 or shorter <= 0.0:
        return '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    share = min(round(radius / shorter * 100_000), 50_000)
    return f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {share}"/></a:avLst></a:prstGeom>'


def path(item: PathItem, place: Placing, names: Names) -> str | None:
    """A path as a freeform; None where its fill has no words or it has too many parts."""
    inside = fill(item.fill)
    shown = item.path
    if inside is None or shown.elementCount() > MOST_ELEMENTS or shown.isEmpty():
        return None
    bounds = shown.boundingRect()
    scale = item.scale
    rect = Rect(
        item.x + bounds.x() * scale, item.y + bounds.y() * scale, bounds.width() * scale, bounds.height() * scale
    )
    unit = place.scale * scale
    steps = _path_steps(shown, bounds.x(), bounds.y(), unit)
    width, height = max(round(bounds.width() * unit), 1), max(round(bounds.height() * unit), 1)
    drawn = "" if item.fill is not None else ' fill="none"'
    shape = (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}"{drawn}>{steps}</a:path></a:pathLst></a:custGeom>'
    )
    pen = item.pen if item.pen is not None and item.pen.style() is not Qt.PenStyle.NoPen else None
    outline = line(pen.color() if pen else None, pen.widthF() * unit if pen else 0.0, pen)
    alt = item.element.alt if item.element is not None else ""
    properties = names.properties("Formula" if item.em or alt else "Shape", alt, decorative=not alt)
    return _shape(properties, frame(place.rect(rect)), shape, inside + outline)


def _path_steps(shown: QPainterPath, x: float, y: float, unit: float) -> str:
    def point(element: QPainterPath.Element) -> str:
        return f'<a:pt x="{round((element.x - x) * unit)}" y="{round((element.y - y) * unit)}"/>'

    kinds = QPainterPath.ElementType
    out: list[str] = []
    begun: tuple[float, float] | None = None
    i = 0
    count = shown.elementCount()
    while i < count:
        element = shown.elementAt(i)
        if element.type is kinds.MoveToElement:
            begun = (element.x, element.y)
            out.append(f"<a:moveTo>{point(element)}</a:moveTo>")
        elif element.type is kinds.LineToElement:
            out.append(f"<a:lnTo>{point(element)}</a:lnTo>")
        else:
            controls = "".join(point(shown.elementAt(i + k)) for k in range(3))
            out.append(f"<a:cubicBezTo>{controls}</a:cubicBezTo>")
            i += 2
            element = shown.elementAt(i)
        after = shown.elementAt(i + 1) if i + 1 < count else None
        ends = after is None or after.type is kinds.MoveToElement
        if ends and begun is not None and math.dist(begun, (element.x, element.y)) < 1e-6 and out[-1][:8] != "<a:moveT":
            out.append("<a:close/>")
        i += 1
    return "".join(out)


def _shape(properties: str, place: str, shape: str, look: str) -> str:
    return f"<p:sp><p:nvSpPr>{properties}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{place}{shape}{look}</p:spPr></p:sp>"


def link_area(rect: Rect, link: str, alt: str, names: Names) -> str:
    """What can be clicked and is not seen; `rect` in EMU."""
    clear = '<a:solidFill><a:srgbClr val="FFFFFF"><a:alpha val="0"/></a:srgbClr></a:solidFill><a:ln><a:noFill/></a:ln>'
    return _shape(names.properties("Link", alt, link), frame(rect), geometry(rect, 0.0), clear)


def picture(
    rect: Rect,
    embedded: str,
    names: Names,
    *,
    alt: str = "",
    drawing: str = "",
    shape: str = "",
    crop: tuple[float, float] = (0.0, 0.0),
) -> str:
    """A picture at `rect` in EMU, with the ids of its parts: pixels, and a drawing that programs take which can.

    `crop` is the share that is cut off left and right, and above and below.
    """
    extra = ""
    if drawing:
        extra = (
            f'<a:extLst><a:ext uri="{_SVG}"><asvg:svgBlip'
            ' xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
            f' r:embed="{drawing}"/></a:ext></a:extLst>'
        )
    x, y = (round(share * 100_000) for share in crop)
    cut = f'<a:srcRect l="{x}" t="{y}" r="{x}" b="{y}"/>' if x or y else ""
    properties = names.properties("Picture", alt, decorative=not alt)
    return (
        f'<p:pic><p:nvPicPr>{properties}<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{embedded}">{extra}</a:blip>{cut}<a:stretch><a:fillRect/></a:stretch>'
        "</p:blipFill>"
        f"<p:spPr>{frame(rect)}{shape or geometry(rect, 0.0)}</p:spPr></p:pic>"
    )
