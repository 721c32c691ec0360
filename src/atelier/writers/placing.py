"""Drafts put on disk beside what their author made of earlier ones: nothing that was changed by hand is lost.

What was written last is kept in the user's data folder. A text that its author changed since is merged
(`writers.merging`); where both changed the same, a person is asked before anything is written.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from atelier.foundation.atomic import write_atomic
from atelier.foundation.errors import InputError, Location
from atelier.foundation.progress import unseen
from atelier.foundation.settings import data_folder
from atelier.foundation.texts import reason
from atelier.foundation.translation import _
from atelier.writers.merging import difference, merged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from atelier.foundation.progress import Progress
    from atelier.writers.types import Written

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a file that is compared with what would take its place."""


class Choice(Enum):
    """What becomes of a file that its author has changed, where the new draft changes the same."""

    MINE = auto()
    """It stays as it is."""
    NEW = auto()
    """The new draft takes its place."""
    BESIDE = auto()
    """The new draft is put beside it."""


class Outcome(Enum):
    WRITTEN = auto()
    SAME = auto()
    """It was there already, as it is."""
    MERGED = auto()
    """What its author had changed is in it still."""
    KEPT = auto()
    BESIDE = auto()


@dataclass(frozen=True, slots=True)
class Placed:
    """A file of a draft, and what became of it."""

    path: Path
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Plan:
    """`data` is what is to be there, `draft` what the draft is: they differ where it was merged."""

    path: Path
    data: bytes
    draft: bytes
    outcome: Outcome


def place(
    files: Sequence[Written],
    folder: Path,
    choose: Callable[[Path, str], Choice],
    progress: Progress = unseen,
) -> tuple[Placed, ...]:
    """Writes the files of a draft below `folder`. Raises InputError.

    `choose` is asked about a file where both changed the same, with the difference as a text that is empty for what is
    no text; what it raises leaves everything as it was.
    """
    plans = [_plan(folder / each.path, each, choose) for each in files]
    for done, plan in enumerate(plans, 1):
        if plan.outcome in {Outcome.WRITTEN, Outcome.MERGED, Outcome.BESIDE}:
            _write(plan.path, plan.data)
        if plan.outcome is not Outcome.BESIDE:
            _remember(plan.path, plan.draft)
        progress(done, len(plans))
    return tuple(Placed(plan.path, plan.outcome) for plan in plans)


def refuse(path: Path, _difference: str) -> Choice:
    """Chooses nothing. Raises InputError."""
    message = _("This file is not as a draft left it, and the new one changes the same. Nothing was written over it.")
    hint = _("Run it again with --conflicts mine, new or beside.")
    raise InputError(message, hint, Location(path))


def written_before(path: Path) -> bool:
    """Whether a draft was written there once."""
    return _memory(path).exists()


def _plan(path: Path, new: Written, choose: Callable[[Path, str], Choice]) -> _Plan:
    there = _read(path)
    if there is None:
        return _Plan(path, new.data, new.data, Outcome.WRITTEN)
    if there == new.data:
        return _Plan(path, new.data, new.data, Outcome.SAME)
    last = _read(_memory(path))
    if last == there:
        return _Plan(path, new.data, new.data, Outcome.WRITTEN)
    if last == new.data:
        return _Plan(path, there, new.data, Outcome.KEPT)
    shown = ""
    if new.text:
        mine, later = (data.decode("utf-8", "replace") for data in (there, new.data))
        if last is not None:
            merge = merged(last.decode("utf-8", "replace"), mine, later)
            if not merge.conflicts:
                return _Plan(path, merge.text.encode("utf-8", "replace"), new.data, Outcome.MERGED)
        shown = difference(mine, later, path.name)
    match choose(path, shown):
        case Choice.MINE:
            return _Plan(path, there, new.data, Outcome.KEPT)
        case Choice.NEW:
            return _Plan(path, new.data, new.data, Outcome.WRITTEN)
        case Choice.BESIDE:
            return _Plan(_beside(path), new.data, new.data, Outcome.BESIDE)


def _beside(path: Path) -> Path:
    """A name beside `path` that no file has yet."""
    number, name = 1, path.with_name(f"{path.stem}.new{path.suffix}")
    while name.exists():
        number += 1
        name = path.with_name(f"{path.stem}.new{number}{path.suffix}")
    return name


def _read(path: Path) -> bytes | None:
    """What is in a file; None where there is none. Raises InputError for what is no file, or beyond all drafts."""
    try:
        if not path.is_file():
            if path.exists():
                raise InputError(_("This is not a file."), _("Choose another folder with -o."), Location(path))
            return None
        if path.stat().st_size > LARGEST:
            message = _("The file is larger than {n} MB.").format(n=LARGEST // 2**20)
            raise InputError(message, _("Choose another folder with -o."), Location(path))
        return path.read_bytes()
    except OSError as error:
        raise InputError(_("This file cannot be read."), reason(error), Location(path)) from error


def _write(path: Path, data: bytes) -> None:
    try:
        write_atomic(path, data)
    except OSError as error:
        hint = _("Make room there, or choose another folder with -o.")
        raise InputError(_("Nothing can be written here.") + f" {reason(error)}", hint, Location(path)) from error


def _memory(path: Path) -> Path:
    """Where what was written last at `path` is kept."""
    name = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
    return data_folder() / "drafts" / name


def _remember(path: Path, data: bytes) -> None:
    """Keeps what was written; where that cannot be, the next draft asks instead of merging."""
    try:
        write_atomic(_memory(path), data)
    except OSError:
        return
