"""Watches the files a deck is made of.

Files are asked for their time and size a few times a second: unlike the system's notifications this also sees network
folders, editors that replace the file, and a file that comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from pathlib import Path

INTERVAL = 150
"""Milliseconds between two looks."""

Stamp = tuple[int, int, int]


class DeckWatcher(QObject):
    """Tells when one of `files` changed and has kept still since the look before."""

    changed = Signal()

    def __init__(self, files: tuple[Path, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._known = self._look()
        self._pending: tuple[Stamp | None, ...] | None = None
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self._on_timer)
        self._timer.start()

    def watch(self, files: tuple[Path, ...]) -> None:
        """Watches these files from now on; what was known of those watched before stays known."""
        if files != self._files:
            known = dict(zip(self._files, self._known, strict=True))
            self._files = files
            self._known = tuple(known[file] if file in known else _stamp(file) for file in files)
            self._pending = None

    def stop(self) -> None:
        self._timer.stop()

    def _look(self) -> tuple[Stamp | None, ...]:
        return tuple(_stamp(file) for file in self._files)

    def _on_timer(self) -> None:
        now = self._look()
        if now == self._known:
            self._pending = None
            return
        # a file that is being written changes from look to look; one that is gone may be about to be replaced
        if now == self._pending or (self._pending is None and self._written_whole(now)):
            self._known, self._pending = now, None
            self.changed.emit()
            return
        self._pending = now

    def _written_whole(self, now: tuple[Stamp | None, ...]) -> bool:
        """Whether every changed file was replaced by another one, as careful editors do: then it is complete."""
        pairs = zip(now, self._known, strict=True)
        return all(new == old or (new is not None and old is not None and new[2] != old[2]) for new, old in pairs)


def _stamp(file: Path) -> Stamp | None:
    """Time in nanoseconds, size in bytes, and the number of the file itself; None for a file that is not there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
