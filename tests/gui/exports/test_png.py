"""Pictures of any size and shape, in bands that cannot be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.exports.conftest import Export

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_picture_has_the_size_that_was_asked_for(deck: Path, out: Path, write: Export) -> None:
    write(deck, "png", frame="seen", size=(0, 180))
    image = QImage(str(out / "01-seen.png"))
    assert (image.width(), image.height()) == (320, 180)


def test_another_shape_shows_more_of_the_canvas(deck: Path, out: Path, write: Export) -> None:
    write(deck, "png", frame="seen", size=(300, 300))
    image = QImage(str(out / "01-seen.png"))
    assert (image.width(), image.height()) == (300, 300)
    black = [image.pixelColor(150, y) for y in range(300) if image.pixelColor(150, y).lightness() < 8]
    assert not black


def test_it_says_what_it_is(deck: Path, out: Path, write: Export) -> None:
    write(deck, "png", frame="seen", size=(0, 90))
    image = QImage(str(out / "01-seen.png"))
    assert image.text("Title") == "Seen"
    assert image.text("Author") == "Somebody"
    assert image.text("Software").startswith("Atelier ")


@pytest.mark.parametrize("rows", [1, 7, 64])
def test_bands_cannot_be_told(deck: Path, out: Path, write: Export, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    write(deck, "png", canvas=True, size=(240, 150))
    whole = QImage(str(out / "talk-canvas.png"))
    monkeypatch.setattr("atelier.exports.png.BAND", 240 * rows)
    monkeypatch.setattr("atelier.exports.png.LEAST_ROWS", 1)
    write(deck, "png", canvas=True, size=(240, 150))
    banded = QImage(str(out / "talk-canvas.png"))
    assert banded.size() == whole.size()
    assert _difference(whole, banded) == 0.0


def _difference(one: QImage, other: QImage, most: int = 2) -> float:
    """The share of pixels that differ by more than `most` of 255."""
    size = one.width() * one.height()
    far = 0
    for y in range(one.height()):
        for x in range(one.width()):
            a, b = one.pixel(x, y), other.pixel(x, y)
            far += any(abs((a >> shift & 255) - (b >> shift & 255)) > most for shift in (0, 8, 16))
    return far / size
