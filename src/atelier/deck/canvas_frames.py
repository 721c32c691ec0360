"""Which node of a `.canvas` is which frame of the text beside it.

The `id` under `atelier` decides, then the heading that a file node's `subpath` names, then the label of a group; a node
and a frame that are the only ones left in their group belong together, so that a renamed heading keeps its place.
"""

from __future__ import annotations

import math
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from atelier.deck.geometry import Exact, Geometry, Hand
from atelier.deck.json_canvas import LARGEST_CANVAS, CanvasFile, number, numbers, read_canvas, shortened
from atelier.deck.subpaths import linked, raw_headings, without_attributes
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.errors import AtelierError
from atelier.foundation.geometry import Rect
from atelier.foundation.texts import canvas_beside, read_bytes
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from atelier.deck.json_canvas import Node
    from atelier.deck.types import Deck, Frame

_VAULT: Final = ".obsidian"
_HIGHEST: Final = 16
"""Folders above a deck that are asked whether they are a vault."""


def with_geometry(deck: Deck, text: str) -> Deck:
    """`deck`, whose text is `text`, with what the `.canvas` beside its file says, if there is one."""
    if deck.file is None:
        return deck
    file = canvas_beside(deck.file)
    try:
        if not file.is_file():
            return deck
        data = read_bytes(file, LARGEST_CANVAS)
    except AtelierError as error:
        found = Diagnostic("canvas-unreadable", error.message, error.hint, file)
        return replace(deck, geometry=Geometry(file, {}, CanvasFile({}, whole=False), (found,)))
    except OSError:
        return deck
    canvas = read_canvas(data, file)
    frames = deck.frames
    matched = _Matching(frames, canvas, deck.file, text)
    matched.match()
    hands = {frames[i].id: hand for i, hand in sorted(matched.hands().items())}
    found = Geometry(file, hands, canvas, (*canvas.diagnostics, *matched.diagnostics))
    free = matched.free()
    if not free and not canvas.edges:
        return replace(deck, geometry=found)
    from atelier.deck.canvas_free import with_free_nodes

    return with_free_nodes(deck, found, free, vault_of(deck.file) or deck.file.parent)


def vault_of(file: Path) -> Path | None:
    """The vault that a file lies in: the nearest folder above it with `.obsidian`."""
    for folder in list(file.parents)[:_HIGHEST]:
        try:
            if (folder / _VAULT).is_dir():
                return folder
        except OSError:
            return None
    return None


