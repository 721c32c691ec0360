"""Screens whose pixels are scaled by a fraction, and a projector that stands upright."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(__file__).with_name("scaled_talk.py")
LAPTOP = (1920, 1080)
TEXT = "# Talk\n\n## One {#one}\n\nWords in the middle.\n"


def talk_on(folder: Path, laptop: float, projector: float, pixels: tuple[int, int]) -> dict[str, Any]:
    """What a talk says that runs on a laptop and a projector of these scales; `pixels` are the projector's."""
    at = 0
    screens: list[dict[str, object]] = []
    for name, (width, height) in (("laptop", LAPTOP), ("projector", pixels)):
        shape = {"name": name, "x": at, "y": 0, "width": width, "height": height, "dpr": 1}
        screens.append({**shape, "logicalDpi": 96, "logicalBaseDpi": 96})
        at += width
    config = folder / "screens.json"
    config.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    deck = folder / "talk.md"
    deck.write_text(TEXT, encoding="utf-8")
    environment = os.environ | {
        "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
        "QT_SCREEN_SCALE_FACTORS": f"laptop={laptop};projector={projector}",
    }
    ran = subprocess.run(
        [sys.executable, PROGRAM, deck], env=environment, capture_output=True, text=True, timeout=100, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize(
    ("laptop", "projector", "pixels"),
    [(1.25, 1.5, (1920, 1080)), (1.5, 1.25, (1080, 1920)), (1.0, 1.0, (1080, 1920)), (2.0, 1.75, (1400, 1050))],
)
def test_the_room_s_picture_is_sharp_and_tools_point_where_they_should(
    tmp_path: Path, laptop: float, projector: float, pixels: tuple[int, int]
) -> None:
    said = talk_on(tmp_path, laptop, projector, pixels)
    assert said["room"] == {"screen": "projector", "ratio": projector, "inside": True}
    assert said["console"]["screen"] == "laptop"
    assert said["console"]["ratio"] == laptop
    assert said["pixels"] == said["grabbed"] == [*pixels]
    assert said["same"] == said["of"], "each pixel of the picture is one of the screen"
    assert said["console"]["inside"]
    assert said["cut"] == []
    middle = [sum(said["laser"][axis]) / 2 for axis in "xy"]
    assert middle == pytest.approx([1 / 4, 1 / 3], abs=0.01)
    assert said["ink"]["x"] == pytest.approx([1 / 4, 1 / 2], abs=0.02)
    assert sum(said["ink"]["y"]) / 2 == pytest.approx(1 / 2, abs=0.01)
