"""Pictures kept on disk from one start to the next: thumbnails of canvases and the first picture of a talk.

A picture is found by what it was made from: the program's version, the bytes of the text, the times and sizes of the
files it shows, and what of it was asked for. The folder holds the newest ones only; losing it costs nothing but time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QImage

from atelier import __version__
from atelier.foundation.atomic import write_atomic
from atelier.foundation.settings import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST = "first"
"""The kind of the first pictures of talks."""
KEEP = 40
"""Pictures in a folder."""


class KeptPictures:
    """The pictures of one kind."""

    def __init__(self, kind: str) -> None:
        self._folder = cache_folder() / kind

    def find(self, digest: str, asked: str) -> QImage | None:
        """The picture made from the deck with this digest for what was `asked`, if nothing it shows has changed."""
        stem = self._folder / _key(digest, asked)
        try:
            made_from: object = json.loads(stem.with_suffix(".json").read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(made_from, dict):
            return None
        stamps = cast("dict[str, object]", made_from)
        if any(_stamp(name) != stamp for name, stamp in stamps.items()):
            return None
        picture = QImage(str(stem.with_suffix(".bmp")))
        if picture.isNull():
            return None
        with contextlib.suppress(OSError):
            os.utime(stem.with_suffix(".json"))
        return picture

    def keep(self, digest: str, asked: str, files: Iterable[Path], picture: QImage) -> None:
        """Keeps a picture; a full or read-only disk is no reason to say anything."""
        stem = self._folder / _key(digest, asked)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            made_from = {str(file): _stamp(str(file)) for file in files}
            # a bitmap: reading it back costs a tenth of unpacking a PNG, and this is read when every moment counts
            if picture.save(str(stem.with_suffix(".bmp"))):
                write_atomic(stem.with_suffix(".json"), json.dumps(made_from).encode())
            else:  # half a picture takes the last of a full disk from the journal of the talk
                stem.with_suffix(".bmp").unlink(missing_ok=True)
            self._forget_old()

    def _forget_old(self) -> None:
        entries = sorted(self._folder.glob("*.json"), key=lambda file: -file.stat().st_mtime)
        for entry in entries[KEEP:]:
            entry.with_suffix(".bmp").unlink(missing_ok=True)
            entry.unlink(missing_ok=True)


def _key(digest: str, asked: str) -> str:
    return hashlib.sha256(f"{digest}|{asked}|{__version__}".encode()).hexdigest()


def _stamp(name: str) -> list[int] | None:
    """Time in nanoseconds and size of a file; None when it is not there."""
    try:
        found = Path(name).stat()
    except OSError:
        return None
    return [found.st_mtime_ns, found.st_size]
