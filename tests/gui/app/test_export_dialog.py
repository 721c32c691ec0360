"""The export dialog as a person uses it: over the library, by keys and by mouse, with the real program behind it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from atelier.app.appearance import SharedAppearance
from atelier.app.export_dialog import Exporting
from atelier.app.library import Library
from atelier.foundation.export_choices import load_choices
from atelier.foundation.settings import Settings, save_settings
from atelier.windows.controls import Button
from atelier.windows.icons import Icons
from atelier.windows.tokens import DARK, LIGHT, Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from atelier.windows.export.dialog import ExportDialog

PATIENCE = 30_000
"""Milliseconds: the machine may be busy."""
DECK = """---
lang: fr
paths:
  short: {minutes: 5, stops: [bread, flour]}
---

# Bread {#bread}

## Flour {#flour}

- rye

/// notes
Everything begins with the grain.
///

## Rising {#rising lang=en}

It takes *Nobody*{.private} hours.
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "decks" / "bread.md"
    file.parent.mkdir()
    file.write_text(DECK, encoding="utf-8")
    return file


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def library(qapp: QApplication, qtbot: QtBot, deck: Path) -> Iterator[Library]:
    save_settings(Settings().with_opened(deck, "Bread", 3))
    made = Library(qapp)
    made.window.resize(1100, 760)
    made.window.show()
    qtbot.waitExposed(made.window)
    made.window.shelves.focus_current()
    yield made
    made.exporting.close()
    made.window.close()
    qapp.processEvents()


