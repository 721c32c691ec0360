"""Small controls in the house style: buttons, fields, key caps, a choice of a few."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from atelier.commands.keymap import in_use
from atelier.commands.keys import caps, chord_text
from atelier.commands.table import BY_ID
from atelier.foundation.translation import _
from atelier.windows.focus_rings import PaintedRing, StyledRing
from atelier.windows.keyboard import key_press

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from atelier.windows.icons import Icons

_COMMAND = "atelier-command"
"""The property that says which command a widget speaks of."""
ARROWS = ("Left", "Right", "Up", "Down")


def restyle(widget: QWidget, **properties: object) -> None:
    """Sets properties the style sheet selects by, and applies it again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str = "", kind: str = "body", *, wrap: bool = False) -> QLabel:
    """Plain text: nothing in it is ever read as HTML."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    return made


def figures(text: str = "", **properties: object) -> QLabel:
    """A time or number in figures of one width; `properties` are what the style sheet selects by."""
    made = label(text, "figures")
    restyle(made, **properties)
    face = QFont(made.font())
    face.setFeature(QFont.Tag("tnum"), 1)
    made.setFont(face)
    return made


def frame(kind: str) -> QFrame:
    made = QFrame()
    made.setProperty("kind", kind)
    return made


def cap(text: str) -> QLabel:
    """One key, drawn as a key."""
    made = label(text, "cap")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def key_caps(chord: str) -> QWidget:
    """The keys of a chord side by side."""
    made = QWidget()
    made.setObjectName("plain")
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for word in caps(chord):
        row.addWidget(cap(word))
    return made


def pressed_by_key(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Presses a button with Enter, and leaves the arrows to what is around it, with which Qt would move the focus to
    some other button; whether the key was one of these.
    """
    name = key_press(event).name
    if name == "Enter":
        button.click()
    elif name in ARROWS:
        event.ignore()
    return name == "Enter" or name in ARROWS


class Button(StyledRing, QPushButton):
    """A push button that shows its ring only to the keyboard; Enter presses it too."""

    def __init__(self, text: str, kind: str = "", *, tall: bool = False, dense: bool = False) -> None:
        super().__init__(text)
        self.setAccessibleName(text.removesuffix("…"))
        for name, value in (("kind", kind), ("tall", tall), ("dense", dense)):
            if value:
                self.setProperty(name, value)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def when_clicked(self, run: Callable[[], None]) -> Button:
        """Connects without the `checked` Qt adds."""
        self.clicked.connect(lambda: run())  # noqa: PLW0108 - a partial would be given `checked` too
        return self

    def for_command(self, id_: str) -> Button:
        """Takes tooltip and description from the command's row."""
        describe(self, id_)
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_key(self, event):
            super().keyPressEvent(event)


class PaintedButton(PaintedRing, QAbstractButton):
    """A button that paints itself: in the order of Tab, with a ring only for the keyboard; Enter presses it too."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_key(self, event):
            super().keyPressEvent(event)


def tooltip(id_: str) -> str:
    """The words of a command and its first key."""
    words = _(BY_ID[id_].title).removesuffix("…")
    key = in_use().first_key(id_)
    return f"{words} ({chord_text(key)})" if key else words


def describe(widget: QWidget, id_: str) -> None:
    """Tooltip with the key, and the key as accessible description, as they are now and after `describe_anew`."""
    widget.setProperty(_COMMAND, id_)
    widget.setToolTip(tooltip(id_))
    key = in_use().first_key(id_)
    widget.setAccessibleDescription(_("Key: {key}").format(key=chord_text(key)) if key else "")


class CommandCaps(QWidget):
    """The first key of a command, drawn as keys side by side; nothing where it has none."""

    def __init__(self, id_: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._id = id_
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self.refresh()

    def refresh(self) -> None:
        """Shows the key there is now."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for word in caps(in_use().first_key(self._id)):
            self._row.addWidget(cap(word))


def describe_anew() -> None:
    """Brings every widget that says a key up to the keys in use."""
    for widget in QApplication.allWidgets():
        described = widget.property(_COMMAND)
        if isinstance(described, str):
            describe(widget, described)
        elif isinstance(widget, CommandCaps):
            widget.refresh()


class Field(StyledRing, QLineEdit):
    """A line of text that leaves to its window the keys that write nothing: Ctrl chords of commands, F keys, arrows."""

    def __init__(self, placeholder: str, kind: str = "", passed: Sequence[str] = ()) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder.removesuffix("…"))
        if kind:
            self.setProperty("kind", kind)
        self._passed = frozenset(passed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        word = ("Ctrl+" if press.ctrl else "") + (press.name or press.character.upper())
        if word in self._passed:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Segments(QFrame):
    """A choice of a few words side by side; the arrow keys move it."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], value: str) -> None:
        """`choices` are pairs of value and text."""
        super().__init__()
        self.setProperty("kind", "segments")
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        for key, text in choices:
            button = Button(text, "segment")
            button.setCheckable(True)
            button.setAccessibleName(f"{name}, {text}")
            button.when_clicked(partial(self.chosen.emit, key))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button, 1)
        self.set_value(value)

    @property
    def value(self) -> str:
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_value(self, value: str) -> None:
        """Shows `value` as the one chosen; tells nobody."""
        self._buttons[value].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {"Left": -1, "Right": 1}.get(key_press(event).name, 0)
        keys = list(self._buttons)
        focused = next((i for i, key in enumerate(keys) if self._buttons[key].hasFocus()), -1)
        if step and 0 <= focused + step < len(keys) and focused >= 0:
            button = self._buttons[keys[focused + step]]
            button.setFocus(Qt.FocusReason.TabFocusReason)
            button.click()
        else:
            super().keyPressEvent(event)


class Elided(QLabel):
    """One line that ends in an ellipsis where there is no room for it, or nothing shorter to say."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._words = self._short = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(80)

    def set_words(self, words: str, short: str = "") -> None:
        """`short` says it where there is no room for `words`."""
        self._words, self._short = words, short or words
        self.setAccessibleName(words)
        self.setToolTip(f"<span>{escape(words)}</span>")
        self._fit()

    def _fit(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self._words) <= self.width()
        words = self._words if fits else self._short
        self.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class FolderButton(Button):
    """Shows a folder, as much of it as there is room for; a click is to choose another one."""

    def __init__(self, icons: Icons) -> None:
        super().__init__("", "path")
        self._folder = Path()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        icons.dress(self, "folder-open", "text2", 16)

    @property
    def folder(self) -> Path:
        return self._folder

    def set_folder(self, folder: Path) -> None:
        self._folder = folder
        self.setAccessibleName(_("Into the folder {folder}").format(folder=folder))
        other = _("Choose another folder")
        self.setToolTip(f"<span>{escape(str(folder))}<br>{escape(other)}</span>")
        self._fit()

    def _fit(self) -> None:
        home, folder = Path.home(), self._folder
        short = str(Path("~") / folder.relative_to(home)) if folder.is_relative_to(home) else str(folder)
        words = self.fontMetrics().elidedText(short, Qt.TextElideMode.ElideMiddle, self.width() - 52)
        self.setText(f" {words}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