class _Matching:
    """The search for each frame's nodes: `places` and `texts` are positions in the file by frame index."""

    def __init__(self, frames: Sequence[Frame], canvas: CanvasFile, file: Path, text: str) -> None:
        self.frames = frames
        self.nodes = canvas.nodes
        self.canvas_file = canvas_beside(file)
        self.diagnostics: list[Diagnostic] = []
        self.places: dict[int, int] = {}
        self.texts: dict[int, int] = {}
        self._by_id = {frame.id: frame.index for frame in frames}
        self._raw = raw_headings(frames, text)
        self._headings: dict[str, list[int]] = {}
        for frame, raw in zip(frames, self._raw, strict=True):
            for name in {linked(each).casefold() for each in (raw, frame.heading, frame.title)}:
                self._headings.setdefault(name, []).append(frame.index)
        self._spellings = _spellings(file)
        self._lost: dict[int, str] = {}
        """Positions of the nodes that mean a frame nobody knows, and the id they give."""
        self._lost_texts: dict[str, int] = {}
        self._twice: set[int] = set()
        self._groups = sorted(
            (node.box.width * node.box.height, position)
            for position, node in enumerate(self.nodes)
            if node.type == "group" and node.box is not None
        )

    def match(self) -> None:
        rest = [position for position, node in enumerate(self.nodes) if not self._by_own_id(position, node)]
        for position in rest:
            self._by_subpath(position)
        self._by_label()
        while self._lost and self._by_remainder():
            pass
        for position, id_ in self._lost.items():
            self._report_lost(position, id_)

    # --- the ways of knowing --------------------------------------------------------------------------------------

    def _by_own_id(self, position: int, node: Node) -> bool:
        id_ = node.own.get("id")
        if not isinstance(id_, str) or node.type not in {"file", "group"}:
            return False
        index = self._by_id.get(id_)
        is_text = node.own.get("part") == "text"
        if index is None:
            if node.own.get("section") is True:  # its frames are in others now
                return True
            if node.type == "file" and self._found(node) is not None:
                return False
            if is_text:
                self._lost_texts.setdefault(id_, position)
            else:
                self._lost[position] = id_
            return True
        found = self.texts if is_text else self.places
        if found.setdefault(index, position) != position:
            self._report_twice(position, self.frames[index])
        return True

    def _by_subpath(self, position: int) -> None:
        node = self.nodes[position]
        if node.type != "file" or not self._is_deck(node):
            return
        index = self._found(node)
        if index is None:
            self._lost[position] = node.text("subpath")
            return
        if not self.frames[index].children or index in self.texts:
            if self.places.setdefault(index, position) != position:
                self._report_twice(position, self.frames[index])
            return
        group = self._group_of(position, self.frames[index].title)
        if index not in self.places and group is not None:
            self.places[index] = group
            self._lost.pop(group, None)
        (self.texts if index in self.places else self.places).setdefault(index, position)

    def _by_label(self) -> None:
        """Groups that somebody drew and named after a frame with others in it, where both are the only ones."""
        used = {*self.places.values(), *self._lost}
        labels: dict[str, list[int]] = {}
        for _area, position in self._groups:
            if position not in used:
                labels.setdefault(linked(self.nodes[position].text("label")).casefold(), []).append(position)
        for name, positions in labels.items():
            frames = [i for i in self._headings.get(name, ()) if i not in self.places and self.frames[i].children]
            if name and len(positions) == len(frames) == 1:
                self.places[frames[0]] = positions[0]

    def _by_remainder(self) -> bool:
        """Pairs a lost node with the one frame of its group that has none; whether there was such a pair."""
        owners = {position: index for index, position in self.places.items()}
        lost: dict[int, list[int]] = {}
        for position in self._lost:
            lost.setdefault(self._owner(position, owners), []).append(position)
        paired = False
        for parent, positions in lost.items():
            open_ = [i for i in self.frames[parent].children if i not in self.places]
            if len(positions) == len(open_) == 1:
                self.places[open_[0]] = positions[0]
                id_ = self._lost.pop(positions[0])
                if id_ in self._lost_texts:
                    self.texts.setdefault(open_[0], self._lost_texts.pop(id_))
                paired = True
        return paired

    # --- what is asked of the file --------------------------------------------------------------------------------

    def _is_deck(self, node: Node) -> bool:
        return os.path.normpath(node.text("file").replace("\\", "/")) in self._spellings

    def _found(self, node: Node) -> int | None:
        """The frame of the text itself that a file node names: its subpath read with or without the attributes of the
        heading. What was put in from another file has its headings there.
        """
        if not self._is_deck(node):
            return None
        parts = [linked(part).casefold() for part in node.text("subpath").split("#") if part.strip()]
        if not parts:
            return 0
        whole = linked(node.text("subpath")).casefold()  # a heading with a # that was not written as a blank
        for name in (parts[-1], without_attributes(parts[-1])):
            for index in self._own_headings(name):
                if self._lies_below(index, parts[:-1]):
                    return index
        return next(self._own_headings(whole), None)

    def _own_headings(self, name: str) -> Iterator[int]:
        return (index for index in self._headings.get(name, ()) if self.frames[index].origin is None)

    def _lies_below(self, index: int, names: Iterable[str]) -> bool:
        above = self.frames[index].parent
        for name in reversed(list(names)):
            known = {*self._headings.get(name, ()), *self._headings.get(without_attributes(name), ())}
            while above >= 0 and above not in known:
                above = self.frames[above].parent
            if above < 0:
                return False
            above = self.frames[above].parent
        return True

    def _group_of(self, position: int, title: str) -> int | None:
        """The group around a node that bears the title, else the smallest; none that belongs to another frame."""
        box = self.nodes[position].box
        used = set(self.places.values())
        around = [
            group
            for _area, group in self._groups
            if group not in used and box is not None and _holds(self.nodes[group].box, box)
        ]
        named = [g for g in around if linked(self.nodes[g].text("label")) == linked(title)]
        return next(iter(named or around), None)

    def _owner(self, position: int, owners: Mapping[int, int]) -> int:
        """The frame whose group is the smallest around a node; the root where there is none."""
        box = self.nodes[position].box
        if box is not None:
            for _area, group in self._groups:
                if group != position and group in owners and _holds(self.nodes[group].box, box):
                    return owners[group]
        return 0

    def free(self) -> dict[int, int]:
        """The nodes that are no frame of the text, and the frame with others in it that each lies in."""
        used = {*self.places.values(), *self.texts.values(), *self._lost, *self._lost_texts.values(), *self._twice}
        owners = {position: index for index, position in self.places.items() if self.frames[index].children}
        return {i: self._owner(i, owners) for i, node in enumerate(self.nodes) if i not in used and not node.own}

    # --- what comes of it -----------------------------------------------------------------------------------------

    def hands(self) -> dict[int, Hand]:
        """The places by the frames' indices."""
        found: dict[int, Hand] = {}
        for index in {*self.places, *self.texts}:
            place, text = self.places.get(index, -1), self.texts.get(index, -1)
            hand = Hand(node=place, text_node=text)
            if place >= 0:
                node = self.nodes[place]
                turn = number(node.own.get("rotation"))
                hand = replace(
                    hand,
                    box=node.box,
                    rotation=math.radians(math.fmod(turn, 360.0)) if turn else 0.0,
                    exact=_exact(node, ("x", "y", "scale")),
                )
            if text >= 0:
                node = self.nodes[text]
                exact = _exact(node, ("x", "y", "width", "height"))
                page, moved = (node.own.get(key) is True for key in ("page", "moved"))
                hand = replace(hand, text=node.box, text_exact=exact, text_page=page, text_moved=moved)
            found[index] = hand
        return found

    def _report_lost(self, position: int, id_: str) -> None:
        node = self.nodes[position]
        message = _("The canvas has a place for “{name}”, and the text has no such frame.")
        hint = _("Delete the node, or point it at a heading of the text.")
        name = node.text("label") or node.text("subpath").lstrip("#") or id_
        found = message.format(name=shortened(name))
        self.diagnostics.append(Diagnostic("canvas-frame-lost", found, hint, self.canvas_file, node.line))

    def _report_twice(self, position: int, frame: Frame) -> None:
        self._twice.add(position)
        message = _("The canvas has two places for “{title}”; the first one holds.").format(title=frame.title)
        hint = _("Delete one of the two nodes.")
        line = self.nodes[position].line
        self.diagnostics.append(Diagnostic("canvas-frame-twice", message, hint, self.canvas_file, line))


def _spellings(file: Path) -> frozenset[str]:
    """How a node may write the text beside its canvas: from the vault or from the deck's folder."""
    vault = vault_of(file)
    names = {file.name}
    if vault is not None:
        names.add(file.relative_to(vault).as_posix())
    return frozenset(names)


def _exact(node: Node, keys: tuple[str, ...]) -> Exact | None:
    place = node.own.get("place")
    if not isinstance(place, dict):
        return None
    values = cast("dict[str, object]", place)
    found = [number(values.get(key)) for key in keys]
    box = numbers(values.get("node"), 4)
    doubles = tuple(each for each in found if each is not None)
    if box is None or len(doubles) != len(keys) or any(size <= 0.0 for size in doubles[2:]):
        return None
    return Exact(doubles, Rect(*box))


def _holds(outer: Rect | None, inner: Rect) -> bool:
    return outer is not None and outer.contains(inner, 1.0)
