"""Times given become the plan of a deck; those of its last rehearsal are found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from atelier.deck.minutes_writing import adoption, save
from atelier.foundation.errors import InputError
from atelier.foundation.translation import _, ngettext
from atelier.talk.kept import events_of, kept_talks
from atelier.talk.review import review_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from atelier.deck.minutes_writing import Adoption

_MOST_NAMED = 4
"""Frames that a notice names."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was done. `undo` gives the text of before back, unless it was changed since (InputError); None where there
    is nothing to undo.
    """

    message: str
    hint: str
    file: Path
    undo: Callable[[], None] | None = None


def adopt(deck: Path, seconds: Mapping[str, float], title: Callable[[str], str]) -> Adopted:
    """Writes times behind the headings of a deck; `title` names a frame by its id. Raises InputError."""
    found = adoption(deck, seconds)
    hint = _left_alone(found, seconds, title)
    if found.after == found.before:
        return Adopted(_("The deck has these minutes already."), hint, found.file)
    save(found)
    words = ngettext(
        "The time of {n} frame stands behind its heading now.",
        "The times of {n} frames stand behind their headings now.",
        len(found.written),
    ).format(n=len(found.written))
    return Adopted(words, hint, found.file, partial(save, found.undone))


def _left_alone(found: Adoption, seconds: Mapping[str, float], title: Callable[[str], str]) -> str:
    """Which frames keep what they have, and why; empty where none do."""
    words: list[str] = []
    if found.left:
        names = _names(found.left, title)
        words.append(_("Left alone, as no heading of this file begins them: {names}.").format(names=names))
    known = {*found.written, *found.left}
    gone = [frame for frame in seconds if frame not in known]
    if gone:
        words.append(_("No longer in the deck: {names}.").format(names=_names(gone, title)))
    return " ".join(words)


def _names(frames: Sequence[str], title: Callable[[str], str]) -> str:
    more = ", …" if len(frames) > _MOST_NAMED else ""
    return ", ".join(title(frame) for frame in frames[:_MOST_NAMED]) + more


def last_rehearsal(deck: Path, before: Path | None = None) -> dict[str, float]:
    """The seconds that each frame of a deck was given in its newest rehearsal, by their ids; none where there is none.

    `before` is a talk that does not count: the one that is given now.
    """
    for talk in kept_talks(deck):
        if talk.rehearsal and talk.elapsed > 0 and talk.file != before:
            try:
                return review_of(events_of(talk.file)).given_by_frame()
            except InputError:
                continue
    return {}
