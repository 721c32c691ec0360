"""The pictures of a presentation: pixels at the size they are shown at, made anew so that nothing else is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from atelier.exports.drawings import without_names
from atelier.exports.encoding import drawing_png, jpeg, png
from atelier.exports.painters import ended
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
FINEST = 2560
"""Pixels of the longer side of a picture."""
FINER = 2.0
"""Pixels of a photograph for each one of the view's, which has 1080 to its height."""
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
            if picture.vector:
                known = (self._drawn(image), self._package.picture(without_names(picture.svg()), "svg"))
            elif _is_photograph(picture) and not image.hasAlphaChannel():
                known = (self.photograph(image), None)
            else:
                known = (self._package.picture(png(image, QUICK), "png"), None)
            self._known[id(picture), level] = known
        return known

    def photograph(self, image: QImage) -> Part:
        """Pixels of which some may be lost."""
        return self._package.picture(jpeg(image, JPEG_QUALITY), "jpeg")

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
        return self._drawn(image)

    def _drawn(self, image: QImage) -> Part:
        return self._package.picture(drawing_png(image), "png")


def _is_photograph(picture: Picture) -> bool:
    return picture.path is not None and picture.path.suffix.lower() in _PHOTOGRAPHS


def _canvas(bounds: Rect, factor: float) -> QImage:
    width, height = (max(1, round(side * factor)) for side in (bounds.width, bounds.height))
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image
