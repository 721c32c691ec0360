"""Decks made of nothing but their shape, for the tests of the canvas."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st

from atelier.canvas.arrange import arrange
from atelier.canvas.camera import Camera, half_turn
from atelier.canvas.model import Canvas
from atelier.deck.types import DEFAULT_RATIO, Deck, Frame, NamedPath, Stop
from atelier.foundation.geometry import Similarity

if TYPE_CHECKING:
    from collections.abc import Mapping

TURNED_BY = 0.5
LONG = "\n\n".join(["Une phrase assez longue pour remplir plusieurs lignes d'un panneau étroit. " * 4] * 5)
"""More text than a panel holds."""

Tree: TypeAlias = "list[Tree]"
"""A frame as the list of its children."""


def deck_of(tree: Tree, **root: str) -> Deck:
    """A deck of this shape; the keywords are fields of its root frame."""
    parents: list[int] = []
    children: list[list[int]] = []
    pending = [(tree, -1)]
    while pending:
        node, parent = pending.pop()
        index = len(parents)
        parents.append(parent)
        children.append([])
        if parent >= 0:
            children[parent].append(index)
        pending += [(child, index) for child in reversed(node)]
    return deck_with(
        [frame(i, parents[i], tuple(children[i]), more=root if i == 0 else None) for i in range(len(parents))]
    )


def frame(
    index: int,
    parent: int,
    children: tuple[int, ...] = (),
    *,
    ratio: float = DEFAULT_RATIO,
    more: Mapping[str, str] | None = None,
) -> Frame:
    """A frame; `more` are its other fields, `blocks` as one text."""
    values = dict(more or {})
    return Frame(
        index=index,
        id=values.get("id", f"f{index}"),
        title=values.get("title", f"Frame {index}"),
        title_inlines=(),
        line=index + 1,
        parent=parent,
        children=children,
        ratio=ratio,
        blocks=tuple(values.get("blocks", "").split()),
        source=values.get("source", ""),
        layout=values.get("layout", ""),
        map=values.get("map", ""),
        label=values.get("label", ""),
        lang=values.get("lang", ""),
    )


def deck_with(frames: list[Frame]) -> Deck:
    stops = tuple(Stop(f.index) for f in frames)
    return Deck(file=None, folder=None, title="", frames=tuple(frames), paths=(NamedPath("", stops),))


def canvas_of(tree: Tree, **root: str) -> Canvas:
    return arrange(deck_of(tree, **root))


def fan(count: int) -> Tree:
    return [[] for _ in range(count)]


def nested(depth: int, width: int = 2) -> Tree:
    """A chain `depth` levels deep, each with `width` children of which the first goes on."""
    tree: Tree = []
    for _ in range(depth):
        tree = [tree, *fan(width - 1)]
    return tree


def trees(depth: int = 8) -> st.SearchStrategy[Tree]:
    """Any shape up to `depth` levels."""
    leaf: st.SearchStrategy[Tree] = st.just([])
    tree = leaf
    for _ in range(depth):
        tree = st.one_of(leaf, st.lists(tree, max_size=5), st.integers(0, 40).map(fan))
    return st.lists(tree, max_size=14)


def turned_canvas() -> Canvas:
    """A root with one turned child that has a turned child."""
    canvas = arrange(deck_with([frame(0, -1, (1,)), frame(1, 0, (2,)), frame(2, 1)]))
    turned = Similarity(800.0, 300.0, 0.3, TURNED_BY)
    changed = [replace(place, transform=turned) for place in canvas.places[1:]]
    return Canvas((canvas.root, *changed), canvas.place_of, canvas.page_of)


def same(a: Camera, b: Camera, accuracy: float = 1e-9) -> bool:
    """Whether two cameras with one anchor show the same, within a share of their width."""
    return (
        a.anchor == b.anchor
        and (a.centre - b.centre).length <= accuracy * b.width
        and abs(a.width / b.width - 1.0) <= accuracy
        and abs(half_turn(a.rotation - b.rotation)) <= accuracy
    )


def assert_sound(canvas: Canvas) -> None:
    """Every place finite and inside its parent, siblings apart, order as promised."""
    for i, place in enumerate(canvas.places):
        assert place.index == i
        t = place.transform
        assert all(map(math.isfinite, (t.x, t.y, t.scale, t.rotation)))
        assert t.scale > 0
        assert place.size.contains(place.spot_rect, 1e-6)
        assert list(place.children) == sorted(place.children)
        boxes = [canvas.places[c].transform.map_rect(canvas.places[c].size) for c in place.children]
        assert all(place.size.contains(box, 1e-6) for box in boxes)
        if len(boxes) <= 60:
            assert not any(a.intersects(b, 1e-6) for a, b in combinations(boxes, 2))
        for c in place.children:
            child = canvas.places[c]
            assert (child.parent, child.depth) == (i, place.depth + 1)
            assert c > i
    assert [canvas.places[p].frame for p in canvas.place_of] == list(range(len(canvas.place_of)))
