"""Pictures kept on disk, where the disk is full."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from atelier.render.kept import FIRST, KeptPictures

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_half_a_picture_is_not_left_on_a_full_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ATELIER_HOME", str(tmp_path))
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    kept = KeptPictures(FIRST)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        kept.keep("a deck", "a path", (), picture)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert kept.find("a deck", "a path") is None
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]
    kept.keep("a deck", "a path", (), picture)
    assert kept.find("a deck", "a path") is not None
