"""Links in text that was put in from another file: `#id` means the frame of that file, whatever it is called here."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from atelier.deck.paths import FrameTable
from atelier.foundation.diagnostics import Diagnostic
from atelier.markup.blocks import CodeBlock, Figure, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.deck.types import Frame, Origin

_T = TypeVar("_T")


class EmbeddedLinks:
    """What the links in embedded text lead to, among the frames of a deck."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self._frames = frames
        self._positions = {frame.id: position for position, frame in enumerate(frames)}
        self._ids: dict[int, dict[str, str]] = {}
        self._tables: dict[int, tuple[FrameTable, list[str]]] = {}

    def target(self, origin: Origin, href: str) -> str:
        """`href`, a link to a frame, as the deck has it: looked up in the file itself, then in those around it."""
        name = href.removeprefix("#")
        scope: Origin | None = origin
        while scope is not None:
            ids = self._ids.get(id(scope))
            if ids is None:
                ids = self._ids[id(scope)] = dict(scope.ids)
            if name in ids:
                return "#" + ids[name]
            table, known = self._table(scope)
            if (found := table.find(href)) is not None:
                return "#" + known[found]
            scope = scope.outer
        return href

    def relinked(self, value: _T, origin: Origin) -> _T:
        """`value`, a content or a part of one, with its links to frames as the deck has them."""
        return cast("_T", self._changed(value, origin))

    def _changed(self, value: Any, origin: Origin) -> Any:
        if isinstance(value, tuple):
            items = cast("tuple[Any, ...]", value)
            changed = tuple(self._changed(item, origin) for item in items)
            return changed if any(new is not old for new, old in zip(changed, items, strict=True)) else items
        if not is_dataclass(value) or isinstance(value, type | Diagnostic | CodeBlock):
            return value
        new: dict[str, Any] = {}
        for each in fields(value):
            old = getattr(value, each.name)
            if isinstance(old, tuple) or is_dataclass(old):
                inner = self._changed(old, origin)
                if inner is not old:
                    new[each.name] = inner
        if isinstance(value, Text | Figure) and value.href.startswith("#"):
            target = self.target(origin, value.href)
            if target != value.href:
                new["href"] = target
        return replace(value, **new) if new else value

    def _table(self, scope: Origin) -> tuple[FrameTable, list[str]]:
        """The frames of a scope under the ids they have in their file, and those they have here."""
        known = self._tables.get(id(scope))
        if known is None:
            here = [(local, id_) for local, id_ in scope.ids if id_ in self._positions]
            frames = [
                replace(self._frames[self._positions[id_]], index=position, id=local)
                for position, (local, id_) in enumerate(here)
            ]
            known = self._tables[id(scope)] = (FrameTable(frames), [id_ for _local, id_ in here])
        return known
