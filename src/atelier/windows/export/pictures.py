"""What a deck looks like once it is exported: its first stops and its whole canvas, painted in idle moments."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from atelier.canvas.camera import home
from atelier.deck.paths import named_path
from atelier.exports.stops import path_route, stop_pictures
from atelier.foundation.geometry import Size
from atelier.markup.audience import visible
from atelier.markup.words import words
from atelier.render.scene import Look, build_scene
from atelier.windows.console.pictures import IdlePainter, wish_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QImage

    from atelier.deck.types import Deck
    from atelier.render.scene import Scene
    from atelier.windows.console.pictures import Wish


class ExportPictures(QObject):
    """Pictures of `deck` as exports show it: nothing private is in them, and terms of `redact` are replaced."""

    painted = Signal()

    def __init__(self, deck: Deck, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deck = deck
        self._path, self._language = "", ""
        self._scene: Scene = build_scene(deck, exported=True, with_notes=True)
        self._painter = IdlePainter(self._scene, lambda: False, self)
        self._painter.painted.connect(self.painted)

    @property
    def ratio(self) -> float:
        return self._scene.deck.ratio

    @property
    def lang(self) -> str:
        """The language that is exported."""
        return self._scene.language

    def show(self, path: str, language: str) -> None:
        """From now on those of this path in this language, as the command line names them."""
        if (path, language) == (self._path, self._language):
            return
        self._path, self._language = path, language
        self._scene = build_scene(self._deck, self._scene, path=path, language=language, exported=True, with_notes=True)
        self._painter.set_scene(self._scene)

    def stops(self, count: int, width: float, *, steps: bool) -> Sequence[QImage | None]:
        """The first pictures of the path, `width` device pixels wide; None for one that is still to be painted, which
        is asked for.
        """
        size = Size(width, width / self.ratio)
        return self._found(list(islice(self._wishes(size, steps=steps), count)))

    def canvas(self, width: float, height: float) -> QImage | None:
        """The whole canvas."""
        camera = home(self._scene.canvas, 0, width / height)
        return self._found([wish_for(camera, Look(), width, height)])[0]

    def notes(self, count: int) -> Sequence[tuple[str, str]]:
        """Title and notes of the first stops, as a handout has them."""
        scene = self._scene
        stops = islice(path_route(scene, named_path(scene.deck, self._path)), count)
        frames = [scene.deck.frames[stop.frame] for stop in stops]
        return [(frame.title, words(visible(scene.notes(frame.index), self._path, scene.language))) for frame in frames]

    def stop(self) -> None:
        self._painter.stop()

    def _wishes(self, size: Size, *, steps: bool) -> Iterator[Wish]:
        for number, stop in enumerate(path_route(self._scene, named_path(self._scene.deck, self._path))):
            for picture in stop_pictures(self._scene, stop, number, size, steps=steps):
                yield wish_for(picture.camera, picture.look, size.width, size.height)

    def _found(self, wishes: list[Wish]) -> Sequence[QImage | None]:
        found = [self._painter.find(wish) for wish in wishes]
        self._painter.ask(self, [wish for wish, picture in zip(wishes, found, strict=True) if picture is None])
        return found
