"""How long importing a deck of each kind takes, from the start of the process to its end.

    python bench/importing.py [--slides N] [--runs N]

Writes a deck of every kind that is read, imports it, and prints one JSON line on stdout, a table beside the limit on
stderr. The exit code is 1 where the limit is missed.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LIMIT = 2.0
"""Seconds for a hundred slides."""
LONGEST = 300
"""Seconds after which a run is given up."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slides", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3, help="the fastest counts: the machine may be busy")
    options = parser.parse_args()
    took: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as place:
        for kind, write in WRITERS.items():
            folder = Path(place) / kind
            folder.mkdir()
            (folder / "picture.png").write_bytes(picture())
            took[kind] = min(
                _seconds(write(folder, options.slides), kind, folder / f"out-{n}") for n in range(options.runs)
            )
    print(json.dumps({"slides": options.slides, **{f"{kind}_s": round(each, 2) for kind, each in took.items()}}))
    limit = max(LIMIT, LIMIT * options.slides / 100)
    for kind, each in took.items():
        missed = "  missed" if each > limit else ""
        sys.stderr.write(f"{kind:20}{each:8.2f} s of {limit:4.1f} s{missed}\n")
    return int(any(each > limit for each in took.values()))


def _seconds(source: Path, kind: str, folder: Path) -> float:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "atelier", "import", str(source), "-o", str(folder), "--from", kind.partition("-")[0]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return time.perf_counter() - started


