"""XML as Word has it: elements under the usual prefixes, declared once in the root of a part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_QUALIFIED: Final = frozenset({"w", "m"})
"""Prefixes of elements whose attributes have it too."""
_REFUSED: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold (XML 1.0, 2.2)."""


def node(tag: str, *children: Element | None, **values: str | int) -> Element:
    """An element with its children, None left out. `r_id` is the attribute `r:id`, `val` that under its own prefix."""
    made = ET.Element(tag)
    prefix = tag.partition(":")[0]
    for name, value in values.items():
        own, _, rest = name.partition("_")
        key = f"{own}:{rest}" if rest else f"{prefix}:{own}" if prefix in _QUALIFIED else own
        made.set(key, clean(str(value)))
    made.extend(child for child in children if child is not None)
    return made


def text_node(tag: str, text: str) -> Element:
    """An element with words, whose spaces count."""
    made = node(tag, xml_space="preserve")
    made.text = clean(text)
    return made


def clean(text: str) -> str:
    """`text` without the signs that no XML may hold."""
    return _REFUSED.sub("", text)


def part(root: Element, prefixes: Iterable[str] = ("w", "r")) -> bytes:
    """The bytes of a part: `root` with the prefixes it uses declared."""
    for prefix in prefixes:
        root.set(f"xmlns:{prefix}", NAMESPACES[prefix])
    return ET.tostring(root, encoding="UTF-8", xml_declaration=True)
