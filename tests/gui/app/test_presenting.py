"""A presentation follows its file, remembers itself, and opens faster the second time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from atelier.app.appearance import SharedAppearance
from atelier.app.opening import open_stage
from atelier.app.placing import place
from atelier.app.presenting import Presentation
from atelier.foundation.errors import InputError, UsageError
from atelier.foundation.settings import cache_folder, load_settings
from atelier.windows.export.dialog import ExportDialog
from atelier.windows.publish.dialog import PublishDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

HALF_A_SECOND = 500
Open = Callable[..., Presentation]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text("# Talk\n\n## One\n\nwords\n\n## Two\n\nmore\n", encoding="utf-8")
    return file


@pytest.fixture
def open_deck(qtbot: QtBot, qapp: QApplication) -> Iterator[Open]:
    opened: list[Presentation] = []

    def present(file: Path, language: str = "") -> Presentation:
        presentation = open_stage(
            file, appearance=SharedAppearance(qapp), language=language, windowed=True, motion="cuts"
        )
        presentation.stage.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        opened.append(presentation)
        qtbot.waitUntil(lambda: not presentation.window.canvas.busy)
        return presentation

    yield present
    for presentation in opened:
        presentation.stage.close()


def test_the_canvas_follows_the_text_within_half_a_second(qtbot: QtBot, open_deck: Open, deck: Path) -> None:
    presentation = open_deck(deck)
    QTest.keyClick(presentation.window, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: not presentation.window.canvas.moving)
    deck.write_text("# Talk\n\n## Before\n\nnew\n\n## One\n\nwords\n\n## Two\n\nedited\n", encoding="utf-8")
    qtbot.waitUntil(lambda: len(presentation.scene.deck.frames) == 4, timeout=HALF_A_SECOND)
    place = presentation.scene.canvas.places[presentation.window.position.place]
    assert presentation.scene.deck.frames[place.frame].id == "two"


def test_a_deck_is_exported_as_long_as_no_talk_is_given(open_deck: Open, deck: Path) -> None:
    presentation = open_deck(deck)
    window, control = presentation.window, Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_E, control)
    (dialog,) = window.findChildren(ExportDialog)
    assert dialog.is_open
    assert dialog.window() is presentation.stage
    QTest.keyClick(window.window().focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.is_open
    QTest.keyClick(window, Qt.Key.Key_Right)
    assert presentation.talk.state.clock.started
    QTest.keyClick(window, Qt.Key.Key_E, control)
    assert not any(each.is_open for each in window.findChildren(ExportDialog))
    assert not window.aside.busy


def test_a_talk_that_a_remote_begins_puts_the_dialogs_away(open_deck: Open, deck: Path) -> None:
    presentation = open_deck(deck)
    window = presentation.window
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    (export,) = window.findChildren(ExportDialog)
    export.list.look_at("blog")
    export.publish_button.click()
    (publish,) = window.findChildren(PublishDialog)
    assert publish.is_open
    window.commands.run("stage.next")
    assert presentation.talk.state.clock.started
    assert not publish.is_open
    assert not export.is_open
    assert not window.aside.busy


def test_the_canvas_follows_a_file_that_is_put_in(qtbot: QtBot, open_deck: Open, deck: Path) -> None:
    case = deck.parent / "case.md"
    case.write_text("# Case\n\nwords\n", encoding="utf-8")
    deck.write_text("# Talk\n\n## One\n\n![[case]]\n\n![[later]]\n", encoding="utf-8")
    presentation = open_deck(deck)
    assert [frame.id for frame in presentation.scene.deck.frames] == ["talk", "one", "case"]
    case.write_text("# Case\n\nother words\n\n## More\n", encoding="utf-8")
    qtbot.waitUntil(lambda: len(presentation.scene.deck.frames) == 4, timeout=HALF_A_SECOND)
    (deck.parent / "later.md").write_text("# Later\n", encoding="utf-8")
    qtbot.waitUntil(lambda: len(presentation.scene.deck.frames) == 5, timeout=HALF_A_SECOND)


def test_a_picture_that_changes_is_drawn_again(qtbot: QtBot, open_deck: Open, deck: Path) -> None:
    def draw(colour: str) -> None:
        square = f'<rect width="10" height="10" fill="{colour}"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{square}</svg>'
        (deck.parent / "square.svg").write_text(svg, encoding="utf-8")

    def colour() -> QColor:
        image = presentation.window.grab().toImage()
        return image.pixelColor(image.width() // 2, image.height() // 2)

    draw("#0000ff")
    deck.write_text("# Talk\n\n## One\n\n![a square](square.svg)\n", encoding="utf-8")
    presentation = open_deck(deck)
    QTest.keyClick(presentation.window, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: colour() == QColor("#0000ff"))
    draw("#00ff00")
    qtbot.waitUntil(lambda: colour() == QColor("#00ff00"), timeout=2000)


def test_a_picture_saved_after_the_text_that_names_it_appears(qtbot: QtBot, open_deck: Open, deck: Path) -> None:
    deck.write_text("# Talk\n\n## One\n\n![a square](square%20one.svg)\n", encoding="utf-8")
    presentation = open_deck(deck)
    QTest.keyClick(presentation.window, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: not presentation.window.canvas.busy)
    square = '<rect width="10" height="10" fill="#00ff00"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{square}</svg>'
    (deck.parent / "square one.svg").write_text(svg, encoding="utf-8")

    def colour() -> QColor:
        image = presentation.window.grab().toImage()
        return image.pixelColor(image.width() // 2, image.height() // 2)

    qtbot.waitUntil(lambda: colour() == QColor("#00ff00"), timeout=2000)


def test_a_text_that_cannot_be_read_leaves_the_last_one_on_screen(qtbot: QtBot, open_deck: Open, deck: Path) -> None:
    presentation = open_deck(deck)
    deck.write_bytes(b"\0\0\0\0")
    qtbot.wait(HALF_A_SECOND)
    assert len(presentation.scene.deck.frames) == 3
    deck.write_text("# Talk\n\n## One\n", encoding="utf-8")
    qtbot.waitUntil(lambda: len(presentation.scene.deck.frames) == 2)


def test_what_was_opened_is_remembered(qtbot: QtBot, open_deck: Open, deck: Path) -> None:
    open_deck(deck)
    qtbot.waitUntil(lambda: bool(load_settings().recent), timeout=5000)
    recent = load_settings().recent[0]
    assert (recent.path, recent.title, recent.frames) == (deck, "Talk", 3)


def first_pictures() -> list[Path]:
    return list((cache_folder() / "first").glob("*.bmp"))


def mark(picture: Path) -> None:
    """Puts another valid picture of the same size in the place of a kept one."""
    image = QImage(str(picture))
    image.fill(QColor("#FF00FF"))
    image.save(str(picture))


def test_the_first_picture_is_kept_whole_and_shown_the_next_time(qtbot: QtBot, open_deck: Open, deck: Path) -> None:
    first = open_deck(deck)
    size = first.window.canvas.view_size
    qtbot.waitUntil(lambda: len(first_pictures()) == 1, timeout=5000)
    (kept,) = first_pictures()
    image = QImage(str(kept))
    assert (image.width(), image.height()) == (int(size.width), int(size.height))
    first.stage.close()
    mark(kept)
    assert open_deck(deck).window.grab().toImage().pixelColor(50, 50) == QColor("#FF00FF")


def test_a_kept_picture_of_another_text_is_not_shown(qtbot: QtBot, open_deck: Open, deck: Path) -> None:
    open_deck(deck)
    qtbot.waitUntil(lambda: len(first_pictures()) == 1, timeout=5000)
    mark(first_pictures()[0])
    deck.write_text("# Other\n", encoding="utf-8")
    assert open_deck(deck).window.grab().toImage().pixelColor(50, 50) != QColor("#FF00FF")


def test_a_kept_picture_of_another_language_is_not_shown(qtbot: QtBot, open_deck: Open, deck: Path) -> None:
    deck.write_text(
        "---\nlang: fr\n---\n# Talk\n\n/// only | lang=en\nhello\n///\n/// only | lang=fr\nbonjour\n///\n",
        encoding="utf-8",
    )
    seen = open_deck(deck, "en")
    assert seen.scene.language == "en"
    qtbot.waitUntil(lambda: len(first_pictures()) == 1, timeout=5000)
    english = QImage(str(first_pictures()[0]))
    seen.stage.close()
    mark(first_pictures()[0])
    french = open_deck(deck)
    assert french.scene.language == "fr"
    picture = french.window.grab().toImage()
    assert picture.pixelColor(50, 50) != QColor("#FF00FF")
    assert picture.convertToFormat(english.format()) != english
    again = open_deck(deck, "en")
    deck.write_text(deck.read_text(encoding="utf-8") + "\n## New\n", encoding="utf-8")
    qtbot.waitUntil(lambda: len(again.scene.deck.frames) == 2, timeout=5000)
    assert again.scene.language == "en"


def test_a_kept_picture_of_a_changed_drawing_is_not_shown(qtbot: QtBot, open_deck: Open, deck: Path) -> None:
    drawing = deck.parent / "square.svg"
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect id="slot1" width="5" height="5"/></svg>'
    drawing.write_text(square, encoding="utf-8")
    deck.write_text("# Talk {map=square.svg}\n\n## One\n", encoding="utf-8")
    open_deck(deck).stage.setObjectName("first")
    qtbot.waitUntil(lambda: len(first_pictures()) == 1, timeout=5000)
    mark(first_pictures()[0])
    drawing.write_text(square + "<!-- changed -->", encoding="utf-8")
    assert open_deck(deck).window.grab().toImage().pixelColor(50, 50) != QColor("#FF00FF")


def test_a_theme_beside_the_deck_is_followed(qtbot: QtBot, open_deck: Open, deck: Path) -> None:
    theme = deck.parent / "mine.toml"
    theme.write_text('[colours]\ncard = "#FFF9F0"\n', encoding="utf-8")
    deck.write_text("---\ntheme: mine.toml\n---\n# Talk\n\n## One\n\nwords\n", encoding="utf-8")
    presentation = open_deck(deck)
    theme.write_text('[colours]\ncard = "#112233"\n', encoding="utf-8")
    qtbot.waitUntil(lambda: presentation.scene.theme.colours.card == "#112233", timeout=2000)


def test_what_is_wrong_is_said_on_stderr_once(
    qtbot: QtBot, open_deck: Open, deck: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deck.write_text("# Talk\n\n## One {#one}\n\n![x](missing.png)\n\n## Two {#one}\n", encoding="utf-8")
    presentation = open_deck(deck)
    QTest.keyClick(presentation.window, Qt.Key.Key_Space)
    said = ""

    def heard() -> bool:
        nonlocal said
        said += capsys.readouterr().err
        return "picture-missing" in said and "duplicate-id" in said

    qtbot.waitUntil(heard, timeout=5000)
    assert said.count("picture-missing") == 1
    assert f"{deck}:5" in said


def test_the_stage_needs_nothing_of_the_program() -> None:
    code = "import sys, atelier.app.opening; print([m for m in sys.modules if m.startswith('atelier.')])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not [name for name in ("deck", "markup", "canvas", "typeset") if f"atelier.{name}" in out]


def test_an_unwritable_home_keeps_nobody_from_presenting(
    qtbot: QtBot, open_deck: Open, deck: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("ATELIER_HOME", str(blocked / "inside"))
    presentation = open_deck(deck)
    qtbot.wait(1800)
    assert presentation.window.isVisible()


def test_wrong_names_are_said_at_once(qapp: QApplication, deck: Path) -> None:
    appearance = SharedAppearance(qapp)
    with pytest.raises(UsageError, match="no path"):
        open_stage(deck, path="nothing", appearance=appearance)
    with pytest.raises(UsageError, match="no frame"):
        open_stage(deck, start="nothing", appearance=appearance)
    with pytest.raises(UsageError, match="no language"):
        open_stage(deck, language="fr", appearance=appearance)
    with pytest.raises(InputError):
        open_stage(deck.with_name("missing.md"), appearance=appearance)


def test_frames_move_as_the_canvas_beside_the_text_is_saved(qtbot: QtBot, open_deck: Open, deck: Path) -> None:
    presentation = open_deck(deck)
    before = presentation.scene.canvas.places[2].transform
    place(deck)
    file = deck.with_suffix(".canvas")
    data = json.loads(file.read_text(encoding="utf-8"))
    data["nodes"][-1]["x"] += 900
    file.write_text(json.dumps(data), encoding="utf-8")
    qtbot.waitUntil(lambda: presentation.scene.canvas.places[2].transform != before, timeout=2000)
    assert presentation.scene.canvas.places[2].transform.x == pytest.approx(before.x + 100, abs=1)
    file.unlink()
    qtbot.waitUntil(lambda: presentation.scene.canvas.places[2].transform == before, timeout=2000)


def test_a_canvas_that_somebody_drew_is_presented(qtbot: QtBot, open_deck: Open, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# Note\n\nold\n", encoding="utf-8")
    boxes = [{"x": 500 * n, "y": 0, "width": 400, "height": 300} for n in range(3)]
    shows = [{"type": "text", "text": "one"}, {"type": "text", "text": "two"}, {"type": "file", "file": "note.md"}]
    nodes = [{"id": str(n)} | show | box for n, (show, box) in enumerate(zip(shows, boxes, strict=True))]
    file = tmp_path / "drawn.canvas"
    file.write_text(json.dumps({"nodes": nodes, "edges": []}), encoding="utf-8")
    presentation = open_deck(file)
    titles: list[str] = []
    for _stop in range(4):
        frame = presentation.scene.canvas.places[presentation.window.position.place].frame
        titles.append(presentation.scene.deck.frames[frame].title)
        QTest.keyClick(presentation.window, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: not presentation.window.canvas.moving)
    assert titles == ["drawn", "one", "two", "Note"]
    (tmp_path / "note.md").write_text("# Note\n\nnew\n", encoding="utf-8")
    qtbot.waitUntil(lambda: presentation.scene.deck.frames[3].source == "new", timeout=2000)
