"""Messages in a window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from atelier.foundation.errors import InputError, Location
from atelier.windows.controls import Button
from atelier.windows.notice import Action, Notice, NoticeBar, Toast

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from atelier.windows.icons import Icons


def stage(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    return window


def shown_buttons(widget: QWidget) -> list[str]:
    return [button.text() for button in widget.findChildren(Button) if button.isVisible()]


def test_an_error_says_what_where_and_what_to_do(qtbot: QtBot, icons: Icons) -> None:
    bar = NoticeBar(stage(qtbot), icons=icons)
    assert not bar.isVisible()
    bar.show_error(InputError("The picture is cut.", "Save it again.", Location(Path("deck.md"), 12)))
    notice = bar.notice
    assert notice is not None
    assert (notice.message, notice.hint, notice.where) == ("The picture is cut.", "Save it again.", "deck.md:12")
    assert bar.isVisible()
    assert bar.accessibleName() == "The picture is cut."


def test_a_notice_stays_until_it_is_dealt_with_and_the_one_before_comes_back(qtbot: QtBot, icons: Icons) -> None:
    bar = NoticeBar(stage(qtbot), icons=icons)
    done: list[str] = []
    bar.tell(Notice("One", kind="warn"))
    bar.tell(Notice("Two", actions=(Action("Replace", lambda: done.append("replaced")),)))
    bar.tell(Notice("Two", actions=(Action("Replace", lambda: done.append("replaced")),)))
    assert shown_buttons(bar) == ["Replace", "Close"]
    bar.findChildren(Button)[-2].click()
    assert done == ["replaced"]
    assert bar.notice is not None
    assert bar.notice.message == "One"
    assert shown_buttons(bar) == ["Close"]
    bar.dismiss()
    assert not bar.isVisible()


def test_over_a_stage_it_floats_and_follows_the_size(qtbot: QtBot) -> None:
    window = stage(qtbot)
    bar = NoticeBar(window)
    bar.tell(Notice("A long message " * 12, "And what to do about it.", kind="error"))
    assert bar.width() == 760
    assert abs(bar.geometry().center().x() - 640) <= 1
    window.resize(600, 400)
    assert bar.width() == 600 - 48
    assert bar.geometry().right() < 600


def test_a_toast_goes_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("atelier.windows.notice.TOAST_SECONDS", 0.05)
    window = stage(qtbot)
    toast = Toast(window)
    toast.say("Motion: calm")
    assert toast.isVisible()
    assert window.rect().contains(toast.geometry())
    qtbot.waitUntil(toast.isHidden)


def test_a_toast_offers_what_is_next(qtbot: QtBot) -> None:
    toast = Toast(stage(qtbot))
    done: list[str] = []
    toast.say("Exported", (Action("Open", lambda: done.append("opened")),))
    toast.say("Exported", (Action("Open", lambda: done.append("opened")), Action("Folder", lambda: None)))
    assert shown_buttons(toast) == ["Open", "Folder"]
    button = next(b for b in toast.findChildren(Button) if b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["opened"]
    assert toast.isHidden()
