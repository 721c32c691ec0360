"""Pictures without what their files say beside them, from bytes alone; tests/gui/deck decodes them."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.picture_metadata import Said, bare_picture, said_beside

SECRET = b"Zorblax"


def segment(mark: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def part(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


JPEG = (b"\xff\xd8", segment(0xDB, bytes(65)), segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\0\x34\xff\xd9")
PNG = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), chunk(b"IEND", b""))
GIF = (b"GIF89a\1\0\1\0\0\0\0", b"\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0\x3b")
EXIF = b"MM\0\x2a\0\0\0\x08" + struct.pack(
    ">H HHII HHIHH HHII I", 3, 0x010F, 2, 4, 0x5A6F7262, 0x0112, 3, 1, 6, 0, 0x8825, 4, 1, 0, 0
)


def jpeg(*segments: bytes) -> bytes:
    return JPEG[0] + b"".join(segments) + JPEG[1] + JPEG[2]


def webp(*parts: bytes) -> bytes:
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


EXTENDED = part(b"VP8X", b"\x0c" + bytes(9))
BY_CAMERA = {Said.CAMERA, Said.POSITION}
CASES = {
    "jpeg comment": (jpeg(segment(0xFE, SECRET)), {Said.COMMENT}),
    "jpeg xmp": (jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)), {Said.DESCRIPTION}),
    "jpeg iptc": (jpeg(segment(0xED, b"Photoshop 3.0\0" + SECRET)), {Said.DESCRIPTION}),
    "jpeg exif": (jpeg(segment(0xE1, b"Exif\0\0" + EXIF + SECRET)), BY_CAMERA),
    "jpeg thumbnail": (
        jpeg(segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\1" + SECRET[:3]) , segment(0xE0, b"JFXX\0" + SECRET)),
        {Said.THUMBNAIL, Said.REST},
    ),
    "jpeg adobe": (jpeg(segment(0xEE, b"Adobe" + bytes(7) + SECRET)), {Said.REST}),
    "jpeg reserved": (jpeg(segment(0xF5, SECRET)), {Said.REST}),
    "jpeg end": (b"".join(JPEG) + SECRET, {Said.REST}),
    "png text": (PNG[0] + chunk(b"tEXt", b"Author\0" + SECRET) + PNG[1], {Said.DESCRIPTION}),
    "png time": (PNG[0] + chunk(b"tIME", bytes(7)) + PNG[1], {Said.TIME}),
    "png exif": (PNG[0] + chunk(b"eXIf", EXIF + SECRET) + PNG[1], BY_CAMERA),
    "png palette": (PNG[0] + chunk(b"sPLT", SECRET + b"\0\x08") + PNG[1], {Said.REST}),
    "png end": (b"".join(PNG) + SECRET, {Said.REST}),
    "gif comment": (GIF[0] + b"\x21\xfe\7" + SECRET + b"\0" + GIF[1], {Said.COMMENT}),
    "gif xmp": (GIF[0] + b"\x21\xff\x0bXMP DataXMP\7" + SECRET + b"\0" + GIF[1], {Said.DESCRIPTION}),
    "gif end": (b"".join(GIF) + SECRET, {Said.REST}),
    "webp xmp": (webp(EXTENDED, part(b"VP8 ", b"x"), part(b"XMP ", SECRET)), {Said.DESCRIPTION}),
    "webp exif": (webp(EXTENDED, part(b"VP8 ", b"x"), part(b"EXIF", EXIF + SECRET)), BY_CAMERA),
    "webp end": (webp(part(b"VP8 ", b"x")) + SECRET, {Said.REST}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_a_file_says_is_gone_and_named(case: str) -> None:
    data, said = CASES[case]
    bare = bare_picture(data)
    assert bare is not None
    assert SECRET not in bare
    assert b"Zorb" not in bare
    assert said_beside(data) == said
    assert bare_picture(bare) == bare
    assert said_beside(bare) == frozenset()


def test_names_of_colour_profiles_and_extra_bytes_are_gone_without_a_word() -> None:
    named = PNG[0] + chunk(b"iCCP", SECRET + b"\0\0" + zlib.compress(b"profile")) + PNG[1]
    bare = bare_picture(named)
    assert bare is not None
    assert SECRET not in bare
    assert zlib.compress(b"profile") in bare
    looped = (
        GIF[0] + b"\x21\xff\x0bNETSCAPE2.0\3\1\0\0\7" + SECRET + b"\0\x21\xf9\4\0\0\0\0\7" + SECRET + b"\0" + GIF[1]
    )
    bare = bare_picture(looped)
    assert bare == GIF[0] + b"\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0\x21\xf9\4\0\0\0\0\0" + GIF[1]


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", PNG[0], b"".join(JPEG)[:-2], b"text"]
)
def test_what_is_no_whole_picture_is_none(data: bytes) -> None:
    assert bare_picture(data) is None
    assert said_beside(data) == frozenset()


def test_a_directory_that_leads_astray_turns_nothing() -> None:
    for tiff in (
        b"II\x2a\0\xff\xff\xff\xff",
        b"MM\0\x2a\0\0\0\0",
        b"",
        b"II\x2a\0\x08\0\0\0\xff\xff" + b"\x12\x01" * 9,
    ):
        data = jpeg(segment(0xE1, b"Exif\0\0" + tiff))
        assert bare_picture(data) == b"".join(JPEG)


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """A picture of which some bytes are others."""
    data = bytearray(draw(st.sampled_from([data for data, _said in CASES.values()])))
    for place, byte in draw(st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=6)):
        data[place] = byte
    return bytes(data[: draw(st.integers(1, len(data)))])


START = st.sampled_from(
    [b"", b"\xff\xd8\xff", PNG[0], GIF[0], b"RIFF\x40\0\0\0WEBP", b"\xff\xd8\xff\xe1\0\x20Exif\0\0MM\0\x2a"]
)


@given(st.one_of(mangled(), st.builds(bytes.__add__, START, st.binary(max_size=200))))
def test_any_bytes_give_a_picture_that_stays_as_it_is_or_none(data: bytes) -> None:
    bare = bare_picture(data)
    if bare is None:
        assert said_beside(data) == frozenset()
    else:
        assert bare_picture(bare) == bare
        assert said_beside(bare) == frozenset()
