from __future__ import annotations

from tests.unit.markup.markup_reading import content, only

from atelier.markup.blocks import (
    Align,
    Callout,
    CalloutKind,
    Case,
    CodeBlock,
    CodeToken,
    Columns,
    DefinitionList,
    Figure,
    FootnoteMark,
    Footnotes,
    Heading,
    InlineImage,
    LineBreak,
    ListBlock,
    MathBlock,
    Only,
    Paragraph,
    Private,
    Quote,
    Rule,
    Table,
    Text,
    plain_text,
)
from atelier.markup.parser import FrameParser
from atelier.markup.source import Definitions
from atelier.markup.words import words


def codes(text: str) -> list[tuple[str, int]]:
    return [(d.code, d.line) for d in content(text).diagnostics]


class TestLines:
    def test_every_block_knows_its_line(self):
        text = "one\nmore\n\n- a\n    - b\n\n      c\n\n> q\n\n```py\nx\n```\n\n| a |\n|-|\n| b |\n\n***\n\n$$\nx\n$$\n"
        blocks = content(text).blocks
        assert [b.line for b in blocks] == [2, 5, 10, 12, 16, 20, 22]
        outer = blocks[1]
        assert isinstance(outer, ListBlock)
        inner = outer.items[0].blocks[1]
        assert isinstance(inner, ListBlock)
        assert [b.line for b in inner.items[0].blocks] == [6, 8]

    def test_inside_blocks_too(self):
        columns = only("/// columns\n//// column\na\n\nb\n////\n//// column\nc\n////\n///", Columns)
        assert [[b.line for b in c.blocks] for c in columns.columns] == [[4, 6], [9]]


class TestParagraphs:
    def test_line_breaks(self):
        paragraph = only("a  \nb\\\nc\nd", Paragraph)
        assert paragraph.inlines == (Text("a"), LineBreak(), Text("b"), LineBreak(), Text("c d"))

    def test_headings_that_start_no_frame(self):
        heading = only("### Plain {.plain .big}", Heading)
        assert (heading.level, plain_text(heading.inlines), heading.classes) == (3, "Plain", ("big",))

    def test_a_rule_below_text_of_two_lines(self):
        paragraph, rule, below = content("a\nb\n---\nc\n").blocks
        assert isinstance(paragraph, Paragraph)
        assert isinstance(rule, Rule)
        assert isinstance(below, Paragraph)


class TestLists:
    def test_nest_by_two_spaces_or_four(self):
        for step in (2, 3, 4):
            blank = " " * step
            outer = only(f"- a\n{blank}- b\n{blank}{blank}- c\n- d", ListBlock)
            assert len(outer.items) == 2, step
            inner = outer.items[0].blocks[1]
            assert isinstance(inner, ListBlock)
            assert words(inner.items[0].blocks) == "b\nc"

    def test_may_follow_a_paragraph_directly(self):
        paragraph, items = content("These:\n- a\n- b").blocks
        assert isinstance(paragraph, Paragraph)
        assert isinstance(items, ListBlock)

    def test_numbers_in_a_sentence_are_none(self):
        assert isinstance(content("In the year\n2013. That was it").blocks[0], Paragraph)
        assert len(content("In the year\n2013. That was it").blocks) == 1

    def test_keep_their_first_number(self):
        items = only("3. c\n4. d", ListBlock)
        assert (items.ordered, items.start) == (True, 3)

    def test_an_unordered_list_in_an_ordered_one(self):
        items = only("1. one\n   - a\n   - b\n2. two", ListBlock)
        assert [len(item.blocks) for item in items.items] == [2, 1]

    def test_tasks(self):
        items = only("- [x] done\n- [ ] open\n- plain", ListBlock)
        assert [item.checked for item in items.items] == [True, False, None]
        assert words(items.items[0].blocks) == "done"

    def test_hold_paragraphs_code_and_quotes(self):
        items = only("- a\n\n  b\n\n  ```\n  x\n    y\n  ```\n\n  > q\n- c\nlazy", ListBlock)
        kinds = [type(b).__name__ for b in items.items[0].blocks]
        assert kinds == ["Paragraph", "Paragraph", "CodeBlock", "Quote"]
        code = items.items[0].blocks[2]
        assert isinstance(code, CodeBlock)
        assert [t.text for row in code.lines for t in row] == ["x", "  y"]
        assert words(items.items[1].blocks) == "c lazy"


