from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import docx
import pytest
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.audience import for_audience
from atelier.deck.loading import load, read
from atelier.draft.article import Wish, article_of
from atelier.draft.order import along
from atelier.draft.types import Article, Picture, Section, Source
from atelier.markup.blocks import Figure, Footnote, FootnoteMark, Paragraph, Text
from atelier.writers.docx import write
from atelier.writers.types import Means

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from docx.document import Document
    from docx.text.paragraph import Paragraph as Shown

PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\2\0\1H\xaf\xa4q\0\0\0\0IEND"
    b"\xaeB`\x82"
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MILLIMETRE = 36_000


def as_pixels(picture: Picture) -> Picture:
    return Picture(name=picture.name, media_type="image/png", data=PIXEL, width=800, height=400)


def article_from(text: str) -> Article:
    deck = read(text.encode())
    return article_of(deck, Wish(visits=along(for_audience(deck).paths[0])))


def written(article: Article) -> bytes:
    (file,) = write(article, Means(raster=as_pixels))
    return file.data


def document(article: Article | str) -> Document:
    made = article_from(article) if isinstance(article, str) else article
    return docx.Document(BytesIO(written(made)))


def styled(shown: Document) -> list[tuple[str, str]]:
    return [(each.style.name or "", each.text) for each in shown.paragraphs if each.style and each.text]


def part(article: Article | str, name: str) -> str:
    made = article_from(article) if isinstance(article, str) else article
    with ZipFile(BytesIO(written(made))) as file:
        return file.read(f"word/{name}").decode()


def paragraph(shown: Document, words: str) -> Shown:
    return next(each for each in shown.paragraphs if words in each.text)


def within(element: Element, path: str) -> list[Element]:
    """What is at a path of Word's elements, each without its prefix."""
    return element.findall(".//" + "/".join(f"{W}{tag}" for tag in path.split("/")))


def value(element: Element, name: str = "val") -> str:
    return element.get(f"{W}{name}", "")


def xml_paragraph(article: Article | str, words: str) -> Element:
    root = ET.fromstring(part(article, "document.xml"))
    return next(each for each in within(root, "p") if words in "".join(each.itertext()))


def number_of(article: str, words: str) -> tuple[str, str]:
    """Which numbering a paragraph has, and its level in it."""
    found = xml_paragraph(article, words)
    (number,), (level,) = within(found, "numPr/numId"), within(found, "numPr/ilvl")
    return value(number), value(level)


def test_text_has_the_styles_of_word() -> None:
    text = (
        "---\ntitle: Bread\nauthor: Ada\nevent: Fair\ndate: 2026-03-01\nabstract: {fr: Du pain., en: On bread.}\n"
        "licence: CC0\n---\n# Bread\n\nHello.\n\n## Flour\n\n> Rye.\n>\n> — Ada\n\n### Mill\n\nturn\n\n"
        "```\nbake()\n```\n\nrye\n:   a grain\n"
    )
    assert styled(document(text)) == [
        ("Title", "Bread"),
        ("Subtitle", "Ada · Fair · 1\u00a0March 2026 · 1 min read"),
        ("Abstract", "Du pain."),
        ("Abstract", "On bread."),
        ("Normal", "Hello."),
        ("Heading 1", "Flour"),
        ("Quote", "Rye."),
        ("Attribution", "— Ada"),
        ("Heading 2", "Mill"),
        ("Normal", "turn"),
        ("Code", "bake()"),
        ("Term", "rye"),
        ("Definition", "a grain"),
        ("Normal", "Licence: CC0"),
    ]


def test_lists_nest_and_each_list_of_numbers_begins_anew() -> None:
    text = "# T\n\n1. one\n    - dot\n2. two\n\n    more\n\nBetween.\n\n1. first\n\nBetween.\n\n7. seven\n"
    assert [each for each in styled(document(text)) if each[0].startswith("List")] == [
        ("List Number", "one"), ("List Bullet 2", "dot"), ("List Number", "two"), ("List Continue", "more"),
        ("List Number", "first"), ("List Number", "seven"),
    ]  # fmt: skip
    one, two, first, seven = (number_of(text, words) for words in ("one", "two", "first", "seven"))
    assert one == two
    assert len({one, first, seven}) == 3
    assert number_of(text, "dot")[1] == "1"
    starts = {
        value(each, "numId"): [value(start) for start in within(each, "lvlOverride/startOverride")]
        for each in within(ET.fromstring(part(text, "numbering.xml")), "num")
    }
    assert [starts[number] for number, _level in (one, first, seven)] == [["1"], ["1"], ["7"]]


def test_tasks_say_whether_they_are_done() -> None:
    shown = document("# T\n\n- [ ] knead\n- [x] sift\n")
    assert [words for style, words in styled(shown) if style == "List Bullet"] == ["☐\tknead", "☑\tsift"]


