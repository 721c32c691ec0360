"""How long a film or a sound is and how large its picture, from the head of its file: nothing is decoded.

Formats: MP4 and QuickTime (ISO 14496-12), WebM and Matroska (RFC 8794, RFC 9559), Ogg (RFC 3533) with Opus, Vorbis and
Theora, WAV, FLAC and MP3. Every reader takes a bounded number of steps, whatever the file says.
"""

from __future__ import annotations

import io
import math
import struct
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from atelier.deck.files import resolve
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PARTS: Final = 2_000
"""Boxes, elements or pages that are looked at in one file."""
_MOST_READS: Final = 20_000
_LONGEST: Final = 1e6
"""Seconds: what claims to be longer says nothing of its length."""
_TAIL: Final = 1 << 16
"""Bytes at the end of an Ogg file in which its last page begins: none is longer."""
_LARGEST_READ: Final = 2 * _TAIL
_STANDS_IN: Final = (
    (b"version https://git-lfs", "Git LFS"),
    (b"<!doctype html", "HTML"),
    (b"<html", "HTML"),
    (b"%pdf", "PDF"),
    (b"\x89png", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"pk\3\4", "ZIP"),
)


@dataclass(frozen=True, slots=True)
class MediaFile:
    """`container` is the format's name, empty for what is none that can be played; `duration` in seconds, `width` and
    `height` in pixels, are 0 where the file does not say.
    """

    container: str
    duration: float = 0.0
    width: int = 0
    height: int = 0

    @property
    def ratio(self) -> float:
        """Width by height of the picture; 0 where there is none."""
        return self.width / self.height if self.width and self.height else 0.0


PLAYABLE: Final = frozenset({"MP4", "Matroska", "Ogg", "WAV", "FLAC", "MP3", "AAC"})
"""The containers that are played; others are named so that an author learns what the file is."""


class _Bounded(io.RawIOBase):
    """A file of which only so much is read: a reader that goes on and on ends with an error."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._reads = 0

    def read(self, size: int = -1, /) -> bytes:
        self._reads += 1
        if self._reads > _MOST_READS:
            raise EOFError
        return self._file.read(min(size, _LARGEST_READ) if size >= 0 else _LARGEST_READ)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


def read_media_file(path: Path) -> MediaFile:
    """What the film or sound at `path` is. Raises OSError."""
    with path.open("rb") as opened:
        file = _Bounded(opened)
        head = file.read(64)
        try:
            found = _read(file, head)
        except (ValueError, IndexError, struct.error, OverflowError, EOFError):  # it contradicts itself, or never ends
            return MediaFile(_container(head))
    duration = found.duration if 0.0 < found.duration < _LONGEST else 0.0
    return MediaFile(found.container, duration, *_sane(found.width, found.height))


def _sane(width: int, height: int) -> tuple[int, int]:
    """A size in pixels in which something can be seen, or none."""
    usable = 0 < width <= 1 << 15 and 0 < height <= 1 << 15 and 1 / 20 <= width / height <= 20
    return (width, height) if usable else (0, 0)


def _container(head: bytes) -> str:
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "MP4"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "Matroska"
    if head.startswith(b"OggS"):
        return "Ogg"
    if head.startswith((b"RIFF", b"RF64")) and head[8:12] == b"WAVE":
        return "WAV"
    if head.startswith(b"fLaC"):
        return "FLAC"
    start = head.lstrip().lower()
    if named := next((name for mark, name in _STANDS_IN if start.startswith(mark)), ""):
        return named
    if head.startswith(b"RIFF"):
        return "AVI" if head[8:11] == b"AVI" else "RIFF"
    if head[:2] in (b"\xff\xf1", b"\xff\xf9"):
        return "AAC"
    return "MP3" if head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] >= b"\xe0") else ""


def _read(file: _Bounded, head: bytes) -> MediaFile:
    match _container(head):
        case "MP4":
            return _mp4(file)
        case "Matroska":
            return _matroska(file)
        case "Ogg":
            return _ogg(file)
        case "WAV" | "FLAC" | "MP3" as container:
            return MediaFile(container, _tagged_duration(file))
        case container:
            return MediaFile(container)


def _tagged_duration(file: _Bounded) -> float:
    """Seconds of a WAV, FLAC or MP3."""
    from tinytag import TinyTag
    from tinytag.tinytag import TinyTagException

    file.seek(0)
    try:
        tag = TinyTag.get(file_obj=cast("BinaryIO", file), tags=False)
    except TinyTagException:
        return 0.0
    return float(tag.duration or 0.0)


# --------------------------------------------------------------------------------------------- MP4 and QuickTime


def _boxes(file: _Bounded, start: int, stop: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, begin and end of the content of each box between two places of the file."""
    at = start
    for _box in range(_MOST_PARTS):
        if at + 8 > stop:
            return
        file.seek(at)
        header = file.read(16)
        if len(header) < 8:
            return
        size, body = _big(header[:4]), at + 8
        if size == 1:
            size, body = _big(header[8:16]), at + 16
        elif size == 0:
            size = stop - at
        if size < body - at:
            return
        yield header[4:8], body, min(at + size, stop)
        at += size


