"""What can be told of a machine without Qt: its folders, its memory, its session."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from atelier.foundation.settings import cache_folder, config_folder
from atelier.foundation.texts import reason
from atelier.foundation.translation import _, decimal

if TYPE_CHECKING:
    from collections.abc import Mapping

GIGABYTE: Final = 10**9
LITTLE_DISK: Final = 0.2  # gigabytes
LITTLE_MEMORY: Final = 0.5  # gigabytes
_CATEGORY: Final = re.compile(r"^qt(\.\w+)+: ")
ANSWERING: Final = 3.0
"""Seconds a display has to answer."""


class State(IntEnum):
    OK = 0
    WARNING = 1
    PROBLEM = 2


class Point(NamedTuple):
    """One thing that was looked at. `name` is for programs and never changes, `facts` are what JSON can hold."""

    name: str
    title: str
    state: State
    words: str
    advice: str = ""
    facts: Mapping[str, object] = {}


def folders() -> Point:
    """Whether what the program remembers can be kept, and how much room there is."""
    facts: dict[str, object] = {}
    state, words, advice = State.OK, "", ""
    for name, folder in (("settings", config_folder()), ("cache", cache_folder())):
        refusal = _refusal(folder)
        facts[name] = {"folder": str(folder), "writable": not refusal}
        if refusal and state is not State.PROBLEM:
            state = State.PROBLEM
            words = _("Nothing can be kept in {folder}.").format(folder=folder) + f" {refusal}"
            advice = _("Make that folder writable, or name another one in ATELIER_HOME.")
    free = _free(config_folder())
    facts["free_gb"] = round(free, 1)
    if state is State.OK:
        if free < LITTLE_DISK:
            state, advice = State.WARNING, _("Make room before you export.")
        words = _("Settings and recent decks are kept; {n} GB are free.").format(n=_number(free))
        if aside := _set_aside(config_folder()):
            facts["set_aside"] = aside
            words += " " + _("Older settings that cannot be read are in {name}.").format(name=aside[-1])
    return Point("folders", _("Folders"), state, words, advice, facts)


def _set_aside(folder: Path) -> list[str]:
    """Files of settings that could not be read; see `settings.load_settings`."""
    try:
        return sorted(file.name for file in folder.glob("settings.broken-*"))
    except OSError:
        return []


def _refusal(folder: Path) -> str:
    """Why nothing can be written to a folder, or to where it will be made; empty where it can."""
    there = _nearest(folder)
    try:
        with tempfile.NamedTemporaryFile(prefix=".atelier-", dir=there) as probe:
            probe.write(b"probe")
    except OSError as error:
        return reason(error)
    return ""


def _nearest(folder: Path) -> Path:
    """The folder itself, or the first one above it that is there."""
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    return folder


def _free(folder: Path) -> float:
    """Gigabytes."""
    try:
        return shutil.disk_usage(_nearest(folder)).free / GIGABYTE
    except OSError:
        return 0.0


def memory() -> Point:
    """How much memory there is, and how much of it is free."""
    total, available = _memory()
    title = _("Memory")
    if not total:
        return Point("memory", title, State.OK, _("This system does not say how much memory it has."))
    facts = {"total_gb": round(total, 1), "available_gb": round(available, 1)}
    words = _("{free} of {total} GB are free; a talk takes about a quarter of a GB.").format(
        free=_number(available), total=_number(total)
    )
    if available < LITTLE_MEMORY:
        return Point("memory", title, State.WARNING, words, _("Close other programs before you speak."), facts)
    return Point("memory", title, State.OK, words, "", facts)


def _memory() -> tuple[float, float]:
    """Gigabytes in all and free; zeros where the system does not say."""
    if sys.platform == "linux":
        values: dict[str, float] = {}
        with suppress(OSError, ValueError):
            for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
                key, _colon, rest = line.partition(":")
                values[key] = int(rest.split()[0]) * 1024 / GIGABYTE
        return values.get("MemTotal", 0.0), values.get("MemAvailable", 0.0)
    if sys.platform == "win32":
        import ctypes

        class Status(ctypes.Structure):
            """MEMORYSTATUSEX."""

            _fields_ = (
                ("length", ctypes.c_ulong),
                ("load", ctypes.c_ulong),
                *((name, ctypes.c_ulonglong) for name in ("total", "free", "a", "b", "c", "d", "e")),
            )

        status = Status()
        status.length = ctypes.sizeof(status)
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            return 0.0, 0.0
        return status.total / GIGABYTE, status.free / GIGABYTE
    with suppress(OSError, ValueError, AttributeError):
        page = os.sysconf("SC_PAGE_SIZE")
        total = os.sysconf("SC_PHYS_PAGES") * page / GIGABYTE
        return total, total
    return 0.0, 0.0


def _number(gigabytes: float) -> str:
    return decimal(gigabytes, 0 if gigabytes >= 10 else 1)


def display_named() -> bool:
    """Whether the environment says that there is something to show a window on."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def display_refusal() -> str:
    """What Qt says when it cannot use the display there is; empty where it can.

    Qt ends the process then, hence it is asked in a child. Only where programs are told of a display by the environment
    does that happen.
    """
    if sys.platform in {"win32", "darwin"} or not hasattr(os, "fork"):
        return ""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        _open_display(write)
    os.close(write)
    said, answered = _read_until_closed(read, ANSWERING)
    os.close(read)
    if not answered:
        with suppress(ProcessLookupError):
            os.kill(child, 9)
    _pid, status = os.waitpid(child, 0)
    if not answered:
        return _("It does not answer.")
    if os.waitstatus_to_exitcode(status) == 0:
        return ""
    lines = [_CATEGORY.sub("", line).strip() for line in said.decode("utf-8", "replace").splitlines()]
    first = next((line for line in lines if line), "")
    return f"{first.rstrip('.')}." if first else _("It cannot be opened.")


def _open_display(write: int) -> None:
    """In the child: opens the display and ends, in whichever way Qt has it."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.dup2(write, 1)
        os.dup2(write, 2)
        from PySide6.QtGui import QGuiApplication

        QGuiApplication([])
    except BaseException:  # noqa: BLE001 - whatever it is, the child must not run on as a second program
        os._exit(1)
    os._exit(0)


def _read_until_closed(handle: int, seconds: float) -> tuple[bytes, bool]:
    """What came, and whether the other end was closed in time."""
    import select

    said = b""
    limit = time.monotonic() + seconds
    while (left := limit - time.monotonic()) > 0:
        ready, _writable, _odd = select.select([handle], [], [], left)
        if not ready:
            break
        part = os.read(handle, 4096)
        if not part:
            return said, True
        said += part
    return said, False
