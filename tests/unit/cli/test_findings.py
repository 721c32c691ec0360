"""What was found, as lines, as JSON, by frame, and the lines it is quoted with."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from atelier.cli.findings import as_json, as_line, counts, grouped, quoted, where
from atelier.foundation.diagnostics import Diagnostic, Severity
from atelier.foundation.translation import set_language

DECK = Path("/talks/deck.md")
FOUND = Diagnostic("picture-missing", "There is no file “a.jpg”.", "Check the name.", DECK, 12, 3)


def test_a_line_for_an_editor_says_where_what_and_which() -> None:
    assert as_line(FOUND, DECK) == (
        "/talks/deck.md:12:3: warning: There is no file “a.jpg”. Check the name. [picture-missing]"
    )


def test_what_is_not_known_is_left_out_of_a_place() -> None:
    assert where(replace(FOUND, column=0), DECK) == "/talks/deck.md:12"
    assert where(replace(FOUND, line=0, column=0), DECK) == "/talks/deck.md"
    assert where(replace(FOUND, file=None), DECK) == "/talks/deck.md:12:3"


def test_a_file_below_the_folder_one_is_in_is_named_from_there() -> None:
    assert where(replace(FOUND, file=Path.cwd() / "talk" / "deck.md"), DECK) == str(Path("talk/deck.md:12:3"))


def test_the_words_editors_look_for_are_the_same_in_every_language() -> None:
    set_language("fr")
    assert ": warning: " in as_line(FOUND, DECK)


def test_a_line_stays_one_line_whatever_a_deck_says() -> None:
    line = as_line(replace(FOUND, message="one\ntwo\tthree\x1b[31m"), Path("/a\nb/deck.md"))
    assert "\n" not in line
    assert "\x1b" not in line


def test_the_json_holds_every_field() -> None:
    value = json.loads(as_json(DECK, (FOUND, replace(FOUND, file=None, more=3))))
    assert value["version"] == 1
    assert value["file"] == "/talks/deck.md"
    assert value["counts"] == {"error": 0, "warning": 4, "hint": 0}
    assert value["findings"][0] == {
        "file": "/talks/deck.md",
        "line": 12,
        "column": 3,
        "severity": "warning",
        "code": "picture-missing",
        "message": "There is no file “a.jpg”.",
        "hint": "Check the name.",
        "more": 0,
    }
    assert value["findings"][1]["file"] == "/talks/deck.md"


def test_a_name_that_is_not_utf8_does_not_break_the_json() -> None:
    assert json.loads(as_json(Path("/talks/caf\udce9.md"), ()))["file"] == "/talks/caf\udce9.md"


def test_one_that_stands_for_others_counts_them() -> None:
    assert counts([FOUND, replace(FOUND, more=7)])[Severity.WARNING] == 8


def test_findings_are_grouped_by_frame_in_reading_order() -> None:
    frames = ((7, "The talk"), (12, "Where"), (20, ""))
    found = [replace(FOUND, line=line) for line in (25, 12, 0, 8, 3)]
    elsewhere = replace(FOUND, file=Path("/talks/own.toml"), line=1)
    groups = grouped(DECK, frames, [elsewhere, *found])
    assert [(group.title, [each.line for each in group.diagnostics]) for group in groups] == [
        ("The whole text", [0]),
        ("Front matter", [3]),
        ("The talk", [8]),
        ("Where", [12]),
        ("Untitled", [25]),
        ("own.toml", [1]),
    ]


def test_two_frames_of_one_title_are_two_groups() -> None:
    groups = grouped(DECK, ((1, "A"), (5, "A")), [replace(FOUND, line=2), replace(FOUND, line=6)])
    assert [group.title for group in groups] == ["A", "A"]


def test_a_mark_is_as_long_as_the_word_at_its_place() -> None:
    quote = quoted("/// colums", 5, 40)
    assert quote.text[quote.mark : quote.mark + quote.size] == "colums"


def test_a_mark_begins_with_the_signs_of_its_word() -> None:
    quote = quoted("See [b](#nowhere).", 9, 40)
    assert quote.text[quote.mark : quote.mark + quote.size] == "#nowhere"


def test_a_mark_stands_under_its_word_after_tabs_and_wide_signs() -> None:
    quote = quoted("\t漢字 lego", 5, 40)
    assert quote.text == "    漢字 lego"
    assert (quote.mark, quote.size) == (4 + 4 + 1, 4)


def test_a_long_line_is_cut_to_what_is_around_its_mark() -> None:
    quote = quoted("word " * 100 + "HERE" + " word" * 100, 501, 40)
    assert re.fullmatch(r"….*HERE.*…", quote.text)
    assert quote.text[quote.mark : quote.mark + quote.size] == "HERE"


def test_a_place_just_after_a_line_is_marked_and_one_beyond_is_not() -> None:
    assert quoted("abc", 4, 40).size == 1
    assert quoted("abc", 40, 40).size == 0
    assert quoted("abc", 0, 40).size == 0


@given(st.text(), st.integers(0, 60), st.integers(8, 60))
def test_a_quote_fits_and_holds_its_mark(line: str, column: int, width: int) -> None:
    quote = quoted(line, column, width)
    assert cell_len(quote.text) <= max(width, 8)
    assert "\x1b" not in quote.text
    assert quote.mark + quote.size <= max(cell_len(quote.text), quote.mark + 1)
