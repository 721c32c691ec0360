"""Flies the audience window without and with the console open, presses keys on the console, and prints what that
costs, as one JSON line.

    python bench/console.py [--frames N] [--rounds N] [--presses N]

`flights` is how many pictures a second the audience window shows with the console open, as a share of those without.
`press` is the time in milliseconds from a key going down to the next picture of the audience window. Of each pair, the
first is without the console.
Without a display a virtual one is started, wide enough for both windows.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.windows.audience import AudienceWindow

ROOM, DESK = (1920, 1080), (1440, 900)
PAUSES = (0.06, 0.9)
"""The shortest and the longest time between two presses, in seconds."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--presses", type=int, default=100)
    options = parser.parse_args()

    from display import on_display

    with on_display(ROOM[0] + DESK[0], ROOM[1]), tempfile.TemporaryDirectory() as folder:
        os.environ["ATELIER_HOME"] = folder
        print(json.dumps(measure(Path(folder), options.frames, options.rounds, options.presses)))


def measure(folder: Path, frames: int, rounds: int, presses: int) -> dict[str, object]:
    """Makes a deck of so many frames and gives a talk over it."""
    from PySide6.QtCore import Qt

    from atelier.app.qt import application
    from atelier.app.smoothness import wait
    from atelier.deck.loading import load
    from atelier.render.scene import build_scene
    from atelier.render.tiles import TileCache
    from atelier.windows.audience import AudienceWindow
    from atelier.windows.console.window import Console
    from atelier.windows.ground import talk_over
    from atelier.windows.icons import Icons
    from atelier.windows.style import Appearance
    from deck import write_deck

    app = application()
    scene = build_scene(load(write_deck(folder, frames)))
    talk = talk_over(scene)
    talk.begin()
    appearance = Appearance(app)
    window = AudienceWindow(scene, TileCache(), talk, lambda: appearance)
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    window.setGeometry(0, 0, *ROOM)
    window.start()
    window.show()
    wait(lambda: not window.canvas.busy)
    gc.collect()
    gc.freeze()

    _fly_round(window)  # has every tile painted
    console = Console(talk, window, lambda: appearance, Icons(appearance))
    console.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    console.setGeometry(ROOM[0], 0, *DESK)
    alone: list[float] = []
    both: list[float] = []
    for _ in range(rounds):  # by turns, for a machine that has other things to do
        console.hide()
        alone += _fly_round(window)
        console.show()
        wait(lambda: not window.canvas.busy and console.stage.ready)
        both += _fly_round(window)
    pressed = _press(window, console, presses)
    window.talk.first()
    console.hide()
    window.keys = None
    pressed_alone = _press(window, window, presses)
    console.close()
    window.close()
    app.processEvents()
    return {
        "frames": len(scene.deck.frames),
        "flights": round(_rate(both) / _rate(alone), 3),
        "median_ms": [round(_share(each, 0.5) * 1000, 1) for each in (alone, both)],
        "p95_ms": [round(_share(each, 0.95) * 1000, 1) for each in (alone, both)],
        "worst_ms": [round(max(each) * 1000, 1) for each in (alone, both)],
        "presses": len(pressed),
        "press_median_ms": [round(_share(each, 0.5) * 1000, 1) for each in (pressed_alone, pressed)],
        "press_p99_ms": [round(_share(each, 0.99) * 1000, 1) for each in (pressed_alone, pressed)],
        "press_worst_ms": [round(max(each) * 1000, 1) for each in (pressed_alone, pressed)],
    }


def _fly_round(window: AudienceWindow) -> list[float]:
    """Three flights, to the deepest frame, its neighbour and back: the seconds between their pictures."""
    from atelier.app.smoothness import farthest, wait

    times: list[list[float]] = []

    def note(at: float, _moving: bool) -> None:  # noqa: FBT001 - a signal's argument
        times[-1].append(at)

    window.canvas.presented.connect(note)
    try:
        for place in (*farthest(window.scene.canvas), 0):
            times.append([time.perf_counter()])
            window.act(lambda there=place: window.talk.jump(there))
            wait(lambda: not window.canvas.moving)
            wait(lambda: window.canvas.resting_picture() is not None)
            until = time.perf_counter() + 0.5
            wait(lambda end=until: time.perf_counter() > end)
    finally:
        window.canvas.presented.disconnect(note)
    return [b - a for flight in times for a, b in pairwise(flight)]


def _press(window: AudienceWindow, target: QWidget, presses: int) -> list[float]:
    """Presses the key for *next* at moments that ask nobody whether they suit: the seconds to the next picture."""
    from PySide6.QtCore import QCoreApplication, QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    from atelier.app.smoothness import wait
    from atelier.talk.events import Moved

    down: list[float] = []
    moved: list[Moved] = []
    shown: list[float] = []
    done = threading.Event()
    rng = random.Random(5)

    def press() -> None:
        at = time.perf_counter()
        for _ in range(presses):
            at += rng.uniform(*PAUSES)
            time.sleep(max(0.0, at - time.perf_counter()))
            down.append(at)  # when it was due: waiting for the interpreter counts
            none = Qt.KeyboardModifier.NoModifier
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.postEvent(target, QKeyEvent(kind, Qt.Key.Key_Space, none, " "))
        time.sleep(1.0)
        done.set()

    def hear(event: Event, _before: Position) -> None:
        if isinstance(event, Moved):
            moved.append(event)

    def note(at: float, _moving: bool) -> None:  # noqa: FBT001 - a signal's argument
        shown.extend([at] * (len(moved) - len(shown)))

    window.talk.listen(hear)
    window.canvas.presented.connect(note)
    presser = threading.Thread(target=press)
    presser.start()
    wait(done.is_set, patience=presses * PAUSES[1] + 30)
    presser.join()
    window.canvas.presented.disconnect(note)
    return [b - a for a, b in zip(down, shown, strict=False)]


def _rate(intervals: list[float]) -> float:
    return len(intervals) / sum(intervals)


def _share(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


if __name__ == "__main__":
    main()
