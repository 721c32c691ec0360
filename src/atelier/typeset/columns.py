"""Columns: two or three beside each other, a hairline between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.foundation.geometry import Rect
from atelier.typeset import fonts
from atelier.typeset.display import BoxItem
from atelier.typeset.measures import GUTTER
from atelier.typeset.pieces import Piece, Row, stack
from atelier.typeset.setting import colour

if TYPE_CHECKING:
    from atelier.markup.blocks import Columns
    from atelier.typeset.setting import Setting


def rows_of_columns(block: Columns, width: float, setting: Setting) -> list[Row]:
    """One row: columns are not parted."""
    count = len(block.columns)
    if not count:
        return []
    gutter = GUTTER if count <= 3 else GUTTER * 0.6
    each = (width - gutter * (count - 1)) / count
    pieces: list[Piece] = []
    for column in block.columns:
        step = max(setting.step, column.step)
        inner = replace(setting, in_column=True, step=step, lang=column.lang or setting.lang)
        piece = stack(setting.compose(column.blocks, each, inner), each)
        piece.step = max(piece.step, step)
        pieces.append(piece)
    height = max(p.height for p in pieces)
    out = Piece(width, height, baseline=pieces[0].baseline)
    rtl = fonts.right_to_left("", setting.lang)
    for i, piece in enumerate(pieces):
        place = count - 1 - i if rtl else i
        x = place * (each + gutter)
        out.add(x, 0.0, piece)
        if i:
            edge = x + each + gutter / 2 if rtl else x - gutter / 2
            line = Rect(edge - 1.0, 0.0, 2.0, height)
            out.add(0.0, 0.0, BoxItem(bounds=line, fill=colour(setting.theme.colours.line), step=piece.step))
    return [Row(out)]
