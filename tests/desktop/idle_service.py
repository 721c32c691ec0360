"""Stands in for what keeps a desktop awake: says on stdout who asked, and who went away.

    python -m tests.desktop.idle_service NAME…

Owns the D-Bus names given and answers every call. A line is `asked NAME CALLER WHO WHY`, or `gone CALLER`.
"""

from __future__ import annotations

import sys
from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusServiceWatcher, QDBusVirtualObject

COOKIE = 7


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


class IdleService(QDBusVirtualObject):
    def __init__(self, watcher: QDBusServiceWatcher) -> None:
        super().__init__()
        self._watcher = watcher

    def introspect(self, path: str) -> str:
        del path
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        if message.member() != "Inhibit" or message.signature() != "ss":
            return False
        self._watcher.addWatchedService(message.service())
        who, why = cast("list[str]", message.arguments())
        say("asked", message.interface(), message.service(), f"{who}: {why}")
        connection.send(message.createReply([COOKIE]))
        return True


def say_gone(name: str) -> None:
    say("gone", name)


def main(names: list[str]) -> int:
    app = QCoreApplication([])
    bus = QDBusConnection.sessionBus()
    watcher = QDBusServiceWatcher()
    watcher.setConnection(bus)
    watcher.setWatchMode(QDBusServiceWatcher.WatchModeFlag.WatchForUnregistration)
    watcher.serviceUnregistered.connect(say_gone)
    service = IdleService(watcher)
    under = QDBusConnection.VirtualObjectRegisterOption.SubPath
    if not bus.registerVirtualObject("/org/freedesktop", service, under):
        return 1
    if not all(bus.registerService(name) for name in names):
        return 1
    say("ready")
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
