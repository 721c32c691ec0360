"""Blocks as Markdown that other programs read: CommonMark with the tables, footnotes and definition lists that Hugo
(goldmark), Jekyll (kramdown), pandoc and GitHub have in common.

Every sign of a text that would be markup is escaped. What Markdown has no sign for is an HTML element; where a program
leaves those out, its words stay.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atelier.markup.blocks import (
    Align,
    Callout,
    CodeBlock,
    DefinitionList,
    Figure,
    FootnoteMark,
    Heading,
    InlineImage,
    InlineMath,
    LineBreak,
    ListBlock,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Style,
    Table,
    Text,
    plain_text,
)
from atelier.markup.nesting import Expanded, Link, Span, nested
from atelier.markup.safety import safe_address
from atelier.markup.semantics import text_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from atelier.markup.blocks import Block, Cell, Footnote, Inline

_SPECIAL: Final = re.compile(r"[\\`*\[\]<|~$]|(?<!\w)_|_(?!\w)|&(?=#?\w{1,32};)|\{(?=[{%:#.<])|!(?=\[)")
_LINE_START: Final = re.compile(r"^[ \t]*(?:([#>+-])|(\d{1,9})([.)])(?=\s|$)|(?<=\n)([=:]))", re.MULTILINE)
_TAGS: Final = {
    Style.MARK: "mark", Style.INSERTED: "ins", Style.SUPERSCRIPT: "sup", Style.SUBSCRIPT: "sub",
    Style.STRONG: "strong", Style.EMPHASIS: "em", Style.DELETED: "del",
}  # fmt: skip
_SIGNS: Final = {Style.STRONG: "**", Style.DELETED: "~~"}
_ADDRESS: Final = re.compile(r"[\s<>()\\\"|`]")
_RULES: Final = {Align.START: "---", Align.CENTRE: ":-:", Align.END: "--:"}
_SPACES: Final = re.compile(r"[ \t\n]+")
_TICKS: Final = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """Writes blocks as Markdown. `picture` gives the address of a picture by its name in the article; `figure`, where
    it is given, writes a figure as its program has it; `inline_math` are the signs around a formula in a line.
    """

    picture: Callable[[str], str] = lambda name: name
    figure: Callable[[Figure, str, str], str] | None = None
    """Of a figure, the address of its picture and its caption as Markdown."""
    inline_math: str = "$"

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "\n\n".join(written for block in blocks if (written := self.block(block)))

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                return self.heading(block.inlines, block.level)
            case Paragraph():
                return self.line(block.inlines)
            case ListBlock():
                return self._list(block)
            case Quote():
                source = f"\n\n— {self.line(block.source)}" if block.source else ""
                return _indented(self.blocks(block.blocks) + source, "> ")
            case Callout():
                title = f"**{self.line(block.title).strip()}**\n\n" if block.title else ""
                return _indented(title + self.blocks(block.blocks), "> ")
            case Table():
                return self._table(block)
            case DefinitionList():
                return self._definitions(block)
            case CodeBlock():
                return _fenced(block)
            case MathBlock():
                return f"$$\n{block.tex.strip()}\n$$"
            case Figure():
                return self._figure(block)
            case Rule():
                return "---"
            case _:
                return ""

    def heading(self, inlines: Sequence[Inline], level: int, anchor: str = "") -> str:
        words = _SPACES.sub(" ", self.line(inlines)).strip()
        if words.endswith("#"):
            words = f"{words[:-1]}\\#"
        return f"{'#' * level} {words}" + (f" {{#{anchor}}}" if anchor else "")

    def footnotes(self, notes: Sequence[Footnote]) -> str:
        return "\n\n".join(
            _indented(self.blocks(note.blocks) or "–", "    ", first=f"[^{note.number}]: ") for note in notes
        )

    # ------------------------------------------------------------------------------------------------------ blocks

    def _list(self, block: ListBlock) -> str:
        items: list[str] = []
        loose = any(len(item.blocks) > 1 for item in block.items)
        for number, item in enumerate(block.items, block.start):
            mark = f"{number}. " if block.ordered else "- "
            box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
            inner = self.blocks(item.blocks)
            items.append(_indented(inner, " " * len(mark), first=mark + box) if inner else (mark + box).rstrip())
        return ("\n\n" if loose else "\n").join(items)

    def _table(self, block: Table) -> str:
        width = max((len(row) for row in (block.header, *block.rows)), default=0)
        if not width:
            return ""
        first = block.rows[0] if block.rows else ()
        aligned = block.header or first
        rules = [_RULES[aligned[i].align] if i < len(aligned) else "---" for i in range(width)]
        rows = [self._row(block.header, width), "| " + " | ".join(rules) + " |"]
        rows += [self._row(row, width) for row in block.rows]
        caption = self.line(block.caption)
        return "\n".join(rows) + (f"\n\n{caption}" if caption else "")

    def _row(self, cells: Sequence[Cell], width: int) -> str:
        words = [_SPACES.sub(" ", self.line(cell.inlines, in_table=True)).strip() for cell in cells]
        return "| " + " | ".join([*words, *[""] * (width - len(words))]) + " |"

    def _definitions(self, block: DefinitionList) -> str:
        out: list[str] = []
        for item in block.items:
            terms = "\n".join(_SPACES.sub(" ", self.line(term)) for term in item.terms)
            said = "\n\n".join(_indented(self.blocks(each) or "–", "    ", first=":   ") for each in item.descriptions)
            out.append(f"{terms}\n{said}")
        return "\n\n".join(out)

    def _figure(self, block: Figure) -> str:
        address = self.picture(block.source)
        credit = escaped(block.credit)
        caption = " — ".join(words for words in (self.line(block.caption), credit) if words)
        if caption and "*" not in caption:
            caption = f"*{caption}*"
        if self.figure is not None:
            return self.figure(block, address, caption)
        shown = self._image(address, block.alt)
        href = safe_address(block.href)
        shown = f"[{shown}]({_address(href)})" if href else shown
        return f"{shown}\n\n{caption}" if caption else shown

    def _image(self, address: str, alt: str) -> str:
        return f"![{escaped(_SPACES.sub(' ', alt))}]({_address(address)})"

    # ----------------------------------------------------------------------------------------------------- in a line

    def line(self, inlines: Sequence[Inline], *, in_table: bool = False) -> str:
        written = _Line(self, in_table=in_table).write(nested(inlines), "", "")
        return written if in_table else _LINE_START.sub(_plain_start, written).strip(" \t\n")

    def inline_image(self, run: InlineImage) -> str:
        return self._image(self.picture(run.source), run.alt)


class _Line:
    """Writes spans; each has to know the signs beside it, for `**` is none in the middle of a word and a quotation."""

    def __init__(self, text: MarkdownText, *, in_table: bool) -> None:
        self._text = text
        self._in_table = in_table

    def write(self, runs: Sequence[Span | Inline], before: str, after: str) -> str:
        out = ""
        for number, run in enumerate(runs):
            following = _plain(runs[number + 1 :])
            out += self._run(run, out[-1:] or before, following[:1] or after)
        return out

    def _run(self, run: Span | Inline, before: str, after: str) -> str:
        match run:
            case Span():
                return self._span(run, before, after)
            case Text():
                return escaped(run.text)
            case LineBreak():
                return "<br>" if self._in_table else "  \n"
            case InlineMath():
                sign = self._text.inline_math
                return f"{sign}{_SPACES.sub(' ', run.tex).strip().replace('|', chr(92) + 'vert ')}{sign}"
            case InlineImage():
                return self._text.inline_image(run)
            case FootnoteMark():
                return f"[^{run.number}]"

    def _span(self, span: Span, before: str, after: str) -> str:
        mark = span.mark
        if mark is Style.PRIVATE:
            return ""
        if mark is Style.CODE:
            return _code(_plain(span.children), in_table=self._in_table)
        if isinstance(mark, Link):
            inner = self.write(span.children, "[", "]")
            href = safe_address(mark.href)
            return f"[{inner}]({_address(href)})" if href and inner.strip() else inner
        if isinstance(mark, Expanded):
            inner = self.write(span.children, ">", "<")
            return f'<abbr title="{text_html(mark.expansion)}">{inner}</abbr>'
        return self._styled(mark, span, before, after)

    def _styled(self, style: Style, span: Span, before: str, after: str) -> str:
        words = _plain(span.children)
        if not words.strip():
            return self.write(span.children, before, after)
        sign = _SIGNS.get(style, "")
        if style is Style.EMPHASIS:
            apart = not before.isalnum() and not after.isalnum()
            sign = "_" if apart and ("*" in before + after or _holds_strong(span)) else "*"
        inner = self.write(span.children, sign[:1] or ">", sign[:1] or "<")
        lead = inner[: len(inner) - len(inner.lstrip())]
        trail = inner[len(inner.rstrip()) :]
        bare = inner.strip()
        if sign and _opens(lead[-1:] or before, words.strip()[:1]) and _opens(trail[:1] or after, words.strip()[-1:]):
            return f"{lead}{sign}{bare}{sign}{trail}"
        return f"{lead}<{_TAGS[style]}>{bare}</{_TAGS[style]}>{trail}"


def _opens(outside: str, inside: str) -> bool:
    """Whether signs of emphasis between these two are some (CommonMark 0.31, 6.2): a word begins or ends there."""
    if not _is_punctuation(inside):
        return True
    return not outside or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign)[0] in "PS"


def _holds_strong(span: Span) -> bool:
    return any(
        isinstance(child, Span) and (child.mark is Style.STRONG or _holds_strong(child)) for child in span.children
    )


def _plain(runs: Sequence[Span | Inline]) -> str:
    return "".join(_plain(run.children) if isinstance(run, Span) else plain_text((run,)) for run in runs)


def escaped(text: str) -> str:
    """A text whose every sign is itself in the middle of a line."""
    return _SPECIAL.sub(_escape, text.replace("\r", ""))


def _escape(found: re.Match[str]) -> str:
    return "&#123;" if found[0] == "{" else f"\\{found[0]}"  # a template of Jekyll or Hugo knows no backslash


def _plain_start(found: re.Match[str]) -> str:
    """What a line begins with, where it would be a heading, a quotation or an item."""
    if found[1]:
        return f"\\{found[1]}"
    if found[2]:
        return f"{found[2]}\\{found[3]}"
    return f"&#{ord(found[4])};"  # not every program knows a backslash before these


def _address(address: str) -> str:
    return _ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address)


def _code(words: str, *, in_table: bool) -> str:
    words = _SPACES.sub(" ", words)
    if in_table:
        words = words.replace("|", "\\|")
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(words)), default=0))
    pad = " " if words.startswith("`") or words.endswith("`") or (words[:1] == words[-1:] == " ") else ""
    return f"{ticks}{pad}{words}{pad}{ticks}" if words else ""


def _fenced(block: CodeBlock) -> str:
    words = "\n".join("".join(token.text for token in line) for line in block.lines)
    fence = "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(words)), default=0))
    language = re.sub(r"[^\w+#.-]", "", block.language)
    title = f"**{escaped(block.title)}**\n\n" if block.title else ""
    return f"{title}{fence}{language}\n{words}\n{fence}"


def _indented(text: str, indent: str, first: str = "") -> str:
    """`text` with every line behind `indent`, the first one behind `first` where it is given."""
    lines = text.split("\n")
    head, *rest = lines
    return "\n".join(
        [(first or indent) + head, *((indent + line).rstrip(" ") if not line else indent + line for line in rest)]
    )
