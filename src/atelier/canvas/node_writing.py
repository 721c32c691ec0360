"""A layout as the nodes of a JSON Canvas: a file node for each frame, a group around it where others lie in it.

What is already in the file keeps its order, its keys and everything that is not a frame's place; a node that is right
stays as it is to the last digit, so that writing twice changes nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from atelier.canvas.by_hand import boxes_of, corner_of, holds, text_holds, text_moved
from atelier.deck.canvas_frames import vault_of
from atelier.deck.decoding import deck_bytes, text_of
from atelier.deck.geometry import SMALLEST_WRITTEN, Hand
from atelier.deck.json_canvas import Json, number
from atelier.deck.subpaths import raw_headings, same_heading, subpaths
from atelier.foundation.errors import InputError
from atelier.foundation.geometry import FRAME_HEIGHT, Rect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.canvas.model import Canvas
    from atelier.canvas.types import Place
    from atelier.deck.types import Deck, Frame

_DIGITS: Final = 9
"""Decimals of what is written: a millionth of a millionth of a frame."""
_NEAR: Final = 1e-8
_TEXT_ID: Final = "\0text"


@dataclass(frozen=True, slots=True)
class Nodes:
    """A canvas to be written. Counts are of frames: those with a place in it, those left to their layout."""

    data: Json
    placed: int
    left: int
    """Frames too small to be written."""


def nodes_of(deck: Deck, canvas: Canvas, text: str) -> Nodes:
    """The file that says where the frames of `deck` lie on `canvas`; `text` is the deck's own."""
    return _Writing(deck, canvas, text).written()


