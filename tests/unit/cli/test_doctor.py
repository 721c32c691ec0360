"""How the points of `atelier doctor` are said."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from atelier.app import doctor as examination
from atelier.app.machine import Point, State
from atelier.cli.doctor import doctor, in_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from atelier.foundation.progress import Progress

FINE = Point("fonts", "Fonts", State.OK, "All fonts are there.", "", {"loaded": 20})
WARNED = Point("memory", "Memory", State.WARNING, "Little is free.", "Close other programs.")
BROKEN = Point("folders", "Folders", State.PROBLEM, "Nothing can be kept in /x\x1b[2J.", "Make it writable.")


class Tty(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def found(monkeypatch: pytest.MonkeyPatch, *points: Point) -> None:
    def examine(_progress: Progress, _poll: Callable[[], None], _deck: Path | None = None) -> tuple[Point, ...]:
        return points

    monkeypatch.setattr(examination, "examine", examine)


def on_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> str:
    stream = Tty()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", str(columns))
    doctor(as_json=False)
    return stream.getvalue()


def test_a_pipe_gets_one_line_a_point(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    found(monkeypatch, FINE, WARNED)
    assert doctor(as_json=False) == 0
    assert capsys.readouterr().out.splitlines() == [
        "ok: Fonts: All fonts are there.",
        "warning: Memory: Little is free. Close other programs.",
    ]


def test_a_problem_is_the_exit_code_and_harmless(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found(monkeypatch, FINE, BROKEN)
    assert doctor(as_json=False) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_the_json_has_every_field_of_every_point() -> None:
    value = json.loads(in_json([FINE, WARNED, BROKEN]))
    assert (value["version"], value["state"]) == (1, "problem")
    assert value["points"][0] == {
        "name": "fonts",
        "state": "ok",
        "words": "All fonts are there.",
        "advice": "",
        "facts": {"loaded": 20},
    }


@pytest.mark.parametrize("columns", [30, 80])
def test_a_terminal_of_any_width_shows_every_point(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    found(monkeypatch, FINE, WARNED)
    shown = on_terminal(monkeypatch, columns)
    assert "Fonts" in shown
    assert "→ Close other programs." in shown
    assert shown.rstrip().endswith("1 warning\x1b[0m")


def test_all_is_well_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    found(monkeypatch, FINE)
    assert "All is well" in on_terminal(monkeypatch, 80)
