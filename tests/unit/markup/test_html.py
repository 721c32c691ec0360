"""HTML among Markdown, as readmes have it: what a reader would see of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.markup.markup_reading import content, only

from atelier.markup.blocks import (
    Align,
    Block,
    CodeBlock,
    Columns,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Private,
    Quote,
    Style,
    Table,
    Text,
    plain_text,
)
from atelier.markup.words import words

LOGO = "https://example.org/logo.svg"


def rows(table: Table) -> list[list[str]]:
    return [[plain_text(cell.inlines) for cell in row] for row in (table.header, *table.rows)]


def blocks(text: str) -> tuple[Block, ...]:
    return content(text).blocks


class TestPictures:
    def test_a_picture_of_html_is_a_figure(self) -> None:
        figure = only('<p align="center">\n  <img width="400" alt="The *mill*" src="mill.png">\n</p>', Figure)
        assert (figure.source, figure.alt, figure.width) == ("mill.png", "The *mill*", 0.5)

    def test_its_width_may_be_a_style(self) -> None:
        assert only('<img src="a.png" alt="a"\nstyle="float: left; width: 30%;" />', Figure).width == 0.3

    def test_what_links_it_is_kept(self) -> None:
        assert only('<a href="#there"><img src="a.png" alt="a"></a>', Figure).href == "#there"
        assert only('<a href="javascript:x()"><img src="a.png" alt="a"></a>', Figure).href == ""

    def test_of_a_picture_element_the_one_for_everybody(self) -> None:
        text = '<picture>\n<source media="(x)" srcset="dark.png">\n<img src="light.png" alt="a">\n</picture>'
        assert only(text, Figure).source == "light.png"

    @pytest.mark.parametrize(
        "text",
        [
            (
                "[![Build](https://github.com/a/b/actions/workflows/ci.yml/badge.svg)](https://x.org) "
                "![npm](https://img.shields.io/npm/v/a.svg) | ![c](https://codecov.io/a)"
            ),
            '<p align="center">\n<a href="https://x.org"><img src="https://img.shields.io/x" alt="Version"></a>\n</p>',
            '<div align="center">\n\n![npm](https://badge.fury.io/js/a.svg)\n\n</div>',
        ],
    )
    def test_badges_go(self, text: str) -> None:
        assert blocks(text) == ()

    def test_a_badge_in_a_sentence_leaves_the_sentence(self) -> None:
        paragraph = only("Tool ![v](https://img.shields.io/x) for all", Paragraph)
        assert plain_text(paragraph.inlines) == "Tool for all"

    def test_a_local_badge_is_a_picture(self) -> None:
        assert only("![A medal](badge.svg)", Figure).source == "badge.svg"

    def test_many_pictures_of_the_network_are_named_in_a_line(self) -> None:
        text = " ".join(f"[![Friend {i}](https://x.org/{i}.png)](https://f{i}.org)" for i in range(6))
        paragraph = only(text, Paragraph)
        assert plain_text(paragraph.inlines) == " · ".join(f"Friend {i}" for i in range(6))
        assert Text("Friend 2", href="https://f2.org") in paragraph.inlines
        assert paragraph.classes == ("small",)

    def test_few_keep_their_boxes(self) -> None:
        assert [type(b) for b in blocks(f"![a]({LOGO}) ![b]({LOGO})")] == [Figure, Figure]

    def test_one_in_a_sentence_is_its_words_unless_they_are_there(self) -> None:
        assert plain_text(only(f"Press ![the gear]({LOGO}) now", Paragraph).inlines) == "Press the gear now"
        assert plain_text(only(f"![Ada]({LOGO}) Ada wrote it", Paragraph).inlines) == "Ada wrote it"
        assert plain_text(only(f"![avatar]({LOGO}) Ada", Paragraph).inlines) == "Ada"

    def test_what_is_private_stays_so(self) -> None:
        (run,) = only(f"![Secret]({LOGO}){{.private}} a", Paragraph).inlines[:1]
        assert isinstance(run, Text)
        assert Style.PRIVATE in run.styles
        assert isinstance(only('<div>\n<img src="s.png" alt="Secret">{.private}\n</div>', Private), Private)


class TestTables:
    def test_a_table_of_words(self) -> None:
        table = only(
            "<table>\n<thead><tr><th>Name</th><th>Price</th></tr></thead>\n<tbody>\n\n"
            '<tr><td><b>Tea</b></td><td align="right">2&nbsp;€</td></tr>\n'
            "<tr>\n<td>Milk<br>cold</td>\n<td>1</td>\n</tr>\n</tbody>\n</table>",
            Table,
        )
        assert rows(table) == [["Name", "Price"], ["Tea", "2\u00a0€"], ["Milk cold", "1"]]
        assert table.rows[0][1].align is Align.END
        assert table.rows[0][0].inlines == (Text("Tea", frozenset({Style.STRONG})),)

    def test_cells_nobody_closed(self) -> None:
        table = only("<table><tr><th>a<th>b<tr><td>1<td>2</table>", Table)
        assert rows(table) == [["a", "b"], ["1", "2"]]

    def test_one_that_sets_pictures_beside_each_other_is_a_row_of_pictures(self) -> None:
        text = "<table><tr><td><img src='a.png' alt='a'><p>Left</p></td><td><img src='b.png' alt='b'></td></tr></table>"
        left, right = blocks(text)
        assert isinstance(left, Figure)
        assert isinstance(right, Figure)
        assert (plain_text(left.caption), right.source) == ("Left", "b.png")

    def test_one_that_sets_blocks_beside_each_other_is_columns(self) -> None:
        heads = "<tr><th>Before</th><th>After</th></tr>"
        text = f"<table>\n{heads}\n<tr><td>\n\n```js\na\n```\n\n</td><td>\n\n- b\n\n</td></tr>\n</table>"
        columns = only(text, Columns).columns
        assert [[type(b) for b in c.blocks] for c in columns] == [[Paragraph, CodeBlock], [Paragraph, ListBlock]]

    def test_many_logos_are_names(self) -> None:
        cells = "".join(
            f'<td><a href="https://s{i}.org"><img src="{LOGO}" alt="S{i}"></a><p>S{i} helps</p></td>' for i in range(3)
        )
        table = only(f"<table><tr>{cells}</tr><tr>{cells}</tr></table>", Table)
        assert rows(table)[1] == ["S0 helps", "S1 helps", "S2 helps"]


class TestBlocks:
    def test_headings_lists_quotes_code(self) -> None:
        text = (
            '<h3 align="center">Title</h3>\n\n<ul><li>a<ul><li>b</li></ul></li>\n\n<li>c</li></ul>\n'
            '<blockquote>said</blockquote>\n<pre><code class="language-py">x = 1 &lt; 2\n</code></pre>'
        )
        heading, items, quote, code = blocks(text)
        assert isinstance(heading, Heading)
        assert isinstance(items, ListBlock)
        assert isinstance(quote, Quote)
        assert isinstance(code, CodeBlock)
        assert [words(item.blocks).split() for item in items.items] == [["a", "b"], ["c"]]
        assert (code.language, words([code]).strip()) == ("py", "x = 1 < 2")

    def test_details_are_a_bold_line_and_what_is_in_them(self) -> None:
        summary, items = blocks("<details>\n<summary>More</summary>\n\n- a\n- b\n\n</details>")
        assert isinstance(summary, Paragraph)
        assert summary.inlines == (Text("More", frozenset({Style.STRONG})),)
        assert isinstance(items, ListBlock)

    def test_definitions(self) -> None:
        items = only(
            "<dl><dt>Term</dt><dd>Meaning</dd><dd>Other</dd><dt>Next</dt><dd>x</dd></dl>", DefinitionList
        ).items
        assert [(len(item.terms), len(item.descriptions)) for item in items] == [(1, 2), (1, 1)]

    def test_keys_breaks_and_links_in_a_line(self) -> None:
        paragraph = only('Press <kbd>Ctrl</kbd>,<br/>see <a href="#x">there</a> H<sub>2</sub>O', Paragraph)
        assert plain_text(paragraph.inlines) == "Press Ctrl, see there H2O"
        assert Text("there", href="#x") in paragraph.inlines
        assert Text("2", frozenset({Style.SUBSCRIPT})) in paragraph.inlines

    def test_components_of_other_programs_go_and_placeholders_stay(self) -> None:
        assert blocks('<Toc minDepth="1" />\n\n<v-click at="2">\n\n</v-click>') == ()
        assert plain_text(only("Write <your name> here", Paragraph).inlines) == "Write <your name> here"

    @pytest.mark.parametrize("name", ["script", "style", "svg", "noscript", "iframe"])
    def test_what_nobody_reads_goes(self, name: str) -> None:
        assert words(blocks(f"<div>\na <{name}>hidden</{name}> b\n</div>")).split() == ["a", "b"]

    def test_private_words_in_html_are_private(self) -> None:
        for text in (
            "<td>*Name*{.private} a</td>",
            "<ul><li>*Name*{.private} a</li></ul>",
            "<h3>*Name*{.private} a</h3>",
        ):
            shown = content(f"<table><tr>{text}</tr></table>" if "<td" in text else text)
            assert "Name" in words(shown.blocks)
            found = [run for run in _texts(shown.blocks) if "Name" in run.text]
            assert found
            assert all(Style.PRIVATE in run.styles for run in found)

    def test_private_blocks_in_html_are_private(self) -> None:
        for html in ("<div>\n{}\n</div>", "<table><tr><td>\n{}\n</td></tr></table>", "<ul><li>\n\n{}\n\n</li></ul>"):
            found = content(html.format("/// private\nSecret\n///") + "\n\nafter\n").blocks
            assert any(isinstance(block, Private) for block in found)
            assert "Secret" not in words(block for block in found if not isinstance(block, Private))
            assert "after" in words(found)


def _texts(found: tuple[Block, ...]) -> list[Text]:
    out: list[Text] = []
    for block in found:
        if isinstance(block, Paragraph | Heading):
            out += [run for run in block.inlines if isinstance(run, Text)]
        elif isinstance(block, ListBlock):
            out += [run for item in block.items for run in _texts(item.blocks)]
        elif isinstance(block, Table):
            out += [run for row in block.rows for cell in row for run in cell.inlines if isinstance(run, Text)]
    return out


PARTS = """<div> </div> <table> <tr> <td> </td> <th> </table> <ul> <li> </ul> <pre> </pre> <p> <dl> <dt> <dd> <br> <h2>
</h2> <img/src=a.png> <a/href='#x'> </a> <svg> <details> <summary> <blockquote> word ``` |/a/| -/x"""
TAGS = st.sampled_from(PARTS.split()).map(lambda part: part if part.startswith("</") else part.replace("/", " "))
SOUP = st.lists(TAGS | st.sampled_from(["\n", "\n\n"]), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(SOUP)
def test_any_soup_of_tags_is_read_and_no_block_is_left_as_text(text: str) -> None:
    assert "<td" not in words(block for block in blocks(text) if not isinstance(block, CodeBlock))
