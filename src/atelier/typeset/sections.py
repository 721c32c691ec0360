"""The own text of frames that have children: on a band, in a side panel, in a free rectangle, and the root's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.canvas.types import Spot
from atelier.deck.contrast import QUIET
from atelier.foundation.geometry import FRAME_HEIGHT, Rect
from atelier.markup import blocks as md
from atelier.markup.blocks import Align
from atelier.typeset import fonts
from atelier.typeset.art import seed_of
from atelier.typeset.cards import as_title, title_of
from atelier.typeset.fit import fit
from atelier.typeset.pieces import Piece, Sheet, shrunk, stack
from atelier.typeset.setting import H, colour, faded
from atelier.typeset.surfaces import band, panel
from atelier.typeset.text import TextStyle, set_even, set_text, words
from atelier.typeset.titles import fit_title

if TYPE_CHECKING:
    from atelier.canvas.types import Place
    from atelier.deck.types import Frame
    from atelier.markup.blocks import Block, Inline
    from atelier.typeset.setting import Setting
    from atelier.typeset.text import Lines

PAD_X = 9.0 * H
LEAD_WIDTH = 52 * H
_SMALLER_PANEL_TITLE = 6.0 * H
"""The size of a panel's title where much text stands under it."""
LEAD_GAP = 6.0 * H
_NUMBER_GAP = -0.4 * H
"""The lines of number and title have leading of their own."""
_CLEAR = 0.9 * H
"""The least space between a number and an accent below it."""
_OVER_A_CAPITAL = 1.12
_HANGING_GAP = 3.2 * H
_LARGER_BESIDE = 1.15
"""How much larger a title has to get for its number to leave the line above it, where it is seen from afar."""
_NARROWEST_BESIDE = 1000.0
"""Frame units a section must be wide for its lead to stand beside its title."""
_STACKED_GAP = 2.4 * H
_STACKED_LEAD = 0.4
"""Share of a band's room that a lead under its title may take."""
_AIR = 0.15
"""Share of a band that stays free above its words, and below them."""
_SMALLEST_OF_ONE = 8.0 * H
"""A title of a band takes two lines when one would be smaller than this."""


def lead_of(blocks: tuple[Block, ...]) -> tuple[Inline, ...]:
    """The short text of a band: a first paragraph."""
    return blocks[0].inlines if blocks and isinstance(blocks[0], md.Paragraph) else ()


def put_band_text(
    sheet: Sheet,
    frame: Frame,
    number: str,
    blocks: tuple[Block, ...],
    ratio: float,
    height: float,
    largest: float,
    setting: Setting,
    *,
    cover: bool,
) -> None:
    """Small number, title, and the lead on the right; a cover has no lead and a larger title."""
    width = FRAME_HEIGHT * ratio
    lead = () if cover else lead_of(blocks)
    rtl = fonts.right_to_left(frame.title, setting.lang)
    inner = width - 2 * PAD_X
    room = height * (1.0 - 2 * _AIR)
    lead_width = inner if width < _NARROWEST_BESIDE else min(LEAD_WIDTH, inner * 0.36)
    lead_lines = _band_lead(lead, lead_width, setting) if lead else None
    words = title_of(frame)
    if lead_lines is not None and lead_width == inner:
        _put_stacked(sheet, words, number, lead_lines, Rect(PAD_X, 0.0, inner, height), largest, setting, rtl=rtl)
        return
    beside: Piece | None = None
    natural = 0.0
    if lead_lines is not None:
        beside = lead_lines.piece()
        natural = lead_lines.natural
        if beside.height > room:
            natural *= room / beside.height
            beside = shrunk(beside, room / beside.height)
    title_width = inner - (beside.width + LEAD_GAP if beside is not None else 0.0)
    head, count = _band_title(words, number, title_width, room, largest, setting, cover=cover, rtl=rtl)
    if count > 1 and beside is not None and natural < beside.width and not rtl:
        title_width += beside.width - natural
        beside.width = natural
        head, count = _band_title(words, number, title_width, room, largest, setting, cover=cover, rtl=rtl)
    sheet.put(head, width - PAD_X - head.width if rtl else PAD_X, (height - head.height) / 2)
    if beside is not None:
        x = PAD_X if rtl else width - PAD_X - beside.width
        sheet.put(beside, x, (height - beside.height) / 2)


