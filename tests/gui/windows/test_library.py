"""The library, driven as a person does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from atelier.foundation.errors import InputError
from atelier.windows.controls import Button
from atelier.windows.library import LibraryWindow
from atelier.windows.tokens import DARK, LIGHT

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from tests.gui.windows.conftest import FakeThumbnails

    from atelier.windows.icons import Icons
    from atelier.windows.style import Appearance

Open = Callable[..., LibraryWindow]


@pytest.fixture
def chosen() -> list[Path]:
    return []


@pytest.fixture
def removed() -> list[Path]:
    return []


@pytest.fixture
def open_library(
    qtbot: QtBot,
    appearance: Appearance,
    icons: Icons,
    thumbnails: FakeThumbnails,
    chosen: list[Path],
    removed: list[Path],
) -> Open:
    def make(
        recent: list[Path],
        bundled: list[Path] | None = None,
        choose_file: Callable[[QWidget], Path | None] | None = None,
        width: int = 1440,
    ) -> LibraryWindow:
        window = LibraryWindow(
            appearance, icons, thumbnails, recent=recent, bundled=bundled or [], choose_file=choose_file
        )
        window.deck_chosen.connect(chosen.append)
        window.deck_removed.connect(removed.append)
        qtbot.addWidget(window)
        window.resize(width, 900)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: all(c.summary.frames or c.summary.missing for c in window.shelves.recent_grid.cards))
        return window

    return make


def press(window: LibraryWindow, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key, held)


def write(window: LibraryWindow, text: str) -> None:
    """Types into what has the focus; QTest itself knows no letter beyond ASCII."""
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
            QApplication.sendEvent(window.focusWidget(), event)


def titles(window: LibraryWindow) -> list[str]:
    return [card.summary.title for card in window.shelves.recent_grid.shown]


def current(window: LibraryWindow) -> str:
    summary = window.shelves.current
    return summary.title if summary else ""


def test_decks_say_what_they_are(open_library: Open, decks: list[Path]) -> None:
    window = open_library(decks)
    assert titles(window) == ["Le gâteau", "Droit d’auteur", "Module"]
    cake, law, module = (card.facts_line() for card in window.shelves.recent_grid.cards)
    assert cake == "3 frames · 7 min · changed today"
    assert law == "2 frames · changed yesterday"
    assert module.startswith("1 frame · changed on ")


def test_enter_presents_the_first_recent_deck_at_once(
    open_library: Open, decks: list[Path], chosen: list[Path]
) -> None:
    window = open_library(decks)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_F5)
    assert chosen == [decks[0], decks[0]]


def test_arrows_move_through_the_cards_of_both_shelves(
    open_library: Open, decks: list[Path], chosen: list[Path]
) -> None:
    window = open_library(decks[:2], decks[2:])
    press(window, Qt.Key.Key_Right)
    assert current(window) == "Droit d’auteur"
    press(window, Qt.Key.Key_Right)
    assert window.shelves.current_is_recent is False
    press(window, Qt.Key.Key_Up)
    assert current(window) == "Le gâteau"
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert chosen == [decks[2]]


def test_arrows_in_a_narrow_window_keep_the_column(open_library: Open, decks: list[Path]) -> None:
    window = open_library(decks, width=960)
    assert window.shelves.recent_grid.columns == 2
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Down)
    assert current(window) == "Module"
    press(window, Qt.Key.Key_Up)
    assert current(window) == "Le gâteau"


def test_up_from_the_first_row_leads_to_the_search_and_down_leads_back(open_library: Open, decks: list[Path]) -> None:
    window = open_library(decks)
    press(window, Qt.Key.Key_Up)
    assert window.search_field.hasFocus()
    press(window, Qt.Key.Key_Down)
    assert not window.search_field.hasFocus()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("gateau", ["Le gâteau"]),
        ("GÂTEAU creme", ["Le gâteau"]),
        ("zebre", ["Module"]),
        ("d'auteur", ["Droit d’auteur"]),
        ("citation élève", ["Droit d’auteur"]),
        ("e", ["Le gâteau", "Droit d’auteur", "Module"]),
    ],
)
def test_the_search_reads_titles_texts_and_notes(
    open_library: Open, decks: list[Path], words: str, found: list[str]
) -> None:
    window = open_library(decks)
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    write(window, words)
    assert titles(window) == found


def test_enter_in_the_search_presents_what_it_found(open_library: Open, decks: list[Path], chosen: list[Path]) -> None:
    window = open_library(decks)
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    write(window, "zèbre")
    press(window, Qt.Key.Key_Return)
    assert chosen == [decks[2]]


def test_escape_clears_the_search_and_goes_back_to_the_cards(open_library: Open, decks: list[Path]) -> None:
    window = open_library(decks)
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    write(window, "nothing has this")
    assert titles(window) == []
    assert window.shelves.empty.isVisible()
    assert "nothing has this" in window.shelves.empty.accessibleName()
    press(window, Qt.Key.Key_Escape)
    assert window.search_field.text() == ""
    assert len(titles(window)) == 3
    assert not window.shelves.empty.isVisible()
    assert not window.search_field.hasFocus()


def test_letters_typed_into_the_search_are_no_commands(
    open_library: Open, decks: list[Path], appearance: Appearance
) -> None:
    window = open_library(decks)
    window.search_field.setFocus()
    write(window, "ng?")
    assert window.search_field.text() == "ng?"
    assert appearance.tokens is LIGHT
    assert not window.key_sheet.is_open
    press(window, Qt.Key.Key_Delete)
    assert len(window.shelves.recent) == 3


def test_delete_takes_a_deck_out_of_the_recent_ones_and_keeps_the_file(
    open_library: Open, decks: list[Path], removed: list[Path]
) -> None:
    window = open_library(decks)
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Delete)
    assert removed == [decks[1]]
    assert titles(window) == ["Le gâteau", "Module"]
    assert current(window) == "Module"
    assert window.toast.isVisible()
    assert decks[1].exists()
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Delete)
    assert len(removed) == 3
    assert window.shelves.empty.isVisible()


def test_bundled_decks_are_not_removed(open_library: Open, decks: list[Path], removed: list[Path]) -> None:
    window = open_library([], decks[:1])
    assert window.shelves.empty.isVisible()
    press(window, Qt.Key.Key_Delete)
    assert removed == []
    assert len(window.shelves.bundled_grid.shown) == 1
    assert [row.text().split("\t")[0] for row in window.menu().actions()] == ["Present", "Export…", "Show the folder"]


def test_a_deck_that_is_gone_says_so_and_what_to_do(
    open_library: Open, decks: list[Path], chosen: list[Path], removed: list[Path]
) -> None:
    gone = decks[0].parent / "gone-away.md"
    window = open_library([gone, *decks])
    card = window.shelves.recent_grid.cards[0]
    assert card.summary.title == "Gone away"
    assert card.facts_line() == "Not found where it was"
    assert not card.present_button.isVisible()
    press(window, Qt.Key.Key_Return)
    assert chosen == []
    notice = window.notices.notice
    assert notice is not None
    assert str(gone) in notice.where
    assert window.notices.isVisible()
    button_named(window, "Remove from the recent ones").click()
    assert removed == [gone]
    assert not window.notices.isVisible()


def test_a_deck_deleted_while_the_library_is_open_is_noticed(
    open_library: Open, decks: list[Path], chosen: list[Path]
) -> None:
    window = open_library(decks)
    decks[0].unlink()
    press(window, Qt.Key.Key_Return)
    assert chosen == []
    assert window.shelves.recent_grid.cards[0].summary.missing


def button_named(window: QWidget, name: str) -> Button:
    return next(b for b in window.findChildren(Button) if b.accessibleName() == name and b.isVisible())


def drop(window: LibraryWindow, path: Path) -> bool:
    """Drops a file; returns whether it was let in."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(500, 400), Qt.DropAction.CopyAction, data, left, none)
    window.dragEnterEvent(enter)
    assert window.drop_hint.isVisible() == enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(500, 400), Qt.DropAction.CopyAction, data, left, none))
    return enter.isAccepted()


