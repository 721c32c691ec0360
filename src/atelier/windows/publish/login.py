"""Where to publish and who does: the site, the name there, the password or where it is kept."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QWidget

from atelier.foundation.errors import UsageError
from atelier.foundation.translation import _
from atelier.publishing.address import site_address
from atelier.windows.controls import Button, Field, label
from atelier.windows.publish.address_line import AddressLine
from atelier.windows.publish.site_field import SiteField
from atelier.windows.tokens import CONTROL_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.publishing.address import SiteAddress
    from atelier.publishing.memory import KnownSite
    from atelier.windows.tokens import Tokens

_PASSED: Final = ("Enter", "Escape")


class Keyring(Enum):
    """What the keyring of the system says of the password."""

    UNKNOWN = auto()
    KEPT = auto()
    NOT_KEPT = auto()
    NO_KEYRING = auto()


class LoginForm(QWidget):
    """Asks for what is not known; what is wrong is said below what was typed."""

    changed = Signal()
    """Another site or name stands there."""

    def __init__(self, sites: Sequence[KnownSite], tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._users = {each.root: each.user for each in sites}
        self._keyring = Keyring.UNKNOWN
        self._wants_another = False
        self.site_field = SiteField(_("Site"), [each.root for each in sites], tokens)
        self.user_field = Field("", passed=_PASSED)
        self.user_field.setAccessibleName(_("Your name there"))
        self.password_field = Field("", passed=_PASSED)
        self.password_field.setEchoMode(QLineEdit.EchoMode.Password)
        self.password_field.setAccessibleName(_("Application password"))
        self.another_button = Button(_("Use another one"), "link").when_clicked(self._on_another)
        self.page_line = AddressLine(_("Where the site makes application passwords"))
        self._site_problem, self._user_problem, self._password_problem = (_problem() for _each in range(3))
        self._kept = label()
        self._hint = label(kind="small", wrap=True)
        self._password = QStackedWidget()
        self._build()
        self.site_field.changed.connect(self._on_site_changed)
        self.user_field.textEdited.connect(self._on_user_edited)
        self.password_field.textEdited.connect(self._password_problem.hide)
        if sites:
            self.site_field.setCurrentIndex(0)
            self.user_field.setText(sites[0].user)
        self.show_keyring(Keyring.UNKNOWN)

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._password.addWidget(self.password_field)
        kept = QWidget()
        kept.setObjectName("plain")
        row = QHBoxLayout(kept)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._kept)
        row.addWidget(self.another_button)
        row.addStretch(1)
        self._password.addWidget(kept)
        self._password.setFixedHeight(CONTROL_HEIGHT + 4)
        rows: tuple[tuple[str, QWidget, QLabel], ...] = (
            (_("Site"), self.site_field, self._site_problem),
            (_("Your name there"), self.user_field, self._user_problem),
            (_("Application password"), self._password, self._password_problem),
        )
        for number, (name, field, problem) in enumerate(rows):
            grid.addWidget(label(name, "small"), 2 * number, 0)
            grid.addWidget(field, 2 * number, 1)
            grid.addWidget(problem, 2 * number + 1, 1)
        grid.addWidget(self._hint, 2 * len(rows), 1)
        grid.addWidget(self.page_line, 2 * len(rows) + 1, 1)

    # ------------------------------------------------------------------ what was typed

    @property
    def site(self) -> SiteAddress | None:
        """The address of the site; None while it is none."""
        try:
            return site_address(self.site_field.currentText())
        except UsageError:
            return None

    @property
    def user(self) -> str:
        return self.user_field.text().strip()

    @property
    def password(self) -> str:
        """What was typed; empty where the keyring's is to be used."""
        return self.password_field.text().strip() if self._password.currentIndex() == 0 else ""

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        page = (self.page_line.field, self.page_line.copy_button)
        return (self.site_field, self.user_field, self.password_field, self.another_button, *page)

    @property
    def first_missing(self) -> QWidget | None:
        """Where to type what is not known yet."""
        if self.site is None:
            return self.site_field
        if not self.user:
            return self.user_field
        if self._keyring in {Keyring.NOT_KEPT, Keyring.NO_KEYRING} and not self.password:
            return self.password_field
        return None

    def say_what_is_missing(self) -> QWidget | None:
        """Says it below the first field that lacks something, and gives that field."""
        missing = self.first_missing
        words = self._site_words() if missing is self.site_field else ""
        _say(self._site_problem, words)
        _say(self._user_problem, _("Give the name you have on the site.") if missing is self.user_field else "")
        needed = missing is self.password_field
        _say(self._password_problem, _("Type the application password for it.") if needed else "")
        return missing

    def forget_password(self) -> None:
        """Empties the field: what stood there has served."""
        self.password_field.clear()

    def _site_words(self) -> str:
        text = self.site_field.currentText().strip()
        if not text:
            return _("Give the address of the site, as in a browser.")
        try:
            site_address(text)
        except UsageError as error:
            return f"{error.message} {error.hint}".strip()
        return ""

    def _on_site_changed(self, text: str) -> None:
        self._site_problem.hide()
        if text in self._users:
            self.user_field.setText(self._users[text])
        self._forget_keyring()

    def _on_user_edited(self) -> None:
        self._user_problem.hide()
        self._forget_keyring()

    def _forget_keyring(self) -> None:
        self._wants_another = False
        self.show_keyring(Keyring.UNKNOWN)
        self.changed.emit()

    # ------------------------------------------------------------------ the keyring

    def show_keyring(self, keyring: Keyring) -> None:
        """Asks for a password unless the keyring has it."""
        self._keyring = keyring
        site = self.site
        looking = keyring is Keyring.UNKNOWN and site is not None and self._users.get(site.root) == self.user
        keeps = (keyring is Keyring.KEPT or looking) and not self._wants_another
        had_focus = self.password_field.hasFocus()
        self._password.setCurrentIndex(1 if keeps else 0)
        self._kept.setText(_("Looking in the keyring…") if looking else _("In the keyring of this system"))
        self.another_button.setVisible(not looking)
        match keyring:
            case Keyring.NO_KEYRING:
                where = _("This system has no keyring: the password is used this once and kept nowhere.")
            case _:
                where = _("It is kept in the keyring of this system.")
        how = _("A password for this program alone: WordPress makes it under Users, Profile, Application passwords.")
        self._hint.setText(f"{how} {where}")
        self._hint.setVisible(not keeps)
        self.page_line.setVisible(not keeps and site is not None)
        if site is not None:
            self.page_line.show_address(site.passwords_page)
        if keeps and had_focus:
            self.another_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_for_password(self) -> None:
        """The one that was used is none: shows the field, with what was typed there."""
        self._wants_another = True
        self.show_keyring(self._keyring)
        self.password_field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.password_field.selectAll()

    def _on_another(self) -> None:
        self._wants_another = True
        self.show_keyring(self._keyring)
        self.password_field.setFocus(Qt.FocusReason.TabFocusReason)


def _problem() -> QLabel:
    made = label(kind="problem", wrap=True)
    made.hide()
    return made


def _say(problem: QLabel, words: str) -> None:
    problem.setText(words)
    problem.setVisible(bool(words))
