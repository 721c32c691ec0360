"""What kind of picture a file is and how large, from its first bytes: nothing is decoded.

Formats: PNG (ISO 15948, 11.2.2), JPEG (ITU-T T.81, B.2.2), GIF89a, BMP, and the WebP container (RFC 9649).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = 64
"""Bytes that tell the format."""
_MOST_SEGMENTS = 2_000
"""Of a JPEG that are passed over until its size comes."""
_START_OF_FRAME = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"hevc": "HEIC", b"avif": "AVIF", b"avis": "AVIF"}
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\0\0\1\0", "ICO"),
    (b"8BPS", "Photoshop"),
    (b"\x1aE\xdf\xa3", "WebM"),
    (b"PK\3\4", "ZIP"),
    (b"<!DOCTYPE html", "HTML"),
    (b"<html", "HTML"),
    (b"version https://git-lfs", "Git LFS"),
)


@dataclass(frozen=True, slots=True)
class ImageFile:
    """`kind` is the format's name; `width` and `height`, in pixels, are 0 where this program cannot show the format."""

    kind: str
    width: int = 0
    height: int = 0


def read_image_file(path: Path) -> ImageFile:
    """The format and size of the picture at `path`; `kind` is empty where it is none. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(b"\xff\xd8\xff"):
            return ImageFile("JPEG", *_jpeg_size(file))
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        return ImageFile("PNG", _big(head[16:20]), _big(head[20:24]))
    if head.startswith((b"GIF87a", b"GIF89a")):
        return ImageFile("GIF", _little(head[6:8]), _little(head[8:10]))
    if head.startswith(b"BM") and len(head) >= 26:
        return ImageFile("BMP", abs(_signed(head[18:22])), abs(_signed(head[22:26])))
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ImageFile("WebP", *_webp_size(head))
    if head[4:8] == b"ftyp":
        return ImageFile(_BRANDS.get(head[8:12], "MP4"))
    start = head.lstrip()
    return ImageFile(next((name for mark, name in _OTHERS if start.startswith(mark)), ""))


def is_cut_off(path: Path, kind: str) -> bool:
    """Whether a picture of that kind has no end, as where a download or a copy was given up. Raises OSError.

    Whatever a camera or a program puts behind the end does no harm. Other kinds are taken to be whole.
    """
    import mmap

    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if kind == "WebP":
            return _little(data[4:8]) + 8 > len(data)
        return kind in _ENDS and data.rfind(_ENDS[kind]) < 0


_ENDS = {"PNG": b"IEND", "JPEG": b"\xff\xd9"}
"""A JPEG may hold a smaller one, which has an end as well: only its last part is then missed."""


def _jpeg_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height from the first frame header; (0, 0) where there is none."""
    file.seek(2)
    for _segment in range(_MOST_SEGMENTS):
        mark = file.read(1)
        if mark != b"\xff":
            break
        while mark == b"\xff":  # any number of fill bytes may come before a marker
            mark = file.read(1)
        if not mark:
            break
        if mark[0] in _STANDALONE:
            continue
        size = _big(file.read(2))
        if mark[0] in _START_OF_FRAME:
            header = file.read(5)
            return _big(header[3:5]), _big(header[1:3])
        if size < 2:
            break
        file.seek(size - 2, 1)
    return 0, 0


def _webp_size(head: bytes) -> tuple[int, int]:
    match head[12:16]:
        case b"VP8 ":
            return _little(head[26:28]) & 0x3FFF, _little(head[28:30]) & 0x3FFF
        case b"VP8L":
            bits = _little(head[21:25])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return _little(head[24:27]) + 1, _little(head[27:30]) + 1
        case _:
            return 0, 0


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _signed(data: bytes) -> int:
    return int.from_bytes(data, "little", signed=True)