def test_a_table_repeats_its_header() -> None:
    text = "# T\n\n| a | b |\n|---|--:|\n| c | d |\n| e | f |\n\n/// caption\nLetters\n///\n"
    (table,) = document(text).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b"], ["c", "d"], ["e", "f"]]
    rows = within(ET.fromstring(part(text, "document.xml")), "tr")
    assert [len(within(row, "trPr/tblHeader")) for row in rows] == [1, 0, 0]
    assert table.cell(1, 1).paragraphs[0].alignment == WD_PARAGRAPH_ALIGNMENT.RIGHT
    assert ("Table Caption", "Letters") in styled(document(text))


def test_footnotes_are_those_of_word() -> None:
    text = "# T\n\nOne[^a], two[^b], one again[^a].\n\n[^a]: First, see [here](https://example.org/).\n[^b]: Second.\n"
    body, notes = part(text, "document.xml"), part(text, "footnotes.xml")
    assert [body.count(f'<w:footnoteReference w:id="{n}"') for n in (1, 2)] == [1, 1]
    assert body.count("NOTEREF _Note1 ") == 1
    assert notes.count("<w:footnoteRef />") == 2
    assert notes.index("First, see ") < notes.index("Second.")
    assert "https://example.org/" in part(text, "_rels/footnotes.xml.rels")


def test_a_note_to_a_note_stands_in_it() -> None:
    notes = (
        Footnote(number=1, blocks=(Paragraph(inlines=(Text("Outer"), FootnoteMark(2))),)),
        Footnote(number=2, blocks=(Paragraph(inlines=(Text("Inner"), FootnoteMark(1))),)),
    )
    lead = (Paragraph(inlines=(Text("Word"), FootnoteMark(1), FootnoteMark(9))),)
    made = Article(title="T", lang="en", slug="t", key="t", lead=lead, footnotes=notes)
    assert part(made, "document.xml").count("<w:footnoteReference ") == 1
    written_notes = part(made, "footnotes.xml")
    assert "<w:footnoteReference " not in written_notes
    assert written_notes.index("Outer") < written_notes.index("Inner")


def test_links_lead_out_and_to_sections() -> None:
    links = "[Mill](#the-mill), [site](https://example.org/a?b=c), [file](other.md)."
    text = f"# T\n\n{links}\n\n## The mill {{#the-mill}}\n\nx\n"
    found = paragraph(document(text), "site").hyperlinks
    assert [(each.text, each.address, each.fragment) for each in found] == [
        ("Mill", "", "s1_the_mill"), ("site", "https://example.org/a?b=c", ""),
    ]  # fmt: skip
    assert [value(each, "name") for each in within(xml_paragraph(text, "The mill"), "bookmarkStart")] == ["s1_the_mill"]


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("https://example.org/a b|c", "https://example.org/a%20b%7Cc"),
        ("https://exämple.org/é", "https://xn--exmple-cua.org/%C3%A9"),
        ("https://example.org/100%", ""),
        ("https://[::1", ""),
        ("https://example.org:99999/", ""),
        ("https:///path", ""),
        ("https://example.org/[x]", ""),
        ("https://example.org/a#b#c", ""),
        ("https://example.org/" + "x" * 2100, ""),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("javascript:alert(1)", ""),
    ],
)
def test_addresses_are_uris_or_no_links(address: str, uri: str) -> None:
    lead = (Paragraph(inlines=(Text("words", href=address),)),)
    shown = document(Article(title="T", lang="en", slug="t", key="t", lead=lead))
    assert [each.address for each in paragraph(shown, "words").hyperlinks] == ([uri] if uri else [])


def test_pictures_have_their_words_and_fit_the_text(tmp_path: Path) -> None:
    (tmp_path / "oven.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2000 500"><path d="M0 0"/></svg>'
    )
    image = '![An "oven" & more](oven.svg){data-credit="Ada, CC0"}\n\n/// caption\nHot\n///\n\n![](oven.svg){width=50%}'
    (tmp_path / "deck.md").write_text(f"# T\n\n## A\n\n{image}\n")
    deck = load(tmp_path)
    made = article_of(deck, Wish(visits=along(deck.paths[0])))
    body = ET.fromstring(part(made, "document.xml"))
    sizes = [(int(each.get("cx", "")), int(each.get("cy", ""))) for each in body.iter(f"{WP}extent")]
    assert sizes == [(160 * MILLIMETRE, 80 * MILLIMETRE), (80 * MILLIMETRE, 40 * MILLIMETRE)]
    assert [each.get("descr") for each in body.iter(f"{WP}docPr")] == ['An "oven" & more', ""]
    assert part(made, "document.xml").count("adec:decorative ") == 1
    assert ("Caption", "Hot Ada, CC0") in styled(document(made))
    with ZipFile(BytesIO(written(made))) as file:
        assert [name for name in file.namelist() if name.endswith(".png")] == ["word/media/picture1.png"]


