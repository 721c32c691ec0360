from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.unit.markup.markup_reading import content

from atelier.deck.linear import linear
from atelier.markup.audience import visible
from atelier.markup.blocks import Block, Cell, Heading, LineBreak, Paragraph, Style, Table, Text
from atelier.markup.words import words
from atelier.writers.markdown import MarkdownText, escaped


def blocks(text: str) -> tuple[Block, ...]:
    return linear(visible(content(text).blocks, "", "en"), "en")


def again(text: str) -> str:
    """What is written for a text."""
    return MarkdownText().blocks(blocks(text))


def test_what_is_written_reads_as_what_it_was_made_of() -> None:
    for text in (
        "One **bold *and* bold** `co|de` ~~gone~~ [link **b**](https://example.org/a_b) end.",
        "*a **b** c* and ***d***",
        "- one\n- two\n\n    more\n\n- three\n    1. a\n    2. b",
        "3. three\n4. four",
        "- [x] done\n- [ ] open",
        "> Said **so**\n>\n> - a\n> - b",
        "| a | b |\n|:-:|--:|\n| 1 | `x` |\n| 2 | **y** |",
        "Term\n:   One\n\n:   Two",
        "```python\nif a < b:\n    print('```')\n```",
        "![A tower](tower.png)",
        "$$\nx^2\n$$",
        "a $x^2$ b",
        "---",
        "one  \ntwo",
    ):
        assert words(blocks(again(text))) == words(blocks(text)), text
        assert [type(each) for each in blocks(again(text))] == [type(each) for each in blocks(text)], text


def test_emphasis_in_the_middle_of_words_and_beside_quotation_marks_holds() -> None:
    line = (Text("aller"), Text("«mot»", frozenset({Style.STRONG})), Text("suite"))
    assert MarkdownText().line(line) == "aller<strong>«mot»</strong>suite"
    line = (Text("un "), Text(" deux ", frozenset({Style.EMPHASIS})), Text("trois"))
    assert MarkdownText().line(line) == "un  *deux* trois"


def test_signs_that_would_be_markup_are_escaped() -> None:
    assert escaped("a*b [c] <d> `e` \\ {{ f }} {% g %} h|i") == (
        "a\\*b \\[c\\] \\<d> \\`e\\` \\\\ &#123;{ f }} &#123;% g %} h\\|i"
    )
    for start in ("# a", "> a", "- a", "+ a", "1. a", "2) a"):
        line = MarkdownText().line((Text(start),))
        assert line.startswith(("\\", "1\\", "2\\")), line
    for start, written in (("=== a", "&#61;== a"), (": a", "&#58; a")):
        assert MarkdownText().line((Text("a"), LineBreak(), Text(start))) == f"a  \n{written}"
    broken = MarkdownText().line((Text("a"), LineBreak(), Text("# b")))
    assert broken == "a  \n\\# b"


def test_headings_are_one_line_and_may_have_an_anchor() -> None:
    assert MarkdownText().heading((Text("a\nb #"),), 3, "x") == "### a b \\# {#x}"
    assert MarkdownText().block(Heading(level=2, inlines=(Text("C#"),))) == "## C\\#"


_TEXTS = st.text(st.sampled_from("*_`~<>[](){}#+-=|!\\&;:.$^\"' \tab1é«»\u202f"), max_size=60)


@given(st.lists(st.tuples(_TEXTS, st.frozensets(st.sampled_from([Style.STRONG, Style.EMPHASIS]))), max_size=4))
def test_any_words_in_any_style_are_read_as_those_words(runs: list[tuple[str, frozenset[Style]]]) -> None:
    """Read by a parser of CommonMark with tables and strikethrough, as another program would."""
    paragraph = Paragraph(inlines=tuple(Text(text, styles) for text, styles in runs))
    written = MarkdownText().block(paragraph)
    assert words_read(written) == words_of("".join(text for text, _styles in runs))


@given(_TEXTS, _TEXTS)
def test_any_words_in_a_table_are_in_their_cells(one: str, other: str) -> None:
    row = (Cell(inlines=(Text(one),)), Cell(inlines=(Text(other, frozenset({Style.CODE})),)))
    written = MarkdownText().block(Table(header=(Cell(inlines=(Text("a"),)),), rows=(row,)))
    page = READER.render(written)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)
    assert len(cells) == 2
    assert words_of(plain(cells[0])) == words_of(one)


READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def plain(page: str) -> str:
    return html.unescape(re.sub(r"<[^<>]*>", "", page))


def words_read(text: str) -> list[str]:
    return words_of(plain(READER.render(text)))


def words_of(text: str) -> list[str]:
    return "".join(text.split()).split()
