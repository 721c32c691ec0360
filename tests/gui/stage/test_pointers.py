"""Laser, spot, magnifier and the message: what the room sees of them, and when it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from atelier.canvas.flight import Profile
from atelier.foundation.settings import Settings, load_settings, save_settings
from atelier.windows.audience import AudienceWindow
from atelier.windows.message_card import MessageCard
from atelier.windows.message_field import MessageField
from atelier.windows.room_tools import SIZES, Tool

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Present = Callable[..., AudienceWindow]
Press = Callable[..., None]
Key = Qt.Key
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


def picture(window: AudienceWindow, qtbot: QtBot) -> QImage:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not window.canvas.busy)
    return window.grab().toImage()


def point(window: AudienceWindow, x: float, y: float) -> None:
    """Puts the pointer on a point, in shares of the window."""
    QTest.mouseMove(window.canvas, QPoint(round(x * window.width()), round(y * window.height())))
    QApplication.processEvents()


def at(shot: QImage, x: float, y: float) -> QColor:
    return shot.pixelColor(round(x * shot.width()), round(y * shot.height()))


def turn(window: AudienceWindow, notches: int, modifiers: Qt.KeyboardModifier = SHIFT) -> None:
    where = QPointF(window.rect().center())
    event = QWheelEvent(
        where,
        window.mapToGlobal(where),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(window.canvas, event)


def test_the_laser_follows_the_pointer_and_goes_with_it(present: Present, press: Press, qtbot: QtBot) -> None:
    window = present()
    before = picture(window, qtbot)
    press(window, "l")
    for x in (0.2, 0.6):
        point(window, x, 0.8)
        shot = picture(window, qtbot)
        dot = at(shot, x, 0.8)
        assert dot.red() > 200
        assert at(before, x, 0.8) != dot
        assert at(shot, 0.8 - x, 0.8) == at(before, 0.8 - x, 0.8)
    press(window, "l")
    assert picture(window, qtbot) == before


def test_the_laser_has_a_tail_that_fades(present: Present, press: Press, qtbot: QtBot) -> None:
    window = present(profile=Profile.FULL)
    press(window, "l")
    point(window, 0.3, 0.8)
    point(window, 0.34, 0.8)
    assert window.tools.trail()
    qtbot.waitUntil(lambda: not window.tools.trail())
    shot = picture(window, qtbot)
    press(window, "l")
    assert at(shot, 0.31, 0.8) == at(picture(window, qtbot), 0.31, 0.8)


def test_the_spot_dims_all_but_a_disc(present: Present, press: Press, qtbot: QtBot) -> None:
    window = present()
    before = picture(window, qtbot)
    press(window, "s")
    assert picture(window, qtbot) == before  # as long as nobody points
    point(window, 0.3, 0.5)
    shot = picture(window, qtbot)
    assert at(shot, 0.3, 0.5) == at(before, 0.3, 0.5)
    for x, y in ((0.05, 0.05), (0.9, 0.5), (0.3, 0.95)):
        assert at(shot, x, y).lightness() < 0.5 * at(before, x, y).lightness()
    point(window, 0.9, 0.5)
    shot = picture(window, qtbot)
    assert at(shot, 0.9, 0.5) == at(before, 0.9, 0.5)
    assert at(shot, 0.3, 0.5).lightness() < 0.5 * at(before, 0.3, 0.5).lightness()
    press(window, "s")
    assert picture(window, qtbot) == before


def test_the_magnifier_shows_more_than_enlarged_pixels(present: Present, press: Press, qtbot: QtBot) -> None:
    window = present()
    press(window, Key.Key_Space)
    press(window, Key.Key_Space)
    before = picture(window, qtbot)
    dark = next((x, y) for y in range(100, 500) for x in range(40, 900) if before.pixelColor(x, y).lightness() < 90)
    press(window, "z")
    point(window, dark[0] / 960, dark[1] / 540)
    soft = picture(window, qtbot)
    assert soft != before
    with qtbot.waitSignal(window.tools.magnifier.sharpened):
        pass
    sharp = picture(window, qtbot)
    assert sharp != soft
    box = QRectAround(dark)
    assert edge(sharp, box) > 1.15 * edge(soft, box)  # steeper where letters begin


class QRectAround:
    """Pixels in the middle of the magnifier."""

    def __init__(self, middle: tuple[int, int]) -> None:
        self.columns = range(middle[0] - 60, middle[0] + 60)
        self.rows = range(middle[1] - 60, middle[1] + 60)


def edge(shot: QImage, box: QRectAround) -> int:
    """The steepest step from one pixel to the next but one."""
    return sum(
        abs(shot.pixelColor(x, y).lightness() - shot.pixelColor(x + 1, y).lightness()) ** 2
        for y in box.rows
        for x in box.columns
    )


def test_moving_on_puts_the_magnifier_away_and_keeps_the_rest(present: Present, press: Press) -> None:
    window = present()
    for key, tool, kept in (("z", Tool.MAGNIFIER, False), ("l", Tool.LASER, True), ("s", Tool.SPOT, True)):
        press(window, key)
        assert window.tools.tool is tool
        press(window, Key.Key_Space)
        assert (window.tools.tool is tool) is kept


@pytest.mark.parametrize("tool", [tool for tool in Tool if tool])
def test_shift_and_the_wheel_change_the_size_and_the_camera_stays(present: Present, tool: Tool) -> None:
    window = present()
    window.tools.toggle(tool)
    camera, (least, usual, most) = window.canvas.camera, SIZES[tool]
    turn(window, 1)
    assert window.tools.size(tool) > usual
    turn(window, -100)
    assert window.tools.size(tool) == least
    turn(window, 200)
    assert window.tools.size(tool) == most
    assert window.canvas.camera == camera
    turn(window, 1, NONE)
    assert window.canvas.camera != camera


def test_sizes_are_remembered(present: Present) -> None:
    window = present()
    window.tools.toggle(Tool.SPOT)
    turn(window, 2)
    save_settings(Settings(tools=tuple(window.tools.sizes.items())))
    other = present()
    other.tools.take_sizes({**dict(load_settings().tools), "nothing": 1.0})
    assert other.tools.sizes == window.tools.sizes
    other.tools.take_sizes({"laser": 7.0})
    assert other.tools.size(Tool.LASER) == SIZES[Tool.LASER][2]


def test_escape_puts_the_tool_away_before_it_ends_anything(present: Present, press: Press) -> None:
    window = present()
    press(window, "e")
    press(window, Key.Key_Escape)
    assert not window.tools.tool
    assert window.isVisible()


@pytest.mark.parametrize("key", ["b", "w"])
@pytest.mark.parametrize("tool", [tool for tool in Tool if tool])
def test_no_tool_shows_over_a_cover(present: Present, press: Press, qtbot: QtBot, tool: Tool, key: str) -> None:
    window = present()
    window.talk.show_message("Back at two")
    window.tools.toggle(tool)
    window.tools.press(0.3, 0.5)
    window.tools.drag(0.6, 0.5)
    point(window, 0.5, 0.5)
    press(window, key)
    point(window, 0.4, 0.4)
    window.tools.press(0.3, 0.6)
    window.tools.drag(0.6, 0.6)
    shot = picture(window, qtbot)
    colours = {shot.pixel(x, y) for x in range(shot.width()) for y in range(0, shot.height(), 3)}
    assert colours == {QColor("black" if key == "b" else "white").rgb()}
    place = window.position.place
    assert len(window.talk.ink(place).strokes) == (tool is Tool.INK)


def test_a_click_with_the_laser_goes_on_as_without(present: Present, press: Press) -> None:
    window = present()
    press(window, Key.Key_Space)
    press(window, "l")
    step = window.position.step
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, NONE, QPoint(480, 480))
    assert window.position.step == step + 1


# ------------------------------------------------------------------ the message


def card_of(window: AudienceWindow) -> MessageCard:
    card = window.findChild(MessageCard)
    assert isinstance(card, MessageCard)
    return card


def write(window: AudienceWindow, press: Press, words: str) -> None:
    press(window, "M", SHIFT)
    field = next(field for field in window.findChildren(MessageField) if field.is_open)
    field.field.setText("")
    QTest.keyClicks(field.field, words)
    QTest.keyClick(field.field, Key.Key_Return)
    QApplication.processEvents()


def test_a_message_is_shown_low_on_the_screen_and_taken_away(present: Present, press: Press, qtbot: QtBot) -> None:
    window = present()
    before = picture(window, qtbot)
    write(window, press, "Back at two")
    card = card_of(window)
    assert (card.words, card.isVisible()) == ("Back at two", True)
    assert card.geometry().top() > window.height() / 2
    assert window.rect().contains(card.geometry())
    shot = picture(window, qtbot)
    corner = card.geometry().topLeft() + QPoint(20, 20)
    assert shot.pixelColor(corner) == QColor(window.scene.theme.colours.card)
    write(window, press, "")
    assert picture(window, qtbot) == before


def test_escape_leaves_the_message_as_it_is_and_then_takes_it_away(present: Present, press: Press) -> None:
    window = present()
    write(window, press, "Back at two")
    press(window, "M", SHIFT)
    press(window, Key.Key_Escape)
    assert window.talk.state.message == "Back at two"
    press(window, Key.Key_Escape)
    assert window.talk.state.message == ""
    assert not card_of(window).isVisible()
    assert window.isVisible()


def test_what_is_written_moves_nothing(present: Present, press: Press) -> None:
    window = present()
    here = window.position
    write(window, press, "l b . n end of 2")
    assert (window.position, window.talk.state.message) == (here, "l b . n end of 2")


@pytest.mark.parametrize("words", ["a", "so many words " * 30, "x" * 400, "שלום לכולם", "☕ in ten minutes"])
@pytest.mark.parametrize("size", [(320, 180), (1280, 720), (540, 960)])
def test_any_message_finds_room(present: Present, words: str, size: tuple[int, int]) -> None:
    window = present(size=size)
    window.talk.show_message(words)
    assert window.rect().contains(card_of(window).geometry())
    window.resize(size[0] // 2 + 200, size[1])
    QApplication.processEvents()
    assert window.rect().contains(card_of(window).geometry())
