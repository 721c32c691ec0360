"""Documents as LibreOffice reads them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from atelier.deck.audience import for_audience
from atelier.deck.loading import load, read
from atelier.draft.article import Wish, article_of
from atelier.draft.order import along
from atelier.writers.docx import write
from atelier.writers.types import Means

if TYPE_CHECKING:
    from tests.interchange.conftest import Convert

    from atelier.deck.types import Deck
    from atelier.draft.types import Picture

DECKS = Path(__file__).parents[2] / "decks"
TEXT = """---
lang: fr
author: Ada Exemple
---
# Le pain {#pain}

Une note[^a], [le four](#four).

[^a]: Dite au bas de la page.

1. peser
    - le seigle
2. pétrir

## Le four {#four}

| Farine | Prix |
|--------|-----:|
| seigle | 2 € |

1. enfourner
"""


def made_of(deck: Deck, tmp_path: Path) -> Path:
    def nothing(picture: Picture) -> Picture:
        return picture

    article = article_of(deck, Wish(visits=along(for_audience(deck).paths[0])))
    (file,) = write(article, Means(raster=nothing))
    (tmp_path / "made.docx").write_bytes(file.data)
    return tmp_path / "made.docx"


def words_of(pdf: Path) -> str:
    """All words without spaces: how wide those of a font are decides which of them pdftotext sees."""
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
    return "".join(done.stdout.split())


def test_a_document_is_read_as_it_was_meant(tmp_path: Path, by_libreoffice: Convert) -> None:
    pdf = by_libreoffice(made_of(read(TEXT.encode()), tmp_path), "pdf")
    wanted = (
        "Le pain", "Ada Exemple · 1 min de lecture", "Une note1, le four.", "1. peser", "– le seigle", "2. pétrir",
        "Le four", "Farine Prix", "seigle 2 €", "1. enfourner", "1 Dite au bas de la page.", "Le pain 1 / 1",
    )  # fmt: skip
    assert words_of(pdf) == "".join("".join(wanted).split())


def test_formulas_can_be_edited(tmp_path: Path, by_libreoffice: Convert) -> None:
    deck = read(b"# T\n\nSo $\\frac{a}{b}$.\n\n$$\n\\sqrt{x}\n$$\n")
    text = by_libreoffice(made_of(deck, tmp_path), "fodt").read_text(encoding="utf-8")
    assert "mfrac>" in text
    assert "msqrt>" in text


def test_the_keynote_is_read_whole(tmp_path: Path, by_libreoffice: Convert) -> None:
    deck = load(DECKS / "gateau-au-chocolat")
    words = words_of(by_libreoffice(made_of(deck, tmp_path), "pdf"))
    article = article_of(deck, Wish(visits=along(for_audience(deck).paths[0])))
    for section in article.sections:
        title = "".join(getattr(run, "text", "") for run in section.title)
        assert "".join(title.split()) in words
