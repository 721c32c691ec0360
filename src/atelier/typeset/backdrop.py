"""A frame that is a picture to its edges: `background=photo.jpg`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.foundation.geometry import FRAME_HEIGHT, Rect
from atelier.markup import blocks as md
from atelier.markup.blocks import Align
from atelier.typeset import fonts
from atelier.typeset.cards import as_title, title_of
from atelier.typeset.display import BoxItem, PictureItem
from atelier.typeset.measures import MARGIN_X
from atelier.typeset.pieces import Sheet
from atelier.typeset.setting import H, colour, faded
from atelier.typeset.surfaces import vertical_colours
from atelier.typeset.text import TextStyle, set_inlines, words
from atelier.typeset.titles import fit_title

if TYPE_CHECKING:
    from atelier.deck.types import Frame
    from atelier.markup.blocks import Block, Inline
    from atelier.typeset.display import Item
    from atelier.typeset.setting import Setting

VEIL_SHARE = 0.38
_VEIL_UNDER_TEXT = 0.9
_LONGEST_CREDIT = 120  # signs


def set_full_picture(frame: Frame, blocks: tuple[Block, ...], width: float, setting: Setting) -> Sheet | None:
    """Picture, veil, title left and credit right at the bottom; None where it cannot be shown or there is more text."""
    credit = _credit(blocks)
    if credit is None:
        return None
    picture = setting.pictures.get(frame.background, frame.title, setting.report, frame.line)
    if picture.missing:
        return None
    theme = setting.theme
    radius = theme.card.radius * H
    sheet = Sheet()
    box = Rect(0.0, 0.0, width, FRAME_HEIGHT)
    sheet.items.append(PictureItem(bounds=box, picture=picture, radius=radius, crop=True))
    look = theme.pictures
    clear, dark = colour(look.veil, 0.0), colour(look.veil, look.veil_opacity)
    top = FRAME_HEIGHT * (1.0 - VEIL_SHARE)
    veil = Rect(0.0, top, width, FRAME_HEIGHT - top)
    sheet.items.append(BoxItem(bounds=veil, radius=radius, fill=vertical_colours(clear, dark)))
    kinds = theme.type
    white = colour(theme.colours.on_picture)
    inner = width - 2 * MARGIN_X
    credit_width = inner * 0.34 if credit else 0.0
    style = TextStyle(
        size=kinds.picture_title.size * H,
        line=kinds.picture_title.line,
        colour=white,
        family="titles",
        optical=theme.fonts.titles.optical.title,
    )
    title_width = inner - (credit_width + 4 * H if credit else 0.0)
    lines = fit_title(title_of(frame), title_width, 22 * H, style, setting, smallest=4 * H)
    title = as_title(lines.piece())
    bottom = FRAME_HEIGHT - 7.4 * H
    rtl = fonts.right_to_left(frame.title, setting.lang)
    sheet.put(title, width - MARGIN_X - title.width if rtl else MARGIN_X, bottom - title.height)
    if credit:
        size = kinds.picture_credit.size * H
        align = Align.START if rtl else Align.END
        small = TextStyle(size=size, line=kinds.picture_credit.line, colour=white, weight=500, align=align, aside=True)
        piece = set_inlines(credit, credit_width, small, setting).piece()
        x = MARGIN_X if rtl else width - MARGIN_X - credit_width
        sheet.put(piece, x, bottom - piece.height - 1.2 * H)
    return sheet


def veiled(frame: Frame, width: float, setting: Setting) -> list[Item]:
    """The picture far behind a frame that has text of its own: the card's colour lies over it."""
    picture = setting.pictures.get(frame.background, frame.title, setting.report, frame.line)
    if picture.missing:
        return []
    radius = setting.theme.card.radius * H
    box = Rect(0.0, 0.0, width, FRAME_HEIGHT)
    return [
        PictureItem(bounds=box, picture=picture, radius=radius, crop=True),
        BoxItem(bounds=box, radius=radius, fill=faded(setting.ground, _VEIL_UNDER_TEXT)),
    ]


def _credit(blocks: tuple[Block, ...]) -> tuple[Inline, ...] | None:
    """The short text a full picture can carry; None where the frame says more than that."""
    if not blocks:
        return ()
    first, *others = blocks
    if others or not isinstance(first, md.Paragraph):
        return None
    return first.inlines if len(words(first.inlines)) <= _LONGEST_CREDIT else None
