"""From a deck to the bytes of its exports: what is replaced, what is hidden, and where links lead then."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, cast

import pytest
from pypdf import PdfReader

from atelier.foundation.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from pypdf.generic import Destination, IndirectObject, PdfObject
    from tests.gui.exports.conftest import Export

pytestmark = pytest.mark.usefixtures("qapp")

MATTER = """---
title: Acme Corp and its blog
author: Acme Corp
abstract: What Acme did.
tags: [Acme]
redact: {Acme Corp: a client, Acme: a firm}
paths:
  acme: {stops: [acme, code, acme, nothing, dark, late]}
---
"""
TEXT = (
    MATTER
    + """# Acme Corp and its blog

See [Acme](#acme), [the code](#code) and [a page](https://www.acmecorp.com/x).

## Acme {#acme}

**Acme** *Corp* in [dark](#dark).

## Acme! {#a-firm}

Back to [it](#acme-2).

## Acme 2

Text.

## Code

```python
acme = "Acme Corp"
```

![Acme’s mark](acme.png)

![drawn](mark.svg)

## Dark {.private}

## Late {optional=true}

Text.
"""
)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><text y="60" font-size="40"{}>{}</text>'
    '<rect y="90" width="300" height="10"/></svg>'
)


def pages_of(file: Path) -> list[str]:
    shown = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(page.split()) for page in shown.split("\f")[:-1]]


def folder_of(tmp_path: Path, text: str = TEXT) -> Path:
    folder = tmp_path / "acme-talk"
    folder.mkdir()
    (folder / "deck.md").write_text(text, encoding="utf-8")
    (folder / "mark.svg").write_text(DRAWING.format("", "Ac<tspan>me</tspan>"), encoding="utf-8")
    return folder


def outline_of(reader: PdfReader) -> list[str]:
    def titles(items: list[object]) -> list[str]:
        return [
            title
            for item in items
            for title in (
                titles(cast("list[object]", item)) if isinstance(item, list) else [str(cast("Destination", item).title)]
            )
        ]

    return titles(cast("list[object]", reader.outline))


def test_a_term_is_in_nothing_that_is_written(tmp_path: Path, out: Path, write: Export) -> None:
    pdf, png = write(folder_of(tmp_path), "pdf", "png", size=(0, 90))
    assert pdf.files[0].name == "a-firm-talk.pdf"
    assert [file.name for file in png.files] == [
        "01-a-client-and-its-blog.png",
        "02-a-firm-2.png",
        "03-a-firm.png",
        "04-a-firm-2-2.png",
        "05-code.png",
        "06-late.png",
    ]
    for file in out.iterdir():
        assert b"acme" not in file.read_bytes().lower()
    reader = PdfReader(pdf.files[0])
    assert reader.metadata is not None
    assert reader.metadata.title == "A client and its blog"
    assert reader.metadata.author == "A client"
    assert reader.metadata.subject == "What a firm did."
    assert outline_of(reader) == ["A client and its blog", "A firm", "A firm!", "A firm 2", "Code", "Late"]
    first, second, *_others = pages = pages_of(pdf.files[0])
    assert "See a firm, the code and a page." in first
    assert "A client in dark." in second
    assert 'a firm = "a client"' in pages[4]
    assert "A firm’s mark" in pages[4]
    assert not re.search("acme", " ".join(pages), re.IGNORECASE)


def test_links_lead_to_the_frames_under_their_new_ids(tmp_path: Path, write: Export) -> None:
    (pdf,) = write(folder_of(tmp_path), "pdf")
    reader = PdfReader(pdf.files[0])
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages) if page.indirect_reference}
    targets: dict[int, list[int]] = {}
    for number, page in enumerate(reader.pages):
        for each in cast("list[PdfObject]", page.get("/Annots") or []):
            annotation = cast("dict[str, list[IndirectObject]]", each.get_object())
            assert "/A" not in annotation  # the only address held the term
            targets.setdefault(number, []).append(numbers[annotation["/Dest"][0].idnum])
    assert {1, 4} <= set(targets[0])
    assert 3 in targets[2]


def test_a_path_is_what_is_left_of_its_stops(tmp_path: Path, write: Export) -> None:
    pdf, png = write(folder_of(tmp_path), "pdf", "png", path="acme", size=(0, 90))
    assert pdf.files[0].name == "a-firm-talk-a-firm.pdf"
    assert [re.sub(r"^\d+-", "", file.name) for file in png.files] == [
        "a-firm-2.png",
        "code.png",
        "a-firm-2.png",
        "late.png",
    ]
    reader = PdfReader(pdf.files[0])
    numbers = {page.indirect_reference.idnum for page in reader.pages if page.indirect_reference}
    for page in reader.pages:  # the root is on no page of this path: no link dangles
        for each in cast("list[PdfObject]", page.get("/Annots") or []):
            annotation = cast("dict[str, list[IndirectObject]]", each.get_object())
            assert annotation["/Dest"][0].idnum in numbers
    assert "dark" in pages_of(pdf.files[0])[0]


def test_one_frame_is_asked_for_by_the_id_its_author_knows(tmp_path: Path, write: Export) -> None:
    pdf, png = write(folder_of(tmp_path), "pdf", "png", frame="acme-2", size=(0, 90))
    assert pdf.files[0].name == "a-firm-talk-a-firm-2-2.pdf"
    assert png.files[0].name == "01-a-firm-2-2.png"


def test_a_drawing_is_painted_as_if_it_said_the_other_words(tmp_path: Path, write: Export) -> None:
    redacted = "---\nredact: {Acme: a firm}\n---\n# T\n\n![x](mark.svg)\n"
    plain = "# T\n\n![x](mark.svg)\n"
    shown: list[bytes] = []
    for text, words in ((plain, "A firm"), (redacted, "Acme"), (plain, "Acme")):
        folder = tmp_path / str(len(shown))
        folder.mkdir()
        (folder / "deck.md").write_text(text, encoding="utf-8")
        (folder / "mark.svg").write_text(DRAWING.format("", words), encoding="utf-8")
        (png,) = write(folder, "png", size=(0, 180))
        shown.append(png.files[0].read_bytes())
    assert shown[0] == shown[1]
    assert shown[1] != shown[2]


def test_terms_of_a_text_that_is_put_in_hold_for_the_whole_deck(tmp_path: Path, write: Export) -> None:
    (tmp_path / "part.md").write_text(
        "---\nredact: {Acme: a firm}\n---\n# At Acme\n\n## Numbers of Acme\n\nAcme. [Up](#at-acme)\n\n"
        "/// private\nHUSH\n///\n\n## HUSH {.private}\n",
        encoding="utf-8",
    )
    deck = tmp_path / "talk.md"
    deck.write_text("# Talk by Acme\n\n## One\n\n![[part]]\n\n![[part#Numbers of Acme]]\n", encoding="utf-8")
    pdf, png = write(deck, "pdf", "png", size=(0, 90))
    text = " ".join(pages_of(pdf.files[0]))
    assert "At a firm" in text
    assert not re.search("acme|hush", text, re.IGNORECASE)
    assert not [file.name for file in png.files if "acme" in file.name or "hush" in file.name]


@pytest.mark.parametrize(
    "broken", ["redact: {Acme: x", "redact: &a {Acme: x}", 'redact: [Acme]\nauthor: "x', "redact: Acme\nredact: Mill"]
)
def test_nothing_is_exported_where_the_terms_cannot_be_read(
    tmp_path: Path, out: Path, write: Export, broken: str
) -> None:
    deck = tmp_path / "talk.md"
    deck.write_text(f"---\n{broken}\n---\n# Acme\n", encoding="utf-8")
    with pytest.raises(InputError, match="redact"):
        write(deck, "pdf")
    assert not out.exists()


def test_languages(tmp_path: Path, write: Export) -> None:
    deck = tmp_path / "talk.md"
    deck.write_text(
        "---\nlang: fr\npaths: {court: {stops: [a]}}\n---\n# T\n\n## A {#a lang=en}\n\n"
        "/// only | lang=fr\nbonjour\n///\n/// only | lang=en\nhello\n///\n"
        "/// only | path=court, lang=de\nguten tag\n///\n/// only | path=court\nkurz\n///\n",
        encoding="utf-8",
    )
    shown: dict[tuple[str, str], list[str]] = {}
    for language in ("", "fr", "en", "en-GB", "de"):
        for path in ("", "court"):
            (pdf,) = write(deck, "pdf", language=language, path=path)
            page = pages_of(pdf.files[0])[-1]
            shown[language, path] = [w for w in ("bonjour", "hello", "guten tag", "kurz") if w in page]
    assert shown["", ""] == shown["fr", ""] == ["bonjour"]
    assert shown["en", ""] == shown["en-GB", ""] == ["hello"]
    assert shown["de", ""] == []
    assert shown["de", "court"] == ["guten tag", "kurz"]
    assert shown["fr", "court"] == ["bonjour", "kurz"]
    for unknown in ("es", "nonsense", "-"):
        with pytest.raises(UsageError, match=f"no language “{unknown}”"):
            write(deck, "pdf", language=unknown)


def test_what_is_left_out_takes_no_advance_and_leaves_no_hole(tmp_path: Path, write: Export) -> None:
    deck = tmp_path / "talk.md"
    deck.write_text(
        "---\npaths: {short: {stops: [a]}, long: {stops: [a]}}\n---\n# T\n\n## A {#a}\n\n- one\n- two\n{: .steps }\n\n"
        "/// only | path=long\n- long one\n- long two\n{: .steps }\n\nWhy.[^w]\n///\n\nLast.[^l]\n{: .step }\n\n"
        "/// columns\n//// column\n/// only | path=long\nleft\n///\n////\n//// column\nright\n////\n///\n\n"
        "/// callout | HUSH\n/// private\nHUSH[^h]\n///\n///\n\n[^w]: because\n[^l]: at last\n[^h]: HUSH\n",
        encoding="utf-8",
    )
    (short,) = write(deck, "pdf", path="short", steps=True)
    pages = pages_of(short.files[0])
    assert len(pages) == 4
    assert len(set(pages)) == 4
    assert "1 at last" in pages[-1]
    assert "because" not in pages[-1]
    assert not re.search("HUSH|long|left", " ".join(pages))
    (long,) = write(deck, "pdf", path="long", steps=True)
    pages = pages_of(long.files[0])
    assert len(pages) == 6
    assert "1 because" in pages[-1]
    assert "2 at last" in pages[-1]


def test_a_canvas_is_redacted_as_well(tmp_path: Path, write: Export) -> None:
    (tmp_path / "note.md").write_text("---\nredact: {Acme: a firm}\n---\n# On Acme\n\nAcme did.\n", encoding="utf-8")
    deck = tmp_path / "board.canvas"
    box = '"width":400,"height":300,"y":0'
    deck.write_text(
        f'{{"nodes":[{{"id":"a","type":"text","text":"# Acme\\n\\n**Ac**me","x":0,{box}}},'
        f'{{"id":"b","type":"link","url":"https://acme.example/","x":600,{box}}},'
        f'{{"id":"c","type":"file","file":"note.md","x":1200,{box}}},'
        f'{{"id":"d","type":"file","file":"acme.pdf","x":1800,{box}}}],'
        '"edges":[{"id":"e","fromNode":"a","toNode":"b","label":"to Acme"}]}',
        encoding="utf-8",
    )
    pdf, png = write(deck, "pdf", "png", size=(0, 90))
    text = " ".join(pages_of(pdf.files[0]))
    assert "to a firm" in text
    assert "a-firm.pdf" in text
    assert not re.search("acme", text, re.IGNORECASE)
    assert b"acme" not in pdf.files[0].read_bytes().lower()
    assert not [file.name for file in png.files if "acme" in file.name]
