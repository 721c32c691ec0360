"""Pictures without what their files say beside the picture: where a photograph was taken, by whom, with what, when,
comments, thumbnails of an earlier state, and whatever stands behind the end. Nothing is decoded; the picture itself
stays as it is, bit by bit.

Kept is what it is shown by: the colour profile, transparency, the frames of an animation, and of Exif the orientation.
Formats: JPEG (ITU-T T.81, B.1; Exif 2.32, 4.6), PNG (ISO 15948, 5.3), GIF89a, WebP (RFC 9649).
"""

from __future__ import annotations

import struct
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP", b"bKGD", b"pHYs",
    b"acTL", b"fcTL", b"fdAT",
})  # fmt: skip
_PROFILE_NAME: Final = b"profile\0"
"""Of every colour profile: one of its own might say something."""
_PNG_TEXTS: Final = (b"tEXt", b"zTXt", b"iTXt")
_WEBP_KEPT: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
_WEBP_CODED: Final = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_LENGTHS: Final = {b"VP8X": 10, b"ANIM": 6}
"""Bytes that a part of a WebP has; what is behind them is nobody's."""
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
_ORIENTATION, _POSITION = 0x0112, 0x8825
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_SCAN, _END = 0xDA, 0xD9
_CODING: Final = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}) - {0xC8}
"""Markers of what the picture is decoded with (T.81, table B.1)."""
_ICC: Final = b"ICC_PROFILE\0"
_ADOBE: Final = b"Adobe"
_ADOBE_LENGTH, _JFIF_LENGTH = 12, 14
_LARGEST_PROFILE: Final = 4_000_000


class Said(Enum):
    """What a file says beside its picture."""

    POSITION = auto()
    """Where it was taken."""
    CAMERA = auto()
    """With what and when, as Exif has it."""
    DESCRIPTION = auto()
    """Titles, authors, places: XMP, IPTC, texts of PNG."""
    COMMENT = auto()
    THUMBNAIL = auto()
    TIME = auto()
    REST = auto()
    """What a program keeps for itself, and what stands behind the end."""


def bare_picture(data: bytes) -> bytes | None:
    """The picture without metadata; None for what is no whole picture of these formats."""
    return _read(data, set())


def said_beside(data: bytes) -> frozenset[Said]:
    """What `bare_picture` leaves out; nothing for what is no whole picture of these formats."""
    gone: set[Said] = set()
    return frozenset(gone) if _read(data, gone) is not None else frozenset()


_LOOPS: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_PNG_SAID: Final = {b"tIME": Said.TIME, **dict.fromkeys(_PNG_TEXTS, Said.DESCRIPTION)}


def _read(data: bytes, gone: set[Said]) -> bytes | None:
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data, gone)
        if data.startswith(_PNG):
            return _png(data, gone)
        if data.startswith((b"GIF87a", b"GIF89a")):
            return _gif(data, gone)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _webp(data, gone)
    except (struct.error, IndexError, _BrokenError):
        pass
    return None


class _BrokenError(Exception):
    """The file is not built as its format is."""


# -------------------------------------------------------------------------------------------------------------- JPEG


def _jpeg(data: bytes, gone: set[Said]) -> bytes:
    out = bytearray(b"\xff\xd8")
    rotated = 0
    at = 2
    while True:
        if data[at] != 0xFF:
            raise _BrokenError
        while data[at] == 0xFF:  # any number of fill bytes may come before a marker
            at += 1
        mark = data[at]
        at += 1
        if mark == _END:
            gone |= {Said.REST} if at < len(data) else set()
            return bytes(out) + b"\xff\xd9"
        if mark in _STANDALONE:
            out += bytes((0xFF, mark))
            continue
        (size,) = struct.unpack_from(">H", data, at)
        if size < 2 or at + size > len(data):
            raise _BrokenError
        body = data[at + 2 : at + size]
        at += size
        if mark == 0xE1 and body.startswith(b"Exif\0\0") and not rotated:
            rotated = _orientation(body[6:])
            if rotated > 1:
                exif = b"Exif\0\0" + _turned(rotated)
                out += struct.pack(">BBH", 0xFF, 0xE1, len(exif) + 2) + exif
        if _keeps(mark, body):
            plain = _plain(mark, body)
            if plain != body:
                gone.add(Said.THUMBNAIL if mark == 0xE0 else Said.REST)
            out += struct.pack(">BBH", 0xFF, mark, len(plain) + 2) + plain
        elif mark == 0xE1 and body.startswith(b"Exif\0\0"):
            gone |= _said_by_exif(body[6:])
        elif mark == 0xFE:
            gone.add(Said.COMMENT)
        else:
            gone.add(Said.DESCRIPTION if mark in {0xE1, 0xED} else Said.REST)
        if mark == _SCAN:
            end = _scan_end(data, at)
            out += data[at:end]
            at = end


def _keeps(mark: int, body: bytes) -> bool:
    """Whether a segment belongs to the picture: of those of applications, JFIF, the colour profile and Adobe's."""
    return (
        mark in _CODING
        or (mark == 0xE0 and body.startswith(b"JFIF\0"))
        or (mark == 0xE2 and body.startswith(_ICC))
        or (mark == 0xEE and body.startswith(_ADOBE))
    )


def _plain(mark: int, body: bytes) -> bytes:
    """A segment that is kept, without what may follow its values: in JFIF a thumbnail."""
    if mark == 0xE0 and len(body) >= _JFIF_LENGTH:
        return body[: _JFIF_LENGTH - 2] + b"\0\0"
    return body[:_ADOBE_LENGTH] if mark == 0xEE else body


