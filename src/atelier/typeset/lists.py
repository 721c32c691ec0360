"""Lists, task lists, definition lists, footnotes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from atelier.foundation.geometry import Rect
from atelier.markup import blocks as md
from atelier.markup.blocks import Align
from atelier.typeset import fonts
from atelier.typeset.display import BoxItem
from atelier.typeset.flow import is_line
from atelier.typeset.measures import INDENT, ITEM_GAP, PARAGRAPH_GAP
from atelier.typeset.pieces import Piece, Row, shift, stack
from atelier.typeset.setting import H, colour
from atelier.typeset.structure import Element, Role, within
from atelier.typeset.surfaces import path_item, stroke
from atelier.typeset.text import TextStyle, set_inlines, set_text, words

if TYPE_CHECKING:
    from atelier.markup.blocks import Block, DefinitionList, Footnotes, ListBlock, ListItem
    from atelier.typeset.setting import Setting

DEEPEST = 7
"""Lists nested deeper than this are not indented further."""
BULLET = 0.425
"""Em of a bullet's diameter: 1.7 h at body size."""
_SIGNS = ("•", "◦", "–", "•")
"""What bullets look like, by the level of their list."""
_MIDDLE = 0.31
"""Em above the baseline where a bullet is centred."""


def rows_of_list(block: ListBlock, width: float, setting: Setting) -> list[Row]:
    size = setting.text_size
    indent = INDENT * size
    outdent = indent if setting.level >= DEEPEST else 0.0
    width += outdent
    last = f"{block.start + len(block.items) - 1}."
    if block.ordered:
        number_font = setting.body_font(size, setting.theme.fonts.body.label_weight, tabular=True)
        indent = max(indent, fonts.advance(number_font, last) + 0.5 * size)
    rows: list[Row] = []
    gap = ITEM_GAP * setting.gap * (0.6 if setting.level else 1.0)
    for position, item in enumerate(block.items):
        rtl = fonts.right_to_left(_first_words(item), setting.lang)
        element = within(setting, Role.ITEM)
        inner = replace(
            setting,
            level=setting.level + 1,
            step=max(setting.step, item.step),
            line=item.line or setting.line,
            inside=element,
        )
        made = setting.compose(item.blocks, width - indent, inner)
        marker = _marker(block, position, item, setting, indent, rtl=rtl)
        marker.element = Element(Role.MARK, element, alt=_sign(block, position, item, setting))
        if not made:
            made = [Row(Piece(width - indent, size * setting.theme.type.body.line, baseline=size * 1.05))]
        _hang(made[0], marker, indent, width, rtl=rtl)
        if not rtl:
            shift(made[1:] if made[0].panel is None else made, indent)
        if (
            len(made) > 1
            and len(item.blocks) > 1
            and (isinstance(item.blocks[1], md.ListBlock) or is_line(item.blocks[0]))
        ):
            made[0].glued = True
        made[0].gap = gap if position else 0.0
        if outdent and not rtl:
            shift(made, -outdent)
        if item.step:
            for row in made:
                row.piece.step = max(row.piece.step, item.step)
        rows += made
    return rows


def _hang(row: Row, marker: Piece, indent: float, width: float, *, rtl: bool) -> None:
    """Puts `marker` beside the first line of a row, whose text then starts after the indent."""
    inner = row.piece
    out = Piece(width, inner.height, baseline=inner.baseline, step=inner.step)
    if row.panel is not None:  # a listing or a callout: its ground is drawn by the column
        inner_x = 0.0
        marker_x = -indent
    else:
        inner_x = row.x if rtl else row.x + indent
        marker_x = width - indent if rtl else 0.0
        row.x = 0.0
    out.add(marker_x, inner.baseline, marker)
    out.add(inner_x, 0.0, inner)
    row.piece = out


def _first_words(item: ListItem) -> str:
    for block in item.blocks:
        if isinstance(block, md.Paragraph | md.Heading):
            return words(block.inlines)
        if isinstance(block, md.ListBlock) and block.items:
            return _first_words(block.items[0])
    return ""


def _sign(block: ListBlock, position: int, item: ListItem, setting: Setting) -> str:
    """The marker as a character, or the number with its full stop."""
    if item.checked is not None:
        return "☑" if item.checked else "☐"
    if block.ordered:
        return f"{block.start + position}."
    return _SIGNS[setting.level % len(_SIGNS)]


def _marker(block: ListBlock, position: int, item: ListItem, setting: Setting, indent: float, *, rtl: bool) -> Piece:
    """A bullet, number or box; its origin is the start of the baseline."""
    size = setting.text_size
    piece = Piece(indent, 0.0)
    if item.checked is not None:
        _add_box(piece, size, setting, done=item.checked)
    elif block.ordered:
        weight = setting.theme.fonts.body.label_weight
        number = f"{block.start + position}."
        style = TextStyle(size=size, line=1.0, colour=setting.hue, weight=weight, tabular=True, align=Align.START)
        lines = set_text(number, indent, style, replace(setting, lang="en"))
        made = lines.piece()
        x = indent - lines.natural if rtl else 0.0
        piece.add(x, -made.baseline, made)
        return piece
    else:
        _add_bullet(piece, size, setting)
    return _mirrored(piece) if rtl else piece


