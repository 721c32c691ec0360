"""A path as PNG files, one a stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPainter

from atelier.exports.stops import paint_stop, stop_pictures
from atelier.foundation.errors import InputError, Location
from atelier.foundation.geometry import Size
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from atelier.deck.types import NamedPath
    from atelier.render.scene import Scene


def write_pngs(
    scene: Scene, path: NamedPath, folder: Path, height: int, progress: Callable[[int], None] = lambda _: None
) -> list[Path]:
    """Writes one picture a stop, `height` pixels high, as 01-id.png, 02-id.png … and returns the files."""
    size = Size(float(round(height * scene.deck.ratio)), float(height))
    files: list[Path] = []
    pictures = list(stop_pictures(scene, path, size.ratio))
    digits = max(2, len(str(len(pictures))))
    image = QImage(int(size.width), int(size.height), QImage.Format.Format_RGB32)
    for picture in pictures:
        painter = QPainter(image)
        try:
            paint_stop(scene, painter, picture, size)
        finally:
            painter.end()
        frame = scene.deck.frames[scene.canvas.places[picture.place].frame]
        page = f"-{picture.page + 1}" if picture.page else ""
        file = folder / f"{len(files) + 1:0{digits}d}-{frame.id}{page}.png"
        if not image.save(str(file)):
            raise InputError(_("The file cannot be written."), _("Choose another folder."), Location(file))
        files.append(file)
        progress(len(files))
    return files