class _Writing:
    def __init__(self, deck: Deck, canvas: Canvas, text: str) -> None:
        self.deck = deck
        self.canvas = canvas
        self.geometry = deck.geometry
        self.boxes = boxes_of(deck, canvas)
        self.subpaths = subpaths(deck.frames, raw_headings(deck.frames, text, _texts(deck)))
        file = deck.file
        vault = vault_of(file) if file is not None else None
        self.file = "" if file is None else file.relative_to(vault).as_posix() if vault is not None else file.name
        known = self.geometry.canvas if self.geometry is not None else None
        self.data: Json = dict(known.data) if known is not None else {}
        self.nodes = known.nodes if known is not None else ()
        listed = self.data.get("nodes")
        self.rows: list[list[Any]] = [[]]
        """The nodes as they are in the file, each with the new ones behind it; the first is empty."""
        self.rows += [[raw] for raw in cast("list[Any]", listed)] if isinstance(listed, list) else []
        self.row_of = {id(row[0]): i for i, row in enumerate(self.rows) if row}
        self.copies: dict[int, Json] = {}
        """The nodes that frames have, to be changed; what was read stays as it was."""
        self.ids = {node.id for node in self.nodes}
        self.last = 0
        """The row of the frame written last: a new one comes behind it."""
        self.dropped: dict[str, str] = {}
        """Groups that are gone, and the node that edges to them lead to now."""

    def written(self) -> Nodes:
        placed = 0
        frames = [frame for frame in self.deck.frames if frame.node is None]
        for frame in frames:
            place = self.canvas.places[self.canvas.place_of[frame.index]]
            if self.boxes[place.index].width < SMALLEST_WRITTEN and not self._node(self._hand(frame).node):
                continue
            placed += 1
            if any(self.deck.frames[i].node is None for i in frame.children):
                self._write_group(frame, place)
            else:
                self._write_card(frame, place)
        self._drop_sections()
        self.data["nodes"] = [raw for row in self.rows for raw in row]
        self.data.setdefault("edges", [])
        if self.dropped:
            self.data["edges"] = [self._redirected(edge) for edge in self.data["edges"]]
        return Nodes(self.data, placed, len(frames) - placed)

    # --- frames ---------------------------------------------------------------------------------------------------

    def _write_card(self, frame: Frame, place: Place) -> None:
        hand = self._hand(frame)
        raw, text = self._node(hand.node), self._node(hand.text_node)
        if raw is not None and raw.get("type") == "group" and text is not None:  # it had frames in it before
            self.dropped[str(raw.get("id"))] = str(text.get("id"))
            self._drop(raw)
            raw = text
        if raw is None:
            raw = self._new(frame.id, "file", frame)
        self._link(raw, frame)
        self._put_frame(raw, frame, place, hand)

    def _write_group(self, frame: Frame, place: Place) -> None:
        hand = self._hand(frame)
        raw, text = self._node(hand.node), self._node(hand.text_node)
        if raw is not None and raw.get("type") == "file" and text is None:  # it had no frames in it before
            text, raw = raw, None
            text.pop("atelier", None)
        if raw is None:
            raw = self._new(frame.id, "group", frame)
        if raw.get("label") != frame.title:
            raw["label"] = frame.title
        self._put_frame(raw, frame, place, hand)
        if frame.made:  # no heading to point at
            return
        if text is None:
            text = self._new(frame.id + _TEXT_ID, "file", frame)
        self._link(text, frame)
        self._put_text(text, frame, place, hand)

    def _put_frame(self, raw: Json, frame: Frame, place: Place, hand: Hand) -> None:
        corner = corner_of(place.transform, place.ratio)
        doubles = (corner.x, corner.y, place.transform.scale)
        parent = self._hand(self.deck.frames[frame.parent]) if frame.parent >= 0 else None
        held = hand.exact is not None and holds(hand, parent) and raw is self._node(hand.node)
        old = hand.exact.values if held and hand.exact is not None else None
        rotation = math.degrees(place.transform.rotation)
        known = number(_own(raw).get("rotation")) or 0.0
        if math.isclose(math.remainder(known - rotation, 360.0), 0.0, abs_tol=_NEAR):
            rotation = known
        box = self.boxes[place.index]
        own = {"id": frame.id} | ({"rotation": round(rotation, _DIGITS)} if rotation else {})
        own |= {"section": True} if frame.made else {}
        self._put(raw, box, own, dict(zip(("x", "y", "scale"), doubles, strict=True)), old)

    def _put_text(self, raw: Json, frame: Frame, place: Place, hand: Hand) -> None:
        page = self.canvas.page_of.get(frame.index)
        if page is not None:
            t, size = self.canvas.places[page].transform, self.canvas.places[page].size
            rect = Rect(t.x, t.y, size.width * t.scale, size.height * t.scale)
        else:
            rect = place.spot_rect
        parent = self.boxes[place.index]
        unit = parent.height / FRAME_HEIGHT
        box = Rect(parent.x + rect.x * unit, parent.y + rect.y * unit, rect.width * unit, rect.height * unit)
        held = hand.text_exact is not None and text_holds(hand)
        old = hand.text_exact.values if held and hand.text_exact is not None else None
        own: dict[str, object] = {"id": frame.id, "part": "text"}
        if page is not None:
            own["page"] = True
        elif text_moved(hand):
            own["moved"] = True
        doubles = {"x": rect.x, "y": rect.y, "width": rect.width, "height": rect.height}
        self._put(raw, box, own, doubles, old)

    def _put(
        self,
        raw: Json,
        box: Rect,
        own: Mapping[str, object],
        doubles: Mapping[str, float],
        old: tuple[float, ...] | None,
    ) -> None:
        """The box as integers and the doubles they were written from. `old` are the doubles that hold so far."""
        sides = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        for key, value in sides.items():
            known = number(raw.get(key))
            if known is None or abs(known - value) > 1.0 or (key in {"width", "height"} and known <= 0):
                raw[key] = max(1, round(value)) if key in {"width", "height"} else round(value)
        node = [raw[key] for key in sides]
        values = list(doubles.values())
        if old is not None and all(
            math.isclose(a, b, rel_tol=_NEAR, abs_tol=_NEAR) for a, b in zip(old, values, strict=True)
        ):
            values = list(old)
        else:
            values = [round(value, _DIGITS) for value in values]
        place = dict(zip(doubles, (_plain(value) for value in values), strict=True)) | {"node": node}
        before = _own(raw)
        kept = {key: value for key, value in before.items() if key not in _OURS}
        now = {**own, "place": place, **kept}
        if before != now:
            raw["atelier"] = now

    # --- nodes ----------------------------------------------------------------------------------------------------

    def _hand(self, frame: Frame) -> Hand:
        return (self.geometry.hands.get(frame.id) if self.geometry is not None else None) or Hand()

    def _node(self, position: int) -> Json | None:
        """The node at a position in the file, as this canvas is going to have it."""
        if position < 0:
            return None
        original = self.nodes[position].raw
        row = self.row_of.get(id(original))
        if row is None:
            return None
        self.last = row
        if id(original) not in self.copies:
            self.copies[id(original)] = self.rows[row][0] = dict(original)
        return self.copies[id(original)]

    def _new(self, name: str, kind: str, frame: Frame) -> Json:
        raw: Json = {"id": self._fresh(name), "type": kind}
        if kind == "file":
            self._link(raw, frame)
        self.rows[self.last].append(raw)
        return raw

    def _fresh(self, name: str) -> str:
        """An id that is always the same for the same frame, in the form of Obsidian's."""
        number_ = 0
        while True:
            id_ = hashlib.sha256(f"{name}{number_ or ''}".encode()).hexdigest()[:16]
            if id_ not in self.ids:
                self.ids.add(id_)
                return id_
            number_ += 1

    def _drop(self, raw: Json) -> None:
        for row in self.rows:
            row[:] = [each for each in row if each is not raw]

    def _drop_sections(self) -> None:
        """Takes out the sections that no frame is in any more, unless an edge leads to one."""
        ids = {frame.id for frame in self.deck.frames}
        listed = self.data.get("edges")
        edges = cast("list[object]", listed) if isinstance(listed, list) else []
        known = [cast("Json", edge) for edge in edges if isinstance(edge, dict)]
        ends = {str(edge.get(key)) for edge in known for key in ("fromNode", "toNode")}
        for row in self.rows:
            row[:] = [
                raw
                for raw in row
                if not _is_section(raw) or str(_own(raw).get("id")) in ids or str(raw.get("id")) in ends
            ]

    def _link(self, raw: Json, frame: Frame) -> None:
        """Points a file node at the frame's heading, where it does not yet."""
        if raw.get("type") != "file":
            return
        raw.setdefault("file", self._file_of(frame))
        subpath = self.subpaths[frame.index]
        if subpath and not same_heading(str(raw.get("subpath", "")), subpath):
            raw["subpath"] = subpath

    def _file_of(self, frame: Frame) -> str:
        """The file with the frame's heading, as the deck's own is named."""
        file, own = self.deck.file_of(frame), self.deck.file
        if frame.origin is None or file is None or own is None:
            return self.file
        start = vault_of(own) or own.parent
        return Path(os.path.relpath(file, start.resolve())).as_posix()

    def _redirected(self, edge: object) -> object:
        if not isinstance(edge, dict):
            return edge
        known = cast("Json", edge)
        ends = {key: self.dropped[known[key]] for key in ("fromNode", "toNode") if known.get(key) in self.dropped}
        return known | ends if ends else known


def _texts(deck: Deck) -> dict[Path, str]:
    """The texts that were put into the deck, by their files; those that are gone by now are left out."""
    out: dict[Path, str] = {}
    for file in dict.fromkeys(frame.origin.file for frame in deck.frames if frame.origin is not None):
        with contextlib.suppress(InputError):
            out[file] = text_of(deck_bytes(file))
    return out


_OURS: Final = ("id", "rotation", "section", "part", "page", "moved", "place")


def _is_section(raw: object) -> bool:
    return isinstance(raw, dict) and _own(cast("Json", raw)).get("section") is True


def _own(raw: Json) -> Json:
    value = raw.get("atelier")
    return cast("Json", value) if isinstance(value, dict) else {}


def _plain(value: float) -> float | int:
    """A whole number without the point that says nothing."""
    return int(value) if value == int(value) else value
