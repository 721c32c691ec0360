"""The library's decks: the recent ones and the bundled ones, filtered, chosen with keys or the pointer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.windows.controls import ARROWS, label
from atelier.windows.deck_card import DeckCard
from atelier.windows.deck_grid import DeckGrid
from atelier.windows.deck_summary import DeckSummary, matches, provisional
from atelier.windows.empty_state import EmptyState
from atelier.windows.keyboard import key_press

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage, QKeyEvent

    from atelier.windows.icons import Icons
    from atelier.windows.style import Appearance

_FEW = 4  # bundled decks up to this number are shown as large as the recent ones
_LARGE, _LARGE_GAP = 244, 26
_SMALL, _SMALL_GAP = 160, 20


class Shelves(QScrollArea):
    """One card is the current one, if any is shown: Enter presents it, arrow keys start from it."""

    presented = Signal()
    """Present the current deck."""
    exported = Signal()
    """Export the current deck."""
    menu_asked = Signal(QPoint)
    """A menu for the current deck, at a point of the screen."""
    picture_needed = Signal(object)
    """The `Path` of a deck whose card came into view."""
    cleared = Signal()
    """The search should be cleared."""
    opened = Signal()
    """A file should be opened."""

    def __init__(self, appearance: Appearance, icons: Icons) -> None:
        super().__init__()
        self._appearance = appearance
        self._icons = icons
        self._query = ""
        self._current: DeckCard | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._recent_title = label(_("Recent"), "panel-title")
        self.recent_grid = DeckGrid(_("Recent"), _LARGE, _LARGE_GAP)
        self.bundled_grid = DeckGrid(_("Supplied with Atelier"), _SMALL, _SMALL_GAP)
        self.empty = EmptyState(icons)
        self.empty.acted.connect(self._on_empty_acted)
        self._build()

    def _build(self) -> None:
        body = QWidget()
        body.setObjectName("plain")
        self._column = QVBoxLayout(body)
        self._column.setSpacing(0)
        self._column.addWidget(self._recent_title)
        self._column.addSpacing(12)
        self._column.addWidget(self.recent_grid)
        self._column.addWidget(self.empty)
        self._bundled_part = QWidget()
        self._bundled_part.setObjectName("plain")
        bundled = QVBoxLayout(self._bundled_part)
        bundled.setContentsMargins(0, 28, 0, 0)
        bundled.setSpacing(12)
        titles = QHBoxLayout()
        titles.setSpacing(8)
        titles.addWidget(label(self.bundled_grid.accessibleName(), "panel-title"))
        titles.addWidget(label(_("to copy, never changed in place"), "dim"), 0, Qt.AlignmentFlag.AlignBottom)
        titles.addStretch(1)
        bundled.addLayout(titles)
        bundled.addWidget(self.bundled_grid)
        self._column.addWidget(self._bundled_part)
        self._column.addStretch(1)
        self.setWidget(body)

    def set_margin(self, margin: int) -> None:
        """The space left and right of the cards, in pixels."""
        self._column.setContentsMargins(margin, 4, margin, 24)

    # Decks

    @property
    def recent(self) -> tuple[Path, ...]:
        return tuple(card.summary.path for card in self.recent_grid.cards)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every deck, the recent ones first, each once."""
        return tuple(dict.fromkeys(card.summary.path for card in self.recent_grid.cards + self.bundled_grid.cards))

    def set_recent(self, paths: Sequence[Path]) -> None:
        self._fill(self.recent_grid, paths)

    def set_bundled(self, paths: Sequence[Path]) -> None:
        few = len(paths) <= _FEW
        self.bundled_grid.set_density(_LARGE if few else _SMALL, _LARGE_GAP if few else _SMALL_GAP)
        self._fill(self.bundled_grid, paths)

    def _fill(self, grid: DeckGrid, paths: Sequence[Path]) -> None:
        kept = {card.summary.path: card for card in grid.cards if card.summary.path in paths}
        if self._current in grid.cards and self._current not in kept.values():
            self._current = None
        grid.set_cards([kept.get(path) or self._make_card(path) for path in paths])
        self.filter(self._query)

    def _make_card(self, path: Path) -> DeckCard:
        card = DeckCard(provisional(path), self._appearance, self._icons)
        card.presented.connect(partial(self._present, card))
        card.exported.connect(partial(self._export, card))
        card.chosen.connect(partial(self.set_current, card))
        card.menu_asked.connect(self.menu_asked)
        card.picture_needed.connect(partial(self.picture_needed.emit, path))
        return card

    def _cards_of(self, path: Path) -> list[DeckCard]:
        return [c for c in self.recent_grid.cards + self.bundled_grid.cards if c.summary.path == path]

    def show_summary(self, summary: DeckSummary) -> None:
        for card in self._cards_of(summary.path):
            card.set_summary(summary)
        if self._query:
            self.filter(self._query)

    def show_picture(self, path: Path, picture: QImage) -> None:
        for card in self._cards_of(path):
            card.set_picture(picture)

    # Choosing

    @property
    def current(self) -> DeckSummary | None:
        return self._current.summary if self._current else None

    @property
    def current_is_recent(self) -> bool:
        return self._current is not None and self._current in self.recent_grid.cards

    def set_current(self, card: DeckCard | None) -> None:
        if card is self._current:
            return
        if self._current is not None:
            self._current.set_current(False)
        self._current = card
        if card is not None:
            card.set_current(True)
            self.ensureWidgetVisible(card, 0, 24)

    def focus_current(self) -> None:
        if self._current is not None:
            self._current.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self, path: Path) -> None:
        """Takes a deck out of the recent ones and makes its neighbour the current one."""
        shown = self.recent_grid.shown
        at = next((i for i, card in enumerate(shown) if card.summary.path == path), None)
        beside = () if at is None else shown[at + 1 : at + 2] or shown[max(0, at - 1) : at]
        self.set_recent([p for p in self.recent if p != path])
        if beside:
            self.set_current(beside[0])
        self.focus_current()

    def go(self, key: str) -> bool:
        """Goes to the card in the direction of an arrow key; False when there is none."""
        shown, card = self._shown(), self._current
        if card is None or card not in shown:
            return False
        if key in ("Left", "Right"):
            target = shown.index(card) + (1 if key == "Right" else -1)
            found = shown[target] if 0 <= target < len(shown) else None
        else:
            found = _nearest(shown, card, down=key == "Down")
        if found is not None:
            self.set_current(found)
            found.setFocus(Qt.FocusReason.TabFocusReason)
        return found is not None

    def _shown(self) -> tuple[DeckCard, ...]:
        return self.recent_grid.shown + self.bundled_grid.shown

    def _present(self, card: DeckCard) -> None:
        self.set_current(card)
        self.presented.emit()

    def _export(self, card: DeckCard) -> None:
        self.set_current(card)
        self.exported.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if key_press(event).name in ARROWS:
            event.ignore()  # they choose a card; a scroll area would scroll
        else:
            super().keyPressEvent(event)

    # Searching

    def filter(self, query: str) -> None:
        """Shows the decks that hold every word of `query`, and says so when there is none."""
        self._query = query.strip()
        for grid in (self.recent_grid, self.bundled_grid):
            for card in grid.cards:
                card.setVisible(matches(card.summary, self._query))
            grid.arrange()
        recent, bundled = bool(self.recent_grid.shown), bool(self.bundled_grid.shown)
        self._recent_title.setVisible(recent or not self._query)
        self.recent_grid.setVisible(recent)
        self._bundled_part.setVisible(bundled)
        self._show_empty(nothing_found=not recent and not bundled, nothing_recent=not recent)
        shown = self._shown()
        if self._current not in shown:
            self.set_current(shown[0] if shown else None)

    def _show_empty(self, *, nothing_found: bool, nothing_recent: bool) -> None:
        self.empty.setVisible(nothing_found if self._query else nothing_recent)
        if self._query:
            self.empty.say(
                "magnifying-glass",
                _("Nothing here says “{words}”").format(words=self._query),
                _("The search reads titles, texts and notes of the presentations on this page."),
                _("Clear the search"),
            )
        else:
            self.empty.say(
                "frame-corners",
                _("No presentation opened yet"),
                _("A text in Markdown is enough: each heading becomes a frame. A file can also be dropped here."),
                _("Open a file…"),
            )

    def _on_empty_acted(self) -> None:
        (self.cleared if self._query else self.opened).emit()


def _nearest(shown: Sequence[DeckCard], card: DeckCard, *, down: bool) -> DeckCard | None:
    """The card in the next row whose middle is closest; the rows of both grids follow each other."""

    def top(of: DeckCard) -> int:
        return of.mapToGlobal(QPoint(0, 0)).y()

    def middle(of: DeckCard) -> int:
        return of.mapToGlobal(of.rect().center()).x()

    further = [c for c in shown if (top(c) > top(card) if down else top(c) < top(card))]
    if not further:
        return None
    row = min(map(top, further)) if down else max(map(top, further))
    return min((c for c in further if top(c) == row), key=lambda c: abs(middle(c) - middle(card)))