def _mp4(file: _Bounded) -> MediaFile:
    size = file.seek(0, io.SEEK_END)
    duration, picture = 0.0, (0, 0)
    for kind, start, stop in _boxes(file, 0, size):
        if kind != b"moov":
            continue
        for inner, begin, end in _boxes(file, start, stop):
            if inner == b"mvhd":
                duration = duration or _mvhd(_at(file, begin, 32))
            elif inner == b"mvex":
                fragments = (_at(file, b + 4, 8) for each, b, _e in _boxes(file, begin, end) if each == b"mehd")
                scale = _timescale(file, start, stop)
                duration = duration or next((_big(data[:4]) / scale for data in fragments if scale), 0.0)
            elif inner == b"trak" and picture == (0, 0):
                tracks = (_tkhd(_at(file, b, 96)) for each, b, _e in _boxes(file, begin, end) if each == b"tkhd")
                picture = next(tracks, picture)
        break
    return MediaFile("MP4", duration, *picture)


def _mvhd(data: bytes) -> float:
    """Seconds of a film, from its header in either version."""
    scale, length = (data[20:24], data[24:32]) if data[:1] == b"\1" else (data[12:16], data[16:20])
    unknown = length.count(0xFF) == len(length)
    return 0.0 if unknown or not _big(scale) else _big(length) / _big(scale)


def _timescale(file: _Bounded, start: int, stop: int) -> int:
    data = next((_at(file, begin, 24) for kind, begin, _end in _boxes(file, start, stop) if kind == b"mvhd"), b"")
    return _big(data[20:24] if data[:1] == b"\1" else data[12:16])


def _tkhd(data: bytes) -> tuple[int, int]:
    """Width and height of a track as it is shown, turned as a telephone was held."""
    matrix = 52 if data[:1] == b"\1" else 40
    a, b = struct.unpack(">i", data[matrix : matrix + 4])[0], struct.unpack(">i", data[matrix + 4 : matrix + 8])[0]
    width, height = _big(data[matrix + 36 : matrix + 38]), _big(data[matrix + 40 : matrix + 42])
    return (height, width) if abs(b) > abs(a) else (width, height)


# --------------------------------------------------------------------------------------------- WebM and Matroska

_SEGMENT, _INFO, _TRACKS, _TRACK, _VIDEO, _CLUSTER = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0x1F43B675
_SCALE, _DURATION = 0x2AD7B1, 0x4489
_WIDTHS, _HEIGHTS, _SHOWN = (0x54B0, 0xB0), (0x54BA, 0xBA), 0x54B2


