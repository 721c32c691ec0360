"""The files that `![[…]]` names: looked for beside the text, in the deck's folder and its library, nowhere else."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Final

from atelier.deck.files import name_on_disk, spellings
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.texts import DECK_FILE
from atelier.foundation.translation import _
from atelier.markup.embeds import TEXT_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_FOLDERS: Final = 20
"""Of a library."""
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_NAMES_LOOKED_AT: Final = 2000


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be put in, resolved, and the folder its pictures may lie in."""

    path: Path
    within: Path


@dataclass(frozen=True, slots=True)
class Library:
    """The folders that files may be put in from, resolved: the deck's own first."""

    folders: tuple[Path, ...]

    def find(self, name: str, here: Path | None) -> FoundFile | Diagnostic:
        """The text that `name` means in a file that lies in `here`. The diagnostic has no file or line."""
        shown = name if len(name) <= 80 else name[:79] + "…"
        if _leads_out(name):
            return _outside(shown)
        if not self.folders or here is None:
            message = _("“{name}” cannot be put in: the text has no folder.").format(name=shown)
            return Diagnostic("embed-missing", message, _("Save the text in the folder of the file."))
        bases = tuple(dict.fromkeys((here, *self.folders)))
        inside, escaped = False, False
        for candidate in _candidates(name, bases):
            within = self.holding(candidate)
            if within is None:
                escaped = escaped or _is_there(candidate)
                continue
            inside = True
            if _is_there(candidate):
                return FoundFile(candidate, within)
        if escaped or not inside:
            return _outside(shown)
        for spelling in _texts(name):
            for base in bases:
                real = name_on_disk(base, spelling)
                path = _resolved(base / real) if real else None
                within = self.holding(path) if path is not None else None
                if path is not None and within is not None and _is_there(path):
                    return FoundFile(path, within)
        message = _("“{name}” cannot be put in: there is no such text.").format(name=shown)
        return Diagnostic("embed-missing", message, _nearest(name, bases, self))

    def holding(self, path: Path) -> Path | None:
        """The folder of the library that a resolved path lies in."""
        return next((folder for folder in self.folders if path.is_relative_to(folder)), None)


def read_library(
    folder: Path | None, named: Sequence[tuple[str, int]], file: Path | None
) -> tuple[Library, tuple[Diagnostic, ...]]:
    """The folders of a deck in `folder` whose front matter names those of `named`, each with its line."""
    own = _resolved(folder) if folder is not None else None
    if own is None:
        return Library(()), ()
    folders = [own]
    found: list[Diagnostic] = []
    for name, line in named[:MOST_FOLDERS]:
        path = None if _leads_out(name) else _resolved(own / name)
        if path is not None and _may_be_read(path, own, name):
            folders.append(path)
            continue
        message = _("The library names “{name}”, which is no folder beside the deck.").format(name=name[:80])
        hint = _("Name a folder relative to the deck's own, as in ../cases; no link, and none that holds everything.")
        found.append(Diagnostic("library-missing", message, hint, file, line))
    return Library(tuple(dict.fromkeys(folders))), tuple(found)


def _may_be_read(path: Path, own: Path, name: str) -> bool:
    """Whether a folder is what its name says: there, reached by no link, and not the whole of a home or a disk."""
    straight = path.is_relative_to(own) or path == Path(os.path.normpath(own / name))
    return straight and path.parent != path and not _holds_home(path) and path.is_dir()


def _holds_home(path: Path) -> bool:
    try:
        return Path.home().resolve().is_relative_to(path)
    except (OSError, RuntimeError):  # nobody's
        return False


def first_place(name: str, here: Path) -> Path:
    """Where a text that is missing may yet appear."""
    return Path(os.path.normpath(here / next(iter(_texts(name)))))


def _leads_out(name: str) -> bool:
    """Whether a name can only mean something elsewhere: absolute, a home, a drive, an address."""
    return bool(name.startswith(("/", "\\", "~")) or "\0" in name or PureWindowsPath(name).drive or _SCHEME.match(name))


def _outside(shown: str) -> Diagnostic:
    message = _("“{name}” lies outside the deck's folder and its library, so it is not read.").format(name=shown)
    hint = _("Copy it into the deck's folder, or name its folder in “library” in the front matter.")
    return Diagnostic("embed-outside", message, hint)


def _texts(name: str) -> Iterator[str]:
    """The files a name can mean, without a suffix as Obsidian writes it, or of a folder that is a deck."""
    for spelling in spellings(name):
        if Path(spelling).suffix.lower() not in TEXT_SUFFIXES:
            yield f"{spelling}.md"
        yield spelling
        yield f"{spelling}/{DECK_FILE}"


def _candidates(name: str, bases: Sequence[Path]) -> Iterator[Path]:
    for base in bases:
        for text in _texts(name):
            path = _resolved(base / text)
            if path is not None:
                yield path


def _resolved(path: Path) -> Path | None:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name too long, a NUL
        return None


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _nearest(name: str, bases: Sequence[Path], library: Library) -> str:
    wanted = Path(name)
    names: list[str] = []
    for base in bases:
        place = _resolved(base / wanted.parent)
        if place is None or library.holding(place) is None:
            continue
        try:
            entries = [each for _n, each in zip(range(_NAMES_LOOKED_AT), place.iterdir(), strict=False)]
        except OSError:
            continue
        names += [each.stem if each.suffix.lower() in TEXT_SUFFIXES else each.name for each in entries]
    word = wanted.stem if wanted.suffix.lower() in TEXT_SUFFIXES else wanted.name
    return did_you_mean(word, sorted(set(names) - {word})) or _(
        "Check the name and the folder; “library” in the front matter names other folders to look in."
    )
