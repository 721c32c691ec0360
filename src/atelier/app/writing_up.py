"""A talk under review written up: the panel of its window, the article's beginning, the run that writes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from atelier.app.article_preview import ArticlePreview
from atelier.app.program_run import ProgramRun
from atelier.app.publish_dialog import Publishing, ToPublish
from atelier.app.written_files import actions_for, ask_for_folder, notice_of, usual_folder
from atelier.deck.languages import languages
from atelier.deck.loading import load
from atelier.foundation.errors import AtelierError
from atelier.foundation.export_choices import load_choices, save_choices
from atelier.foundation.translation import _
from atelier.windows.export.offers import WRITE_UP, arguments, article_flags

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from atelier.app.program_run import Ended
    from atelier.foundation.run_messages import Failure
    from atelier.windows.icons import Icons
    from atelier.windows.review.window import ReviewWindow
    from atelier.windows.style import Appearance


class WritingUp(QObject):
    """Belongs to one window; what is chosen is kept for the deck of its talk."""

    def __init__(
        self,
        window: ReviewWindow,
        appearance: Appearance,
        icons: Icons,
        *,
        choose_folder: Callable[[QWidget, Path], str] = ask_for_folder,
    ) -> None:
        super().__init__(window)
        self.publishing = Publishing(window, appearance, icons)
        self._window = window
        self._panel = panel = window.write_up
        self._choose_folder = choose_folder
        self._deck = window.talk.deck
        choices = load_choices(self._deck)
        folder = Path(choices.folder) if choices.folder else usual_folder(self._deck)
        panel.show_choices(choices.values.get(WRITE_UP, {}), folder)
        self._run = ProgramRun(self)
        self._run.progressed.connect(panel.work.show_progress)
        self._run.asked.connect(panel.ask)
        self._run.ended.connect(self._on_ended)
        self._preview = ArticlePreview(self)
        self._preview.ready.connect(panel.show_article)
        self._preview.failed.connect(self._on_no_article)
        panel.changed.connect(self._show_article)
        panel.write_asked.connect(self._write)
        panel.publish_asked.connect(self._publish)
        panel.cancel_asked.connect(self._cancel)
        panel.answered.connect(self._run.answer)
        panel.folder_asked.connect(self._on_folder_asked)
        window.closed.connect(self.close)
        panel.page.say(_("The article is being read…"))
        self._show_article()

    def close(self) -> None:
        """Cancels what is being written, and waits until nothing of it is left."""
        self._remember()
        self._preview.close()
        self._run.close()
        self.publishing.close()

    def _arguments(self) -> tuple[str, ...]:
        panel = self._panel
        return arguments(panel.offer, panel.options, self._window.talk.file, panel.folder)

    def _show_article(self) -> None:
        self._preview.ask(self._arguments())

    def _on_no_article(self, failure: Failure) -> None:
        self._panel.page.say(f"{failure.message} {failure.hint}".strip())

    def _on_folder_asked(self) -> None:
        if chosen := self._choose_folder(self._window, self._panel.folder):
            self._panel.folder_button.set_folder(Path(chosen))

    def _write(self) -> None:
        if not self._run.runs:
            self._remember()
            self._window.notices.clear()
            self._panel.begin()
            self._run.start(self._arguments())

    def _publish(self) -> None:
        if self._run.runs:
            return
        talk = self._window.talk
        try:
            spoken = languages(load(talk.deck))
        except AtelierError as error:
            self._window.show_error(error)
            return
        self._remember()
        self.publishing.open(ToPublish(talk.file, talk.title, article_flags(self._panel.options), spoken))

    def _cancel(self) -> None:
        self._panel.work.show_cancelling()
        self._run.cancel()

    def _remember(self) -> None:
        choices = load_choices(self._deck)
        values = {**choices.values, WRITE_UP: self._panel.values}
        save_choices(self._deck, replace(choices, values=values, folder=str(self._panel.folder)))

    def _on_ended(self, ended: Ended) -> None:
        self._panel.finish()
        if ended.failure is not None:
            self._window.notices.tell(notice_of(ended.failure))
        elif ended.cancelled:
            self._window.toast.say(_("Cancelled; files are as they were before"))
        elif ended.files:
            name = ended.files[0].path.name
            self._window.toast.say(_("The article is in {file}").format(file=name), actions_for(ended.files))
