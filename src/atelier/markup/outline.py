"""Which lines of a text stand in code fences and in `///` blocks, found in one pass."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from atelier.markup.lines import (
    Fence,
    FenceEnds,
    atx_heading,
    block_line,
    closes_fence,
    fence_start,
    indentation,
    list_marker,
    quote_depth,
    without_containers,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_CODE_INDENT = 4


@dataclass(frozen=True, slots=True)
class FenceSpan:
    """Lines `start` to `stop` (exclusive, the closing line included when it is `closed`)."""

    start: int
    stop: int
    closed: bool
    fence: Fence

    @property
    def end(self) -> int:
        """The first line after it."""
        return self.stop


@dataclass(frozen=True, slots=True)
class BlockSpan:
    """A `///` block: `stop` is its closing line, or the line it ends before when it is not `closed`."""

    start: int
    stop: int
    closed: bool
    rest: str
    """What follows the slashes of the opening line."""

    @property
    def end(self) -> int:
        """The first line after it."""
        return self.stop + 1 if self.closed else self.stop


@dataclass(frozen=True, slots=True)
class Outline:
    fences: dict[int, FenceSpan]
    blocks: dict[int, BlockSpan]
    strays: tuple[int, ...]
    """Closing `///` lines that close nothing."""


NO_OUTLINE = Outline({}, {}, ())


def outline(lines: Sequence[str], *, deepest: int = 0) -> Outline:
    """Pairs fences and `///` blocks, each with its closing line, also inside quotes and lists.

    What is never closed ends with the text, or at the next heading that starts a frame: one down to level `deepest`.
    """
    if not any("///" in line or "```" in line or "~~~" in line for line in lines):
        return NO_OUTLINE
    return _Outliner(lines, deepest).run()


@dataclass(slots=True)
class _Open:
    start: int
    slashes: int
    rest: str


class _Outliner:
    def __init__(self, lines: Sequence[str], deepest: int) -> None:
        self._lines = lines
        self._deepest = deepest
        self._ends = FenceEnds(lines)
        self._fences: dict[int, FenceSpan] = {}
        self._blocks: dict[int, BlockSpan] = {}
        self._open: list[_Open] = []
        self._strays: list[int] = []
        self._headings: list[int] = []

    def run(self) -> Outline:
        lines = self._lines
        index, in_list, blank, code = 0, False, True, False
        while index < len(lines):
            line = lines[index]
            if not line.strip():
                blank = True
                index += 1
                continue
            indented = line[:1] in " \t" and indentation(line) >= _CODE_INDENT
            if not indented and line[:1] != " ":
                if list_marker(line):
                    in_list = True
                elif blank and not line.startswith(("///", "```", "~~~")):
                    in_list = False
            elif not indented and list_marker(line):
                in_list = True
            code = indented and (blank or code) and not in_list
            blank = False
            if not code and ("```" in line or "~~~" in line) and (fence := fence_start(without_containers(line))):
                index = self._fence(index, fence)
                continue
            if not code and "///" in line and (found := block_line(without_containers(line))):
                self._block(index, *found)
            elif self._starts_frame(line):
                self._headings.append(index)
            index += 1
        self._close_rest()
        return Outline(self._fences, self._blocks, tuple(self._strays))

    def _starts_frame(self, line: str) -> bool:
        if not self._deepest or line[:1] != "#" or (heading := atx_heading(line)) is None:
            return False
        return heading[0] <= self._deepest and ("class", "plain") not in heading[2]

    def _fence(self, start: int, fence: Fence) -> int:
        """Records the fence opened at `start`; returns the first line after it."""
        lines, depth = self._lines, quote_depth(self._lines[start])
        closed = self._ends.closed_after(start, fence)
        stop = start + 1
        while stop < len(lines):
            line = lines[stop]
            if depth and quote_depth(line) < depth:
                closed = False
                break
            if closed:
                if closes_fence(without_containers(line), fence):
                    stop += 1
                    break
            elif not lines[stop - 1].strip() and self._starts_frame(line):
                break
            stop += 1
        self._fences[start] = FenceSpan(start, stop, closed, fence)
        return stop

    def _block(self, index: int, slashes: int, rest: str) -> None:
        if rest:
            top = self._open[-1] if self._open else None
            if (
                rest.split(maxsplit=1)[0] == "column"
                and top
                and top.slashes == slashes
                and top.rest.split()[0] == "column"
            ):
                self._open.pop()  # a column closes the one before it
                self._record(top, index, closed=False)
            self._open.append(_Open(index, slashes, rest))
            return
        if not any(block.slashes == slashes for block in self._open[-_DEEPEST_SEARCH:]):
            self._strays.append(index)
            return
        while True:
            block = self._open.pop()
            closed = block.slashes == slashes
            self._record(block, index, closed=closed)
            if closed:
                return

    def _record(self, block: _Open, stop: int, *, closed: bool) -> None:
        """Keeps a block that was just taken off; far inside others it is never looked at."""
        if len(self._open) < _DEEPEST_SEARCH:
            self._blocks[block.start] = BlockSpan(block.start, stop, closed=closed, rest=block.rest)

    def _close_rest(self) -> None:
        if not self._open:
            return
        size = len(self._lines)
        change = [0] * (size + 2)
        for span in self._blocks.values():
            change[span.start] += 1
            change[span.end] -= 1
        depth = list(accumulate(change))
        free = [line for line in self._headings if not depth[line]]
        for block in self._open[:_DEEPEST_SEARCH]:
            place = bisect_right(free, block.start)
            stop = free[place] if place < len(free) else size
            self._blocks[block.start] = BlockSpan(block.start, stop, closed=False, rest=block.rest)


_DEEPEST_SEARCH = 100
"""How many open blocks are looked through for the one a line closes; keeps a text of nothing but openings linear."""