def _mirrored(piece: Piece) -> Piece:
    """A bullet or box as far from the right edge of its indent as it was from the left."""
    left = min(part.bounds.x for _x, _y, part in piece.parts if not isinstance(part, Piece))
    right = max(part.bounds.right for _x, _y, part in piece.parts if not isinstance(part, Piece))
    shift = piece.width - right - left
    piece.parts = [(x + shift, y, part) for x, y, part in piece.parts]
    return piece


def _add_bullet(piece: Piece, size: float, setting: Setting) -> None:
    level = setting.level % 4
    diameter = BULLET * size * (1.0, 0.86, 0.8, 0.6)[level]
    middle = BULLET * size * 0.5 + 0.12 * size
    top = -_MIDDLE * size - diameter / 2
    left = (piece.width - middle * 2) / 2 - diameter / 2 if piece.width < size else middle - diameter / 2
    box = Rect(left, top, diameter, diameter)
    if level == 1:
        thickness = max(0.07 * size, 2.0)
        ring = box.inset(thickness / 2)
        item = BoxItem(bounds=ring, radius=ring.width / 2, stroke=setting.hue, stroke_width=thickness)
    elif level == 2:
        dash = Rect(left, -_MIDDLE * size - 0.045 * size, diameter, 0.09 * size)
        item = BoxItem(bounds=dash, radius=dash.height / 2, fill=setting.hue)
    else:
        item = BoxItem(bounds=box, radius=diameter / 2, fill=setting.hue)
    piece.add(0.0, 0.0, item)


def _add_box(piece: Piece, size: float, setting: Setting, *, done: bool) -> None:
    side = 0.7 * size
    box = Rect(0.04 * size, -_MIDDLE * size - side / 2, side, side)
    radius = 0.16 * size
    if not done:
        line = max(0.06 * size, 2.0)
        inner = box.inset(line / 2)
        piece.add(0.0, 0.0, BoxItem(bounds=inner, radius=radius, stroke=setting.muted, stroke_width=line))
        return
    piece.add(0.0, 0.0, BoxItem(bounds=box, radius=radius, fill=setting.hue))
    tick = QPainterPath(QPointF(box.x + 0.22 * side, box.y + 0.54 * side))
    tick.lineTo(box.x + 0.43 * side, box.y + 0.74 * side)
    tick.lineTo(box.x + 0.79 * side, box.y + 0.29 * side)
    piece.add(0.0, 0.0, path_item(tick, None, stroke(setting.ground, 0.13 * side)))


def rows_of_definitions(block: DefinitionList, width: float, setting: Setting) -> list[Row]:
    """Terms in bold hue, what they mean below, indented."""
    size = setting.text_size
    rows: list[Row] = []
    indent = INDENT * size
    for position, definition in enumerate(block.items):
        step = max(setting.step, definition.step)
        for number, term in enumerate(definition.terms):
            style = TextStyle(size=size, line=1.35, colour=setting.hue, weight=setting.theme.fonts.body.label_weight)
            piece = set_inlines(term, width, style, setting).piece()
            piece.step = step
            piece.element = within(setting, Role.TERM)
            gap = PARAGRAPH_GAP * setting.gap if position and not number else 0.0
            rows.append(Row(piece, gap=gap, glued=True))
        for description in definition.descriptions:
            made = setting.compose(description, width - indent, replace(setting, level=setting.level + 1, step=step))
            rtl = fonts.right_to_left(_text_of(description), setting.lang)
            if not rtl:
                shift(made, indent)
            for row in made:
                row.piece.step = max(row.piece.step, step)
            if made:
                made[0].gap = 0.12 * size
            rows += made
    return rows


def _text_of(blocks: tuple[Block, ...]) -> str:
    for block in blocks:
        if isinstance(block, md.Paragraph):
            return words(block.inlines)
    return ""


def rows_of_footnotes(block: Footnotes, width: float, setting: Setting) -> list[Row]:
    """A short rule, then the notes, small, their numbers hanging."""
    scale = setting.theme.type.caption.size * H / (setting.body_size or setting.theme.type.body.size * H)
    small = replace(
        setting, scale=max(scale, 0.2), body_size=0.0, body=setting.muted, level=setting.level + 1, aside=True
    )
    size = small.text_size
    rule = Piece(width, 2.0)
    rule.add(
        0.0,
        0.0,
        BoxItem(bounds=Rect(0.0, 0.0, min(width, 18 * H), 2.0), fill=colour(setting.theme.colours.line)),
    )
    rows = [Row(rule, glued=True)]
    indent = 1.5 * size
    for note in block.items:
        element = within(setting, Role.NOTE)
        made = setting.compose(note.blocks, width - indent, replace(small, inside=element))
        weight = setting.theme.fonts.body.label_weight
        style = TextStyle(size=size, line=1.0, colour=setting.hue, weight=weight, aside=True)
        number = set_text(str(note.number), indent, style, replace(setting, lang="en")).piece()
        marker = Piece(indent, 0.0, element=Element(Role.MARK, element, alt=str(note.number)))
        marker.add(0.0, -number.baseline, number)
        if not made:
            continue
        rtl = fonts.right_to_left(_text_of(note.blocks), setting.lang)
        _hang(made[0], marker, indent, width, rtl=rtl)
        if not rtl:
            shift(made[1:] if made[0].panel is None else made, indent)
        made[0].gap = 0.5 * size
        rows += made
    return rows


def stacked(blocks: tuple[Block, ...], width: float, setting: Setting) -> Piece:
    """`blocks` as one piece."""
    return stack(setting.compose(blocks, width, setting), width)
