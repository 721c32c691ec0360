from __future__ import annotations

import pytest

from atelier.markup.scanner import scan, split_front_matter


def titles(text: str, *, deepest: int = 6) -> list[tuple[int, str]]:
    return [(f.heading.level, f.heading.text) for f in scan(text, deepest=deepest).frames if f.heading]


def codes(text: str) -> list[tuple[str, int]]:
    return [(d.code, d.line) for d in scan(text).diagnostics]


class TestFrontMatter:
    def test_stands_between_dashes_at_the_top(self):
        found = split_front_matter("---\ntitle: X\nlang: fr\n---\n# A\n")
        assert (found.text, found.first_line, found.body_line) == ("title: X\nlang: fr", 2, 5)

    def test_may_close_with_dots_and_follow_a_byte_order_mark_and_carriage_returns(self):
        found = split_front_matter("\ufeff---\r\ntitle: X\r\n...\r\n# A\r\n")
        assert (found.text, found.body_line) == ("title: X", 4)

    def test_a_rule_at_the_top_is_none(self):
        assert split_front_matter("---\n\nSome text\n\n---\n").text == ""
        assert split_front_matter("# A\n---\n").body_line == 1
        assert split_front_matter("").body_line == 1

    def test_unclosed_ends_at_the_first_empty_line_and_says_so(self):
        found = split_front_matter("---\ntitle: X\n\n# A\n\nA line of prose.\n\n---\n\nMore\n")
        assert found.text == "title: X"
        assert [d.code for d in found.diagnostics] == ["front-matter-unclosed"]
        assert titles("---\ntitle: X\n\n# A\n\nA line of prose.\n") == [(1, "A")]

    def test_broken_yaml_inside_closed_dashes_is_still_front_matter(self):
        assert split_front_matter("---\ntitle: [\nfoo bar\n---\n# A").text == "title: [\nfoo bar"

    def test_comments_and_empty_lines_in_yaml(self):
        text = "---\ntitle: X\n\n# the paths\npaths:\n  a: {minutes: 3}\n---\ntext"
        assert split_front_matter(text).body_line == 8


class TestHeadings:
    def test_start_frames_with_their_lines_and_attributes(self):
        scanned = scan('# A {#a map=cake.svg}\ntext\n\n## B ## {.x label="v 1 }"}\n')
        first, second = scanned.frames
        assert first.heading is not None
        assert first.heading.attributes == (("id", "a"), ("map", "cake.svg"))
        assert (first.heading.line, first.first_line, first.text) == (1, 2, "text\n")
        assert second.heading is not None
        assert second.heading.text == "B"
        assert second.heading.attributes == (("class", "x"), ("label", "v 1 }"))

    def test_braces_that_are_no_attributes_are_text(self):
        assert titles("# The set {1, 2}\n") == [(1, "The set {1, 2}")]
        assert titles("# A {b}\n") == [(1, "A {b}")]

    def test_a_list_that_belongs_to_a_span_stays_with_it(self):
        heading = scan("# Chez *Dupont*{.private}\n").frames[0].heading
        assert heading is not None
        assert (heading.text, heading.attributes) == ("Chez *Dupont*{.private}", ())

    def test_a_hash_without_space_is_a_tag(self):
        assert titles("# A\n#hashtag\n####### seven\n") == [(1, "A")]

    def test_start_frames_at_each_of_the_six_levels(self):
        text = "".join(f"{'#' * level} {level}\n" for level in range(1, 8))
        assert titles(text) == [(level, str(level)) for level in range(1, 7)]

    def test_in_fences_blocks_quotes_lists_and_comments_start_none(self):
        text = (
            "# A\n```sh\n# no\n```\n~~~~\n# no\n~~~\n# no\n~~~~\n> # no\n\n- x\n  # no\n\n"
            "/// notes\n# no\n//// callout\n# no\n////\n///\n<!--\n# no\n-->\n%%\n# no\n%%\n## B\n"
        )
        assert titles(text) == [(1, "A"), (2, "B")]

    def test_plain_and_deep_ones_stay_in_the_text(self):
        scanned = scan("# A\n## B {.plain}\n### C\n", deepest=2)
        assert [f.text for f in scanned.frames] == ["## B {.plain}\n### C\n"]

    def test_underlined_ones_count_and_those_by_dashes_are_mentioned(self):
        assert titles("Top\n===\n\nBelow\n---\n\ntext\nof two lines\n---\n") == [(1, "Top"), (2, "Below")]
        assert codes("# A\n\nBelow\n---\n") == []
        assert codes("# A\n\nThis was to be a text above a rule.\n---\n") == [("setext-heading", 3)]
        assert codes("# A\n\nThis is a title, by equals signs.\n===\n") == []

    def test_a_list_or_table_above_dashes_is_none(self):
        assert titles("# A\n\n- item\n---\n\n| a |\n---\n\n> q\n---\n") == [(1, "A")]

    def test_text_before_the_first_is_a_frame_without_heading(self):
        scanned = scan("Before\n\n# A\n")
        assert [f.heading is None for f in scanned.frames] == [True, False]

    def test_carriage_returns_do_not_matter(self):
        assert scan("# A\r\n\r\ntext\r\n## B\r\n").frames == scan("# A\n\ntext\n## B\n").frames


