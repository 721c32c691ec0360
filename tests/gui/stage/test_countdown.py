"""Minutes counted down over the canvas, by a clock that the test turns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from atelier.canvas.faces import Face
from atelier.canvas.flight import Profile
from atelier.deck.loading import load
from atelier.render.scene import build_scene
from atelier.talk.countdown import Bell
from atelier.windows.countdown import LEAVES

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from atelier.talk.countdown import Countdown
    from atelier.windows.audience import AudienceWindow

Present = Callable[..., "AudienceWindow"]
Press = Callable[..., None]
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier

TEXT = """---
title: Activities
theme: clair
lang: fr
---

# Activities

## Poll

/// poll | Which tools?
    id: tools
    minutes: 4
    anonymous: true

- A blog
- A wiki
///

## Rounds

/// rounds | Write, then read
    repeat: 2

- Write, 2 min
- Read, 1 min
///

## Both

/// questions | First?
    minutes: 2
///

/// questions | Second?
    minutes: 3
///

## Break {minutes=15}

Coffee.

## Free

Nothing.
"""


class Sounds:
    """Hears what would be heard."""

    def __init__(self) -> None:
        self.rung: list[Bell] = []
        self.ready = False

    def prepare(self) -> None:
        self.ready = True

    def ring(self, bell: Bell) -> None:
        self.rung.append(bell)

    def close(self) -> None:
        self.ready = False


class Talk:
    """A window on the deck, its clock, its ears."""

    def __init__(self, present: Present, file: Path, qtbot: QtBot, press: Press) -> None:
        self.now = 1_000_000_000.0
        self.window = present(file, now=lambda: self.now)
        self.sounds = Sounds()
        self._qtbot = qtbot
        self._press = press
        self.window.countdown.sound = self.sounds

    def go(self, frame: str) -> None:
        """Flies to a frame, as a link does."""
        self.window.canvas.link_clicked.emit(f"#{frame}")
        self._qtbot.waitUntil(lambda: not self.window.canvas.moving)

    def key(self, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._press(self.window, key, modifiers)

    def after(self, seconds: float) -> None:
        """Lets time pass, as the timer of the layer finds it."""
        self.now += seconds
        self.window.countdown.look()

    def left(self) -> float:
        return self.countdown.left(self.now)

    @property
    def counts(self) -> bool:
        return self.window.talk.state.counted is not None

    @property
    def countdown(self) -> Countdown:
        found = self.window.talk.state.counted
        assert found is not None
        return found.countdown

    def picture(self) -> QImage:
        self._qtbot.waitUntil(lambda: not self.window.canvas.busy)
        return self.window.grab().toImage()

    def clocks(self) -> list[QRect]:
        """Where the still clocks of the frame shown are, in pixels of the window."""
        window = self.window
        place = window.position.place
        boxes = window.scene.typesetter.face(place, Face.CONTENT).clocks
        size, camera = window.canvas.view_size, window.canvas.camera
        assert camera.anchor == place
        scale = size.width / camera.width
        x0, y0 = size.width / 2 - camera.centre.x * scale, size.height / 2 - camera.centre.y * scale
        return [
            QRect(
                round(x0 + box.rect.x * scale),
                round(y0 + box.rect.y * scale),
                round(box.rect.width * scale),
                round(box.rect.height * scale),
            )
            for box in boxes
        ]


@pytest.fixture
def talk(present: Present, press: Press, qtbot: QtBot, tmp_path: Path) -> Talk:
    file = tmp_path / "activities.md"
    file.write_text(TEXT, encoding="utf-8")
    return Talk(present, file, qtbot, press)


def corner(talk: Talk) -> QRect:
    return QRect(talk.window.width() * 3 // 4, 0, talk.window.width() // 4, talk.window.height() // 6)


def test_the_clock_of_the_activity_runs_in_its_place(talk: Talk) -> None:
    talk.go("poll")
    (clock,) = talk.clocks()
    still = talk.picture()
    talk.key(Key.Key_C)
    talk.after(10)
    running = talk.picture()
    assert running.copy(clock) != still.copy(clock)
    assert running.copy(corner(talk)) == still.copy(corner(talk))
    talk.after(1)
    assert talk.picture().copy(clock) != running.copy(clock)
    assert talk.left() == 229
    talk.key(Key.Key_C, SHIFT)
    assert talk.picture() == still


def test_a_pause_stops_it_and_the_same_key_goes_on(talk: Talk) -> None:
    talk.go("poll")
    talk.key(Key.Key_C)
    talk.after(30)
    talk.key(Key.Key_C)
    talk.after(500)
    assert talk.left() == 210
    talk.key(Key.Key_C)
    talk.after(20)
    assert talk.left() == 190


def test_minutes_are_given_and_taken(talk: Talk) -> None:
    talk.go("poll")
    talk.key(Key.Key_Up, ALT)
    assert not talk.counts
    talk.key(Key.Key_C)
    talk.key(Key.Key_Up, ALT)
    assert talk.left() == 300
    talk.key(Key.Key_Down, ALT)
    talk.key(Key.Key_Down, ALT)
    assert talk.left() == 180


def test_the_last_minute_and_the_end_look_otherwise_and_the_end_is_heard_once(talk: Talk, qtbot: QtBot) -> None:
    talk.go("poll")
    (clock,) = talk.clocks()
    talk.key(Key.Key_C)
    qtbot.waitUntil(lambda: talk.sounds.ready)
    talk.after(170)
    before = talk.picture().pixelColor(clock.right() - 8, clock.top() + 4)
    talk.after(20)
    last = talk.picture().pixelColor(clock.right() - 8, clock.top() + 4)
    assert abs(last.lightness() - before.lightness()) > 60
    assert talk.sounds.rung == []
    talk.after(60)
    over = talk.picture().pixelColor(clock.right() - 8, clock.top() + 4)
    assert over not in (last, before)
    talk.after(60)
    assert talk.sounds.rung == [Bell.END]


def test_it_goes_on_in_a_corner_while_the_room_looks_elsewhere(talk: Talk) -> None:
    talk.go("free")
    plain = talk.picture().copy(corner(talk))
    talk.go("poll")
    talk.key(Key.Key_C)
    talk.go("free")
    here = talk.picture().copy(corner(talk))
    assert here != plain
    talk.after(5)
    assert talk.picture().copy(corner(talk)) != here
    talk.after(235)
    assert talk.sounds.rung == [Bell.END]
    talk.after(LEAVES + 0.1)
    assert not talk.counts
    assert talk.picture().copy(corner(talk)) == plain


def test_it_is_in_the_corner_too_when_a_hand_zooms_away_from_it(talk: Talk) -> None:
    talk.go("poll")
    talk.key(Key.Key_C)
    before = talk.picture().copy(corner(talk))
    talk.window.canvas.zoom_by(1e6)
    talk.after(1)
    near = talk.picture().copy(corner(talk))
    assert near != before
    talk.after(1)
    assert talk.picture().copy(corner(talk)) != near


def test_what_is_over_stays_on_its_frame(talk: Talk) -> None:
    talk.go("poll")
    talk.key(Key.Key_C)
    talk.after(300)
    talk.after(LEAVES * 5)
    assert talk.countdown.over(talk.now)


def test_rounds_run_one_after_the_other_with_a_sound_between(talk: Talk) -> None:
    talk.go("rounds")
    first, second, whole = talk.clocks()
    still = talk.picture()
    talk.key(Key.Key_C)
    talk.after(1)
    one = talk.picture()
    assert one.copy(first) != still.copy(first)
    assert one.copy(second) == still.copy(second)
    assert one.copy(whole) != still.copy(whole)
    talk.after(120)
    two = talk.picture()
    assert two.copy(second) != still.copy(second)
    assert talk.sounds.rung == [Bell.LAP]
    talk.after(60)
    again = talk.picture()
    assert again.copy(second) == still.copy(second)
    talk.after(1000)
    assert talk.sounds.rung == [Bell.LAP, Bell.LAP, Bell.END]


def test_the_activities_of_a_frame_are_counted_in_turn(talk: Talk) -> None:
    talk.go("both")
    talk.key(Key.Key_C)
    assert talk.left() == 120
    talk.after(121)
    talk.key(Key.Key_C)
    assert talk.left() == 180
    talk.after(181)
    talk.key(Key.Key_C)
    assert talk.left() == 120


def test_a_plain_frame_counts_its_minutes_in_a_corner(talk: Talk) -> None:
    talk.go("break")
    still = talk.picture()
    talk.key(Key.Key_C)
    talk.after(60)
    assert talk.left() == 14 * 60
    now = talk.picture()
    assert now.copy(corner(talk)) != still.copy(corner(talk))
    below = QRect(0, talk.window.height() // 4, talk.window.width(), talk.window.height() * 3 // 4)
    assert now.copy(below) == still.copy(below)


def test_a_frame_without_a_time_says_so(talk: Talk) -> None:
    talk.go("free")
    talk.key(Key.Key_C)
    assert not talk.counts
    assert talk.window.countdown.isHidden()


def edited(talk: Talk, text: str) -> None:
    file = talk.window.scene.deck.file
    assert file is not None
    file.write_text(text, encoding="utf-8")
    talk.window.replace_scene(build_scene(load(file, talk.window.scene.deck), talk.window.scene))


def test_an_edit_keeps_it_while_its_activity_is_there(talk: Talk) -> None:
    talk.go("poll")
    talk.key(Key.Key_C)
    talk.after(30)
    edited(talk, TEXT.replace("- A wiki", "- A wiki\n- A podcast\n- Another blog").replace("# Activities\n", "# New\n"))
    (clock,) = talk.clocks()
    running = talk.picture().copy(clock)
    assert talk.left() == 210
    talk.after(60)
    assert talk.picture().copy(clock) != running
    edited(talk, TEXT.replace("    id: tools\n    minutes: 4\n", ""))
    assert not talk.counts
    assert talk.sounds.rung == []


def test_an_edit_ends_it_with_its_frame(talk: Talk) -> None:
    talk.go("break")
    talk.key(Key.Key_C)
    edited(talk, TEXT.replace("## Break", "## Pause"))
    assert not talk.counts
    assert talk.window.countdown.isHidden()


class Painted(QObject):
    """The parts of a widget that are painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.areas: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(event.rect())
        return super().eventFilter(watched, event)


