"""A talk during which screens come and go at random, as keys, clicks and edits do. Run as a program by
`test_random_screens` on a virtual screen of its own; the number to draw by and a folder are its arguments.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_random_acts import EDITS, KEYS, LETTERS, TEXT, do

from atelier.app.appearance import SharedAppearance
from atelier.app.opening import open_stage
from atelier.talk.kept import state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.app.presenting import Presentation

ACTS = 120
LATEST = 20.0
"""Seconds until the program knows of a screen."""
LAPTOP = ("laptop", "1040/200x720/180+0+0")
OTHERS = {"projector": "640/120x420/105+1040+0", "side": "640/120x300/75+1040+420"}
"""Names and places of the screens that come and go, all on the one there is."""


def wait(until: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + LATEST
    while not until():
        if time.monotonic() > end:
            raise TimeoutError(what)
        QApplication.processEvents()


def xrandr(*arguments: str) -> None:
    subprocess.run(["xrandr", *arguments], check=True, timeout=20, capture_output=True)


def names() -> set[str]:
    return {screen.name() for screen in QApplication.screens()}


def plug(name: str) -> None:
    """Plugs a screen in, or pulls it out where it is there."""
    there = name in names()
    if there:
        xrandr("--delmonitor", name)
    else:
        xrandr("--setmonitor", name, OTHERS[name], "none")
    wait(lambda: (name in names()) is not there, name)


def holds(talk: Presentation) -> None:
    """What is true after every act: one state, and a window that shows it to somebody."""
    one = talk.talk
    assert one.state.mark is not None
    frame = talk.scene.deck.frame(one.state.mark.place.frame)
    assert frame is not None
    assert not frame.private
    assert 0 <= one.position.stop < len(one.route)
    assert talk.window.position == one.shown_position()
    seen = [window for window in (talk.stage, talk.open_console()) if window.isVisible()]
    assert seen
    for window in seen:
        assert window.screen() in QApplication.screens()
        assert window.screen().geometry().intersects(window.geometry()), window
    if len(seen) == 2:
        assert seen[0].screen() is not seen[1].screen(), "the console never lies on the room's picture"


def main(seed: int, folder: Path) -> None:
    chance = random.Random(seed)
    xrandr("--setmonitor", *LAPTOP, "screen")
    app = QApplication([])
    file = folder / "talk.md"
    file.write_text(TEXT, encoding="utf-8")
    talk = open_stage(file, appearance=SharedAppearance(app), motion="cuts", console=True)
    wait(lambda: not talk.window.canvas.busy, "the first picture")
    talk.open_console()
    for _n in range(ACTS):
        kind = chance.choice(("key", "key", "letter", "letter", "edit", "screen", "screen", "swap", "answer", "turn"))
        match kind:
            case "screen":
                plug(chance.choice([*OTHERS]))
            case "swap":
                QTest.keyClicks(talk.open_console(), "x")
            case "answer":
                QTest.keyClicks(talk.open_console(), chance.choice("dD"))
            case _:
                values: dict[str, object] = {
                    "key": chance.choice(KEYS),
                    "letter": chance.choice(LETTERS),
                    "edit": chance.choice(EDITS),
                }
                do(talk, kind, values.get(kind), folder, app, console=chance.random() < 0.5)
        app.processEvents()
        holds(talk)
    QTest.keyClick(talk.open_console(), Qt.Key.Key_PageDown)
    if talk.talk.state.clock.started:
        assert talk.keeper.flush()
        assert state_of(talk.keeper.file) == talk.talk.state
    talk.stage.close()
    sys.stdout.write("all of it held\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
