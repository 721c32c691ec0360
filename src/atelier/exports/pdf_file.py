"""The objects of a PDF as QPdfWriter writes it: read where they are, replaced or added to, written as a new file.

Format: ISO 32000-1, 7.3 (objects), 7.5 (file structure), 7.9 (text strings, dates). Only what Qt writes is read: one
classic table of objects, streams that are plain or Flate.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Body = bytes
"""What stands between `obj` and `endobj`."""

_ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])")
_OPENING = re.compile(rb"(\d+) 0 obj\s+")
_REFERENCE = re.compile(rb"(\d+) 0 R\b")
_STREAM = re.compile(rb">>\s*stream\r?\n")
_LONGEST_DICTIONARY = 1 << 16


class PdfFile:
    """The objects of one file, by their number."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._spans = _spans(data)
        self._new: dict[int, Body | Callable[[], Body]] = {}
        self._next = max(self._spans, default=0) + 1
        trailer = data[data.rfind(b"trailer") :]
        self.root = reference(trailer, b"Root")
        self.info = reference(trailer, b"Info")

    def numbers(self) -> Iterator[int]:
        """Every object of the file as it was read."""
        return iter(self._spans)

    def body(self, number: int) -> Body:
        """The object as it is now; not for one whose body is yet to be made."""
        found = self._new.get(number)
        if isinstance(found, bytes):
            return found
        start, end = self._spans[number]
        return self._data[start:end]

    def dictionary(self, number: int) -> bytes:
        """The object less the bytes of its stream."""
        found = self._new.get(number)
        if isinstance(found, bytes):
            return _without_stream(found)
        start, end = self._spans[number]
        return _without_stream(self._data[start : min(end, start + _LONGEST_DICTIONARY)])

    def stream(self, number: int) -> bytes:
        """The bytes of a stream, unpacked."""
        body = self.body(number)
        opening = _STREAM.search(body)
        if opening is None:
            return b""
        data = body[opening.end() : body.rfind(b"endstream")]
        if b"/FlateDecode" in body[: opening.end()]:
            return zlib.decompressobj().decompress(data)
        return data.rstrip(b"\n")

    def add(self, body: Body = b"") -> int:
        """A new object, which may be filled later."""
        number = self._next
        self._next += 1
        self._new[number] = body
        return number

    def replace(self, number: int, body: Body | Callable[[], Body]) -> None:
        """Gives an object another body, one that is made as it is written where it is large."""
        self._new[number] = body

    def drop(self, number: int) -> None:
        """Leaves an object out; nothing may refer to it any more."""
        self._spans.pop(number, None)
        self._new.pop(number, None)

    def write(self, out: BinaryIO, identity: bytes) -> None:
        """Writes all of it; `identity` tells this file from others."""
        out.write(b"%PDF-1.4\n%\xc3\xa2\xc3\xa3\n")
        offsets: dict[int, int] = {}
        for number in sorted({*self._spans, *self._new}):
            offsets[number] = out.tell()
            out.write(b"%d 0 obj\n" % number)
            made = self._new.get(number)
            if made is None:
                start, end = self._spans[number]
                out.write(self._data[start:end])
            else:
                out.write(made if isinstance(made, bytes) else made())
            out.write(b"\nendobj\n")
        start = out.tell()
        rows = [
            b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
            for number in range(self._next)
        ]
        out.write(b"xref\n0 %d\n" % self._next)
        out.writelines(rows)
        out.write(
            b"trailer\n<<\n/Size %d\n/Info %d 0 R\n/Root %d 0 R\n/ID [<%s> <%s>]\n>>\nstartxref\n%d\n%%%%EOF\n"
            % (self._next, self.info, self.root, identity, identity, start)
        )


def reference(dictionary: bytes, key: bytes) -> int:
    """The number of the object that `key` refers to. Raises ValueError where there is none."""
    found = re.search(rb"/%s\s+(\d+) 0 R" % key, dictionary)
    if found is None:
        raise ValueError(f"no {key.decode()} in {dictionary[:80]!r}")
    return int(found.group(1))


def references(array: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(array)]


def stream_body(dictionary: bytes, data: bytes, *, pack: bool = True) -> Body:
    """A stream; `dictionary` is what stands between << and >>, without length and filter."""
    if pack:
        data = zlib.compress(data)
        dictionary += b"\n/Filter /FlateDecode"
    return b"<<\n%s\n/Length %d\n>>\nstream\n%s\nendstream" % (dictionary, len(data), data)


def text_string(text: str) -> bytes:
    """A text as a string of the document: readable where it is ASCII, else UTF-16 in hexadecimal."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return b"(%s)" % escaped.encode()
    return b"<FEFF%s>" % text.encode("utf-16-be", "replace").hex().upper().encode()


def number_string(value: float) -> bytes:
    """A number without an exponent, as exact as Qt writes them."""
    text = f"{value:.10f}" if abs(value) < 1.0 else f"{value:.5f}"
    return text.rstrip("0").rstrip(".").encode() or b"0"


def _spans(data: bytes) -> dict[int, tuple[int, int]]:
    """Where the bodies of the objects are. Raises ValueError for what is no PDF of Qt's."""
    marker = data.rfind(b"startxref")
    table = int(data[marker + 9 : marker + 40].split()[0]) if marker >= 0 else -1
    if table < 0 or data[table : table + 4] != b"xref":
        raise ValueError("the file has no table of its objects")
    entries = _ENTRY.findall(data[table:marker])
    offsets = sorted(
        (int(offset), number) for number, (offset, kind) in enumerate(entries) if kind == b"n" and int(offset)
    )
    ends = [offset for offset, _ in offsets[1:]] + [table]
    spans: dict[int, tuple[int, int]] = {}
    for (offset, number), end in zip(offsets, ends, strict=True):
        opening = _OPENING.match(data[offset : offset + 24])
        if opening is None or int(opening.group(1)) != number:
            raise ValueError(f"object {number} is not where it should be")
        spans[number] = (offset + opening.end(), data.rfind(b"endobj", offset, end))
    return spans


def _without_stream(body: bytes) -> bytes:
    opening = _STREAM.search(body)
    return body if opening is None else body[: opening.start() + 2]