class TestQuotes:
    def test_the_last_line_after_a_dash_is_the_source(self):
        for dash in ("—", "--"):
            quote = only(f"> Words\n> and more\n>\n> {dash} Ada, *Notes*", Quote)
            assert plain_text(quote.source) == "Ada, Notes"
            assert words(quote.blocks) == "Words and more"

    def test_nest_and_go_on_lazily(self):
        quote = only("> a\nlazy\n> > b", Quote)
        assert words(quote.blocks) == "a lazy\nb"

    def test_githubs_alerts_are_callouts(self):
        callout = only("> [!WARNING]\n> Mind the gap", Callout)
        assert callout.kind is CalloutKind.WARN


class TestTables:
    def test_alignment_and_bars_in_cells(self):
        table = only("A | B | C\n:-- | :-: | --:\n`x|y` | a \\| b | 3\nshort\n|r", Table)
        assert [c.align for c in table.header] == [Align.START, Align.CENTRE, Align.END]
        rows = [[plain_text(c.inlines) for c in row] for row in table.rows]
        assert rows[0] == ["x|y", "a | b", "3"]

    def test_rows_are_as_long_as_the_header(self):
        table = only("|a|b|\n|-|-|\n|1|\n|1|2|3|\n", Table)
        assert [len(row) for row in table.rows] == [2, 2]

    def test_caption(self):
        table = only("|a|b|\n|-|-|\n|1|2|\n\n/// caption\nThe *table*\n///", Table)
        assert plain_text(table.caption) == "The table"


class TestDefinitionLists:
    def test_terms_and_descriptions(self):
        found = only("Term\nAlias\n:   One\n\n    more\n:   Two\n\nOther\n: D\n", DefinitionList)
        assert [[plain_text(t) for t in item.terms] for item in found.items] == [["Term", "Alias"], ["Other"]]
        assert [len(item.descriptions) for item in found.items] == [2, 1]
        assert words(found.items[0].descriptions[0]) == "One\nmore"


class TestFootnotes:
    def test_only_those_used_in_the_order_of_their_marks(self):
        blocks = content("x[^b] y[^a] z[^b]\n\n[^a]: A\n[^b]: B with [^c]\n[^c]: C\n[^d]: D\n").blocks
        paragraph, notes = blocks
        assert isinstance(paragraph, Paragraph)
        marks = [run.number for run in paragraph.inlines if isinstance(run, FootnoteMark)]
        assert marks == [1, 2, 1]
        assert isinstance(notes, Footnotes)
        assert [words(n.blocks) for n in notes.items] == ["B with", "A", "C"]

    def test_undefined_stays_text_and_is_reported(self):
        assert words(content("x[^no]").blocks) == "x[^no]"
        assert codes("x[^no]") == [("footnote-undefined", 2)]

    def test_those_of_the_notes_stay_with_the_notes(self):
        found = content("x[^a]\n/// notes\ny[^b]\n///\n\n[^a]: A\n[^b]: secret\n")
        assert "secret" not in words(found.blocks)
        assert "secret" in words(found.notes)


class TestCode:
    def test_has_colours_that_add_up_to_the_text(self):
        code = only('```python\ndef f(x):\n\n    return "é" + 1  # why\n```', CodeBlock)
        assert ["".join(t.text for t in row) for row in code.lines] == ["def f(x):", "", '    return "é" + 1  # why']
        assert CodeToken("def", "keyword") in code.lines[0]
        assert {t.kind for row in code.lines for t in row} >= {"keyword", "string", "number", "comment", "name"}

    def test_options(self):
        code = only('```{.python hl_lines="1 3-4" title="app.py" linenums="1"}\na\nb\nc\nd\n```', CodeBlock)
        assert (code.language, code.title, code.numbered) == ("python", "app.py", True)
        assert code.states == (frozenset({1, 3, 4}),)

    def test_steps_take_advances(self):
        found = content('first\n{: .step }\n\n```js hl_steps="1|2-3|all"\na\nb\nc\n```\n\nlast\n{: .step }\n')
        code = found.blocks[1]
        assert isinstance(code, CodeBlock)
        assert code.states == (frozenset({1}), frozenset({2, 3}), frozenset({1, 2, 3}))
        assert (code.step, code.first_advance) == (0, 2)
        assert [b.step for b in found.blocks] == [1, 0, 4]
        assert found.steps == 4

    def test_a_bad_option_breaks_nothing(self):
        text = '```python [1-2|3] hl_lines="x" foo=bar\nx = 1\n```\n\nafter'
        code, after = content(text).blocks
        assert isinstance(code, CodeBlock)
        assert isinstance(after, Paragraph)
        assert {c for c, _line in codes(text)} == {"fence-option"}

    def test_unknown_languages_and_plain_text(self):
        assert only("```wat\na <b>\n```", CodeBlock).lines == ((CodeToken("a <b>"),),)
        assert only("~~~\n```\n~~~", CodeBlock).lines == ((CodeToken("```"),),)
        assert only("    indented\n\n    code", CodeBlock).lines[0] == (CodeToken("indented"),)


