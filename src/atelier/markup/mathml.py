"""Formulas as MathML Core (W3C): LaTeX through latex2mathml, of whose output only what is known to be harmless is kept.

The library puts the words of a formula into its markup as they are, so nothing it writes is taken over unseen.
"""

from __future__ import annotations

import html
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from atelier.markup.environments import known_environments

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LONGEST: Final = 2000
"""Characters of TeX: beyond this a formula is no formula."""
_TAGS: Final = frozenset({
    "math", "mrow", "mi", "mo", "mn", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup",
    "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd", "mpadded",
    "mphantom", "mstyle", "merror",
})  # fmt: skip
_ATTRIBUTES: Final = frozenset({
    "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle",
    "fence", "form", "height", "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize",
    "movablelimits", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "symmetric",
    "voffset", "width",
})  # fmt: skip
_SIDES: Final = {side: f"text-align: {side}; text-align: -webkit-{side}" for side in ("left", "right")}
"""Where what a cell says stands: MathML Core leaves that to styles, older readers know the attribute. To Chromium what
is in a cell is a block, which only the second of the two moves.
"""


@lru_cache(maxsize=512)
def mathml(tex: str, *, inline: bool) -> str | None:
    """LaTeX as MathML; None for what is no formula, or cannot be read as one."""
    if len(tex) > _LONGEST:
        return None
    from latex2mathml.converter import convert_to_element

    try:
        made = convert_to_element(known_environments(tex), display="inline" if inline else "block")
        return ET.tostring(_harmless(made), encoding="unicode")
    except Exception:  # noqa: BLE001 - the library raises whatever its parser met
        return None


def _harmless(element: Element, *, close: bool = False) -> Element:
    """The same with known elements and attributes alone, its words as words; `close` for what is in a table whose
    columns go together in pairs.
    """
    tag = element.tag.rpartition("}")[2]
    out = ET.Element(tag if tag in _TAGS else "mrow")
    for name, value in element.items():
        if name in _ATTRIBUTES:
            out.set(name, value)
    if tag == "math":
        out.set("xmlns", "http://www.w3.org/1998/Math/MathML")
    if tag == "mtd" and (side := element.get("columnalign")) in _SIDES:
        out.set("style", _SIDES[side] + (f"; padding-{side}: 0" if close else ""))
    close = element.get("columnspacing", "").startswith("0em") if tag == "mtable" else close
    out.text = html.unescape(element.text) if element.text else None
    for child in element:
        inner = _harmless(child, close=close)
        inner.tail = html.unescape(child.tail) if child.tail else None
        out.append(inner)
    return out
