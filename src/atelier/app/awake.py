"""Keeps the screen on and the machine awake while a talk is on.

Every way used ends by itself with the process, however that ends: a connection to the session bus, a child that waits
for its parent, a state of a thread, an idle time that is put back again and again. So nothing has to be mended after a
crash, and no setting of anybody's is touched.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher
    from PySide6.QtWidgets import QWidget

    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk

LATER: Final = 2000
"""Milliseconds a flight has before the system is asked: no screen goes dark as soon as that."""
ANSWERING: Final = 3000
"""Milliseconds a service of the desktop has to answer."""
IDLE_AGAIN: Final = 20_000
"""Milliseconds after which the X server is told again that somebody is there."""
SAVER: Final = "org.freedesktop.ScreenSaver"
POWER: Final = "org.freedesktop.PowerManagement"
SERVICES: Final = (
    (SAVER, "/org/freedesktop/ScreenSaver", SAVER),
    (POWER, "/org/freedesktop/PowerManagement/Inhibit", f"{POWER}.Inhibit"),
)
"""Name, path and interface of what keeps screen and machine awake (freedesktop.org, draft "Idle Inhibition Service").
GNOME answers by the first, KDE and Xfce by both.
"""
_WHO, _WHY = "Atelier", "A talk is on"
_BUS = "DBUS_SESSION_BUS_ADDRESS"
_ES_CONTINUOUS, _ES_SYSTEM_REQUIRED, _ES_DISPLAY_REQUIRED = 0x80000000, 1, 2


class _Means(Protocol):
    """One way to keep a system awake."""

    def hold(self) -> None: ...
    def release(self) -> None: ...


class Awake(QObject):
    """Keeps the system awake from the first advance of `talk` or from `stage` filling its screen, until `release`."""

    def __init__(self, stage: QWidget, talk: Talk) -> None:
        super().__init__(stage)
        self._stage = stage
        self._means: _Means | None = None
        self._later = QTimer(self, interval=LATER, singleShot=True)
        self._later.timeout.connect(self._hold)
        self._over = False
        stage.installEventFilter(self)
        talk.listen(self._on_event)
        self._talk = talk
        if stage.isFullScreen():
            self._hold_soon()

    @property
    def holding(self) -> bool:
        return self._means is not None

    def release(self) -> None:
        """Lets the system sleep again; the talk is over."""
        self._over = True
        self._later.stop()
        if self._means is not None:
            self._means.release()
            self._means = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.WindowStateChange) and self._stage.isFullScreen():
            self._hold_soon()
        return super().eventFilter(watched, event)

    def _on_event(self, event: Event, before: Position) -> None:  # noqa: ARG002 - a listener's
        if self._talk.moved:
            self._hold_soon()

    def _hold_soon(self) -> None:
        if not (self._over or self.holding or self._later.isActive()):
            self._later.start()

    def _hold(self) -> None:
        self._means = _means()
        if self._means is not None:
            self._means.hold()


def _means() -> _Means | None:
    if sys.platform == "darwin":
        return _Caffeinate()
    if sys.platform == "win32":
        return _ExecutionState()
    return _Desktop() if sys.platform == "linux" else None


def asked() -> tuple[str, ...]:
    """Who keeps this system awake when asked, found out by asking for a moment; empty where nobody does.

    Names of D-Bus services, `caffeinate`, `SetThreadExecutionState`, or `X11`, which knows of nothing but its own
    screen saver.
    """
    if sys.platform == "darwin":
        return ("caffeinate",) if shutil.which("caffeinate") else ()
    if sys.platform == "win32":
        return ("SetThreadExecutionState",)
    if sys.platform != "linux":
        return ()
    services = _services_answering()
    if SAVER not in services and (x11 := _XServer.reached()) is not None:
        x11.release()
        return (*services, "X11")
    return services


class _Caffeinate:
    """macOS: a program that comes with it, and that ends when we do."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def hold(self) -> None:
        program = shutil.which("caffeinate")
        if program is not None:
            self._child = subprocess.Popen([program, "-d", "-i", "-w", str(os.getpid())])  # noqa: S603 - the one above

    def release(self) -> None:
        if self._child is not None:
            self._child.terminate()
            self._child.wait()
            self._child = None


