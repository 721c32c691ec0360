"""Formulas: LaTeX through ziamath to paths, kept by formula and size.

ziamath costs 0.3 s to import and 10 to 110 ms a formula, so it is imported with the first formula.
"""

from __future__ import annotations

import re
import warnings
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from atelier.foundation.translation import N_, _
from atelier.markup.environments import known_environments
from atelier.typeset.report import readable

if TYPE_CHECKING:
    from atelier.typeset.setting import Setting

_SIZE = 100.0
_FAULTS = {
    "NoAvailableTokensError": N_("it ends where something should follow"),
    "NumeratorNotFoundError": N_("a fraction lacks one of its parts"),
    "DenominatorNotFoundError": N_("a fraction lacks one of its parts"),
    "ExtraLeftOrMissingRightError": N_("\\left and \\right do not come in pairs"),
    "MissingSuperScriptOrSubscriptError": N_("nothing follows ^ or _"),
    "DoubleSubscriptsError": N_("it has two indices in one place"),
    "DoubleSuperscriptsError": N_("it has two exponents in one place"),
    "MissingEndError": N_("\\begin and \\end do not come in pairs"),
}
"""What the exceptions of latex2mathml mean, by their names."""
_UNREAD = N_("it is not TeX as it is read here")
_LONGEST = 2000  # characters of TeX: beyond this a formula is no formula
_LARGE_OPERATOR = re.compile(r"<mo>(&#x0(?:220F|221[01]|22C[0-3]|2A0[0-6]);)</mo>")
_TOKENS = re.compile(r"[MLHVQCTSZz]|-?\d*\.?\d+(?:e-?\d+)?")


@dataclass(frozen=True, slots=True)
class Shape:
    """A formula as a path around its own baseline; sizes in frame units."""

    path: QPainterPath
    width: float
    height: float
    ascent: float


@lru_cache(maxsize=512)
def _shape(tex: str, inline: bool) -> Shape | str:  # noqa: FBT001 - part of the key
    """The formula at `_SIZE`, or why it cannot be set."""
    if len(tex) > _LONGEST:
        return _("it is longer than {limit} characters").format(limit=_LONGEST)
    library = _library()
    library.config.svg2 = False
    try:
        made: Any = (
            library.Latex(known_environments(tex), size=_SIZE, inline=inline)
            if "\\tag" in tex
            else library.Math(_mathml(tex, inline=inline), size=_SIZE)
        )
        width, height = (float(v) for v in made.getsize())
        ascent = height + float(made.getyofst())
        path = _path(str(made.svg()))
    except Exception as error:  # noqa: BLE001 - the library raises whatever its parser met
        return _(_FAULTS.get(type(error).__name__, _UNREAD))
    return Shape(path, width, height, ascent)


def _mathml(tex: str, *, inline: bool) -> str:
    """MathML whose rows keep a distance that grows with the formula, where TeX has one in points, and whose sums do
    not stretch: ziamath would leave them out of the height of the brackets around them, and put their limits anywhere.
    """
    from ziamath.tex import tex2mml

    made = tex2mml(known_environments(tex).replace(":=", "≔"), inline=inline)
    spaced = made.replace('rowspacing="3pt"', 'rowspacing="0.4em"')
    return _LARGE_OPERATOR.sub(r'<mo stretchy="false">\1</mo>', spaced)


@cache
def _library() -> Any:
    """ziamath, which reads its font in a way the standard library warns of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath
    return ziamath


def formula(tex: str, size: float, *, inline: bool) -> Shape | str:
    """`tex` at a text size of `size` frame units, or a sentence saying what is wrong with it."""
    base = _shape(tex, inline)
    if isinstance(base, str):
        return base
    factor = size / _SIZE
    return Shape(_enlarged(base.path, factor), base.width * factor, base.height * factor, base.ascent * factor)


def _enlarged(path: QPainterPath, factor: float) -> QPainterPath:
    from PySide6.QtGui import QTransform

    return QTransform.fromScale(factor, factor).map(path)


def report_error(setting: Setting, tex: str, reason: str, line: int) -> None:
    message = _("The formula “{tex}” cannot be set: {reason}.").format(tex=readable(tex), reason=reason.rstrip("."))
    setting.report.add("math-error", message, _("It is shown as written."), line)


def _path(svg: str) -> QPainterPath:
    """The outlines of ziamath's SVG (with `svg2` off: paths and rectangles in absolute coordinates)."""
    out = QPainterPath()
    out.setFillRule(Qt.FillRule.WindingFill)
    root = ET.fromstring(svg)  # noqa: S314 - written by ziamath a moment ago
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "rect":
            out.addRect(QRectF(*(float(element.get(k, "0")) for k in ("x", "y", "width", "height"))))
        elif tag == "path":
            out.addPath(_outline(element.get("d", "")))
        elif tag == "line":
            x1, y1, x2, y2 = (float(element.get(k, "0")) for k in ("x1", "y1", "x2", "y2"))
            thickness = float(element.get("stroke-width", "4"))
            out.addRect(QRectF(min(x1, x2), min(y1, y2) - thickness / 2, abs(x2 - x1), abs(y2 - y1) + thickness))
    return out


def _outline(data: str) -> QPainterPath:
    path = QPainterPath()
    tokens = _TOKENS.findall(data)
    i = 0

    def points(count: int) -> list[QPointF]:
        values = [float(v) for v in tokens[i + 1 : i + 1 + 2 * count]]
        return [QPointF(values[2 * k], values[2 * k + 1]) for k in range(count)]

    while i < len(tokens):
        command = tokens[i]
        if command == "M":
            path.moveTo(*points(1))
            i += 3
        elif command == "L":
            path.lineTo(*points(1))
            i += 3
        elif command == "Q":
            path.quadTo(*points(2))
            i += 5
        elif command == "C":
            path.cubicTo(*points(3))
            i += 7
        elif command in "Zz":
            path.closeSubpath()
            i += 1
        else:
            raise ValueError(command)
    return path