def _scan_end(data: bytes, at: int) -> int:
    """Where the coded picture ends: at the first marker that is none of its own."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise _BrokenError
        if data[at + 1] == 0 or data[at + 1] in _STANDALONE:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _orientation(tiff: bytes) -> int:
    """From 1 to 8 as in Exif, 4.6.5.A; 1 where it does not say."""
    value = _directory(tiff).get(_ORIENTATION, 1)
    return value if 1 <= value <= 8 else 1


def _said_by_exif(tiff: bytes) -> set[Said]:
    """What Exif tells but how the picture is turned."""
    tags = _directory(tiff)
    said = {Said.POSITION} if _POSITION in tags else set[Said]()
    if not tags or tags.keys() - {_ORIENTATION, _POSITION}:
        said.add(Said.CAMERA)
    return said


def _directory(tiff: bytes) -> dict[int, int]:
    """The first two bytes of every value in the first directory, by their tags (TIFF 6.0, section 2)."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    found: dict[int, int] = {}
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for entry in range(min(count, 512) if order else 0):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * entry)
            found.setdefault(tag, value)
    except struct.error:
        pass
    return found


def _turned(orientation: int) -> bytes:
    """Exif that says how the picture is turned, and nothing else."""
    return b"MM\0\x2a\0\0\0\x08" + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, orientation, 0, 0)


# --------------------------------------------------------------------------------------------------------------- PNG


def _png(data: bytes, gone: set[Said]) -> bytes:
    out = bytearray(_PNG)
    at = len(_PNG)
    while True:
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data):
            raise _BrokenError
        if kind in _PNG_KEPT:
            out += data[at:end]
        elif kind == b"iCCP":
            out += _png_part(kind, _PROFILE_NAME + data[at + 8 : end - 4].partition(b"\0")[2])
        elif kind == b"eXIf":
            exif = data[at + 8 : end - 4]
            gone |= _said_by_exif(exif)
            out += _png_part(kind, _turned(_orientation(exif))) if _orientation(exif) > 1 else b""
        else:
            gone.add(_PNG_SAID.get(kind, Said.REST))
        if kind == b"IEND":
            gone |= {Said.REST} if end < len(data) else set()
            return bytes(out)
        at = end


def _png_part(kind: bytes, body: bytes) -> bytes:
    import zlib

    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


# --------------------------------------------------------------------------------------------------------------- GIF


def _gif(data: bytes, gone: set[Said]) -> bytes:
    flags = data[10]
    at = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    out = bytearray(data[:at])
    while True:
        mark = data[at]
        if mark == 0x3B:
            gone |= {Said.REST} if at + 1 < len(data) else set()
            return bytes(out) + b"\x3b"
        start = at
        if mark == 0x21:
            label = data[at + 1]
            at = _gif_blocks(data, at + 2)
            if label == 0xF9 and data[start + 2] == 4:  # how a frame is shown
                out += data[start : start + 7] + b"\0"
            elif label == 0xFF and data[start + 3 : start + 14] in _LOOPS and data[start + 14 : start + 16] == b"\3\1":
                out += data[start : start + 18] + b"\0"  # how often an animation runs
            else:
                gone.add({0xFE: Said.COMMENT, 0xFF: Said.DESCRIPTION}.get(label, Said.REST))
        elif mark == 0x2C:
            local = data[at + 9]
            at += 10 + (3 << (local & 7) + 1 if local & 0x80 else 0)
            at = _gif_blocks(data, at + 1)
            out += data[start:at]
        else:
            raise _BrokenError


def _gif_blocks(data: bytes, at: int) -> int:
    """Behind the blocks that begin at `at`: each says its length, an empty one ends them."""
    while size := data[at]:
        at += size + 1
    if at >= len(data):
        raise _BrokenError
    return at + 1


# -------------------------------------------------------------------------------------------------------------- WebP


def _webp(data: bytes, gone: set[Said]) -> bytes:
    (length,) = struct.unpack_from("<I", data, 4)
    if length + 8 > len(data):
        raise _BrokenError
    gone |= {Said.REST} if length + 8 < len(data) else set()
    out = bytearray()
    parts = [(kind, body[: _LENGTHS.get(kind, len(body))]) for kind, body in _webp_parts(data[12 : length + 8])]
    if not any(kind in _WEBP_CODED for kind, _body in parts):
        raise _BrokenError
    exif = next((body.removeprefix(b"Exif\0\0") for kind, body in parts if kind == b"EXIF"), b"")
    turned = _orientation(exif) if parts and parts[0][0] == b"VP8X" else 1
    for kind, body in parts:
        if kind == b"ICCP" and len(body) <= _LARGEST_PROFILE:
            out += _webp_part(kind, body)
        elif kind == b"VP8X":
            flags = body[0] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if turned > 1 else 0)
            out += _webp_part(kind, bytes((flags,)) + body[1:])
        elif kind == b"ANMF":
            inner = b"".join(_webp_part(k, b) for k, b in _webp_parts(body[16:]) if k in _WEBP_KEPT)
            out += _webp_part(kind, body[:16] + inner)
        elif kind in _WEBP_KEPT:
            out += _webp_part(kind, body)
        elif kind == b"EXIF":
            gone |= _said_by_exif(body.removeprefix(b"Exif\0\0"))
        else:
            gone.add(Said.DESCRIPTION if kind == b"XMP " else Said.REST)
    out += _webp_part(b"EXIF", _turned(turned)) if turned > 1 else b""
    return b"RIFF" + struct.pack("<I", len(out) + 4) + b"WEBP" + bytes(out)


def _webp_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, at)
        if at + 8 + size > len(data):
            raise _BrokenError
        yield kind, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _webp_part(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
