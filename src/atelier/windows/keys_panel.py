"""The settings of the keys: every command with its keys, found by name or key, given others, put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
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

from atelier.commands.keymap import Keymap, KeyTakenError, in_use, keymap, use
from atelier.commands.keys import chord_text, command_for
from atelier.commands.table import COMMANDS, Command
from atelier.deck.search import fold
from atelier.foundation.translation import _, ngettext
from atelier.windows.caps import chord_width, paint_chord
from atelier.windows.controls import Button, Field, describe_anew, frame, label
from atelier.windows.key_detail import KeyDetail, title_of
from atelier.windows.keyboard import key_press
from atelier.windows.overlay import Overlay, pass_focus
from atelier.windows.style import font
from atelier.windows.tokens import RADIUS_CONTROL, TEXT, TEXT_SMALL, Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent

WIDTH: Final = 920
HEIGHT: Final = 620
_EDGE: Final = 16
_ROW: Final = 46
_PASSED: Final = ("Up", "Down", "Enter", "Escape", "PageUp", "PageDown", "F1", "F5", "Ctrl+,")
_COMMAND = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


def found(query: str, keys: Keymap) -> tuple[Command, ...]:
    """The commands whose words or keys say all of `query`, in the order of the table."""
    words = fold(query).split()

    def says(command: Command) -> bool:
        spoken = " ".join((title_of(command), _(command.section), *map(chord_text, keys.keys[command.id])))
        return all(word in fold(spoken) for word in words)

    return tuple(filter(says, COMMANDS))


class _Commands(QAbstractListModel):
    """The commands listed, with the keys they have now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.commands: Sequence[Command] = ()

    def replace(self, commands: Sequence[Command]) -> None:
        self.beginResetModel()
        self.commands = commands
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.commands)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        command = self.commands[index.row()]
        if role == _COMMAND:
            return command
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            keys = ", ".join(map(chord_text, in_use().keys[command.id])) or _("no key")
            changed = ", " + _("changed") if command.id in in_use().chosen else ""
            return f"{title_of(command)}, {keys}{changed}"
        return None