def _band_lead(lead: tuple[Inline, ...], width: float, setting: Setting) -> Lines:
    look = setting.theme.band
    kind = setting.theme.type.lead
    text = colour(look.text)
    style = TextStyle(
        size=kind.size * H, line=kind.line, colour=faded(text, look.lead_opacity), strong=text, weight=480
    )
    return set_even(lead, width, style, replace(setting, accent=text, hue=text, ink=text))


def _put_stacked(
    sheet: Sheet,
    title: tuple[Inline, ...],
    number: str,
    lead: Lines,
    band: Rect,
    largest: float,
    setting: Setting,
    *,
    rtl: bool,
) -> None:
    """Title and lead below each other, in a frame too narrow for both side by side."""
    room = band.height * (1.0 - 2 * _AIR)
    below = lead.piece()
    if below.height > room * _STACKED_LEAD:
        below = shrunk(below, room * _STACKED_LEAD / below.height)
    left = room - below.height - _STACKED_GAP
    head, _count = _band_title(title, number, band.width, left, largest, setting, cover=False, rtl=rtl)
    y = (band.height - head.height - _STACKED_GAP - below.height) / 2
    sheet.put(head, band.right - head.width if rtl else band.x, y)
    sheet.put(below, band.right - below.width if rtl else band.x, y + head.height + _STACKED_GAP)


def _band_title(
    title: tuple[Inline, ...],
    number: str,
    width: float,
    room: float,
    largest: float,
    setting: Setting,
    *,
    cover: bool,
    rtl: bool,
) -> tuple[Piece, int]:
    """A title with its number, and how many lines it takes: under the number in one line, after it in two or three."""
    look = setting.theme.band
    kind = setting.theme.type.band
    number_piece = _band_number(number, width, setting, cover=cover, rtl=rtl) if number else None
    above = number_piece.height + _NUMBER_GAP if number_piece is not None else 0.0
    style = TextStyle(
        size=min(largest, (room - above) / kind.line),
        line=kind.line,
        colour=setting.hue if look.title_in_hue else colour(look.text),
        family="titles",
        optical=setting.theme.fonts.titles.optical.band,
    )
    smallest = min(_SMALLEST_OF_ONE, style.size)
    lines = fit_title(title, width, room - above, style, setting, smallest=smallest, most_lines=1)
    before = 0.0
    if cover and lines.count == 1 and number_piece is not None:
        beside = replace(style, size=min(largest, room / kind.line))
        left = width - number_piece.width - _HANGING_GAP
        hanging = fit_title(title, left, room, beside, setting, smallest=smallest, most_lines=1)
        if hanging.count == 1 and hanging.height > _LARGER_BESIDE * lines.height:
            before, above = number_piece.width + _HANGING_GAP, 0.0
            lines = hanging
    if lines.count > 1:
        if number_piece is not None:
            before, above = number_piece.width + _HANGING_GAP, 0.0
        style = replace(style, size=min(largest, room / 2 / kind.line))
        lines = fit_title(title, width - before, room, style, setting, smallest=4.4 * H)
    words = as_title(lines.piece())
    if number_piece is not None and not before:
        accent = _accent(title, number_piece.width, replace(style, size=words.height / kind.line), setting)
        if accent:
            above = max(above, number_piece.baseline + _CLEAR + accent - words.baseline)
    if words.height > room - above:
        words = shrunk(words, (room - above) / words.height)
    out = Piece(
        max(words.width + before, number_piece.width if number_piece is not None else 0.0), above + words.height
    )
    if number_piece is not None:
        drop = max(words.baseline - number_piece.baseline, 0.0) if before else 0.0
        out.add(out.width - number_piece.width if rtl else 0.0, drop, number_piece)
    out.add(out.width - before - words.width if rtl else before, above, words)
    return out, lines.count


def _accent(title: tuple[Inline, ...], width: float, style: TextStyle, setting: Setting) -> float:
    """How far the first letters of a title, up to `width`, rise above its line; 0 where none rises over a capital."""
    said = words(title)
    font = style.font(setting, said)
    begins = next((said[:end] for end in range(1, len(said)) if fonts.advance(font, said[:end]) > width), said)
    box = fonts.metrics(font).tightBoundingRect
    rise = -box(begins).top()
    return rise if rise > _OVER_A_CAPITAL * -box("H").top() else 0.0


