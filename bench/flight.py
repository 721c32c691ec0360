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
PATIENCE = 60.0


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
        print(json.dumps(_measure(options.deck, options.frames, width, height, Path(folder), options.shots)))


def _measure(
    deck_path: Path | None, frames: int, width: int, height: int, folder: Path, shots: Path | None
) -> dict[str, object]:
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from atelier.app.qt import application
    from atelier.canvas.camera import home
    from atelier.deck.loading import load
    from atelier.render.scene import Look, build_scene
    from atelier.render.tiles import TileCache
    from atelier.windows.audience import AudienceWindow
    from atelier.windows.style import Appearance
    from deck import write_deck

    app = application()
    file = deck_path or write_deck(folder, frames)
    started = time.perf_counter()
    deck = load(file)
    parsed = time.perf_counter()
    scene = build_scene(deck)
    window = AudienceWindow(scene, TileCache(), lambda: Appearance(app))
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    window.move(0, 0)
    window.resize(width, height)
    canvas = window.canvas

    def wait(done: Callable[[], bool]) -> float:
        loop = QEventLoop()
        timer = QTimer(interval=2)
        timer.timeout.connect(lambda: loop.quit() if done() or time.perf_counter() > limit else None)
        limit = time.perf_counter() + PATIENCE
        timer.start()
        loop.exec()
        timer.stop()
        if not done():
            raise TimeoutError("the window did not come to rest")
        return time.perf_counter()

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

    places = scene.canvas.places
    deepest = max(range(len(places)), key=lambda i: (places[i].depth, -i))
    siblings = places[places[deepest].parent].children
    neighbour = siblings[(siblings.index(deepest) + 1) % len(siblings)] if len(siblings) > 1 else places[deepest].parent
    figures: list[dict[str, float]] = []
    for n, target in enumerate((deepest, neighbour)):
        times: list[float] = []
        canvas.presented.connect(partial(_note, times))
        settled.clear()
        begin = time.perf_counter()
        canvas.fly_to(home(scene.canvas, target, canvas.view_ratio), Look(focus=target), duration=FLIGHT)
        wait(lambda: not canvas.moving)
        arrived = times[-1]
        canvas.presented.disconnect()
        settle = wait(lambda: bool(settled)) - arrived
        _shot(shots, f"flight-{n + 1}")
        steps = sorted((b - a) * 1000 for a, b in zip([begin, *times], times, strict=False))
        figures.append(
            {
                "frames": float(len(times)),
                "median": steps[len(steps) // 2],
                "p95": steps[min(len(steps) - 1, int(len(steps) * 0.95))],
                "worst": steps[-1],
                "settle": settle,
            }
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    window.close()
    QApplication.processEvents()
    return {
        "frames": len(deck.frames),
        "size": f"{width}x{height}",
        "frames_presented": int(min(f["frames"] for f in figures)),
        "median_ms": round(max(f["median"] for f in figures), 1),
        "p95_ms": round(max(f["p95"] for f in figures), 1),
        "worst_ms": round(max(f["worst"] for f in figures), 1),
        "parse_s": round(parsed - started, 3),
        "first_paint_s": round(first_paint, 3),
        "overview_s": round(overview, 3),
        "settle_s": round(max(f["settle"] for f in figures), 3),
        "rss_mb": round(memory),
    }


def _note(times: list[float], at: float, _moving: bool) -> None:  # noqa: FBT001 - a signal's argument
    times.append(at)


def _shot(folder: Path | None, name: str) -> None:
    if folder is None:
        return
    from PySide6.QtGui import QGuiApplication

    folder.mkdir(parents=True, exist_ok=True)
    QGuiApplication.primaryScreen().grabWindow(0).save(str(folder / f"{name}.png"))


if __name__ == "__main__":
    main()
