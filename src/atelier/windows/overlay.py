"""A panel that lies over a window: shadow, rounded corners, no animation; a click outside or Escape closes it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import QWidget

from atelier.windows.style import palette, register_fonts, sheet
from atelier.windows.tokens import RADIUS_POPUP, Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

SHADOW = 48
"""Pixels around a panel that its shadow needs."""
_DROP = 12
_BLUR = SHADOW - _DROP
_VEIL = 96  # opacity out of 255


class Overlay(QWidget):
    """Base of the panels over a stage or the library.

    `panel_rect` of a subclass says where the panel lies in its parent; the widget itself is larger by `SHADOW` on every
    side, or covers the whole parent with a veil. Opening takes the focus and keeps Tab inside, closing gives it back.
    """

    closed = Signal()

    def __init__(self, parent: QWidget, tokens: Tokens, *, veiled: bool = False) -> None:
        super().__init__(parent)
        self._veiled = veiled
        self._inner = QRect()
        self.hide()
        self._host = parent
        self._tokens = tokens
        self._before: QWidget | None = None
        self.set_tokens(tokens)

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    def set_tokens(self, tokens: Tokens) -> None:
        """Dresses the panel; it may be dark over light windows."""
        self._tokens = tokens
        register_fonts()
        self.setPalette(palette(tokens))
        self.setStyleSheet(sheet(tokens))
        self.update()

    def panel_rect(self, size: QRect) -> QRect:
        """Where the panel lies in a parent with the inner rectangle `size`."""
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def open(self) -> None:
        if self.is_open:
            return
        self._before = self.window().focusWidget()
        self._host.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()
        self.take_focus()

    def take_focus(self) -> None:
        """Puts the focus where typing begins."""
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Hides the panel, gives the focus back and says so; nothing when it is closed already."""
        if not self.is_open:
            return
        self._host.removeEventFilter(self)
        self.hide()
        (self._before or self._host).setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()

    def place(self) -> None:
        """Lies down again, after the parent or the content changed size."""
        panel = self.panel_rect(self._host.rect())
        whole = self._host.rect() if self._veiled else panel.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW)
        self._inner = panel.translated(-whole.topLeft())
        self.setGeometry(whole)

    @property
    def inner(self) -> QRect:
        """The panel in the widget's own coordinates."""
        return self._inner

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, ARG002, FBT001 - Qt's signature
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and self.is_open:
            if event.type() is QEvent.Type.Resize:
                self.place()
            elif event.type() is QEvent.Type.MouseButtonPress:
                self.close_panel()
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        inner = self.inner
        if self._veiled:
            painter.fillRect(self.rect(), QColor(0, 0, 0, _VEIL))
        _draw_shadow(painter, inner, ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._tokens.line), 1))
        painter.setBrush(QColor(self._tokens.panel))
        painter.drawRoundedRect(QRectF(inner).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_POPUP, RADIUS_POPUP)
        painter.end()


def _draw_shadow(painter: QPainter, inner: QRect, ratio: float) -> None:
    """Nine parts of one small picture: an effect would render the panel twice."""
    patch = _shadow_patch(ratio)
    corner = _BLUR + RADIUS_POPUP
    outer = inner.adjusted(-_BLUR, -_BLUR, _BLUR, _BLUR).translated(0, _DROP)
    xs = (outer.left(), outer.left() + corner, outer.right() + 1 - corner, outer.right() + 1)
    ys = (outer.top(), outer.top() + corner, outer.bottom() + 1 - corner, outer.bottom() + 1)
    from_ = (0.0, corner * ratio, (corner + 1) * ratio, (2 * corner + 1) * ratio)
    for i in range(3):
        for j in range(3):
            if i == j == 1:
                continue
            target = QRectF(xs[i], ys[j], xs[i + 1] - xs[i], ys[j + 1] - ys[j])
            source = QRectF(from_[i], from_[j], from_[i + 1] - from_[i], from_[j + 1] - from_[j])
            painter.drawPixmap(target, patch, source)


def pass_focus(ring: Sequence[QWidget], *, forward: bool) -> bool:
    """Gives the focus to the next of those that can have it now, round and round, as Tab does; whether one could."""
    reached = [widget for widget in ring if widget.isEnabled() and widget.isVisible()]
    if not reached:
        return False
    now = reached[0].window().focusWidget()
    at = (reached.index(now) + (1 if forward else -1)) % len(reached) if now in reached else 0
    reached[at].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


@lru_cache(maxsize=4)
def _shadow_patch(ratio: float) -> QPixmap:
    """A soft rounded square on transparent ground, `2 · corner + 1` logical pixels wide."""
    side = 2 * (_BLUR + RADIUS_POPUP) + 1
    patch = QPixmap(round(side * ratio), round(side * ratio))
    patch.fill(Qt.GlobalColor.transparent)
    painter = QPainter(patch)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(_BLUR):
        # Thin layers laid over each other, thicker towards the panel, as the edge of a blur is.
        painter.setBrush(QColor(0, 0, 0, round(1 + 7 * (step / _BLUR) ** 2)))
        radius = _BLUR - step + RADIUS_POPUP
        painter.drawRoundedRect(QRectF(step, step, side - 2 * step, side - 2 * step), radius, radius)
    painter.end()
    return patch
