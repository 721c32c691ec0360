"""Case cards: what kind it is as pills, what happened as labelled fields, the lesson and the sources at the bottom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atelier.foundation.geometry import FRAME_HEIGHT
from atelier.markup import blocks as md
from atelier.markup.blocks import CaseField
from atelier.markup.case_parts import parts_of
from atelier.typeset.cards import card_title, put_page_number, report_overfull, title_x
from atelier.typeset.case_parts import (
    FIELD_GAP,
    field_rows,
    foot_piece,
    lesson_piece,
    paired_rows,
    pills_piece,
)
from atelier.typeset.figures import picture_piece
from atelier.typeset.fit import OVERFULL, SCALES, Fitted, fit
from atelier.typeset.measures import MARGIN_BOTTOM, MARGIN_TOP, MARGIN_X, REST_ABOVE
from atelier.typeset.parting import is_text
from atelier.typeset.pieces import Row, Sheet, extent, stack
from atelier.typeset.setting import H

if TYPE_CHECKING:
    from atelier.deck.types import Frame
    from atelier.markup.blocks import Block, Case, Figure
    from atelier.markup.case_parts import CaseParts
    from atelier.typeset.pieces import Piece
    from atelier.typeset.setting import Setting

BESIDE_CHILDREN = 0.645
"""Share of the width that the children leave free."""
CHILDREN_BOTTOM = 0.77 * FRAME_HEIGHT
_LESSON_SCALES = (1.06, 0.92, 0.8)
_EVEN = 0.9
"""Share of the lesson's scale that the fields above it have at least, or the lesson is set smaller."""
_LESSON_ALONE = 1.3
_NARROWEST_FIELDS = 52 * H
_NARROWEST_PAIRS = 92 * H
_BOTTOM = FRAME_HEIGHT - 6.2 * H
_BOTTOM_OF_FOOT = FRAME_HEIGHT - 5.2 * H
_ABOVE_FOOT = 2.0 * H
_ABOVE_LESSON = 3.0 * H
_ABOVE_PILLS = 2.6 * H
_BELOW_PILLS = 3.4 * H
_LARGEST_PAIRS = 1.1
_LEAST_FIELDS = 0.45 * FRAME_HEIGHT
"""Where less of a card is left to fields that do not fit it, pills and lesson flow with them from page to page."""
_COMFORTABLE = 1.0
"""Scale of fields below each other that are not worth two columns."""


@dataclass(frozen=True, slots=True)
class _Card:
    """What is the same on every page of a case: the head, what stands below, and the width and height between."""

    title: Piece
    pills: Piece | None
    lesson: Piece | None
    foot: Piece | None
    full: float
    narrow: float

    @property
    def pills_top(self) -> float:
        return MARGIN_TOP + self.title.height + (_ABOVE_PILLS if self.pills is not None else 0.0)

    @property
    def top(self) -> float:
        return self.pills_top + (self.pills.height if self.pills is not None else 0.0) + _BELOW_PILLS

    @property
    def foot_top(self) -> float:
        return _BOTTOM if self.foot is None else _BOTTOM_OF_FOOT - self.foot.height

    @property
    def lesson_bottom(self) -> float:
        return self.foot_top - (_ABOVE_FOOT if self.foot is not None else 0.0)

    @property
    def bottom(self) -> float:
        if self.lesson is None and self.foot is None:
            return FRAME_HEIGHT - MARGIN_BOTTOM
        return self.lesson_bottom - (self.lesson.height if self.lesson is not None else 0.0) - _ABOVE_LESSON

    @property
    def height(self) -> float:
        return self.bottom - self.top


def set_case(frame: Frame, case: Case, blocks: tuple[Block, ...], width: float, setting: Setting) -> list[Sheet]:
    """A card that is a case; its children, where it has any, stand in the right third."""
    full = width - 2 * MARGIN_X
    narrow = width * BESIDE_CHILDREN - MARGIN_X - 4 * H
    figure = _figure_beside(frame, blocks, narrow)
    if figure is None and not frame.children:
        narrow = full
    parts = parts_of(case, frame.title, setting.lang)
    others = tuple(b for b in blocks if b is not case and b is not figure)
    rest = (*case.blocks, *others)
    pills, foot = pills_piece(parts.pills, full, setting), foot_piece(parts.sources, full, setting)
    card = _Card(card_title(frame, full, setting), pills, None, foot, full, narrow)
    if parts.lesson and not parts.labelled and not rest:  # nothing else is said: it takes the place of the fields
        fitted = Fitted((lesson_piece(parts.lesson, narrow, setting, _LESSON_ALONE),), 1.0)
    else:
        card, fitted = _balanced(card, parts, rest, setting, children=bool(frame.children))
        if len(fitted.pages) > 1 and card.height < _LEAST_FIELDS:
            card = _Card(card.title, None, None, foot_piece((), full, setting), full, narrow)
            fitted = fit((case, *others), narrow, card.height, setting)
    image = None
    if figure is not None:
        picture = setting.pictures.get(figure.source, figure.alt, setting.report, figure.line)
        image = picture_piece(figure, picture, full - narrow - 4 * H, card.height, setting)
    count = len(fitted.pages)
    if fitted.overfull:
        report_overfull(frame, count, setting)
    sheets: list[Sheet] = []
    for number, page in enumerate(fitted.pages, 1):
        sheet = Sheet()
        sheet.put(card.title, title_x(frame, card.title, width, setting), MARGIN_TOP)
        if card.pills is not None:
            sheet.put(card.pills, MARGIN_X, card.pills_top)
        above = min(REST_ABOVE * max(card.height - page.height, 0.0), 5.0 * H)
        sheet.put(page, MARGIN_X, card.top + above)
        if image is not None:
            sheet.put(image, width - MARGIN_X - image.width, card.top + above)
        if card.lesson is not None:
            sheet.put(card.lesson, MARGIN_X, card.lesson_bottom - card.lesson.height)
        if card.foot is not None:
            sheet.put(card.foot, MARGIN_X, card.foot_top)
        if count > 1:
            put_page_number(sheet, number, count, width, setting)
        sheets.append(sheet)
    return sheets


