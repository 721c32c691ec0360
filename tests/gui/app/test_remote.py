"""The remote from the panel on: a talk, its windows, the real server, and a telephone that speaks HTTP."""

from __future__ import annotations

import http.client
import itertools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtTest import QTest

from atelier.app.appearance import SharedAppearance
from atelier.app.opening import open_stage
from atelier.app.remote import Remote
from atelier.app.remote_state import remote_state
from atelier.canvas.flight import Profile
from atelier.deck.loading import read
from atelier.render.scene import build_scene
from atelier.render.tiles import TileCache
from atelier.server.addresses import LOOPBACK, Address
from atelier.server.remotes import Known
from atelier.talk.countdown import Lap
from atelier.windows.audience import AudienceWindow
from atelier.windows.console.window import Console
from atelier.windows.controls import Button
from atelier.windows.ground import talk_over
from atelier.windows.icons import Icons
from atelier.windows.remote_panel import RemotePanel, RemoteView, Status
from atelier.windows.room_tools import Tool
from atelier.windows.style import Appearance
from atelier.windows.tokens import DARK, Scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from atelier.talk.session import Talk

TEXT = """---
title: A talk
paths:
  whole: {minutes: 20}
---

# A talk

/// notes
Welcome them: quagga.

- the first thing
- the second
///

/// private
The speaker alone: okapi.
///

## First {#first}

- one
- two
{: .steps }

## Last {#last minutes=4}

/// notes

/// only | path=other
Not on this path.
///
///
"""
_NUMBERS = itertools.cycle(range(1, 250))
PATIENCE = 20_000
"""Milliseconds."""


