"""Inline runs to laid out text: one QTextLayout a paragraph, with chips, links, formulas and pictures in its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextFormat, QTextLayout, QTextOption

from atelier.deck.contrast import CHIP_TINT
from atelier.foundation.geometry import Rect
from atelier.markup.blocks import Align, FootnoteMark, InlineImage, InlineMath, LineBreak, Style, Text
from atelier.typeset import fonts
from atelier.typeset.display import BoxItem, LinkBox, PathItem, PictureItem, TextItem
from atelier.typeset.pieces import Piece
from atelier.typeset.setting import colour, faded, mixed
from atelier.typeset.structure import Role, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from atelier.markup.blocks import Inline
    from atelier.typeset.setting import Setting

NO_BREAK = "\u00a0"
CODE_SHARE = 0.88
"""A monospaced face looks larger than the text around it."""

_WIDOW = 0.2
"""Share of the width under which a last line is a widow."""
_MOST_EVEN = 8
"""Lines: in a longer paragraph nobody sees the widow."""

Inset: TypeAlias = PathItem | PictureItem


class Property:
    """What formats of a text say beyond how it looks, for those who read it from a layout: property, its value.

    Qt's own property for addresses would have it write links of its own into a PDF.
    """

    HREF = int(QTextFormat.Property.UserProperty)
    """The address or frame that the words lead to."""
    KIND = HREF + 1
    """What it is: code, mark, deleted, inserted, with spaces between several; object: what keeps the place of a picture
    or formula in the line.
    """
    GROUND = HREF + 2
    """The colour that code and marks stand on, #RRGGBB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How a text looks before its own emphasis. `size` in frame units, `line` in multiples of it."""

    size: float
    line: float
    colour: QColor
    weight: int = 0
    family: str = "body"
    """body, titles or code."""
    optical: float = 0.0
    strong: QColor | None = None
    """The colour of what is set bold; None keeps the text's."""
    align: Align = Align.START
    tabular: bool = False
    italic: bool = False
    aside: bool = False
    """Whether it stands beside the text: see `TextItem`."""

    def font(self, setting: Setting, text: str, *, bold: bool = False, italic: bool = False) -> QFont:
        kinds = setting.theme.fonts
        italic = italic or self.italic
        more = fonts.script_families(text)
        if self.family == "titles":
            kind = kinds.titles
            families = (kind.family, *kind.fallback)
            weight = self.weight or kind.weight
            if bold:
                weight = max(weight, 700)
            return fonts.font(
                (*_scripts_first(more), *families, *more),
                self.size,
                weight,
                italic=italic,
                optical=self.optical,
                tracking=0.0 if more else kind.tracking,
            )
        if self.family == "code":
            code = kinds.code
            families = (code.family, *code.fallback, *setting.theme.fonts.body.fallback)
            weight = code.strong_weight if bold else self.weight or code.weight
            return fonts.font((*families, *more), self.size, weight, italic=italic, features_off=code.features_off)
        body = kinds.body
        weight = self.weight or body.weight
        if bold:
            weight = max(weight, body.strong_weight)
        return fonts.font(
            (*_scripts_first(more), body.family, *body.fallback, *more),
            self.size,
            weight,
            italic=italic,
            tabular=self.tabular,
        )


def _scripts_first(families: tuple[str, ...]) -> tuple[str, ...]:
    """Arabic and Hebrew faces lead, so that their own bold is used; emoji must stay behind, they hold digits."""
    return tuple(f for f in families if f != "Noto Color Emoji")


@dataclass(frozen=True, slots=True)
class _Chip:
    start: int
    length: int
    kind: str
    """code, mark, deleted, inserted, link"""
    href: str = ""


@dataclass(frozen=True, slots=True)
class _Object:
    """A formula or picture in the line: what is drawn and how far it reaches above and below the baseline."""

    start: int
    ascent: float
    descent: float
    width: float
    inset: Inset


