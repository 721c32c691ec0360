"""The installed program, run as a person runs it: its own process, a screen, keys and a pair of eyes."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAM = Path(sys.executable).with_name("atelier")
HOUSE = Path(__file__).resolve().parents[2]
PATIENCE = 20.0
"""Seconds until something that ought to happen is given up: long, because the machine may be busy."""


def until(happens: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Returns as soon as `happens()`; fails the test after `seconds`."""
    end = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > end:
            pytest.fail(f"not within {seconds:g} s: {what}")
        time.sleep(0.02)


@pytest.fixture
def wait_until() -> Callable[..., None]:
    """`wait_until(lambda: file.exists(), "the file")` returns as soon as it happens."""
    return until


@pytest.fixture
def atelier(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`atelier("export", deck, lang="fr")` runs the program to its end, without a display."""

    def run(*arguments: str | Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PROGRAM, *arguments],
            cwd=tmp_path,
            env=os.environ | {"LANGUAGE": lang},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


@dataclass(eq=False)
class InTerminal:
    """The program in a terminal of its own: what it shows there, colours and all."""

    process: subprocess.Popen[bytes]
    master: int
    _shown: bytes = b""

    @property
    def shown(self) -> str:
        """All it has written so far, as the terminal got it."""
        while select.select([self.master], [], [], 0)[0]:
            try:
                part = os.read(self.master, 65536)
            except OSError:  # the last one to hold the other end is gone
                break
            if not part:
                break
            self._shown += part
        return self._shown.decode("utf-8", "replace").replace("\r\n", "\n")

    @property
    def ever_shown(self) -> str:
        """All it has written, without colours and links."""
        return re.sub(r"\x1b\]8;.*?\x1b\\|\x1b\[[0-9;?]*[A-Za-z]", "", self.shown)

    @property
    def words(self) -> str:
        """What is to be read in the end: `ever_shown` without what was wiped out again."""
        return re.sub(r"[^\n]*\r", "", self.ever_shown)

    def wait_for(self, words: str) -> None:
        until(lambda: words in self.ever_shown, f"“{words}” in the terminal")

    def wait(self) -> int:
        """Waits for its end and returns its exit code."""

        def ended() -> bool:
            over = self.process.poll() is not None
            _ = self.shown  # a terminal nobody reads makes the program wait
            return over

        until(ended, "the end of the program")
        return self.process.returncode


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., InTerminal]]:
    """`terminal("check", deck, columns=40)` starts the program in a terminal, on stdin, stdout and stderr."""
    running: list[InTerminal] = []

    def start(
        *arguments: str | Path, columns: int = 80, lang: str = "en", stdout: int | None = None, **environment: str
    ) -> InTerminal:
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        before = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS", "LINES"}}
        process = subprocess.Popen(
            [PROGRAM, *arguments],
            cwd=tmp_path,
            env=before | {"LANGUAGE": lang, "TERM": "xterm-256color"} | environment,
            stdin=slave,
            stdout=slave if stdout is None else stdout,
            stderr=slave,
        )
        os.close(slave)
        running.append(InTerminal(process, master))
        return running[-1]

    try:
        yield start
    finally:
        for each in running:
            if each.process.poll() is None:
                each.process.kill()
                each.process.wait()
            os.close(each.master)


@dataclass(eq=False)
class Running:
    """The program on a screen."""

    screen: Screen
    process: subprocess.Popen[str]
    log: Path

    def said(self) -> str:
        """All it wrote to stdout and stderr."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_for_window(self) -> str:
        """The X id of its window, once there is one; it has the keyboard then."""
        found: list[str] = []

        def appears() -> bool:
            if self.process.poll() is not None:
                pytest.fail(f"ended with {self.process.returncode} before it showed a window:\n{self.said()}")
            found[:] = self.screen.xdotool("search", "--onlyvisible", "--pid", str(self.process.pid)).split()
            return bool(found)

        until(appears, "a window")
        # Without a window manager nobody else gives it the keyboard.
        self.screen.xdotool("windowfocus", found[-1])
        return found[-1]

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@dataclass(eq=False)
class Screen:
    """A virtual screen of its own: programs started on it, keys and pointer sent to it, pictures taken of it."""

    number: int
    frame_buffer: Path
    folder: Path
    running: list[Running] = field(default_factory=list["Running"])

    def start(self, *arguments: str | Path, lang: str = "en") -> Running:
        """Starts `atelier ARGUMENTS` on this screen."""
        log = self.folder / f"log-{len(self.running)}"
        environment = os.environ | {"DISPLAY": f":{self.number}", "QT_QPA_PLATFORM": "xcb", "LANGUAGE": lang}
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(
                [PROGRAM, *arguments], env=environment, stdout=output, stderr=subprocess.STDOUT, text=True
            )
        program = Running(self, process, log)
        self.running.append(program)
        return program

    def keys(self, *names: str) -> None:
        """Presses keys one after another, by their X names: `Right`, `Prior` (Page Up), `ctrl+f`, `slash`."""
        self.xdotool("key", *names)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Clicks at a pixel of the screen; buttons 4 and 5 are the wheel."""
        self.xdotool("mousemove", str(x), str(y), "click", str(button))

    def xdotool(self, *arguments: str) -> str:
        environment = os.environ | {"DISPLAY": f":{self.number}"}
        done = subprocess.run(
            ["xdotool", *arguments], env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        return done.stdout

    def picture(self) -> QImage:
        """What the screen shows now. Read from the server's memory, which is an XWD file (X11/XWDFile.h)."""
        data = self.frame_buffer.read_bytes()
        (header_size,) = struct.unpack_from(">I", data)
        width, height = struct.unpack_from(">II", data, 16)
        (stride,) = struct.unpack_from(">I", data, 48)
        (colours,) = struct.unpack_from(">I", data, 76)
        pixels = data[header_size + 12 * colours :]
        return QImage(pixels, width, height, stride, QImage.Format.Format_RGB32).copy()

    def wait_for_picture(self, looks_right: Callable[[QImage], bool], what: str) -> QImage:
        """The first picture that `looks_right`."""
        seen: list[QImage] = []

        def found() -> bool:
            seen[:] = [self.picture()]
            return looks_right(seen[0])

        until(found, what)
        return seen[0]

    def wait_for_change(self, before: QImage) -> QImage:
        return self.wait_for_picture(lambda now: now != before, "another picture")

    def wait_for_rest(self, seconds: float = 0.5) -> QImage:
        """The picture once it has stayed the same for so long."""
        last = self.picture()
        since = time.monotonic()

        def rests() -> bool:
            nonlocal last, since
            now = self.picture()
            if now != last:
                last, since = now, time.monotonic()
            return time.monotonic() - since >= seconds

        until(rests, "a picture that stays")
        return last


def own_display() -> str:
    """A display of this process alone: servers that look for a free one take away each other's socket as they end."""
    return f":{100 + os.getpid() % 50_000}"


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A screen of 1280 × 720 pixels on a free display; everything started on it is ended with it."""
    yield from virtual_screen(tmp_path, 1280, 720)


@pytest.fixture
def wide_screen(tmp_path: Path) -> Iterator[Screen]:
    """The same, with room for a laptop of 1040 × 720 pixels and a projector of 640 beside it."""
    yield from virtual_screen(tmp_path, 1680, 720)


def virtual_screen(tmp_path: Path, width: int, height: int) -> Iterator[Screen]:
    reader, writer = os.pipe()
    with (tmp_path / "xvfb-log").open("w") as log:
        server = subprocess.Popen(
            [
                # without -noreset it starts anew whenever its last client leaves, and refuses others meanwhile
                *("Xvfb", own_display(), "-displayfd", str(writer), "-noreset", "-nolisten", "tcp"),
                *("-screen", "0", f"{width}x{height}x24", "-fbdir", tmp_path),
            ],
            pass_fds=[writer],
            stdout=log,
            stderr=log,
        )
    os.close(writer)
    with os.fdopen(reader) as pipe:
        # The server writes the number of its display once it takes connections.
        number = pipe.readline().strip()
    assert number, (tmp_path / "xvfb-log").read_text()
    it = Screen(int(number), tmp_path / "Xvfb_screen0", tmp_path)
    try:
        yield it
    finally:
        for program in it.running:
            program.stop()
        server.terminate()
        server.wait()


ALL_INSTALLED = 'shift 3; for name; do echo "installed:$name"; done'
FAKES = {
    "dpkg-query": ALL_INSTALLED,
    "uv": """case $1 in
--version) echo uv 0.9.0 ;;
sync) echo "$*" >>uv-log; mkdir -p .venv/bin; for name in python atelier; do
    touch .venv/bin/$name; chmod +x .venv/bin/$name; done ;;
