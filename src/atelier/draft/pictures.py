"""The pictures of an article: found, freed of what their files say beside the picture, given names of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from atelier.deck.files import LARGEST_PICTURE
from atelier.deck.ids import slug
from atelier.deck.image_files import read_image_file
from atelier.deck.picture_metadata import bare_picture
from atelier.deck.references import picture_file
from atelier.draft.types import Drawing, Picture
from atelier.foundation.errors import InputError

if TYPE_CHECKING:
    from atelier.deck.types import Deck, Frame
    from atelier.markup.redaction import Redaction

_TYPES: Final = {
    "JPEG": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
    "GIF": ("gif", "image/gif"),
    "WebP": ("webp", "image/webp"),
}
SVG: Final = "image/svg+xml"
PNG: Final = "image/png"


class PictureShelf:
    """Takes up the pictures of `deck`. `redaction` replaces terms in names and in the words of drawings."""

    def __init__(self, deck: Deck, redaction: Redaction | None) -> None:
        self._deck = deck
        self._redaction = redaction
        self._names: dict[Path, str] = {}
        self.pictures: dict[str, Picture] = {}

    def name(self, frame: Frame, source: str, alt: str) -> str:
        """What a picture of a frame is called in the article; empty where there is none that can be shown."""
        file = picture_file(self._deck, frame, source)
        if not isinstance(file, Path):
            return ""
        if file not in self._names:
            self._names[file] = self._taken_up(file, alt)
        return self._names[file]

    def draw(self, name: str, drawing: Drawing, alt: str) -> str:
        """Takes up a picture that was drawn for the article; gives its name."""
        name = self._free(f"{slug(name)}.png")
        self.pictures[name] = Picture(
            name=name, media_type=PNG, data=drawing.data, alt=alt, width=drawing.width, height=drawing.height
        )
        return name

    def _taken_up(self, file: Path, alt: str) -> str:
        read = self._drawing(file) if file.suffix.lower() == ".svg" else self._photograph(file)
        if read is None:
            return ""
        suffix, media_type, data, width, height = read
        stem = self._redaction.name(file.stem) if self._redaction is not None else file.stem
        name = self._free(f"{slug(stem)}.{suffix}")
        self.pictures[name] = Picture(name=name, media_type=media_type, data=data, alt=alt, width=width, height=height)
        return name

    def _photograph(self, file: Path) -> tuple[str, str, bytes, int, int] | None:
        try:
            found = read_image_file(file)
            if found.kind not in _TYPES or file.stat().st_size > LARGEST_PICTURE:
                return None
            data = bare_picture(file.read_bytes())
        except OSError:
            return None
        return (*_TYPES[found.kind], data, found.width, found.height) if data is not None else None

    def _drawing(self, file: Path) -> tuple[str, str, bytes, int, int] | None:
        from atelier.deck.bare_svg import bare_drawing
        from atelier.deck.redaction import redacted_drawing
        from atelier.deck.svg import read_svg

        try:
            drawing = read_svg(file)
        except InputError:
            return None
        if self._redaction is not None:
            drawing = redacted_drawing(drawing, self._redaction)
        return "svg", SVG, bare_drawing(drawing.root), round(drawing.box.width), round(drawing.box.height)

    def _free(self, name: str) -> str:
        stem, _dot, suffix = name.rpartition(".")
        number, free = 1, name
        while free in self.pictures:
            number += 1
            free = f"{stem}-{number}.{suffix}"
        return free
