"""Nothing that is hidden is in what is written, wherever in a deck it stands."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree as ET

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from PySide6.QtGui import QImage

from atelier.app.exporting import Wish, export

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf.generic import PdfObject

pytestmark = pytest.mark.usefixtures("qapp")

HIDDEN = "Zorblax"
"""Stands only in what nobody but the speaker sees."""
ADDRESS = re.compile(r"data:([a-z+/]+);base64,([A-Za-z0-9+/=]*)")
TERM = ("Quuxel", "Mirp")
"""A term of `redact`, of two words."""
HEAD = """---
title: "A talk for Quuxel Mirp"
author: QUUXEL MIRP
abstract: Why quuxel-mirp did it.
tags: [Quuxel Mirp]
redact: {Quuxel Mirp: somebody}
paths:
  quuxel-mirp: {stops: [root, shown]}
  other: {stops: [root]}
agenda:
  - day: With Quuxel Mirp
    start: "9:00"
    blocks: [{frame: shown, minutes: 5}, {frame: dark, minutes: 5}, {break: Quuxel Mirp, minutes: 5}]
---
"""
WORDS = (
    f"*{HIDDEN}*{{.private}}",
    f"**{HIDDEN} two**{{.private}}",
    f"[{HIDDEN} *more*]{{.private}}",
    f"%%{HIDDEN}%%",
    f"<!-- {HIDDEN} -->",
    "Quuxel Mirp",
    "**Quuxel** Mirp",
    "*QUUX*el `mirp`",
    "quuxel\u00a0mirp",
    "Quuxel-Mirp",
    f"Quu*{HIDDEN}*{{.private}}xel Mirp",
    "[Quuxel Mirp](https://quuxelmirp.example/)",
    "[there](https://example.org/%51uuxel%20Mirp?a=1)",
    "<https://www.quuxelmirp.example/page>",
    "[there](#about-quuxel-mirp)",
    r"$\text{Quuxel Mirp}$",
    "`Quuxel` [Mirp](#dark)",
    "![**Quuxel** Mirp](quuxel-mirp.png)",
    "![](quuxel-mirp.png)",
    "<b>Quuxel</b> Mirp",
    "Q&#117;uxel&nbsp;Mirp",
    "Quu\u00adxel\u202fMirp",
    "Quuxel<br>Mirp",
    "[Quuxel Mirp][about]",
    "==Quuxel== ~~Mirp~~",
    f"<span title='{HIDDEN}'>span</span>",
)
PLACES = (
    "%",
    "## % {#shown-too}\n\nText.",
    "- one\n- a % b\n    - inner %",
    "> said %\n>\n> — %",
    "| a % | b |\n|---|---|\n| 1 | % |",
    "/// callout | Look: %\nText %.\n///",
    "term %\n:   meaning %",
    "![words %](none.png)\n\n/// caption\nShown: %\n///",
    "A note.[^n]\n\n[^n]: It says %.",
    "/// columns\n//// column\nleft %\n////\n//// column\nright\n////\n///",
    "/// case\n    company: Mill\n    lesson: They %.\n///",
    "/// poll | Who: % ?\n- one %\n- two\n///",
    "/// only | lang=en\nIn English %\n///",
    "- step %\n- two\n{: .steps }",
    "##### plain % {.plain}",
    "*[HTML]: % text\n\nSome HTML.",
    "long % words %\nand % more",
    "/// quiz | Right %?\n- [x] yes %\n- [ ] no\n///",
    "/// levels | Where %?\n    subjects: %, others\n\n- low %\n- high\n///",
)
CASES = f"""## Cases {{layout=cases by=company}}

### Quuxel Mirp

/// case
    company: Quuxel Mirp
    use: crisis
///

### Mill

/// case
    company: Quu**xel** Mirp
    use: crisis
    sources: *{HIDDEN}*{{.private}}
///
"""
NOTES = f"""/// notes
Said *{HIDDEN}*{{.private}} by Quuxel
**Mirp**.[^q]

/// private
{HIDDEN}
///
///

