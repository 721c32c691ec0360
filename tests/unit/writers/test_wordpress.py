from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import html5lib
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.writers.articles import article_from, article_in

from atelier.writers.wordpress import PostBlock, Upload, post_blocks, post_content

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.draft.types import Article

_COMMENT = re.compile(r"<!-- (/?)wp:([a-z-]+) (\{.*?\} )?-->")


def uploads(name: str) -> Upload:
    return Upload(f"https://blog.example/{name}", 7)


def content(article: Article, **options: Any) -> str:
    return post_content(article, uploads, **options)


def of(article: Article, name: str) -> list[PostBlock]:
    """The blocks of a kind, wherever they are."""

    def within(blocks: tuple[Any, ...]) -> list[PostBlock]:
        found = [block for block in blocks if isinstance(block, PostBlock)]
        return [each for block in found for each in (block, *within(block.inside))]

    return [block for block in within(post_blocks(article, uploads)) if block.name == name]


def test_every_kind_of_block_is_one_of_the_editor(tmp_path: Path) -> None:
    article = article_in(tmp_path, more=True, canvas="https://example.org/talk.html")
    kinds = {name for _slash, name, _given in _COMMENT.findall(content(article))}
    assert kinds == {
        "paragraph", "heading", "list", "list-item", "quote", "image", "table", "code", "html", "group", "more",
    }  # fmt: skip


def test_pictures_are_those_of_the_site(tmp_path: Path) -> None:
    (image,) = of(article_in(tmp_path), "image")
    assert image.attributes == {"id": 7, "sizeSlug": "large", "linkDestination": "none"}
    assert "".join(map(str, image.inside)) == (
        '<figure class="wp-block-image size-large"><img src="https://blog.example/oven.svg" '
        'alt="An oven &amp; a &lt;door&gt;" class="wp-image-7"/><figcaption class="wp-element-caption">'
        "The <em>oven</em> — Ann, CC BY 2.0</figcaption></figure>"
    )


def test_a_picture_that_is_not_there_yet_leaves_its_block() -> None:
    waiting = str(
        post_blocks(article_from("# T\n\n![Oven](https://example.org/o.png)\n"), lambda _name: Upload(""))[-1]
    )
    assert '<figure class="wp-block-image"><img alt="Oven"/></figure>' in waiting


def test_footnotes_lead_there_and_back(tmp_path: Path) -> None:
    html = content(article_in(tmp_path))
    for number in (1, 2):
        assert f'<sup id="ref-{number}"><a href="#note-{number}"' in html
        assert f'<li><a id="note-{number}" href="#ref-{number}">↑</a> ' in html


def test_nothing_is_taken_for_a_shortcode_or_embedded() -> None:
    html = content(
        article_from("# T\n\n\\[gallery\\] `[audio]`\n\n<https://example.org/>\n\n```\n[x]\nhttps://a.example\n```\n")
    )
    assert "[" not in html
    assert "://" not in re.sub(r"<[^>]*>", "", html)
    assert "&#91;gallery]" in html
    assert 'href="https://example.org/"' in html


def test_an_author_who_may_write_no_html_gets_formulas_as_code(tmp_path: Path) -> None:
    article = article_in(tmp_path, canvas="https://example.org/talk.html")
    assert "<math" in content(article)
    plain = content(article, unfiltered=False)
    assert "<math" not in plain
    assert "<iframe" not in plain
    assert "<code>a &lt; b</code>" in plain
    assert '<pre class="wp-block-code language-tex"><code>\\frac{a}{b} &lt; \\sqrt{2}</code></pre>' in plain
    assert '<p><a href="https://example.org/talk.html">Fly through the talk</a></p>' in plain


def test_a_canvas_beside_the_draft_is_not_mentioned() -> None:
    assert "talk.html" not in content(article_from("# T\n\nText.\n", canvas="talk.html"))


def test_a_template_of_ones_own_chooses_and_orders(tmp_path: Path) -> None:
    html = content(article_in(tmp_path), template="{{ licence }}\n{{ beginning }}")
    assert html.startswith("<!-- wp:paragraph -->\n<p>Licence: CC BY 4.0</p>")
    assert "Sources" not in html


_TEXTS = st.text(
    st.sampled_from("<>&\"'`*_[]()!#|-+{}.:/\\$^~=\n 0aé\u202f\x00\x1b") | st.characters(exclude_categories=["Cs"])
)


@given(_TEXTS)
def test_any_text_becomes_blocks_inside_each_other(text: str) -> None:
    html = content(article_from(f"# T\n\n{text}\n\n## B\n\n- {text}\n"))
    around: list[str] = []
    for slash, name, _given in _COMMENT.findall(html):
        if slash:
            assert around.pop() == name
        else:
            around.append(name)
    assert around == []
    assert html.count("<!-- wp:") + html.count("<!-- /wp:") == len(_COMMENT.findall(html))
    assert "[" not in re.sub(r"<!-- wp:.*? -->", "", html)
    parser: Any = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    parser.parse(f"<!DOCTYPE html><html lang=en><head><title>t</title></head><body>{html}</body></html>")
