"""The machine stays awake while a talk is on: asked of a desktop that writes down who asks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from tests.desktop.session_bus import SessionBus, session_bus

from atelier.app import awake
from atelier.app.awake import POWER, SAVER, Awake, asked
from atelier.deck.loading import read
from atelier.render.scene import build_scene
from atelier.windows.ground import talk_over
from atelier.windows.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from atelier.talk.session import Talk

PATIENCE = 20_000
POWER_INTERFACE = f"{POWER}.Inhibit"


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    monkeypatch.setattr(awake, "LATER", 0)
    for it in session_bus(tmp_path):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", it.address)
        yield it


@pytest.fixture
def talk() -> Talk:
    talk = talk_over(build_scene(read(b"# A\n\n## B\n\n## C\n")))
    talk.begin("", "")
    return talk


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    stage = Stage()
    qtbot.addWidget(stage)
    return stage


def test_the_first_advance_holds_it_and_the_end_lets_it_go(
    bus: SessionBus, talk: Talk, stage: Stage, qtbot: QtBot
) -> None:
    bus.serve(SAVER, POWER)
    qtbot.waitUntil(lambda: bus.ready, timeout=PATIENCE)
    keeper = Awake(stage, talk)
    stage.show()
    assert not keeper.holding
    talk.next()
    qtbot.waitUntil(lambda: set(bus.asked()) == {SAVER, POWER_INTERFACE}, timeout=PATIENCE)
    line = next(words for words in bus.said if words[0] == "asked")
    assert "Atelier" in " ".join(line)
    talk.next()
    talk.previous()
    keeper.release()
    qtbot.waitUntil(lambda: not bus.asked(), timeout=PATIENCE)
    assert sum(words[0] == "asked" for words in bus.said) == 2
    talk.next()
    assert not keeper.holding


def test_a_full_screen_holds_it_before_anything_is_done(
    bus: SessionBus, talk: Talk, stage: Stage, qtbot: QtBot
) -> None:
    bus.serve(SAVER)
    qtbot.waitUntil(lambda: bus.ready, timeout=PATIENCE)
    keeper = Awake(stage, talk)
    stage.setWindowState(Qt.WindowState.WindowFullScreen)
    stage.show()
    qtbot.waitUntil(lambda: set(bus.asked()) == {SAVER}, timeout=PATIENCE)
    keeper.release()
    qtbot.waitUntil(lambda: not bus.asked(), timeout=PATIENCE)


def test_a_desktop_that_answers_nothing_keeps_nobody_from_talking(
    bus: SessionBus, talk: Talk, stage: Stage, qtbot: QtBot
) -> None:
    del bus
    keeper = Awake(stage, talk)
    talk.next()
    qtbot.waitUntil(lambda: keeper.holding, timeout=PATIENCE)
    keeper.release()


@pytest.mark.usefixtures("qapp")
def test_who_would_answer_is_found_out_without_holding_it(bus: SessionBus, qtbot: QtBot) -> None:
    assert asked() == ()
    bus.serve(SAVER)
    qtbot.waitUntil(lambda: bus.ready, timeout=PATIENCE)
    assert asked() == (SAVER,)
    qtbot.waitUntil(lambda: not bus.asked(), timeout=PATIENCE)


@pytest.mark.usefixtures("qapp")
def test_without_a_session_bus_nobody_is_asked() -> None:
    assert sys.platform != "linux" or asked() == ()
