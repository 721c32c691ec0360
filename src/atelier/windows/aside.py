"""What only the speaker is to see over a window: notices, proposals, search, the key sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from atelier.foundation.translation import _
from atelier.windows.tokens import DARK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from atelier.deck.search import Hit
    from atelier.render.scene import Scene
    from atelier.talk.session import Talk
    from atelier.windows.key_sheet import KeySheet
    from atelier.windows.keys_panel import KeysPanel
    from atelier.windows.message_field import MessageField
    from atelier.windows.notice import Toast
    from atelier.windows.overlay import Overlay
    from atelier.windows.search_panel import SearchPanel
    from atelier.windows.style import Appearance


class Board(Protocol):
    """What shows a proposal until it is answered."""

    @property
    def proposes(self) -> bool: ...
    def propose(self, message: str, verb: str, accept: Callable[[], None]) -> None: ...
    def accept(self) -> None: ...
    def refuse(self) -> None: ...


class Aside(QObject):
    """Lies over `host`: the console, or the audience window where there is none. `scene` is what is searched, `board`
    what shows proposals where there is one; else they are said like any notice.
    """

    found = Signal(int)
    """The frame that was chosen in the search."""
    remapped = Signal(object)
    """The `Keymap` a person made, which is in use already."""
    found_alone = Signal(int)
    """The frame that was chosen there to be looked at by the speaker alone."""
    found_next = Signal(int)
    """The frame that was chosen there to come next."""

    def __init__(
        self,
        host: QWidget,
        talk: Talk,
        scene: Callable[[], Scene],
        appearance: Callable[[], Appearance],
        board: Board | None = None,
    ) -> None:
        super().__init__(host)
        self._host = host
        self._talk = talk
        self._scene = scene
        self._appearance = appearance
        self._toast: Toast | None = None
        self._search: SearchPanel | None = None
        self._sheet: KeySheet | None = None
        self._keys: KeysPanel | None = None
        self._message: MessageField | None = None
        self._guest: Overlay | None = None
        self._accept: Callable[[], None] | None = None
        self._board = board

    # ------------------------------------------------------------------ notices and proposals

    def tell(self, message: str, hint: str = "", where: str = "") -> None:
        """Says something for a few seconds."""
        if self._toast is None:
            from atelier.windows.notice import Toast
            from atelier.windows.style import register_fonts

            register_fonts()
            self._toast = Toast(self._host, self._appearance().tokens)
        self._toast.say("\n".join(part for part in (message, hint, where) if part))

    def hush(self) -> None:
        """Takes back what was said."""
        if self._toast is not None:
            self._toast.hide()

    def propose(self, message: str, verb: str, accept: Callable[[], None]) -> None:
        """Says something that the key D accepts, until it was answered or withdrawn."""
        if self._board is not None:
            self._board.propose(message, verb, accept)
            return
        self._accept = accept
        self.tell(message, _("D: {verb}").format(verb=verb))

    @property
    def proposes(self) -> bool:
        return self._board.proposes if self._board is not None else self._accept is not None

    def accept(self) -> None:
        if self._board is not None:
            self._board.accept()
            return
        accept, self._accept = self._accept, None
        if accept is not None:
            accept()

    def refuse(self) -> None:
        """Answers no, or undoes what was accepted."""
        if self._board is not None:
            self._board.refuse()
        self._accept = None

    def moved_on(self) -> None:
        """Takes back what nobody can read any more."""
        self._accept = None

    # ------------------------------------------------------------------ panels

    @property
    def busy(self) -> bool:
        """Whether a panel is open, which the pointer and the keys belong to."""
        return any(panel is not None for panel in (self._search, self._sheet, self._keys, self._message, self._guest))

    def close_topmost(self) -> bool:
        """Closes the panel on top; whether there was one."""
        panel = self._keys or self._sheet or self._search or self._message or self._guest
        if panel is not None:
            panel.close_panel()
        return panel is not None

    def show_panel(self, panel: Overlay) -> None:
        """Opens a panel over the host that somebody else made, in the place of any other."""
        self.close_topmost()
        self._guest = panel
        panel.closed.connect(self._on_guest_closed)
        panel.open()

    def open_search(self) -> None:
        for panel in (self._keys, self._sheet, self._message, self._guest):
            if panel is not None:
                panel.close_panel()
        if self._search is None:
            from atelier.windows.search_panel import SearchPanel
            from atelier.windows.style import register_fonts

            register_fonts()
            on_console = self._board is not None
            self._search = SearchPanel(
                self._host,
                self._find,
                self._scene(),
                path=self._talk.path.name,
                tokens=self._appearance().tokens if on_console else DARK,
                room=self._room_sees() if on_console else "",
            )
            self._search.chosen.connect(self._on_chosen)
            self._search.chosen_alone.connect(self.found_alone)
            self._search.chosen_next.connect(self.found_next)
            self._search.closed.connect(self._on_search_closed)
            self._search.open()

    def _room_sees(self) -> str:
        cover, ground = self._talk.state.cover, self._talk.ground
        if cover:
            return _("The audience sees black") if cover == "black" else _("The audience sees white")
        frame = ground.canvas.places[self._talk.shown_position().place].frame
        return _("The audience sees “{title}”").format(title=ground.deck.frames[frame].title)

    def toggle_keys(self) -> None:
        if self._sheet is not None:
            self._sheet.close_panel()
            return
        self.close_topmost()
        from atelier.windows.key_sheet import KeySheet
        from atelier.windows.style import register_fonts

        register_fonts()
        self._sheet = KeySheet(self._host)
        self._sheet.closed.connect(self._on_sheet_closed)
        self._sheet.change_asked.connect(self.toggle_settings)
        self._sheet.open()

    def write_message(self) -> None:
        """Opens the line where a message for the room is written."""
        if self._message is not None:
            return
        self.close_topmost()
        from atelier.windows.message_field import MessageField
        from atelier.windows.style import register_fonts

        register_fonts()
        tokens = self._appearance().tokens if self._board is not None else DARK
        self._message = MessageField(self._host, self._talk.state.message, tokens)
        self._message.written.connect(self._talk.show_message)
        self._message.closed.connect(self._on_message_closed)
        self._message.open()

    def toggle_settings(self) -> None:
        """Opens what the keys are changed with, or closes it."""
        if self._keys is not None:
            self._keys.close_panel()
            return
        self.close_topmost()
        from atelier.windows.keys_panel import KeysPanel

        self._keys = KeysPanel(self._host, self._appearance().tokens)
        self._keys.closed.connect(self._on_keys_closed)
        self._keys.remapped.connect(self.remapped)
        self._keys.open()

    def _find(self, query: str) -> Sequence[Hit]:
        from atelier.deck.search import hides_more, plain_source, search
        from atelier.markup.audience import visible
        from atelier.markup.words import words

        scene = self._scene()
        deck, contents = scene.deck, scene.contents

        def words_of(frame: int) -> str:
            source = deck.frames[frame].source
            if not hides_more(source):
                return plain_source(source)
            return words(visible(contents.shown(frame).blocks, self._talk.path.name, scene.language))

        return search(deck, words_of, query)

    def _on_chosen(self, frame: int) -> None:
        if self._search is not None:
            self._search.close_panel()
        self.found.emit(frame)

    def _on_search_closed(self) -> None:
        if self._search is not None:
            self._search.deleteLater()
            self._search = None

    def _on_keys_closed(self) -> None:
        if self._keys is not None:
            self._keys.deleteLater()
            self._keys = None

    def _on_guest_closed(self) -> None:
        if self._guest is not None:
            self._guest.deleteLater()
            self._guest = None

    def _on_message_closed(self) -> None:
        if self._message is not None:
            self._message.deleteLater()
            self._message = None

    def _on_sheet_closed(self) -> None:
        if self._sheet is not None:
            self._sheet.deleteLater()
            self._sheet = None
