"""Pictures for drafts: frames as the room saw them, and what was drawn on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication, QImage, QPainter

from atelier.canvas.camera import home
from atelier.draft.types import Drawing, Drawn
from atelier.exports.encoding import png
from atelier.exports.painters import ended
from atelier.exports.stops import StopPicture, frame_route, paint_stop, stop_pictures
from atelier.foundation.geometry import Size
from atelier.foundation.progress import unseen
from atelier.render.ink import Ink
from atelier.render.renderer import View
from atelier.render.scene import Look, Shown, build_scene
from atelier.talk.ink import Sheet
from atelier.talk.marks import PlaceId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atelier.deck.types import Deck
    from atelier.foundation.progress import Progress
    from atelier.render.scene import Scene
    from atelier.talk.ink import FrameInk

WIDTH: Final = 1600
"""Pixels of a picture of a frame."""
_QUALITY: Final = 60
"""Of a PNG, where it says how little is packed: as fast as it is small."""


def drawn_for(
    deck: Deck,
    path: str,
    language: str,
    frames: Sequence[int],
    ink: Mapping[Sheet, FrameInk],
    progress: Progress = unseen,
) -> Drawn:
    """Pictures of `frames` of a deck without what is private, and of every page of it that has ink."""
    app = QGuiApplication.instance() or QGuiApplication([])
    scene = build_scene(deck, path=path, language=language, exported=True)
    sheets = _sheets(deck, scene, ink)
    total = len(frames) + len(sheets)
    pictures: dict[int, Drawing] = {}
    for frame in frames:
        pictures[frame] = _frame(scene, frame)
        progress(len(pictures), total)
    inked: dict[int, tuple[Drawing, ...]] = {}
    layer = Ink(scene)
    layer.take(sheets)
    for done, sheet in enumerate(sheets, len(pictures) + 1):
        place = layer.place_of(sheet)
        if place is not None:
            frame = scene.canvas.places[place].frame
            inked[frame] = (*inked.get(frame, ()), _inked(scene, layer, place, sheet.page))
        progress(done, total)
    del app
    return Drawn(pictures, inked)


def _sheets(deck: Deck, scene: Scene, ink: Mapping[Sheet, FrameInk]) -> dict[Sheet, FrameInk]:
    """The sheets with ink by the ids that the frames have in the scene, where terms of `redact` are gone from them, in
    the order of the deck.
    """
    numbers = {frame.id: frame.index for frame in deck.frames}
    known = [
        (numbers[sheet.place.frame], sheet, each)
        for sheet, each in ink.items()
        if each.strokes and sheet.place.frame in numbers
    ]
    known.sort(key=lambda one: (one[0], one[1].place.page, one[1].page))
    return {
        Sheet(PlaceId(scene.deck.frames[number].id, sheet.place.page), sheet.page): each
        for number, sheet, each in known
    }


def _size(scene: Scene, place: int) -> Size:
    ratio = scene.canvas.places[place].ratio
    return Size(float(WIDTH), float(max(1, round(WIDTH / ratio))))


def _frame(scene: Scene, frame: int) -> Drawing:
    """A frame as it stands with every step, its first page."""
    stop = frame_route(scene, frame)[-1]
    size = _size(scene, stop.place)
    picture = next(iter(stop_pictures(scene, stop, 0, size, steps=False)))
    return _png(_painted(scene, picture, size))


def _inked(scene: Scene, ink: Ink, place: int, page: int) -> Drawing:
    size = _size(scene, place)
    camera = home(scene.canvas, place, size.ratio)
    look = Look(focus=place, shown={place: Shown(page, None)})
    image = _painted(scene, StopPicture(0, scene.canvas.places[place].frame, place, camera, look, page), size)
    lines = ink.picture(View(camera, size, look))
    if lines is not None:
        painter = QPainter()
        with ended(painter):
            painter.begin(image)
            painter.drawImage(0, 0, lines)
    return _png(image)


def _painted(scene: Scene, picture: StopPicture, size: Size) -> QImage:
    image = QImage(int(size.width), int(size.height), QImage.Format.Format_RGB32)
    painter = QPainter()
    with ended(painter):
        painter.begin(image)
        paint_stop(scene, painter, picture, size)
    return image


def _png(image: QImage) -> Drawing:
    return Drawing(png(image, _QUALITY), image.width(), image.height())
