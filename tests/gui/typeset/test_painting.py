"""Painting: steps, progress, clips, printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from atelier.canvas.faces import Face
from atelier.foundation.geometry import Rect, Size
from atelier.markup import blocks as md
from atelier.markup.blocks import Text
from atelier.typeset.display import BoxItem, DisplayList, ShadowItem
from atelier.typeset.painting import paint

from .typeset_decks import CARD, build
from .typeset_reading import image

if TYPE_CHECKING:
    from pathlib import Path

RED, BLACK = QColor("#ff0000"), QColor("#000000")


def squares() -> DisplayList:
    """Three black squares: always there, at advance 1, at advance 2; a red one from 1 until 2."""
    places = ((0, 0, 0), (100, 1, 0), (200, 2, 0), (300, 1, 2))
    items = tuple(
        BoxItem(bounds=Rect(x, 0.0, 100.0, 100.0), fill=RED if until else BLACK, step=step, until=until)
        for x, step, until in places
    )
    return DisplayList(Size(400.0, 100.0), items, steps=2)


def greys(step: int | None, progress: float = 1.0) -> list[int]:
    made = image(squares(), 400, step=step, progress=progress)
    return [made.pixelColor(x, 50).green() for x in (50, 150, 250, 350)]


def test_steps_come_one_after_the_other_and_what_was_said_steps_back() -> None:
    assert greys(0) == [0, 255, 255, 255]
    assert greys(1) == [0, 0, 255, 0]
    assert greys(2) == [0, pytest.approx(51, abs=2), 0, 255]
    assert greys(None) == [0, 0, 0, 255]


def test_a_new_step_fades_in_and_rises() -> None:
    half = image(squares(), 400, step=1, progress=0.5)
    assert 120 <= half.pixelColor(150, 50).green() <= 135
    assert half.pixelColor(150, 2).green() == 255
    assert half.pixelColor(50, 2).green() == 0


def test_a_clip_leaves_out_what_is_beside_it() -> None:
    made = QImage(400, 100, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(QColor("#ffffff"))
    painter = QPainter(made)
    paint(painter, squares(), clip=Rect(110.0, 10.0, 20.0, 20.0))
    painter.end()
    assert [made.pixelColor(x, 50).green() for x in (50, 150, 250)] == [255, 0, 255]


def test_a_turned_frame_keeps_its_shadow_together(qapp: object) -> None:
    assert qapp
    made = QImage(400, 300, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(QColor("#ffffff"))
    painter = QPainter(made)
    painter.translate(60, 40)
    painter.rotate(8)
    painter.scale(0.15, 0.15)
    paint(painter, build(title="Un").face(CARD, Face.COVER))
    painter.end()
    assert made.pixelColor(160, 120).lightness() > 200
    assert made.pixelColor(5, 5) == QColor("#ffffff")


def test_a_shadow_of_any_shape_takes_little_room_on_paper(qapp: object, tmp_path: Path) -> None:
    assert qapp
    box = Rect(0.0, 0.0, 1e8, 1000.0)
    shadow = ShadowItem(bounds=box, box=box, radius=10.0, colour=QColor("#000000"), offset=10.0, blur=30.0)
    writer = QPdfWriter(str(tmp_path / "a.pdf"))
    painter = QPainter(writer)
    paint(painter, DisplayList(Size(1e8, 1000.0), (shadow,), steps=0))
    painter.end()
    assert 0 < (tmp_path / "a.pdf").stat().st_size < 1_000_000


def test_a_pdf_page_holds_its_words(qapp: object, tmp_path: Path) -> None:
    assert qapp
    block = md.Paragraph(inlines=(Text("Le cacao est dans la pâte : 36\u202f%"),))
    display = build(block, title="Une page").face(CARD, Face.CONTENT)
    writer = QPdfWriter(str(tmp_path / "a.pdf"))
    size = QSizeF(display.size.width * 0.75, display.size.height * 0.75)
    writer.setResolution(96)
    writer.setPageLayout(
        QPageLayout(QPageSize(size, QPageSize.Unit.Point), QPageLayout.Orientation.Portrait, QMarginsF())
    )
    painter = QPainter(writer)
    paint(painter, display)
    painter.end()
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert b"/FontFile" in data
