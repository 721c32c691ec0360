"""Blocks as semantic HTML: for a page that is read, by a person, a screen reader or another program.

What is shown one beside the other (columns, cases, activities) is made linear first (`deck.linear`); private parts are
gone before (`markup.audience`). Everything that comes from a text is escaped: no markup of its author's gets through.
Elements as in the HTML Living Standard; formulas are MathML Core.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Final, TypeAlias

from atelier.markup.blocks import (
    Align,
    Callout,
    CalloutKind,
    CodeBlock,
    DefinitionList,
    Figure,
    FootnoteMark,
    Footnotes,
    Heading,
    InlineImage,
    InlineMath,
    LineBreak,
    ListBlock,
    MathBlock,
    Media,
    MediaKind,
    Paragraph,
    Quote,
    Rule,
    Style,
    Table,
    Text,
)
from atelier.markup.mathml import mathml
from atelier.markup.nesting import Expanded, Link, Span, nested
from atelier.markup.safety import safe_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atelier.markup.blocks import Block, Cell, Inline, ListItem

Address: TypeAlias = Callable[[str], str]
"""What stands in an attribute for an address or the name of a picture as written; empty for nothing."""

_TAGS: Final = {
    Style.STRONG: "strong",
    Style.EMPHASIS: "em",
    Style.CODE: "code",
    Style.MARK: "mark",
    Style.DELETED: "del",
    Style.INSERTED: "ins",
    Style.SUPERSCRIPT: "sup",
    Style.SUBSCRIPT: "sub",
}
_KINDS: Final = {CalloutKind.NOTE: "note", CalloutKind.OK: "ok", CalloutKind.WARN: "warn"}
_ALIGNS: Final = {Align.CENTRE: "center", Align.END: "end"}
_LAST_OF_PLANES: Final = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_REFUSED: Final = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]")
"""What no HTML may hold."""
_SHARE: Final = 100


def text_html(text: str) -> str:
    """A text as it stands in HTML, in an attribute too."""
    return escape(readable(text))


def readable(text: str) -> str:
    """A text without the characters that no HTML and no XML may hold."""
    return _REFUSED.sub("", text)


def _same(address: str) -> str:
    return address


@dataclass(frozen=True, slots=True)
class HtmlText:
    """Writes blocks as HTML.

    `picture` gives the address of a picture by its source, empty where it has none: then its words stand for it. `link`
    gives where a link leads. `lang` is the language of what is around; `prefix` tells the footnotes of one text from
    those of another on the same page.
    """

    picture: Address = _same
    link: Address = _same
    lang: str = ""
    prefix: str = ""
    film: Address = field(default=lambda _source: "")
    """The address of a film or sound that can be played, empty where its poster stands for it."""

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "\n".join(html for block in blocks if (html := self.block(block)))

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                level = min(max(block.level, 1), 6)
                return f"<h{level}{self._attributes(block)}>{self.inlines(block.inlines)}</h{level}>"
            case Paragraph():
                return f"<p{self._attributes(block)}>{self.inlines(block.inlines)}</p>"
            case ListBlock():
                return self._list(block)
            case Quote():
                return self._quote(block)
            case Table():
                return self._table(block)
            case DefinitionList():
                return self._definitions(block)
            case Footnotes():
                return self.footnotes(block)
            case Callout():
                title = f"<p><strong>{self.inlines(block.title)}</strong></p>\n" if block.title else ""
                kind = f"callout {_KINDS[block.kind]}"
                return (
                    f'<aside{self._attributes(block, kind)} role="note">\n{title}{self.blocks(block.blocks)}\n</aside>'
                )
            case CodeBlock():
                return self._code(block)
            case MathBlock():
                return f'<p class="formula">{self._formula(block.tex, inline=False)}</p>'
            case Media():
                return self._media(block)
            case Figure():
                return self._figure(block)
            case Rule():
                return "<hr>"
            case _:  # made linear before, or nobody's to see
                return ""

    def _attributes(self, block: Block | ListItem, classes: str = "") -> str:
        out = f' class="{classes}"' if classes else ""
        return out + (f' lang="{text_html(block.lang)}"' if block.lang and block.lang != self.lang else "")

    # ------------------------------------------------------------------------------------------------------ blocks

    def _list(self, block: ListBlock) -> str:
        tasks = any(item.checked is not None for item in block.items)
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        items = "\n".join(self._item(item) for item in block.items)
        return f"<{tag}{start}{self._attributes(block, 'tasks' if tasks else '')}>\n{items}\n</{tag}>"

    def _item(self, item: ListItem) -> str:
        box = "" if item.checked is None else f'<input type="checkbox" disabled{" checked" if item.checked else ""}> '
        first, *rest = item.blocks or (None,)
        if isinstance(first, Paragraph):  # the words of an item are no paragraph of their own
            inner = self.inlines(first.inlines)
            more = self.blocks(rest)
            words = f"<label>{box}{inner}</label>" if box else inner
            return f"<li{self._attributes(item)}>{words}{chr(10) if more else ''}{more}</li>"
        sign = "" if item.checked is None else "☑ " if item.checked else "☐ "  # a box needs words to go with
        return f"<li{self._attributes(item)}>{sign}{self.blocks(item.blocks)}</li>"

    def _quote(self, block: Quote) -> str:
        quote = f"<blockquote{self._attributes(block)}>\n{self.blocks(block.blocks)}\n</blockquote>"
        if not block.source:
            return quote
        return f'<figure class="quote">\n{quote}\n<figcaption>{self.inlines(block.source)}</figcaption>\n</figure>'

    def _table(self, block: Table) -> str:
        rows = "\n".join(self._row(row, "td") for row in block.rows)
        head = f"<thead>\n{self._row(block.header, 'th')}\n</thead>\n" if any(c.inlines for c in block.header) else ""
        caption = f"<caption>{self.inlines(block.caption)}</caption>\n" if block.caption else ""
        body = f"<tbody>\n{rows}\n</tbody>\n" if rows else ""
        return f"<table{self._attributes(block)}>\n{caption}{head}{body}</table>"

    def _row(self, cells: Sequence[Cell], tag: str) -> str:
        return "<tr>" + "".join(self._cell(cell, tag) for cell in cells) + "</tr>"

    def _cell(self, cell: Cell, tag: str) -> str:
        align = f' style="text-align: {_ALIGNS[cell.align]}"' if cell.align in _ALIGNS else ""
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{align}>{self.inlines(cell.inlines)}</{tag}>"

    def _definitions(self, block: DefinitionList) -> str:
        out: list[str] = []
        for item in block.items:
            out += [f"<dt>{self.inlines(term)}</dt>" for term in item.terms]
            out += [f"<dd>{self.blocks(description)}</dd>" for description in item.descriptions]
        return f"<dl{self._attributes(block)}>\n" + "\n".join(out) + "\n</dl>"

    def footnotes(self, block: Footnotes) -> str:
        """The notes as a list, each with a link back to its mark."""
        items: list[str] = []
        for note in block.items:
            back = f'<a href="#{self._note("ref", note.number)}" role="doc-backlink">↩</a>'
            inner = self.blocks(note.blocks)
            words = f"{inner[: -len('</p>')]} {back}</p>" if inner.endswith("</p>") else f"{inner}\n<p>{back}</p>"
            items.append(f'<li id="{self._note("note", note.number)}" value="{note.number}">{words}</li>')
        return '<section class="footnotes" role="doc-endnotes">\n<ol>\n' + "\n".join(items) + "\n</ol>\n</section>"

    def _code(self, block: CodeBlock) -> str:
        words = "\n".join("".join(token.text for token in line) for line in block.lines)
        language = re.sub(r"[^\w+#.-]", "", block.language)
        kind = f' class="language-{text_html(language)}"' if language else ""
        code = f"<pre><code{kind}>{text_html(words)}</code></pre>"
        if not block.title:
            return code
        return f'<figure class="code">\n<figcaption>{text_html(block.title)}</figcaption>\n{code}\n</figure>'

    def _figure(self, block: Figure) -> str:
        source = self.picture(block.source)
        return self._captioned(block, self._image(source, block.alt, block.width))

    def _image(self, source: str, alt: str, width: float = 0.0) -> str:
        if not source:
            return f"<em>{text_html(alt)}</em>" if alt.strip() else ""
        share = f' style="width: {width * _SHARE:.4g}%"' if 0 < width < 1 else ""
        return f'<img src="{text_html(source)}" alt="{text_html(alt)}"{share}>'

    def _media(self, block: Media) -> str:
        source = self.film(block.source)
        poster = self.picture(block.poster) if block.poster else ""
        if not source:
            return self._captioned(block, self._image(poster, block.alt, block.width))
        label = f' aria-label="{text_html(block.alt)}"' if block.alt.strip() else ""
        if block.kind is MediaKind.SOUND:
            return self._captioned(block, f'<audio src="{text_html(source)}" controls preload="none"{label}></audio>')
        still = f' poster="{text_html(poster)}"' if poster else ""
        return self._captioned(
            block, f'<video src="{text_html(source)}" controls preload="none"{still}{label}></video>'
        )

    def _captioned(self, block: Figure, shown: str) -> str:
        """A figure with its caption and credit, in a link where it is one."""
        href = self._href(block.href)
        inner = f'<a href="{href}">{shown}</a>' if href and shown else shown
        credit = f'<small class="credit">{text_html(block.credit)}</small>' if block.credit else ""
        caption = " ".join(words for words in (self.inlines(block.caption), credit) if words)
        if not inner and not caption:
            return ""
        said = f"\n<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure{self._attributes(block)}>\n{inner}{said}\n</figure>"

    # ----------------------------------------------------------------------------------------------------- in a line

    def inlines(self, inlines: Sequence[Inline]) -> str:
        return "".join(self._inline(each) for each in nested(inlines))

    def _inline(self, run: Span | Inline) -> str:
        match run:
            case Span():
                inner = "".join(self._inline(child) for child in run.children)
                return self._span(run, inner) if inner else ""
            case Text():
                return text_html(run.text)
            case LineBreak():
                return "<br>\n"
            case InlineMath():
                return self._formula(run.tex, inline=True)
            case InlineImage():
                return self._image(self.picture(run.source), run.alt)
            case FootnoteMark():
                ref, note = self._note("ref", run.number), self._note("note", run.number)
                return f'<sup id="{ref}"><a href="#{note}" role="doc-noteref">{run.number}</a></sup>'

    def _span(self, span: Span, inner: str) -> str:
        match span.mark:
            case Link():
                href = self._href(span.mark.href)
                return f'<a href="{href}">{inner}</a>' if href else inner
            case Expanded():
                return f'<abbr title="{text_html(span.mark.expansion)}">{inner}</abbr>'
            case Style.PRIVATE:
                return ""
            case style:
                return f"<{_TAGS[style]}>{inner}</{_TAGS[style]}>"

    def _formula(self, tex: str, *, inline: bool) -> str:
        """A formula, as code in TeX where it cannot be read."""
        made = mathml(_REFUSED.sub("", tex), inline=inline)
        return made if made is not None else f"<code>{text_html(tex)}</code>"

    def _href(self, href: str) -> str:
        return text_html(safe_address(self.link(href))) if href else ""

    def _note(self, kind: str, number: int) -> str:
        return f"{kind}-{self.prefix}{number}"
