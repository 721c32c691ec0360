"""What an author keeps: every kind of thing that exports leave out or replace, and where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.loading import load
from atelier.deck.picture_metadata import Said
from atelier.deck.removal_words import in_words, stays, stays_briefly
from atelier.deck.removals import Kind, Removal, Tally, removals, tally

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def of(folder: Path, text: str, name: str = "deck.md") -> list[Removal]:
    (folder / name).write_text(text, encoding="utf-8")
    return list(removals(load(folder / name)))


def said(found: list[Removal]) -> list[tuple[Kind, int, str]]:
    return [(each.kind, each.line, " ".join(each.words.split())) for each in found]


def test_what_is_private_is_listed_in_the_order_of_the_text(folder: Path) -> None:
    text = """# T *one*{.private}

A *two*{.private} <!-- three --> and %% four %%.

/// private
Five *six*{.private}.
///

- seven
- *eight* **nine**{.private}

<!--
ten
-->

## Eleven {.private}

twelve

### Thirteen

/// nothing-known
fourteen
///
"""
    assert said(of(folder, text)) == [
        (Kind.SPAN, 1, "one"),
        (Kind.COMMENT, 3, "three"),
        (Kind.COMMENT, 3, "four"),
        (Kind.SPAN, 3, "two"),
        (Kind.BLOCK, 5, "Five six."),
        (Kind.SPAN, 10, "nine"),
        (Kind.COMMENT, 12, "ten"),
        (Kind.FRAME, 16, "Eleven"),
        (Kind.UNREAD, 22, "/// nothing-known fourteen ///"),
    ]


def test_a_private_frame_counts_those_in_it(folder: Path) -> None:
    (found,) = of(folder, "# T\n\n## A {.private}\n\n### B\n\n#### C\n\n## D\n\nx\n")
    assert (found.kind, found.frames) == (Kind.FRAME, 3)


def test_blocks_that_do_not_parse_are_listed_inside_others_too(folder: Path) -> None:
    text = "# T\n\n/// columns\n//// column\n//// strange\nsecret\n////\n////\n///\n\n/// notes | 3\ntold\n///\n"
    assert said(of(folder, text)) == [
        (Kind.UNREAD, 5, "//// strange secret ////"), (Kind.UNREAD, 11, "/// notes | 3 told ///"),
    ]  # fmt: skip


def test_a_footnote_that_only_private_text_calls_is_private(folder: Path) -> None:
    text = "# T\n\nSeen[^a].\n\n/// private\nNot[^b].\n///\n\n[^a]: Shown, *less*{.private} this.\n[^b]: Hidden.\n"
    assert said(of(folder, text)) == [
        (Kind.BLOCK, 5, "Not."), (Kind.SPAN, 9, "less"), (Kind.BLOCK, 10, "Hidden."),
    ]  # fmt: skip


REDACTED = """---
title: Acme Corp and us
author: Ada
tags: [acme-corp]
redact:
  Acme Corp: a client
  Bolt: ""
---

# Acme Corp and us

They say **Acme** Corp is here,
and so is Bolt, and Acme Corp.

