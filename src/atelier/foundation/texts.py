"""The file a deck is in, and its bytes: whatever lies at a path, reading it neither waits nor fills the memory."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Final

from atelier.foundation.errors import InputError, Location
from atelier.foundation.translation import LANGUAGES, N_, _, current_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DECK_FILE: Final = "deck.md"
"""The text in a folder that is a deck."""

CANVAS_SUFFIX: Final = ".canvas"
"""Of a JSON Canvas: the places of a deck's frames, beside its text."""

LARGEST_DECK: Final = 8 * 1024 * 1024  # bytes

_SAID: Final[Mapping[int, str]] = {
    errno.ENOENT: N_("There is no such file or folder."),
    errno.EACCES: N_("Permission denied."),
    errno.EPERM: N_("Permission denied."),
    errno.EROFS: N_("Nothing can be written to this disk."),
    errno.ENOSPC: N_("No space is left on the disk."),
    errno.EDQUOT: N_("No space is left of what you are allowed."),
    errno.EFBIG: N_("The file is too large for this disk."),
    errno.EISDIR: N_("It is a folder."),
    errno.ENOTDIR: N_("A part of the path is not a folder."),
    errno.EEXIST: N_("There is a file of that name."),
    errno.ENOTEMPTY: N_("The folder is not empty."),
    errno.ENAMETOOLONG: N_("The name is too long."),
    errno.ELOOP: N_("Its links lead back to themselves."),
    errno.EBUSY: N_("Another program is using it."),
    errno.ETXTBSY: N_("Another program is using it."),
    errno.EMFILE: N_("Too many files are open."),
    errno.ENFILE: N_("Too many files are open."),
    errno.EIO: N_("The disk reports a fault."),
    errno.ESTALE: N_("The network folder does not answer."),
    errno.ETIMEDOUT: N_("The network folder does not answer."),
    errno.EHOSTDOWN: N_("The network folder does not answer."),
    errno.EHOSTUNREACH: N_("The network folder does not answer."),
}
"""What a system that speaks English alone says; Windows speaks the language of the person."""


def deck_path(path: Path) -> Path:
    """Where the text of the deck at `path` is: in a folder its `deck.md`. Nothing need be there.

    A folder without one may hold a text for each language, `fr.md` and `en.md`: the person's, else another.
    """
    if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir() raises for long names, and so does is_file()
        return path
    names = (DECK_FILE, *(f"{language}.md" for language in (current_language(), *LANGUAGES)))
    return path / next((name for name in names if os.path.isfile(path / name)), DECK_FILE)  # noqa: PTH113


def deck_name(file: Path | None) -> str:
    """What files made of a deck are called: as its folder, or as its text when that has a name of its own."""
    if file is None:
        return "deck"
    return file.resolve().parent.name if file.name == DECK_FILE else file.stem


def canvas_beside(file: Path) -> Path:
    """Where the places of the frames in the text `file` are kept. Nothing need be there."""
    return file.with_suffix(CANVAS_SUFFIX)


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
    if isinstance(error, OSError):
        said = _SAID.get(error.errno or 0)
        if said and getattr(error, "winerror", None) is None:
            return _(said)
        return f"{(error.strerror or str(error)).rstrip('.')}."
    if isinstance(error, ValueError):  # a zero byte, or what is not text on this system
        return _("The name holds a sign that no file's name can have.")
    return _(_SAID[errno.ELOOP]) if isinstance(error, RuntimeError) else f"{error}."
