"""A `.canvas` by anyone, with no text beside it, as a deck: every node is a frame, groups hold those that lie in them.

One canvas unit is a pixel beside body text of 16. Nothing is laid out: all frames lie where the file has them.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from atelier.deck.canvas_frames import vault_of
from atelier.deck.canvas_free import lines_of
from atelier.deck.canvas_nodes import NodeReader, free_id, node_frame
from atelier.deck.canvas_paths import reading_order, routed
from atelier.deck.geometry import Geometry, Hand
from atelier.deck.json_canvas import CanvasFile, Node, read_canvas, shortened
from atelier.deck.types import DEFAULT_RATIO, Deck, Frame, FreeNode, NamedPath, NodeKind, Stop, View
from atelier.foundation.diagnostics import Diagnostic, bounded
from atelier.foundation.geometry import Rect
from atelier.foundation.translation import _
from atelier.markup.blocks import Text

if TYPE_CHECKING:
    from pathlib import Path

MOST_NESTED: Final = 40
"""Groups inside groups; those beyond lie beside each other in the last."""
_MOST_ASKED: Final = 200
"""Groups that are asked, smallest first, whether they hold a node."""
_MARGIN: Final = 0.04
"""Of the root around all nodes, as a share of its sides."""
_SMALLEST_ROOT: Final = 640.0
"""Canvas units: the root's width where there is next to nothing."""
_USUAL: Final = (400.0, 240.0)
"""Canvas units of a node that has no size of its own."""


def canvas_deck(data: bytes, file: Path, folder: Path) -> Deck:
    """The deck that a canvas is. Never fails, whatever the bytes are."""
    canvas = read_canvas(data, file)
    return _Building(canvas, file, folder).deck()


@dataclass(slots=True)
class _Part:
    """A node on its way to be a frame: its position in the file, the box it is shown in, what lies in it."""

    position: int
    node: Node
    box: Rect
    parent: int
    children: list[int]


