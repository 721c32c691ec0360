"""A text whose frames are put into another one: which of them a subpath means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atelier.deck.paths import FrameTable
from atelier.deck.subpaths import linked, without_attributes

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.deck.types import Frame
    from atelier.markup.source import Definitions


@dataclass(slots=True)
class EmbeddedText:
    """A text, read. `path` is resolved, `file` is what diagnostics call it; both are None for one without a file."""

    path: Path | None
    file: Path | None
    here: Path | None
    within: Path | None
    frames: tuple[Frame, ...]
    definitions: Definitions
    ends: list[int] = field(init=False)
    """For each frame the first one after those inside it."""
    _table: FrameTable | None = None
    _ids: dict[str, int] = field(default_factory=dict[str, int])
    _called: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """The frames by the words of their headings, as Obsidian links to them."""

    def __post_init__(self) -> None:
        self.ends = list(range(1, len(self.frames) + 1))
        for frame in reversed(self.frames):
            if frame.parent >= 0:
                self.ends[frame.parent] = max(self.ends[frame.parent], self.ends[frame.index])

    def find(self, part: str) -> int | None:
        """The frame that a subpath means: an id, a heading with those above it, or what a link would find."""
        if not part:
            return 0
        if part.startswith("^"):
            return None
        if not self._ids:
            for frame in self.frames:
                self._ids[frame.id] = frame.index
                for name in {linked(frame.heading).casefold(), linked(frame.title).casefold()}:
                    self._called.setdefault(name, []).append(frame.index)
        if part in self._ids:
            return self._ids[part]
        for whole in (part.split("#"), [part]):
            names = [without_attributes(linked(name)).casefold() for name in whole if name.strip()]
            for index in self._called.get(names[-1], ()) if names else ():
                if self._lies_below(index, names[:-1]):
                    return index
        self._table = self._table or FrameTable(self.frames)
        return self._table.find(part)

    def _lies_below(self, index: int, names: list[str]) -> bool:
        above = self.frames[index].parent
        while names and above >= 0:
            if above in self._called.get(names[-1], ()):
                names = names[:-1]
            above = self.frames[above].parent
        return not names
