"""The library: recent decks and the bundled ones, found, opened, presented."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QMenu, QScrollArea, QVBoxLayout, QWidget

from atelier.commands.dispatch import Dispatcher
from atelier.commands.keys import chord_text, command_for
from atelier.commands.table import BY_ID, LIBRARY
from atelier.foundation.errors import AtelierError, InputError, Location
from atelier.foundation.resources import RESOURCES
from atelier.foundation.translation import _
from atelier.windows.controls import Button, Field, Segments, describe, frame, key_caps, label
from atelier.windows.deck_card import DeckCard
from atelier.windows.deck_grid import DeckGrid
from atelier.windows.deck_summary import DeckSummary, SummaryReader, deck_file, matches, provisional, summarise
from atelier.windows.empty_state import EmptyState
from atelier.windows.key_sheet import KeySheet
from atelier.windows.keyboard import key_press
from atelier.windows.notice import Action, Notice, NoticeBar, Toast
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage, QKeyEvent, QResizeEvent, QShowEvent

    from atelier.windows.icons import Icons
    from atelier.windows.style import Appearance

ICON = RESOURCES / "icons" / "atelier.svg"
SUFFIXES = (".md", ".markdown", ".mdown", ".txt")
THUMBNAIL = QSize(480, 270)  # logical pixels: sharp on the widest card
_SIDE_WIDTH = 232
_MARGIN = 32
_NARROW_MARGIN = 24
_FIELD_KEYS = ("Ctrl+K", "Ctrl+F", "Ctrl+O", "Ctrl+Q", "Escape", "Enter", "Down", "F1", "F5")


class Thumbnails(Protocol):
    """Draws pictures of canvases, in its own time."""

    @property
    def ready(self) -> SignalInstance:
        """Emits `(path: Path, picture: QImage)`; a null image when the deck cannot be drawn."""
        ...

    def request(self, path: Path, size: QSize) -> None:
        """Asks for the picture of the whole canvas; `size` in device pixels. Returns at once."""
        ...


class LibraryWindow(QMainWindow):
    """The start window. It opens nothing itself: it says which deck was chosen."""

    deck_chosen = Signal(object)
    """The `Path` of a deck to present."""
    deck_removed = Signal(object)
    """The `Path` of a deck taken out of the recent ones; the file stays."""
    motion_chosen = Signal(str)
    """"full", "calm" or "cuts"."""
    scheme_chosen = Signal(str)
    """A `Scheme`, to be remembered; the windows follow already."""

    def __init__(
        self,
        appearance: Appearance,
        icons: Icons,
        thumbnails: Thumbnails,
        *,
        recent: Sequence[Path] = (),
        bundled: Sequence[Path] = (),
        motion: str = "full",
        summarise: Callable[[Path], DeckSummary] = summarise,
        choose_file: Callable[[QWidget], Path | None] | None = None,
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._icons = icons
        self._thumbnails = thumbnails
        self._choose_file = choose_file or ask_for_file
        self._cards: dict[Path, list[DeckCard]] = {}
        self._recent: list[Path] = []
        self._current: DeckCard | None = None
        self._reader = SummaryReader(self, summarise)
        self._reader.read.connect(self._on_summary_read)
        thumbnails.ready.connect(self._on_thumbnail_ready)
        self.commands = Dispatcher(self.show_error)
        self.setWindowTitle("Atelier")
        self.setMinimumSize(960, 640)
        self.resize(1440, 900)
        self.setAcceptDrops(True)
        self._build(motion)
        self._bind_commands()
        self.key_sheet = KeySheet(self, appearance.tokens, (LIBRARY,))
        appearance.changed.connect(self._on_appearance_changed)
        self._fill_grid(self.bundled_grid, bundled)
        self._bundled_part.setVisible(bool(bundled))
        self.set_recent(recent)
        self.search_field.textChanged.connect(self._filter)
        self._shown_before = False

    # Building

    def _build(self, motion: str) -> None:
        root = QWidget()
        root.setObjectName("root")
        row = QHBoxLayout(root)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side_bar(motion))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._top = self._top_bar()
        column.addWidget(self._top)
        self.notices = NoticeBar(self._icons)
        self._notice_row = QHBoxLayout()
        self._notice_row.addWidget(self.notices)
        column.addLayout(self._notice_row)
        column.addWidget(self._scrolled_body(), 1)
        row.addLayout(column, 1)
        self.setCentralWidget(root)
        self.toast = Toast(root, self._appearance)
        self._set_margins()

    def _side_bar(self, motion: str) -> QWidget:
        side = frame("side")
        side.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 20, 16, 16)
        column.setSpacing(4)
        brand = QHBoxLayout()
        brand.setSpacing(10)
        self._logo = label()
        self._logo.setFixedSize(26, 26)
        brand.addWidget(self._logo)
        brand.addWidget(label("Atelier", "brand"), 1)
        column.addLayout(brand)
        column.addSpacing(16)
        here = Button(_("Library"), "nav")
        here.setCheckable(True)
        here.setChecked(True)
        here.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        here.clicked.connect(lambda: here.setChecked(True))
        self._icons.dress(here, "squares-four", "accent", 18)
        column.addWidget(here)
        column.addStretch(1)
        column.addWidget(label(_("Colours"), "caption"))
        self.scheme_choice = Segments(
            _("Colours"),
            ((Scheme.SYSTEM, _("System")), (Scheme.LIGHT, _("Light")), (Scheme.DARK, _("Dark"))),
            self._appearance.scheme,
        )
        self.scheme_choice.setToolTip(_tooltip("window.scheme"))
        self.scheme_choice.chosen.connect(self._on_scheme_chosen)
        column.addWidget(self.scheme_choice)
        column.addSpacing(8)
        column.addWidget(label(_("Motion"), "caption"))
        self.motion_choice = Segments(
            _("Motion"), (("full", _("Full")), ("calm", _("Calm")), ("cuts", _("Cuts"))), motion
        )
        self.motion_choice.setToolTip(_tooltip("window.motion"))
        self.motion_choice.chosen.connect(self.motion_chosen)
        column.addWidget(self.motion_choice)
        column.addSpacing(8)
        keys = Button(_("All keys"), "nav").for_command("window.keys")
        keys.when_clicked(partial(self._run, "window.keys"))
        self._icons.dress(keys, "keyboard", "text2", 18)
        column.addWidget(keys)
        return side

    def _top_bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("plain")
        row = QHBoxLayout(bar)
        row.setSpacing(8)
        self.search_field = Field(_("Search for a presentation, a frame, a phrase of the notes…"), passed=_FIELD_KEYS)
        self.search_field.setMaximumWidth(520)
        self.search_field.setClearButtonEnabled(False)
        self.search_field.setTextMargins(24, 0, 0, 0)
        describe(self.search_field, "library.search")
        glass = label()
        glass.setParent(self.search_field)
        glass.setGeometry(12, 10, 16, 16)
        glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icons.dress(glass, "magnifying-glass", "text3")
        row.addWidget(self.search_field, 1)
        row.addWidget(key_caps(BY_ID["library.search"].keys[0]))
        row.addStretch(1)
        self.open_button = Button(_("Open…"), "primary", tall=True).for_command("library.open")
        self.open_button.when_clicked(partial(self._run, "library.open"))
        self._icons.dress(self.open_button, "folder-open", "on_accent")
        row.addWidget(self.open_button)
        return bar

    def _scrolled_body(self) -> QWidget:
        body = QWidget()
        body.setObjectName("plain")
        self._body = QVBoxLayout(body)
        self._body.setSpacing(0)
        self._recent_title = label(_("Recent"), "panel-title")
        self.recent_grid = DeckGrid(_("Recent"), 220, 26)
        self.empty = EmptyState(self._icons)
        for part in (self._recent_title, self.recent_grid, self.empty):
            self._body.addWidget(part)
            self._body.addSpacing(8 if part is self._recent_title else 0)
        self._bundled_part = QWidget()
        self._bundled_part.setObjectName("plain")
        bundled = QVBoxLayout(self._bundled_part)
        bundled.setContentsMargins(0, 28, 0, 0)
        bundled.setSpacing(12)
        titles = QHBoxLayout()
        titles.setSpacing(8)
        titles.addWidget(label(_("Supplied with Atelier"), "panel-title"))
        titles.addWidget(label(_("to copy, never changed in place"), "dim"), 0, Qt.AlignmentFlag.AlignBottom)
        titles.addStretch(1)
        bundled.addLayout(titles)
        self.bundled_grid = DeckGrid(_("Supplied with Atelier"), 160, 20)
        bundled.addWidget(self.bundled_grid)
        self._body.addWidget(self._bundled_part)
        self._body.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(body)
        self._scroll.viewport().setAutoFillBackground(False)
        return self._scroll

    def _set_margins(self) -> None:
        margin = _MARGIN if self.width() >= 1200 else _NARROW_MARGIN
        top = self._top.layout()
        if top is not None:
            top.setContentsMargins(margin, 16, margin, 16)
        self._notice_row.setContentsMargins(margin, 0, margin, 8 if self.notices.notice else 0)
        self._body.setContentsMargins(margin, 4, margin, 24)

    def _bind_commands(self) -> None:
        bind = self.commands.bind
        bind("library.present", self._present, lambda: self._current is not None)
        bind("library.open", self._open_file)
        bind("library.search", self._search)
        bind("library.forget", self._forget, self._current_is_recent)
        bind("library.reveal", self._reveal, lambda: self._current is not None)
        bind("library.close", self._clear, lambda: bool(self.search_field.text()) or self.search_field.hasFocus())
        bind("library.quit", lambda: None if self.close() else None)
        bind("window.scheme", self._toggle_scheme)
        bind("window.motion", self._next_motion)
        bind("window.keys", lambda: self.key_sheet.open())

    # Decks

    def set_recent(self, recent: Sequence[Path]) -> None:
        """Shows these as the recent ones, newest first."""
        self._recent = list(recent)
        self._fill_grid(self.recent_grid, recent)
        self._filter()

    def _fill_grid(self, grid: DeckGrid, paths: Sequence[Path]) -> None:
        kept = {card.summary.path: card for card in grid.cards}
        cards = [kept.get(path) or self._make_card(path) for path in paths]
        for path, card in kept.items():
            if path not in paths:
                self._cards[path].remove(card)
                if card is self._current:
                    self._current = None
        grid.set_cards(cards)
        if self.isVisible():
            self._reader.ask(path for path in paths if path not in kept)

    def _make_card(self, path: Path) -> DeckCard:
        card = DeckCard(provisional(path), self._appearance, self._icons)
        card.presented.connect(partial(self._choose_and_present, card))
        card.chosen.connect(partial(self._set_current, card))
        card.menu_asked.connect(lambda at, card=card: self._menu_for(card).popup(at))
        card.picture_needed.connect(partial(self._ask_for_picture, path))
        self._cards.setdefault(path, []).append(card)
        return card
