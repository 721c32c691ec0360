"""Making a folder with files in it: wholly or not at all, and never over anything that is there."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from atelier.foundation.errors import InputError, Location
from atelier.foundation.texts import reason
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_NAMES_SHOWN: Final = 5


def make_folder(folder: Path, files: Mapping[str, bytes | Path]) -> None:
    """Makes `folder`, with the folders above it, and writes `files` into it in their order: bytes, or copies of files.
    Names may have folders in them.

    Raises InputError where something is in the way or the folder cannot be made; all is then as it was before.
    """
    try:
        refuse_what_is_there(folder)
        if folder.exists():
            _fill(folder, files)
        else:
            _make(folder, files)
    except OSError as error:
        message = _("The folder cannot be made.")
        hint = f"{reason(error)} " + _("Choose another place.")
        raise InputError(message, hint, Location(folder)) from error


def refuse_what_is_there(folder: Path) -> None:
    """Raises InputError unless nothing is at `folder`, or a folder with nothing in it."""
    if folder.is_dir():
        # the folders of git and the like are in nobody's way
        found = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
        if found:
            names = ", ".join(found[:_NAMES_SHOWN]) + (", …" if len(found) > _NAMES_SHOWN else "")
            message = _("The folder is not empty: {names}.").format(names=names)
            raise InputError(message, _("Name one that is not there yet, or an empty one."), Location(folder))
    elif os.path.lexists(folder):
        message = _("There is a file of that name.")
        raise InputError(message, _("Name a folder that is not there yet, or an empty one."), Location(folder))


def _make(folder: Path, files: Mapping[str, bytes | Path]) -> None:
    """Writes a folder beside its place and moves it there whole."""
    made: list[Path] = []
    draft = folder.with_name(f".{folder.name[:80]}.{token_hex(4)}.part")
    try:
        for parent in _missing(folder.parent):
            parent.mkdir()
            made.append(parent)
        draft.mkdir()
        _write(draft, files, [])
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        for parent in reversed(made):
            with suppress(OSError):
                parent.rmdir()
        raise


def _missing(folder: Path) -> Iterator[Path]:
    """The folders to make, the outermost first."""
    if not folder.exists():
        yield from _missing(folder.parent)
        yield folder


def _fill(folder: Path, files: Mapping[str, bytes | Path]) -> None:
    """Writes into a folder that is there: somebody may stand in it, so it is not put in another one's place."""
    written: list[Path] = []
    try:
        _write(folder, files, written)
    except BaseException:
        for path in reversed(written):
            with suppress(OSError):
                if path.is_dir():
                    path.rmdir()
                else:
                    path.unlink()
        raise


def _write(folder: Path, files: Mapping[str, bytes | Path], written: list[Path]) -> None:
    for name, data in files.items():
        path = folder / name
        for parent in _missing(path.parent):
            parent.mkdir()
            written.append(parent)
        with path.open("xb") as file:
            written.append(path)
            if isinstance(data, bytes):
                file.write(data)
            else:
                with data.open("rb") as source:
                    shutil.copyfileobj(source, file)
