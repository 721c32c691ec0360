"""The deck as everyone may see it.

Private frames are taken out before anything is placed, searched or drawn, so that no window, picture or export can show
one by mistake.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.deck.types import Frame, Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.deck.types import AgendaBlock, Deck, NamedPath


def for_audience(deck: Deck) -> Deck:
    """`deck` without its private frames; a root that is private stays as an empty one."""
    if not any(frame.private for frame in deck.frames):
        return deck
    kept = [frame for frame in deck.frames if not frame.private]
    if deck.root.private:
        nobody = Frame(
            index=0, id="root", title="", title_inlines=(), line=1, lang=deck.root.lang, ratio=deck.root.ratio
        )
        kept = [nobody]
    return replace(only_frames(deck, kept), title="" if deck.root.private else deck.title)


def without_nodes(deck: Deck) -> Deck:
    """`deck` without the frames that are nodes of a canvas and no headings, and without the places of any."""
    if any(frame.node is not None for frame in deck.frames):
        deck = only_frames(deck, [frame for frame in deck.frames if frame.node is None])
    return replace(deck, geometry=None)


def only_frames(deck: Deck, kept: Sequence[Frame]) -> Deck:
    """`deck` with these of its frames, numbered anew; the root is one of them."""
    number = {frame.index: i for i, frame in enumerate(kept)}
    frames = tuple(
        replace(
            frame,
            index=number[frame.index],
            parent=number.get(frame.parent, -1),
            children=tuple(number[child] for child in frame.children if child in number),
        )
        for frame in kept
    )
    paths = tuple(_renumbered(path, number) for path in deck.paths)
    agenda = tuple(replace(day, blocks=tuple(_found(block, number) for block in day.blocks)) for day in deck.agenda)
    return replace(deck, frames=frames, paths=paths, agenda=agenda)


def _found(block: AgendaBlock, number: dict[int, int]) -> AgendaBlock:
    return block if block.frame is None else replace(block, frame=number.get(block.frame, -1))


def _renumbered(path: NamedPath, number: dict[int, int]) -> NamedPath:
    stops = tuple(replace(stop, frame=number[stop.frame]) for stop in path.stops if stop.frame in number)
    return replace(path, stops=stops or (Stop(0),))
