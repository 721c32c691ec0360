"""Small pictures of whole canvases, painted when nothing else is to be done and kept on disk."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from atelier.canvas.camera import home
from atelier.deck.loading import deck_file, read
from atelier.foundation.errors import AtelierError
from atelier.foundation.geometry import Size
from atelier.foundation.texts import read_text_file
from atelier.render.exact import exact_picture
from atelier.render.kept import KeptPictures
from atelier.render.scene import Look, build_scene

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

SLICE = 0.008
"""Seconds of painting between two events."""


class ThumbnailPainter(QObject):
    """Answers each request with `ready(path, picture)`; a null picture for a deck that cannot be drawn."""

    ready = Signal(object, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = KeptPictures("thumbnails")
        self._waiting: list[tuple[Path, QSize]] = []
        self._job: Generator[None] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_timer)

    def request(self, path: Path, size: QSize) -> None:
        """Asks for the picture of the canvas of the deck at `path`, `size` in device pixels."""
        if (path, size) not in self._waiting:
            self._waiting.append((path, size))
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._waiting.clear()
        if self._job is not None:
            self._job.close()
            self._job = None

    def _on_timer(self) -> None:
        until = time.perf_counter() + SLICE
        while time.perf_counter() < until:
            if self._job is None:
                if not self._waiting:
                    self._timer.stop()
                    return
                self._job = self._draw(*self._waiting.pop(0))
            try:
                next(self._job)
            except StopIteration:
                self._job = None

    def _draw(self, path: Path, size: QSize) -> Generator[None]:
        asked = f"{size.width()}x{size.height()}"
        try:
            file = deck_file(path)
            text = read_text_file(file)
            digest = hashlib.sha256(text).hexdigest()
            kept = self._kept.find(digest, asked)
            if kept is not None:
                self.ready.emit(path, kept)
                return
            scene = build_scene(read(text, file=file, folder=file.parent))
        except AtelierError:
            self.ready.emit(path, QImage())
            return
        yield
        view = Size(float(size.width()), float(size.height()))
        # painted at twice the size and scaled down: small type stays a fine texture instead of breaking up
        double = Size(view.width * 2, view.height * 2)
        image = QImage(int(double.width), int(double.height), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        try:
            yield from exact_picture(scene, painter, home(scene.canvas, 0, view.ratio), double, Look())
        finally:
            painter.end()
        picture = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self._kept.keep(digest, asked, scene.files(), picture)
        self.ready.emit(path, picture)
