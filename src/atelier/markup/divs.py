"""`:::` blocks, in which Pandoc, Quarto, VitePress and Docusaurus put callouts, columns and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from atelier.markup.lines import attributes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atelier.markup.outline import BlockSpan, FenceSpan

_MARK = re.compile(r" {0,3}:{3,}[ \t]*(.*?)[ \t]*:*$")
_HEAD = re.compile(r"([A-Za-z][\w-]*)(?:\[(.*)\]|[ \t]+(.*))?$")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Div:
    """Lines `start` to `stop` (exclusive): between the opening line and the closing one, where there is one."""

    start: int
    stop: int
    closed: bool
    name: str
    title: str = ""

    @property
    def end(self) -> int:
        """The first line after it."""
        return self.stop + self.closed


def divs(
    lines: Sequence[str], fences: Mapping[int, FenceSpan], blocks: Mapping[int, BlockSpan] = MappingProxyType({})
) -> dict[int, Div]:
    """The `:::` blocks by the line they open on, each with its closing line; what is never closed ends with the text.

    A closing line that closes nothing is an empty block of no name. What stands in `blocks` closes nothing outside.
    """
    found: dict[int, Div] = {}
    if not any(":::" in line for line in lines):
        return found
    open_: list[tuple[int, str, str]] = []
    index = 0
    while index < len(lines):
        if span := fences.get(index) or blocks.get(index):
            index = max(span.end, index + 1)
            continue
        if ":::" in lines[index] and (mark := _MARK.match(lines[index])):
            if mark[1]:
                open_.append((index, *_named(mark[1])))
            elif open_:
                start, name, title = open_.pop()
                found[start] = Div(start, index, closed=True, name=name, title=title)
            else:
                found[index] = Div(index, index, closed=True, name="")
        index += 1
    for start, name, title in open_[:_DEEPEST]:
        found[start] = Div(start, len(lines), closed=False, name=name, title=title)
    return found


def _named(head: str) -> tuple[str, str]:
    """Name and title of a block: `{.callout-tip title="Now"}`, `tip Now` and `tip[Now]` say the same."""
    if head.startswith("{"):
        pairs = attributes(head.strip("{} ")) or ()
        name = next((value for key, value in pairs if key == "class"), "")
        return name.removeprefix("callout-"), next((value for key, value in pairs if key == "title"), "")
    found = _HEAD.match(head.partition(" {")[0])
    return (found[1].removeprefix("callout-").lower(), (found[2] or found[3] or "").strip()) if found else ("", "")


def with_notes(lines: list[str], fences: Mapping[int, FenceSpan]) -> list[str]:
    """`lines` where blocks of speaker's notes are what this format calls them."""
    notes = [div for div in divs(lines, fences).values() if div.name == "notes"]
    if not notes:
        return lines
    out = list(lines)
    for div in notes:
        out[div.start] = "/// notes"
        if div.closed:
            out[div.stop] = "///"
    return out