def _balanced(
    card: _Card, parts: CaseParts, rest: tuple[Block, ...], setting: Setting, *, children: bool
) -> tuple[_Card, Fitted]:
    """The card with its lesson as large as leaves the fields about their size, and the fields."""
    if not parts.lesson:
        return card, _fitted(parts, rest, card.narrow, card.height, setting)
    tried: tuple[_Card, Fitted] | None = None
    for scale in _LESSON_SCALES:
        lesson = lesson_piece(parts.lesson, card.full, setting, scale)
        if children and lesson.height > card.lesson_bottom - CHILDREN_BOTTOM - 2 * H:
            lesson = lesson_piece(parts.lesson, card.narrow, setting, min(scale, 1.0))
        made = replace(card, lesson=lesson)
        fitted = _fitted(parts, rest, card.narrow, made.height, setting)
        tried = made, fitted
        if len(fitted.pages) == 1 and fitted.scale >= scale * _EVEN:
            break
    assert tried is not None
    return tried


def _figure_beside(frame: Frame, blocks: tuple[Block, ...], narrow: float) -> Figure | None:
    """The picture of a case stands where children would, unless there are some or there is no room."""
    figures = [b for b in blocks if isinstance(b, md.Figure)]
    return figures[0] if len(figures) == 1 and not frame.children and narrow >= _NARROWEST_FIELDS else None


def _fitted(parts: CaseParts, rest: tuple[Block, ...], width: float, height: float, setting: Setting) -> Fitted:
    """The fields below each other where they fit so at their full size; else two and two, where they get larger so."""
    found = fit((_fields_alone(parts), *rest), width, height, setting)
    if not is_text(rest) or width < _NARROWEST_PAIRS or len(parts.labelled) < 2:
        return found
    whole = len(found.pages) == 1 and not found.overfull
    if whole and found.scale >= _COMFORTABLE:
        return found
    for scale in (*SCALES, *OVERFULL):
        if scale > _LARGEST_PAIRS or (whole and scale <= found.scale):
            continue
        rows = paired_rows(parts.labelled, width, setting.scaled(scale))
        more = setting.compose(rest, width, setting.scaled(scale))
        if more:
            more[0].gap = FIELD_GAP * 1.4 * max(scale, 0.7)
        rows += more
        if extent(rows) <= height:
            return Fitted((stack(rows, width),), scale, overfull=scale < SCALES[-1])
    return found


def _fields_alone(parts: CaseParts) -> Case:
    """A case of nothing but its labelled fields, for what sets blocks."""
    fields = (CaseField(name="", label=label, values=(text,)) for label, text in parts.labelled)
    return md.Case(fields=tuple(fields), blocks=())


def rows_of_case(block: Case, width: float, setting: Setting) -> list[Row]:
    """A case among other blocks: pills, fields with their labels beside them, what else stands in it, the lesson."""
    parts = parts_of(block, "", setting.lang)
    rows: list[Row] = []
    pills = pills_piece(parts.pills, width, setting)
    if pills is not None:
        rows.append(Row(pills))
    fields = field_rows(parts.labelled, width, setting)
    if fields and rows:
        fields[0].gap = FIELD_GAP * 1.4 * setting.gap
    rows += fields
    more = setting.compose(block.blocks, width, setting)
    if more and rows:
        more[0].gap = FIELD_GAP * 1.4 * setting.gap
    rows += more
    if parts.lesson:
        rows.append(Row(lesson_piece(parts.lesson, width, setting, setting.scale), gap=FIELD_GAP * 1.6))
    foot = foot_piece(parts.sources, width, replace(setting, similar=()))
    if foot is not None:
        rows.append(Row(foot, gap=_ABOVE_FOOT))
    return rows
