"""What other programs' Markdown has: Obsidian, GitHub, Pandoc, Quarto, Hugo, Docusaurus, Slidev, Marp."""

from __future__ import annotations

import pytest
from tests.unit.markup.markup_reading import content, only

from atelier.markup.blocks import (
    Block,
    Callout,
    CalloutKind,
    CodeBlock,
    Columns,
    Figure,
    ListBlock,
    Paragraph,
    Private,
    Quote,
    Rule,
    Style,
    Table,
    Text,
    plain_text,
)
from atelier.markup.scanner import scan, split_front_matter
from atelier.markup.words import words


def line(text: str) -> str:
    return plain_text(only(text, Paragraph).inlines)


def _inside(blocks: tuple[Block, ...]) -> list[Block]:
    return [inner for block in blocks for inner in (block.blocks if isinstance(block, Callout) else (block,))]


class TestCallouts:
    @pytest.mark.parametrize(
        ("head", "kind", "title"),
        [
            ("[!NOTE]", CalloutKind.NOTE, "Note"),
            ("[!tip] Try this", CalloutKind.OK, "Try this"),
            ("[!danger]- Folded *up*", CalloutKind.WARN, "Folded up"),
            ("[!theorem|wide]+ Pythagoras", CalloutKind.NOTE, "Pythagoras"),
            ("**Warning**", CalloutKind.WARN, "Warning"),
        ],
    )
    def test_quotes_that_are_callouts(self, head: str, kind: CalloutKind, title: str) -> None:
        callout = only(f"> {head}\n> Text\n>\n> - item", Callout)
        assert (callout.kind, plain_text(callout.title)) == (kind, title)
        assert [type(b) for b in callout.blocks] == [Paragraph, ListBlock]

    def test_a_bold_word_of_no_kind_is_quoted(self) -> None:
        assert isinstance(only("> **Ada**\n> said it", Quote), Quote)

    @pytest.mark.parametrize(
        "text",
        [
            "::: {.callout-tip}\n## Now\nText\n:::",
            '::: {.callout-tip title="Now"}\nText\n:::',
            ":::tip[Now]\n\nText\n\n:::",
            "::: tip Now\nText\n:::",
        ],
    )
    def test_blocks_of_colons(self, text: str) -> None:
        callout = only(text, Callout)
        assert (callout.kind, plain_text(callout.title), words(callout.blocks)) == (CalloutKind.OK, "Now", "Text")

    def test_other_blocks_of_colons_are_their_content(self) -> None:
        columns = only("::: columns\n::: {.column width=50%}\na\n:::\n::: column\nb\n:::\n:::", Columns)
        assert [words(column.blocks) for column in columns.columns] == ["a", "b"]
        assert words(content("::: {#wide .panel}\na\n:::\n\n:::\n").blocks) == "a"

    def test_notes_in_colons_are_notes(self) -> None:
        found = content("Seen\n\n::: {.notes}\nHidden\n:::\n\n```\n::: notes\n```\n")
        assert words(found.notes) == "Hidden"
        assert "Hidden" not in words(found.blocks)
        assert "::: notes" in words(found.blocks)

    def test_notes_in_colons_are_no_title(self) -> None:
        frames = scan("::: notes\nHidden words\n:::\n" + "\n\n".join(["seen " * 60] * 8)).frames
        assert all("Hidden" not in (frame.heading.text if frame.heading else "") for frame in frames)

    def test_a_private_block_that_is_closed_after_them_hides_all_of_it(self) -> None:
        found = content("::: note\n/// private\nSecret\n:::\nalso secret\n///\nseen\n:::\n").blocks
        shown = [block for block in _inside(found) if not isinstance(block, Private)]
        assert "ecret" not in words(shown)
        assert "seen" in words(shown)

    def test_headings_in_them_start_no_frame(self) -> None:
        assert len(scan("# A\n::: {.callout-note}\n## Title\nx\n:::\n## B\n").frames) == 2
        assert len(scan("# A\n::: note\n## Never closed\n## B\n").frames) == 3


class TestObsidian:
    def test_links_are_words(self) -> None:
        text = "See [[Folder/Page]], [[Page|this]], [[Page#Part]], [[#Part]], [[#^a1b2c3|that]]"
        assert line(text) == "See Page, this, Page › Part, Part, that"
        assert Text("Part", href="#Part") in only("See [[#Part]]", Paragraph).inlines

    def test_pictures(self) -> None:
        figure = only("![[files/mill.png|The mill|400]]", Figure)
        assert (figure.source, figure.alt, figure.width) == ("files/mill.png", "The mill", 0.5)
        assert only("![[mill.png]]", Figure).alt == "mill"

    def test_private_links_are_private(self) -> None:
        (run,) = only("[[Name]]{.private} x", Paragraph).inlines[:1]
        assert isinstance(run, Text)
        assert Style.PRIVATE in run.styles

    def test_names_of_blocks_go(self) -> None:
        assert line("Said so. ^said-so") == "Said so."
        assert content("^a1b2c3").blocks == ()
        assert line("x ^2^") == "x 2"

    def test_in_cells(self) -> None:
        table = only("| a |\n|---|\n| [[Page\\|this]] |", Table)
        assert plain_text(table.rows[0][0].inlines) == "this"


