"""Phosphor icons through QtAwesome, coloured by token.

QtAwesome takes 150 ms to import, so nothing is loaded before `load`, which windows call after their first paint. Until
then a dressed widget holds an empty icon of the same size: nothing moves when the real one comes.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

import shiboken6
from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from atelier.windows.style import Appearance
    from atelier.windows.tokens import Tokens

_PHOSPHOR = ("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json")


class _IconFont(Protocol):
    def icon(self, *names: str, color: str, color_disabled: str) -> QIcon: ...


@dataclass(frozen=True, slots=True)
class _Wish:
    target: weakref.ref[QAbstractButton | QLabel | QAction]
    name: str
    token: str
    size: int


class Icons(QObject):
    """Gives widgets their icons and keeps the colours right when the scheme changes."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._appearance = appearance
        self._font: _IconFont | None = None
        self._wishes: list[_Wish] = []
        appearance.changed.connect(self._on_appearance_changed)

    @property
    def loaded(self) -> bool:
        return self._font is not None

    def load(self) -> None:
        """Loads the icon font (about 0.2 s) and fills in every icon wished for so far."""
        if self._font is None:
            from qtawesome.iconic_font import IconicFont

            self._font = cast("_IconFont", IconicFont(_PHOSPHOR))
            self._on_appearance_changed()

    def icon(self, name: str, colour: str, disabled: str | None = None) -> QIcon:
        """An icon in a colour "#RRGGBB"; empty before `load`."""
        if self._font is None:
            return QIcon()
        return self._font.icon(f"ph.{name}", color=colour, color_disabled=disabled or colour)

    def pixmap(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        """An icon as a picture of `size` logical pixels, `ratio` device pixels each; transparent before `load`."""
        if self._font is not None:
            return self.icon(name, colour).pixmap(QSize(size, size), ratio)
        empty = QPixmap(round(size * ratio), round(size * ratio))
        empty.setDevicePixelRatio(ratio)
        empty.fill(Qt.GlobalColor.transparent)
        return empty

    def dress(
        self, target: QAbstractButton | QLabel | QAction, name: str, colour: str = "text2", size: int = 16
    ) -> None:
        """Gives a button, label or menu row its icon, now and at every change of scheme; replaces an earlier wish.

        `colour` is the name of a token; `size` is in logical pixels.
        """
        self._wishes = [w for w in self._wishes if (t := w.target()) is not None and t is not target]
        if isinstance(target, QAbstractButton) and target.text() and not target.text().startswith(" "):
            target.setText(f" {target.text()}")  # style sheets have no space between icon and text
        wish = _Wish(weakref.ref(target), name, colour, size)
        self._wishes.append(wish)
        self._fill(wish, self._appearance.tokens)

    def _on_appearance_changed(self) -> None:
        tokens = self._appearance.tokens
        self._wishes = [w for w in self._wishes if (t := w.target()) is not None and shiboken6.isValid(t)]
        for wish in self._wishes:
            self._fill(wish, tokens)

    def _fill(self, wish: _Wish, tokens: Tokens) -> None:
        target = wish.target()
        if target is None:
            return
        colour = cast("str", getattr(tokens, wish.token))
        if isinstance(target, QLabel):
            target.setPixmap(self.pixmap(wish.name, colour, wish.size, target.devicePixelRatioF()))
            return
        if isinstance(target, QAbstractButton):
            target.setIconSize(QSize(wish.size, wish.size))
        if self.loaded:
            target.setIcon(self.icon(wish.name, colour, tokens.text3))
        else:
            target.setIcon(QIcon(self.pixmap(wish.name, colour, wish.size, 1.0)))
