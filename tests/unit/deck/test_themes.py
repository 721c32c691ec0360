"""Themes as an author copies, changes and breaks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.tables import TableReader
from atelier.deck.theme import HOUSE_THEME, Theme, bundled_themes, house_theme, load_theme
from atelier.foundation.resources import THEMES

if TYPE_CHECKING:
    from pathlib import Path

HOUSE_TEXT = (THEMES / f"{HOUSE_THEME}.toml").read_text(encoding="utf-8")


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_bundled_theme_reads_without_a_word() -> None:
    assert HOUSE_THEME in bundled_themes()
    for name in bundled_themes():
        theme, diagnostics = load_theme(name, None)
        assert theme.name == name
        assert not diagnostics


def test_a_bundled_theme_is_readable_on_its_own_grounds() -> None:
    for name in bundled_themes():
        theme, _diagnostics = load_theme(name, None)
        colours = theme.colours
        texts = [colours.ink, colours.body, colours.muted, colours.accent, *theme.hues]
        assert all(_contrast(colour, colours.card) >= 6.7 for colour in texts)
        assert all(_contrast(theme.code.token(kind), theme.code.ground) >= 6 for kind in ("keyword", "comment", "text"))
        assert all(_contrast(theme.band.text, stop.colour) >= 7 for stop in theme.band.stops)
        for callout in (theme.callouts.note, theme.callouts.ok, theme.callouts.warn):
            assert _contrast(callout.title, callout.ground) >= 5
            assert _contrast(colours.body, callout.ground) >= 7


def test_no_name_is_the_house_theme() -> None:
    assert load_theme("", None) == (house_theme(), ())


def test_a_copy_says_only_what_differs(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[colours]\naccent = "#0a5858"\n', encoding="utf-8")
    theme, diagnostics = load_theme("mine.toml", tmp_path)
    assert not diagnostics
    assert theme.colours.accent == "#0A5858"
    assert theme.colours.ink == house_theme().colours.ink
    assert theme.digest != house_theme().digest


def test_a_whole_copy_reads(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(HOUSE_TEXT.replace("#9E1238", "#0A5858"), encoding="utf-8")
    theme, diagnostics = load_theme("mine.toml", tmp_path)
    assert not diagnostics
    assert theme.hues[1] == "#0A5858"


@pytest.mark.parametrize(
    ("written", "line", "words"),
    [
        ('dark = false\n\n[colours]\naccent = "red"\n', 4, "“colours.accent” in the theme should be a colour"),
        ("[fonts.body]\nweight = true\n", 2, "“fonts.body.weight” in the theme should be a number"),
        ("[type]\nbody = { size = 4, line = nan }\n", 2, "“type.body.line”"),
        ("[shadow]\nopacity = 42\n", 2, "from 0 to 1"),
        ('[band]\nkind = "icing"\n', 2, "one of glaze, hue, plain, chalk"),
        ("hues = []\n", 1, "at least one"),
        ('hues = ["#9E1238", "9E1238"]\n', 1, "a colour"),
        ("[world]\nstops = [\n  { at = 0 },\n]\n", 2, "a list of tables with at, colour"),
        ("shadow = 3\n", 1, "a table"),
        ("[colours]\nacent = 1\n", 2, "A theme has no “colours.acent”"),
        ("[colours\n", 1, "not valid TOML"),
        ("a = 1\na = 2\n", 2, "not valid TOML"),
    ],
)
def test_what_cannot_be_used_is_named_and_replaced(tmp_path: Path, written: str, line: int, words: str) -> None:
    (tmp_path / "mine.toml").write_text(written, encoding="utf-8")
    theme, (found, *_rest) = load_theme("mine.toml", tmp_path)
    assert (found.code, found.line, found.file) == ("theme-unreadable", line, tmp_path / "mine.toml")
    assert words in found.message
    assert theme.colours == house_theme().colours
    assert theme.hues == house_theme().hues


def test_a_misspelt_key_says_what_was_meant(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[colours]\nacent = 1\n", encoding="utf-8")
    _theme, (found,) = load_theme("mine.toml", tmp_path)
    assert found.hint == "Did you mean “accent”?"


@pytest.mark.parametrize("name", ["chocolate", "missing.toml", "../out.toml", "/etc/passwd.toml", "https://x/y.toml"])
def test_a_theme_that_is_not_there_gives_the_house_theme(tmp_path: Path, name: str) -> None:
    theme, (found,) = load_theme(name, tmp_path)
    assert theme is house_theme()
    assert found.code == "theme-unreadable"
    assert found.hint


@given(st.binary(max_size=300) | st.text(alphabet="[]{}=.,\"'#\n ab1", max_size=80).map(str.encode))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    reader = TableReader.parse(data, None)
    assert isinstance(reader.read(Theme, {"name": "x", "digest": ""}, house_theme()), Theme)


def test_deep_nesting_is_refused() -> None:
    reader = TableReader.parse(b"a = " + b"[" * 100_000, None)
    assert reader.read(Theme, {"name": "x", "digest": ""}, house_theme())
    assert reader.diagnostics
