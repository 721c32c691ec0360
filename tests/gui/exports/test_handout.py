"""Handouts: what stands on their sheets, and that no note is cut."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any, cast

import pytest
from pypdf import PdfReader

from atelier.exports.handout import PAPERS, paper_for

if TYPE_CHECKING:
    from pathlib import Path

    from pypdf.generic import PdfObject
    from tests.gui.exports.conftest import Export

pytestmark = pytest.mark.usefixtures("qapp")

HEAD = "---\ntitle: The talk\nauthor: Somebody\nlang: {lang}\n---\n# The talk\n\n"
WORDS = 700


def sheets(file: Path) -> list[str]:
    said = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(page.split()) for page in said.split("\f")[:-1]]


def deck_of(tmp_path: Path, frames: int, notes: str, lang: str = "en") -> Path:
    deck = tmp_path / "talk.md"
    text = "".join(f"## Frame {n} {{#f{n}}}\n\nShown {n}.\n\n/// notes\n{notes}\n///\n\n" for n in range(1, frames + 1))
    deck.write_text(HEAD.format(lang=lang) + text, encoding="utf-8")
    return deck


@pytest.mark.parametrize(("per_page", "pages"), [(1, 7), (2, 4), (3, 3), (6, 2)])
def test_so_many_stops_are_on_a_sheet(tmp_path: Path, write: Export, per_page: int, pages: int) -> None:
    (made,) = write(deck_of(tmp_path, 6, "Said of it."), "handout", per_page=per_page)
    assert made.files[0].name == "talk-handout.pdf"
    found = sheets(made.files[0])
    assert made.pages == len(found) == pages
    for number, page in enumerate(found, 1):
        assert page.startswith("The talk")
        assert "Somebody" in page
        assert re.search(rf"{number} ?/ ?{pages}\b", page)
    assert [len(re.findall("Said of it", page)) for page in found] == [
        sum(1 for stop in range(7) if stop // per_page == sheet and stop) for sheet in range(pages)
    ]


@pytest.mark.parametrize("per_page", [1, 2, 3, 6])
def test_long_notes_go_on_and_none_is_cut(tmp_path: Path, write: Export, per_page: int) -> None:
    notes = "\n\n".join(" ".join(f"w{n}x" for n in range(i, i + 35)) for i in range(0, WORDS, 35))
    deck = deck_of(tmp_path, 2, f"{notes}\n\n- last **bold**\n- point", "en")
    (made,) = write(deck, "handout", per_page=per_page)
    text = " ".join(sheets(made.files[0]))
    for n in range(WORDS):
        assert len(re.findall(rf"\bw{n}x\b", text)) == 2, n
    assert text.count("last bold") == 2
    assert "Frame 1 (continued)" in text
    box = subprocess.run(["pdftotext", "-bbox", made.files[0], "-"], capture_output=True, text=True, check=True).stdout
    page = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', box)
    assert page is not None
    width, height = float(page[1]), float(page[2])
    for x, y, right, bottom in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">w\d', box):
        assert 40 < float(x) < float(right) < width - 40
        assert 40 < float(y) < float(bottom) < height - 40


def test_notes_that_no_sheet_holds_in_one_piece_are_made_smaller(tmp_path: Path, write: Export) -> None:
    rows = "\n".join(f"| cell {n} | {' '.join(f'z{n}y{i}' for i in range(400))} |" for n in range(2))
    deck = deck_of(tmp_path, 1, f"| a | b |\n|---|---|\n{rows}")
    (made,) = write(deck, "handout", per_page=6)
    text = " ".join(sheets(made.files[0]))
    assert "z0y0" in text
    assert "z1y399" in text


def test_the_paper_is_that_of_the_language(tmp_path: Path, write: Export) -> None:
    assert [paper_for(lang) for lang in ("fr", "en", "en-US", "fr-CA", "pt-BR", "")] == [
        "a4", "a4", "letter", "letter", "a4", "a4",
    ]  # fmt: skip
    for lang, paper, points in (("en-US", "", (612, 792)), ("en-US", "a4", (595, 842)), ("fr", "", (595, 842))):
        (made,) = write(deck_of(tmp_path, 1, "Said.", lang), "handout", paper=paper)
        box = PdfReader(made.files[0]).pages[0].mediabox
        assert (float(box.width), float(box.height)) == pytest.approx(points, abs=1.0)
    assert PAPERS["letter"].width * 0.75 == 612


def test_what_is_private_in_notes_is_not_handed_out(tmp_path: Path, write: Export) -> None:
    notes = "Seen *HUSH*{.private} too.\n\n/// private\nHUSH\n///\n\n%%HUSH%% <!-- HUSH -->"
    (made,) = write(deck_of(tmp_path, 1, notes), "handout")
    text = " ".join(sheets(made.files[0]))
    assert "Seen too." in text
    assert "HUSH" not in text


def test_links_lead_to_sheets_and_the_outline_names_the_frames(tmp_path: Path, write: Export) -> None:
    deck = deck_of(tmp_path, 4, "See [the first](#f1) and [a page](https://example.org/).")
    (made,) = write(deck, "handout", per_page=2)
    reader = PdfReader(made.files[0])
    assert re.findall(r"'/Title': '([^']*)'", repr(reader.outline)) == [
        "The talk", "Frame 1", "Frame 2", "Frame 3", "Frame 4",
    ]  # fmt: skip
    found = [
        cast("dict[str, Any]", each.get_object())
        for each in cast("list[PdfObject]", reader.pages[2].get("/Annots") or [])
    ]
    assert [str(each["/A"]["/URI"]) for each in found if "/A" in each] == ["https://example.org/"]
    pages = [page.indirect_reference.idnum for page in reader.pages if page.indirect_reference]
    assert pages[0] in [each["/Dest"][0].idnum for each in found if "/Dest" in each]
