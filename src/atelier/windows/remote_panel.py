"""The remote as the speaker sees it: on and off, address and code for telephones, the PIN, who is connected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from atelier.commands.keys import command_for
from atelier.commands.table import STAGE
from atelier.foundation.translation import _
from atelier.server.addresses import LOOPBACK
from atelier.windows.controls import Button, CommandCaps, figures, frame, label
from atelier.windows.keyboard import key_press
from atelier.windows.link_card import CodeView, address_words
from atelier.windows.overlay import SHADOW, Overlay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from atelier.server.addresses import Address
    from atelier.server.remotes import Known
    from atelier.windows.tokens import Tokens

WIDTH: Final = 620
CODE: Final = 208
"""Pixels: read at arm's length by any telephone."""
ROW: Final = 44
"""The height of one telephone in the list; more than `ROWS` of them scroll."""
ROWS: Final = 4
_MARGIN: Final = 16


class Status(StrEnum):
    OFF = "off"
    STARTING = "starting"
    ON = "on"


@dataclass(frozen=True, slots=True)
class RemoteView:
    """How the remote stands. `url` is what telephones open; `shut` says that this PIN lets nobody in any more."""

    status: Status = Status.OFF
    url: str = ""
    pin: str = ""
    remotes: tuple[Known, ...] = ()
    shut: bool = False
    problem: str = ""


def name_of(known: Known) -> str:
    """What a telephone is called: what it is, and its number."""
    kind = known.kind or _("Telephone")
    return f"{kind} {known.id}"


