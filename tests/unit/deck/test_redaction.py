"""The deck as it is exported: ids, links, what is said of it; and what an author is told of its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.app.checking import check
from atelier.deck.audience import for_audience
from atelier.deck.contents import Contents
from atelier.deck.languages import languages, named_language
from atelier.deck.loading import read
from atelier.deck.redaction import RedactedDeck, redacted_drawing
from atelier.deck.references import links
from atelier.deck.svg import sanitise
from atelier.foundation.errors import UsageError
from atelier.markup.redaction import Redaction

if TYPE_CHECKING:
    from pathlib import Path

DECK = """---
redact: {Acme: a firm}
agenda:
  - day: At Acme
    start: "9:00"
    blocks: [{frame: acme, minutes: 5}, {break: Lunch at Acme, minutes: 5}]
---
# Talk

[one](#acme) [two](#Acme) [three](#talk) [none](#acme-what) [hidden](#dark)

/// notes
Acme, [again](#acme)
///

## Acme {label=Acme}

## Dark {.private}

Acme
"""


def redacted(text: str) -> RedactedDeck:
    deck = for_audience(read(text.encode()))
    return RedactedDeck(deck, Contents(deck).content)


def test_frames_have_new_ids_and_links_lead_to_them() -> None:
    handed = redacted(DECK)
    assert [frame.id for frame in handed.deck.frames] == ["talk", "a-firm"]
    assert [href for href, _line in links(handed.content(0))] == ["#a-firm", "#a-firm", "#talk", "#dark", "#a-firm"]
    assert handed.deck.frames[1].label == "A firm"
    assert "Acme" not in repr((handed.deck.agenda, handed.content(0), [f.title_inlines for f in handed.deck.frames]))


def test_ids_stay_each_of_its_own() -> None:
    handed = redacted("---\nredact: {Acme: a, Mill: a, Hush: ''}\n---\n# T\n\n## Acme\n\n## Mill\n\n## a\n\n## Hush\n")
    assert [frame.id for frame in handed.deck.frames] == ["t", "a-2", "a-3", "a", "frame"]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


@pytest.mark.parametrize(
    ("drawn", "shown"),
    [
        ("<text>At Acme</text>", ["At a firm"]),
        ("<text>At Ac<tspan>me</tspan> now</text>", ["At a firm now"]),
        ('<text x="1 2 3">Acme<tspan x="0" dy="9">Corp</tspan></text>', ["A client"]),
        ("<text>Acmes</text><text>Corp</text>", ["Acmes", "Corp"]),
    ],
)
def test_texts_of_drawings(drawn: str, shown: list[str]) -> None:
    drawing = redacted_drawing(
        sanitise(SVG.format(drawn).encode()), Redaction([("Acme", "a firm"), ("Acme Corp", "a client")])
    )
    assert ["".join(text.itertext()) for text in drawing.root.iter("text")] == shown
    assert sanitise(drawing.data).box == drawing.box
    assert b"1 2 3" not in drawing.data


def test_a_drawing_without_terms_is_the_very_same() -> None:
    drawing = sanitise(SVG.format("<text>Mill</text>").encode())
    assert redacted_drawing(drawing, Redaction([("Acme", "x")])) is drawing


def checked(folder: Path, text: str) -> list[tuple[str, int]]:
    file = folder / "talk.md"
    file.write_text(text, encoding="utf-8")
    return [(each.code, each.line) for each in check(file).diagnostics if each.code.startswith("redact")]


@pytest.mark.parametrize(
    "body",
    [
        "chez **Ac**me",
        "x\n\n/// notes\nacme\n///",
        "[x](https://www.acmecorp.com)",
        "![x](acme.svg)",
        "## Acme",
        "## B {#acme}",
        "```python\nacme = 1\n```",
        "*[HTML]: of Acme\n\nHTML",
        "/// private\nAcme\n///",
    ],
)
def test_a_term_is_used_wherever_it_would_be_replaced(tmp_path: Path, body: str) -> None:
    assert checked(tmp_path, f"---\nredact: {{Acme: x}}\n---\n# T\n\n{body}\n") == []


def test_what_an_author_is_told_of_terms(tmp_path: Path) -> None:
    terms = "redact:\n  Acme: the Mill\n  Mill: a mill\n  Other: x\n"
    found = checked(tmp_path, f"---\ntitle: T\n{terms}---\n# Mill\n\nAcme ![y](acme-2.png)\n")
    assert found == [("redact-again", 3), ("redact-again", 3), ("redact-unused", 3), ("redact-picture", 10)]


def test_the_languages_of_a_deck() -> None:
    deck = read(
        b"---\nlang: fr\nabstract: {pt-BR: x}\n---\n# T\n\n## A {lang=EN-gb}\n\n/// only | lang='de, it'\nx\n///\n\n"
        b"/// only\n    lang: nl\n\nx\n///\n"
    )
    assert languages(deck) == ("fr", "en-gb", "pt-BR", "de", "it", "nl")
    for given, meant in {"": "", "FR": "fr", "fr-CA": "fr-CA", "en": "en-gb", "pt_br": "pt-BR", "it": "it"}.items():
        assert named_language(deck, given) == meant
    for given in ("es", "x", "français", "de fr"):
        with pytest.raises(UsageError, match="fr, en-gb"):
            named_language(deck, given)
