"""Messages in a window, never in a dialog: a bar that stays until dealt with, a toast that goes by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.windows.controls import Button, label, restyle
from atelier.windows.style import register_fonts, sheet
from atelier.windows.tokens import DARK, FAMILY, LIGHT, RADIUS_PANEL, TEXT, TOAST_SECONDS, Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.foundation.errors import AtelierError
    from atelier.windows.icons import Icons

Kind = Literal["info", "warn", "error"]
_ICONS: dict[Kind, tuple[str, str]] = {
    "info": ("info", "accent"),
    "warn": ("warning", "warn"),
    "error": ("x-circle", "error"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done about it: a verb and the act."""

    text: str
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened, what to do, where: each its own line, the last two may be empty."""

    message: str
    hint: str = ""
    where: str = ""
    kind: Kind = "warn"
    actions: tuple[Action, ...] = ()

    @staticmethod
    def of(error: AtelierError, *actions: Action) -> Notice:
        where = str(error.location) if error.location else ""
        return Notice(error.message, error.hint, where, "error", actions)


def announce(widget: QWidget, words: str) -> None:
    """Tells a screen reader, without moving the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class NoticeBar(QFrame):
    """Shows one notice at a time, the newest first; each stays until an action is taken or it is closed.

    Over a stage it floats at the top, in colours of its own; in a window with `icons` it belongs into a layout.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget, *, icons: Icons | None = None, tokens: Tokens = DARK) -> None:
        super().__init__(parent)
        self._host = parent
        self._icons = icons
        self._tokens = tokens
        self._waiting: list[Notice] = []
        self._icon = label()
        self._icon.setVisible(icons is not None)
        self._message = label(kind="strong", wrap=True)
        self._hint = label(kind="small", wrap=True)
        self._where = label(kind="dim", wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        for line in (self._message, self._hint, self._where):
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addLayout(self._buttons)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """The one on show."""
        return self._waiting[-1] if self._waiting else None

    def tell(self, notice: Notice) -> None:
        """Shows a notice; the same one told again is not shown twice."""
        self._waiting = [n for n in self._waiting if (n.message, n.where) != (notice.message, notice.where)]
        self._waiting.append(notice)
        self._show_newest()
        announce(self, " ".join(part for part in (notice.message, notice.hint) if part))

    def show_error(self, error: AtelierError, *actions: Action) -> None:
        """Shows what went wrong, where, and what to do."""
        self.tell(Notice.of(error, *actions))

    def dismiss(self) -> None:
        """Takes the notice on show away; the one before it comes back, if there is one."""
        if self._waiting:
            self._waiting.pop()
            self._show_newest()
            self.dismissed.emit()

    def clear(self) -> None:
        self._waiting.clear()
        self._show_newest()

    def _show_newest(self) -> None:
        notice = self.notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        if self._floats and not self.styleSheet():
            register_fonts()
            self.setStyleSheet(sheet(self._tokens))
        restyle(self, kind=notice.kind)
        if self._icons is not None:
            self._icons.dress(self._icon, *_ICONS[notice.kind], 18)
        self.setAccessibleName(notice.message)
        for line, words in ((self._message, notice.message), (self._hint, notice.hint), (self._where, notice.where)):
            line.setText(words)
            line.setVisible(bool(words))
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for action in notice.actions:
            self._add_button(action.text, partial(self._take, action.run))
        self._add_button(_("Close"), self.dismiss, kind="ghost")
        if self._floats:
            self._place()

    @property
    def _floats(self) -> bool:
        return self._icons is None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._floats:
            self._host.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._host.removeEventFilter(self)

    def _place(self) -> None:
        """Floats at the top of its parent, as wide as reads well."""
        width = min(760, self._host.width() - 2 * 24)
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None else 0
        self.setGeometry((self._host.width() - width) // 2, 24, width, max(height, self.minimumSizeHint().height()))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _take(self, run: Callable[[], None]) -> None:
        self.dismiss()
        run()

    def _add_button(self, text: str, run: Callable[[], None], kind: str = "") -> None:
        button = Button(text, kind, dense=True)
        button.when_clicked(run)
        self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        button.show()


class Toast(QWidget):
    """A few words at the foot of a window for four seconds, with what can be done next."""

    def __init__(self, parent: QWidget, tokens: Tokens = LIGHT) -> None:
        super().__init__(parent)
        self._host = parent
        self._tokens = tokens
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 10, 10, 10)
        self._row.setSpacing(8)
        self._row.addWidget(self._words)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(TOAST_SECONDS * 1000))
        self._timer.timeout.connect(self.hide)
        self.hide()

    def set_tokens(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self.update()

    def say(self, words: str, actions: Sequence[Action] = ()) -> None:
        """Shows a text for four seconds, instead of the one before."""
        while self._row.count() > 1:
            item = self._row.takeAt(1)
            if item is not None and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        register_fonts()
        self._words.setText(words)
        self._words.setStyleSheet(f"color: {self._tokens.tip_text}; font-family: {FAMILY}; font-size: {TEXT}px;")
        for action in actions:
            button = Button(action.text, dense=True)
            button.when_clicked(partial(self._take, action.run))
            self._row.addWidget(button)
            button.show()
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        announce(self, words)

    def _take(self, run: Callable[[], None]) -> None:
        self.hide()
        run()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._host.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._host.removeEventFilter(self)

    def _place(self) -> None:
        self.adjustSize()
        host = self._host.rect()
        self.move((host.width() - self.width()) // 2, host.height() - self.height() - 24)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always the whole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._tokens.tip))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_PANEL, RADIUS_PANEL)
        painter.end()
