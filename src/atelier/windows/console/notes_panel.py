"""The notes in the console: what to say at the frame shown, larger or smaller, and mended on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from atelier.commands.keymap import in_use
from atelier.commands.keys import chord_text
from atelier.commands.table import BY_ID
from atelier.foundation.errors import AtelierError
from atelier.foundation.translation import _
from atelier.talk.events import Moved, PathChosen, Resumed
from atelier.windows.console.notes_view import LARGEST, SMALLEST, USUAL, NotesView
from atelier.windows.controls import Button, frame, label
from atelier.windows.focus_rings import StyledRing
from atelier.windows.keyboard import key_press

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from atelier.commands.dispatch import Dispatcher
    from atelier.deck.types import Frame
    from atelier.render.scene import Scene
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens

CALM: Final = 600
"""Milliseconds after a move until the notes of the next stop are made ready."""
_STEP: Final = 2  # pixels
_LONGEST_TITLE: Final = 36
"""Signs of the title of a frame whose notes are edited."""
_PASSED_ON: Final = frozenset({"PageUp", "PageDown", "F1", "F5", "F6", "F11"})
"""Keys that a text has no use for, and page turners send."""


class NotesPanel(QWidget):
    """Follows `talk` over a scene. `is_busy` says whether the room's picture needs the time there is, `menu` is the
    button of the panel's menu.
    """

    size_changed = Signal(int)
    """Pixels of the text, as the speaker chose them."""
    edit_wanted = Signal()
    """The notes are about to be edited, and have to be seen."""

    def __init__(
        self,
        talk: Talk,
        scene: Scene,
        tokens: Callable[[], Tokens],
        icons: Icons,
        menu: QWidget,
        size: int = USUAL,
        is_busy: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__()
        self._talk = talk
        self._scene = scene
        self._is_busy = is_busy
        self._offsets: dict[str, float] = {}
        """How far the notes of frames that were left for a detour are scrolled."""
        self._edited = ""
        """The id of the frame whose notes are in the field; empty while nothing is edited."""
        self._before = ""
        self._unsaved: dict[str, str] = {}
        self._run: Callable[[str], object] = str
        self.view = NotesView(scene, tokens, lambda: talk.path.name)
        self.view.setAccessibleName(_("Notes"))
        self.view.set_text_size(size)
        self.view.scrolled.connect(self._on_scrolled)
        self.field = NoteField()
        self.field.save_wanted.connect(self.save)
        self.field.leave_wanted.connect(self.leave)
        self._build(icons, menu)
        self._calm = QTimer(self, interval=CALM, singleShot=True)
        self._calm.timeout.connect(self._when_calm)
        talk.listen(self._on_event)
        self._show(0.0)

    # ------------------------------------------------------------------ layout

    def _build(self, icons: Icons, menu: QWidget) -> None:
        panel = frame("panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(panel)
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 8, 10, 6)
        column.setSpacing(4)
        self._caption = label(_("Notes"), "caption")
        self._hint = label("", "dim")
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._size = label("", "small")
        self._smaller = self._tool(icons, "notes.smaller", "minus")
        self._larger = self._tool(icons, "notes.larger", "plus")
        self._edit = self._tool(icons, "notes.edit", "pencil-simple")
        self._smaller.when_clicked(lambda: self.resize_text(-1))
        self._larger.when_clicked(lambda: self.resize_text(1))
        self._edit.when_clicked(self._on_pencil)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._caption)
        row.addSpacing(6)
        row.addWidget(self._hint, 1)
        for part in (self._smaller, self._size, self._larger, self._edit):
            row.addWidget(part)
        self._save = Button(_("Save"), "primary", dense=True).when_clicked(self.save)
        self._save.setAccessibleDescription(_("Key: {key}").format(key=chord_text("Ctrl+Enter")))
        self._save.setToolTip(_("Save ({key})").format(key=chord_text("Ctrl+Enter")))
        self._leave = Button(_("Leave"), "ghost", dense=True).when_clicked(self.leave)
        self._leave.setAccessibleDescription(_("Key: {key}").format(key=chord_text("Escape")))
        self._leave.setToolTip(_("Leave ({key})").format(key=chord_text("Escape")))
        row.addWidget(self._leave)
        row.addWidget(self._save)
        row.addWidget(menu)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        column.addWidget(self.field, 1)
        self._problem = label("", "problem", wrap=True)
        self._problem.setContentsMargins(4, 2, 4, 4)
        column.addWidget(self._problem)
        self._show_field(shown=False)

    def _tool(self, icons: Icons, id_: str, icon: str) -> Button:
        button = Button("", "mini")
        button.setAccessibleName(_(BY_ID[id_].title))
        button.for_command(id_)
        icons.dress(button, icon, "text2", 16)
        return button

    def _show_field(self, *, shown: bool) -> None:
        for part in (self.field, self._save, self._leave):
            part.setVisible(shown)
        for part in (self.view, self._smaller, self._size, self._larger, self._edit):
            part.setVisible(not shown)
        self._say("")

    # ------------------------------------------------------------------ the talk

    @property
    def _frame(self) -> Frame:
        place = self._talk.position.place
        return self._scene.deck.frames[self._scene.canvas.places[place].frame]

    def _on_event(self, event: Event, before: Position) -> None:
        if self._talk.ground.canvas is not self._scene.canvas:
            return
        if isinstance(event, Moved | PathChosen | Resumed):
            self._follow(before)

    def _follow(self, before: Position) -> None:
        places, frames, here = self._scene.canvas.places, self._scene.deck.frames, self._talk.position

        def id_of(place: int) -> str:
            return frames[places[place].frame].id

        old, now = id_of(before.place) if before.place < len(places) else "", id_of(here.place)
        if old == now:
            self._calm.start()
            return
        self._offsets[old] = self.view.offset
        left = {id_of(position.place) for position in here.detours}
        back = len(here.detours) < len(before.detours)
        offset = self._offsets.get(now, 0.0) if back else 0.0
        self._offsets = {id_: kept for id_, kept in self._offsets.items() if id_ in left}
        self._show(offset)

    def _show(self, offset: float) -> None:
        self.view.show_frame(self._frame.index, offset)
        self._calm.start()

    def replace_scene(self, scene: Scene) -> None:
        """Follows a new version of the deck."""
        self._scene = scene
        self.view.replace_scene(scene, self._frame.index)
        self._calm.start()

    def _when_calm(self) -> None:
        """Has the next stop's notes set, so that going there costs nothing."""
        if self._talk.ground.canvas is not self._scene.canvas:
            return
        if self._is_busy():
            self._calm.start()
            return
        self._on_scrolled()
        from atelier.markup.words import words

        content = self._scene.contents.content(self._frame.index)
        self.view.setAccessibleDescription(words(content.notes).strip() or _("No notes for this frame."))
        place = self._talk.upcoming()
        if place is not None:
            self.view.expect(self._scene.canvas.places[place].frame)

    # ------------------------------------------------------------------ reading

    def bind(self, commands: Dispatcher) -> None:
        """Gives the commands of the notes their acts; what goes wrong in one is said where `commands` says it."""
        self._run = commands.run
        commands.bind("notes.down", lambda: self.view.scroll_lines(1))
        commands.bind("notes.up", lambda: self.view.scroll_lines(-1))
        commands.bind("notes.larger", lambda: self.resize_text(1))
        commands.bind("notes.smaller", lambda: self.resize_text(-1))
        commands.bind("notes.usual", lambda: self.resize_text(0))
        commands.bind("notes.edit", self.edit)

    def resize_text(self, direction: int) -> None:
        """Larger for 1, smaller for -1, the usual size for 0."""
        self.view.set_text_size(self.view.text_size + direction * _STEP if direction else USUAL)
        self._on_scrolled()
        self.size_changed.emit(self.view.text_size)

    def _on_scrolled(self) -> None:
        size = self.view.text_size
        self._size.setText(str(size))
        self._smaller.setEnabled(size > SMALLEST)
        self._larger.setEnabled(size < LARGEST)
        if self._edited:
            return
        # asking whether there is more sets the text: only once it is needed anyway
        more = self.view.isVisible() and self.view.is_set and self.view.longest_offset > 0
        key = in_use().first_key("notes.down")
        words = _("scroll: {key}").format(key=chord_text(key)) if more and key else ""
        if self._hint.text() != words:
            self._hint.setText(words)

    # ------------------------------------------------------------------ writing

    def _on_pencil(self) -> None:
        self._run("notes.edit")

    @property
    def editing(self) -> bool:
        return bool(self._edited)

    def edit(self) -> None:
        """Puts the notes of the frame shown, as its file has them, into the field."""
        self.edit_wanted.emit()
        if self._edited:
            self.field.setFocus()
            return
        from atelier.deck.note_writing import read_notes

        shown = self._frame
        text = read_notes(self._scene.deck, shown)
        self._edited, self._before = shown.id, text
        title = shown.title if len(shown.title) <= _LONGEST_TITLE else f"{shown.title[: _LONGEST_TITLE - 1].rstrip()}…"
        self._caption.setText(_("Notes of “{title}”").format(title=title))
        self._hint.setText(_("Markdown"))
        self.field.setPlainText(self._unsaved.pop(shown.id, text))
        self._show_field(shown=True)
        self.field.setFocus()

    def save(self) -> None:
        """Writes the text into the file of its frame; where that is not possible, says why and keeps the text."""
        from atelier.deck.note_writing import save_notes

        deck = self._scene.deck
        edited = deck.frame(self._edited)
        try:
            if edited is None:
                self._say(_("This frame is no longer in the deck; your text is kept here."))
                return
            save_notes(deck, edited, self.field.toPlainText(), self._before)
        except AtelierError as error:
            self._say(" ".join(part for part in (error.message, error.hint) if part))
            return
        self._unsaved.pop(self._edited, None)
        self._end_edit()

    def leave(self) -> None:
        """Goes back to reading. Text that was not saved is there again at the next edit of this frame."""
        if self.field.toPlainText() != self._before:
            self._unsaved[self._edited] = self.field.toPlainText()
        self._end_edit()

    def _end_edit(self) -> None:
        self._edited = ""
        self._caption.setText(_("Notes"))
        self._hint.setText("")
        self.window().setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_field(shown=False)
        self._on_scrolled()

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))


class NoteField(StyledRing, QPlainTextEdit):
    """Markdown as plain text. Keys that page turners send go to the talk."""

    save_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Notes as Markdown"))
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        if press.name == "Enter" and press.ctrl:
            self.save_wanted.emit()
        elif press.name == "Escape":
            self.leave_wanted.emit()
        elif press.name in _PASSED_ON:
            event.ignore()
        else:
            super().keyPressEvent(event)
