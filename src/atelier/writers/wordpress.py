"""An article in WordPress's block markup: HTML with comments that say which block a piece is.

Every block is written as the editor saves it (block editor handbook, “Markup representation of a block”; the `save`
function and `block.json` of each core block), so that it opens there without a complaint: with the classes of today's
versions, which WordPress 6.1 accepts too. What the editor has no block for is custom HTML.

WordPress replaces what looks like a shortcode in square brackets, and embeds an address that is a paragraph of its own;
in the words of a talk neither is meant, so both are written as entities.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias, assert_never

from atelier.draft.wording import said
from atelier.markup.blocks import (
    Activity,
    Agenda,
    Align,
    Callout,
    CalloutKind,
    Case,
    CodeBlock,
    Columns,
    DefinitionList,
    Figure,
    Footnotes,
    Heading,
    ListBlock,
    MathBlock,
    Only,
    Paragraph,
    Private,
    Quote,
    Rule,
    Table,
    Text,
)
from atelier.markup.safety import safe_address
from atelier.markup.semantics import HtmlText, text_html
from atelier.writers import parts
from atelier.writers.templates import bundled_template, filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atelier.draft.types import Article
    from atelier.markup.blocks import Block, Cell, Footnote, Inline, ListItem

_OUTSIDE_TAGS: Final = re.compile(r"<[^>]*>|[^<]+")
_ALIGNED: Final = {Align.CENTRE: "center", Align.END: "right"}
_CALLOUTS: Final = {CalloutKind.NOTE: "note", CalloutKind.OK: "ok", CalloutKind.WARN: "warn"}
_BOXES: Final = {True: "☑ ", False: "☐ ", None: ""}
_CAPTION: Final = "wp-element-caption"


@dataclass(frozen=True, slots=True)
class PostBlock:
    """A block of a post. `inside` is what stands between its comments: HTML, and the blocks within it."""

    name: str
    inside: tuple[str | PostBlock, ...]
    attributes: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __str__(self) -> str:
        inner = "".join(map(str, self.inside))
        given = f"{_attributes(self.attributes)} " if self.attributes else ""
        return f"<!-- wp:{self.name} {given}-->\n{inner}\n<!-- /wp:{self.name} -->"


@dataclass(frozen=True, slots=True)
class Upload:
    """Where a picture is on a site, and its number in the site's media; 0 for one that is in none."""

    address: str
    id: int = 0


Uploads: TypeAlias = Callable[[str], Upload]
"""Finds a picture by its name in the article. An empty address: the block waits for its picture to be put in."""


def post_content(article: Article, uploads: Uploads, *, unfiltered: bool = True, template: str = "") -> str:
    """The content of a post. `unfiltered`: whether its author may write HTML of any kind, as administrators may; for
    others WordPress takes formulas and frames away, so formulas are TeX then, and the canvas is a link.

    Raises InputError for a template that cannot be used.
    """
    written = _Post(article, uploads, unfiltered=unfiltered)
    values = {name: "\n\n".join(map(str, blocks)) for name, blocks in written.pieces().items()}
    filters: dict[str, Callable[..., str]] = {"text": text_html}
    text = filled(template or bundled_template("wordpress.html"), {"article": article, **values}, filters)
    return re.sub(r"\n{3,}", "\n\n", text)


def post_blocks(article: Article, uploads: Uploads, *, unfiltered: bool = True) -> tuple[PostBlock, ...]:
    """The blocks of a post in the order of the usual template."""
    pieces = _Post(article, uploads, unfiltered=unfiltered).pieces()
    return tuple(block for blocks in pieces.values() for block in blocks)


class _Post:
    def __init__(self, article: Article, uploads: Uploads, *, unfiltered: bool) -> None:
        self._article = article if unfiltered else parts.with_tex(article)
        self._text = BlockText(uploads, article.lang, parts.footnote_prefix(article))
        self._unfiltered = unfiltered

    def pieces(self) -> dict[str, tuple[PostBlock, ...]]:
        """The parts of the post under their names in a template, in the usual order."""
        article, write = self._article, self._text.blocks
        sections = [self._section(number) for number in range(len(article.sections))]
        cut = article.beginning if article.more else len(sections)
        rest = tuple(block for each in sections[cut:] for block in each)
        return {
            "abstracts": write(parts.abstracts(article)),
            "byline": write(parts.byline(article)),
            "canvas": self._canvas(),
            "beginning": (*write(article.lead), *(block for each in sections[:cut] for block in each)),
            "more": (PostBlock("more", ("<!--more-->",)),) if rest else (),
            "rest": rest,
            "similar": write(parts.similar(article)),
            "sources": write(parts.sources(article)),
            "footnotes": self._footnotes(),
            "licence": write(parts.licence(article)),
        }

    def _section(self, number: int) -> tuple[PostBlock, ...]:
        section = self._article.sections[number]
        text = self._text.within(section.lang)
        return (text.heading(parts.section_heading(section), section.id), *text.blocks(section.blocks))

    def _canvas(self) -> tuple[PostBlock, ...]:
        """The canvas where it is on the network; a file beside the article is nowhere on a site."""
        address = safe_address(self._article.canvas)
        if not address.startswith(("http://", "https://")):
            return ()
        if not self._unfiltered:
            return self._text.blocks(parts.canvas_link(self._article))
        words = text_html(said("canvas", self._article.lang))
        frame = (
            f'<iframe src="{text_html(address)}" title="{text_html(self._article.title)}"'
            ' sandbox="allow-scripts allow-popups" loading="lazy" allowfullscreen'
            ' style="width:100%;aspect-ratio:16/9;border:0"></iframe>'
        )
        link = f'<p><a href="{text_html(address)}">{words}</a></p>'
        return (_custom(f"{frame}\n{link}"),)

    def _footnotes(self) -> tuple[PostBlock, ...]:
        notes = self._article.footnotes
        if not notes:
            return ()
        return (*self._text.blocks(parts.notes_heading(self._article)), self._text.footnotes(notes))


