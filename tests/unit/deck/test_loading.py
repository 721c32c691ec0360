"""Opening decks: the ones people write, the ones they wish they had not, and bytes that are none."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.decoding import MOST_LINES
from atelier.deck.loading import deck_file, load, read
from atelier.foundation.errors import InputError
from atelier.foundation.resources import bundled_decks

if TYPE_CHECKING:
    from atelier.deck.types import Deck

MARKDOWN = st.text(alphabet="# ab\n-:{}.=\"'/`>|[]()*!éß\u0301\u202e🎂0\t\r\\%", max_size=200)


def _codes(deck: Deck) -> list[str]:
    return [found.code for found in deck.diagnostics]


def _holds(deck: Deck) -> None:
    """What everything else relies on."""
    frames = deck.frames
    assert frames
    assert frames[0].parent == -1
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert len({frame.id for frame in frames}) == len(frames)
    for frame in frames[1:]:
        assert 0 <= frame.parent < frame.index
        assert frame.index in frames[frame.parent].children
        assert frame.depth == frames[frame.parent].depth + 1
        for flag in ("optional", "skip", "private"):
            assert getattr(frame, flag) or not getattr(frames[frame.parent], flag)
    assert sum(len(frame.children) for frame in frames) == len(frames) - 1
    default = deck.paths[0]
    assert default.name == ""
    indices = [stop.frame for stop in default.stops]
    assert indices == sorted(set(indices))
    assert all(path.stops for path in deck.paths)
    hidden = [frame.index for frame in frames if frame.private]
    assert not set(indices) & set(hidden) or indices == [0]


@given(st.binary(max_size=200) | MARKDOWN.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_load(data: bytes) -> None:
    _holds(read(data))


@given(MARKDOWN, MARKDOWN)
def test_any_front_matter_loads(front: str, text: str) -> None:
    _holds(read(f"---\ntitle: x\n{front}\n---\n{text}".encode()))


@given(
    st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["a", "b", "", "c {#x}", "d {.private}", "e {skip=true}"])))
)
def test_any_order_of_headings_nests(headings: list[tuple[int, str]]) -> None:
    text = "".join(f"{'#' * level} {title}\n\ntext\n\n" for level, title in headings)
    deck = read(text.encode())
    _holds(deck)
    assert len(deck.frames) in {len(headings), len(headings) + 1}


def test_the_bundled_keynote_is_without_fault() -> None:
    deck = load(bundled_decks() / "gateau-au-chocolat")
    _holds(deck)
    assert not deck.diagnostics
    assert deck.title == deck.root.title == "Le gâteau au chocolat"


def test_a_folder_is_its_deck(tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text("# Un\n\n## Deux\n", encoding="utf-8")
    deck = load(tmp_path)
    assert (deck.file, deck.folder) == (tmp_path / "deck.md", tmp_path)
    assert load(tmp_path / "deck.md") == deck


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("talc.md", "There is no such file.", "Did you mean “talk.md”?"),
        ("nowhere/talk.md", "There is no such file.", "There is no folder"),
        ("folder", "There is no “deck.md” in this folder.", "notes.md"),
        ("empty.md", "There is no “deck.md” in this folder.", "Give a .md file"),
        ("picture.png", "A deck is a Markdown text; this is a “.png” file.", "Give a .md file"),
        ("binary.md", "This file is not a text.", "Give a .md file"),
        ("x" * 300, "", ""),
        ("a\0b", "", ""),
    ],
)
def test_what_is_no_deck_says_so(tmp_path: Path, name: str, message: str, hint: str) -> None:
    (tmp_path / "talk.md").write_text("# x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.md").write_text("# x", encoding="utf-8")
    (tmp_path / "empty.md").mkdir()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "binary.md").write_bytes(b"\x00\x01\x02")
    with pytest.raises(InputError) as caught:
        load(tmp_path / name)
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.location


def test_a_file_one_may_not_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "deck.md").write_text("# x", encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="cannot be read") as caught:
        load(tmp_path)
    assert caught.value.hint == "Permission denied."


def test_something_that_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(InputError):
        load(tmp_path / "pipe.md")


def test_a_relative_path_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deck.md").write_text("# x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert deck_file(Path()) == tmp_path / "deck.md"


def test_bytes_that_are_not_utf8_are_placed_and_the_rest_is_shown() -> None:
    deck = read("# Titre\n\n## Évé".encode() + b"\xe9nement\n\nt\xe9l\xe9\n")
    (found,) = deck.diagnostics
    assert (found.code, found.line, found.column) == ("not-utf8", 3, 7)
    assert "Byte 18 (0xE9)" in found.message
    assert "There are 2 more." in found.message
    assert deck.frames[1].title == "Évé\ufffdnement"


def test_utf16_is_read_and_named() -> None:
    deck = read("# Été\n".encode("utf-16"))
    assert deck.title == "Été"
    assert _codes(deck) == ["not-utf8"]


def test_a_byte_order_mark_and_windows_newlines_change_nothing() -> None:
    text = "---\ntitle: Été\nlang: fr\n---\n\n# Un\n\ntexte\n\n## Deux\n"
    plain = read(text.encode())
    other = read(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert _codes(other) == ["encoding-bom"]
    assert [(f.id, f.line, f.source) for f in other.frames] == [(f.id, f.line, f.source) for f in plain.frames]
    assert other.title == plain.title
    assert [(f.id, f.line) for f in read(text.replace("\n", "\r").encode()).frames] == [("un", 6), ("deux", 10)]


def test_an_empty_file_is_a_deck_of_one_frame(tmp_path: Path) -> None:
    (tmp_path / "rien.md").write_bytes(b"")
    deck = load(tmp_path / "rien.md")
    assert [frame.title for frame in deck.frames] == ["rien"]


def test_a_text_of_more_lines_than_a_deck_shows_its_beginning() -> None:
    begun = time.perf_counter()
    deck = read(b"# x\n\n" + b"word\n" * (MOST_LINES + 10))
    assert time.perf_counter() - begun < 20
    assert "file-too-large" in _codes(deck)


def test_a_file_larger_than_any_deck_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "deck.md").open("wb") as file:
        file.truncate(3 * 2**30)
    with pytest.raises(InputError, match="larger than 8 MB") as caught:
        load(tmp_path)
    assert caught.value.hint == "Split the text into several decks."


def test_broken_front_matter_still_shows_the_text() -> None:
    deck = read(b"---\ntitle: a: b\n---\n\n# One\n\ntext\n")
    (found,) = deck.diagnostics
    assert (found.code, found.line, found.column) == ("front-matter-syntax", 2, 9)
    assert deck.root.title == "One"


def test_front_matter_reaches_the_deck() -> None:
    deck = read(
        "---\ntitle: Le « gâteau »\nlang: fr\nabstract: Un texte\nauthor: Ada\ntheme: nuit\nratio: 4:3\n"
        "minutes: 30\nlayout: ring\n---\n\n# Autre\n".encode()
    )
    assert (deck.lang, deck.author, deck.theme, deck.minutes) == ("fr", "Ada", "nuit", 30)
    assert deck.abstract == (("fr", "Un texte"),)
    assert deck.paths[0].minutes == 30
    assert deck.root.ratio == deck.ratio == 4 / 3
    assert deck.root.layout == "ring"
    assert deck.title.replace("\u202f", " ").replace("\u00a0", " ") == "Le « gâteau »"


def test_a_file_name_is_not_markdown(tmp_path: Path) -> None:
    (tmp_path / "a *b* `c`.md").write_text("## Un\n\n## Deux\n", encoding="utf-8")
    assert load(tmp_path / "a *b* `c`.md").title == "a *b* `c`"


def test_a_second_reading_reuses_what_did_not_change() -> None:
    text = "# Root\n\n## One *x*\n\na\n\n## Two\n\nb\n"
    one = read(text.encode())
    assert read(text.encode(), previous=one) is one
    two = read(text.replace("\na\n", "\nc\n").encode(), previous=one)
    assert two.frames[1].title_inlines is one.frames[1].title_inlines
    assert two == read(text.replace("\na\n", "\nc\n").encode())


def test_ten_thousand_frames_take_about_a_second() -> None:
    text = "# Root\n\n" + "".join(f"## Frame {i}\n\nText, *more* text.\n\n- a\n- b\n\n" for i in range(10_000))
    data = text.encode()
    read(b"# x")
    begun = time.process_time()
    deck = read(data)
    assert time.process_time() - begun < 4  # four times the aim, for a slow machine
    assert len(deck.frames) == 10_001


@pytest.mark.parametrize(("name", "title"), [("README.md", "Mill"), ("index.md", "Mill"), ("talk.md", "talk")])
def test_a_readme_is_called_after_its_folder(tmp_path: Path, name: str, title: str) -> None:
    folder = tmp_path / "Mill"
    folder.mkdir()
    (folder / name).write_text("## A\n\n## B\n")
    assert load(folder / name).title == title
