"""Notes written into the text of a deck: they read again as they were written, and nothing else changes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.loading import load, read
from atelier.deck.note_writing import notes_in, read_notes, save_notes, with_notes
from atelier.foundation.errors import InputError
from atelier.markup.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.deck.types import Deck, Frame

TEXT = """---
title: A talk
---
# A talk

Hello.<!-- nobody -->

/// notes
Say *hello*.

- slowly
///

## First {#first}

- one
- two
{: .steps }

## Second {#second}
### Inside {#inside}

/// notes
One.
///

Between.

/// notes
Two.
///

## Last {#last}

The end."""


def deck_of(text: str) -> Deck:
    return read(text.encode())


def frame_of(deck: Deck, id_: str) -> Frame:
    found = deck.frame(id_)
    assert found is not None
    return found


def changed(text: str, id_: str, notes: str) -> str:
    return with_notes(text.encode(), frame_of(deck_of(text), id_), notes).decode()


def read_again(text: str, id_: str) -> str:
    return notes_in(text.encode(), frame_of(deck_of(text), id_))


def test_notes_are_read_as_they_are_written() -> None:
    assert read_again(TEXT, "a-talk") == "Say *hello*.\n\n- slowly"
    assert read_again(TEXT, "first") == ""
    assert read_again(TEXT, "inside") == "One.\n\nTwo."


def test_only_the_lines_of_the_notes_change() -> None:
    assert changed(TEXT, "a-talk", "New.") == TEXT.replace("Say *hello*.\n\n- slowly", "New.")


def test_a_frame_without_notes_gets_a_block_at_its_end() -> None:
    assert changed(TEXT, "first", "Go on.") == TEXT.replace(
        "{: .steps }\n\n", "{: .steps }\n\n/// notes\nGo on.\n///\n\n"
    )
    assert changed(TEXT, "second", "Go on.") == TEXT.replace("{#second}\n", "{#second}\n\n/// notes\nGo on.\n///\n\n")
    assert changed(TEXT, "last", "Bye.") == TEXT + "\n\n/// notes\nBye.\n///"


def test_several_blocks_become_one() -> None:
    new = changed(TEXT, "inside", "One.\n\nThree.")
    assert new == TEXT.replace("One.\n///", "One.\n\nThree.\n///").replace("/// notes\nTwo.\n///\n\n", "")
    assert read_again(new, "inside") == "One.\n\nThree."


def test_no_text_takes_the_block_away() -> None:
    new = changed(TEXT, "a-talk", " \n\n")
    assert new == TEXT.replace("/// notes\nSay *hello*.\n\n- slowly\n///\n\n", "")


def test_the_notes_of_a_root_without_a_heading_leave_an_empty_block() -> None:
    text = "Words.\n\n/// notes\nSay.\n///\n\n# Only\n"
    assert changed(text, deck_of(text).root.id, "") == text.replace("Say.\n", "")


def test_line_endings_and_the_mark_of_utf_8_stay() -> None:
    data = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    frame = frame_of(read(data), "first")
    new = with_notes(data, frame, "Eins\nzwei")
    assert new == data.replace(b"{: .steps }\r\n\r\n", b"{: .steps }\r\n\r\n/// notes\r\nEins\r\nzwei\r\n///\r\n\r\n")


def test_text_above_the_first_heading_and_a_block_without_an_end() -> None:
    text = "---\ntitle: T\n---\n\n# One\n\n/// notes\nOpen.\n\n# Two\n"
    assert changed(text, "one", "Closed.") == text.replace("Open.\n", "Closed.\n///\n")
    new = changed(text, "t", "For all.")
    assert new == text.replace("# One", "/// notes\nFor all.\n///\n\n# One")
    assert read_again(new, "t") == "For all."


def test_notes_of_other_programs_keep_their_colons() -> None:
    text = "# A\n\n::: notes\nOld.\n:::\n\n## B\n"
    assert changed(text, "a", "New.") == text.replace("Old", "New")


def test_indented_text_is_no_option() -> None:
    new = changed(TEXT, "first", "    code")
    assert read_again(new, "first") == "    code"
    assert "hidden" not in " ".join(found.message for found in deck_of(new).diagnostics)


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        ("One\n///", "Line 2 begins with ///"),
        ("/// callout\nx", "Line 1 begins with ///"),
        ("> /// private", "Line 1 begins with ///"),
        ("Two\n```py\nx", "fence in line 2 is never closed"),
        ("a <!-- b", "more than these notes"),
    ],
)
def test_what_would_reach_beyond_the_notes_is_refused(notes: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        changed(TEXT, "first", notes)


def test_slashes_in_a_listing_are_code() -> None:
    notes = "```rust\n/// Says so.\n```"
    assert read_again(changed(TEXT, "first", notes), "first") == notes


def test_notes_in_a_list_are_left_to_the_file() -> None:
    text = "# A\n\n- item\n\n  /// notes\n  x\n  ///\n"
    with pytest.raises(InputError, match="inside a list"):
        changed(text, "a", "y")


def test_a_file_that_is_not_utf_8_is_left_alone() -> None:
    data = "# Café\n".encode("latin-1")
    with pytest.raises(InputError, match="not UTF-8"):
        with_notes(data, read(data).root, "é")


PIECES = st.sampled_from(
    [
        "# Title", "## Part", "## Part {#x}", "### Deep", "words", "", "", "- item", "  more", "> said", "```", "~~~",
        "/// notes", "///", "/// private", "//// column", "/// columns", "::: notes", ":::", "<!-- c -->",
        "<!--", "%% d %%", "Title", "===", "---", "key: v", "    code", "[^1]: note", "[a]: b", "*[AB]: c",
        "{: .steps }", "| a | b |", "![[x]]",
    ]
)  # fmt: skip
ENDINGS = st.sampled_from(["\n", "\r\n", "\r"])
HEADS = st.sampled_from([[], ["---", "title: T", "---"]])
NOTES = st.one_of(
    st.lists(PIECES, max_size=5).map("\n".join),
    st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.just("\n"), max_size=40),
)


@given(st.lists(PIECES, max_size=25), ENDINGS, HEADS, st.integers(0, 30), NOTES)
def test_whatever_is_written_reads_the_same_and_leaves_the_rest(
    lines: list[str], ending: str, head: list[str], which: int, notes: str
) -> None:
    text = ending.join((head) + lines)
    data = text.encode()
    deck = read(data)
    frame = deck.frames[which % len(deck.frames)]
    try:
        new = with_notes(data, frame, notes)
    except InputError:
        return
    after = read(new)
    assert len(after.frames) == len(deck.frames)
    for old, now in zip(deck.frames, after.frames, strict=True):
        assert (old.id, old.title, old.parent, old.lang) == (now.id, now.title, now.parent, now.lang)
        if old.index != frame.index:
            assert (old.source, old.blocks) == (now.source, now.blocks)
    kept = notes_in(new, after.frames[frame.index])
    assert kept.split() == notes.split()
    assert with_notes(new, after.frames[frame.index], kept) == new
    assert with_notes(data, frame, kept) == new


# -------------------------------------------------------------------------------------------------------- on the disk


def test_saved_in_the_file_that_a_frame_comes_from(tmp_path: Path) -> None:
    own, other = tmp_path / "deck.md", tmp_path / "lego.md"
    own.write_text("# Talk\n\n![[lego]]\n\n## End\n", encoding="utf-8")
    other.write_text("# Lego\n\nBricks.\n\n## More\n", encoding="utf-8")
    deck = load(own)
    frame = next(frame for frame in deck.frames if frame.title == "Lego")
    assert read_notes(deck, frame) == ""
    save_notes(deck, frame, "Smile.", "")
    assert other.read_text(encoding="utf-8") == "# Lego\n\nBricks.\n\n/// notes\nSmile.\n///\n\n## More\n"
    assert own.read_text(encoding="utf-8") == "# Talk\n\n![[lego]]\n\n## End\n"
    again = load(own, deck)
    assert read_notes(again, next(frame for frame in again.frames if frame.title == "Lego")) == "Smile."


def test_nothing_is_written_over_the_work_of_another_program(tmp_path: Path) -> None:
    file = tmp_path / "talk.md"
    file.write_text(TEXT, encoding="utf-8")
    deck = load(file)
    file.write_text(TEXT + "\n\nMore.", encoding="utf-8")
    with pytest.raises(InputError, match="changed by another program"):
        save_notes(deck, deck.root, "New.", "Say *hello*.\n\n- slowly")
    assert file.read_text(encoding="utf-8") == TEXT + "\n\nMore."
    deck = load(file, deck)
    with pytest.raises(InputError, match="These notes were changed"):
        save_notes(deck, deck.root, "New.", "What stood there before.")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == deck.digest


def test_a_node_of_a_canvas_has_no_notes(tmp_path: Path) -> None:
    file = tmp_path / "map.canvas"
    file.write_text(
        '{"nodes":[{"id":"a","type":"text","text":"Hi","x":0,"y":0,"width":99,"height":9}],"edges":[]}',
        encoding="utf-8",
    )
    deck = load(file)
    with pytest.raises(InputError, match="no heading of a text"):
        read_notes(deck, deck.frames[-1])


def test_what_is_saved_is_what_the_speaker_reads(tmp_path: Path) -> None:
    from atelier.deck.contents import Contents

    file = tmp_path / "talk.md"
    file.write_text(TEXT, encoding="utf-8")
    deck = load(file)
    save_notes(deck, frame_of(deck, "last"), "Thank *you*.", "")
    deck = load(file, deck)
    assert words(Contents(deck).content(frame_of(deck, "last").index).notes).strip() == "Thank you."
