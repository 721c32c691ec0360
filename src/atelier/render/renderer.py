"""A camera's view from cached tiles, cheap enough for sixty pictures a second, and the work that refines it.

`paint` draws what there is and notes what is missing. `work` paints missing tiles, and at rest the exact picture, until
a moment given; it is called after a picture was shown, on the same thread (docs/decisions: one thread paints).
"""

from __future__ import annotations

import logging
import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from atelier.canvas import faces
from atelier.canvas.faces import Face
from atelier.canvas.sight import Sight, visible
from atelier.canvas.types import Surface
from atelier.foundation.geometry import FRAME_HEIGHT, Point, Rect, Size
from atelier.render.exact import (
    CORNER,
    SCRIM,
    SMALLEST,
    WORLD_SCRIM,
    cull,
    dimming,
    exact_picture,
    opaque_rect,
    paint_backdrop,
    paint_scrim,
    surface_colour,
    world_dimming,
)
from atelier.render.scene import WHOLE, Look, Scene, qt_transform
from atelier.render.tiles import (
    CONTENT_LEVEL,
    SMALLEST_LEVEL,
    WHOLE_LEVEL,
    Signatures,
    Subject,
    Tile,
    TileCache,
    blit,
    draw_tile,
    finest,
    level_for,
)
from atelier.typeset.display import MediaItem

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from atelier.canvas.camera import Camera
    from atelier.typeset.display import DisplayList

_log = logging.getLogger(__name__)

AHEAD = 40
"""Places that are set before they are asked for."""
UNSEEN = 0.06
"""A face this faint in a cross-fade is left out."""
SEEN_FROM = 0.315
"""The height of a place, as a share of a frame's that fills the view, from which on its content is more than `UNSEEN`
of its face.
"""
CROWD = 48
"""Places in another one that are drawn one by one however small they are."""
IN_CROWD = 100.0
"""Device pixels: more places than that on a canvas somebody drew, none of them higher than this, are drawn as one
picture with what holds them, until the exact one is there.
"""
COARSE = 3
"""A subject with no tile at all first gets one this many levels coarser."""


@dataclass(frozen=True, slots=True)
class _Want:
    area: float
    place: int
    subject: Subject
    level: int


@dataclass(frozen=True, slots=True)
class View:
    """A picture asked for: the canvas seen by a camera on so many device pixels."""

    camera: Camera
    size: Size
    look: Look


