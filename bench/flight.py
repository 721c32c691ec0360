"""Flies the real audience window over a deck and prints how smooth it was, as one JSON line.

    python bench/flight.py [--frames N | --deck DECK] [--size WxH]

Two flights of two seconds: from the overview to the deepest frame, and on to its neighbour. Times are the intervals
between pictures, in milliseconds. Without a display a virtual one is started.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FLIGHT = 2.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--frames", type=int, default=200)
    what.add_argument("--deck", type=Path)
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--shots", type=Path, help="a folder for pictures of what was on screen")
    options = parser.parse_args()
    width, height = (int(n) for n in options.size.split("x"))

    from display import on_display

    with on_display(width, height), tempfile.TemporaryDirectory() as folder:
        os.environ["ATELIER_HOME"] = folder
        from deck import write_deck

        made = partial(write_deck, Path(folder), options.frames)
        print(json.dumps(measure(lambda: options.deck or made(), width, height, options.shots)))


def measure(deck_file: Callable[[], Path], width: int, height: int, shots: Path | None = None) -> dict[str, object]:
    """Opens a deck on the display there is and flies over it. `deck_file` makes it, and may paint."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from atelier.app.qt import application
    from atelier.app.smoothness import Flown, farthest, fly, wait
    from atelier.deck.loading import load
    from atelier.render.scene import build_scene
    from atelier.render.tiles import TileCache
    from atelier.windows.audience import AudienceWindow
    from atelier.windows.ground import talk_over
    from atelier.windows.style import Appearance

    app = application()
    file = deck_file()
    started = time.perf_counter()
    deck = load(file)
    parsed = time.perf_counter()
    scene = build_scene(deck)
    talk = talk_over(scene)
    talk.begin()
    window = AudienceWindow(scene, TileCache(), talk, lambda: Appearance(app))
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    window.move(0, 0)
    window.resize(width, height)
    canvas = window.canvas

    painted: list[float] = []
    canvas.first_painted.connect(lambda: painted.append(time.perf_counter()))
    settled: list[float] = []
    canvas.settled.connect(lambda: settled.append(time.perf_counter()))
    window.start()
    window.show()
    wait(lambda: bool(painted))
    first_paint = painted[0] - parsed
    overview = wait(lambda: bool(settled)) - parsed
    gc.collect()
    gc.freeze()
    wait(lambda: not canvas.busy)
    _shot(shots, "overview")

    flown: list[Flown] = []
    for n, place in enumerate(farthest(scene.canvas)):
        flown.append(fly(canvas, place, FLIGHT))
        _shot(shots, f"flight-{n + 1}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    window.close()
    QApplication.processEvents()
    return {
        "frames": len(deck.frames),
        "size": f"{width}x{height}",
        "frames_presented": min(len(each.intervals) for each in flown),
        "median_ms": round(max(each.median for each in flown) * 1000, 1),
        "p95_ms": round(max(each.p95 for each in flown) * 1000, 1),
        "worst_ms": round(max(each.worst for each in flown) * 1000, 1),
        "parse_s": round(parsed - started, 3),
        "first_paint_s": round(first_paint, 3),
        "overview_s": round(overview, 3),
        "settle_s": round(max(each.settle for each in flown), 3),
        "rss_mb": round(memory),
    }


def _shot(folder: Path | None, name: str) -> None:
    if folder is None:
        return
    from PySide6.QtGui import QGuiApplication

    folder.mkdir(parents=True, exist_ok=True)
    QGuiApplication.primaryScreen().grabWindow(0).save(str(folder / f"{name}.png"))


if __name__ == "__main__":
    main()