class KeysPanel(Overlay):
    """Search, choose with Up and Down, Enter records one more key. What is chosen counts at once, in every window.

    Page keys and F5 go to the talk below, unless a key is being recorded.
    """

    remapped = Signal(object)
    """The `Keymap` in use from now on."""

    def __init__(self, parent: QWidget, tokens: Tokens) -> None:
        super().__init__(parent, tokens, veiled=True)
        self.setAccessibleName(_("Change keys"))
        self._instead_of = ""
        self._model = _Commands(self)
        self._build()
        self.field.textChanged.connect(self._on_text_changed)
        self._on_text_changed("")

    # ------------------------------------------------------------------ layout

    def _build(self) -> None:
        self.field = Field(_("A command, a key"), "bare", _PASSED)
        self._count = label(kind="dim")
        self.close_button = Button(_("Close"), "ghost").when_clicked(self.close_panel)
        header = QHBoxLayout()
        header.setContentsMargins(20, 8, 12, 8)
        header.setSpacing(12)
        for part, share in ((self.field, 1), (self._count, 0), (self.close_button, 0)):
            header.addWidget(part, share)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_RowPainter(self.list, self.tokens))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Commands"))
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.doubleClicked.connect(self._on_double_clicked)
        self._detail = KeyDetail(self)
        self._nothing = label(kind="small", wrap=True)
        self._nothing.setContentsMargins(20, 14, 20, 14)
        left = QVBoxLayout()
        left.setContentsMargins(10, 8, 4, 8)
        left.addWidget(self.list, 1)
        left.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignTop)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(left, 1)
        body.addWidget(_upright())
        body.addWidget(self._detail)
        self.reset_all_button = Button(_("Reset all keys"), "ghost", dense=True).when_clicked(self._reset_all)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 12, 8)
        foot.addWidget(label(_("Page Up, Page Down, B, ., F5 and Esc are sent by page turners and stay."), "dim"), 1)
        foot.addWidget(self.reset_all_button)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(header)
        self._column.addWidget(frame("rule"))
        self._column.addLayout(body, 1)
        self._column.addWidget(frame("rule"))
        self._column.addLayout(foot)

    def panel_rect(self, size: QRect) -> QRect:
        width, height = min(WIDTH, size.width() - 2 * _EDGE), min(HEIGHT, size.height() - 2 * _EDGE)
        return QRect((size.width() - width) // 2, (size.height() - height) // 2, width, height)

    def place(self) -> None:
        super().place()
        inner, whole = self.inner, self.rect()
        self._column.setContentsMargins(
            inner.left(), inner.top(), whole.right() - inner.right(), whole.bottom() - inner.bottom()
        )

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()

    def set_tokens(self, tokens: Tokens) -> None:
        super().set_tokens(tokens)
        if isinstance(painter := getattr(self, "list", None), QListView):
            painter.setItemDelegate(_RowPainter(painter, tokens))

    # ------------------------------------------------------------------ choosing a command

    @property
    def listed(self) -> Sequence[Command]:
        """The commands shown."""
        return self._model.commands

    @property
    def current(self) -> Command | None:
        """The command the keys of which are shown."""
        row = self.list.currentIndex().row()
        return self.listed[row] if 0 <= row < len(self.listed) else None

    def choose(self, id_: str) -> None:
        """Shows the keys of a command that is listed."""
        row = next(i for i, command in enumerate(self.listed) if command.id == id_)
        self.list.setCurrentIndex(self._model.index(row))

    def _on_text_changed(self, text: str) -> None:
        before = self.current
        listed = found(text, in_use())
        self._model.replace(listed)
        self.list.setVisible(bool(listed))
        self._nothing.setVisible(not listed)
        self._nothing.setText(_("No command is called “{words}”, and no key.").format(words=text.strip()))
        self._count.setText(ngettext("{n} command", "{n} commands", len(listed)).format(n=len(listed)))
        if listed:
            self.choose((before if before is not None and before in listed else listed[0]).id)
        self._refresh()

    def _on_current_changed(self, *_indexes: object) -> None:
        self._detail.show_command(self.current)

    def _on_double_clicked(self, _index: object) -> None:
        self.record("")

    def _move(self, step: int) -> None:
        if count := len(self.listed):
            self.list.setCurrentIndex(self._model.index((self.list.currentIndex().row() + step) % count))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ changing keys

    @property
    def recording(self) -> bool:
        """Whether the next key is taken down."""
        return self._detail.recorder.on

    def record(self, instead_of: str) -> None:
        """Takes the next key down for the current command, in the place of one of its keys or as one more."""
        if self.current is not None:
            self._instead_of = instead_of
            self._detail.show_recorder(self.current)

    def record_key(self, chord: str) -> None:
        """What the recorder took down; empty when it was stopped."""
        command, instead_of = self.current, self._instead_of
        self._detail.recorder.stop()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._detail.show_command(command)
        if command is not None and chord:
            self.change(lambda: in_use().with_key(command.id, chord, instead_of))

    def remove_key(self, chord: str) -> None:
        if (command := self.current) is not None:
            self.change(lambda: in_use().without_key(command.id, chord))

    def reset_keys(self) -> None:
        """Gives the current command the keys back that it had in the beginning."""
        if (command := self.current) is not None:
            self.change(lambda: in_use().reset(command.id))

    def _reset_all(self) -> None:
        self.change(lambda: keymap({}))

    def change(self, made: Callable[[], Keymap]) -> None:
        """Has the keys mean what `made` gives, from now on and everywhere; says why where that cannot be."""
        try:
            keys = made()
        except KeyTakenError as refusal:
            self._detail.show_refusal(refusal)
            return
        use(keys)
        describe_anew()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that was pressed may be gone
        self._refresh()
        self.remapped.emit(keys)

    def _refresh(self) -> None:
        self.list.viewport().update()
        self._detail.show_command(self.current)
        self.reset_all_button.setEnabled(bool(in_use().chosen))

    # ------------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        if press.name in {"Up", "Down"} and not (press.ctrl or press.alt or press.shift):
            self._move(1 if press.name == "Down" else -1)
        elif press.name == "Enter":
            self.record("")
        elif press.name == "Escape" or command_for(press, ()) == "window.settings":
            self.close_panel()
        else:
            event.ignore()

    def close_panel(self) -> None:
        self._detail.recorder.stop()
        super().close_panel()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if not self.inner.contains(event.position().toPoint()):
            self.close_panel()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        ring = [self.field, *self._detail.buttons(), self.reset_all_button, self.close_button]
        return pass_focus(ring, forward=next)


def _upright() -> QWidget:
    made = frame("rule")
    made.setStyleSheet("QFrame { min-height: 0; max-height: 16777215px; min-width: 1px; max-width: 1px; }")
    return made


class _RowPainter(QStyledItemDelegate):
    """A command with its section under it and its keys at the right; a dot before what was changed."""

    def __init__(self, parent: QWidget, tokens: Tokens) -> None:
        super().__init__(parent)
        self._tokens = tokens

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - all rows are alike
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        command = cast("Command", index.data(_COMMAND))
        tokens, keys = self._tokens, in_use()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selected))
            painter.drawRoundedRect(rect.adjusted(0, 1, -6, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        inside = rect.adjusted(18, 5, -16, -5)
        if command.id in keys.chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent))
            painter.drawEllipse(QRectF(rect.x() + 7, inside.y() + 7, 6, 6))
        right = inside.right()
        for chord in reversed(keys.keys[command.id]):
            width = chord_width(chord)
            if right - width < inside.x() + inside.width() * 0.45:
                break
            paint_chord(painter, chord, right - width, rect.center().y(), tokens)
            right -= width + 6
        room = right - inside.x() - 8
        for text, drawn, colour, y in (
            (title_of(command), font(TEXT), tokens.text, inside.y()),
            (_(command.section), font(TEXT_SMALL), tokens.text3, inside.y() + 18),
        ):
            painter.setFont(drawn)
            painter.setPen(QColor(colour))
            shown = QFontMetricsF(drawn).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(inside.x(), y, room, 18), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
