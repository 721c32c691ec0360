"""The panels of the console for the speaker: notes, map, outline and history, driven with keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QStackedWidget, QWidget

from atelier.canvas.flight import Profile
from atelier.deck.loading import load
from atelier.render.scene import build_scene
from atelier.render.tiles import TileCache
from atelier.typeset.display import TextItem
from atelier.typeset.notes import private_parts
from atelier.windows.audience import AudienceWindow
from atelier.windows.console.frame_list import Sign
from atelier.windows.console.window import Console
from atelier.windows.ground import talk_over
from atelier.windows.icons import Icons
from atelier.windows.style import Appearance
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from atelier.talk.session import Talk
    from atelier.windows.console.notes_panels import NotesPanels
    from atelier.windows.console.notes_view import NotesView
    from atelier.windows.console.slot import Tabs

LONG = "\n\n".join(f"Paragraph {n} of what is said, which goes on for more than a line of notes." for n in range(30))
TEXT = f"""# A talk

Three parts.

/// notes
Hello **all**.
///

## First {{#first minutes=2}}

- one
- two
{{: .steps }}

/// notes
{LONG}
///

## Second {{#second}}

Shown.*okapi*{{.private}}

/// private
Only quagga.
///

### Inside {{#inside minutes=3}}

Deep zebra text.

### Beside {{#beside optional=true}}

## Last {{#last}}

