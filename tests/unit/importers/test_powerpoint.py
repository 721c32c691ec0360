"""PowerPoint files, made with python-pptx, and what pretends to be one."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.importers.conftest import PNG, Result, read

from atelier.foundation.errors import InputError
from atelier.importers.importing import import_deck
from atelier.markup.blocks import CodeBlock, Columns, Figure, ListBlock, Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[[Any], None]

EMU = 914_400  # an inch
TITLE, CONTENT, SECTION, TWO, TITLE_ONLY, BLANK = 0, 1, 2, 3, 5, 6


@pytest.fixture
def bring(tmp_path: Path) -> Callable[[Make], Result]:
    """`bring(make)` has `make` fill a presentation, and imports it."""

    def run(make: Make) -> Result:
        import pptx

        deck: Any = pptx.Presentation()
        make(deck)
        deck.save(str(tmp_path / "deck.pptx"))
        return read(import_deck(tmp_path / "deck.pptx", tmp_path / "out"))

    return run


def _slide(deck: Any, layout: int, title: str = "") -> Any:
    slide: Any = deck.slides.add_slide(deck.slide_layouts[layout])
    if title:
        slide.shapes.title.text = title
    return slide


def _box(slide: Any, text: str, left: float, top: float, width: float = 3, height: float = 2) -> Any:
    box: Any = slide.shapes.add_textbox(*(int(each * EMU) for each in (left, top, width, height)))
    box.text_frame.text = text
    return box


def test_text_notes_sections_and_settings(bring: Callable[[Make], Result]) -> None:
    def make(deck: Any) -> None:
        deck.core_properties.title, deck.core_properties.author = "The deck", "Ann"
        first = _slide(deck, TITLE, "The talk")
        first.placeholders[1].text = "Ann Baker"
        first.notes_slide.notes_text_frame.text = "Hello\n# not a heading\n///\nend"
        slide = _slide(deck, CONTENT, "Points")
        frame = slide.placeholders[1].text_frame
        frame.text = "one *star*"
        inner = frame.add_paragraph()
        inner.text, inner.level = "inner", 1
        run = frame.add_paragraph().add_run()
        run.text, run.font.bold, run.hyperlink.address = "bold", True, "https://example.org/a b"
        _slide(deck, SECTION, "Part two")
        hidden = _slide(deck, CONTENT, "Hidden {#x}")
        hidden.placeholders[1].text = "text"
        hidden._element.set("show", "0")

    deck = bring(make)
    assert deck.deck.frames[0].title == "The talk"
    assert deck.titles == [(1, "Points"), (1, "Part two"), (2, "Hidden {#x}")]
    assert deck.deck.author == "Ann"
    assert deck.deck.ratio == pytest.approx(4 / 3)
    assert deck.contents[0].notes
    assert len(deck.contents[0].blocks) == 1
    assert deck.source("Points") == "- one \\*star\\*\n    - inner\n- [**bold**](<https://example.org/a b>)"
    assert deck.deck.frames[3].private


def test_what_stands_beside_another_is_a_column(bring: Callable[[Make], Result]) -> None:
    def make(deck: Any) -> None:
        slide = _slide(deck, TITLE_ONLY, "Beside")
        _box(slide, "right", 5, 2)
        _box(slide, "left", 0.5, 2)
        _box(slide, "below both", 0.5, 5, 8, 1)
        _box(slide, "left below", 0.5, 3.2, 3, 0.8)
        two = _slide(deck, TWO, "Two")
        two.placeholders[1].text, two.placeholders[2].text = "a", "b"

    deck = bring(make)
    first = deck.content("Beside")
    assert isinstance(first.blocks[0], Columns)
    assert [len(column.blocks) for column in first.blocks[0].columns] == [2, 1]
    assert len(first.blocks) == 2
    both = deck.content("Two").blocks[0]
    assert isinstance(both, Columns)
    assert isinstance(both.columns[0].blocks[0], ListBlock)


def test_pictures_tables_charts_and_code(bring: Callable[[Make], Result]) -> None:
    def make(deck: Any) -> None:
        from pptx.chart.data import CategoryChartData
        from pptx.enum.chart import XL_CHART_TYPE

        slide = _slide(deck, TITLE_ONLY, "Picture")
        picture = slide.shapes.add_picture(io.BytesIO(PNG), EMU, 2 * EMU, 2 * EMU, 2 * EMU)
        picture._element.nvPicPr.cNvPr.set("descr", "A cat")
        full = _slide(deck, BLANK)
        full.shapes.add_picture(io.BytesIO(PNG), 0, 0, deck.slide_width, deck.slide_height)
        _box(full, "Over it", 1, 1)
        table = _slide(deck, TITLE_ONLY, "Table").shapes.add_table(2, 2, EMU, 2 * EMU, 4 * EMU, EMU).table
        for row in range(2):
            for column in range(2):
                table.cell(row, column).text = f"{row}|{column}"
        data: Any = CategoryChartData()
        data.categories = ["x", "y"]
        data.add_series("S", (1.5, None))
        _slide(deck, TITLE_ONLY, "Chart").shapes.add_chart(XL_CHART_TYPE.PIE, EMU, 2 * EMU, 4 * EMU, 3 * EMU, data)
        code = _box(_slide(deck, TITLE_ONLY, "Code"), "def f():\n    return 1", 1, 2)
        for paragraph in code.text_frame.paragraphs:
            paragraph.runs[0].font.name = "Consolas"
        _slide(deck, TITLE_ONLY, "Shape").shapes.add_shape(1, EMU, EMU, EMU, EMU)

    deck = bring(make)
    figure, table, chart, code = (deck.content(title).blocks[0] for title in ("Picture", "Table", "Chart", "Code"))
    assert isinstance(figure, Figure)
    assert (figure.alt, figure.source) == ("A cat", "pictures/slide-1.png")
    assert next(f for f in deck.deck.frames if f.title == "Over it").background == "pictures/slide-1.png"
    assert isinstance(table, Table)
    assert isinstance(chart, Table)
    assert isinstance(code, CodeBlock)
    assert "1.5" in deck.source("Chart")
    assert {"chart", "shape"} <= deck.codes
    assert deck.imported.pictures == 1


def test_smartart_becomes_a_list_and_a_chart_that_cannot_be_read_is_named(bring: Callable[[Make], Result]) -> None:
    main, diagram = "http://schemas.openxmlformats.org/drawingml/2006/main", "drawingml/2006/diagram"
    words = "".join(f"<d:t><a:p><a:r><a:t>{each}</a:t></a:r></a:p></d:t>" for each in ("Bake", "Eat"))
    formats = "http://schemas.openxmlformats.org/"

    def make(deck: Any) -> None:
        from pptx.chart.data import CategoryChartData
        from pptx.enum.chart import XL_CHART_TYPE
        from pptx.opc.package import Part
        from pptx.opc.packuri import PackURI
        from pptx.oxml import parse_xml

        slide = _slide(deck, TITLE_ONLY, "Diagram")
        data = f'<d:m xmlns:d="{formats}{diagram}" xmlns:a="{main}">{words}</d:m>'.encode()
        part: Any = Part(PackURI("/ppt/diagrams/data1.xml"), "application/xml", deck.part.package, data)
        link = slide.part.relate_to(part, f"{formats}officeDocument/2006/relationships/diagramData")
        graphic = slide.shapes.add_table(1, 1, EMU, 2 * EMU, 4 * EMU, EMU)._element.graphic.graphicData
        graphic.set("uri", f"{formats}{diagram}")
        relations = f'xmlns:r="{formats}officeDocument/2006/relationships"'
        graphic[:] = [parse_xml(f'<d:relIds xmlns:d="{formats}{diagram}" {relations} r:dm="{link}"/>')]
        numbers: Any = CategoryChartData()
        numbers.categories = ["x"]
        numbers.add_series("S", (1.5,))
        chart = _slide(deck, TITLE_ONLY, "Solid").shapes.add_chart(XL_CHART_TYPE.AREA, EMU, EMU, EMU, EMU, numbers)
        area = next(chart.chart._chartSpace.iter("{*}areaChart"))
        area.tag = area.tag.replace("areaChart", "area3DChart")

    deck = bring(make)
    assert deck.source("Diagram") == "- Bake\n- Eat"
    assert [loss.message for loss in deck.imported.losses if loss.code == "chart"] == [
        "A chart of this kind is left out: its numbers cannot be read."
    ]


def test_pictures_in_formats_nobody_shows_are_reported(bring: Callable[[Make], Result]) -> None:
    def make(deck: Any) -> None:
        from PIL import Image

        out = io.BytesIO()
        Image.new("RGB", (2, 2)).save(out, "TIFF")
        slide = _slide(deck, TITLE_ONLY, "Picture")
        slide.shapes.add_picture(out, EMU, 2 * EMU)._element.nvPicPr.cNvPr.set("descr", "A plan")

    deck = bring(make)
    assert "A plan" in deck.text
    assert any(loss.code == "picture-unreadable" and loss.slide == 1 for loss in deck.imported.losses)


def test_links_to_slides(bring: Callable[[Make], Result]) -> None:
    def make(deck: Any) -> None:
        first = _slide(deck, TITLE_ONLY, "One")
        box = _box(first, "go on", 1, 2)
        second = _slide(deck, CONTENT, "Two")
        second.placeholders[1].text = "x"
        link = first.part.relate_to(
            second.part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"
        )
        run: Any = box.text_frame.paragraphs[0].runs[0]
        run._r.get_or_add_rPr().add_hlinkClick(link).set("action", "ppaction://hlinksldjump")

    deck = bring(make)
    assert "[go on](#slide-2)" in deck.text
    assert deck.deck.frames[-1].id == "slide-2"


def _package(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


HOSTILE: dict[str, dict[str, bytes]] = {
    "empty": {},
    "no presentation": {"a.txt": b"x"},
    "broken xml": {"[Content_Types].xml": b"<x", "ppt/presentation.xml": b"<y"},
    "entities": {
        "[Content_Types].xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        "ppt/presentation.xml": b"<x/>",
    },
    "a bomb of xml": {"ppt/presentation.xml": b"<x/>", "ppt/slides/slide1.xml": b" " * (17 * 1024 * 1024)},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_presentation(tmp_path: Path, name: str) -> None:
    file = _package(tmp_path / "deck.pptx", HOSTILE[name])
    with pytest.raises(InputError):
        import_deck(file, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("data", [b"", b"PK\3\4 but not more", b"not a zip file", b"\xd0\xcf\x11\xe0old powerpoint"])
def test_bytes_that_are_no_package(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "deck.pptx").write_bytes(data)
    with pytest.raises(InputError):
        import_deck(tmp_path / "deck.pptx", tmp_path / "out")
    assert not (tmp_path / "out").exists()
