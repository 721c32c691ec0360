"""Films and sounds played in the audience window, for real: what the pixels of their boxes show."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtMultimedia import QMediaPlayer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from tests.gui.stage.recording import colour_of, record_film, write_sound

from atelier.canvas.camera import device, relative
from atelier.canvas.faces import Face
from atelier.canvas.flight import Profile
from atelier.deck.loading import load
from atelier.render.scene import build_scene
from atelier.talk.playback import Playback, PlaybackState
from atelier.typeset.display import MediaItem
from atelier.windows.audience import AudienceWindow
from atelier.windows.multimedia import player_class
from atelier.windows.notice import Toast

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from atelier.foundation.geometry import Point

Present = Callable[..., AudienceWindow]
Press = Callable[..., None]
SHIFT = Qt.KeyboardModifier.ShiftModifier
PATIENCE = 20_000
POSTER = QColor("#C01818")
TEXT = """
# Films

## Film {#film}

![Blue, then yellow](film.mp4){poster=poster.png}

## Part {#part}

![From half a second on](film.mp4){poster=poster.png start=0.5 end=0:00.9}

## Two {#two}

![One](film.mp4){poster=poster.png end=0:00.3}

![Another](other.mp4){poster=poster.png}

## Sound {#sound}

![A tone](tone.wav)

## Broken {#broken}

![Broken off](broken.mp4){poster=poster.png}

![Gone](gone.mp4){poster=poster.png}

## Words {#words}

