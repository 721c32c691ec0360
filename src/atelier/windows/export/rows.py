"""The list of what can be made: each with its box, its icon, its name and a line; one of them is looked at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.windows.choices import BOX, CheckBox, paint_box
from atelier.windows.controls import label
from atelier.windows.export.offers import DRAFT
from atelier.windows.keyboard import key_press
from atelier.windows.style import font
from atelier.windows.tokens import RADIUS_CONTROL, RING, TEXT, TEXT_SMALL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from atelier.windows.export.offers import Offer
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens

ROW: Final = 48
_BOX_LEFT, _ICON_LEFT, _WORDS_LEFT, _ICON = 10, 46, 76, 18


class OfferRow(CheckBox):
    """A click on the box ticks it, elsewhere it looks at it; Space ticks it too."""

    looked_at = Signal()

    def __init__(self, offer: Offer, tokens: Callable[[], Tokens], icons: Icons) -> None:
        super().__init__(_(offer.name), tokens)
        self.offer = offer
        self._icons = icons
        self._current = False
        self.setAccessibleDescription(_(offer.line))
        self.setCheckable(not offer.missing)  # it can be looked at all the same
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def current(self) -> bool:
        return self._current

    def set_current(self, *, current: bool) -> None:
        """Marks it as looked at: it is the list's one stop for Tab."""
        self._current = current
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, ROW)

    def hitButton(self, pos: QPoint) -> bool:
        return QRect(0, 0, _ICON_LEFT - 6, ROW).contains(pos)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.looked_at.emit()
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.looked_at.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        tokens = self._tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self._current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selected if self._current else tokens.hover))
            painter.drawRoundedRect(whole, RADIUS_CONTROL, RADIUS_CONTROL)
        box = QRectF(_BOX_LEFT, (ROW - BOX) / 2, BOX, BOX)
        paint_box(painter, box, tokens, ticked=self.isChecked(), enabled=self.isEnabled() and self.isCheckable())
        tint = tokens.accent if self._current else tokens.text2
        icon = self._icons.pixmap(self.offer.icon, tint, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(_ICON_LEFT, (ROW - _ICON) // 2, icon)
        room = self.width() - _WORDS_LEFT - 8
        lines = (
            (_(self.offer.name), font(TEXT, 600), tokens.text2 if self.offer.missing else tokens.text, 6),
            (_(self.offer.line), font(TEXT_SMALL), tokens.text2, 24),
        )
        for words, drawn, colour, top in lines:
            painter.setFont(drawn)
            painter.setPen(QColor(colour))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(_WORDS_LEFT, top, room, 18), Qt.AlignmentFlag.AlignVCenter, shown)
        if self.ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), RING))
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        painter.end()


class OfferList(QWidget):
    """The rows, with a line between what is looked at and what is read; arrow keys go from one to the next."""

    looked_at = Signal(str)
    """The id of an offer."""
    ticked = Signal()

    def __init__(self, offers: Sequence[Offer], tokens: Callable[[], Tokens], icons: Icons) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAccessibleName(_("Formats"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.rows: list[OfferRow] = []
        for offer in offers:
            if offer.command == DRAFT and self.rows and self.rows[-1].offer.command != DRAFT:
                caption = label(_("To be read"), "caption")
                caption.setContentsMargins(_BOX_LEFT, 10, 0, 2)
                column.addWidget(caption)
            row = OfferRow(offer, tokens, icons)
            row.looked_at.connect(partial(self.look_at, offer.id))
            row.toggled.connect(self._on_toggled)
            self.rows.append(row)
            column.addWidget(row)
        column.addStretch(1)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of those that are ticked, in their order."""
        return tuple(row.offer.id for row in self.rows if row.isChecked())

    @property
    def current(self) -> OfferRow:
        return next(row for row in self.rows if row.current)

    def look_at(self, id_: str) -> None:
        """Shows one as the one looked at."""
        if any(row.current and row.offer.id == id_ for row in self.rows):
            return
        for row in self.rows:
            row.set_current(current=row.offer.id == id_)
        self.looked_at.emit(id_)

    def _on_toggled(self, *_checked: bool) -> None:
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {"Up": -1, "Down": 1}.get(key_press(event).name, 0)
        at = self.rows.index(self.current) + step
        if step and 0 <= at < len(self.rows):
            self.look_at(self.rows[at].offer.id)
            self.rows[at].setFocus(Qt.FocusReason.TabFocusReason)
        elif not step:
            super().keyPressEvent(event)
