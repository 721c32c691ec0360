"""JSON Canvas 1.0 (jsoncanvas.org/spec/1.0) as it stands in a file: read as far as it goes, written as Obsidian does.

Coordinates are in canvas units, absolute; the order of the nodes is their order from back to front. What this module
does not know survives, at every level.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from atelier.foundation.diagnostics import Diagnostic, bounded
from atelier.foundation.geometry import Rect
from atelier.foundation.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LARGEST_CANVAS: Final = 16 * 1024 * 1024
"""Bytes of a file that is read."""
MOST_NODES: Final = 20_000
MOST_EDGES: Final = 40_000
FARTHEST: Final = 1e7
LARGEST: Final = 1e6
"""Coordinates and sizes beyond this many units are a mistake."""
TYPES: Final = ("text", "file", "link", "group")

_HOLDS: Final = {"text": "text", "file": "file", "link": "url"}
"""Where each type of node has what it shows."""

Json: TypeAlias = "dict[str, Any]"

_FAULTS: Final = (
    ("Expecting value", N_("a value is missing")),
    ("Expecting property name", N_("a key is missing")),
    ("Expecting ':'", N_("a colon is missing")),
    ("Expecting ','", N_("a comma is missing")),
    ("Illegal trailing comma", N_("nothing follows a comma")),
    ("Unterminated string", N_("a text is never closed")),
    ("Invalid control character", N_("a text holds a line break or a control character")),
    ("Invalid \\", N_("a backslash stands before a sign that takes none")),
)
"""What json.decoder says begins with the first, and means the second."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node. `box` is None where its place or size cannot be used; `line` is that of the file it begins on."""

    id: str
    type: str
    box: Rect | None
    line: int
    raw: Json = field(compare=False, repr=False)

    def text(self, key: str) -> str:
        """The text under `key`; empty where there is none."""
        value = self.raw.get(key)
        return value if isinstance(value, str) else ""

    @property
    def own(self) -> Mapping[str, Any]:
        """What this program has written into it: the object under `atelier`."""
        value = self.raw.get("atelier")
        return cast("Json", value) if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes, given by their ids."""

    id: str
    start: str
    end: str
    line: int
    raw: Json = field(compare=False, repr=False)

    def text(self, key: str) -> str:
        """The text under `key`; empty where there is none."""
        value = self.raw.get(key)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class CanvasFile:
    """What a `.canvas` holds. `whole` is false where a part of the file could not be read, so that it must not be
    written over.
    """

    data: Json
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    whole: bool = True
    diagnostics: tuple[Diagnostic, ...] = ()
    digest: str = ""


def _in_words(said: str) -> str:
    return next((_(words) for beginning, words in _FAULTS if said.startswith(beginning)), said)


def number(value: object) -> float | None:
    """`value` as a finite number within reach; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return float(value) if abs(value) <= FARTHEST else None


def numbers(value: object, count: int) -> tuple[float, ...] | None:
    """A list of `count` finite numbers; None for anything else."""
    if not isinstance(value, list):
        return None
    found = [number(each) for each in cast("list[object]", value)]
    return tuple(each for each in found if each is not None) if len(found) == count and None not in found else None


def read_canvas(data: bytes, file: Path | None = None) -> CanvasFile:
    """The canvas in the bytes of a file. Never fails: what cannot be read is among the diagnostics."""
    return _Reader(data, file).read()


def write_canvas(data: Mapping[str, Any]) -> bytes:
    """The bytes of a canvas, laid out as Obsidian lays it out: a line a node and a line an edge."""
    parts = [f"\t{_compact(key)}:{_listed(value)}" for key, value in data.items()]
    return ("{\n" + ",\n".join(parts) + "\n}" if parts else "{}").encode()


def _listed(value: object) -> str:
    rows = cast("list[object]", value) if isinstance(value, list) else []
    if not rows:
        return _compact(cast("object", value))
    return "[\n" + ",\n".join("\t\t" + _compact(each) for each in rows) + "\n\t]"