class TestMath:
    def test_displayed(self):
        assert only("$$\na+b\n$$", MathBlock).tex == "a+b"
        assert only("$$ a+b $$", MathBlock).tex == "a+b"
        assert only("\\[\na_1 * b_1 *\n\\]", MathBlock).tex == "a_1 * b_1 *"
        assert only("\\begin{align}\na\n\\end{align}", MathBlock).tex == "\\begin{align}\na\n\\end{align}"

    def test_unclosed_is_text(self):
        assert isinstance(content("$$\na+b\n\nmore").blocks[0], Paragraph)


class TestPictures:
    def test_alone_is_a_figure(self):
        figure = only('![A *b*](x.png "Cap"){width=60% data-credit="N, CC BY"}', Figure)
        assert (figure.source, figure.alt, figure.width, figure.credit) == ("x.png", "A *b*", 0.6, "N, CC BY")
        assert plain_text(figure.caption) == "Cap"

    def test_widths(self):
        assert [only(f"![a](x){{width={w}}}", Figure).width for w in ("200px", "200", "150%", "wide")] == [
            0.25, 0.25, 1.0, 0.0,
        ]  # fmt: skip

    def test_several_alone_are_several_figures(self):
        assert [type(b) for b in content("![a](1)\n![b](2) ![c](3)").blocks] == [Figure] * 3

    def test_in_a_line_stays_there(self):
        assert InlineImage("x.png", "a") in only("see ![a](x.png) there", Paragraph).inlines

    def test_caption_and_link(self):
        figure = only("[![a](x.png)](https://a.example)\n\n/// caption\nIts *words*\n///", Figure)
        assert figure.href == "https://a.example"
        assert plain_text(figure.caption) == "Its words"

    def test_a_private_one(self):
        assert isinstance(content("![a](x.png){.private}").blocks[0], Private)


