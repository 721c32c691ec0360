from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.markup.markup_reading import content

from atelier.deck.linear import linear
from atelier.markup.audience import visible
from atelier.markup.mathml import mathml
from atelier.markup.semantics import HtmlText


def written(text: str, writer: HtmlText | None = None, lang: str = "en") -> str:
    blocks = linear(visible(content(text).blocks, "", lang), lang)
    return (writer or HtmlText()).blocks(blocks)


def tree(html: str) -> Any:
    """The elements of a page, read by a parser that refuses whatever is wrong in it."""
    page = f"<!DOCTYPE html><html lang=en><head><title>t</title></head><body>{html}</body></html>"
    parser: Any = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(page).find("body")


def test_paragraphs_lists_and_tables_are_what_they_are() -> None:
    html = written(
        "One **bold *and* bold** `co<de>`.\n\n1. first\n2. second\n\n   more\n\n"
        "| a | b |\n|---|--:|\n| 1 | 2 |\n\n> Said\n>\n> — Somebody\n\n- [x] done\n- [ ] open\n"
    )
    assert "<p>One <strong>bold <em>and</em> bold</strong> <code>co&lt;de&gt;</code>.</p>" in html
    assert "<ol>\n<li>first</li>\n<li>second\n<p>more</p></li>\n</ol>" in html
    assert '<th scope="col" style="text-align: end">b</th>' in html
    assert "<figcaption>Somebody</figcaption>" in html
    assert '<li><label><input type="checkbox" disabled checked> done</label></li>' in html
    tree(html)


def test_a_link_in_several_styles_is_one_link() -> None:
    assert written("[a **b** c](https://example.org/?x=1&y=2)") == (
        '<p><a href="https://example.org/?x=1&amp;y=2">a <strong>b</strong> c</a></p>'
    )


def test_emphasis_around_something_bold_goes_around_it() -> None:
    assert written("*a **b** c*") == "<p><em>a <strong>b</strong> c</em></p>"


def test_links_and_pictures_are_where_the_writer_says() -> None:
    writer = HtmlText(
        picture=lambda source: f"files/{source}" if source != "gone.png" else "",
        link=lambda href: "#section-lego" if href == "#lego" else "" if href.startswith("#") else href,
    )
    html = written("[Lego](#lego) and [none](#none)\n\n![A tower](tower.png){width=40%}\n\n![Lost](gone.png)", writer)
    assert '<a href="#section-lego">Lego</a> and none' in html
    assert '<img src="files/tower.png" alt="A tower" style="width: 40%">' in html
    assert "<em>Lost</em>" in html
    assert "gone.png" not in html


def test_footnotes_lead_there_and_back() -> None:
    html = written("Word[^a].\n\n[^a]: A *note*.", HtmlText(prefix="s2-"))
    assert '<sup id="ref-s2-1"><a href="#note-s2-1" role="doc-noteref">1</a></sup>' in html
    assert 'id="note-s2-1"' in html
    assert 'href="#ref-s2-1"' in html


def test_captions_and_credits_belong_to_their_figure() -> None:
    html = written('![A tower](t.png){data-credit="Ann, CC BY 2.0"}\n\n/// caption\nThe *tower*\n///\n')
    assert '<figcaption>The <em>tower</em> <small class="credit">Ann, CC BY 2.0</small></figcaption>' in html


def test_code_keeps_its_language_and_lines() -> None:
    html = written('```python\nif a < b:\n    print("&")\n```')
    assert '<pre><code class="language-python">if a &lt; b:\n    print(&quot;&amp;&quot;)</code></pre>' in html


