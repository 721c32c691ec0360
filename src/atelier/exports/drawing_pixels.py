"""Drawings of a draft as pixels, for formats that show nothing else. It stands by itself: little has to be loaded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from atelier.draft.pictures import SVG
from atelier.exports.encoding import drawing_png
from atelier.exports.painters import ended

if TYPE_CHECKING:
    from atelier.draft.types import Picture

LONGEST: Final = 1600
"""Pixels of the longer side, as many as a picture of a frame has across."""


def as_pixels(picture: Picture, side: int = LONGEST) -> Picture:
    """A drawing as PNG, its longer side so many pixels; other pictures as they are."""
    if picture.media_type != SVG:
        return picture
    app = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(QByteArray(picture.data))
    size = QSize(max(picture.width, 1), max(picture.height, 1))
    image = QImage(size * (side / max(size.width(), size.height())), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter()
    with ended(painter):
        painter.begin(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0.0, 0.0, image.width(), image.height()))
    del app
    name = picture.name.removesuffix(".svg") + ".png"
    return replace(
        picture,
        name=name,
        media_type="image/png",
        data=drawing_png(image),
        width=image.width(),
        height=image.height(),
    )