esac""",
    "apt-get": 'echo "$*" >>apt-log',
    "sudo": "exit 1",
}


class Machine:
    """A checkout, and the programs that stand in front of the real ones."""

    all_installed = ALL_INSTALLED

    def __init__(self, folder: Path) -> None:
        self.house = folder / "atelier"
        self.programs = folder / "programs"
        shutil.copytree(HOUSE / "packaging", self.house / "packaging")
        for name in ("uv.lock", "pyproject.toml", "Makefile"):
            shutil.copy(HOUSE / name, self.house)
        self.programs.mkdir()
        for name, script in FAKES.items():
            self.fake(name, script)

    def fake(self, name: str, script: str) -> None:
        file = self.programs / name
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(0o755)

    def setup(self, goal: str) -> subprocess.CompletedProcess[str]:
        return self.run(self.house / "packaging/setup", goal)

    def run(self, *command: str | Path, display: str = "") -> subprocess.CompletedProcess[str]:
        """Runs a command in the checkout, with `display` for its DISPLAY."""
        path = f"{self.programs}:{os.environ['PATH']}"
        others = ("UV_", "PIP_", "MAKE", "DISPLAY", "WAYLAND_")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(others)}
        return subprocess.run(
            command,
            cwd=self.house,
            env=environment | {"PATH": path} | ({"DISPLAY": display} if display else {}),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def log(self, name: str) -> list[str]:
        file = self.house / f"{name}-log"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Notes what a player of the system is asked to play, where nothing else does it."""
    folder, note = tmp_path / "bin", tmp_path / "played"
    folder.mkdir()
    script = folder / "pw-play"
    script.write_text(f'#!/bin/sh\necho "$@" >> "{note}"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    # nothing answers there: QtMultimedia finds no device, whatever is plugged in
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return note
