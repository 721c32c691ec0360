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
_SELECTOR: Final = re.compile(r"([.#])(-?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*)|\[[^\]]*\]?")
_HASH: Final = re.compile(r"#([^\s\"'();,{}]+)")
_BRACES: Final = re.compile(r"([{}])")
_CONTENT: Final = re.compile(r"(?<![\w-])(?:content\s*:|--[\w-]+\s*:)[^;{}]*", re.IGNORECASE)
"""Declarations with words in them."""
_UNSEEN: Final = re.compile(r"(?:^|;)\s*display\s*:\s*none\b", re.IGNORECASE)
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


def bare_drawing(root: Element) -> bytes:
    """The drawing of a `SafeSvg`, every name in it a number, what is not drawn left out."""
    root = deepcopy(root)
    _drop_said(root)
    _drop_unseen(root, _referred(root))
    _drop_loose_words(root)
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


def _drop_loose_words(element: Element) -> None:
    """Takes out words that stand in no text: they are not drawn."""
    if element.tag == "text":
        return
    if element.tag != "style":
        element.text = None
    for child in element:
        child.tail = None
        _drop_loose_words(child)


def _referred(root: Element) -> set[str]:
    """The ids that something in the drawing is made with."""
    values = [value for each in root.iter() for value in (*each.attrib.values(), each.text or "") if "#" in value]
    return {found[1] for value in values for found in _HASH.finditer(value)}


def _drop_unseen(element: Element, referred: set[str]) -> None:
    """Takes out layers that are switched off, as far as nothing that is drawn is made of them."""
    for child in list(element):
        off = child.get("display") == "none" or _UNSEEN.search(child.get("style", "")) is not None
        if off and not any(each.get("id", "").split()[:1] and each.get("id") in referred for each in child.iter()):
            element.remove(child)
        else:
            _drop_unseen(child, referred)


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
        element.text = _style(_local(_COMMENT.sub("", element.text), ids), ids, classes)


def _style(text: str, ids: dict[str, str], classes: dict[str, str]) -> str:
    """A style sheet with the new names; what it selects by another attribute is not there any more."""

    def named(found: re.Match[str]) -> str:
        return found[1] + (classes if found[1] == "." else ids).get(found[2], "gone") if found[1] else ".gone "

    pieces = _BRACES.split(text)
    for number, piece in enumerate(pieces):
        opens = pieces[number + 1 : number + 2] == ["{"]
        pieces[number] = _SELECTOR.sub(named, piece) if opens else _CONTENT.sub("", piece)
    return "".join(pieces)


def _reference(value: str, ids: dict[str, str]) -> str:
    if value.startswith("#"):
        return f"#{ids.get(value[1:], 'gone')}"
    head, comma, data = value.partition(",")
    bare = bare_picture(base64.b64decode(data)) if comma else None
    return f"{head},{base64.b64encode(bare).decode()}" if bare is not None else ""


def _local(value: str, ids: dict[str, str]) -> str:
    return _LOCAL.sub(lambda found: found[1] + ids.get(found[2], "gone"), value)