@dataclass(frozen=True, slots=True)
class BlockText:
    """Writes blocks as those of WordPress. `lang` is the post's language, `around` that of a section in another."""

    uploads: Uploads
    lang: str
    prefix: str = ""
    around: str = ""

    def within(self, lang: str) -> BlockText:
        return replace(self, around=lang)

    def blocks(self, blocks: Iterable[Block]) -> tuple[PostBlock, ...]:
        return tuple(written for block in blocks for written in self._block(block))

    def heading(self, block: Heading, anchor: str = "") -> PostBlock:
        level = min(max(block.level, 1), 6)
        given = {} if level == 2 else {"level": level}
        place = f' id="{_value(anchor)}"' if anchor else ""
        line = self._line(block.inlines, block.lang)
        return PostBlock("heading", (f'<h{level} class="wp-block-heading"{place}>{line}</h{level}>',), given)

    def footnotes(self, notes: Sequence[Footnote]) -> PostBlock:
        """The notes as a list. Its items cannot be anchors, so the links back to the marks are."""
        items: list[str | PostBlock] = []
        for note in notes:
            back = f'<a id="note-{self.prefix}{note.number}" href="#ref-{self.prefix}{note.number}">↑</a> '
            said_in = self._said_in_line(note.blocks)
            items.append(PostBlock("list-item", (f"<li>{back}{said_in}</li>",)))
        return PostBlock("list", ('<ol class="wp-block-list">', *_apart(items), "</ol>"), {"ordered": True})

    # ------------------------------------------------------------------------------------------------------ blocks

    def _block(self, block: Block) -> tuple[PostBlock, ...]:
        match block:
            case Heading():
                return (self.heading(block),)
            case Paragraph():
                line = self._line(block.inlines, block.lang)
                return (PostBlock("paragraph", (f"<p>{line}</p>",)),) if line else ()
            case ListBlock():
                return (self._list(block),) if parts.is_simple(block) else (self._as_html(block),)
            case Quote():
                return (self._quote(block),)
            case Callout():
                return (self._callout(block),)
            case Table():
                return self._table(block)
            case DefinitionList():
                return (self._as_html(block),)
            case CodeBlock():
                return self._code(block)
            case MathBlock():
                return (self._as_html(block),)
            case Figure():
                return self._figure(block)
            case Rule():
                return (PostBlock("separator", ('<hr class="wp-block-separator has-alpha-channel-opacity"/>',)),)
            case Footnotes() | Columns() | Case() | Activity() | Agenda() | Private() | Only():
                return ()  # made linear before, taken out, or nobody's to see
            case _:
                assert_never(block)

    def _list(self, block: ListBlock) -> PostBlock:
        tag = "ol" if block.ordered else "ul"
        given: dict[str, Any] = {"ordered": True} if block.ordered else {}
        start = ""
        if block.ordered and block.start != 1:
            given["start"] = block.start
            start = f' start="{block.start}"'
        items = [self._item(item) for item in block.items]
        return PostBlock("list", (f'<{tag}{start} class="wp-block-list">', *_apart(items), f"</{tag}>"), given)

    def _item(self, item: ListItem) -> PostBlock:
        lists = [each for each in item.blocks if isinstance(each, ListBlock)]
        words = tuple(each for each in item.blocks if not isinstance(each, ListBlock))
        line = _BOXES[item.checked] + self._said_in_line(words)
        return PostBlock("list-item", (f"<li>{line}", *(self._list(each) for each in lists), "</li>"))

    def _said_in_line(self, blocks: Sequence[Block]) -> str:
        """Paragraphs in one line of text; anything else as its words."""
        from atelier.markup.words import words

        said_so = [
            self._line(each.inlines, each.lang) if isinstance(each, Paragraph) else _guarded(text_html(words((each,))))
            for each in blocks
        ]
        return "<br><br>".join(each for each in said_so if each)

    def _quote(self, block: Quote) -> PostBlock:
        inner = self.blocks(block.blocks)
        cite = f"<cite>{self._line(block.source)}</cite>" if block.source else ""
        return PostBlock("quote", ('<blockquote class="wp-block-quote">', *_apart(inner), f"{cite}</blockquote>"))

    def _callout(self, block: Callout) -> PostBlock:
        title = (Paragraph(inlines=parts.strong(block.title)),) if block.title else ()
        inner = self.blocks((*title, *block.blocks))
        name = f"callout callout-{_CALLOUTS[block.kind]}"
        opened = f'<div class="wp-block-group {name}">'
        return PostBlock("group", (opened, *_apart(inner), "</div>"), {"className": name})

    def _table(self, block: Table) -> tuple[PostBlock, ...]:
        if not block.rows and not block.header:
            return ()
        titled = any(cell.inlines for cell in block.header)
        head = f"<thead>{self._row(block.header, 'th')}</thead>" if titled else ""
        rows = "".join(self._row(row, "td") for row in block.rows)
        body = f"<tbody>{rows}</tbody>" if rows else ""
        line = self._line(block.caption)
        caption = f'<figcaption class="{_CAPTION}">{line}</figcaption>' if line else ""
        table = f'<figure class="wp-block-table"><table>{head}{body}</table>{caption}</figure>'
        return (PostBlock("table", (table,), {"hasFixedLayout": False}),)

    def _row(self, cells: Sequence[Cell], tag: str) -> str:
        return "<tr>" + "".join(self._cell(cell, tag) for cell in cells) + "</tr>"

    def _cell(self, cell: Cell, tag: str) -> str:
        side = _ALIGNED.get(cell.align, "")
        aligned = f' class="has-text-align-{side}" data-align="{side}"' if side else ""
        return f"<{tag}{aligned}>{self._line(cell.inlines)}</{tag}>"

    def _code(self, block: CodeBlock) -> tuple[PostBlock, ...]:
        words = "\n".join("".join(token.text for token in line) for line in block.lines)
        code = _code(text_html(words), re.sub(r"[^\w+#.-]", "", block.language))
        if not block.title:
            return (code,)
        return (*self.blocks((Paragraph(inlines=parts.strong((Text(block.title),))),)), code)

    def _figure(self, block: Figure) -> tuple[PostBlock, ...]:
        found = self.uploads(block.source)
        credit = (Text(" — "), Text(block.credit)) if block.credit and block.caption else (Text(block.credit),)
        line = self._line((*block.caption, *credit) if block.credit else block.caption)
        caption = f'<figcaption class="{_CAPTION}">{line}</figcaption>' if line else ""
        source = f' src="{_value(found.address)}"' if found.address else ""
        number = f' class="wp-image-{found.id}"' if found.id else ""
        image = f'<img{source} alt="{_value(" ".join(block.alt.split()))}"{number}/>'
        given: dict[str, Any] = {"id": found.id, "sizeSlug": "large"} if found.id else {}
        if href := safe_address(block.href):
            image = f'<a href="{_value(href)}">{image}</a>'
            given["linkDestination"] = "custom"
        elif found.id:
            given["linkDestination"] = "none"
        size = " size-large" if found.id else ""
        return (PostBlock("image", (f'<figure class="wp-block-image{size}">{image}{caption}</figure>',), given),)

    def _as_html(self, block: Block) -> PostBlock:
        return _custom(_guarded(self._html.block(block)))

    # ----------------------------------------------------------------------------------------------------- in a line

    @property
    def _html(self) -> HtmlText:
        return HtmlText(
            picture=lambda source: self.uploads(source).address, lang=self.around or self.lang, prefix=self.prefix
        )

    def _line(self, inlines: Sequence[Inline], lang: str = "") -> str:
        line = _guarded(self._html.inlines(inlines).replace("<br>\n", "<br>")).strip()
        lang = lang or self.around
        if not line or lang in {"", self.lang}:
            return line
        return f'<span lang="{text_html(lang)}" dir="{parts.direction(lang)}">{line}</span>'


