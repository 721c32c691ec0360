"""Fonts of exactly the glyphs that were set, made of the outlines Qt draws.

A browser would shape text anew: with other kerning, without the program's letter spacing, and with variable axes that a
canvas cannot be told. So every cut in use (family, axes, spacing) becomes a small OpenType font of its own. A glyph has
its character where it is that character's usual form, and a private one otherwise (ligatures, forms of Arabic, figures
of one width); a run names glyphs, and where each of them lies.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtGui import QFont, QPainterPath, QRawFont, QTextLayout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QColor, QGlyphRun

    from atelier.typeset.display import TextItem

UNITS = 2048
"""Units of an em in the fonts made, and the size in pixels that outlines are taken at."""
_PRIVATE = 0xE000
_PRIVATE_END = 0xF8FF
_NEAR = 0.003
"""Em that a glyph may lie beside where the advances before it lead: the run goes on through it."""
_COLOURS = ("CBDT", "sbix", "COLR", "SVG ")
"""Tables of a font whose glyphs have colours of their own (OpenType 1.9)."""
_FLAGS = QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes | (
    QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphPositions
)


class Cut(NamedTuple):
    """What tells one font made from another: the family Qt took, its style, its axes, its spacing in em."""

    family: str
    style: str
    axes: tuple[tuple[str, float], ...]
    italic: bool
    tracking: float


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font on one line: each chunk starts at its x and goes on by the font's own advances."""

    font: int
    size: float
    colour: QColor
    y: float
    chunks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class ColourGlyph:
    """A glyph with colours of its own, as emoji have, its origin at (x, y)."""

    font: QRawFont
    glyph: int
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class NoGlyph:
    """A character that no font of this machine has: Qt draws a box for it, its baseline at (x, y)."""

    x: float
    y: float
    size: float
    colour: QColor


@dataclass(frozen=True, slots=True)
class TextLine:
    """What one line says, for selecting and copying: its left end, its baseline, its width."""

    x: float
    y: float
    width: float
    size: float
    text: str


@dataclass(slots=True)
class _Glyph:
    character: str
    advance: int
    """In `UNITS`, with the spacing."""
    outline: QPainterPath


@dataclass(slots=True)
class _Font:
    """A font in the making."""

    number: int
    cut: Cut
    raw: QRawFont
    """At `UNITS` pixels to the em, one with colours as it is."""
    coloured: bool
    glyphs: dict[int, _Glyph] = field(default_factory=dict[int, _Glyph])
    usual: dict[int, str] = field(default_factory=dict[int, str])
    """Glyphs by themselves and the characters they are the usual form of, as far as asked."""
    asked: set[str] = field(default_factory=set[str])
    private: int = _PRIVATE

    def ask(self, text: str) -> None:
        """Finds out the usual glyphs of the characters of `text`."""
        for character in sorted(set(text) - self.asked):
            self.asked.add(character)
            found = self.raw.glyphIndexesForString(character) if _writable(character) else []
            if len(found) == 1 and found[0]:
                self.usual.setdefault(found[0], character)

    def glyph(self, index: int) -> _Glyph:
        known = self.glyphs.get(index)
        if known is not None:
            return known
        character = self.usual.get(index, "")
        if not character:
            character = chr(self.private)
            self.private = min(self.private + 1, _PRIVATE_END)
        natural = self.raw.advancesForGlyphIndexes([index])[0].x()
        advance = max(round(natural + self.cut.tracking * UNITS), 0)
        made = self.glyphs[index] = _Glyph(character, advance, self.raw.pathForGlyph(index))
        return made