No film here.
"""


@pytest.fixture(scope="session")
def films(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("films")
    record_film(folder / "film.mp4", 6.0)
    record_film(folder / "other.mp4", 1.5)
    write_sound(folder / "tone.wav", 1.5)
    whole = (folder / "film.mp4").read_bytes()
    (folder / "broken.mp4").write_bytes(whole[: len(whole) // 2])
    poster = QImage(320, 180, QImage.Format.Format_RGB32)
    poster.fill(POSTER)
    poster.save(str(folder / "poster.png"))
    (folder / "deck.md").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def talk(films: Path, present: Present, qtbot: QtBot) -> Callable[..., AudienceWindow]:
    """The deck of films, at one of its frames."""

    def open_at(frame: str, profile: Profile = Profile.CUTS) -> AudienceWindow:
        window = present(films / "deck.md", profile=profile)
        go_to(window, frame, qtbot)
        return window

    return open_at


def go_to(window: AudienceWindow, frame: str, qtbot: QtBot) -> None:
    found = window.scene.deck.frame(frame)
    assert found is not None
    window.canvas.link_clicked.emit(f"#{frame}")
    qtbot.waitUntil(lambda: not window.canvas.moving and not window.canvas.busy, timeout=PATIENCE)


def boxes(window: AudienceWindow) -> list[MediaItem]:
    place = window.position.place
    items = window.scene.typesetter.face(place, Face.CONTENT, window.position.page).items
    return [item for item in items if isinstance(item, MediaItem)]


def at(window: AudienceWindow, item: MediaItem, x: float = 0.25, y: float = 0.25) -> QPoint:
    """Where a point of a box, as shares of its size, lies in the window."""
    view = window.canvas.view
    to_view = device(view.camera, view.size).after(
        relative(window.scene.canvas, window.position.place, view.camera.anchor)
    )
    box = item.bounds
    spot: Point = to_view.map(type(box.centre)(box.x + box.width * x, box.y + box.height * y))
    return QPoint(round(spot.x), round(spot.y))


def shown(window: AudienceWindow, item: MediaItem, x: float = 0.25, y: float = 0.25) -> QColor:
    return window.canvas.grab().toImage().pixelColor(at(window, item, x, y))


def near(one: QColor, other: QColor) -> bool:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) < 40 for a, b in pairs)


def shows(window: AudienceWindow, number: int, colour: QColor) -> Callable[[], bool]:
    return lambda: near(shown(window, boxes(window)[number]), colour)


def playback(window: AudienceWindow) -> Playback:
    found = window.media.playback
    assert found is not None
    return found


def is_(window: AudienceWindow, state: PlaybackState) -> Callable[[], bool]:
    return lambda: window.media.playback is not None and window.media.playback.state is state


def test_the_poster_stands_until_k_plays_and_k_pauses(talk: Present, press: Press, qtbot: QtBot) -> None:
    window = talk("film")
    assert shows(window, 0, POSTER)()
    press(window, "k")
    qtbot.waitUntil(shows(window, 0, colour_of(0)), timeout=PATIENCE)
    qtbot.waitUntil(shows(window, 0, colour_of(1)), timeout=PATIENCE)
    press(window, "k")
    assert playback(window).state is PlaybackState.PAUSED
    assert 0.4 < playback(window).position < 5.5
    player = window.findChild(QMediaPlayer)
    assert player is not None
    assert player.playbackState() is QMediaPlayer.PlaybackState.PausedState
    press(window, "k")
    qtbot.waitUntil(shows(window, 0, colour_of(2)), timeout=PATIENCE)


def test_a_click_in_the_box_plays_and_pauses_and_does_not_go_on(talk: Present, qtbot: QtBot) -> None:
    window = talk("film")
    place = window.position.place
    click(window, boxes(window)[0])
    qtbot.waitUntil(shows(window, 0, colour_of(0)), timeout=PATIENCE)
    click(window, boxes(window)[0])
    assert playback(window).state is PlaybackState.PAUSED
    assert window.position.place == place


def test_only_the_part_between_start_and_end_is_played_and_its_last_picture_stays(
    talk: Present, press: Press, qtbot: QtBot
) -> None:
    window = talk("part")
    press(window, "k")
    qtbot.waitUntil(is_(window, PlaybackState.ENDED), timeout=PATIENCE)
    assert playback(window).duration == pytest.approx(0.4)
    assert playback(window).left == 0.0
    assert shows(window, 0, colour_of(1))()
    press(window, "k")
    assert playback(window).playing
    assert playback(window).position < 0.8


def test_leaving_pauses_and_coming_back_plays_on(talk: Present, press: Press, qtbot: QtBot) -> None:
    window = talk("film")
    press(window, "k")
    qtbot.waitUntil(shows(window, 0, colour_of(1)), timeout=PATIENCE)
    told: list[Playback] = []
    window.media.changed.connect(told.append)
    go_to(window, "words", qtbot)
    assert window.media.playback is None
    kept = told[-1]
    assert kept.state is PlaybackState.PAUSED
    go_to(window, "film", qtbot)
    qtbot.waitUntil(is_(window, PlaybackState.PLAYING), timeout=PATIENCE)
    assert playback(window).position >= kept.position - 0.1
    qtbot.waitUntil(shows(window, 0, colour_of(2)), timeout=PATIENCE)


def test_a_flight_carries_the_last_picture_away_and_shows_the_poster(talk: Present, press: Press, qtbot: QtBot) -> None:
    window = talk("film", Profile.FULL)
    press(window, "k")
    qtbot.waitUntil(shows(window, 0, colour_of(0)), timeout=PATIENCE)
    press(window, "k")
    spot = at(window, boxes(window)[0], 0.5, 0.3)
    before = window.canvas.grab().toImage().pixelColor(spot)
    assert not near(before, POSTER)
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert window.canvas.moving
    assert window.media.playback is None
    leaving = window.canvas.grab().toImage().pixelColor(spot)
    assert not near(leaving, POSTER), "at first the film, then the poster"
    qtbot.waitUntil(lambda: not window.canvas.moving, timeout=PATIENCE)


def test_k_on_the_way_to_a_frame_plays_once_it_is_there(talk: Present, qtbot: QtBot) -> None:
    window = talk("words", Profile.FULL)
    window.canvas.link_clicked.emit("#film")
    assert window.canvas.moving
    QTest.keyClick(window, Qt.Key.Key_K)
    assert window.media.playback is None
    qtbot.waitUntil(is_(window, PlaybackState.PLAYING), timeout=PATIENCE)
    assert not window.canvas.moving
    qtbot.waitUntil(shows(window, 0, colour_of(0)), timeout=PATIENCE)


def test_a_line_of_progress_is_shown_after_a_key_and_goes(talk: Present, press: Press, qtbot: QtBot) -> None:
    window = talk("film")
    press(window, "k")
    qtbot.waitUntil(shows(window, 0, colour_of(0)), timeout=PATIENCE)
    item = boxes(window)[0]
    foot = 1.0 - 21.5 / item.bounds.height
    assert not near(shown(window, item, 0.5, foot), colour_of(0))
    qtbot.waitUntil(lambda: near(shown(window, item, 0.9, foot), shown(window, item, 0.9, 0.5)), timeout=PATIENCE)
    QTest.mouseMove(window.canvas, QPoint(3, 3))
    QTest.mouseMove(window.canvas, QPoint(9, 9))
    qtbot.waitUntil(lambda: not near(shown(window, item, 0.9, foot), shown(window, item, 0.9, 0.5)), timeout=PATIENCE)


def test_j_goes_on_by_ten_seconds_and_shift_j_back(talk: Present, press: Press, qtbot: QtBot) -> None:
    window = talk("film")
    press(window, "k")
    qtbot.waitUntil(shows(window, 0, colour_of(1)), timeout=PATIENCE)
    press(window, "J", SHIFT)
    assert playback(window).position == 0.0
    qtbot.waitUntil(shows(window, 0, colour_of(0)), timeout=PATIENCE)
    press(window, "j")
    assert playback(window).state is PlaybackState.ENDED
    press(window, "J", SHIFT)
    assert playback(window).playing
    qtbot.waitUntil(shows(window, 0, colour_of(1)), timeout=PATIENCE)


def test_k_takes_the_next_when_one_has_ended_and_the_one_last_clicked(
    talk: Present, press: Press, qtbot: QtBot
) -> None:
    window = talk("two")
    press(window, "k")
    qtbot.waitUntil(is_(window, PlaybackState.ENDED), timeout=PATIENCE)
    assert playback(window).title == "One"
    press(window, "k")
    assert playback(window).title == "Another"
    qtbot.waitUntil(shows(window, 1, colour_of(0)), timeout=PATIENCE)
    assert shows(window, 0, colour_of(0))(), "the last picture of the first stays"
    click(window, boxes(window)[0])
    assert playback(window).title == "One"
    qtbot.waitUntil(is_(window, PlaybackState.PLAYING), timeout=PATIENCE)


def test_a_sound_plays_without_any_device_and_its_levels_are_coloured(
    talk: Present, press: Press, qtbot: QtBot
) -> None:
    window = talk("sound")
    before = window.canvas.grab().toImage()
    press(window, "k")
    qtbot.waitUntil(lambda: playback(window).share > 0.3, timeout=PATIENCE)
    press(window, "k")
    share = playback(window).share
    item = boxes(window)[0]
    assert item.level is not None
    corner = at(window, item, 0.0, 0.0)
    far = at(window, item, 1.0, 1.0)
    now = window.canvas.grab().toImage()
    changed = [
        x
        for x in range(corner.x(), far.x())
        for y in range(corner.y(), far.y(), 3)
        if not near(now.pixelColor(x, y), before.pixelColor(x, y))
    ]
    assert changed
    level = item.level.boundingRect()
    end = (level.x() + level.width() * share) / item.bounds.width
    assert max(changed) == pytest.approx(corner.x() + end * (far.x() - corner.x()), abs=12)


def test_what_cannot_be_played_says_so_and_leaves_the_poster(talk: Present, press: Press, qtbot: QtBot) -> None:
    window = talk("broken")
    press(window, "k")
    qtbot.waitUntil(lambda: "“Broken off” cannot be played on this machine." in said(window), timeout=PATIENCE)
    assert window.media.playback is None
    assert shows(window, 0, POSTER)()
    click(window, boxes(window)[1])
    assert "“Gone” has no file that can be played." in said(window)
    assert shows(window, 1, POSTER)()


def test_a_frame_without_a_film_says_that_there_is_none(talk: Present, press: Press) -> None:
    window = talk("words")
    press(window, "k")
    assert said(window) == "There is nothing to play in this frame."


def test_without_qtmultimedia_k_says_what_to_install(
    talk: Present, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    window = talk("film")
    monkeypatch.delitem(sys.modules, "atelier.windows.media_player", raising=False)
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    press(window, "k")
    assert "QtMultimedia is not installed" in said(window)
    assert 'pip install "atelier[multimedia]"' in said(window)
    assert shows(window, 0, POSTER)()


def test_an_edit_of_the_text_lets_the_film_go_on(
    films: Path, talk: Present, press: Press, qtbot: QtBot, tmp_path: Path
) -> None:
    window = talk("film")
    press(window, "k")
    qtbot.waitUntil(shows(window, 0, colour_of(0)), timeout=PATIENCE)
    file = films / "edited.md"
    file.write_text(TEXT.replace("No film here.", "Other words."), encoding="utf-8")
    window.replace_scene(build_scene(load(file), window.scene))
    assert playback(window).playing
    qtbot.waitUntil(shows(window, 0, colour_of(1)), timeout=PATIENCE)
    file.write_text(TEXT.replace("![Blue, then yellow](film.mp4)", "![Now](other.mp4)"), encoding="utf-8")
    window.replace_scene(build_scene(load(file), window.scene))
    assert window.media.playback is None
    qtbot.waitUntil(shows(window, 0, POSTER), timeout=PATIENCE)


def test_the_picture_stays_in_its_box_when_the_view_is_zoomed_and_out_of_view_it_pauses(
    talk: Present, press: Press, qtbot: QtBot
) -> None:
    window = talk("film")
    press(window, "k")
    qtbot.waitUntil(shows(window, 0, colour_of(0)), timeout=PATIENCE)
    window.canvas.zoom_by(0.5)
    qtbot.waitUntil(shows(window, 0, colour_of(1)), timeout=PATIENCE)
    press(window, "k")
    inside, outside = (shown(window, boxes(window)[0], x, 0.5) for x in (0.97, 1.03))
    assert near(inside, shown(window, boxes(window)[0]))
    assert not near(outside, inside)
    press(window, "k")
    window.canvas.zoom_by(0.02)
    qtbot.waitUntil(is_(window, PlaybackState.PAUSED), timeout=PATIENCE)


def test_nothing_of_qtmultimedia_is_loaded_before_a_film_is_played() -> None:
    import subprocess
    import sys

    code = (
        "import sys, atelier.windows.audience, atelier.app.presenting, atelier.windows.media_stage;"
        "assert not [name for name in sys.modules if 'Multimedia' in name]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert player_class().__module__ == "atelier.windows.media_player"


def click(window: AudienceWindow, item: MediaItem) -> None:
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=at(window, item))


def said(window: AudienceWindow) -> str:
    """What the notice at the foot of the window says."""
    toast = window.findChild(Toast)
    words = toast.findChild(QLabel) if toast is not None else None
    return words.text() if words is not None else ""
