"""`atelier new`: a folder with a deck to start from."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atelier.deck.loading import read
from atelier.foundation.folders import make_folder
from atelier.foundation.resources import TEMPLATES
from atelier.foundation.texts import DECK_FILE
from atelier.foundation.translation import LANGUAGES, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.deck.types import Deck

TITLE: Final = "{title}"
"""Stands in a template's text for a title made of the folder's name; a template that has a subject has its own."""
_LONGEST_TITLE: Final = 80
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
    make_folder(folder, files)
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
