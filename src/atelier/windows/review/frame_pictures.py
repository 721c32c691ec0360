"""Small pictures of frames, painted when nothing else is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from atelier.canvas.camera import home
from atelier.render.scene import Look, Shown
from atelier.windows.console.pictures import IdlePainter, wish_for
from atelier.windows.review.frame_table import SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from atelier.render.scene import Scene
    from atelier.windows.console.pictures import Wish


class FramePictures(QObject):
    """Pictures of the frames of a scene by their ids; `ratio` is how many device pixels a logical one has."""

    painted = Signal()

    def __init__(self, scene: Scene, ratio: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._ratio = ratio
        self._painter = IdlePainter(scene, lambda: False, self)
        self._painter.painted.connect(self.painted)

    def find(self, frame: str) -> QImage | None:
        """The picture, where it was painted already."""
        wish = self._wish(frame)
        return self._painter.find(wish) if wish is not None else None

    def ask(self, frames: Sequence[str]) -> None:
        """Asks for these in place of all asked for before; the scene may not have some of them."""
        self._painter.ask(self, [wish for frame in frames if (wish := self._wish(frame)) is not None])

    def stop(self) -> None:
        self._painter.stop()

    def _wish(self, frame: str) -> Wish | None:
        found = self._scene.deck.frame(frame)
        if found is None:
            return None
        place = self._scene.canvas.place_of[found.index]
        width, height = SIZE.width() * self._ratio, SIZE.height() * self._ratio
        camera = home(self._scene.canvas, place, width / height)
        return wish_for(camera, Look(focus=place, shown={place: Shown()}), width, height)