@dataclass(slots=True)
class Lines:
    """A laid out text, line by line, so that it can be drawn whole or in part."""

    layout: QTextLayout
    width: float
    tops: list[float]
    bottoms: list[float]
    baselines: list[float]
    under: list[list[tuple[float, float, BoxItem]]]
    """Grounds of code and marks, by line."""
    over: list[list[tuple[float, float, BoxItem | PathItem | PictureItem]]]
    links: list[list[LinkBox]]
    natural: float
    """The widest line."""
    last: float
    """The last line's width."""
    total: float
    """The width of all lines together."""
    right_to_left: bool
    aside: bool = False

    @property
    def count(self) -> int:
        return len(self.tops)

    @property
    def height(self) -> float:
        return self.bottoms[-1] if self.bottoms else 0.0

    def piece(self, first: int = 0, last: int = 0) -> Piece:
        """The lines from `first` to `last` (exclusive; 0: to the end)."""
        last = last or self.count
        if not self.count:
            return Piece(self.width, 0.0)
        top = self.tops[first]
        height = self.bottoms[last - 1] - top
        out = Piece(self.width, height, baseline=self.baselines[first] - top)
        whole = first == 0 and last == self.count
        for i in range(first, last):
            for x, y, box in self.under[i]:
                out.add(x, y - top, box)
        overhang = self.bottoms[first] - top
        bounds = Rect(-overhang, -overhang, self.width + 2 * overhang, height + 2 * overhang)
        text = TextItem(
            bounds=bounds,
            layout=self.layout,
            y=-top,
            first=0 if whole else first,
            last=0 if whole else last,
            aside=self.aside,
        )
        out.add(0.0, 0.0, text)
        for i in range(first, last):
            for x, y, item in self.over[i]:
                out.add(x, y - top, item)
            for link in self.links[i]:
                out.links.append(LinkBox(link.rect.translated(0.0, -top), link.href, link.step))
        return out


_KINDS = (
    (Style.CODE, "code"),
    (Style.MARK, "mark"),
    (Style.DELETED, "deleted"),
    (Style.INSERTED, "inserted"),
)


def utf16(text: str) -> int:
    """The length of `text` as Qt counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def set_text(text: str, width: float, style: TextStyle, setting: Setting) -> Lines:
    return set_inlines((Text(text),), width, style, setting)


def set_inlines(
    inlines: Sequence[Inline], width: float, style: TextStyle, setting: Setting, *, wrap: bool = True
) -> Lines:
    """Lays `inlines` out in lines of `width` frame units; private runs are left out."""
    builder = _Builder(style, setting, width)
    for run in inlines:
        builder.add(run)
    return builder.lay(wrap=wrap)


def set_even(inlines: Sequence[Inline], width: float, style: TextStyle, setting: Setting) -> Lines:
    """Like `set_inlines`, but two lines get about equal, and a few do not end in a word alone."""
    lines = set_inlines(inlines, width, style, setting)
    if lines.count < 2 or lines.right_to_left:
        return lines
    if lines.count > 2:
        return _without_widow(inlines, width, style, setting, lines)
    if lines.last > 0.36 * width:
        return lines
    for slack in (1.05, 1.16, 1.3):
        narrow = lines.total / lines.count * slack
        if narrow >= width:
            break
        even = set_inlines(inlines, narrow, style, setting)
        if even.count == lines.count:
            return even
    return lines


def _without_widow(inlines: Sequence[Inline], width: float, style: TextStyle, setting: Setting, lines: Lines) -> Lines:
    """The same lines a little narrower, where the last one is a word alone."""
    if lines.count > _MOST_EVEN or lines.last >= _WIDOW * width:
        return lines
    for share in (0.96, 0.92, 0.88, 0.84):
        narrower = set_inlines(inlines, share * width, style, setting)
        if narrower.count > lines.count:
            break
        if narrower.last >= 1.4 * _WIDOW * width:
            return narrower
    return lines


def words(inlines: Sequence[Inline]) -> str:
    """What is read aloud of `inlines`, without the speaker's private runs."""
    from atelier.markup.blocks import plain_text

    return plain_text(tuple(inlines))


