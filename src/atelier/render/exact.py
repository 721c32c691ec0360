"""The picture of a view as sharp as a page set for its size, painted in slices.

Used where nothing moves: the window at rest, thumbnails, PNG and PDF. Every generator here yields between two pieces
of work of a few milliseconds, so that a window can stop it when a key is pressed.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTransform

from atelier.canvas import faces
from atelier.canvas.camera import device, rebase
from atelier.canvas.faces import Face
from atelier.canvas.sight import Sight, visible
from atelier.canvas.types import Surface
from atelier.foundation.geometry import FRAME_HEIGHT, Rect, Size
from atelier.render.scene import WHOLE, Look, Scene, Shown, qt_transform
from atelier.typeset.display import ground_count
from atelier.typeset.painting import TaggedPainter, paint, paint_by_item

if TYPE_CHECKING:
    from collections.abc import Generator

    from atelier.canvas.camera import Camera

SLICE = 0.0025
"""Seconds of painting between two yields, but for what one item takes."""
SMALLEST = 3.0
"""Places lower than this many device pixels are not drawn."""
SCRIM = 0.45
"""How much of the parent's surface covers what the room is not looking at."""
WORLD_SCRIM = 0.2
CORNER = 30.0
"""Radius of a card, frame units."""


def dimming(scene: Scene, look: Look, place: int) -> float:
    """From 0 (as it is) to 1 (dimmed fully): between the focus before and the one now."""

    def one(focus: int) -> float:
        return 1.0 if focus > 0 and faces.dim(scene.canvas, place, focus) else 0.0

    if look.mix >= 1.0:
        return one(look.focus)
    return one(look.previous) * (1.0 - look.mix) + one(look.focus) * look.mix


def world_dimming(look: Look) -> float:
    now, before = float(look.focus > 0), float(look.previous > 0)
    return before * (1.0 - look.mix) + now * look.mix


def opaque_rect(scene: Scene, sight: Sight) -> Rect | None:
    """The part of the screen that this place covers for certain, in device pixels; None when it covers nothing."""
    place = scene.canvas.places[sight.place]
    if place.surface is Surface.WORLD or sight.transform.rotation != 0.0:
        return None
    if place.surface is Surface.SECTION and scene.theme.field.opacity < 1.0:
        return None
    t = sight.transform
    inner = place.size.inset(CORNER * 0.3)
    return Rect(t.x + inner.x * t.scale, t.y + inner.y * t.scale, inner.width * t.scale, inner.height * t.scale)


def cull(scene: Scene, sights: list[Sight], view: Size) -> list[Sight]:
    """Leaves out what lies wholly under an opaque place that fills the view."""
    screen = Rect(0.0, 0.0, view.width, view.height)
    for i in range(len(sights) - 1, 0, -1):
        if sights[i].transform.scale * FRAME_HEIGHT < view.height:
            continue
        covered = opaque_rect(scene, sights[i])
        if covered is not None and covered.contains(screen):
            return sights[i:]
    return sights


def face_at(scene: Scene, place: int, share: float) -> Face:
    """The face a place shows at rest when its height is `share` of the view's."""
    shown = scene.canvas.places[place]
    surface = shown.surface
    node = scene.deck.frames[shown.frame].node
    if surface is Surface.WORLD:
        return Face.CONTENT
    if node is not None:
        return faces.node_at_rest(node, share)
    return faces.at_rest(share, section=surface is Surface.SECTION)


