"""Measures that several kinds of content share: margins of a card, white space between blocks, the line of a text."""

from __future__ import annotations

from atelier.typeset.setting import H

MARGIN_X = 10.6 * H
MARGIN_TOP = 8.4 * H
MARGIN_BOTTOM = 7.4 * H
REST_ABOVE = 0.4
"""Share of the free height that stays above the content."""
GUTTER = 6.0 * H
"""Between columns."""
PARAGRAPH_GAP = 2.8 * H
ITEM_GAP = 2.2 * H
BLOCK_GAP = 4.2 * H
INDENT = 1.4
"""Em from the edge of a list to its text: 5.6 h at body size."""
MEASURE = 62
"""Signs a line of running text has at most."""
SIGN = 0.472
"""Average width of a sign of Inter in French and English text, in em."""


def measure_width(width: float, size: float) -> float:
    """The width of running text of `size` in a column: never more than 62 signs."""
    return min(width, MEASURE * SIGN * size)
