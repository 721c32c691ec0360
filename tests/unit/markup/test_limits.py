from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.markup.audience import visible
from atelier.markup.extent import extent
from atelier.markup.limits import calm, put_aside, put_back
from atelier.markup.parser import FrameParser
from atelier.markup.scanner import scan
from atelier.markup.words import words

N = 5_000
LONGEST_SECONDS = 3.0
"""Of processor time, on a machine that does other things as well; each took under 0.9 when this was written."""

HOSTILE = {
    "brackets": "[" * N,
    "picture brackets": "![" * N,
    "half links": "[a](" * N,
    "half references": "[x][" * N,
    "nested brackets": "[" * N + "]" * N,
    "less than": "<" * N,
    "half tags": "<a " * N,
    "open tags": "<b><i>" * N,
    "stars": "*" * N,
    "emphasis never closed": "**a " * N,
    "emphasis crossing": "*a _b " * N,
    "underscores": "_a " * N,
    "backticks": "`" * N,
    "backticks of every length": " ".join("`" * (i % 200 + 1) for i in range(N)),
    "dollars": "$a " * N,
    "two dollars": "$$a\n" * N,
    "formulas": "\\(" * N,
    "displayed formulas": "\\[\n" * N,
    "braces": "{" * N,
    "attribute lists": "{: .a }\n" * N,
    "attributes of a heading": "# " + '{a="' * N,
    "tildes": "~a " * N,
    "carets": "^a" * N,
    "marks": "==a" * N,
    "underlines": "===\n---\n" * N,
    "entities": "&a;" * N,
    "nested lists": "\n".join("  " * i + "- a" for i in range(2_000)),
    "lists by four": "\n".join("    " * i + "1. a" for i in range(2_000)),
    "nested quotes": "\n".join(">" * i + " a" for i in range(1, 2_000)),
    "a quote of quotes": "> " * N + "a",
    "long list": "- a\nb\n" * N,
    "table": "|a|b|c|d|e|f|g|h|i|j|\n|" + "-|" * 10 + "\n" + "|x|*y*|z|1|2|3|4|5|6|7|\n" * 10_000,
    "wide table": "|a" * 50_000 + "|\n" + "|-" * 50_000 + "|\n" + "|b" * 50_000 + "|",
    "footnotes": "".join(f"[^{i}]: note [^{i + 1}]\n" for i in range(N)) + "\na[^0]",
    "references": "".join(f"[{i}]: http://x{i}\n" for i in range(N)) + "\n".join(f"[{i}]" for i in range(N)),
    "blocks never closed": "/// columns\n" * N,
    "blocks deep": "\n".join("/" * (i + 3) + " columns" for i in range(500)),
    "blocks closed": "///\n" * N,
    "fences": "```a\n" * N,
    "comments": "<!--\n" * N,
    "per cents": "a %% b\n" * N,
    "code": "```python\n" + "x = [1, 'a']\n" * 20_000 + "```",
    "a long line": "word " * 200_000,
    "a long line of markup": '*a* "b" ' * 125_000,
    "admonitions": "\n".join("    " * i + "!!! note" for i in range(1_000)),
    "html": "<p>" + "<a><b><table>" * N,
    "html lines": "<pre>\n\n" * N,
    "html tables": "<table>\n\n" * N,
    "html cells": "<table>" + "<tr><td>a" * N,
    "colons": ":::\n" * N,
    "blocks of colons": "::: note\n\nx\n\n:::\n\n" * N,
    "wiki links": "[[a|" * N,
    "shortcodes": "{{< :a: {% " * N,
    "grids": "+---+\n| a |\n" * N,
    "deep indentation": "\n".join(" " * (i % 400) + "- a" for i in range(N)),
    "addresses": "http://a" * N,
    "definitions": "a\n: b\n" * N,
    "environments": "\\begin{a}\n" * N,
    "quotation marks": '"' * 10 * N,
    "fifty levels": "\n".join("  " * i + "- > a" for i in range(50)),
}


def everything(text: str) -> str:
    """Goes the whole way from a text to the audience's words."""
    scanned = scan(text)
    parser = FrameParser(scanned.definitions, "fr")
    out: list[str] = []
    for frame in scanned.frames:
        extent(frame.text)
        found = parser.parse(frame.text, frame.first_line)
        out.append(words(visible(found.blocks, "", "fr")))
        if frame.heading:
            parser.parse_inline(frame.heading.text)
    return "\n".join(out)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_read_at_once(name: str) -> None:
    scanned = scan("# T\n\n" + HOSTILE[name])
    parser = FrameParser(scanned.definitions, "fr")
    started = time.process_time()
    for frame in scanned.frames[:50]:
        extent(frame.text)
        found = parser.parse(frame.text, frame.first_line)
        visible(found.blocks, "", "fr")
    assert time.process_time() - started < LONGEST_SECONDS


def test_what_is_beyond_is_kept_as_words() -> None:
    text = "*a* [x](y) " * 1_000 + "the end *b*"
    scanned = scan("# T\n\n" + text)
    found = FrameParser(scanned.definitions).parse(scanned.frames[0].text, 2)
    assert words(found.blocks).startswith("a x a x")
    assert words(found.blocks).endswith("*a* [x](y) the end *b*")
    assert [(d.code, d.line) for d in found.diagnostics] == [("text-too-dense", 3)]


