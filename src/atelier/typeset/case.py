"""Case cards: kinds as pills, what happened as labelled fields, the lesson at the bottom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.foundation.geometry import FRAME_HEIGHT, Rect
from atelier.markup import blocks as md
from atelier.markup.blocks import CalloutKind, Text
from atelier.typeset import fonts
from atelier.typeset.callouts import callout_rows
from atelier.typeset.cards import card_title, put_page_number, report_overfull, title_x
from atelier.typeset.display import BoxItem
from atelier.typeset.figures import picture_piece
from atelier.typeset.fit import fit
from atelier.typeset.measures import MARGIN_BOTTOM, MARGIN_TOP, MARGIN_X, REST_ABOVE
from atelier.typeset.pieces import Piece, Row, Sheet, stack
from atelier.typeset.setting import H, colour, mixed
from atelier.typeset.text import TextStyle, set_even, set_text

if TYPE_CHECKING:
    from atelier.deck.types import Frame
    from atelier.markup.blocks import Block, Case, Figure, Inline
    from atelier.typeset.setting import Setting

BESIDE_CHILDREN = 0.645
"""Share of the width that the children leave free."""
CHILDREN_BOTTOM = 0.77 * FRAME_HEIGHT
PILL_GAP = 1.8 * H
LABEL_GAP = 4.4 * H
FIELD_GAP = 2.0 * H
_LESSON = {
    "ar": "للتذكّر",
    "de": "Zum Mitnehmen",
    "en": "To remember",
    "es": "Para recordar",
    "fr": "À retenir",
    "he": "לזכור",
    "it": "Da ricordare",
    "nl": "Om te onthouden",
    "pt": "Para lembrar",
}
"""The head of the lesson, in the language of the text, not of the program."""
_LESSON_SCALE = 1.06
_NARROWEST_FIELDS = 52 * H


def set_case(frame: Frame, case: Case, blocks: tuple[Block, ...], width: float, setting: Setting) -> list[Sheet]:
    """A card that is a case; its children, where it has any, stand in the right third."""
    full = width - 2 * MARGIN_X
    narrow = width * BESIDE_CHILDREN - MARGIN_X - 4 * H
    figure = _figure_beside(frame, blocks, narrow)
    if figure is None and not frame.children:
        narrow = full
    sheets: list[Sheet] = []
    title = card_title(frame, full, setting)
    y = MARGIN_TOP + title.height
    pills = _pills(case.kinds, full, setting)
    if pills is not None:
        y += 2.6 * H
        pills_top = y
        y += pills.height
    else:
        pills_top = y
    y += 3.4 * H
    bottom = FRAME_HEIGHT - MARGIN_BOTTOM
    lesson = _lesson(case.lesson, full, setting, 1.0 if frame.children else _LESSON_SCALE)
    if lesson is not None:
        room_below = FRAME_HEIGHT - 6.2 * H - CHILDREN_BOTTOM - 2 * H
        if frame.children and lesson.height > room_below:
            lesson = _lesson(case.lesson, narrow, setting, 1.0)
        assert lesson is not None
        bottom = FRAME_HEIGHT - 6.2 * H - lesson.height - 3.0 * H
    rest = tuple(b for b in blocks if b is not case and b is not figure)
    image = None
    if figure is not None:
        picture = setting.pictures.get(figure.source, figure.alt, setting.report, figure.line)
        image = picture_piece(figure, picture, full - narrow - 4 * H, bottom - y, setting)
    body = (replace(case, kinds=(), lesson=()), *rest)
    fitted = fit(body, narrow, bottom - y, setting)
    count = len(fitted.pages)
    if fitted.overfull:
        report_overfull(frame, count, setting)
    for number, page in enumerate(fitted.pages, 1):
        sheet = Sheet()
        sheet.put(title, title_x(frame, title, width, setting), MARGIN_TOP)
        if pills is not None:
            sheet.put(pills, MARGIN_X, pills_top)
        above = min(REST_ABOVE * max(bottom - y - page.height, 0.0), 5.0 * H)
        sheet.put(page, MARGIN_X, y + above)
        if image is not None:
            sheet.put(image, width - MARGIN_X - image.width, y + above)
        if lesson is not None:
            sheet.put(lesson, MARGIN_X, FRAME_HEIGHT - 6.2 * H - lesson.height)
        if count > 1:
            put_page_number(sheet, number, count, width, setting)
        sheets.append(sheet)
    return sheets


def _figure_beside(frame: Frame, blocks: tuple[Block, ...], narrow: float) -> Figure | None:
    """The picture of a case stands where children would, unless there are some or there is no room."""
    figures = [b for b in blocks if isinstance(b, md.Figure)]
    return figures[0] if len(figures) == 1 and not frame.children and narrow >= _NARROWEST_FIELDS else None


def _pills(kinds: tuple[str, ...], width: float, setting: Setting) -> Piece | None:
    """The kinds in rounded boxes of the hue, on as many lines as they need."""
    if not kinds:
        return None
    look = setting.theme.type.pill
    size = look.size * H
    style = TextStyle(size=size, line=look.line, colour=setting.ink, weight=560, aside=True)
    pills = setting.theme.pills
    ground = mixed(colour(pills.ground), setting.hue, pills.hue_share) if pills.filled else None
    line = colour(setting.theme.colours.line) if pills.line_width else None
    out = Piece(width, 0.0)
    x = y = 0.0
    pad_x, pad_y = 2.4 * H, 0.8 * H
    height = size * look.line + 2 * pad_y
    rtl = fonts.right_to_left(" ".join(kinds), setting.lang)
    for kind in kinds:
        lines = set_text(kind, width - 2 * pad_x, style, replace(setting, lang="en"))
        text = lines.piece(0, 1)
        pill_width = lines.natural + 2 * pad_x
        if x and x + pill_width > width:
            x, y = 0.0, y + height + PILL_GAP * 0.7
        left = width - x - pill_width if rtl else x
        box = Rect(0.0, 0.0, pill_width, height)
        out.add(
            left, y, BoxItem(bounds=box, radius=height / 2, fill=ground, stroke=line, stroke_width=pills.line_width * H)
        )
        shift = width - 2 * pad_x - lines.natural if lines.right_to_left else 0.0
        out.add(left + pad_x - shift, y + pad_y, text)
        x += pill_width + PILL_GAP
    out.height = y + height
    return out


def _lesson(lesson: tuple[Inline, ...], width: float, setting: Setting, scale: float) -> Piece | None:
    """What to remember, as a callout."""
    if not lesson:
        return None
    block = md.Paragraph(inlines=lesson)
    title = (Text(_LESSON.get(setting.lang.split("-")[0].lower(), _LESSON["en"])),)
    rows = callout_rows(CalloutKind.OK, title, (block,), width, replace(setting, scale=scale))
    return stack(rows, width)


def rows_of_case(block: Case, width: float, setting: Setting) -> list[Row]:
    """Fields in two columns, label and text; then what else stands in the case."""
    rows: list[Row] = []
    pills = _pills(block.kinds, width, setting)
    if pills is not None:
        rows.append(Row(pills))
    rows += _fields(block, width, setting)
    more = setting.compose(block.blocks, width, setting)
    if more and rows:
        more[0].gap = FIELD_GAP * 1.4 * setting.gap
    rows += more
    if block.lesson:
        lesson = _lesson(block.lesson, width, setting, setting.scale)
        if lesson is not None:
            rows.append(Row(lesson, gap=FIELD_GAP * 1.6))
    return rows


def _fields(block: Case, width: float, setting: Setting) -> list[Row]:
    if not block.fields:
        return []
    kinds = setting.theme.type
    label_style = TextStyle(
        size=max(setting.size(kinds.case_label), setting.minimum),
        line=kinds.case_label.line,
        colour=setting.hue,
        weight=setting.theme.fonts.body.label_weight,
        aside=True,
    )
    text_style = TextStyle(
        size=setting.size(kinds.case_text), line=kinds.case_text.line, colour=setting.body, strong=setting.accent
    )
    label_font = label_style.font(setting, "")
    widest = max(fonts.advance(label_font, label) for label, _text in block.fields)
    label_width = min(widest * 1.02 + 2, width * 0.3)
    gap = LABEL_GAP * min(setting.gap, 1.15)
    rows: list[Row] = []
    rtl = fonts.right_to_left(block.fields[0][0], setting.lang)
    for position, (label, text) in enumerate(block.fields):
        label_piece = set_text(label, label_width, label_style, setting).piece()
        inner = width - label_width - gap
        text_piece = set_even(text, inner, text_style, setting).piece()
        drop = text_piece.baseline - label_piece.baseline
        out = Piece(width, max(text_piece.height, label_piece.height + max(drop, 0.0)), baseline=text_piece.baseline)
        out.add(width - label_width if rtl else 0.0, max(drop, 0.0), label_piece)
        out.add(0.0 if rtl else label_width + gap, max(-drop, 0.0), text_piece)
        rows.append(Row(out, gap=FIELD_GAP * setting.gap * 1.05 if position else 0.0))
    return rows
