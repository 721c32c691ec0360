"""The HTML in a text as a tree whose leaves are Markdown, balanced whatever the text is."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from atelier.markup.safety import KNOWN_TAGS

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEEPEST = 40
_TAG = re.compile(
    r"<(/?)([A-Za-z][\w.-]{0,40}(?::[\w-]{1,40})?)((?:\s(?:\"[^\"]{0,4000}\"|'[^']{0,4000}'|[^<>\"']){0,400})?)(/?)>"
)
_WELL_FORMED = re.compile(r"(?:\s+[@:#\w][\w:.@\[\]-]{0,60}(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>=]+))?){0,100}\s*$")
_ATTRIBUTE = re.compile(r"""([@:\w][\w:.@-]{0,60})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+)))?""")
_VOID = frozenset({
    "br", "img", "hr", "input", "meta", "link", "col", "source", "track", "wbr", "embed", "area", "base", "param",
})  # fmt: skip
_RAW = frozenset({"script", "style", "textarea", "svg", "math", "template", "noscript", "title", "object"})


@dataclass(slots=True)
class Node:
    """An element; one without a name holds the whole text, or a part of one."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict[str, str])
    children: list[Child] = field(default_factory=list["Child"])
    source: str = ""
    """The opening tag as written."""

    @property
    def classes(self) -> str:
        return self.attributes.get("class", "")


Child: TypeAlias = "Node | str"


def attributes_of(text: str) -> dict[str, str]:
    """The attributes in an opening tag: names in small letters, of several of one name the first."""
    out: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(text):
        value = next((each for each in found.groups()[1:] if each is not None), "")
        out.setdefault(found[1].lower(), html.unescape(value))
    return out


def tree(text: str) -> Node:
    """`text` as a tree. What is opened and never closed ends with what it stands in."""
    open_ = [Node("")]
    lower = text.lower()
    at = 0
    while (found := _TAG.search(text, at)) is not None:
        _add(open_[-1], text[at : found.start()])
        name, at = found[2], found.end()
        known = name.lower()
        if found[1]:
            _close(open_, known)
            continue
        given = found[3].rstrip()
        ended = bool(found[4]) or given.endswith("/")
        node = Node(known, attributes_of(given.removesuffix("/")), source=found[0])
        if known in _RAW or known == "pre":
            end = -1 if ended else lower.find(f"</{known}", at)
            stop = lower.find(">", end) + 1 if end >= 0 else 0
            if stop:
                node.children.append(text[at:end])
                at = stop
            _add_node(open_, node)
            continue
        if known not in KNOWN_TAGS and not _is_element(found, lower, known):
            _add(open_[-1], f"&lt;{found[0][1:]}")
            continue
        lonely = known in _VOID or ended or (known not in KNOWN_TAGS and lower.find(f"</{known}", at) < 0)
        if known in ("li", "dt", "dd", "tr", "td", "th", "p", "option"):
            _end_alike(open_, known)
        _add_node(open_, node)
        if not lonely and len(open_) < _DEEPEST:
            open_.append(node)
    _add(open_[-1], text[at:])
    return open_[0]


def _is_element(tag: re.Match[str], lower: str, name: str) -> bool:
    """Whether angle brackets hold an element of some other program rather than words: `<your name>`."""
    given = tag[3].rstrip()
    if not _WELL_FORMED.match(given.removesuffix("/")):
        return False
    return (
        "=" in given
        or bool(tag[4])
        or given.endswith("/")
        or "-" in name
        or ":" in name
        or lower.find(f"</{name}", tag.end()) >= 0
    )


def _add(node: Node, text: str) -> None:
    if text:
        node.children.append(text)


def _add_node(open_: list[Node], node: Node) -> None:
    open_[-1].children.append(node)


def _close(open_: list[Node], name: str) -> None:
    for depth in range(len(open_) - 1, 0, -1):
        if open_[depth].name == name:
            del open_[depth:]
            return


_ENDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "p": (frozenset({"p"}), frozenset({"div", "li", "td", "th", "section", "blockquote", "article"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}


def _end_alike(open_: list[Node], name: str) -> None:
    """Closes what an element without a closing tag before it has ended."""
    ended, within = _ENDS[name]
    for depth in range(len(open_) - 1, 0, -1):
        if open_[depth].name in within:
            return
        if open_[depth].name in ended:
            del open_[depth:]
            return
