"""Decks made of nothing but their shape, for the tests of the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st

from atelier.canvas.arrange import arrange
from atelier.deck.types import DEFAULT_RATIO, Deck, Frame, NamedPath, Stop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.canvas.model import Canvas

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
        title=f"Frame {index}",
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
