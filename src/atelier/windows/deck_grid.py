"""Cards in rows that fill the width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from atelier.windows.deck_card import DeckCard

_ROW_GAP = 20


class DeckGrid(QWidget):
    """As many cards side by side as stay at least `least_width` wide; all of one width, the last row starts left."""

    def __init__(self, name: str, least_width: int, gap: int) -> None:
        super().__init__()
        self._least_width = least_width
        self._gap = gap
        self._cards: list[DeckCard] = []
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_density(self, least_width: int, gap: int) -> None:
        self._least_width = least_width
        self._gap = gap

    @property
    def cards(self) -> tuple[DeckCard, ...]:
        """All of them, in order."""
        return tuple(self._cards)

    @property
    def shown(self) -> tuple[DeckCard, ...]:
        """Those the search left."""
        return tuple(card for card in self._cards if not card.isHidden())

    @property
    def columns(self) -> int:
        return max(1, (self.width() + self._gap) // (self._least_width + self._gap))

    def set_cards(self, cards: Sequence[DeckCard]) -> None:
        """Takes over these cards; those that are not among them any more are deleted."""
        for card in self._cards:
            if card not in cards:
                card.hide()
                card.deleteLater()
        self._cards = list(cards)
        for card in self._cards:
            card.setParent(self)
            card.show()
        self.arrange()

    def arrange(self) -> None:
        """Lays the cards out again, after the width changed or some were hidden."""
        columns = self.columns
        width = (self.width() - self._gap * (columns - 1)) // columns
        height = 0
        for i, card in enumerate(self.shown):
            row, column = divmod(i, columns)
            tall = card.height_for(width)
            y = row * (tall + _ROW_GAP)
            card.setGeometry(column * (width + self._gap), y, width, tall)
            height = y + tall
        self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(4 * self._least_width, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least_width, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.arrange()
