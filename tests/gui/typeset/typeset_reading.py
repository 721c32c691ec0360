"""What a display list shows, read back from its items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage, QPainter

from atelier.foundation.geometry import Rect
from atelier.typeset.display import BoxItem, PictureItem, TextItem
from atelier.typeset.painting import paint

if TYPE_CHECKING:
    from atelier.typeset.display import DisplayList


def texts(display: DisplayList) -> list[TextItem]:
    return [item for item in display.items if isinstance(item, TextItem)]


def words(display: DisplayList) -> str:
    return "\n".join(item.layout.text() for item in texts(display))


def item_with(display: DisplayList, text: str) -> TextItem:
    return next(item for item in texts(display) if text in item.layout.text())


def line_boxes(item: TextItem) -> list[Rect]:
    """Where the lines of a text really are, in frame units, less ascenders and descenders nobody sees."""
    out: list[Rect] = []
    for i in range(item.first, item.last or item.layout.lineCount()):
        line = item.layout.lineAt(i)
        box = line.naturalTextRect()
        k = item.scale
        middle = item.y + (box.y() + line.ascent() * 0.3) * k
        out.append(Rect(item.x + box.x() * k, middle, max(box.width(), 0.0) * k, line.ascent() * 0.7 * k))
    return out


def boxes(display: DisplayList) -> list[BoxItem]:
    return [item for item in display.items if isinstance(item, BoxItem)]


def pictures(display: DisplayList) -> list[PictureItem]:
    return [item for item in display.items if isinstance(item, PictureItem)]


def smallest_size(display: DisplayList) -> float:
    """The smallest text, in frame units."""
    sizes = [item.layout.font().pixelSize() * item.scale for item in texts(display) if item.layout.text().strip()]
    return min(sizes, default=99.0)


def image(display: DisplayList, width: int = 480, *, step: int | None = None, progress: float = 1.0) -> QImage:
    """`display` painted on white, `width` pixels wide."""
    scale = width / display.size.width
    out = QImage(width, round(display.size.height * scale), QImage.Format.Format_ARGB32_Premultiplied)
    out.fill(QColor("#ffffff"))
    painter = QPainter(out)
    painter.scale(scale, scale)
    paint(painter, display, step=step, progress=progress)
    painter.end()
    return out
