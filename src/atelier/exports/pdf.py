"""A path as a PDF, a page a stop: vector shapes, selectable text, embedded fonts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from atelier.exports.stops import paint_stop, stop_pictures
from atelier.foundation.errors import InputError, Location
from atelier.foundation.geometry import Size
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from atelier.deck.types import NamedPath
    from atelier.render.scene import Scene

PAGE_HEIGHT = 1080
"""Height of a page in its own pixels, 96 to the inch."""


def write_pdf(scene: Scene, path: NamedPath, file: Path, progress: Callable[[int], None] = lambda _: None) -> int:
    """Writes `path` to `file` and returns the number of pages. No half file is left when it fails: InputError."""
    size = Size(float(round(PAGE_HEIGHT * scene.deck.ratio)), float(PAGE_HEIGHT))
    partial = file.with_name(file.name + ".part")
    writer = QPdfWriter(str(partial))
    writer.setResolution(96)
    # a PDF measures in points: 0.75 of a pixel at 96 to the inch
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QSizeF(size.width * 0.75, size.height * 0.75), QPageSize.Unit.Point),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    writer.setTitle(scene.deck.title)
    writer.setAuthor(scene.deck.author)
    writer.setCreator("Atelier")
    painter = QPainter()
    if not painter.begin(writer):
        raise InputError(_("The file cannot be written."), _("Choose another folder."), Location(file))
    pages = 0
    try:
        for picture in stop_pictures(scene, path, size.ratio):
            if pages:
                writer.newPage()
            painter.setClipRect(QRectF(0, 0, size.width, size.height))
            paint_stop(scene, painter, picture, size)
            pages += 1
            progress(pages)
        painter.end()
        partial.replace(file)
    except BaseException:
        if painter.isActive():
            painter.end()
        partial.unlink(missing_ok=True)
        raise
    return pages