def _band_number(number: str, width: float, setting: Setting, *, cover: bool, rtl: bool) -> Piece:
    look = setting.theme.band
    kind = setting.theme.type.band_number
    ink = setting.hue if look.number_in_hue else faded(colour(look.number), look.number_opacity)
    style = TextStyle(
        size=(kind.size if cover else kind.smallest) * H,
        line=kind.line,
        colour=ink,
        weight=setting.theme.fonts.body.label_weight,
        tabular=True,
        align=Align.END if rtl else Align.START,
        aside=True,
    )
    lines = set_text(number, width, style, replace(setting, lang="en"))
    if lines.natural < width and not rtl:
        lines = set_text(number, lines.natural + 1.0, style, replace(setting, lang="en"))
    return lines.piece(0, 1)


def on_panel(setting: Setting, *, world: bool) -> Setting:
    """The setting for text on a panel of glaze; in the world text stays as on cards."""
    if world:
        return setting
    look = setting.theme.panel
    text = colour(look.text)
    title = setting.hue if look.title_in_hue else text
    ground = setting.hue if look.kind == "hue" else colour(look.stops[-1].colour)
    return replace(setting, ink=title, body=text, muted=faded(text, QUIET), accent=text, hue=text, ground=ground)


def put_panel_text(
    sheet: Sheet,
    frame: Frame,
    number: str,
    blocks: tuple[Block, ...],
    box: Rect,
    setting: Setting,
    *,
    cover: bool,
    centred: bool,
) -> None:
    """Title and content in a rectangle, on its panel."""
    kinds = setting.theme.type
    pad = 3.2 * H
    area = box.inset(min(pad, box.width * 0.06), min(pad, box.height * 0.06))
    shown = () if cover else blocks
    align = Align.CENTRE if centred else Align.START
    number_piece: Piece | None = None
    if number and (cover or not centred):
        look = setting.theme.panel
        style = TextStyle(
            size=(7.0 if cover else 4.4) * H,
            line=1.1,
            colour=faded(colour(look.text), 0.78),
            weight=setting.theme.fonts.body.label_weight,
            tabular=True,
            align=align,
            aside=True,
        )
        number_piece = set_text(number, area.width, style, replace(setting, lang="en")).piece(0, 1)
    above = number_piece.height + H if number_piece is not None else 0.0
    style = TextStyle(
        size=(17.0 if cover else 9.0) * H,
        line=kinds.title.line,
        colour=setting.ink,
        family="titles",
        optical=setting.theme.fonts.titles.optical.band if cover else setting.theme.fonts.titles.optical.title,
        align=align,
    )
    room = area.height - above
    share = room if not shown else room * (0.45 if not _short(shown) else 0.68)
    lines = fit_title(
        title_of(frame), area.width, share, style, setting, smallest=4.0 * H, most_lines=5 if not centred else 3
    )
    title = as_title(lines.piece())
    if title.height > room:
        title = shrunk(title, room / title.height)
    body: Piece | None = None
    gap = 3.0 * H
    if shown:
        body = _panel_body(shown, area.width, max(room - title.height - gap, 6 * H), setting, align)
        if style.size > _SMALLER_PANEL_TITLE and body.height > room - title.height - 2 * gap and not centred:
            smaller = replace(style, size=_SMALLER_PANEL_TITLE)
            lines = fit_title(title_of(frame), area.width, share, smaller, setting, smallest=4.0 * H, most_lines=5)
            title = as_title(lines.piece())
            body = _panel_body(shown, area.width, max(room - title.height - gap, 6 * H), setting, align)
    total = above + title.height + (gap + body.height if body is not None else 0.0)
    y = area.y + max((area.height - total) / 2, 0.0) if centred or cover else area.y
    if number_piece is not None:
        sheet.put(number_piece, area.x, y)
    y += above
    x = area.x + (area.width - title.width) / 2 if centred else area.x
    if fonts.right_to_left(frame.title, setting.lang) and not centred:
        x = area.right - title.width
    sheet.put(title, x, y)
    if body is not None:
        sheet.put(body, area.x, y + title.height + gap)


def _short(blocks: tuple[Block, ...]) -> bool:
    return len(blocks) == 1 and isinstance(blocks[0], md.Paragraph) and len(words(blocks[0].inlines)) <= 90


