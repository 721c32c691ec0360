"""Quotations: within the text, and as all a frame says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.foundation.geometry import FRAME_HEIGHT
from atelier.markup import blocks as md
from atelier.markup.blocks import LineBreak, Style, Text
from atelier.typeset import fonts
from atelier.typeset.callouts import flattened, on_panel
from atelier.typeset.figures import face_of, picture_piece
from atelier.typeset.fit import fit
from atelier.typeset.pieces import Panel, Piece, Row, Sheet
from atelier.typeset.setting import H, faded
from atelier.typeset.structure import Element, Role, within
from atelier.typeset.text import TextStyle, set_inlines, set_text, words
from atelier.typeset.titles import fit_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.blocks import Block, Figure, Inline, Quote
    from atelier.typeset.setting import Setting
    from atelier.typeset.text import Lines

MARGIN_X = 15.0 * H
MARGIN_Y = 9.0 * H
MOST_LINES = 5
_MARKS = {"fr": "«", "it": "«", "es": "«", "pt": "«", "ru": "«", "ar": "«", "de": "„", "cs": "„", "pl": "„"}
_SENTENCES_COST = 0.8
"""Share of its size that a quotation may give up for a line a sentence."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])[ ]+(?=[A-ZÀ-ÖØ-Þ«“])")
_OPENING = '«„“"‹‘'
_CLOSING = '»“”"›’'
_LARGEST_SOURCE = 1.25
"""The source of a quotation grows less than its words."""
_MARK_HEIGHT = 0.49
"""Of the size of the mark: the room it takes above the text."""


def rows_of_quote(block: Quote, width: float, setting: Setting) -> list[Row]:
    """A quotation in the text: a line in the hue at its edge."""
    pad = 3.2 * H
    inner = replace(setting, body=setting.ink, level=0)
    rows = flattened(setting.compose(block.blocks, width - pad, inner))
    if block.source:
        rows.append(Row(_source(block.source, width - pad, setting, setting.scale), gap=1.4 * H))
    first = next((b for b in block.blocks if isinstance(b, md.Paragraph)), None)
    rtl = fonts.right_to_left(words(first.inlines) if first else "", setting.lang)
    panel = Panel(
        width=width,
        pad_x=pad,
        pad_top=0.6 * H,
        pad_bottom=0.6 * H,
        bar=setting.hue,
        bar_width=0.6 * H,
        bar_right=rtl,
        step=setting.step,
        element=setting.inside,
    )
    return [on_panel(row, panel, 0.0 if rtl else pad) for row in rows]


def _source(inlines: tuple[Inline, ...], width: float, setting: Setting, scale: float) -> Piece:
    kind = setting.theme.type.quote_source
    style = TextStyle(
        size=max(kind.size * H * min(scale, _LARGEST_SOURCE), setting.minimum),
        line=kind.line,
        colour=setting.muted,
        strong=setting.ink,
        aside=True,
    )
    piece = set_inlines(inlines, width, style, setting).piece()
    piece.element = within(setting, Role.PARAGRAPH)
    return piece


def set_quotation(blocks: Sequence[Block], width: float, setting: Setting) -> Sheet | None:
    """A frame that is a quotation, with a picture and callouts at most; None where that does not fit."""
    quote, *others = blocks
    assert isinstance(quote, md.Quote)
    figures = [b for b in others if isinstance(b, md.Figure)]
    tail = [b for b in others if isinstance(b, md.Callout | md.Footnotes)]
    if len(figures) > 1 or len(figures) + len(tail) != len(others):
        return None
    if not all(isinstance(b, md.Paragraph) for b in quote.blocks) or not quote.blocks:
        return None
    margin = MARGIN_X if width > 1300 else width * 0.085
    inner = width - 2 * margin
    foot = fit(tail, inner, 34 * H, setting, largest=1.0).first if tail else None
    room = FRAME_HEIGHT - 2 * MARGIN_Y - (foot.height + 5.4 * H if foot is not None else 0.0)
    image = _image(figures[0], inner, room, setting) if figures else None
    column = inner - (image.width + 6.0 * H if image is not None else 0.0)
    said = _said(quote, column, room, setting)
    if said is None:
        return None
    tall = max(said.height, image.height if image is not None else 0.0)
    total = tall + (5.4 * H + foot.height if foot is not None else 0.0)
    y = (FRAME_HEIGHT - total) * (0.46 if foot is not None else 0.44)
    sheet = Sheet()
    sheet.put(said, margin, y + (tall - said.height) / 2)
    if image is not None:
        sheet.put(image, width - margin - image.width, y + (tall - image.height) / 2 - 1.0 * H)
    if foot is not None:
        sheet.put(foot, margin, y + tall + 5.4 * H)
    return sheet