class TestWords:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            (":rocket: Go", "🚀 Go"),
            (":sparkling\\_heart:", "💖"),
            (":+1: :warning: :droplet:", "👍 ⚠️ 💧"),
            ("10:30:45 and :no_such: and a:b:c", "10:30:45 and :no_such: and a:b:c"),
            ("Press {{< kbd Ctrl+P >}} now", "Press Ctrl+P now"),
            ("a {{% include x %}}b{% raw %}c {{ kept }}", "a bc {{ kept }}"),
        ],
    )
    def test_shortcodes(self, written: str, read: str) -> None:
        assert line(written) == read

    def test_spans_of_pandoc(self) -> None:
        assert line("The [very *old*]{.smallcaps} [mill]{#m} [x]{y z}") == "The very old mill [x]{y z}"
        (run,) = only("[The *client*]{.private} asks", Paragraph).inlines[:1]
        assert isinstance(run, Text)
        assert (run.text, Style.PRIVATE in run.styles) == ("The ", True)

    def test_shortcodes_in_code_stay(self) -> None:
        assert line("`:rocket:` `{{< x >}}`") == ":rocket: {{< x >}}"

    def test_a_figure_of_hugo(self) -> None:
        figure = only('{{< figure src="a.png" alt="A mill" >}}', Figure)
        assert (figure.source, figure.alt) == ("a.png", "A mill")

    def test_references_to_code(self) -> None:
        paragraph = only(
            "Use [`a.B`][] or [the *old* one] or [C][`a.b`].\n\n[`a.B`]: #ab\n[the *old* one]: #old\n", Paragraph
        )
        assert [run.href for run in paragraph.inlines if isinstance(run, Text) and run.href] == [
            "#ab",
            "#old",
            "#old",
            "#old",
            "#ab",
        ]

    @pytest.mark.parametrize("text", ["[TOC]", "[[_TOC_]]", "[[toc]]"])
    def test_contents_go(self, text: str) -> None:
        assert [type(b) for b in content(f"a\n\n{text}\n\nb").blocks] == [Paragraph, Paragraph]

    def test_what_marp_says_of_a_picture_is_no_text_for_it(self) -> None:
        assert [
            only(f"![{alt}](a.png)", Figure).alt for alt in ("bg right:40%", "w:300 h:20", "bg blur cover", "big")
        ] == ["", "", "", "big"]

    def test_the_words_quarto_has_for_a_picture(self) -> None:
        figure = only('![](a.png){.border fig-alt="A *cell* with `x` in it" width=50%}', Figure)
        assert (figure.alt, figure.width) == ("A *cell* with `x` in it", 0.5)


class TestRules:
    def test_part_what_they_stand_between(self) -> None:
        found = content("---\n\na\n\n---\n\n***\n\nb\n\n---\n").blocks
        assert [type(b) for b in found] == [Paragraph, Rule, Paragraph]


class TestGridTables:
    TEXT = """
+-----+-----------+
| Key | Meaning   |
+=====+===========+
| `a` | - one     |
|     | - two     |
+-----+-----------+
| b   | long and  |
|     | longer    |
+-----+-----------+"""

    def test_are_tables(self) -> None:
        table = only(self.TEXT, Table)
        shown = [[plain_text(cell.inlines) for cell in row] for row in (table.header, *table.rows)]
        assert shown == [["Key", "Meaning"], ["a", "- one - two"], ["b", "long and longer"]]

    def test_one_that_is_not_closed_is_text(self) -> None:
        assert isinstance(content("+---+\n| a |\n").blocks[0], Paragraph)

    def test_ends_the_text_above(self) -> None:
        assert [type(b) for b in content("Options:" + self.TEXT).blocks] == [Paragraph, Table]


