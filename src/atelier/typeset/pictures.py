"""The pictures a deck names: found in its folder, measured, decoded when first drawn, kept within a memory budget.

Nothing is fetched. Files beyond the limits on bytes and pixels, and what cannot be read, are shown as a quiet box.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QImageIOHandler,
    QImageReader,
    QPaintEngine,
    QPainter,
    QPen,
    QTransform,
)

from atelier.deck.files import MOST_PIXELS, resolve
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.texts import reason
from atelier.foundation.translation import _
from atelier.typeset.art import rounded
from atelier.typeset.report import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from PySide6.QtSvg import QSvgRenderer

    from atelier.deck.svg import SafeSvg
    from atelier.deck.types import Origin
    from atelier.foundation.geometry import Rect
    from atelier.typeset.report import Report

LARGEST_SIDE = 2048
"""Pixels of the longer side of a decoded picture."""
BUDGET = 96 * 1024 * 1024
"""Bytes of decoded pictures kept."""
_LEVELS = (128, 256, 512, 1024, 2048)
_LARGEST_DRAWING = 4096
_SLOW = 0.004
"""Seconds: a drawing that takes longer is kept as pixels."""
_FORMATS = frozenset({"png", "jpg", "jpeg", "gif", "webp", "bmp"})


class Picture:
    """One picture of a deck. `width` and `height` are its own pixels; a missing one is a 3:2 box."""

    def __init__(self, pictures: Pictures, source: str, alt: str, origin: Origin | None = None) -> None:
        self._pictures = pictures
        self._origin = origin
        self.source = source
        self.alt = alt
        self.path: Path | None = None
        self.width = 3.0
        self.height = 2.0
        self.missing = True
        self.stamp: tuple[int, int] | None = None
        self._drawing: SafeSvg | None = None
        self._renderer: QSvgRenderer | None = None
        self._slow = False
        self.clear: tuple[str, ...] = ()
        """Ids of elements of a drawing that are not drawn."""

    @property
    def ratio(self) -> float:
        return self.width / self.height

    @property
    def vector(self) -> bool:
        return self._drawing is not None

    def draw(self, painter: QPainter, bounds: Rect, *, radius: float = 0.0, crop: bool = False) -> None:
        """Draws it into `bounds`; `crop` keeps its shape and cuts what stands over."""
        target = QRectF(bounds.x, bounds.y, bounds.width, bounds.height)
        if self.missing:
            self._draw_missing(painter, bounds, radius)
            return
        transform = painter.worldTransform()
        scale = (transform.m11() ** 2 + transform.m12() ** 2) ** 0.5 * painter.device().devicePixelRatio()
        source_ratio = self.ratio
        shown = bounds.height * source_ratio if crop and source_ratio > bounds.width / bounds.height else bounds.width
        longest = max(shown, shown / source_ratio) * scale
        if painter.paintEngine().type() != QPaintEngine.Type.Raster:
            self._draw_on_paper(painter, bounds, radius, longest, crop=crop)
            return
        if self.vector and (not self._slow or longest > _LARGEST_DRAWING) and not crop:
            self._draw_vector(painter, target, radius)
            return
        image = self._image(longest)
        if image.isNull():
            self._draw_missing(painter, bounds, radius)
            return
        source = _cropped(image.width(), image.height(), bounds) if crop else QRectF(image.rect())
        if not radius:
            painter.drawImage(target, image, source)
            return
        brush = QBrush(image)
        brush.setTransform(
            QTransform()
            .translate(target.x(), target.y())
            .scale(target.width() / source.width(), target.height() / source.height())
            .translate(-source.x(), -source.y())
        )
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(brush)
        painter.drawRoundedRect(target, radius, radius)

    def _draw_missing(self, painter: QPainter, bounds: Rect, radius: float) -> None:
        line = QColor(self._pictures.colours.get("muted", "gray"))
        line.setAlphaF(0.45)
        ground = QColor(line)
        ground.setAlphaF(0.1)
        painter.setPen(QPen(line, 2.0, Qt.PenStyle.DashLine))
        painter.setBrush(ground)
        box = QRectF(bounds.x + 1, bounds.y + 1, bounds.width - 2, bounds.height - 2)
        painter.drawRoundedRect(box, radius or 8.0, radius or 8.0)

    def _draw_on_paper(self, painter: QPainter, bounds: Rect, radius: float, longest: float, *, crop: bool) -> None:
        """Draws the whole picture and cuts what is not to be seen, so that a file holds it but once."""
        whole = QRectF(bounds.x, bounds.y, bounds.width, bounds.height)
        painter.save()
        if radius or crop:
            shape = rounded(bounds.x, bounds.y, bounds.width, bounds.height, radius)
            painter.setClipPath(shape, _INTERSECT)
        if crop:
            width = max(bounds.width, bounds.height * self.ratio)
            height = width / self.ratio
            centre = bounds.centre
            whole = QRectF(centre.x - width / 2, centre.y - height / 2, width, height)
        stand_in = self._pictures.on_paper
        image = stand_in(self, longest) if stand_in is not None else self._pictures.decoded(self, LARGEST_SIDE)
        painter.drawImage(whole, image)
        painter.restore()

    def _draw_vector(self, painter: QPainter, target: QRectF, radius: float) -> None:
        renderer = self._svg()
        painter.save()
        if radius:
            shape = rounded(target.x(), target.y(), target.width(), target.height(), radius)
            painter.setClipPath(shape, _INTERSECT)
        started = time.perf_counter()
        renderer.render(painter, target)
        self._slow = self._slow or time.perf_counter() - started > _SLOW
        painter.restore()

    def _svg(self) -> QSvgRenderer:
        if self._renderer is None:
            from PySide6.QtSvg import QSvgRenderer

            assert self._drawing is not None
            data = self._drawing.data
            if self.clear or b"currentColor" in data:
                from xml.etree import ElementTree as ET

                data = ET.tostring(self.svg(), encoding="utf-8", xml_declaration=True)
            self._renderer = QSvgRenderer(QByteArray(data))
        return self._renderer

    def svg(self) -> Element:
        """A drawing as a tree of its own, less what is not drawn. Raises ValueError for pixels."""
        if self._drawing is None:
            raise ValueError(f"{self.source} is not a drawing")
        root = _without(self._drawing, self.clear)
        colours = self._pictures.colours
        if "ink" in colours:
            root.attrib.setdefault("color", colours["ink"])
        for element in root.iter():
            for name in element.get("class", "").split():
                if name in colours:
                    element.set("color", colours[name])
        return root

    def _image(self, longest: float) -> QImage:
        """The picture as pixels, its longer side at least `longest` of them where it has so many.

        A large drawing is kept at exactly that size: shrinking it once more would blur its lines.
        """
        exact = self.vector and longest > _LEVELS[2]
        level = math.ceil(longest) if exact else next((s for s in _LEVELS if s >= longest), _LEVELS[-1])
        return self._pictures.decoded(self, level)

    def decode(self, level: int) -> QImage:
        """Reads the file, scaled down so that its longer side has at most `level` pixels."""
        factor = level / max(self.width, self.height)
        if self.vector:
            size = QSize(max(1, round(self.width * factor)), max(1, round(self.height * factor)))
            image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._svg().render(painter, QRectF(image.rect()))
            painter.end()
            return image
        reader = QImageReader(str(self.path))
        reader.setAutoTransform(True)
        reader.setDecideFormatFromContent(True)
        if factor < 1.0:
            own = reader.size()
            reader.setScaledSize(QSize(max(1, round(own.width() * factor)), max(1, round(own.height() * factor))))
        image = reader.read()
        if image.isNull():
            return image
        alpha = image.hasAlphaChannel()
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32)

    def measure(self) -> Diagnostic | None:
        """Finds the file and its size; what keeps it from being shown."""
        origin = self._origin
        folder = self._pictures.folder if origin is None else origin.file.parent
        found = resolve(folder, self.source, within=None if origin is None else origin.within)
        if isinstance(found, Diagnostic):
            if found.code == "picture-missing" and folder is not None:
                self.path = folder / unquote(self.source)  # where it may yet appear
            return found
        self.path = found
        self.stamp = _stamp(found)
        if found.suffix.lower() in {".svg", ".svgz"}:
            return self._measure_drawing(found)
        reader = QImageReader(str(found))
        reader.setDecideFormatFromContent(True)
        size = reader.size()
        name = readable(self.source)
        kind = bytes(reader.format().data()).decode("ascii", "replace")
        if not size.isValid() or size.isEmpty() or not reader.canRead() or kind not in _FORMATS:
            message = _("“{name}” cannot be read as a picture.").format(name=name)
            return Diagnostic("picture-unreadable", message, _("Save it again as PNG, JPEG, WebP or SVG."))
        if size.width() * size.height() > MOST_PIXELS:
            message = _("“{name}” has {width} × {height} pixels; the limit is {limit} million.").format(
                name=name, width=size.width(), height=size.height(), limit=MOST_PIXELS // 1_000_000
            )
            return Diagnostic("picture-too-large", message, _("Save a smaller version of it."))
        turned = QImageIOHandler.Transformation.TransformationRotate90
        width, height = size.width(), size.height()
        if reader.transformation().value & turned.value:
            width, height = height, width
        self.width, self.height = float(width), float(height)
        return None

    def _measure_drawing(self, path: Path) -> Diagnostic | None:
        from atelier.deck.svg import read_svg
        from atelier.foundation.errors import AtelierError

        try:
            drawing = read_svg(path)
        except AtelierError as error:
            from atelier.deck.picture_checks import unreadable_drawing

            return unreadable_drawing(readable(self.source), error)
        change = self._pictures.changed
        self._drawing = drawing if change is None else change(drawing)
        self.width, self.height = drawing.box.width, drawing.box.height
        return None


def _without(drawing: SafeSvg, ids: tuple[str, ...]) -> Element:
    """A copy of the drawing less the elements with these ids."""
    from copy import deepcopy

    root = deepcopy(drawing.root)
    for parent in list(root.iter()) if ids else ():
        for child in list(parent):
            if child.get("id") in ids:
                parent.remove(child)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("xmlns:xlink", "http://www.w3.org/1999/xlink")
    return root


_INTERSECT = Qt.ClipOperation.IntersectClip


def _cropped(width: float, height: float, bounds: Rect) -> QRectF:
    """The middle of a picture, in the shape of `bounds`."""
    shape = bounds.width / bounds.height
    if width / height > shape:
        kept = height * shape
        return QRectF((width - kept) / 2, 0.0, kept, height)
    kept = width / shape
    return QRectF(0.0, (height - kept) / 2, width, kept)


def _stamp(path: Path | None) -> tuple[int, int] | None:
    """Time in nanoseconds and size of a file; None where there is none."""
    try:
        found = path.stat() if path is not None else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if found is not None else None


class FoundMedia:
    """The file of a film or sound, and what its head says; `duration` in seconds and `ratio` are 0 if it does not."""

    def __init__(self, folder: Path | None, source: str, within: Path | None) -> None:
        from atelier.deck.media_files import MediaFile, find_media, media_fault, read_media_file

        found = find_media(folder, source, within)
        self.path: Path | None = None
        self.problem: Diagnostic | None = None
        file = MediaFile("")
        if isinstance(found, Diagnostic):
            self.problem = found
            if found.code == "media-missing" and folder is not None:
                self.path = folder / unquote(source)  # where it may yet appear
        else:
            self.path = found
            try:
                file = read_media_file(found)
                self.problem = media_fault(file, readable(source))
            except OSError as error:
                message = _("“{name}” cannot be opened.").format(name=readable(source))
                self.problem = Diagnostic("media-unreadable", message, reason(error))
        self.stamp = _stamp(self.path)
        self.duration = file.duration
        self.width, self.ratio = file.width, file.ratio

    @property
    def missing(self) -> bool:
        return self.problem is not None


class Pictures:
    """All pictures of one deck, its films and sounds with them. `folder` is the only place they are read from, but for
    those of texts put in.

    `colours` are those a drawing may take over: `currentColor` is "ink", in an element of class "muted" or "accent"
    that one.
    """

    def __init__(
        self,
        folder: Path | None,
        colours: Mapping[str, str] | None = None,
        changed: Callable[[SafeSvg], SafeSvg] | None = None,
    ) -> None:
        self.folder = folder
        self.colours = colours or {}
        self.changed = changed
        """What is made of a drawing before anything of it is shown; None where it is shown as it is."""
        self._pictures: dict[tuple[Path | None, str, tuple[str, ...]], tuple[Picture, Diagnostic | None]] = {}
        self._media: dict[tuple[Path | None, str], FoundMedia] = {}
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._bytes = 0
        self.on_paper: Callable[[Picture, float], QImage] | None = None
        """What stands for a picture, its longer side so many units, on a page that has no pixels."""

    def get(
        self,
        source: str,
        alt: str,
        report: Report | None = None,
        line: int = 0,
        *,
        clear: tuple[str, ...] = (),
        origin: Origin | None = None,
    ) -> Picture:
        """The picture `source` of the text, found and measured once; what is wrong with it goes to `report`.

        `origin` is the file it is named in, where that is not the deck's own.
        """
        key = (None if origin is None else origin.file, source, clear)
        known = self._pictures.get(key)
        if known is None:
            picture = Picture(self, source, alt, origin)
            picture.clear = clear
            problem = picture.measure()
            picture.missing = problem is not None
            known = self._pictures[key] = (picture, problem)
        picture, problem = known
        if problem is not None and report is not None:
            report.add(problem.code, problem.message, problem.hint, line)
        return picture

    def media(
        self, source: str, report: Report | None = None, line: int = 0, *, origin: Origin | None = None
    ) -> FoundMedia:
        """The film or sound `source` of the text, looked at once; what is wrong with it goes to `report`."""
        key = (None if origin is None else origin.file, source)
        found = self._media.get(key)
        if found is None:
            folder = self.folder if origin is None else origin.file.parent
            found = self._media[key] = FoundMedia(folder, source, None if origin is None else origin.within)
        if found.problem is not None and report is not None:
            report.add(found.problem.code, found.problem.message, found.problem.hint, line)
        return found

    def beside(self, origin: Origin | None) -> Pictures | PicturesBeside:
        """The pictures as a text names them that was put in; the deck's own text names them as they are here."""
        return self if origin is None else PicturesBeside(self, origin)

    def files(self) -> tuple[Path, ...]:
        """The files of the pictures that were asked for and found."""
        pictures = (picture for picture, _ in self._pictures.values())
        return tuple({each.path: None for each in (*pictures, *self._media.values()) if each.path is not None})

    def unchanged(self) -> bool:
        """Whether every file is still as it was when it was measured."""
        pictures = (picture for picture, _ in self._pictures.values())
        return all(each.stamp == _stamp(each.path) for each in (*pictures, *self._media.values()))

    @property
    def held(self) -> int:
        """Bytes of decoded pictures that are kept at the moment."""
        return self._bytes

    def decoded(self, picture: Picture, level: int) -> QImage:
        """Pixels of `picture`, the least recently drawn ones forgotten beyond the budget."""
        key = (id(picture), level)
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
            return image
        image = picture.decode(level)
        self._images[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > BUDGET and len(self._images) > 1:
            _key, old = self._images.popitem(last=False)
            self._bytes -= old.sizeInBytes()
        return image


class PicturesBeside:
    """The pictures of a deck as a text names them that was put into it."""

    def __init__(self, pictures: Pictures, origin: Origin) -> None:
        self._pictures = pictures
        self._origin = origin

    def get(
        self, source: str, alt: str, report: Report | None = None, line: int = 0, *, clear: tuple[str, ...] = ()
    ) -> Picture:
        """The picture `source` of that text."""
        return self._pictures.get(source, alt, report, line, clear=clear, origin=self._origin)

    def media(self, source: str, report: Report | None = None, line: int = 0) -> FoundMedia:
        """The film or sound `source` of that text."""
        return self._pictures.media(source, report, line, origin=self._origin)
