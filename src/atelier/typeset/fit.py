"""Fitting text to its frame.

The largest scale that fits is estimated from the extent of the text, set, and corrected once. What does not fit at the
smallest goes into two columns when it is text alone, as does what gets larger there than in one; then it gets smaller
with the diagnostic "overfull", then goes on in continuation pages. Nothing is ever cut.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atelier.foundation.geometry import Rect
from atelier.markup import blocks as md
from atelier.typeset.display import BoxItem
from atelier.typeset.estimate import estimate, picture_rows
from atelier.typeset.flow import announces
from atelier.typeset.measures import BLOCK_GAP, GUTTER
from atelier.typeset.parting import is_narrow, is_text, unbroken_scale, unfolded, within
from atelier.typeset.pieces import Panel, Piece, Row, columns, extent, shrunk, stack, tallest_group
from atelier.typeset.setting import H, colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.blocks import Block
    from atelier.typeset.setting import Setting

SCALES = (1.5, 1.35, 1.2, 1.1, 1.0, 0.92, 0.85, 0.8)
OVERFULL = (0.72, 0.65)
_IN_COLUMNS = (1.0, 0.92, 0.85, 0.8)
_WORTH_COLUMNS = 1.08
"""How much larger text has to get to be set in two columns where one would do, beside which the frame stays empty."""
_SHORTEST_TEXT = 0.3
"""Share of the height that text keeps beside pictures in one column."""
_HIGHEST_HEAD = 0.4
"""Share of a page that a repeated head may take."""
_PAGED_SCALES = (1.0, 0.9)
_MOST_TRIED = 8
"""Pages up to which larger scales are tried."""
_WORTH_FILLING = 0.3
"""Share of a page that has to be free for two columns of text to begin there."""
_LONG_TEXT = 0.8
"""Pages of running text, between listings or tables, that are worth pages of two columns."""
_PAGED_PICTURE = 0.6
"""Share of a page that a picture takes at most where the text goes on over several."""
_MOST_EVENED = 24
"""Columns: a longer text ends where it ends."""
_EVEN_ENOUGH = 1.5 * H
_HOPELESS = 1.4
"""An estimate this far beyond the height is not worth a layout pass."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """`pages` are the content, one piece a page, each at most as high as asked."""

    pages: tuple[Piece, ...]
    scale: float
    overfull: bool = False

    @property
    def first(self) -> Piece:
        return next(iter(self.pages))


def figures_in(blocks: Sequence[Block]) -> list[md.Figure]:
    return [b for b in blocks if isinstance(b, md.Figure)]


def fit(blocks: Sequence[Block], width: float, height: float, setting: Setting, *, largest: float = 1.5) -> Fitted:
    """`blocks` in a column of `width` by at most `height` frame units, or in as many pages as they need."""
    return _Fit(blocks, width, height, setting, largest).run()


class _Fit:
    def __init__(self, blocks: Sequence[Block], width: float, height: float, setting: Setting, largest: float) -> None:
        self.blocks = blocks = within(blocks, width, setting, SCALES[-1])
        self.width = width
        self.height = height
        self.setting = setting
        for block in blocks:
            if isinstance(block, md.Table):
                largest = min(largest, unbroken_scale(block, width, setting, largest))
        self.scales = tuple(s for s in SCALES if s <= largest) or (SCALES[-1],)
        self.pictures = len(figures_in(blocks))

    def rows(self, scale: float, width: float) -> list[Row]:
        setting = self.setting.scaled(scale)
        if self.pictures:
            text = estimate([b for b in self.blocks if not isinstance(b, md.Figure)], width, setting)
            stacked = picture_rows(self.blocks)
            free = (self.height - text - BLOCK_GAP * stacked) / stacked
            caption = 4.2 * H
            least = self.height * (1.0 - _SHORTEST_TEXT) / 2 / stacked
            setting = replace(setting, picture_height=max(free - caption, least))
        return setting.compose(self.blocks, width, setting)

    def run(self) -> Fitted:
        found = self.one_column()
        text = is_text(self.blocks)
        if found is not None:
            larger = [scale for scale in _IN_COLUMNS if scale >= _WORTH_COLUMNS * found.scale]
            return (self.two_columns(larger) if text else None) or found
        if text:
            found = self.two_columns(_IN_COLUMNS)
            if found is not None:
                return found
            found = self.two_columns(OVERFULL)
            if found is not None:
                return replace(found, overfull=True)
        else:
            found = None if self.pictures else self.two_columns(_IN_COLUMNS, mixed=True)
            if found is not None:
                return found
            for scale in OVERFULL:
                if estimate(self.blocks, self.width, self.setting.scaled(scale)) > _HOPELESS * self.height:
                    continue
                rows = self.rows(scale, self.width)
                if extent(rows) <= self.height:
                    return Fitted((stack(rows, self.width),), scale, overfull=True)
        return self.continued()

    def one_column(self) -> Fitted | None:
        if estimate(self.blocks, self.width, self.setting.scaled(self.scales[-1])) > _HOPELESS * self.height:
            return None
        guess = self.largest(1.0)
        rows = self.rows(guess, self.width)
        measured = extent(rows)
        expected = max(estimate(self.blocks, self.width, self.setting.scaled(guess)), 1.0)
        better = self.largest(measured / expected)
        if measured <= self.height and better <= guess:
            return Fitted((stack(rows, self.width),), guess)
        if better != guess:
            again = self.rows(better, self.width)
            if extent(again) <= self.height:
                return Fitted((stack(again, self.width),), better)
            if measured <= self.height:
                return self.between(guess, better) or Fitted((stack(rows, self.width),), guess)
        lowest = self.scales[-1]
        if min(guess, better) > lowest:
            rows = self.rows(lowest, self.width)
            if extent(rows) <= self.height:
                return Fitted((stack(rows, self.width),), lowest)
        return None

    def between(self, fits: float, too_large: float) -> Fitted | None:
        """Half way between a scale that fits and one that proved too large: lines break in leaps."""
        scales = [s for s in self.scales if fits < s < too_large]
        if not scales:
            return None
        scale = scales[len(scales) // 2]
        rows = self.rows(scale, self.width)
        return Fitted((stack(rows, self.width),), scale) if extent(rows) <= self.height else None

    def largest(self, factor: float) -> float:
        """The largest scale whose estimated extent times `factor` fits."""
        for scale in self.scales:
            if estimate(self.blocks, self.width, self.setting.scaled(scale)) * factor <= self.height:
                return scale
        return self.scales[-1]

    def two_columns(self, scales: Sequence[float], *, mixed: bool = False) -> Fitted | None:
        """What fits beside each other, where there is more than text only if none of it loses by it."""
        width = (self.width - GUTTER) / 2
        for scale in scales:
            if mixed and not all(is_narrow(block, width, self.setting.scaled(scale)) for block in self.blocks):
                continue
            if estimate(self.blocks, width, self.setting.scaled(scale)) > 2.15 * self.height:
                continue
            rows = self.rows(scale, width)
            parts = _balanced(rows, self.height)
            if parts is not None:
                return Fitted((_side_by_side(parts, width, self.setting),), scale)
        return None

    def continued(self) -> Fitted:
        """Pages at the smallest scale, or at the largest that takes no page more."""
        scale = SCALES[-1]
        pages = self.paged(scale)
        if len(pages) <= _MOST_TRIED:
            for larger in _PAGED_SCALES:
                found = self.paged(larger)
                if len(found) <= len(pages):
                    return Fitted(found, larger, overfull=True)
        return Fitted(pages, scale, overfull=True)

    def paged(self, scale: float) -> tuple[Piece, ...]:
        pages: list[Piece] = []
        gap = BLOCK_GAP * scale
        for blocks, narrow in self.segments(
            unfolded(self.blocks, self.width, self.height, self.setting.scaled(scale)), scale
        ):
            free = self.height - pages[-1].height - gap if pages else 0.0
            made: list[Piece] = []
            rows = self.column_rows(blocks, 2, scale) if narrow else []
            first = _first_columns(rows, free, 2) if free > _WORTH_FILLING * self.height else []
            parts = _evened(_after(rows, first), self.height, 2) if narrow else []
            if len(first) + len(parts) > 1:
                width = (self.width - GUTTER) / 2
                made = [_side_by_side(first, width, self.setting)] if first else []
                made += [_side_by_side(parts[i : i + 2], width, self.setting) for i in range(0, len(parts), 2)]
            else:
                rows = self.column_rows(blocks, 1, scale)
                first = _first_columns(rows, free, 1)
                parts = _evened(_after(rows, first), self.height, 1)
                made = [stack(part, self.width) for part in (*first, *parts)]
            for page in made:
                if pages and pages[-1].height + gap + page.height <= self.height:
                    pages[-1] = _below_each_other(pages[-1], page, gap)
                else:
                    pages.append(page)
        return tuple(pages)

    def column_rows(self, blocks: Sequence[Block], count: int, scale: float) -> list[Row]:
        """`blocks` as rows for columns of which `count` stand on a page."""
        width = (self.width - GUTTER * (count - 1)) / count
        setting = replace(self.setting.scaled(scale), picture_height=_PAGED_PICTURE * self.height)
        found = _headless(self.setting.compose(blocks, width, setting), self.height)
        return [_bounded(row, self.height) for row in found]

    def segments(self, blocks: list[Block], scale: float) -> list[tuple[list[Block], bool]]:
        """The blocks in order: long stretches of what reads well in a column (True), which get two, and the others."""
        setting = self.setting.scaled(scale)
        column = (self.width - GUTTER) / 2
        out: list[tuple[list[Block], bool]] = []
        for narrow, group in itertools.groupby(blocks, key=lambda b: is_narrow(b, column, setting)):
            found = list(group)
            if narrow and estimate(found, self.width, setting) > _LONG_TEXT * self.height:
                following: list[Block] = []
                while len(found) > 1 and (isinstance(found[-1], md.Heading) or announces(found[-1])):
                    following.insert(0, found.pop())
                out.append((found, True))
                found = following
            if found and out and not out[-1][1]:
                out[-1][0].extend(found)
            elif found:
                out.append((found, False))
        if len(out) == 2 and out[0][1] and is_text(out[1][0]):  # a last line that announces nothing
            return [(blocks, True)]
        return out if len(out) > 1 or not all(is_narrow(b, column, setting) for b in blocks) else [(blocks, True)]


def _evened(rows: Sequence[Row], height: float, in_page: int) -> list[list[Row]]:
    """`rows` in columns of about equal height on as few pages as they need, so that none is left nearly empty."""
    parts = columns(rows, height)
    if not parts:
        return []
    most = -(-len(parts) // in_page) * in_page
    if len(parts) == 1 or most > _MOST_EVENED:
        return parts
    low, high = max(height * 0.4, tallest_group(rows, height)), height
    while high - low > _EVEN_ENOUGH:
        middle = (low + high) / 2
        found = columns(rows, middle)
        if len(found) <= most and all(extent(part) <= height for part in found):
            parts, high = found, middle
        else:
            low = middle
    return parts


def _first_columns(rows: Sequence[Row], free: float, count: int) -> list[list[Row]]:
    """The first of `rows` in `count` columns that fill what is free at the end of a page; none where something would
    be taken apart for it.
    """
    if free <= 0.0:
        return []
    found = columns(rows, free)[:count]
    whole = all(extent(part) <= free and not part[-1].glued for part in found)
    return found if whole and len(found) == count else []


def _after(rows: Sequence[Row], first: Sequence[Sequence[Row]]) -> Sequence[Row]:
    """`rows` without those in the columns `first`."""
    if not first:
        return rows
    last = first[-1][-1]
    return rows[next(i for i, row in enumerate(rows, 1) if row is last) :]


def _below_each_other(upper: Piece, lower: Piece, gap: float) -> Piece:
    out = Piece(max(upper.width, lower.width), upper.height + gap + lower.height, baseline=upper.baseline)
    out.add(0.0, 0.0, upper)
    out.add(0.0, upper.height + gap, lower)
    return out


def _headless(rows: Sequence[Row], height: float) -> list[Row]:
    """`rows` where a head too high to stand on every page is a row like the others."""
    out: list[Row] = []
    known: dict[Panel, Panel] = {}
    for row in rows:
        panel = row.panel
        if panel is None or panel.head is None or panel.head.height <= _HIGHEST_HEAD * height:
            out.append(row)
            continue
        if panel not in known:
            known[panel] = replace(panel, head=None)
            out.append(Row(panel.head, x=panel.x + panel.pad_x, gap=row.gap, panel=known[panel]))
            row.gap = panel.head_gap
        out.append(replace(row, panel=known[panel]))
    return out


def _bounded(row: Row, height: float) -> Row:
    """`row`, made smaller where it alone is higher than a page."""
    room = height
    if row.panel is not None:
        head = row.panel.head.height + row.panel.head_gap if row.panel.head is not None else 0.0
        room -= row.panel.pad_top + row.panel.pad_bottom + head
    if row.piece.height <= room or room <= 0:
        return row
    return replace(row, piece=shrunk(row.piece, room / row.piece.height))


def _balanced(rows: Sequence[Row], height: float) -> list[list[Row]] | None:
    """`rows` in two columns of about equal height, or None when they do not fit."""
    total, tallest = extent(rows), tallest_group(rows, height)
    for step in range(11):
        target = max(total * (0.5 + 0.05 * step), tallest) + 1.0
        parts = columns(rows, min(target, height))
        if len(parts) <= 2 and all(extent(p) <= height for p in parts):
            return parts
        if target >= height:
            return None
    return None


def _side_by_side(parts: Sequence[Sequence[Row]], width: float, setting: Setting) -> Piece:
    pieces = [stack(part, width) for part in parts]
    height = max((p.height for p in pieces), default=0.0)
    out = Piece(2 * width + GUTTER, height)
    for i, piece in enumerate(pieces):
        out.add(i * (width + GUTTER), 0.0, piece)
    if len(pieces) > 1:
        line = Rect(width + GUTTER / 2 - 1.0, 0.0, 2.0, height)
        out.add(0.0, 0.0, BoxItem(bounds=line, fill=colour(setting.theme.colours.line)))
    return out