def test_nesting_beyond_is_kept_as_words() -> None:
    found = FrameParser(scan("").definitions).parse("\n".join("  " * i + f"- i{i}" for i in range(60)), 1)
    assert all(f"i{i}" in words(found.blocks) for i in range(60))
    assert {d.code for d in found.diagnostics} == {"text-too-deep"}


def test_rows_beyond_are_kept_as_words() -> None:
    found = FrameParser(scan("").definitions).parse("|a|b|\n|-|-|\n" + "|c|d|\n" * 2_000 + "|last|row|\n", 1)
    assert "last" in words(found.blocks)
    assert [d.code for d in found.diagnostics] == ["table-too-large"]


def test_what_is_private_stays_so_beyond_the_limits() -> None:
    parser = FrameParser(scan("").definitions)
    for text in (
        "*a* " * 3_000 + "*secret*{.private} end",
        "*a* " * 3_000 + "**se *cr* et secret**{.private} end",
        "*a* " * 1_999 + "*secret " + "*a* " * 10 + "*{.private}",
        "\n".join("  " * i + "- x" for i in range(40)) + "\n" + "  " * 40 + "*secret*{.private}",
        "|a|b|\n|-|-|\n" + "|c|*secret*{.private}|\n" * 3_000,
    ):
        assert "secret" not in words(visible(parser.parse(text, 1).blocks, "", "en"))


def test_many_good_links_stay_links() -> None:
    text = " ".join(f"[l{i} [b] `]`](http://a.example/{i})" for i in range(40))
    found = FrameParser(scan("").definitions).parse(text, 1)
    runs = getattr(found.blocks[0], "inlines", ())
    assert sum(getattr(run, "href", "").startswith("http") for run in runs) >= 40


MARKUP = st.sampled_from(
    ["*", "**", "_", "`", "```", "~~~", "[", "]", "(", ")", "![", "](", "<", ">", "> ", "- ", "1. ", "# ", "\n", "\n\n",
     "    ", "  ", "\t", "|", "|-|-|", "$", "$$", "\\(", "\\)", "\\", "{", "}", "{: .steps }", "{.private}", "///",
     "/// notes", "//// column", "/// columns", "/// case", "/// only | lang=fr", "\n///\n", "<!--", "-->", "%%", "---",
     "===", ": ", ":", '"', "'", "!!! note", "[^1]", "[^1]: ", "[a]: b", "*[HTML]: x", "HTML", "&amp;", "<b>", "</b>",
     "<script>", "<div>", "é", "مرحبا", "שלום", "👩‍👩‍👧", "e\u0301", "\r\n", "\x02", "\x03", "\x00", "a", "word", "==",
     "^", "~", "https://a.b/c", 'hl_steps="1|2"', "- [ ] ", "\u2028", "\ufeff"]
)  # fmt: skip


@given(st.lists(MARKUP | st.text(max_size=4), max_size=40).map("".join))
def test_any_text_at_all_parses(text: str) -> None:
    everything(text)
    everything("---\n" + text)


@given(st.lists(MARKUP, max_size=30).map("".join))
def test_every_line_and_step_is_in_its_range(text: str) -> None:
    scanned = scan(text)
    total = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    parser = FrameParser(scanned.definitions)
    for frame in scanned.frames:
        assert frame.text.count("\n") + frame.first_line <= total + 1
        found = parser.parse(frame.text, frame.first_line)
        for block in found.blocks:
            assert 0 <= block.line <= total
            assert 0 <= block.step <= found.steps


SECRET = "Zanzibar"
AROUND = st.lists(
    st.sampled_from(["text", "- item", "  - sub", "1. one", "> quote", "", "", "```", "| a | b |\n|---|---|",
                     "!!! note",
                     "    indented", "# Head", "## Two", "/// callout", "///", "//// column", "////", "{: .steps }",
                     "Term\n: def", "<div>", "*a*", "~~~", "\tx", "[^1]: n", "$$", "[x]: y"]),
    max_size=8,
).map("\n".join)  # fmt: skip
HIDING = st.sampled_from(
    ["/// private\n{}\n///", "/// notes\n{}\n///", "/// wat\n{}\n///", "/// notes | x\n{}\n///", "<!-- {} -->",
     "<!--\n{}\n-->", "%%\n\n{}\n%%", "- a\n\n    /// private\n    {}\n    ///", "> /// notes\n> {}\n> ///",
     "///// private\n{}\n/////", "a *{}*{{.private}} b", "- x\n  - y\n    /// notes\n    {}\n    ///",
     "/// columns\n//// column\n///// private\n{}\n/////\n////\n///"]
)  # fmt: skip


@given(AROUND, HIDING, AROUND)
def test_what_is_private_is_never_seen(before: str, hiding: str, after: str) -> None:
    """Around it the text may be broken in any way that leaves no fence or indented code about it."""
    if any(mark in before for mark in ("```", "~~~", "$$", "[^1]:", "    indented", "\tx")):
        before = ""
    text = f"{before}\n\nplain\n\n{hiding.format(SECRET)}\n\n{after}"
    assert SECRET not in everything(text)
    for frame in scan(text).frames:
        assert SECRET not in extent(frame.text).lead


@given(st.text(alphabet="[]()`*\\ a!", max_size=300))
def test_putting_aside_loses_nothing(text: str) -> None:
    head, rest = calm(text)
    assert put_back(head) + rest == text
    assert put_back(put_aside(text)) == text