def _image(figure: Figure, inner: float, room: float, setting: Setting) -> Piece:
    picture = face_of(figure, setting)
    piece = picture_piece(figure, picture, inner * (figure.width or 0.34), room, setting)
    piece.step = figure.step
    return piece


def _said(quote: Quote, width: float, height: float, setting: Setting) -> Piece | None:
    """Mark, words and source; None where five lines at 8 h do not hold the words."""
    kinds = setting.theme.type
    titles = setting.theme.fonts.titles
    element = within(setting, Role.QUOTE)
    setting = replace(setting, inside=element)
    inlines = _unquoted(_joined(quote))
    source = _source(quote.source, width, setting, 1.0) if quote.source else None
    below = source.height + 4.4 * H if source is not None else 0.0
    mark_size = kinds.quote_mark.size * H
    above = mark_size * _MARK_HEIGHT
    room = height - above - below
    style = TextStyle(
        size=kinds.quote.size * H,
        line=kinds.quote.line,
        colour=setting.ink,
        strong=setting.accent,
        weight=titles.quote_weight,
        family="titles",
        optical=titles.optical.root * 0.8,
    )
    smallest = kinds.quote.smallest * H
    lines = fit_title(inlines, width, room, style, setting, smallest=smallest, most_lines=MOST_LINES)
    if lines.count > MOST_LINES or lines.height > room + 1.0:
        return None
    lines = _by_sentence(inlines, width, room, style, setting, lines) or lines
    body = lines.piece()
    body.element = Element(Role.PARAGRAPH, element)
    rtl = lines.right_to_left
    out = Piece(width, above + body.height + below, step=quote.step, element=element)
    mark_style = TextStyle(
        size=mark_size,
        line=1.0,
        colour=faded(setting.hue, 0.85),
        family="titles",
        weight=titles.weight,
        optical=titles.optical.root,
    )
    mark = _MARKS.get((quote.lang or setting.lang).split("-")[0].lower(), "“")
    mark_lines = set_text(mark, width, mark_style, replace(setting, lang="ar" if rtl else "en"))
    piece = mark_lines.piece()
    shift = 0.0 if mark == "«" else mark_size * 0.34 if mark == "“" else -mark_size * 0.32
    out.add(6.0 if rtl else -6.0, above - piece.baseline + mark_size * 0.04 + shift, piece)
    x = width - body.width if rtl else 0.0
    out.add(x, above, body)
    if source is not None:
        out.add(0.0, above + body.height + 4.4 * H, source)
    return out


def _by_sentence(
    inlines: tuple[Inline, ...], width: float, room: float, style: TextStyle, setting: Setting, filled: Lines
) -> Lines | None:
    """A line a sentence, as one says it, where that costs hardly any size; None elsewhere."""
    if len(inlines) != 1 or not isinstance(inlines[0], Text):
        return None
    parts = _SENTENCE_END.split(inlines[0].text)
    if not 2 <= len(parts) <= MOST_LINES:
        return None
    unit = replace(style, size=100.0).font(setting, inlines[0].text)
    widest = max(fonts.advance(unit, part) for part in parts) / 100.0 * 1.012
    size = min(style.size, width / widest, room / (len(parts) * style.line))
    if size < max(_SENTENCES_COST * filled.layout.font().pixelSize(), setting.theme.type.quote.smallest * H):
        return None
    broken: list[Inline] = []
    for part in parts:
        broken += [replace(inlines[0], text=part), LineBreak()]
    lines = set_inlines(broken[:-1], width, replace(style, size=size), setting)
    return lines if lines.count == len(parts) else None


def _joined(quote: Quote) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for block in quote.blocks:
        if isinstance(block, md.Paragraph):
            if out:
                out.append(LineBreak())
            out.extend(block.inlines)
    return tuple(out)


def _unquoted(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The words without quotation marks of their own: the large one says it."""
    visible = [i for i in inlines if not (isinstance(i, Text) and Style.PRIVATE in i.styles)]
    text = words(tuple(visible)).strip()
    if (
        len(text) < 3
        or text[0] not in _OPENING
        or text[-1] not in _CLOSING
        or text.count(text[0]) > 1 + (text[0] == text[-1])
    ):
        return inlines
    first, last = visible[0], visible[-1]
    if not isinstance(first, Text) or not isinstance(last, Text):
        return inlines
    visible[0] = replace(first, text=first.text.lstrip()[1:].lstrip(" \u00a0\u202f"))
    last = visible[-1]
    assert isinstance(last, Text)
    visible[-1] = replace(last, text=last.text.rstrip()[:-1].rstrip(" \u00a0\u202f"))
    return tuple(visible)
