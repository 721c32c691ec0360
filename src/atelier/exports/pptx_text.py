"""Text boxes, titles and tables of a slide: paragraphs with the breaks, sizes and colours of the display list.

Format: Office Open XML, ECMA-376 part 1, 21.1.2 (text) and 21.1.3 (tables). Sizes are in hundredths of a point.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFont, QTextCharFormat

from atelier.exports.pptx_shapes import attribute, colour, frame, line, solid, words
from atelier.foundation.geometry import Rect
from atelier.typeset import fonts
from atelier.typeset.text import Property

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.exports.bodies import Paragraph, Run, TableBody, TextBody
    from atelier.exports.pptx_shapes import Names, Placing
    from atelier.typeset.display import BoxItem

_SLACK = 1.012
"""By how much a text box is wider than its text, which programs measure a little differently."""
_ROOM = 0.2
"""Of its width that a line alone gets more, for other fonts."""
_NUMBER = re.compile(r"(\d+)(\.?)")
_BULLETS = 150_000
"""Thousandths of per cent of a bullet against its text: that of Arial is small beside ours."""
_LARGEST_START = 32_767


def language_tag(lang: str) -> str:
    """A language as Office wants it, with a country: fr-FR for fr."""
    if not lang or "-" in lang:
        return lang
    name = QLocale(lang).name().replace("_", "-")
    return name if name != "C" else lang


class TextWriter:
    """Writes the texts of one slide; `link` gives the element of a link by its address, empty where that is nowhere."""

    def __init__(self, place: Placing, names: Names, lang: str, slide_width: float, link: Callable[[str], str]) -> None:
        self._place = place
        self._names = names
        self._lang = lang
        self._width = slide_width
        self._link = link
        self._shares: dict[int, float] = {}

    def box(self, body: TextBody) -> str:
        """A text box that wraps where the text does, aligned to its top."""
        paragraphs = body.paragraphs
        left = body.rect.x
        inner = "".join(
            self._paragraph(p, above, left) for above, p in zip([None, *paragraphs], paragraphs, strict=False)
        )
        return self._shape(body, inner, "<p:nvPr/>", "Text", '<p:cNvSpPr txBox="1"/>')

    def title(self, body: TextBody) -> str:
        """The same as the title of its slide."""
        inner = "".join(self._paragraph(each, None, body.rect.x, joined=True) for each in body.paragraphs)
        kind = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        return self._shape(body, inner, '<p:nvPr><p:ph type="title"/></p:nvPr>', "Title", kind)

    def hidden_title(self, title: str) -> str:
        """A title that is read aloud and listed, above the slide where nobody sees it."""
        height = 40 * 12700
        place = frame(Rect(0.0, -1.5 * height, self._width, height))
        language = attribute(language_tag(self._lang))
        return (
            f"<p:sp><p:nvSpPr>{self._names.properties('Title')}"
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr>'
            f"<p:spPr>{place}</p:spPr><p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:r>"
            f'<a:rPr lang="{language}" sz="1800"/><a:t>{escape(words(title))}</a:t></a:r></a:p></p:txBody></p:sp>'
        )

    def _shape(self, body: TextBody, inner: str, holder: str, name: str, kind: str) -> str:
        rect = self._place.rect(self._roomy(body))
        return (
            f"<p:sp><p:nvSpPr>{self._names.properties(name)}{kind}{holder}</p:nvSpPr>"
            f'<p:spPr>{frame(rect)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            '<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
            f"<a:lstStyle/>{inner}</p:txBody></p:sp>"
        )

    def _roomy(self, body: TextBody) -> Rect:
        """The box of a text, with more room where that changes no line."""
        rect = body.rect
        more = rect.width * (_SLACK - 1.0)
        if all(p.last - p.first == 1 for p in body.paragraphs):
            needed = max(p.natural + p.left - rect.x for p in body.paragraphs) * (1.0 + _ROOM)
            more = max(more, needed - rect.width)
        side = _side(body.paragraphs[0])
        before = {"l": 0.0, "ctr": 0.5, "r": 1.0}[side] * more
        first = body.paragraphs[0]
        # programs put what a line has beyond its letters above it
        lower = first.ascent + first.descent - first.pitch - first.descent * (1.0 - self._share(first))
        return Rect(rect.x - before, rect.y + lower, rect.width + more, rect.height - lower)

    def _paragraph(self, p: Paragraph, above: Paragraph | None, left: float, *, joined: bool = False) -> str:
        """`left` is the edge of the box; `joined` makes spaces of line breaks."""
        place = self._place
        pitch, natural = p.pitch, (p.ascent + p.descent) * self._share(p)
        spacing = f'<a:lnSpc><a:spcPct val="{round(pitch / natural * 100_000)}"/></a:lnSpc>' if natural else ""
        before = 0.0
        if above is not None:
            before = max(p.baseline - _last_baseline(above) - self._descent(above) - (pitch - self._descent(p)), 0.0)
        spacing += f'<a:spcBef><a:spcPts val="{round(place.points(before) * 100)}"/></a:spcBef>'
        spacing += '<a:spcAft><a:spcPts val="0"/></a:spcAft>'
        margin = max(p.left + p.hanging - left, 0.0) * place.scale
        indent = ((p.start if p.mark is not None else p.left) - left) * place.scale - margin
        attributes = f'marL="{round(margin)}" indent="{round(indent)}" algn="{_side(p)}"'
        if p.right_to_left:
            attributes += ' rtl="1"'
        runs = "".join(self._run(run, p, joined=joined) for run in p.runs())
        size = f'<a:endParaRPr lang="{attribute(self._language(p))}" sz="{self._size(p.item.layout.font(), p)}"/>'
        return f"<a:p><a:pPr {attributes}>{spacing}{self._mark(p)}</a:pPr>{runs}{size}</a:p>"

    def _mark(self, p: Paragraph) -> str:
        if p.mark is None:
            return "<a:buNone/>"
        ink = _ink_of(p)
        tint = f"<a:buClr>{colour(ink, p.opacity)}</a:buClr>" if ink is not None else ""
        number = _NUMBER.fullmatch(p.mark.sign)
        if number is not None and 0 < int(number[1]) <= _LARGEST_START:
            kind = "arabicPeriod" if number[2] else "arabicPlain"
            return f'{tint}<a:buFont typeface="+mj-lt"/><a:buAutoNum type="{kind}" startAt="{number[1]}"/>'
        size = f'<a:buSzPct val="{_BULLETS}"/>' if p.mark.sign in "•◦" else ""
        return f'{tint}{size}<a:buFont typeface="Arial"/><a:buChar char="{attribute(p.mark.sign)}"/>'

    def _run(self, run: Run, p: Paragraph, *, joined: bool) -> str:
        text = run.text.replace("\u2028", " ") if joined else run.text
        look = self._look(run, p)
        parts: list[str] = []
        for i, part in enumerate(text.split("\u2028")):
            if i:
                parts.append(f"<a:br>{look}</a:br>")
            if part:
                parts.append(f"<a:r>{look}<a:t>{escape(words(part))}</a:t></a:r>")
        return "".join(parts)

    def _look(self, run: Run, p: Paragraph) -> str:
        font, style = run.font, run.format
        kinds = run.kinds
        attributes = [f'lang="{attribute(self._language(p))}"', f'sz="{self._size(font, p)}"']
        attributes.append(f'b="{int(fonts.is_bold(font))}" i="{int(font.italic())}"')
        link = self._link(run.href) if run.href else ""
        if link or "inserted" in kinds:
            attributes.append('u="sng"')
        if "deleted" in kinds:
            attributes.append('strike="sngStrike"')
        raised = style.verticalAlignment()
        if raised is QTextCharFormat.VerticalAlignment.AlignSuperScript:
            attributes.append('baseline="30000"')
        elif raised is QTextCharFormat.VerticalAlignment.AlignSubScript:
            attributes.append('baseline="-25000"')
        spaced = font.letterSpacing() if font.letterSpacingType() is QFont.SpacingType.AbsoluteSpacing else 0.0
        if spaced:
            attributes.append(f'spc="{round(self._place.points(spaced * p.item.scale) * 100)}"')
        ink = style.foreground()
        inner = solid(ink.color(), p.opacity) if ink.style() is not Qt.BrushStyle.NoBrush else ""
        ground = style.property(Property.GROUND)
        if ground:
            inner += f"<a:highlight>{colour(QColor(str(ground)))}</a:highlight>"
        family = attribute(fonts.public_family(font.families()[0]))
        inner += "".join(f'<a:{script} typeface="{family}"/>' for script in ("latin", "ea", "cs"))
        return f"<a:rPr {' '.join(attributes)}>{inner}{link}</a:rPr>"

    def _size(self, font: QFont, p: Paragraph) -> int:
        """Of a font in hundredths of a point, of which a slide takes 100 to 400,000."""
        size = self._place.points(font.pixelSize() * p.item.scale) * self._share(p)
        return min(max(round(size * 100), 100), 400_000)

    def _descent(self, p: Paragraph) -> float:
        return p.descent * self._share(p)

    def _share(self, p: Paragraph) -> float:
        known = self._shares.get(id(p))
        if known is None:
            known = self._shares[id(p)] = _share(p)
        return known

    def _language(self, p: Paragraph) -> str:
        element = p.item.element
        while element is not None and not element.lang:
            element = element.inside
        return language_tag(element.lang if element is not None else self._lang)

    # --- tables ---------------------------------------------------------------------------------------------------

    def table(self, body: TableBody) -> str:
        """A table with the grounds and lines of its rows, and none of the styles of a program."""
        place = self._place
        first = body.rows[0]
        bottom = body.rows[-1].rule.bounds.bottom
        top = first.ground.bounds.y
        whole = place.rect(Rect(first.ground.bounds.x, top, first.ground.bounds.width, bottom - top))
        grid = "".join(f'<a:gridCol w="{round(cell.rect.width * place.scale)}"/>' for cell in first.cells)
        rows: list[str] = []
        for row in body.rows:
            height = (row.rule.bounds.bottom - row.ground.bounds.y) * place.scale
            cells = "".join(self._cell(cell.rect, cell.paragraphs, row.ground, row.rule) for cell in row.cells)
            rows.append(f'<a:tr h="{round(height)}">{cells}</a:tr>')
        head = ' firstRow="1"' if first.head else ""
        return (
            f"<p:graphicFrame><p:nvGraphicFramePr>{self._names.properties('Table')}"
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f"{frame(whole, 'p:xfrm')}<a:graphic>"
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
            f"<a:tbl><a:tblPr{head}/><a:tblGrid>{grid}</a:tblGrid>{''.join(rows)}</a:tbl>"
            "</a:graphicData></a:graphic></p:graphicFrame>"
        )

    def _cell(self, rect: Rect, paragraphs: list[Paragraph], ground: BoxItem, rule: BoxItem) -> str:
        scale = self._place.scale
        inner = "".join(
            self._paragraph(p, above, p.left) for above, p in zip([None, *paragraphs], paragraphs, strict=False)
        )
        edges = [0, 0, 0]
        if paragraphs:
            p = paragraphs[0]
            edges = [round(max(each, 0.0) * scale) for each in (p.left - rect.x, rect.right - p.right, p.top - rect.y)]
            edges[1] = max(edges[1] - round((p.right - p.left) * (_SLACK - 1.0) * scale), 0)
        none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
        under = line(rule.fill if isinstance(rule.fill, QColor) else None, rule.bounds.height * scale)
        under = under.replace("<a:ln ", "<a:lnB ").replace("<a:ln>", "<a:lnB>").replace("</a:ln>", "</a:lnB>")
        tint = solid(ground.fill) if isinstance(ground.fill, QColor) else "<a:noFill/>"
        return (
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{inner or '<a:p/>'}</a:txBody>"
            f'<a:tcPr marL="{edges[0]}" marR="{edges[1]}" marT="{edges[2]}" marB="0" anchor="t">{none}{under}{tint}'
            "</a:tcPr></a:tc>"
        )


def _share(p: Paragraph) -> float:
    """How much of its size a text keeps, so that its words take no more room in the cuts that programs have: those of
    a font with optical sizes are wider than what it has for titles.
    """
    axis = QFont.Tag.fromString("opsz")
    ours = common = 0.0
    for run in p.runs():
        if run.font.isVariableAxisSet(axis):
            ours += fonts.advance(run.font, run.text)
            common += fonts.advance(fonts.common_cut(run.font), run.text)
    return ours / common if common > ours else 1.0


def _side(p: Paragraph) -> str:
    alignment = p.item.layout.textOption().alignment()
    if alignment & Qt.AlignmentFlag.AlignHCenter:
        return "ctr"
    return "r" if alignment & Qt.AlignmentFlag.AlignRight else "l"


def _last_baseline(p: Paragraph) -> float:
    return p.bottom - p.descent


def _ink_of(p: Paragraph) -> QColor | None:
    """The colour of what is drawn before a paragraph."""
    from atelier.typeset.display import BoxItem, TextItem

    assert p.mark is not None
    for item in p.mark.items:
        if isinstance(item, BoxItem):
            if isinstance(item.fill, QColor):
                return item.fill
            return item.stroke
        if isinstance(item, TextItem):
            for span in item.layout.formats():
                return QColor(span.format.foreground().color())
    return None