class _ExecutionState:
    """Windows: a state of this thread, which ends with it."""

    def hold(self) -> None:
        self._set(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED | _ES_DISPLAY_REQUIRED)

    def release(self) -> None:
        self._set(_ES_CONTINUOUS)

    def _set(self, state: int) -> None:
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(state)


# ---------------------------------------------------------------------- Linux


def _inhibition(service: str, path: str, interface: str) -> QDBusMessage:
    from PySide6.QtDBus import QDBusMessage

    message = QDBusMessage.createMethodCall(service, path, interface, "Inhibit")
    message.setArguments([_WHO, _WHY])
    return message


class _Desktop:
    """The desktop's own services, asked on a connection of their own: closing it is how they are told to forget.

    Where none keeps the screen on and there is an X server, that one is told that somebody is there.
    """

    def __init__(self) -> None:
        self._name = f"atelier-awake-{id(self)}"
        self._calls: list[QDBusPendingCallWatcher] = []
        self._x11: _XServer | None = None

    def hold(self) -> None:
        if _BUS not in os.environ:  # it would be looked for in ways that take seconds
            self._ask_x11()
            return
        from PySide6.QtDBus import QDBusConnection, QDBusPendingCallWatcher

        bus = QDBusConnection.connectToBus(os.environ[_BUS], self._name)
        if not bus.isConnected():
            self._ask_x11()
            return
        for service, path, interface in SERVICES:
            call = QDBusPendingCallWatcher(bus.asyncCall(_inhibition(service, path, interface), ANSWERING))
            if service == SAVER:
                call.finished.connect(self._on_saver_answered)
            self._calls.append(call)

    def _on_saver_answered(self, call: QDBusPendingCallWatcher) -> None:
        if call.isError():
            self._ask_x11()

    def _ask_x11(self) -> None:
        self._x11 = _XServer.reached()
        if self._x11 is not None:
            self._x11.hold()

    def release(self) -> None:
        if self._x11 is not None:
            self._x11.release()
            self._x11 = None
        if self._calls:
            from PySide6.QtDBus import QDBusConnection

            self._calls.clear()
            QDBusConnection.disconnectFromBus(self._name)


def _services_answering() -> tuple[str, ...]:
    """The services of the desktop that take such a wish; what they took ends at once."""
    if _BUS not in os.environ:
        return ()
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

    name = "atelier-awake-asked"
    bus = QDBusConnection.connectToBus(os.environ[_BUS], name)
    try:
        return tuple(
            service
            for service, path, interface in SERVICES
            if bus.isConnected()
            and bus.call(_inhibition(service, path, interface), QDBus.CallMode.Block, ANSWERING).type()
            is QDBusMessage.MessageType.ReplyMessage
        )
    finally:
        del bus
        QDBusConnection.disconnectFromBus(name)


class _XServer:
    """Has the X server count its idle time from zero again and again, as a key press does (ForceScreenSaver, Reset)."""

    def __init__(self, library: ctypes.CDLL, connection: int) -> None:
        self._library = library
        self._connection: int | None = connection
        self._again = QTimer(interval=IDLE_AGAIN)
        self._again.timeout.connect(self.reset)

    @classmethod
    def reached(cls) -> _XServer | None:
        """The server windows are shown by; None where it is none of X11."""
        if QGuiApplication.platformName() != "xcb":
            return None
        try:
            library = ctypes.CDLL("libxcb.so.1")
        except OSError:
            return None
        connect: Callable[..., int | None] = library.xcb_connect
        library.xcb_connect.restype = ctypes.c_void_p
        connection = connect(None, None)
        if not connection or library.xcb_connection_has_error(ctypes.c_void_p(connection)):
            return None
        return cls(library, connection)

    def hold(self) -> None:
        self.reset()
        self._again.start()

    def reset(self) -> None:
        if self._connection is not None:
            connection = ctypes.c_void_p(self._connection)
            self._library.xcb_force_screen_saver(connection, ctypes.c_uint8(0))
            self._library.xcb_flush(connection)

    def release(self) -> None:
        self._again.stop()
        if self._connection is not None:
            self._library.xcb_disconnect(ctypes.c_void_p(self._connection))
            self._connection = None
