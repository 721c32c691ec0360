"""What a misspelt word was probably meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str], *, alike: float = 0.6) -> str:
    """A sentence naming the nearest of `known`, or an empty one when none shares so much of its letters (0 to 1)."""
    import difflib

    lower = word.lower()[:60]
    table = {name.lower(): name for name in known}
    near = difflib.get_close_matches(lower, table, n=1, cutoff=alike)
    return _("Did you mean “{name}”?").format(name=table[near[0]]) if near else ""