[^q]: %%{HIDDEN}%% Quuxel Mirp"""
BLOCKS = (
    f"/// private\n{HIDDEN}[^p]\n///\n\n[^p]: {HIDDEN}",
    NOTES,
    f"/// only | path=other\n{HIDDEN}\n///",
    f"/// only | lang=de\n{HIDDEN}\n///",
    f"/// only | path=quuxel-mirp, lang=de\n{HIDDEN}\n///",
    f"/// only | lang=en\n/// private\n{HIDDEN}\n///\n///",
    f"/// unknown-block\n{HIDDEN}\n///",
    f"{HIDDEN}\n{{: .private }}",
    f"- {HIDDEN}\n- {HIDDEN}\n{{: .private }}",
    f"<!--\n\n{HIDDEN}\n\n## {HIDDEN}\n\n-->",
    f"%%\n{HIDDEN}\n%%",
    f"/// callout | Look\n/// private\n{HIDDEN}\n///\n///",
    f"/// columns\n//// column\n/// only | path=other\n{HIDDEN}\n///\n////\n//// column\nright\n////\n///",
    f"/// case\n    company: *{HIDDEN}*{{.private}}\n    lesson: They won.\n///",
    f"## Dark {HIDDEN} {{.private}}\n\n{HIDDEN}\n\n### {HIDDEN}",
    f"## Seen *{HIDDEN}*{{.private}}\n\nText.",
    "```python\nquuxel_mirp = 1  # Quuxel Mirp\nnote = 'Quuxel\n    Mirp'\n```",
    "$$\n\\mathrm{Quuxel}_{Mirp}\n$$",
    "/// agenda\n///",
    "![[part]]",
    CASES,
    "![Quuxel Mirp speaks](quuxel-mirp.mp4){poster=quuxel-mirp.png data-credit='Quuxel Mirp'}",
    "![[part#Quuxel Mirp and more]]",
    "Quuxel\nMirp is here",
    "```text title='Quuxel Mirp'\ncode\n```",
    "![a drawing](drawing.svg)",
    "## Mapped {map=drawing.svg}\n\n### Quuxel Mirp {#quuxel-mirp}\n\nText.",
    "## On 12 May 2014: Quuxel Mirp {layout=timeline}\n\n### 2014, Quuxel Mirp\n\n### 2015",
    f"| a |\n|---|\n| <!-- {HIDDEN} --> |\n\n1. %% {HIDDEN} %%",
)
EMBEDDED = f"""---
redact: {{Vunch: a third}}
---
# About Quuxel Mirp

