from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from tests.unit.draft.test_article import TALK, article

from atelier.draft.types import Options
from atelier.foundation.errors import InputError
from atelier.writers.formats import write
from atelier.writers.types import Means

MEANS = Means(raster=lambda picture: picture)


def drafted(name: str, text: str = TALK, means: Means = MEANS, **options: object) -> tuple[str, str]:
    """Path and text of a draft."""
    made = article(text, Options(**options), name="bread")  # pyright: ignore[reportArgumentType]
    first = write(name, made, means)[0]
    return str(first.path), first.data.decode()


def front_matter(text: str) -> dict[str, object]:
    _before, head, _after = text.split("---\n", 2)
    return yaml.safe_load(head)


def test_a_hugo_bundle_is_a_draft_with_its_languages_key() -> None:
    path, text = drafted("hugo", more=True)
    assert path == "bread/index.md"
    assert front_matter(text) == {
        "title": "Bread", "draft": True, "slug": "bread", "translationKey": "bread", "description": "On bread.",
        "tags": ["food"], "categories": ["Talks"],
    }  # fmt: skip
    assert "<!--more-->" in text
    assert drafted("hugo", means=replace(MEANS, several_languages=True))[0] == "bread/index.en.md"


def test_a_jekyll_draft_hides_what_looks_like_its_templates() -> None:
    path, text = drafted("jekyll", "# T\n\n## A\n\n```\n{{ site.url }} {% raw %}\n```\n", more=True)
    assert path == "_drafts/t.md"
    assert front_matter(text)["excerpt_separator"] == "<!--more-->"
    assert "{% raw %}" in text
    assert "{{ site.url }}" in text
    assert not text.startswith("\ufeff")


@pytest.mark.parametrize("name", ["hugo", "jekyll", "markdown"])
def test_any_title_is_one_value(name: str) -> None:
    _path, text = drafted(name, "---\ntitle: '\"a\": {{ b }} # c'\n---\n\n# One\n\ntext\n")
    if name != "markdown":
        assert front_matter(text)["title"] == "“a”: {{ b }} # c"
    else:
        assert text.startswith("# “a”: &#123;{ b }} # c\n")


def test_sections_links_and_sources_are_there() -> None:
    _path, text = drafted("markdown")
    assert "## Flour {#flour}\n" in text
    assert "[flour](#flour)" in text
    assert "## Sources\n\n- [how](https://example.org/how), example.org\n" in text
    assert "*Du pain.*" in text
    assert "\n\n\n" not in text


def test_a_template_of_the_authors_own_is_used() -> None:
    means = replace(MEANS, template="{{ article.title }} / {% for each in sections %}{{ each.id }} {% endfor %}")
    assert drafted("markdown", means=means)[1] == "Bread / flour rise hour \n"


@pytest.mark.parametrize(
    "template",
    [
        "{{ nothing }}",
        "{% for %}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% include '/etc/passwd' %}",
        "{% include '../locales/fr/LC_MESSAGES/atelier.po' %}",
        "{{ 1 / 0 }}",
        "{{ article.title.format_map }}{{ article.pictures.clear() }}",
    ],
)
def test_a_template_reaches_nothing_else(template: str) -> None:
    with pytest.raises(InputError, match="template cannot be used"):
        drafted("markdown", means=replace(MEANS, template=template))