class _Building:
    def __init__(self, canvas: CanvasFile, file: Path, folder: Path) -> None:
        self.canvas = canvas
        self.file = file
        self.canvas_folder = folder
        self.folder = vault_of(file) or folder
        self.diagnostics: list[Diagnostic] = list(canvas.diagnostics)
        self.nodes = NodeReader(self.folder, folder, file)
        self.frames: list[Frame] = []
        self.hands: dict[str, Hand] = {}
        self.ids: dict[str, str] = {}
        """Frame ids by the nodes' ids; the first of two alike."""
        self.taken: set[str] = {"canvas"}

    def deck(self) -> Deck:
        matter = self._front_matter()
        title = matter.get("title", "") or self.file.stem
        parts = self._parts()
        box = _around([part.box for part in parts])
        tops = [i for i, part in enumerate(parts) if part.parent < 0]
        order = self._order(parts, tops)
        number = {part: index + 1 for index, part in enumerate(order)}
        lang = matter.get("lang", "") or matter.get("language", "") or "en"
        root_words = (Text(title),)
        node = FreeNode(NodeKind.CANVAS)
        children = tuple(number[i] for i in self._layered(parts, tops))
        self.frames.append(
            Frame(
                index=0,
                id="canvas",
                title=title,
                title_inlines=root_words,
                line=1,
                children=children,
                lang=lang,
                node=node,
            )
        )
        self.hands["canvas"] = Hand(box=box)
        for index, i in enumerate(order, 1):
            self._add(index, parts[i], number, parts, lang)
        lines = lines_of(self.canvas.edges, self.ids)
        path = NamedPath("", self._stops(parts, tops, number))
        geometry = Geometry(self.file, self.hands, self.canvas, (), lines, self.nodes.files)
        return Deck(
            file=self.file,
            folder=self.folder,
            title=title,
            frames=tuple(self.frames),
            paths=(path,),
            lang=lang,
            author=matter.get("author", ""),
            theme=matter.get("theme", ""),
            redact=tuple({**self.nodes.redact, **self._terms()}.items()),
            digest=self.canvas.digest,
            geometry=geometry,
            diagnostics=bounded((*self.diagnostics, *self.nodes.diagnostics)),
        )

    def _front_matter(self) -> dict[str, str]:
        """What Advanced Canvas keeps of the whole file, as far as it is text."""
        return {key: value.strip() for key, value in self._matter().items() if isinstance(value, str)}

    def _matter(self) -> dict[str, object]:
        metadata = self.canvas.data.get("metadata")
        matter: object = cast("dict[str, Any]", metadata).get("frontmatter") if isinstance(metadata, dict) else None
        return cast("dict[str, object]", matter) if isinstance(matter, dict) else {}

    def _terms(self) -> dict[str, str]:
        """The terms of its `redact`, each with what stands in its place."""
        given = self._matter().get("redact")
        items = cast("list[object]", given) if isinstance(given, list) else [given]
        terms: dict[str, str] = {}
        for item in items:
            pairs = cast("dict[str, object]", item) if isinstance(item, dict) else {item: ""}
            texts = {term: value if isinstance(value, str) else "" for term, value in pairs.items()}
            terms |= {term: value for term, value in texts.items() if isinstance(term, str)}
        return terms

    # --- what lies in what ----------------------------------------------------------------------------------------

    def _parts(self) -> list[_Part]:
        """The nodes with a type, each in the smallest group that holds it."""
        shown = [(i, node) for i, node in enumerate(self.canvas.nodes) if node.type]
        known = [node.box for _i, node in shown if node.box is not None]
        spare = _beside(known)
        parts: list[_Part] = []
        for i, node in shown:
            box = node.box
            if box is None:
                box = spare
                spare = Rect(spare.x, spare.bottom + _USUAL[1] / 4, *_USUAL)
            parts.append(_Part(i, node, box, -1, []))
        groups = sorted(
            (i for i, part in enumerate(parts) if part.node.type == "group"),
            key=lambda i: (parts[i].box.width * parts[i].box.height, -i),
        )
        rank = {i: place for place, i in enumerate(groups)}
        depths: dict[int, int] = {}
        cells = _Cells([parts[i].box for i in groups])
        for i in [*reversed(groups), *(i for i in range(len(parts)) if i not in rank)]:
            part = parts[i]
            first = rank[i] + 1 if i in rank else 0
            around = cells.near(part.box, first, _MOST_ASKED)
            held = next(
                (
                    groups[g]
                    for g in around
                    if depths[groups[g]] < MOST_NESTED and parts[groups[g]].box.contains(part.box, 1.0)
                ),
                -1,
            )
            part.parent = held
            depths[i] = depths.get(held, 0) + 1 if held >= 0 else 1
        for i, part in enumerate(parts):
            if part.parent >= 0:
                parts[part.parent].children.append(i)
        return parts

    @staticmethod
    def _layered(parts: list[_Part], some: list[int]) -> list[int]:
        """Groups lie behind everything else, as they do where the file was made."""
        return sorted(some, key=lambda i: parts[i].node.type != "group")

    def _order(self, parts: list[_Part], tops: list[int]) -> list[int]:
        out: list[int] = []
        pending = list(reversed(self._layered(parts, tops)))
        while pending:
            i = pending.pop()
            out.append(i)
            pending += reversed(self._layered(parts, parts[i].children))
        return out

    # --- frames ---------------------------------------------------------------------------------------------------

    def _add(self, index: int, part: _Part, number: dict[int, int], parts: list[_Part], lang: str) -> None:
        node = part.node
        shown = self.nodes.shown(node)
        id_ = free_id(node, shown.title, self.taken)
        self.ids.setdefault(node.id, id_)
        self.hands[id_] = Hand(box=part.box, node=part.position)
        parent = number[part.parent] if part.parent >= 0 else 0
        children = tuple(number[i] for i in self._layered(parts, part.children))
        self.frames.append(
            node_frame(
                node,
                shown,
                id_,
                index=index,
                parent=parent,
                children=children,
                depth=self.frames[parent].depth + 1,
                box=part.box,
                lang=lang,
            )
        )

    # --- the path -------------------------------------------------------------------------------------------------

    def _stops(self, parts: list[_Part], tops: list[int], number: dict[int, int]) -> tuple[Stop, ...]:
        route = self._route(parts)
        if route:
            return tuple(Stop(number[i]) for i in route)
        out: list[Stop] = [Stop(0, View.FRAME)]
        pending = list(reversed(reading_order([(i, parts[i].box) for i in tops])))
        while pending:
            i = pending.pop()
            out.append(Stop(number[i]))
            pending += reversed(reading_order([(c, parts[c].box) for c in parts[i].children]))
        return tuple(out)

    def _route(self, parts: list[_Part]) -> list[int]:
        """The nodes that Advanced Canvas would show one after the other; empty where no start is named."""
        metadata = self.canvas.data.get("metadata")
        start = cast("dict[str, object]", metadata).get("startNode") if isinstance(metadata, dict) else None
        by_id: dict[str, int] = {}
        for i, part in enumerate(parts):
            by_id.setdefault(part.node.id, i)
            if start is None and part.node.raw.get("isStartNode") is True:
                start = part.node.id
        if not isinstance(start, str):
            return []
        if start not in by_id:
            message = _("The canvas starts at a node that does not exist: “{id}”.").format(id=shortened(start))
            found = Diagnostic("canvas-value", message, _("The frames are shown row by row."), self.file, 0)
            self.diagnostics.append(found)
            return []
        return [by_id[id_] for id_ in routed(start, self.canvas.edges) if id_ in by_id]


