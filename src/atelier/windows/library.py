"""The library: recent decks and the bundled ones, found, opened, presented."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from atelier.commands.dispatch import Dispatcher
from atelier.commands.keymap import in_use
from atelier.commands.keys import chord_text, command_for
from atelier.commands.table import BY_ID, GIVEN, LIBRARY
from atelier.foundation.errors import AtelierError, InputError, Location
from atelier.foundation.resources import ICON
from atelier.foundation.settings import MOTION_PROFILES
from atelier.foundation.translation import _
from atelier.windows.controls import ARROWS, Button, CommandCaps, Field, describe, label
from atelier.windows.deck_summary import DeckSummary, SummaryReader, is_there, provisional, summarise
from atelier.windows.drop_hint import DropHint
from atelier.windows.key_sheet import KeySheet
from atelier.windows.keyboard import key_press
from atelier.windows.notice import Action, Notice, NoticeBar, Toast
from atelier.windows.review.talk_list import TalkList
from atelier.windows.shelves import Shelves
from atelier.windows.side_bar import PLACES, SideBar
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QKeyEvent,
        QPaintEvent,
        QResizeEvent,
        QShowEvent,
    )

    from atelier.windows.icons import Icons
    from atelier.windows.keys_panel import KeysPanel
    from atelier.windows.style import Appearance

THUMBNAIL = QSize(480, 270)
"""Logical pixels: sharp on the widest card."""
_MARGIN, _NARROW_MARGIN, _NARROW = 32, 24, 1200
_FIELD_KEYS = ("Ctrl+K", "Ctrl+E", "Ctrl+F", "Ctrl+O", "Ctrl+Q", "Escape", "Enter", "Down", "F1", "F5")


class Thumbnails(Protocol):
    """Draws pictures of canvases, in its own time."""

    @property
    def ready(self) -> Any:
        """A signal `(path: Path, picture: QImage)`; a null image when the deck cannot be drawn.

        PySide's types know a signal of a class and one of an object, and no protocol fits both.
        """
        ...

    def request(self, path: Path, size: QSize) -> None:
        """Asks for the picture of the whole canvas; `size` in device pixels. Returns at once."""
        ...


class LibraryWindow(QMainWindow):
    """The start window. It presents nothing itself: it says which deck was chosen."""

    deck_chosen = Signal(object)
    """The `Path` of a deck to present."""
    deck_removed = Signal(object)
    """The `Path` of a deck taken out of the recent ones; the file stays."""
    export_asked = Signal(object)
    """The `Path` of a deck to export."""
    talks_needed = Signal()
    """The talks given are about to be shown: `talks.show_talks`."""
    scheme_chosen = Signal(str)
    """A `Scheme`, to be remembered; the windows follow already."""
    motion_chosen = Signal(str)
    remapped = Signal(object)
    """The `Keymap` a person made, which is in use already."""
    """One of `MOTION_PROFILES`, to be remembered."""

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
        self._painted = False
        self._reader = SummaryReader(self, summarise)
        self.commands = Dispatcher(self.show_error)
        self.setWindowTitle("Atelier")
        self.setMinimumSize(960, 640)
        self.resize(1440, 900)
        self.setAcceptDrops(True)
        self.side_bar = SideBar(icons, appearance.scheme, motion)
        self.notices = NoticeBar(self, icons=icons)
        self.shelves = Shelves(appearance, icons)
        self.talks = TalkList(appearance, icons)
        self._build()
        self.toast = Toast(self, appearance.tokens)
        self.drop_hint = DropHint(self, appearance)
        self.key_sheet = KeySheet(self, appearance.tokens, (LIBRARY, GIVEN))
        self._keys: KeysPanel | None = None
        self._bind_commands()
        self._connect()
        self.shelves.set_recent(recent)
        self.shelves.set_bundled(bundled)

    def _build(self) -> None:
        root = QWidget()
        root.setObjectName("root")
        row = QHBoxLayout(root)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side_bar)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._top = self._top_bar()
        column.addLayout(self._top)
        self._notice_row = QHBoxLayout()
        self._notice_row.addWidget(self.notices)
        column.addLayout(self._notice_row)
        self._places = QStackedWidget()
        self._places.addWidget(self.shelves)
        self._places.addWidget(self.talks)
        column.addWidget(self._places, 1)
        row.addLayout(column, 1)
        self.setCentralWidget(root)
        self._set_margins()
        self.setTabOrder(self.search_field, self.open_button)

    def _top_bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.search_field = Field(_("Search for a presentation, a frame, a phrase of the notes…"), passed=_FIELD_KEYS)
        self.search_field.setFixedWidth(440)
        self.search_field.setTextMargins(24, 0, 0, 0)
        describe(self.search_field, "library.search")
        glass = label()
        glass.setParent(self.search_field)
        glass.setGeometry(12, 10, 16, 16)
        glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icons.dress(glass, "magnifying-glass", "text3")
        row.addWidget(self.search_field)
        row.addWidget(CommandCaps("library.search"))
        row.addStretch(1)
        self.open_button = Button(_("Open…"), "primary", tall=True).for_command("library.open")
        self._icons.dress(self.open_button, "folder-open", "on_accent")
        row.addWidget(self.open_button)
        return row

    def _set_margins(self) -> None:
        wide = self.width() >= _NARROW
        margin = _MARGIN if wide else _NARROW_MARGIN
        self.search_field.setFixedWidth(520 if wide else 440)
        self._top.setContentsMargins(margin, 16, margin, 16)
        self._notice_row.setContentsMargins(margin, 0, margin, 12 if self.notices.notice else 0)
        self.shelves.set_margin(margin)
        self.talks.set_margin(margin)

    def _bind_commands(self) -> None:
        def chosen() -> bool:
            return self.shelves.current is not None and not self.shows_talks

        bind = self.commands.bind
        bind("library.present", self._present, chosen)
        bind("library.export", self._export, chosen)
        bind("library.open", self._open_file)
        bind("library.search", self._search)
        bind("library.forget", self._forget, lambda: self.shelves.current_is_recent and chosen())
        bind("library.reveal", self._reveal, chosen)
        bind("library.close", self._leave_search, lambda: bool(self.search_field.text()) or self._typing)
        bind("library.decks", partial(self.show_place, PLACES[0]))
        bind("library.talks", partial(self.show_place, PLACES[1]))
        bind("library.quit", self._quit)

        def talk_chosen() -> bool:
            return self.shows_talks and self.talks.current is not None

        bind("given.open", self.talks.open_current, talk_chosen)
        bind("given.replay", self.talks.replay_current, talk_chosen)
        bind("given.write-up", self.talks.write_up_current, talk_chosen)
        bind("given.rename", self.talks.rename_current, talk_chosen)
        bind("given.export", self.talks.export_current, talk_chosen)
        bind("given.delete", self.talks.delete_current, talk_chosen)
        bind("given.close", partial(self.show_place, PLACES[0]), lambda: self.shows_talks)
        bind("window.scheme", self._toggle_scheme)
        bind("window.motion", self._next_motion)
        bind("window.keys", self.key_sheet.open)
        bind("window.settings", self._toggle_settings)

    def _connect(self) -> None:
        self._reader.read.connect(self.shelves.show_summary)
        cast("SignalInstance", self._thumbnails.ready).connect(self.shelves.show_picture)
        self.search_field.textChanged.connect(self._on_search)
        self.open_button.when_clicked(partial(self._run, "library.open"))
        self.shelves.opened.connect(partial(self._run, "library.open"))
        self.shelves.cleared.connect(partial(self._run, "library.close"))
        self.shelves.presented.connect(partial(self._run, "library.present"))
        self.shelves.exported.connect(partial(self._run, "library.export"))
        self.shelves.menu_asked.connect(self._open_menu)
        self.shelves.picture_needed.connect(self._ask_for_picture)
        self.talks.decks_asked.connect(partial(self.show_place, PLACES[0]))
        self.talks.warned.connect(self._warn)
        self.side_bar.place_chosen.connect(self.show_place)
        self.side_bar.keys_asked.connect(partial(self._run, "window.keys"))
        self.key_sheet.change_asked.connect(partial(self._run, "window.settings"))
        self.side_bar.scheme_chosen.connect(self._on_scheme_chosen)
        self.side_bar.motion_chosen.connect(self.motion_chosen)
        self.notices.dismissed.connect(self._set_margins)
        self._appearance.changed.connect(self._on_appearance_changed)

    def set_recent(self, recent: Sequence[Path]) -> None:
        """Shows these as the recent ones, newest first; those shown before are read again."""
        self.shelves.set_recent(recent)
        if self._painted:
            self._reader.ask(recent)

    # Places

    @property
    def shows_talks(self) -> bool:
        """Whether the talks given are shown, rather than the decks."""
        return self._places.currentWidget() is self.talks

    def show_place(self, place: str) -> None:
        """Shows one of `PLACES`."""
        self.side_bar.set_place(place)
        if place == PLACES[1]:
            self.talks_needed.emit()
            self._places.setCurrentWidget(self.talks)
            self.talks.take_focus()
        else:
            self._places.setCurrentWidget(self.shelves)
            self.shelves.focus_current()

    def _on_search(self, query: str) -> None:
        self.shelves.filter(query)
        if query and self.shows_talks:
            self.side_bar.set_place(PLACES[0])
            self._places.setCurrentWidget(self.shelves)

    def _warn(self, words: str) -> None:
        self.toast.say(words, (Action(_("Delete for good"), self.talks.delete_current),))

    # What the commands do

    def _run(self, id_: str) -> None:
        self.commands.run(id_)

    def _present(self) -> None:
        summary = self.shelves.current
        if summary is None:
            return
        if not is_there(summary.path):
            self.shelves.show_summary(provisional(summary.path))
            self._tell_missing(summary)
        else:
            self.deck_chosen.emit(summary.path)

    def _export(self) -> None:
        if summary := self.shelves.current:
            self.export_asked.emit(summary.path)

    def _tell_missing(self, summary: DeckSummary) -> None:
        path = summary.path
        actions = [Action(_("Find it…"), partial(self._run, "library.open"))]
        if path in self.shelves.recent:
            actions.append(Action(_("Remove from the recent ones"), partial(self._forget_path, path, summary.title)))
        gone = InputError(
            _("“{title}” is not where it was").format(title=summary.title),
            _("The file was moved, renamed or deleted."),
            Location(path),
        )
        self.show_error(gone, *actions)

    def _open_file(self) -> None:
        if path := self._choose_file(self):
            self._accept(path)

    def _accept(self, path: Path) -> None:
        """Takes a file or folder given by hand; raises InputError for what cannot be a deck."""
        from atelier.deck.loading import deck_file
        from atelier.foundation.texts import DECK_FILE

        file = deck_file(path)
        self.clear_notices()
        self.deck_chosen.emit(file.parent if file.name == DECK_FILE else file)

    def _search(self) -> None:
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_field.selectAll()

    @property
    def _typing(self) -> bool:
        return self.search_field.hasFocus()

    def _leave_search(self) -> None:
        self.search_field.clear()
        self._leave_field()

    def _leave_field(self) -> None:
        if self.shows_talks:
            self.talks.take_focus()
        else:
            self.shelves.focus_current()

    def _forget(self) -> None:
        if summary := self.shelves.current:
            self._forget_path(summary.path, summary.title)

    def _forget_path(self, path: Path, title: str) -> None:
        self.shelves.forget(path)
        self.deck_removed.emit(path)
        self.toast.say(_("“{title}” removed from the recent ones; the file is kept").format(title=title))

    def _reveal(self) -> None:
        if summary := self.shelves.current:
            folder = summary.path if summary.path.is_dir() else summary.path.parent
            if not folder.is_dir():
                raise InputError(_("The folder is not there any more"), "", Location(folder))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _quit(self) -> None:
        self.close()

    def _toggle_scheme(self) -> None:
        self._appearance.toggle()
        self.scheme_chosen.emit(self._appearance.scheme.value)

    def _on_scheme_chosen(self, value: str) -> None:
        self._appearance.choose(Scheme(value))
        self.scheme_chosen.emit(value)

    def _next_motion(self) -> None:
        choice = self.side_bar.motion
        following = MOTION_PROFILES[(MOTION_PROFILES.index(choice.value) + 1) % len(MOTION_PROFILES)]
        choice.set_value(following)
        self.motion_chosen.emit(following)

    def _toggle_settings(self) -> None:
        self.key_sheet.close_panel()
        if self._keys is not None:
            self._keys.close_panel()
            return
        from atelier.windows.keys_panel import KeysPanel

        self._keys = KeysPanel(self, self._appearance.tokens)
        self._keys.closed.connect(self._on_keys_closed)
        self._keys.remapped.connect(self.remapped)
        self._keys.open()

    def _on_keys_closed(self) -> None:
        if self._keys is not None:
            self._keys.deleteLater()
            self._keys = None

    def menu(self) -> QMenu:
        """What can be done with the current deck."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id_ in ("library.present", "library.export", "library.reveal", "library.forget"):
            if self.commands.enabled(id_):
                command = BY_ID[id_]
                row = menu.addAction(f"{_(command.title)}\t{chord_text(in_use().first_key(id_))}")
                row.triggered.connect(partial(self._on_menu_row, id_))
                self._icons.dress(row, command.icon)
        return menu

    def _open_menu(self, at: QPoint) -> None:
        self.menu().popup(at)

    def _on_menu_row(self, id_: str, *_checked: bool) -> None:
        self._run(id_)

    def show_error(self, error: AtelierError, *actions: Action) -> None:
        """Says what went wrong in the bar above the decks."""
        self.show_notice(Notice.of(error, *actions))

    def show_notice(self, notice: Notice) -> None:
        """Says something in the bar above the decks."""
        self.notices.tell(notice)
        self._set_margins()

    def clear_notices(self) -> None:
        self.notices.clear()
        self._set_margins()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        if press.name in ARROWS and not (press.ctrl or press.alt or press.shift):
            if self._typing:
                self._leave_field()
            elif not self.shows_talks and not self.shelves.go(press.name) and press.name == "Up":
                self._search()
            return
        contexts = (GIVEN, LIBRARY) if self.shows_talks and not self._typing else (LIBRARY,)
        id_ = command_for(press, contexts)
        if id_ is None or not self.commands.run(id_):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()
            self.drop_hint.open()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_hint.hide()
        if not (paths := _dropped(event)):
            return
        event.acceptProposedAction()
        try:
            self._accept(paths[0])
        except AtelierError as error:
            self.show_error(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._painted:
            self.shelves.focus_current()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._after_first_paint)

    def _after_first_paint(self) -> None:
        """What nobody waits for: icons, then what the decks say."""
        self.setWindowIcon(QIcon(str(ICON)))
        self._icons.load()
        self._reader.ask(self.shelves.paths)

    def _ask_for_picture(self, path: Path) -> None:
        if is_there(path):
            self._thumbnails.request(path, THUMBNAIL * self.devicePixelRatioF())

    def _on_appearance_changed(self) -> None:
        tokens = self._appearance.tokens
        self.side_bar.scheme.set_value(self._appearance.scheme)
        self.key_sheet.set_tokens(tokens)
        self.toast.set_tokens(tokens)
        if self._keys is not None:
            self._keys.set_tokens(tokens)


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def ask_for_file(parent: QWidget) -> Path | None:
    """The system's dialog; None when it was closed."""
    from atelier.deck.loading import SUFFIXES

    names = " ".join(f"*{suffix}" for suffix in SUFFIXES if suffix)
    chosen, _filter = QFileDialog.getOpenFileName(
        parent, _("Open a presentation"), "", _("Markdown texts ({names})").format(names=names)
    )
    return Path(chosen) if chosen else None
