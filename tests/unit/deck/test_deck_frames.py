"""Headings as frames inside frames, with what they say and inherit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.deck.loading import read

if TYPE_CHECKING:
    from atelier.deck.types import Deck, Frame


def _deck(text: str) -> Deck:
    return read(text.encode())


def _tree(deck: Deck) -> list[tuple[str, int]]:
    return [(frame.id, frame.depth) for frame in deck.frames]


def _one(attributes: str) -> tuple[Frame, Deck]:
    deck = _deck(f"# Root\n\n## One {{{attributes}}}\n")
    return deck.frames[1], deck


def test_a_sole_first_heading_is_the_root() -> None:
    deck = _deck("# Talk\n\nlead\n\n## One\n\n### Deep\n\n## Two\n")
    assert _tree(deck) == [("talk", 0), ("one", 1), ("deep", 2), ("two", 1)]
    assert deck.root.source.strip() == "lead"


def test_otherwise_the_title_and_the_text_before_make_it() -> None:
    deck = _deck("---\ntitle: Talk\n---\n\nlead\n\n# One\n\n# Two\n")
    assert _tree(deck) == [("talk", 0), ("one", 1), ("two", 1)]
    assert deck.root.source.strip() == "lead"
    assert deck.root.source_line == 4


@pytest.mark.parametrize("text", ["lead\n\n# One\n\n## Two\n", "## One\n\n# Two\n", "## One\n\n## Two\n"])
def test_a_heading_that_is_not_sole_and_first_is_no_root(text: str) -> None:
    deck = _deck(f"---\ntitle: Talk\n---\n\n{text}")
    assert deck.root.title == "Talk"
    assert len(deck.frames) == 3


def test_a_title_with_a_few_words_above_it_is_the_root() -> None:
    deck = _deck("*[English](a.md) ∙ [Français](b.md)*\n\n# Talk\n\nlead\n\n## One\n\n[x](#no)\n")
    assert _tree(deck) == [("talk", 0), ("one", 1)]
    assert [line for line in deck.root.source.split("\n") if line] == ["*[English](a.md) ∙ [Français](b.md)*", "lead"]
    assert (deck.root.line, deck.root.source_line) == (3, 1)
    assert deck.root.source.split("\n").index("lead") == 4


@pytest.mark.parametrize(
    "text",
    ["words " * 150 + "\n\n# One\n\n## Two\n", "lead\n\n## One\n\n# Two\n", "/// notes\nx\n///\n\n# One\n\n## Two\n"],
)
def test_one_with_more_above_it_is_a_frame(text: str) -> None:
    assert _deck(text).root.title not in ("One", "Two")


def test_a_text_that_begins_on_a_lower_level_has_a_root_too() -> None:
    deck = _deck("## Talk\n\n### One\n\n#### Deep\n\n### Two\n")
    assert _tree(deck) == [("talk", 0), ("one", 1), ("deep", 2), ("two", 1)]


def test_a_title_of_html_is_the_root() -> None:
    deck = _deck('<div align="center">\n  <h1>The <i>Mill</i></h1>\n  <p>Grinds.</p>\n</div>\n\n## Use\n')
    assert _tree(deck) == [("the-mill", 0), ("use", 1)]


def test_levels_may_jump() -> None:
    deck = _deck("# Talk\n\n#### Far\n\n## Near\n\n### In\n")
    assert _tree(deck) == [("talk", 0), ("far", 1), ("near", 1), ("in", 2)]
    (found,) = deck.diagnostics
    assert (found.code, found.line) == ("heading-level-jump", 3)
    assert "##" in found.hint


def test_the_front_matter_says_how_deep_frames_go() -> None:
    deck = _deck("---\nframes: 2\n---\n# Talk\n\n## One\n\n### Inside\n\ntext\n")
    assert _tree(deck) == [("talk", 0), ("one", 1)]
    assert "### Inside" in deck.frames[1].source


def test_every_attribute_has_its_type() -> None:
    frame, deck = _one('#x .big .red layout=ring map=a.svg minutes=2,5 ratio=4:3 background=b.jpg lang=en label="1.2"')
    assert not deck.diagnostics
    assert (frame.id, frame.classes, frame.layout, frame.map) == ("x", ("big", "red"), "ring", "a.svg")
    assert (frame.minutes, frame.ratio, frame.background) == (2.5, 4 / 3, "b.jpg")
    assert (frame.lang, frame.label) == ("en", "1.2")


@pytest.mark.parametrize(("written", "flag"), [("true", True), ("yes", True), ("false", False), ("0", False)])
def test_flags(written: str, flag: bool) -> None:  # noqa: FBT001
    frame, deck = _one(f"optional={written} skip={written}")
    assert (frame.optional, frame.skip) == (flag, flag)
    assert not [found for found in deck.diagnostics if found.code == "attribute-value"]


def test_descendants_inherit() -> None:
    deck = _deck(
        "---\nlang: fr\n---\n# T\n\n## A {optional=true skip=true .private lang=en .big layout=ring}\n\n### B\n\n## C\n"
    )
    inner, other = deck.frames[2], deck.frames[3]
    assert (inner.optional, inner.skip, inner.private, inner.lang) == (True, True, True, "en")
    assert (inner.classes, inner.layout) == ((), "")
    assert (other.optional, other.skip, other.private, other.lang) == (False, False, False, "fr")


@pytest.mark.parametrize(
    ("attributes", "code", "hint"),
    [
        ("#a layuot=ring", "attribute-unknown", "Did you mean “layout”?"),
        (".a minutes=soon", "attribute-value", "Correct the value, or take it off."),
        (".a ratio=0:9", "attribute-value", "Correct the value, or take it off."),
        (".a lang=français", "attribute-value", "Correct the value, or take it off."),
        (".a optional=perhaps", "attribute-value", "Correct the value, or take it off."),
        (".skip", "attribute-unknown", "Write skip=true."),
    ],
)
def test_what_cannot_be_used_is_reported(attributes: str, code: str, hint: str) -> None:
    _frame, deck = _one(attributes)
    found = deck.diagnostics[0]
    assert (found.code, found.line, found.hint) == (code, 3, hint)


def test_what_may_be_private_is_hidden() -> None:
    frame, deck = _one(".a private=perhaps")
    assert frame.private
    assert [found.code for found in deck.diagnostics] == ["attribute-value"]


def test_a_title_is_without_its_private_words() -> None:
    deck = _deck("---\nlang: fr\n---\n# Chez *ACME*{.private} : l'été\n")
    assert "ACME" not in deck.title
    assert "acme" not in deck.root.id
    assert deck.root.id == "chez-l-ete"
    assert "’" in deck.title


def test_an_id_given_twice_is_reported() -> None:
    deck = _deck("# T\n\n## A {#x}\n\n## B {#x}\n")
    (found,) = deck.diagnostics
    assert (found.code, found.line) == ("duplicate-id", 5)
    assert "line 3" in found.message
    assert f"“#{deck.frames[2].id}”" in found.message


def test_more_frames_than_a_canvas_holds() -> None:
    deck = _deck("# T\n\n" + "## x\n\n" * 20_500)
    assert len(deck.frames) == 20_000
    assert [found.code for found in deck.diagnostics] == ["too-many-frames"]


def test_a_text_without_headings_is_a_deck_too() -> None:
    deck = _deck("Just a line of text, which ends here.\n\nAnd another one.\n")
    assert len(deck.frames) == 1
    assert "another" in deck.root.source