class _Cells:
    """Which of many boxes may hold another one: a raster of lists."""

    _SIDE = 24
    _MANY = 64

    def __init__(self, boxes: list[Rect]) -> None:
        self._whole = Rect(0.0, 0.0, 1.0, 1.0)
        for i, box in enumerate(boxes):
            self._whole = box if i == 0 else self._whole.united(box)
        self._large: list[int] = []
        self._cells: dict[tuple[int, int], list[int]] = {}
        for i, box in enumerate(boxes):
            (x0, y0), (x1, y1) = self._cell(box.x, box.y), self._cell(box.right, box.bottom)
            if (x1 - x0 + 1) * (y1 - y0 + 1) > self._MANY:
                self._large.append(i)
                continue
            for x in range(x0, x1 + 1):
                for y in range(y0, y1 + 1):
                    self._cells.setdefault((x, y), []).append(i)

    def near(self, box: Rect, first: int, most: int) -> list[int]:
        """The boxes that may hold another one: of those from `first` on in their order up to `most` or some more."""
        lists = (self._cells.get(self._cell(*_middle(box)), []), self._large)
        found = (each[(start := bisect_left(each, first)) : start + most] for each in lists)
        return sorted(i for some in found for i in some)

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        whole, most = self._whole, self._SIDE - 1
        column = (x - whole.x) / max(whole.width, 1.0) * self._SIDE
        row = (y - whole.y) / max(whole.height, 1.0) * self._SIDE
        return min(max(math.floor(column), 0), most), min(max(math.floor(row), 0), most)


def _middle(box: Rect) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2


def _around(boxes: list[Rect]) -> Rect:
    """The root around all nodes: of the usual ratio, with a margin."""
    whole = Rect(0.0, 0.0, _SMALLEST_ROOT, _SMALLEST_ROOT / DEFAULT_RATIO)
    for i, box in enumerate(boxes):
        whole = box if i == 0 else whole.united(box)
    width = max(whole.width, whole.height * DEFAULT_RATIO, _SMALLEST_ROOT) * (1 + 2 * _MARGIN)
    height = width / DEFAULT_RATIO
    x, y = _middle(whole)
    return Rect(x - width / 2, y - height / 2, width, height)


def _beside(boxes: list[Rect]) -> Rect:
    """Where a node without a place of its own goes: to the right of all others."""
    if not boxes:
        return Rect(0.0, 0.0, *_USUAL)
    return Rect(max(box.right for box in boxes) + _USUAL[0] / 4, min(box.y for box in boxes), *_USUAL)
