"""Texts nobody would write: what of them is shown, and that it is said. How long they take: bench/hostile.py."""

from __future__ import annotations

import pytest
from tests.unit.markup.markup_reading import content, only

from atelier.foundation.diagnostics import MOST_OF_A_CODE, Diagnostic, bounded
from atelier.markup.audience import visible
from atelier.markup.blocks import CodeBlock, Content, Footnotes, ListBlock, MathBlock, Table
from atelier.markup.extent import extent
from atelier.markup.limits import LONGEST_FRAME, LONGEST_TITLE, MOST_CELLS, MOST_CODE_LINES
from atelier.markup.parser import FrameParser
from atelier.markup.scanner import scan
from atelier.markup.words import words

SECRET = "zzsecret"

TOO_LONG = {
    "a line": "x" * 1_000_000,
    "words": "ab " * 333_000,
    "lines": "ab\n" * 50_000,
    "paragraphs": "word\n\n" * 20_000,
    "items": "- x\n" * 20_000,
    "items of items": ("".join("  " * n + "- x\n" for n in range(10))) * 1_000,
    "quotes": "> a\n\nb\n\n" * 10_000,
    "a quote of quotes": ">" * 30 + " a\n" + "b\n" * 50_000,
    "terms": "t\n: d\n\n" * 10_000,
    "descriptions": "t\n" + ": d\n" * 10_000,
    "callouts": "/// callout | x\na\n///\n\n" * 3_000,
    "columns": "/// columns\n" + "/// column\nx\n" * 10_000 + "///\n",
    "cases": "/// case\n" + "a: b\n" * 20_000 + "///\n",
    "tables": "|a|b|\n|-|-|\n|1|2|\n\n" * 5_000,
    "one table": "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + ("|1" * 100 + "|\n") * 1_000,
    "pictures": "![a](b.png)\n\n" * 5_000,
    "footnotes": "".join(f"[^{n}]\n\n[^{n}]: note\n\n" for n in range(5_000)),
    "rules": "---\n\n" * 20_000,
    "formulas": "$x^2$ " * 20_000,
    "a formula": "$$\n" + "x+" * 50_000 + "y\n$$\n",
    "code": "```python\n" + "x = 1\n" * 20_000 + "```\n",
    "indented code": "    x = 1\n" * 20_000,
    "html": "<div>\n" * 20_000,
    "markers": "* " * 100_000 + "x",
}


def codes(found: Content) -> set[str]:
    return {each.code for each in found.diagnostics}


@pytest.mark.parametrize("name", TOO_LONG)
def test_a_frame_shows_so_much_and_says_so(name: str) -> None:
    found = content("\n" + TOO_LONG[name])
    assert "text-too-long" in codes(found)
    assert "…" in words(found.blocks)
    notes = [block for block in found.blocks if isinstance(block, Footnotes)]
    shown = [block for block in found.blocks if not isinstance(block, Footnotes)]
    assert len(words(visible(tuple(shown), "", "en"))) <= 1.1 * LONGEST_FRAME
    assert len(words(tuple(notes))) <= LONGEST_FRAME
    assert len(found.diagnostics) < 5_000


def test_a_long_but_sensible_frame_is_whole() -> None:
    text = "\n\n".join(
        f"Paragraph {n} has quite a few words, and some of them are *set apart* from others." for n in range(300)
    )
    found = content("\n" + text)
    assert not found.diagnostics
    assert "Paragraph 299" in words(found.blocks)


def test_a_long_frame_keeps_its_notes() -> None:
    found = content("\n" + "word " * 5 * 2_000 + "\n\nmore\n\n/// notes\nSay this.\n///\n\nend\n")
    assert codes(found) == {"text-too-long"}
    assert words(found.notes) == "Say this."
    assert "end" not in words(found.blocks)


def test_long_notes_are_cut_and_leave_the_frame_alone() -> None:
    found = content("\n/// notes\n" + "word " * 20_000 + "\n///\n\nThe end.\n")
    assert words(found.blocks) == "The end."
    assert len(words(found.notes)) <= LONGEST_FRAME
    assert codes(found) == {"text-too-long"}


