"""Code on a panel: token colours, line numbers, lines highlighted step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextCharFormat, QTextLayout, QTextOption

from atelier.foundation.geometry import Rect
from atelier.typeset import fonts
from atelier.typeset.display import BoxItem, TextItem
from atelier.typeset.pieces import Panel, Piece, Row, kept_together
from atelier.typeset.setting import H, colour
from atelier.typeset.structure import Role, within
from atelier.typeset.text import TextStyle, set_text, utf16

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from atelier.markup.blocks import CodeBlock, CodeToken
    from atelier.typeset.setting import Setting

PAD_X = 3.8 * H
PAD_Y = 3.0 * H
_LARGEST = 1.45
_WHOLE = 12
"""Lines that are not parted."""
_LONGEST_PART = 6
"""Lines of the column that stay together of a line of code that takes more than `_WHOLE`."""
_TAB = 4
_HANGING = 2
"""Signs by which a line that had to be broken goes on further in."""


def rows_of_code(block: CodeBlock, width: float, setting: Setting) -> list[Row]:
    """A row a line; a long line makes the code smaller, or is broken where the theme's minimum would not hold it."""
    return _Listing(block, width, setting).rows()


def unbroken_listing(block: CodeBlock, width: float, setting: Setting) -> bool:
    """Whether every line stays whole in that width, at the theme's minimum or above."""
    return not _Listing(block, width, setting).broken


class _Listing:
    def __init__(self, block: CodeBlock, width: float, setting: Setting) -> None:
        look = setting.theme.code
        kind = setting.theme.type.code
        self.block = block
        self.width = width
        self.setting = setting
        self.lines = [_expanded(line) for line in block.lines]
        longest = max((sum(len(t.text) for t in line) for line in self.lines), default=1)
        if block.numbered:
            longest += len(str(len(self.lines))) + 2
        room = width - 2 * PAD_X
        unit = self._font(100.0, "")
        sign = fonts.advance(unit, "m") / 100.0
        largest = kind.size * H * min(setting.scale, _LARGEST)
        fitting = float(int(room / max(longest * sign, 1.0)))  # fonts come in whole units
        self.broken = fitting < setting.minimum
        if self.broken:  # smaller does not help then
            fitting = kind.size * H * min(setting.scale, 1.0)
        self.size = max(min(largest, fitting), setting.minimum)
        self.pitch = self.size * kind.line
        self.sign = sign * self.size
        self.gutter = (len(str(len(self.lines))) + 2) * self.sign if block.numbered else 0.0
        self.look = look

    def _font(self, size: float, text: str, *, italic: bool = False, bold: bool = False) -> QFont:
        style = TextStyle(size=size, line=1.0, colour=self.setting.body, family="code")
        return style.font(self.setting, text, italic=italic, bold=bold)

    def rows(self) -> list[Row]:
        head = self._head()
        panel = Panel(
            width=self.width,
            pad_x=PAD_X,
            pad_top=PAD_Y * 0.8,
            pad_bottom=PAD_Y * 0.8,
            fill=colour(self.look.ground),
            radius=self.look.radius * H,
            head=head,
            head_gap=0.8 * H,
            step=self.setting.step,
            element=self.setting.inside,
        )
        lines = self.lines or [()]
        pieces = [piece for number, line in enumerate(lines, 1) for piece in self._line(number, line)]
        return kept_together([Row(piece, panel=panel) for piece in pieces], _WHOLE)

    def _head(self) -> Piece | None:
        if not self.block.title:
            return None
        kind = self.setting.theme.type.caption
        style = TextStyle(
            size=kind.size * H, line=kind.line, colour=colour(self.look.comment), family="code", aside=True
        )
        plain = replace(self.setting, lang="en")
        piece = set_text(self.block.title, self.width - 2 * PAD_X, style, plain).piece(0, 1)
        piece.element = within(self.setting, Role.CAPTION)
        return piece

    def _line(self, number: int, tokens: tuple[CodeToken, ...]) -> list[Piece]:
        """A line of code; one that takes very many lines of the column may be parted between them."""
        base = self._font(self.size, "")
        layout = QTextLayout("".join(t.text for t in tokens), base)
        option = QTextOption()
        option.setUseDesignMetrics(True)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats(tokens))
        metrics = fonts.metrics(base)
        offset = (self.pitch - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
        room = self.width - 2 * PAD_X - self.gutter
        y = 0.0
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            indent = self.sign * _HANGING if y else 0.0
            line.setLineWidth(max(room - indent, self.sign))
            line.setPosition(QPointF(indent, y + offset - line.ascent()))
            y += self.pitch
        layout.endLayout()
        count = layout.lineCount()
        each = _LONGEST_PART if count > _WHOLE else max(count, 1)
        pieces: list[Piece] = []
        for first in range(0, max(count, 1), each):
            last = min(first + each, count)
            height = max(last - first, 1) * self.pitch
            piece = Piece(self.width, height, baseline=offset)
            self._highlight(piece, number)
            if self.gutter and not first:
                piece.add(PAD_X, 0.0, self._number(number))
            bounds = Rect(-self.pitch, -self.pitch, room + 2 * self.pitch, height + 2 * self.pitch)
            lines = (first, last) if each < count else (0, 0)
            top = first * self.pitch
            item = TextItem(bounds=bounds, layout=layout, y=-top, first=lines[0], last=lines[1])
            piece.add(PAD_X + self.gutter, 0.0, item)
            pieces.append(piece)
        return pieces

    def _number(self, number: int) -> Piece:
        style = TextStyle(
            size=self.size,
            line=self.pitch / self.size,
            colour=colour(self.look.comment, 0.75),
            family="code",
            aside=True,
        )
        digits = str(number).rjust(len(str(len(self.lines))), "\u2007")
        piece = set_text(digits, self.gutter, style, replace(self.setting, lang="en")).piece()
        piece.element = within(self.setting, Role.MARK)
        return piece

    def _formats(self, tokens: tuple[CodeToken, ...]) -> list[QTextLayout.FormatRange]:
        out: list[QTextLayout.FormatRange] = []
        position = 0
        for token in tokens:
            length = utf16(token.text)
            if token.text.strip():
                char_format = QTextCharFormat()
                char_format.setForeground(colour(self.look.token(token.kind)))
                char_format.setFont(self._font(self.size, token.text, italic=token.kind == "comment"))
                span = QTextLayout.FormatRange()
                span.start, span.length, span.format = position, length, char_format
                out.append(span)
            position += length
        return out

    def _highlight(self, piece: Piece, number: int) -> None:
        """The grounds of the states this line is highlighted in."""
        states = self.block.states
        for k, state in enumerate(states):
            if number not in state:
                continue
            step = self.setting.step if k == 0 else self.block.first_advance + k - 1
            until = self.block.first_advance + k if k + 1 < len(states) else 0
            ground = Piece(self.width, piece.height, step=step, until=until)
            whole = Rect(0.0, 0.0, self.width, piece.height)
            bar = Rect(0.0, 0.0, self.look.highlight_bar * H, piece.height)
            light = colour(self.look.highlight, self.look.highlight_opacity)
            ground.add(0.0, 0.0, BoxItem(bounds=whole, fill=light))
            ground.add(0.0, 0.0, BoxItem(bounds=bar, fill=colour(self.look.highlight)))
            piece.add(0.0, 0.0, ground)


def _expanded(line: tuple[CodeToken, ...]) -> tuple[CodeToken, ...]:
    if not any("\t" in t.text for t in line):
        return line
    return tuple(replace(t, text=t.text.expandtabs(_TAB)) for t in line)
