"""A talk written up from the windows: right after it has ended, from the list, from its review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from atelier.app.appearance import SharedAppearance
from atelier.app.library import Library
from atelier.app.reviewing import Reviewing
from atelier.foundation.export_choices import load_choices
from atelier.foundation.translation import set_language
from atelier.windows.controls import Button

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot
    from tests.gui.conftest import Give

    from atelier.talk.kept import KeptTalk
    from atelier.windows.review.window import ReviewWindow

PATIENCE = 30_000
"""Milliseconds: the machine may be busy."""


@pytest.fixture
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("out")


@pytest.fixture
def look_back(qapp: QApplication, qtbot: QtBot, out: Path) -> Iterator[Callable[[KeptTalk], ReviewWindow]]:
    reviewing = Reviewing(SharedAppearance(qapp), choose_folder=lambda _parent, _folder: str(out))

    def show(talk: KeptTalk) -> ReviewWindow:
        window = reviewing.show(talk)
        qtbot.waitExposed(window)
        QTest.mouseClick(window.write_up.folder_button, Qt.MouseButton.LeftButton)
        return window

    yield show
    if reviewing.window is not None:
        reviewing.window.close()
    qapp.processEvents()


@pytest.fixture
def library(qapp: QApplication, qtbot: QtBot) -> Iterator[Library]:
    made = Library(qapp)
    made.window.show()
    qtbot.waitExposed(made.window)
    yield made
    if made.reviewing.window is not None:
        made.reviewing.window.close()
    made.window.close()
    qapp.processEvents()


def buttons(widget: QWidget) -> dict[str, Button]:
    return {button.text().strip(): button for button in widget.findChildren(Button) if button.isVisible()}


def headings(file: Path) -> list[str]:
    return [line.lstrip("# ") for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("##")]


def with_notes(deck: Path) -> None:
    text = deck.read_text(encoding="utf-8")
    for title in ("Muffin", "Icing", "Chocolate cake", "The end", "A case"):
        start = text.index(f"## {title}")
        end = text.index("\n", start) + 1
        text = f"{text[:end]}\n/// notes\nOf {title.lower()}.\n///\n{text[end:]}"
    deck.write_text(text, encoding="utf-8")


def test_the_article_is_previewed_and_written(
    look_back: Callable[[KeptTalk], ReviewWindow], give: Give, given_deck: Path, qtbot: QtBot, out: Path
) -> None:
    with_notes(given_deck)
    window = look_back(give())
    panel = window.write_up
    qtbot.waitUntil(lambda: panel.page.article is not None, timeout=PATIENCE)
    shown = panel.page.article
    assert shown is not None
    assert shown.title == "Three ways"
    assert next(words for kind, words in shown.parts if kind == "text") == "Of muffin."
    QTest.keyClick(window, Qt.Key.Key_W)
    assert window.focusWidget() is panel.write_button
    QTest.keyClick(panel.write_button, Qt.Key.Key_Return)
    qtbot.waitUntil(window.toast.isVisible, timeout=PATIENCE)
    assert set(buttons(window.toast)) == {"Open", "Folder"}
    assert sorted(file.name for file in out.iterdir()) == ["three-ways", "three-ways.md"]  # the ink is in its folder
    assert "A case" in headings(out / "three-ways.md")  # the detour


def test_what_is_chosen_counts_and_is_kept(
    look_back: Callable[[KeptTalk], ReviewWindow], give: Give, given_deck: Path, qtbot: QtBot, out: Path
) -> None:
    with_notes(given_deck)
    window = look_back(give())
    panel = window.write_up
    qtbot.waitUntil(lambda: panel.page.article is not None, timeout=PATIENCE)
    before = panel.page.article
    box = panel.boxes["order"]
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(10, box.height() // 2))
    qtbot.waitUntil(lambda: panel.page.article != before, timeout=PATIENCE)
    panel.kind.setFocus()
    QTest.keyClick(panel.kind, Qt.Key.Key_Down)
    panel.write_button.click()
    qtbot.waitUntil(window.toast.isVisible, timeout=PATIENCE)
    (written,) = out.rglob("*.md")
    assert written.name == "index.md"
    assert headings(written) == ["Muffin", "Icing", "Chocolate cake", "The end"]
    window.close()
    again = look_back(give(started=1_394_902_480.0)).write_up
    assert (again.boxes["order"].isChecked(), again.boxes["ink"].isChecked(), again.kind.value) == (False, True, "hugo")
    assert load_choices(given_deck).folder == str(out)


def test_a_deck_that_is_gone_is_said(
    look_back: Callable[[KeptTalk], ReviewWindow], give: Give, given_deck: Path, qtbot: QtBot
) -> None:
    talk = give()
    given_deck.unlink()
    window = look_back(talk)
    window.write_up.write_button.click()
    qtbot.waitUntil(lambda: window.notices.notice is not None, timeout=PATIENCE)
    notice = window.notices.notice
    assert notice is not None
    assert str(given_deck) in notice.message
    assert window.write_up.write_button.isVisible()


@pytest.mark.parametrize(("answer", "kept"), [("Keep mine", True), ("Take the new one", False)])
def test_what_its_author_changed_is_asked_about(
    look_back: Callable[[KeptTalk], ReviewWindow], give: Give, given_deck: Path, qtbot: QtBot, out: Path, answer: str,
    *, kept: bool,
) -> None:  # fmt: skip
    with_notes(given_deck)
    (out / "three-ways.md").write_text("Mine alone.", encoding="utf-8")
    window = look_back(give())
    window.write_up.write_button.click()
    question = window.write_up.question
    qtbot.waitUntil(question.isVisible, timeout=PATIENCE)
    buttons(question)[answer].click()
    qtbot.waitUntil(window.toast.isVisible, timeout=PATIENCE)
    assert ((out / "three-ways.md").read_text(encoding="utf-8") == "Mine alone.") is kept


def test_a_talk_that_has_ended_is_one_click_from_its_article(library: Library, given_deck: Path, qtbot: QtBot) -> None:
    library.window.deck_chosen.emit(given_deck)
    presentation = library.presentation
    assert presentation is not None
    qtbot.waitUntil(lambda: not presentation.window.canvas.busy, timeout=PATIENCE)
    QTest.keyClick(presentation.window, Qt.Key.Key_Right)
    presentation.stage.close()
    qtbot.waitUntil(library.window.isVisible, timeout=PATIENCE)
    buttons(library.window.notices)["Write it up"].click()
    window = library.reviewing.window
    assert window is not None
    qtbot.waitExposed(window)
    assert window.focusWidget() is window.write_up.write_button
    assert window.talk.title == "Three ways"


def test_a_deck_that_was_merely_looked_at_is_no_talk(library: Library, given_deck: Path, qtbot: QtBot) -> None:
    library.window.deck_chosen.emit(given_deck)
    presentation = library.presentation
    assert presentation is not None
    presentation.stage.close()
    qtbot.waitUntil(library.window.isVisible, timeout=PATIENCE)
    assert library.window.notices.notice is None


def test_a_talk_is_written_up_from_the_list(library: Library, give: Give, qtbot: QtBot) -> None:
    talk = give()
    library.window.show_place("library.talks")
    QTest.keyClick(library.window, Qt.Key.Key_W)
    window = library.reviewing.window
    assert window is not None
    qtbot.waitExposed(window)
    assert window.talk.file == talk.file
    assert window.focusWidget() is window.write_up.write_button


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(960, 640), (1200, 760), (1440, 900)], ids=str)
def test_the_panel_leaves_the_chart_its_room(
    look_back: Callable[[KeptTalk], ReviewWindow], give: Give, qtbot: QtBot, size: tuple[int, int], language: str
) -> None:
    set_language(language)
    window = look_back(give())
    window.resize(*size)
    qtbot.waitUntil(window.write_up.stays.isVisible, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.size().toTuple() == size, timeout=PATIENCE)
    panel = window.write_up

    def fits() -> bool:
        buttons = (panel.write_button, panel.publish_button)
        controls = (*panel.boxes.values(), panel.kind, panel.folder_button, panel.stays, *buttons)
        placed = [control.rect().translated(control.mapTo(panel, QPoint(0, 0))) for control in controls]
        chart = window.chart
        around = chart.parentWidget()
        assert around is not None
        whole = chart.height() >= chart.minimumHeight() and around.rect().contains(chart.geometry())
        readable = all(button.width() >= button.sizeHint().width() for button in buttons)
        return whole and readable and all(panel.rect().contains(box) for box in placed)

    qtbot.waitUntil(fits, timeout=PATIENCE)
