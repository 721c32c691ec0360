"""Pictures of a path as a PDF: vector shapes, selectable text, embedded fonts, an outline and links that work."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from atelier.exports.links import Links
from atelier.exports.painters import ended
from atelier.exports.pdf_file import PdfFile, reference, references
from atelier.exports.pdf_mending import mend
from atelier.exports.pdf_pictures import PaperPainter, Repeated
from atelier.exports.pdf_reading import Page, make_readable
from atelier.exports.pdf_tags import put_tags
from atelier.exports.stops import paint_stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from atelier.exports.pdf_reading import Metadata
    from atelier.exports.stops import StopPicture
    from atelier.foundation.geometry import Size
    from atelier.render.scene import Scene
    from atelier.typeset.structure import Element

Paint: TypeAlias = "Callable[[PaperPainter, Callable[[], object]], list[Page]]"
"""Paints pages, calling what begins the next one between two, and says what is on each."""
_POINTS = 0.75


def write_pdf(scene: Scene, pictures: Iterable[StopPicture], size: Size, draft: Path, metadata: Metadata) -> int:
    """Writes one page a picture to `draft` and returns their number. `size` is that of a page in its pixels.

    Raises OSError where the file cannot be written, and leaves what there is of it.
    """

    def paint(painter: PaperPainter, next_page: Callable[[], object]) -> list[Page]:
        links = Links(scene)
        told: list[Page] = []
        last = -1
        for picture in pictures:
            if told:
                next_page()
            painter.setClipRect(QRectF(0, 0, size.width, size.height))
            paint_stop(scene, painter, picture, size)
            title = scene.deck.frames[picture.frame].title if picture.frame != last else ""
            last = picture.frame
            told.append(Page(picture.stop + 1, ((picture.frame, title),), tuple(links.of(picture, size))))
        return told

    return write_pages(scene, size, draft, metadata, paint)


def write_pages(scene: Scene, size: Size, draft: Path, metadata: Metadata, paint: Paint) -> int:
    """Writes the pages that `paint` paints to `draft` and returns their number. `size` is that of a page in its pixels.

    Raises OSError where the file cannot be written, and leaves what there is of it.
    """
    repeated = Repeated()
    told, painted, elements = _painted(scene, size, repeated, paint)
    pdf = PdfFile(painted)
    pages = _pages(pdf)
    mend(pdf, pages)
    own, extra = pages[: len(told)], pages[len(told) :]
    repeated.replace(pdf, extra, size.height * _POINTS)
    if extra:
        _drop_pages(pdf, own, extra)
    make_readable(pdf, own, told, scene.deck.frames, size.height, metadata)
    put_tags(pdf, own, told, elements, scene.deck.frames)
    identity = hashlib.sha256(repr((scene.deck.digest, told, size)).encode()).hexdigest()[:32].upper()
    with draft.open("xb") as out:
        pdf.write(out, identity.encode())
    return len(told)


def _painted(
    scene: Scene, size: Size, repeated: Repeated, paint: Paint
) -> tuple[list[Page], bytes, list[Element | None]]:
    """Paints the pages, and after them what is repeated on pages of their own: words and shapes, so it is not much.

    It stays in memory, for QPdfWriter says nothing of a full disk.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(96)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QSizeF(size.width * _POINTS, size.height * _POINTS), QPageSize.Unit.Point),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    painter = PaperPainter(repeated)

    def next_page() -> None:
        writer.newPage()
        painter.begin_page()

    on_paper, scene.pictures.on_paper = scene.pictures.on_paper, repeated.picture
    try:
        with ended(painter):
            painter.begin(writer)
            painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
            told = paint(painter, next_page)
            painter.setClipping(False)
            for thing in repeated.drawn:
                writer.newPage()
                painter.save()
                thing.paint(painter)
                painter.restore()
    finally:
        scene.pictures.on_paper = on_paper
    return told, bytes(buffer.data().data()), painter.elements


_KIDS = re.compile(rb"/Kids\s*\[[^\]]*\]")
_COUNT = re.compile(rb"/Count\s+\d+")


def _tree(pdf: PdfFile) -> tuple[int, bytes]:
    number = reference(pdf.dictionary(pdf.root), b"Pages")
    return number, pdf.dictionary(number)


def _pages(pdf: PdfFile) -> list[int]:
    """The objects of the pages in order; Qt has them in one array."""
    found = _KIDS.search(_tree(pdf)[1])
    return references(found.group()) if found is not None else []


def _drop_pages(pdf: PdfFile, kept: list[int], dropped: list[int]) -> None:
    """Takes pages out of the tree, and what only they need out of the file; their resources stay."""
    number, tree = _tree(pdf)
    kids = b" ".join(b"%d 0 R" % page for page in kept)
    tree = _KIDS.sub(b"/Kids [%s]" % kids, tree)
    pdf.replace(number, _COUNT.sub(b"/Count %d" % len(kept), tree))
    for page in dropped:
        dictionary = pdf.dictionary(page)
        pdf.drop(reference(dictionary, b"Annots"))
        pdf.drop(reference(dictionary, b"Contents"))
        pdf.drop(page)
