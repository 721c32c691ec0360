"""Talks that were given, wired: looking back on one, playing it again, making its times the plan."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from atelier.app.adopting import adopt
from atelier.app.appearance import SharedAppearance
from atelier.app.motion import chosen_profile, system_profile
from atelier.app.qt import application, run
from atelier.app.writing_up import WritingUp
from atelier.app.written_files import ask_for_folder
from atelier.deck.loading import load
from atelier.foundation.errors import AtelierError, InputError, Location
from atelier.foundation.translation import _
from atelier.render.scene import build_scene
from atelier.talk.kept import delete, events_of, find_talk, kept_talk, rename, write_json
from atelier.talk.review import review_of
from atelier.windows.icons import Icons
from atelier.windows.notice import Action, Notice
from atelier.windows.review.frame_pictures import FramePictures
from atelier.windows.review.replay_window import ReplayWindow
from atelier.windows.review.window import ReviewWindow
from atelier.windows.review.words import answers_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.deck.types import Deck
    from atelier.talk.kept import KeptTalk

LATER = 300
"""Milliseconds after the figures when the frames are drawn."""


class Reviewing(QObject):
    """Opens windows on talks that were given, one of each kind at a time. `choose_file` asks where to write."""

    changed = Signal()
    """A talk on disk has another name now, or is gone."""
    closed = Signal()
    """No window is open any more."""
    list_asked = Signal()

    def __init__(
        self,
        shared: SharedAppearance,
        *,
        has_list: bool = False,
        choose_file: Callable[[QWidget | None, str], str] | None = None,
        choose_folder: Callable[[QWidget, Path], str] = ask_for_folder,
    ) -> None:
        super().__init__()
        self._appearance = shared.get()
        self._has_list = has_list
        self._choose_file = choose_file or ask_where_to_write
        self._choose_folder = choose_folder
        self._icons = Icons(self._appearance)
        self._later = QTimer(self, interval=LATER, singleShot=True)
        self._later.timeout.connect(self._show_pictures)
        self._closing: list[QWidget] = []
        self.window: ReviewWindow | None = None
        self.replay_window: ReplayWindow | None = None

    def show(self, talk: KeptTalk, *, write_up: bool = False) -> ReviewWindow:
        """Looks back on a talk, ready to `write_up` where that is wanted; raises InputError where its journal cannot be
        read.
        """
        review = review_of(events_of(talk.file))
        if self.window is not None:
            self.window.close()
        window = ReviewWindow(talk, review, self._appearance, self._icons, has_list=self._has_list)
        self.window = window
        window.replay_asked.connect(self._on_replay_asked)
        window.adopt_asked.connect(partial(self._guarded, self._adopt))
        window.export_asked.connect(partial(self._guarded, self._export))
        window.rename_asked.connect(self._on_rename_asked)
        window.delete_asked.connect(partial(self._guarded, self._delete))
        window.list_asked.connect(self.list_asked)
        WritingUp(window, self._appearance, self._icons, choose_folder=self._choose_folder)
        window.closed.connect(self._on_review_closed)
        window.show()
        if write_up:
            window.write_up.take_focus()
        self._later.start()
        return window

    def _show_pictures(self) -> None:
        """Has the frames drawn as they are today, where the deck is still there."""
        window = self.window
        if window is None:
            return
        try:
            scene = build_scene(_deck_of(window.talk), path=window.review.path)
        except AtelierError:
            return
        pictures = FramePictures(scene, window.devicePixelRatioF(), window)
        window.closed.connect(pictures.stop)
        window.table.set_pictures(pictures)
        answers = window.review.answers
        frames = {asked.frame for asked in answers.tallies}
        window.table.set_answers({frame: answers_words(scene, answers, frame) for frame in frames})

    def replay(self, talk: KeptTalk, *, speed: int = 1, elapsed: float | None = None) -> ReplayWindow:
        """Plays a talk again, from a moment of its clock or the beginning; raises InputError without its deck."""
        events = events_of(talk.file)
        deck = _deck_of(talk)
        shown = review_of(events).digest
        if self.replay_window is not None:
            self.replay_window.close()
        window = ReplayWindow(
            talk.title,
            deck,
            events,
            self._appearance,
            self._icons,
            changed=bool(shown) and shown != deck.digest,
            profile=chosen_profile() or system_profile(),
        )
        self.replay_window = window
        window.closed.connect(self._on_replay_closed)
        room = window.screen().availableGeometry()
        window.resize(round(room.width() * 0.8), round(room.height() * 0.8))
        window.show()
        window.begin(speed, elapsed)
        return window

    def rename(self, talk: KeptTalk, title: str) -> KeptTalk:
        """Gives a talk another title; raises InputError."""
        rename(talk, title)
        self.changed.emit()
        return kept_talk(talk.file)

    def delete(self, talk: KeptTalk) -> None:
        """Deletes a talk for good, and closes what shows it; raises InputError."""
        delete(talk)
        if self.window is not None and self.window.talk.file == talk.file:
            self.window.close()
        self.changed.emit()

    def export(self, talk: KeptTalk, parent: QWidget | None) -> Path | None:
        """Writes the journal of a talk where somebody says; None where nobody does. Raises InputError."""
        file = self._choose_file(parent, f"{talk.name}.json")
        if not file:
            return None
        write_json(talk, Path(file))
        return Path(file)

    # ------------------------------------------------------------------ what the windows ask for

    def _guarded(self, act: Callable[[ReviewWindow], object]) -> None:
        """Does something with the talk under review, and says in its window why it could not be done."""
        window = self.window
        if window is None:
            return
        try:
            act(window)
        except AtelierError as error:
            window.show_error(error)

    def _on_replay_asked(self, elapsed: float) -> None:
        self._guarded(lambda window: self.replay(window.talk, elapsed=elapsed))

    def _on_rename_asked(self, title: str) -> None:
        self._guarded(lambda window: window.set_talk(self.rename(window.talk, title)))

    def _delete(self, window: ReviewWindow) -> None:
        self.delete(window.talk)

    def _export(self, window: ReviewWindow) -> None:
        file = self.export(window.talk, window)
        if file is not None:
            window.toast.say(_("All of the talk is in {file}").format(file=file.name))

    def _adopt(self, window: ReviewWindow) -> None:
        """Writes the times of a talk behind the headings of its deck, and offers the text of before."""
        review = window.review
        done = adopt(window.talk.deck, review.given_by_frame(), lambda frame: review.name(frame).title)
        undo = done.undo
        actions = (Action(_("Undo"), partial(self._guarded, lambda _window: undo())),) if undo is not None else ()
        window.notices.tell(Notice(done.message, done.hint, str(done.file), "info", actions))

    def _on_review_closed(self) -> None:
        self._later.stop()
        window, self.window = self.window, None
        self._let_go(window)

    def _on_replay_closed(self) -> None:
        window, self.replay_window = self.replay_window, None
        self._let_go(window)

    def _let_go(self, window: QWidget | None) -> None:
        """Forgets a window that is in the middle of its closing, which it has to outlive."""
        if window is not None:
            self._closing.append(window)
            QTimer.singleShot(0, self, self._closing.clear)
        if self.window is None and self.replay_window is None:
            self.closed.emit()


def _deck_of(talk: KeptTalk) -> Deck:
    """The deck that a talk was given with, as it is today; raises InputError."""
    if not talk.deck.exists():
        message = _("The deck of this talk is not where it was.")
        hint = _("Put it back there to play the talk again; its times and its journal are here.")
        raise InputError(message, hint, Location(talk.deck))
    return load(talk.deck)


def ask_where_to_write(parent: QWidget | None, name: str) -> str:
    """The file to write a journal to; empty where nobody chose one. What is there already is never replaced."""
    chosen, _filter = QFileDialog.getSaveFileName(
        parent,
        _("Export the journal"),
        name,
        _("JSON files (*.json)"),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    return chosen


def show_talk(name: str) -> int:
    """`atelier talks --show`: returns when the window is closed."""
    talk = find_talk(name)
    app = application()

    def begin() -> Reviewing:
        reviewing = Reviewing(SharedAppearance(app))
        reviewing.show(talk)
        reviewing.closed.connect(app.quit)
        return reviewing

    return run(app, begin)


def replay_talk(name: str, speed: int) -> int:
    """`atelier talks --replay`: returns when the window is closed."""
    talk = find_talk(name)
    app = application()

    def begin() -> Reviewing:
        reviewing = Reviewing(SharedAppearance(app))
        reviewing.replay(talk, speed=speed)
        reviewing.closed.connect(app.quit)
        return reviewing

    return run(app, begin)