@pytest.mark.parametrize(
    "text",
    [
        "word " * 10_000 + f"**{SECRET}**{{.private}}",
        f"**{SECRET} " + "word " * 10_000 + "**{.private}",
        f"- {SECRET}\n" * 9_000 + "{: .private }\n",
        f"> {SECRET}\n" * 30_000 + "{: .private }\n",
        "word\n" * 9_000 + f"\n/// private\n{SECRET}\n///\n",
        "/// private\n" * 200 + f"{SECRET}\n" + "///\n" * 100 + f"{SECRET}\n",
        "<div>\n" * 5_000 + f"**{SECRET}**{{.private}}\n",
        "word " * 7_999 + f"**{SECRET}\nand more**{{.private}}",
    ],
)
def test_a_cut_shows_nothing_that_is_private(text: str) -> None:
    found = content("\n" + text)
    assert SECRET not in words(visible(found.blocks, "", "en"))


def test_code_beyond_is_cut_where_the_diagnostic_says() -> None:
    code = only("```python\n" + "x\n" * 3_000 + "```\n", CodeBlock)
    assert len(code.lines) == MOST_CODE_LINES + 1
    assert code.lines[-1][0].text == "…"
    found = content("```python\n" + "x\n" * 3_000 + "```\n")
    assert [(each.code, each.line) for each in found.diagnostics] == [("text-too-long", 2 + MOST_CODE_LINES)]


def test_a_table_keeps_so_many_cells() -> None:
    found = content("\n" + "|a|b|\n|-|-|\n" + "|1|2|\n" * 5_000)
    table = found.blocks[0]
    assert isinstance(table, Table)
    assert sum(map(len, table.rows)) <= MOST_CELLS + 2
    assert "table-too-large" in codes(found)


def test_a_list_is_never_left_without_items() -> None:
    for before in range(39_900, 40_010, 7):
        found = content("\n" + "x" * before + "\n\n- a\n- b\n")
        assert all(block.items for block in found.blocks if isinstance(block, ListBlock))


def test_a_formula_beyond_is_text() -> None:
    found = content("\n$$\n" + "x+" * 5_000 + "y\n$$\n")
    assert not any(isinstance(block, MathBlock) for block in found.blocks)


def test_a_title_shows_its_beginning() -> None:
    runs = FrameParser(scan("").definitions).parse_inline("title *word* " * 5_000)
    shown = "".join(getattr(run, "text", "") for run in runs)
    assert shown.startswith("title word title")
    assert shown.endswith("…")
    assert len(shown) <= LONGEST_TITLE + 1


def test_a_private_span_beyond_a_titles_end_stays_private() -> None:
    runs = FrameParser(scan("").definitions).parse_inline("title " * 300 + f"**{SECRET}**{{.private}}")
    assert SECRET not in "".join(getattr(run, "text", "") for run in runs)


def test_blocks_never_closed_hide_what_follows_them() -> None:
    scanned = scan("# A\n\n" + "/// notes\n" * 100_000 + SECRET)
    assert {each.code for each in scanned.diagnostics} == {"block-unclosed"}
    found = FrameParser(scanned.definitions).parse(scanned.frames[0].text, 2)
    assert SECRET not in words(visible(found.blocks, "", "en"))


def test_backticks_of_every_length_leave_comments_comments() -> None:
    ticks = " ".join("`" * n for n in range(2, 1_500))
    scanned = scan(f"# A\n\n{ticks} <!-- {SECRET} --> `<!-- code -->`\n")
    assert SECRET not in scanned.frames[0].text
    assert "<!-- code -->" in scanned.frames[0].text


def test_the_extent_of_a_long_frame_is_that_of_its_beginning() -> None:
    assert sum(extent("word " * 1_000_000).paragraphs) <= 100_000


def test_diagnostics_of_a_code_are_bounded() -> None:
    many = [Diagnostic("link-dead", "x", line=n) for n in range(1, 201)]
    found = bounded([*many, Diagnostic("math-error", "y", line=7)])
    assert len(found) == MOST_OF_A_CODE + 2
    last = found[MOST_OF_A_CODE]
    assert (last.code, last.line, last.more) == ("link-dead", 51, 150)
    assert "150" in last.message
    again = bounded([*many[:10], *found])
    assert [each.more for each in again if each.more] == [160]
    assert bounded(many[:50]) == tuple(many[:50])