class TestHeads:
    def test_toml(self) -> None:
        front = split_front_matter(
            '+++\ntitle = "A: b"\ndate = 2024-05-01T10:00:00Z\nweight = 3\ntags = ["x"]\n+++\n# T\n'
        )
        assert front.text.split("\n") == ['title: "A: b"', "date: 2024-05-01", 'tags: ["x"]']
        assert front.body_line == 7

    def test_what_is_no_toml_is_not_shown_either(self) -> None:
        (frame,) = scan("+++\n= nonsense\n+++\n# T\nx\n").frames
        assert (frame.heading and frame.heading.line, frame.text.strip()) == (4, "x")

    def test_settings_of_slides_are_not_shown(self) -> None:
        text = "---\ntitle: A\n---\n# One\n\n---\nlayout: center\nclass: x\n---\n\n# Two\n\n---\n\nWords: kept\n\n---\n"
        one, two = scan(text).frames
        assert one.text.strip() == ""
        assert "Words: kept" in two.text
        assert two.heading
        assert two.heading.line == 11

    def test_of_a_text_without_front_matter_they_are_text(self) -> None:
        assert "layout: center" in scan("# One\n\n---\nlayout: center\n\n---\n").frames[0].text


class TestHtmlHeadings:
    def test_a_title_of_html_starts_a_frame(self) -> None:
        title = '<h1 align="center">\n  <img src="logo.png"><br>\n  The <b>Mill</b>\n</h1>'
        text = title + '\n\ntext\n\n<h2 id="go">Go</h2>\n\nmore\n'
        first, second = scan(text).frames
        assert first.heading
        assert second.heading
        assert (first.heading.level, first.heading.text, first.heading.line) == (1, "The <b>Mill</b>", 1)
        assert (second.heading.level, second.heading.text, second.heading.attributes) == (2, "Go", (("id", "go"),))
        assert first.text.strip() == "text"

    def test_a_title_inside_what_opens_a_readme(self) -> None:
        above, titled, _below = scan(
            '<div align="center">\n  <img src="a.png">\n  <h1>Mill</h1>\n</div>\n\n## Use\n'
        ).frames
        assert above.heading is None
        assert titled.heading
        assert titled.heading.text == "Mill"

    @pytest.mark.parametrize(
        "text", ['<h3 align="center">Motto</h3>', '<h1><img src="a.png"></h1>', "a\n<h2>b</h2>", "```\n<h1>x</h1>\n```"]
    )
    def test_mottos_and_logos_start_none(self, text: str) -> None:
        assert scan(text + "\n\n# T\n").frames[0].heading is None


class TestListings:
    @pytest.mark.parametrize(
        ("opening", "closing", "language"),
        [
            ('{{< highlight go "linenos=table" >}}', "{{< /highlight >}}", "go"),
            ("{% highlight ruby %}", "{% endhighlight %}", "ruby"),
            ("{{< code-toggle file=hugo >}}", "{{</ code-toggle >}}", ""),
        ],
    )
    def test_of_hugo_and_jekyll_are_code(self, opening: str, closing: str, language: str) -> None:
        code = only(f"{opening}\n# no heading\n\n[a] = b\n{closing}\n", CodeBlock)
        assert (code.language, words([code]).strip()) == (language, "# no heading\n[a] = b")

    def test_those_that_have_no_end_are_none(self) -> None:
        text = "{{< code-toggle config=x />}}\n\na\n\n{{< highlight go >}}\n\n## B\n"
        assert len(scan("# A\n" + text).frames) == 2
        assert line("{{< code-toggle config=x />}} a") == "a"

    def test_tabs_and_folds_of_mkdocs(self) -> None:
        name, code, fold = content('=== "Go"\n\n    ```go\n    x\n    ```\n\n??? tip "More"\n    text\n').blocks
        assert isinstance(name, Paragraph)
        assert isinstance(code, CodeBlock)
        assert isinstance(fold, Callout)
        assert (plain_text(name.inlines), plain_text(fold.title)) == ("Go", "More")


def test_phrases_are_not_lowered() -> None:
    (run,) = only("<sub>One or more `authors` of it</sub>", Paragraph).inlines[:1]
    assert isinstance(run, Text)
    assert not run.styles


def test_a_text_of_callouts_is_split_at_their_titles() -> None:
    text = "".join(f"> [!note] Question {n}\n> {'words ' * 70}\n>\n>> [!tip] Answer\n>> yes\n\n" for n in range(4))
    titles = [frame.heading.text for frame in scan(text).frames if frame.heading]
    assert titles == [f"Question {n}" for n in range(4)]


@pytest.mark.parametrize("below", ["*The mill in spring*", "Figure 4: The mill", "Fig. 2 – *The* mill"])
def test_what_looks_like_a_caption_is_one(below: str) -> None:
    figure = only(f"![](a.png)\n\n{below}", Figure)
    assert plain_text(figure.caption) == below.strip("*").replace("*", "")


@pytest.mark.parametrize("below", ["The mill", "*The* mill", "*" + "long " * 60 + "*", "**The mill**"])
def test_other_words_below_a_picture_are_none(below: str) -> None:
    assert [type(b) for b in content(f"![](a.png)\n\n{below}").blocks] == [Figure, Paragraph]
