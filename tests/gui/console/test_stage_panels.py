"""The panels of the console about the room, with its talk and the room's window, driven with keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
import segno
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from atelier.canvas.flight import Profile
from atelier.canvas.sight import visible
from atelier.deck.loading import read
from atelier.render.scene import build_scene
from atelier.render.tiles import TileCache
from atelier.talk.events import LinkShown
from atelier.typeset.qr_code import QUIET
from atelier.windows.audience import AudienceWindow
from atelier.windows.console.pictures import scaled
from atelier.windows.console.window import Console
from atelier.windows.ground import talk_over
from atelier.windows.icons import Icons
from atelier.windows.link_card import MARGIN, LinkCard
from atelier.windows.search_panel import SearchPanel
from atelier.windows.style import Appearance
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from atelier.deck.types import Deck
    from atelier.talk.events import Event
    from atelier.talk.session import Talk
    from atelier.windows.console.stage_panels import StagePanels

TEXT = """---
title: A talk
paths:
  whole: {minutes: 20}
---

# A talk

Three parts.

## First {#first}

- one
- two
{: .steps }

## Second {#second}

See [the last](#last), [elsewhere](https://example.org/x) or [a file](notes.pdf).

### Inside {#inside}

Deep zebra text.

## Last {#last}

The end.
"""
SECRET = """
/// notes
Never to be seen: quagga.
///

/// private
The speaker alone: okapi.
///
"""
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
Present = Callable[..., "Given"]


def deck_of(text: str) -> Deck:
    return read(text.encode())


@dataclass
class Given:
    """A talk on two windows, with a clock that is set by hand."""

    qtbot: QtBot
    talk: Talk
    room: AudienceWindow
    console: Console
    recorded: list[Event]
    now: list[float]

    @property
    def half(self) -> StagePanels:
        return self.console.stage

    @property
    def at(self) -> str:
        return self.talk.frame_id(self.talk.position.place)

    @property
    def seen(self) -> str:
        """The frame that the room sees."""
        return self.talk.frame_id(self.room.position.place)

    def place(self, id_: str) -> int:
        frame = self.room.scene.deck.frame(id_)
        assert frame is not None
        return self.room.scene.canvas.place_of[frame.index]

    def settle(self) -> None:
        """Waits until both windows show what is so now."""
        canvas = self.room.canvas
        self.qtbot.waitUntil(
            lambda: not canvas.moving and canvas.resting_picture() is not None and self.half.ready, timeout=10_000
        )

    def press(self, *keys: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(self.console, key, held)
            else:
                QTest.keyClick(self.console, key, held)
        self.settle()

    def click(self, widget: QWidget, where: QPoint | None = None) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where or widget.rect().center())
        self.settle()

    def audience_picture(self) -> QImage:
        return self.room.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


@pytest.fixture
def present(qtbot: QtBot, qapp: QApplication) -> Iterator[Present]:
    """Opens a talk over a text; cuts, so that a test waits for no flight."""
    windows: list[QWidget] = []

    def open_talk(text: str = TEXT, size: tuple[int, int] = (1440, 900)) -> Given:
        recorded: list[Event] = []
        now = [1000.0]
        appearance = Appearance(qapp, Scheme.DARK)
        scene = build_scene(deck_of(text))
        talk = talk_over(scene, lambda _, event: recorded.append(event), lambda: now[0])
        talk.begin()
        room = AudienceWindow(scene, TileCache(), talk, lambda: appearance, profile=Profile.CUTS)
        room.resize(960, 540)
        room.start()
        room.show()
        console = Console(talk, room, lambda: appearance, Icons(appearance))
        console.resize(*size)
        console.show()
        windows.extend((console, room))
        given = Given(qtbot, talk, room, console, recorded, now)
        given.settle()
        return given

    yield open_talk
    for window in windows:
        window.close()
        window.deleteLater()
    qapp.processEvents()


def difference(one: QImage, other: QImage) -> float:
    """How far two pictures of a size are apart: the mean over a grid of points, out of 255."""
    assert one.size() == other.size()
    apart: list[int] = []
    for y in range(0, one.height(), 7):
        for x in range(0, one.width(), 7):
            a, b = one.pixelColor(x, y), other.pixelColor(x, y)
            apart.append(max(abs(a.red() - b.red()), abs(a.green() - b.green()), abs(a.blue() - b.blue())))
    return sum(apart) / len(apart)


# ---------------------------------------------------------------------- what the room sees


def test_the_header_follows_the_room_and_its_steps(present: Present) -> None:
    given = present()
    header = given.half.header
    assert (header.who.text(), header.title.text()) == ("The audience sees", "A talk")
    given.press(Key.Key_Space, Key.Key_Space)
    assert (header.title.text(), header.steps.text()) == ("First", "step 1 of 2")
    assert header.pills.isVisible()
    assert not header.back.isVisible()


def test_the_mirror_shows_the_picture_of_the_room(present: Present) -> None:
    given = present()
    given.press(Key.Key_End)
    mirror = given.half.view.mirror
    picture = given.room.canvas.resting_picture()
    assert picture is not None
    shown = mirror.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert difference(shown, scaled(picture, shown.width(), shown.height())) < 1.0


def test_the_mirror_flies_with_the_room(present: Present) -> None:
    given = present()
    given.room.canvas.profile = Profile.FULL
    mirror, canvas = given.half.view.mirror, given.room.canvas
    QTest.keyClick(given.console, Key.Key_End)
    seen: list[QImage] = []

    def look(_at: float, _moving: bool) -> None:  # noqa: FBT001 - a signal's argument
        seen.append(mirror.grab().toImage())

    canvas.presented.connect(look)
    given.settle()
    assert len({bytes(picture.constBits()) for picture in seen}) > 3


def test_steps_to_come_are_seen_by_the_speaker_alone(present: Present) -> None:
    given = present()
    given.press(Key.Key_Space)
    mirror, picture = given.half.view.mirror, given.room.canvas.resting_picture()
    assert picture is not None
    before = mirror.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bare = scaled(picture, before.width(), before.height())
    given.press(Key.Key_Space, Key.Key_Space)
    complete = given.room.canvas.resting_picture()
    assert complete is not None
    after = scaled(complete, before.width(), before.height())
    assert 0.05 < difference(before, bare) < difference(after, bare)


def test_a_click_on_the_mirror_does_what_it_does_on_the_audience_window(present: Present) -> None:
    given = present()
    mirror, canvas = given.half.view.mirror, given.room.canvas
    x, y = _middle(given, given.place("last"))
    scale = mirror.width() / canvas.width()
    given.click(mirror, QPoint(round(x * scale), round(y * scale)))
    assert given.seen == "last"


def _middle(given: Given, place: int) -> tuple[float, float]:
    """The middle of a place on the canvas of the room, in pixels."""
    canvas = given.room.canvas
    for sight in visible(given.room.scene.canvas, canvas.camera, canvas.view_size, smallest=3.0, descend=0.0):
        if sight.place == place:
            middle = sight.transform.map(given.room.scene.canvas.places[place].size.centre)
            return middle.x, middle.y
    raise AssertionError(place)


def test_under_a_cover_the_speaker_sees_the_picture_and_for_how_long(present: Present) -> None:
    given = present()
    given.press("b")
    given.now[0] += 18
    given.half.view.veil.refresh()
    assert given.half.view.veil.words == "Black screen for 0:18"
    assert given.half.header.who.text() == "The audience sees black"
    assert given.audience_picture().pixelColor(480, 270).name() == "#000000"
    given.press(Key.Key_Space)
    assert given.half.view.veil.words == ""
    assert (given.seen, given.half.header.who.text()) == ("a-talk", "The audience sees")


# ---------------------------------------------------------------------- next, then


def test_next_is_exactly_what_the_next_press_shows(present: Present) -> None:
    given = present()
    for _ in range(6):
        button = given.half.next_views.next
        promised = button.image
        assert promised is not None
        given.press(Key.Key_Space)
        picture = given.room.canvas.resting_picture()
        assert picture is not None
        assert difference(promised, scaled(picture, promised.width(), promised.height())) < 6.0


def test_next_and_then_say_where_they_are(present: Present) -> None:
    given = present()
    views = given.half.next_views
    assert (views.next_words.text(), views.then_words.text()) == ("2 of 5", "3 of 5")
    given.press(Key.Key_Space)
    assert (views.next_words.text(), views.then_words.text()) == ("step 1 of 2", "3 of 5")
    given.press("o", "i", "u", "i")
    given.talk.jump(given.place("last"))
    given.settle()
    assert (views.next_words.text(), views.then_words.text()) == ("back to the path, 3", "4 of 5")
    given.press(Key.Key_End)
    assert views.next.accessibleName() == "The path ends here."
    assert views.next.wish is None
    assert not views.next.isEnabled()


def test_a_click_on_next_and_then_goes_there(present: Present) -> None:
    given = present()
    given.click(given.half.next_views.next)
    assert given.seen == "first"
    given.click(given.half.next_views.then)
    assert given.seen == "second"


# ---------------------------------------------------------------------- exits


def test_exits_are_links_then_parent_then_child_and_digits_follow_them(present: Present) -> None:
    given = present()
    given.talk.go_near(given.place("second"))
    given.settle()
    listed = [(exit_.title, exit_.detail) for exit_ in given.half.exits.exits]
    assert listed[:2] == [("Last", "5"), ("example.org/x", "address and QR")]
    assert listed[2:] == [("A talk", "parent"), ("Inside", "inside")]
    assert [row.accessibleName() for row in given.half.exits.rows][:1] == ["Last, 5"]
    given.press("4")
    assert given.seen == "inside"
    given.press(Key.Key_Backspace, "1")
    assert given.seen == "last"
    assert given.talk.position.detours


def test_a_link_is_chosen_by_tab_on_the_console_and_never_ringed_in_the_room(present: Present) -> None:
    given = present()
    given.talk.go_near(given.place("second"))
    given.settle()
    before = given.audience_picture()
    given.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    assert [row.chosen for row in given.half.exits.rows][:4] == [False, False, True, False]
    assert given.audience_picture() == before
    given.press(Key.Key_Return)
    assert given.seen == "a-talk"


def test_a_click_on_an_exit_goes_there(present: Present) -> None:
    given = present()
    given.talk.go_near(given.place("second"))
    given.settle()
    given.click(given.half.exits.rows[0])
    assert given.seen == "last"


def test_an_address_is_the_speakers_until_it_is_shown_to_the_room(present: Present) -> None:
    given = present()
    given.talk.go_near(given.place("second"))
    given.settle()
    bare = given.audience_picture()
    given.press("2")
    assert given.half.panel.address == "https://example.org/x"
    assert given.audience_picture() == bare
    given.press("q")
    assert LinkShown("https://example.org/x") in given.recorded
    shown = given.audience_picture()
    assert shown.pixelColor(930, 510).name() != bare.pixelColor(930, 510).name()
    assert [shown.pixelColor(x, 20) == bare.pixelColor(x, 20) for x in range(0, 960, 40)] == [True] * 24
    given.press(Key.Key_Escape)
    assert given.talk.state.link == ""
    assert given.half.panel.address == ""
    assert given.audience_picture() == bare


def test_the_code_on_the_card_is_that_of_the_address(present: Present) -> None:
    given = present()
    address = "https://example.org/x"
    given.talk.show_link(address)
    card = given.room.findChild(LinkCard)
    assert card is not None
    picture = card.grab().toImage()
    matrix = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
    side = picture.width() / (1 + 2 * MARGIN)
    module = side / (len(matrix) + 2 * QUIET)

    def dark(x: int, y: int) -> bool:
        at = side * MARGIN + (QUIET + 0.5) * module
        return picture.pixelColor(round(at + x * module - 0.5), round(at + y * module - 0.5)).lightness() < 128

    size = range(len(matrix))
    assert [[dark(x, y) for x in size] for y in size] == [[bool(matrix[y][x]) for x in size] for y in size]


def test_a_card_goes_with_the_next_move_and_q_takes_it_away(present: Present) -> None:
    given = present()
    given.talk.go_near(given.place("second"))
    given.settle()
    given.press("q")
    assert given.talk.state.link == "https://example.org/x"
    assert given.half.panel.who.text() == "The audience sees this"
    given.press("q")
    assert given.talk.state.link == ""
    assert given.half.panel.who.text() == "Address, for you alone"
    given.press("q", Key.Key_Space)
    assert given.talk.state.link == ""
    assert given.half.panel.address == ""


# ---------------------------------------------------------------------- detours


def test_the_header_leads_back_from_a_detour(present: Present) -> None:
    given = present()
    given.press(Key.Key_Space)
    given.talk.jump(given.place("last"))
    given.settle()
    header = given.half.header
    assert header.levels.text() == "detour, 1 level"
    assert header.back.text().strip() == "Back to “First”"
    given.click(header.back)
    assert given.seen == "first"
    assert not header.levels.isVisible()


def test_nested_detours_are_names_that_lead_back(present: Present) -> None:
    given = present()
    given.press(Key.Key_Space)
    for id_ in ("last", "inside"):
        given.talk.jump(given.place(id_))
    given.settle()
    header = given.half.header
    assert (header.levels.text(), header.here.text()) == ("detour, 2 levels", "Inside")
    given.console.grab()
    given.talk.jump(given.place("a-talk"))
    given.settle()
    assert header.levels.text() == "detour, 3 levels"
    header.left_chosen.emit(1)
    given.settle()
    assert (given.seen, len(given.talk.position.detours)) == ("last", 1)
    given.talk.jump(given.place("inside"))
    given.press(Key.Key_Backspace, held=SHIFT)
    assert (given.seen, given.talk.position.on_path) == ("first", True)


# ---------------------------------------------------------------------- frozen


def test_a_frozen_room_keeps_its_picture_while_the_speaker_goes_on(present: Present) -> None:
    given = present()
    given.press(Key.Key_Space)
    kept = given.audience_picture()
    given.press("f", Key.Key_End)
    view = given.half.view
    assert (given.seen, given.at) == ("first", "last")
    assert given.audience_picture() == kept
    assert view.looking is not None
    assert view.looking.look.focus == given.place("last")
    assert given.half.header.who.text() == "Frozen"
    assert view.mirror.geometry().right() < view.looking.geometry().left()
    given.press("f")
    assert (given.seen, view.looking) == ("last", None)
    assert given.audience_picture() != kept


def test_a_frozen_frame_that_is_deleted_gives_way_to_nothing_the_speaker_looks_at_alone(present: Present) -> None:
    given = present()
    given.press(Key.Key_End, "f", Key.Key_Home, Key.Key_Space)
    scene = build_scene(deck_of(TEXT.replace("## Last {#last}\n\nThe end.\n", "")), given.room.scene)
    given.room.replace_scene(scene)
    given.console.replace_scene(scene)
    given.settle()
    assert (given.at, given.seen) == ("first", "inside"), "the stop nearest to the one that is gone"
    given.press(Key.Key_Home)
    assert (given.at, given.seen) == ("a-talk", "inside")
    assert given.talk.shown_position() == given.room.position


def test_a_frozen_room_sees_what_the_speaker_found_by_hand(present: Present) -> None:
    given = present()
    given.press("f")
    looking = given.half.view.looking
    assert looking is not None
    room = given.room.canvas.camera
    middle = QPointF(looking.rect().center())
    wheel = QWheelEvent(
        middle,
        looking.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(looking, wheel)
    QTest.keyClicks(given.console, "+")
    found = looking.camera
    assert found.width < room.width
    assert given.room.canvas.camera == room
    given.click(given.half.header.show_this)
    assert given.room.canvas.camera == found
    assert not given.talk.state.frozen


def test_a_click_while_frozen_moves_the_speaker_alone(present: Present) -> None:
    given = present()
    given.press("f")
    looking, canvas = given.half.view.looking, given.room.canvas
    assert looking is not None
    x, y = _middle(given, given.place("last"))
    scale = looking.width() / canvas.width()
    given.click(looking, QPoint(round(x * scale), round(y * scale)))
    assert (given.at, given.seen) == ("last", "a-talk")


def test_keys_on_the_audience_window_are_the_consoles(present: Present) -> None:
    given = present()
    QTest.keyClicks(given.room, "f")
    assert given.talk.state.frozen


# ---------------------------------------------------------------------- search, edits, layouts


def test_search_on_the_console_says_what_the_room_sees_and_looks_alone(present: Present) -> None:
    given = present()
    given.press("/")
    panel = given.console.findChild(SearchPanel)
    assert panel is not None
    top = panel.mapTo(given.console, panel.inner.topLeft()).y()
    assert top >= given.console.time_bar.height()
    assert "The audience sees “A talk”" in [words.toolTip() for words in panel.findChildren(QWidget)]
    QTest.keyClicks(panel.field, "zebra")
    QTest.keyClick(panel.field, Key.Key_Return, SHIFT)
    given.settle()
    assert (given.at, given.seen) == ("inside", "a-talk")
    assert given.talk.state.frozen


def test_an_edit_of_the_deck_is_followed(present: Present) -> None:
    given = present()
    given.press(Key.Key_End)
    scene = build_scene(deck_of(TEXT.replace("## Last {", "## The very last {")), given.room.scene)
    given.room.replace_scene(scene)
    given.console.replace_scene(scene)
    given.settle()
    assert given.half.header.title.text() == "The very last"


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1024, 640), (1080, 1500), (2200, 1200)])
def test_nothing_overlaps_and_the_view_keeps_its_ratio(present: Present, size: tuple[int, int]) -> None:
    given = present(size=size)
    half = given.half
    mirror = half.view.mirror
    assert abs(mirror.width() / mirror.height() - 16 / 9) < 0.02
    body = given.console.body
    assert mirror.width() > 0.4 * min(half.view.width(), size[1])
    slots = [slot for slot in body.slots if slot.panels]
    places = [QRect(part.mapTo(body, QPoint()), part.size()) for part in (*slots, half.header, half.view)]
    assert all(body.rect().contains(place) for place in places)
    pairs = [*combinations(places[:-2], 2), (places[-2], places[-1])]
    assert not [pair for pair in pairs if pair[0].intersects(pair[1])]
    compact = size[0] < 1360 or size[1] < 800
    assert half.next_views.then.isVisible() is not compact


# ---------------------------------------------------------------------- what never gets there


def test_notes_and_private_blocks_are_never_on_the_audience_window(present: Present) -> None:
    plain, secret = present(), present(TEXT.replace("The end.", "The end." + SECRET))
    for given in (plain, secret):
        given.press(Key.Key_End)
    for keys in ("", "f", "f", "/"):
        for given in (plain, secret):
            QTest.keyClicks(given.console, keys)
            given.settle()
        assert plain.audience_picture() == secret.audience_picture()


def test_with_the_console_hidden_the_room_s_window_serves_the_speaker_again(present: Present) -> None:
    given = present()
    given.console.hide()
    QTest.keyClicks(given.room, "/")
    (panel,) = given.room.findChildren(SearchPanel)
    QTest.keyClicks(given.room.focusWidget() or panel, "zebra")
    QTest.keyClick(given.room.focusWidget() or panel, Key.Key_Return)
    assert given.at == "inside", "what is typed is searched for and runs no command"
    QTest.keyClicks(given.room, "/")
    assert given.room.aside.busy
    given.console.show()
    assert not given.room.aside.busy, "nothing stays on the room's screen once there is a console"
    assert not [panel for panel in given.room.findChildren(SearchPanel) if panel.isVisible()]
    QTest.keyClicks(given.console, "/")
    assert given.console.aside.busy
    given.console.hide()
    assert not given.room.aside.busy, "no panel that nobody sees keeps the keys"