class RemotePanel(Overlay):
    """Lies over the console; the remote goes on when it closes. Page keys go to the talk below."""

    start_wanted = Signal(str)
    """The address to listen on."""
    stop_wanted = Signal()
    pin_wanted = Signal()
    advance_wanted = Signal(int)
    """The number of the telephone that may advance from now on; 0 for none."""
    removed = Signal(int)

    def __init__(self, parent: QWidget, view: RemoteView, addresses: Sequence[Address], tokens: Tokens) -> None:
        super().__init__(parent, tokens)
        self.setAccessibleName(_("Remote"))
        self._addresses = tuple(addresses)
        self._chosen = self._addresses[0].text
        self._view = view
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SHADOW + 24, SHADOW + 18, SHADOW + 24, SHADOW + 18)
        self._body: QWidget | None = None
        self._ring: list[Button] = []
        self._roll: QScrollArea | None = None
        self._build()

    @property
    def buttons(self) -> dict[str, Button]:
        """The buttons there are now by their accessible names."""
        return {button.accessibleName(): button for button in self._ring}

    def show_view(self, view: RemoteView) -> None:
        """Shows how the remote stands now; the focus stays on the same words where they are still there."""
        if view == self._view:
            return
        focused = next((button.accessibleName() for button in self._ring if button.hasFocus()), "")
        inside = self.isAncestorOf(self.window().focusWidget() or self)
        self._view = view
        self._build()
        if self.is_open:
            self.place()
            again = self.buttons.get(focused)
            if again is not None:
                again.setFocus(Qt.FocusReason.TabFocusReason)
            elif inside:
                self.setFocus(Qt.FocusReason.PopupFocusReason)

    # ------------------------------------------------------------------ content

    def _build(self) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        self._body.setObjectName("plain")
        self._ring = []
        self._roll = None
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(label(_("Remote on a telephone"), "window-title"), 1)
        if self._view.status is Status.ON:
            state = label(_("on"), "figures")
            state.setProperty("tint", "ok")
            head.addWidget(state)
        column.addLayout(head)
        if self._view.status is Status.ON:
            self._build_on(column)
        else:
            self._build_off(column)
        self._column.addWidget(self._body)

    def _build_off(self, column: QVBoxLayout) -> None:
        if self._view.problem:
            column.addWidget(label(self._view.problem, "problem", wrap=True))
        words = _(
            "A telephone on the same network gets the steps, your notes, the time, the laser and the black screen. "
            "Whoever opens the address needs the PIN."
        )
        column.addWidget(label(words, "body", wrap=True))
        choice = QVBoxLayout()
        choice.setSpacing(2)
        choice.addWidget(label(_("On this network:"), "caption"))
        column.addLayout(choice)
        for address in self._addresses:
            button = self._button(_address_words(address), "nav")
            button.setCheckable(True)
            button.setChecked(address.text == self._chosen)
            button.when_clicked(lambda text=address.text: self._choose(text))
            choice.addWidget(button)
        starting = self._view.status is Status.STARTING
        start = self._button(_("Starting") if starting else _("Start"), "primary")
        start.setEnabled(not starting)
        start.when_clicked(lambda: self.start_wanted.emit(self._chosen))
        column.addLayout(self._foot(start))

    def _build_on(self, column: QVBoxLayout) -> None:
        view = self._view
        row = QHBoxLayout()
        row.setSpacing(24)
        code = CodeView(CODE)
        code.address = view.url
        code.setAccessibleName(view.url)
        row.addWidget(code, 0, Qt.AlignmentFlag.AlignTop)
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(label(_("Scan the code, or open"), "caption"))
        address = label(address_words(view.url), "panel-title", wrap=True)
        address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        side.addWidget(address)
        side.addSpacing(14)
        side.addWidget(label(_("PIN"), "caption"))
        pin = figures(f"{view.pin[:3]}\N{NO-BREAK SPACE}{view.pin[3:]}", figures="34", strength="600")
        pin.setAccessibleName(_("PIN: {pin}").format(pin=" ".join(view.pin)))
        side.addWidget(pin)
        other = self._button(_("Another PIN"), "", dense=True)
        other.when_clicked(self.pin_wanted.emit)
        side.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        if view.shut:
            side.addWidget(label(_("Too many wrong PINs: nobody new gets in with this one."), "problem", wrap=True))
        side.addStretch()
        row.addLayout(side, 1)
        column.addLayout(row)
        column.addWidget(frame("rule"))
        self._build_roll(column)
        stop = self._button(_("Stop the remote"))
        stop.when_clicked(self.stop_wanted.emit)
        column.addLayout(self._foot(stop))

    def _build_roll(self, column: QVBoxLayout) -> None:
        if not self._view.remotes:
            column.addWidget(label(_("Nobody is connected. The first telephone may advance, others read."), "small"))
            return
        roll = QWidget()
        roll.setObjectName("plain")
        rows = QVBoxLayout(roll)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self._roll = QScrollArea()
        self._roll.setWidgetResizable(True)
        self._roll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._roll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._roll.setFixedHeight(ROW * min(len(self._view.remotes), ROWS))
        self._roll.setWidget(roll)
        column.addWidget(self._roll)
        for known in self._view.remotes:
            name = name_of(known)
            line = QWidget()
            line.setObjectName("plain")
            line.setFixedHeight(ROW)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addStretch()
            words.addWidget(label(name, "strong"))
            words.addWidget(label(self._what_it_does(known), "small"))
            words.addStretch()
            row.addLayout(words, 1)
            if known.advances:
                act = self._button(_("Let it read only"), dense=True)
                act.when_clicked(lambda: self.advance_wanted.emit(0))
            else:
                act = self._button(_("Let it advance"), "answer" if known.asks else "", dense=True)
                act.when_clicked(lambda id_=known.id: self.advance_wanted.emit(id_))
            act.setAccessibleName(f"{act.text()}: {name}")
            row.addWidget(act)
            away = self._button(_("Remove"), "ghost", dense=True)
            away.when_clicked(lambda id_=known.id: self.removed.emit(id_))
            away.setAccessibleName(f"{away.text()}: {name}")
            row.addWidget(away)
            rows.addWidget(line)

    def _what_it_does(self, known: Known) -> str:
        role = _("advances") if known.advances else _("asks to advance") if known.asks else _("reads")
        return ", ".join((role, known.address, *(() if known.here else (_("not connected now"),))))

    def _foot(self, act: Button) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(8)
        row.addWidget(act)
        row.addStretch()
        close = self._button(_("Close"), "ghost")
        close.for_command("stage.close").when_clicked(self.close_panel)
        row.addWidget(close)
        row.addWidget(CommandCaps("stage.close"))
        return row

    def _button(self, words: str, kind: str = "", *, dense: bool = False) -> Button:
        made = Button(words, kind, dense=dense)
        made.setToolTip(words)
        self._ring.append(made)
        return made

    def _choose(self, address: str) -> None:
        self._chosen = address
        for button, each in zip(self._ring, self._addresses, strict=False):
            button.setChecked(each.text == address)

    # ------------------------------------------------------------------ Overlay

    def take_focus(self) -> None:
        """Start is what Enter does while it is off; once it is on, every key is the talk's until Tab."""
        start = next((button for button in self._ring if button.property("kind") == "primary"), None)
        (start or self).setFocus(Qt.FocusReason.PopupFocusReason)

    def panel_rect(self, size: QRect) -> QRect:
        width = min(WIDTH, size.width() - 2 * _MARGIN)
        inner = width - 48
        self._column.invalidate()
        body = self._body
        content = max(body.heightForWidth(inner), body.minimumSizeHint().height()) if body is not None else 0
        height = min(content + 36, size.height() - 2 * _MARGIN)
        return QRect((size.width() - width) // 2, max((size.height() - height) // 3, _MARGIN), width, height)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        reached = [button for button in self._ring if button.isEnabled()]
        if not reached:
            return True
        now = next_index([button.hasFocus() for button in reached], forward=next)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        reached[now].setFocus(reason)
        if self._roll is not None and self._roll.isAncestorOf(reached[now]):
            self._roll.ensureWidgetVisible(reached[now])
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        if press.name == "Escape" or command_for(press, (STAGE,)) == "window.remote":
            self.close_panel()
        elif self.focusWidget() is not self and press.name in ("Up", "Down"):
            self.focusNextPrevChild(press.name == "Down")
        else:
            event.ignore()


def next_index(focused: Sequence[bool], *, forward: bool) -> int:
    """Which of several is next to the one that has the focus; the first or the last where none has."""
    if True not in focused:
        return 0 if forward else len(focused) - 1
    return (focused.index(True) + (1 if forward else -1)) % len(focused)


def _address_words(address: Address) -> str:
    if address.text == LOOPBACK:
        return _("{address}, this computer alone").format(address=address.text)
    return f"{address.text}, {address.name}" if address.name else address.text
