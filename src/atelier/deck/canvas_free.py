"""What lies on the canvas of a deck beside its frames: texts, pictures, links and groups that are no heading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.deck.canvas_nodes import NodeReader, free_id, node_frame
from atelier.deck.geometry import Geometry, Hand, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from atelier.deck.json_canvas import Edge, Node
    from atelier.deck.types import Deck, Frame, NamedPath


def lines_of(edges: Iterable[Edge], frames: Mapping[str, str]) -> tuple[Line, ...]:
    """The edges between nodes that are frames; `frames` are their ids by those of the nodes."""
    return tuple(
        Line(
            frames[edge.start],
            frames[edge.end],
            edge.text("fromSide"),
            edge.text("toSide"),
            edge.text("fromEnd") == "arrow",
            edge.raw.get("toEnd", "arrow") == "arrow",
            edge.text("color"),
            " ".join(edge.text("label").split()),
        )
        for edge in edges
        if edge.start in frames and edge.end in frames
    )


def with_free_nodes(deck: Deck, geometry: Geometry, owners: Mapping[int, int], folder: Path) -> Deck:
    """`deck` with a frame for every node in `owners`: the position in the file, and the index of the frame it lies in.

    Groups lie behind the frames, everything else before them; none is on a path.
    """
    nodes = geometry.canvas.nodes
    beside = geometry.file.parent
    reader = NodeReader(folder, beside, geometry.file, deck.folder)
    behind: dict[int, list[Node]] = {}
    before: dict[int, list[Node]] = {}
    for position, owner in owners.items():
        node = nodes[position]
        if node.type and node.box is not None:
            (behind if node.type == "group" else before).setdefault(owner, []).append(node)
    last = _last_descendants(deck.frames)
    ends: dict[int, list[int]] = {}
    for owner in before:
        ends.setdefault(last[owner], []).append(owner)
    taken = {frame.id for frame in deck.frames}
    order: list[tuple[Frame | None, Node | None, int]] = []
    for frame in deck.frames:
        order.append((frame, None, frame.index))
        order += [(None, node, frame.index) for node in behind.get(frame.index, ())]
        for owner in sorted(ends.get(frame.index, ()), reverse=True):
            order += [(None, node, owner) for node in before[owner]]
    number = {frame.index: i for i, (frame, _node, _owner) in enumerate(order) if frame is not None}
    hands, by_node = dict(geometry.hands), _frames_of(deck, geometry)
    frames: list[Frame] = []
    children: dict[int, list[int]] = {}
    for i, (frame, node, owner) in enumerate(order):
        if frame is not None:
            parent = number.get(frame.parent, -1)
            frames.append(replace(frame, index=i, parent=parent, children=()))
        elif node is not None and node.box is not None:
            parent = number[owner]
            shown = reader.shown(node)
            id_ = free_id(node, shown.title, taken)
            by_node.setdefault(node.id, id_)
            hands[id_] = Hand(box=node.box)
            above = deck.frames[owner]
            made = node_frame(
                node,
                shown,
                id_,
                index=i,
                parent=parent,
                depth=above.depth + 1,
                box=node.box,
                lang=above.lang,
                private=above.private,
            )
            frames.append(replace(made, skip=True))
        else:
            continue
        if parent >= 0:
            children.setdefault(parent, []).append(i)
    whole = tuple(replace(frame, children=tuple(children.get(frame.index, ()))) for frame in frames)
    lines = lines_of(geometry.canvas.edges, by_node)
    found = (*geometry.diagnostics, *reader.diagnostics)
    return replace(
        deck,
        frames=whole,
        paths=tuple(_renumbered(path, number) for path in deck.paths),
        redact=tuple({**reader.redact, **dict(deck.redact)}.items()),
        geometry=Geometry(geometry.file, hands, geometry.canvas, found, lines, reader.files),
    )


def _last_descendants(frames: tuple[Frame, ...]) -> list[int]:
    last = [frame.index for frame in frames]
    for frame in reversed(frames):
        if frame.parent >= 0:
            last[frame.parent] = max(last[frame.parent], last[frame.index])
    return last


def _frames_of(deck: Deck, geometry: Geometry) -> dict[str, str]:
    """The frames' ids by those of their nodes."""
    nodes = geometry.canvas.nodes
    found: dict[str, str] = {}
    for frame in deck.frames:
        hand = geometry.hands.get(frame.id)
        if hand is not None:
            found |= {nodes[n].id: frame.id for n in (hand.text_node, hand.node) if n >= 0}
    return found


def _renumbered(path: NamedPath, number: Mapping[int, int]) -> NamedPath:
    return replace(path, stops=tuple(replace(stop, frame=number[stop.frame]) for stop in path.stops))
