"""Two hours of a talk with the console open, as one JSON line: memory, how soon acts are on disk, how soon one resumes.

    python bench/talk.py [--deck DECK] [--events N]

The talk goes through its deck again and again with the clock of the talk running ahead: every act is shown before the
next one comes. Exits with 1 where a limit is not kept: 20 MB more memory after the warm-up, 100 ms until an act is on
disk, 1 s until a talk that was cut off is on screen again.

The caches of pictures are full before memory is looked at, for they may be as large as they are: tiles (128
MB), decoded pictures (96 MB) and pictures of ink (32 MB) would else fill for 8,000 events and more. The warm-up
goes through the deck once, rests at each stop and leaves a line of ink there. The tiles then swing by a fifth
of their budget, from one eviction to the next: so growth is how much higher memory stands at its highest in the
second half of the talk than in the first, not against one moment, which may be right after an eviction.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atelier.app.presenting import Presentation

KEYNOTE = Path(__file__).parent.parent / "decks" / "gateau-au-chocolat"
LOOK = 250
"""Acts between two looks at the memory."""
MOST_GROWTH = 20.0  # MB
MOST_DELAY = 100.0  # ms
MOST_RESUME = 1.0  # s


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deck", type=Path, default=KEYNOTE)
    parser.add_argument("--events", type=int, default=20_000)
    options = parser.parse_args()

    from display import on_display

    with on_display(2720, 1080), tempfile.TemporaryDirectory() as folder:
        os.environ["ATELIER_HOME"] = folder
        found = _measure(options.deck, options.events)
    print(json.dumps(found))
    kept = (
        found["growth_mb"] <= MOST_GROWTH and found["on_disk_p99_ms"] <= MOST_DELAY and found["resume_s"] <= MOST_RESUME
    )
    return 0 if kept else 1


def _measure(deck: Path, events: int) -> dict[str, float]:
    from atelier.app.appearance import SharedAppearance
    from atelier.app.opening import open_stage
    from atelier.app.qt import application
    from atelier.talk.kept import state_of, talks_folder

    app = application()
    appearance = SharedAppearance(app)
    talk = open_stage(deck, appearance=appearance, windowed=True, console=True, motion="full")
    _rest(talk)
    _warm_up(talk)
    delays = _give(talk, events)
    journal = talk.keeper.file
    elapsed = talk.talk.elapsed()
    given = talk.talk.state.events
    half = len(delays.memory) // 2
    first, last = max(delays.memory[:half]), max(delays.memory[half:])
    while talk.keeper.waits:
        time.sleep(0.001)
    # what a killed program leaves, in a home of its own
    left = Path(os.environ["ATELIER_HOME"]) / "left"
    shutil.copytree(talks_folder(), left / "data" / "talks")
    os.environ["ATELIER_HOME"] = str(left)
    started = time.perf_counter()
    same = state_of(left / "data" / "talks" / journal.name) == talk.talk.state
    read = time.perf_counter() - started
    if not same:
        raise RuntimeError("the journal does not lead to the state of the talk")
    started = time.perf_counter()
    resumed = open_stage(deck, appearance=appearance, windowed=True, resume=True, motion="cuts")
    _seen(resumed)
    seconds = time.perf_counter() - started
    resumed.stage.close()
    talk.stage.close()
    return {
        "events": given,
        "talk_s": round(elapsed),
        "memory_mb": round(max(first, last), 1),
        "growth_mb": round(last - first, 1),
        "on_disk_median_ms": round(statistics.median(delays.disk) * 1000, 1),
        "on_disk_p99_ms": round(sorted(delays.disk)[int(len(delays.disk) * 0.99)] * 1000, 1),
        "journal_mb": round(journal.stat().st_size / 1e6, 2),
        "replay_s": round(read, 3),
        "resume_s": round(seconds, 3),
    }


class _Delays:
    def __init__(self) -> None:
        self.memory: list[float] = []
        self.disk: list[float] = []


def _warm_up(talk: Presentation) -> None:
    """Goes through the deck, without flying, and leaves a line of ink on every stop."""
    from atelier.canvas.flight import Profile

    chance, one, canvas = random.Random(5), talk.talk, talk.window.canvas
    profile, canvas.profile = canvas.profile, Profile.CUTS
    while True:
        one.begin_stroke(one.position.place, "#FF6B5F", 6.0, _line(chance))
        _rest(talk)
        _turn()
        if not one.next():
            break
    canvas.profile = profile
    one.first()


def _line(chance: random.Random) -> tuple[tuple[float, float, float], ...]:
    return tuple((chance.uniform(0, 1700), chance.uniform(0, 1000), 0.5) for _ in range(20))


def _give(talk: Presentation, events: int) -> _Delays:
    """Gives the talk: mostly forwards, with detours, ink, covers and pauses."""
    chance = random.Random(7)
    found = _Delays()
    one = talk.talk
    until = one.state.events + events
    for n in itertools.count():
        if one.state.events >= until:
            break
        act = chance.random()
        place = one.position.place
        if act < 0.62:
            if not one.next():
                one.first()
        elif act < 0.70:
            one.previous()
        elif act < 0.78:
            one.jump(chance.randrange(len(talk.scene.canvas.places)))
        elif act < 0.84:
            one.close_detour()
        elif act < 0.94:
            line = _line(chance)
            one.extend_stroke(one.begin_stroke(place, "#FF6B5F", 6.0, line), place, line)
            if chance.random() < 0.9:
                one.undo_ink(place)
        elif act < 0.97:
            one.cover("black")
            one.uncover()
        else:
            one.pause_clock()
        _turn()
        if n % 50 == 0:
            started = time.perf_counter()
            one.show_message(f"{n}")
            while talk.keeper.waits:
                time.sleep(0.001)
            found.disk.append(time.perf_counter() - started)
        if n % LOOK == 0:
            gc.collect()
            found.memory.append(_memory())
    found.memory.append(_memory())
    return found


def _turn() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 3)
    # no event loop runs here, and only one would take widgets away that are to be deleted later
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _rest(talk: Presentation) -> None:
    from PySide6.QtCore import QCoreApplication

    while talk.window.canvas.busy:
        QCoreApplication.processEvents()


def _seen(talk: Presentation) -> None:
    """Returns when the first picture is on screen."""
    from PySide6.QtCore import QCoreApplication

    painted: list[float] = []
    talk.window.canvas.first_painted.connect(lambda: painted.append(time.perf_counter()))
    while not painted:
        QCoreApplication.processEvents()


def _memory() -> float:
    """Resident memory of this process in MB (proc(5), smaps_rollup)."""
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no Pss in smaps_rollup")


if __name__ == "__main__":
    sys.exit(main())
