"""A session bus of its own, with what a desktop has on it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).resolve().parents[2]


@dataclass(eq=False)
class SessionBus:
    """`address` is what DBUS_SESSION_BUS_ADDRESS says to a program on this desktop."""

    address: str
    folder: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list["subprocess.Popen[bytes]"])

    def serve(self, *names: str) -> None:
        """Has something answer by these names; returns when it does."""
        log = self.said_file.open("ab")
        environment = os.environ | {"DBUS_SESSION_BUS_ADDRESS": self.address}
        command = [sys.executable, "-m", "tests.desktop.idle_service", *names]
        self.started.append(subprocess.Popen(command, env=environment, cwd=HOUSE, stdout=log, stderr=log))
        log.close()

    @property
    def said_file(self) -> Path:
        return self.folder / "desktop-said"

    @property
    def said(self) -> list[list[str]]:
        """The lines said so far, by their words."""
        if not self.said_file.exists():
            return []
        return [line.split() for line in self.said_file.read_text(encoding="utf-8").splitlines()]

    @property
    def ready(self) -> bool:
        return ["ready"] in self.said

    def asked(self) -> dict[str, str]:
        """Who holds what: the service's interface, and the caller as long as it is there."""
        holders = {words[1]: words[2] for words in self.said if words[0] == "asked"}
        gone = {words[1] for words in self.said if words[0] == "gone"}
        return {name: caller for name, caller in holders.items() if caller not in gone}


def session_bus(folder: Path) -> Iterator[SessionBus]:
    """Starts a bus (Debian package dbus-daemon) and ends it with all that was started on it."""
    config = folder / "bus.conf"
    config.write_text(
        "<!DOCTYPE busconfig PUBLIC '-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN' "
        "'http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd'>"
        f"<busconfig><type>session</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>"
        "<policy context='default'><allow send_destination='*' eavesdrop='true'/><allow eavesdrop='true'/>"
        "<allow own='*'/></policy></busconfig>",
        encoding="utf-8",
    )
    reader, writer = os.pipe()
    with (folder / "bus-log").open("wb") as log:
        daemon = subprocess.Popen(
            ["dbus-daemon", "--nofork", f"--config-file={config}", f"--print-address={writer}"],
            pass_fds=[writer],
            stdout=log,
            stderr=log,
        )
    os.close(writer)
    with os.fdopen(reader) as pipe:
        address = pipe.readline().strip()
    assert address, (folder / "bus-log").read_text()
    it = SessionBus(address, folder)
    try:
        yield it
    finally:
        for process in (*it.started, daemon):
            process.terminate()
            process.wait()
