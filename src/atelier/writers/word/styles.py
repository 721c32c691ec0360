"""The styles of a document: Word's own by their names, so that its gallery and other programs know them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atelier.markup.local_words import is_from_the_right
from atelier.writers.word.elements import node, part

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TEXT_FONT, CODE_FONT = "Calibri", "Consolas"
INK, QUIET, ACCENT = "1D1A17", "565049", "2B46C2"
LINE, SUNKEN, GOOD, ALERT = "857E74", "F4F3F0", "E2F3E8", "FCEFD3"
GOOD_LINE, ALERT_LINE = "17693B", "855300"
TWIPS: Final = 20
"""Of a point: twentieths of one."""
STEP: Final = 360
"""By how much a list is indented below another, in twips."""
LIST_STYLES: Final = 5
"""Levels that Word has a style of a list for."""

_REGIONS: Final = {
    "en": "US", "ar": "SA", "ca": "ES", "cs": "CZ", "da": "DK", "el": "GR", "et": "EE", "eu": "ES", "fa": "IR",
    "he": "IL", "hi": "IN", "ja": "JP", "ko": "KR", "nb": "NO", "sl": "SI", "sv": "SE", "uk": "UA", "vi": "VN",
    "zh": "CN",
}  # fmt: skip
_EAST_ASIAN: Final = frozenset({"ja", "ko", "zh"})


def language(lang: str) -> Element:
    """What says the language of words; Word knows most with their region alone."""
    own, _, rest = lang.partition("-")
    own = own.lower()
    tag = lang if rest else f"{own}-{_REGIONS.get(own, own.upper())}"
    if own in _EAST_ASIAN:
        return node("w:lang", eastAsia=tag)
    return node("w:lang", bidi=tag) if is_from_the_right(lang) else node("w:lang", val=tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """A style of paragraphs; sizes and spaces in points, indents in twips. An empty value is that of `based`."""

    name: str
    based: str = "Normal"
    following: str = ""
    size: float = 0.0
    before: float | None = None
    after: float | None = None
    line: float = 0.0
    """Distance of lines, in single ones."""
    colour: str = ""
    bold: bool | None = None
    italic: bool = False
    font: str = ""
    left: int = 0
    hanging: int = 0
    outline: int = -1
    """Level in the document's outline, from 0."""
    kept: bool = False
    """Stays on one page with what follows."""
    centred: bool = False
    fill: str = ""
    bar: str = ""
    """Colour of a line along the left."""
    numbering: int = 0
    level: int = 0
    verbatim: bool = False