def test_columns_cases_and_activities_are_read_one_after_the_other() -> None:
    html = written(
        "/// columns\n//// column\nleft\n////\n//// column\nright\n////\n///\n\n"
        "/// case | crisis\n    company: Lego\n\nStart: they listen\n\nLesson: stay humble\n///\n\n"
        "/// poll | Which?\n    minutes: 4\n\n- a blog\n- a wiki\n///\n"
    )
    words = re.sub(r"<[^>]+>", "", html)
    assert [words.index(each) for each in ("left", "right", "Lego", "they listen", "stay humble", "a wiki", "4")] == (
        sorted(words.index(each) for each in ("left", "right", "Lego", "they listen", "stay humble", "a wiki", "4"))
    )
    assert "<strong>Start:</strong> they listen" in html
    assert "<li>a wiki</li>" in html


def test_what_is_private_is_in_none_of_it() -> None:
    html = written(
        "a *secret*{.private}\n\n/// private\nsecret\n///\n\n<!-- secret -->\n\n| *secret*{.private} |\n|---|\n"
    )
    assert "secret" not in html


def test_words_in_a_formula_stay_words() -> None:
    made = mathml(r"\frac{a}{b} < \text{<script>alert(1)</script>}", inline=True)
    assert made is not None
    assert "<mfrac>" in made
    assert "<script" not in made
    found = tree(f"<p>{made}</p>")
    assert "<script>alert(1)</script>" in "".join(found.itertext()).replace("\xa0", " ")


def test_a_formula_holds_no_address() -> None:
    made = mathml(r"\href{javascript:alert(1)}{y} \style{background:url(x)}{z} \class{evil}{q}", inline=False)
    assert made is None or not re.search(r"href|style=|class=", made)


def test_aligned_lines_are_a_table_with_its_columns_side_by_side() -> None:
    html = written("$$\n\\begin{aligned}a&=b\\\\c+1&=d\\end{aligned}\n$$\n")
    assert html.count("<mtr>") == 2
    right, left = (f"text-align: {side}; text-align: -webkit-{side}; padding-{side}: 0" for side in ("right", "left"))
    assert re.findall(r'<mtd columnalign="\w+" style="([^"]*)">', html) == [right, left, right, left]
    assert "&" not in "".join(tree(html).itertext())


@pytest.mark.parametrize(
    ("tex", "cells"),
    [
        (r"\begin{alignedat}{2}a&=b&c&=d\end{alignedat}", 4),
        (r"\begin{aligned}[t]a&=b\end{aligned}", 2),
        (r"\begin{align*}a&=b\\c&=d\end{align*}", 4),
        (r"\begin{eqnarray}a&=&b\end{eqnarray}", 3),
        (r"\begin{gathered}a\\b\end{gathered}", 2),
        (r"\begin{multline}a\\b\end{multline}", 2),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", 4),
        (r"\begin{dcases}a&b\\c&d\end{dcases}", 4),
        (r"\begin{rcases}a&b\\c&d\end{rcases}", 4),
        (r"\begin{cases}\begin{aligned}a&b\end{aligned}&c\end{cases}", 4),
    ],
)
def test_environments_with_columns_are_tables(tex: str, cells: int) -> None:
    made = mathml(tex, inline=False)
    assert made is not None
    assert made.count("<mtd") == cells
    assert "&" not in "".join(tree(made).itertext())
    assert "alignedat" not in made


def test_what_is_no_formula_is_shown_as_it_was_written() -> None:
    assert mathml("x" * 3000, inline=True) is None
    assert "<code>" in written(r"$\frac{$") or r"\frac" in written(r"$\frac{$")


_SIGNS = st.text(st.sampled_from("<>&\"'`*_[]()!#|-+{}.:/\\$^~=\n 0aé\u202f\x00\x1b\ud800") | st.characters())


@given(_SIGNS)
def test_any_text_becomes_harmless_html(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    found = tree(written(text))
    for element in found.iter():
        assert isinstance(element.tag, str)
        assert element.tag.rpartition("}")[2] not in {"script", "style", "iframe", "object", "embed", "form", "svg"}
        for name, value in element.attrib.items():
            assert not str(name).lower().startswith("on")
            assert not re.match(r"\s*(?:javascript|data|vbscript):", str(value), re.IGNORECASE)
