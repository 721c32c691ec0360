"""How this program starts itself again, for a process that works for it."""

from __future__ import annotations

import sys


def this_program() -> list[str]:
    """The program itself; a bundle is its own interpreter. What lies in the folder one stands in is never imported."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "atelier"]
