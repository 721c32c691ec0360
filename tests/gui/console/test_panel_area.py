"""The console's panels are put elsewhere, with the mouse and with keys, and are there again the next time."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from atelier.app.appearance import SharedAppearance
from atelier.app.opening import open_stage
from atelier.foundation.settings import PanelPlaces, load_settings, save_settings
from atelier.windows.console.panels import PanelButton
from atelier.windows.console.places import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from atelier.app.presenting import Presentation
    from atelier.windows.console.panel_area import PanelArea
    from atelier.windows.console.split import Split
    from atelier.windows.console.window import Console

    Present = Callable[..., Console]

TEXT = """# Talk

## One {#one minutes=2}

[two](#two) and [elsewhere](https://example.org/)

/// notes
Say this.
///

## Two {#two}

### Three
"""
SIZES = [(1600, 900), (956, 536), (1024, 640), (900, 1440), (1440, 2000)]

PATIENCE = 30_000
"""Milliseconds: the machine may be busy."""


@pytest.fixture
def present(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Present]:
    file = tmp_path / "talk.md"
    file.write_text(TEXT, encoding="utf-8")
    talks: list[Presentation] = []

    def open_talk(size: tuple[int, int] = (1600, 900), *, rehearse: bool = False) -> Console:
        talk = open_stage(
            file,
            appearance=SharedAppearance(qapp),
            windowed=True,
            motion="cuts",
            console=True,
            rehearse=rehearse,
        )
        talks.append(talk)
        talk.stage.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        console = talk.open_console()
        qtbot.waitUntil(console.isVisible, timeout=PATIENCE)
        console.resize(*size)
        ready = (False, size)
        qtbot.waitUntil(lambda: (talk.window.canvas.busy, console.size().toTuple()) == ready, timeout=PATIENCE)
        QApplication.processEvents()
        return console

    yield open_talk
    for talk in talks:
        talk.stage.close()
        talk.stage.deleteLater()
    qapp.processEvents()


@pytest.fixture
def menus(expected_log: Callable[[str], None]) -> None:
    """Says that menus are opened, which the offscreen platform has words for."""
    expected_log(r"plugin does not support (raise\(\)|grabbing the keyboard)")


def place(console: Console, name: str) -> QRect:
    """Where the slot of a panel is in the body of the console."""
    slot = console.body.slot_of(name)
    assert slot is not None, name
    return QRect(slot.mapTo(console.body, QPoint()), slot.size())


def drag(split: Split, by: QPoint) -> None:
    """Drags what lies between the two parts."""
    handle = split.handle(1)
    middle = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, middle + by)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle + by)
    QApplication.processEvents()


def menu_of(area: PanelArea) -> QMenu:
    (menu,) = [each for each in area.findChildren(QMenu) if each.isVisible()]
    return menu


def choose(area: PanelArea, words: str) -> None:
    """Goes down the open menu with the arrows to what says these words, and takes it."""
    menu = menu_of(area)
    for _row in menu.actions():
        QTest.keyClick(menu, Qt.Key.Key_Down)
        if menu.activeAction().text() == words:
            break
    assert menu.activeAction().text() == words
    QTest.keyClick(menu, Qt.Key.Key_Return)
    QApplication.processEvents()


def go_to(console: Console, wanted: QWidget) -> None:
    """Presses F6 until something in that panel has the keys."""
    for _n in range(16):
        QTest.keyClick(console.focusWidget() or console, Qt.Key.Key_F6)
        focused = console.focusWidget()
        if focused is wanted or wanted.isAncestorOf(focused):
            return
    pytest.fail(f"F6 does not come to {wanted}")


def arrange(console: Console, panel: str, words: str) -> None:
    """Opens the menu of a panel with keys alone, and chooses from it."""
    slot = console.body.slot_of(panel)
    assert slot is not None
    go_to(console, slot)
    QTest.keyClick(console.focusWidget(), Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    choose(console.body, words)


def assert_all_is_seen(console: Console) -> None:
    """Every slot has its least size, and none lies over another or beyond the body."""
    area = console.body
    slots = [slot for slot in area.slots if slot.panels]
    places = [QRect(slot.mapTo(area, QPoint()), slot.size()) for slot in slots]
    for slot, where in zip(slots, places, strict=True):
        assert slot.isVisible()
        assert area.rect().contains(where), slot.current
        assert slot.width() >= slot.minimumWidth(), slot.current
        assert slot.height() >= slot.minimumHeight(), slot.current
    assert not [pair for pair in combinations(places, 2) if pair[0].intersects(pair[1])]


# ---------------------------------------------------------------------- with the mouse


def test_a_drag_gives_a_panel_more_room_and_the_share_stays(present: Present) -> None:
    console = present()
    before = place(console, "notes")
    drag(console.body.splits["body"], QPoint(-200, 0))
    after = place(console, "notes")
    assert after.width() == pytest.approx(before.width() + 200, abs=2)
    share = after.width() / console.body.width()
    console.resize(1900, 1000)
    QApplication.processEvents()
    assert place(console, "notes").width() / console.body.width() == pytest.approx(share, abs=0.01)
    QTest.mouseDClick(console.body.splits["body"].handle(1), Qt.MouseButton.LeftButton)
    console.resize(1600, 900)
    QApplication.processEvents()
    assert place(console, "notes") == before


def test_a_drag_beyond_everything_leaves_what_a_panel_needs(present: Present) -> None:
    console = present()
    for split in console.body.splits.values():
        for by in (-3000, 3000):
            drag(split, QPoint(by, by))
            assert_all_is_seen(console)


def test_pictures_of_what_follows_grow_with_their_panel(present: Present) -> None:
    console = present()
    views = console.stage.next_views
    before = views.next.size()
    drag(console.body.splits["left"], QPoint(0, -120))
    assert views.next.height() > before.height() + 60
    assert views.next.width() / views.next.height() == pytest.approx(16 / 9, abs=0.03)


@pytest.mark.usefixtures("menus")
def test_a_click_on_the_dots_of_a_panel_opens_its_menu(present: Present) -> None:
    console = present()
    (button,) = console.notes.notes.findChildren(PanelButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = menu_of(console.body)
    action = next(each for each in menu.actions() if each.text() == "Canvas")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    QApplication.processEvents()
    assert place(console, "notes").top() > place(console, "canvas").bottom()


# ---------------------------------------------------------------------- with keys


@pytest.mark.usefixtures("menus")
def test_two_panels_change_places_with_keys_alone(present: Present) -> None:
    console = present()
    notes, view = place(console, "notes"), place(console, "view")
    arrange(console, "notes", "What the audience sees")
    assert (place(console, "notes"), place(console, "view")) == (view, notes)
    assert console.stage.view.mirror.isVisible()
    assert_all_is_seen(console)


@pytest.mark.usefixtures("menus")
def test_without_a_panel_the_key_opens_the_menu_of_what_the_audience_sees(present: Present) -> None:
    console = present()
    QTest.keyClick(console, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert menu_of(console.body).actions()[0].text() == "“What the audience sees” changes places with:"
    assert "Hide “What the audience sees”" not in [each.text() for each in menu_of(console.body).actions()]


@pytest.mark.usefixtures("menus")
def test_a_hidden_panel_leaves_its_room_and_comes_back(present: Present) -> None:
    console = present()
    before, exits = place(console, "exits"), console.stage.exits
    arrange(console, "exits", "Hide “Links out”")
    assert not exits.isVisible()
    assert console.body.slot_of("exits") is None
    for name in ("next", "canvas", "outline"):
        arrange(console, name, f"Hide “{title(console, name)}”")
    assert place(console, "view").height() == console.body.height()
    arrange(console, "view", "Show “Links out”")
    assert exits.isVisible()
    arrange(console, "view", "All panels as they were")
    assert place(console, "exits") == before
    assert load_settings().panels == ()


def title(console: Console, name: str) -> str:
    return next(panel.title for panel in (*console.stage.panels, *console.notes.panels) if panel.name == name)


@pytest.mark.usefixtures("menus")
def test_more_room_and_less_with_keys(present: Present) -> None:
    console = present()
    before = place(console, "canvas")
    arrange(console, "canvas", "More room")
    after = place(console, "canvas")
    assert after.width() > before.width()
    assert after.height() > before.height()
    arrange(console, "canvas", "Less room")
    assert place(console, "canvas").width() == pytest.approx(before.width(), abs=3)


@pytest.mark.usefixtures("menus")
def test_keys_bring_a_hidden_panel_that_they_need(present: Present) -> None:
    console = present()
    arrange(console, "notes", "Hide “Notes”")
    QTest.keyClick(console, Qt.Key.Key_Escape)
    QTest.keyClick(console, Qt.Key.Key_R)
    assert console.notes.notes.field.isVisible()
    assert console.focusWidget() is console.notes.notes.field


def test_the_address_of_a_link_brings_the_view_to_the_front(present: Present) -> None:
    console = present((1024, 640))
    console.body.swap("view", "history")
    slot = console.body.slot_of("view")
    assert slot is not None
    slot.show_panel("exits")
    assert not console.stage.view.isVisible()
    QTest.keyClick(console, Qt.Key.Key_Space)
    QTest.keyClick(console, Qt.Key.Key_Q)
    assert console.stage.panel.isVisible()
    assert console.stage.view.isVisible()


@pytest.mark.parametrize("size", [(1024, 640), (860, 520)])
def test_the_address_of_a_link_is_whole_beside_the_times_of_a_rehearsal(
    present: Present, size: tuple[int, int]
) -> None:
    console = present(size, rehearse=True)
    QTest.keyClick(console, Qt.Key.Key_Space)
    QTest.keyClick(console, Qt.Key.Key_Q)
    card = console.stage.panel
    assert card.isVisible()
    assert card.visibleRegion().boundingRect() == card.rect()
    assert console.body.geometry().contains(card.geometry())
    console.resize(1440, 900)
    QApplication.processEvents()
    mirror = console.stage.view.mirror
    assert QRect(mirror.mapTo(console, QPoint()), mirror.size()).contains(card.geometry())


# ---------------------------------------------------------------------- remembered


@pytest.mark.usefixtures("menus")
def test_each_layout_has_its_own_places_which_are_there_the_next_time(present: Present) -> None:
    console = present()
    arrange(console, "notes", "What the audience sees")
    drag(console.body.splits["body"], QPoint(-150, 0))
    large = {name: place(console, name) for name in ("notes", "view", "canvas")}
    console.resize(1024, 640)
    QApplication.processEvents()
    assert console.body.places == Layout(compact=True).usual
    arrange(console, "next", "Notes")
    console.close()
    assert {layout for _screens, layout, _places in load_settings().panels} == {"large", "compact"}
    again = present()
    assert {name: place(again, name) for name in large} == large
    again.resize(1024, 640)
    QApplication.processEvents()
    assert again.body.places.slots[1] == ("notes",)


@pytest.mark.parametrize(
    "places",
    [
        PanelPlaces((("view", "view"),)),
        PanelPlaces((("view",), ("next",), ("exits",), ("notes",), ("clock",), ("outline", "history"))),
        PanelPlaces(Layout().usual.slots, ("view", "nothing"), (1.0, 0.0, 0.0001, 0.9999, 1.0, 0.0)),
        PanelPlaces(Layout().usual.slots, (), (0.5,)),
    ],
)
def test_settings_that_cannot_be_used_give_the_usual_places(present: Present, places: PanelPlaces) -> None:
    console = present()
    usual = {slot.current: slot.geometry() for slot in console.body.slots}
    (screens,) = [QApplication.primaryScreen().name()]
    console.close()
    save_settings(replace(load_settings(), panels=((screens, "large", places),)))
    again = present()
    assert {slot.current: slot.geometry() for slot in again.body.slots} == usual


@pytest.mark.usefixtures("menus")
def test_a_rehearsal_has_places_of_its_own_with_its_times(present: Present) -> None:
    console = present(rehearse=True)
    times = place(console, "times")
    assert times.top() > place(console, "outline").bottom()
    drag(console.body.splits["rows"], QPoint(0, -80))
    assert place(console, "times").height() == pytest.approx(times.height() + 80, abs=2)
    arrange(console, "times", "Hide “Time by frame”")
    console.close()
    assert [layout for _screens, layout, _places in load_settings().panels] == ["large-rehearsal"]
    assert present().body.places == Layout().usual


@pytest.mark.parametrize("rehearse", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_whatever_changes_places_nothing_is_cut(present: Present, size: tuple[int, int], rehearse: bool) -> None:  # noqa: FBT001 - a parameter
    console = present(size, rehearse=rehearse)
    names = [panel.name for slot in console.body.slots for panel in slot.panels]
    assert_all_is_seen(console)
    for one, other in combinations(names, 2):
        console.body.swap(one, other)
        assert_all_is_seen(console)
        console.body.swap(one, other)
