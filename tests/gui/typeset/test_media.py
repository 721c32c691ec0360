"""The still faces of films and sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage
from tests.gui.typeset.typeset_decks import CARD, build
from tests.gui.typeset.typeset_reading import item_with, pictures, texts, words
from tests.unit.deck.media_bytes import mp4, wav

from atelier.canvas.faces import Face
from atelier.markup.blocks import Column, Columns, Media, MediaKind, Paragraph, Text
from atelier.typeset.display import MediaItem

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from atelier.typeset.display import DisplayList

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def folder(tmp_path: Path, qapp: QApplication) -> Path:
    (tmp_path / "film.mp4").write_bytes(mp4(80.0, 640, 480))
    (tmp_path / "bell.wav").write_bytes(wav(3.0))
    poster = QImage(320, 180, QImage.Format.Format_RGB32)
    poster.fill(QColor("red"))
    poster.save(str(tmp_path / "poster.png"))
    return tmp_path


def film(**fields: object) -> Media:
    given = {"source": "film.mp4", "alt": "The oven", "kind": MediaKind.FILM, "line": 3, **fields}
    return Media(**given)  # pyright: ignore[reportArgumentType]


def sound(alt: str = "The bell", caption: str = "") -> Media:
    inlines = (Text(caption),) if caption else ()
    return Media(source="bell.wav", alt=alt, kind=MediaKind.SOUND, caption=inlines)


def media(display: DisplayList) -> list[MediaItem]:
    return [item for item in display.items if isinstance(item, MediaItem)]


def content(folder: Path, *blocks: object, title: str = "Un titre") -> DisplayList:
    return build(*blocks, folder=folder, title=title).face(CARD, Face.CONTENT)  # pyright: ignore[reportArgumentType]


def test_a_film_shows_its_poster_uncropped_with_the_time_that_is_played(folder: Path) -> None:
    shown = content(folder, film(poster="poster.png", start=5.0, end=80.0, credit="A. Baker"))
    (picture,), (item,) = pictures(shown), media(shown)
    assert picture.bounds == item.bounds
    assert item.bounds.width / item.bounds.height == pytest.approx(16 / 9)
    assert "1:15" in words(shown)
    assert "A. Baker" in words(shown)
    assert "The oven" not in words(shown)
    assert (item.film.start, item.film.end, item.film.file) == (5.0, 80.0, folder / "film.mp4")


def test_without_a_poster_it_is_a_well_of_the_films_own_shape_with_its_words(folder: Path) -> None:
    shown = content(folder, film())
    (item,) = media(shown)
    assert item.bounds.width / item.bounds.height == pytest.approx(4 / 3)
    assert {"The oven", "1:20"} <= set(words(shown).split("\n"))
    mark = item.mark.translated(item.bounds.x, item.bounds.y)
    oven = item_with(shown, "The oven")
    assert item.bounds.contains(mark)
    assert oven.bounds.y > mark.centre.y
    assert item.bounds.holds(oven.bounds.centre)


def test_a_film_alone_is_set_as_a_picture_alone(folder: Path) -> None:
    (item,) = media(content(folder, film(), title=""))
    assert item.bounds.height > 800.0
    assert item.bounds.centre.x == pytest.approx(1000.0 * 16 / 9 / 2)


def test_a_poster_with_fewer_pixels_than_its_film_is_as_large_as_that(folder: Path) -> None:
    small = QImage(32, 18, QImage.Format.Format_RGB32)
    small.save(str(folder / "small.png"))
    (item,) = media(content(folder, film(poster="small.png")))
    assert item.bounds.width > 1000.0


def test_a_sound_is_a_flat_strip_with_words_levels_and_time(folder: Path) -> None:
    shown = content(folder, sound(caption="In Lyon"))
    (item,) = media(shown)
    assert item.bounds.height < 200.0
    assert item.bounds.width > 5 * item.bounds.height
    assert item.level is not None
    assert {"The bell", "0:03", "In Lyon"} <= set(words(shown).split("\n"))


def test_nothing_is_smaller_than_the_minimum_and_nothing_leaves_its_box(folder: Path) -> None:
    long = "How the cake rises in the oven behind its door of glass, " * 5
    columns = Columns(columns=tuple(Column(blocks=(film(alt=long), sound(long))) for _ in range(3)))
    for blocks in ((film(alt=long, width=0.2),), (sound(long),), (columns,), (film(), film(), film(), film())):
        shown = content(folder, *blocks)
        for item in texts(shown):
            assert item.layout.font().pixelSize() * item.scale >= 26.0 - 0.01
        assert all(item.bounds.x >= 0.0 and item.bounds.right <= shown.size.width for item in media(shown))


def test_text_beside_a_film_and_sounds_below_text(folder: Path) -> None:
    said = Paragraph(inlines=(Text("Some words that stand with it."),))
    beside = content(folder, said, film(poster="poster.png"))
    assert item_with(beside, "Some words").bounds.right < media(beside)[0].bounds.x + 60.0
    below = content(folder, said, sound(), sound("Another"))
    first, second = media(below)
    assert item_with(below, "Some words").bounds.y < first.bounds.y < second.bounds.y
    assert first.bounds.x == second.bounds.x


def test_a_film_that_is_gone_is_a_quiet_box_or_its_poster_and_is_reported(folder: Path) -> None:
    gone = content(folder, film(source="gone.mp4"))
    assert media(gone) == []
    assert "The oven" in words(gone)
    assert [each.code for each in gone.diagnostics] == ["media-missing"]
    with_poster = content(folder, film(source="gone.mp4", poster="poster.png"))
    assert media(with_poster)[0].film.file is None
    assert len(pictures(with_poster)) == 1


def test_a_poster_that_is_gone_leaves_the_well(folder: Path) -> None:
    shown = content(folder, film(poster="gone.png"))
    assert pictures(shown) == []
    assert len(media(shown)) == 1
    assert [each.code for each in shown.diagnostics] == ["picture-missing"]


def test_a_cover_shows_the_poster_and_nothing_of_a_film_without_one(folder: Path) -> None:
    with_poster = build(film(poster="poster.png"), folder=folder).face(CARD, Face.COVER)
    assert len(pictures(with_poster)) == 1
    assert pictures(build(film(), folder=folder).face(CARD, Face.COVER)) == []


def test_a_film_is_revealed_by_its_step(folder: Path) -> None:
    setter = build(Paragraph(inlines=(Text("First."),)), film(step=1), folder=folder, steps=1)
    assert media(setter.face(CARD, Face.CONTENT))[0].step == 1


def test_the_files_of_films_are_watched(folder: Path) -> None:
    setter = build(film(poster="poster.png"), film(source="gone.mp4"), folder=folder)
    setter.face(CARD, Face.CONTENT)
    assert set(setter.pictures.files()) == {folder / "film.mp4", folder / "poster.png", folder / "gone.mp4"}
    assert setter.pictures.unchanged()
    (folder / "gone.mp4").write_bytes(mp4(1.0))
    assert not setter.pictures.unchanged()
