"""What cards of every kind share: the title and its place, the page number, the report of too much text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.foundation.translation import _
from atelier.markup.blocks import Text
from atelier.typeset import fonts
from atelier.typeset.measures import MARGIN_X
from atelier.typeset.report import readable
from atelier.typeset.setting import H
from atelier.typeset.structure import Element, Role
from atelier.typeset.text import TextStyle, set_text
from atelier.typeset.titles import fit_title

if TYPE_CHECKING:
    from atelier.deck.types import Frame
    from atelier.markup.blocks import Inline
    from atelier.typeset.pieces import Piece, Sheet
    from atelier.typeset.setting import Setting


def title_of(frame: Frame, *, linked: bool = False) -> tuple[Inline, ...]:
    """A frame's title; `linked` on cards alone, for the colour of links is not made for bands and covers."""
    if linked:
        return frame.title_inlines or (Text(frame.title),)
    inlines = (replace(run, href="") if isinstance(run, Text) and run.href else run for run in frame.title_inlines)
    return tuple(inlines) or (Text(frame.title),)


def as_title(piece: Piece) -> Piece:
    """A piece that says what its frame is called."""
    piece.element = Element(Role.TITLE)
    return piece


def card_title(frame: Frame, width: float, setting: Setting) -> Piece:
    """The title of a card, at most three lines."""
    kind = setting.theme.type.title
    size = kind.size * H
    style = TextStyle(
        size=size,
        line=kind.line,
        colour=setting.ink,
        family="titles",
        optical=setting.theme.fonts.titles.optical.title,
    )
    smallest = 4.2 * H
    title = title_of(frame, linked=True)
    return as_title(fit_title(title, width, 3 * size * kind.line, style, setting, smallest=smallest).piece())


def title_x(frame: Frame, title: Piece, width: float, setting: Setting) -> float:
    """Where a title starts: its lines may be narrower than the card, and right-to-left ones stand at the right."""
    if fonts.right_to_left(frame.title, setting.lang):
        return width - MARGIN_X - title.width
    return MARGIN_X


def report_overfull(frame: Frame, pages: int, setting: Setting) -> None:
    name = readable(frame.title)
    if pages > 1:
        message = _("“{title}” does not fit one frame and goes on over {pages}.").format(title=name, pages=pages)
    else:
        message = _("The text of “{title}” had to be set very small to fit.").format(title=name)
    setting.report.add("overfull", message, _("Shorten it, or split it with another heading."), frame.line)


def put_page_number(sheet: Sheet, number: int, count: int, width: float, setting: Setting) -> None:
    """2/3, top right, on the frames of a content that goes on."""
    kind = setting.theme.type.label
    style = TextStyle(size=kind.size * H, line=kind.line, colour=setting.muted, weight=560, tabular=True, aside=True)
    lines = set_text(f"{number}/{count}", 12 * H, style, replace(setting, lang="en"))
    rtl = fonts.right_to_left("", setting.lang)
    sheet.put(lines.piece(), 5.4 * H if rtl else width - 5.4 * H - lines.natural, 4.6 * H)
