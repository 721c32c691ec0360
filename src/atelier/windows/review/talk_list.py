"""The talks given, newest first, and what can be done with the one that is chosen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
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

from atelier.commands.table import BY_ID
from atelier.foundation.translation import _, ngettext
from atelier.talk.wording import clock_words
from atelier.windows.controls import Button, frame, label
from atelier.windows.empty_state import EmptyState
from atelier.windows.keyboard import key_press
from atelier.windows.review.words import day_words, difference_words, hour_words
from atelier.windows.style import font
from atelier.windows.tokens import RADIUS_CONTROL, TEXT, TEXT_CHART, TEXT_SMALL, TOAST_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from atelier.talk.kept import KeptTalk
    from atelier.windows.icons import Icons
    from atelier.windows.style import Appearance
    from atelier.windows.tokens import Tokens

ROW: Final = 60
_CHIP: Final = 20
_LATE: Final = 30.0
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


def facts(talk: KeptTalk) -> str:
    """One line: when, how long, how much of it was shown."""
    parts = [f"{day_words(talk.started)}, {hour_words(talk.started)}"]
    given = clock_words(talk.elapsed)
    if talk.planned > 0:
        parts.append(_("{given} for {planned} planned").format(given=given, planned=clock_words(talk.planned)))
    else:
        parts.append(given)
    parts.append(ngettext("{n} frame shown", "{n} frames shown", talk.shown).format(n=talk.shown))
    return " · ".join(parts)


def chips(talk: KeptTalk) -> tuple[tuple[str, str], ...]:
    """What there is to know at a glance, each with the token of its colour."""
    out: list[tuple[str, str]] = []
    if talk.rehearsal:
        out.append((_("rehearsal"), "detour"))
    if not talk.ended:
        out.append((_("cut off"), "warn"))
    return tuple(out)


class _Talks(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.talks: tuple[KeptTalk, ...] = ()
        self.rename: Callable[[KeptTalk, str], None] = lambda _talk, _title: None

    def show(self, talks: Sequence[KeptTalk]) -> None:
        self.beginResetModel()
        self.talks = tuple(talks)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.talks)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        talk = self.talks[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return talk.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((talk.title, facts(talk), *(words for words, _tint in chips(talk))))
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        title = " ".join(str(value).split())
        talk = self.talks[index.row()]
        if role != Qt.ItemDataRole.EditRole or not title or title == talk.title:
            return False
        self.rename(talk, title)
        return True


class TalkList(QWidget):
    """Says what was asked for of the talk that is chosen; the library does it and shows the talks anew."""

    opened = Signal(object)
    """A `KeptTalk` to look back on."""
    written_up = Signal(object)
    replayed = Signal(object)
    renamed = Signal(object, str)
    exported = Signal(object)
    deleted = Signal(object)
    warned = Signal(str)
    """Words about what the next press does."""
    decks_asked = Signal()

    def __init__(self, appearance: Appearance, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._icons = icons
        self._deleting: tuple[KeptTalk, float] | None = None
        self._model = _Talks()
        self._model.rename = self.renamed.emit
        self.view = _View(self._model, lambda: appearance.tokens)
        self.view.opened.connect(self.open_current)
        self.empty = EmptyState(icons)
        self.empty.acted.connect(self.decks_asked)
        self.empty.say(
            "clock-clockwise",
            _("No talk was given yet"),
            _("A talk is kept from its first step on, on this machine alone."),
            _("To the presentations"),
        )
        self._buttons: list[Button] = []
        self._column = QVBoxLayout(self)
        self._column.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(label(_("Talks given"), "panel-title"))
        row.addStretch(1)
        for id_, words, act in (
            ("given.open", _("Look back"), self.open_current),
            ("given.replay", _("Replay"), self.replay_current),
            ("given.write-up", _("Write up"), self.write_up_current),
            ("given.rename", _("Rename"), self.rename_current),
            ("given.export", _("Export…"), self.export_current),
            ("given.delete", _("Delete"), self.delete_current),
        ):
            button = Button(words, "crumb").for_command(id_).when_clicked(act)
            icons.dress(button, BY_ID[id_].icon, "text2", 16)
            self._buttons.append(button)
            row.addWidget(button)
        self._column.addLayout(row)
        self._panel = frame("panel")
        inside = QVBoxLayout(self._panel)
        inside.setContentsMargins(8, 8, 4, 8)
        inside.addWidget(self.view)
        self._column.addWidget(self._panel, 1)
        self._column.addWidget(self.empty)
        self._column.addStretch(0)
        self.show_talks(())

    def set_margin(self, margin: int) -> None:
        """The space left and right, in pixels."""
        self._column.setContentsMargins(margin, 4, margin, 24)

    def show_talks(self, talks: Sequence[KeptTalk]) -> None:
        """Shows these; the one chosen stays so, or the one after it."""
        row = max(self.view.currentIndex().row(), 0)
        before = self.current
        self._model.show(talks)
        files = [talk.file for talk in talks]
        if before is not None and before.file in files:
            row = files.index(before.file)
        if talks:
            self.view.setCurrentIndex(self._model.index(min(row, len(talks) - 1)))
        self._panel.setVisible(bool(talks))
        self.empty.setVisible(not talks)
        for button in self._buttons:
            button.setVisible(bool(talks))

    @property
    def talks(self) -> tuple[KeptTalk, ...]:
        return self._model.talks

    @property
    def current(self) -> KeptTalk | None:
        index = self.view.currentIndex()
        return self._model.talks[index.row()] if index.isValid() else None

    @property
    def editing(self) -> bool:
        return self.view.editing

    def take_focus(self) -> None:
        target = self.view if self._model.talks else self.empty.button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ acts

    def open_current(self) -> None:
        if (talk := self.current) is not None:
            self.opened.emit(talk)

    def write_up_current(self) -> None:
        if (talk := self.current) is not None:
            self.written_up.emit(talk)

    def replay_current(self) -> None:
        if (talk := self.current) is not None:
            self.replayed.emit(talk)

    def rename_current(self) -> None:
        """Has the title written anew in its place."""
        if self.current is not None:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.edit(self.view.currentIndex())

    def export_current(self) -> None:
        if (talk := self.current) is not None:
            self.exported.emit(talk)

    def delete_current(self) -> None:
        """Deletes at the second press: nothing else keeps a talk."""
        talk, now = self.current, time.monotonic()
        if talk is None:
            return
        if self._deleting is not None and self._deleting[0] == talk and now - self._deleting[1] < TOAST_SECONDS:
            self._deleting = None
            self.deleted.emit(talk)
            return
        self._deleting = talk, now
        words = _("Nothing else keeps “{title}”. Once more deletes it for good.").format(title=talk.title)
        self.warned.emit(words)


class _View(QListView):
    opened = Signal()

    def __init__(self, model: _Talks, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Painter(model, tokens))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(_("Talks given"))

    @property
    def editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if key_press(event).name in ("Up", "Down", "Home", "End", "PageUp", "PageDown"):
            super().keyPressEvent(event)
        else:
            event.ignore()  # everything else is a key of the window


class _Painter(QStyledItemDelegate):
    def __init__(self, model: _Talks, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._model = model
        self._tokens = tokens

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - all alike
        return QSize(400, ROW)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: ARG002
        box = QRectF(option.rect).toRect()
        editor.setGeometry(box.adjusted(8, 10, -box.width() // 2, -10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        talk, tokens = self._model.talks[index.row()], self._tokens()
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selected if focused else tokens.hover))
            painter.drawRoundedRect(box.adjusted(0, 1, -4, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        inside = box.adjusted(14, 9, -16, -9)
        right = inside.right()
        if talk.planned > 0 and talk.elapsed > 0:
            late = talk.elapsed - talk.planned
            painter.setFont(font(TEXT, 600))
            painter.setPen(QColor(tokens.warn if late > _LATE else tokens.text2))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inside, side, difference_words(late))
            right -= 84
        title = font(TEXT, 600)
        painter.setFont(title)
        painter.setPen(QColor(tokens.text))
        room = right - inside.left() - 12
        metrics = QFontMetrics(title)
        words = metrics.elidedText(talk.title, Qt.TextElideMode.ElideRight, round(room - 160))
        painter.drawText(QRectF(inside.left(), inside.top(), room, 20), Qt.AlignmentFlag.AlignVCenter, words)
        left = inside.left() + metrics.horizontalAdvance(words) + 10
        for chip, tint in chips(talk):
            left = _paint_chip(painter, tokens, chip, tint, left, inside.top())
        painter.setFont(font(TEXT_SMALL))
        painter.setPen(QColor(tokens.text2))
        line = QRectF(inside.left(), inside.top() + 22, room, 20)
        elided = QFontMetrics(font(TEXT_SMALL)).elidedText(facts(talk), Qt.TextElideMode.ElideRight, round(room))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elided)
        painter.restore()


def _paint_chip(painter: QPainter, tokens: Tokens, words: str, tint: str, left: float, top: float) -> float:
    """Paints a few words on a soft ground; returns where the next ones may begin."""
    small = font(TEXT_CHART, 600)
    width = QFontMetrics(small).horizontalAdvance(words) + 16
    box = QRectF(left, top, width, _CHIP)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(tokens, f"{tint}_soft")))
    painter.drawRoundedRect(box, _CHIP / 2, _CHIP / 2)
    painter.setFont(small)
    painter.setPen(QColor(getattr(tokens, tint)))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    return left + width + 6
