"""The parsed text of frames, before and after an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.deck.contents import Contents, UsedDefinitions
from atelier.deck.loading import load, read
from atelier.foundation.resources import bundled_decks
from atelier.markup.parser import FrameParser
from atelier.markup.source import Definitions

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """# T

## One

A [link][l], the HTML.[^n]

## Two

Plain *text*.

/// notes
Said.
///

## Three

- a
- b

*[HTML]: a language
[l]: https://example.org
[^n]: A note.
"""


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources given to the parser."""
    seen: list[str] = []
    parse = FrameParser.parse

    def watched(
        self: FrameParser, source: str, first_line: int, *, lang: str = "", notes: bool = True, breaks: bool = False
    ) -> object:
        seen.append(source.strip())
        return parse(self, source, first_line, lang=lang, notes=notes, breaks=breaks)

    monkeypatch.setattr(FrameParser, "parse", watched)
    return seen


def _all(contents: Contents) -> list[object]:
    return [contents.content(frame.index) for frame in contents.deck.frames]


def test_a_frame_is_parsed_when_asked_for_and_once(parsed: list[str]) -> None:
    contents = Contents(read(TEXT.encode()))
    assert not parsed
    assert contents.content(2) is contents.content(2)
    assert len(parsed) == 1


def test_an_edit_parses_the_frame_that_changed(parsed: list[str]) -> None:
    one = Contents(read(TEXT.encode()))
    _all(one)
    parsed.clear()
    two = Contents(read(TEXT.replace("Plain", "Other").encode()), one)
    assert two.content(1) is one.content(1)
    _all(two)
    assert [source[:5] for source in parsed] == ["Other"]


def test_a_changed_definition_parses_its_users(parsed: list[str]) -> None:
    one = Contents(read(TEXT.encode()))
    _all(one)
    parsed.clear()
    _all(Contents(read(TEXT.replace("A note", "Another note").encode()), one))
    assert [source[:6] for source in parsed] == ["A [lin"]


def test_what_moved_has_its_new_lines(parsed: list[str]) -> None:
    one = Contents(read(TEXT.encode()))
    _all(one)
    parsed.clear()
    moved = read(TEXT.replace("# T\n", "# T\n\nLead.\n\n").encode())
    two = Contents(moved, one)
    contents = _all(two)
    assert parsed == ["Lead."]
    assert contents == _all(Contents(moved))
    assert contents[1:] != _all(one)[1:]
    assert [two.key(index) for index in (1, 2, 3)] == [one.key(index) for index in (1, 2, 3)]


def test_definitions_follow_notes_into_notes() -> None:
    definitions = Definitions(
        footnotes=(("a", "see [^b]"), ("b", "end HTML"), ("c", "no")),
        links=(("some link", "x", ""),),
        abbreviations=(("HTML", "y"), ("CSS", "z")),
    )
    used = UsedDefinitions(definitions).of("text[^a] and [Some\nLink]")
    assert [label for label, _text in used.footnotes] == ["a", "b"]
    assert used.links == definitions.links
    assert used.abbreviations == (("HTML", "y"),)
    assert UsedDefinitions(definitions).of("nothing") == Definitions()


def test_the_bundled_keynote_has_nothing_to_say_against_it() -> None:
    assert not Contents(load(bundled_decks() / "gateau-au-chocolat")).all_diagnostics()


def test_pictures_are_looked_for(tmp_path: Path) -> None:
    (tmp_path / "there.png").write_bytes(b"\x89PNG")
    (tmp_path / "deck.md").write_text(
        "# T\n\n![ok](there.png)\n\n![](there.png)\n\n![a](their.png)\n\n![a](http://x/y.png)\n\n"
        "## B {background=photo.jpg}\n\n## C {background=#9E1238}\n\n## D {background=navy}\n\n![a](../x.png)\n",
        encoding="utf-8",
    )
    found = Contents(load(tmp_path)).all_diagnostics()
    assert [(each.code, each.line) for each in found] == [
        ("picture-no-alt", 5),
        ("picture-missing", 7),
        ("picture-remote", 9),
        ("picture-missing", 11),
        ("picture-missing", 13),
        ("picture-missing", 15),
        ("picture-outside", 17),
    ]
    assert found[1].hint == "Did you mean “there.png”?"
    assert found[0].file == tmp_path / "deck.md"
