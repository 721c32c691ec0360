"""The dialog that publishes: where to, as whom, what is sent, and what has become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from atelier.foundation.run_messages import LOGIN
from atelier.foundation.translation import _
from atelier.windows.controls import Button, Elided, label
from atelier.windows.export.stays import StaysLine, StaysReport
from atelier.windows.export.work_line import WorkLine
from atelier.windows.keyboard import key_press
from atelier.windows.notice import NoticeBar, announce
from atelier.windows.overlay import Overlay, pass_focus
from atelier.windows.publish.done import DonePage
from atelier.windows.publish.login import LoginForm
from atelier.windows.publish.question import SiteQuestion
from atelier.windows.publish.sending import ToBeSent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from atelier.foundation.run_messages import PostQuestion, Progress
    from atelier.publishing.address import SiteAddress
    from atelier.publishing.memory import KnownSite
    from atelier.windows.export.article_page import ArticleBeginning
    from atelier.windows.icons import Icons
    from atelier.windows.notice import Notice
    from atelier.windows.publish.done import Sent
    from atelier.windows.publish.login import Keyring
    from atelier.windows.tokens import Tokens

LARGEST: Final = QSize(700, 592)
_MARGIN: Final = 24


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a draft goes and who sends it. An empty `password` is that of the keyring; `language` as the command line
    takes it.
    """

    site: SiteAddress
    user: str
    language: str
    password: str = field(default="", repr=False)


