"""What stands on a card: title and body, quotation, picture with text, case, full picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atelier.foundation.geometry import FRAME_HEIGHT
from atelier.markup import blocks as md
from atelier.typeset import fonts
from atelier.typeset.cards import as_title, card_title, put_page_number, report_overfull, title_of, title_x
from atelier.typeset.figures import face_of, gallery, is_strip, lone_figure, picture_piece
from atelier.typeset.fit import Fitted, figures_in, fit
from atelier.typeset.measures import BLOCK_GAP, MARGIN_BOTTOM, MARGIN_TOP, MARGIN_X, REST_ABOVE
from atelier.typeset.parting import is_text
from atelier.typeset.pieces import Piece, Sheet
from atelier.typeset.setting import H
from atelier.typeset.text import TextStyle
from atelier.typeset.titles import fit_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.deck.types import Frame
    from atelier.markup.blocks import Block
    from atelier.typeset.display import Item
    from atelier.typeset.setting import Setting

TITLE_GAP = 4.2 * H
PICTURE_GAP = 7.0 * H
TEXT_SHARE = 0.50
PICTURE_SHARE = 0.44
WIDE = 2.2
"""A picture wider than this stands below the text."""
_NARROWEST_TEXT = 44 * H
"""Text beside a picture is at least this wide, or it stands above it."""
_READABLE_BESIDE = 0.85
"""Scale that text with listings or tables keeps beside a picture, or it stands above it."""


@dataclass(slots=True)
class CardText:
    """The pages of a card's content, and what lies under the text on every page of it."""

    pages: list[Sheet] = field(default_factory=list[Sheet])
    ground: list[Item] = field(default_factory=list["Item"])


def set_card(frame: Frame, blocks: tuple[Block, ...], ratio: float, setting: Setting) -> CardText:
    """The content of a card as pages."""
    width = FRAME_HEIGHT * ratio
    ground: list[Item] = []
    case = next((b for b in blocks if isinstance(b, md.Case)), None)
    if case is not None:
        from atelier.typeset.case import set_case

        return CardText(set_case(frame, case, blocks, width, setting))
    if frame.background:
        from atelier.typeset.backdrop import set_full_picture, veiled

        page = set_full_picture(frame, blocks, width, setting)
        if page is not None:
            return CardText([page])
        ground = veiled(frame, width, setting)
    if blocks and isinstance(blocks[0], md.Quote):
        from atelier.typeset.quotes import set_quotation

        page = set_quotation(blocks, width, setting)
        if page is not None:
            return CardText([page], ground)
    return CardText(_titled(frame, blocks, width, setting), ground)


def _titled(frame: Frame, blocks: tuple[Block, ...], width: float, setting: Setting) -> list[Sheet]:
    inner = width - 2 * MARGIN_X
    has_title = bool(frame.title.strip())
    title = card_title(frame, inner, setting) if has_title else Piece(inner, 0.0)
    if not blocks:
        return [_title_alone(frame, width, setting)]
    top = MARGIN_TOP + (title.height + TITLE_GAP if has_title else 0.0)
    height = FRAME_HEIGHT - MARGIN_BOTTOM - top
    fitted = _body(blocks, inner, height, setting)
    if fitted.overfull:
        report_overfull(frame, len(fitted.pages), setting)
    sheets: list[Sheet] = []
    count = len(fitted.pages)
    for number, page in enumerate(fitted.pages, 1):
        sheet = Sheet()
        if has_title:
            sheet.put(title, title_x(frame, title, width, setting), MARGIN_TOP)
        if count > 1:
            put_page_number(sheet, number, count, width, setting)
        rest = max(height - page.height, 0.0)
        above = REST_ABOVE * rest if count == 1 else 0.0
        sheet.put(page, MARGIN_X, top + above)
        sheets.append(sheet)
    return sheets