The end.
"""
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Present = Callable[..., "Given"]


@dataclass
class Given:
    qtbot: QtBot
    talk: Talk
    room: AudienceWindow
    console: Console
    file: Path
    now: list[float]

    @property
    def half(self) -> NotesPanels:
        return self.console.notes

    def tabs(self, panel: str) -> Tabs:
        """The tabs that a panel is one of."""
        slot = self.console.body.slot_of(panel)
        assert slot is not None
        assert slot.tabs is not None
        return slot.tabs

    @property
    def view(self) -> NotesView:
        return self.half.notes.view

    @property
    def at(self) -> str:
        return self.talk.frame_id(self.talk.position.place)

    def frame(self, id_: str) -> int:
        found = self.room.scene.deck.frame(id_)
        assert found is not None
        return found.index

    def place(self, id_: str) -> int:
        return self.room.scene.canvas.place_of[self.frame(id_)]

    def press(self, *keys: Qt.Key | str, held: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            target = self.console.focusWidget() or self.console
            if isinstance(key, str):
                QTest.keyClicks(target, key, held)
            else:
                QTest.keyClick(target, key, held)
        self.half.outline.refresh()

    def jump(self, id_: str) -> None:
        self.talk.jump(self.place(id_))
        self.half.outline.refresh()

    def reload(self) -> None:
        """What the watcher of the deck does once its file has changed."""
        scene = build_scene(load(self.file, self.room.scene.deck), self.room.scene)
        self.room.replace_scene(scene)
        self.console.replace_scene(scene)

    def said(self) -> str:
        """The words that the notes show."""
        items = self.view.shown_text().items
        return "\n".join(item.layout.text() for item in items if isinstance(item, TextItem))


@pytest.fixture(scope="module")
def dressed(qapp: QApplication) -> tuple[Appearance, Icons]:
    """Colours and icons, which take longer to load than all else."""
    appearance = Appearance(qapp, Scheme.DARK)
    return appearance, Icons(appearance)


@pytest.fixture
def present(qtbot: QtBot, qapp: QApplication, dressed: tuple[Appearance, Icons], tmp_path: Path) -> Iterator[Present]:
    windows: list[QWidget] = []

    def open_talk(text: str = TEXT, size: tuple[int, int] = (1440, 900), notes_size: int = 20) -> Given:
        file = tmp_path / "talk.md"
        file.write_text(text, encoding="utf-8")
        now = [1000.0]
        appearance, icons = dressed
        scene = build_scene(load(file))
        talk = talk_over(scene, now=lambda: now[0])
        talk.begin()
        room = AudienceWindow(scene, TileCache(), talk, lambda: appearance, profile=Profile.CUTS)
        room.resize(640, 360)
        room.start()
        room.show()
        console = Console(talk, room, lambda: appearance, icons, notes_size=notes_size)
        console.resize(*size)
        console.show()
        console.activateWindow()
        qtbot.waitUntil(lambda: not room.canvas.moving)
        windows.extend((console, room))
        return Given(qtbot, talk, room, console, file, now)

    yield open_talk
    for window in windows:
        window.close()
        window.deleteLater()
    qapp.processEvents()


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


# --------------------------------------------------------------------------------------------------------------- notes


def test_the_notes_are_those_of_the_frame_shown(present: Present) -> None:
    given = present()
    assert given.said() == "Hello all."
    given.press(Key.Key_PageDown)
    assert given.at == "first"
    assert "Paragraph 0 of what" in given.said()


def test_a_frame_without_notes_shows_its_own_text(present: Present) -> None:
    given = present()
    given.jump("inside")
    assert given.view.empty
    assert given.said().split("\n") == ["No notes for this frame.", "Inside", "Deep zebra text."]


def test_what_is_private_is_shown_to_the_speaker_alone(present: Present) -> None:
    given = present()
    given.jump("second")
    assert "For you alone" in given.said()
    assert "okapi" in given.said()
    assert "Only quagga." in given.said()
    given.qtbot.waitUntil(lambda: given.room.canvas.resting_picture() is not None)
    before = picture(given.room)
    bare = given.file.read_text(encoding="utf-8").replace("*okapi*{.private}", "").replace("Only quagga.", "Nothing.")
    given.file.write_text(bare.replace("/// notes\nHello", "/// notes\nBye"), encoding="utf-8")
    given.reload()
    given.qtbot.waitUntil(lambda: given.room.canvas.resting_picture() is not None)
    assert picture(given.room) == before
    assert "okapi" not in given.said()


def test_private_words_are_found_wherever_they_stand(present: Present) -> None:
    given = present("# A\n\n- x *lynx*{.private} y\n\n| a |\n|---|\n| *ibex*{.private} |\n\n> said\n")
    given.jump("a")
    assert len(private_parts(given.room.scene.contents.content(0).blocks)) == 2
    assert "lynx" in given.said()
    assert "ibex" in given.said()
    assert " y" not in given.said().split("For you alone")[1].split("A\n")[0]


def test_notes_scroll_with_keys_wheel_and_drag(present: Present) -> None:
    given = present()
    given.press(Key.Key_PageDown)
    view = given.view
    assert view.more_below
    given.press(Key.Key_Down, held=SHIFT)
    assert view.offset == pytest.approx(87, abs=1)
    assert given.at == "first"
    given.press(Key.Key_Up, Key.Key_Up, held=SHIFT)
    assert view.offset == 0
    centre = QPointF(view.rect().center())
    none = QPoint()
    turned = QWheelEvent(
        centre, centre, none, QPoint(0, -120), Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view, turned)
    assert view.offset == pytest.approx(87, abs=1)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 200))
    QTest.mouseMove(view, QPoint(50, 150))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 150))
    assert view.offset == pytest.approx(137, abs=1)
    for _ in range(99):
        given.press(Key.Key_Down, held=SHIFT)
    assert not view.more_below


def test_the_foot_fades_only_while_more_follows(present: Present) -> None:
    given = present()
    given.press(Key.Key_PageDown)
    ground = QImage(1, 1, QImage.Format.Format_RGB32)
    ground.fill("#1A1917")
    foot = picture(given.view).copy(0, given.view.height() - 3, given.view.width(), 1)
    assert {foot.pixel(x, 0) for x in range(foot.width())} == {ground.pixel(0, 0)}


def test_a_new_frame_begins_on_top_and_a_detour_comes_back_to_its_line(present: Present) -> None:
    given = present()
    given.press(Key.Key_PageDown)
    given.press(Key.Key_Down, Key.Key_Down, held=SHIFT)
    offset = given.view.offset
    given.press(Key.Key_Space)  # a step of the same frame
    assert given.view.offset == offset
    given.jump("last")
    assert given.view.offset == 0
    given.press(Key.Key_Backspace)
    assert (given.at, given.view.offset) == ("first", offset)
    given.press(Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageUp)
    assert (given.at, given.view.offset) == ("first", 0)


def test_the_size_is_chosen_with_keys_and_buttons(present: Present) -> None:
    given = present(notes_size=24)
    chosen: list[int] = []
    given.console.notes_resized.connect(chosen.append)
    given.press("+", held=CTRL)
    given.press("-", held=CTRL)
    given.press("-", held=CTRL)
    given.press("0", held=CTRL)
    larger = next(b for b in given.half.notes.findChildren(QWidget) if b.accessibleName() == "Larger notes")
    for _ in range(20):
        QTest.mouseClick(larger, Qt.MouseButton.LeftButton)
    assert chosen[:4] == [26, 24, 22, 20]
    assert chosen[-1] == given.view.text_size == 48
    assert not larger.isEnabled()


# -------------------------------------------------------------------------------------------------------------- editing


def test_notes_are_edited_on_the_spot_and_read_anew(present: Present) -> None:
    given = present()
    given.press("r")
    field = given.half.notes.field
    assert field.toPlainText() == "Hello **all**."
    assert given.console.focusWidget() is field
    field.selectAll()
    QTest.keyClicks(field, "Good morning, b and w.")
    QTest.keyClick(field, Key.Key_Return)
    QTest.keyClicks(field, "- Smile.")
    QTest.keyClick(field, Key.Key_Return, CTRL)
    assert not given.half.notes.editing
    assert given.file.read_text(encoding="utf-8") == TEXT.replace("Hello **all**.", "Good morning, b and w.\n- Smile.")
    given.reload()
    assert "Good morning, b and w." in given.said()
    assert given.at == "a-talk"
    assert given.talk.state.cover == ""
    given.press(Key.Key_Space)
    assert given.at == "first"


def test_page_turners_reach_the_talk_while_notes_are_edited(present: Present) -> None:
    given = present()
    given.press("r")
    QTest.keyClicks(given.half.notes.field, "New. ")
    given.press(Key.Key_PageDown)
    assert given.at == "first"
    assert given.half.notes.editing
    given.press(Key.Key_PageUp)
    assert given.at == "a-talk"
    given.press(Key.Key_Escape)
    assert not given.half.notes.editing
    assert given.file.read_text(encoding="utf-8") == TEXT
    given.press("r")
    assert given.half.notes.field.toPlainText() == "New. Hello **all**."  # what was not saved is not lost


def test_a_text_that_cannot_be_saved_stays_in_the_field(present: Present) -> None:
    given = present()
    given.press("r")
    field = given.half.notes.field
    field.setPlainText("One.\n/// callout")
    QTest.keyClick(field, Key.Key_Return, CTRL)
    problem = next(w for w in given.half.notes.findChildren(QWidget) if w.property("kind") == "problem")
    assert "Line 2 begins with ///" in problem.property("text")
    field.setPlainText("Mine.")
    theirs = TEXT.replace("The end.", "The very end.")
    given.file.write_text(theirs, encoding="utf-8")
    QTest.keyClick(field, Key.Key_Return, CTRL)
    assert "changed by another program" in problem.property("text")
    assert field.toPlainText() == "Mine."
    assert given.file.read_text(encoding="utf-8") == theirs
    given.reload()
    QTest.keyClick(field, Key.Key_Return, CTRL)
    assert given.file.read_text(encoding="utf-8") == theirs.replace("Hello **all**.", "Mine.")


def test_what_keeps_notes_from_being_edited_is_said(present: Present) -> None:
    given = present("# A\n\n- x\n\n  /// notes\n  y\n  ///\n")
    pencil = next(b for b in given.half.notes.findChildren(QWidget) if b.accessibleName().startswith("Edit the notes"))
    QTest.mouseClick(pencil, Qt.MouseButton.LeftButton)
    assert not given.half.notes.editing


# ------------------------------------------------------------------------------------------------------------------ map


def test_a_click_on_the_map_flies_there_as_a_detour(present: Present) -> None:
    given = present()
    given.press(Key.Key_PageDown)
    map_ = given.half.canvas.map
    box = map_.rect_of(map_.box(given.place("last")))
    QTest.mouseClick(map_, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert given.at == "last"
    assert not given.talk.position.on_path
    given.press(Key.Key_Backspace)
    assert given.at == "first"


def test_the_map_tells_here_seen_and_to_come_apart(present: Present) -> None:
    given = present()
    map_ = given.half.canvas.map
    given.press(Key.Key_PageDown)

    def colour(id_: str) -> str:
        box = map_.rect_of(map_.box(given.place(id_)))
        return picture(map_).pixelColor(box.center().toPoint()).name().upper()

    assert colour("first") == "#9DB0FF"
    assert colour("last") == "#0A0A09"
    given.jump("inside")
    assert colour("inside") == "#E0A3E5"
    assert colour("first") == "#9DB0FF"  # where the path was left
    given.press(Key.Key_Backspace)
    given.jump("last")
    given.press(Key.Key_Backspace)
    assert colour("last") == "#A59C91"


def test_m_enlarges_the_map_and_the_arrows_choose_on_it(present: Present) -> None:
    given = present()
    large = given.half.large_map
    given.press("m")
    assert large.isVisible()
    assert large.geometry() == given.console.body.geometry()
    given.press("m")
    assert large.isHidden()
    given.press("m", Key.Key_Escape)
    assert large.isHidden()
    assert given.at == "a-talk"
    given.press("m", Key.Key_PageDown)
    assert given.at == "first"
    given.press(Key.Key_Right, Key.Key_Right, Key.Key_Return)
    assert large.isHidden()
    assert given.at != "first"
    assert not given.talk.position.on_path
    assert given.console.focusWidget() is given.console


def test_a_map_of_thousands_merges_what_is_too_small(present: Present) -> None:
    parts = "\n\n".join(f"## Part {n}\n\n" + "\n\n".join(f"### Leaf {n}.{m}" for m in range(20)) for n in range(40))
    given = present(f"# Many\n\n{parts}\n")
    map_ = given.half.canvas.map
    assert picture(map_).pixelColor(map_.rect_of(map_.box(0)).center().toPoint()).isValid()
    given.jump("leaf-39-19")
    assert given.at == "leaf-39-19"
    assert not picture(map_).isNull()


# -------------------------------------------------------------------------------------------------- outline and history


def rows_of(given: Given) -> list[tuple[str, Sign]]:
    return [(row.words, row.sign) for row in given.half.outline.list.rows]


def test_the_outline_unfolds_where_the_talk_is(present: Present) -> None:
    given = present()
    assert rows_of(given) == [
        ("A talk", Sign.HERE), ("First", Sign.AHEAD), ("Second", Sign.FOLDED), ("Last", Sign.AHEAD),
    ]  # fmt: skip
    given.press(Key.Key_PageDown, Key.Key_Space, Key.Key_Space, Key.Key_Space, Key.Key_Space)
    assert given.at == "inside"
    assert rows_of(given) == [
        ("A talk", Sign.SEEN), ("First", Sign.SEEN), ("Second", Sign.OPEN),
        ("Inside", Sign.HERE), ("Beside", Sign.AHEAD), ("Last", Sign.AHEAD),
    ]  # fmt: skip


def test_the_outline_has_planned_and_given_times(present: Present) -> None:
    given = present()
    given.press(Key.Key_PageDown)
    given.now[0] += 75
    given.press(Key.Key_Space)
    given.press(Key.Key_Space)
    given.press(Key.Key_Space)
    times = {row.words: row.time for row in given.half.outline.list.rows}
    assert given.at == "second"
    assert times["First"] == "1:15"
    assert times["Inside"] == "3:00"


def test_a_row_is_chosen_with_arrows_and_enter_or_a_click(present: Present) -> None:
    given = present()
    list_ = given.half.outline.list
    list_.setFocus(Qt.FocusReason.TabFocusReason)
    given.press(Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Down, Key.Key_Return)
    assert given.at == "inside"
    given.press(Key.Key_PageDown)
    assert given.at != "inside"
    given.press("b")
    assert given.talk.state.cover == "black"
    given.press("b", Key.Key_Escape)
    assert given.console.focusWidget() is given.console
    row = next(i for i, each in enumerate(list_.rows) if each.words == "Last")
    spot = list_.visualRect(list_.model().index(row, 0)).center()
    QTest.mouseClick(list_.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert given.at == "last"


def test_a_click_on_a_caret_only_folds(present: Present) -> None:
    given = present()
    list_ = given.half.outline.list
    spot = list_.visualRect(list_.model().index(2, 0)).topLeft() + QPoint(10, 12)
    QTest.mouseClick(list_.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert [row.words for row in list_.rows] == ["A talk", "First", "Second", "Inside", "Beside", "Last"]
    assert given.at == "a-talk"
    QTest.mouseClick(list_.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert len(list_.rows) == 4


def test_the_history_is_newest_first_and_leads_back(present: Present) -> None:
    given = present()
    given.press(Key.Key_PageDown)
    given.now[0] += 3600
    given.jump("last")
    given.tabs("history").choose(1)
    history = given.half.history.list
    assert [(row.words, row.time) for row in history.rows] == [
        ("Last", "01:16"),
        ("First", "00:16"),
        ("A talk", "00:16"),
    ]
    spot = history.visualRect(history.model().index(1, 0)).center()
    QTest.mouseClick(history.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert given.at == "first"
    given.qtbot.waitUntil(lambda: history.rows[0].words == "First")


# --------------------------------------------------------------------------------------------------------------- layout


def test_f6_goes_from_panel_to_panel_and_escape_back_to_the_talk(present: Present) -> None:
    given = present()
    half, found = given.half, list[QWidget | None]()
    for _ in range(12):
        given.press(Key.Key_F6)
        found.append(given.console.focusWidget())
    for each in (given.console.ribbon, given.view, half.canvas.map, half.outline.list):
        assert each in found
    order = [found.index(each) for each in (half.canvas.map, half.outline.list)]
    assert order == sorted(order)
    given.view.setFocus(Qt.FocusReason.TabFocusReason)
    given.press(Key.Key_Right, Key.Key_Space, "1")  # they belong to the panel
    assert given.at == "a-talk"
    given.press(Key.Key_PageDown)
    assert given.at == "first"
    given.press(Key.Key_Escape)
    assert given.console.focusWidget() is given.console
    given.press(Key.Key_PageUp)
    assert given.at == "a-talk"


def test_tabs_are_chosen_with_the_arrows(present: Present) -> None:
    given = present()
    tabs = given.tabs("outline")
    tabs.findChildren(QPushButton)[0].setFocus(Qt.FocusReason.TabFocusReason)
    given.press(Key.Key_Right, Key.Key_Right)
    assert given.half.history.isVisible()
    given.press(Key.Key_Left)
    assert given.half.outline.isVisible()
    assert given.at == "a-talk"


def test_every_control_has_its_words(present: Present) -> None:
    given = present()
    for widget in given.console.body.findChildren(QWidget):
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.metaObject().className() != "QScrollBar":
            assert widget.accessibleName() or isinstance(widget, QScrollArea | QStackedWidget | QLabel), widget


def test_a_small_screen_has_the_notes_whole_and_the_rest_in_tabs(present: Present) -> None:
    given = present(size=(1280, 720))
    half, stage, body = given.half, given.console.stage, given.console.body
    assert half.notes.height() > body.height() - 10
    assert stage.exits.isVisible()
    tabs = given.tabs("exits")
    pages = (stage.exits, half.canvas, half.outline, half.history)
    for number in (1, 2, 3, 0):
        tabs.choose(number)
        assert [each.isVisible() for each in pages] == [each is pages[number] for each in pages]
        top = pages[number].mapTo(body, QPoint()).y()
        assert tabs.mapTo(body, QPoint()).y() + tabs.height() <= top + 4
    given.console.resize(1440, 900)
    assert half.canvas.isVisible()
    assert half.outline.isVisible()
    assert body.slot_of("canvas") is not body.slot_of("exits")


def test_on_an_upright_screen_the_notes_come_last(present: Present) -> None:
    given = present(size=(1080, 1500))
    QApplication.processEvents()
    body = given.console.body
    assert given.half.notes.mapTo(body, QPoint()).y() > given.console.stage.exits.mapTo(body, QPoint()).y()


def test_a_new_version_of_the_deck_is_followed_everywhere(present: Present) -> None:
    given = present()
    given.press(Key.Key_PageDown)
    given.file.write_text(TEXT.replace("## Last {#last}", "## New\n\n## Last {#last}"), encoding="utf-8")
    given.reload()
    assert [row.words for row in given.half.outline.list.rows][-2:] == ["New", "Last"]
    map_ = given.half.canvas.map
    QTest.mouseClick(map_, Qt.MouseButton.LeftButton, pos=map_.rect_of(map_.box(given.place("new"))).center().toPoint())
    assert given.at == "new"