class GlyphFonts:
    """The fonts of one file."""

    def __init__(self) -> None:
        self._fonts: dict[Cut, _Font] = {}
        self._known: dict[tuple[str, str, str, int], _Font] = {}

    def runs(self, item: TextItem) -> Iterator[Run | ColourGlyph | NoGlyph]:
        """The glyphs of a text in the coordinates of its layout."""
        layout = item.layout
        first, last = _lines(item)
        if first >= last:
            return
        start = layout.lineAt(first).textStart()
        end = layout.lineAt(last - 1).textStart() + layout.lineAt(last - 1).textLength()
        text = layout.text()
        for span in layout.formats():
            begin, stop = max(span.start, start), min(span.start + span.length, end)
            colour = span.format.foreground().color()
            if begin >= stop or not colour.alpha():
                continue
            for run in layout.glyphRuns(begin, stop - begin, _FLAGS):
                yield from self._of_run(run, span.format.font(), colour, text)

    def number(self, font: QFont, text: str) -> int:
        """The font for what a page sets in `font` by itself, with the characters of `text` that the font has."""
        made = self._font(QRawFont.fromFont(font), font)
        made.ask(text)
        for index, character in list(made.usual.items()):
            if character in text:
                made.glyph(index)
        return made.number

    def files(self) -> Iterator[tuple[int, bytes]]:
        """Number and bytes (WOFF) of every font."""
        for made in self._fonts.values():
            if made.glyphs:
                yield made.number, _file(made)

    def _font(self, raw: QRawFont, font: QFont) -> _Font:
        key = (font.key(), raw.familyName(), raw.styleName(), raw.weight())
        known = self._known.get(key)
        if known is not None:
            return known
        axes = tuple(
            (bytes(tag.toString().data()).decode("ascii", "replace"), round(font.variableAxisValue(tag), 1))
            for tag in font.variableAxisTags()
        )
        tracking = round(font.letterSpacing() / font.pixelSize(), 3) if font.pixelSize() > 0 else 0.0
        slanted = raw.style() is not QFont.Style.StyleNormal
        cut = Cut(raw.familyName(), f"{raw.styleName()} {raw.weight()}", axes, slanted, tracking)
        made = self._fonts.get(cut)
        if made is None:
            coloured = any(not raw.fontTable(table).isEmpty() for table in _COLOURS)
            large = QRawFont(raw)
            if not coloured:  # it has pictures of one size, and Qt draws no other of them from then on
                large.setPixelSize(UNITS)
            made = self._fonts[cut] = _Font(len(self._fonts), cut, large, coloured)
        self._known[key] = made
        return made

    def _of_run(self, run: QGlyphRun, font: QFont, colour: QColor, text: str) -> Iterator[Run | ColourGlyph | NoGlyph]:
        raw = run.rawFont()
        if raw.pixelSize() <= 0.0:  # of boxes, without a family: asked for its name, Qt falls
            yield from (NoGlyph(at.x(), at.y(), float(font.pixelSize()), colour) for at in run.positions())
            return
        made = self._font(raw, font)
        made.ask(text)
        size = raw.pixelSize()
        by_line: dict[float, list[tuple[int, QPointF]]] = {}
        for index, at in zip(run.glyphIndexes(), run.positions(), strict=True):
            by_line.setdefault(round(at.y(), 2), []).append((index, at))
        for y, glyphs in by_line.items():
            chunks: list[tuple[float, list[str]]] = []
            expected = 0.0
            for index, at in glyphs:
                if made.coloured:
                    yield ColourGlyph(raw, index, at.x(), y, size)
                    continue
                glyph = made.glyph(index)
                if not chunks or abs(at.x() - expected) > _NEAR * size:
                    chunks.append((at.x(), []))
                    expected = at.x()
                chunks[-1][1].append(glyph.character)
                expected += glyph.advance / UNITS * size
            joined = ((x, "".join(characters)) for x, characters in chunks)
            shown = tuple((x, characters.rstrip(" ")) for x, characters in joined if characters.strip())
            if shown:
                yield Run(made.number, size, colour, y, shown)


