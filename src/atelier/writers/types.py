"""What a writer is given beside the article, and what it hands over: nothing is on disk yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath  # noqa: TC003 - part of the public value
from typing import TypeAlias

from atelier.draft.types import Picture

Raster: TypeAlias = Callable[[Picture], Picture]
"""A drawing as a picture of pixels (PNG), for what shows no SVG; another picture as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What writers need of the rest of the program. `template` is one of the author's own (Jinja2), or empty."""

    raster: Raster
    template: str = ""
    several_languages: bool = False
    """Whether there are drafts of the same deck in other languages, so that the name of each says which it is."""
    generator: str = "Atelier"
    """Name and version of the program."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a draft: where it goes below the folder chosen, and its bytes.

    `text`: one that the author goes on writing in, so that a later draft is merged into it.
    """

    path: PurePosixPath
    data: bytes
    text: bool = False
