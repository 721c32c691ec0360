"""Where a picture of a path can be clicked, and what that leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from atelier.canvas import faces
from atelier.canvas.faces import Face
from atelier.canvas.sight import visible
from atelier.deck.paths import FrameTable
from atelier.foundation.geometry import Rect
from atelier.render.exact import SMALLEST, cull, face_at
from atelier.render.scene import WHOLE

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from atelier.canvas.sight import Sight
    from atelier.exports.stops import StopPicture
    from atelier.foundation.geometry import Size
    from atelier.render.scene import Scene

_OUTWARD = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
SMALLEST_LINK = 12.0
"""Pixels: a lower frame cannot be hit."""


@dataclass(frozen=True, slots=True)
class LinkArea:
    """An area in pixels of the picture. It leads to `frame`, or outside to `address` where that is not empty.

    It is what the text of `place` links as `href`, or, where that is -1, a frame that is seen from outside.
    """

    area: Rect
    frame: int = -1
    address: str = ""
    place: int = -1
    href: str = ""


class Links:
    """Finds the links of a deck's pictures."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._frames = FrameTable(scene.deck.frames)

    def of(self, picture: StopPicture, size: Size) -> Iterator[LinkArea]:
        """The links of one picture, those on top last: frames that are seen from outside, and what the text links."""
        scene = self._scene
        height = picture.reference or size.height
        page = Rect(0.0, 0.0, size.width, size.height)
        for sight in sights_of(scene, picture, size):
            place = scene.canvas.places[sight.place]
            share = sight.transform.scale * place.size.height / height
            around = scene.canvas.inside(picture.place, sight.place)
            area = _common(sight.transform.map_rect(place.size), page)
            if not around and area is not None and share * height >= SMALLEST_LINK:
                yield LinkArea(area, frame=place.frame)
            if face_at(scene, sight.place, share) is not Face.CONTENT:
                continue
            shown = picture.look.shown.get(sight.place, WHOLE)
            for link in scene.typesetter.face(sight.place, Face.CONTENT, shown.page).links:
                area = _common(sight.transform.map_rect(link.rect), page)
                if area is None or (shown.step is not None and link.step > shown.step):
                    continue
                frame, outward = self.target(link.href)
                if outward or frame >= 0:
                    yield LinkArea(area, frame, outward, sight.place, link.href)

    def target(self, href: str) -> tuple[int, str]:
        """The frame that a link leads to, or the address outside; -1 and nothing where it leads nowhere."""
        if _OUTWARD.match(href):
            return -1, address(href)
        found = self._frames.find(href) if href.startswith("#") else None
        return (-1 if found is None else found), ""


def sights_of(scene: Scene, picture: StopPicture, size: Size) -> list[Sight]:
    """The places that a picture shows, those on top last."""
    height = picture.reference or size.height
    descend = faces.SECTION_BELOW * height / size.height
    return cull(scene, visible(scene.canvas, picture.camera, size, smallest=SMALLEST, descend=descend), size)


def with_page(frame: int, pages: Container[int], parents: Sequence[int]) -> int:
    """The frame itself or the nearest around it that is among `pages`, on whose page it is seen; -1 for none."""
    while frame >= 0 and frame not in pages:
        frame = parents[frame]
    return frame


def address(href: str) -> str:
    """An address as one writes it in ASCII, RFC 3986: what is not allowed there in per cent."""
    return quote(href, safe="!#$%&'()*+,/:;=?@[]~")


def _common(a: Rect, b: Rect) -> Rect | None:
    """What two rectangles share; None where it is nothing to speak of."""
    x, y = max(a.x, b.x), max(a.y, b.y)
    width, height = min(a.right, b.right) - x, min(a.bottom, b.bottom) - y
    return Rect(x, y, width, height) if width >= 1.0 and height >= 1.0 else None
