"""Slides as LibreOffice opens them."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from atelier.app.exporting import export

if TYPE_CHECKING:
    from pathlib import Path

    from tests.interchange.conftest import Convert

pytestmark = pytest.mark.usefixtures("qapp")

TEXT = """---
lang: fr
theme: clair
---
# Le gâteau

Une phrase.

## Une liste {#liste}

Avant la liste, un *mot* et **un autre**.

- premier
- deuxième, voir [le tableau](#tableau)
    - troisième

/// callout | À retenir
Une remarque.
///

## Un tableau {#tableau}

| Nom  | Valeur |
|------|-------:|
| Un   | 1,200  |
| Deux | 30     |

## Du code

```python
def fonction():
    return 1
```

> Dit quelqu’un.
>
> — Quelqu’un
"""
WIDTH = 1440.0
"""Of a page, to compare places on two of different sizes."""
_PAGE = re.compile(r'<page width="([\d.]+)"')
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<')


def words_of(file: Path) -> list[dict[str, tuple[float, float]]]:
    """Of each page, the words that stand there once: the left edge and the middle of each."""
    said = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    pages: list[dict[str, tuple[float, float]]] = []
    for page in said.split("</page>")[:-1]:
        width = _PAGE.search(page)
        assert width is not None
        scale = WIDTH / float(width[1])
        found = _WORD.findall(page)
        words = [word for *_box, word in found]
        pages.append(
            {
                word: (float(x) * scale, (float(top) + float(bottom)) / 2 * scale)
                for x, top, bottom, word in found
                if words.count(word) == 1 and any(map(str.isalnum, word))
            }
        )
    return pages


def test_libreoffice_shows_the_words_of_a_frame_where_the_room_sees_them(
    tmp_path: Path, by_libreoffice: Convert
) -> None:
    deck = tmp_path / "talk.md"
    deck.write_text(TEXT, encoding="utf-8")
    pdf, pptx = export(deck, ["pdf", "pptx"], tmp_path / "out")
    ours, theirs = words_of(pdf.files[0]), words_of(by_libreoffice(pptx.files[0], "pdf"))
    assert len(theirs) == len(ours) == 4
    for before, after in list(zip(ours, theirs, strict=True))[1:]:
        assert len(before) > 5
        assert before.keys() == after.keys()
        for word, (x, y) in before.items():
            assert after[word][0] == pytest.approx(x, abs=25.0), word
            assert after[word][1] == pytest.approx(y, abs=12.0), word


def test_libreoffice_keeps_what_it_opened(tmp_path: Path, by_libreoffice: Convert) -> None:
    """Written again by LibreOffice, titles are still titles, a table is a table, and links lead to slides."""
    from pptx import Presentation

    deck = tmp_path / "talk.md"
    deck.write_text(TEXT, encoding="utf-8")
    (made,) = export(deck, ["pptx"], tmp_path / "out")
    slides = list(Presentation(str(by_libreoffice(made.files[0], "pptx"))).slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title is not None]
    assert titles == ["Le gâteau", "Une liste", "Un tableau", "Du code"]
    assert [shape.has_table for shape in slides[2].shapes].count(True) == 1
    targets = [rel.target_part for rel in slides[1].part.rels.values() if rel.reltype.endswith("/slide")]
    assert targets == [slides[2].part]
