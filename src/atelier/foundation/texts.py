"""The file a deck is in, and its bytes: whatever lies at a path, reading it neither waits nor fills the memory."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from atelier.foundation.errors import InputError, Location
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from pathlib import Path

DECK_FILE: Final = "deck.md"
"""The text in a folder that is a deck."""

LARGEST_DECK: Final = 8 * 1024 * 1024  # bytes


def deck_path(path: Path) -> Path:
    """Where the text of the deck at `path` is: in a folder its `deck.md`. Nothing need be there."""
    return path / DECK_FILE if os.path.isdir(path) else path  # noqa: PTH112 - Path.is_dir() raises for long names


def read_text_file(path: Path) -> bytes:
    """The bytes of a deck's text, at most `LARGEST_DECK` of them. Raises InputError."""
    return read_bytes(path, LARGEST_DECK)


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of a regular file of at most `limit` bytes. Raises InputError.

    A pipe or a device is refused before it is opened, for one might wait for ever and the other never end.
    """
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode) and found.st_size <= limit:
            with path.open("rb") as opened:
                data = opened.read(limit + 1)
            if len(data) <= limit:  # it may have grown meanwhile, or be one that says it is empty
                return data
    except (OSError, ValueError) as error:
        raise InputError(_("This file cannot be read."), reason(error), Location(path)) from error
    if not stat.S_ISREG(found.st_mode):
        raise InputError(_("This is not a file that holds a text."), "", Location(path))
    message = _("The file is larger than {n} MB.").format(n=limit // 2**20)
    raise InputError(message, _("Split the text into several decks."), Location(path))


def reason(error: Exception) -> str:
    """What the system says, as a sentence."""
    return f"{error.strerror}." if isinstance(error, OSError) and error.strerror else f"{error}."
