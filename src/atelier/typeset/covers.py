"""Covers: what a frame shows while it is seen from its parent."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.foundation.geometry import FRAME_HEIGHT, Rect
from atelier.markup import blocks as md
from atelier.markup.blocks import Align
from atelier.typeset import fonts
from atelier.typeset.cards import title_of
from atelier.typeset.display import PictureItem
from atelier.typeset.figures import face_source
from atelier.typeset.pieces import shrunk
from atelier.typeset.setting import H
from atelier.typeset.text import TextStyle, set_text
from atelier.typeset.titles import fit_title, widest_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor

    from atelier.deck.types import Frame
    from atelier.markup.blocks import Block, Figure
    from atelier.typeset.pictures import Picture
    from atelier.typeset.pieces import Piece, Sheet
    from atelier.typeset.setting import Setting

PAD_X = 9.6 * H
PAD_TOP = 7.8 * H
PAD_BOTTOM = 8.4 * H
TITLE_HEIGHT = 58 * H
PICTURE_WIDTH = 56 * H
PICTURE_HEIGHT = 50.6 * H
_SMALLEST_LABEL, _LARGEST_LABEL = 8.4 * H, 15.0 * H
_LABEL_WIDTH = 0.42
"""How much of the width a label of more than two signs may take; a longer one is set in lines at the smallest size."""
_SMALLEST_OF_THREE = 12.0 * H
"""A title that would be smaller in three lines takes more of them."""
_CHERRY_BOXES = ((110 * H, 4), (135 * H, 5))
"""Heights of text in a cherry, and the lines it may take there."""
_SMALLEST_OF_LONG_WORDS = 7.0 * H
"""Down to here a long word makes its title smaller; a longer one is broken."""


def cover_title_size(scale: float, setting: Setting) -> float:
    """Size of a cover's title in frame units: larger the smaller the frame is in its parent."""
    kind = setting.theme.type.cover
    return min(max(32.0 / max(scale, 1e-6), kind.smallest * H), kind.size * H)


def put_card_cover(
    sheet: Sheet, frame: Frame, number: str, ratio: float, scale: float, picture: Picture | None, setting: Setting
) -> None:
    """Number top left in the hue, title bottom left, first picture top right; nothing overlaps."""
    width = FRAME_HEIGHT * ratio
    inner = width - 2 * PAD_X
    rtl = fonts.right_to_left(frame.title, setting.lang)
    kind = setting.theme.type.cover
    largest = cover_title_size(scale, setting)
    top = PAD_TOP
    if number:
        piece = _number(number, inner, setting, rtl=rtl)
        sheet.put(piece, PAD_X, PAD_TOP)
        top += piece.height + 2 * H
    room = FRAME_HEIGHT - PAD_BOTTOM - top
    style = TextStyle(
        size=largest,
        line=kind.line,
        colour=setting.ink,
        family="titles",
        optical=setting.theme.fonts.titles.optical.cover,
    )
    high = min(TITLE_HEIGHT, room)
    words = title_of(frame)
    whole = inner / max(widest_word(words, style, setting), 0.001)
    smallest = min(_SMALLEST_OF_THREE, max(whole, _SMALLEST_OF_LONG_WORDS))
    lines = fit_title(words, inner, high, style, setting, smallest=smallest)
    if lines.count > 3 or lines.natural > inner:
        lines = fit_title(words, inner, high, style, setting, smallest=7.0 * H, most_lines=6)
    title = lines.piece()
    if title.height > room:
        title = shrunk(title, room / title.height)
    title_top = FRAME_HEIGHT - PAD_BOTTOM - title.height
    x = width - PAD_X - title.width if rtl else PAD_X
    sheet.put(title, x, title_top)
    if picture is not None and not picture.missing:
        free = min(title_top - 5 * H - 2 * H, PICTURE_HEIGHT)
        shown_width = min(PICTURE_WIDTH * width / 1778, free * picture.ratio)
        shown_height = shown_width / picture.ratio
        if shown_height >= 12 * H or shown_width >= 30 * H:
            x = 7 * H if rtl else width - 7 * H - shown_width
            box = Rect(x, 5 * H, shown_width, shown_height)
            radius = 0.0 if picture.vector else 2.0 * H
            sheet.put(PictureItem(bounds=box, picture=picture, radius=radius), 0.0, 0.0)


def _number(number: str, width: float, setting: Setting, *, rtl: bool) -> Piece:
    """Two digits large, a longer label as large as it may be and stay a label: in under half of the width."""
    kind = setting.theme.type.cover_number
    titles = setting.theme.fonts.titles
    long = len(number) > 2
    style = TextStyle(
        size=_LARGEST_LABEL if long else kind.size * H,
        line=1.1 if long else kind.line,
        colour=setting.hue,
        weight=titles.number_weight,
        family="titles",
        optical=titles.optical.number,
        align=Align.END if rtl and not fonts.right_to_left(number, "") else Align.START,
        aside=True,
    )
    plain = replace(setting, lang="en")
    if long:
        natural = set_text(number, 1e5, style, plain).natural
        fitting = style.size * width * _LABEL_WIDTH / natural
        style = replace(style, size=max(_SMALLEST_LABEL, min(style.size, fitting)))
    return set_text(number, width, style, plain).piece(0, 1)


def put_cherry_cover(sheet: Sheet, frame: Frame, ratio: float, ink: QColor, setting: Setting) -> None:
    """The title alone, centred, on the cherry itself, which reaches above and below its frame."""
    width = FRAME_HEIGHT * ratio
    style = TextStyle(
        size=30 * H,
        line=1.06,
        colour=ink,
        family="titles",
        optical=setting.theme.fonts.titles.optical.band,
        align=Align.CENTRE,
    )
    title = title_of(frame)
    diagonal = math.hypot(width, FRAME_HEIGHT)
    lines = fit_title(title, width - 8 * H, 92 * H, style, setting, smallest=8 * H)
    for height, most in _CHERRY_BOXES:
        inner = math.sqrt(max(0.0, diagonal**2 - height**2)) - 8 * H
        if inner <= 0.0:
            continue  # A cherry this narrow is less high than the box
        higher = fit_title(title, inner, height, style, setting, smallest=8 * H, most_lines=most)
        if higher.height / higher.count > lines.height / lines.count and higher.natural <= inner:
            lines = higher
    piece = lines.piece()
    sheet.put(piece, (width - piece.width) / 2, (FRAME_HEIGHT - piece.height) / 2)


def first_figure(blocks: Sequence[Block]) -> Figure | None:
    """The first figure of a content that shows a picture, also in columns, quotations and cases."""
    for block in blocks:
        if isinstance(block, md.Figure) and face_source(block):
            return block
        inner: Sequence[Block] = ()
        if isinstance(block, md.Columns):
            inner = [b for column in block.columns for b in column.blocks]
        elif isinstance(block, md.Quote | md.Callout | md.Case):
            inner = block.blocks
        found = first_figure(inner)
        if found is not None:
            return found
    return None
