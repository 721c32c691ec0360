"""What is said of the screens there are, and of the machine this runs on."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QSize

from atelier.app.doctor import examine, films, screens_found
from atelier.app.machine import State
from atelier.foundation.settings import Settings, save_settings

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen


@dataclass
class Screen:
    """As much of a QScreen as is looked at; `width` and `height` are those before enlarging."""

    called: str
    width: int
    height: int
    ratio: float = 1.0
    kind: str = ""

    def name(self) -> str:
        return self.called

    def manufacturer(self) -> str:
        return ""

    def model(self) -> str:
        return self.kind

    def size(self) -> QSize:
        return QSize(self.width, self.height)

    def devicePixelRatio(self) -> float:
        return self.ratio

    def refreshRate(self) -> float:
        return 59.94


def said_of(*screens: Screen) -> str:
    return screens_found([cast("QScreen", screen) for screen in screens]).words


def test_one_screen_is_named_with_its_size() -> None:
    words = said_of(Screen("eDP-1", 1440, 900, 2.0))
    assert words.startswith("One screen: “eDP-1”, 2880 × 1800 pixels, enlarged 2 times.")
    assert "projector" in words


def test_a_projector_beside_a_laptop_is_named_too() -> None:
    words = said_of(Screen("eDP-1", 1536, 864, 1.25), Screen("HDMI-1", 1024, 768, kind="EPSON PJ"))
    assert words == (
        "2 screens: “eDP-1”, 1920 × 1080 pixels, enlarged 1.25 times; “EPSON PJ”, 1024 × 768 pixels. "
        "The room gets “EPSON PJ”; X changes over."
    )


def test_a_program_can_read_what_the_screens_are() -> None:
    point = screens_found([cast("QScreen", Screen("eDP-1", 1440, 900, 2.0, "Built-in"))])
    assert point.facts["screens"] == [
        {"name": "eDP-1", "model": "Built-in", "width": 2880, "height": 1800, "scale": 2.0, "hertz": 59.9}
    ]


def test_the_screen_chosen_before_is_the_one_the_room_gets() -> None:
    save_settings(Settings(screens=(("EPSON PJ + eDP-1", "eDP-1", ""),)))
    assert "The room gets “eDP-1”" in said_of(Screen("eDP-1", 1536, 864), Screen("HDMI-1", 1024, 768, kind="EPSON PJ"))


@pytest.mark.usefixtures("qapp")
def test_it_says_how_films_are_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    found = films()
    assert found.state is State.OK
    assert found.facts["codecs"] == ["h264", "vp9", "av1"]
    assert "H.264, VP9, AV1" in found.words
    monkeypatch.setattr("av.codecs_available", set[str]())
    assert films().state is State.WARNING
    monkeypatch.setitem(sys.modules, "av", None)
    missing = films()
    assert (missing.state, missing.facts["av"], missing.facts["codecs"]) == (State.OK, False, [])
    assert 'pip install "atelier[video]"' in missing.advice


def test_whoever_stops_it_waits_for_no_flight() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        examine(poll=stop)


@pytest.mark.usefixtures("qapp")
def test_every_point_is_counted() -> None:
    counted: list[tuple[int, int]] = []

    def note(done: int, total: int) -> None:
        counted.append((done, total))

    points = examine(note)
    assert counted[-1] == (len(points), len(points))
    assert len({point.name for point in points}) == len(points)
    assert all(point.words for point in points)
    assert all(point.state is not State.PROBLEM for point in points)