class TestBlocks:
    def test_notes_leave_the_content(self):
        found = content("seen\n\n/// notes\nMy *words*\n\n- a\n{: .steps }\n///\n")
        assert words(found.blocks) == "seen"
        assert words(found.notes) == "My words\na"
        assert found.steps == 0

    def test_callouts(self):
        callout = only("/// callout | The *title*\n    type: warn\n\nBody\n///", Callout)
        assert (callout.kind, plain_text(callout.title)) == (CalloutKind.WARN, "The title")
        assert only("/// callout\n    attrs: {class: ok}\nBody\n///", Callout).kind is CalloutKind.OK
        tip = only("/// tip | Now\n\nBody\n///", Callout)  # as pymdown has it
        assert (tip.kind, plain_text(tip.title)) == (CalloutKind.OK, "Now")
        assert content("/// note\nWhat I say\n///").blocks == ()  # may be a misspelt `notes`
        assert only('!!! tip "Do"\n    Body\n\n    more', Callout).kind is CalloutKind.OK
        assert plain_text(only("!!! attention\n    Body", Callout).title) == "Attention"

    def test_columns_may_come_step_by_step(self):
        found = content("/// columns\n    steps: true\n\n//// column\na\n////\n\n//// column\nb\n////\n///")
        (columns,) = found.blocks
        assert isinstance(columns, Columns)
        assert [c.step for c in columns.columns] == [1, 2]
        assert columns.columns[1].blocks[0].step == 2
        assert found.steps == 2

    def test_private_and_only(self):
        private, first, second = content(
            "/// private\nsecret\n{: .step }\n///\n/// only | path=court,long lang=en\nx\n///\n"
            "/// only\n    lang: fr\ny\n///"
        ).blocks
        assert isinstance(private, Private)
        assert isinstance(first, Only)
        assert (first.paths, first.languages) == (("court", "long"), ("en",))
        assert isinstance(second, Only)
        assert second.languages == ("fr",)

    def test_a_case(self):
        case = only(
            "/// case | crise\n    kinds: [marketing, crise]\n    Pays: Danemark\n\nEntreprise : Lego\n"
            "**Secteur :** jouets\net plus\n\nDu texte. Encore: oui.\n\nÀ retenir : écouter\n///",
            Case,
        )
        assert [(each.name, each.label, tuple(map(plain_text, each.values))) for each in case.fields] == [
            ("use", "kinds", ("crise", "marketing")),
            ("country", "Pays", ("Danemark",)),
            ("company", "Entreprise", ("Lego",)),
            ("sector", "Secteur", ("jouets et plus",)),
            ("lesson", "À retenir", ("écouter",)),
        ]
        assert words(case.blocks) == "Du texte. Encore: oui."

    def test_in_lists_and_quotes(self):
        found = content("- a\n\n    /// notes\n    secret\n    ///\n\n- b\n\n> q\n>\n> /// private\n> hidden\n> ///\n")
        assert words(found.notes) == "secret"
        assert "secret" not in words(found.blocks)
        quote = found.blocks[1]
        assert isinstance(quote, Quote)
        assert isinstance(quote.blocks[1], Private)

    def test_what_does_not_parse_is_hidden_without_the_scanner_too(self):
        found = FrameParser(Definitions()).parse("a\n\n/// wat\nsecret\n///\n\nb", 1)
        assert words(found.blocks) == "a\nb"
        assert [(d.code, d.line) for d in found.diagnostics] == [("block-unknown", 3)]
        assert words(FrameParser(Definitions()).parse("a <!-- secret --> b", 1).blocks) == "a b"


class TestSteps:
    def test_the_line_that_closes_a_list_means_all_of_it(self):
        for text in (
            "- a\n- b\n{: .steps }",
            "- a\n- b\n\n{: .steps }",
            "- a\n- b\n  {: .steps }",
            "- a\n\n- b\n{:.steps}",
        ):
            items = only(text, ListBlock)
            assert [item.step for item in items.items] == [1, 2], text
            assert content(text).steps == 2

    def test_what_is_nested_comes_with_its_item(self):
        items = only("- a\n  - b\n- c\n\n  d\n{: .steps }", ListBlock)
        assert [item.step for item in items.items] == [1, 2]
        assert [b.step for b in items.items[0].blocks] == [1, 1]
        assert [b.step for b in items.items[1].blocks] == [2, 2]

    def test_are_numbered_in_reading_order(self):
        found = content("p\n{: .step }\n\n- a\n- b\n{: .steps }\n\n> q\n{: .step }\n\n![a](x)\n{: .step }")
        assert [b.step for b in found.blocks] == [1, 0, 4, 5]
        assert found.steps == 5

    def test_classes_and_languages_stay(self):
        paragraph = only("مرحبا\n{: lang=ar .big }", Paragraph)
        assert (paragraph.lang, paragraph.classes) == ("ar", ("big",))


class TestHtml:
    def test_is_words_only(self):
        text = '<div onclick="x()"><b>Bold</b> <script>evil()</script><img src=x onerror=y> a &amp; b</div>\n'
        assert " ".join(words(content(text).blocks).split()) == "Bold a & b"
        assert words(content("a <span>b</span> <script>evil()</script> c<br>d").blocks) == "a b c d"

    def test_generic_types_are_words(self):
        assert words(content("a List<String> and 1 < 2").blocks) == "a List<String> and 1 < 2"


class TestInlineOfHeadings:
    def test_words_and_styles(self):
        parser = FrameParser(Definitions(footnotes=(("1", "x"),)), "fr")
        assert parser.parse_inline("Le gâteau : oui ?") == (Text("Le gâteau\xa0: oui\u202f?"),)
        assert plain_text(parser.parse_inline("A *b*[^1] `c`")) == "A b c"
        assert plain_text(parser.parse_inline("A *b*{.private}")) == "A "
        assert plain_text(parser.parse_inline("“x”?", lang="en")) == "“x”?"
        assert parser.parse_inline("") == ()