def test_a_file_or_a_folder_can_be_dropped(open_library: Open, decks: list[Path], chosen: list[Path]) -> None:
    window = open_library([])
    assert drop(window, decks[0])
    assert drop(window, decks[2])
    assert drop(window, decks[2] / "deck.md")
    assert chosen == [decks[0], decks[2], decks[2]]


def test_what_is_no_deck_is_refused_with_words(
    open_library: Open, decks: list[Path], chosen: list[Path], tmp_path: Path
) -> None:
    window = open_library(decks)
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"\x89PNG")
    drop(window, picture)
    notice = window.notices.notice
    assert notice is not None
    assert notice.kind == "error"
    assert notice.hint
    empty = tmp_path / "empty"
    empty.mkdir()
    drop(window, empty)
    assert chosen == []
    drop(window, decks[0])
    assert not window.notices.isVisible(), "what went right takes the notices away"


def test_text_dropped_from_elsewhere_is_not_let_in(open_library: Open, decks: list[Path]) -> None:
    window = open_library(decks)
    data = QMimeData()
    data.setText("hello")
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    window.dragEnterEvent(enter)
    assert not enter.isAccepted()


def test_open_asks_for_a_file(open_library: Open, decks: list[Path], chosen: list[Path]) -> None:
    answers: list[Path | None] = [decks[1], None]

    def answer(parent: QWidget) -> Path | None:
        del parent
        return answers.pop(0)

    window = open_library([], choose_file=answer)
    press(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    window.open_button.click()
    assert chosen == [decks[1]]
    assert answers == []


def test_double_click_and_the_button_on_a_card_present(
    open_library: Open, decks: list[Path], chosen: list[Path]
) -> None:
    window = open_library(decks)
    first, second, _third = window.shelves.recent_grid.cards
    assert first.present_button.isVisible()
    assert not second.present_button.isVisible()
    QTest.mouseClick(second, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert current(window) == "Droit d’auteur"
    assert chosen == []
    QTest.mouseClick(second.present_button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(first, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert chosen == [decks[1], decks[0]]


def test_the_scheme_switches_live_with_a_key_and_a_click(
    open_library: Open, decks: list[Path], appearance: Appearance
) -> None:
    window = open_library(decks)
    told: list[str] = []
    window.scheme_chosen.connect(told.append)
    press(window, Qt.Key.Key_N)
    assert appearance.tokens is DARK
    assert window.side_bar.scheme.value == "dark"
    assert window.grab().toImage().pixelColor(4, 300) == QColor(DARK.window)
    button_named(window.side_bar, "Colours, Light").click()
    assert appearance.tokens is LIGHT
    assert window.grab().toImage().pixelColor(4, 300) == QColor(LIGHT.window)
    assert told == ["dark", "light"]


def test_motion_is_switched_with_a_key_and_a_click(open_library: Open, decks: list[Path]) -> None:
    window = open_library(decks)
    told: list[str] = []
    window.motion_chosen.connect(told.append)
    press(window, Qt.Key.Key_G)
    button_named(window.side_bar, "Motion, Cuts").click()
    assert told == ["calm", "cuts"]
    assert window.side_bar.motion.value == "cuts"


def test_the_key_sheet_opens_and_closes(open_library: Open, decks: list[Path]) -> None:
    window = open_library(decks)
    press(window, Qt.Key.Key_F1)
    assert window.key_sheet.is_open
    press(window, Qt.Key.Key_F1)
    assert not window.key_sheet.is_open
    QTest.keyClicks(window.focusWidget(), "?")
    press(window, Qt.Key.Key_Escape)
    assert not window.key_sheet.is_open


def test_pictures_are_asked_for_and_shown(
    open_library: Open, decks: list[Path], thumbnails: FakeThumbnails, qtbot: QtBot
) -> None:
    window = open_library(decks, decks[:1])
    qtbot.waitUntil(lambda: {path for path, _size in thumbnails.asked} == set(decks))
    picture = QImage(thumbnails.asked[0][1], QImage.Format.Format_RGB32)
    picture.fill(QColor("#123456"))
    thumbnails.ready.emit(decks[0], picture)
    first, second, _third = window.shelves.recent_grid.cards
    assert first.has_picture
    assert window.shelves.bundled_grid.cards[0].has_picture
    assert not second.has_picture
    assert first.grab().toImage().pixelColor(60, 40) == QColor("#123456")


def test_a_deck_changed_meanwhile_is_read_and_drawn_again(
    open_library: Open, decks: list[Path], thumbnails: FakeThumbnails, qtbot: QtBot
) -> None:
    window = open_library(decks)
    qtbot.waitUntil(lambda: len(thumbnails.asked) == 3)
    decks[1].write_text("# Nouveau titre\n", encoding="utf-8")
    window.set_recent([decks[1], decks[0], decks[2]])
    qtbot.waitUntil(lambda: "Nouveau titre" in titles(window))
    assert [path for path, _size in thumbnails.asked].count(decks[1]) == 2


def test_an_error_of_the_application_is_shown(open_library: Open, decks: list[Path]) -> None:
    window = open_library(decks)
    window.show_error(InputError("This deck cannot be read.", "Choose another."))
    assert window.notices.isVisible()
    button_named(window.notices, "Close").click()
    assert not window.notices.isVisible()


@pytest.mark.parametrize("width", [960, 1200, 1440, 1920])
def test_cards_fill_the_width_and_nothing_is_cut(open_library: Open, decks: list[Path], width: int) -> None:
    window = open_library(decks, decks, width=width)
    for grid in (window.shelves.recent_grid, window.shelves.bundled_grid):
        edges = [card.geometry() for card in grid.cards]
        assert all(rect.left() >= 0 and rect.right() < grid.width() for rect in edges)
        assert all(not a.intersects(b) for i, a in enumerate(edges) for b in edges[:i])
        assert max(rect.bottom() for rect in edges) < grid.height()
    assert window.search_field.width() <= window.width() - 232 - 200


def test_every_control_has_a_name(open_library: Open, decks: list[Path]) -> None:
    window = open_library(decks)
    nameless = [
        type(w).__name__
        for w in window.findChildren(QWidget)
        if w.focusPolicy() != Qt.FocusPolicy.NoFocus and w.isVisible() and not w.accessibleName()
    ]
    assert nameless == []


def test_tab_stops_once_at_the_cards(open_library: Open, decks: list[Path]) -> None:
    window = open_library(decks)
    cards = window.shelves.recent_grid.cards
    by_tab = [c for c in cards if c.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus]
    assert [card.current for card in cards] == [True, False, False]
    assert by_tab == [cards[0]]
