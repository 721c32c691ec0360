"""Outlines as path data, SVG 2 section 9.3."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath


def path_data(path: QPainterPath, decimals: int = 2) -> str:
    """`path` in absolute commands, its numbers rounded; a subpath that ends where it began is closed."""
    out: list[str] = []
    i, count = 0, path.elementCount()
    start = (0.0, 0.0)
    last = ""
    while i < count:
        element = path.elementAt(i)
        x, y = element.x, element.y
        if element.isMoveTo():
            start = (x, y)
            out.append(f"M{number(x, decimals)} {number(y, decimals)}")
            last = "M"
        elif element.isLineTo():
            sign = " " if last == "L" else "L"
            out.append(f"{sign}{number(x, decimals)} {number(y, decimals)}")
            last = "L"
        else:
            points = (element, path.elementAt(i + 1), path.elementAt(i + 2))
            x, y = points[2].x, points[2].y
            sign = " " if last == "C" else "C"
            out.append(sign + " ".join(f"{number(p.x, decimals)} {number(p.y, decimals)}" for p in points))
            last = "C"
            i += 2
        i += 1
        ends = i == count or path.elementAt(i).isMoveTo()
        if ends and last != "M" and (x, y) == start:
            out.append("Z")
            last = "Z"
    return "".join(out)


def number(value: float, decimals: int = 2) -> str:
    """`value` as short as it goes."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