def style_id(name: str) -> str:
    """What a style is called inside the file, by its name in the gallery: “heading 1” is Heading1."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def _heading(level: int) -> _Style:
    size, before = ((18, 24), (14, 18), (12.5, 14), (11.5, 12), (11, 10), (11, 10))[level - 1]
    return _Style(
        name=f"heading {level}", following="Normal", size=size, before=before, after=4, line=1.1, bold=level != 6,
        italic=level == 6, colour=INK if level < 4 else QUIET, outline=level - 1, kept=True,
    )  # fmt: skip


def _lists(name: str, numbering: int) -> tuple[_Style, ...]:
    return tuple(
        _Style(
            name=f"{name} {level + 1}" if level else name, numbering=numbering, level=level, after=3,
            left=STEP * (level + 1), hanging=STEP,
        )
        for level in range(LIST_STYLES)
    )  # fmt: skip


def _paragraphs(bullets: int, numbers: int) -> tuple[_Style, ...]:
    return (
        *(_heading(level) for level in range(1, 7)),
        _Style(name="Title", following="Subtitle", size=28, after=4, line=1.05, bold=True, kept=True),
        _Style(name="Subtitle", following="Normal", size=12, after=16, colour=QUIET),
        _Style(name="Abstract", size=11.5, after=12, colour=QUIET, italic=True),
        _Style(name="Quote", italic=True, left=STEP, after=6),
        _Style(name="Attribution", left=STEP, after=10, size=9.5, colour=QUIET),
        _Style(name="Figure", centred=True, before=8, after=4, line=1.0),
        _Style(name="caption", following="Normal", centred=True, after=12, line=1.1, size=9.5, colour=QUIET),
        _Style(name="Table Caption", based="Caption", following="Normal", before=8, after=4, kept=True),
        _Style(name="Table Text", before=2, after=2, line=1.1, size=10),
        _Style(name="Callout", fill=SUNKEN, bar=LINE, left=160, after=8),
        _Style(name="Callout Good", based="Callout", fill=GOOD, bar=GOOD_LINE),
        _Style(name="Callout Alert", based="Callout", fill=ALERT, bar=ALERT_LINE),
        _Style(
            name="Code", following="Normal", size=9, font=CODE_FONT, fill=SUNKEN, line=1.15, left=160, before=4,
            after=10, verbatim=True,
        ),
        _Style(name="Code Title", following="Code", before=6, after=2, kept=True, size=9.5, colour=QUIET),
        _Style(name="Term", following="Definition", bold=True, after=0, kept=True),
        _Style(name="Definition", left=STEP, after=6),
        *_lists("List Bullet", bullets),
        *_lists("List Number", numbers),
        *(
            _Style(name=f"List Continue {level}" if level > 1 else "List Continue", left=STEP * level, after=3)
            for level in range(1, LIST_STYLES + 1)
        ),
        _Style(name="footnote text", size=9, after=2, line=1.05, left=200, hanging=200),
        _Style(name="footer", size=9, colour=QUIET, after=0),
    )  # fmt: skip


def _paragraph_style(style: _Style) -> Element:
    name = style.name
    own = name.split()[0] not in {
        "heading", "Title", "Subtitle", "Quote", "caption", "List", "footnote", "footer",
    } or style.based != "Normal"  # fmt: skip
    size = f"{round(style.size * 2)}" if style.size else ""
    line = f"{round(style.line * 240)}" if style.line else ""
    spacing = {
        "before": "" if style.before is None else f"{round(style.before * TWIPS)}",
        "after": "" if style.after is None else f"{round(style.after * TWIPS)}",
        "line": line,
        "lineRule": "auto" if line else "",
    }
    spacing = {key: value for key, value in spacing.items() if value}
    indent = {"left": style.left, "hanging": style.hanging}
    indent = {key: value for key, value in indent.items() if value}
    return node(
        "w:style",
        node("w:name", val=name),
        node("w:basedOn", val=style.based),
        node("w:next", val=style_id(style.following)) if style.following else None,
        node("w:uiPriority", val=10),
        node("w:qFormat"),
        node(
            "w:pPr",
            node("w:keepNext") if style.kept else None,
            node("w:keepLines") if style.kept or style.verbatim else None,
            node(
                "w:numPr",
                node("w:ilvl", val=style.level) if style.level else None,
                node("w:numId", val=style.numbering),
            )
            if style.numbering
            else None,
            *(box(style.fill, style.bar) if style.fill else ()),
            node("w:spacing", **spacing) if spacing else None,
            node("w:ind", **indent) if indent else None,
            node("w:jc", val="center") if style.centred else None,
            node("w:outlineLvl", val=style.outline) if style.outline >= 0 else None,
        ),
        node(
            "w:rPr",
            _fonts(style.font) if style.font else None,
            node("w:b", val=int(style.bold)) if style.bold is not None else None,
            node("w:i") if style.italic else None,
            node("w:noProof") if style.verbatim else None,
            node("w:color", val=style.colour) if style.colour else None,
            node("w:sz", val=size) if size else None,
            node("w:szCs", val=size) if size else None,
        ),
        type="paragraph",
        styleId=style_id(name),
        **({"customStyle": 1} if own else {}),
    )


def box(fill: str, bar: str = "") -> tuple[Element, Element]:
    """What is behind the words of a paragraph, with the colour of a line along the left: borders and shade.

    Paragraphs with the same ones are one box.
    """
    edge = {"val": "single", "sz": 4, "space": 4, "color": fill}
    line = node("w:left", val="single", sz=24, space=6, color=bar) if bar else None
    borders = node("w:pBdr", node("w:top", **edge), line, node("w:bottom", **edge))
    return borders, node("w:shd", val="clear", color="auto", fill=fill)


def _fonts(font: str) -> Element:
    return node("w:rFonts", ascii=font, hAnsi=font, cs=font)


def _character_style(name: str, *shown: Element, own: bool = True) -> Element:
    return node(
        "w:style",
        node("w:name", val=name),
        node("w:basedOn", val="DefaultParagraphFont"),
        node("w:uiPriority", val=20),
        node("w:qFormat") if own else None,
        node("w:rPr", *shown),
        type="character",
        styleId=style_id(name),
        **({"customStyle": 1} if own else {}),
    )


def _table_style() -> Element:
    rule = {"val": "single", "sz": 4, "space": 0, "color": LINE}
    return node(
        "w:style",
        node("w:name", val="Article Table"),
        node("w:basedOn", val="TableNormal"),
        node("w:uiPriority", val=59),
        node("w:qFormat"),
        node(
            "w:tblPr",
            node("w:tblBorders", *(node(f"w:{side}", **rule) for side in ("top", "bottom", "insideH"))),
        ),
        node(
            "w:tblStylePr",
            node("w:rPr", node("w:b")),
            node("w:tcPr", node("w:shd", val="clear", color="auto", fill=SUNKEN)),
            type="firstRow",
        ),
        type="table",
        styleId="ArticleTable",
        customStyle=1,
    )


def styles_part(lang: str, bullets: int, numbers: int) -> bytes:
    """The part with all styles; `lang` is what the document is in, the others the numbering of its lists."""
    tag = language(lang)
    direction = node("w:bidi") if is_from_the_right(lang) else None
    cell = [node(f"w:{side}", w=100, type="dxa") for side in ("left", "right")]
    root = node(
        "w:styles",
        node(
            "w:docDefaults",
            node(
                "w:rPrDefault",
                node(
                    "w:rPr",
                    _fonts(TEXT_FONT),
                    node("w:color", val=INK),
                    node("w:sz", val=22),
                    node("w:szCs", val=22),
                    tag,
                ),
            ),
            node(
                "w:pPrDefault",
                node("w:pPr", direction, node("w:spacing", after=160, line=288, lineRule="auto")),
            ),
        ),
        node("w:style", node("w:name", val="Normal"), node("w:qFormat"), type="paragraph", default=1, styleId="Normal"),
        node(
            "w:style",
            node("w:name", val="Default Paragraph Font"),
            node("w:uiPriority", val=1),
            type="character",
            default=1,
            styleId="DefaultParagraphFont",
        ),
        node(
            "w:style",
            node("w:name", val="Normal Table"),
            node("w:uiPriority", val=99),
            node("w:tblPr", node("w:tblInd", w=0, type="dxa"), node("w:tblCellMar", *cell)),
            type="table",
            default=1,
            styleId="TableNormal",
        ),
        *map(_paragraph_style, _paragraphs(bullets, numbers)),
        _character_style("Hyperlink", node("w:color", val=ACCENT), node("w:u", val="single"), own=False),
        _character_style("footnote reference", node("w:vertAlign", val="superscript"), own=False),
        _character_style("Code Words", _fonts(CODE_FONT), node("w:noProof"), node("w:sz", val=20)),
        _character_style("Credit", node("w:color", val=QUIET), node("w:sz", val=17)),
        _table_style(),
    )
    return part(root)
