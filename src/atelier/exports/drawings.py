"""Drawings as files hold them.

Qt's PDF engine leaves the opacity of a shape out where a gradient fills it; and a drawing that is handed on says no
more than what is seen.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HREF = "{http://www.w3.org/1999/xlink}href"
_PAINT = re.compile(r"\s*url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_UNSEEN = frozenset({"title", "desc", "metadata"})
_REFERENCE = re.compile(r"(^|url\(\s*['\"]?)#([^'\")\s]+)")
_GRADIENTS = frozenset({"linearGradient", "radialGradient"})
_GROUPS = frozenset({"g", "svg", "a", "switch"})
_INHERITED = ("fill", "stroke", "fill-opacity", "stroke-opacity")
_LONGEST_CHAIN = 16


def for_paper(root: Element) -> bytes:
    """The drawing with opacities taken into the gradients they are for. `root` is changed."""
    gradients = {each.get("id", ""): each for each in root.iter() if each.tag in _GRADIENTS}
    if gradients:
        writer = _Writer(root, gradients)
        writer.walk(root, {}, 1.0)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def without_names(root: Element) -> bytes:
    """The drawing without what its author called its parts: titles, descriptions, classes, ids. `root` is changed."""
    ids: dict[str, str] = {}
    for parent in list(root.iter()):
        for child in [each for each in parent if _local(each.tag) in _UNSEEN]:
            parent.remove(child)
    for element in root.iter():
        if "id" in element.attrib:
            ids[element.attrib["id"]] = f"part{len(ids)}"
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name in {"id", "class"} or name.startswith(("data-", "aria-")) or _local(name) in {"label", "title"}:
                del element.attrib[name]
                if name == "id":
                    element.set("id", ids[value])
            elif "#" in value:
                element.set(name, _REFERENCE.sub(lambda found: f"{found[1]}#{ids.get(found[2], found[2])}", value))
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2].rpartition(":")[2]


class _Writer:
    def __init__(self, root: Element, gradients: dict[str, Element]) -> None:
        self._gradients = gradients
        self._made: dict[tuple[str, float], str] = {}
        self._defs = ET.Element("defs")
        root.insert(0, self._defs)

    def walk(self, element: Element, inherited: dict[str, str], opacity: float) -> None:
        """`opacity` is that of the groups around, as far as Qt does not paint them as one picture."""
        if element.tag in _GRADIENTS or element.tag in {"defs", "style"}:
            return
        own = _properties(element)
        now = inherited | {name: own[name] for name in _INHERITED if name in own}
        if element.tag in _GROUPS:
            alone = len(element) == 1
            inner = opacity * _number(own.get("opacity")) if alone else 1.0
            for child in element:
                self.walk(child, now, inner)
            return
        strokes, fills = now.get("stroke", "none") != "none", now.get("fill", "") != "none"
        shape = _number(own.get("opacity")) * opacity
        if shape < 1.0 and strokes and fills:
            return  # painted as one picture, where opacity works
        for name in ("fill", "stroke"):
            paint = _PAINT.match(now.get(name, ""))
            share = shape * _number(now.get(f"{name}-opacity"))
            if paint is not None and share < 1.0:
                made = self._gradient(paint.group(1), share)
                if made:
                    _set(element, name, f"url(#{made})")

    def _gradient(self, name: str, share: float) -> str:
        """The id of a gradient like `name`, its colours `share` as opaque."""
        key = (name, round(share, 4))
        if key in self._made:
            return self._made[key]
        stops = self._stops(name)
        if not stops:
            return ""
        made = deepcopy(self._gradients[name])
        for child in list(made):
            made.remove(child)
        for stop in stops:
            copy = deepcopy(stop)
            _set(copy, "stop-opacity", f"{_number(_properties(stop).get('stop-opacity')) * share:.4f}")
            made.append(copy)
        id_ = f"{name}-atelier-{len(self._made)}"
        made.set("id", id_)
        self._defs.append(made)
        self._gradients[id_] = made
        self._made[key] = id_
        return id_

    def _stops(self, name: str) -> list[Element]:
        for _ in range(_LONGEST_CHAIN):
            gradient = self._gradients.get(name)
            if gradient is None:
                break
            if stops := [child for child in gradient if child.tag == "stop"]:
                return stops
            name = (gradient.get(_HREF) or gradient.get("xlink:href") or gradient.get("href") or "").removeprefix("#")
        return []


def _properties(element: Element) -> dict[str, str]:
    """Presentation attributes, those in `style` over the others."""
    found = {name: value.strip() for name, value in element.attrib.items()}
    for declaration in element.get("style", "").split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.strip()
    return found


def _set(element: Element, name: str, value: str) -> None:
    style = element.get("style", "")
    if name in style:
        element.set("style", re.sub(rf"(^|;)\s*{name}\s*:[^;]*", "", style))
    element.set(name, value)


def _number(value: str | None) -> float:
    """An opacity: 1 where nothing sensible is said."""
    if value is None:
        return 1.0
    try:
        number = float(value.rstrip("%")) / (100.0 if value.endswith("%") else 1.0)
    except ValueError:
        return 1.0
    return min(max(number, 0.0), 1.0)
