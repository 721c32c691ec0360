"""`atelier place`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.cli.streams import say
from atelier.cli.terminal import cancellable
from atelier.foundation.terminals import harmless
from atelier.foundation.translation import ngettext

if TYPE_CHECKING:
    from pathlib import Path


def place(deck: Path) -> int:
    """Writes where the frames of a deck lie, and says what was written."""
    with cancellable():
        from atelier.app.placing import place as write

        written = write(deck)
    if written.changed:
        found = ngettext("{n} frame placed in {file}", "{n} frames placed in {file}", written.placed)
    else:
        found = ngettext(
            "{n} frame is placed in {file} already", "{n} frames are placed in {file} already", written.placed
        )
    lines = [found.format(n=written.placed, file=written.file)]
    if written.left:
        left = ngettext(
            "{n} is too small and stays with its layout", "{n} are too small and stay with their layout", written.left
        )
        lines.append(left.format(n=written.left))
    say(harmless("\n".join(lines)) + "\n")
    return 0
