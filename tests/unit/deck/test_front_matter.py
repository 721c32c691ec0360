"""Front matter as people write it, rightly and wrongly."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.front_matter import Metadata, PathValue, StopValue, read_metadata
from atelier.deck.types import View

if TYPE_CHECKING:
    from atelier.foundation.diagnostics import Diagnostic


def _read(text: str) -> tuple[Metadata, tuple[Diagnostic, ...]]:
    return read_metadata(text, 2, None)


def test_every_scalar_is_the_text_that_stands_there() -> None:
    metadata, found = _read("title: 2014-02-12\nlang: no\nratio: 16:9\nauthor: 007\nevent: yes\ntheme: 1e3\n")
    assert not found
    assert (metadata.title, metadata.lang, metadata.author) == ("2014-02-12", "no", "007")
    assert (metadata.event, metadata.theme) == ("yes", "1e3")
    assert metadata.ratio == 16 / 9


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_what_ends_a_line_in_yaml_alone_shifts_no_line(sign: str) -> None:
    metadata, found = _read(f"title: A{sign}B\nlnag: fr\n")
    assert metadata.title == "A B"
    assert [(each.code, each.line, each.column) for each in found] == [("front-matter-misspelt", 3, 1)]


def test_the_keys_of_the_design() -> None:
    metadata, found = _read(
        'title: Le gâteau au chocolat\nlang: fr_FR\nabstract: {en: "How to", fr: Comment}\nauthor: [Ada, {name: Bob}]\n'
        'theme: chocolat\nratio: "4:3"\ntags: [stratégie, web]\nkeywords: un, deux\n'
        'redact: {"client": "un client", "Nom du client": "X"}\nframes: 3\nlayout: ring\nmap: cake.svg\n'
        "minutes: 45 min\ndate: 2014-02-12\nevent: Salon\nlicense: CC BY 4.0\nlibrary: [../cas]\n"
        "room: {width: 4m}\nagenda: [1]\n"
    )
    assert not found
    assert metadata.lang == "fr-FR"
    assert metadata.abstract == (("en", "How to"), ("fr", "Comment"))
    assert metadata.author == "Ada, Bob"
    assert metadata.ratio == 4 / 3
    assert metadata.tags == ("stratégie", "web")
    assert metadata.keywords == ("un", "deux")
    assert metadata.redact == (("Nom du client", "X"), ("client", "un client"))
    assert (metadata.frames, metadata.layout, metadata.map, metadata.minutes) == (3, "ring", "cake.svg", 45.0)
    assert metadata.licence == "CC BY 4.0"
    assert [key for key, _node in metadata.extra] == ["agenda"]
    assert metadata.library == (("../cas", metadata.line_of("library")),)
    assert metadata.line_of("theme") == 6


@pytest.mark.parametrize(
    ("terms", "read"),
    [
        ("{Acme: a client}", (("Acme", "a client"),)),
        ("[Acme, Mill & Sons]", (("Mill & Sons", ""), ("Acme", ""))),
        ("[Mill & Sons: a mill, Acme]", (("Mill & Sons", "a mill"), ("Acme", ""))),
        ("Acme", (("Acme", ""),)),
        ("{Acme: }", (("Acme", ""),)),
        ("{Acme: [a]}", (("Acme", ""),)),
        ("[[Acme, [Dell]], {Mill & Sons: a mill}]", (("Mill & Sons", "a mill"), ("Acme", ""), ("Dell", ""))),
    ],
)
def test_terms_are_read_however_they_are_listed(terms: str, read: tuple[tuple[str, str], ...]) -> None:
    metadata, _found = _read(f"redact: {terms}\n")
    assert metadata.redact == read


@pytest.mark.parametrize("terms", ["", "{}", "[]", "~"])
def test_no_terms_are_none(terms: str) -> None:
    metadata, found = _read(f"redact: {terms}\n")
    assert not found
    assert not metadata.redact


@pytest.mark.parametrize(
    ("written", "width", "distance"),
    [
        ("{width: 3m, distance: 12m}", 3.0, 12.0),
        ("{width: 250 cm, distance: 4000mm}", 2.5, 4.0),
        ("{width: 10 ft, distance: 480in}", 3.048, 12.192),
        ('{width: "2,5 m", distance: 8.5}', 2.5, 8.5),
        ("\n  width: 2,5m\n  distance: 30 M", 2.5, 30.0),
        ("{distance: 20m}", 3.0, 20.0),
        ("", 3.0, 12.0),
        ("~", 3.0, 12.0),
    ],
)
def test_the_room(written: str, width: float, distance: float) -> None:
    metadata, found = _read(f"room: {written}\n")
    assert not found
    assert (metadata.room.width, metadata.room.distance) == pytest.approx((width, distance))


@pytest.mark.parametrize(
    ("written", "code", "said"),
    [
        ("3m", "front-matter-type", "“room”"),
        ("[3, 12]", "front-matter-type", "“room”"),
        ("{width: 3 km}", "front-matter-type", "“room.width”"),
        ("{width: wide}", "front-matter-type", "“room.width”"),
        ("{width: 0}", "front-matter-type", "“room.width”"),
        ("{width: -3m}", "front-matter-type", "“room.width”"),
        ("{width: [3m]}", "front-matter-type", "“room.width”"),
        ("{distance: 9000m}", "front-matter-type", "“room.distance”"),
        ("{width: 2,5m}", "front-matter-type", "“5m”"),
        ("{wdith: 3m}", "front-matter-misspelt", "“room.wdith”"),
    ],
)
def test_a_room_that_cannot_be(written: str, code: str, said: str) -> None:
    metadata, (found,) = _read(f"title: x\nroom: {written}\n")
    assert (metadata.room.width, metadata.room.distance) == (3.0, 12.0)
    assert (found.code, found.line) == (code, 3)
    assert said in found.message


def test_paths() -> None:
    metadata, found = _read(
        "paths:\n"
        "  complet: {minutes: 45}\n"
        "  court:\n"
        "    minutes: 20\n"
        "    stops: [a, '#b', {frame: c, hold: 5, view: overview}]\n"
        "  bref: [a]\n"
        "  tout:\n"
    )
    assert not found
    assert metadata.paths == (
        PathValue("complet", 3, 45.0),
        PathValue(
            "court",
            4,
            20.0,
            stops=(
                StopValue("a", View.FRAME, None, 6),
                StopValue("b", View.FRAME, None, 6),
                StopValue("c", View.OVERVIEW, 5.0, 6),
            ),
        ),
        PathValue("bref", 7, stops=(StopValue("a", View.FRAME, None, 7),)),
        PathValue("tout", 8),
    )


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "words"),
    [
        ("title: x\ntheem: y", "front-matter-misspelt", 3, 1, "“theem”"),
        ("title: [a, b]", "front-matter-type", 2, 8, "“title” should be a text"),
        ("lang: français", "front-matter-type", 2, 7, "“lang”"),
        ("ratio: wide", "front-matter-type", 2, 8, "“ratio”"),
        ("ratio: 100:1", "front-matter-type", 2, 8, "“ratio”"),
        ("frames: 9", "front-matter-type", 2, 9, "“frames”"),
        ("paths: {a: {minutes: soon}}", "front-matter-type", 2, 22, "“paths.a.minutes”"),
        ("paths: {a: {stop: [x]}}", "front-matter-misspelt", 2, 13, "“paths.a.stop”"),
        ("paths: {a: {stops: [{fram: x}]}}", "front-matter-type", 2, 21, "“paths.a.stops”"),
        ("paths: {a: {stops: [{frame: x, view: far}]}}", "front-matter-type", 2, 38, "“paths.a.stops.view”"),
        ("paths: [a]", "front-matter-type", 2, 8, "“paths”"),
        ("title: a\ntitle: b", "front-matter-twice", 3, 1, "twice"),
        ("title: a: b", "front-matter-syntax", 2, 9, "not valid YAML"),
        ("title: x\nlang: [a", "front-matter-syntax", 3, 7, "not valid YAML"),
        ("title: x\n\tlang: fr", "front-matter-syntax", 3, 1, "not valid YAML"),
        ('title: "x', "front-matter-syntax", 2, 8, "not valid YAML"),
        ("just words", "front-matter-syntax", 2, 1, "key: value"),
        ("title: a\x07b", "front-matter-syntax", 2, 9, "character"),
        ("title: &a x", "front-matter-alias", 2, 8, "Anchors"),
        ("title: *a", "front-matter-alias", 2, 8, "Anchors"),
        ("? [a]\n: b", "front-matter-type", 2, 3, "key"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str, code: str, line: int, column: int, words: str) -> None:
    _metadata, (found, *_rest) = _read(text)
    assert (found.code, found.line, found.column) == (code, line, column)
    assert words in found.message


def test_a_misspelt_key_says_what_was_meant() -> None:
    _metadata, (found,) = _read("theem: nuit")
    assert found.hint == "Did you mean “theme”?"


def test_what_stands_before_the_break_is_kept() -> None:
    metadata, found = _read("title: Un titre\nlang: fr\nauthor: @moi\ntheme: nuit\n")
    assert (metadata.title, metadata.lang) == ("Un titre", "fr")
    assert [(each.line, each.column) for each in found] == [(4, 9)]


def test_a_value_that_cannot_be_used_costs_nothing_beside_it() -> None:
    metadata, found = _read("title: {a: b}\nminutes: -3\nlang: fr")
    assert metadata.lang == "fr"
    assert metadata.minutes is None
    assert len(found) == 2


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 50_000,
        "{a: " * 50_000,
        "a: [" + "x, " * 200_000 + "]",
        "\n".join(f"k{i}: v" for i in range(50_000)),
        "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]",
        "- " * 50_000,
        "x" * 2_000_000,
        "a: !!python/object/apply:os.system [echo]",
    ],
)
def test_hostile_front_matter_is_refused_at_once(text: str) -> None:
    begun = time.perf_counter()
    _metadata, found = _read(text)
    assert time.perf_counter() - begun < 3
    assert found
    assert len(found) <= 100


@given(st.text(alphabet="ab:-[]{}\"'#&*!|>%@` \n\t,?é\ud800", max_size=60) | st.text(max_size=60))
def test_any_text_reads(text: str) -> None:
    metadata, found = _read(text)
    assert 1 <= metadata.frames <= 6
    assert all(each.line >= 2 for each in found)
