"""Drawings without what their files say beside the picture: titles, descriptions, names of layers and styles."""

from __future__ import annotations

import base64
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from atelier.deck.picture_metadata import bare_picture
from atelier.deck.svg import as_bytes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SAID: Final = frozenset({"title", "desc", "metadata"})
_NAMES: Final = re.compile(r"^(?:data-.*|aria-.*|role|id|class|name|target|download|label)$", re.IGNORECASE)
_LOCAL: Final = re.compile(r"(url\s*\(\s*[\"']?\s*#)([^\"')\s]+)", re.IGNORECASE)
_SELECTOR: Final = re.compile(r"([.#])(-?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*)(?=[^{}]*\{)")
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


def bare_drawing(root: Element) -> bytes:
    """The drawing of a `SafeSvg`, every name in it a number, what is not drawn left out."""
    root = deepcopy(root)
    _drop_said(root)
    ids = {id_: f"n{number}" for number, id_ in enumerate(_each(root, "id"), 1)}
    classes = {name: f"c{number}" for number, name in enumerate(_each(root, "class"), 1)}
    styled = any(element.tag == "style" for element in root.iter())
    for element in root.iter():
        _rename(element, ids, classes if styled else {})
    return as_bytes(root)


def says_more(root: Element) -> bool:
    """Whether a drawing has words that nobody sees: titles, descriptions, metadata."""
    return any(element.tag in _SAID and "".join(element.itertext()).strip() for element in root.iter())


def _drop_said(element: Element) -> None:
    for child in list(element):
        if child.tag in _SAID:
            element.remove(child)
        else:
            _drop_said(child)


def _each(root: Element, name: str) -> list[str]:
    """Every word of an attribute in the drawing, once."""
    return list(dict.fromkeys(word for each in root.iter() for word in each.get(name, "").split()))


def _rename(element: Element, ids: dict[str, str], classes: dict[str, str]) -> None:
    for name, value in list(element.attrib.items()):
        if name == "id":
            element.set(name, ids[value.split()[0]]) if value.split() else element.attrib.pop(name)
        elif name == "class" and classes:
            element.set(name, " ".join(classes[word] for word in value.split()))
        elif _NAMES.match(name):
            del element.attrib[name]
        elif name == "xlink:href":
            element.set(name, _reference(value, ids))
        elif "#" in value:
            element.set(name, _local(value, ids))
    if element.tag == "style" and element.text:
        text = _local(_COMMENT.sub("", element.text), ids)
        element.text = _SELECTOR.sub(
            lambda found: found[1] + (classes if found[1] == "." else ids).get(found[2], "gone"), text
        )


def _reference(value: str, ids: dict[str, str]) -> str:
    if value.startswith("#"):
        return f"#{ids.get(value[1:], 'gone')}"
    head, comma, data = value.partition(",")
    bare = bare_picture(base64.b64decode(data)) if comma else None
    return f"{head},{base64.b64encode(bare).decode()}" if bare is not None else ""


def _local(value: str, ids: dict[str, str]) -> str:
    return _LOCAL.sub(lambda found: found[1] + ids.get(found[2], "gone"), value)
