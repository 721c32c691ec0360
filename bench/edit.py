"""How long an edit of one frame takes to be seen, in a deck of many, as one JSON line.

    python bench/edit.py [--frames N] [--edits N]

Counted from the moment the new text is read to the exact picture on screen; the watcher looks every 0.15 s before that.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=1000)
    parser.add_argument("--edits", type=int, default=9)
    options = parser.parse_args()

    from display import on_display

    with on_display(1920, 1080), tempfile.TemporaryDirectory() as folder:
        os.environ["ATELIER_HOME"] = folder
        print(json.dumps(_measure(options.frames, options.edits, Path(folder))))


def _measure(frames: int, edits: int, folder: Path) -> dict[str, float]:
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    from atelier.app.qt import application
    from atelier.deck.loading import load
    from atelier.render.scene import build_scene
    from atelier.render.tiles import TileCache
    from atelier.windows.audience import AudienceWindow
    from atelier.windows.ground import talk_over
    from atelier.windows.style import Appearance
    from deck import write_deck

    app = application()
    file = write_deck(folder, frames)
    scene = build_scene(load(file))
    talk = talk_over(scene)
    talk.begin()
    window = AudienceWindow(scene, TileCache(), talk, lambda: Appearance(app))
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    window.resize(1920, 1080)
    deepest = max(scene.canvas.places, key=lambda place: place.depth)
    frame = scene.deck.frames[deepest.frame]
    settled: list[float] = []
    window.canvas.settled.connect(lambda: settled.append(time.perf_counter()))

    def rest() -> None:
        loop = QEventLoop()
        timer = QTimer(interval=1)
        timer.timeout.connect(lambda: loop.quit() if settled else None)
        timer.start()
        loop.exec()

    window.start(frame.id)
    window.show()
    rest()
    times: list[float] = []
    text = file.read_text(encoding="utf-8")
    sentence = f"number {frame.title.split()[1].rstrip(':')} keeps"
    for n in range(edits):
        changed = text.replace(sentence, f"{sentence} (edited {n} times)")
        if changed == text:
            raise RuntimeError("nothing to edit")
        file.write_text(changed, encoding="utf-8")
        settled.clear()
        started = time.perf_counter()
        window.replace_scene(build_scene(load(file, window.scene.deck), window.scene))
        rest()
        times.append(settled[0] - started)
    window.close()
    return {"frames": frames, "median_s": round(statistics.median(times), 3), "worst_s": round(max(times), 3)}


if __name__ == "__main__":
    main()
