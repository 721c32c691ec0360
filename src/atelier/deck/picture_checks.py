"""What is odd about the pictures of a deck that are there: their names, what is in the files, whose work they are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.deck.files import MOST_PIXELS, resolve, written_otherwise
from atelier.deck.image_files import ImageFile, read_image_file
from atelier.deck.references import is_colour, things
from atelier.deck.svg import read_svg
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.errors import AtelierError
from atelier.foundation.texts import reason
from atelier.foundation.translation import _
from atelier.markup.blocks import Figure, InlineImage, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from atelier.deck.types import Deck, Frame
    from atelier.markup.blocks import Content

_CREDIT = re.compile(
    r"©|\(c\)|\bCC[ -]|public domain|domaine public|\b(?:photo|foto|crédit|credit|source|dessin)\b", re.IGNORECASE
)
"""Words of a caption that says whose work a picture is."""
_DRAWINGS = frozenset({".svg", ".svgz"})


def check_pictures(deck: Deck, content: Callable[[int], Content]) -> Iterator[Diagnostic]:
    """What is wrong with each picture that is found; those that are not are among the references."""
    if deck.folder is None:
        return
    checker = _Checker(deck, deck.folder)
    for frame in deck.frames:
        yield from checker.frame(frame, content(frame.index))


class _Checker:
    def __init__(self, deck: Deck, folder: Path) -> None:
        self._deck = deck
        self._folder = folder
        self._faults: dict[str, tuple[Path | None, tuple[Diagnostic, ...]]] = {}

    def frame(self, frame: Frame, content: Content) -> Iterator[Diagnostic]:
        if frame.background and not is_colour(frame.background):
            yield from self._picture(frame.background, frame.line)
        shown = {id(thing) for thing, _line in things(content.blocks)}
        for thing, line in things((content.blocks, content.notes)):
            if not isinstance(thing, Figure | InlineImage):
                continue
            yield from self._picture(thing.source, line)
            if isinstance(thing, Figure) and id(thing) in shown:
                yield from self._credit(thing, line)

    def _picture(self, source: str, line: int) -> Iterator[Diagnostic]:
        if source not in self._faults:
            self._faults[source] = self._examined(source)
        for fault in self._faults[source][1]:
            yield replace(fault, line=line)

    def _credit(self, figure: Figure, line: int) -> Iterator[Diagnostic]:
        """Photographs and other people's pictures have an author; a drawing in the deck's folder is likely its own."""
        file, faults = self._faults[figure.source]
        if file is None or faults or figure.credit or file.suffix.lower() in _DRAWINGS:
            return
        if _CREDIT.search(plain_text(figure.caption, private=True)):
            return
        message = _("“{name}” does not say whose work it is.").format(name=figure.source[:60])
        hint = _('Write it behind the picture: {data-credit="A. Baker, CC BY 4.0"}.')
        yield Diagnostic("picture-no-credit", message, hint, self._deck.file, line)

    def _examined(self, source: str) -> tuple[Path | None, tuple[Diagnostic, ...]]:
        """The file of a picture, and what is wrong with it."""
        file = resolve(self._folder, source)
        if isinstance(file, Diagnostic):
            return None, ()
        found: list[Diagnostic] = []
        if real := written_otherwise(self._folder, source):
            message = _("“{name}” is called “{real}”: only some machines take one for the other.").format(
                name=source[:60], real=real[:60]
            )
            found.append(
                Diagnostic("picture-case", message, _("Write {real}.").format(real=real[:60]), self._deck.file)
            )
        examine = drawing_fault if file.suffix.lower() in _DRAWINGS else image_fault
        if fault := examine(file, source[:60]):
            found.append(replace(fault, file=self._deck.file))
        return file, tuple(found)


def drawing_fault(file: Path, name: str) -> Diagnostic | None:
    """Why an SVG cannot be shown."""
    try:
        drawing = read_svg(file)
    except AtelierError as error:
        return Diagnostic("picture-unreadable", error.message, error.hint or _("Save it again as SVG."))
    if drawing.box.width <= 0 or drawing.box.height <= 0:
        message = _("The drawing “{name}” has no size.").format(name=name)
        return Diagnostic("picture-unreadable", message, _("Give it a viewBox."))
    return None


def image_fault(file: Path, name: str) -> Diagnostic | None:
    """Why the picture in a file cannot be shown, from its first bytes."""
    hint = _("Save it again as PNG, JPEG, WebP or SVG.")
    try:
        image = read_image_file(file)
    except OSError as error:
        message = _("“{name}” cannot be opened.").format(name=name)
        return Diagnostic("picture-unreadable", message, reason(error))
    if not image.kind:
        message = _("“{name}” cannot be read as a picture.").format(name=name)
        return Diagnostic("picture-unreadable", message, hint)
    if image.kind == "Git LFS":
        message = _("“{name}” only stands for a picture kept by Git LFS.").format(name=name)
        return Diagnostic("picture-unreadable", message, _("Run “git lfs pull” in its folder."))
    if not image.width or not image.height:
        message = _("“{name}” is a {kind} file that cannot be shown.").format(name=name, kind=image.kind)
        return Diagnostic("picture-unreadable", message, hint)
    return _too_large(image, name)


def _too_large(image: ImageFile, name: str) -> Diagnostic | None:
    if image.width * image.height <= MOST_PIXELS:
        return None
    message = _("“{name}” has {width} × {height} pixels; the limit is {limit} million.").format(
        name=name, width=image.width, height=image.height, limit=MOST_PIXELS // 1_000_000
    )
    return Diagnostic("picture-too-large", message, _("Save a smaller version of it."))
