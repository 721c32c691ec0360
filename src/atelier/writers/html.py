"""A draft as a page of its own: `slug.html`, its pictures in a folder `slug` beside it.

The pictures are files rather than part of the page, so that its text can be read, pasted into an editor and put on a
site as it is; style and everything else is inside. What stands where is a template (`resources/drafts/html.html`).
"""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from atelier.draft.types import Kind
from atelier.draft.wording import said
from atelier.markup.addresses import is_remote
from atelier.markup.blocks import Footnotes
from atelier.markup.case_words import introduced
from atelier.markup.safety import safe_address
from atelier.markup.semantics import HtmlText, text_html
from atelier.writers import parts
from atelier.writers.templates import bundled_template, filled
from atelier.writers.types import Written

if TYPE_CHECKING:
    from atelier.draft.types import Article, Section
    from atelier.writers.types import Means

_KINDS: Final = {Kind.PATH: "", Kind.DETOUR: "detour", Kind.LEFT_OUT: "left-out"}
MORE: Final = "<!--more-->"


def write(article: Article, means: Means) -> tuple[Written, ...]:
    """The page, then its pictures. Raises InputError for a template that cannot be used."""
    name = f"{article.slug}.{article.lang}" if means.several_languages else article.slug
    text = filled(means.template or bundled_template("html.html"), _values(article, means), {"text": text_html})
    files = [Written(PurePosixPath(article.slug) / each.name, each.data) for each in article.pictures.values()]
    return (Written(PurePosixPath(f"{name}.html"), text.encode("utf-8", "replace"), text=True), *files)


def _values(article: Article, means: Means) -> dict[str, Any]:
    html = HtmlText(
        picture=lambda source: _address(article, source),
        lang=article.lang,
        prefix=parts.footnote_prefix(article),
    )
    return {
        "article": article,
        "lang": article.lang,
        "direction": parts.direction(article.lang),
        "date": parts.numeric_date(article),
        "local_date": parts.local_date(article),
        "abstracts": parts.foreign_abstracts(article),
        "canvas": safe_address(article.canvas),
        "canvas_inside": can_be_framed(article.canvas),
        "text": _text(article, html),
        "footnotes": html.footnotes(Footnotes(items=article.footnotes)) if article.footnotes else "",
        "sources": html.blocks(parts.sources(article)),
        "similar": html.blocks(parts.similar(article)),
        "colon": introduced("", article.lang),
        "said": partial(said, lang=article.lang),
        "generator": means.generator,
    }


def _address(article: Article, source: str) -> str:
    if source in article.pictures:
        return f"{quote(article.slug)}/{quote(source)}"
    return safe_address(source) if is_remote(source) else ""


def can_be_framed(canvas: str) -> bool:
    """Whether a canvas is a page that may be shown within this one: other sites mostly refuse that."""
    try:
        address = urlsplit(canvas)
    except ValueError:
        return False
    return not address.netloc or address.path.lower().endswith((".html", ".htm"))


def _text(article: Article, html: HtmlText) -> str:
    """The sections inside each other as their headings are, the mark where a list of articles cuts between them."""
    out = [html.blocks(article.lead)]
    around: list[int] = []
    for number, section in enumerate(article.sections):
        while around and around[-1] >= section.level:
            out.append("</section>")
            around.pop()
        if article.more and number == article.beginning:
            out.append(MORE)
        out.append(_opened(section, article.lang))
        out.append(html.block(parts.section_heading(section)))
        out.append(html.blocks(section.blocks))
        around.append(section.level)
    out += ["</section>"] * len(around)
    return "\n".join(each for each in out if each)


def _opened(section: Section, lang: str) -> str:
    kind = f' class="{_KINDS[section.kind]}"' if section.kind is not Kind.PATH else ""
    own = section.lang if section.lang != lang else ""
    language = f' lang="{text_html(own)}" dir="{parts.direction(own)}"' if own else ""
    return f'<section id="{text_html(section.id)}"{kind}{language}>'
