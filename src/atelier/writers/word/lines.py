"""What stands in a line of a Word document: runs of words, links, marks of footnotes, formulas, small pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

from atelier.markup.addresses import is_remote
from atelier.markup.blocks import FootnoteMark, InlineImage, InlineMath, LineBreak, Style, Text
from atelier.markup.local_words import is_from_the_right
from atelier.markup.safety import safe_address
from atelier.writers.word.elements import node, text_node
from atelier.writers.word.formulas import formula
from atelier.writers.word.numbering import Numbering
from atelier.writers.word.styles import ACCENT, language, style_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element

    from atelier.markup.blocks import Inline
    from atelier.writers.word.package import Relations
    from atelier.writers.word.pictures import Album

_ABSOLUTE: Final = re.compile(r"^(?:https?|mailto|tel):", re.IGNORECASE)
"""What leads somewhere from wherever the document lies."""
_PIECES: Final = re.compile(r"[\t\n]|[^\t\n]+")


@dataclass(slots=True, kw_only=True)
class Document:
    """What all parts of a document share. `bookmarks` are those of the sections, by what links call them."""

    lang: str
    album: Album
    bookmarks: Mapping[str, str]
    notes: frozenset[int]
    """The numbers of the footnotes there are."""
    numbering: Numbering = field(default_factory=Numbering)
    marked: set[int] = field(default_factory=set[int])
    """Footnotes whose mark has come."""
    marks: int = 0
    """Bookmarks given so far."""


class Lines:
    """Writes lines of one part. Without `notes` the marks of footnotes are figures: a footnote of Word has none."""

    def __init__(self, document: Document, relations: Relations, *, notes: bool) -> None:
        self._document = document
        self._relations = relations
        self._notes = notes

    def runs(self, inlines: Sequence[Inline], lang: str, *, italic: bool = False, style: str = "") -> list[Element]:
        """Runs in a paragraph that is `italic` itself or not; `style` is a style of characters."""
        out: list[Element] = []
        for href, linked in groupby(inlines, key=lambda run: run.href if isinstance(run, Text) else ""):
            link = self._link(href) if href else None
            inner: list[Element] = []
            for run in linked:
                inner += self._run(run, lang, italic=italic, style=style, linked=link is not None)
            if link is not None:
                link.extend(inner)
                out.append(link)
            else:
                out += inner
        return out

    def marked(self, name: str, runs: Sequence[Element]) -> list[Element]:
        """Runs inside a bookmark."""
        self._document.marks += 1
        number = self._document.marks
        return [node("w:bookmarkStart", id=number, name=name), *runs, node("w:bookmarkEnd", id=number)]

    def _link(self, href: str) -> Element | None:
        href = safe_address(href)
        if href.startswith("#"):
            name = self._document.bookmarks.get(href[1:])
            return node("w:hyperlink", anchor=name, history=1) if name else None
        relation = self._relations.to_address(href) if _ABSOLUTE.match(href) else ""
        return node("w:hyperlink", r_id=relation, history=1) if relation else None

    def _run(self, run: Inline, lang: str, *, italic: bool, style: str, linked: bool) -> list[Element]:
        match run:
            case Text():
                if Style.PRIVATE in run.styles or not run.text:
                    return []
                shown = self._shown(run.styles, lang, italic=italic, style=style, linked=linked)
                return [node("w:r", shown, *_words(run.text))]
            case LineBreak():
                return [node("w:r", node("w:br"))]
            case InlineMath():
                made = formula(run.tex, inline=True)
                if made is not None:
                    return [made]
                return self._run(Text(run.tex, frozenset({Style.CODE})), lang, italic=italic, style="", linked=linked)
            case InlineImage():
                return self._image(run, lang)
            case FootnoteMark():
                return self._mark(run.number)

    def _shown(self, styles: frozenset[Style], lang: str, *, italic: bool, style: str, linked: bool) -> Element | None:
        code = Style.CODE in styles
        name = "Code Words" if code else style or ("Hyperlink" if linked else "")
        rightward = is_from_the_right(lang)
        raised = {Style.SUPERSCRIPT: "superscript", Style.SUBSCRIPT: "subscript"}
        place = next((word for each, word in raised.items() if each in styles), "")
        underlined = Style.INSERTED in styles or (linked and name != "Hyperlink")
        made = node(
            "w:rPr",
            node("w:rStyle", val=style_id(name)) if name else None,
            node("w:b") if Style.STRONG in styles else None,
            node("w:i", val=int(not italic)) if Style.EMPHASIS in styles else None,
            node("w:strike") if Style.DELETED in styles else None,
            node("w:color", val=ACCENT) if linked and name != "Hyperlink" else None,
            node("w:highlight", val="yellow") if Style.MARK in styles else None,
            node("w:u", val="single") if underlined else None,
            node("w:vertAlign", val=place) if place else None,
            node("w:rtl") if rightward else None,
            language(lang) if lang != self._document.lang else None,
        )
        return made if len(made) else None

    def _image(self, run: InlineImage, lang: str) -> list[Element]:
        shown = self._document.album.drawing(run.source, run.alt, self._relations)
        if shown is not None:
            return [node("w:r", shown)]
        words = run.alt.strip() or (run.source if is_remote(run.source) else "")
        return self.runs((Text(words, href=run.source if is_remote(run.source) else ""),), lang) if words else []

    def _mark(self, number: int) -> list[Element]:
        """The mark of a footnote. A second one to the same note points to the first: Word would count it anew."""
        document = self._document
        if number not in document.notes:
            return []
        shown = node("w:rPr", node("w:rStyle", val=style_id("footnote reference")))
        if not self._notes:
            return [node("w:r", shown, text_node("w:t", str(number)))]
        name = f"_Note{number}"
        if number in document.marked:
            run = node("w:r", shown, text_node("w:t", str(number)))
            return [node("w:fldSimple", run, instr=f" NOTEREF {name} \\f \\h ")]
        document.marked.add(number)
        return self.marked(name, [node("w:r", shown, node("w:footnoteReference", id=number))])


def _words(text: str) -> list[Element]:
    breaks = {"\t": "w:tab", "\n": "w:br"}
    return [node(breaks[each]) if each in breaks else text_node("w:t", each) for each in _PIECES.findall(text)]