def _compact(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a pair, which UTF-8 has no bytes for
        return json.dumps(value, separators=(",", ":"))
    return text


class _Reader:
    """Walks the outermost object by hand, so that each node has its line and a torn file gives what is before."""

    def __init__(self, data: bytes, file: Path | None) -> None:
        self.file = file
        self.digest = hashlib.sha256(data).hexdigest()
        self.text = data.decode("utf-8-sig", "replace")
        self.garbled = "\ufffd" in self.text and b"\xef\xbf\xbd" not in data
        self.decoder = json.JSONDecoder()
        self.diagnostics: list[Diagnostic] = []
        self.whole = True
        self._line_at, self._line = 0, 1

    def read(self) -> CanvasFile:
        top: Json = {}
        lines: dict[str, list[int]] = {"nodes": [], "edges": []}
        if self.garbled:
            self.whole = False
            message = _("The canvas holds bytes that are not UTF-8.")
            self.report("canvas-broken", message, _("Save it as UTF-8."), 1)
        if self.text.strip():
            try:
                self._read_top(top, lines)
            except json.JSONDecodeError as error:
                self._broken(_in_words(error.msg), error.lineno, error.colno)
            except RecursionError:
                self._broken(_("nested too deeply"), 0, 0)
            except ValueError:  # a number of thousands of digits
                self._broken(_("a number is too long"), 0, 0)
        nodes = tuple(self._nodes(top.get("nodes", []), lines["nodes"]))
        edges = tuple(self._edges(top.get("edges", []), lines["edges"], {node.id for node in nodes}))
        return CanvasFile(top, nodes, edges, self.whole, bounded(self.diagnostics), self.digest)

    # --- the text -------------------------------------------------------------------------------------------------

    def _read_top(self, top: Json, lines: dict[str, list[int]]) -> None:
        at = self._skip(0)
        if self.text[at : at + 1] != "{":
            value, end = self.decoder.raw_decode(self.text, at)
            self._ended(end)
            message = _("A canvas is an object with “nodes” and “edges”; this file holds something else.")
            self.whole = False
            self.report("canvas-broken", message, _("Save the canvas anew from the program it comes from."), 1)
            del value
            return
        at = self._skip(at + 1)
        while self.text[at : at + 1] != "}":
            key, at = self.decoder.raw_decode(self.text, at)
            if not isinstance(key, str):
                raise json.JSONDecodeError(_("a key is missing"), self.text, at)
            at = self._skip(self._expect(":", self._skip(at)))
            if key in lines and self.text[at : at + 1] == "[":
                lines[key] = []
                top[key] = []
                at = self._read_list(at, cast("list[object]", top[key]), lines[key])
            else:
                top[key], at = self.decoder.raw_decode(self.text, at)
            at = self._skip(at)
            if self.text[at : at + 1] == ",":
                at = self._skip(at + 1)
            elif self.text[at : at + 1] != "}":
                raise json.JSONDecodeError(_("a comma or a closing brace is missing"), self.text, at)
        self._ended(at + 1)

    def _read_list(self, at: int, values: list[object], lines: list[int]) -> int:
        at = self._skip(at + 1)
        while self.text[at : at + 1] != "]":
            value, end = self.decoder.raw_decode(self.text, at)
            values.append(value)
            lines.append(self._line_of(at))
            at = self._skip(end)
            if self.text[at : at + 1] == ",":
                at = self._skip(at + 1)
            elif self.text[at : at + 1] != "]":
                raise json.JSONDecodeError(_("a comma or a closing bracket is missing"), self.text, at)
        return at + 1

    def _skip(self, at: int) -> int:
        while at < len(self.text) and self.text[at] in " \t\r\n":
            at += 1
        return at

    def _expect(self, sign: str, at: int) -> int:
        if self.text[at : at + 1] != sign:
            raise json.JSONDecodeError(_("“{sign}” is missing").format(sign=sign), self.text, at)
        return at + 1

    def _ended(self, at: int) -> None:
        at = self._skip(at)
        if at < len(self.text):
            raise json.JSONDecodeError(_("something follows the end"), self.text, at)

    def _line_of(self, at: int) -> int:
        """The line of a position that is not before the last one asked for."""
        self._line += self.text.count("\n", self._line_at, at)
        self._line_at = at
        return self._line

    def _broken(self, what: str, line: int, column: int) -> None:
        self.whole = False
        message = _("The canvas is not whole JSON: {what}. What comes before is shown.").format(what=what)
        hint = _("Save it anew from the program it comes from; the file is left as it is.")
        self.report("canvas-broken", message, hint, line, column)

    # --- the values -----------------------------------------------------------------------------------------------

    def _list_of(self, value: object, name: str, most: int) -> list[object]:
        if not isinstance(value, list):
            message = _("“{name}” of the canvas is not a list.").format(name=name)
            self.whole = False
            self.report("canvas-value", message, "", 1)
            return []
        found = cast("list[object]", value)
        if len(found) > most:
            message = _("The canvas has {n} “{name}”; the first {most} are shown.")
            hint = _("Split the canvas into several.")
            self.whole = False
            self.report("canvas-too-large", message.format(n=len(found), name=name, most=most), hint, 0)
        return found[:most]

    def _nodes(self, value: object, lines: list[int]) -> Iterator[Node]:
        taken: set[str] = set()
        for raw, line in zip(self._list_of(value, "nodes", MOST_NODES), lines, strict=False):
            if not isinstance(raw, dict):
                self.report("canvas-value", _("A node of the canvas is not an object."), "", line)
                continue
            node = cast("Json", raw)
            given, kind = node.get("id"), node.get("type")
            id_ = given if isinstance(given, str) and given else f"node-{line}"
            if not isinstance(given, str) or not given:
                self.report("canvas-value", _("A node of the canvas has no id."), "", line)
            if kind not in TYPES:
                message = _("The node “{id}” has a type that nobody knows: {type}.")
                types = ", ".join(TYPES)
                hint = _("Types are {types}.").format(types=types)
                self.report("canvas-value", message.format(id=shortened(id_), type=shortened(str(kind))), hint, line)
                kind = ""
            holds = _HOLDS.get(str(kind), "")
            if holds and not isinstance(node.get(holds), str):
                message = _("The node “{id}” has no “{key}” that is a text.").format(id=shortened(id_), key=holds)
                self.report("canvas-value", message, "", line)
            if id_ in taken:
                message = _("Two nodes of the canvas have the id “{id}”.").format(id=shortened(id_))
                self.report("canvas-id-twice", message, _("Edges lead to the first of them."), line)
            taken.add(id_)
            yield Node(id_, str(kind), self._box(node, id_, line), line, node)

    def _box(self, node: Json, id_: str, line: int) -> Rect | None:
        found = [number(node.get(key)) for key in ("x", "y", "width", "height")]
        x, y, width, height = found
        sizes = (width or 0.0, height or 0.0)
        if x is None or y is None or width is None or height is None or not all(0.0 < s <= LARGEST for s in sizes):
            wrong = next(
                key
                for key, value in zip(("x", "y", "width", "height"), found, strict=True)
                if value is None or (key in {"width", "height"} and not 0.0 < value <= LARGEST)
            )
            message = _("“{key}” of the node “{id}” cannot be used: {value}.")
            value = shortened(json.dumps(node.get(wrong)) if wrong in node else _("nothing"))
            hint = _("The place of the node is chosen for it.")
            self.report("canvas-size", message.format(key=wrong, id=shortened(id_), value=value), hint, line)
            return None
        return Rect(x, y, width, height)

    def _edges(self, value: object, lines: list[int], nodes: set[str]) -> Iterator[Edge]:
        for raw, line in zip(self._list_of(value, "edges", MOST_EDGES), lines, strict=False):
            if not isinstance(raw, dict):
                self.report("canvas-value", _("An edge of the canvas is not an object."), "", line)
                continue
            edge = cast("Json", raw)
            id_, start, end = (
                value if isinstance(value := edge.get(key), str) else "" for key in ("id", "fromNode", "toNode")
            )
            lost = [name for name in (start, end) if name not in nodes]
            if lost:
                message = _("An edge leads to a node that does not exist: “{id}”.").format(id=shortened(lost[0]))
                self.report("canvas-edge", message, _("It is not drawn."), line)
                continue
            yield Edge(id_, start, end, line, edge)

    def report(self, code: str, message: str, hint: str, line: int, column: int = 0) -> None:
        hint = hint or _("Correct it, or save the canvas anew from the program it comes from.")
        self.diagnostics.append(Diagnostic(code, message, hint, self.file, line, column))


def shortened(text: str, most: int = 60) -> str:
    """`text` for a message: its beginning where it is long."""
    return text if len(text) <= most else text[: most - 1] + "…"
