"""Decks nobody would write: what is said about them is bounded, and what they use is found without a search."""

from __future__ import annotations

from atelier.deck.contents import Contents, UsedDefinitions
from atelier.deck.loading import read
from atelier.deck.search import search
from atelier.foundation.diagnostics import MOST_OF_A_CODE
from atelier.markup.blocks import Paragraph, Text
from atelier.markup.source import Definitions
from atelier.markup.words import words


def test_dead_links_are_counted_beyond_a_few() -> None:
    text = "".join(f"# H{n}\n\n[a](#nowhere{n})\n\n" for n in range(500))
    found = [each for each in Contents(read(text.encode())).all_diagnostics() if each.code == "link-dead"]
    assert len(found) == MOST_OF_A_CODE + 1
    assert found[-1].more == 500 - MOST_OF_A_CODE


def test_unknown_stops_are_counted_beyond_a_few() -> None:
    stops = "".join(f"    - nowhere{n}\n" for n in range(500))
    deck = read(f"---\npaths:\n  p:\n{stops}---\n# A\n\n## B\n".encode())
    found = [each for each in deck.diagnostics if each.code == "stop-unknown"]
    assert len(found) == MOST_OF_A_CODE + 1


def test_blocks_never_closed_are_counted_beyond_a_few() -> None:
    deck = read(b"# A\n\n" + b"/// notes\n" * 10_000)
    assert 1 < len(deck.diagnostics) <= MOST_OF_A_CODE + 1


def test_of_many_definitions_each_frame_uses_its_own() -> None:
    definitions = Definitions(
        footnotes=tuple((f"n{i}", "note") for i in range(5_000)),
        links=tuple((f"l{i}", f"#x{i}", "") for i in range(5_000)),
        abbreviations=(*((f"AB{i}", "x") for i in range(5_000)), ("C++", "see")),
    )
    used = UsedDefinitions(definitions).of("AB7 in C++ is [a *word*][L12] and [l3], as[^n9] says; AB70x is not")
    assert used.footnotes == (("n9", "note"),)
    assert [label for label, _address, _title in used.links] == ["l3", "l12"]
    assert [short for short, _long in used.abbreviations] == ["AB7", "C++"]


def test_abbreviations_with_signs_are_found_among_many() -> None:
    defined = "".join(f"*[AB{i}]: long {i}\n" for i in range(2_000))
    text = f"{defined}*[C++]: see plus plus\n\n# A\n\nAB7 and C++ not AB70x\n"
    block = Contents(read(text.encode())).content(0).blocks[0]
    assert isinstance(block, Paragraph)
    assert [run.text for run in block.inlines if isinstance(run, Text) and run.expansion] == ["AB7", "C++"]


def test_a_line_of_megabytes_is_searched_in_no_time() -> None:
    deck = read(b"# Title\n\n" + b"ab " * 2_000_000)
    assert not search(deck, None, "nothing")
    assert [hit.frame for hit in search(deck, None, "title")] == [0]


def test_control_characters_and_odd_newlines_are_text() -> None:
    deck = read(b"# A\r\ra\0b \\ud800 &#xd800; \x0cc\r\r# B\r")
    assert [frame.title for frame in deck.frames[-2:]] == ["A", "B"]
    assert "\0" not in words(Contents(deck).content(deck.frames[-2].index).blocks)
