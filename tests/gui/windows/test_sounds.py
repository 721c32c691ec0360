"""The bells of a countdown: what is in their files, and what plays them where QtMultimedia is not installed."""

from __future__ import annotations

import importlib.util
import sys
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject

from atelier.talk.countdown import Bell
from atelier.windows.sounds import FILES, Bells, Way, players, way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

HOUSE = Path(__file__).resolve().parents[3]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH on which nothing is yet, on Linux; QtMultimedia is not installed."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    return folder


@pytest.fixture
def bells(qapp: QApplication) -> Iterator[Bells]:
    owner = QObject(qapp)
    bells = Bells(owner)
    yield bells
    bells.close()
    owner.deleteLater()
    qapp.processEvents()


def player(folder: Path, name: str, *, code: int = 0, lasts: int = 0) -> Path:
    """A player that notes what it was called with, and ends with `code`."""
    heard = folder / f"{name}.heard"
    script = folder / name
    wait = f"exec /bin/sleep {lasts}\n" if lasts else ""
    script.write_text(f'#!/bin/sh\necho "$@" >> "{heard}"\n{wait}exit {code}\n', encoding="utf-8")
    script.chmod(0o755)
    return heard


def heard(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip() if file.exists() else ""


def test_a_player_of_the_system_plays_the_file(path: Path, bells: Bells, qtbot: QtBot) -> None:
    note = player(path, "paplay")
    bells.ring(Bell.END)
    qtbot.waitUntil(lambda: heard(note) == str(FILES[Bell.END]))
    assert way() is Way.PLAYER
    assert players() == ((str(path / "paplay"),),)


def test_one_that_cannot_play_leaves_it_to_the_next(path: Path, bells: Bells, qtbot: QtBot) -> None:
    first, second = player(path, "pw-play", code=1), player(path, "aplay")
    bells.ring(Bell.LAP)
    qtbot.waitUntil(lambda: heard(second) == f"-q {FILES[Bell.LAP]}")
    assert heard(first) == str(FILES[Bell.LAP])


def test_nothing_that_plays_is_no_error(path: Path, bells: Bells) -> None:
    bells.prepare()
    bells.ring(Bell.END)
    assert way() is Way.BEEP


def test_a_sound_ends_with_its_window(path: Path, bells: Bells, qtbot: QtBot) -> None:
    note = player(path, "paplay", lasts=60)
    bells.ring(Bell.END)
    qtbot.waitUntil(lambda: bool(heard(note)))
    bells.close()
    bells.ring(Bell.LAP)
    qtbot.waitUntil(lambda: str(FILES[Bell.LAP]) in heard(note))


def make_sounds() -> Any:
    spec = importlib.util.spec_from_file_location("make_sounds", HOUSE / "packaging" / "make_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("bell", Bell)
def test_a_sound_is_short_small_and_as_it_was_made(bell: Bell) -> None:
    file = FILES[bell]
    assert file.stat().st_size <= 200_000
    with wave.open(str(file), "rb") as opened:
        assert opened.getnchannels() == 1
        assert opened.getsampwidth() == 2
        assert 0.3 < opened.getnframes() / opened.getframerate() <= 2.0
        data = opened.readframes(opened.getnframes())
    values = memoryview(data).cast("h")
    made = make_sounds()
    expected = made.samples(made.SOUND_OF[file.name])
    assert len(values) == len(expected)
    assert max(abs(one - other) for one, other in zip(values, expected, strict=True)) <= 1
    assert max(map(abs, values)) < 32767
    assert abs(values[-1]) <= 1