@dataclass
class Phone:
    """Asks one thing at a time, as a page without a socket does."""

    port: int
    token: str = ""

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        source = (f"127.0.1.{next(_NUMBERS)}", 0)  # one address may not ask as often as these tests
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=20, source_address=source)
        headers = {"Origin": f"http://{LOOPBACK}:{self.port}", "Authorization": f"Bearer {self.token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, json.loads(content) if answer.headers.get_content_subtype() == "json" else None
        finally:
            connection.close()

    def join(self, pin: str) -> Phone:
        status, said = self.ask("POST", "/join", {"pin": pin})
        assert status == 200
        self.token = said["token"]
        return self

    def do(self, **message: object) -> int:
        return self.ask("POST", "/act", message)[0]

    @property
    def state(self) -> dict[str, Any]:
        return self.ask("GET", "/state")[1]["state"] or {}


@dataclass
class Given:
    qtbot: QtBot
    talk: Talk
    room: AudienceWindow
    console: Console
    remote: Remote

    @property
    def at(self) -> tuple[str, int]:
        return self.talk.frame_id(self.talk.position.place), self.talk.position.step

    def until(self, happens: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(happens, timeout=PATIENCE)

    def switch_on(self) -> None:
        self.remote.start(LOOPBACK)
        self.until(lambda: self.remote.view.status is Status.ON)

    def phone(self) -> Phone:
        """One more that has given the PIN, once the speaker knows of it."""
        view = self.remote.view
        made = Phone(int(view.url.rstrip("/").rsplit(":", 1)[1])).join(view.pin)
        self.until(lambda: len(self.remote.view.remotes) > len(view.remotes))
        return made

    @property
    def panel(self) -> RemotePanel:
        return self.console.findChildren(RemotePanel)[-1]


@pytest.fixture
def given(qtbot: QtBot, qapp: QApplication) -> Iterator[Given]:
    scene = build_scene(read(TEXT.encode()))
    talk = talk_over(scene)
    talk.begin()
    look = Appearance(qapp, Scheme.DARK)
    room = AudienceWindow(scene, TileCache(), talk, lambda: look, profile=Profile.CUTS)
    console = Console(talk, room, lambda: look, Icons(look))
    room.resize(640, 360)
    room.start()
    console.resize(1440, 900)
    for window in (room, console):
        qtbot.addWidget(window)
        window.show()
    remote = Remote(talk, room, console.run, console.aside)
    yield Given(qtbot, talk, room, console, remote)
    remote.end()
    console.close()
    room.close()


def test_a_telephone_gives_the_talk(given: Given) -> None:
    assert not given.room.findChildren(QProcess), "off until asked for"
    given.switch_on()
    phone = given.phone()
    given.until(lambda: phone.state.get("title") == "A talk")
    state = phone.state
    assert state["notes"] == "Welcome them: quagga.\n– the first thing\n– the second"
    assert state["private"] == "The speaker alone: okapi."
    assert (state["next"], state["stop"], state["stops"], state["started"]) == ("First", 1, 3, False)
    for act, at in (("next", ("first", 0)), ("next", ("first", 1)), ("previous", ("first", 0))):
        assert phone.do(act=act) == 204
        given.until(lambda at=at: given.at == at)
    shown = ("title", "step", "steps", "next_is_step")
    given.until(lambda: tuple(phone.state[each] for each in shown) == ("First", 0, 2, True))
    assert phone.state["running"]
    phone.do(act="black")
    given.until(lambda: given.talk.state.cover == "black")
    phone.do(act="next")
    given.until(lambda: not given.talk.state.cover)
    assert given.at == ("first", 0), "nobody moves on unseen, as with a key"
    phone.do(act="clock")
    given.until(lambda: not given.talk.state.clock.running)
    given.until(lambda: not phone.state["running"])
    scene = build_scene(read(TEXT.replace("## First", "## Another", 1).encode()), given.room.scene)
    given.room.replace_scene(scene)
    given.console.replace_scene(scene)
    given.until(lambda: phone.state["title"] == "Another")


def test_the_laser_is_there_while_a_finger_is_and_gives_the_tool_back(given: Given) -> None:
    given.switch_on()
    phone = given.phone()
    tools = given.room.tools
    tools.toggle(Tool.SPOT)
    phone.do(laser=[0.25, 0.75])
    given.until(lambda: tools.point is not None)
    assert tools.point is not None
    assert (tools.tool, tools.point.x(), tools.point.y()) == (Tool.LASER, 0.25, 0.75)
    phone.do(laser=None)
    given.until(lambda: tools.point is None)
    assert tools.tool is Tool.SPOT
    tools.put_away()
    phone.do(laser=[0.5, 0.5])
    given.until(lambda: tools.tool is Tool.LASER)
    given.until(lambda: tools.tool is Tool.NONE)
    assert tools.point is None, "a telephone that is heard of no more points no more"


def test_the_speaker_decides_who_advances(given: Given) -> None:
    said: list[str] = []
    given.console.aside.tell = lambda message, hint="", where="": said.append(message)
    given.switch_on()
    first, second = given.phone(), given.phone()
    assert [known.advances for known in given.remote.view.remotes] == [True, False]
    assert said == ["“Telephone 1” is connected and may advance.", "“Telephone 2” reads along."]
    assert second.do(act="next") == 403
    assert second.do(ask=True) == 204
    given.until(lambda: given.console.board.proposes)
    given.console.run("talk.accept")
    given.until(lambda: [known.advances for known in given.remote.view.remotes] == [False, True])
    assert first.do(act="next") == 403
    assert second.do(act="next") == 204
    given.until(lambda: given.at == ("first", 0))
    given.remote.remove(2)
    given.until(lambda: len(given.remote.view.remotes) == 1)
    assert second.do(act="next") == 401


def test_the_panel_starts_and_stops_it(given: Given) -> None:
    given.remote.toggle_panel(given.console, DARK)
    assert given.console.aside.busy
    given.panel.start_wanted.emit(LOOPBACK)
    given.until(lambda: given.remote.is_on)
    view = given.remote.view
    assert {"Stop the remote", "Another PIN", "Close"} <= set(given.panel.buttons)
    given.phone()
    assert "Let it read only: Telephone 1" in given.panel.buttons
    given.panel.buttons["Another PIN"].click()
    assert given.remote.view.pin != view.pin
    given.panel.buttons["Let it read only: Telephone 1"].click()
    given.until(lambda: "Let it advance: Telephone 1" in given.panel.buttons)
    QTest.keyClick(given.panel, Qt.Key.Key_PageDown)
    assert given.at == ("first", 0), "page keys go to the talk"
    QTest.keyClick(given.panel, Qt.Key.Key_Escape)
    assert not given.console.aside.busy
    assert given.remote.is_on, "it goes on without its panel"
    given.remote.toggle_panel(given.console, DARK)
    given.panel.buttons["Stop the remote"].click()
    assert given.remote.view == RemoteView()
    given.console.run("stage.close")
    assert not given.console.aside.busy
    given.until(lambda: not given.remote.findChildren(QProcess) or _ended(given.remote))


def _ended(remote: Remote) -> bool:
    return all(each.state() == QProcess.ProcessState.NotRunning for each in remote.findChildren(QProcess))


def test_a_server_that_dies_is_said_once_and_can_be_started_again(given: Given) -> None:
    said: list[str] = []
    given.console.aside.tell = lambda message, hint="", where="": said.append(message)
    given.switch_on()
    pin = given.remote.view.pin
    given.remote.findChildren(QProcess)[-1].kill()
    given.until(lambda: given.remote.view.status is Status.OFF)
    assert said == ["The remote has stopped."]
    assert given.remote.view.problem == "The remote has stopped."
    given.remote.start("192.0.2.77")
    given.until(lambda: len(said) == 2)
    assert said[1].startswith("The remote cannot use this address: ")
    given.switch_on()
    assert given.remote.view.pin != pin
    assert given.phone().token


def test_notes_for_another_path_are_not_sent(given: Given) -> None:
    given.talk.last()
    assert remote_state(given.talk, given.room.scene, 1.6).notes == ""


def test_a_telephone_is_told_of_the_countdown(given: Given) -> None:
    given.switch_on()
    phone = given.phone()
    given.until(lambda: phone.state.get("countdown") == -1.0)
    given.talk.start_countdown("last", (Lap(240.0),))
    given.until(lambda: phone.state["counts"] and 235.0 < phone.state["countdown"] <= 240.0)
    given.talk.pause_countdown()
    given.until(lambda: not phone.state["counts"])
    left = phone.state["countdown"]
    given.talk.change_countdown(60.0)
    given.until(lambda: abs(phone.state["countdown"] - left - 60.0) < 0.01)
    given.talk.end_countdown()
    given.until(lambda: phone.state["countdown"] == -1.0)


def test_a_presentation_opens_it_on_the_console_and_ends_it(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "talk.md"
    file.write_text(TEXT, encoding="utf-8")
    presentation = open_stage(file, appearance=SharedAppearance(qapp), windowed=True, motion="cuts")
    presentation.stage.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    room = presentation.window
    QTest.keyClick(room, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    console = presentation.open_console()
    assert console.isVisible()
    assert not room.findChildren(RemotePanel)
    remote = room.findChildren(Remote)[0]
    assert not remote.is_on
    console.findChildren(RemotePanel)[0].start_wanted.emit(LOOPBACK)
    qtbot.waitUntil(lambda: remote.is_on, timeout=PATIENCE)
    assert console.remote_on
    QTest.keyClick(console, Qt.Key.Key_Escape)
    assert not console.aside.busy
    process = remote.findChildren(QProcess)[0]
    presentation.stage.close()
    assert process.state() == QProcess.ProcessState.NotRunning
    assert process.exitCode() == 0, "it ended by itself"


# ------------------------------------------------------------------ the panel alone


@pytest.fixture
def host(qtbot: QtBot, qapp: QApplication) -> QWidget:
    from PySide6.QtWidgets import QWidget

    Appearance(qapp, Scheme.DARK)
    made = QWidget()
    made.resize(1024, 640)
    qtbot.addWidget(made)
    made.show()
    return made


ON = RemoteView(
    Status.ON,
    "http://192.168.1.20:40123/",
    "012345",
    (Known(1, "iPhone", "192.168.1.31", advances=True), Known(2, "", "192.168.1.32", asks=True, here=False)),
    shut=True,
)


def test_the_address_is_chosen_with_the_keyboard(host: QWidget) -> None:
    panel = RemotePanel(host, RemoteView(), (Address("192.168.1.20", "wlan0"), Address(LOOPBACK)), DARK)
    panel.open()
    assert host.focusWidget() is panel.buttons["Start"]
    QTest.keyClick(panel.buttons["Start"], Qt.Key.Key_Up)
    chosen = host.focusWidget()
    assert isinstance(chosen, Button)
    assert chosen.text() == "127.0.0.1, this computer alone"
    QTest.keyClick(chosen, Qt.Key.Key_Return)
    wanted: list[str] = []
    panel.start_wanted.connect(wanted.append)
    panel.buttons["Start"].click()
    assert wanted == [LOOPBACK]


def test_everything_in_the_panel_has_a_name_and_is_reached_with_tab(host: QWidget) -> None:
    panel = RemotePanel(host, ON, (Address(LOOPBACK),), DARK)
    panel.open()
    reached: set[str] = set()
    for _n in range(len(panel.buttons)):
        QTest.keyClick(host.focusWidget() or panel, Qt.Key.Key_Tab)
        focused = host.focusWidget()
        assert focused is not None
        reached.add(focused.accessibleName())
    assert reached == set(panel.buttons)
    assert "Let it advance: Telephone 2" in reached
    assert all(reached)
    assert host.rect().contains(panel.panel_rect(host.rect()))
