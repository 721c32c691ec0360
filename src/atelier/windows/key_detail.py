"""The keys of one command, with what can be done to each of them: the right half of the settings of the keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from atelier.commands.keymap import KeyTakenError, in_use, stays
from atelier.commands.keys import chord_of, chord_text
from atelier.foundation.translation import _
from atelier.windows.controls import Button, frame, key_caps, label
from atelier.windows.keyboard import key_press
from atelier.windows.tokens import DENSE_HEIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from atelier.commands.table import Command
    from atelier.windows.keys_panel import KeysPanel

WIDTH: Final = 320


def title_of(command: Command) -> str:
    """What a command is called in a list, where those of one title are told apart."""
    title = _(command.title).removesuffix("…")
    number = command.id.rpartition(".")[2]
    return _("{title}: {n}").format(title=title, n=number) if number.isdigit() else title


class Recorder(Button):
    """Takes down the next key, whatever it is; Escape and leaving it stop."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Press the new key"), "primary", tall=True)
        self.setAccessibleDescription(_("Esc leaves it as it is."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._on = False

    @property
    def on(self) -> bool:
        """Whether the next key is taken down."""
        return self._on

    def start(self) -> None:
        self._on = True
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        self._on = False  # before hiding it moves the focus
        self.hide()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress:  # before Qt moves the focus with Tab
            self.keyPressEvent(cast("QKeyEvent", event))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        press = key_press(event)
        if press.name == "Escape":
            self.taken.emit("")
        elif not event.isAutoRepeat() and (chord := chord_of(press)):
            self.taken.emit(chord)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._on:
            self.taken.emit("")


class KeyDetail(QWidget):
    """The keys of one command, each with what can be done to it."""

    def __init__(self, panel: KeysPanel) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setFixedWidth(WIDTH)
        self._panel = panel
        self._title = label(kind="panel-title", wrap=True)
        self._section = label(kind="dim")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._row_buttons: list[Button] = []
        self.recorder = Recorder()
        self.recorder.taken.connect(panel.record_key)
        self.recorder.hide()
        self._stop = label(_("Esc leaves it as it is."), "dim")
        self._refused = label(kind="small", wrap=True)
        self._refusal = frame("warn")
        inside = QVBoxLayout(self._refusal)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.addWidget(self._refused)
        self.add_button = Button(_("Add a key")).when_clicked(lambda: panel.record(""))
        self.reset_button = Button(_("Reset"), "ghost").when_clicked(panel.reset_keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._section)
        column.addLayout(self._rows)
        column.addWidget(self.recorder)
        column.addWidget(self._stop)
        column.addWidget(self._refusal)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self.add_button)
        last.addWidget(self.reset_button)
        last.addStretch(1)
        column.addLayout(last)
        column.addStretch(1)

    def buttons(self) -> list[QWidget]:
        """What Tab goes through."""
        return [*self._row_buttons, self.add_button, self.reset_button]

    def show_command(self, command: Command | None) -> None:
        self._set_recording(on=False)
        self._refusal.hide()
        self._clear_rows()
        for part in (self._title, self._section, self.add_button, self.reset_button):
            part.setVisible(command is not None)
        if command is None:
            return
        self._title.setText(title_of(command))
        self._section.setText(_(command.section))
        for chord in in_use().keys[command.id]:
            self._add_row(command.id, chord)
        if not in_use().keys[command.id]:
            self._rows.addWidget(label(_("No key. A button or a menu still does it."), "small", wrap=True))
        default = ", ".join(map(chord_text, command.keys))
        self.reset_button.setVisible(command.id in in_use().chosen)
        self.reset_button.setToolTip(_("Back to {keys}").format(keys=default))
        self.reset_button.setAccessibleDescription(self.reset_button.toolTip())

    def show_recorder(self, command: Command) -> None:
        self._refusal.hide()
        self.recorder.setAccessibleName(_("Press the new key for “{command}”").format(command=title_of(command)))
        self._set_recording(on=True)

    def show_refusal(self, refusal: KeyTakenError) -> None:
        self._refused.setText(f"{refusal.message} {refusal.hint}")
        self._refusal.setAccessibleName(self._refused.text())
        self._refusal.show()

    def _set_recording(self, *, on: bool) -> None:
        self._stop.setVisible(on)
        self.add_button.setVisible(not on)
        if on:
            self.reset_button.hide()
            self.recorder.start()
        else:
            self.recorder.stop()

    def _clear_rows(self) -> None:
        self._row_buttons = []
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _add_row(self, id_: str, chord: str) -> None:
        row = QWidget()
        row.setObjectName("plain")
        row.setMinimumHeight(DENSE_HEIGHT)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(key_caps(chord))
        line.addStretch(1)
        if stays(id_, chord):
            line.addWidget(label(_("sent by page turners"), "dim"))
        else:
            for words, spoken, act in (
                (_("Change"), _("Change {key}"), self._panel.record),
                (_("Remove"), _("Remove {key}"), self._panel.remove_key),
            ):
                button = Button(words, "ghost", dense=True).when_clicked(partial(act, chord))
                button.setAccessibleName(spoken.format(key=chord_text(chord)))
                self._row_buttons.append(button)
                line.addWidget(button)
        self._rows.addWidget(row)