def picture() -> bytes:
    """A PNG of 64 by 48 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    header = (64).to_bytes(4, "big") + (48).to_bytes(4, "big") + b"\x08\x02\0\0\0"
    rows = zlib.compress(b"".join(b"\0" + b"\xdd\xaa\x66" * 64 for _row in range(48)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


BODY = """\
A paragraph of slide {n} with *emphasis*, `code` and a [link](https://example.org/{n}).

- a first point
- a second one, **bold**
  - and one inside

```python
def slide_{n}():
    return {n}
```

| a | b |
|---|---|
| 1 | {n} |

![A picture](picture.png)
"""


def _markdown(
    head: str, notes: str, *, heading: str = "## Slide {n}", parted: bool = True
) -> Callable[[Path, int], Path]:
    def write(folder: Path, slides: int) -> Path:
        parts = [f"{heading}\n\n{BODY}\n{notes}".replace("{n}", str(n)) for n in range(slides)]
        file = folder / "talk.md"
        file.write_text(head + ("\n\n---\n\n" if parted else "\n\n").join(["# A talk\n", *parts]), encoding="utf-8")
        return file

    return write


def _text(folder: Path, slides: int) -> Path:
    part = "{n}. Part {n}\n   - a point\n     what is said of it\n   - another one\n   => what follows\n\n"
    file = folder / "talk.txt"
    file.write_text("A talk\n\n" + "".join(part.replace("{n}", str(n)) for n in range(1, slides + 1)), encoding="utf-8")
    return file


def _powerpoint(folder: Path, slides: int) -> Path:
    import pptx

    file = folder / "talk.pptx"
    if file.exists():
        return file
    deck: Any = pptx.Presentation()
    for n in range(slides):
        slide: Any = deck.slides.add_slide(deck.slide_layouts[3])
        slide.shapes.title.text = f"Slide {n}"
        for place in (1, 2):
            frame: Any = slide.placeholders[place].text_frame
            frame.text = f"A point of slide {n}"
            for _more in range(4):
                frame.add_paragraph().text = "another point"
        slide.shapes.add_picture(io.BytesIO(picture()), 0, 5_000_000)
        slide.notes_slide.notes_text_frame.text = f"What is said of slide {n}."
    deck.save(str(file))
    return file


def _pdf(folder: Path, slides: int) -> Path:
    """Pages of words, as a word processor makes them."""
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids: list[str] = []
    for n in range(slides):
        lines = " ".join(f"(Line {line} of page {n}, which has some words in it) Tj T*" for line in range(8))
        drawn = f"BT /F1 36 Tf 60 330 Td (Page {n}) Tj ET BT /F1 20 Tf 60 270 Td 26 TL {lines} ET"
        parts.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 720 405] /Resources << /Font << /F1 3 0 R >> >>"
        parts.append(f"{page} /Contents {len(parts)} 0 R >>")
        kids.append(f"{len(parts)} 0 R")
    parts[1] = f"<< /Type /Pages /Count {slides} /Kids [{' '.join(kids)}] >>"
    file = folder / "talk.pdf"
    file.write_bytes(_pdf_of([part.encode() for part in parts]))
    return file


def _pdf_of(parts: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places: list[int] = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def _gradients(folder: Path, slides: int) -> Path:
    """Pages as a drawing program makes them: gradients over all of each and in its shapes, a picture with a mask."""

    def stream(entries: str, data: bytes) -> bytes:
        return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"

    def image(colours: str, entries: str, size: int) -> bytes:
        shape = "/Type /XObject /Subtype /Image /Width 960 /Height 540 /BitsPerComponent 8 /Filter /FlateDecode"
        rows = b"".join(bytes((x // 4 + y // 3) % 256 for x in range(960) for _c in range(size)) for y in range(540))
        return stream(f"{shape} /ColorSpace /{colours} {entries}", zlib.compress(rows))

    shading = "<< /ShadingType {} /ColorSpace /DeviceRGB /Coords [{}] /Extend [true true] /Function 4 0 R >>"
    parts: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /FunctionType 2 /Domain [0 1] /C0 [.25 .13 .06] /C1 [.95 .86 .7] /N 1 >>",
        image("DeviceGray", "", 1),
        image("DeviceRGB", "/SMask 5 0 R", 3),
        b"<< /Type /ExtGState /ca .5 >>",
    ]
    shared = (
        "/Font << /F1 3 0 R >> /XObject << /I 6 0 R >> /ExtGState << /G 7 0 R >> /Shading << "
        f"/A {shading.format(2, '0 0 720 405')} /R {shading.format(3, '360 200 0 360 200 400')} >>"
    )
    kids: list[str] = []
    for n in range(slides):
        shapes = " ".join(
            f"q {40 + x * 110} {30 + y * 60} 90 50 re W n {'/G gs /A' if x % 2 else '/R'} sh Q"
            for x in range(6)
            for y in range(4)
        )
        words = f"BT 1 g /F1 36 Tf 60 330 Td (Page {n}) Tj /F1 20 Tf 0 -60 Td (Words over gradients) Tj ET"
        drawn = f"/A sh q /G gs /R sh Q q 700 0 0 390 10 8 cm /I Do Q {shapes} {words}"
        parts.append(stream("", drawn.encode()))
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 720 405] /Resources << {shared} >>"
        parts.append(f"{page} /Contents {len(parts)} 0 R >>".encode())
        kids.append(f"{len(parts)} 0 R")
    parts[1] = f"<< /Type /Pages /Count {slides} /Kids [{' '.join(kids)}] >>".encode()
    file = folder / "talk.pdf"
    file.write_bytes(_pdf_of(parts))
    return file


WRITERS: dict[str, Callable[[Path, int], Path]] = {
    "marp": _markdown("---\nmarp: true\n---\n\n", "<!-- What is said of slide {n}. -->\n"),
    "slidev": _markdown("---\ntheme: seriph\n---\n\n", "<v-click>\n\nlater\n\n</v-click>\n\n<!-- said of {n} -->\n"),
    "reveal": _markdown("", "Note: what is said of slide {n}.\n"),
    "pandoc": _markdown("---\ntitle: A talk\n---\n\n", "::: notes\nWhat is said of slide {n}.\n:::\n", parted=False),
    "remark": _markdown("", "--\n\nlater\n\n???\nWhat is said of slide {n}.\n"),
    "obsidian": _markdown("", "%% said of slide {n} %%\n", parted=False),
    "text": _text,
    "pptx": _powerpoint,
    "pdf": _pdf,
    "pdf-gradients": _gradients,
}


if __name__ == "__main__":
    raise SystemExit(main())
