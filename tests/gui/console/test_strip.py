"""The tools at the foot of the console, with buttons and keys."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from atelier.canvas.flight import Profile
from atelier.deck.loading import read
from atelier.render.scene import build_scene
from atelier.render.tiles import TileCache
from atelier.windows.audience import AudienceWindow
from atelier.windows.console.strip import ColourDot, Strip
from atelier.windows.ground import talk_over
from atelier.windows.icons import Icons
from atelier.windows.room_tools import Tool
from atelier.windows.style import Appearance
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Foot:
    """A strip over a talk, and what was run with it."""

    def __init__(self, app: QApplication) -> None:
        appearance = Appearance(app, Scheme.DARK)
        scene = build_scene(read(b"# All\n\n## First\n\nText.\n"))
        self.talk = talk_over(scene)
        self.talk.begin()
        self.audience = AudienceWindow(scene, TileCache(), self.talk, lambda: appearance, profile=Profile.CUTS)
        self.audience.resize(640, 360)
        self.audience.start()
        run = self.audience.commands.run
        self.strip = Strip(Icons(appearance), run, {}, self.audience.tools, lambda: appearance.tokens)
        self.host = QWidget()
        self.strip.setParent(self.host)
        self.lie(1440)
        self.host.show()

    def lie(self, width: int) -> None:
        self.host.resize(width, 60)
        self.strip.setGeometry(0, 0, width, 60)

    def button(self, name: str) -> QAbstractButton:
        return next(b for b in self.strip.findChildren(QAbstractButton) if b.accessibleName() == name)

    def dots(self) -> list[ColourDot]:
        return self.strip.findChildren(ColourDot)


@pytest.fixture
def foot(qapp: QApplication, qtbot: QtBot) -> Iterator[Foot]:
    del qtbot
    made = Foot(qapp)
    yield made
    made.audience.close()
    made.host.deleteLater()
    made.audience.deleteLater()


def test_a_button_says_whether_its_tool_is_on(foot: Foot) -> None:
    for name, tool in (("Laser", Tool.LASER), ("Spot", Tool.SPOT), ("Magnifier", Tool.MAGNIFIER), ("Ink", Tool.INK)):
        foot.button(name).click()
        assert foot.audience.tools.tool is tool
        on = {b.accessibleName() for b in foot.strip.findChildren(QAbstractButton) if b.property("on")}
        assert on == {name}
    foot.button("Ink").click()
    assert not foot.audience.tools.tool


def test_colours_and_eraser_are_there_while_ink_is_on_and_nothing_moves(foot: Foot) -> None:
    assert not any(dot.isVisible() for dot in foot.dots())
    before = [(b.accessibleName(), b.geometry()) for b in foot.strip.findChildren(QAbstractButton) if b.isVisible()]
    foot.audience.tools.toggle(Tool.INK)
    QApplication.processEvents()
    assert all(dot.isVisible() for dot in foot.dots())
    after = {b.accessibleName(): b.geometry() for b in foot.strip.findChildren(QAbstractButton)}
    assert all(after[name] == box for name, box in before)
    foot.dots()[2].click()
    assert foot.audience.tools.colour == 2
    assert [dot.isChecked() for dot in foot.dots()] == [False, False, True, False]
    foot.button("Eraser").click()
    assert foot.audience.tools.erases
    assert not any(dot.isChecked() for dot in foot.dots())


def test_undo_takes_the_last_line_away(foot: Foot) -> None:
    tools, place = foot.audience.tools, foot.talk.position.place
    foot.button("Ink").click()
    tools.press(0.2, 0.2)
    tools.drag(0.4, 0.4)
    tools.release()
    assert len(foot.talk.ink(place).strokes) == 1
    foot.button("Undo ink").click()
    assert foot.talk.ink(place).strokes == ()


def test_a_colour_is_chosen_with_the_keyboard(foot: Foot) -> None:
    foot.button("Ink").click()
    dot = foot.dots()[1]
    dot.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(dot, Qt.Key.Key_Space)
    assert foot.audience.tools.colour == 1
    assert dot.accessibleName() == "Ink: yellow"


@pytest.mark.parametrize("width", [1024, 1280, 1360, 1440, 1920])
def test_everything_has_room_at_every_width(foot: Foot, width: int) -> None:
    foot.audience.tools.toggle(Tool.INK)
    foot.lie(width)
    foot.strip.set_compact(compact=width < 1360)
    QApplication.processEvents()
    boxes = sorted(
        (b.mapTo(foot.strip, b.rect().topLeft()).x(), b.width())
        for b in foot.strip.findChildren(QAbstractButton)
        if b.isVisible()
    )
    assert all(x + wide <= following for (x, wide), (following, _w) in itertools.pairwise(boxes))
    assert boxes[-1][0] + boxes[-1][1] <= width
    assert all(b.height() >= 40 for b in foot.strip.findChildren(QAbstractButton) if b.isVisible())