- see [them](https://acmecorp.example/x)
- `acme corp`

| a | Acme Corp |
|---|-----------|
| 1 | *ac*me corp |

/// private
Acme Corp here is nobody's to see.
///

Note[^n]. <!-- Acme Corp -->

[^n]: It was Bolt.

## Named {#about-acme-corp}

![Acme Corp](oven.png)

![An oven](acme-corp.png)

```
acme = "Acme Corp"
```

## Dark {.private}

Acme Corp
"""


def test_every_place_of_a_term_is_listed_with_what_stands_there_now(folder: Path) -> None:
    found = of(folder, REDACTED)
    terms = [(each.line, each.words, each.instead) for each in found if each.kind is Kind.TERM]
    assert terms == [
        (2, "Acme Corp", "a client"),
        (4, "acme-corp", "a client"),
        (10, "Acme Corp", "a client"),
        (12, "Acme Corp", "a client"),
        (13, "Bolt", ""),
        (13, "Acme Corp", "a client"),
        (16, "acme corp", "a client"),
        (18, "Acme Corp", "a client"),
        (18, "acme corp", "a client"),
        (28, "Bolt", ""),
        (30, "acme-corp", "a client"),
        (32, "Acme Corp", "a client"),
        (34, "acme-corp", "a client"),
        (37, "Acme Corp", "a client"),
    ]
    assert [(each.line, each.words) for each in found if each.kind is Kind.LINK] == [(15, "https://acmecorp.example/x")]
    assert tally(found) == Tally(private=2, comments=1, terms=2, links=1)


def test_words_that_are_written_otherwise_are_where_their_block_begins(folder: Path) -> None:
    text = "---\nredact: {Acme: we}\n---\n# T\n\nhere\nis Ac&#109;e.\n\nAcme again.\n"
    assert [(each.line, each.words) for each in of(folder, text)] == [(6, "Acme"), (9, "Acme")]


def test_what_was_put_in_counts_once_and_in_its_own_file(folder: Path) -> None:
    part = "# Part\n\n## One\n\n*own*{.private} <!-- said --> Acme\n\n## Two\n\n<!-- elsewhere -->\n"
    (folder / "part.md").write_text(part, encoding="utf-8")
    text = "---\nredact: {Acme: we}\n---\n# T\n\n## A\n\n![[part#One]]\n\n## B\n\n![[part#One]]\n"
    found = of(folder, text)
    assert [(each.file, each.kind, each.line) for each in found] == [
        (folder / "part.md", Kind.COMMENT, 5), (folder / "part.md", Kind.SPAN, 5), (folder / "part.md", Kind.TERM, 5),
    ]  # fmt: skip


def test_pictures_say_what_their_files_do(folder: Path) -> None:
    exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02\x01\x0f\0\x02\0\0\0\x04Cam\0\x88\x25\0\x04\0\0\0\x01\0\0\0\0\0\0\0\0"
    marker = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    (folder / "a.jpg").write_bytes(b"\xff\xd8" + marker + b"\xff\xd9")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><desc>Acme</desc><text>Acme</text></svg>'
    (folder / "b.svg").write_text(svg)
    (folder / "c.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>')
    text = "---\nredact: {Acme: we}\n---\n# T\n\n![a](a.jpg)\n\n![b](b.svg)\n\n![c](c.svg)\n\n![a](a.jpg)\n"
    found = of(folder, text)
    assert [(each.line, each.words, each.said) for each in found if each.kind is Kind.PICTURE] == [
        (6, "a.jpg", frozenset({Said.POSITION, Said.CAMERA})), (8, "b.svg", frozenset({Said.DESCRIPTION})),
    ]  # fmt: skip
    assert [(each.file, each.words) for each in found if each.kind is Kind.TERM] == [(folder / "b.svg", "Acme")]


def test_a_deck_without_secrets_keeps_nothing(folder: Path) -> None:
    found = of(folder, "# T\n\nText, `<!-- code -->`.\n\n/// notes\nTold.\n///\n")
    assert found == []
    assert stays(tally(found)) == "Nothing is private; everything is written."
    assert stays_briefly(tally(found)) == ""


@pytest.mark.parametrize(
    ("counted", "sentence"),
    [
        (Tally(private=1), "1 private passage stays here"),
        (Tally(private=3, comments=4, terms=2), "3 private passages, 4 comments and 2 masked terms stay here"),
        (Tally(pictures=1), "the metadata of 1 picture stay here"),
        (Tally(unread=1, links=2), "1 block that does not parse and 2 addresses stay here"),
    ],
)
def test_a_sentence_counts_what_stays(counted: Tally, sentence: str) -> None:
    assert stays(counted) == sentence


def test_where_there_is_little_room_only_their_number_is_said() -> None:
    assert stays_briefly(Tally(comments=1)) == "1 thing stays here"
    counted = Tally(private=3, comments=4, terms=2, unread=1, links=1, pictures=5)
    assert stays_briefly(counted) == "16 things stay here"


def test_every_kind_has_words(folder: Path) -> None:
    lines = [in_words(each) for each in of(folder, REDACTED)]
    assert "“Acme Corp”, now “a client”" in lines
    assert "“Bolt”, now nothing" in lines
    assert "address “https://acmecorp.example/x”, now no link" in lines
    assert "private frame “Dark”" in lines


PLACES = (
    "%", "- one\n- a %\n    - inner %", "> said %\n>\n> — %", "| a % | b |\n|---|---|\n| 1 | % |",
    "/// callout | Look: %\nText %.\n///", "term %\n:   meaning %", "A note.[^n]\n\n[^n]: It says %.",
    "/// columns\n//// column\nleft %\n////\n//// column\nright\n////\n///",
    "/// case\n    company: Mill\n    lesson: They %.\n///",
    "/// poll | Who: % ?\n- one %\n- two\n///", "/// only | lang=de\nIn German %\n///", "##### plain % {.plain}",
    "/// notes\nTold %.\n///", "long % words %\nand % more", "## Title % more\n\nText.", "/// caption\nalone %\n///",
)  # fmt: skip
SECRETS = (
    "*%*{.private}", "**% two**{.private}", "[% *more*]{.private}", "%% % %%", "<!-- % -->", "Acme% Corp",
    "**Acme%** Corp", "acme%-corp",
)  # fmt: skip
BLOCKS = (
    "/// private\n%[^p]\n\n[^p]: x\n///", "/// unknown-block\n%\n///", "%\n{: .private }", "<!--\n\n%\n\n## %\n\n-->",
    "%%\n%\n%%", "/// callout | Look\n/// private\n%\n///\n///", "## Dark % {.private}\n\n### Below\n\n## Seen",
)  # fmt: skip


@given(
    st.lists(
        st.one_of(st.tuples(st.sampled_from(PLACES), st.sampled_from(SECRETS)), st.sampled_from(BLOCKS)),
        min_size=1,
        max_size=6,
    )
)
def test_every_secret_is_listed_at_its_line(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[str, str] | str]
) -> None:
    planted: list[str] = []

    def secret() -> str:
        planted.append(f"Zorb{len(planted)}x")
        return planted[-1]

    body: list[str] = []
    for number, each in enumerate(parts):
        part, word = (each, "%") if isinstance(each, str) else each
        pieces = part.replace("[^n]", f"[^n{number}]").replace("[^p]", f"[^p{number}]").split("%")
        if isinstance(each, str) and each.startswith("%%"):
            pieces = ["%%\n", "\n%%"]
        text = pieces[0]
        for piece in pieces[1:]:
            filled = word.replace("%%", "\0").replace("%", secret()).replace("\0", "%%")
            text += filled + piece
        body.append(text)
    terms = "".join(f"  Acme{word} Corp: client\n" for word in planted)
    text = f"---\nlang: en\nredact:\n{terms}---\n# T\n\n" + "\n\n".join(body) + "\n"
    found = of(tmp_path_factory.mktemp("deck"), text)
    lines = text.split("\n")
    for word in planted:
        where = [each for each in found if word.casefold() in (each.words + each.term).casefold()]
        assert where, (word, text)
        assert any(
            word.casefold() in "\n".join(lines[each.line - 1 :][: each.words.count("\n") + 3]).casefold()
            for each in where
        ), (word, text, where)
