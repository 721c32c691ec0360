"""HTML as a tree of its block elements; what is inside a line stays text, tags and all. Linear in the text's length."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TypeAlias

from atelier.markup.safety import BLOCK_TAGS, HIDDEN_TAGS

TAG = r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})((?:\s[^<>]{0,4000})?)/?>"
"""Whether it closes, name, attributes."""
_TAG = re.compile(TAG)
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w:-]{0,40})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+)))?""")
_PRE_END = re.compile(r"</pre\s*>$", re.IGNORECASE)
_DEEPEST = 24
_EMPTY = frozenset({"hr", "col", "source", "track", "link", "param"})
_ENDED_BY: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tbody": frozenset({"thead", "tbody", "tr", "td", "th"}),
    "tfoot": frozenset({"thead", "tbody", "tr", "td", "th"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
}
"""Which open elements a new one ends."""
_HOLDS: dict[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol", "menu", "dir"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
}
_TABLE = frozenset({"table"})


@dataclass(slots=True)
class Node:
    """An element and what stands in it in order: text with inline tags, and elements."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict[str, str])
    children: list[Child] = field(default_factory=list["Child"])

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


Child: TypeAlias = "Node | str"


def tag_attributes(text: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case; the first of a name holds."""
    out: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(text):
        value = next((each for each in found.groups()[1:] if each is not None), "")
        out.setdefault(found[1].lower(), html.unescape(value))
    return out


def html_tree(source: str) -> Node:
    """The elements of `source` below a root without a name. What readers never see, scripts and styles, is left out."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._open = [Node("")]

    def read(self) -> Node:
        source, at = self._source, 0
        while found := _TAG.search(source, at):
            self._add(source[at : found.start()])
            name = found[2].lower()
            at = found.end()
            if name in HIDDEN_TAGS and not found[1]:
                at = self._past(name, at) if not found[0].endswith("/>") else at
            elif name == "pre" and not found[1]:
                end = self._past(name, at)
                self._add(Node(name, tag_attributes(found[3]), [_PRE_END.sub("", source[at:end])]))
                at = end
            elif name not in BLOCK_TAGS:
                self._add(found[0])
            elif found[1]:
                self._close(name)
            else:
                self._begin(name, tag_attributes(found[3]))
        self._add(source[at:])
        return self._open[0]

    def _past(self, name: str, at: int) -> int:
        """Where the element opened before `at` ends, its closing tag included."""
        closing = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(self._source, at)
        return closing.end() if closing else len(self._source)

    def _add(self, child: Child) -> None:
        if child:
            self._open[-1].children.append(child)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        node = Node(name, attributes)
        if name in _EMPTY:
            self._add(node)
            return
        if self._open[-1].name == "p":
            self._open.pop()
        if ended := _ENDED_BY.get(name):
            self._end(ended, _HOLDS.get(name, _TABLE))
        self._add(node)
        if len(self._open) < _DEEPEST:
            self._open.append(node)

    def _end(self, names: frozenset[str], within: frozenset[str]) -> None:
        """Closes what of `names` is open, up to the element they belong in."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].name in within:
                return
            if self._open[depth].name in names:
                del self._open[depth:]

    def _close(self, name: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].name == name:
                del self._open[depth:]
                return
            if self._open[depth].name in ("td", "th", "table") and name not in ("tr", "thead", "tbody", "table"):
                return