def _title_alone(frame: Frame, width: float, setting: Setting) -> Sheet:
    """A frame that has only a title shows it large."""
    inner = width - 2 * MARGIN_X
    style = TextStyle(
        size=13.0 * H,
        line=1.08,
        colour=setting.ink,
        family="titles",
        optical=setting.theme.fonts.titles.optical.title,
    )
    room = FRAME_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
    lines = fit_title(title_of(frame, linked=True), inner, room * 0.8, style, setting, smallest=5.0 * H, most_lines=4)
    piece = as_title(lines.piece())
    sheet = Sheet()
    x = title_x(frame, piece, width, setting)
    sheet.put(piece, x, MARGIN_TOP + REST_ABOVE * max(room - piece.height, 0.0))
    return sheet


def _body(blocks: tuple[Block, ...], width: float, height: float, setting: Setting) -> Fitted:
    """The body below a title, beside its picture where it has one."""
    figures = figures_in(blocks)
    if len(figures) == 1 and all(b is figures[0] for b in blocks):
        return Fitted((lone_figure(figures[0], width, height, setting),), 1.0)
    if len(figures) == len(blocks) and 2 <= len(figures) <= 4 and not any(map(is_strip, figures)):
        return Fitted((gallery(figures, width, height, setting),), 1.0)
    if not figures and sum(isinstance(b, md.Activity) for b in blocks) == 1:
        from atelier.typeset.activities import activity_body

        return activity_body(blocks, width, height, setting)
    if len(figures) == 1:
        beside = _beside(blocks, figures[0], width, height, setting)
        if beside is not None:
            return beside
    return fit(blocks, width, height, setting)


def _unbroken(blocks: Sequence[Block], width: float, setting: Setting) -> bool:
    """Whether no line of code and no row of a table has to be broken in so narrow a column."""
    from atelier.typeset.code import unbroken_listing
    from atelier.typeset.tables import natural_width

    at = setting.scaled(_READABLE_BESIDE)
    for block in blocks:
        if isinstance(block, md.CodeBlock) and not unbroken_listing(block, width, setting):
            return False
        if isinstance(block, md.Table) and natural_width(block, at) > width:
            return False
    return True


def _beside(
    blocks: tuple[Block, ...], figure: md.Figure, width: float, height: float, setting: Setting
) -> Fitted | None:
    """Text on half of the width, its picture on the other side; callouts and footnotes at the end span both."""
    picture = face_of(figure, setting)
    if picture.ratio > WIDE or is_strip(figure):
        return None
    text = [b for b in blocks if b is not figure]
    tail: list[Block] = []
    while len(text) > 1 and isinstance(text[-1], md.Callout | md.Footnotes):
        tail.insert(0, text.pop())
    if any(isinstance(b, md.Columns) for b in text):
        return None
    foot = fit(tail, width, height * 0.4, setting, largest=1.1).first if tail else None
    room = height - (foot.height + BLOCK_GAP if foot is not None else 0.0)
    share = min(figure.width or PICTURE_SHARE, PICTURE_SHARE) if figure.width else PICTURE_SHARE
    image = picture_piece(figure, picture, width * share, room, setting)
    column = width - max(image.width, width * 0.3) - PICTURE_GAP
    column = min(max(column, width * TEXT_SHARE), width * 0.62) if image.width < width * PICTURE_SHARE - 1 else column
    if column < _NARROWEST_TEXT or not _unbroken(text, column, setting):
        return None
    fitted = fit(text, column, room, setting)
    if len(fitted.pages) > 1 or (not is_text(text) and fitted.scale < _READABLE_BESIDE):
        return None
    body = fitted.first
    tall = max(body.height, image.height)
    out = Piece(width, tall)
    rtl = fonts.right_to_left("", setting.lang)
    out.add(width - column if rtl else 0.0, (tall - body.height) / 2, body)
    out.add(0.0 if rtl else width - image.width, (tall - image.height) / 2, image)
    if foot is not None:
        out.add(0.0, tall + BLOCK_GAP, foot)
        out.height = tall + BLOCK_GAP + foot.height
    return Fitted((out,), fitted.scale, overfull=fitted.overfull)
