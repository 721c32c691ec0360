"""The pictures of a film, one after another.

What stands still is painted as sharp as a PNG, once. A flight is painted from tiles as in the audience window, but with
none of them missing; just before it and just after it the two pictures fade into each other, so that nothing snaps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QImage, QPainter

from atelier.canvas.flight import Profile
from atelier.exports.painters import ended
from atelier.exports.stops import paint_stop
from atelier.exports.timeline import Flying, Rest, Stepping
from atelier.render.movement import coming_in, setting_out, under_way
from atelier.render.renderer import Renderer, View
from atelier.render.tiles import TileCache

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atelier.canvas.camera import Camera
    from atelier.exports.stops import StopPicture
    from atelier.exports.timeline import Segment, Timeline
    from atelier.foundation.geometry import Size
    from atelier.render.scene import Look, Scene

SETTLING: Final = 0.12
"""Seconds in which a picture from tiles becomes the exact one where a flight ends, and the other way round."""

TILES: Final = 64 << 20
"""Bytes of tiles that are kept."""


def film_pictures(scene: Scene, film: Timeline, size: Size, rate: int) -> Iterator[tuple[QImage, int, bool]]:
    """Each picture of `size` pixels, how many times it is shown, and whether a stop begins with it.

    A picture is the caller's until it asks for the next one.
    """
    painter = _FilmPainter(scene, size)
    segments = film.segments
    flown = {id(s) for s in segments if isinstance(s, Flying) and s.flight.profile is not Profile.CUTS}
    before_and_after = zip((None, *segments), (*segments[1:], None), strict=False)
    neighbours = {id(s): (id(a) in flown, id(b) in flown) for s, (a, b) in zip(segments, before_and_after, strict=True)}
    for segment, moments in film.moments(rate):
        if isinstance(segment, Rest):
            settles, sets_out = neighbours[id(segment)]
            yield from painter.rest(segment, moments, settles=settles, sets_out=sets_out)
        else:
            for t in moments:
                yield painter.moving(segment, t), 1, False


class _FilmPainter:
    def __init__(self, scene: Scene, size: Size) -> None:
        self._scene = scene
        self._size = size
        self._renderer = Renderer(scene, TileCache(TILES))
        self._renderer.resize(size)
        self._stills: list[tuple[StopPicture, QImage]] = []
        self._canvas = self._blank()

    def rest(
        self, rest: Rest, moments: list[float], *, settles: bool, sets_out: bool
    ) -> Iterator[tuple[QImage, int, bool]]:
        """The pictures of a stop: many times the same, and where a flight ends or begins those of settling."""
        picture, seconds = rest.picture, rest.end - rest.start
        fading = min(SETTLING, seconds / 2)
        exact = self._still(picture)
        count, first = 0, True
        tiles: QImage | None = None
        for t in moments:
            share = 1.0
            if settles and t < fading:
                share = t / fading
            elif sets_out and seconds - t < fading:
                share = (seconds - t) / fading
            if share >= 1.0:
                count += 1
                continue
            if count:
                yield exact, count, first
                count, first = 0, False
            if tiles is None:
                tiles = self._blank()
                self._from_tiles(tiles, picture.camera, picture.look)
            yield self._mixed(tiles, exact, share), 1, first
            first = False
        if count:
            yield exact, count, first

    def moving(self, segment: Segment, t: float) -> QImage:
        """The picture of a movement after `t` seconds of it."""
        if isinstance(segment, Stepping):
            return self._step(segment, t)
        assert isinstance(segment, Flying)
        flight = segment.flight
        if flight.profile is Profile.CUTS:
            return self._mixed(self._still(segment.before), self._still(segment.picture), t / flight.duration)
        look = setting_out(segment.before.look, segment.picture.look)
        self._from_tiles(self._canvas, flight.at(t), under_way(look, flight, t))
        return self._canvas

    def _step(self, step: Stepping, t: float) -> QImage:
        place = step.picture.place
        look = coming_in(step.picture.look, place, t / (step.end - step.start))
        before = self._still(step.before)
        painter = QPainter()
        with ended(painter):
            painter.begin(self._canvas)
            painter.drawImage(0, 0, before)
            self._renderer.paint_live(painter, View(step.picture.camera, self._size, look), place)
        return self._canvas

    def _still(self, picture: StopPicture) -> QImage:
        """The exact picture; the last two are kept, which fade into each other."""
        for known, image in self._stills:
            if known is picture:
                return image
        image = self._blank()
        painter = QPainter()
        with ended(painter):
            painter.begin(image)
            paint_stop(self._scene, painter, picture, self._size)
        self._stills = [*self._stills[-1:], (picture, image)]
        return image

    def _from_tiles(self, image: QImage, camera: Camera, look: Look) -> None:
        view = View(camera, self._size, look)
        while True:
            painter = QPainter()
            with ended(painter):
                painter.begin(image)
                self._renderer.paint(painter, view, smooth=True)
            # what cannot be painted stays missing, and is no reason to wait
            if not self._renderer.missing or not self._renderer.work(float("inf")):
                return

    def _mixed(self, below: QImage, above: QImage, share: float) -> QImage:
        painter = QPainter()
        with ended(painter):
            painter.begin(self._canvas)
            painter.drawImage(0, 0, below)
            painter.setOpacity(share)
            painter.drawImage(0, 0, above)
        return self._canvas

    def _blank(self) -> QImage:
        return QImage(int(self._size.width), int(self._size.height), QImage.Format.Format_RGB32)
