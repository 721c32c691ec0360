"""Publishing from the windows as a person does it: by keys and by mouse, the real program behind it, a site on loopback
before it.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from tests.gui.app.publishing import (
    PATIENCE,
    blog,
    click,
    deck,
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
from tests.unit.publishing.blog import PASSWORD, USER

from atelier.app.appearance import SharedAppearance
from atelier.app.reviewing import Reviewing
from atelier.foundation.settings import data_folder
from atelier.foundation.translation import set_language
from atelier.publishing.memory import FILE, Memory
from atelier.windows.controls import Button
from atelier.windows.publish.dialog import PublishDialog
from atelier.windows.tokens import DARK, LIGHT, Scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot
    from tests.gui.conftest import Give
    from tests.unit.publishing.blog import Blog
    from tests.unit.publishing.keyrings import KeyringOnDisk

    from atelier.app.library import Library
    from atelier.talk.kept import KeptTalk
    from atelier.windows.review.window import ReviewWindow

__all__ = ["blog", "deck", "keyring", "library", "opened"]


@pytest.fixture
def look_back(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[KeptTalk], ReviewWindow]]:
    reviewing = Reviewing(SharedAppearance(qapp))

    def show(talk: KeptTalk) -> ReviewWindow:
        window = reviewing.show(talk)
        qtbot.waitExposed(window)
        return window

    yield show
    if reviewing.window is not None:
        reviewing.window.close()
    qapp.processEvents()


def test_keys_alone_publish_a_deck(
    library: Library, qtbot: QtBot, blog: Blog, keyring: KeyringOnDisk, own_home: Path, opened: list[str]
) -> None:
    QTest.keyClick(library.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    export = library.exporting.dialog
    assert export is not None
    while export.list.current.offer.id != "blog":
        press(export, Qt.Key.Key_Down)
    press(export, Qt.Key.Key_Tab)
    assert library.window.focusWidget() is export.publish_button
    press(export, Qt.Key.Key_Return)
    dialog = library.exporting.publishing.dialog
    assert dialog is not None
    assert library.window.focusWidget() is dialog.login.site_field
    type_in(dialog, blog.address)
    press(dialog, Qt.Key.Key_Tab)
    type_in(dialog, USER)
    press(dialog, Qt.Key.Key_Tab)
    type_in(dialog, PASSWORD)
    assert dialog.login.password_field.displayText().strip("●") == ""
    press(dialog, Qt.Key.Key_Return)
    assert dialog.working
    assert library.window.focusWidget() is dialog.work.cancel_button
    qtbot.waitUntil(lambda: dialog.is_done, timeout=PATIENCE)
    (post,) = blog.posts
    assert (post["status"], post["title"]["raw"]) == ("draft", "Bread")
    assert "says someone" in post["content"]["raw"]
    assert "Nobody" not in post["content"]["raw"]
    (picture,) = blog.media
    assert picture["source_url"] in post["content"]["raw"]
    said = words_of(dialog)
    assert f"The draft is on {blog.address.removeprefix('http://')}" in said
    assert "A new draft · 1 picture uploaded" in said
    assert "The password is now in the keyring of this system." in said
    edit = f"{blog.address}/wp-admin/post.php?post={post['id']}&action=edit"
    assert opened == []
    press(dialog, Qt.Key.Key_Return)
    assert opened == [edit]
    press(dialog, Qt.Key.Key_Tab)
    press(dialog, Qt.Key.Key_Tab)
    press(dialog, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == edit
    press(dialog, Qt.Key.Key_Escape)
    assert library.exporting.publishing.dialog is None
    assert library.exporting.dialog is export
    assert library.window.focusWidget() is export.publish_button
    assert keyring.kept == {f"Atelier {blog.address} {USER}": PASSWORD}
    found = subprocess.run(["grep", "-r", PASSWORD, own_home], capture_output=True, check=False)
    assert found.returncode == 1


def test_the_mouse_alone_publishes_it_again(library: Library, qtbot: QtBot, blog: Blog, keyring: KeyringOnDisk) -> None:
    keyring.keep(blog.address, USER, PASSWORD)
    memory = Memory(data_folder() / FILE)
    memory.remember_use(blog.address, USER, 2000.0)
    memory.remember_use("https://other.example", "bob", 1000.0)
    dialog = publish_dialog(library, qtbot)
    qtbot.waitUntil(dialog.login.another_button.isVisible, timeout=PATIENCE)
    assert (dialog.login.site_field.currentText(), dialog.login.user) == (blog.address, USER)
    assert not dialog.login.password_field.isVisible()
    assert library.window.focusWidget() is dialog.send_button
    send(dialog, qtbot)
    assert len(blog.posts) == 1
    assert "keyring" not in words_of(dialog)
    click(dialog.close_button)
    dialog = publish_dialog(library, qtbot)
    send(dialog, qtbot)
    assert "There already, as it is" in words_of(dialog)
    assert len(blog.posts) == 1


def test_a_site_used_before_is_chosen_by_an_arrow(library: Library, qtbot: QtBot, keyring: KeyringOnDisk) -> None:
    del keyring
    memory = Memory(data_folder() / FILE)
    memory.remember_use("https://other.example", "bob", 1000.0)
    memory.remember_use("https://bread.example/blog", "ann", 2000.0)
    dialog = publish_dialog(library, qtbot)
    login = dialog.login
    assert (login.site_field.currentText(), login.user) == ("https://bread.example/blog", "ann")
    login.site_field.setFocus()
    press(dialog, Qt.Key.Key_Down)
    assert (login.site_field.currentText(), login.user) == ("https://other.example", "bob")
    qtbot.waitUntil(login.password_field.isVisible, timeout=PATIENCE)
    assert login.page_line.field.text() == ("https://other.example/wp-admin/profile.php#application-passwords-section")
    click(login.page_line.copy_button)
    assert QGuiApplication.clipboard().text() == login.page_line.field.text()


def test_what_is_sent_and_what_stays_is_said_before(library: Library, qtbot: QtBot, keyring: KeyringOnDisk) -> None:
    del keyring
    dialog = publish_dialog(library, qtbot)
    assert dialog.sending.accessibleName().startswith("Bread, ")
    assert "words, 1 min to read · 1 section · 1 picture" in words_of(dialog.sending)
    assert dialog.stays.words.accessibleName() == "1 private passage and 1 masked term stay here"
    click(dialog.stays.button)
    assert "private words “Nobody”" in dialog.report.lines.toPlainText()
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.is_open
    assert not dialog.report.isVisible()


def test_every_language_is_a_post(library: Library, qtbot: QtBot, blog: Blog, keyring: KeyringOnDisk) -> None:
    keyring.keep(blog.address, USER, PASSWORD)
    dialog = publish_dialog(library, qtbot)
    fill_in(dialog, blog.address)
    language = dialog.sending.language
    language.setFocus()
    press(dialog, Qt.Key.Key_End)
    assert language.currentText() == "All of them: fr, en"
    qtbot.waitUntil(lambda: "2 posts · fr: " in words_of(dialog.sending), timeout=PATIENCE)
    send(dialog, qtbot)
    assert len(blog.posts) == 2
    assert "The drafts are on " in words_of(dialog)
    assert len([button for button in dialog.done.findChildren(Button) if button.text() == "Open"]) == 2
    library.window.resize(960, 640)
    for _step in range(3):  # past the controls of the first to those of the second
        press(dialog, Qt.Key.Key_Tab)
    focused = library.window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Open “Bread” in the browser"
    assert not focused.visibleRegion().isEmpty()


def test_tab_goes_through_all_there_is_and_stays_inside(
    library: Library, qtbot: QtBot, blog: Blog, keyring: KeyringOnDisk
) -> None:
    del keyring
    dialog = publish_dialog(library, qtbot)
    fill_in(dialog, blog.address)
    library.window.activateWindow()
    qtbot.waitUntil(library.window.isActiveWindow, timeout=PATIENCE)
    reached: list[QWidget] = []
    for _step in range(12):
        press(dialog, Qt.Key.Key_Tab)
        focused = library.window.focusWidget()
        assert dialog.isAncestorOf(focused)
        assert focused.accessibleName()
        assert focused.property("kbd") is True
        reached.append(focused)
    login = dialog.login
    for control in (
        dialog.sending.language, dialog.stays.button, login.site_field, login.user_field, login.password_field,
        login.page_line.field, login.page_line.copy_button, dialog.close_button, dialog.send_button,
    ):  # fmt: skip
        assert control in reached
    press(dialog, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert library.window.focusWidget() is reached[-2]


def test_it_follows_the_colours_of_the_windows(library: Library, qtbot: QtBot, keyring: KeyringOnDisk) -> None:
    del keyring
    library.window.side_bar.scheme_chosen.emit(Scheme.LIGHT.value)
    dialog = publish_dialog(library, qtbot)
    assert dialog.tokens is LIGHT
    library.window.side_bar.scheme_chosen.emit(Scheme.DARK.value)
    assert dialog.tokens is DARK


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_cut_off_at_the_smallest_size(
    library: Library, qtbot: QtBot, blog: Blog, keyring: KeyringOnDisk, language: str
) -> None:
    del keyring
    set_language(language)
    library.window.resize(960, 640)
    dialog = publish_dialog(library, qtbot)
    fill_in(dialog, blog.address, "wrong")
    click(dialog.send_button)
    qtbot.waitUntil(lambda: not dialog.working and dialog.notices.isVisible(), timeout=PATIENCE)

    def fits() -> bool:
        shown = [each for each in (*dialog.findChildren(QLabel), *dialog.findChildren(Button)) if each.isVisible()]
        wrapped = [each for each in shown if isinstance(each, QLabel) and each.wordWrap()]
        buttons = [each for each in shown if isinstance(each, Button)]
        places = [each.rect().translated(each.mapTo(dialog, QPoint(0, 0))) for each in shown]
        return (
            all(dialog.inner.contains(place) for place in places)
            and all(each.height() >= each.heightForWidth(each.width()) for each in wrapped)
            and all(each.width() >= each.sizeHint().width() for each in buttons)
        )

    qtbot.waitUntil(fits, timeout=PATIENCE)


# ------------------------------------------------------------------------------------------------------ from a review


def test_a_talk_is_published_as_it_was_given(
    look_back: Callable[[KeptTalk], ReviewWindow], give: Give, given_deck: Path, qtbot: QtBot, blog: Blog,
    keyring: KeyringOnDisk,
) -> None:  # fmt: skip
    keyring.keep(blog.address, USER, PASSWORD)
    text = given_deck.read_text(encoding="utf-8")
    given_deck.write_text(f"{text}\nSaid *Nobody*{{.private}} there.\n", encoding="utf-8")
    window = look_back(give())
    panel = window.write_up
    qtbot.waitUntil(panel.stays.isVisible, timeout=PATIENCE)
    assert panel.stays.words.text() == "1 private passage stays here"
    click(panel.stays.button)
    assert "“Nobody”" in panel.report.lines.toPlainText()
    press(window, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert not panel.report.isVisible()
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_P)
    dialog = _dialog_over(window)
    fill_in(dialog, blog.address)
    send(dialog, qtbot)
    (post,) = blog.posts
    assert (post["status"], post["title"]["raw"]) == ("draft", "Three ways")
    assert "A case" in post["content"]["raw"]  # the detour
    assert "Nobody" not in post["content"]["raw"]
    press(dialog, Qt.Key.Key_Escape)
    assert window.isVisible()
    box = panel.boxes["order"]
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(10, box.height() // 2))
    click(panel.publish_button)
    dialog = _dialog_over(window)
    send(dialog, qtbot)
    assert "A case" not in blog.posts[0]["content"]["raw"]
    assert len(blog.posts) == 1


def _dialog_over(window: QWidget) -> PublishDialog:
    return next(dialog for dialog in window.findChildren(PublishDialog) if dialog.is_open)


def test_a_talk_without_its_deck_is_not_published(
    look_back: Callable[[KeptTalk], ReviewWindow], give: Give, given_deck: Path, qtbot: QtBot
) -> None:
    talk = give()
    given_deck.unlink()
    window = look_back(talk)
    click(window.write_up.publish_button)
    notice = window.notices.notice
    assert notice is not None
    assert str(given_deck) in f"{notice.message} {notice.where}"
    qtbot.waitUntil(lambda: not window.write_up.stays.isVisible(), timeout=PATIENCE)
