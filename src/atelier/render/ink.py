"""Ink over a camera's view: exact where it rests, from pictures of its sheets while it moves.

Ink lies over everything in its frame. It is seen where the frame shows its content, pales with the frame, and is not
there while the room looks at something inside the frame: what was drawn around a card is not drawn across it.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from atelier.canvas import faces
from atelier.canvas.camera import device, relative
from atelier.canvas.faces import Face
from atelier.foundation.geometry import FRAME_HEIGHT, Rect
from atelier.render.exact import SCRIM, SMALLEST, dimming, face_at
from atelier.render.scene import WHOLE, qt_transform
from atelier.render.strokes import box_of, half_width, outline
from atelier.render.tiles import Tile, blit

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from PySide6.QtGui import QPainterPath

    from atelier.foundation.geometry import Similarity
    from atelier.render.renderer import View
    from atelier.render.scene import Look, Scene
    from atelier.talk.events import Stroke
    from atelier.talk.ink import FrameInk, Sheet

TILE_WIDTH: Final = 1024.0
"""Device pixels that a place is wide in the picture of its ink."""
BUDGET: Final = 32 << 20
"""Bytes of such pictures that are kept."""
CELLS: Final = 24
"""Such a picture is drawn where there is ink in it, on a grid of so many columns and rows."""
FAINT: Final = 0.03
EDGE: Final = 2.0
"""Device pixels that a picture is larger than the ink on it, on each side."""


class Shape(NamedTuple):
    """A line as it is filled, in the units of its place."""

    stroke: Stroke
    path: QPainterPath
    box: Rect


class Seen(NamedTuple):
    """A sheet in a view. `transform` maps the units of its place to device pixels."""

    sheet: Sheet
    place: int
    transform: Similarity
    opacity: float
    strokes: tuple[Stroke, ...]

    def lies_as(self, other: Seen) -> bool:
        return self.transform == other.transform and self.opacity == other.opacity


class _SheetPicture(NamedTuple):
    strokes: tuple[Stroke, ...]
    tile: Tile
    cells: list[Rect]
    """Where there is ink, in the units of the place."""


class _Inked(NamedTuple):
    ink: FrameInk
    strokes: tuple[Stroke, ...]
    bounds: Rect


class Ink:
    """The ink of a talk on one version of its deck."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._sheets: dict[Sheet, _Inked] = {}
        self._places: dict[Sheet, int | None] = {}
        self._shapes: dict[int, Shape] = {}
        self._boxes: dict[int, tuple[Stroke, Rect]] = {}
        self._pictures: OrderedDict[Sheet, _SheetPicture] = OrderedDict()
        self._wanted: list[Seen] = []
        self._job: Generator[None] | None = None

    def set_scene(self, scene: Scene) -> None:
        """Takes a new version of the deck."""
        self._scene = scene
        self._places.clear()
        self._drop_job()

    @property
    def scene(self) -> Scene:
        return self._scene

    def take(self, ink: Mapping[Sheet, FrameInk]) -> None:
        """Takes what the state of the talk says."""
        for sheet in [sheet for sheet in self._sheets if sheet not in ink]:
            self._forget(self._sheets.pop(sheet).strokes)
        for sheet, there in ink.items():
            known = self._sheets.get(sheet)
            if known is None or known.ink is not there:
                strokes = there.strokes
                if known is not None:
                    seen = {stroke.id for stroke in strokes}
                    self._forget([stroke for stroke in known.strokes if stroke.id not in seen])
                if strokes:
                    self._sheets[sheet] = _Inked(there, strokes, self._bounds(strokes))
                elif known is not None:
                    del self._sheets[sheet]

    def _forget(self, strokes: Iterable[Stroke]) -> None:
        """Lets go of what was made of strokes that are no longer seen."""
        for stroke in strokes:
            self._shapes.pop(stroke.id, None)
            self._boxes.pop(stroke.id, None)

    def place_of(self, sheet: Sheet) -> int | None:
        """Where a sheet is now; None where its frame is gone."""
        if sheet not in self._places:
            frame = self._scene.deck.frame(sheet.place.frame)
            if frame is None:
                self._places[sheet] = None
            else:
                canvas = self._scene.canvas
                own = canvas.place_of[frame.index]
                self._places[sheet] = canvas.page_of.get(frame.index, own) if sheet.place.page else own
        return self._places[sheet]

    def seen(self, view: View, *, moving: bool, without: frozenset[int] = frozenset()) -> list[Seen]:
        """The sheets with ink that a view shows, those that lie in others first. `without` are strokes left out."""
        if not self._sheets:
            return []
        out: list[Seen] = []
        seen_as = device(view.camera, view.size)
        screen = Rect(0.0, 0.0, view.size.width, view.size.height)
        for sheet, inked in self._sheets.items():
            place = self.place_of(sheet)
            if place is None or sheet.page != view.look.shown.get(place, WHOLE).page:
                continue
            transform = seen_as.after(relative(self._scene.canvas, place, view.camera.anchor))
            if transform.scale * FRAME_HEIGHT < SMALLEST or not transform.map_rect(inked.bounds).intersects(screen):
                continue
            opacity = self._opacity(place, transform, view, moving=moving)
            if opacity <= FAINT:
                continue
            strokes = inked.strokes
            if without:
                strokes = tuple(stroke for stroke in strokes if stroke.id not in without)
            out.append(Seen(sheet, place, transform, opacity, strokes))
        out.sort(key=lambda seen: -seen.place)
        return out

    def _opacity(self, place: int, transform: Similarity, view: View, *, moving: bool) -> float:
        share = transform.scale * FRAME_HEIGHT / faces.full_height(view.size, self._scene.deck.ratio)
        if place == 0:
            shown = 1.0
        elif moving:
            shown = faces.content_share(share)
        else:
            shown = float(face_at(self._scene, place, share) is Face.CONTENT)
        return shown * (1.0 - SCRIM * dimming(self._scene, view.look, place)) * (1.0 - self._inside(view.look, place))

    def _inside(self, look: Look, place: int) -> float:
        """From 0 to 1, how much the room looks at something inside a place."""

        def one(focus: int) -> float:
            return float(focus >= 0 and focus != place and self._scene.canvas.inside(focus, place))

        return one(look.previous) * (1.0 - look.mix) + one(look.focus) * look.mix if look.mix < 1.0 else one(look.focus)

    def _box(self, stroke: Stroke) -> Rect:
        known = self._boxes.get(stroke.id)
        if known is None or known[0] is not stroke:
            known = self._boxes[stroke.id] = (stroke, box_of(stroke.points, stroke.width))
        return known[1]

    def _bounds(self, strokes: Iterable[Stroke]) -> Rect:
        boxes = [self._box(stroke) for stroke in strokes]
        x, y = min(box.x for box in boxes), min(box.y for box in boxes)
        return Rect(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)

    # ------------------------------------------------------------------ exact

    def shape(self, stroke: Stroke) -> Shape:
        known = self._shapes.get(stroke.id)
        if known is None or known.stroke is not stroke:
            path = outline(stroke.points, stroke.width)
            known = Shape(stroke, path, self._box(stroke))
            self._shapes[stroke.id] = known
        return known

    def paint(self, painter: QPainter, seen: Iterable[Seen], part: Rect | None = None) -> Generator[None]:
        """Paints lines exactly; `part` (device pixels) is all that is seen."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for sheet in seen:
            for stroke in sheet.strokes:
                shape = self.shape(stroke)
                if part is None or sheet.transform.map_rect(shape.box).intersects(part):
                    painter.save()
                    painter.setTransform(qt_transform(sheet.transform), combine=True)
                    painter.setOpacity(sheet.opacity)
                    painter.fillPath(shape.path, QColor(stroke.colour))
                    painter.restore()
                yield

    def picture(self, view: View) -> QImage | None:
        """All ink of a view that rests, on nothing, painted at once; None where there is none."""
        seen = self.seen(view, moving=False)
        if not seen:
            return None
        image = QImage(int(view.size.width), int(view.size.height), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        try:
            for _ in self.paint(painter, seen, Rect(0.0, 0.0, view.size.width, view.size.height)):
                pass
        finally:
            painter.end()
        return image

    # ------------------------------------------------------------------ moving

    def paint_moving(self, painter: QPainter, seen: Iterable[Seen], view: View) -> None:
        """Draws pictures of the sheets; those that are missing or old are noted for `work`."""
        screen = Rect(0.0, 0.0, view.size.width, view.size.height)
        self._wanted = []
        for sheet in seen:
            picture = self._pictures.get(sheet.sheet)
            if picture is None or picture.strokes != sheet.strokes:
                self._wanted.append(sheet)
            if picture is None:
                continue
            self._pictures.move_to_end(sheet.sheet)
            painter.setOpacity(sheet.opacity)
            t, tile = sheet.transform, picture.tile
            if t.rotation != 0.0:
                painter.save()
                painter.setTransform(qt_transform(t), combine=True)
                b = tile.bounds
                painter.drawImage(QRectF(b.x, b.y, b.width, b.height), tile.image)
                painter.restore()
                continue
            areas: list[Rect] = []
            for cell in picture.cells:
                x0, y0 = max(round(t.x + cell.x * t.scale), 0), max(round(t.y + cell.y * t.scale), 0)
                x1 = min(round(t.x + cell.right * t.scale), screen.width)
                y1 = min(round(t.y + cell.bottom * t.scale), screen.height)
                if x1 > x0 and y1 > y0:
                    areas.append(Rect(x0, y0, x1 - x0, y1 - y0))
            blit(painter, tile, t.x, t.y, t.scale, areas)
        painter.setOpacity(1.0)

    def expect(self, seen: Iterable[Seen]) -> None:
        """Asks for the pictures that a flight from this view will need."""
        self._wanted = [s for s in seen if (p := self._pictures.get(s.sheet)) is None or p.strokes != s.strokes]

    def work(self, until: float) -> bool:
        """Paints what is missing until the moment `until` (`time.perf_counter`), a piece at least; whether more is."""
        while True:
            if self._job is None:
                if not self._wanted:
                    return False
                self._job = self._draw_sheet(self._wanted.pop(0))
            if next(self._job, self) is self:
                self._job = None
            if time.perf_counter() >= until:
                return self._job is not None or bool(self._wanted)

    def _draw_sheet(self, sheet: Seen) -> Generator[None]:
        if not sheet.strokes:
            self._pictures.pop(sheet.sheet, None)
            return
        size = self._scene.canvas.places[sheet.place].size
        scale = TILE_WIDTH / size.width
        whole = self._bounds(sheet.strokes).inset(-EDGE / scale)
        x, y = max(whole.x, -size.width), max(whole.y, -size.height)
        bounds = Rect(x, y, min(whole.right, 2 * size.width) - x, min(whole.bottom, 2 * size.height) - y)
        width, height = max(1, round(bounds.width * scale)), max(1, round(bounds.height * scale))
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        grid = _Grid(bounds)
        painter = QPainter(image)
        try:
            painter.scale(width / bounds.width, height / bounds.height)
            painter.translate(-bounds.x, -bounds.y)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for stroke in sheet.strokes:
                painter.fillPath(self.shape(stroke).path, QColor(stroke.colour))
                grid.mark(stroke, EDGE / scale)
                yield
        finally:
            painter.end()
        self._pictures[sheet.sheet] = _SheetPicture(sheet.strokes, Tile(image, bounds), grid.cells())
        while len(self._pictures) > 1 and sum(p.tile.image.sizeInBytes() for p in self._pictures.values()) > BUDGET:
            self._pictures.popitem(last=False)

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.close()
            self._job = None
        self._wanted = []

    def stop(self) -> None:
        """Leaves what is under way unfinished."""
        self._drop_job()


class _Grid:
    """Which cells of a grid over `bounds` have ink in them."""

    def __init__(self, bounds: Rect) -> None:
        self._bounds = bounds
        self._cell = (bounds.width / CELLS, bounds.height / CELLS)
        self._marked: set[tuple[int, int]] = set()

    def mark(self, stroke: Stroke, edge: float) -> None:
        """Marks what a line passes through, `edge` wider on each side."""
        reach = half_width(stroke.width, 1.0) + edge
        (width, height), left, top = self._cell, self._bounds.x, self._bounds.y
        before: tuple[int, int, int, int] | None = None
        for (ax, ay, _p), (bx, by, _q) in pairwise((stroke.points[0], *stroke.points)):
            here = (
                int(((min(bx, ax)) - reach - left) / width),
                int(((max(bx, ax)) + reach - left) / width),
                int(((min(by, ay)) - reach - top) / height),
                int(((max(by, ay)) + reach - top) / height),
            )
            if here == before:
                continue
            before = here
            rows = range(max(here[2], 0), min(here[3], CELLS - 1) + 1)
            columns = range(max(here[0], 0), min(here[1], CELLS - 1) + 1)
            self._marked.update((row, column) for row in rows for column in columns)

    def cells(self) -> list[Rect]:
        """The cells that were marked, neighbours in a row as one."""
        (width, height), bounds = self._cell, self._bounds
        out: list[Rect] = []
        for row in range(CELLS):
            column = 0
            while column < CELLS:
                start = column
                while (row, column) in self._marked:
                    column += 1
                if column > start:
                    left, top = bounds.x + start * width, bounds.y + row * height
                    out.append(Rect(left, top, (column - start) * width, height))
                column += 1
        return out


class RestingInk:
    """The exact picture of the ink in a view, on nothing; kept up to date line by line."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._image: QImage | None = None
        self._lying: dict[Sheet, Seen] = {}
        self._job: Generator[None] | None = None

    @property
    def image(self) -> QImage | None:
        """The picture, once it is complete."""
        return self._image if self._job is None else None

    @property
    def busy(self) -> bool:
        """Whether there is something to `advance`."""
        return self._job is not None

    def matches(self, seen: list[Seen], view: View) -> bool:
        """Whether `image` is what is seen."""
        image = self.image
        return (
            image is not None
            and (image.width(), image.height()) == (int(view.size.width), int(view.size.height))
            and len(seen) == len(self._lying)
            and all(
                (known := self._lying.get(s.sheet)) is not None and s.lies_as(known) and s.strokes == known.strokes
                for s in seen
            )
        )

    def follow(self, seen: list[Seen], view: View) -> QRect | None:
        """Brings the picture to what is seen: at once where lines came or went, and the part that changed is returned;
        by `advance`, None, where they lie elsewhere.
        """
        size = (int(view.size.width), int(view.size.height))
        image, now = self.image, {s.sheet: s for s in seen}
        if (
            image is None
            or (image.width(), image.height()) != size
            or any(sheet in now and not now[sheet].lies_as(lay) for sheet, lay in self._lying.items())
        ):
            self._begin(now, *size)
            return None
        changed: list[Rect] = []
        added: list[Seen] = []
        for sheet in {**self._lying, **now}:
            before, after = self._lying.get(sheet), now.get(sheet)
            old, new = before.strokes if before else (), after.strokes if after else ()
            if old == new:
                continue
            lies = after or before
            if lies is None:
                continue
            kept = {id(stroke) for stroke in old} & {id(stroke) for stroke in new}
            gone = [stroke for stroke in old if id(stroke) not in kept]
            come = [stroke for stroke in new if id(stroke) not in kept]
            changed += [lies.transform.map_rect(self._ink.shape(s).box).inset(-EDGE) for s in (*gone, *come)]
            if after is not None and new[: len(old)] == old:
                added.append(Seen(sheet, after.place, after.transform, after.opacity, new[len(old) :]))
        self._lying = now
        if not changed:
            return QRect()
        whole = changed[0]
        for rect in changed[1:]:
            whole = whole.united(rect)
        part = QRectF(whole.x, whole.y, whole.width, whole.height).toAlignedRect() & image.rect()
        painter = QPainter(image)
        try:
            if sum(len(s.strokes) for s in added) < len(changed):  # something went: what lay under it shows again
                painter.setClipRect(part)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
                painter.fillRect(part, Qt.GlobalColor.transparent)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
                added = seen
            for _ in self._ink.paint(painter, added, Rect(part.x(), part.y(), part.width(), part.height())):
                pass
        finally:
            painter.end()
        return part

    def advance(self, until: float) -> bool:
        """Paints until the moment `until`; whether the picture is complete."""
        while self._job is not None:
            if next(self._job, self) is self:
                self._job = None
            elif time.perf_counter() >= until:
                return False
        return True

    def stop(self) -> None:
        if self._job is not None:
            self._job.close()
            self._job = None
        self._image = None
        self._lying = {}

    def _begin(self, now: dict[Sheet, Seen], width: int, height: int) -> None:
        self.stop()
        self._lying = now
        self._image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        self._job = self._draw(self._image, list(now.values()))

    def _draw(self, image: QImage, seen: list[Seen]) -> Generator[None]:
        image.fill(0)
        painter = QPainter(image)
        try:
            yield from self._ink.paint(painter, seen, Rect(0.0, 0.0, image.width(), image.height()))
        finally:
            painter.end()