class Renderer:
    """Draws one scene into one size of window; the cache may be shared with others, and the signatures of its places
    with those over the same scene.
    """

    def __init__(self, scene: Scene, cache: TileCache, signatures: Signatures | None = None) -> None:
        self.scene = scene
        self.cache = cache
        self.signatures = signatures or Signatures(scene)
        self._wants: list[_Want] = []
        self._ahead: list[_Want] = []
        self._job: Generator[None] | None = None
        self._job_for: _Want
        self._size = Size(1920.0, 1080.0)
        self._passing = CONTENT_LEVEL
        self._failed: set[tuple[Subject, int]] = set()
        self._rest: _Rest | None = None

    def set_scene(self, scene: Scene) -> None:
        """Takes a new version of the deck. Tiles of what did not change stay."""
        self.scene = scene
        self.signatures = Signatures(scene)
        self._wants, self._ahead = [], []
        self._drop_job()
        self._failed.clear()
        self._drop_rest()

    @property
    def missing(self) -> int:
        """Tiles that the last picture did without."""
        return len(self._wants)

    # ------------------------------------------------------------------ painting

    def paint(self, painter: QPainter, view: View, *, smooth: bool, moving: bool = False) -> None:
        """Draws the view: the exact picture where it is ready, else from tiles."""
        # what flies by is gone before a fine tile of it would be there
        self._passing = CONTENT_LEVEL - 1 if moving else CONTENT_LEVEL
        if self._rest is not None and self._rest.ready and self._rest.view == view:
            painter.drawImage(0, 0, self._rest.image)
            return
        self.cache.tick()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        self._wants = []
        sights = self.sights(view)
        drawn = self.scene.deck.root.node is not None
        sights, crowds = self._condensed(sights) if drawn else (sights, set[int]())
        screen = Rect(0.0, 0.0, view.size.width, view.size.height)
        hidden, after = self._occluder(sights, view)
        around = _around(screen, hidden)
        if sights and sights[0].place == 0:
            self._paint_ground(painter, sights[0], view, around)
        leaving: list[tuple[Sight, float]] = []
        for i, sight in enumerate(sights):
            while leaving and not self.scene.canvas.inside(sight.place, leaving[-1][0].place):
                self._leave(painter, *leaving.pop(), view)
            areas = around if i < after else [screen]
            overlay = 0.0
            if sight.place in crowds:
                self._tile(painter, sight, view, self._whole(sight.place), CONTENT_LEVEL, areas)
                if sight.place == 0:
                    self._veil(painter, SCRIM * world_dimming(view.look), areas)
            else:
                overlay = self._paint_place(painter, sight, view, areas)
            if overlay > 0.0 or self._dimmed_first(view, sight):
                leaving.append((sight, overlay))
        while leaving:
            self._leave(painter, *leaving.pop(), view)
        self._wants.sort(key=lambda w: -w.area)

    def _condensed(self, sights: list[Sight]) -> tuple[list[Sight], set[int]]:
        """`sights` without those that are drawn as a part of another, and the places that are drawn with all in them.

        A place is drawn so where there is a picture of it that is fine enough; where there is none, it is asked for.
        """
        canvas = self.scene.canvas
        crowds: set[int] = set()
        left_out: set[int] = set()
        kept: list[Sight] = []
        for sight in sights:
            place = canvas.places[sight.place]
            if place.parent in crowds or place.parent in left_out:
                left_out.add(sight.place)
                continue
            kept.append(sight)
            if len(place.children) <= CROWD:
                continue
            children = canvas.index.children(sight.place)
            scale = sight.transform.scale
            if children is None or children.tallest * scale * FRAME_HEIGHT >= IN_CROWD:
                continue
            level = level_for(place.size.width * scale, finest(place.ratio, CONTENT_LEVEL))
            whole = self._whole(sight.place)
            if self.cache.serves(whole, level):
                crowds.add(sight.place)
            else:
                self._wants.append(_Want(4.0 * self._size.width * self._size.height, sight.place, whole, level))
        return kept, crowds

    def sights(self, view: View) -> list[Sight]:
        """The places that are drawn one by one, or as a whole with what is in them."""
        descend = SEEN_FROM * self._full_height(view) / view.size.height
        sights = visible(self.scene.canvas, view.camera, view.size, smallest=SMALLEST, descend=descend)
        return cull(self.scene, sights, view.size)

    def _full_height(self, view: View) -> float:
        """The height of a frame that fills the view, which faces are chosen by."""
        return faces.full_height(view.size, self.scene.deck.ratio)

    def _occluder(self, sights: list[Sight], view: View) -> tuple[Rect | None, int]:
        """The largest opaque rectangle on the screen and the index of the place it belongs to."""
        best: Rect | None = None
        index = 0
        area = 0.1 * view.size.width * view.size.height
        for i, sight in enumerate(sights):
            if sight.transform.scale * FRAME_HEIGHT < faces.CONTENT_FROM * self._full_height(view):
                continue
            rect = opaque_rect(self.scene, sight)
            if rect is None:
                continue
            x0, y0 = max(0.0, rect.x), max(0.0, rect.y)
            x1, y1 = min(view.size.width, rect.right), min(view.size.height, rect.bottom)
            # a later one lies on top: it hides at least as much of what is below both
            if (x1 - x0) > 0 and (y1 - y0) > 0 and (x1 - x0) * (y1 - y0) > area:
                area = (x1 - x0) * (y1 - y0)
                best, index = Rect(x0, y0, x1 - x0, y1 - y0), i
        return best, index

    def _paint_ground(self, painter: QPainter, root: Sight, view: View, areas: list[Rect]) -> None:
        """What lies around the root, where it can be seen."""
        covered = opaque_world(self.scene, root)
        if covered is not None and all(covered.contains(a) for a in areas):
            return
        painter.save()
        for area in _around(Rect(0.0, 0.0, view.size.width, view.size.height), covered):
            painter.setClipRect(QRectF(area.x, area.y, area.width, area.height))
            paint_backdrop(self.scene, painter, view.camera, view.size, area)
        painter.restore()

    def _paint_place(self, painter: QPainter, sight: Sight, view: View, areas: list[Rect]) -> float:
        """Draws one place; returns how strongly its whole must be laid over it once its children are drawn."""
        place = self.scene.canvas.places[sight.place]
        height = sight.transform.scale * FRAME_HEIGHT
        share = height / self._full_height(view)
        if place.surface is Surface.WORLD:
            self._tile(painter, sight, view, self._content(sight.place, view.look), CONTENT_LEVEL, areas)
            self._veil(painter, WORLD_SCRIM * world_dimming(view.look), areas)
            return 0.0
        if share <= SEEN_FROM:
            self._tile(painter, sight, view, self._whole(sight.place), WHOLE_LEVEL, areas)
            return 0.0
        self._tile(painter, sight, view, self._content(sight.place, view.look), self._passing, areas)
        content = faces.content_share(share)
        return 1.0 - content if content < 1.0 - UNSEEN else 0.0

    def _veil(self, painter: QPainter, opacity: float, areas: list[Rect]) -> None:
        """Covers what is there with the colour of the world."""
        if opacity > 0.0:
            veil = QColor(surface_colour(self.scene, 0))
            veil.setAlphaF(opacity)
            for area in areas:
                painter.fillRect(QRectF(area.x, area.y, area.width, area.height), veil)

    def _leave(self, painter: QPainter, sight: Sight, overlay: float, view: View) -> None:
        """After a place's children: its cover fading out over it, and the scrim."""
        if overlay > 0.0:
            screen = [Rect(0.0, 0.0, view.size.width, view.size.height)]
            smooth = painter.testRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
            painter.setOpacity(overlay)
            self._tile(painter, sight, view, self._whole(sight.place), WHOLE_LEVEL, screen, fill=False)
            painter.setOpacity(1.0)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        if self._dimmed_first(view, sight):
            paint_scrim(self.scene, painter, sight, dimming(self.scene, view.look, sight.place))

    def _dimmed_first(self, view: View, sight: Sight) -> bool:
        """Whether this is the outermost place of a dimmed branch."""
        if dimming(self.scene, view.look, sight.place) <= 0.0:
            return False
        parent = self.scene.canvas.places[sight.place].parent
        return parent < 0 or dimming(self.scene, view.look, parent) <= 0.0

    def _tile(
        self,
        painter: QPainter,
        sight: Sight,
        view: View,
        subject: Subject,
        highest: int,
        areas: list[Rect],
        *,
        fill: bool = True,
    ) -> None:
        t = sight.transform
        tile = self._request(sight, view, subject, highest)
        if tile is None:
            if fill:
                self._fill(painter, sight)
            return
        if t.rotation == 0.0:
            blit(painter, tile, t.x, t.y, t.scale, areas)
            return
        painter.save()
        painter.setTransform(qt_transform(t), combine=True)
        b = tile.bounds
        seen = t.inverse().map_rect(Rect(0.0, 0.0, view.size.width, view.size.height))
        x0, y0 = max(b.x, seen.x), max(b.y, seen.y)
        x1, y1 = min(b.right, seen.right), min(b.bottom, seen.bottom)
        if x1 > x0 and y1 > y0:
            k = tile.image.width() / b.width
            source = QRectF((x0 - b.x) * k, (y0 - b.y) * k, (x1 - x0) * k, (y1 - y0) * k)
            painter.drawImage(QRectF(x0, y0, x1 - x0, y1 - y0), tile.image, source)
        painter.restore()

    def _request(self, sight: Sight, view: View, subject: Subject, highest: int) -> Tile | None:
        """The best tile there is of a subject; notes the right one as wanted when that is missing."""
        place = self.scene.canvas.places[sight.place]
        width = place.size.width * sight.transform.scale
        level = level_for(width, finest(place.ratio, highest))
        tile = self.cache.best(subject, level)
        if not self.cache.serves(subject, level) and (subject, level) not in self._failed:
            on_screen = min(width, view.size.width) * min(width / place.ratio, view.size.height)
            self._wants.append(_Want(on_screen, sight.place, subject, level))
            if tile is None and level - COARSE >= SMALLEST_LEVEL:
                self._wants.append(_Want(on_screen * 2, sight.place, subject, level - COARSE))
        return tile

    def _fill(self, painter: QPainter, sight: Sight) -> None:
        place = self.scene.canvas.places[sight.place]
        if place.surface is Surface.CHERRY:
            return
        corner = 0.0 if place.surface is Surface.WORLD else CORNER
        painter.save()
        painter.setTransform(qt_transform(sight.transform), combine=True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(surface_colour(self.scene, sight.place)))
        size = place.size
        painter.drawRoundedRect(QRectF(0, 0, size.width, size.height), corner, corner)
        painter.restore()

    def _content(self, place: int, look: Look) -> Subject:
        shown = replace(look.shown.get(place, WHOLE), progress=1.0)
        return Subject(self.signatures.content(place), "content", shown)

    def _whole(self, place: int) -> Subject:
        return Subject(self.signatures.whole(place), "whole", WHOLE)

    # ------------------------------------------------------------------ work

    def anticipate(self, view: View) -> None:
        """Asks for the tiles that `view`, where a flight will arrive, is going to need."""
        kept, self._wants = self._wants, []
        for sight in self.sights(view):
            share = sight.transform.scale * FRAME_HEIGHT / self._full_height(view)
            if sight.place == 0 or share > SEEN_FROM:
                self._request(sight, view, self._content(sight.place, view.look), CONTENT_LEVEL)
            else:
                self._request(sight, view, self._whole(sight.place), WHOLE_LEVEL)
        self._ahead = sorted(self._wants, key=lambda w: -w.area)
        self._wants = kept

    def work(self, until: float, view: View | None = None, *, at_least_one: bool = False) -> bool:
        """Paints what is missing until the moment `until` (`time.perf_counter`); with a `view`, which is at rest, its
        exact picture first. Returns whether something changed that is worth another picture.
        """
        changed = False
        while at_least_one or time.perf_counter() < until:
            at_least_one = False
            if view is not None and not self.rests_at(view):
                rest = self._resting(view)
                rest.advance()
                if rest.over:
                    return True
                continue
            if not self._advance_tile():
                break
            changed = self._job is None or changed
        return changed

    def rests_at(self, view: View) -> bool:
        """Whether nothing more will come of the exact picture of `view`: it is there, or cannot be painted."""
        return self._rest is not None and self._rest.view == view and self._rest.over

    def paint_live(self, painter: QPainter, view: View, place: int) -> None:
        """Draws one place and what is in it exactly, over what is there: a step coming in."""
        for _ in exact_picture(self.scene, painter, view.camera, view.size, view.look, inside=place):
            pass

    def links(self, view: View) -> list[tuple[str, Rect]]:
        """The links of the frames shown large, outermost frame first: address and rectangle in device pixels."""
        found: list[tuple[str, Rect]] = []
        screen = Rect(0.0, 0.0, view.size.width, view.size.height)
        for sight, display, step in self._shown_large(view):
            for link in display.links:
                rect = sight.transform.map_rect(link.rect)
                if (step is None or link.step <= step) and rect.intersects(screen):
                    found.append((link.href, rect))
        return found

    def link_at(self, view: View, point: Point) -> str:
        """The address under a pixel of the view, empty where there is no link."""
        return next((href for href, rect in reversed(self.links(view)) if rect.holds(point)), "")

    def media_at(self, view: View, point: Point) -> tuple[int, MediaItem] | None:
        """Place and box of the film or sound under a pixel of the view, in a frame shown large."""
        for sight, display, step in reversed(list(self._shown_large(view))):
            for item in reversed(display.items):
                if not isinstance(item, MediaItem) or (step is not None and item.step > step):
                    continue
                if sight.transform.map_rect(item.bounds).holds(point):
                    return sight.place, item
        return None

    def _shown_large(self, view: View) -> Iterator[tuple[Sight, DisplayList, int | None]]:
        """The frames whose content can be read, the outermost first: what each shows, and up to which advance."""
        for sight in self.sights(view):
            if sight.transform.scale * FRAME_HEIGHT >= faces.CONTENT_FROM * self._full_height(view):
                shown = view.look.shown.get(sight.place, WHOLE)
                yield sight, self.scene.typesetter.face(sight.place, Face.CONTENT, shown.page), shown.step

    def idle(self, view: View) -> bool:
        """Whether nothing is left to do for a view at rest."""
        return self.rests_at(view) and self._next_want() is None and self._job is None

    def lay_out(self, start: int) -> Generator[None]:
        """Sets the places from `start` on in reading order, in slices: what comes next is then ready to be painted."""
        scene = self.scene
        for place in scene.canvas.places[start : start + AHEAD]:
            if not scene.typesetter.ready(place.index, Face.CONTENT):
                scene.contents.shown(place.frame)
                yield
                scene.typesetter.face(place.index, Face.CONTENT)
                yield

    def rest_now(self, view: View) -> QImage | None:
        """The exact picture of `view`, painted at once; None where it cannot be painted."""
        rest = self._resting(view)
        while not rest.over:
            rest.advance()
        return rest.image if rest.ready else None

    def resting(self, view: View) -> QImage | None:
        """The exact picture of `view` where it is there; for looking at."""
        return self._rest.image if self._rest is not None and self._rest.ready and self._rest.view == view else None

    def adopt(self, view: View, image: QImage) -> None:
        """Takes a picture of `view` kept from an earlier run."""
        self._drop_rest()
        self._rest = _Rest(self.scene, view, image)

    def _resting(self, view: View) -> _Rest:
        if self._rest is None or self._rest.view != view:
            self._drop_rest()
            self._rest = _Rest(self.scene, view)
        return self._rest

    def _drop_rest(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    def _next_want(self) -> _Want | None:
        for wants in (self._ahead, self._wants):
            while wants:
                want = wants[0]
                if self.cache.has(want.subject, want.level) or (want.subject, want.level) in self._failed:
                    wants.pop(0)
                    continue
                return want
        return None

    def _advance_tile(self) -> bool:
        """One slice of the most wanted tile; False when none is wanted."""
        if self._job is None:
            want = self._next_want()
            if want is None:
                return False
            self._job_for = want

            def done(tile: Tile, want: _Want = want) -> None:
                self.cache.put(want.subject, want.level, tile)

            self._job = draw_tile(self.scene, want.place, want.subject, want.level, self._size, done)
        try:
            next(self._job)
        except StopIteration:
            self._job = None
        except Exception:  # noqa: BLE001 - the hand that draws may fail in ways nobody foresaw
            # a frame that cannot be drawn must not end the talk: what there is of it stays on screen
            _log.exception("a tile could not be painted")
            self._job = None
            self._failed.add((self._job_for.subject, self._job_for.level))
        return True

    def stop(self) -> None:
        """Leaves every picture under way unfinished."""
        self._drop_job()
        self._drop_rest()

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.close()
            self._job = None

    def resize(self, size: Size) -> None:
        """Faces inside small places are chosen for the height of the window."""
        if size != self._size:
            self._size = size
            self.cache.clear()
            self._drop_job()
            self._drop_rest()


class _Rest:
    """The exact picture of one view, in the making."""

    def __init__(self, scene: Scene, view: View, image: QImage | None = None) -> None:
        self.view = view
        self.ready = image is not None
        size = view.size
        self.image = image or QImage(int(size.width), int(size.height), QImage.Format.Format_RGB32)
        self._painter: QPainter | None = None
        if not self.ready:
            self._painter = QPainter(self.image)
            self._slices = exact_picture(scene, self._painter, view.camera, size, view.look)

    def advance(self) -> bool:
        """One slice; True when the picture is complete."""
        if self._painter is not None:
            try:
                next(self._slices)
            except StopIteration:
                self.stop()
                self.ready = True
            except Exception:  # noqa: BLE001 - as above
                _log.exception("a view could not be painted")
                self.stop()
        return self.ready

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it: it is complete, or cannot be painted."""
        return self._painter is None

    def stop(self) -> None:
        """Lets go of the picture; what is painted stays."""
        if self._painter is not None:
            self._slices.close()
            self._painter.end()
            self._painter = None


def opaque_world(scene: Scene, root: Sight) -> Rect | None:
    """The part of the screen the root's own picture covers, when it is upright."""
    if root.transform.rotation != 0.0:
        return None
    t, size = root.transform, scene.canvas.places[0].size
    return Rect(t.x, t.y, size.width * t.scale, size.height * t.scale)


def _around(screen: Rect, hidden: Rect | None) -> list[Rect]:
    """`screen` without `hidden`, as up to four rectangles on whole pixels."""
    if hidden is None or not hidden.intersects(screen):
        return [screen]
    x0, y0 = float(math.ceil(max(hidden.x, screen.x))), float(math.ceil(max(hidden.y, screen.y)))
    x1, y1 = float(math.floor(min(hidden.right, screen.right))), float(math.floor(min(hidden.bottom, screen.bottom)))
    parts = [
        Rect(screen.x, screen.y, screen.width, y0 - screen.y),
        Rect(screen.x, y1, screen.width, screen.bottom - y1),
        Rect(screen.x, y0, x0 - screen.x, y1 - y0),
        Rect(x1, y0, screen.right - x1, y1 - y0),
    ]
    return [part for part in parts if part.width > 0 and part.height > 0]
