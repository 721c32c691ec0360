"""Tables: a header over a rule in the hue, even rows tinted, numbers to the right in figures of one width."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.deck.contrast import ROW_TINT
from atelier.foundation.geometry import Rect
from atelier.markup.blocks import Align
from atelier.typeset import fonts
from atelier.typeset.display import BoxItem
from atelier.typeset.pieces import Panel, Piece, Row, kept_together
from atelier.typeset.setting import H, colour, faded
from atelier.typeset.structure import Element, Role, within
from atelier.typeset.text import TextStyle, set_inlines, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.blocks import Cell, Table
    from atelier.typeset.setting import Setting

_NUMBER = re.compile(r"[\s+\-−–<>≤≥~≈±]*\d[\d\s\u00a0\u202f.,'’:/×x]*(?:[\s\u00a0\u202f]*[%‰€$£°A-Za-zµ²³]{0,5})\.?\s*")
_STRETCH = 2.4
"""How far a table spreads beyond what its words need."""
_AFTER_NUMBERS = 2.8 * H
"""Room between figures set to the right and the words of the next column."""
_NEARLY_FULL = 0.75
"""A table this wide takes all of the width, to end with its neighbours."""
_WHOLE = 4
"""Rows that are not parted."""
_MEASURED_ROWS = 200
"""Rows looked at for the widths of the columns."""


def rows_of_table(block: Table, width: float, setting: Setting) -> list[Row]:
    """A row each; the header is repeated where the table goes on."""
    count = max([len(block.header), *(len(row) for row in block.rows[:_MEASURED_ROWS])], default=0)
    if not count:
        return []
    return _TableSetter(block, width, setting, count).rows()


def natural_width(block: Table, setting: Setting) -> float:
    """The least width at which no cell is broken."""
    endless = 1e6
    count = max([len(block.header), *(len(row) for row in block.rows[:_MEASURED_ROWS])], default=0)
    return _TableSetter(block, endless, setting, count).total / _STRETCH if count else 0.0


def squeezed(block: Table, width: float, setting: Setting) -> float:
    """The share of its longest words that `width` holds: 1 where no word has to be broken."""
    count = max([len(block.header), *(len(row) for row in block.rows[:_MEASURED_ROWS])], default=0)
    return _TableSetter(block, width, setting, count).squeezed if count else 1.0


class _TableSetter:
    def __init__(self, block: Table, width: float, setting: Setting, count: int) -> None:
        kinds = setting.theme.type
        self.block = block
        self.setting = setting
        self.count = count
        self.pad_x = 1.5 * H
        self.pad_y = 1.5 * H * min(max(setting.scale, 0.55), 1.6)
        size = setting.size(kinds.table)
        header_size = max(setting.size(kinds.table_header), setting.minimum)
        weight = setting.theme.fonts.body.label_weight
        self.cell_style = TextStyle(
            size=size, line=kinds.table.line, colour=setting.body, strong=setting.accent, tabular=True
        )
        self.head_style = TextStyle(
            size=header_size, line=kinds.table_header.line, colour=setting.ink, weight=weight, aside=True
        )
        self.aligns = [self._align(i) for i in range(count)]
        ends = [False, *(align is Align.END for align in self.aligns)]
        self.leads = [
            self.pad_x + (_AFTER_NUMBERS * min(setting.gap, 1.0) if after and align is Align.START else 0.0)
            for after, align in zip(ends, self.aligns, strict=False)
        ]
        self.squeezed = 1.0
        self.widths = self._widths(width)
        self.total = sum(self.widths)
        text = " ".join(words(c.inlines) for c in block.header) or (
            words(block.rows[0][0].inlines) if block.rows and block.rows[0] else ""
        )
        self.rtl = fonts.right_to_left(text, setting.lang)
        self.offset = width - self.total if self.rtl else 0.0
        shares = tuple(each / self.total for each in self.widths)
        self.element = replace(within(setting, Role.TABLE), columns=shares[::-1] if self.rtl else shares)

    def _align(self, column: int) -> Align:
        for row in (self.block.header, *self.block.rows[:1]):
            if column < len(row) and row[column].align is not Align.START:
                return row[column].align
        cells = [row[column] for row in self.block.rows[:_MEASURED_ROWS] if column < len(row)]
        texts = [t for cell in cells if (t := words(cell.inlines).strip())]
        numeric = bool(texts) and all(len(t) < 24 and _NUMBER.fullmatch(t) for t in texts)
        return Align.END if numeric else Align.START

    def _widths(self, width: float) -> list[float]:
        """What each column needs, spread or squeezed to the room there is."""
        natural = [0.0] * self.count
        least = [0.0] * self.count
        body = self.cell_style.font(self.setting, "")
        head = self.head_style.font(self.setting, "")
        samples: list[tuple[Sequence[Cell], object]] = [(self.block.header, head)]
        samples += [(row, body) for row in self.block.rows[:_MEASURED_ROWS]]
        for row, used in samples:
            measured = head if used is head else body
            for i, cell in enumerate(row[: self.count]):
                text = words(cell.inlines)
                natural[i] = max(natural[i], fonts.advance(measured, text[:200]) * 1.06 + 2)
                number = used is body and self.aligns[i] is Align.END and len(text) < 24
                longest = text if number else max(text.split(" "), key=len, default="")
                least[i] = max(least[i], fonts.advance(measured, longest[:40]) * 1.06 + 2)
        pads = [lead + self.pad_x for lead in self.leads]
        room = width - sum(pads)
        total = sum(natural)
        if total <= room:
            wanted = total * _STRETCH
            spread = (room if wanted > _NEARLY_FULL * room else wanted) - total
            return [n + spread * n / max(total, 1.0) + pad for n, pad in zip(natural, pads, strict=True)]
        if sum(least) >= room:
            scale = max(room, 10.0 * self.count) / sum(least)
            self.squeezed = scale
            return [max(w * scale, 4.0) + pad for w, pad in zip(least, pads, strict=True)]
        extra = room - sum(least)
        extras = [n - w for n, w in zip(natural, least, strict=True)]
        share = sum(extras)
        return [w + extra * more / share + pad for w, more, pad in zip(least, extras, pads, strict=True)]

    def rows(self) -> list[Row]:
        head = self._row(self.block.header, self.head_style, 0, header=True) if self.block.header else None
        panel = Panel(width=self.total, head=head, step=self.setting.step, pad_x=self.offset, element=self.element)
        out: list[Row] = []
        for number, cells in enumerate(self.block.rows):
            piece = self._row(cells, self.cell_style, number + 1, header=False)
            out.append(Row(piece, x=self.offset, panel=panel))
        out = kept_together(out, _WHOLE)
        if not out and head is not None:
            out = [Row(head, x=self.offset)]
        if self.block.caption and out:
            out[-1].glued = True
            kind = self.setting.theme.type.caption
            style = TextStyle(size=kind.size * H, line=kind.line, colour=self.setting.muted, aside=True)
            width = max(self.total, min(60 * H, self.total + self.offset))
            caption = set_inlines(self.block.caption, width, style, self.setting).piece()
            caption.element = within(self.setting, Role.CAPTION)
            out.append(Row(caption, x=0.0 if self.rtl else self.offset, gap=1.6 * H))
        return out

    def _row(self, cells: Sequence[Cell], style: TextStyle, number: int, *, header: bool) -> Piece:
        row = Element(Role.ROW, self.element)
        pieces: list[Piece] = []
        for i in range(self.count):
            if i >= len(cells):
                pieces.append(Piece(0.0, 0.0))
                continue
            align = self.aligns[i]
            inner = self.widths[i] - self.leads[i] - self.pad_x
            cell_style = style if align is Align.START else replace(style, align=align)
            element = Element(Role.HEAD if header else Role.CELL, row)
            setting = replace(self.setting, inside=element)
            piece = set_inlines(cells[i].inlines, inner, cell_style, setting).piece()
            piece.element = element
            pieces.append(piece)
        tall = max((p.height for p in pieces), default=0.0)
        tall = max(tall, style.size * style.line)
        pad_top, pad_bottom = (0.8 * self.pad_y, 0.95 * self.pad_y) if header else (self.pad_y, self.pad_y)
        height = tall + pad_top + pad_bottom
        rule = 0.4 * H if header else 0.2 * H
        setting = self.setting
        out = Piece(self.total, height + rule, baseline=pad_top + (pieces[0].baseline if pieces else 0.0))
        out.element = row
        tint = faded(setting.ink, ROW_TINT) if not header and number % 2 == 0 else None
        out.add(0.0, 0.0, BoxItem(bounds=Rect(0.0, 0.0, self.total, height), fill=tint))
        line = setting.hue if header else colour(setting.theme.colours.line)
        out.add(0.0, 0.0, BoxItem(bounds=Rect(0.0, height, self.total, rule), fill=line))
        x = self.total if self.rtl else 0.0
        first = pieces[0].baseline if pieces else 0.0
        for i, piece in enumerate(pieces):
            if self.rtl:
                x -= self.widths[i]
            drop = max(first - piece.baseline, 0.0) if header else 0.0
            out.add(x + (self.pad_x if self.rtl else self.leads[i]), pad_top + drop, piece)
            if not self.rtl:
                x += self.widths[i]
        return out
