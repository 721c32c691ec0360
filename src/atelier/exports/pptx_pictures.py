"""The pictures of a presentation: pixels at the size they are shown at, made anew so that nothing else is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from atelier.exports.drawings import without_names
from atelier.exports.encoding import encoded
from atelier.exports.painters import ended
from atelier.exports.pdf_pictures import FINER, FINEST
from atelier.foundation.geometry import Size
from atelier.typeset.display import DisplayList
from atelier.typeset.painting import paint

if TYPE_CHECKING:
    from atelier.exports.pptx_package import Package, Part
    from atelier.foundation.geometry import Rect
    from atelier.typeset.display import Item
    from atelier.typeset.pictures import Picture

JPEG_QUALITY = 88
QUICK = 75
"""Quality at which Qt packs a PNG quickly."""
_SMALLEST = 16
_PHOTOGRAPHS = frozenset({".jpg", ".jpeg", ".webp"})
_ITEM_FINER = 1.5


class PictureParts:
    """Pictures as parts of one package, each once at a size."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._known: dict[tuple[int, int], tuple[Part, Part | None]] = {}

    def of(self, picture: Picture, longest: float) -> tuple[Part, Part | None] | None:
        """Pixels of a picture whose longer side is shown with `longest` pixels, and its drawing where it is one.

        None where it can no longer be read.
        """
        level = min(max(round(longest * (1.0 if picture.vector else FINER)), _SMALLEST), FINEST)
        known = self._known.get((id(picture), level))
        if known is None:
            image = picture.decode(level)
            if image.isNull():
                return None
            drawing = None
            if picture.vector:
                drawing = self._package.picture(without_names(picture.svg()), "svg")
            photograph = picture.path is not None and picture.path.suffix.lower() in _PHOTOGRAPHS
            known = (self.pixels(image, photograph=photograph), drawing)
            self._known[id(picture), level] = known
        return known

    def pixels(self, image: QImage, *, photograph: bool) -> Part:
        if photograph and not image.hasAlphaChannel():
            return self._package.picture(encoded(image, b"jpeg", JPEG_QUALITY), "jpeg")
        return self._package.picture(encoded(image, b"png", QUICK), "png")

    def painted(self, item: Item, scale: float) -> Part:
        """An item that a slide has no words for, painted; `scale` in pixels to the frame unit."""
        bounds = item.bounds
        factor = min(scale * _ITEM_FINER, FINEST / max(bounds.width, bounds.height, 1.0))
        image = _canvas(bounds, factor)
        painter = QPainter()
        with ended(painter):
            painter.begin(image)
            painter.scale(factor, factor)
            painter.translate(-bounds.x, -bounds.y)
            painter.setClipRect(QRectF(bounds.x, bounds.y, bounds.width, bounds.height))
            paint(painter, DisplayList(Size(bounds.width, bounds.height), (item,)))
        return self.pixels(image, photograph=False)


def _canvas(bounds: Rect, factor: float) -> QImage:
    width, height = (max(1, round(side * factor)) for side in (bounds.width, bounds.height))
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image
