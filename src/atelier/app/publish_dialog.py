"""The dialog that publishes, wired: sites used before, the keyring asked, the run that sends, the browser opened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from atelier.app.article_preview import ArticlePreview
from atelier.app.latest_run import LatestRun
from atelier.app.program_run import ProgramRun
from atelier.app.publishing import known_sites
from atelier.app.written_files import notice_of
from atelier.foundation.translation import _
from atelier.windows.notice import Notice
from atelier.windows.publish.dialog import PublishDialog
from atelier.windows.publish.done import read_sent
from atelier.windows.publish.login import Keyring

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from atelier.app.program_run import Ended
    from atelier.foundation.run_messages import Failure
    from atelier.publishing.address import SiteAddress
    from atelier.windows.export.article_page import ArticleBeginning
    from atelier.windows.icons import Icons
    from atelier.windows.publish.dialog import Destination
    from atelier.windows.style import Appearance


@dataclass(frozen=True, slots=True)
class ToPublish:
    """A deck or a talk given, by its file; `options` say what is in its article, as the command line takes them, but
    for the language.
    """

    what: Path
    title: str
    options: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    language: str = ""


class Publishing(QObject):
    """Opens the dialog over `host`, one at a time, and sends what is wanted. `open_address` opens the browser."""

    def __init__(
        self,
        host: QWidget,
        appearance: Appearance,
        icons: Icons,
        *,
        open_address: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(host)
        self._host = host
        self._appearance = appearance
        self._icons = icons
        self._open_address = open_address or open_in_browser
        self.dialog: PublishDialog | None = None
        self._run = ProgramRun(self)
        self._run.ended.connect(self._on_ended)
        self._preview = ArticlePreview(self)
        self._preview.ready.connect(self._on_article)
        self._preview.failed.connect(self._on_no_article)
        self._keyring = LatestRun(self)
        self._keyring.answered.connect(self._on_keyring)
        appearance.changed.connect(self._on_appearance_changed)

    def open(self, article: ToPublish) -> PublishDialog:
        """Opens the dialog for an article, unless it is open."""
        if self.dialog is not None:
            return self.dialog
        tokens = self._appearance.tokens
        dialog = self.dialog = PublishDialog(
            self._host, article.title, article.languages, article.language, known_sites(), tokens, self._icons
        )
        arguments = (str(article.what), *article.options)
        dialog.closed.connect(self._on_closed)
        dialog.article_asked.connect(partial(self._read, arguments))
        dialog.keyring_asked.connect(self._look_into_keyring)
        dialog.send_asked.connect(partial(self._send, arguments))
        dialog.cancel_asked.connect(self._on_cancel_asked)
        dialog.answered.connect(self._run.answer)
        dialog.open_asked.connect(self._open_address)
        self._run.progressed.connect(dialog.show_progress)
        self._run.asked.connect(dialog.ask)
        dialog.open()
        dialog.show_current()
        return dialog

    def close(self) -> None:
        """Cancels what is being sent, and waits until nothing of it runs."""
        for each in (self._preview, self._keyring, self._run):
            each.close()

    def put_away(self) -> None:
        """Closes the dialog; what was being sent is cancelled."""
        if self.dialog is not None:
            self._run.cancel()
            self.dialog.put_away()

    def _on_closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        self._run.progressed.disconnect(dialog.show_progress)
        self._run.asked.disconnect(dialog.ask)
        self._preview.close()
        self._keyring.close()
        dialog.deleteLater()

    # ------------------------------------------------------------------ what is shown

    def _read(self, arguments: tuple[str, ...], language: str) -> None:
        self._preview.ask(("draft", *arguments, *_in_language(language)))

    def _on_article(self, article: ArticleBeginning) -> None:
        if self.dialog is not None:
            self.dialog.show_article(article)

    def _on_no_article(self, failure: Failure) -> None:
        if self.dialog is not None:
            self.dialog.sending.say(f"{failure.message} {failure.hint}".strip())

    def _look_into_keyring(self, site: SiteAddress, user: str) -> None:
        """By a process of its own: a keyring may ask its owner for a password, and holds up who asks."""
        self._keyring.ask(("publish", *_login(site, user), "--kept"))

    def _on_keyring(self, said: object) -> None:
        value = cast("dict[str, Any]", said) if isinstance(said, dict) else {}
        keyring = Keyring.NOT_KEPT if value.get("keyring") else Keyring.NO_KEYRING
        if value.get("kept"):
            keyring = Keyring.KEPT
        if self.dialog is not None:
            self.dialog.show_keyring(str(value.get("site")), str(value.get("user")), keyring)

    # ------------------------------------------------------------------ the work

    def _send(self, arguments: tuple[str, ...], wanted: Destination) -> None:
        if self.dialog is None or self._run.runs:
            return
        self.dialog.begin()
        command = ["publish", *arguments, *_in_language(wanted.language), *_login(wanted.site, wanted.user)]
        if wanted.password:
            command.append("--ask-password")
        self._run.start(command, wanted.password)

    def _on_cancel_asked(self) -> None:
        if self.dialog is not None:
            self.dialog.work.show_cancelling()
        self._run.cancel()

    def _on_ended(self, ended: Ended) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        sent = read_sent(ended.said)
        if ended.failure is not None:
            dialog.finish(notice_of(ended.failure), ended.failure.about)
        elif sent is not None:
            dialog.show_sent(sent)
        else:
            words = _("Cancelled; what was uploaded by then is not uploaded again.")
            dialog.finish(Notice(words, kind="info"))

    def _on_appearance_changed(self) -> None:
        if self.dialog is not None:
            self.dialog.set_tokens(self._appearance.tokens)


def open_in_browser(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))


def _in_language(language: str) -> tuple[str, ...]:
    return ("--lang", language) if language else ()


def _login(site: SiteAddress, user: str) -> tuple[str, ...]:
    # joined, for a name may begin with a dash
    return (f"--to={site.root}", f"--user={user}")
