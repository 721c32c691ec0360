"""Minutes counted down in front of the room: the real window, its real clock, a few seconds of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from conftest import Screen

DECK = """\
---
lang: fr
---

# Le quiz

/// quiz | Qui a fait le premier wiki ?
    minutes: 0.05

- [ ] Tim Berners-Lee
- [x] Ward Cunningham
///
"""


def test_three_seconds_are_counted_down_and_rung_out(screen: Screen, tmp_path: Path, player: Path) -> None:
    file = tmp_path / "quiz.md"
    file.write_text(DECK, encoding="utf-8")
    talk = screen.start("present", file, "--motion", "cuts")
    talk.wait_for_window()
    still = screen.wait_for_rest()
    screen.keys("c")
    seen = screen.wait_for_change(still)
    figures = {bytes(seen.constBits())}

    def over(now: QImage) -> bool:
        figures.add(bytes(now.constBits()))
        return player.exists()

    screen.wait_for_picture(over, "the end of the countdown")
    end = screen.wait_for_rest()
    assert len(figures) >= 3
    assert end != still
    assert player.read_text(encoding="utf-8").strip().endswith("end.wav")
    screen.keys("shift+c")
    screen.wait_for_picture(lambda now: now == still, "the clock that stands still")
    assert talk.said() == ""
