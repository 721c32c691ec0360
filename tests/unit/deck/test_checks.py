"""What the checks of a deck's text say, and where they are silent."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.unit.app.damaged_decks import DRAWING, Damaged, png

import atelier.deck.picture_checks
from atelier.deck.checks import check_deck
from atelier.deck.contents import Contents
from atelier.deck.decoding import text_of
from atelier.deck.files import resolve
from atelier.deck.loading import read
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.progress import unseen

if TYPE_CHECKING:
    from pathlib import Path


def everything(text: str) -> list[Diagnostic]:
    data = text.encode()
    deck = read(data)
    return sorted(check_deck(deck, text_of(data), Contents(deck), unseen), key=lambda each: (each.line, each.column))


def codes(text: str) -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in everything(text)]


ORDINARY = {
    "a heading in code": "# A\n\n```sh\n#!/bin/sh\n##comment\n```\n",
    "a hashtag": "# A\n\n#jetaime #lego\n\n#MeToo\n\n#lego\n",
    "an issue": "# A\n\n#1 is closed\n\nIt closes\n#12 and more.\n",
    "a preprocessor": "# A\n\n    #include <stdio.h>\n",
    "braces in a title": "# A\n\n## The set {a, b}\n\n## GET /users/{id}\n\n## `f{.x}`\n",
    "formulas": "# A\n\nFor $x_{i}$ and $$\\frac{a}{b}$$ and {n}.\n",
    "templates": "# A\n\n`{{ page.title }}` and `{% x %}` and `{.private}`\n",
    "steps below a list": "# A\n\n- b\n- c\n{: .steps }\n\n1. b\n\n    more\n{: .steps }\n",
    "steps below columns": "# A\n\n/// columns\n//// column\na\n////\n//// column\nb\n////\n///\n{: .steps }\n",
    "a step below a paragraph": "# A\n\nWords\nover lines.\n{: .step }\n\n> quoted\n{: .step }\n",
    "steps below a nested list": "# A\n\n- b\n    - c\n{: .steps }\n",
    "directives": "# A\n\n<!-- toc -->\n<!-- prettier-ignore-start -->\n<!--more-->\n<!-- END doctoc generated -->\n",
    "badges": "# A\n\n[![CI](https://img.shields.io/badge/x.svg)](https://example.org)\n",
    "a link around code": "# A\n\n[`sar`](https://example.org/)\n",
    "a caption below a table": "# A\n\n| a |\n|---|\n| b |\n\n/// caption\nWords.\n///\n",
    "a reference inside code": "# A\n\n`a[b][c]` and x[1][2]\n",
    "a fence of four marks": "# A\n\n````md\n```python\nx\n```\n````\n",
    "front matter at the top": "---\ntitle: A\nlang: pt-BR\n---\n\n# A\n",
    "a rule at the top": "---\n\n# A\n\nWords.\n",
    "words and a colon": "Note: this is a text.\n\n# A\n",
    "underlined headings": "A\n==\n\nB\n--\n\nC\n--\n",
    "a footnote in a footnote": "# A\n\nB.[^1]\n\n[^1]: C.[^2]\n[^2]: D.\n",
    "a definition said twice alike": "# A\n\n[b]\n\n[b]: https://x.org\n[b]: https://x.org\n",
    "headings in columns": "# A\n\n/// columns\n//// column\n### One\n////\n//// column\n### Two\n////\n///\n",
    "a plain heading in notes": "# A\n\n/// notes\n## B {.plain}\n///\n",
    "minutes that leave room": "---\npaths: {a: {minutes: 10}}\n---\n# A {minutes=4}\n\n## B {minutes=4}\n",
    "minutes of some frames": "---\npaths: {a: {minutes: 45}}\n---\n# A {minutes=4}\n\n## B\n",
    "a frame and its overview": "---\npaths: {a: [a, b, {frame: b, view: overview}]}\n---\n# A\n\n## B\n",
    "an emoji, linked as on GitHub": "# A\n\n[b](#b-heart)\n\n## B :heart:\n",
    "the same title, linked as on GitHub": "# A\n\n[x](#b-1)\n\n## C\n\n### B\n\n## D\n\n### B\n",
    "a no-break space in a text": "# Café\u00a0: suite\n\n« Oui\u00a0! »\n\n- un\u00a0: deux\n",
    "Windows lines": "---\r\ntitle: A\r\n---\r\n\r\n# A\r\n\r\n- b\r\n- c\r\n{: .steps }\r\n",
    "brackets and parentheses": "# A\n\nAs [1] (see there), a[1] (2) and / notes / of it.\n",
    "a path": "# A\n\n/ only a slash\n\n/usr/bin/notes\n\n// a comment\n",
    "a table": "# A\n\n| a | b |\n|---|:-:|\n| c | d |\n\n|x| is positive\n",
    "words under a title": "---\ntitle: A\n---\nWords alone.\n",
    "a title and several parts": "---\ntitle: A\n---\n# B\n\n# C\n",
    "braces in words": "# A\n\nA (private) talk, {private: 1} and `{.private`.\n\n## The class (private)\n",
    "admonitions": "# A\n\n!!! note\n    B\n\n> [!NOTE]\n> C\n\nWhat???\n",
    "cells with bars and empty ends": "# A\n\n| a | b |\n|---|---|\n| `c|d` | e\\|f |\n| g | h | |\n| i |\n",
    "addresses": "# A\n\n[b](https://x.org/c_(d)) [e](tel:1) [f](mailto:g@x.org) [h](i/www.md)\n",
    "slides of Slidev": "---\ntitle: A\n---\n\n# A\n\n---\nlayout: two-cols\n---\n\n# B\n",
    "wiki links to other pages": "# A\n\n[[Other page]] and [[#A]]\n",
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY.keys())
def test_ordinary_markdown_is_left_in_peace(text: str) -> None:
    assert [str(each) for each in everything(text)] == []


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "said"),
    [
        ("# A\n\n##\u00a0B\n", "no-break-space", 3, 3, ""),
        ("# A\n\n-\u00a0b\n", "no-break-space", 3, 2, ""),
        ("# A\n\n#Titre de la suite\n\nMots.\n", "heading-lookalike", 3, 2, "#"),
        ("# A\n\n＃ B\n", "heading-lookalike", 3, 0, "＃"),
        ("# A\n\n## B {#b label=“C D”}\n", "attributes-unread", 3, 16, ""),
        ("# A\n\n## B {#b label=“C”}\n", "attributes-unread", 3, 16, ""),
        ("# A\n\n*name* {.private}\n", "attributes-unread", 3, 8, "{.private}"),
        ("# A\n\n*name*{.privé}\n", "class-misspelt", 3, 7, ".private"),
        ("# A\n\nB\n{: .Steps }\n", "class-misspelt", 4, 1, ".steps"),
        ("# A\n{#a}\n", "mark-unused", 2, 0, ""),
        ("# A\n\n/// notes\n- b\n- c\n{: .steps }\n///\n", "mark-unused", 6, 0, ""),
        ("# A\n\n/// only | lang=français\nB\n///\n", "only-unknown", 3, 0, "français"),
        ("# A\n\n/// notse\nB\n///\n", "block-unknown", 3, 0, "notes"),
        ("# A\n\n/// caption\nB\n///\n", "block-misplaced", 3, 0, ""),
        ("# A\n\n%% only for me, not for them %%\n", "comment-leak", 3, 1, "only for me"),
        ("# A\n\nB <!-- only for me,\nnot for them --> C\n", "comment-leak", 3, 3, "only for me"),
        ("\ufeff# A\n\nCafÃ©\n", "text-garbled", 3, 4, "Ã©"),
        ("title: A\nlang: fr\n\n# A\n", "front-matter-misplaced", 1, 0, ""),
        ("---\n\ntitle: A\nlang: fr\n---\n\n# A\n", "front-matter-misplaced", 1, 0, ""),
        ("---\nlang: cz\n---\n# A\n", "language-unknown", 2, 0, "“cs”"),
        ("# A\n\n## B {lang=xx}\n", "language-unknown", 3, 0, "ISO 639"),
        ("---\nminutes: 5\n---\n# A {minutes=9}\n", "minutes-over", 2, 0, "9 min"),
        ("# A {skip=true}\n\n## B\n", "path-empty", 1, 0, "skip"),
        ("# A\n\nWords.\n\nA thought, that ends.\n===\n", "setext-heading", 5, 0, "==="),
        ("# A\n\n## B\n\n## C\n\n## D\n\nThanks\n---\n", "setext-heading", 9, 0, "---"),
        ("# A\n\n![b](a\\b.png)\n", "picture-name", 3, 6, "a/b.png"),
        ("# A\n\n[b](javascript:alert)\n", "link-refused", 3, 5, "javascript:alert"),
        ("# A\n\nSee [b](b).\n\n## B\n", "link-dead", 3, 6, "#b"),
        ("# A\n\n[b] (#b)\n\n## B\n", "link-apart", 3, 4, ""),
        ("# A\n\n/ private\nOurs.\n", "block-lookalike", 3, 0, ""),
        ("# A\n\n## B {#b, .c}\n", "attribute-value", 3, 0, "spaces"),
        ("---\ntitle: A\n---\n\n", "deck-empty", 0, 0, ""),
        ("# A\n\n# B\n\n# C\n", "title-none", 3, 0, "front matter"),
        ("Words alone.\n", "heading-none", 1, 0, "after its file"),
        ("# A\n\n[^1]: B\n[^1]: C\n\nD.[^1]\n", "definition-twice", 4, 0, "1"),
        ("# A\n\nWords ![b](https://x.org/y.png) words\n", "picture-remote", 3, 7, "x.org"),
        ("# A\n\n## B {.private\n", "attributes-unread", 3, 6, "hides nothing"),
        ("# A\n\n## B {private}\n", "attributes-unread", 3, 6, "hides nothing"),
        ("# A\n\n## B (.private)\n", "attributes-unread", 3, 0, "hides nothing"),
        ("# A\n\n## B ｛.private｝\n", "attributes-unread", 3, 6, "hides nothing"),
        ("# A\n\n## B {.private}\u200b\n", "attributes-unread", 3, 6, "hides nothing"),
        ("# A\n\n## B {#b\n", "attributes-unread", 3, 6, "part of its title"),
        ("# A\n\n## B {optional}\n", "attributes-unread", 3, 6, "part of its title"),
        ("# A\n\n*name*{.private and more\n", "attributes-unread", 3, 7, "{.private"),
        ("# A\n\n*name*{private} and more\n", "attributes-unread", 3, 7, "{private}"),
        ("# A\n\n*name*(.private)\n", "attributes-unread", 3, 7, "(.private)"),
        ("# A {minutes=1 minutes=2}\n", "attribute-unused", 1, 0, "last one"),
        ("# A\n\n## B {.steps}\n", "attribute-unused", 3, 0, "{: .steps }"),
        ("# A\n\n####### B\n", "heading-lookalike", 3, 0, "six"),
        ("# A\n\nB\u2028C\n", "sign-unreadable", 3, 2, "U+2028"),
        ("---\ntitle: A\n---\n\n---\ntheme: nuit\n---\n# B\n", "front-matter-misplaced", 5, 0, "first one"),
        ("----\ntitle: A\n----\n\n# B\n", "front-matter-misplaced", 1, 0, "hyphens"),
        ("—\ntitle: A\n—\n\n# B\n", "front-matter-misplaced", 1, 0, "hyphens"),
        ("\u200b---\ntitle: A\n---\n\n# B\n", "front-matter-misplaced", 1, 0, "hyphens"),
        ("<!-- toc -->\n---\ntitle: A\n---\n\n# B\n", "front-matter-misplaced", 2, 0, "top"),
        ('# A\n\n<aside class="notes">Ours.</aside>\n', "block-lookalike", 3, 0, "/// notes"),
        ("# A\n\nB\n\n???\nOurs.\n", "block-lookalike", 5, 0, "/// notes"),
        ("# A\n\n\\\\\\ private\nOurs.\n", "block-lookalike", 3, 0, "/// private"),
        ("# A\n\n> [!private]\n> Ours.\n", "block-lookalike", 3, 0, "/// private"),
        ("# A\n\n/// columns\nB\n///\n", "columns-single", 3, 0, "no column"),
        ("# A\n\n/// callout | B\n  type: warn\n///\n", "attributes-in-text", 4, 0, "four spaces"),
        ("# A\n\n| a | b |\n|---|---|\n| c | d | e |\n", "table-cells", 5, 0, "3 cells"),
        ("# A\n\n[b]()\n", "link-empty", 3, 4, "no address"),
        ("# A\n\n[b](htp://x.org)\n", "link-refused", 3, 5, "htp://x.org"),
        ("# A\n\n[b](javascript:alert(1))\n", "link-refused", 3, 5, "javascript:alert(1)”"),
        ("# A\n\n[b](www.x.org)\n", "link-dead", 3, 5, "https://www.x.org"),
        ("# A\n\n[b](http:/x.org)\n", "link-dead", 3, 5, "https://x.org"),
        ("# A\n\nWords that go on\nover [b](#c) lines.\n", "link-dead", 4, 10, "#c"),
        ("# A\n\nWords that go on\nover *b* {.private} lines.\n", "attributes-unread", 4, 10, "{.private}"),
        ("# A\n\n![b](b.svg){width=wide}\n", "attribute-value", 3, 12, "60%"),
        ("# A\n\n![b](b.svg){width=0}\n", "attribute-value", 3, 12, "60%"),
        ("# A\n\n![b](b.svg){widht=60%}\n", "attribute-unknown", 3, 12, "“width”"),
        ("# A\n\n![b](b.svg){data-credit=A Baker}\n", "attribute-value", 3, 12, "Baker"),
        ("---\nmarp: true\n---\n# A\n", "front-matter-key", 2, 1, "Other programs"),
    ],
)  # fmt: skip
def test_where_and_what(text: str, code: str, line: int, column: int, said: str) -> None:
    (found,) = [each for each in everything(text) if each.code == code]
    assert (found.line, found.column) == (line, column)
    assert said in f"{found.message} {found.hint}"


def test_a_thing_is_said_once() -> None:
    assert codes("# A\n\n![b](https://x.org/y.png)\n") == [("picture-remote", 3)]
    assert codes('# A\n\n## Secret {.private label="x}\n') == [("attributes-unread", 3)]


def test_a_heading_with_a_no_break_space_is_a_frame_all_the_same() -> None:
    assert [frame.title for frame in read("# A\n\n##\u00a0B {#b}\n\n##\u202fC\n".encode()).frames] == ["A", "B", "C"]


def test_a_stop_names_one_of_several_frames() -> None:
    text = "---\npaths: {a: [b]}\n---\n# A\n\n## C\n\n### B\n\n## D\n\n### B\n"
    assert codes(text) == [("reference-ambiguous", 2)]
    assert codes(text.replace("### B", "### B {#b}", 1)) == []


# ----------------------------------------------------------------------------------------------------- pictures


def in_folder(folder: Path, text: str, **files: bytes) -> list[tuple[str, int]]:
    named = {name.replace("_", "."): data for name, data in files.items()}
    return [(each.code, each.line) for each in Damaged(text.encode(), named).checked(folder).diagnostics]


@pytest.mark.parametrize(
    "credit",
    [
        '{#b .c width=60.5% height=3 fig-alt="d" loading=lazy data-credit="A. Baker"}',
        '{data-credit="A. Baker"}',
        '{credit="A. Baker"}',
        "\n\n/// caption\nPhoto: A. Baker\n///",
        "\n\n/// caption\n© A. B.\n///",
    ],
)
def test_a_picture_with_a_credit(credit: str, tmp_path: Path) -> None:
    assert in_folder(tmp_path, f"# A\n\n![b](b.png){credit}\n", b_png=png(64, 36)) == []


def test_a_drawing_or_a_picture_in_a_line_needs_no_credit(tmp_path: Path) -> None:
    text = "# A\n\n![b](b.svg)\n\nWords ![c](c.png) words.\n"
    assert in_folder(tmp_path, text, b_svg=DRAWING, c_png=png(64, 36)) == []


def test_a_name_in_other_letters_is_shown_and_reported(tmp_path: Path) -> None:
    checked = Damaged(b"# A\n\n![b](Images/B.SVG)\n").write(tmp_path)
    (tmp_path / "images").mkdir()
    (tmp_path / "images/b.svg").write_bytes(DRAWING)
    (found,) = Damaged(checked.read_bytes()).checked(tmp_path).diagnostics
    assert (found.code, found.hint) == ("picture-case", "Write images/b.svg.")


def test_a_picture_used_twice_is_reported_at_both_lines(tmp_path: Path) -> None:
    text = "# A\n\n![b](b.png)\n\n## C\n\n![b](b.png)\n"
    assert in_folder(tmp_path, text, b_png=b"?") == [("picture-unreadable", 3), ("picture-unreadable", 7)]


def test_a_background_is_a_picture_too(tmp_path: Path) -> None:
    text = "# A\n\n## B {background=b.png}\n\n## C {background=nowhere.png}\n\n## D {background=navy}\n"
    assert in_folder(tmp_path, text, b_png=b"") == [
        ("picture-unreadable", 3),
        ("picture-missing", 5),
        ("picture-missing", 7),
    ]


def test_a_refused_picture_is_said_once(tmp_path: Path) -> None:
    text = "# A\n\n![b](data:image/png;base64,xx)\n\n![c](file:c.png)\n\n![d](C:\\d\\d.png)\n\n![]()\n"
    assert in_folder(tmp_path, text) == [
        ("picture-unreadable", 3), ("picture-outside", 5), ("picture-outside", 7), ("picture-missing", 9),
    ]  # fmt: skip


def test_what_is_cut_off_or_taken_out_is_missed(tmp_path: Path) -> None:
    linked = DRAWING.replace(b"</svg>", b'<image href="photo.jpg" width="9" height="9"/></svg>')
    fallback = DRAWING.replace(b"</svg>", b"<switch><foreignObject/><text>B</text></switch></svg>")
    text = "# A\n\n![b](b.png)\n\n![c](c.jpg)\n\n![d](d.svg)\n\n![e](e.svg)\n"
    jpeg = b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x10\x00\x10" + b"\0" * 40
    files = {"b_png": png(64, 36)[:-12], "c_jpg": jpeg, "d_svg": linked, "e_svg": fallback}
    assert in_folder(tmp_path, text, **files) == [("picture-incomplete", line) for line in (3, 5, 7)]
    whole = {**files, "b_png": png(64, 36) + b"more", "c_jpg": jpeg + b"\xff\xd9 a film", "d_svg": DRAWING}
    assert {code for code, _line in in_folder(tmp_path, text, **whole)} == {"picture-no-credit"}


def test_a_link_to_nothing_is_no_picture_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "b.png").symlink_to("b.png")
    (tmp_path / "c.png").symlink_to("nowhere.png")
    found = Damaged(b"# A\n\n![b](b.png)\n\n![c](c.png)\n").checked(tmp_path).diagnostics
    assert {(each.code, each.hint) for each in found} == {
        ("picture-missing", "It is a link to a file that is not there.")
    }


def test_an_element_that_is_no_place_is_not_asked_for_again(tmp_path: Path) -> None:
    drawing = DRAWING.replace(b"slot1", b"b").replace(b'width="400"', b'width="0.01"')
    (found,) = Damaged(b"# A {map=a.svg}\n\n## B\n", {"a.svg": drawing}).checked(tmp_path).diagnostics
    assert found.code == "map-no-slot"
    assert found.message.startswith("The element “b”")


def test_other_kinds_of_files_are_named(tmp_path: Path) -> None:
    deck = Damaged(
        b"# A\n\n![b](b.jpg)\n\n![c](c.png)\n", {"b.jpg": b"\0\0\0\x18ftypheic", "c.png": b"version https://git-lfs"}
    )
    heic, lfs = deck.checked(tmp_path).diagnostics
    assert "HEIC" in heic.message
    assert "git lfs pull" in lfs.hint


def test_a_file_nobody_may_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(atelier.deck.picture_checks, "read_image_file", refuse)
    (found,) = Damaged(b"# A\n\n![b](b.png)\n", {"b.png": png(1, 1)}).checked(tmp_path).diagnostics
    assert (found.code, found.hint) == ("picture-unreadable", "Permission denied.")


def test_a_file_in_a_folder_nobody_may_look_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bool:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr("pathlib.Path.is_file", refuse)
    found = resolve(tmp_path, "b/c.png")
    assert isinstance(found, Diagnostic)
    assert (found.code, found.hint) == ("picture-unreadable", "Permission denied.")


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.png").write_bytes(png(64, 36))
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "b.png").symlink_to(outside / "b.png")
    (inside / "up").symlink_to(outside)
    text = "# A\n\n![b](b.png)\n\n![b](up/b.png)\n\n![b](UP/B.png)\n"
    assert in_folder(inside, text) == [("picture-outside", 3), ("picture-outside", 5), ("picture-missing", 7)]


# ---------------------------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("# Café\n\nL’été\n".encode("cp1252"), "iconv -f WINDOWS-1252"),
        ("# Café\n\n".encode() + "L’été\n".encode("cp1252"), "Most of the file is UTF-8"),
        (b"# Caf\x81\n", "Save the file as UTF-8."),
        ("# Café\n".encode("utf-16"), "Save it as UTF-8."),
        ("# Café\n".encode("utf-32"), "Save it as UTF-8."),
    ],
    ids=["Windows-1252", "mixed", "something else", "UTF-16", "UTF-32"],
)
def test_other_encodings_are_named_with_the_way_out(data: bytes, said: str, tmp_path: Path) -> None:
    (found,) = Damaged(data).checked(tmp_path).diagnostics
    assert found.code == "not-utf8"
    assert said in found.hint
