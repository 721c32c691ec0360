"""What the player of a page says, in the language of the deck, and its keys, which are the program's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.commands.keys import caps
from atelier.commands.table import BY_ID
from atelier.foundation.translation import N_, words_in

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS = {
    "close": N_("Close"),
    "outline": N_("Outline"),
    "search": N_("Search"),
    "keys": N_("All keys"),
    "hit": N_("1 frame"),
    "hits": N_("{n} frames"),
    "notes": N_("Notes"),
    "no_notes": N_("This frame has no notes."),
    "tools": N_("Tools"),
    "next": N_("Next"),
    "previous": N_("Previous"),
    "return": N_("Back to the path"),
    "overview": N_("Overview"),
    "read": N_("Read as a text"),
    "canvas": N_("Back to the canvas"),
    "full_screen": N_("Full screen"),
    "now": N_("The text of this frame"),
    "stop": N_("Stop {n} of {total}"),
    "detour": N_("Detour from stop {n} of {total}"),
    "step": N_("Step {n} of {total}"),
    "hands": N_(
        "Drag or swipe to look around or go on, turn the wheel or pinch to zoom, click a frame to fly to it, "
        "hold Shift to select text."
    ),
}
_MOTIONS = {"full": N_("Motion: full"), "calm": N_("Motion: calm"), "cuts": N_("Motion: cuts")}
_OUTLINE, _NOTES = "canvas.map", "notes.edit"
_COMMANDS = (
    "stage.next",
    "stage.previous",
    "stage.first",
    "stage.last",
    "stage.jump",
    "stage.close",
    "stage.parent",
    "stage.child",
    "stage.overview",
    "stage.zoom-in",
    "stage.zoom-out",
    *(f"link.{n}" for n in range(1, 10)),
    "history.return",
    "history.path",
    "history.back",
    "history.forward",
    "room.black",
    "room.white",
    _OUTLINE,
    _NOTES,
    "window.motion",
    "window.keys",
)


def words(language: str) -> dict[str, object]:
    """Every text of the player, by the name it has there."""
    code, text = words_in(language)
    said: dict[str, object] = {name: text(message) for name, message in _WORDS.items()}
    return said | {"lang": code, "motions": {name: text(message) for name, message in _MOTIONS.items()}}


def keys(*, notes: bool) -> dict[str, str]:
    """From a chord to the command it means."""
    return {chord: id_ for id_ in _known(notes=notes) for chord in BY_ID[id_].keys}


def sheet(language: str, *, notes: bool) -> list[list[object]]:
    """What the sheet of keys lists: a title, and the names of its keys."""
    text = words_in(language)[1]
    rows: list[list[object]] = []
    for id_ in _known(notes=notes):
        if id_ == "link.1":
            rows.append([text(BY_ID[id_].title), ["1 … 9"]])
        elif not id_.startswith("link."):
            rows.append([_title(id_, text), ["+".join(caps(chord, text)) for chord in BY_ID[id_].keys]])
    return rows


def _known(*, notes: bool) -> tuple[str, ...]:
    return tuple(id_ for id_ in _COMMANDS if notes or id_ != _NOTES)


def _title(id_: str, text: Callable[[str], str]) -> str:
    """What a command is called here, where it does a little else than in the program."""
    own = {_OUTLINE: _WORDS["outline"], _NOTES: _WORDS["notes"], "stage.close": N_("Close what is on top")}
    return text(own.get(id_, BY_ID[id_].title))
