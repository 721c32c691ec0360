"""A draft for WordPress's importer: WXR 1.2, a feed with the elements that WordPress adds to it.

The importer takes pictures from nothing but an address it can reach, and there is none before the article is on a site.
So they are in the text itself, as data, drawings as drawings: the post is whole once imported, and the editor offers to
put each into the media library. What would make the file too large for the usual limit of a site lies in a folder
beside it, and the block of each such picture waits for it (`atelier publish` uploads them all).
"""

from __future__ import annotations

import base64
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from atelier.deck.ids import slug
from atelier.markup.addresses import is_remote
from atelier.markup.safety import safe_address
from atelier.markup.semantics import readable, text_html
from atelier.writers.types import Written
from atelier.writers.wordpress import Upload, post_content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atelier.draft.types import Article
    from atelier.writers.types import Means

LARGEST_INSIDE: Final = 8 * 1024 * 1024
"""Bytes of pictures inside the file, as they are written."""


def write(article: Article, means: Means) -> tuple[Written, ...]:
    """The file, then the pictures that are too large for it. Raises InputError for a template that cannot be used."""
    name = f"{article.slug}.{article.lang}" if means.several_languages else article.slug
    inside: dict[str, str] = {}
    beside: list[Written] = []
    room = LARGEST_INSIDE
    for picture in sorted(article.pictures.values(), key=lambda each: len(each.data)):
        data = f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"
        room -= len(data)
        if room >= 0:
            inside[picture.name] = data
        else:
            beside.append(Written(PurePosixPath(article.slug) / picture.name, picture.data))

    def upload(source: str) -> Upload:
        return Upload(safe_address(source) if is_remote(source) else inside.get(source, ""))

    content = post_content(article, upload, template=means.template)
    feed = _feed(article, content, means.generator)
    return (Written(PurePosixPath(f"{name}.xml"), feed.encode("utf-8", "replace")), *beside)


def _feed(article: Article, content: str, generator: str) -> str:
    login = slug(article.author) if article.author else "author"
    categories, tags = _terms(article.categories), _terms(article.tags)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<rss version="2.0"',
        ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"',
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"',
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
        ' xmlns:wp="http://wordpress.org/export/1.2/">',
        "<channel>",
        f"<title>{text_html(article.title)}</title>",
        f"<description>{text_html(article.summary)}</description>",
        f"<language>{text_html(article.lang)}</language>",
        f"<generator>{text_html(generator)}</generator>",
        "<wp:wxr_version>1.2</wp:wxr_version>",
        "<wp:author>",
        f"<wp:author_login>{_cdata(login)}</wp:author_login>",
        f"<wp:author_display_name>{_cdata(article.author)}</wp:author_display_name>",
        "</wp:author>",
    ]
    for nicename, name in categories:
        lines.append(
            f"<wp:category><wp:category_nicename>{_cdata(nicename)}</wp:category_nicename>"
            f"<wp:cat_name>{_cdata(name)}</wp:cat_name></wp:category>"
        )
    for nicename, name in tags:
        lines.append(
            f"<wp:tag><wp:tag_slug>{_cdata(nicename)}</wp:tag_slug><wp:tag_name>{_cdata(name)}</wp:tag_name></wp:tag>"
        )
    lines += [
        "<item>",
        f"<title>{_cdata(article.title)}</title>",
        f"<dc:creator>{_cdata(login)}</dc:creator>",
        f"<content:encoded>{_cdata(content)}</content:encoded>",
        f"<excerpt:encoded>{_cdata(article.summary)}</excerpt:encoded>",
        "<wp:post_id>1</wp:post_id>",
        f"<wp:post_name>{_cdata(article.slug)}</wp:post_name>",
        "<wp:status>draft</wp:status>",
        "<wp:post_type>post</wp:post_type>",
    ]
    for domain, terms in (("category", categories), ("post_tag", tags)):
        for nicename, name in terms:
            lines.append(f'<category domain="{domain}" nicename="{text_html(nicename)}">{_cdata(name)}</category>')
    lines += ["</item>", "</channel>", "</rss>"]
    return "\n".join(lines) + "\n"


def _terms(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Tags or categories: what each is called in an address, without which the importer drops it, and its name."""
    terms: dict[str, str] = {}
    for name in names:
        if name.strip():
            terms.setdefault(slug(name), name.strip())
    return tuple(terms.items())


def _cdata(text: str) -> str:
    """A text as it is, which XML does not read; `]]>` would end it."""
    return f"<![CDATA[{readable(text).replace(']]>', ']]]]><![CDATA[>')}]]>"
