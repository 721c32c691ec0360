"""The screen stays on during a talk, however the talk ends."""

from __future__ import annotations

import json
import socket
import struct
from typing import TYPE_CHECKING

import pytest
from tests.desktop.session_bus import SessionBus, session_bus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.e2e.conftest import Screen

SAVER = "org.freedesktop.ScreenSaver"


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    for it in session_bus(tmp_path):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", it.address)
        it.serve(SAVER)
        yield it


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text("# A talk\n\n## One\n\n## Two\n", encoding="utf-8")
    return file


def idle_seconds(screen: Screen) -> float:
    """For how long an X server has seen no key and no pointer (X11 core protocol; MIT-SCREEN-SAVER 1.0, QueryInfo)."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(f"/tmp/.X11-unix/X{screen.number}")

        def answer(request: bytes, size: int = 32) -> bytes:
            connection.sendall(request)
            reply = b""
            while len(reply) < size:
                reply += connection.recv(size - len(reply))
            return reply

        head = answer(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0), 8)
        setup = answer(b"", struct.unpack_from("<H", head, 6)[0] * 4)
        (vendor,) = struct.unpack_from("<H", setup, 16)
        formats = setup[21]
        (root,) = struct.unpack_from("<I", setup, 32 + (vendor + 3) // 4 * 4 + 8 * formats)
        name = b"MIT-SCREEN-SAVER"
        opcode = answer(struct.pack("<BxHHxx", 98, 2 + len(name) // 4, len(name)) + name)[9]
        info = answer(struct.pack("<BBHI", opcode, 1, 2, root))
        return struct.unpack_from("<I", info, 16)[0] / 1000


def test_killed_in_the_middle_it_holds_nothing_any_more(
    screen: Screen, bus: SessionBus, deck: Path, wait_until: Callable[..., None]
) -> None:
    wait_until(lambda: bus.ready, "the desktop")
    program = screen.start("present", deck)
    wait_until(lambda: SAVER in bus.asked(), "the wish to stay awake")
    program.process.kill()
    wait_until(lambda: not bus.asked(), "the end of that wish")


def test_a_talk_in_a_window_holds_it_from_the_first_advance_to_its_end(
    screen: Screen, bus: SessionBus, deck: Path, wait_until: Callable[..., None]
) -> None:
    wait_until(lambda: bus.ready, "the desktop")
    program = screen.start("present", "--windowed", deck)
    program.wait_for_window()
    screen.wait_for_rest()
    screen.keys("Next")
    wait_until(lambda: SAVER in bus.asked(), "the wish to stay awake")
    screen.keys("Escape", "Escape")
    wait_until(lambda: program.process.poll() == 0, "the end of the talk")
    wait_until(lambda: not bus.asked(), "the end of that wish")


def test_an_x_server_without_a_desktop_is_told_that_somebody_is_there(
    screen: Screen, deck: Path, wait_until: Callable[..., None]
) -> None:
    screen.start("present", deck)
    longest = 0.0

    def starts_from_zero() -> bool:
        nonlocal longest
        idle = idle_seconds(screen)
        longest = max(longest, idle)
        return idle < longest

    wait_until(starts_from_zero, "an idle time put back")
    assert longest > 1


def test_the_doctor_says_who_keeps_the_screen_on(
    screen: Screen, bus: SessionBus, wait_until: Callable[..., None]
) -> None:
    wait_until(lambda: bus.ready, "the desktop")
    program = screen.start("doctor", "--json")
    assert program.process.wait(60) == 0
    point = next(each for each in json.loads(program.said())["points"] if each["name"] == "awake")
    assert (point["state"], point["facts"]) == ("ok", {"by": [SAVER]})
    wait_until(lambda: not bus.asked(), "the end of that wish")


def test_where_nobody_does_the_doctor_says_so(screen: Screen) -> None:
    program = screen.start("doctor", "--json")
    assert program.process.wait(60) == 0
    point = next(each for each in json.loads(program.said())["points"] if each["name"] == "awake")
    assert (point["state"], point["facts"]) == ("warning", {"by": ["X11"]})
    assert point["advice"]
