"""Paints a display list on any QPainter, in frame units: the caller has set the transform."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPaintEngine, QPainter, QPen, QRadialGradient

from atelier.typeset.display import BoxItem, PathItem, PictureItem, ShadowItem, TextItem
from atelier.typeset.outlined import LARGE, draw_outlines, outlines

if TYPE_CHECKING:
    from collections.abc import Generator

    from atelier.foundation.geometry import Rect
    from atelier.typeset.display import DisplayList, Item

SAID = 0.8
"""Opacity of what earlier advances revealed."""
RISE = 12.0
"""How far below its place a new step starts, in frame units."""

_HINTS = (
    QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing | QPainter.RenderHint.SmoothPixmapTransform
)


class TaggedPainter(QPainter):
    """A painter that is told what the items are that it is about to paint, by those who paint display lists."""

    spoken = True
    """Whether what is painted is a part of the text, and not merely seen beside it."""

    def tag(self, item: Item | None) -> None:
        """`item` is painted next; None: something that is none."""
        raise NotImplementedError


def paint(
    painter: QPainter,
    display: DisplayList,
    *,
    step: int | None = None,
    progress: float = 1.0,
    clip: Rect | None = None,
) -> None:
    """Draws what is shown at advance `step` (None: everything, as on paper).

    What the newest advance reveals comes in at `progress` (0 to 1): that opaque, and that far on its way up. `clip`
    leaves out items that do not touch it.
    """
    for _item in paint_by_item(painter, display, step=step, progress=progress, clip=clip):
        pass


def paint_by_item(
    painter: QPainter,
    display: DisplayList,
    *,
    step: int | None = None,
    progress: float = 1.0,
    clip: Rect | None = None,
) -> Generator[None]:
    """As `paint`, yielding after every item, for a caller that has other things to do in between."""
    painter.setRenderHints(_HINTS)
    base = painter.opacity()
    tagged = painter if isinstance(painter, TaggedPainter) else None
    for item in display.items:
        if clip is not None and not item.bounds.intersects(clip):
            continue
        if item.until and (step is None or step >= item.until):
            continue
        if item.step and step is not None:
            if item.step > step:
                continue
            if item.step < step:
                painter.setOpacity(base * SAID)
            elif progress < 1.0:
                painter.setOpacity(base * progress)
                painter.translate(0.0, RISE * (1.0 - progress))
                _draw(painter, item)
                painter.translate(0.0, -RISE * (1.0 - progress))
                painter.setOpacity(base)
                yield
                continue
        if tagged is not None:
            tagged.tag(item)
        _draw(painter, item)
        if item.step:
            painter.setOpacity(base)
        yield
    if tagged is not None:
        tagged.tag(None)


def _draw(painter: QPainter, item: Item) -> None:
    if isinstance(item, TextItem):
        _draw_text(painter, item)
    elif isinstance(item, BoxItem):
        _draw_box(painter, item)
    elif isinstance(item, PathItem):
        _draw_path(painter, item)
    elif isinstance(item, PictureItem):
        item.picture.draw(painter, item.bounds, radius=item.radius, crop=item.crop)
    elif isinstance(item, ShadowItem):
        _draw_shadow(painter, item)


def _draw_text(painter: QPainter, item: TextItem) -> None:
    painter.setBrush(Qt.GlobalColor.black)  # in a PDF an emoji is a picture, and as opaque as the brush at hand
    scaled = item.scale != 1.0
    if scaled:
        painter.save()
        painter.translate(item.x, item.y)
        painter.scale(item.scale, item.scale)
    origin = QPointF(0.0, 0.0) if scaled else QPointF(item.x, item.y)
    found = outlines(item) if _is_large(painter, item) else None
    if found is not None:
        draw_outlines(painter, found, origin)
    elif item.first or item.last:
        for i in range(item.first, item.last or item.layout.lineCount()):
            item.layout.lineAt(i).draw(painter, origin)
    else:
        item.layout.draw(painter, origin)
    if scaled:
        painter.restore()


def _is_large(painter: QPainter, item: TextItem) -> bool:
    """Whether Qt would fill the outlines of a text, on the screen or in a picture; in a PDF it stays text."""
    if painter.paintEngine().type() != QPaintEngine.Type.Raster:
        return False
    scale = abs(painter.worldTransform().determinant()) ** 0.5 * painter.device().devicePixelRatio()
    return item.layout.font().pixelSize() * scale >= LARGE


def _rect(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)


def _draw_box(painter: QPainter, item: BoxItem) -> None:
    painter.setBrush(_brush(item.fill))
    if item.stroke is not None:
        painter.setPen(QPen(item.stroke, item.stroke_width))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    if item.radius:
        painter.drawRoundedRect(_rect(item.bounds), item.radius, item.radius)
    else:
        painter.drawRect(_rect(item.bounds))


def _brush(fill: QBrush | QColor | None) -> QBrush:
    if fill is None:
        return QBrush(Qt.BrushStyle.NoBrush)
    return QBrush(fill)


def _draw_path(painter: QPainter, item: PathItem) -> None:
    painter.setBrush(_brush(item.fill))
    painter.setPen(item.pen if item.pen is not None else QPen(Qt.PenStyle.NoPen))
    moved = bool(item.x or item.y or item.scale != 1.0)
    if moved:
        painter.save()
        painter.translate(item.x, item.y)
        painter.scale(item.scale, item.scale)
    painter.drawPath(item.path)
    if moved:
        painter.restore()


# --- shadows -------------------------------------------------------------------------------------------------------

_SHADOW_SCALE = 0.5
"""Pixels a frame unit of the pre-blurred picture where it is scaled; a blur holds no finer detail."""
_LARGEST_PATCH = 160
"""Pixels of a border up to which it is blurred at its size on screen, and drawn without scaling."""
_LONGEST_PICTURE = 4096
"""Pixels of a side of a shadow in one piece; that of a node a thousand times wider than high is stretched."""


@lru_cache(maxsize=32)
def _shadow_patch(radius: float, blur: float, rgba: int, pixels: int) -> QImage:
    """A square shadow with one stretchable pixel in its middle and a border `pixels` wide.

    A box with round corners blurred by a Gaussian of deviation blur/2, after Evan Wallace, "Fast rounded rectangle
    shadows" (2013), here by distance to the edge, which differs by less than one level in 255 at these sizes.
    """
    scale = pixels / (radius + 2.0 * blur)
    side = 2 * pixels + 1
    colour = QColor.fromRgba(rgba)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    centre = pixels + 0.5
    inner = max(radius - blur, 0.0) * scale
    reach = float(pixels)
    gradient = QRadialGradient(centre, centre, reach)
    steps = 16
    for i in range(steps + 1):
        t = i / steps
        distance = inner + (reach - inner) * t
        edge = (distance / scale - radius) / blur
        alpha = 1.0 / (1.0 + pow(2.718281828, 3.4 * edge)) if edge < 1.95 else 0.0
        shade = QColor(colour)
        shade.setAlphaF(colour.alphaF() * alpha)
        gradient.setColorAt(min(distance / reach, 1.0), shade)
    painter.fillRect(image.rect(), QBrush(gradient))
    painter.end()
    return image


def _draw_shadow(painter: QPainter, item: ShadowItem) -> None:
    spread = 2.0 * item.blur
    box = item.box.translated(0.0, item.offset).inset(-spread)
    engine = painter.paintEngine()
    if engine.type() != QPaintEngine.Type.Raster:
        shape = _shadow_picture(item.radius, item.blur, item.colour.rgba(), round(box.width, 3), round(box.height, 3))
        painter.drawImage(_rect(box), shape)
        return
    border = min(item.radius + spread, box.width / 2, box.height / 2)
    xs = [box.x, box.x + border, box.right - border, box.right]
    ys = [box.y, box.y + border, box.bottom - border, box.bottom]
    transform = painter.worldTransform()
    snapped = transform.m12() == 0.0 and transform.m21() == 0.0
    painter.save()
    if snapped:  # whole device pixels, or the seams between the pieces show
        ratio = painter.device().devicePixelRatio()
        xs = [round((transform.m11() * x + transform.dx()) * ratio) / ratio for x in xs]
        ys = [round((transform.m22() * y + transform.dy()) * ratio) / ratio for y in ys]
        painter.resetTransform()
    width = round((xs[1] - xs[0]) * painter.device().devicePixelRatio()) if snapped else 0
    if 0 < width <= _LARGEST_PATCH:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    else:
        width = int(border * _SHADOW_SCALE) + 1
    _draw_patch(painter, _shadow_patch(item.radius, item.blur, item.colour.rgba(), width), xs, ys)
    painter.restore()


def _draw_patch(painter: QPainter, image: QImage, xs: list[float], ys: list[float]) -> None:
    """Stretches a patch over the three columns and rows that these lines bound."""
    width = image.width() // 2
    source_lines = (0, width, width + 1, image.width())
    for row in range(3):
        for column in range(3):
            if row == column == 1:
                continue  # under the box itself
            target = QRectF(QPointF(xs[column], ys[row]), QPointF(xs[column + 1], ys[row + 1]))
            if target.width() <= 0 or target.height() <= 0:
                continue
            sx, sy = source_lines[column], source_lines[row]
            source = QRectF(sx, sy, source_lines[column + 1] - sx, source_lines[row + 1] - sy)
            painter.drawImage(target, image, source)


@lru_cache(maxsize=64)
def _shadow_picture(radius: float, blur: float, rgba: int, width: float, height: float) -> QImage:
    """All of a shadow in one piece, where there are no pixels to fit the pieces to: their seams would show."""
    border = min(radius + 2.0 * blur, width / 2, height / 2)
    pixels = int(border * min(_SHADOW_SCALE, _LONGEST_PICTURE / max(width, height))) + 1
    scale = min(pixels / border, _LONGEST_PICTURE / max(width, height))
    right, bottom = max(round(width * scale), 2 * pixels), max(round(height * scale), 2 * pixels)
    image = QImage(right, bottom, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    xs, ys = ([0.0, pixels, float(end - pixels), float(end)] for end in (right, bottom))
    _draw_patch(painter, _shadow_patch(radius, blur, rgba, pixels), xs, ys)
    painter.end()
    return image