def opened(library: Library, out: Path) -> ExportDialog:
    """The dialog after Ctrl+E, which writes to `out`."""
    QTest.keyClick(library.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = library.exporting.dialog
    assert dialog is not None
    dialog.set_folder(out)
    return dialog


def choose(dialog: ExportDialog, *ids: str) -> None:
    """Ticks these alone, by clicks on the boxes."""
    for row in dialog.list.rows:
        if row.isChecked() != (row.offer.id in ids):
            tick(dialog, row.offer.id)


def press(dialog: ExportDialog, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = dialog.window().focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def tick(dialog: ExportDialog, id_: str) -> None:
    """A click on the box of an offer."""
    row = next(row for row in dialog.list.rows if row.offer.id == id_)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(16, row.height() // 2))


def look_at(dialog: ExportDialog, id_: str) -> None:
    row = next(row for row in dialog.list.rows if row.offer.id == id_)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(120, row.height() // 2))


def buttons(widget: QWidget) -> dict[str, Button]:
    return {button.text().strip(): button for button in widget.findChildren(Button) if button.isVisible()}


def names(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_two_formats_are_made_and_can_be_opened(
    library: Library, qtbot: QtBot, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []
    monkeypatch.setattr("atelier.app.written_files.open_path", seen.append)
    dialog = opened(library, out)
    assert len(dialog.list.chosen) == 1
    choose(dialog, "pdf", "png")
    assert dialog.export_button.text().strip() == "Export 2 formats"
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert dialog.working
    qtbot.waitUntil(lambda: library.exporting.dialog is None, timeout=PATIENCE)
    assert names(out) == ["01-bread.png", "02-flour.png", "03-rising.png", "bread.pdf"]
    toast = library.exporting.toast
    assert toast is not None
    buttons(toast)["Open"].click()
    assert seen == [out / "bread.pdf"]


def test_keys_alone_are_enough(library: Library, qtbot: QtBot, out: Path) -> None:
    dialog = opened(library, out)
    press(dialog, Qt.Key.Key_Space)
    assert not dialog.export_button.isEnabled()
    while dialog.list.current.offer.id != "png":
        press(dialog, Qt.Key.Key_Down)
    press(dialog, Qt.Key.Key_Space)
    reached: list[QWidget | None] = []
    for _step in range(12):
        press(dialog, Qt.Key.Key_Tab)
        reached.append(dialog.window().focusWidget())
    form = dialog.form
    assert form is not None
    for control in (form.lists["path"], form.lists["size"], form.boxes["canvas"], dialog.folder_button):
        assert control in reached
    assert dialog.list.current in reached  # and round again
    form.boxes["canvas"].setFocus()
    press(dialog, Qt.Key.Key_Space)
    form.lists["size"].setFocus()
    press(dialog, Qt.Key.Key_Down)
    dialog.list.current.setFocus()
    press(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.exporting.dialog is None, timeout=PATIENCE)
    assert names(out) == ["bread-canvas.png"]


def test_escape_closes_it_and_what_was_chosen_is_there_the_next_time(library: Library, deck: Path, out: Path) -> None:
    dialog = opened(library, out)
    choose(dialog, "pdf", "blog")
    look_at(dialog, "blog")
    assert dialog.form is not None
    kinds = dialog.form.lists["to"]
    kinds.setFocus()
    QTest.keyClick(kinds, Qt.Key.Key_Down)
    paths = dialog.form.lists["path"]
    paths.setFocus()
    QTest.keyClick(paths, Qt.Key.Key_Down)
    press(dialog, Qt.Key.Key_Escape)
    assert library.exporting.dialog is None
    assert load_choices(deck).folder == str(out)
    again = opened(library, out)
    assert again.list.chosen == ("pdf", "blog")
    look_at(again, "blog")
    assert again.form is not None
    assert (again.form.lists["to"].value, again.form.lists["path"].value) == ("hugo", "short")
    look_at(again, "pdf")  # a path is chosen for all there is
    assert again.form.lists["path"].value == "short"


def test_the_first_page_is_painted_and_nothing_private_is_read(library: Library, qtbot: QtBot, out: Path) -> None:
    dialog = opened(library, out)
    look_at(dialog, "pdf")
    before = dialog.preview.grab().toImage()
    qtbot.waitUntil(lambda: dialog.preview.grab().toImage() != before, timeout=PATIENCE)
    look_at(dialog, "blog")
    qtbot.waitUntil(lambda: dialog.page.article is not None, timeout=PATIENCE)
    article = dialog.page.article
    assert article is not None
    assert article.title == "Bread"
    assert ("text", "Everything begins with the grain.") in article.parts
    assert "Nobody" not in str(article.parts)


def test_what_stays_is_said_before_anything_is_made(library: Library, qtbot: QtBot, out: Path) -> None:
    dialog = opened(library, out)
    qtbot.waitUntil(dialog.stays.isVisible, timeout=PATIENCE)
    assert dialog.stays.words.accessibleName() == "1 private passage stays here"
    QTest.mouseClick(dialog.stays.button, Qt.MouseButton.LeftButton)
    assert dialog.report.isVisible()
    assert dialog.report.lines.toPlainText().endswith("bread.md:19: private words “Nobody”")
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.report.isVisible()
    assert dialog.is_open


def test_who_cancels_finds_what_was_there(library: Library, qtbot: QtBot, deck: Path, out: Path) -> None:
    frames = "".join(f"## Frame {n}\n\nSome *words* of number {n}.\n\n" for n in range(300))
    deck.write_text(f"# Long\n\n{frames}", encoding="utf-8")
    dialog = opened(library, out)
    choose(dialog, "pdf")
    dialog.export_button.click()
    qtbot.waitUntil(lambda: "301" in dialog.work.words.text(), timeout=PATIENCE)
    assert dialog.work.words.text().startswith("PDF: ")
    assert dialog.work.bar.value() > 0
    assert dialog.window().focusWidget() is dialog.work.cancel_button
    press(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.working, timeout=PATIENCE)
    assert library.exporting.dialog is dialog
    assert names(out) == []


def test_what_went_wrong_is_said_in_the_dialog(library: Library, qtbot: QtBot, out: Path) -> None:
    out.write_text("a file, no folder")
    dialog = opened(library, out)
    dialog.export_button.click()
    qtbot.waitUntil(lambda: dialog.notices.notice is not None, timeout=PATIENCE)
    notice = dialog.notices.notice
    assert notice is not None
    assert (notice.kind, notice.where) == ("error", str(out))
    assert notice.message
    assert notice.hint
    assert not dialog.working
    assert out.read_text() == "a file, no folder"


@pytest.mark.parametrize(
    ("answer", "left"),
    [("Keep mine", ["bread.md"]), ("Take the new one", ["bread.md"]), ("Put it beside", ["bread.md", "bread.new.md"])],
)
def test_a_draft_that_both_changed_is_asked_about(
    library: Library, qtbot: QtBot, deck: Path, out: Path, answer: str, left: list[str]
) -> None:
    dialog = opened(library, out)
    choose(dialog, "blog")
    dialog.export_button.click()
    qtbot.waitUntil(lambda: library.exporting.dialog is None, timeout=PATIENCE)
    file = out / "bread.md"
    mine = file.read_text(encoding="utf-8").replace("with the grain", "with me")
    file.write_text(mine, encoding="utf-8")
    deck.write_text(DECK.replace("with the grain", "with water"), encoding="utf-8")
    dialog = opened(library, out)
    dialog.export_button.click()
    qtbot.waitUntil(dialog.question.isVisible, timeout=PATIENCE)
    assert "with me" in dialog.question.difference.toPlainText()
    buttons(dialog.question)[answer].click()
    qtbot.waitUntil(lambda: library.exporting.dialog is None, timeout=PATIENCE)
    assert names(out) == left
    assert (file.read_text(encoding="utf-8") == mine) is (answer != "Take the new one")


def test_a_question_can_be_left_by_escape(library: Library, qtbot: QtBot, out: Path) -> None:
    out.mkdir()
    (out / "bread.md").write_text("Mine alone.")
    dialog = opened(library, out)
    choose(dialog, "blog")
    dialog.export_button.click()
    qtbot.waitUntil(dialog.question.isVisible, timeout=PATIENCE)
    press(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.working, timeout=PATIENCE)
    assert not dialog.question.isVisible()
    assert (out / "bread.md").read_text() == "Mine alone."


def test_what_is_missing_for_a_film_is_said_where_it_would_be_seen(
    library: Library, qtbot: QtBot, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    dialog = opened(library, out)
    choose(dialog, "video")
    assert dialog.list.chosen == ()
    assert not dialog.export_button.isEnabled()
    look_at(dialog, "video")
    assert 'pip install "atelier[video]"' in dialog.lack.accessibleName()
    qtbot.waitUntil(lambda: dialog.page.article is not None, timeout=PATIENCE)
    assert dialog.lack.isVisible()
    assert not dialog.page.isVisible()
    assert not dialog.preview.isVisible()
    look_at(dialog, "pdf")
    assert dialog.preview.isVisible()
    assert not dialog.lack.isVisible()


def test_a_film_is_made(library: Library, qtbot: QtBot, out: Path) -> None:
    dialog = opened(library, out)
    choose(dialog, "video")
    look_at(dialog, "video")
    assert dialog.form is not None
    dialog.form.lists["motion"].setCurrentIndex(2)
    dialog.form.lists["size"].setCurrentIndex(1)
    press(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.exporting.dialog is None, timeout=PATIENCE)
    assert names(out) == ["bread.mp4"]


def test_a_folder_is_chosen(qapp: QApplication, qtbot: QtBot, deck: Path, out: Path, library: Library) -> None:
    asked: list[Path] = []

    def choose(_parent: QWidget, folder: Path) -> str:
        asked.append(folder)
        return str(out)

    appearance = SharedAppearance(qapp).get()
    exporting = Exporting(library.window, appearance, Icons(appearance), choose_folder=choose)
    dialog = exporting.open(deck)
    QTest.mouseClick(dialog.folder_button, Qt.MouseButton.LeftButton)
    assert asked[0].name == "bread"
    assert dialog.folder == out
    dialog.close_panel()


def test_a_deck_that_cannot_be_read_is_a_notice_of_the_library(library: Library, deck: Path) -> None:
    deck.unlink()
    QTest.keyClick(library.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert library.exporting.dialog is None
    assert library.window.notices.notice is not None


def test_the_button_of_a_card_and_a_click_outside(library: Library, deck: Path) -> None:
    card = next(card for card in library.window.shelves.recent_grid.cards if card.summary.path == deck)
    QTest.mouseClick(card.export_button, Qt.MouseButton.LeftButton)
    dialog = library.exporting.dialog
    assert dialog is not None
    QTest.mouseClick(dialog, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert library.exporting.dialog is None


def test_it_follows_the_colours_of_the_windows(library: Library, out: Path) -> None:
    library.window.side_bar.scheme_chosen.emit(Scheme.LIGHT.value)
    dialog = opened(library, out)
    assert dialog.tokens is LIGHT
    library.window.side_bar.scheme_chosen.emit(Scheme.DARK.value)
    assert dialog.tokens is DARK


@pytest.mark.parametrize("size", [(960, 640), (1440, 900)], ids=str)
def test_nothing_is_cut_off(library: Library, qtbot: QtBot, out: Path, size: tuple[int, int]) -> None:
    library.window.resize(*size)
    dialog = opened(library, out)
    for row in dialog.list.rows:
        dialog.list.look_at(row.offer.id)
        qtbot.wait(1)
        assert dialog.form is not None
        controls = [*dialog.form.lists.values(), *dialog.form.boxes.values(), dialog.export_button]
        for control in controls:
            corner = control.mapTo(dialog, QPoint(0, 0))
            assert dialog.inner.contains(control.rect().translated(corner)), (row.offer.id, control.accessibleName())
        for box in dialog.form.boxes.values():
            assert box.width() >= box.sizeHint().width() - 8
