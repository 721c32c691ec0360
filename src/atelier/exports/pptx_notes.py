"""Notes as the text of a notes page: paragraphs, lists and emphasis, with what else there is in words."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from atelier.exports.pptx_package import XML
from atelier.exports.pptx_shapes import NAMESPACES, attribute, words
from atelier.exports.pptx_text import language_tag
from atelier.markup import blocks as md

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atelier.markup.blocks import Block, Inline

_INDENT = 228_600
"""EMU, a quarter of an inch."""
_DEEPEST = 8


def notes_page(blocks: Iterable[Block], lang: str) -> str:
    """The notes page of a slide: its picture and the notes."""
    inner = "".join(_blocks(blocks, 0, language_tag(lang))) or "<a:p/>"
    return (
        f"{XML}<p:notes {NAMESPACES}><p:cSld><p:spTree>"
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide 1"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes 2"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{inner}</p:txBody></p:sp>"
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def _blocks(blocks: Iterable[Block], level: int, lang: str) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, level, language_tag(block.lang) or lang)


def _block(block: Block, level: int, lang: str) -> Iterator[str]:
    if isinstance(block, md.Paragraph):
        yield _paragraph(block.inlines, level, lang)
    elif isinstance(block, md.Heading):
        yield _paragraph(block.inlines, level, lang, bold=True)
    elif isinstance(block, md.ListBlock):
        for number, item in enumerate(block.items, block.start):
            sign = {None: f"{number}." if block.ordered else "", True: "☑", False: "☐"}[item.checked]
            yield from _hung(item.blocks, level + 1, lang, sign or "•")
    elif isinstance(block, md.DefinitionList):
        for definition in block.items:
            for term in definition.terms:
                yield _paragraph(term, level, lang, bold=True)
            for description in definition.descriptions:
                yield from _blocks(description, level + 1, lang)
    elif isinstance(block, md.Footnotes):
        for note in block.items:
            yield from _hung(note.blocks, level + 1, lang, str(note.number))
    elif isinstance(block, md.Quote):
        yield from _blocks(block.blocks, level + 1, lang)
        if block.source:
            yield _paragraph((md.Text("— "), *block.source), level + 1, lang)
    elif isinstance(block, md.Callout):
        if block.title:
            yield _paragraph(block.title, level, lang, bold=True)
        yield from _blocks(block.blocks, level, lang)
    elif isinstance(block, md.CodeBlock):
        for line in block.lines:
            yield _paragraph((md.Text("".join(token.text for token in line)),), level, lang)
    elif isinstance(block, md.Table):
        for row in (block.header, *block.rows):
            cells = [run for i, cell in enumerate(row) for run in (*((md.Text("\t"),) if i else ()), *cell.inlines)]
            if cells:
                yield _paragraph(cells, level, lang, bold=row is block.header)
    elif isinstance(block, md.MathBlock):
        yield _paragraph((md.Text(block.tex),), level, lang)
    elif isinstance(block, md.Figure):
        said = block.caption or ((md.Text(block.alt),) if block.alt else ())
        if said:
            yield _paragraph(said, level, lang)
    elif isinstance(block, md.Columns):
        for column in block.columns:
            yield from _blocks(column.blocks, level, lang)
    elif isinstance(block, md.Case | md.Activity):
        yield from _blocks(block.blocks, level, lang)


def _hung(blocks: tuple[Block, ...], level: int, lang: str, sign: str) -> Iterator[str]:
    """The blocks of an item, its sign before the first."""
    first, *others = blocks or (md.Paragraph(inlines=()),)
    if isinstance(first, md.Paragraph):
        yield _paragraph(first.inlines, level, language_tag(first.lang) or lang, sign=sign)
    else:
        others = [first, *others]
    yield from _blocks(others, level, lang)


def _paragraph(inlines: Iterable[Inline], level: int, lang: str, *, bold: bool = False, sign: str = "") -> str:
    level = min(level, _DEEPEST)
    indent = -_INDENT if sign else 0
    mark = f'<a:buFont typeface="Arial"/><a:buChar char="{sign}"/>' if sign and not sign[0].isdigit() else "<a:buNone/>"
    if sign[:1].isdigit():
        kind = "arabicPeriod" if sign.endswith(".") else "arabicPlain"
        mark = f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="{kind}" startAt="{max(int(sign.rstrip(".")), 1)}"/>'
    runs = "".join(_run(run, lang, bold=bold) for run in inlines)
    return f'<a:p><a:pPr marL="{_INDENT * level}" indent="{indent}">{mark}</a:pPr>{runs}</a:p>'


def _run(run: Inline, lang: str, *, bold: bool) -> str:
    if isinstance(run, md.LineBreak):
        return "<a:br/>"
    if isinstance(run, md.FootnoteMark):
        return f'<a:r><a:rPr lang="{attribute(lang)}" baseline="30000"/><a:t>{run.number}</a:t></a:r>'
    if not isinstance(run, md.Text):
        text, styles = run.tex if isinstance(run, md.InlineMath) else run.alt, md.NO_STYLES
    else:
        text, styles = run.text.replace("\n", " "), run.styles
    look = (
        f'lang="{attribute(lang)}" b="{int(bold or md.Style.STRONG in styles)}" i="{int(md.Style.EMPHASIS in styles)}"'
    )
    return f"<a:r><a:rPr {look}/><a:t>{escape(words(text))}</a:t></a:r>" if text else ""
