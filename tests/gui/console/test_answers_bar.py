"""Hands counted on the console, with keys alone and with the pointer alone; the room sees the bars and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from atelier.canvas.flight import Profile
from atelier.deck.loading import read
from atelier.render.scene import build_scene
from atelier.render.tiles import TileCache
from atelier.windows.audience import AudienceWindow
from atelier.windows.console.window import SMALLEST, Console
from atelier.windows.ground import talk_over
from atelier.windows.icons import Icons
from atelier.windows.style import Appearance
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

TEXT = b"""# All

## Tools {#tools}

/// poll | Which tools do you use?
    minutes: 3

- A blog
- A wiki
- A forum
- Nothing
///

## Two {#two}

/// quiz | Who?

- [ ] Tim
- [x] Ward
///

/// scale | How much?
///

## Words {#words}

Just words, see [tools](#tools).

/// private
/// poll | Among us?

- Yes
- No
///
///
"""
SIGNS = {"+": Qt.Key.Key_Plus, "-": Qt.Key.Key_Minus}
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def key(name: str) -> Qt.Key:
    """A key by the character on it, or its name."""
    return SIGNS[name] if name in SIGNS else Qt.Key[f"Key_{name[0].upper()}{name[1:]}"]


class Given:
    """A talk at the poll, on two windows."""

    def __init__(self, app: QApplication, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        appearance = Appearance(app, Scheme.DARK)
        scene = build_scene(read(TEXT))
        self.talk = talk_over(scene)
        self.talk.begin()
        self.room = AudienceWindow(scene, TileCache(), self.talk, lambda: appearance, profile=Profile.CUTS)
        self.room.resize(640, 360)
        self.room.start()
        self.room.show()
        self.console = Console(self.talk, self.room, lambda: appearance, Icons(appearance))
        self.console.resize(1600, 900)
        self.console.show()
        self.console.activateWindow()
        qtbot.waitUntil(self.console.isActiveWindow)
        self.talk.next()
        self.rest()

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.room.canvas.busy and self.console.stage.ready, timeout=15_000)

    @property
    def counts(self) -> dict[str, tuple[int, ...]]:
        return {asked.activity: tally.counts for asked, tally in self.talk.state.answers.tallies.items()}

    def press(self, *names: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for name in names:
            QTest.keyClick(self.console.focusWidget() or self.console, key(name), held)

    def click(self, name: str) -> None:
        (button,) = (each for each in self.console.findChildren(QAbstractButton) if each.accessibleName() == name)
        QTest.mouseClick(button, LEFT)

    def red(self) -> int:
        """Pixels of the room's picture in the accent colour."""
        accent = QColor(self.room.scene.theme.colours.accent).rgb()
        picture: QImage = self.room.grab().toImage()
        return sum(picture.pixel(x, y) == accent for x in range(0, 640, 2) for y in range(0, 360, 2))


@pytest.fixture
def given(qapp: QApplication, qtbot: QtBot) -> Iterator[Given]:
    made = Given(qapp, qtbot)
    yield made
    for window in (made.console, made.room):
        window.close()
        window.deleteLater()
    qapp.processEvents()


def test_the_bar_is_there_for_a_frame_that_can_be_counted(given: Given) -> None:
    bar = given.console.answers
    assert bar.isVisible()
    assert bar.table.isHidden()
    given.talk.next()
    assert bar.isVisible()
    given.talk.next()
    assert bar.isHidden(), "what is private is not counted in front of the room"


def test_hands_are_counted_with_the_keys_alone(given: Given) -> None:
    before = given.red()
    given.press("a")
    table = given.console.answers.table
    assert table.hasFocus()
    given.press("1", "1", "2")
    given.press("1", held=SHIFT)
    assert given.counts == {"poll 0": (1, 1, 0, 0)}
    given.press("-", "+", "+")
    assert given.counts == {"poll 0": (2, 1, 0, 0)}
    given.press("Right", "Right", "+")
    assert given.counts == {"poll 0": (2, 1, 1, 0)}
    given.press("Return", "1", "7", "Return")
    assert given.counts == {"poll 0": (2, 1, 17, 0)}
    assert table.hasFocus()
    given.press("Return", "9", "Escape")
    assert given.counts == {"poll 0": (2, 1, 17, 0)}, "what was being written is taken back"
    assert [cell.field.text() for cell in table.cells] == ["2", "1", "17", "0"]
    given.rest()
    assert given.red() > before + 500
    given.press("Escape")
    assert table.isHidden()
    assert given.console.focusWidget() in (None, given.console)
    given.press("1")
    assert given.counts == {"poll 0": (2, 1, 17, 0)}, "a digit follows a link again"
    assert not given.talk.position.on_path or given.talk.position.place == 0


def test_hands_are_counted_with_the_pointer_alone(given: Given) -> None:
    given.click("Count hands")
    for name in ("A hand more: A wiki", "A hand more: A wiki", "A hand less: A wiki", "A hand more: Nothing"):
        given.click(name)
    assert given.counts == {"poll 0": (0, 1, 0, 1)}
    field = given.console.answers.table.cells[0].field
    QTest.mouseClick(field, LEFT)
    QTest.keyClicks(field, "12")
    QTest.mouseClick(given.console.answers.table.cells[1], LEFT)
    assert given.counts == {"poll 0": (12, 1, 0, 1)}
    given.click("Count hands")
    assert given.console.answers.table.isHidden()


def test_page_turners_go_on_while_hands_are_counted(given: Given) -> None:
    given.press("a", "1")
    given.press("PageDown")
    assert given.talk.state.mark is not None
    assert given.talk.state.mark.place.frame == "two"
    assert given.console.answers.table.isHidden(), "another frame, other answers"
    assert given.console.focusWidget() in (None, given.console)


def test_the_key_leads_back_to_answers_that_are_open(given: Given) -> None:
    given.press("a", "1")
    given.console.notes.outline.list.setFocus()
    given.press("a")
    assert given.console.answers.table.hasFocus()
    given.press("1", "a")
    assert given.counts == {"poll 0": (2, 0, 0, 0)}
    assert given.console.answers.table.isHidden()


def test_two_activities_of_a_frame_are_counted_one_after_the_other(given: Given) -> None:
    given.talk.next()
    given.press("a", "2", "a", "5", "5", "a")
    assert given.counts == {"quiz 0": (0, 1), "scale 0": (0, 0, 0, 0, 2)}
    assert given.console.answers.table.isHidden()


def test_results_are_hidden_from_the_room_and_not_from_the_console(given: Given) -> None:
    empty = given.red()
    given.press("a", "1", "1", "h")
    given.rest()
    assert given.red() == empty
    assert [cell.field.text() for cell in given.console.answers.table.cells] == ["2", "0", "0", "0"]
    assert given.console.answers.results.accessibleName() == "Hidden from the room"
    given.press("h")
    given.rest()
    assert given.red() > empty + 500


def test_a_countdown_of_the_activity_goes_on_while_hands_are_counted(given: Given) -> None:
    given.press("c", "a", "1", "2", "h", "h")
    given.rest()
    assert given.talk.state.counted is not None
    assert given.room.countdown.isVisible()
    assert given.counts == {"poll 0": (1, 1, 0, 0)}


def test_a_frozen_room_keeps_what_it_saw(given: Given) -> None:
    empty = given.red()
    given.talk.freeze()
    given.press("a", "1")
    given.rest()
    assert given.counts == {"poll 0": (1, 0, 0, 0)}
    assert given.red() == empty
    given.talk.freeze()
    given.rest()
    assert given.red() > empty + 500


def test_what_was_counted_is_there_after_a_flight_and_in_the_next_version(given: Given) -> None:
    given.press("a", "1", "Escape")
    given.rest()
    seen = given.red()
    given.talk.next()
    given.rest()
    given.talk.previous()
    given.rest()
    assert given.red() == seen
    edited = build_scene(read(TEXT.replace(b"Just words", b"Other words")), given.room.scene)
    given.room.replace_scene(edited)
    given.console.replace_scene(given.room.scene)
    given.rest()
    assert given.red() == seen


def test_counting_during_a_flight_shows_at_its_end(given: Given) -> None:
    given.room.canvas.profile = Profile.FULL
    empty = given.red()
    given.talk.next()
    given.talk.previous()
    assert given.room.canvas.moving
    given.press("a", "1")
    given.rest()
    given.qtbot.waitUntil(lambda: given.red() > empty + 500, timeout=5000)


def test_over_the_picture_of_the_room_the_keys_are_the_same(given: Given) -> None:
    for name in ("a", "2", "2"):
        QTest.keyClick(given.room, key(name))
    assert given.counts == {"poll 0": (0, 2, 0, 0)}
    QTest.keyClick(given.room, Qt.Key.Key_Escape)
    assert given.console.answers.table.isHidden()


@pytest.mark.parametrize("size", [SMALLEST, (1024, 640), (900, 1400), (1600, 900)])
def test_nothing_is_cut_off_at_any_size(given: Given, size: tuple[int, int]) -> None:
    given.console.resize(*size)
    given.press("a")
    given.rest()
    table = given.console.answers.table
    inside = table.viewport().rect()
    for cell in table.cells:
        place = cell.rect().translated(cell.mapTo(table.viewport(), cell.rect().topLeft()))
        assert inside.left() <= place.left()
        assert place.right() <= inside.right()
        assert cell.more.geometry().right() <= cell.width()
    for place in range(len(table.cells)):
        given.room.counting.choose(place)
        cell = table.cells[place]
        middle = cell.mapTo(table.viewport(), cell.rect().center())
        assert inside.contains(middle)
    assert given.console.body.geometry().bottom() <= given.console.answers.geometry().top()


def test_private_answers_have_no_key(qapp: QApplication, qtbot: QtBot) -> None:
    scene = build_scene(read(b"# All\n\n## One\n\n/// poll | ?\n\n- A\n- [B]{.private}\n- C\n///\n"))
    talk = talk_over(scene)
    talk.begin()
    appearance = Appearance(qapp, Scheme.DARK)
    room = AudienceWindow(scene, TileCache(), talk, lambda: appearance, profile=Profile.CUTS)
    qtbot.addWidget(room)
    room.resize(640, 360)
    room.start()
    talk.next()
    for name in ("a", "2", "3"):
        QTest.keyClick(room, key(name))
    assert [tally.counts for tally in talk.state.answers.tallies.values()] == [(0, 0, 1)]


def test_every_control_says_what_it_does(given: Given) -> None:
    given.press("a", "1")
    bar = given.console.answers
    cell = bar.table.cells[0]
    assert cell.accessibleName() == "A blog: 1"
    names = [cell.less.accessibleName(), cell.field.accessibleName(), cell.more.accessibleName()]
    assert names == ["A hand less: A blog", "Hands: A blog", "A hand more: A blog"]
    assert bar.total.text() == "1 answer"
    assert bar.count.accessibleDescription() == "Key: A"


def test_without_a_console_the_room_window_takes_the_keys(qapp: QApplication, qtbot: QtBot) -> None:
    scene = build_scene(read(TEXT))
    talk = talk_over(scene)
    talk.begin()
    appearance = Appearance(qapp, Scheme.DARK)
    room = AudienceWindow(scene, TileCache(), talk, lambda: appearance, profile=Profile.CUTS)
    qtbot.addWidget(room)
    room.resize(640, 360)
    room.start()
    room.show()
    QTest.keyClick(room, Qt.Key.Key_A)
    assert talk.state.answers.tallies == {}, "there is nothing to count on the overview"
    talk.next()
    for name in ("a", "1", "3", "3"):
        QTest.keyClick(room, key(name))
    QTest.keyClick(room, Qt.Key.Key_3, SHIFT)
    assert [tally.counts for tally in talk.state.answers.tallies.values()] == [(1, 0, 1, 0)]
    QTest.keyClick(room, Qt.Key.Key_Space)
    assert room.counting.open is None
    QTest.keyClick(room, Qt.Key.Key_Escape)
    assert not room.isHidden()
    qtbot.waitUntil(lambda: not room.canvas.busy)
    room.close()
