"""Screens that come and go at random: never an exception, always a window somebody sees, all of it in the journal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Screen

PROGRAM = Path(__file__).parents[1] / "gui" / "app" / "random_screens.py"


def live_through(screen: Screen, seed: int, folder: Path) -> None:
    environment = os.environ | {
        "DISPLAY": f":{screen.number}",
        "QT_QPA_PLATFORM": "xcb",
        "ATELIER_HOME": str(folder / "home"),
    }
    ran = subprocess.run(
        [sys.executable, PROGRAM, str(seed), folder],
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "all of it held\n", "")


@pytest.mark.parametrize("seed", [3, 5])
def test_screens_come_and_go(wide_screen: Screen, tmp_path: Path, seed: int) -> None:
    live_through(wide_screen, seed, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 300))
def test_screens_come_and_go_for_long(wide_screen: Screen, tmp_path: Path, seed: int) -> None:
    live_through(wide_screen, seed, tmp_path)
