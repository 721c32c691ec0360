"""A draft for Ghost's importer (ghost.org/docs/migration/custom): a zip with the JSON and the pictures in
`content/images`; the JSON alone where there are none.

Ghost turns HTML into its own kinds of cards. What it has no card for, it would flatten: that is kept in an HTML card,
between the comments that Ghost writes around those itself.
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from atelier.deck.ids import slug
from atelier.draft.wording import said
from atelier.markup.addresses import is_remote
from atelier.markup.blocks import (
    Callout,
    CodeBlock,
    DefinitionList,
    Figure,
    ListBlock,
    MathBlock,
    Paragraph,
    Quote,
    Table,
    Text,
)
from atelier.markup.safety import safe_address
from atelier.markup.semantics import HtmlText, readable, text_html
from atelier.writers import parts
from atelier.writers.html import can_be_framed
from atelier.writers.templates import bundled_template, filled
from atelier.writers.types import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from atelier.draft.types import Article
    from atelier.markup.blocks import Block
    from atelier.writers.types import Means

VERSION: Final = "5.0.0"
"""Of Ghost, from which on it takes HTML."""
LONGEST_TITLE: Final = 255
LONGEST_EXCERPT: Final = 300
LONGEST_DESCRIPTION: Final = 500
LONGEST_TAG: Final = 191
"""Characters, by Ghost's schema of its database."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip knows: the same draft is the same file."""


def write(article: Article, means: Means) -> tuple[Written, ...]:
    """One file. Raises InputError for a template that cannot be used."""
    name = f"{article.slug}.{article.lang}" if means.several_languages else article.slug
    files = _files(article)
    data = json.dumps(_imported(article, means, files), ensure_ascii=False, indent=1).encode("utf-8", "replace")
    if not article.pictures:
        return (Written(PurePosixPath(f"{name}.json"), data),)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}.json", _EPOCH), data, zipfile.ZIP_DEFLATED)
        for picture in article.pictures.values():
            entry = zipfile.ZipInfo(f"content/images/{files[picture.name]}", _EPOCH)
            archive.writestr(entry, picture.data, zipfile.ZIP_STORED)
    return (Written(PurePosixPath(f"{name}.zip"), packed.getvalue()),)


def _imported(article: Article, means: Means, files: Mapping[str, str]) -> dict[str, Any]:
    tags = _tags(article, means)
    post = {
        "id": "1",
        "title": _short(article.title, LONGEST_TITLE),
        "slug": article.slug,
        "html": _html(article, means, files),
        "type": "post",
        "status": "draft",
        "custom_excerpt": _short(article.summary, LONGEST_EXCERPT) or None,
    }
    date = parts.numeric_date(article)
    made = datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp() if date else 0
    return {
        "meta": {"exported_on": round(made * 1000), "version": VERSION},
        "data": {
            "posts": [post],
            "posts_meta": [{"post_id": "1", "meta_description": _short(article.summary, LONGEST_DESCRIPTION) or None}],
            "tags": [{"id": str(n), "name": name, "slug": where} for n, (where, name) in enumerate(tags.items(), 1)],
            "posts_tags": [{"post_id": "1", "tag_id": str(n), "sort_order": n - 1} for n in range(1, len(tags) + 1)],
        },
    }


def _files(article: Article) -> dict[str, str]:
    """Where each picture lies below `content/images`: Ghost spells other letters than these in its own way."""
    folder = article.slug if article.slug.isascii() else "atelier"
    return {
        name: f"{folder}/{name if name.isascii() else _numbered(name, number)}"
        for number, name in enumerate(article.pictures, 1)
    }


def _numbered(name: str, number: int) -> str:
    return f"picture-{number}.{name.rpartition('.')[2]}"


def _tags(article: Article, means: Means) -> dict[str, str]:
    """Tags and categories, which are one here, by their slugs; the language as an internal tag where it matters."""
    tags: dict[str, str] = {}
    for name in (*article.tags, *article.categories):
        if name.strip():
            tags.setdefault(slug(name), _short(name, LONGEST_TAG))
    if means.several_languages:
        tags[f"hash-{slug(article.lang)}"] = f"#{article.lang}"
    return tags


def _short(text: str, longest: int) -> str:
    """`text` in a line of at most that many characters, cut between words."""
    text = readable(" ".join(text.split()))
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.") + "…"


def _html(article: Article, means: Means, files: Mapping[str, str]) -> str:
    article = parts.with_tex(article, in_lines_alone=True)
    text = _GhostText(article, files)
    values = {
        "article": article,
        "abstracts": text.blocks(parts.abstracts(article)),
        "byline": text.blocks(parts.byline(article)),
        "canvas": _canvas(article, text),
        "text": text.whole(),
        "similar": text.blocks(parts.similar(article)),
        "sources": text.blocks(parts.sources(article)),
        "footnotes": text.footnotes(),
        "licence": text.blocks(parts.licence(article)),
    }
    html = filled(means.template or bundled_template("ghost.html"), values, {"text": text_html})
    return html.replace("<del>", "<s>").replace("</del>", "</s>")  # Ghost knows no other sign of what was struck out