def _attributes(given: Mapping[str, Any]) -> str:
    """Attributes as they stand in a comment, in which `--` would end it (block editor: `serializeAttributes`)."""
    written = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    for sign, spelled in (("--", "\\u002d\\u002d"), ("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        written = written.replace(sign, spelled)
    return written.replace('\\"', "\\u0022")


def _guarded(html: str) -> str:
    """HTML in which no shortcode stands, and no address to embed."""
    return _OUTSIDE_TAGS.sub(_spelled, html)


def _spelled(found: re.Match[str]) -> str:
    piece = found[0].replace("[", "&#91;")
    return piece if piece.startswith("<") else piece.replace("://", ":&#47;&#47;")


def _value(text: str) -> str:
    """A text in an attribute."""
    return text_html(text).replace("[", "&#91;")


def _custom(html: str) -> PostBlock:
    return PostBlock("html", (html,))


def _code(html: str, language: str = "") -> PostBlock:
    given = {"className": f"language-{language}"} if language else {}
    kind = f" language-{language}" if language else ""
    return PostBlock("code", (f'<pre class="wp-block-code{kind}"><code>{_guarded(html)}</code></pre>',), given)


def _apart(blocks: Iterable[str | PostBlock]) -> tuple[str | PostBlock, ...]:
    """Blocks within another with an empty line between them."""
    out: list[str | PostBlock] = []
    for block in blocks:
        out += ["\n\n", block] if out else [block]
    return tuple(out)
