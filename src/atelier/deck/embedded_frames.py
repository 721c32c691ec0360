"""Frames of several files as those of one deck: their ids, their order, what they take over from where they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atelier.deck.embedded_links import EmbeddedLinks
from atelier.deck.frames import known_extent
from atelier.deck.types import Origin
from atelier.markup.blocks import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.deck.embedded_text import EmbeddedText
    from atelier.deck.types import Frame


@dataclass(slots=True)
class Instance:
    """A file put in once."""

    file: EmbeddedText
    outer: Instance | None
    items: list[Item]
    ids: list[str]


@dataclass(slots=True)
class Item:
    frame: Frame
    parent: int
    id: str
    instance: Instance | None = None


@dataclass(slots=True)
class Pending:
    """Frames that are in their place and have no id of their own yet."""

    base: str
    parent: int
    items: list[Item]


def give_ids(items: Sequence[Item], pending: Sequence[Pending]) -> None:
    """Ids of what was put into a file: its own ones behind the name of the file they are from.

    A file that is put in several times, or whose name is taken, is told apart by the frame it is in, not by its order.
    """
    waiting = {id(item) for each in pending for item in each.items}
    taken = {item.id for item in items if id(item) not in waiting}
    counts = Counter(each.base for each in pending)
    numbers: dict[str, int] = {}
    for each in pending:
        names = [each.base] if counts[each.base] == 1 else []
        if each.parent:
            names.append(f"{items[each.parent].id}-{each.base}")
        ids = next((ids for name in names if taken.isdisjoint(ids := _prefixed(name, each))), None)
        name = names[-1] if names else each.base
        while ids is None:
            number = numbers[name] = numbers.get(name, 0) + 1
            numbered = _prefixed(name if number == 1 else f"{name}-{number}", each)
            ids = numbered if taken.isdisjoint(numbered) else None
        taken.update(ids)
        for item, id_ in zip(each.items, ids, strict=True):
            item.id = id_


def _prefixed(prefix: str, pending: Pending) -> list[str]:
    out: list[str] = []
    seen: set[str] = set()
    for item in pending.items:
        rest = item.id.removeprefix(pending.base)
        begun = rest != item.id and (not rest or rest.startswith("-"))
        plain = prefix + rest if begun else f"{prefix}-{item.id}"
        id_, number = plain, 1
        while id_ in seen:
            number += 1
            id_ = f"{plain}-{number}"
        seen.add(id_)
        out.append(id_)
    return out


def numbered(items: Sequence[Item]) -> tuple[Frame, ...]:
    """The frames in reading order, with what those that were put in take over from where they are."""
    children: list[list[int]] = [[] for _item in items]
    origins: dict[int, Origin] = {}
    frames: list[Frame] = []
    for index, item in enumerate(items):
        frame = item.frame
        if item.parent >= 0:
            children[item.parent].append(index)
        above = frames[item.parent] if item.parent >= 0 else None
        frames.append(
            replace(
                frame,
                index=index,
                id=item.id,
                parent=item.parent,
                depth=above.depth + 1 if above else 0,
                optional=frame.optional or (above is not None and above.optional),
                skip=frame.skip or (above is not None and above.skip),
                private=frame.private or (above is not None and above.private),
                origin=_origin(item.instance, origins) if item.instance is not None else None,
            )
        )
    links = EmbeddedLinks(frames)
    return tuple(_finished(frame, tuple(children[frame.index]), links) for frame in frames)


def _finished(frame: Frame, children: tuple[int, ...], links: EmbeddedLinks) -> Frame:
    extent = frame.extent
    if frame.embeds or (children and extent is None):
        extent = known_extent(frame.source) if children or frame.index == 0 else None
    titles = frame.title_inlines
    if frame.origin is not None and any(isinstance(run, Text) and run.href.startswith("#") for run in titles):
        titles = links.relinked(titles, frame.origin)
    return replace(frame, children=children, extent=extent, title_inlines=titles)


def _origin(instance: Instance, known: dict[int, Origin]) -> Origin:
    if id(instance) not in known:
        file = instance.file
        assert file.path is not None
        assert file.within is not None
        known[id(instance)] = Origin(
            file=file.path,
            within=file.within,
            definitions=file.definitions,
            outer=_origin(instance.outer, known) if instance.outer is not None else None,
            ids=tuple((own, item.id) for own, item in zip(instance.ids, instance.items, strict=True)),
        )
    return known[id(instance)]
