"""Pictures freed of what their files say, as a decoder sees them: the same as before."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from atelier.deck.bare_svg import bare_drawing, says_more
from atelier.deck.picture_metadata import bare_picture
from atelier.deck.svg import sanitise

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("qapp")

SECRET = b"Zorblax"
GPS = 0x8825


def drawn(format_: str) -> bytes:
    """Two fields of colour, wider than high, so that one sees how the picture is turned."""
    image = QImage(24, 16, QImage.Format.Format_RGB32)
    image.fill(QColor("#B3261E"))
    painter = QPainter(image)
    painter.fillRect(0, 0, 12, 8, QColor("#2B46C2"))
    painter.end()
    return written(image, format_)


def written(image: QImage, format_: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(format_.encode())).write(image)
    return bytes(buffer.data().data())


def seen(data: bytes) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    image = reader.read()
    assert not image.isNull(), reader.errorString()
    return image


def exif(orientation: int) -> bytes:
    """Exif of a camera with its position, and with a thumbnail behind it."""
    entries = ((0x010F, 2, 7, 62), (0x0112, 3, 1, orientation << 16), (GPS, 4, 1, 0))
    directory = struct.pack(">H", len(entries)) + b"".join(struct.pack(">HHII", *entry) for entry in entries)
    head = b"MM\0\x2a\0\0\0\x08" + directory + b"\0\0\0\0"
    return head.ljust(62, b"\0") + SECRET + b"\0" + SECRET * 3


def in_jpeg(data: bytes, orientation: int) -> bytes:
    def segment(mark: int, body: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body

    beside = (
        segment(0xE1, b"Exif\0\0" + exif(orientation))
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SECRET)
        + segment(0xED, b"Photoshop 3.0\0" + SECRET)
        + segment(0xFE, SECRET)
    )
    return data[:2] + beside + data[2:] + SECRET


def in_png(data: bytes, orientation: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = 8 + 25  # signature and IHDR
    texts = chunk(b"tEXt", b"Author\0" + SECRET) + chunk(b"iTXt", b"Title\0\0\0\0\0" + SECRET)
    texts += chunk(b"zTXt", b"Comment\0\0" + zlib.compress(SECRET)) + chunk(b"tIME", b"\x07\xe8\1\1\1\1\1")
    return data[:head] + texts + chunk(b"eXIf", exif(orientation)) + data[head:] + SECRET


def in_webp(data: bytes, orientation: int) -> bytes:
    def part(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    extended = part(b"VP8X", struct.pack("<I", 0x0C) + (23).to_bytes(3, "little") + (15).to_bytes(3, "little"))
    body = b"WEBP" + extended + data[12:] + part(b"EXIF", exif(orientation)) + part(b"XMP ", SECRET)
    return b"RIFF" + struct.pack("<I", len(body)) + body + SECRET


FORMATS: dict[str, tuple[str, Callable[[bytes, int], bytes]]] = {
    "jpeg": ("JPEG", in_jpeg),
    "png": ("PNG", in_png),
    "webp": ("WEBP", in_webp),
}


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("name", FORMATS)
def test_the_picture_is_the_same_and_nothing_else_is_left(name: str, orientation: int) -> None:
    format_, planted = FORMATS[name]
    data = planted(drawn(format_), orientation)
    bare = bare_picture(data)
    assert bare is not None
    assert SECRET not in bare
    assert zlib.compress(SECRET) not in bare
    assert struct.pack(">H", GPS) not in bare[:200]
    assert seen(bare) == seen(data)


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_photograph_stays_upright(orientation: int) -> None:
    bare = bare_picture(in_jpeg(drawn("JPEG"), orientation))
    assert bare is not None
    turned = seen(bare)
    assert (turned.width(), turned.height()) == ((16, 24) if orientation > 4 else (24, 16))
    assert turned != seen(drawn("JPEG"))


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**32 - 1), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_any_picture_is_kept(width: int, height: int, colours: int, format_: str) -> None:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    for x in range(width):
        for y in range(height):
            image.setPixelColor(x, y, QColor.fromRgb((colours * (x + 1) * (y + 3)) % 2**32))
    data = written(image, format_)
    bare = bare_picture(data)
    assert bare is not None
    assert seen(bare) == seen(data)


# ---------------------------------------------------------------------------------------------------------- drawings

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 60 40" inkscape:label="Zorblax">
<!-- Zorblax -->
<title>Zorblax</title><desc>Zorblax <!-- Zorblax --></desc><metadata>Zorblax</metadata>
<style>/* Zorblax */ .Zorblax { fill: #b3261e } #Zorblax-two { stroke: #2b46c2; stroke-width: 2 }
 g[id="Zorblax"] { opacity: .5 } .half { opacity: 0.5 }
 .Zorblax-unused { content: "Zorblax"; --Zorblax: 1 }
</style>
<defs><linearGradient id="Zorblax-paint"><stop offset="0" stop-color="#17693b"/><stop offset="1" stop-color="#fff"/>
</linearGradient><clipPath id="Zorblax-clip"><circle cx="30" cy="20" r="14"/></clipPath></defs>
<g id="layer-Zorblax" inkscape:label="Zorblax" data-name="Zorblax" aria-label="Zorblax">Zorblax
<rect class="Zorblax" width="20" height="20"/>Zorblax
<rect id="Zorblax-two" class="half Zorblax" x="20" y="4" width="20" height="20"/>
<rect id="Zorblax-three" x="30" y="10" width="30" height="30"
 fill="url(#Zorblax-paint)" clip-path="url(#Zorblax-clip)"/>
</g>
<use xlink:href="#Zorblax-two" x="4" y="14"/>
<g display="none"><text>Zorblax</text></g><g style="fill:red; display: none"><text>Zorblax</text></g>
<g style="display:none"><rect id="Zorblax-kept" width="5" height="5" fill="#855300"/></g>
<use xlink:href="#Zorblax-kept" x="50" y="2"/>
<text x="2" y="38" font-size="6">shown</text>
</svg>"""


