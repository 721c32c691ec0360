"""What a picture's first bytes say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.app.damaged_decks import png

from atelier.deck.image_files import ImageFile, read_image_file

if TYPE_CHECKING:
    from pathlib import Path

RIFF = b"RIFF\x00\x00\x00\x00WEBP"


@pytest.mark.parametrize(
    ("data", "image"),
    [
        (png(640, 360), ImageFile("PNG", 640, 360)),
        (b"GIF89a\x80\x02\x68\x01" + b"\0" * 20, ImageFile("GIF", 640, 360)),
        (b"BM" + b"\0" * 16 + b"\x80\x02\x00\x00\x98\xfe\xff\xff", ImageFile("BMP", 640, 360)),  # from the top down
        (b"\xff\xd8\xff\xe0\x00\x04xx\xff\xff\xc2\x00\x0b\x08\x01\x68\x02\x80\x03", ImageFile("JPEG", 640, 360)),
        (b"\xff\xd8\xff\xd9", ImageFile("JPEG")),
        (RIFF + b"VP8 " + b"\0" * 7 + b"\x9d\x01\x2a\x80\x02\x68\x01", ImageFile("WebP", 640, 360)),
        (RIFF + b"VP8L" + b"\0" * 4 + b"\x2f\x7f\xc2\x59\x00", ImageFile("WebP", 640, 360)),
        (RIFF + b"VP8X" + b"\0" * 8 + b"\x7f\x02\x00\x67\x01\x00", ImageFile("WebP", 640, 360)),
        (b"\0\0\0\x18ftypheic", ImageFile("HEIC")),
        (b"\0\0\0\x18ftypisom", ImageFile("MP4")),
        (b"%PDF-1.7", ImageFile("PDF")),
        (b"version https://git-lfs.github.com/spec/v1", ImageFile("Git LFS")),
        (b"", ImageFile("")),
        (b"\x89PNG", ImageFile("")),
    ],
    ids=lambda value: value.kind if isinstance(value, ImageFile) else "",
)
def test_format_and_size(data: bytes, image: ImageFile, tmp_path: Path) -> None:
    file = tmp_path / "picture"
    file.write_bytes(data)
    assert read_image_file(file) == image


@given(
    data=st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", RIFF, b"BM"]).flatmap(
        lambda head: st.binary(max_size=80).map(lambda rest: head + rest)
    )
)
def test_whatever_the_bytes_are(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("pictures") / "picture"
    file.write_bytes(data)
    found = read_image_file(file)
    assert found.width >= 0
    assert found.height >= 0