class TestBlocks:
    def test_names_are_listed_with_the_frame(self):
        scanned = scan("# A\n/// columns\n//// column\nx\n////\n///\n# B\n/// notes\nn\n///\n")
        assert [f.blocks for f in scanned.frames] == [("columns", "column"), ("notes",)]
        assert scanned.diagnostics == ()

    def test_unclosed_ends_at_the_next_frame(self):
        text = "# A\n/// notes\nsecret\n\n# B\n\n/// notes\nmore\n///\n"
        assert titles(text) == [(1, "A"), (1, "B")]
        assert codes(text) == [("block-unclosed", 2)]

    def test_unknown_is_hidden_to_its_closing_line(self):
        scanned = scan("# A\n/// note\nsecret\n\n# also\n///\nseen\n")
        assert [d.code for d in scanned.diagnostics] == ["block-unknown"]
        assert "secret" not in str(scanned.frames)
        assert "seen" in scanned.frames[0].text
        assert scanned.frames[0].text.split("\n").index("seen") + scanned.frames[0].first_line == 7

    def test_unknown_and_unclosed_is_hidden_to_the_next_frame(self):
        scanned = scan("# A\n/// oops\nsecret\n\nstill secret\n## B\nseen\n")
        assert "secret" not in str(scanned.frames)
        assert "seen" in str(scanned.frames)

    def test_wrong_options_and_arguments_hide(self):
        for opening in (
            "/// notes | argument",
            "/// notes words",
            "/// only",
            "/// only | path",
            "/// only | when=now",
            "/// columns\n    steps: maybe",
            "/// columns\n    colour: red",
            "/// callout\n    type: loud",
            "/// callout\n    not an option",
            "///notes!",
        ):
            scanned = scan(f"# A\n{opening}\nsecret\n///\nseen\n")
            assert "secret" not in str(scanned.frames), opening
            assert "seen" in str(scanned.frames), opening
            assert [d.line for d in scanned.diagnostics] == [2], opening

    def test_options_in_quotes_and_lists(self):
        for before in ("", "> ", "- x\n\n  ", "  "):
            inner = before.rpartition("\n")[2]
            text = f"# A\n{before}/// only\n{inner}    path: court\n{inner}text\n{inner}///\n"
            assert codes(text) == [], text

    def test_what_closes_nothing_is_reported_and_gone(self):
        assert codes("# A\n///\ntext\n") == [("block-unopened", 2)]
        assert "///" not in scan("# A\n///\ntext\n").frames[0].text

    def test_a_column_closes_the_one_before_it(self):
        assert codes("# A\n/// columns\n//// column\na\n//// column\nb\n////\n///\n") == [("block-unclosed", 3)]

    def test_slashes_in_code_are_code(self):
        assert codes("# A\n\n    /// nothing\n\n```\n/// nothing\n```\n\n//comment\n") == []

    def test_an_unclosed_fence_ends_at_the_next_frame(self):
        text = "# A\n```sh\ncode\n\n# B\ntext\n"
        assert titles(text) == [(1, "A"), (1, "B")]
        assert codes(text) == [("fence-unclosed", 2)]