class _Builder:
    """Collects the text of a paragraph with its formats, then lays it out."""

    def __init__(self, style: TextStyle, setting: Setting, width: float) -> None:
        self.style = style
        self.setting = setting
        self.width = width
        self.parts: list[str] = []
        self.position = 0
        self.formats: list[QTextLayout.FormatRange] = []
        self.chips: list[_Chip] = []
        self.objects: list[_Object] = []

    def add(self, run: Inline) -> None:
        if isinstance(run, Text):
            if run.text and Style.PRIVATE not in run.styles:
                self._add_text(run)
        elif isinstance(run, LineBreak):
            self._append("\u2028", QTextCharFormat())
        elif isinstance(run, FootnoteMark):
            self._add_footnote(run.number)
        elif isinstance(run, InlineMath):
            self._add_math(run.tex)
        else:
            self._add_picture(run)

    def _append(self, text: str, char_format: QTextCharFormat) -> int:
        start, length = self.position, utf16(text)
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = start, length, char_format
        self.formats.append(span)
        self.parts.append(text)
        self.position += length
        return start

    def _add_text(self, run: Text) -> None:
        style, setting = self.style, self.setting
        bold = Style.STRONG in run.styles
        char_format = QTextCharFormat()
        ink = style.colour
        if bold and style.strong is not None:
            ink = style.strong
        if Style.CODE in run.styles:
            look = TextStyle(size=style.size * CODE_SHARE, line=1.0, colour=ink, family="code")
            char_format.setFont(look.font(setting, run.text, bold=bold))
        else:
            char_format.setFont(style.font(setting, run.text, bold=bold, italic=Style.EMPHASIS in run.styles))
        if run.href:
            ink = setting.accent
            char_format.setProperty(Property.HREF, run.href)
        char_format.setForeground(ink)
        if Style.SUPERSCRIPT in run.styles:
            char_format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        elif Style.SUBSCRIPT in run.styles:
            char_format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
        if Style.CODE in run.styles or Style.MARK in run.styles:
            ground = colour(setting.theme.colours.mark)
            if Style.MARK not in run.styles:
                ground = mixed(setting.ground, setting.ink, CHIP_TINT)
            char_format.setProperty(Property.GROUND, ground.name())
        kinds = [kind for mark, kind in _KINDS if mark in run.styles and (kind != "code" or style.family != "titles")]
        if kinds:
            char_format.setProperty(Property.KIND, " ".join(kinds))
        text = run.text.replace("\n", " ")
        start = self._append(text, char_format)
        length = self.position - start
        self.chips += [_Chip(start, length, kind) for kind in kinds]
        if run.href:
            self.chips.append(_Chip(start, length, "link", run.href))

    def _add_footnote(self, number: int) -> None:
        char_format = QTextCharFormat()
        char_format.setFont(self.style.font(self.setting, "1"))
        char_format.setForeground(self.setting.accent)
        char_format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        self._append(str(number), char_format)

    def _add_math(self, tex: str) -> None:
        from atelier.typeset.math import formula, report_error

        shape = formula(tex, self.style.size, inline=True)
        if isinstance(shape, str):
            report_error(self.setting, tex, shape, self.setting.line)
            self._add_text(Text(tex, frozenset({Style.CODE})))
            return
        scale = min(1.0, self.width / shape.width) if shape.width > 0 else 1.0
        item = PathItem(
            bounds=Rect(0.0, -shape.ascent * scale, shape.width * scale, shape.height * scale),
            path=shape.path,
            scale=scale,
            fill=self.style.colour,
            em=0.0 if self.style.aside else self.style.size,
            element=within(self.setting, Role.FORMULA, alt=tex),
        )
        self._append_object(shape.width * scale, shape.ascent * scale, (shape.height - shape.ascent) * scale, item)

    def _add_picture(self, run: InlineImage) -> None:
        picture = self.setting.pictures.get(run.source, run.alt, self.setting.report, self.setting.line)
        height = self.style.size * 1.2
        width = min(height * picture.ratio, self.width)
        height = width / picture.ratio
        element = within(self.setting, Role.FIGURE, alt=run.alt)
        item = PictureItem(bounds=Rect(0.0, -height * 0.82, width, height), picture=picture, element=element)
        self._append_object(width, height * 0.82, height * 0.18, item)

    def _append_object(self, width: float, ascent: float, descent: float, inset: Inset) -> None:
        """A no-break space spaced out to the object's width keeps its place in the line."""
        from PySide6.QtGui import QFont

        base = self.style.font(self.setting, "")
        spaced = QFont(base)
        spaced.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.0)
        plain = fonts.metrics(spaced).horizontalAdvance(NO_BREAK)
        spaced.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, width - plain)
        char_format = QTextCharFormat()
        char_format.setFont(spaced)
        char_format.setForeground(QColor(0, 0, 0, 0))
        char_format.setProperty(Property.KIND, "object")
        start = self._append(NO_BREAK, char_format)
        self.objects.append(_Object(start, ascent, descent, width, inset))

    def lay(self, *, wrap: bool) -> Lines:
        style, setting = self.style, self.setting
        text = "".join(self.parts)
        base = style.font(setting, "")
        layout = QTextLayout(text, base)
        layout.setCacheEnabled(True)
        rtl = fonts.right_to_left(text, setting.lang)
        option = QTextOption(_alignment(style.align, rtl=rtl))
        option.setUseDesignMetrics(True)
        modes = QTextOption.WrapMode
        option.setWrapMode(modes.WrapAtWordBoundaryOrAnywhere if wrap else modes.ManualWrap)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        layout.setTextOption(option)
        layout.setFormats(self.formats)
        metrics = fonts.metrics(base)
        pitch = style.size * style.line
        offset = (pitch - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
        out = Lines(layout, self.width, [], [], [], [], [], [], 0.0, 0.0, 0.0, rtl, style.aside)
        y = 0.0
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self.width)
            start, end = line.textStart(), line.textStart() + line.textLength()
            here = [o for o in self.objects if start <= o.start < end]
            above = max((o.ascent for o in here), default=0.0) - offset
            below = max((o.descent for o in here), default=0.0) - (pitch - offset)
            top = y
            baseline = y + offset + max(above, 0.0)
            line.setPosition(QPointF(0.0, baseline - line.ascent()))
            y = baseline + (pitch - offset) + max(below, 0.0)
            out.tops.append(top)
            out.bottoms.append(y)
            out.baselines.append(baseline)
            out.last = line.naturalTextWidth()
            out.natural = max(out.natural, out.last)
            out.total += out.last
            out.under.append([])
            out.over.append([])
            out.links.append([])
            for chip in self.chips:
                first, last = max(chip.start, start), min(chip.start + chip.length, end)
                if first < last:
                    x0, x1 = _x(line.cursorToX(first)), _x(line.cursorToX(last))
                    self._decorate(out, chip, min(x0, x1), max(x0, x1), baseline)
            for each in here:
                x0, x1 = _x(line.cursorToX(each.start)), _x(line.cursorToX(each.start + 1))
                out.over[-1].append((min(x0, x1), baseline, each.inset))
        layout.endLayout()
        return out

    def _decorate(self, out: Lines, chip: _Chip, left: float, right: float, baseline: float) -> None:
        size = self.style.size
        theme = self.setting.theme
        if chip.kind in {"code", "mark"}:
            pad = size * 0.1
            box = Rect(left - pad, baseline - size * 0.92, right - left + 2 * pad, size * 1.22)
            fill = faded(self.setting.ink, CHIP_TINT) if chip.kind == "code" else colour(theme.colours.mark)
            out.under[-1].append((0.0, 0.0, BoxItem(bounds=box, radius=size * 0.16, fill=fill, of_text=True)))
            return
        thickness = max(size * 0.045, 1.2)
        shift = -size * 0.3 if chip.kind == "deleted" else size * 0.14
        ink = self.setting.accent if chip.kind == "link" else self.style.colour
        bar = Rect(left, baseline + shift, right - left, thickness)
        fill = faded(ink, 0.55) if chip.kind == "link" else ink
        out.over[-1].append((0.0, 0.0, BoxItem(bounds=bar, fill=fill, of_text=True)))
        if chip.kind == "link":
            area = Rect(left, baseline - size, right - left, size * 1.35)
            out.links[-1].append(LinkBox(area, chip.href))


def _alignment(align: Align, *, rtl: bool) -> Qt.AlignmentFlag:
    """A bare QTextLayout does not mirror: the start of a right-to-left line is its right end."""
    if align is Align.CENTRE:
        return Qt.AlignmentFlag.AlignHCenter
    right = (align is Align.END) != rtl
    return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft


def _x(position: object) -> float:
    """`QTextLine.cursorToX` answers with the place and the position it took."""
    if isinstance(position, tuple):
        first: object = position[0]  # pyright: ignore[reportUnknownVariableType]
        return first if isinstance(first, float) else 0.0
    return position if isinstance(position, float) else 0.0
