"""What the head of a film or sound says, and what is wrong with those that a deck names."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.app.damaged_decks import png
from tests.unit.deck.media_bytes import element, flac, mp3, mp4, opus, theora, wav, webm

from atelier.app.checking import check
from atelier.deck.contents import Contents
from atelier.deck.loading import load
from atelier.deck.media_files import MediaFile, read_media_file
from atelier.markup.blocks import Media

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from atelier.foundation.diagnostics import Diagnostic


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (mp4(12.5), MediaFile("MP4", 12.5, 640, 360)),
        (mp4(3.0, turned=True), MediaFile("MP4", 3.0, 360, 640)),
        (webm(4.0), MediaFile("Matroska", 4.0, 640, 360)),
        (opus(2.5), MediaFile("Ogg", 2.5)),
        (theora(4.0), MediaFile("Ogg", 4.0, 640, 360)),
        (wav(1.5), MediaFile("WAV", 1.5)),
        (flac(7.0), MediaFile("FLAC", 7.0)),
        (b"\xff\xf1\x50\x80", MediaFile("AAC")),
        (b"RIFF\0\0\0\0AVI LIST", MediaFile("AVI")),
        (b"<!DOCTYPE html>", MediaFile("HTML")),
        (b"version https://git-lfs.github.com/spec/v1", MediaFile("Git LFS")),
        (png(20, 20), MediaFile("PNG")),
        (b"", MediaFile("")),
        (b"words", MediaFile("")),
        (mp4(5.0)[:120], MediaFile("MP4", 5.0)),
        (mp4(5.0)[:84], MediaFile("MP4")),
        (webm(5.0)[:40], MediaFile("Matroska")),
        (mp4(2e9 / 1000), MediaFile("MP4", 0.0, 640, 360)),  # 23 days
        (mp4(5.0, 40_000, 1), MediaFile("MP4", 5.0)),
    ],
    ids=lambda value: value.container if isinstance(value, MediaFile) else "",
)
def test_length_and_size(data: bytes, found: MediaFile, tmp_path: Path) -> None:
    assert read(tmp_path, data) == found


def test_the_length_of_an_mp3_is_that_of_its_frames(tmp_path: Path) -> None:
    found = read(tmp_path, mp3(10.0))
    assert found.container == "MP3"
    assert found.duration == pytest.approx(10.0, abs=0.1)


HEADS = {
    "mp4": mp4(9.0),
    "webm": webm(9.0),
    "opus": opus(9.0),
    "theora": theora(9.0),
    "wav": wav(0.01),
    "flac": flac(9),
}


@given(
    name=st.sampled_from(sorted(HEADS)),
    changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8),
    length=st.integers(0, 500),
)
def test_no_damage_does_harm(
    name: str, changes: list[tuple[int, int]], length: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = bytearray(HEADS[name][:length])
    for at, value in changes:
        if at < len(data):
            data[at] = value
    found = read(tmp_path_factory.mktemp("media"), bytes(data))
    assert 0.0 <= found.duration < 1e6
    assert found.ratio == 0.0 or 1 / 20 <= found.ratio <= 20


def test_files_that_never_end_are_given_up(tmp_path: Path) -> None:
    tracks = element(0x1654AE6B, element(0xAE, element(0xE0, b"") * 3) * 40_000)
    endless = {
        "boxes": b"\0\0\0\x08ftyp" + b"\0\0\0\x08free" * 200_000,
        "tracks": element(0x1A45DFA3) + element(0x18538067, tracks),
        "mp3": b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb" * 1_000_000,
        "ogg": b"OggS\0\x02" + b"\0" * 20 + b"OggS" * 100_000,
        "wav": b"RIFF\xff\xff\xff\xffWAVE" + b"junk\0\0\0\0" * 300_000,
    }
    for name, data in endless.items():
        started = time.process_time()
        assert read(tmp_path, data).duration == 0.0, name
        assert time.process_time() - started < 2.0, name


def read(folder: Path, data: bytes) -> MediaFile:
    file = folder / "file"
    file.write_bytes(data)
    return read_media_file(file)


# ----------------------------------------------------------------------------------------------------------- checks


def findings(folder: Path, text: str, files: Mapping[str, bytes] | None = None) -> list[Diagnostic]:
    for name, data in (files or {"film.mp4": mp4(10.0)}).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    deck = folder / "deck.md"
    deck.write_text(f"# Cake\n\n{text}\n", encoding="utf-8")
    return list(check(deck).diagnostics)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("![a](gone.mp4)", "media-missing", "There is no file “gone.mp4”."),
        ("![a](../film.mp4)", "media-outside", "lies outside the deck's folder"),
        ("![a](/etc/film.mp4)", "media-outside", "lies outside the deck's folder"),
        ("![](film.mp4)", "media-bare", "neither a picture nor words"),
        ("![a](film.mp4){start=9 end=0:08}", "media-times", "begin at 0:09 and to end at 0:08"),
        ("![a](film.mp4){start=12}", "media-times", "lasts 0:10, and start is 0:12"),
        ("![a](film.mp4){end=1:00}", "media-times", "lasts 0:10, and end is 1:00"),
        ("![a](film.mp4){start=soon}", "attribute-value", "“soon” is no time"),
        ("![a](film.mp4){postr=p.jpg}", "attribute-unknown", "“postr”"),
        ("![a](film.mp4){poster=gone.jpg}", "picture-missing", "There is no file “gone.jpg”."),
        ("![a](https://example.org/film.mp4)", "picture-remote", "lies on the network"),
        ("![a](Film.MP4)", "picture-case", "is called “film.mp4”"),
    ],
)
def test_what_is_wrong_is_said_once_and_at_its_line(text: str, code: str, words: str, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, text)
    assert (found.code, found.line) == (code, 3)
    assert words in found.message
    assert found.hint


@pytest.mark.parametrize("data", [b"", b"words", b"<html>", png(9, 9), b"version https://git-lfs.github.com/spec/v1\n"])
def test_a_file_that_is_no_film_is_unreadable(data: bytes, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, "![a](film.mp4)", {"film.mp4": data})
    assert found.code == "media-unreadable"


def test_a_deck_with_films_in_order_has_nothing_to_be_said_of(tmp_path: Path) -> None:
    text = '![a](film.mp4){poster=p.png start=1 end=0:10.5 data-credit="A. Baker"}\n\n![b](bell.wav)'
    assert findings(tmp_path, text, {"film.mp4": mp4(10.0), "p.png": png(9, 9), "bell.wav": wav(0.1)}) == []


def test_a_film_on_a_canvas_is_a_film_in_a_card(tmp_path: Path) -> None:
    (tmp_path / "film [1].mp4").write_bytes(mp4(3.0))
    nodes = [
        {"id": "1", "type": "file", "file": "film [1].mp4", "x": 0, "y": 0, "width": 400, "height": 300},
        {"id": "2", "type": "file", "file": "gone.mp4", "x": 500, "y": 0, "width": 400, "height": 300},
    ]
    canvas = tmp_path / "wall.canvas"
    canvas.write_text(json.dumps({"nodes": nodes, "edges": []}), encoding="utf-8")
    deck = load(canvas)
    film, gone = deck.frames[1:]
    (block,) = Contents(deck).shown(film.index).blocks
    assert isinstance(block, Media)
    assert (block.source, block.alt, film.title) == ("film [1].mp4", "film 1", "film [1]")
    assert (gone.source, gone.title) == ("", "gone.mp4")
    assert [each.code for each in deck.diagnostics] == ["canvas-file"]


def test_films_of_a_text_put_in_are_looked_for_beside_it(tmp_path: Path) -> None:
    files = {"other/other.md": b"# Other\n\n![a](film.mp4)\n", "other/film.mp4": mp4(3.0)}
    assert findings(tmp_path, "![[other/other]]", files) == []