def _panel_body(blocks: tuple[Block, ...], width: float, height: float, setting: Setting, align: Align) -> Piece:
    """Text at 3.2 h or larger where that fits, smaller where it must."""
    kinds = setting.theme.type
    if _short(blocks):
        first = blocks[0]
        assert isinstance(first, md.Paragraph)
        style = TextStyle(
            size=kinds.small.size * H, line=1.38, colour=setting.muted, strong=setting.accent, align=align, weight=480
        )
        piece = set_even(first.inlines, width, style, setting).piece()
    else:
        inner = replace(setting, body_size=3.2 * H, picture_height=height * 0.4)
        fitted = fit(blocks, width, height, inner, largest=1.2)
        piece = fitted.first
        if len(fitted.pages) > 1:
            rows = setting.compose(blocks, width, inner.scaled(0.8))
            piece = stack(rows, width)
    if piece.height > height:
        piece = shrunk(piece, height / piece.height)
    return piece


def put_root_text(
    sheet: Sheet,
    frame: Frame,
    blocks: tuple[Block, ...],
    box: Rect,
    setting: Setting,
    *,
    centred: bool,
    middle: bool = False,
) -> None:
    """The deck's title, as large as 10 h, and its lead, with no card under them; `middle` centres them upright."""
    kinds = setting.theme.type
    align = Align.CENTRE if centred else Align.START
    titles = setting.theme.fonts.titles
    style = TextStyle(
        size=kinds.root.size * H,
        line=kinds.root.line,
        colour=setting.ink,
        family="titles",
        optical=titles.optical.root,
        align=align,
    )
    lead_style = TextStyle(
        size=kinds.root_lead.size * H,
        line=kinds.root_lead.line,
        colour=setting.muted,
        strong=setting.accent,
        weight=500,
        align=align,
    )
    lead = lead_of(blocks)
    lead_piece = set_even(lead, box.width, lead_style, setting).piece() if lead else None
    rest = [b for b in blocks if not (lead and b is blocks[0])]
    gap = 2.0 * H
    below = (lead_piece.height + gap) if lead_piece is not None else 0.0
    room = max(box.height - below, box.height * 0.5)
    if rest:
        room = min(room, box.height * 0.5)
    lines = fit_title(
        title_of(frame), box.width, room, style, setting, smallest=min(kinds.root.smallest * H, 5.0 * H), most_lines=4
    )
    title = as_title(lines.piece())
    if title.height > room:
        title = shrunk(title, room / title.height)
    total = title.height + below
    y = box.y + (max(box.height - total, 0.0) / 2 if centred or (middle and not rest) else 0.0)
    rtl = fonts.right_to_left(frame.title, setting.lang)
    x = box.x + (box.width - title.width) / 2 if centred else box.right - title.width if rtl else box.x
    sheet.put(title, x, y)
    y += title.height + gap
    if lead_piece is not None:
        left = max(box.bottom - y, 3 * H)
        if lead_piece.height > left:
            lead_piece = shrunk(lead_piece, left / lead_piece.height)
        left = box.x + (box.width - lead_piece.width) / 2 if centred else box.x
        sheet.put(lead_piece, box.right - lead_piece.width if rtl and not centred else left, y)
        y += lead_piece.height + gap
    if rest and box.bottom - y > 4 * H:
        piece = _panel_body(tuple(rest), box.width, box.bottom - y, setting, align)
        sheet.put(piece, box.x, y)


def band_height(place: Place) -> float:
    """How far the band of a section reaches down, in frame units."""
    return place.spot_rect.height if place.spot is Spot.BAND else 0.24 * FRAME_HEIGHT


def put_section(
    sheet: Sheet, frame: Frame, place: Place, blocks: tuple[Block, ...], setting: Setting, *, cover: bool
) -> None:
    """The own text of a section, on its band or its panel."""
    theme = setting.theme
    width = FRAME_HEIGHT * place.ratio
    if place.spot is Spot.BAND:
        height = place.spot_rect.height
        sheet.items += band(theme, width, height, seed_of(frame.id), setting.hue)
        largest = band_title_size(place.scale, setting) if height > 0.3 * FRAME_HEIGHT else 9.5 * H
        put_band_text(sheet, frame, place.number, blocks, place.ratio, height, largest, setting, cover=cover)
        return
    sheet.items += panel(theme, place.spot_rect, hue=setting.hue)
    inner = on_panel(setting, world=False)
    centred = place.spot is Spot.PANEL
    put_panel_text(sheet, frame, place.number, blocks, place.spot_rect, inner, cover=cover, centred=centred)


def band_title_size(scale: float, setting: Setting) -> float:
    """The largest title of a band, in frame units: clamp(2.8 / s, 12.5, 17) h."""
    kind = setting.theme.type.band
    return min(max(28.0 / max(scale, 1e-6), kind.smallest * H), kind.size * H)
