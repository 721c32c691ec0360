"""What a PDF shows more than once and holds but once: drawings as drawings, other pictures as pixels, long outlines.

While pages are painted, a small picture stands for each. QPdfWriter writes it once and refers to it from every page,
and afterwards its object is replaced: by the pixels at the finest size they are shown at, or by a form that holds the
content of an extra page, on which the drawing or the outline was painted by itself.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from secrets import token_bytes
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen

from atelier.exports.encoding import jpeg
from atelier.exports.pdf_file import number_string, reference, stream_body
from atelier.exports.pdf_mending import without_false_strokes
from atelier.exports.pdf_tags import TaggingPainter
from atelier.foundation.geometry import Size

if TYPE_CHECKING:
    from atelier.exports.pdf_file import PdfFile
    from atelier.typeset.pictures import Picture

DRAWN = 3000.0
"""Units of the longer side of a drawing on its page: parts that Qt paints as pixels have that many."""
FINEST = 2560
"""Pixels of the longer side of a picture."""
FINER = 2.0
"""Pixels for each one of the page's, which has 1080 to its height."""
_SMALLEST = 16
JPEG_QUALITY = 90
_ALPHA = QImage.Format.Format_Alpha8
LONG = 120
"""Elements of an outline from which on it is kept by itself."""
_POINTS = 0.75
"""Points in one of the page's pixels."""
_TOKEN, _NUMBER = 40, 8
"""Bytes of a stand-in: which file it is of, and which of its pictures."""


@dataclass(slots=True)
class _Pixels:
    picture: Picture
    longest: float


@dataclass(slots=True)
class _Drawing:
    picture: Picture
    size: Size

    def paint(self, painter: QPainter) -> None:
        from PySide6.QtSvg import QSvgRenderer

        from atelier.exports.drawings import for_paper

        renderer = QSvgRenderer(QByteArray(for_paper(self.picture.svg())))
        renderer.render(painter, QRectF(0.0, 0.0, self.size.width, self.size.height))


@dataclass(slots=True)
class _Outline:
    path: QPainterPath
    brush: QBrush
    pen: QPen
    box: QRectF

    @property
    def size(self) -> Size:
        return Size(self.box.width(), self.box.height())

    def paint(self, painter: QPainter) -> None:
        painter.translate(-self.box.topLeft())
        painter.setBrush(self.brush)
        painter.setPen(self.pen)
        QPainter.drawPath(painter, self.path)  # also where the painter would have something stand in for it