class TestComments:
    def body(self, text: str) -> str:
        return scan("# A\n" + text).frames[0].text

    def test_are_taken_out_and_the_lines_stay(self):
        assert self.body("a <!-- x --> b %% y %% c\n") == "a  b  c\n"
        assert self.body("a <!-- x\ny\n--> b\nc") == "a\n\n b\nc"
        assert self.body("%%\nsecret\n# not a frame\n%%\nseen") == "\n\n\n\nseen"

    def test_code_keeps_them(self):
        text = "```html\n<!-- kept -->\n```\n`%% kept %%` and `<!-- kept -->`\n"
        assert self.body(text) == text

    def test_a_lone_pair_of_per_cent_signs_is_text(self):
        assert self.body("100 %% sure\n") == "100 %% sure\n"
        assert self.body("a %% secret\nb %% c") == "a\n c"

    def test_unclosed_hides_up_to_the_next_heading(self):
        scanned = scan("# A\nx <!-- secret\nsecret\n# B\nseen\n")
        assert "secret" not in str(scanned.frames)
        assert "seen" in str(scanned.frames)
        assert [d.code for d in scanned.diagnostics] == ["comment-unclosed"]


class TestDefinitions:
    def test_are_collected_for_the_whole_file(self):
        scanned = scan(
            "# A\nx[^1]\n\n[^1]: Note\n    more\n\n    again\n\n# B\n[Lego]: http://lego.example 'The site'\n"
            "*[HTML]: Hyper\ttext\n[b  C]: <x y>\n[^2]: Two\nlazy\n"
        )
        definitions = scanned.definitions
        assert definitions.footnotes == (("1", "Note\nmore\n\nagain"), ("2", "Two\nlazy"))
        assert definitions.links == (("lego", "http://lego.example", "The site"), ("b c", "x y", ""))
        assert definitions.abbreviations == (("HTML", "Hyper text"),)
        assert scanned.frames[0].text == "x[^1]\n\n\n\n\n\n"

    def test_the_first_of_two_holds(self):
        assert scan("# A\n[a]: x\n[a]: y\n").definitions.links == (("a", "x", ""),)

    def test_those_in_code_are_code(self):
        assert scan("# A\n```\n[a]: x\n```\n").definitions.links == ()


class TestWithoutHeadings:
    def test_splits_at_title_like_lines(self):
        text = "Intro to it all.\n\nThe first part\n\nSome text here.\n\n2. What follows?\n\nMore text.\nEnd.\n"
        scanned = scan(text)
        assert [f.heading.text if f.heading else None for f in scanned.frames] == [
            None, "The first part", "2. What follows?",
        ]  # fmt: skip
        assert [f.heading.line for f in scanned.frames if f.heading] == [3, 7]
        assert "Some text here." in scanned.frames[1].text

    def test_a_title_above_a_title_is_the_whole_texts(self):
        text = "The talk\n\nFirst part\n\nText.\n\nSecond part\n\nText.\n"
        assert titles(text) == [(1, "The talk"), (2, "First part"), (2, "Second part")]

    def test_a_list_is_no_row_of_titles(self):
        assert titles("1. one\n\n2. two\n\n3. three\n\n- a\n- b\n") == []

    def test_otherwise_splits_at_groups_of_paragraphs(self):
        paragraph = "Voici une phrase assez longue pour compter, et encore une autre. " * 4
        scanned = scan("\n\n".join(paragraph.strip() for _each in range(7)))
        assert [f.heading.text for f in scanned.frames if f.heading] == ["Voici une phrase assez longue pour…"] * 4
        assert scanned.frames[0].text.count("Voici") == 8

    def test_a_title_never_has_private_words(self):
        for span in (
            "*Dupont*{.private}",
            "**Du *po* nt**{.private}",
            "*Dupont\nSA*{.private}",
            "[Dupont](x){.private}",
            "Dupont\n\n{: .private }\n",
            "- *Dupont*{.private}",
        ):
            text = f"{span} et la suite. " + "Des mots. " * 200
            assert all("Du" not in f.heading.text for f in scan(text).frames if f.heading), span

    def test_a_short_text_is_one_frame(self):
        assert [f.heading for f in scan("Just a line.\n\nAnd another one.").frames] == [None]

    def test_an_empty_text_is_one_empty_frame(self):
        assert [f.text for f in scan("").frames] == [""]


@pytest.mark.parametrize("attributes", ["{-}", "{.unnumbered}", "{ data-search-exclude }"])
def test_what_other_programs_say_of_a_heading_is_no_part_of_it(attributes: str) -> None:
    heading = scan(f"# Title {attributes}\n").frames[0].heading
    assert heading
    assert (heading.text, heading.attributes) == ("Title", ())
