"""Talks given, wired: their times become the plan, their journal is exported, they are played again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from atelier.app.adopting import last_rehearsal
from atelier.app.appearance import SharedAppearance
from atelier.app.library import Library
from atelier.app.reviewing import Reviewing
from atelier.deck.loading import load
from atelier.foundation.errors import InputError
from atelier.talk.kept import kept_talks
from atelier.windows.controls import Button

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from tests.gui.conftest import Give

    from atelier.windows.review.replay_window import ReplayWindow
    from atelier.windows.review.window import ReviewWindow


@pytest.fixture
def reviewing(qapp: QApplication, tmp_path: Path) -> Iterator[Reviewing]:
    made = Reviewing(SharedAppearance(qapp), choose_file=lambda _parent, name: str(tmp_path / name))
    yield made
    for window in (made.window, made.replay_window):
        if window is not None:
            window.close()
    qapp.processEvents()


def press(window: ReviewWindow | ReplayWindow, key: Qt.Key) -> None:
    QTest.keyClick(window, key)


def buttons(window: ReviewWindow) -> dict[str, Button]:
    return {button.text(): button for button in window.notices.findChildren(Button)}


# ---------------------------------------------------------------------------------------------------- times as the plan


def test_times_become_the_plan_and_the_text_of_before_is_offered(
    reviewing: Reviewing, give: Give, given_deck: Path
) -> None:
    before = given_deck.read_bytes()
    window = reviewing.show(give())
    press(window, Qt.Key.Key_A)
    assert [frame.minutes for frame in load(given_deck).frames] == [1.0, 3.25, 1.75, 3.0, 1.0, None]
    notice = window.notices.notice
    assert notice is not None
    assert (notice.kind, notice.where) == ("info", str(given_deck))
    buttons(window)["Undo"].click()
    assert given_deck.read_bytes() == before


def test_what_keeps_its_time_is_named(reviewing: Reviewing, give: Give, given_deck: Path) -> None:
    window = reviewing.show(give())
    text = given_deck.read_text(encoding="utf-8")
    given_deck.write_text(text.replace("## Icing {#icing minutes=3 optional=true}\n", ""), encoding="utf-8")
    press(window, Qt.Key.Key_A)
    notice = window.notices.notice
    assert notice is not None
    assert notice.hint == "No longer in the deck: Icing."
    press(window, Qt.Key.Key_A)
    notice = window.notices.notice
    assert notice is not None
    assert notice.message == "The deck has these minutes already."


def test_an_undo_never_takes_back_what_was_written_since(reviewing: Reviewing, give: Give, given_deck: Path) -> None:
    window = reviewing.show(give())
    press(window, Qt.Key.Key_A)
    given_deck.write_text(given_deck.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    buttons(window)["Undo"].click()
    assert given_deck.read_text(encoding="utf-8").endswith("More.\n")
    notice = window.notices.notice
    assert notice is not None
    assert notice.kind == "error"


def test_a_deck_that_is_gone_takes_no_times(reviewing: Reviewing, give: Give, given_deck: Path) -> None:
    window = reviewing.show(give())
    given_deck.unlink()
    press(window, Qt.Key.Key_A)
    notice = window.notices.notice
    assert notice is not None
    assert notice.kind == "error"


def test_the_last_rehearsal_is_found(give: Give, given_deck: Path) -> None:
    give(rehearsal=False)
    assert last_rehearsal(given_deck) == {}
    give((10.0, 20.0, 30.0), rehearsal=True, detour_at=-1, started=1_394_902_480.0)
    newest = give((10.0, 40.0), rehearsal=True, detour_at=-1, started=1_395_902_480.0)
    assert last_rehearsal(given_deck) == {"cake": 10.0, "muffin": 40.0}
    assert last_rehearsal(given_deck, newest.file) == {"cake": 10.0, "muffin": 20.0, "icing": 30.0}


# ---------------------------------------------------------------------------------------------------- the journal


def test_frames_are_shown_as_they_are_today(reviewing: Reviewing, give: Give, qtbot: QtBot) -> None:
    window = reviewing.show(give())

    def drawn() -> bool:
        pictures = window.table.pictures
        return pictures is not None and all(pictures.find(row.frame) is not None for row in window.table.rows)

    qtbot.waitUntil(drawn, timeout=10_000)
    pictures = window.table.pictures
    assert pictures is not None
    assert pictures.find("gone") is None


def test_without_its_deck_a_talk_has_no_pictures(
    reviewing: Reviewing, give: Give, given_deck: Path, qtbot: QtBot
) -> None:
    talk = give()
    given_deck.unlink()
    timer = reviewing.findChild(QTimer)
    assert isinstance(timer, QTimer)
    with qtbot.waitSignal(timer.timeout):
        window = reviewing.show(talk)
    assert window.table.pictures is None
    assert window.notices.notice is None


def test_a_journal_is_exported_renamed_and_deleted(reviewing: Reviewing, give: Give, tmp_path: Path) -> None:
    talk = give()
    window = reviewing.show(talk)
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert json.loads((tmp_path / f"{talk.name}.json").read_text(encoding="utf-8"))["title"] == "Three ways"
    window.rename_asked.emit("At the bakers’")
    assert [each.title for each in kept_talks()] == ["At the bakers’"]
    assert window.windowTitle() == "At the bakers’ — talk given"
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Delete)
    assert kept_talks() == ()
    assert reviewing.window is None


# ---------------------------------------------------------------------------------------------------- replay


def at(window: ReplayWindow) -> str:
    return window.talk.frame_id(window.audience.position.place)


def test_a_talk_is_played_again_from_a_moment(reviewing: Reviewing, give: Give, qtbot: QtBot) -> None:
    talk = give()
    review = reviewing.show(talk)
    QTest.mouseClick(review.chart, Qt.MouseButton.LeftButton, pos=QPoint(review.chart.width() // 2, 20))
    window = reviewing.replay_window
    assert window is not None
    assert at(window) == "icing"
    assert window.player.playing
    press(window, Qt.Key.Key_Space)
    assert not window.player.playing
    seen: list[str] = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        press(window, key)
        seen.append(at(window))
    assert seen == ["cake", "muffin", "case", "muffin", "case"]
    qtbot.waitUntil(lambda: not window.audience.canvas.moving)
    assert len(kept_talks()) == 1


def test_a_countdown_is_seen_again_and_not_heard(reviewing: Reviewing, give: Give, qtbot: QtBot) -> None:
    window = reviewing.replay(give((60.0, 200.0, 100.0, 180.0, 60.0), detour_at=-1, counted_at=1))
    press(window, Qt.Key.Key_Space)  # pauses
    room = window.audience
    window.seek(30.0)
    qtbot.waitUntil(lambda: not room.canvas.busy)
    assert window.talk.state.counted is None
    window.seek(90.0)
    qtbot.waitUntil(lambda: not room.canvas.busy)
    early = room.grab().toImage()
    window.seek(120.0)
    assert room.countdown.isVisible()
    assert room.countdown.sound is None
    assert window.talk.state.counted is not None
    assert window.talk.state.counted.countdown.left(window.talk.now) == pytest.approx(60.0)
    qtbot.waitUntil(lambda: not room.canvas.busy)
    assert room.grab().toImage() != early
    window.seek(30.0)
    assert room.countdown.isHidden()


POLL = "/// poll | Which?\n\n- Chips\n- Beside the dough\n///\n\n"


def test_what_was_answered_is_said_and_seen_again(
    reviewing: Reviewing, give: Give, given_deck: Path, qtbot: QtBot
) -> None:
    text = given_deck.read_text(encoding="utf-8").replace("## Icing", f"{POLL}## Icing")
    given_deck.write_text(text, encoding="utf-8")
    talk = give(detour_at=-1, answered_at=1)
    window = reviewing.show(talk)
    qtbot.waitUntil(lambda: window.table.pictures is not None)
    rows = {row.frame: window.table.model().index(number, 0) for number, row in enumerate(window.table.rows)}
    said = str(rows["muffin"].data(Qt.ItemDataRole.ToolTipRole))
    assert said.endswith(", 17 answers\nWhich? · Chips: 14 · Beside the dough: 3")
    assert "answers" not in str(rows["icing"].data(Qt.ItemDataRole.ToolTipRole))

    again = reviewing.replay(talk)
    again.player.pause()
    shown = again.audience
    again.seek(100.0)
    assert shown.scene.typesetter.results == {}
    qtbot.waitUntil(lambda: not shown.canvas.busy)
    before = shown.grab().toImage()
    again.seek(262.0)
    assert shown.scene.typesetter.results == {"muffin": {"poll 0": (14, 3)}}
    again.seek(100.0)
    assert shown.scene.typesetter.results == {}
    qtbot.waitUntil(lambda: not shown.canvas.busy)
    assert shown.grab().toImage() == before


def test_speed_is_chosen_with_keys_and_buttons(reviewing: Reviewing, give: Give) -> None:
    window = reviewing.replay(give(), speed=4)
    press(window, Qt.Key.Key_Up)
    assert (window.player.speed, window.speeds.value) == (16, "16")
    press(window, Qt.Key.Key_Up)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    assert window.player.speed == 2
    window.speeds.findChildren(Button)[0].click()
    assert window.player.speed == 1


def test_a_click_pauses_and_changes_nothing_in_the_talk(reviewing: Reviewing, give: Give) -> None:
    window = reviewing.replay(give())
    before = at(window)
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(window.width() // 2, window.height() // 2))
    assert not window.player.playing
    assert at(window) == before
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(window.width() // 2, window.height() // 2))
    assert window.player.playing


def test_events_come_by_themselves(give: Give, reviewing: Reviewing, qtbot: QtBot) -> None:
    window = reviewing.replay(give((2.0, 2.0, 2.0, 2.0, 2.0), detour_at=-1), speed=16)
    qtbot.waitUntil(lambda: at(window) == "end", timeout=10_000)
    qtbot.waitUntil(lambda: not window.player.playing, timeout=10_000)
    press(window, Qt.Key.Key_Space)
    assert window.player.playing
    assert at(window) == "cake"


def test_a_deck_that_changed_is_played_and_said(reviewing: Reviewing, give: Give, given_deck: Path) -> None:
    talk = give()
    window = reviewing.replay(talk)
    assert not window.note.isVisible()
    text = given_deck.read_text(encoding="utf-8")
    given_deck.write_text(text.replace("## Icing {#icing minutes=3 optional=true}\n", ""), encoding="utf-8")
    window = reviewing.replay(talk)
    assert window.note.text() == "The deck has changed since: you see it as it is today."
    window.seek(1_000.0)
    window.seek(window.player.recording.seconds * 0.5)
    press(window, Qt.Key.Key_Right)
    assert at(window) in {"muffin", "chocolate", "end"}


def test_without_its_deck_a_talk_is_looked_back_on_but_not_played(
    reviewing: Reviewing, give: Give, given_deck: Path
) -> None:
    talk = give()
    given_deck.unlink()
    window = reviewing.show(talk)
    assert window.review.name("muffin").title == "Muffin"
    with pytest.raises(InputError, match="not where it was"):
        reviewing.replay(talk)
    press(window, Qt.Key.Key_R)
    notice = window.notices.notice
    assert notice is not None
    assert notice.kind == "error"


# ---------------------------------------------------------------------------------------------------- in the library


@pytest.fixture
def library(qapp: QApplication, qtbot: QtBot) -> Iterator[Library]:
    made = Library(qapp)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isVisible)
    yield made
    if made.reviewing.window is not None:
        made.reviewing.window.close()
    made.window.close()
    qapp.processEvents()


def key(library: Library, code: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(library.window.focusWidget() or library.window, code, held)


def test_talks_are_listed_and_opened_with_keys(library: Library, give: Give) -> None:
    give(started=1_394_802_480.0)
    give(rehearsal=True, started=1_394_902_480.0)
    key(library, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert library.window.shows_talks
    assert [talk.rehearsal for talk in library.window.talks.talks] == [True, False]
    key(library, Qt.Key.Key_Down)
    key(library, Qt.Key.Key_Return)
    window = library.reviewing.window
    assert window is not None
    assert not window.review.rehearsal
    window.list_asked.emit()
    key(library, Qt.Key.Key_Escape)
    assert not library.window.shows_talks


def test_a_talk_is_renamed_in_its_place(library: Library, give: Give, qtbot: QtBot) -> None:
    give()
    library.window.show_place("library.talks")
    key(library, Qt.Key.Key_F2)
    assert library.window.talks.editing
    editor = library.window.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "At the bakers")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [talk.title for talk in kept_talks()] == ["At the bakers"])
    assert [talk.title for talk in library.window.talks.talks] == ["At the bakers"]


def test_a_talk_is_deleted_from_the_list_at_the_second_press(library: Library, give: Give) -> None:
    give()
    library.window.show_place("library.talks")
    key(library, Qt.Key.Key_Delete)
    assert len(kept_talks()) == 1
    key(library, Qt.Key.Key_Delete)
    assert kept_talks() == ()
    assert library.window.talks.empty.isVisible()
    library.window.talks.empty.button.click()
    assert not library.window.shows_talks


def test_a_search_leads_back_to_the_decks(library: Library, give: Give) -> None:
    give()
    library.window.show_place("library.talks")
    library.window.search_field.setText("cake")
    assert not library.window.shows_talks