def _canvas(article: Article, text: _GhostText) -> str:
    """The canvas where it is on the network; a file beside the article is nowhere on a site."""
    address = safe_address(article.canvas)
    if not address.startswith(("http://", "https://")):
        return ""
    link = text.blocks(parts.canvas_link(article))
    if not can_be_framed(address):
        return link
    frame = (
        f'<iframe src="{text_html(address)}" title="{text_html(article.title)}" sandbox="allow-scripts allow-popups"'
        ' loading="lazy" allowfullscreen style="width:100%;aspect-ratio:16/9;border:0"></iframe>'
    )
    return f"{_card(frame)}\n{link}"


class _GhostText:
    def __init__(self, article: Article, files: Mapping[str, str]) -> None:
        self._article = article
        self._files = files
        self._linked = parts.linked(article)
        self._plain = HtmlText(picture=self._address, lang=article.lang, prefix=parts.footnote_prefix(article))

    def whole(self) -> str:
        """The lead and the sections."""
        out = [self.blocks(self._article.lead)]
        for section in self._article.sections:
            if section.id in self._linked:  # Ghost gives headings ids of its own
                out.append(_card(f'<span id="{text_html(section.id)}"></span>'))
            out.append(self._plain.block(parts.section_heading(section)))
            out.append(self.blocks(section.blocks))
        return "\n".join(each for each in out if each)

    def footnotes(self) -> str:
        """The notes in a card, where the marks lead to. Ghost takes the ids of marks away, so nothing leads back."""
        notes = self._article.footnotes
        if not notes:
            return ""
        place = f"note-{self._plain.prefix}"
        items = "\n".join(f'<li id="{place}{each.number}">{self._plain.blocks(each.blocks)}</li>' for each in notes)
        head = f"<h2>{text_html(said('notes', self._article.lang))}</h2>"
        return f"{head}\n{_card(f'<ol>{items}</ol>')}"

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "\n".join(html for block in blocks if (html := self._block(block)))

    def _block(self, block: Block) -> str:
        match block:
            case Table() | DefinitionList() | MathBlock():
                return _card(self._plain.block(block))
            case ListBlock() if not parts.is_simple(block) or any(item.checked is not None for item in block.items):
                return _card(self._plain.block(block))
            case Quote():
                return self._quote(block)
            case Callout():
                return self._callout(block)
            case CodeBlock() if block.title:
                title = Paragraph(inlines=parts.strong((Text(block.title),)))
                code = CodeBlock(language=block.language, lines=block.lines)
                return f"{self._plain.block(title)}\n{self._plain.block(code)}"
            case Figure() if not self._address(block.source) and not block.caption:
                return self._plain.block(Paragraph(inlines=(Text(block.alt),))) if block.alt.strip() else ""
            case _:
                return self._plain.block(block)

    def _quote(self, block: Quote) -> str:
        """A quotation is one text in Ghost."""
        if not all(isinstance(each, Paragraph) for each in block.blocks):
            return _card(self._plain.block(block))
        source = f"— {self._plain.inlines(block.source)}" if block.source else ""
        return (
            f"<blockquote>{'<br><br>'.join(each for each in (*self._lines(block.blocks), source) if each)}</blockquote>"
        )

    def _callout(self, block: Callout) -> str:
        """A callout is one text in Ghost: what is in it beside paragraphs follows."""
        words = [each for each in block.blocks if isinstance(each, Paragraph)]
        rest = [each for each in block.blocks if not isinstance(each, Paragraph)]
        title = (Paragraph(inlines=parts.strong(block.title)),) if block.title else ()
        said_so = "<br>".join(self._lines((*title, *words)))
        card = (
            '<div class="kg-card kg-callout-card kg-callout-card-grey">'
            f'<div class="kg-callout-text">{said_so}</div></div>'
        )
        return "\n".join(each for each in (card if said_so else "", self.blocks(rest)) if each)

    def _lines(self, blocks: Sequence[Block]) -> list[str]:
        return [self._plain.inlines(each.inlines) for each in blocks if isinstance(each, Paragraph) and each.inlines]

    def _address(self, source: str) -> str:
        if source in self._files:
            return f"__GHOST_URL__/content/images/{self._files[source]}"
        return safe_address(source) if is_remote(source) else ""


def _card(html: str) -> str:
    return f"<!--kg-card-begin: html-->\n{html}\n<!--kg-card-end: html-->" if html else ""
