"""Films and sounds that lie beside the slides: carried over with their posters, or named with the reason why not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pptx import Presentation
from pptx.util import Inches
from tests.unit.deck.media_bytes import mp4, wav
from tests.unit.importers.conftest import PNG, Bring

from atelier.importers.importing import import_deck
from atelier.markup.blocks import Content, Media

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"film.mp4": mp4(9.0), "bell.wav": wav(1.0), "p.png": PNG}


def media(content: Content) -> list[Media]:
    return [block for block in content.blocks if isinstance(block, Media)]


@pytest.mark.parametrize("kind", ["marp", "reveal", "remark", "slidev", "pandoc"])
def test_video_and_audio_of_html_become_films_and_sounds(kind: str, bring: Bring) -> None:
    text = (
        '# A\n\n<video controls poster="p.png" aria-label="The oven" width="480">\n'
        '<source src="https://x.org/film.webm">\n<source src="film.mp4#t=2,5">\n</video>\n\n'
        '<audio controls src="bell.wav"></audio>\n\n---\n\n# B\n\nWords.\n'
    )
    deck = bring(text, kind, files=FILES)
    film, sound = media(deck.content("A"))
    assert (film.source, film.poster, film.alt, film.start, film.end, film.width) == (
        "media/film.mp4", "pictures/p.png", "The oven", 2.0, 5.0, 0.5,
    )  # fmt: skip
    assert sound.source == "media/bell.wav"
    assert "media" not in deck.codes
    folder = deck.imported.file.parent
    assert (folder / "media/film.mp4").read_bytes() == FILES["film.mp4"]
    assert (folder / "pictures/p.png").is_file()


@pytest.mark.parametrize("kind", ["reveal", "pandoc"])
def test_pictures_that_are_films_keep_their_words(kind: str, bring: Bring) -> None:
    deck = bring("# A\n\n![The oven](film.mp4)\n\n---\n\n# B\n\nWords.\n", kind, files=FILES)
    (film,) = media(deck.content("A"))
    assert (film.source, film.alt) == ("media/film.mp4", "The oven")


def test_a_shortcode_of_quarto_is_a_film(bring: Bring) -> None:
    deck = bring('# A\n\n{{< video film.mp4 title="The oven" >}}\n', "pandoc", files=FILES)
    assert [(each.source, each.alt) for each in media(deck.content("A"))] == [("media/film.mp4", "The oven")]


def test_plain_markdown_keeps_its_films_where_they_are_put(bring: Bring) -> None:
    text = (
        "# A\n\n![The oven](clips/film.mp4#t=1,2){poster=p.png width=50%}\n\n"
        '<video src="clips/film.mp4" poster="p.png"></video>\n'
    )
    deck = bring(text, "markdown", files={"clips/film.mp4": FILES["film.mp4"], "p.png": PNG})
    one, two = media(deck.content("A") if deck.titles else deck.contents[0])
    assert (one.source, one.poster, one.start, one.end) == ("media/film.mp4", "pictures/p.png", 1.0, 2.0)
    assert (two.source, two.poster) == ("media/film.mp4", "pictures/p.png")
    assert not deck.imported.losses


def test_obsidian_finds_films_anywhere_in_the_vault_and_keeps_their_part(bring: Bring) -> None:
    deck = bring(
        "# A\n\n![[film.mp4#t=1,3]]\n\n# B\n\n![[bell.wav|The bell]]\n",
        "obsidian",
        files={"clips/film.mp4": FILES["film.mp4"], "bell.wav": FILES["bell.wav"]},
    )
    (film,), (sound,) = media(deck.content("A")), media(deck.content("B"))
    assert (film.source, film.alt, film.start, film.end) == ("media/film.mp4", "film", 1.0, 3.0)
    assert (sound.source, sound.alt) == ("media/bell.wav", "The bell")


def test_what_cannot_be_carried_over_is_told(bring: Bring) -> None:
    text = (
        '# A\n\n<video src="gone.mp4"></video>\n\n# B\n\n<video src="https://x.org/film.mp4"></video>\n\n'
        '# C\n\n<video src="page.mp4"></video>\n\n# D\n\nSee ![the oven](film.mp4) here.\n'
    )
    deck = bring(text, "pandoc", files={**FILES, "page.mp4": b"<html>"})
    said = [(loss.code, loss.text) for loss in deck.imported.losses]
    assert ("media-missing", "gone.mp4") in said
    assert ("media", "https://x.org/film.mp4") in said
    assert ("media-unreadable", "page.mp4") in said
    assert ("media", "film.mp4") in said
    assert media(deck.content("A"))[0].source == "gone.mp4"
    assert "https://x.org/film.mp4" in deck.source("B")


def test_a_film_in_a_presentation_of_powerpoint(tmp_path: Path) -> None:
    show: Any = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "A"
    place = (Inches(1), Inches(2), Inches(4), Inches(3))
    film, poster = io.BytesIO(FILES["film.mp4"]), io.BytesIO(PNG)
    slide.shapes.add_movie(film, *place, poster_frame_image=poster, mime_type="video/mp4")
    show.save(str(tmp_path / "show.pptx"))
    imported = import_deck(tmp_path / "show.pptx", tmp_path / "out")
    text = imported.file.read_text(encoding="utf-8")
    assert "](media/slide-1.mp4){poster=pictures/slide-1.png}" in text
    assert (imported.file.parent / "media/slide-1.mp4").read_bytes() == FILES["film.mp4"]
    assert not imported.losses
