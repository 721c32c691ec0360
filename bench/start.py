"""How long a deck takes to appear: from the start of the process to the first picture, as JSON.

    python bench/start.py DECK [--cold] [--runs N]

Without --cold the deck was opened before, so that what the program keeps of it is there. Prints the median of the runs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atelier.windows.stage import Stage

LATER = 2000
"""Milliseconds in which the program has kept what it keeps."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("deck", type=Path)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        _child(options.deck)
        return
    width, height = (int(n) for n in options.size.split("x"))

    from display import on_display

    with on_display(width, height), tempfile.TemporaryDirectory() as home:
        # an installed program is compiled: the first run does that for a checkout
        _run(options.deck, Path(home) / "kept")
        homes = [Path(home) / (f"new-{run}" if options.cold else "kept") for run in range(options.runs)]
        times = [_run(options.deck, each) for each in homes]
    print(json.dumps({"seconds": round(statistics.median(times), 3)}))


def _run(deck: Path, home: Path) -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.monotonic()
    child = subprocess.run(
        [sys.executable, __file__, str(deck), "--child"],
        env={**environment, "ATELIER_HOME": str(home)},
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )
    return float(child.stdout) - started


def _child(deck: Path) -> None:
    """The program itself; says when its first picture is on screen, and ends once what it does later is done."""
    from PySide6.QtCore import QTimer

    from atelier.app.appearance import SharedAppearance
    from atelier.app.opening import open_stage
    from atelier.app.qt import application

    first: list[float] = []

    def note(stage: Stage) -> None:
        stage.first_painted.connect(lambda: first.append(time.monotonic()))

    app = application()
    presentation = open_stage(deck, appearance=SharedAppearance(app), opened=note)
    QTimer.singleShot(LATER, app.quit)
    app.exec()
    del presentation
    print(first[0])


if __name__ == "__main__":
    main()
