"""Subpaths: a heading as Obsidian writes it behind a file's name, `#A` or `#A#B`."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from atelier.deck.types import Frame

_UNLINKED: Final = re.compile(r"[:#|^\\\r\n]|%%|\[\[|]]")
_BLANKS: Final = re.compile(r"\s+")
_ATTRIBUTES: Final = re.compile(r" ?\{[^{}]*\}$")
_ATX: Final = re.compile(r" {0,3}#{1,6}(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)[ \t]*")


def linked(heading: str) -> str:
    """A heading as Obsidian writes it into a link."""
    return _BLANKS.sub(" ", _UNLINKED.sub(" ", heading)).strip()


def raw_headings(frames: Sequence[Frame], text: str, others: Mapping[Path, str] | None = None) -> list[str]:
    """Every frame's heading as it stands in the text, attributes included; empty for a root that has none.

    `others` are the texts of files that were put in. A frame of one that is not there, or has another heading by now,
    is called by its heading alone.
    """
    lines = text.split("\n")
    known = {file: other.split("\n") for file, other in (others or {}).items()}
    out: list[str] = []
    for frame in frames:
        raw = frame.heading
        if frame.origin is not None:
            there = _raw_heading(frame, known.get(frame.origin.file, []))
            raw = there if there and same_heading(there.replace("#", " "), raw.replace("#", " ")) else raw
        elif not frame.made:
            raw = _raw_heading(frame, lines)
        out.append(raw)
    return out


def subpaths(frames: Sequence[Frame], raw: Sequence[str]) -> list[str]:
    """The subpath that leads to each frame's heading in its file: its own, with those above it there where another one
    reads the same.
    """
    own = [linked(heading) for heading in raw]
    count = Counter(heading.casefold() for heading in own)
    put_in = Counter((id(f.origin), own[f.index].casefold()) for f in frames if f.origin is not None)
    out: list[str] = []
    for frame in frames:
        parts = [own[frame.index]]
        name = parts[0].casefold()
        alike = count[name] if frame.origin is None else put_in[id(frame.origin), name]
        above = frame.parent if alike > 1 else 0
        while above > 0 and own[above] and frames[above].origin is frame.origin:
            parts.insert(0, own[above])
            above = frames[above].parent
        out.append("#" + "#".join(parts) if parts[0] else "")
    return out


def same_heading(one: str, other: str) -> bool:
    """Whether two subpaths name the same heading, its attributes written or not."""
    return _bare(one) == _bare(other)


def without_attributes(heading: str) -> str:
    return _ATTRIBUTES.sub("", heading)


def _bare(subpath: str) -> list[str]:
    return [without_attributes(linked(part)).casefold() for part in subpath.split("#") if part.strip()]


def _raw_heading(frame: Frame, lines: Sequence[str]) -> str:
    if not 1 <= frame.line <= len(lines):
        return ""
    line = lines[frame.line - 1]
    atx = _ATX.fullmatch(line)
    if atx is not None:
        return atx[1] or ""
    below = lines[frame.line] if frame.line < len(lines) else ""
    return line.strip() if frame.heading and _UNDERLINE.fullmatch(below) else ""
