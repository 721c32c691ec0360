"""A later draft and what its author wrote into the earlier one, put together: a merge of three texts, by paragraphs.

`base` is the draft as it was written last, `mine` what became of it, `new` the draft of today. What one side changed
is taken over; where both changed the same paragraph, or paragraphs beside each other, a person has to choose (Khanna,
Kunal and Pierce, “A Formal Investigation of Diff3”, 2007).
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Merge:
    """`text` is the merged one; where there are `conflicts` the author's own words stand in it."""

    text: str
    conflicts: int = 0


def merged(base: str, mine: str, new: str) -> Merge:
    """`mine` with what is new in `new` since `base`."""
    if mine in {base, new}:
        return Merge(new)
    if new == base:
        return Merge(mine)
    end = "\r\n" if "\r\n" in mine else "\n"
    old, own, later = (_paragraphs(text) for text in (base, mine, new))
    out: list[str] = []
    conflicts = 0
    for was, has, gets in _pieces(old, own, later):
        if has == was:
            out += gets
        elif gets in (was, has):
            out += has
        else:
            out += has
            conflicts += 1
    return Merge(("\n\n".join(out) + "\n").replace("\n", end), conflicts)


def difference(mine: str, new: str, name: str) -> str:
    """What changes when `new` takes the place of `mine`, as a unified diff."""
    lines = unified_diff(mine.splitlines(), new.splitlines(), f"{name} (1)", f"{name} (2)", n=1, lineterm="")
    return "\n".join(lines)


def _paragraphs(text: str) -> list[str]:
    """What stands between empty lines, so that joined by them it is the text."""
    return text.replace("\r\n", "\n").rstrip("\n").split("\n\n")


def _pieces(
    base: Sequence[str], mine: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """The three texts cut at the paragraphs that all of them have: (base, mine, new) of each piece."""
    in_mine, in_new = _common(base, mine), _common(base, new)
    at, own, later = 0, 0, 0
    for place in range(len(base)):
        if place in in_mine and place in in_new:
            here, there = in_mine[place], in_new[place]
            if (at, own, later) != (place, here, there):
                yield base[at:place], mine[own:here], new[later:there]
            yield base[place : place + 1], mine[here : here + 1], new[there : there + 1]
            at, own, later = place + 1, here + 1, there + 1
    yield base[at:], mine[own:], new[later:]


def _common(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """For each paragraph of `base` that `other` has too, where it has it."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return {one + i: two + i for one, two, size in matcher.get_matching_blocks() for i in range(size)}
