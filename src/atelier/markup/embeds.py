"""The lines that put other frames in: `![[file]]` and `![[file#heading]]`, as Obsidian writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atelier.markup.lines import attribute_line, atx_heading
from atelier.markup.source import SourceEmbed

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT_SUFFIXES: Final = (".md", ".markdown", ".mdown", ".mkd", ".txt")

_EMBED = re.compile(r"!\[\[([^\[\]]{1,500})\]\][ \t]*(\{[^{}]{0,500}\})?[ \t]*$")
_OTHER_FILE = re.compile(r"\.\w{0,4}[A-Za-z]\w{0,4}$")


def embed_in(line: str) -> tuple[str, str] | None:
    """The file and the part that a line of its own puts in; None for any other line, a picture's among them."""
    found = _EMBED.match(line) if line.startswith("![[") else None
    if found is None:
        return None
    target, _mark, part = found[1].partition("|")[0].partition("#")
    target = target.strip()
    suffix = _OTHER_FILE.search(target)
    if suffix is not None and suffix[0].lower() not in TEXT_SUFFIXES:
        return None
    return (target, part.strip()) if target or part.strip() else None


def find_embeds(lines: list[str], first_line: int, covered: Sequence[int]) -> tuple[list[str], list[SourceEmbed]]:
    """What the lines of a text put in, and the lines without the lists of attributes that are for this alone.

    `covered` counts the fences and blocks that each line stands in. What shares a private paragraph is no embed: taking
    it out would part the paragraph from the mark that hides it.
    """
    if not any(line.startswith("![[") for line in lines):
        return lines, []
    out = list(lines)
    embeds: list[SourceEmbed] = []
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and lines[stop].strip() and not covered[stop] and atx_heading(lines[stop]) is None:
            stop += 1
        embeds += _in_run(out, start, stop, first_line)
        start = max(stop, start + 1)
    return out, embeds


def _in_run(out: list[str], start: int, stop: int, first_line: int) -> list[SourceEmbed]:
    """The embeds among the lines from `start` to `stop`, between which none is empty."""
    named = {i: found for i in range(start, stop) if (found := embed_in(out[i])) is not None}
    if not named:
        return []
    marks = [i for i in range(start, stop) if attribute_line(out[i]) is not None]
    alone = start in named and len(named) + len(marks) == stop - start
    if alone and not marks:  # a list of attributes is for what stands above it, also with an empty line in between
        after = stop
        while after < len(out) and not out[after].strip():
            after += 1
        if after < len(out) and attribute_line(out[after]) is not None:
            marks = [after]
    hiding = {i for i in {*range(start, stop), *marks} if _hides(out[i])}
    if hiding and not alone:
        return []
    for_all = not hiding.isdisjoint(marks)  # a list on a line of its own is for the whole paragraph
    if alone:
        for i in marks:
            out[i] = ""
    return [SourceEmbed(target, part, first_line + i, for_all or i in hiding) for i, (target, part) in named.items()]


def _hides(line: str) -> bool:
    """Whether a line may say that something is private."""
    rest = line.rpartition("]]")[2] if embed_in(line) else line
    return "{" in rest and "private" in rest.lower()
