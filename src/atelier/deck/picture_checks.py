"""What is odd about the pictures of a deck that are there: their names, what is in the files, whose work they are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.deck.files import MOST_PIXELS, written_otherwise
from atelier.deck.image_files import ImageFile, is_cut_off, read_image_file
from atelier.deck.references import picture_file, things
from atelier.deck.svg import read_svg
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.errors import AtelierError
from atelier.foundation.texts import reason
from atelier.foundation.translation import _
from atelier.markup.blocks import Figure, InlineImage, Media, plain_text

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
_CONTENTS = frozenset({"foreignObject", "image", "use", "feImage"})
"""Elements of a drawing that show something, and are taken out of it where they are not safe."""


def check_pictures(deck: Deck, content: Callable[[int], Content]) -> Iterator[Diagnostic]:
    """What is wrong with each picture that is found; those that are not are among the references."""
    if deck.folder is None:
        return
    checker = _Checker(deck)
    for frame in deck.frames:
        yield from checker.frame(frame, content(frame.index))


class _Checker:
    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._faults: dict[tuple[Path | None, str], tuple[Path | None, tuple[Diagnostic, ...]]] = {}

    def frame(self, frame: Frame, content: Content) -> Iterator[Diagnostic]:
        if frame.background:
            yield from self._picture(frame, frame.background, frame.line)
        shown = {id(thing) for thing, _line in things(content.blocks)}
        for thing, line in things((content.blocks, content.notes)):
            if not isinstance(thing, Figure | InlineImage):
                continue
            source = thing.poster if isinstance(thing, Media) else thing.source
            if not source and isinstance(thing, Media):
                continue
            yield from self._picture(frame, source, line)
            if isinstance(thing, Figure) and id(thing) in shown:
                yield from self._credit(frame, thing, source, line)

    def _picture(self, frame: Frame, source: str, line: int) -> Iterator[Diagnostic]:
        key = (self._deck.file_of(frame), source)
        if key not in self._faults:
            self._faults[key] = self._examined(frame, source)
        for fault in self._faults[key][1]:
            yield replace(fault, line=line)

    def _credit(self, frame: Frame, figure: Figure, source: str, line: int) -> Iterator[Diagnostic]:
        """Photographs and other people's pictures have an author; a drawing in the deck's folder is likely its own."""
        file, faults = self._faults[self._deck.file_of(frame), source]
        if file is None or faults or figure.credit or file.suffix.lower() in _DRAWINGS:
            return
        if _CREDIT.search(plain_text(figure.caption, private=True)):
            return
        message = _("“{name}” does not say whose work it is.").format(name=source[:60])
        hint = _('Write it behind the picture: {data-credit="A. Baker, CC BY 4.0"}.')
        yield Diagnostic("picture-no-credit", message, hint, self._deck.file_of(frame), line)

    def _examined(self, frame: Frame, source: str) -> tuple[Path | None, tuple[Diagnostic, ...]]:
        """The file of a picture, and what is wrong with it."""
        file = picture_file(self._deck, frame, source)
        folder = self._deck.folder_of(frame)
        if isinstance(file, Diagnostic) or folder is None:
            return None, ()
        found: list[Diagnostic] = []
        if real := written_otherwise(folder, source):
            message = _("“{name}” is called “{real}”: only some machines take one for the other.").format(
                name=source[:60], real=real[:60]
            )
            hint = _("Write {real}.").format(real=real[:60])
            found.append(Diagnostic("picture-case", message, hint, self._deck.file_of(frame)))
        examine = drawing_fault if file.suffix.lower() in _DRAWINGS else image_fault
        if fault := examine(file, source[:60]):
            found.append(replace(fault, file=self._deck.file_of(frame)))
        return file, tuple(found)


def unreadable_drawing(name: str, error: AtelierError) -> Diagnostic:
    """Why an SVG cannot be shown, from what `read_svg` raised."""
    message = _("“{name}” cannot be shown.").format(name=name) + f" {error.message}"
    packed = name.lower().endswith(".svgz")
    hint = _("Save it again as SVG.")
    return Diagnostic("picture-unreadable", message, hint if packed else error.hint or hint)


def drawing_fault(file: Path, name: str) -> Diagnostic | None:
    """Why an SVG cannot be shown, or not all of it."""
    try:
        drawing = read_svg(file)
    except AtelierError as error:
        return unreadable_drawing(name, error)
    lost = set(drawing.removed) & _CONTENTS
    if not lost:
        return None
    message = _("Part of “{name}” is not shown: {elements} in it may hold anything, or lies elsewhere.").format(
        name=name, elements=", ".join(sorted(lost))
    )
    hint = _("Save the drawing with its texts as text or paths, and its pictures embedded as PNG or JPEG.")
    return Diagnostic("picture-incomplete", message, hint)


def image_fault(file: Path, name: str) -> Diagnostic | None:
    """Why the picture in a file cannot be shown, from its first bytes."""
    hint = _("Save it again as PNG, JPEG, WebP or SVG.")
    try:
        image = read_image_file(file)
        cut_off = is_cut_off(file, image.kind) if image.width else False
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
    if fault := _too_large(image, name):
        return fault
    if cut_off:
        message = _("“{name}” is cut off: its end is missing.").format(name=name)
        return Diagnostic("picture-incomplete", message, _("Copy or download it again."))
    return None


def _too_large(image: ImageFile, name: str) -> Diagnostic | None:
    if image.width * image.height <= MOST_PIXELS:
        return None
    message = _("“{name}” has {width} × {height} pixels; the limit is {limit} million.").format(
        name=name, width=image.width, height=image.height, limit=MOST_PIXELS // 1_000_000
    )
    return Diagnostic("picture-too-large", message, _("Save a smaller version of it."))