class Repeated:
    """What one file holds but once, in the order in which it is first seen."""

    def __init__(self) -> None:
        self._token = token_bytes(_TOKEN)
        self._things: list[_Pixels | _Drawing | _Outline] = []
        self._stand_ins: dict[object, tuple[int, QImage]] = {}

    def picture(self, picture: Picture, longest: float) -> QImage:
        """What is painted in place of `picture`, whose longer side is `longest` of the page's pixels."""
        known = self._stand_ins.get(picture)
        if known is None:
            if picture.vector:
                factor = DRAWN / max(picture.width, picture.height)
                size = Size(picture.width * factor, picture.height * factor)
                return self._add(picture, _Drawing(picture, size))
            return self._add(picture, _Pixels(picture, longest))
        thing = self._things[known[0]]
        if isinstance(thing, _Pixels):
            thing.longest = max(thing.longest, longest)
        return known[1]

    def outline(self, path: QPainterPath, brush: QBrush, pen: QPen, box: QRectF) -> QImage:
        """What is painted into `box`, which holds the stroke too, in place of `path`."""
        key = (_digest(path), brush.color().rgba(), pen.style(), pen.color().rgba(), pen.widthF(), brush.style())
        known = self._stand_ins.get(key)
        if known is None:
            return self._add(key, _Outline(QPainterPath(path), QBrush(brush), QPen(pen), box))
        return known[1]

    def _add(self, key: object, thing: _Pixels | _Drawing | _Outline) -> QImage:
        data = self._token + len(self._things).to_bytes(_NUMBER)
        image = QImage(data, len(data) // 3, 1, len(data), QImage.Format.Format_RGB888)
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        self._stand_ins[key] = (len(self._things), image)
        self._things.append(thing)
        return image

    @property
    def drawn(self) -> list[_Drawing | _Outline]:
        """Those that are painted on a page of their own, from its corner on; the page may be smaller."""
        return [thing for thing in self._things if not isinstance(thing, _Pixels)]

    def replace(self, pdf: PdfFile, pages: list[int], page_height: float) -> None:
        """Puts all into the places of their stand-ins; `pages` are those of the drawn, `page_height` in points."""
        page_of = {id(thing): page for thing, page in zip(self.drawn, pages, strict=True)}
        for number in list(pdf.numbers()):
            dictionary = pdf.dictionary(number)
            if b"/Subtype /Image" not in dictionary or b"/Height 1\n" not in dictionary:
                continue
            data = pdf.stream(number)
            if data[:_TOKEN] != self._token:
                continue
            thing = self._things[int.from_bytes(data[_TOKEN : _TOKEN + _NUMBER])]
            if isinstance(thing, _Pixels):
                _put_pixels(pdf, number, thing)
            else:
                pdf.replace(number, _form(pdf, page_of[id(thing)], thing.size, page_height))


class PaperPainter(TaggingPainter):
    """A painter that keeps long outlines once, and notes what it paints."""

    def __init__(self, repeated: Repeated) -> None:
        super().__init__()
        self._repeated = repeated

    def drawPath(self, path: QPainterPath) -> None:
        brush, pen = self.brush(), self.pen()
        plain = brush.style() in _PLAIN and pen.brush().style() in _PLAIN and self.opacity() == 1.0
        if path.elementCount() < LONG or not plain:
            super().drawPath(path)
            return
        grown = pen.widthF() if pen.style() is not Qt.PenStyle.NoPen else 0.0
        box = path.controlPointRect().adjusted(-grown, -grown, grown, grown)
        self.drawImage(box, self._repeated.outline(path, brush, pen, box))

    def drawImage(self, target: QRectF, image: QImage) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.setBrush(Qt.GlobalColor.black)  # QPdfWriter paints a picture as opaque as the brush at hand
        super().drawImage(target, image)


_PLAIN = frozenset({Qt.BrushStyle.NoBrush, Qt.BrushStyle.SolidPattern})


def _digest(path: QPainterPath) -> bytes:
    data = QByteArray()
    stream = QDataStream(data, QIODevice.OpenModeFlag.WriteOnly)
    stream.__lshift__(path)
    return hashlib.blake2b(data.data()).digest()


def _form(pdf: PdfFile, page: int, size: Size, page_height: float) -> bytes:
    """The content of a page as what can be painted into a square of one unit."""
    dictionary = pdf.dictionary(page)
    width, height = size.width * _POINTS, size.height * _POINTS
    box = _numbers(0.0, page_height - height, width, page_height)
    place = _numbers(1 / width, 0.0, 0.0, 1 / height, 0.0, (height - page_height) / height)
    content = without_false_strokes(pdf.stream(reference(dictionary, b"Contents")))
    return stream_body(
        b"/Type /XObject\n/Subtype /Form\n/BBox [%s]\n/Matrix [%s]\n/Group << /S /Transparency /CS /DeviceRGB >>\n"
        b"/Resources %d 0 R" % (box, place, reference(dictionary, b"Resources")),
        content,
    )


def _numbers(*values: float) -> bytes:
    return b" ".join(number_string(value) for value in values)


# --- pixels --------------------------------------------------------------------------------------------------------


def _put_pixels(pdf: PdfFile, number: int, of: _Pixels) -> None:
    """Gives an object the pixels of a picture, which is read when the file is written: one at a time is in memory."""
    mask = pdf.add()
    alpha = b"null"

    def pixels() -> bytes:
        nonlocal alpha
        image = of.picture.decode(min(max(round(of.longest * FINER), _SMALLEST), FINEST))
        if image.isNull():  # it has gone since
            image = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(QColor(128, 128, 128, 26))
        dictionary = _image(image, b"/DeviceRGB")
        if image.hasAlphaChannel():
            alpha = stream_body(_image(image, b"/DeviceGray"), _rows(image.convertToFormat(_ALPHA), 1))
            dictionary += b"\n/SMask %d 0 R" % mask
            image = image.convertToFormat(QImage.Format.Format_ARGB32)
            image.reinterpretAsFormat(QImage.Format.Format_RGB32)
        plain = image.convertToFormat(QImage.Format.Format_RGB888)
        packed = zlib.compress(_rows(plain, 3))
        lossy = jpeg(plain, JPEG_QUALITY)
        if len(packed) <= len(lossy):
            return stream_body(dictionary + b"\n/Filter /FlateDecode", packed, pack=False)
        return stream_body(dictionary + b"\n/Filter /DCTDecode", lossy, pack=False)

    pdf.replace(number, pixels)
    pdf.replace(mask, lambda: alpha)  # its number is higher, so it is written later


def _image(image: QImage, colours: bytes) -> bytes:
    return (
        b"/Type /XObject\n/Subtype /Image\n/Width %d\n/Height %d\n/BitsPerComponent 8\n/ColorSpace %s\n"
        b"/Interpolate true" % (image.width(), image.height(), colours)
    )


def _rows(image: QImage, channels: int) -> bytes:
    """The pixels without what fills up the rows."""
    stride, width = image.bytesPerLine(), image.width() * channels
    data = bytes(image.constBits())
    if stride == width:
        return data
    return b"".join(data[row * stride : row * stride + width] for row in range(image.height()))
