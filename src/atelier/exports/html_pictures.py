"""The pictures of a page, each in it once: no larger than can be seen, with nothing in them but what is seen."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtGui import QColor, QImage

from atelier.deck.bare_svg import bare_drawing
from atelier.exports.encoding import jpeg, png

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from xml.etree.ElementTree import Element

    from atelier.foundation.progress import Progress
    from atelier.typeset.pictures import Picture

FINEST = 2048
"""Pixels of the longer side of a picture."""
FINER = 1.5
"""Pixels for each unit of a frame, which has 1000 to its height: a screen of 1440 lines shows them all."""
_SMALLEST = 16
_ICON = 96
JPEG_QUALITY = 84
PNG_QUALITY = 20
"""How Qt counts: the lower, the more time is spent on making it small."""
_PLAIN_SHARE = 0.8
"""A picture without loss may be so large, as a share of one with, to be taken."""

_Source: TypeAlias = "Picture | QImage | Callable[[], QImage]"


@dataclass(slots=True)
class _Held:
    source: _Source
    longest: float
    """Units of a frame that its longer side takes where it is largest."""
    margin: float = 0.0


class PagePictures:
    """What pictures there are, found by what they are of; encoded when the page is written."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._held: list[_Held] = []
        self._written: list[str] = []

    def __len__(self) -> int:
        return len(self._held)

    def picture(self, picture: Picture, width: float, height: float, *, crop: bool = False) -> int:
        """The number of a picture that is shown so large, in frame units."""
        shown = max(width, height * picture.ratio) if crop else width
        longest = max(shown, shown / picture.ratio)
        number = self._number(picture, picture, longest)
        self._held[number].longest = max(self._held[number].longest, longest)
        return number

    def world(self, picture: Picture, margin: float) -> int:
        """The number of a drawing that a whole frame lies on, with what it draws beyond itself."""
        number = self._number((picture, margin), picture, 0.0)
        self._held[number].margin = margin
        return number

    def image(self, image: QImage) -> int:
        return self._number(image.cacheKey(), image, 0.0)

    def emoji(self, key: Hashable, draw: Callable[[], QImage]) -> int:
        return self._number(key, draw, 0.0)

    def table(self) -> list[str]:
        """Their addresses, as far as they are written."""
        return self._written

    def size(self, number: int) -> tuple[int, int]:
        """Pixels of a picture of the deck, as the file has it."""
        source = self._held[number].source
        if isinstance(source, QImage) or callable(source):
            raise TypeError(f"{number} is no picture of the deck")
        return round(source.width), round(source.height)

    def write(self, progress: Progress) -> None:
        """Encodes all of them."""
        self._written = []
        for held in self._held:
            progress(len(self._written), len(self._held))
            self._written.append(_address(held))

    def _number(self, key: Hashable, source: _Source, longest: float) -> int:
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._held)
            self._held.append(_Held(source, longest))
        return number


def _address(held: _Held) -> str:
    source = held.source
    if isinstance(source, QImage):
        return _data("image/png", png(source, PNG_QUALITY))
    if callable(source):
        return _data("image/png", png(source(), PNG_QUALITY))
    if source.vector:
        return _data("image/svg+xml", bare_drawing(_sized(source, held.margin)))
    image = source.decode(min(max(round(held.longest * FINER), _SMALLEST), FINEST))
    if image.isNull():  # it has gone since
        image = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor(128, 128, 128, 26))
    return _pixels(image)


def _sized(drawing: Picture, margin: float) -> Element:
    """A drawing of its size, which shows more on each side by that share of its sides: Qt draws what lies beyond the
    box, a browser does not.
    """
    root = drawing.svg()
    if margin:
        x, y, across, down = (float(each) for each in root.get("viewBox", "").replace(",", " ").split())
        box = (x - margin * across, y - margin * down, across * (1 + 2 * margin), down * (1 + 2 * margin))
        root.set("viewBox", " ".join(f"{each:.10g}" for each in box))
    root.set("width", f"{drawing.width * (1 + 2 * margin):g}")
    root.set("height", f"{drawing.height * (1 + 2 * margin):g}")
    return root


def _pixels(image: QImage) -> str:
    """PNG for what is transparent or flat, JPEG for photographs; a new file, so nothing of the old one is in it."""
    bare = QImage(image)
    for name in bare.textKeys():
        bare.setText(name, "")
    if bare.hasAlphaChannel() or max(bare.width(), bare.height()) <= _ICON:
        return _data("image/png", png(bare, PNG_QUALITY))
    photograph = jpeg(bare, JPEG_QUALITY)
    if _is_flat(bare):
        plain = png(bare, PNG_QUALITY)
        if len(plain) <= len(photograph) / _PLAIN_SHARE:
            return _data("image/png", plain)
    return _data("image/jpeg", photograph)


def _is_flat(image: QImage) -> bool:
    """Whether a picture looks like a screenshot or a diagram: few colours where one looks."""
    across, down = min(image.width(), 48), min(image.height(), 48)
    seen = {
        image.pixel(x * image.width() // across, y * image.height() // down) for x in range(across) for y in range(down)
    }
    return len(seen) < across * down / 4


def _data(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
