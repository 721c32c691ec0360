"""An article as a Word document (ECMA-376, transitional), with real styles, lists, footnotes, formulas and bookmarks.

The parts are written as they are ([decision 23](docs/decisions/0023-word-documents-written-directly.md)). Nothing in
them tells of the machine or the time: the same article gives the same bytes.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from atelier.draft.types import TOP_LEVEL
from atelier.draft.wording import said
from atelier.markup.audience import mapped
from atelier.markup.blocks import FootnoteMark, ListBlock, ListItem, Paragraph, Style, Text
from atelier.markup.case_words import introduced
from atelier.markup.local_words import date_text, is_from_the_right
from atelier.writers.types import Written
from atelier.writers.word.elements import clean, node, part, text_node
from atelier.writers.word.lines import Document
from atelier.writers.word.numbering import BULLETS, NUMBERS
from atelier.writers.word.package import OFFICE, PACKAGE, WORD, Relations, packed
from atelier.writers.word.pictures import Album
from atelier.writers.word.styles import CODE_FONT, TEXT_FONT, language, style_id, styles_part
from atelier.writers.word.text import TEXT_TWIPS, WordText

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

    from atelier.draft.types import Article, Section
    from atelier.markup.blocks import Block, Footnote, Inline
    from atelier.writers.types import Means

_DATE: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-[0-9]{2}")
_LONGEST_FOOT: Final = 70
"""Characters of the title at the foot of every page."""
_LONGEST_BOOKMARK: Final = 40
_PAGE: Final = {"width": 11_906, "height": 16_838, "margin": 1_417}
"""A4 with margins of 25 mm, in twips."""
_TYPES: Final = {
    ".rels": "application/vnd.openxmlformats-package.relationships+xml",
    ".xml": "application/xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    "word/document.xml": f"{WORD}.document.main+xml",
    "word/styles.xml": f"{WORD}.styles+xml",
    "word/numbering.xml": f"{WORD}.numbering+xml",
    "word/settings.xml": f"{WORD}.settings+xml",
    "word/fontTable.xml": f"{WORD}.fontTable+xml",
    "word/footnotes.xml": f"{WORD}.footnotes+xml",
    "word/footer1.xml": f"{WORD}.footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}


def write(article: Article, means: Means) -> tuple[Written, ...]:
    """The document, in one file."""
    name = f"{article.slug}.{article.lang}" if means.several_languages else article.slug
    return (Written(PurePosixPath(f"{name}.docx"), _Writer(article, means).file()),)


class _Writer:
    def __init__(self, article: Article, means: Means) -> None:
        self._article = article
        self._generator = means.generator
        self._bookmarks = _bookmarks(article.sections)
        self._document = Document(
            lang=article.lang,
            album=Album(article.pictures, means.raster),
            bookmarks=self._bookmarks,
            notes=frozenset(note.number for note in article.footnotes),
        )

    def file(self) -> bytes:
        body, notes, whole = Relations(), Relations(), Relations()
        text = self._text(WordText(self._document, body))
        footnotes = self._footnotes(WordText(self._document, notes, style="footnote text", notes=False))
        for kind in ("styles", "numbering", "settings", "fontTable", "footnotes"):
            body.to_part(kind, f"{kind}.xml")
        text.append(_page(body.to_part("footer", "footer1.xml"), self._article.lang))
        whole.to_part("officeDocument", "word/document.xml")
        whole.to_package_part("metadata/core-properties", "docProps/core.xml")
        whole.to_part("extended-properties", "docProps/app.xml")
        parts = {
            "word/document.xml": part(node("w:document", node("w:body", *text)), _PREFIXES),
            "word/styles.xml": styles_part(self._article.lang, BULLETS, NUMBERS),
            "word/numbering.xml": self._document.numbering.xml(),
            "word/settings.xml": _settings(self._article.lang),
            "word/fontTable.xml": _fonts(),
            "word/footnotes.xml": part(footnotes, _PREFIXES),
            "word/footer1.xml": _footer(self._article.title),
            "docProps/core.xml": self._properties(),
            "docProps/app.xml": _program(self._generator),
            **{f"word/{name}": data for name, data in self._document.album.files.items()},
        }
        return packed(parts, _TYPES, {"": whole, "word/document.xml": body, "word/footnotes.xml": notes})

    # ------------------------------------------------------------------------------------------------------- text

    def _text(self, text: WordText) -> list[Element]:
        article = self._article
        out = [text.paragraph((Text(article.title),), "Title")]
        if byline := self._byline():
            out.append(text.paragraph((Text(byline),), "Subtitle"))
        out += [text.paragraph((Text(words),), "Abstract", lang) for lang, words in article.abstracts if words]
        if article.canvas:
            out += text.blocks([Paragraph(inlines=(Text(said("canvas", article.lang), href=article.canvas),))])
        out += text.blocks(article.lead)
        for section in article.sections:
            level = section.level - TOP_LEVEL + 1
            if section.title:
                bookmark = self._bookmarks.pop(section.id, "")
                out.append(text.heading(section.title, level, section.lang, bookmark))
            out += text.blocks(section.blocks, section.lang)
        return [*out, *self._end(text)]

    def _byline(self) -> str:
        article = self._article
        date = date_text(article.date, article.lang) if _DATE.fullmatch(article.date) else article.date
        return " · ".join(
            words
            for words in (article.author, article.event, date, said("minutes", article.lang, article.minutes))
            if words
        )

    def _end(self, text: WordText) -> list[Element]:
        """Sources, other decks, the licence."""
        article = self._article
        out: list[Element] = []
        if article.sources:
            out.append(text.heading((Text(said("sources", article.lang)),), 1))
            out += text.blocks([_list(_source(each.words, each.address) for each in article.sources)])
        if article.similar:
            out.append(text.heading((Text(said("similar", article.lang)),), 1))
            out += text.blocks([_list(_named(each.title, each.abstract) for each in article.similar)])
        if article.licence:
            label = Text(introduced(said("licence", article.lang), article.lang), frozenset({Style.STRONG}))
            out += text.blocks([Paragraph(inlines=(label, Text(f" {article.licence}")))])
        return out

    # -------------------------------------------------------------------------------------------------- footnotes

    def _footnotes(self, text: WordText) -> Element:
        root = node("w:footnotes")
        for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
            line = node("w:p", node("w:r", node(f"w:{kind}")))
            root.append(node("w:footnote", line, type=kind, id=number))
        notes = {note.number: note for note in self._article.footnotes}
        for number in sorted(self._document.marked):
            paragraphs = text.blocks(_with_inner_notes(notes[number], notes, self._document.marked))
            if not paragraphs or paragraphs[0].tag != "w:p":
                paragraphs.insert(0, text.paragraph((), "footnote text"))
            mark = node("w:rPr", node("w:rStyle", val=style_id("footnote reference")))
            first = paragraphs[0]
            at = 1 if len(first) and first[0].tag == "w:pPr" else 0
            first.insert(at, node("w:r", text_node("w:t", " ")))
            first.insert(at, node("w:r", mark, node("w:footnoteRef")))
            root.append(node("w:footnote", *paragraphs, id=number))
        return root

    # ------------------------------------------------------------------------------------------------- properties

    def _properties(self) -> bytes:
        article = self._article
        root = node(
            "cp:coreProperties",
            xmlns_cp=f"{PACKAGE}/metadata/core-properties",
            xmlns_dc="http://purl.org/dc/elements/1.1/",
        )
        said_of_it = {
            "dc:title": article.title,
            "dc:subject": article.event,
            "dc:creator": article.author,
            "cp:keywords": ", ".join(article.tags),
            "dc:description": article.summary,
            "dc:language": article.lang,
            "cp:category": ", ".join(article.categories),
        }
        for tag, words in said_of_it.items():
            if words:
                element = node(tag)
                element.text = clean(words)
                root.append(element)
        return part(root, ())


_PREFIXES: Final = ("w", "m", "r", "wp", "a", "pic")


def _bookmarks(sections: Iterable[Section]) -> dict[str, str]:
    """The bookmarks of sections by their ids: letters, digits and `_`, alone of their kind. The first of two counts."""
    out: dict[str, str] = {}
    for number, section in enumerate(sections, 1):
        if section.title:
            name = f"s{number}_" + re.sub(r"\W", "_", section.id)
            out.setdefault(section.id, name[:_LONGEST_BOOKMARK])
    return out


def _list(lines: Iterable[tuple[Inline, ...]]) -> ListBlock:
    return ListBlock(items=tuple(ListItem(blocks=(Paragraph(inlines=line),)) for line in lines))


def _source(words: str, address: str) -> tuple[Inline, ...]:
    link = Text(address, href=address)
    return (Text(f"{words} — "), link) if words != address else (link,)


def _named(title: str, words: str) -> tuple[Inline, ...]:
    strong = Text(title, frozenset({Style.STRONG}))
    return (strong, Text(f" — {words}")) if words else (strong,)


def _with_inner_notes(note: Footnote, notes: dict[int, Footnote], marked: set[int]) -> list[Block]:
    """A note, and behind it those that only it has a mark of: in Word a footnote has none of its own."""
    out = list(note.blocks)
    taken = {*marked}
    inner = _marks(note.blocks)
    while inner:
        number = inner.pop(0)
        if number in taken or number not in notes:
            continue
        taken.add(number)
        figure = Text(f"{number} ", frozenset({Style.SUPERSCRIPT}))
        first, *rest = notes[number].blocks or (Paragraph(inlines=()),)
        if isinstance(first, Paragraph):
            out += [Paragraph(inlines=(figure, *first.inlines)), *rest]
        else:
            out += [Paragraph(inlines=(figure,)), first, *rest]
        inner += _marks(notes[number].blocks)
    return out


def _marks(blocks: tuple[Block, ...]) -> list[int]:
    """The numbers of the notes that blocks have marks of."""
    found: list[int] = []

    def inline(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        found.extend(run.number for run in inlines if isinstance(run, FootnoteMark))
        return inlines

    def inner(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        for block in blocks:
            mapped(block, inner, inline)
        return blocks

    inner(blocks)
    return found


def _page(footer: str, lang: str) -> Element:
    margins = dict.fromkeys(("top", "right", "bottom", "left"), _PAGE["margin"])
    return node(
        "w:sectPr",
        node("w:footerReference", w_type="default", r_id=footer),
        node("w:pgSz", w=_PAGE["width"], h=_PAGE["height"]),
        node("w:pgMar", **margins, header=708, footer=708, gutter=0),
        node("w:bidi") if is_from_the_right(lang) else None,
    )


def _footer(title: str) -> bytes:
    """The title, and on the other side the number of the page."""
    short = title if len(title) <= _LONGEST_FOOT else f"{title[: _LONGEST_FOOT - 1].rstrip()}…"
    tabs = node("w:tabs", node("w:tab", val="right", pos=TEXT_TWIPS))
    page, pages = (
        node("w:fldSimple", node("w:r", text_node("w:t", "1")), instr=f" {field} ") for field in ("PAGE", "NUMPAGES")
    )
    line = (
        node("w:r", text_node("w:t", short), node("w:tab")),
        page,
        node("w:r", text_node("w:t", " / ")),
        pages,
    )
    style = node("w:pPr", node("w:pStyle", val=style_id("footer")), tabs)
    return part(node("w:ftr", node("w:p", style, *line)))


def _settings(lang: str) -> bytes:
    own = "http://schemas.microsoft.com/office/word"
    root = node(
        "w:settings",
        node("w:defaultTabStop", val=360),
        node("w:characterSpacingControl", val="doNotCompress"),
        node("w:footnotePr", node("w:footnote", id=-1), node("w:footnote", id=0)),
        node("w:compat", node("w:compatSetting", name="compatibilityMode", uri=own, val=15)),
        node("m:mathPr", node("m:mathFont", val="Cambria Math")),
        node("w:themeFontLang", **{key.partition(":")[2]: value for key, value in language(lang).attrib.items()}),
    )
    return part(root, ("w", "m"))


def _fonts() -> bytes:
    """Which fonts stand in for those of the styles where they are not there."""
    kinds = ((TEXT_FONT, "Carlito", "swiss", "variable"), (CODE_FONT, "Liberation Mono", "modern", "fixed"))
    fonts = (
        node(
            "w:font",
            node("w:altName", val=other),
            node("w:family", val=family),
            node("w:pitch", val=pitch),
            name=name,
        )
        for name, other, family, pitch in kinds
    )
    return part(node("w:fonts", *fonts))


def _program(generator: str) -> bytes:
    name = node("Application")
    name.text = clean(generator)
    return part(node("Properties", name, xmlns=f"{OFFICE.replace('relationships', 'extended-properties')}"), ())
