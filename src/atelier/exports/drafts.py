"""Files that are written beside their place and moved there once they are whole."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from atelier.foundation.errors import InputError, Location
from atelier.foundation.texts import reason
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping


@contextmanager
def draft_folder(folder: Path) -> Generator[Path]:
    """A folder in `folder` to write in, gone in the end with whatever is left in it.

    What the system says while writing becomes an InputError that names `folder`.
    """
    draft: Path | None = None
    try:
        draft = Path(mkdtemp(prefix=".atelier-", suffix=".part", dir=folder))
        yield draft
    except OSError as error:
        hint = _("Make room there, or choose another folder with -o.")
        message = _("Nothing can be written here.") + f" {reason(error)}"
        raise InputError(message, hint, Location(folder)) from error
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)


def hand_over(files: Mapping[Path, Path]) -> None:
    """Puts whole files into their places, each at once; what is there is replaced. Raises InputError."""
    for draft in files:
        _flush(draft)
    for draft, file in files.items():
        try:
            draft.replace(file)
        except OSError as error:
            message = _("This file cannot be replaced.") + f" {reason(error)}"
            hint = _("Close the program that has it open, or choose another folder with -o.")
            raise InputError(message, hint, Location(file)) from error


def _flush(file: Path) -> None:
    """Makes the bytes of a file last before it gets its name."""
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
