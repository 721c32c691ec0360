"""Drafts in Markdown: plain, as a page bundle of Hugo, as a draft of Jekyll."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from atelier.draft.wording import said
from atelier.markup.case_words import introduced
from atelier.markup.safety import safe_address
from atelier.writers import parts
from atelier.writers.markdown import MarkdownText, escaped
from atelier.writers.templates import bundled_template, filled
from atelier.writers.types import Written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atelier.draft.types import Article, Section
    from atelier.markup.blocks import Figure
    from atelier.writers.types import Means

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_TEMPLATED: Final = re.compile(r"\{\{|\{%")


def write_markdown(article: Article, means: Means) -> tuple[Written, ...]:
    """`slug.md`, its pictures in a folder `slug` beside it."""
    name = article.slug
    return _written(article, means, "markdown.md", PurePosixPath(f"{name}{_suffix(article, means)}.md"), name)


def write_hugo(article: Article, means: Means) -> tuple[Written, ...]:
    """A leaf bundle: a folder with `index.md` and its pictures (gohugo.io, “Page bundles”)."""
    folder = PurePosixPath(article.slug)
    return _written(article, means, "hugo.md", folder / f"index{_suffix(article, means)}.md", "", figure=_hugo_figure)


def write_jekyll(article: Article, means: Means) -> tuple[Written, ...]:
    """A file in `_drafts`, its pictures in `assets/slug` (jekyllrb.com, “Posts”)."""
    file = PurePosixPath("_drafts") / f"{article.slug}{_suffix(article, means).replace('.', '-')}.md"
    return _written(
        article, means, "jekyll.md", file, f"assets/{article.slug}", absolute=True, inline_math="$$", raw=_raw
    )


def _suffix(article: Article, means: Means) -> str:
    return f".{article.lang}" if means.several_languages else ""


def _hugo_figure(figure: Figure, address: str, caption: str) -> str:
    """The shortcode that Hugo has for figures."""
    values = {"src": address, "alt": figure.alt, "caption": caption, "link": safe_address(figure.href)}
    given = " ".join(f"{name}={_quoted(value)}" for name, value in values.items() if value)
    return f"{{{{< figure {given} >}}}}"


def _quoted(value: str) -> str:
    value = " ".join(value.split()).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + value.replace(">}}", "> }}") + '"'


def _raw(text: str) -> str:
    """A piece of Markdown in which Jekyll is to see no template of its own."""
    return f"{{% raw %}}\n{text}\n{{% endraw %}}" if _TEMPLATED.search(text) else text


def _written(
    article: Article,
    means: Means,
    template: str,
    file: PurePosixPath,
    pictures: str,
    **look: Any,
) -> tuple[Written, ...]:
    """The text and its pictures; `pictures` is their folder, as seen from the text unless it is `absolute`."""
    page = _Page(article, pictures, **look)
    values, filters = page.values(), {"text": escaped}
    text = filled(means.template or bundled_template(template), values, filters)
    folder = PurePosixPath(pictures) if look.get("absolute") else file.parent / pictures
    files = [Written(folder / each.name, each.data) for each in article.pictures.values()]
    return (Written(file, text.encode("utf-8", "replace"), text=True), *files)


@dataclass(frozen=True, slots=True)
class _Page:
    """What a template is given."""

    article: Article
    folder: str
    figure: Any = None
    inline_math: str = "$"
    absolute: bool = False
    raw: Any = None

    def values(self) -> dict[str, Any]:
        article = self.article
        lead = self._markdown.blocks(article.lead)
        linked = parts.linked(article)
        sections = [self._section(each, each.id if each.id in linked else "") for each in article.sections]
        pieces = [piece for piece in (lead, *sections) if piece]
        cut = (1 if lead else 0) + article.beginning
        beginning, rest = (pieces[:cut], pieces[cut:]) if article.more else (pieces, [])
        return {
            "article": article,
            "title": " ".join(escaped(article.title).split()),
            "abstracts": parts.foreign_abstracts(article),
            "byline": parts.byline_text(article),
            "date": parts.numeric_date(article),
            "beginning": self._joined(beginning),
            "rest": self._joined(rest),
            "sections": [
                {"id": each.id, "level": each.level, "kind": each.kind.name.lower(), "text": self._guarded(text)}
                for each, text in zip(article.sections, sections, strict=True)
            ],
            "footnotes": self._guarded(self._markdown.footnotes(article.footnotes)),
            "sources": [
                {"address": each.address, "words": each.words, "link": MarkdownText().line(parts.source(each))}
                for each in article.sources
            ],
            "similar": article.similar,
            "pictures": [self._picture(name) for name in article.pictures],
            "canvas": safe_address(article.canvas),
            "colon": introduced("", article.lang),
            "said": partial(said, lang=article.lang),
        }

    @property
    def _markdown(self) -> MarkdownText:
        return MarkdownText(picture=self._picture, figure=self.figure, inline_math=self.inline_math)

    def _picture(self, name: str) -> str:
        if name not in self.article.pictures:  # on the network
            return name
        path = f"{self.folder}/{quote(name)}" if self.folder else quote(name)
        return f"/{path}" if self.absolute else path

    def _section(self, section: Section, anchor: str) -> str:
        heading = self._markdown.heading(section.title, section.level, anchor)
        text = self._markdown.blocks(section.blocks)
        return f"{heading}\n\n{text}" if text else heading

    def _joined(self, pieces: Iterable[str]) -> str:
        return self._guarded("\n\n".join(pieces))

    def _guarded(self, text: str) -> str:
        return self.raw(text) if self.raw is not None and text else text
