"""The pages of a PDF drawn and read, in a process of its own: PDFium draws one page at a time, and may fall over one.

The process is given the file as an argument, asked for pages by their numbers in lines, and answers each with a head
(the bytes of the two parts that follow, and the page's size in points), its text and its picture. It ends with its
input, so that it does not outlive whoever asks.
"""

from __future__ import annotations

import contextlib
import io
import signal
import struct
import sys
from dataclasses import dataclass
from typing import IO, Any, Final

COMMAND: Final = "--draw-pages"
"""The argument that makes a process of this program draw pages; `__main__` spells it too, to import nothing for it."""
HEAD: Final = struct.Struct("<IIff")
READY: Final = b"ready\n"
WIDTH: Final = 1920
"""Pixels of a page's longer side."""
LONGEST_TEXT: Final = 40_000
"""Signs of a page."""
_QUALITY: Final = 88


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it comes back: `picture` is a JPEG, empty where the page cannot be drawn; sizes are points."""

    width: float = 0.0
    height: float = 0.0
    text: str = ""
    picture: bytes = b""


def drawn(document: Any, index: int) -> Page:
    """A page of an open document. What PDFium cannot do leaves its part empty."""
    from pypdfium2 import PdfiumError

    errors = (PdfiumError, ValueError, MemoryError, OSError)
    try:
        page: Any = document[index]
    except errors:
        return Page()
    with contextlib.closing(page):
        width, height = page.get_size()
        text, picture = "", b""
        with contextlib.suppress(*errors):
            words: Any = page.get_textpage()
            with contextlib.closing(words):
                text = str(words.get_text_range(errors="ignore"))[:LONGEST_TEXT]
        with contextlib.suppress(*errors):
            # pixels of four bytes are put together faster than those of three
            scale = WIDTH / max(width, height, 1.0)
            bitmap: Any = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            out = io.BytesIO()
            bitmap.to_pil().save(out, "JPEG", quality=_QUALITY, subsampling=0)
            picture = out.getvalue()
        return Page(width, height, text, picture)


def serve(file: str) -> int:
    """Answers for the pages of `file` until nobody asks any more."""
    import pypdfium2

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for whoever asks
    answers = sys.stdout.buffer
    with contextlib.closing(pypdfium2.PdfDocument(file)) as document, contextlib.suppress(BrokenPipeError):
        answers.write(READY)
        answers.flush()
        for line in sys.stdin.buffer:
            write(answers, drawn(document, int(line)))
    return 0


def write(stream: IO[bytes], page: Page) -> None:
    text = page.text.encode("utf-8", "replace")
    stream.write(HEAD.pack(len(text), len(page.picture), page.width, page.height) + text + page.picture)
    stream.flush()


def answer(stream: IO[bytes]) -> Page | None:
    """The next page from a stream; None where it ends."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    text, picture, width, height = HEAD.unpack(head)
    body = stream.read(text + picture)
    if len(body) < text + picture:
        return None
    return Page(width, height, body[:text].decode("utf-8", "replace"), body[text:])
