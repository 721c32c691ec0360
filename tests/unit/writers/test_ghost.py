from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.unit.writers.articles import DRAWING, MEANS, article_from, article_in

from atelier.writers.ghost import LONGEST_EXCERPT, LONGEST_TITLE, write

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.draft.types import Article

_CARD = re.compile(r"<!--kg-card-begin: html-->\n(.*?)\n<!--kg-card-end: html-->", re.DOTALL)


def imported(article: Article, **means: Any) -> dict[str, Any]:
    (written,) = write(article, replace(MEANS, **means))
    return json.loads(written.data)["data"]


def test_a_draft_with_pictures_is_a_zip_of_both(tmp_path: Path) -> None:
    (written,) = write(article_in(tmp_path), MEANS)
    assert str(written.path) == "bread-salt.zip"
    with zipfile.ZipFile(io.BytesIO(written.data)) as archive:
        assert archive.namelist() == ["bread-salt.json", "content/images/bread-salt/oven.svg"]
        assert b"#9E1238" in archive.read(archive.namelist()[1])
        read = json.loads(archive.read("bread-salt.json"))
    assert set(read) == {"meta", "data"}
    html = read["data"]["posts"][0]["html"]
    assert '<img src="__GHOST_URL__/content/images/bread-salt/oven.svg" alt="An oven &amp; a &lt;door&gt;"' in html
    assert write(article_in(tmp_path), MEANS)[0].data == written.data


def test_a_post_is_a_draft_with_its_tags() -> None:
    article = replace(article_from("# T\n\nText.\n"), tags=("food", "salt & co"), categories=("Talks", "food"))
    data = imported(replace(article, abstracts=(("en", "On bread."),)))
    (post,) = data["posts"]
    assert (post["title"], post["slug"], post["status"], post["type"]) == ("T", "t", "draft", "post")
    assert post["custom_excerpt"] == "On bread."
    assert [each["name"] for each in data["tags"]] == ["food", "salt & co", "Talks"]
    assert {each["tag_id"] for each in data["posts_tags"]} == {each["id"] for each in data["tags"]}
    assert imported(article, several_languages=True)["tags"][-1] == {"id": "4", "name": "#en", "slug": "hash-en"}


def test_what_is_too_long_for_its_database_is_cut_between_words() -> None:
    long = "bread " * 200
    (post,) = imported(replace(article_from("# T\n"), title=long, abstracts=(("en", long),)))["posts"]
    assert len(post["title"]) <= LONGEST_TITLE
    assert len(post["custom_excerpt"]) <= LONGEST_EXCERPT
    assert post["custom_excerpt"].endswith("bread…")


def test_what_ghost_has_no_card_for_is_html(tmp_path: Path) -> None:
    (written,) = write(article_in(tmp_path), MEANS)
    with zipfile.ZipFile(io.BytesIO(written.data)) as archive:
        html = json.loads(archive.read("bread-salt.json"))["data"]["posts"][0]["html"]
    cards = _CARD.findall(html)
    for element in ("<table>", "<dl>", '<p class="formula">', '<span id="rise"></span>', '<li id="note-2">'):
        assert any(element in card for card in cards)
        assert element not in _CARD.sub("", html)
    assert "<code>a &lt; b</code>" in html
    assert "<s>old</s>" in html
    links = set(re.findall(r'href="#([^"]*)"', html))
    assert links == {"rise", "note-1", "note-2"}
    assert all(f'id="{each}"' in html for each in links)


def test_a_card_ends_where_it_ends() -> None:
    html = imported(article_from("# T\n\n| <!--kg-card-end: html--> `<!--kg-card-end: html-->` |\n|---|\n| a |\n"))
    assert html["posts"][0]["html"].count("<!--kg-card-end: html-->") == 1


def test_names_that_ghost_would_spell_in_its_own_way_are_numbers(tmp_path: Path) -> None:
    (tmp_path / "خبز.svg").write_text(DRAWING, encoding="utf-8")
    text = "---\nlang: ar\n---\n# خبز\n\n![خبز](خبز.svg)\n"
    (written,) = write(article_in(tmp_path, text), MEANS)
    with zipfile.ZipFile(io.BytesIO(written.data)) as archive:
        assert "content/images/atelier/picture-1.svg" in archive.namelist()
