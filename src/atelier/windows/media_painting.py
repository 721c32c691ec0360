"""What a film or sound looks like while it plays, painted over its box on the canvas; items are in frame units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QTransform

from atelier.render.scene import qt_transform
from atelier.typeset.setting import H, colour

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from atelier.deck.looks import Theme
    from atelier.foundation.geometry import Rect, Similarity, Size
    from atelier.talk.playback import Playback
    from atelier.typeset.display import MediaItem

_LINE = 0.7 * H
_EDGE = 1.8 * H
_ALIKE = 0.012
"""By how much the shapes of picture and box may differ, as a share, for the one to fill the other."""
_HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform


def seen_height(to_view: Similarity, item: MediaItem, view: Size) -> float:
    """How much of a box's height is in view, in device pixels; 0 where it lies beside it."""
    box = to_view.map_rect(item.bounds)
    if min(box.right, view.width) <= max(box.x, 0.0):
        return 0.0
    return max(0.0, min(box.bottom, view.height) - max(box.y, 0.0))


def paint_film(
    painter: QPainter,
    to_view: Similarity,
    item: MediaItem,
    image: QImage,
    opacity: float,
    *,
    share: float | None = None,
    smooth: bool = True,
) -> None:
    """The picture in its box, uncropped, black beside it where the shapes differ; `share` draws a line of progress.

    What is not `smooth` is sampled cheaply, as all that moves may be.
    """
    painter.save()
    painter.setRenderHints(_HINTS)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.setOpacity(opacity)
    painter.setTransform(qt_transform(to_view), combine=True)
    painter.setPen(Qt.PenStyle.NoPen)
    box = QRectF(item.bounds.x, item.bounds.y, item.bounds.width, item.bounds.height)
    target = _within(box, image)
    if abs(target.width() / box.width() - target.height() / box.height()) < _ALIKE:
        _draw_rounded(painter, box, image, item.radius)
    else:
        painter.setBrush(QColor("#000000"))
        painter.drawRoundedRect(box, item.radius, item.radius)
        painter.drawImage(target, image)
    if share is not None:
        _draw_line(painter, box, share)
    painter.restore()


def paint_sound(
    painter: QPainter, to_view: Similarity, item: MediaItem, playback: Playback, opacity: float, theme: Theme
) -> None:
    """The sign of a sound as it is now, and what was played of its line of levels, in the accent."""
    painter.save()
    painter.setRenderHints(_HINTS)
    painter.setOpacity(opacity)
    painter.setTransform(qt_transform(to_view), combine=True)
    painter.translate(item.bounds.x, item.bounds.y)
    painter.setPen(Qt.PenStyle.NoPen)
    accent, ground = colour(theme.colours.accent), colour(theme.colours.inset)
    if playback.playing:
        painter.setBrush(accent)
        painter.drawEllipse(_rect(item.mark))
        painter.setBrush(ground)
        painter.drawPath(_bars(item.mark))
    if item.level is not None:
        whole = item.level.boundingRect()
        painter.setClipRect(QRectF(whole.x(), whole.y(), whole.width() * playback.share, whole.height()))
        painter.setBrush(accent)
        painter.drawPath(item.level)
    painter.restore()


def _draw_rounded(painter: QPainter, box: QRectF, image: QImage, radius: float) -> None:
    if radius <= 0.0:
        painter.drawImage(box, image)
        return
    brush = QBrush(image)
    shape = QTransform().translate(box.x(), box.y()).scale(box.width() / image.width(), box.height() / image.height())
    brush.setTransform(shape)
    painter.setBrush(brush)
    painter.drawRoundedRect(box, radius, radius)


def _within(box: QRectF, image: QImage) -> QRectF:
    """The largest rectangle of the picture's shape in the middle of `box`."""
    factor = min(box.width() / image.width(), box.height() / image.height())
    width, height = image.width() * factor, image.height() * factor
    return QRectF(box.center().x() - width / 2, box.center().y() - height / 2, width, height)


def _draw_line(painter: QPainter, box: QRectF, share: float) -> None:
    edge = min(_EDGE, box.width() / 8)
    whole = QRectF(box.x() + edge, box.bottom() - edge - _LINE, box.width() - 2 * edge, _LINE)
    painter.setBrush(QColor(0, 0, 0, 110))
    painter.drawRoundedRect(whole.adjusted(-2, -2, 2, 2), _LINE / 2 + 2, _LINE / 2 + 2)
    painter.setBrush(QColor(255, 255, 255, 90))
    painter.drawRoundedRect(whole, _LINE / 2, _LINE / 2)
    played = QRectF(whole.x(), whole.y(), max(_LINE, whole.width() * share), _LINE)
    painter.setBrush(QColor(255, 255, 255, 245))
    painter.drawRoundedRect(played, _LINE / 2, _LINE / 2)
    painter.drawEllipse(QPointF(played.right() - _LINE / 2, whole.center().y()), _LINE, _LINE)


def _bars(disc: Rect) -> QPainterPath:
    """The sign of pausing within a disc."""
    bar, tall = disc.width * 0.11, disc.width * 0.40
    path = QPainterPath()
    for side in (-1, 1):
        x = disc.centre.x + side * disc.width * 0.115 - bar / 2
        path.addRoundedRect(QRectF(x, disc.centre.y - tall / 2, bar, tall), bar * 0.3, bar * 0.3)
    return path


def _rect(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)
