"""What the console proposes to a speaker who is late, answered with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from atelier.canvas.flight import Profile
from atelier.deck.loading import read
from atelier.render.scene import build_scene
from atelier.render.tiles import TileCache
from atelier.windows.audience import AudienceWindow
from atelier.windows.console.window import Console
from atelier.windows.ground import talk_over
from atelier.windows.icons import Icons
from atelier.windows.style import Appearance
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from atelier.talk.session import Talk
    from atelier.windows.console.proposals import ProposalBoard

TEXT = """---
title: A talk
---

# A talk {#root minutes=1}

## First {#first minutes=1}

## Second {#second minutes=10 optional=true}

## Last {#last minutes=1}
"""
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Late:
    """A talk that is ten minutes late, on two windows."""

    def __init__(self, app: QApplication, *, seen: bool = True) -> None:
        now = self._now = [1000.0]
        appearance = Appearance(app, Scheme.DARK)
        scene = build_scene(read(TEXT.encode()))
        self.talk: Talk = talk_over(scene, lambda _moment, _event: None, lambda: now[0])
        self.talk.begin()
        self.room = AudienceWindow(scene, TileCache(), self.talk, lambda: appearance, profile=Profile.CUTS)
        self.room.start()
        self.console = Console(self.talk, self.room, lambda: appearance, Icons(appearance))
        self.room.show()
        if seen:
            self.console.show()
        self.talk.next()
        now[0] += 12 * 60
        self.board.look()

    @property
    def board(self) -> ProposalBoard:
        return self.console.board

    @property
    def dropped(self) -> list[str]:
        return [self.talk.ground.deck.frames[index].id for index in sorted(self.talk.dropped())]

    def wait(self, seconds: float) -> None:
        self._now[0] += seconds

    def close(self) -> None:
        windows: tuple[QWidget, ...] = (self.console, self.room)
        for window in windows:
            window.close()
            window.deleteLater()

    def press_d(self, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.console, Qt.Key.Key_D, held)

    def edit(self, text: str) -> None:
        scene = build_scene(read(text.encode()), self.room.scene)
        self.room.replace_scene(scene)
        self.console.replace_scene(scene)


@pytest.fixture
def late(qapp: QApplication) -> Iterator[Late]:
    made = Late(qapp)
    yield made
    made.close()
    qapp.processEvents()


def test_one_key_leaves_out_and_another_takes_in_again(late: Late) -> None:
    assert late.board.yes.text() == "Leave out"
    late.press_d()
    assert late.dropped == ["second"]
    assert late.board.yes.text() == "Take in again"
    late.press_d()
    assert late.dropped == ["second"], "a key pressed twice undoes nothing"
    late.press_d(SHIFT)
    assert not late.dropped
    assert not late.board.proposes


def test_while_nobody_sees_the_console_nothing_is_proposed_and_nothing_counts(qapp: QApplication, qtbot: QtBot) -> None:
    made = Late(qapp, seen=False)
    qtbot.waitUntil(lambda: made.room.canvas.resting_picture() is not None)
    assert not made.board.proposes
    before = made.room.grab().toImage()
    made.wait(60)
    made.board.look()
    assert made.room.grab().toImage() == before
    QTest.keyClick(made.room, Qt.Key.Key_D)
    assert not made.dropped, "nobody answers what nobody has read"
    made.console.show()
    assert made.board.proposes, "it was not shown before, so that it may come at once"
    made.press_d()
    assert made.dropped == ["second"]
    made.close()


def test_a_proposal_stays_while_the_console_is_hidden_and_is_of_now_afterwards(late: Late) -> None:
    assert late.board.yes.text() == "Leave out"
    late.console.hide()
    late.wait(30)
    late.board.look()
    assert late.board.proposes
    late.console.show()
    assert late.board.yes.text() == "Leave out"
    late.console.hide()
    late.edit(TEXT.replace("## Last", "## Third {#third minutes=8 optional=true}\n\n## Last"))
    late.console.show()
    assert {late.talk.ground.deck.frames[index].id for index in late.board.frames} == {
        late.talk.ground.deck.frames[index].id for index in late.talk.proposal()
    }
    late.console.hide()
    late.talk.pause_clock()
    late.console.show()
    assert not late.board.proposes, "it no longer helps"


def test_no_leaves_everything_as_it_is(late: Late) -> None:
    late.press_d(SHIFT)
    assert not late.dropped
    assert not late.board.proposes
    late.press_d()
    assert not late.dropped


def test_both_are_there_for_the_mouse(late: Late) -> None:
    late.board.yes.click()
    assert late.dropped == ["second"]
    assert not late.board.no.isVisible(), "there is nothing to say no to"
    late.board.yes.click()
    assert not late.dropped


def test_an_edit_meanwhile_changes_nothing_of_what_is_meant(late: Late) -> None:
    late.edit(TEXT.replace("## First", "## New {#new}\n\n## First"))
    assert [late.talk.ground.deck.frames[index].id for index in late.board.frames] == ["second"]
    late.press_d()
    assert late.dropped == ["second"]
    late.edit(TEXT)
    late.press_d(SHIFT)
    assert not late.dropped


def test_frames_the_deck_has_lost_are_not_left_out(late: Late) -> None:
    late.edit(TEXT.replace("## Second {#second minutes=10 optional=true}\n\n", ""))
    late.press_d()
    assert not late.dropped
    assert not late.board.proposes


def test_the_strip_says_that_the_room_has_a_message(late: Late) -> None:
    buttons = late.console.strip.findChildren(QAbstractButton)
    message = next(each for each in buttons if each.accessibleName() == "A message for the room")
    late.talk.show_message("Back at two")
    assert message.property("on")
    late.talk.show_message("")
    assert not message.property("on")


def test_a_long_proposal_can_be_read_to_its_end(late: Late) -> None:
    late.board.propose(
        "Un exposé de cette présentation a été interrompu après 12 min.", "Le reprendre", late.board.look
    )
    QTest.qWait(0)
    message = late.board.message
    assert message.heightForWidth(message.width()) <= message.height()
    assert message.width() < message.fontMetrics().horizontalAdvance(message.text()) < 2 * message.width()
