from __future__ import annotations

from typing import TYPE_CHECKING

import keyring
import keyring.backend
import keyring.backends.fail
import pytest
from keyring.errors import KeyringLocked, PasswordDeleteError

from atelier.publishing import passwords
from atelier.publishing.address import SiteAddress

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = SiteAddress("https://example.org")


class InMemory(keyring.backend.KeyringBackend):
    """A keyring as systems have one."""

    priority = 5  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride] - as its documentation has it

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def _open(self) -> None:
        if self.locked:
            raise KeyringLocked

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def system_keyring() -> Iterator[InMemory]:
    before = keyring.get_keyring()
    own = InMemory()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


def test_a_password_is_kept_by_site_and_user(system_keyring: InMemory) -> None:
    assert passwords.kept_password(SITE, "ann") == ""
    assert passwords.keep_password(SITE, "ann", "secret")
    assert system_keyring.kept == {("Atelier https://example.org", "ann"): "secret"}
    assert passwords.kept_password(SITE, "ann") == "secret"
    assert passwords.kept_password(SITE, "bob") == ""
    assert passwords.forget_password(SITE, "ann")
    assert not passwords.forget_password(SITE, "ann")


def test_a_keyring_that_stays_locked_is_like_none(system_keyring: InMemory) -> None:
    system_keyring.locked = True
    assert passwords.kept_password(SITE, "ann") == ""
    assert not passwords.keep_password(SITE, "ann", "secret")
    assert not passwords.forget_password(SITE, "ann")


def test_where_there_is_no_keyring_nothing_is_kept() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    try:
        assert not passwords.is_kept_anywhere()
        assert not passwords.keep_password(SITE, "ann", "secret")
        assert passwords.kept_password(SITE, "ann") == ""
    finally:
        keyring.set_keyring(before)
