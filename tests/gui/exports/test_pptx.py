"""Slides: what of a frame can be edited, and where it stands; read with python-pptx."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree as ET

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.exports.conftest import Export

pytestmark = pytest.mark.usefixtures("qapp")

EMU_IN_INCH = 914_400
TEXT = """---
title: Le gâteau
author: Somebody
lang: fr
abstract: {fr: "En français"}
tags: [cake]
---
# Le gâteau

Une phrase.

## Liste {#liste}

Avant la liste, un *mot* et **un autre**.

- un
- deux, voir [le tableau](#tableau) et [dehors](https://example.org/a?b=1&c=2)
    - trois
- quatre

/// notes
Ce que je *dis*.

- un point
- *SECRET*{.private} et un autre

/// private
SECRET
///
///

## Tableau {#tableau}

| Nom | Valeur |
|-----|-------:|
| un  | 1 200  |
| deux | 30    |

## Code

```python
def f():
    return "é"

f()
```

## Image

![Un carré bleu](blue.png)

## Citation {#citation}

> Dit quelqu’un.

## Étapes {#etapes}

- une
- deux
{: .steps }

## Formule

$$\\frac{1}{2}$$

Un `code` [là](#nulle-part).
"""


@pytest.fixture
def written(tmp_path: Path, write: Export) -> Path:
    from PySide6.QtGui import QColor, QImage

    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#0000ff"))
    image.setText("Comment", "SECRET")
    image.save(str(tmp_path / "blue.png"))
    deck = tmp_path / "deck.md"
    deck.write_text(TEXT, encoding="utf-8")
    (made,) = write(deck, "pptx")
    assert made.pages == 8
    return made.files[0]


def slides_of(file: Path) -> dict[str, Any]:
    """The slides by their titles."""
    presentation = Presentation(str(file))
    return {slide.shapes.title.text: slide for slide in cast("Any", presentation).slides}


def texts_of(slide: Any) -> list[list[str]]:
    return [[p.text for p in shape.text_frame.paragraphs] for shape in slide.shapes if shape.has_text_frame]


def test_every_slide_has_its_title_once(written: Path) -> None:
    slides = slides_of(written)
    assert list(slides) == ["Le gâteau", "Liste", "Tableau", "Code", "Image", "Citation", "Étapes", "Formule"]
    for slide in slides.values():
        kinds = [shape.placeholder_format.type for shape in slide.placeholders]
        assert kinds == [PP_PLACEHOLDER.TITLE]


def test_a_title_that_is_not_seen_stands_above_its_slide(written: Path) -> None:
    slides = slides_of(written)
    hidden = slides["Citation"].shapes.title
    assert hidden.top + hidden.height < 0
    assert slides["Liste"].shapes.title.top > 0
    assert ["Dit quelqu’un."] in texts_of(slides["Citation"])


def test_a_list_is_one_text_with_a_paragraph_an_item(written: Path) -> None:
    slide = slides_of(written)["Liste"]
    texts = texts_of(slide)
    (listed,) = [shape for shape in slide.shapes if shape.has_text_frame and "quatre" in shape.text_frame.text]
    paragraphs = listed.text_frame.paragraphs
    assert [p.text for p in paragraphs][-4:] == ["un", "deux, voir le tableau et dehors", "trois", "quatre"]
    marks = [re.findall(r'buChar char="(.)"', ET.tostring(ET.fromstring(p._p.xml), "unicode")) for p in paragraphs]
    assert marks[-4:] == [["•"], ["•"], ["◦"], ["•"]]
    indents = [int(p._p.pPr.get("marL")) for p in paragraphs[-4:]]
    assert indents[0] == indents[1] == indents[3] < indents[2]
    assert sum("quatre" in words for text in texts for words in text) == 1


def test_emphasis_and_language_are_those_of_the_text(written: Path) -> None:
    slide = slides_of(written)["Liste"]
    runs = [
        run for shape in slide.shapes if shape.has_text_frame for p in shape.text_frame.paragraphs for run in p.runs
    ]
    by_text = {run.text: run for run in runs}
    assert by_text["mot"].font.italic
    assert by_text["un autre"].font.bold
    assert not by_text["Avant la liste, un "].font.bold
    assert {run._r.rPr.get("lang") for run in runs} == {"fr-FR"}


def test_words_link_to_slides_and_addresses(written: Path) -> None:
    slides = slides_of(written)
    slide = slides["Liste"]
    runs = [
        run for shape in slide.shapes if shape.has_text_frame for p in shape.text_frame.paragraphs for run in p.runs
    ]
    by_text = {run.text: run for run in runs}
    assert by_text["dehors"].hyperlink.address == "https://example.org/a?b=1&c=2"
    jump = by_text["le tableau"]._r.rPr.hlinkClick
    assert jump.get("action") == "ppaction://hlinksldjump"
    assert slide.part.rels[jump.rId].target_part is slides["Tableau"].part
    lost = [
        run
        for shape in slides["Formule"].shapes
        if shape.has_text_frame
        for p in shape.text_frame.paragraphs
        for run in p.runs
    ]
    assert "là" in [run.text for run in lost]
    assert all(run._r.rPr.hlinkClick is None for run in lost)


def test_frames_seen_from_outside_are_links_with_their_titles(written: Path) -> None:
    slides = slides_of(written)
    areas = {
        shape._element.nvSpPr.cNvPr.get("descr"): shape
        for shape in slides["Le gâteau"].shapes
        if shape.name[:4] == "Link"
    }
    assert set(areas) == {"Liste", "Tableau", "Code", "Image", "Citation", "Étapes", "Formule"}
    assert areas["Code"].click_action.target_slide.shapes.title.text == "Code"


def test_a_table_is_a_table(written: Path) -> None:
    (frame,) = [shape for shape in slides_of(written)["Tableau"].shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in frame.table.rows]
    assert rows == [["Nom", "Valeur"], ["un", "1 200"], ["deux", "30"]]
    assert frame.table.first_row
    assert frame.table.cell(1, 1).text_frame.paragraphs[0]._p.pPr.get("algn") == "r"
    assert abs(sum(column.width for column in frame.table.columns) - frame.width) < 10


def test_code_is_one_text_with_its_indents(written: Path) -> None:
    slide = slides_of(written)["Code"]
    assert ["def f():", '    return "é"', "", "f()"] in texts_of(slide)
    runs = [
        run for shape in slide.shapes if shape.has_text_frame for p in shape.text_frame.paragraphs for run in p.runs
    ]
    assert "JetBrains Mono" in {run.font.name for run in runs}


def test_a_picture_says_what_it_shows_and_has_no_more_in_it(written: Path) -> None:
    (picture,) = [s for s in slides_of(written)["Image"].shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert picture._element.nvPicPr.cNvPr.get("descr") == "Un carré bleu"
    assert picture.width / picture.height == pytest.approx(2.0, rel=0.01)
    assert b"SECRET" not in picture.image.blob


def test_a_formula_is_a_shape_with_its_source_as_words(written: Path) -> None:
    said = [
        shape._element.nvSpPr.cNvPr.get("descr")
        for shape in slides_of(written)["Formule"].shapes
        if shape.name[:7] == "Formula"
    ]
    assert said == ["\\frac{1}{2}"]


def test_notes_are_those_that_everyone_may_read(written: Path) -> None:
    slides = slides_of(written)
    notes = slides["Liste"].notes_slide.notes_text_frame
    assert [p.text.strip() for p in notes.paragraphs] == ["Ce que je dis.", "un point", "et un autre"]
    assert [run.text for run in notes.paragraphs[0].runs if run.font.italic] == ["dis"]
    assert not slides["Code"].has_notes_slide


def test_the_file_says_who_wrote_it_about_what(written: Path) -> None:
    known = Presentation(str(written)).core_properties
    assert (known.title, known.author, known.subject, known.keywords, known.language) == (
        "Le gâteau",
        "Somebody",
        "En français",
        "cake",
        "fr",
    )
    assert "Canny" not in known.last_modified_by


def test_a_text_stands_where_the_room_sees_it(written: Path) -> None:
    """The left edge of a card's text is 9.6 h of a frame of 100 h, and a frame nearly fills its slide."""
    presentation: Any = Presentation(str(written))
    assert presentation.slide_height == 7.5 * EMU_IN_INCH
    assert presentation.slide_width == round(7.5 * 16 / 9 * EMU_IN_INCH)
    title = slides_of(written)["Liste"].shapes.title
    assert 0.07 < title.left / presentation.slide_width < 0.11
    assert 0.08 < title.top / presentation.slide_height < 0.15


def test_steps_are_slides_of_their_own(tmp_path: Path, write: Export) -> None:
    deck = tmp_path / "deck.md"
    deck.write_text("# T\n\n## Étapes\n\n- une\n- deux\n{: .steps }\n", encoding="utf-8")
    (made,) = write(deck, "pptx", steps=True)
    assert made.pages == 4
    slides: Any = Presentation(str(made.files[0])).slides
    shown = [[words for text in texts_of(slide) for words in text if words in {"une", "deux"}] for slide in slides]
    assert shown == [[], [], ["une"], ["une", "deux"]]


def test_every_part_is_well_formed_known_by_kind_and_referred_to(written: Path) -> None:
    with zipfile.ZipFile(written) as file:
        names = set(file.namelist())
        types = file.read("[Content_Types].xml").decode()
        referred: set[str] = set()
        for name in names:
            if name.endswith((".xml", ".rels", ".svg")):
                ET.fromstring(file.read(name))
            if not name.endswith(".rels"):
                assert f'"/{name}"' in types or f'Extension="{name.rpartition(".")[2]}"' in types
                continue
            for each in ET.fromstring(file.read(name)):
                if each.get("TargetMode") != "External":
                    folder = posixpath.dirname(posixpath.dirname(name))
                    referred.add(posixpath.normpath(posixpath.join(folder, each.get("Target", ""))))
        assert referred <= names
        parts = {n for n in names if not n.endswith(".rels") and n != "[Content_Types].xml"}
        assert parts == referred
        assert not [n for n in names if "SECRET" in file.read(n).decode("latin-1")]
        ids = re.findall(r'<p:cNvPr id="(\d+)"', file.read("ppt/slides/slide2.xml").decode())
        assert len(ids) == len(set(ids))


def test_a_slide_may_have_any_ratio(tmp_path: Path, write: Export) -> None:
    deck = tmp_path / "deck.md"
    deck.write_text('---\nratio: "4:3"\n---\n# T\n\n## A\n\nText.\n', encoding="utf-8")
    (made,) = write(deck, "pptx")
    presentation: Any = Presentation(str(made.files[0]))
    assert presentation.slide_width / presentation.slide_height == pytest.approx(4 / 3, rel=0.001)
