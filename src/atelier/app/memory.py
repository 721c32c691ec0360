"""Memory that pictures took, given back to the system."""

from __future__ import annotations

import sys
from typing import Final

LARGE: Final = 1 << 20
"""Bytes from which a block is taken from the system by itself, and goes back there once it is free."""
_M_MMAP_THRESHOLD: Final = -3
"""From malloc.h of the GNU C library."""


def give_large_blocks_back() -> None:
    """Has the GNU C library give every block of a picture's size back once it is free; elsewhere, does nothing.

    Left to itself it raises its limit to the largest block that was ever freed, up to 32 MB (mallopt(3)). Pictures of
    the canvas then come from the heap, which shrinks only at its end: in a talk of two hours 30 to 60 MB of it are
    holes between tiles that were made and evicted.
    """
    if sys.platform != "linux":
        return
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:  # other C libraries have none, and no limit that moves
        mallopt(_M_MMAP_THRESHOLD, LARGE)
