"""`atelier place`: where the frames of a deck lie, written into the `.canvas` beside its text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path  # noqa: TC003 - part of the public value

from atelier.canvas.arrange import arrange
from atelier.canvas.node_writing import nodes_of
from atelier.deck.decoding import deck_bytes, text_of
from atelier.deck.json_canvas import LARGEST_CANVAS, write_canvas
from atelier.deck.loading import deck_file, is_canvas, placed, read
from atelier.deck.references import drawing_of
from atelier.foundation.atomic import write_atomic
from atelier.foundation.errors import InputError, Location
from atelier.foundation.texts import canvas_beside, read_bytes, reason
from atelier.foundation.translation import _


@dataclass(frozen=True, slots=True)
class Placed:
    """What was written: how many frames have a place in the file, how many are too small for one."""

    file: Path
    placed: int
    left: int
    changed: bool


def place(path: Path) -> Placed:
    """Writes the places of all frames of the deck at `path`. Raises InputError; the file is then as it was."""
    text_file = deck_file(path)
    if is_canvas(text_file):
        message = _("This canvas has no text beside it: its nodes lie where they are.")
        raise InputError(message, _("Give a .md file, or a folder with a deck.md in it."), Location(text_file))
    file = canvas_beside(text_file)
    before = _bytes(file)
    data = deck_bytes(text_file)
    deck = placed(read(data, file=text_file, folder=text_file.parent), data)
    if deck.geometry is not None and not deck.geometry.canvas.whole:
        found = next(iter(deck.geometry.diagnostics), None)
        message = _("The canvas cannot be read whole, so nothing is written into it.")
        hint = found.message if found is not None else ""
        raise InputError(message, hint, Location(file, found.line if found is not None else 0))

    nodes = nodes_of(deck, arrange(deck, load_svg=partial(drawing_of, deck)), text_of(data))
    known = deck.geometry.canvas if deck.geometry is not None else None
    if known is not None and known.data == nodes.data:
        return Placed(file, nodes.placed, nodes.left, changed=False)
    if _bytes(file) != before:
        message = _("The canvas was changed by another program meanwhile; nothing was written.")
        raise InputError(message, _("Run the command once more."), Location(file))
    try:
        write_atomic(file, write_canvas(nodes.data))
    except OSError as error:
        raise InputError(_("The canvas cannot be written."), reason(error), Location(file)) from error
    return Placed(file, nodes.placed, nodes.left, changed=True)


def _bytes(file: Path) -> bytes | None:
    """What the file holds; None where there is none."""
    try:
        if not file.exists():
            return None
    except OSError as error:
        raise InputError(_("The canvas cannot be read."), reason(error), Location(file)) from error
    return read_bytes(file, LARGEST_CANVAS)
