"""The server as its own process, as the program starts it, on the loopback address."""

from __future__ import annotations

import itertools
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, TypeVar

import pytest

from atelier.server.messages import Open, Ready, order_line, read_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atelier.server.messages import Order, Report

PIN = "314159"
PATIENCE = 20.0
_Report = TypeVar("_Report", bound="Report")


class Server:
    """What the program knows of its server."""

    def __init__(self, address: str = "127.0.0.1", lang: str = "en") -> None:
        self.reports: list[Report] = []
        self._came = threading.Condition()
        self._addresses = itertools.cycle(range(1, 250))
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "atelier", "--serve-remote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.say(Open(address, PIN, lang))

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            report = read_report(line)
            assert report is not None, line
            with self._came:
                self.reports.append(report)
                self._came.notify_all()

    def say(self, order: Order) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(order_line(order))
        self.process.stdin.flush()

    def heard(self, kind: type[_Report], wanted: Callable[[_Report], bool] = lambda _: True) -> _Report:
        """The first report of that kind, once it came."""

        def found() -> _Report | None:
            return next((each for each in self.reports if isinstance(each, kind) and wanted(each)), None)

        with self._came:
            assert self._came.wait_for(lambda: found() is not None, PATIENCE), self.reports
            report = found()
        assert report is not None
        return report

    @property
    def port(self) -> int:
        return self.heard(Ready).port

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def raw(self, data: bytes) -> bytes:
        """What comes back for bytes, until the connection ends; each time from another address."""
        address = f"127.0.1.{next(self._addresses)}"
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE, (address, 0)) as connection:
            connection.sendall(data)
            answer = bytearray()
            try:
                while part := connection.recv(65536):
                    answer += part
            except ConnectionResetError:
                pass
            return bytes(answer)

    def end(self) -> bytes:
        """Ends it as the program does, by closing its input; what it said on stderr."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.process.stdin.close()
        assert self.process.wait(PATIENCE) is not None
        self._reader.join(PATIENCE)
        complaints = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        return complaints


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One for all tests of a module: what they do to it must not trouble the others."""
    made = Server()
    yield made
    assert made.end() == b""


@pytest.fixture
def start_server() -> Iterator[Callable[..., Server]]:
    """`start_server("127.0.0.1")` starts one that listens there."""
    made: list[Server] = []

    def start(address: str = "127.0.0.1") -> Server:
        made.append(Server(address))
        return made[-1]

    yield start
    for each in made:
        assert each.end() == b""


@pytest.fixture
def own_server() -> Iterator[Server]:
    """One for a test alone."""
    made = Server()
    yield made
    assert made.end() == b""