class PublishDialog(Overlay):
    """Says where a draft is to go; it sends nothing itself, and asks no keyring."""

    send_asked = Signal(object)
    """A `Destination`."""
    cancel_asked = Signal()
    answered = Signal(str)
    keyring_asked = Signal(object, str)
    """A `SiteAddress` and a name: whether the keyring has the password, which `show_keyring` says."""
    article_asked = Signal(str)
    """The language whose article is to be shown."""
    open_asked = Signal(str)
    """An address, for the browser."""

    def __init__(
        self,
        host: QWidget,
        title: str,
        languages: Sequence[str],
        language: str,
        sites: Sequence[KnownSite],
        tokens: Tokens,
        icons: Icons,
    ) -> None:
        super().__init__(host, tokens, veiled=True)
        self.setAccessibleName(_("Publish as a draft"))
        self._icons = icons
        self._working = False
        self._typed = False
        self._stage = ""
        self.login = LoginForm(sites, lambda: self.tokens)
        self.sending = ToBeSent(languages, language, lambda: self.tokens)
        self.stays = StaysLine(icons)
        self.report = StaysReport()
        self.question = SiteQuestion()
        self.done = DonePage(icons)
        self.notices = NoticeBar(self, icons=icons)
        self.work = WorkLine(_("Cancelling: what was uploaded by now is not uploaded again"))
        self._build(title)
        self._connect()

    def show_current(self) -> None:
        """Has the article read that is to be sent, and the keyring looked into."""
        self.sending.say(_("The article is being read…"))
        self.article_asked.emit(self.sending.language.value)
        self._ask_keyring()

    # ------------------------------------------------------------------ layout

    def _build(self, title: str) -> None:
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(label(_("Publish as a draft"), "window-title"))
        of = Elided("small")
        of.set_words(title)
        names.addWidget(of)
        column.addLayout(names)
        self.notices.hide()
        column.addWidget(self.notices)
        form = QWidget()
        form.setObjectName("plain")
        inside = QVBoxLayout(form)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self.sending)
        inside.addWidget(self.stays)
        inside.addSpacing(4)
        inside.addWidget(self.login)
        inside.addStretch(1)
        self._pages = QStackedWidget()
        for page in (form, self.report, self.question, self.done):
            self._pages.addWidget(page)
        column.addWidget(self._pages, 1)
        column.addWidget(self._build_foot())
        self._whole.addLayout(column)

    def _build_foot(self) -> QWidget:
        choose = QWidget()
        choose.setObjectName("plain")
        row = QHBoxLayout(choose)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        self.close_button = Button(_("Close"), "ghost")
        row.addWidget(self.close_button)
        self.send_button = Button(_("Send the draft"), "primary", tall=True)
        self._icons.dress(self.send_button, "globe", "on_accent", 16)
        row.addWidget(self.send_button)
        self._foot = QStackedWidget()
        self._foot.setFixedHeight(40)
        self._foot.addWidget(choose)
        self._foot.addWidget(self.work)
        return self._foot

    def _connect(self) -> None:
        self.login.changed.connect(self._ask_keyring)
        self.sending.language_chosen.connect(self.article_asked)
        self.stays.report_asked.connect(self._show_report)
        self.report.closed.connect(self._hide_report)
        self.close_button.when_clicked(self.close_panel)
        self.send_button.when_clicked(self._send)
        self.work.cancelled.connect(self.cancel_asked)
        self.question.answered.connect(self._on_answered)
        self.question.open_asked.connect(self.open_asked)
        self.done.open_asked.connect(self.open_asked)

    # ------------------------------------------------------------------ what is sent

    def _ask_keyring(self) -> None:
        site = self.login.site
        if site is not None and self.login.user:
            self.keyring_asked.emit(site, self.login.user)

    def show_keyring(self, site: str, user: str, keyring: Keyring) -> None:
        """What the keyring says of a name on a site; nothing where another one stands there by now."""
        now = self.login.site
        if now is not None and (now.root, self.login.user) == (site, user):
            self.login.show_keyring(keyring)

    def show_article(self, article: ArticleBeginning) -> None:
        self.sending.show_article(article)
        self.stays.show_article(article)
        self.report.show_article(article)

    def _show_report(self) -> None:
        self._pages.setCurrentWidget(self.report)
        self.report.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_report(self) -> None:
        self._pages.setCurrentIndex(0)
        self.stays.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        self.notices.clear()
        self._pages.setCurrentIndex(0)
        missing = self.login.say_what_is_missing()
        site = self.login.site
        if missing is not None or site is None:
            if missing is not None:
                missing.setFocus(Qt.FocusReason.TabFocusReason)
            return
        password = self.login.password
        self._typed = bool(password)
        self.send_asked.emit(Destination(site, self.login.user, self.sending.language.value, password))

    # ------------------------------------------------------------------ the work

    @property
    def working(self) -> bool:
        return self._working

    @property
    def is_done(self) -> bool:
        """Whether it was sent, and says so."""
        return self._pages.currentWidget() is self.done

    def begin(self) -> None:
        """The draft is being sent: until `finish` nothing can be chosen."""
        self._set_working(working=True)
        self._stage = ""
        self.work.begin(_("Draft"))

    def show_progress(self, progress: Progress) -> None:
        if progress.what != self._stage:
            self._stage = progress.what
            self.work.begin(progress.what)
        self.work.show_progress(progress)

    def ask(self, question: PostQuestion) -> None:
        """Asks what becomes of a post that is not as it was sent."""
        self._pages.setCurrentWidget(self.question)
        self.question.show_question(question)

    def _on_answered(self, choice: str) -> None:
        self._pages.setCurrentIndex(0)
        self.work.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.answered.emit(choice)

    def finish(self, notice: Notice, about: str = "") -> None:
        """Nothing is being sent any more; says why, with all there that was typed."""
        self._set_working(working=False)
        self._pages.setCurrentIndex(0)
        self.notices.tell(notice)
        if about == LOGIN:
            self.login.ask_for_password()
        else:
            self.send_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sent(self, sent: Sent) -> None:
        """It is done: says where the draft is."""
        self._set_working(working=False)
        self.login.forget_password()
        self.send_button.hide()
        self._pages.setCurrentWidget(self.done)
        self.done.show_sent(sent, typed=self._typed)
        announce(self, self.done.title.text())

    def _set_working(self, *, working: bool) -> None:
        self._working = working
        self._foot.setCurrentIndex(1 if working else 0)
        self.login.setEnabled(not working)
        self.sending.setEnabled(not working)
        if working:
            self.work.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ Overlay

    def open(self) -> None:
        super().open()
        QTimer.singleShot(0, self, self._icons.load)

    def take_focus(self) -> None:
        missing = self.login.first_missing
        (missing or self.send_button).setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Closes it, unless something is being sent: that is cancelled."""
        if self._working:
            self.cancel_asked.emit()
        else:
            super().close_panel()

    def put_away(self) -> None:
        """Closes it, also while something is being sent."""
        super().close_panel()

    def panel_rect(self, size: QRect) -> QRect:
        width = min(LARGEST.width(), size.width() - 2 * _MARGIN)
        height = min(LARGEST.height(), size.height() - 2 * _MARGIN)
        return QRect((size.width() - width) // 2, (size.height() - height) // 2, width, height)

    def place(self) -> None:
        super().place()
        inner = self.inner
        self._whole.setContentsMargins(
            inner.left(), inner.top(), self.width() - inner.right() - 1, self.height() - inner.bottom() - 1
        )

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Keeps Tab inside, in the order of what is seen."""
        ring: list[QWidget] = [*self.notices.findChildren(Button), self.sending.language]
        ring += [self.stays.button, *self.login.controls, self.report.lines, self.report.button]
        ring += [*self.question.controls, *self.done.controls]
        ring += [self.close_button, self.send_button, self.work.cancel_button]
        passed = pass_focus(ring, forward=next)
        self.done.show_control(self.window().focusWidget())
        return passed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        if press.name == "Escape" and self._pages.currentWidget() is self.report:
            self._hide_report()
        elif press.name == "Escape":
            self.close_panel()
        elif press.name == "Enter" and self.login.isAncestorOf(self.window().focusWidget()):
            self.send_button.click()
        event.accept()  # the window behind has keys of its own

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a click outside loses nothing of what was typed
