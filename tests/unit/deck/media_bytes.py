"""Heads of films and sounds, written by hand: no more of them is read."""

from __future__ import annotations

import io
import struct
import wave


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", 8 + len(body)) + kind + body


def mp4(seconds: float, width: int = 640, height: int = 360, *, turned: bool = False) -> bytes:
    """The beginning of an MP4 with one track of pictures."""
    header = box(b"mvhd", b"\0" * 12, struct.pack(">II", 1000, round(seconds * 1000)), b"\0" * 80)
    one = 1 << 16
    matrix = (0, one, 0, -one, 0, 0, 0, 0, 1 << 30) if turned else (one, 0, 0, 0, one, 0, 0, 0, 1 << 30)
    shape = struct.pack(">9i", *matrix) + struct.pack(">II", width << 16, height << 16)
    track = box(b"trak", box(b"tkhd", b"\0" * 40, shape))
    return box(b"ftyp", b"isom\0\0\0\0isom") + box(b"mdat", b"\0" * 40) + box(b"moov", header, track)


def element(ident: int, *content: bytes, unknown: bool = False) -> bytes:
    body = b"".join(content)
    size = b"\x01" + b"\xff" * 7 if unknown else struct.pack(">Q", len(body) | 1 << 56)
    return ident.to_bytes((ident.bit_length() + 7) // 8, "big") + size + body


def webm(seconds: float, width: int = 640, height: int = 360) -> bytes:
    """The beginning of a WebM with one track of pictures, its length in milliseconds."""
    info = element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40"), element(0x4489, struct.pack(">d", seconds * 1000)))
    video = element(0xE0, element(0xB0, struct.pack(">H", width)), element(0xBA, struct.pack(">H", height)))
    tracks = element(0x1654AE6B, element(0xAE, video))
    cluster = element(0x1F43B675, b"\0" * 30)
    return element(0x1A45DFA3, element(0x4282, b"webm")) + element(0x18538067, info, tracks, cluster, unknown=True)


def page(place: int, content: bytes, *, first: bool = False) -> bytes:
    head = b"OggS\0" + (b"\x02" if first else b"\0") + struct.pack("<qIII", place, 7, 0, 0)
    return head + b"\x01" + bytes([len(content)]) + content


def opus(seconds: float) -> bytes:
    head = b"OpusHead\x01\x01" + struct.pack("<H", 312) + b"\0" * 7
    return page(0, head, first=True) + page(round(seconds * 48000) + 312, b"\0" * 50)


def theora(seconds: float, width: int = 640, height: int = 360) -> bytes:
    """Pictures at 25 a second, a whole one every 64."""
    size = width.to_bytes(3, "big") + height.to_bytes(3, "big")
    head = b"\x80theora\x03\x02\x01\0\x28\0\x17" + size + b"\0\0" + struct.pack(">II", 25, 1) + b"\0" * 10
    head += struct.pack(">H", 6 << 5)
    pictures = round(seconds * 25)
    return page(0, head, first=True) + page((pictures // 64 * 64 << 6) | pictures % 64, b"\0" * 50)


def wav(seconds: float) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * round(seconds * 8000))
    return out.getvalue()


def flac(seconds: float) -> bytes:
    rate, samples = 44_100, round(seconds * 44_100)
    packed = rate << 44 | 0 << 41 | 15 << 36 | samples
    stream = struct.pack(">HH", 4096, 4096) + b"\0" * 6 + packed.to_bytes(8, "big") + b"\0" * 16
    return b"fLaC" + bytes([0x80]) + len(stream).to_bytes(3, "big") + stream


def mp3(seconds: float) -> bytes:
    """Frames of 128 kbit/s at 44.1 kHz, 417 bytes each."""
    return (b"\xff\xfb\x90\x64" + b"\0" * 413) * round(seconds * 44_100 / 1152)