def exact_picture(
    scene: Scene,
    painter: QPainter,
    camera: Camera,
    view: Size,
    look: Look,
    *,
    inside: int = -1,
    reference: float = 0.0,
    part: Rect | None = None,
    bare: int = -1,
) -> Generator[None]:
    """Paints the view of `camera`, `view` device pixels large, with `painter`.

    `inside` draws only that place and what is in it, on nothing. `reference` is the height in device pixels that
    faces are chosen for, when the picture is a part of a larger view; 0 means that of a frame that fills the view.
    `part` of the view is all that has to be right, where the rest lies outside of what is painted on. Of the place
    `bare` only the ground under its text is painted.
    """
    height = reference or faces.full_height(view, scene.deck.ratio)
    part = part or Rect(0.0, 0.0, view.width, view.height)
    sights = visible(scene.canvas, camera, view, smallest=SMALLEST, descend=faces.SECTION_BELOW * height / view.height)
    if inside >= 0:
        sights = [s for s in sights if scene.canvas.inside(s.place, inside)]
    else:
        sights = cull(scene, sights, view)
        if sights and sights[0].place == 0:
            paint_backdrop(scene, painter, camera, view, part)
    yield
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.TextAntialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
    )
    dimmed: Sight | None = None
    covered = -1
    for sight in sights:
        # what is inside a case belongs to its content: its cover hides it
        if covered >= 0 and scene.canvas.inside(sight.place, covered):
            continue
        if dimmed is not None and not scene.canvas.inside(sight.place, dimmed.place):
            paint_scrim(scene, painter, dimmed, dimming(scene, look, dimmed.place))
            dimmed = None
        share = sight.transform.scale * FRAME_HEIGHT / height
        face = face_at(scene, sight.place, share)
        covered = sight.place if scene.canvas.places[sight.place].case and face is not Face.CONTENT else -1
        shown = look.shown.get(sight.place, WHOLE)
        if face is Face.CONTENT:
            scene.contents.shown(scene.canvas.places[sight.place].frame)
            yield
        display = scene.typesetter.face(sight.place, face, shown.page)
        if sight.place == bare:
            display = replace(display, items=display.items[: ground_count(display)])
        yield
        items = paint_by_item(painter, display, step=shown.step, progress=shown.progress, clip=_clip(sight, part))
        if isinstance(painter, TaggedPainter):
            painter.spoken = look.focus < 0 or scene.canvas.inside(sight.place, look.focus)
        painter.save()
        try:
            painter.setTransform(qt_transform(sight.transform), combine=True)
            yield from _in_slices(items)
        finally:
            painter.restore()
        if sight.place == 0 and inside < 0 and world_dimming(look) > 0.0:
            veil = QColor(surface_colour(scene, 0))
            veil.setAlphaF(WORLD_SCRIM * world_dimming(look))
            painter.fillRect(QRectF(0, 0, view.width, view.height), veil)
        if dimmed is None and inside < 0 and dimming(scene, look, sight.place) > 0.0:
            dimmed = sight
        yield
    if dimmed is not None:
        paint_scrim(scene, painter, dimmed, dimming(scene, look, dimmed.place))


def paint_own_content(
    scene: Scene, painter: QPainter, place: int, shown: Shown, transform: QTransform
) -> Generator[None]:
    """Paints one place's own content, without what is inside it; the root on its ground."""
    scene.contents.shown(scene.canvas.places[place].frame)
    yield
    display = scene.typesetter.face(place, Face.CONTENT, shown.page)
    yield
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.TextAntialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.setTransform(transform, combine=True)
    if place == 0:
        paint(painter, scene.typesetter.background(scene.canvas.places[0].size))
        yield
    yield from _in_slices(paint_by_item(painter, display, step=shown.step, progress=shown.progress))


def _in_slices(items: Generator[None]) -> Generator[None]:
    """Yields when the items painted since the last time took a few milliseconds."""
    since = time.perf_counter()
    for _ in items:
        if time.perf_counter() - since > SLICE:
            yield
            since = time.perf_counter()


def paint_backdrop(scene: Scene, painter: QPainter, camera: Camera, view: Size, part: Rect) -> None:
    """The world's ground, which goes on beyond the root, as far as it is seen in a part of the view."""
    root = rebase(scene.canvas, camera, 0)
    c = root.centre
    seen = device(root, view)
    painter.save()
    painter.setTransform(qt_transform(seen), combine=True)
    reach = root.width * 1.5
    area = Rect(c.x - reach, c.y - reach, 2 * reach, 2 * reach)
    if isinstance(painter, TaggedPainter):
        painter.spoken = False
    paint(painter, scene.typesetter.background(area), clip=seen.inverse().map_rect(part.inset(-2.0)))
    painter.restore()


def paint_scrim(scene: Scene, painter: QPainter, sight: Sight, amount: float) -> None:
    """Covers a place with its parent's surface, by `amount` of what a dimmed one gets."""
    if amount <= 0.0:
        return
    place = scene.canvas.places[sight.place]
    colour = QColor(surface_colour(scene, place.parent))
    colour.setAlphaF(SCRIM * amount)
    size = place.size
    painter.save()
    painter.setTransform(qt_transform(sight.transform), combine=True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(-8, -8, size.width + 16, size.height + 16), CORNER + 2, CORNER + 2)
    painter.restore()


def surface_colour(scene: Scene, place: int) -> str:
    """The flat colour that stands for a place's surface."""
    surface = scene.canvas.places[place].surface if place >= 0 else Surface.WORLD
    if surface is Surface.WORLD:
        stops = scene.theme.world.stops
        return stops[len(stops) // 2].colour
    return scene.theme.field.scrim if surface is Surface.SECTION else scene.theme.colours.card


def _clip(sight: Sight, part: Rect) -> Rect:
    """A part of the view in the place's units, a little larger."""
    return sight.transform.inverse().map_rect(part.inset(-2.0))
