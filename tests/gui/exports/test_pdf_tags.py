"""The structure of a PDF, read with poppler and pypdf."""

from __future__ import annotations

import itertools
import re
import subprocess
from typing import TYPE_CHECKING, Any, cast

import pytest
from pypdf import PdfReader

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.exports.conftest import Export

pytestmark = pytest.mark.usefixtures("qapp")

TEXT = """---
title: Le gâteau
lang: fr
---
# Le gâteau

Une phrase.

## Liste {#liste}

Avant, voir [dehors](https://example.org/).

- un
- deux
    - trois

## Tableau {lang=en}

| Name | Value |
|------|-------|
| one  | 1     |

## Image

![Un carré bleu](blue.png)

### Citation

Dit quelqu’un.

### Ce qu’on dit

> Une phrase sans titre.

## Formule

$$\\frac{1}{2}$$

Une note.[^n]

[^n]: Ce qu’elle dit.

/// notes
Ce que je *dis*.
///
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    from PySide6.QtGui import QColor, QImage

    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#0000ff"))
    image.save(str(tmp_path / "blue.png"))
    file = tmp_path / "talk.md"
    file.write_text(TEXT, encoding="utf-8")
    return file


def structure(file: Path) -> list[str]:
    """A line a level of the structure: its depth as dots, the type, the words."""
    done = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, check=True)
    assert done.stderr == b""
    out: list[str] = []
    for line in done.stdout.decode(errors="replace").splitlines():  # a title is printed as it is in the file
        words = line.strip()
        depth = (len(line) - len(line.lstrip())) // 2
        if words.startswith('"'):
            out[-1] += f" {words.strip(chr(34))}".rstrip()
        elif not words.startswith(("/", "Object")):
            out.append("." * depth + re.sub(r"( \((block|inline)\))?:?$|(?<=^Sect) .*", "", words))
    return out


def section(lines: list[str], title: str) -> list[str]:
    """What a page holds after its heading, which holds `title`; its depth is taken off, links are left out."""
    starts = [i for i, line in enumerate(lines) if line == ".Sect"] + [len(lines)]
    for first, last in itertools.pairwise(starts):
        if lines[first + 1].endswith(f" {title}"):
            return [line[2:] for line in lines[first + 1 : last] if not line.endswith("Link")]
    raise AssertionError(lines)


def test_headings_paragraphs_and_lists_are_told_apart(deck: Path, write: Export) -> None:
    (made,) = write(deck, "pdf")
    lines = structure(made.files[0])
    assert lines[0] == "Document"
    assert section(lines, "Le gâteau")[:2] == ["H1 Le gâteau", "P Une phrase."]
    assert section(lines, "Liste") == [
        "H2 Liste",
        "P Avant, voir dehors.",
        "L",
        ".LI",
        "..Lbl",
        "..LBody",
        "...P un",
        ".LI",
        "..Lbl",
        "..LBody",
        "...P deux",
        "...L",
        "....LI",
        ".....Lbl",
        ".....LBody",
        "......P trois",
    ]
    assert section(lines, "Citation") == ["H3 Citation", "P Dit quelqu’un."]


def test_a_table_has_rows_and_cells(deck: Path, write: Export) -> None:
    (made,) = write(deck, "pdf")
    found = section(structure(made.files[0]), "Tableau")
    assert [line.lstrip(".") for line in found] == [
        "H2 Tableau", "Div", "Table", "TR", "TH Name", "TH Value", "TR", "TD one", "TD 1",
    ]  # fmt: skip


def elements_of(file: Path) -> list[Any]:
    reader = PdfReader(file)
    root = cast("Any", reader.trailer["/Root"])
    waiting: list[Any] = [root["/StructTreeRoot"]["/K"][0].get_object()]
    found: list[Any] = []
    while waiting:
        one = waiting.pop()
        found.append(one)
        for kid in cast("list[Any]", one["/K"]):
            inner = kid.get_object()
            if hasattr(inner, "get") and "/S" in inner:  # not a number, nor what refers to a link
                assert inner["/P"].get_object() == one
                waiting.append(inner)
    return found


def test_pictures_and_formulas_say_what_they_show(deck: Path, write: Export) -> None:
    (made,) = write(deck, "pdf")
    said = {str(each["/S"]): str(each["/Alt"]) for each in elements_of(made.files[0]) if "/Alt" in each}
    assert said == {"/Figure": "Un carré bleu", "/Formula": "\\frac{1}{2}"}


def test_the_file_and_its_parts_have_their_language(deck: Path, write: Export) -> None:
    (made,) = write(deck, "pdf")
    root = cast("Any", PdfReader(made.files[0]).trailer["/Root"])
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    sections = [str(each.get("/Lang")) for each in elements_of(made.files[0]) if each["/S"] == "/Sect"]
    assert sorted(sections) == ["en", *["fr"] * 6]


def test_a_page_whose_title_is_not_seen_is_named_all_the_same(deck: Path, write: Export) -> None:
    (made,) = write(deck, "pdf")
    named = [str(each.get("/T")) for each in elements_of(made.files[0]) if each["/S"] == "/Sect"]
    assert "Ce qu’on dit" in named


@pytest.mark.parametrize("format_", ["pdf", "handout"])
def test_every_sequence_has_its_element_and_every_link_its_own(deck: Path, write: Export, format_: str) -> None:
    (made,) = write(deck, format_)
    reader = PdfReader(made.files[0])
    root = cast("Any", reader.trailer["/Root"])["/StructTreeRoot"]
    nums = root["/ParentTree"]["/Nums"]
    parents = {int(nums[i]): nums[i + 1].get_object() for i in range(0, len(nums), 2)}
    assert len(parents) == root["/ParentTreeNextKey"]
    for page in cast("list[Any]", list(reader.pages)):
        assert page["/Tabs"] == "/S"
        data = page.get_contents().get_data()
        ids = [int(each) for each in re.findall(rb"/MCID (\d+)", data)]
        owners = parents[page["/StructParents"]]
        assert ids == list(range(len(owners)))
        for number, owner in enumerate(owners):
            assert number in list(owner.get_object()["/K"])
            assert owner.get_object()["/Pg"].get_object() == page
        opened = len(re.findall(rb"\bB(?:DC|MC)\n", data))
        assert opened == len(re.findall(rb"\bEMC\n", data)) == 1 + len(re.findall(rb"n\nEMC\n", data))
        assert b"-30000.25" not in data
        for annotation in cast("list[Any]", page.get("/Annots") or []):
            link = annotation.get_object()
            assert parents[link["/StructParent"]]["/S"] == "/Link"
            assert link["/Contents"]


def test_what_is_seen_beside_a_frame_is_no_part_of_its_text(deck: Path, write: Export) -> None:
    """The page of a frame in another one shows the edge of that, and its words are in the content all the same."""
    (made,) = write(deck, "pdf")
    found = section(structure(made.files[0]), "Citation")
    assert [line for line in found if "Image" in line] == []


def test_the_sheets_of_a_handout_have_pictures_headings_and_notes(deck: Path, write: Export) -> None:
    (made,) = write(deck, "handout")
    lines = [line.lstrip(".") for line in structure(made.files[0])]
    assert lines.count("Sect") == 4
    at = next(i for i, line in enumerate(lines) if "Formule" in line and line[0] == "H")
    assert lines[at + 1] == "P Ce que je dis."
    shown = [str(each["/Alt"]) for each in elements_of(made.files[0]) if each["/S"] == "/Figure"]
    assert sorted(shown) == ["Ce qu’on dit", "Citation", "Formule", "Image", "Le gâteau", "Liste", "Tableau"]
