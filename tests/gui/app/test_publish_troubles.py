"""What may go wrong where a window publishes, and what is asked: nothing that was typed is lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from tests.gui.app.publishing import (
    PATIENCE,
    blog,
    click,
    deck,
    fail,
    fill_in,
    keyring,
    library,
    opened,
    press,
    publish_dialog,
    send,
    type_in,
    words_of,
)
from tests.unit.publishing.blog import PASSWORD, USER, running_blog

from atelier.foundation.settings import data_folder
from atelier.publishing.memory import FILE, Memory
from atelier.windows.controls import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot
    from tests.unit.publishing.blog import Blog
    from tests.unit.publishing.keyrings import KeyringOnDisk

    from atelier.app.library import Library

__all__ = ["blog", "deck", "keyring", "library", "opened"]


def test_what_is_missing_is_asked_for_field_by_field(
    library: Library, qtbot: QtBot, blog: Blog, keyring: KeyringOnDisk
) -> None:
    del keyring
    dialog = publish_dialog(library, qtbot)
    click(dialog.send_button)
    assert "Give the address of the site" in words_of(dialog.login)
    assert library.window.focusWidget() is dialog.login.site_field
    type_in(dialog, "http://example.org")
    click(dialog.send_button)
    assert "anybody on the way could read the password" in words_of(dialog.login)
    fill_in(dialog, blog.address, user=" ")
    click(dialog.send_button)
    assert "Give the name you have on the site." in words_of(dialog.login)
    fill_in(dialog, blog.address)
    qtbot.waitUntil(lambda: dialog.login.first_missing is dialog.login.password_field, timeout=PATIENCE)
    click(dialog.send_button)
    assert "Type the application password for it." in words_of(dialog.login)
    assert not dialog.working
    assert blog.asked == []


def test_where_there_is_no_keyring_that_is_said(
    library: Library, qtbot: QtBot, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    dialog = publish_dialog(library, qtbot)
    fill_in(dialog, blog.address, PASSWORD)
    once = "This system has no keyring: the password is used this once and kept nowhere."
    qtbot.waitUntil(lambda: once in words_of(dialog.login), timeout=PATIENCE)
    send(dialog, qtbot)
    assert "The password was used this once and is kept nowhere." in words_of(dialog)
    assert dialog.login.password_field.text() == ""


def test_a_wrong_password_is_said_and_another_one_typed(
    library: Library, qtbot: QtBot, blog: Blog, keyring: KeyringOnDisk
) -> None:
    keyring.keep(blog.address, USER, "revoked")
    Memory(data_folder() / FILE).remember_use(blog.address, USER, 1.0)
    dialog = publish_dialog(library, qtbot)
    qtbot.waitUntil(dialog.login.another_button.isVisible, timeout=PATIENCE)
    assert f"{blog.address} does not accept the name “{USER}” with this password." in fail(dialog, qtbot)
    assert library.window.focusWidget() is dialog.login.password_field
    type_in(dialog, "no better")
    assert "does not accept" in fail(dialog, qtbot)
    assert dialog.login.password_field.text() == "no better"
    type_in(dialog, PASSWORD)  # in the place of what is marked
    press(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.is_done, timeout=PATIENCE)
    assert keyring.kept == {f"Atelier {blog.address} {USER}": PASSWORD}


def _redirects(blog: Blog) -> None:
    blog.redirect = "https://www.example.org/"


def _has_no_interface(blog: Blog) -> None:
    blog.index = {"name": "Something else"}


def _takes_no_passwords(blog: Blog) -> None:
    blog.index = {"namespaces": ["wp/v2"], "authentication": []}


def _forbids(blog: Blog) -> None:
    blog.failures["/wp/v2/posts"] = (403, "rest_cannot_create", "You may not.")


def _is_busy(blog: Blog) -> None:
    blog.failures["/wp/v2/media"] = (503, "", "")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_redirects, "leads on to https://www.example.org. If that is the site you mean, give that address"),
        (_has_no_interface, "No WordPress answers at "),
        (_takes_no_passwords, "takes no application passwords."),
        (_forbids, "does not allow that: You may not."),
        (_is_busy, "is too busy to answer"),
    ],
)
def test_what_goes_wrong_is_said_and_nothing_typed_is_lost(
    library: Library, qtbot: QtBot, blog: Blog, keyring: KeyringOnDisk, spoil: Callable[[Blog], None], words: str
) -> None:
    spoil(blog)
    dialog = publish_dialog(library, qtbot)
    fill_in(dialog, blog.address, PASSWORD)
    assert words in fail(dialog, qtbot)
    assert (dialog.login.site_field.currentText(), dialog.login.user) == (blog.address, USER)
    assert dialog.login.password_field.text() == PASSWORD
    assert blog.posts == []
    assert keyring.kept == {}
    blog.redirect, blog.failures = "", {}
    blog.index = {"namespaces": ["wp/v2"], "authentication": {"application-passwords": {}}}
    send(dialog, qtbot)
    assert len(blog.posts) == 1
    assert not dialog.notices.isVisible()


def test_a_site_that_is_not_there_is_said(library: Library, qtbot: QtBot, keyring: KeyringOnDisk) -> None:
    del keyring
    with running_blog() as gone:
        address = gone.address
    dialog = publish_dialog(library, qtbot)
    fill_in(dialog, address, PASSWORD)
    assert "The connection to 127.0.0.1 fails." in fail(dialog, qtbot)


@pytest.mark.parametrize(("answer", "kept"), [("Leave it as it is", True), ("Overwrite it", False)])
def test_what_was_changed_on_the_site_is_asked_about(
    library: Library, qtbot: QtBot, blog: Blog, keyring: KeyringOnDisk, opened: list[str], answer: str, *, kept: bool
) -> None:
    keyring.keep(blog.address, USER, PASSWORD)
    dialog = publish_dialog(library, qtbot)
    fill_in(dialog, blog.address)
    send(dialog, qtbot)
    press(dialog, Qt.Key.Key_Escape)
    blog.posts[0]["content"] = {"raw": "Mine alone."}
    dialog = publish_dialog(library, qtbot)
    send(dialog, qtbot)
    assert "“Bread” was changed on the site since it was sent" in words_of(dialog.question)
    assert opened == []
    click(dialog.question.look_button)
    assert opened == [f"{blog.address}/wp-admin/post.php?post={blog.posts[0]['id']}&action=edit"]
    click(next(button for button in dialog.question.findChildren(Button) if button.text() == answer))
    qtbot.waitUntil(lambda: dialog.is_done, timeout=PATIENCE)
    assert (blog.posts[0]["content"]["raw"] == "Mine alone.") is kept
    outcome = "Left as it is on the site" if kept else "Brought up to date"
    assert outcome in words_of(dialog)


def test_a_question_is_left_by_escape(library: Library, qtbot: QtBot, blog: Blog, keyring: KeyringOnDisk) -> None:
    keyring.keep(blog.address, USER, PASSWORD)
    blog.posts.append({"id": 3, "slug": "bread", "status": "publish", "title": {"raw": "Other"}, "modified": "2026"})
    dialog = publish_dialog(library, qtbot)
    fill_in(dialog, blog.address)
    send(dialog, qtbot)
    assert "not sent from here: “Other”" in words_of(dialog.question)
    press(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.working, timeout=PATIENCE)
    assert dialog.is_open
    assert not dialog.question.isVisible()
    assert blog.posts[0]["title"]["raw"] == "Other"


def test_who_cancels_leaves_no_post_and_the_password_is_seen_by_nobody(
    library: Library, qtbot: QtBot, blog: Blog, keyring: KeyringOnDisk
) -> None:
    del keyring
    blog.open.clear()
    dialog = publish_dialog(library, qtbot)
    fill_in(dialog, blog.address, PASSWORD)
    click(dialog.send_button)
    qtbot.waitUntil(lambda: blog.waiting.is_set() and "0 of 2 parts sent" in dialog.work.words.text(), timeout=PATIENCE)
    seen = b"".join((process / name).read_bytes() for process in _children() for name in ("cmdline", "environ"))
    assert b"publish" in seen
    assert PASSWORD.encode() not in seen
    assert not dialog.login.isEnabled()
    press(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.working, timeout=PATIENCE)
    assert "Cancelled; what was uploaded by then is not uploaded again." in words_of(dialog)
    assert blog.posts == []
    blog.open.set()
    send(dialog, qtbot)
    assert len(blog.posts) == 1


def _children() -> list[Path]:
    """The processes that this one has started."""
    own = f"PPid:\t{os.getpid()}\n"
    return [entry.parent for entry in Path("/proc").glob("[0-9]*/status") if own in _read(entry)]


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # it has ended
        return ""
