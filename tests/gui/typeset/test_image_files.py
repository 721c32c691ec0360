"""The sizes read from a picture's first bytes are those it is decoded with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage, QImageReader

from atelier.deck.image_files import read_image_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", ["png", "jpg", "bmp"])
def test_sizes_are_those_a_decoder_finds(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"picture.{kind}"
    image = QImage(321, 123, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    assert image.save(str(file))
    found = read_image_file(file)
    size = QImageReader(str(file)).size()
    assert (found.width, found.height) == (size.width(), size.height()) == (321, 123)