def test_only_what_changes_is_painted_again(talk: Talk, qtbot: QtBot) -> None:
    talk.go("poll")
    (clock,) = talk.clocks()
    talk.key(Key.Key_C)
    talk.picture()
    QApplication.processEvents()  # what the canvas asked for when it came to rest
    painted = Painted(talk.window.canvas)
    talk.after(1)
    qtbot.waitUntil(lambda: bool(painted.areas))
    assert [area for area in painted.areas if area.height() >= clock.height() * 3] == []


def test_nothing_moves_at_the_end_where_less_motion_is_wanted(talk: Talk) -> None:
    talk.go("poll")
    talk.window.canvas.profile = Profile.CUTS
    talk.key(Key.Key_C)
    talk.after(240)
    at_once = talk.picture()
    talk.now += 0.35
    assert talk.picture() == at_once
    talk.window.canvas.profile = Profile.FULL
    assert talk.picture() != at_once


def test_what_passed_while_the_machine_slept_is_heard_once(talk: Talk) -> None:
    talk.go("rounds")
    talk.key(Key.Key_C)
    talk.now += 130  # nobody looks
    talk.key(Key.Key_Up, ALT)
    assert talk.sounds.rung == [Bell.LAP]
    assert talk.countdown.lap_left(talk.now) == 110
    talk.now += 5000
    talk.key(Key.Key_C, SHIFT)
    assert talk.sounds.rung == [Bell.LAP]


def test_one_that_was_under_way_is_shown_and_not_rung_for(talk: Talk) -> None:
    talk.go("poll")
    talk.key(Key.Key_C)
    talk.after(30)
    (clock,) = talk.clocks()
    running = talk.picture().copy(clock)
    left = talk.window.talk.state
    talk.key(Key.Key_C, SHIFT)
    talk.sounds.rung.clear()
    talk.window.talk.resume(left)
    assert talk.picture().copy(clock) == running
    talk.key(Key.Key_C, SHIFT)
    talk.now += 400
    talk.window.talk.resume(left)
    assert talk.countdown.over(talk.now)
    assert talk.sounds.rung == []
