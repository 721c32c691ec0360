"""The audience window, driven by keys, pointer and the file on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from atelier.canvas.camera import home
from atelier.canvas.flight import Profile
from atelier.canvas.sight import visible
from atelier.deck.loading import load
from atelier.render.scene import build_scene
from atelier.windows.audience import AudienceWindow
from atelier.windows.detour_frame import DetourFrame
from atelier.windows.search_panel import SearchPanel

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Present = Callable[..., AudienceWindow]
Press = Callable[..., None]
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def test_next_follows_steps_and_stops_to_the_end(present: Present, press: Press) -> None:
    window = present()
    seen = [(where(window), window.position.step)]
    for _ in range(6):
        press(window, Key.Key_Space)
        seen.append((where(window), window.position.step))
    assert seen == [
        ("a-talk", 0),
        ("first", 0),
        ("first", 1),
        ("first", 2),
        ("second", 0),
        ("inside", 0),
        ("last", 0),
    ]
    assert window.canvas.camera == home(window.scene.canvas, window.position.place, window.canvas.view_ratio)


@pytest.mark.parametrize("key", [Key.Key_PageDown, Key.Key_Right, Key.Key_Down, Key.Key_Return])
def test_every_key_for_next_works(present: Present, press: Press, key: Key) -> None:
    window = present()
    press(window, key)
    assert where(window) == "first"


@pytest.mark.parametrize("key", [Key.Key_PageUp, Key.Key_Left, Key.Key_Up])
def test_every_key_for_previous_works(present: Present, press: Press, key: Key) -> None:
    window = present()
    press(window, Key.Key_End)
    assert where(window) == "last"
    press(window, key)
    assert where(window) == "inside"


def test_parent_child_overview_and_history(present: Present, press: Press) -> None:
    window = present()
    press(window, Key.Key_End)
    press(window, "o")
    assert where(window) == "a-talk"
    press(window, "o")
    assert where(window) == "last"
    press(window, "u")
    assert where(window) == "a-talk"
    press(window, "i")
    assert where(window) == "first"
    press(window, Key.Key_Left, ALT)
    assert where(window) == "a-talk"
    press(window, Key.Key_Right, ALT)
    assert where(window) == "first"
    press(window, Key.Key_Backspace)
    press(window, Key.Key_Backspace)
    assert where(window) == "last"


def test_a_named_path_has_its_own_stops(present: Present, press: Press) -> None:
    window = present(path="short")
    assert where(window) == "first"
    for _ in range(3):
        press(window, Key.Key_Space)
    assert where(window) == "last"
    press(window, Key.Key_Space)
    assert where(window) == "last"


def test_black_and_white_cover_the_canvas_and_next_lifts_them(present: Present, press: Press) -> None:
    window = present()
    press(window, "b")
    assert _colour(window) == QColor("#000000")
    press(window, Key.Key_Space)
    assert _colour(window) != QColor("#000000")
    assert where(window) == "a-talk"
    press(window, "w")
    assert _colour(window) == QColor("#FFFFFF")
    press(window, ".")
    assert _colour(window) == QColor("#000000")
    press(window, ".")
    assert _colour(window) != QColor("#000000")


def test_search_jumps_to_a_frame_by_its_text_as_a_detour(present: Present, press: Press, qtbot: QtBot) -> None:
    window = present()
    press(window, "/")
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), QLineEdit))
    QTest.keyClicks(window.focusWidget(), "zebr")
    press(window, Key.Key_Return)
    assert where(window) == "inside"
    assert not window.position.on_path
    press(window, Key.Key_Space)
    assert where(window) == "first"


def test_search_never_shows_what_is_private(present: Present, press: Press, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "secrets.md"
    private = "zebra block\n///\n\nzebra paragraph\n{: .private }\n\nSeen *zebra span*{.private}.\n"
    file.write_text(f"# Talk\n\n## One\n\n/// notes\nzebra\n///\n\n/// private\n{private}", encoding="utf-8")
    window = present(file)
    press(window, "/")
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), QLineEdit))
    QTest.keyClicks(window.focusWidget(), "zebra")
    panel = window.findChild(SearchPanel)
    assert isinstance(panel, SearchPanel)
    assert not panel.hits
    panel.field.setText("seen")
    assert len(panel.hits) == 1


def test_a_detour_is_marked_until_the_way_back_is_taken(present: Present, press: Press) -> None:
    window = present()
    frame = window.findChild(DetourFrame)
    assert isinstance(frame, DetourFrame)
    press(window, Key.Key_Space)
    assert frame.isHidden()
    press(window, "u")
    assert frame.isVisible()
    assert frame.way_back == "back to First"
    before = _colour(window)
    press(window, Key.Key_Backspace)
    assert frame.isHidden()
    assert _colour(window) != before


def test_escape_closes_the_topmost_thing_and_twice_ends(present: Present, press: Press, qtbot: QtBot) -> None:
    window = present()
    press(window, Key.Key_F1)
    press(window, Key.Key_Escape)
    assert window.isVisible()
    press(window, Key.Key_Escape)
    assert window.isVisible()
    with qtbot.waitSignal(window.ended):
        press(window, Key.Key_Escape)


def test_links_are_chosen_by_tab_and_followed_by_enter_or_number(present: Present, press: Press) -> None:
    window = present()
    window.talk.go_to_stop(2)
    window.start("second")
    press(window, Key.Key_Tab)
    press(window, Key.Key_Return)
    assert where(window) == "last"
    press(window, Key.Key_Backspace)
    assert where(window) == "second"
    press(window, "1")
    assert where(window) == "last"


def test_a_click_on_a_frame_flies_there_and_a_click_on_it_goes_on(present: Present, qtbot: QtBot, press: Press) -> None:
    window = present()
    last = window.scene.deck.frame("last")
    assert last is not None
    sights = visible(window.scene.canvas, window.canvas.camera, window.canvas.view_size, smallest=3.0, descend=0.0)
    sight = next(s for s in sights if window.scene.canvas.places[s.place].frame == last.index)
    middle = sight.transform.map(window.scene.canvas.places[sight.place].size.centre)
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(middle.x), round(middle.y)))
    qtbot.waitUntil(lambda: not window.canvas.moving)
    assert where(window) == "last"
    press(window, Key.Key_Home)
    press(window, Key.Key_Space)
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(900, 270))
    qtbot.waitUntil(lambda: not window.canvas.moving)
    assert window.position.step == 1


def test_the_wheel_zooms_at_the_pointer_and_next_flies_on_from_there(
    present: Present, qapp: QApplication, press: Press
) -> None:
    window = present()
    canvas = window.canvas
    before = canvas.camera
    point = QPointF(240, 135)
    event = QWheelEvent(
        point,
        canvas.mapToGlobal(point),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    qapp.sendEvent(canvas, event)
    assert canvas.camera != before
    place = canvas.place_under(point)
    assert place == 0 or window.scene.canvas.places[place].depth == 1
    press(window, Key.Key_Space)
    assert where(window) == "first"
    assert canvas.camera == home(window.scene.canvas, window.position.place, canvas.view_ratio)


def test_pinching_a_touch_pad_zooms_at_the_pointer(present: Present, qapp: QApplication) -> None:
    window = present()
    canvas = window.canvas
    before = canvas.camera
    point = QPointF(480, 270)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        point,
        point,
        canvas.mapToGlobal(point),
        0.25,
        QPointF(),
    )
    qapp.sendEvent(canvas, pinch)
    assert canvas.camera.width == pytest.approx(before.width / 1.25)


def test_dragging_pans(present: Present) -> None:
    window = present()
    canvas = window.canvas
    before = canvas.camera
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    QTest.mouseMove(canvas, QPoint(450, 320))
    QTest.mouseMove(canvas, QPoint(500, 340))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(500, 340))
    assert canvas.camera.centre.x < before.centre.x
    assert canvas.camera.width == before.width
    assert where(window) == "a-talk"


def test_a_flight_moves_in_many_small_steps_and_can_be_interrupted(
    present: Present, qtbot: QtBot, press: Press
) -> None:
    window = present(profile=Profile.FULL)
    widths: list[float] = []

    def note() -> None:
        widths.append(window.canvas.camera.width)

    window.canvas.presented.connect(note)
    QTest.keyClick(window, Key.Key_Space)
    qtbot.waitUntil(lambda: len(widths) > 8)
    assert window.canvas.moving
    press(window, Key.Key_Home)
    assert where(window) == "a-talk"
    assert window.canvas.camera == home(window.scene.canvas, 0, window.canvas.view_ratio)


def test_g_goes_through_the_motion_profiles(present: Present, press: Press) -> None:
    window = present(profile=Profile.FULL)
    seen: list[Profile] = []
    window.profile_changed.connect(seen.append)
    for _ in range(3):
        press(window, "g")
    assert seen == [Profile.CALM, Profile.CUTS, Profile.FULL]


def test_an_edit_on_disk_keeps_the_place_and_the_step(present: Present, press: Press, deck_file: Path) -> None:
    window = present()
    press(window, Key.Key_Space)
    press(window, Key.Key_Space)
    assert (where(window), window.position.step) == ("first", 1)
    text = deck_file.read_text(encoding="utf-8").replace("## First", "## Before\n\nNew.\n\n## First")
    deck_file.write_text(text, encoding="utf-8")
    window.replace_scene(build_scene(load(deck_file), window.scene))
    assert (where(window), window.position.step) == ("first", 1)
    press(window, Key.Key_Home)
    press(window, Key.Key_Space)
    assert where(window) == "before"


def test_an_edit_during_a_detour_keeps_the_way_back(present: Present, press: Press, deck_file: Path) -> None:
    window = present()
    press(window, Key.Key_Space)
    press(window, Key.Key_Space)
    press(window, "o")
    text = deck_file.read_text(encoding="utf-8").replace("## First", "## Before\n\nNew.\n\n## First")
    deck_file.write_text(text, encoding="utf-8")
    window.replace_scene(build_scene(load(deck_file), window.scene))
    assert where(window) == "a-talk"
    assert not window.position.on_path
    press(window, Key.Key_Backspace)
    assert (where(window), window.position.step) == ("first", 1)
    press(window, Key.Key_Left, ALT)
    assert where(window) == "a-talk"


def test_an_edit_keeps_the_frame_zoomed_into_by_hand(present: Present, deck_file: Path) -> None:
    window = present()
    scene = window.scene
    last = scene.deck.frame("last")
    assert last is not None
    camera = home(scene.canvas, scene.canvas.place_of[last.index], window.canvas.view_ratio)
    window.canvas.show_at(replace(camera, width=camera.width * 1.1), window.canvas.look)
    text = deck_file.read_text(encoding="utf-8").replace("## First", "## Before\n\nNew.\n\n## First")
    deck_file.write_text(text, encoding="utf-8")
    window.replace_scene(build_scene(load(deck_file), scene))
    place = window.scene.canvas.places[window.canvas.camera.anchor]
    assert window.scene.deck.frames[place.frame].id == "last"


@pytest.mark.parametrize("key", [Key.Key_PageUp, Key.Key_Home, Key.Key_End, "u", "i", "o"])
def test_nothing_moves_unseen_under_a_black_screen(present: Present, press: Press, key: Key | str) -> None:
    window = present()
    window.talk.go_to_stop(2)
    window.start()
    press(window, "b")
    here = window.position
    press(window, key)
    assert window.position == here
    assert _colour(window) != QColor("#000000")


def test_the_frame_shown_may_vanish(present: Present, press: Press, deck_file: Path) -> None:
    window = present()
    press(window, Key.Key_End)
    deck_file.write_text("# Only this\n\nwords\n", encoding="utf-8")
    window.replace_scene(build_scene(load(deck_file), window.scene))
    assert window.position.place < len(window.scene.canvas.places)
    press(window, Key.Key_Space)


def test_resizing_keeps_the_frame_in_view(present: Present, press: Press, qtbot: QtBot) -> None:
    window = present()
    press(window, Key.Key_Space)
    window.resize(540, 960)
    qtbot.waitUntil(lambda: window.canvas.width() == 540)
    assert window.canvas.camera == home(window.scene.canvas, window.position.place, window.canvas.view_ratio)


def where(window: AudienceWindow) -> str:
    """The id of the frame the position is at."""
    scene = window.scene
    return scene.deck.frames[scene.canvas.places[window.position.place].frame].id


def _colour(window: AudienceWindow) -> QColor:
    return QColor(window.grab().toImage().pixelColor(5, 5))


def test_a_talk_taken_up_again_lies_under_what_it_was_covered_with(present: Present, press: Press) -> None:
    cut_off = present()
    press(cut_off, Key.Key_Space)
    cut_off.talk.show_message("Back at two")
    press(cut_off, "b")
    window = present()
    window.talk.resume(cut_off.talk.state)
    assert where(window) == "first", "it flies there, whatever becomes of the file"
    assert set(colours(window)) == {"#000000"}
    window.replace_scene(build_scene(window.scene.deck, window.scene))
    assert set(colours(window)) == {"#000000"}
    press(window, Key.Key_Space)
    assert where(window) == "first", "the first key gives the picture back"
    assert len(set(colours(window))) > 1


def colours(window: AudienceWindow) -> list[str]:
    """What a few points of the window look like."""
    picture = window.grab().toImage()
    return [QColor(picture.pixel(x, y)).name() for x in range(40, 900, 60) for y in range(40, 500, 60)]
