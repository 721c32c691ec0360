"""Formulas as Word has them: Office Math (ECMA-376, part 1, 22.1), made of MathML, so that they can be edited there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from atelier.markup.mathml import mathml
from atelier.writers.word.elements import node, text_node

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from xml.etree.ElementTree import Element

_LARGE: Final = frozenset("∑∏∐∫∬∭∮⋂⋃⋀⋁⨁⨂")
"""Operators that stand before what they are of, larger than the rest."""
_BESIDE: Final = frozenset("∫∬∭∮")
"""Large operators whose limits stand beside them."""
_RELATIONS: Final = frozenset("=<>≤≥≠≈≡→⇒⇔∈,;")
"""Where what a large operator is of ends at the latest."""
_BETWEEN: Final = frozenset("=<>≤≥≠≈≡≅≃∼∝→⇒⇔∈⊂⊆⊃⊇∪∩∧∨×÷·⋅∗")
"""Signs that stand between two things: where nothing is before one, LibreOffice shows an error instead."""
_NOTHING: Final = "\u200b"
_CLOSING: Final = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉", "|": "|", "‖": "‖"}
_ACCENTS: Final = {
    "^": "\u0302", "~": "\u0303", "˜": "\u0303", "¯": "\u0305", "˙": "\u0307", "¨": "\u0308", "→": "\u20d7",
    "ˇ": "\u030c", "˘": "\u0306", "´": "\u0301", "`": "\u0300",
}  # fmt: skip
_BARS: Final = frozenset("―‾_̲")
_BRACES: Final = frozenset("⏞⏟⏜⏝⎴⎵")
_EXACTLY: Final = 3
"""Columns of a table stand as far apart as is said (22.1.2.21)."""
_VARIANTS: Final = {"normal": "p", "bold": "b", "italic": "i", "bold-italic": "bi"}


class _UnknownError(Exception):
    """A formula has something in it that this does not know."""


def formula(tex: str, *, inline: bool) -> Element | None:
    """LaTeX as Office Math: what stands in a line, or a paragraph of its own; None for what cannot be read."""
    made = mathml(tex, inline=inline)
    if made is None:
        return None
    try:
        root = ET.fromstring(made)  # noqa: S314 - made by this program, without declarations
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
        children = _children(root)
    except _UnknownError:
        return None
    if not children:
        return None
    math = node("m:oMath", *children)
    return math if inline else node("m:oMathPara", math)


def _row(children: Sequence[Element]) -> list[Element]:
    """Elements beside each other."""
    out: list[Element] = []
    at = next((n for n, child in enumerate(children) if child.tag != "mi" or child.text), len(children))
    if at < len(children) and _sign(children[at]) in _BETWEEN:
        out.append(node("m:r", text_node("m:t", _NOTHING)))
    while at < len(children):
        child = children[at]
        close = _close(children, at)
        if close is not None:
            end = children[close].text or "" if close < len(children) else ""
            out.append(_delimited(_sign(child), end, _row(children[at + 1 : close])))
            at = close + 1
        elif (raised := _raised(children, at)) is not None:
            bracket = _delimited(_sign(child), _sign(children[raised][0]), _row(children[at + 1 : raised]))
            out += _scripts(children[raised], bracket)
            at = raised + 1
        elif (large := _large(child)) is not None:
            end = at + 1
            while end < len(children) and not _ends_operand(children[end]):
                end += 1
            out.append(_nary(child, large, _row(children[at + 1 : end])))
            at = end
        else:
            out += _made(child)
            at += 1
    return out


def _close(children: Sequence[Element], at: int) -> int | None:
    """Where the bracket that grows with what is in it ends; behind the last child for one that is never closed."""
    if not _opens(children[at]):
        return None
    wanted = _CLOSING.get(_sign(children[at]))
    depth = 0
    for place in range(at + 1, len(children)):
        other = children[place]
        if not _grows(other):
            continue
        if other.get("form") == "postfix" or (not other.get("form") and _sign(other) == wanted):
            if not depth:
                return place
            depth -= 1
        elif _opens(other):
            depth += 1
    return len(children) if children[at].get("form") == "prefix" else None


def _raised(children: Sequence[Element], at: int) -> int | None:
    """Where a bracket ends that has an index or an exponent, which is that of all of it."""
    sign = _sign(children[at])
    wanted = _CLOSING.get(sign, sign)
    if wanted == sign:
        return None
    depth = 0
    for place in range(at + 1, len(children)):
        other = children[place]
        scripted = other.tag in _SCRIPTED and len(other) > 0
        found = _sign(other[0] if scripted else other)
        if found == wanted and not depth:
            return place if scripted else None
        depth += (found == sign) - (found == wanted)
    return None


def _grows(element: Element) -> bool:
    return element.tag == "mo" and element.get("stretchy") != "false"


def _opens(element: Element) -> bool:
    """Whether it is a bracket that begins, or the nothing that stands in the place of one."""
    sign, form = _sign(element), element.get("form")
    unseen = not sign and form == "prefix"
    return _grows(element) and form != "postfix" and (unseen or sign in _CLOSING)


def _sign(element: Element) -> str:
    return (element.text or "").strip() if element.tag == "mo" else ""


def _large(element: Element) -> str | None:
    """The large operator that an element is, with its limits or without."""
    base = element[0] if element.tag in _SCRIPTS and len(element) else element
    sign = _sign(base)
    return sign if sign in _LARGE else None


def _ends_operand(element: Element) -> bool:
    return _sign(element) in _RELATIONS


# --------------------------------------------------------------------------------------------------------- elements


def _made(element: Element) -> list[Element]:
    build = _BUILDERS.get(element.tag)
    if build is None:
        raise _UnknownError
    return build(element)


def _children(element: Element) -> list[Element]:
    return _row(list(element))


def _words(element: Element, *, plain: bool = False) -> list[Element]:
    text = element.text or ""
    if not text:
        return []
    if text == "&":  # the mark of a column that has found no table
        raise _UnknownError
    style = _VARIANTS.get(element.get("mathvariant", ""), "")
    if not style and (plain or (element.tag == "mi" and len(text) > 1) or (element.tag == "mo" and text.isalpha())):
        style = "p"
    shown = node("m:rPr", node("m:nor") if element.tag in {"mtext", "ms"} else None, _style(element, style))
    return [node("m:r", shown if len(shown) else None, text_node("m:t", text))]


def _style(element: Element, style: str) -> Element | None:
    return node("m:sty", val=style) if style and element.tag not in {"mtext", "ms"} else None


def _parts(element: Element, count: int) -> list[list[Element]]:
    if len(element) != count:
        raise _UnknownError
    return [_made(child) for child in element]


def _fraction(element: Element) -> list[Element]:
    over, under = _parts(element, 2)
    bare = element.get("linethickness", "").startswith("0")
    kind = node("m:fPr", node("m:type", val="noBar")) if bare else None
    return [node("m:f", kind, node("m:num", *over), node("m:den", *under))]


def _root(element: Element) -> list[Element]:
    if element.tag == "msqrt":
        hidden = node("m:radPr", node("m:degHide", val=1))
        return [node("m:rad", hidden, node("m:deg"), node("m:e", *_children(element)))]
    base, degree = _parts(element, 2)
    return [node("m:rad", node("m:deg", *degree), node("m:e", *base))]


def _scripts(element: Element, whole: Element | None = None) -> list[Element]:
    """Indices and exponents: of the first part, or of the `whole` that it ends."""
    tag, names = _SCRIPTED[element.tag]
    base, *rest = _parts(element, len(names) + 1)
    parts = (node(name, *part) for name, part in zip(names, rest, strict=True))
    return [node(tag, node("m:e", *(base if whole is None else [whole])), *parts)]


def _below_or_above(element: Element) -> list[Element]:
    above = element.tag == "mover"
    base, limit = _parts(element, 2)
    sign = _sign(element[1])
    if sign in _BARS:
        place = node("m:barPr", node("m:pos", val="top" if above else "bot"))
        return [node("m:bar", place, node("m:e", *base))]
    if sign in _BRACES:
        place = (node("m:pos", val="top" if above else "bot"), node("m:vertJc", val="bot" if above else "top"))
        kind = node("m:groupChrPr", node("m:chr", val=sign), *place)
        return [node("m:groupChr", kind, node("m:e", *base))]
    if above and sign in _ACCENTS:
        return [node("m:acc", node("m:accPr", node("m:chr", val=_ACCENTS[sign])), node("m:e", *base))]
    return [node("m:limUpp" if above else "m:limLow", node("m:e", *base), node("m:lim", *limit))]


def _both(element: Element) -> list[Element]:
    base, below, above = _parts(element, 3)
    lower = node("m:limLow", node("m:e", *base), node("m:lim", *below))
    return [node("m:limUpp", node("m:e", lower), node("m:lim", *above))]


def _nary(element: Element, sign: str, operand: list[Element]) -> Element:
    """A large operator: its limits, and what it is of."""
    limits: dict[str, list[Element]] = {"sub": [], "sup": []}
    if element.tag in _SCRIPTS:
        places = _SCRIPTS[element.tag]
        limits.update(zip(places, _parts(element, len(places) + 1)[1:], strict=True))
    where = "subSup" if sign in _BESIDE else "undOvr"
    hidden = [node(f"m:{place}Hide", val=1) for place, part in limits.items() if not part]
    kind = node("m:naryPr", node("m:chr", val=sign), node("m:limLoc", val=where), *hidden)
    limited = (node(f"m:{place}", *part) for place, part in limits.items())
    return node("m:nary", kind, *limited, node("m:e", *operand))


def _delimited(start: str, end: str, inner: list[Element]) -> Element:
    kind = node("m:dPr", node("m:begChr", val=start), node("m:endChr", val=end.strip()))
    return node("m:d", kind, node("m:e", *inner))


def _table(element: Element) -> list[Element]:
    rows = [[_children(cell) for cell in row] for row in element if row.tag == "mtr"]
    width = max((len(row) for row in rows), default=0)
    if not width:
        raise _UnknownError
    widest = max(element, key=len)
    sides = [side if (side := cell.get("columnalign")) in {"left", "right"} else "center" for cell in widest]
    columns = (node("m:mc", node("m:mcPr", node("m:count", val=1), node("m:mcJc", val=side))) for side in sides)
    pair = sides == ["right", "left"] and element.get("columnspacing", "").startswith("0em")
    close = (node("m:cGpRule", val=_EXACTLY), node("m:cGp", val=0)) if pair else ()
    cells = ([*row, *[[]] * (width - len(row))] for row in rows)
    lines = (node("m:mr", *(node("m:e", *cell) for cell in row)) for row in cells)
    return [node("m:m", node("m:mPr", *close, node("m:mcs", *columns)), *lines)]


def _space(element: Element) -> list[Element]:
    """As many wide spaces as it has ems, else a thin one."""
    try:
        wide = float(element.get("width", "0").removesuffix("em"))
    except ValueError:
        wide = 0.0
    return [node("m:r", text_node("m:t", "\u2003" * min(int(wide), 4) or "\u2009"))]


_SCRIPTED: Final = {
    "msub": ("m:sSub", ("m:sub",)), "msup": ("m:sSup", ("m:sup",)), "msubsup": ("m:sSubSup", ("m:sub", "m:sup")),
}  # fmt: skip
_SCRIPTS: Final = {
    "msub": ("sub",), "msup": ("sup",), "msubsup": ("sub", "sup"), "munder": ("sub",), "mover": ("sup",),
    "munderover": ("sub", "sup"),
}  # fmt: skip
_BUILDERS: Final[dict[str, Callable[[Element], list[Element]]]] = {
    "mi": _words, "mn": partial(_words, plain=True), "mo": _words, "mtext": _words, "ms": _words,
    "mrow": _children, "mstyle": _children, "mpadded": _children, "mtd": _children,
    "mfrac": _fraction, "msqrt": _root, "mroot": _root,
    "msub": _scripts, "msup": _scripts, "msubsup": _scripts,
    "munder": _below_or_above, "mover": _below_or_above, "munderover": _both,
    "mtable": _table, "mspace": _space,
}  # fmt: skip