def test_a_picture_that_cannot_be_shown_leaves_its_words() -> None:
    strange = Picture(name="a.webp", media_type="image/webp", data=b"?", width=4, height=3)
    lead = (Figure(source="a.webp", alt="An oven"), Figure(source="https://example.org/x.png", alt="A mill"))
    made = Article(title="T", lang="en", slug="t", key="t", lead=lead, pictures={"a.webp": strange})
    (file,) = write(made, Means(raster=lambda picture: picture))
    shown = docx.Document(BytesIO(file.data))
    assert [words for style, words in styled(shown) if style == "Figure"] == ["An oven", "A mill"]
    assert paragraph(shown, "A mill").hyperlinks[0].address == "https://example.org/x.png"


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        (r"\frac{a}{b}", ("<m:f>", "<m:num>", "<m:den>")),
        (r"\binom{n}{k}", ('m:val="noBar"',)),
        (r"\sqrt[3]{x}", ("<m:rad>", "<m:deg>")),
        (r"x_i^2", ("<m:sSubSup>",)),
        (r"\sum_{i=1}^n i", ("<m:nary>", '<m:chr m:val="∑"', 'm:val="undOvr"')),
        (r"\int_0^1 x", ('m:val="subSup"',)),
        (r"\left(\frac a b\right)", ("<m:d>", 'm:begChr m:val="("', 'm:endChr m:val=")"')),
        (r"\begin{cases}1&x>0\\0&x<0\end{cases}", ("<m:m>", 'm:endChr m:val=""', "&gt;")),
        (
            r"\begin{aligned}a&=b\\c&=d\end{aligned}",
            ('m:mcJc m:val="right"', 'm:mcJc m:val="left"', '<m:cGp m:val="0"', "<m:mr><m:e>"),
        ),
        (r"\begin{rcases}a&b\end{rcases}", ('m:begChr m:val=""', 'm:endChr m:val="}"')),
        (r"\left.\frac{a}{b}\right|_0", ('m:begChr m:val=""', 'm:endChr m:val="|"')),
        ("= b", ('preserve">\u200b</m:t>',)),
        ("(a+(b))^2", ("<m:sSup><m:e><m:d>", 'm:endChr m:val=")"')),
        (r"\hat{x}", ("<m:acc>",)),
        (r"\overline{ab}", ("<m:bar>",)),
        (r"\underbrace{a}_{n}", ("<m:groupChr>", "<m:limLow>")),
    ],
)
def test_formulas_are_office_math(tex: str, wanted: tuple[str, ...]) -> None:
    body = part(f"# T\n\nSo ${tex}$ is.\n\n$$\n{tex}\n$$\n", "document.xml")
    assert body.count("<m:oMath>") == 2
    assert body.count("<m:oMathPara>") == 1
    for each in wanted:
        assert each in body


def test_a_formula_nobody_can_read_stays_as_it_is_written() -> None:
    shown = document("# T\n\nSo $\\begin{tabbing}a&=b\\end{tabbing}$ is.\n")
    (run,) = (each for each in paragraph(shown, "So ").runs if "tabbing" in each.text)
    assert run.style is not None
    assert run.style.name == "Code Words"


def test_languages_are_said() -> None:
    text = "---\nlang: fr\nabstract: {en: On bread., ar: خبز}\n---\n# Pain\n\n## Mill {lang=en}\n\nIt turns.\n"
    assert 'w:lang w:val="fr-FR"' in part(text, "styles.xml")

    def language(words: str) -> list[dict[str, str]]:
        return [dict(each.attrib) for each in within(xml_paragraph(text, words), "r/rPr/lang")]

    assert language("On bread") == language("Mill") == language("It turns") == [{f"{W}val": "en-US"}]
    assert language("خبز") == [{f"{W}bidi": "ar-SA"}]
    assert within(xml_paragraph(text, "خبز"), "pPr/bidi")


def test_properties_say_what_the_deck_does_and_no_more() -> None:
    text = "---\nauthor: Ada\ntags: [rye, oven]\ncategories: [Talks]\nabstract: {en: On bread.}\n---\n# Bread\n\nx\n"
    made = article_from(text)
    own = document(made).core_properties
    assert (own.title, own.author, own.keywords, own.category) == ("Bread", "Ada", "rye, oven", "Talks")
    assert (own.comments, own.language, own.last_modified_by) == ("On bread.", "en", "")
    assert own.created is None
    assert own.modified is None
    with ZipFile(BytesIO(written(made))) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert written(made) == written(made)


def test_sources_come_last_with_their_addresses() -> None:
    made = Article(
        title="T", lang="fr", slug="t", key="t", sources=(Source("https://example.org/x", "ici"),),
        sections=(Section(id="a", title=(Text("A"),), level=2, blocks=(Paragraph(inlines=(Text("x"),)),)),),
    )  # fmt: skip
    assert styled(document(made))[-2:] == [("Heading 1", "Sources"), ("List Bullet", "ici — https://example.org/x")]
    assert write(made, Means(raster=as_pixels))[0].path == PurePosixPath("t.docx")
    assert write(made, Means(raster=as_pixels, several_languages=True))[0].path == PurePosixPath("t.fr.docx")


@given(st.text(max_size=400))
def test_any_text_makes_a_document(text: str) -> None:
    deck = read(
        f"# T\n\n{text}\n\n## {text.splitlines()[0] if text.splitlines() else ''}\n\nx\n".encode("utf-8", "ignore")
    )
    docx.Document(BytesIO(written(article_of(deck, Wish(visits=along(for_audience(deck).paths[0]))))))
