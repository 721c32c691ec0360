"""`atelier new`: a folder with a deck to start from."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from atelier.deck.loading import read
from atelier.foundation.errors import InputError, Location
from atelier.foundation.resources import TEMPLATES
from atelier.foundation.texts import DECK_FILE, reason
from atelier.foundation.translation import LANGUAGES, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atelier.deck.types import Deck

TITLE: Final = "{title}"
"""Stands in a template's text for a title made of the folder's name; a template that has a subject has its own."""
_LONGEST_TITLE: Final = 80
_NAMES_SHOWN: Final = 5
_MARKS: Final = re.compile(r"[!-/:-@\[-`{-~]")
_JUNK: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")


@dataclass(frozen=True, slots=True)
class Created:
    """`frames` counts the root too."""

    folder: Path
    title: str
    frames: int


def create(folder: Path, template: str, language: str) -> Created:
    """Makes `folder`, with the folders above it, and puts the template's deck and pictures into it.

    Raises InputError where something is in the way or the folder cannot be made; all is then as it was before.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would lose the name the user knows
    files = _files(template, language, folder.name)
    try:
        _refuse_what_is_there(folder)
        if folder.exists():
            _fill(folder, files)
        else:
            _make(folder, files)
    except OSError as error:
        message = _("The folder cannot be made.")
        raise InputError(message, f"{reason(error)} {_('Choose another place.')}", Location(folder)) from error
    deck = deck_of(template, language, folder.name)
    return Created(folder, deck.title, len(deck.frames))


def deck_of(template: str, language: str, name: str) -> Deck:
    """The deck that a folder called `name` gets."""
    return read(_files(template, language, name)[DECK_FILE])


def title_of(name: str) -> str:
    """A title made of a folder's name: “ma-presentation_2026” is “Ma presentation 2026”. Empty where none can be."""
    words = " ".join(re.sub(r"[-_]+", " ", _JUNK.sub(" ", name)).split())[:_LONGEST_TITLE].strip()
    return words[:1].upper() + words[1:]


def _files(template: str, language: str, name: str) -> Mapping[str, bytes]:
    """The names and the bytes of what is written, the deck last: a folder that has it has everything."""
    source = TEMPLATES / template
    texts = source / (language if language in LANGUAGES else LANGUAGES[0])
    files = {file.name: file.read_bytes() for file in sorted(source.iterdir()) if file.is_file()}
    text = (texts / DECK_FILE).read_text(encoding="utf-8")
    files[DECK_FILE] = text.replace(TITLE, _heading(title_of(name))).encode()
    return files


def _heading(title: str) -> str:
    """The Markdown of a heading that says `title`, whatever signs are in it."""
    for written in (title, _MARKS.sub(r"\\\g<0>", title)):
        deck = read(f"# {written}\n\n## x\n".encode())
        if title and deck.title == title and not deck.diagnostics:
            return written
    return _("Untitled")


def _refuse_what_is_there(folder: Path) -> None:
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


def _make(folder: Path, files: Mapping[str, bytes]) -> None:
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


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes into a folder that is there: somebody may stand in it, so it is not put in another one's place."""
    written: list[Path] = []
    try:
        _write(folder, files, written)
    except BaseException:
        for file in written:
            with suppress(OSError):
                file.unlink()
        raise


def _write(folder: Path, files: Mapping[str, bytes], written: list[Path]) -> None:
    for name, data in files.items():
        with (folder / name).open("xb") as file:
            written.append(folder / name)
            file.write(data)
