"""The export dialog, wired: what a deck leaves to choose, what was chosen the last time, and the runs that make it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from atelier.app.article_preview import ArticlePreview
from atelier.app.program_run import ProgramRun
from atelier.app.publish_dialog import Publishing, ToPublish
from atelier.app.written_files import actions_for, ask_for_folder, notice_of, usual_folder
from atelier.deck.audience import for_audience
from atelier.deck.languages import languages
from atelier.deck.loading import load
from atelier.deck.redaction_checks import refuse_unread_terms
from atelier.foundation.export_choices import load_choices, save_choices
from atelier.foundation.translation import _, decimal, ngettext
from atelier.windows.export.dialog import ExportDialog
from atelier.windows.export.offers import LANGUAGE, Facts, arguments, article_flags
from atelier.windows.export.pictures import ExportPictures
from atelier.windows.notice import Toast

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from atelier.app.program_run import Ended, WrittenFile
    from atelier.deck.types import Deck
    from atelier.foundation.run_messages import Failure
    from atelier.windows.export.article_page import ArticleBeginning
    from atelier.windows.export.dialog import Wanted
    from atelier.windows.icons import Icons
    from atelier.windows.notice import Action
    from atelier.windows.style import Appearance


class Exporting(QObject):
    """Opens the dialog over `host`, one at a time, and makes what is wanted. `show` opens a panel over the host;
    `choose_folder` asks for a folder.
    """

    def __init__(
        self,
        host: QWidget,
        appearance: Appearance,
        icons: Icons,
        *,
        show: Callable[[ExportDialog], None] | None = None,
        choose_folder: Callable[[QWidget, Path], str] = ask_for_folder,
    ) -> None:
        super().__init__(host)
        self._host = host
        self._appearance = appearance
        self._icons = icons
        self._show: Callable[[ExportDialog], None] = show or ExportDialog.open
        self._choose_folder = choose_folder
        self.dialog: ExportDialog | None = None
        self.toast: Toast | None = None
        self._deck = Path()
        self._waiting: list[Wanted] = []
        self._written: list[WrittenFile] = []
        self._run = ProgramRun(self)
        self._run.ended.connect(self._on_ended)
        self._preview = ArticlePreview(self)
        self.publishing = Publishing(host, appearance, icons)
        appearance.changed.connect(self._on_appearance_changed)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return self._run.runs

    def open(self, path: Path) -> ExportDialog:
        """Opens the dialog for the deck at `path`; raises InputError where that cannot be read or exported."""
        if self.dialog is not None:
            return self.dialog
        deck = load(path)
        refuse_unread_terms(deck)
        self._deck = (deck.file or path).absolute()
        choices = load_choices(self._deck)
        folder = Path(choices.folder) if choices.folder else usual_folder(self._deck)
        pictures = ExportPictures(for_audience(deck))
        tokens = self._appearance.tokens
        dialog = self.dialog = ExportDialog(self._host, facts_of(deck), choices, folder, pictures, tokens, self._icons)
        dialog.closed.connect(self._on_closed)
        dialog.export_asked.connect(self._on_export_asked)
        dialog.cancel_asked.connect(self._on_cancel_asked)
        dialog.answered.connect(self._run.answer)
        dialog.folder_asked.connect(self._on_folder_asked)
        dialog.publish_asked.connect(self._on_publish_asked)
        dialog.article_needed.connect(self._on_article_needed)
        self._run.progressed.connect(dialog.show_progress)
        self._run.asked.connect(dialog.ask)
        self._preview.ready.connect(self._on_article)
        self._preview.failed.connect(self._on_no_article)
        self._show(dialog)
        dialog.show_current()
        return dialog

    def close(self) -> None:
        """Cancels what is being made, and waits until nothing of it is left."""
        self._waiting.clear()
        self._preview.close()
        self._run.close()
        self.publishing.close()

    def put_away(self) -> None:
        """Closes the dialog; what was being made is cancelled."""
        if self.dialog is not None:
            self._waiting.clear()
            self._run.cancel()
            self.dialog.put_away()

    def _on_closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        self.publishing.put_away()
        save_choices(self._deck, dialog.choices)
        self._run.progressed.disconnect(dialog.show_progress)
        self._run.asked.disconnect(dialog.ask)
        self._preview.ready.disconnect(self._on_article)
        self._preview.failed.disconnect(self._on_no_article)
        self._preview.close()
        dialog.deleteLater()

    def _on_publish_asked(self, wanted: Wanted) -> None:
        """Publishes over this dialog, which is there again afterwards."""
        if self.dialog is None:
            return
        save_choices(self._deck, self.dialog.choices)
        facts = self.dialog.facts
        language = next((str(value) for option, value in wanted.options.items() if option.id == LANGUAGE), "")
        article = ToPublish(self._deck, facts.title, article_flags(wanted.options), facts.languages, language)
        self.publishing.open(article)

    def _on_folder_asked(self) -> None:
        if self.dialog is not None and (chosen := self._choose_folder(self.dialog, self.dialog.folder)):
            self.dialog.set_folder(Path(chosen))

    # ------------------------------------------------------------------ previews

    def _on_article_needed(self, wanted: Wanted) -> None:
        if self.dialog is not None:
            self._preview.ask(arguments(wanted.offer, wanted.options, self._deck, self.dialog.folder))

    def _on_article(self, article: ArticleBeginning) -> None:
        if self.dialog is not None:
            self.dialog.show_article(article)

    def _on_no_article(self, failure: Failure) -> None:
        if self.dialog is not None:
            self.dialog.page.say(f"{failure.message} {failure.hint}".strip())

    # ------------------------------------------------------------------ the work

    def _on_export_asked(self, wanted: tuple[Wanted, ...]) -> None:
        if self.dialog is None:
            return
        save_choices(self._deck, self.dialog.choices)
        self._waiting, self._written = list(wanted), []
        self._next()

    def _next(self) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        if not self._waiting:
            self._finish(dialog)
            return
        wanted = self._waiting.pop(0)
        dialog.begin(_(wanted.offer.name))
        self._run.start(arguments(wanted.offer, wanted.options, self._deck, dialog.folder))

    def _on_cancel_asked(self) -> None:
        self._waiting.clear()
        if self.dialog is not None:
            self.dialog.work.show_cancelling()
        self._run.cancel()

    def _on_ended(self, ended: Ended) -> None:
        self._written += ended.files
        dialog = self.dialog
        if dialog is None:
            return
        if ended.failure is not None:
            self._waiting.clear()
            dialog.finish(notice_of(ended.failure))
        elif ended.cancelled:
            dialog.finish()
            self._say(_("Cancelled; files are as they were before"))
        else:
            self._next()

    def _finish(self, dialog: ExportDialog) -> None:
        dialog.finish()
        dialog.close_panel()
        n = len(self._written)
        words = ngettext("{n} file in {folder}", "{n} files in {folder}", n).format(n=n, folder=dialog.folder.name)
        self._say(words, *actions_for(self._written))

    def _say(self, words: str, *actions: Action) -> None:
        if self.toast is None:
            self.toast = Toast(self._host, self._appearance.tokens)
        self.toast.say(words, actions)

    def _on_appearance_changed(self) -> None:
        tokens = self._appearance.tokens
        if self.dialog is not None:
            self.dialog.set_tokens(tokens)
        if self.toast is not None:
            self.toast.set_tokens(tokens)


def facts_of(deck: Deck) -> Facts:
    """What of a deck can be chosen."""
    paths = [("", _("All frames"))]
    for path in deck.paths:
        if path.name:
            minutes = (
                _("{name}, {n} min").format(name=path.name, n=decimal(path.minutes, 0)) if path.minutes else path.name
            )
            paths.append((path.name, minutes))
    return Facts(deck.title, tuple(paths), languages(deck))
