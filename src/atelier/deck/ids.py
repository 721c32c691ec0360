"""The names frames are linked by."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from atelier.foundation.letters import spelt_plainly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_SLUG = 80
NAMELESS = "frame"

_APART = re.compile(r"[\W_]+")
_HYPHENS = re.compile("-+")


def slug(title: str) -> str:
    """A title as an anchor: `L’été à Œuvre` gives `l-ete-a-oeuvre`; `frame` where nothing is left."""
    text = spelt_plainly(title)
    if not text.isascii():
        text = "".join(sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else "-" for sign in text)
    joined = _APART.sub("-", text).strip("-") if text.isascii() else _HYPHENS.sub("-", text).strip("-")
    if len(joined) > LONGEST_SLUG:
        joined = joined[: LONGEST_SLUG + 1].rpartition("-")[0] or joined[:LONGEST_SLUG]
    return joined or NAMELESS


def assign_ids(titles: Sequence[str], given: Sequence[str], parents: Sequence[int]) -> tuple[list[str], dict[int, int]]:
    """The id of every frame, and for each whose given id was taken the frame that has it.

    `given` is empty where the author gave no id; a parent's index is below its child's, the root's is -1. Equal titles
    are told apart by the parent's id, so that moving frames about within their parent changes no id; only equal titles
    below one parent are numbered.
    """
    taken: dict[str, int] = {}
    refused: dict[int, int] = {}
    for index, id_ in enumerate(given):
        if id_ and taken.setdefault(id_, index) != index:
            refused[index] = taken[id_]
    slugs = [given[i] or slug(title) for i, title in enumerate(titles)]
    reserved = {*taken, *slugs[:1]}
    counts: dict[str, int] = {}
    for name in slugs:
        counts[name] = counts.get(name, 0) + 1
    for index, name in enumerate(slugs):
        if counts[name] == 1:
            taken.setdefault(name, index)
    ids: list[str] = []
    numbers: dict[str, int] = {}
    for index, name in enumerate(slugs):
        if taken.get(name) == index:
            ids.append(name)
            continue
        parent = parents[index]
        # The root tells nothing apart, so its children keep their plain name unless somebody was given it.
        plain = parent == 0 and name not in reserved
        id_ = name if plain or parent < 0 else f"{ids[parent]}-{name}"
        ids.append(_numbered(id_, taken, numbers))
        taken[ids[-1]] = index
    return ids, refused


def _numbered(id_: str, taken: Mapping[str, int], numbers: dict[str, int]) -> str:
    if id_ not in taken:
        return id_
    number = numbers.get(id_, 1) + 1
    while f"{id_}-{number}" in taken:
        number += 1
    numbers[id_] = number
    return f"{id_}-{number}"
