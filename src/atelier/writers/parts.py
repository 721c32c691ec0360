"""What an article says beside its text, as blocks: by whom and when, abstracts, what is like it, sources, licence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from atelier.deck.references import things
from atelier.draft.types import TOP_LEVEL
from atelier.draft.wording import said
from atelier.markup.audience import mapped
from atelier.markup.blocks import (
    CodeBlock,
    CodeToken,
    Heading,
    InlineMath,
    LineBreak,
    ListBlock,
    ListItem,
    MathBlock,
    Paragraph,
    Style,
    Text,
)
from atelier.markup.case_words import introduced
from atelier.markup.local_words import date_text, is_from_the_right
from atelier.markup.safety import safe_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atelier.draft.types import Article, Section, Source
    from atelier.markup.blocks import Block, Inline

_DATE: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_STRONG: Final = frozenset({Style.STRONG})
_EMPHASIS: Final = frozenset({Style.EMPHASIS})
_CODE: Final = frozenset({Style.CODE})


def numeric_date(article: Article) -> str:
    """The date as YYYY-MM-DD; empty where its author wrote it in words."""
    return article.date if _DATE.fullmatch(article.date) else ""


def local_date(article: Article) -> str:
    """The date as the language of the article has it."""
    return date_text(article.date, article.lang) if numeric_date(article) else article.date


def direction(lang: str) -> str:
    """`rtl` for a language that is written from the right, else `ltr`."""
    return "rtl" if is_from_the_right(lang) else "ltr"


def foreign_abstracts(article: Article) -> tuple[tuple[str, str], ...]:
    """The abstracts in other languages than that of the article, with their languages."""
    own = article.lang.partition("-")[0].lower()
    return tuple(each for each in article.abstracts if each[0].partition("-")[0].lower() != own)


def abstracts(article: Article) -> tuple[Block, ...]:
    """The abstracts in other languages, each a paragraph of its language."""
    return tuple(
        Paragraph(inlines=(Text(text, _EMPHASIS),), lang=language) for language, text in foreign_abstracts(article)
    )


def byline(article: Article) -> tuple[Block, ...]:
    """What `byline_text` says, as a paragraph."""
    return (Paragraph(inlines=(Text(byline_text(article), _EMPHASIS),)),)


def byline_text(article: Article) -> str:
    """Author, event, date, and how long it takes to read."""
    words = (article.author, article.event, local_date(article), said("minutes", article.lang, article.minutes))
    return " · ".join(each for each in words if each)


def canvas_link(article: Article) -> tuple[Block, ...]:
    address = safe_address(article.canvas)
    return (Paragraph(inlines=(Text(said("canvas", article.lang), href=address),)),) if address else ()


def sources(article: Article) -> tuple[Block, ...]:
    """The links of the article under a heading, each with its site where its words do not name it."""
    items = [item for each in article.sources if (item := source(each))]
    return _listed(said("sources", article.lang), items)


def similar(article: Article) -> tuple[Block, ...]:
    """Other decks that may interest a reader, under a heading."""
    items: list[tuple[Inline, ...]] = []
    for each in article.similar:
        title: tuple[Inline, ...] = (Text(each.title, _STRONG),)
        items.append((*title, LineBreak(), Text(each.abstract)) if each.abstract else title)
    return _listed(said("similar", article.lang), items)


def licence(article: Article) -> tuple[Block, ...]:
    if not article.licence:
        return ()
    words = f"{introduced(said('licence', article.lang), article.lang)} {article.licence}"
    return (Paragraph(inlines=(Text(words),)),)


def notes_heading(article: Article) -> tuple[Block, ...]:
    """What stands over the footnotes."""
    return (_heading(said("notes", article.lang)),) if article.footnotes else ()


def section_heading(section: Section) -> Heading:
    return Heading(level=section.level, inlines=section.title, lang=section.lang)


def footnote_prefix(article: Article) -> str:
    """What tells the ids of footnotes (`note-1`, `ref-1`) from those of sections."""
    ids = [section.id for section in article.sections]
    prefix = ""
    while any(each.startswith((f"note-{prefix}", f"ref-{prefix}")) for each in ids):
        prefix += "n"
    return prefix


def linked(article: Article) -> frozenset[str]:
    """The ids of sections that links of the article lead to."""
    blocks = (article.lead, *(each.blocks for each in article.sections))
    found = (getattr(thing, "href", "") for each in blocks for thing, _line in things(each))
    return frozenset(href[1:] for href in found if href.startswith("#"))


def source(of: Source) -> tuple[Inline, ...]:
    """A link, and the name of the site it leads to where its words do not say it; nothing where it leads nowhere."""
    href = safe_address(of.address)
    if not href:
        return ()
    try:
        site = urlsplit(href).hostname or ""
    except ValueError:
        site = ""
    link = Text(of.words, href=href)
    return (link,) if site in of.words else (link, Text(f", {site}"))


def _listed(title: str, lines: Iterable[tuple[Inline, ...]]) -> tuple[Block, ...]:
    items = tuple(ListItem(blocks=(Paragraph(inlines=line),)) for line in lines)
    return (_heading(title), ListBlock(items=items)) if items else ()


def _heading(title: str) -> Heading:
    return Heading(level=TOP_LEVEL, inlines=(Text(title),))


# --------------------------------------------------------------------------------- for programs that know fewer kinds


def with_tex(article: Article, *, in_lines_alone: bool = False) -> Article:
    """`article` with its formulas as code in TeX; with `in_lines_alone` those on lines of their own stay formulas."""

    def coded(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(
            _tex(block) if isinstance(block, MathBlock) and not in_lines_alone else mapped(block, coded, _coded_line)
            for block in blocks
        )

    sections = tuple(
        replace(each, blocks=coded(each.blocks), title=_coded_line(each.title)) for each in article.sections
    )
    notes = tuple(replace(each, blocks=coded(each.blocks)) for each in article.footnotes)
    return replace(article, lead=coded(article.lead), sections=sections, footnotes=notes)


def _tex(block: MathBlock) -> CodeBlock:
    lines = block.tex.strip().splitlines()
    return CodeBlock(language="tex", lines=tuple((CodeToken(line),) for line in lines))


def _coded_line(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(Text(run.tex, _CODE) if isinstance(run, InlineMath) else run for run in inlines)


def is_simple(block: ListBlock) -> bool:
    """Whether every item of a list, and of those in it, is a text with nothing but lists behind it."""
    for item in block.items:
        lists = [each for each in item.blocks if isinstance(each, ListBlock)]
        words = item.blocks[: len(item.blocks) - len(lists)]
        if not all(isinstance(each, Paragraph) for each in words) or not all(map(is_simple, lists)):
            return False
    return True


def strong(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    return tuple(replace(run, styles=run.styles | _STRONG) if isinstance(run, Text) else run for run in inlines)
