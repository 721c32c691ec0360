"""Displayed formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.foundation.geometry import Rect
from atelier.markup.blocks import Style, Text
from atelier.typeset.display import PathItem
from atelier.typeset.math import formula, report_error
from atelier.typeset.pieces import Piece, Row
from atelier.typeset.text import TextStyle, set_inlines

if TYPE_CHECKING:
    from atelier.markup.blocks import MathBlock
    from atelier.typeset.setting import Setting


def rows_of_math(block: MathBlock, width: float, setting: Setting) -> list[Row]:
    """A displayed formula, centred; as wide as the text at most."""
    size = setting.text_size * 1.1
    shape = formula(block.tex, size, inline=False)
    if isinstance(shape, str):
        report_error(setting, block.tex, shape, block.line)
        style = TextStyle(size=setting.text_size, line=1.4, colour=setting.body)
        return [Row(set_inlines((Text(block.tex, frozenset({Style.CODE})),), width, style, setting).piece())]
    factor = min(1.0, width / shape.width) if shape.width > 0 else 1.0
    piece = Piece(width, shape.height * factor, baseline=shape.ascent * factor)
    x = (width - shape.width * factor) / 2
    item = PathItem(
        bounds=Rect(0.0, -shape.ascent * factor, shape.width * factor, shape.height * factor),
        path=shape.path,
        scale=factor,
        fill=setting.ink,
        em=size,
    )
    piece.add(x, shape.ascent * factor, item)
    return [Row(piece)]