[Vunch](#quuxel-mirp-and-more) Vunch and Quuxel Mirp. *{HIDDEN}*{{.private}}

/// private
{HIDDEN}
///

## Inner {HIDDEN} {{.private}}

{HIDDEN}

## Quuxel Mirp and more

Text.
"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900"><title>Quuxel Mirp</title>
<rect id="quuxel-mirp" x="100" y="100" width="320" height="180"/><rect id="panel" width="600" height="80"/>
<text y="700" font-size="60">Quu<tspan font-weight="bold">xel</tspan><tspan x="0" dy="60">Mirp</tspan></text></svg>
"""
DEFINITIONS = '[about]: https://quuxelmirp.example/ "Quuxel Mirp"\n'
CANVAS = json.dumps({
    "nodes": [
        {"id": "t", "type": "text", "text": f"Quuxel **Mirp** *{HIDDEN}*{{.private}}", "x": 0, "y": 9500, "width": 400,
         "height": 200},
        {"id": "l", "type": "link", "url": "https://quuxelmirp.example/", "x": 600, "y": 9500, "width": 400,
         "height": 200},
        {"id": "f", "type": "file", "file": "quuxel-mirp.pdf", "x": 1200, "y": 9500, "width": 400, "height": 200},
        {"id": "n", "type": "file", "file": "part.md", "x": 1800, "y": 9500, "width": 400, "height": 200},
        {"id": "g", "type": "group", "label": "Quuxel Mirp", "x": -50, "y": 9400, "width": 2300, "height": 400},
    ],
    "edges": [{"id": "e", "fromNode": "t", "toNode": "l", "label": "Quuxel Mirp"}],
})  # fmt: skip


@st.composite
def decks(draw: st.DrawFn) -> str:
    """The text of a deck in which secrets stand in some places."""
    parts = [HEAD, "# A talk for Quuxel Mirp {#root}\n"]
    parts.append(f"## Shown {{#shown}}\n\nText.\n\n## Dark {HIDDEN} {{#dark .private}}\n\n{HIDDEN} Quuxel Mirp\n")
    for number in range(draw(st.integers(1, 5))):
        parts.append(f"## Frame {number} {{label='Quuxel Mirp'}}\n" if draw(st.booleans()) else f"## Frame {number}\n")
        for _piece in range(draw(st.integers(1, 3))):
            if draw(st.booleans()):
                parts.append(draw(st.sampled_from(BLOCKS)) + "\n")
            else:
                place = draw(st.sampled_from(PLACES))
                for _hole in range(place.count("%")):
                    place = place.replace("%", draw(st.sampled_from(WORDS)).replace("%", "\0"), 1)
                parts.append(place.replace("\0", "%") + "\n")
    return "\n".join((*parts, DEFINITIONS))


def said(file: Path) -> Iterator[str]:
    """Whatever a PDF says: text, outline, links, metadata."""
    yield subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    reader = PdfReader(file)
    yield repr(reader.metadata)
    yield repr(reader.outline)
    yield repr(reader.named_destinations)
    if reader.xmp_metadata is not None:
        yield str(reader.xmp_metadata.stream.get_data())
    for page in reader.pages:
        yield from (repr(annotation.get_object()) for annotation in cast("list[PdfObject]", page.get("/Annots") or []))


READABLE = re.compile(rb"[\x20-\x7e]{5,}")
"""What may be words among the bytes of a picture."""


def unpacked(file: Path) -> Iterator[str]:
    """Whatever is in a presentation or a document: names of its parts, texts, the bytes of pictures."""
    with zipfile.ZipFile(file) as parts:
        for name in parts.namelist():
            yield name
            data = parts.read(name)
            if not name.endswith((".xml", ".rels", ".svg")):
                yield from (found.decode() for found in READABLE.findall(data))
                continue
            yield data.decode()
            # a word may be parted among runs: read as one
            yield "".join(ET.fromstring(data).itertext())


def said_by_page(file: Path) -> Iterator[str]:
    """Whatever a page that flies says: its text, its values, and the drawings in its addresses."""
    html = file.read_text(encoding="utf-8")
    for kind, data in ADDRESS.findall(html):
        if kind == "image/svg+xml":
            yield ADDRESS.sub("", base64.b64decode(data).decode())
        elif kind.startswith("image/"):
            bytes_ = base64.b64decode(data)
            assert not any(name in bytes_ for name in (b"Exif", b"eXIf", b"tEXt", b"iTXt", b"zTXt"))
    yield ADDRESS.sub("", html)


def said_by_film(file: Path) -> Iterator[str]:
    """Whatever a film says beside its pictures: of itself, of its stops, and what can be read in its bytes."""
    with av.open(str(file)) as film:
        yield repr(film.metadata)
        yield from (repr(stream.metadata) for stream in film.streams)
        yield from (repr(chapter["metadata"]) for chapter in film.chapters())
    yield from (found.decode() for found in READABLE.findall(file.read_bytes()))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


READERS = {
    "pdf": said,
    "handout": said,
    "pptx": unpacked,
    "docx": unpacked,
    "html": said_by_page,
    "video": said_by_film,
}
"""What gives everything that is in a file, by its format."""
FILM: dict[str, Any] = {"size": (64, 36), "rate": 1, "hold": 1.0}
"""What makes one quickly."""


@settings(max_examples=25, deadline=None)
@given(decks(), st.sampled_from([Wish(), Wish("quuxel-mirp"), Wish(canvas=True), Wish(steps=True)]), st.booleans())
def test_secrets_are_nowhere_in_what_is_written(text: str, wish: Wish, by_hand: bool) -> None:  # noqa: FBT001 - drawn
    formats = [each for each in READERS if each not in {"html", "docx", "video"} or not wish.canvas]
    with TemporaryDirectory() as name:
        folder = Path(name) / "quuxel-mirp"
        folder.mkdir()
        deck = folder / "deck.md"
        deck.write_text(text, encoding="utf-8")
        (folder / "part.md").write_text(EMBEDDED, encoding="utf-8")
        (folder / "drawing.svg").write_text(DRAWING, encoding="utf-8")
        if by_hand:
            (folder / "deck.canvas").write_text(CANVAS, encoding="utf-8")
        films = [each for each in formats if each == "video"]
        pages = [each for each in formats if each not in films]
        made = (*export(deck, pages, folder / "out", wish), *export(deck, films, folder / "out", replace(wish, **FILM)))
        for written in made:
            for file in written.files:
                for found in (file.name, *READERS[written.format](file)):
                    plain = letters(found)
                    for word in (HIDDEN, *TERM, "Vunch"):
                        at = plain.find(word.casefold())
                        assert at < 0, (written.format, word, plain[max(at - 60, 0) : at + 60])


def test_the_notes_that_are_wished_for_are_without_what_is_private(tmp_path: Path) -> None:
    deck = tmp_path / "deck.md"
    notes = f"/// notes\nSaid of Quuxel Mirp, *{HIDDEN}*{{.private}}, %%{HIDDEN}%%\n///\n\n/// private\n{HIDDEN}\n///\n"
    deck.write_text(f"{HEAD}\n# A talk {{#root}}\n\n## Shown {{#shown}}\n\n{notes}", encoding="utf-8")
    (written,) = export(deck, ["html"], tmp_path / "out", Wish(notes=True))
    said = "".join(said_by_page(written.files[0]))
    assert "Said of somebody" in said
    assert not any(word.casefold() in letters(said) for word in (HIDDEN, *TERM))


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_what_a_picture_says_of_itself_is_not_handed_on(tmp_path: Path, kind: str) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    for x in range(64):
        for y in range(48):
            image.setPixel(x, y, (x * 977 + y * 1999) % 0xFFFFFF)
    image.setText("Description", HIDDEN)
    picture = tmp_path / f"picture.{kind}"
    assert image.save(str(picture))
    assert HIDDEN.encode() in picture.read_bytes()
    deck = tmp_path / "talk.md"
    deck.write_text(f"# Talk\n\n## One\n\n![noise](picture.{kind})\n\n/// notes\nSaid.\n///\n", encoding="utf-8")
    for written in export(deck, [*READERS, "png"], tmp_path / "out", Wish(**FILM)):
        for file in written.files:
            assert HIDDEN.encode() not in file.read_bytes()
            for found in READERS[written.format](file) if written.format in READERS else ():
                assert HIDDEN not in found
