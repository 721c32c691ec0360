"""How far long work has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]
"""Called with what is done and what there is to do. What it raises ends the work, which leaves nothing half done."""


def unseen(_done: int, _total: int) -> None:
    """The progress of work that nobody watches."""