def _elements(file: _Bounded, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """Id, begin and end of the content of each element between two places of the file."""
    at = start
    for _element in range(_MOST_PARTS):
        if at >= stop:
            return
        file.seek(at)
        head = file.read(12)
        ident, used = _number(head, keep=True)
        size, more = _number(head[used:], keep=False)
        body = at + used + more
        unknown = size == (1 << 7 * more) - 1
        end = stop if unknown else min(body + size, stop)
        yield ident, body, end
        at = end


def _number(data: bytes, *, keep: bool) -> tuple[int, int]:
    """A number of variable length, its mark kept or not, and its bytes. Raises ValueError."""
    if not data or not data[0]:
        raise ValueError("no number")
    length = 9 - data[0].bit_length()
    if len(data) < length:
        raise ValueError("cut off")
    value = _big(data[:length])
    return (value if keep else value & ~(1 << 7 * length)), length


def _matroska(file: _Bounded) -> MediaFile:
    size = file.seek(0, io.SEEK_END)
    duration, picture = 0.0, (0, 0)
    for ident, start, stop in _elements(file, 0, size):
        if ident != _SEGMENT:
            continue
        for inner, begin, end in _elements(file, start, stop):
            if inner == _INFO:
                duration = _info(file, begin, end)
            elif inner == _TRACKS:
                tracks = (_elements(file, b, e) for each, b, e in _elements(file, begin, end) if each == _TRACK)
                videos = ((b, e) for track in tracks for each, b, e in track if each == _VIDEO)
                picture = next((_video(file, b, e) for b, e in videos), picture)
            if duration and picture != (0, 0):
                break
        break
    return MediaFile("Matroska", duration, *picture)


def _info(file: _Bounded, start: int, stop: int) -> float:
    scale, length = 1_000_000, 0.0
    for ident, begin, end in _elements(file, start, stop):
        data = _at(file, begin, min(end - begin, 8))
        if ident == _SCALE:
            scale = _big(data)
        elif ident == _DURATION and len(data) in (4, 8):
            length = float(struct.unpack(">f" if len(data) == 4 else ">d", data)[0])
    return length * scale / 1e9 if math.isfinite(length) else 0.0


def _video(file: _Bounded, start: int, stop: int) -> tuple[int, int]:
    found: dict[int, int] = {}
    for ident, begin, end in _elements(file, start, stop):
        found[ident] = _big(_at(file, begin, min(end - begin, 8)))
    own = (found.get(_WIDTHS[1], 0), found.get(_HEIGHTS[1], 0))
    if found.get(_SHOWN, 0) == 3:  # the shown size is a ratio
        wide, tall = found.get(_WIDTHS[0], 0), found.get(_HEIGHTS[0], 0)
        return (round(own[1] * wide / tall), own[1]) if wide and tall else own
    return found.get(_WIDTHS[0]) or own[0], found.get(_HEIGHTS[0]) or own[1]


# ----------------------------------------------------------------------------------------------------------- Ogg


def _ogg(file: _Bounded) -> MediaFile:
    """The length of the stream that tells it: the last place of the file, in the units its first page names."""
    size = file.seek(0, io.SEEK_END)
    tail = _at(file, max(0, size - _TAIL), _TAIL)
    duration, picture = 0.0, (0, 0)
    at = 0
    for _page in range(16):
        page = _at(file, at, 27 + 255 + 128)
        if page[:4] != b"OggS" or not page[5] & 2:  # the first pages of all streams come first
            break
        segments = page[26]
        first = page[27 + segments : 27 + segments + 64]
        if rate := _ogg_rate(first):
            last = _last_place(tail, page[14:18])
            if first[1:7] == b"theora":
                shift = (_big(first[40:42]) >> 5) & 31
                last = (last >> shift) + (last & ((1 << shift) - 1))
                picture = (_big(first[14:17]), _big(first[17:20]))
            elif first.startswith(b"OpusHead"):
                last -= int.from_bytes(first[10:12], "little")
            duration = max(duration, last / rate)
        at += 27 + segments + sum(page[27 : 27 + segments])
    return MediaFile("Ogg", duration, *picture)


def _ogg_rate(first: bytes) -> float:
    """Units in a second of a stream, from its first packet; 0 where it says nothing of time."""
    if first.startswith(b"OpusHead"):
        return 48_000.0
    if first[1:7] == b"vorbis":
        return float(int.from_bytes(first[12:16], "little"))
    if first[1:7] == b"theora":
        over, under = _big(first[22:26]), _big(first[26:30])
        return over / under if under else 0.0
    if first[1:5] == b"FLAC":
        return float(_big(first[27:30]) >> 4)
    return 0.0


def _last_place(tail: bytes, serial: bytes) -> int:
    at = len(tail)
    for _page in range(_MOST_PARTS):
        at = tail.rfind(b"OggS", 0, at)
        if at < 0:
            return 0
        place = int.from_bytes(tail[at + 6 : at + 14], "little", signed=True)
        if tail[at + 14 : at + 18] == serial and place > 0:
            return place
    return 0


def _at(file: _Bounded, start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(max(0, size))


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def find_media(folder: Path | None, source: str, within: Path | None = None) -> Path | Diagnostic:
    """The file of a film or sound that a text in `folder` names, or why there is none. It may be of any size."""
    found = resolve(folder, source, limit=_ANY_SIZE, within=within)
    if isinstance(found, Path):
        return found
    hint = _("Save the text in the folder of its films and sounds.") if folder is None else found.hint
    if hint == _("Name a picture in it."):  # it is a folder
        hint = _("Name a film or sound in it.")
    return replace(found, code=_CODES.get(found.code, "media-unreadable"), hint=hint)


def media_fault(file: MediaFile, name: str) -> Diagnostic | None:
    """Why a file that is there cannot be played, by what its first bytes say."""
    if file.container in PLAYABLE:
        return None
    if file.container == "Git LFS":
        message = _("“{name}” only stands for a film or sound kept by Git LFS.").format(name=name)
        return Diagnostic("media-unreadable", message, _("Run “git lfs pull” in its folder."))
    if file.container:
        message = _("“{name}” is a {kind} file, whatever its name says, and cannot be played.").format(
            name=name, kind=file.container
        )
    else:
        message = _("“{name}” holds no film and no sound that can be played.").format(name=name)
    return Diagnostic("media-unreadable", message, _("Save it again as MP4, WebM, MP3 or WAV."))


_ANY_SIZE: Final = 1 << 62
_CODES: Final = {"picture-missing": "media-missing", "picture-outside": "media-outside"}
