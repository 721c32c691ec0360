"""QtMultimedia, loaded when the first film or sound is to be played: it takes some 60 ms, and may not be there."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QLoggingCategory, QMessageLogContext, QtMsgType, qInstallMessageHandler

from atelier.foundation.errors import InputError
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Generator

    from atelier.windows.media_player import MediaPlayer

INSTALL: Final = 'pip install "atelier[multimedia]"'
"""What installs the extra."""
_BACK_ENDS: Final = {
    "ffmpeg": "FFmpeg",
    "gstreamer": "GStreamer",
    "darwin": "AVFoundation",
    "windows": "Media Foundation",
    "android": "Android",
}
"""What its plugins are called, in the order in which Qt takes them where nothing else is wanted."""


def player_class() -> type[MediaPlayer]:
    """What plays films and sounds. Raises InputError where it is not installed, or cannot be loaded."""
    try:
        with unheard():
            from atelier.windows.media_player import MediaPlayer
    except ModuleNotFoundError:
        message = _("Films and sounds are not played here: QtMultimedia is not installed.")
        hint = _("To install it: {command}").format(command=INSTALL)
        if getattr(sys, "frozen", False):
            hint = _("This package comes without it: installed from its source, Atelier plays them.")
        raise InputError(message, hint) from None
    except ImportError as error:
        message = _("QtMultimedia is installed and cannot be loaded: {reason}").format(reason=error)
        raise InputError(message, _("“atelier doctor” says what to install.")) from None
    return MediaPlayer


def back_end() -> tuple[str, bool]:
    """What QtMultimedia plays with, empty where there is nothing, and whether there is a device for sound.

    Only where `player_class` gave something.
    """
    with unheard():
        from PySide6.QtMultimedia import QMediaDevices, QMediaPlayer

        available = QMediaPlayer().isAvailable()
        sound = not QMediaDevices.defaultAudioOutput().isNull()
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "multimedia"
    names = " ".join(file.name.lower() for file in folder.iterdir()) if folder.is_dir() else ""
    wanted = os.environ.get("QT_MEDIA_BACKEND", "")
    found = [name for name in (wanted, *_BACK_ENDS) if name and name in names]
    return (_BACK_ENDS.get(found[0], found[0]) if available and found else ""), sound


@contextmanager
def unheard() -> Generator[None]:
    """Keeps from the terminal what its libraries say of hardware that is not there."""
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    before = qInstallMessageHandler(_forget)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _forget(_kind: QtMsgType, _context: QMessageLogContext, _message: str, /) -> None:
    """Where it may talk."""
