"""Films and sounds in a text: how they are written, and what else they may stand in."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.markup.markup_reading import content, only

from atelier.markup.audience import visible
from atelier.markup.blocks import Columns, Figure, InlineImage, Media, MediaKind, Paragraph, Private, plain_text
from atelier.markup.media import kind_of, seconds, spoken
from atelier.markup.words import words


def test_a_film_alone_has_poster_times_width_credit_and_caption() -> None:
    film = only(
        '![Blue](a/film.mp4){poster=film.jpg start=0:05 end=1:20 width=60% data-credit="A. Baker, CC BY 2.0"}\n\n'
        "/// caption\nWhat *it* is\n///\n",
        Media,
    )
    assert (film.source, film.alt, film.poster, film.kind) == ("a/film.mp4", "Blue", "film.jpg", MediaKind.FILM)
    assert (film.start, film.end, film.width, film.credit) == (5.0, 80.0, 0.6, "A. Baker, CC BY 2.0")
    assert plain_text(film.caption) == "What it is"
    assert film.line == 2


@pytest.mark.parametrize("suffix", ["mp4", "webm", "ogv", "mov", "m4v", "mkv", "MP4"])
def test_films_by_their_names(suffix: str) -> None:
    assert only(f"![x](film.{suffix})\n", Media).kind is MediaKind.FILM


@pytest.mark.parametrize("suffix", ["mp3", "ogg", "opus", "wav", "m4a", "flac"])
def test_sounds_by_their_names(suffix: str) -> None:
    assert only(f"![x](<a sound.{suffix}>)\n", Media).kind is MediaKind.SOUND


@pytest.mark.parametrize(
    "name", ["film.jpg", "film", "mp4", "film.mp4.png", "a.mp4/b", "https://x.org/film.mp4", "//x/a.mp3"]
)
def test_what_is_none_is_a_picture(name: str) -> None:
    assert kind_of(name) is None
    assert not isinstance(only(f"![x](<{name}>)\n", Figure), Media)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("75", 75.0),
        ("1:15", 75.0),
        ("0:01:15.5", 75.5),
        ("90:00", 5400.0),
        ("2:00:00", 7200.0),
        ("1,5", 1.5),
        ("12s", 12.0),
        ("", None),
        ("1:75", None),
        ("1:60:00", None),
        ("-3", None),
        ("soon", None),
        ("1:2:3:4", None),
        ("1" * 40, None),
    ],
)
def test_times(text: str, time: float | None) -> None:
    assert seconds(text) == time


@given(st.integers(0, 99 * 3600))
def test_a_time_that_is_said_is_read_again(time: int) -> None:
    read = seconds(spoken(time))
    assert read is not None
    assert isclose(read, time)


def test_in_a_line_with_other_text_a_film_is_its_words() -> None:
    (paragraph,) = content("See ![the oven](film.mp4) and ![](bell.mp3) here ![icon](i.png).\n").blocks
    assert isinstance(paragraph, Paragraph)
    assert plain_text(paragraph.inlines) == "See the oven and bell.mp3 here icon."
    assert [type(run) for run in paragraph.inlines if isinstance(run, InlineImage)] == [InlineImage]


def test_obsidian_puts_films_in_and_names_their_part() -> None:
    film = only("![[holiday/film.mp4#t=60,1:30]]\n", Media)
    assert (film.source, film.alt, film.start, film.end) == ("holiday/film.mp4", "film", 60.0, 90.0)
    assert only("![[bell.mp3|The bell]]\n", Media).alt == "The bell"


def test_video_and_audio_of_html_are_films_and_sounds() -> None:
    film = only(
        '<video controls poster="p.jpg" width="400" aria-label="Cats">\n'
        '  <source src="https://x.org/v.webm">\n  <source src="v.mp4#t=3">\n  <p>Get a better browser.</p>\n</video>\n',
        Media,
    )
    assert (film.source, film.poster, film.alt, film.width, film.start) == ("v.mp4", "p.jpg", "Cats", 0.5, 3.0)
    assert only('<audio src="bell.ogg" title="Bell"></audio>\n', Media).kind is MediaKind.SOUND
    figure = only('<figure><video src="v.mp4"></video><figcaption>Said</figcaption></figure>\n', Media)
    assert plain_text(figure.caption) == "Said"
    remote = only('<video src="https://x.org/v.mp4"></video>\n', Figure)
    assert not isinstance(remote, Media)
    assert remote.alt == "v.mp4"
    assert content("<video>Nothing.</video>\n").blocks == ()


def test_private_films_are_taken_out_and_columns_hold_them() -> None:
    blocks = content("*![secret](film.mp4)*{.private}\n\n![open](film.mp4)\n").blocks
    assert isinstance(blocks[0], Private)
    assert [block.alt for block in visible(blocks, "", "en") if isinstance(block, Media)] == ["open"]
    columns = only("/// columns\n//// column\n![a](a.mp4)\n////\n//// column\nb\n////\n///\n", Columns)
    assert isinstance(columns.columns[0].blocks[0], Media)


def test_a_film_is_found_by_its_words() -> None:
    film = only('![The oven](film.mp4){data-credit="A. Baker"}\n', Media)
    assert words((film,)) == "The oven\nA. Baker"
