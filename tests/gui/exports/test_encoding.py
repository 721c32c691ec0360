"""Pictures as files, read back by Qt."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from atelier.exports.encoding import drawing_png, jpeg, png

Format = QImage.Format


def drawn(width: int, height: int, kind: Format = Format.Format_ARGB32_Premultiplied) -> QImage:
    """Some colours, a half transparent one, and a gradient, where they can be told apart."""
    image = QImage(width, height, kind)
    image.fill(0)
    image.setText("Author", "SECRET")
    gradient = QLinearGradient(QPointF(0, 0), QPointF(width, height))
    gradient.setColorAt(0.0, QColor("#c01848"))
    gradient.setColorAt(1.0, QColor("#ffe9c0"))
    painter = QPainter(image)
    painter.fillRect(0, 0, width, height // 2, gradient)
    painter.fillRect(width // 2, 0, width, height, QColor(0, 80, 200, 128))
    painter.end()
    return image


@pytest.mark.parametrize(("width", "height"), [(1, 1), (3, 2), (97, 61), (641, 7)])
def test_a_drawing_comes_back_as_it_was(width: int, height: int) -> None:
    image = drawn(width, height)
    read = QImage.fromData(drawing_png(image))
    assert read == image.convertToFormat(read.format())


def test_of_flat_colours_it_is_smaller_than_with_filters() -> None:
    image = QImage(600, 400, Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for i in range(12):
        painter.setBrush(QColor.fromHsv(30 * i, 200, 200))
        painter.drawEllipse(40 * i, 25 * i, 120, 90)
    painter.end()
    assert len(drawing_png(image)) < len(png(image, 60))


@pytest.mark.parametrize(
    "kind",
    [Format.Format_RGB32, Format.Format_RGB888, Format.Format_RGB16, Format.Format_Indexed8, Format.Format_Grayscale8],
)
def test_a_photograph_of_any_kind_keeps_its_colours_nearly(kind: Format) -> None:
    image = drawn(97, 61, Format.Format_RGB32).convertToFormat(kind, Qt.ImageConversionFlag.ThresholdDither)
    read = QImage.fromData(jpeg(image, 90))
    assert read.size() == image.size()
    for x, y in ((5, 5), (20, 50), (90, 50)):
        one, other = image.pixelColor(x, y), read.pixelColor(x, y)
        assert max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue())) < 12


def test_what_a_picture_says_of_itself_stays_behind() -> None:
    image = drawn(20, 20)
    for data in (png(image, 60), drawing_png(image), jpeg(image, 90)):
        assert QImage.fromData(data).size() == image.size()
        assert b"SECRET" not in data
