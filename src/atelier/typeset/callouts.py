"""Callouts: a title in its colour and text on a tinted ground."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.markup.blocks import CalloutKind
from atelier.typeset.pieces import Panel, Piece, Row, stack
from atelier.typeset.setting import H, colour
from atelier.typeset.structure import Role, within
from atelier.typeset.text import TextStyle, set_inlines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.deck.looks import CalloutColours, Theme
    from atelier.markup.blocks import Block, Callout, Inline
    from atelier.typeset.setting import Setting

PAD_X = 3.4 * H
PAD_Y = 2.6 * H
_LARGEST = 1.3
"""A callout grows less than the text it belongs to."""


def callout_colours(theme: Theme, kind: CalloutKind) -> CalloutColours:
    look = theme.callouts
    return {CalloutKind.NOTE: look.note, CalloutKind.OK: look.ok, CalloutKind.WARN: look.warn}[kind]


def rows_of_callout(block: Callout, width: float, setting: Setting) -> list[Row]:
    return callout_rows(block.kind, block.title, block.blocks, width, setting)


def callout_rows(
    kind: CalloutKind, title: tuple[Inline, ...], blocks: Sequence[Block], width: float, setting: Setting
) -> list[Row]:
    """The rows of a callout, all on one panel; the title comes again where it goes on."""
    theme = setting.theme
    colours = callout_colours(theme, kind)
    look = theme.callouts
    scale = min(setting.scale, _LARGEST)
    inner_width = width - 2 * PAD_X
    ground = colour(colours.ground) if look.filled else None
    inner = replace(
        setting,
        scale=scale,
        body_size=theme.type.callout.size * H,
        hue=colour(colours.title),
        ground=ground or setting.ground,
        level=0,
    )
    head = _title(title, inner_width, colours, inner) if title else None
    rows = setting.compose(blocks, inner_width, inner)
    if not rows:
        if head is None:
            return []
        rows, head = [Row(head)], None
    panel = Panel(
        width=width,
        pad_x=PAD_X,
        pad_top=PAD_Y,
        pad_bottom=PAD_Y,
        fill=ground,
        stroke=None if look.filled else colour(theme.colours.line),
        stroke_width=look.line_width * H,
        radius=look.radius * H,
        head=head,
        head_gap=0.4 * H,
        step=setting.step,
        element=setting.inside,
    )
    return [on_panel(row, panel, PAD_X) for row in flattened(rows)]


def _title(title: tuple[Inline, ...], width: float, colours: CalloutColours, setting: Setting) -> Piece:
    kind = setting.theme.type.callout_title
    style = TextStyle(
        size=max(kind.size * H * min(setting.scale, 1.2), setting.minimum),
        line=kind.line,
        colour=colour(colours.title),
        weight=700,
        aside=True,
    )
    piece = set_inlines(title, width, style, setting).piece()
    piece.element = within(setting, Role.PARAGRAPH)
    return piece


def flattened(rows: list[Row]) -> list[Row]:
    """Rows without panels of their own: those that share one become one row, so that panels do not nest."""
    out: list[Row] = []
    i = 0
    while i < len(rows):
        row = rows[i]
        if row.panel is None:
            out.append(row)
            i += 1
            continue
        end = i
        while end < len(rows) and rows[end].panel is row.panel:
            end += 1
        group = rows[i:end]
        out.append(Row(stack(group, row.panel.x + row.panel.width), gap=row.gap, glued=group[-1].glued))
        i = end
    return out


def on_panel(row: Row, panel: Panel, indent: float) -> Row:
    return replace(row, x=row.x + indent, panel=panel)