def rendered(data: bytes) -> QImage:
    renderer = QSvgRenderer(QByteArray(data))
    assert renderer.isValid()
    image = QImage(QSize(240, 160), QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def test_a_drawing_is_the_same_without_its_names() -> None:
    safe = sanitise(DRAWING.encode())
    bare = bare_drawing(safe.root)
    assert SECRET not in bare
    assert b"shown" in bare
    assert rendered(bare) == rendered(safe.data)
    assert says_more(safe.root)
    again = sanitise(bare)
    assert not says_more(again.root)
    assert bare_drawing(again.root) == bare


def test_a_picture_inside_a_drawing_is_freed_too() -> None:
    import base64

    inset = base64.b64encode(in_png(drawn("PNG"), 1)).decode()
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 40">'
        f'<image width="60" height="40" xlink:href="data:image/png;base64,{inset}"/></svg>'
    )
    safe = sanitise(svg.encode())
    bare = bare_drawing(safe.root)
    kept = base64.b64decode(bare.partition(b"base64,")[2].partition(b'"')[0])
    assert SECRET not in kept
    assert rendered(bare) == rendered(safe.data)


WORDS = st.text("abZ09-_.:é #(){}[]'\"\\;,", max_size=12)


@given(WORDS, WORDS, st.text("abZ.#{}[]:;,*/\"'-\\ \n@", max_size=60))
def test_any_names_and_styles_make_a_drawing(id_: str, class_: str, style: str) -> None:
    from xml.sax.saxutils import escape, quoteattr

    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><style>{escape(style)}</style>'
        f"<g id={quoteattr(id_)} class={quoteattr(class_)}><rect width='2' height='2'/></g></svg>"
    )
    bare = bare_drawing(sanitise(svg.encode()).root)
    assert bare_drawing(sanitise(bare).root) == bare
