from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.writers.articles import MEANS, article_from, article_in

from atelier.writers import wxr

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from atelier.draft.types import Article

WP = "{http://wordpress.org/export/1.2/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
EXCERPT = "{http://wordpress.org/export/1.2/excerpt/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def feed(article: Article) -> ET.Element:
    return ET.fromstring(wxr.write(article, MEANS)[0].data)


def test_an_item_has_what_the_importer_needs(tmp_path: Path) -> None:
    read = feed(article_in(tmp_path))
    assert read.findtext(f"channel/{WP}wxr_version") == "1.2"
    (item,) = read.findall("channel/item")
    assert item.findtext("title") == "Bread & <salt>"
    assert item.findtext(CREATOR) == read.findtext(f"channel/{WP}author/{WP}author_login") == "ann-o-neill"
    assert (item.findtext(f"{WP}status"), item.findtext(f"{WP}post_type")) == ("draft", "post")
    assert item.findtext(f"{WP}post_name") == "bread-salt"
    assert item.findtext(EXCERPT) == "On bread."
    terms = [(each.get("domain"), each.get("nicename"), each.text) for each in item.findall("category")]
    assert terms == [("category", "talks", "Talks"), ("post_tag", "food", "food"), ("post_tag", "salt-co", "salt & co")]
    assert [each.text for each in read.iter(f"{WP}tag_slug")] == ["food", "salt-co"]
    assert [each.text for each in read.iter(f"{WP}category_nicename")] == ["talks"]


def test_pictures_are_in_the_file(tmp_path: Path) -> None:
    written = wxr.write(article_in(tmp_path), MEANS)
    assert [str(each.path) for each in written] == ["bread-salt.xml"]
    assert b'src="data:image/svg+xml;base64,' in written[0].data


def test_pictures_too_large_for_it_lie_beside_and_their_blocks_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wxr, "LARGEST_INSIDE", 100)
    text, picture = wxr.write(article_in(tmp_path), MEANS)
    assert str(picture.path) == "bread-salt/oven.svg"
    assert b"data:image" not in text.data
    assert b'<img alt="An oven &amp; a &lt;door&gt;"/>' in text.data


def test_the_end_of_a_cdata_section_in_a_text_does_not_end_it() -> None:
    article = replace(article_from("# T\n\n`a]]>b`\n"), title="]]> & ]]>", tags=("]]>", "]]>"), author="]]>")
    (item,) = feed(article).findall("channel/item")
    assert item.findtext("title") == "]]> & ]]>"
    assert item.findtext("category") == "]]>"
    assert "<code>a]]&gt;b</code>" in (item.findtext(CONTENT) or "")


def test_there_is_no_doctype() -> None:
    assert b"<!DOCTYPE" not in wxr.write(article_from("# T\n\n<!DOCTYPE html>\n"), MEANS)[0].data


@given(st.text(), st.text())
def test_any_text_is_read_back(text: str, title: str) -> None:
    text, title = (each.encode("utf-8", "replace").decode() for each in (text, title))
    article = replace(article_from("# T\n"), title=title, tags=(text,), abstracts=(("en", text),))
    (item,) = feed(article).findall("channel/item")
    kept = re.sub(r"\r\n?", "\n", re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", "", title))
    assert (item.findtext("title") or "") == kept
