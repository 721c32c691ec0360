"""The sounds of a countdown: by QtMultimedia where it is installed, else by a player of the system, else its beep.

No device to play on, and nothing that could play, are no errors: what is heard is also seen.
"""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMessageLogContext, QObject, QProcess, QtMsgType, QUrl, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from atelier.foundation.resources import SOUNDS
from atelier.talk.countdown import Bell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtMultimedia import QSoundEffect

FILES: Final = {Bell.LAP: SOUNDS / "lap.wav", Bell.END: SOUNDS / "end.wav"}
_PLAYERS: Final = {
    "linux": (("pw-play",), ("paplay",), ("aplay", "-q")),
    "darwin": (("afplay",),),
}
"""Programs that play a WAV file and end, the likelier one first, with what they are called with before its name."""
_PATIENCE: Final = 200
"""Milliseconds a player gets to end."""


class Way(StrEnum):
    """What plays a sound."""

    MULTIMEDIA = "multimedia"
    PLAYER = "player"
    WINDOWS = "windows"
    BEEP = "beep"


def way() -> Way:
    """By which way a sound will be played on this machine."""
    if multimedia_plays():
        return Way.MULTIMEDIA
    if sys.platform == "win32":
        return Way.WINDOWS
    return Way.PLAYER if players() else Way.BEEP


def multimedia_plays() -> bool:
    """Whether QtMultimedia is installed and knows a device to play on. The first call loads it: some 60 ms."""
    before = qInstallMessageHandler(_unheard)  # it complains of every library of the system that is not there
    try:
        from PySide6.QtMultimedia import QMediaDevices

        return not QMediaDevices.defaultAudioOutput().isNull()
    except ImportError:
        return False
    finally:
        qInstallMessageHandler(before)


def _unheard(_kind: QtMsgType, _context: QMessageLogContext, _message: str, /) -> None:
    """Where Qt may talk."""


def players() -> tuple[tuple[str, ...], ...]:
    """The players of the system that are there: each a program and its arguments."""
    known = _PLAYERS.get(sys.platform, _PLAYERS["linux"])
    found = ((shutil.which(name), arguments) for name, *arguments in known)
    return tuple((path, *arguments) for path, arguments in found if path)


class Bells(QObject):
    """Rings, once `prepare` was called."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._way: Way | None = None
        self._effects: dict[Bell, QSoundEffect] = {}
        self._players: tuple[tuple[str, ...], ...] = ()
        self._process: QProcess | None = None

    def prepare(self) -> None:
        """Finds out what plays, and has the sounds ready; a second call costs nothing."""
        if self._way is not None:
            return
        self._way = way()
        self._players = players()
        if self._way is Way.MULTIMEDIA:
            from PySide6.QtMultimedia import QSoundEffect

            for bell, file in FILES.items():
                effect = self._effects[bell] = QSoundEffect(self)
                effect.setSource(QUrl.fromLocalFile(str(file)))

    def ring(self, bell: Bell) -> None:
        """Starts the sound of a bell, and returns at once."""
        self.prepare()
        effect = self._effects.get(bell)
        if effect is not None and effect.status() is not effect.Status.Error:
            effect.play()
        elif sys.platform == "win32":
            _play_on_windows(FILES[bell])
        else:
            self._play(FILES[bell], self._players)

    def close(self) -> None:
        """Ends what is sounding."""
        for effect in self._effects.values():
            effect.stop()
        process, self._process = self._process, None
        if process is not None and process.state() is not QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished(_PATIENCE)

    def _play(self, file: Path, players: Sequence[tuple[str, ...]]) -> None:
        """Has the first of `players` play; where it cannot, the next one, and in the end the system's beep."""
        self.close()
        if not players:
            QApplication.beep()
            return
        (program, *arguments), *others = players
        process = self._process = QProcess(self)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())

        def leave(*, failed: bool) -> None:
            process.deleteLater()
            if process is self._process:
                self._process = None
                if failed:
                    self._play(file, others)

        def on_finished(code: int) -> None:
            leave(failed=code != 0)

        def on_error(error: QProcess.ProcessError) -> None:
            if error is QProcess.ProcessError.FailedToStart:
                leave(failed=True)

        process.finished.connect(on_finished)
        process.errorOccurred.connect(on_error)
        process.start(program, [*arguments, str(file)])


def _play_on_windows(file: Path) -> None:
    if sys.platform == "win32":
        import winsound

        flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
        winsound.PlaySound(str(file), flags)