def text_lines(item: TextItem) -> Iterator[TextLine]:
    """What a text says, line by line, in the coordinates of its layout."""
    layout = item.layout
    whole = layout.text().encode("utf-16-le", "surrogatepass")
    size = layout.font().pixelSize()
    for i in range(*_lines(item)):
        line = layout.lineAt(i)
        begin, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
        text = whole[begin:end].decode("utf-16-le", "replace").replace("\u2028", "")
        if text.strip():
            box = line.naturalTextRect()
            yield TextLine(box.x(), line.y() + line.ascent(), box.width(), size, text.rstrip())


def _lines(item: TextItem) -> tuple[int, int]:
    count = item.layout.lineCount()
    return (item.first, item.last or count) if item.first or item.last else (0, count)


def _writable(character: str) -> bool:
    """Whether a font may have a glyph under this character: no half of a pair, nothing that only steers."""
    return character.isprintable() or character in "\u00a0\u202f\u2009"


# --- files ---------------------------------------------------------------------------------------------------------


def _file(made: _Font) -> bytes:
    """The font as WOFF, W3C 2012. Its outlines are cubic (CFF), as Qt's are.

    WOFF 2 would save a fifth of some 70 kB in all, and take a quarter of the time of an export.
    """
    from fontTools import fontBuilder
    from fontTools.misc.psCharStrings import T2CharString

    names = [".notdef"]
    strings = {".notdef": T2CharString(bytecode=_charstring(QPainterPath(), 0))}
    widths = {".notdef": (0, 0)}
    characters: dict[int, str] = {}
    for glyph in made.glyphs.values():
        name = f"u{ord(glyph.character):04X}"
        if name in strings:
            continue
        names.append(name)
        strings[name] = T2CharString(bytecode=_charstring(glyph.outline, glyph.advance))
        widths[name] = (glyph.advance, round(glyph.outline.controlPointRect().x()))
        characters[ord(glyph.character)] = name
    builder: Any = fontBuilder.FontBuilder(UNITS, isTTF=False)  # untyped
    builder.font.recalcBBoxes = False  # or every outline is run once more
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(characters)
    family = f"f{made.number}"
    builder.setupCFF(family, {"FullName": family}, strings, {})
    builder.setupHorizontalMetrics(widths)
    ascent, descent = round(made.raw.ascent()), round(made.raw.descent())
    builder.setupHorizontalHeader(ascent=ascent, descent=-descent)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=ascent, sTypoDescender=-descent, usWinAscent=ascent, usWinDescent=descent)
    builder.setupPost(keepGlyphNames=False)
    builder.font.flavor = "woff"
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


_RLINETO, _RRCURVETO, _ENDCHAR, _RMOVETO, _SHORT = 5, 8, 14, 21, 28


def _charstring(path: QPainterPath, advance: int) -> bytes:
    """An outline as a Type 2 charstring (Adobe technical note 5177), its y axis turned up.

    Written here, for this is most of what a font is made of: through pens it takes five times as long.
    """
    out = bytearray(_encoded(advance))
    x = y = 0
    i, count = 0, path.elementCount()
    while i < count:
        element = path.elementAt(i)
        points = [element]
        operator = _RMOVETO if element.isMoveTo() else _RLINETO
        if element.isCurveTo():
            points += (path.elementAt(i + 1), path.elementAt(i + 2))
            operator = _RRCURVETO
        for point in points:
            to_x, to_y = round(point.x), round(-point.y)
            out += _encoded(to_x - x)
            out += _encoded(to_y - y)
            x, y = to_x, to_y
        out.append(operator)
        i += len(points)
    out.append(_ENDCHAR)
    return bytes(out)


@cache
def _encoded(value: int) -> bytes:
    """A whole number as a charstring has it."""
    if -107 <= value <= 107:
        return bytes((value + 139,))
    if 108 <= value <= 1131:
        return bytes(((value - 108 >> 8) + 247, value - 108 & 255))
    if -1131 <= value <= -108:
        return bytes(((-value - 108 >> 8) + 251, -value - 108 & 255))
    limited = max(-32768, min(value, 32767))
    return bytes((_SHORT, limited >> 8 & 255, limited & 255))
