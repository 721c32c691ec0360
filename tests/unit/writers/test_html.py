from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.writers.articles import MEANS, article_from, article_in

from atelier.foundation.errors import InputError
from atelier.writers.html import write

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.draft.types import Article


def page(article: Article) -> str:
    return write(article, MEANS)[0].data.decode()


def tree(html: str) -> Any:
    """The elements of a page, read by a parser that refuses whatever is wrong in it."""
    parser: Any = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html)


def shape(element: Any) -> list[Any]:
    """The ids of sections inside each other."""
    return [(child.get("id"), shape(child)) for child in element if child.tag == "section" and child.get("id")]


def test_a_page_is_valid_and_has_everything(tmp_path: Path) -> None:
    article = article_in(tmp_path, more=True, canvas="https://example.org/talk.html")
    html = page(article)
    read = tree(html)
    assert read.get("lang") == "en"
    assert [each.text for each in read.iter("h1")] == ["Bread & <salt>"]
    assert shape(read.find("body/main/article")) == [("flour", []), ("rise", [("hour", [])]), ("arabic", [])]
    assert '<p class="abstract" lang="fr">Du pain &amp; du sel.</p>' in html
    assert '<time datetime="2026-11-22">22\u00a0November 2026</time>' in html
    assert '<section id="arabic" lang="ar" dir="rtl">' in html
    assert '<a href="#rise">the rise</a>' in html
    assert '<img src="bread-salt/oven.svg"' in html
    frame = read.find(".//iframe")
    assert frame.get("sandbox") == "allow-scripts allow-popups"
    foot = read.find(".//footer")
    said = " ".join("".join(foot.itertext()).split())
    for words in ("A note with code.", "how & why, example.org", "Cakes & <pies>", "How *not* to.", "CC BY 4.0"):
        assert words in said
    assert html.index("<!--more-->") > html.index('id="flour"')
    assert html.index("<!--more-->") < html.index('id="rise"')


def test_every_id_is_there_once_and_every_link_inside_leads_to_one(tmp_path: Path) -> None:
    text = "# T\n\n## A {#note-1}\n\nOne[^a], see [b](#ref-1).\n\n## B {#ref-1}\n\nTwo[^b]\n\n[^a]: n\n[^b]: m\n"
    for article in (article_in(tmp_path), article_from(text)):
        html = page(article)
        ids = re.findall(r' id="([^"]*)"', html)
        assert len(ids) == len(set(ids))
        links = re.findall(r'href="#([^"]*)"', html)
        assert links
        assert set(links) <= set(ids)


def test_pictures_lie_in_a_folder_beside_the_page(tmp_path: Path) -> None:
    text, picture = write(article_in(tmp_path), MEANS)
    assert (str(text.path), text.text) == ("bread-salt.html", True)
    assert (str(picture.path), picture.text) == ("bread-salt/oven.svg", False)
    several = write(article_in(tmp_path), replace(MEANS, several_languages=True))
    assert str(several[0].path) == "bread-salt.en.html"


def test_a_canvas_on_another_site_is_a_link(tmp_path: Path) -> None:
    html = page(article_in(tmp_path, canvas="https://example.org/talk"))
    assert "<iframe" not in html
    assert '<a href="https://example.org/talk">Fly through the talk</a>' in html
    assert "javascript" not in page(article_in(tmp_path, canvas="javascript:alert(1)"))


def test_a_template_of_ones_own_is_used(tmp_path: Path) -> None:
    article = article_in(tmp_path)
    (written, _picture) = write(article, replace(MEANS, template="<b>{{ article.title|text }}</b>{{ sources }}"))
    assert written.data.decode().startswith("<b>Bread &amp; &lt;salt&gt;</b><h2>Sources</h2>")
    with pytest.raises(InputError, match="Line 2"):
        write(article, replace(MEANS, template="a\n{% if %}"))


_TEXTS = st.text(
    st.sampled_from("<>&\"'`*_[]()!#|-+{}.:/\\$^~=\n 0aé\u202f\x00\x1b\u2028")
    | st.characters(exclude_categories=["Cs"])
)


@given(_TEXTS, _TEXTS)
def test_any_text_becomes_a_valid_page(text: str, title: str) -> None:
    made = page(article_from(f"---\ntitle: {title!r}\n---\n\n## Shown\n\n{text}\n", more=True, canvas=text))
    for element in tree(made).iter():
        if isinstance(element.tag, str):
            assert element.tag.rpartition("}")[2] not in {"script", "object", "embed", "form", "svg"}
            assert not any(str(name).lower().startswith("on") for name in element.attrib)
