"""Search and jump: a panel over the stage that finds frames by title and text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from atelier.deck.search import Hit, Where
from atelier.foundation.translation import _, ngettext
from atelier.windows.controls import Field, cap, frame, label
from atelier.windows.keyboard import key_press
from atelier.windows.overlay import SHADOW, Overlay
from atelier.windows.style import font
from atelier.windows.tokens import DARK, RADIUS_CONTROL, TEXT_SMALL, Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from atelier.deck.types import Deck

WIDTH = 600
TOP = 96
_ROW = 56
_ROWS_SHOWN = 8
_HEADER = 56
_FOOTER = 44
_ROOM = 26
"""Pixels of height for what the audience still sees."""
_HIT = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class _Scene(Protocol):
    """What is asked of a scene; a deck with something to draw it."""

    @property
    def deck(self) -> Deck: ...


class _Hits(QAbstractListModel):
    """The hits of the last search."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: Sequence[Hit] = ()
        self.describe: Callable[[Hit], str] = lambda hit: hit.excerpt

    def replace(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self.hits[index.row()]
        if role == _HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.describe(hit)
        return None


class SearchPanel(Overlay):
    """Type, choose with Up and Down or the pointer, Enter goes there. Page keys and F keys go to the stage below.

    `room` says what the audience still sees, on a console; there Shift+Enter looks at a frame without showing it.
    """

    chosen = Signal(int)
    """The index of a frame."""
    chosen_alone = Signal(int)
    """The index of a frame that the speaker looks at alone."""
    chosen_next = Signal(int)
    """The index of a frame that comes next."""

    def __init__(
        self,
        parent: QWidget,
        search: Callable[[str], Sequence[Hit]],
        scene: _Scene,
        *,
        path: str = "",
        tokens: Tokens = DARK,
        room: str = "",
    ) -> None:
        super().__init__(parent, tokens)
        self._room = room
        self._search = search
        self._deck = scene.deck
        self._stops = _numbers(scene.deck, path)
        self._hits = _Hits(self)
        self._hits.describe = lambda hit: f"{self._deck.frames[hit.frame].title}, {hit.excerpt}"
        self._build()
        self.field.textChanged.connect(self._on_text_changed)
        self._on_text_changed("")

    def _build(self) -> None:
        self.field = Field(
            _("A title, a word of the text"),
            "bare",
            ("Up", "Down", "Enter", "Escape", "PageUp", "PageDown", "F1", "F5"),
        )
        self._count = label(kind="dim")
        header = QHBoxLayout()
        header.setContentsMargins(20, 10, 20, 10)
        header.setSpacing(12)
        header.addWidget(self.field, 1)
        header.addWidget(self._count)
        self.list = QListView()
        self.list.setModel(self._hits)
        self.list.setItemDelegate(_HitPainter(self.list, self._deck, self._stops, self.tokens))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(_("Frames found"))
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(self._on_clicked)
        self._nothing = label(kind="small", wrap=True)
        self._nothing.setContentsMargins(20, 14, 20, 14)
        self._body = QWidget()
        self._body.setObjectName("plain")
        body = QVBoxLayout(self._body)
        body.setContentsMargins(10, 8, 4, 8)
        body.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(frame("rule"))
        column.addWidget(self._body, 1)
        column.addWidget(self._nothing)
        column.addWidget(frame("rule"))
        column.addLayout(_footer(self._room))

    @property
    def hits(self) -> Sequence[Hit]:
        """What is listed."""
        return self._hits.hits

    @property
    def current(self) -> int:
        """The row Enter takes; -1 when nothing is listed."""
        return self.list.currentIndex().row()

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()

    def panel_rect(self, size: QRect) -> QRect:
        width = min(WIDTH, size.width() - 2 * 16)
        top = min(TOP, max(16, size.height() // 8))
        rows = min(max(1, len(self.hits)), _ROWS_SHOWN)
        height = _HEADER + rows * _ROW + 16 + _FOOTER + 2 + (_ROOM if self._room else 0)
        return QRect((size.width() - width) // 2, top, width, min(height, size.height() - top - 16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match key_press(event).name:
            case "Down":
                self._move(1)
            case "Up":
                self._move(-1)
            case "Enter":
                press = key_press(event)
                how = self.chosen
                if press.ctrl:
                    how = self.chosen_next
                elif press.shift and self._room:
                    how = self.chosen_alone
                self._choose(self.current, how)
            case "Escape":
                self.close_panel()
            case _:
                event.ignore()

    def _move(self, step: int) -> None:
        if count := len(self.hits):
            self.list.setCurrentIndex(self._hits.index((self.current + step) % count))

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row(), self.chosen)

    def _choose(self, row: int, how: SignalInstance) -> None:
        if 0 <= row < len(self.hits):
            how.emit(self.hits[row].frame)
            self.close_panel()

    def _on_text_changed(self, text: str) -> None:
        hits = self._search(text) if text.strip() else ()
        self._hits.replace(hits)
        if hits:
            self.list.setCurrentIndex(self._hits.index(0))
        self._body.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        self._nothing.setText(
            _("No frame says “{words}”.").format(words=text.strip())
            if text.strip()
            else _("Finds frames by their title and their text, with or without accents.")
        )
        frames = len({hit.frame for hit in hits})
        self._count.setText(ngettext("{n} frame", "{n} frames", frames).format(n=frames) if text.strip() else "")
        self.place()


def _footer(room: str) -> QVBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(16, 0, 16, 0)
    row.setSpacing(6)
    go, close = ((_("Enter"),), _("go there")), ((_("Esc"),), _("close"))
    next_ = ((_("Ctrl"), _("Enter")), _("make next"))
    rows = [(("↑", "↓"), _("choose")), go, next_, close]
    if room:
        rows = [go, ((_("Shift"), _("Enter")), _("look alone")), next_, close]
    for keys, words in rows:
        for key in keys:
            row.addWidget(cap(key))
        row.addWidget(label(words, "dim"))
        row.addSpacing(8)
    row.addStretch(1)
    holder = QVBoxLayout()
    holder.setContentsMargins(0, 10, 0, 10)
    if room:
        face = font(TEXT_SMALL, 600)
        sees = label(QFontMetricsF(face).elidedText(room, Qt.TextElideMode.ElideRight, WIDTH - 2 * 20), "who")
        sees.setToolTip(room)
        sees.setContentsMargins(20, 0, 20, 4)
        holder.addWidget(sees)
    holder.addLayout(row)
    return holder


def _numbers(deck: Deck, path: str) -> dict[int, int]:
    """Which stop of the path a frame is, counted from 1."""
    found = deck.path(path) or deck.paths[0]
    return {stop.frame: n for n, stop in reversed(tuple(enumerate(found.stops, 1)))}


class _HitPainter(QStyledItemDelegate):
    """A hit in two lines: where it is, and the words around the match with the match in bold."""

    def __init__(self, parent: QWidget, deck: Deck, stops: Mapping[int, int], tokens: Tokens) -> None:
        super().__init__(parent)
        self._deck = deck
        self._stops = stops
        self._tokens = tokens

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - all rows are alike
        return QSize(WIDTH // 2, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        hit = cast("Hit", index.data(_HIT))
        tokens = self._tokens
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selected))
            painter.drawRoundedRect(rect.adjusted(0, 1, -6, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        inside = rect.adjusted(12, 8, -18, -8)
        right = _draw(painter, inside, self._where(hit.frame), font(TEXT_SMALL), tokens.text3, right=True)
        width = inside.width() - right - 16
        above = QRectF(inside.x(), inside.y(), width, 20)
        below = QRectF(inside.x(), inside.y() + 21, width, 18)
        names = [self._deck.frames[i].title for i in self._deck.ancestors(hit.frame)]
        if hit.where is Where.TEXT:
            used = _draw(painter, above, self._deck.frames[hit.frame].title, font(14, 600), tokens.text)
            if names:
                _draw(painter, above.adjusted(used + 8, 0, 0, 0), names[0], font(TEXT_SMALL), tokens.text3)
            _draw_marked(painter, below, hit, font(TEXT_SMALL), colour=tokens.text2, found=tokens.accent)
        else:
            _draw_marked(painter, above, hit, font(14, 600), colour=tokens.text, found=tokens.accent)
            _draw(painter, below, " › ".join(reversed(names)), font(TEXT_SMALL), tokens.text3)
        painter.restore()

    def _where(self, index: int) -> str:
        stop = self._stops.get(index)
        return _("stop {n}").format(n=stop) if stop else _("off the path")


def _draw(painter: QPainter, rect: QRectF, text: str, drawn: QFont, colour: str, *, right: bool = False) -> float:
    """One line, cut with an ellipsis; returns the width it took, in pixels."""
    if rect.width() < 12:
        return 0.0
    metrics = QFontMetricsF(drawn)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(drawn)
    painter.setPen(QColor(colour))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


def _draw_marked(painter: QPainter, rect: QRectF, hit: Hit, drawn: QFont, *, colour: str, found: str) -> None:
    """One line of what was found, the matches in bold and in their own colour."""
    layout = QTextLayout(hit.excerpt, drawn)
    bold = QFont(drawn)
    bold.setWeight(QFont.Weight.Bold)
    marked = QTextCharFormat()
    marked.setFont(bold)
    marked.setForeground(QColor(found))
    pieces: list[QTextLayout.FormatRange] = []
    for start, end in hit.ranges:
        piece = QTextLayout.FormatRange()
        # Qt counts UTF-16 units, Python characters.
        piece.start = _units(hit.excerpt[:start])
        piece.length = _units(hit.excerpt[start:end])
        piece.format = marked
        pieces.append(piece)
    layout.setFormats(pieces)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1e6)
    layout.endLayout()
    painter.save()
    painter.setPen(QColor(colour))
    painter.setClipRect(rect)
    layout.draw(painter, QPointF(rect.x(), rect.y() + (rect.height() - line.height()) / 2))
    painter.restore()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
