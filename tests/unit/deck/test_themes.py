"""Themes as an author copies, changes and breaks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.looks import Theme
from atelier.deck.tables import TableReader
from atelier.deck.theme import HOUSE_THEME, bundled_theme, bundled_themes, house_theme, load_theme
from atelier.foundation.diagnostics import MOST_OF_A_CODE
from atelier.foundation.resources import THEMES

if TYPE_CHECKING:
    from pathlib import Path

HOUSE_TEXT = (THEMES / f"{HOUSE_THEME}.toml").read_text(encoding="utf-8")


def test_every_bundled_theme_reads_without_a_word() -> None:
    assert HOUSE_THEME in bundled_themes()
    for name in bundled_themes():
        theme, diagnostics = load_theme(name, None)
        assert theme.name == name
        assert not diagnostics


def test_the_four_themes_are_there() -> None:
    assert bundled_themes() == ("chocolat", "clair", "craie", "nuit")


@pytest.mark.parametrize("name", bundled_themes())
def test_a_bundled_theme_says_everything(name: str) -> None:
    """An author who copies one has every key before his eyes."""
    reader = TableReader.parse((THEMES / f"{name}.toml").read_bytes(), None)
    assert reader.read(Theme, {"name": name, "digest": ""}) is not None
    assert not reader.diagnostics


@pytest.mark.parametrize("name", bundled_themes())
def test_a_whole_copy_is_the_same_theme(tmp_path: Path, name: str) -> None:
    (tmp_path / "mine.toml").write_bytes((THEMES / f"{name}.toml").read_bytes())
    theme, diagnostics = load_theme("mine.toml", tmp_path)
    assert not diagnostics
    mine = bundled_theme(name)
    assert theme._replace(name=mine.name, digest=mine.digest) == mine


def test_no_name_is_the_house_theme() -> None:
    assert load_theme("", None) == (house_theme(), ())


def test_a_copy_says_only_what_differs(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[colours]\naccent = "#0a5858"\n', encoding="utf-8")
    theme, diagnostics = load_theme("mine.toml", tmp_path)
    assert not diagnostics
    assert theme.colours.accent == "#0A5858"
    assert theme.colours.ink == house_theme().colours.ink
    assert theme.digest != house_theme().digest


def test_a_copy_of_all_of_it_may_differ_in_one_colour(tmp_path: Path) -> None:
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
        ("[card]\nradius = -3\n", 2, "from 0 to 30"),
        ("[card]\nradius = inf\n", 2, "from 0 to 30"),
        (
            "[type]\ntitle = { size = 9000, line = 1 }\n",
            2,
            "“type.title.size” in the theme should be a number from 1 to 60",
        ),
        ("[type]\nminimum = 0\n", 2, "from 1 to 60"),
        ("[fonts.titles]\nweight = 100000\n", 2, "from 100 to 1000"),
        ('[fonts.code]\nfeatures_off = ["calt", "liga and more"]\n', 2, "a font feature"),
        ("[fonts.body]\nfamily = 3\n", 2, "a text"),
        ('base = "chocolate"\n', 1, "“base” in the theme should be one of chocolat, clair, craie, nuit"),
        ("base = 3\n", 1, "“base” in the theme should be one of"),
        ("title = " + repr("x" * 121) + "\n", 1, "at most 120 signs"),
        ("title = '" + "x" * 2100 + "'\n", 1, "too long"),
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


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("[colours\n", "Close the bracket, and put commas between the values."),
        ('hues = ["#9E1238"\n', "Close the bracket, and put commas between the values."),
        ("dark = true\ndark = true\n", "Delete one of the two."),
        ("[band]\n[band]\n", "Delete one of the two."),
        ('title = "Mine\n', "Close the quotation mark."),
        ("title = Mine\n", "Put a text in quotation marks; a number, true and false stand without."),
        ("dark\n", "Write a key, an equals sign and a value on each line."),
        ("title: Mine\n", "Write a key, an equals sign and a value on each line."),
    ],
)
def test_what_is_no_toml_says_what_to_do(tmp_path: Path, written: str, hint: str) -> None:
    (tmp_path / "mine.toml").write_text(written, encoding="utf-8")
    _theme, (found, *_rest) = load_theme("mine.toml", tmp_path)
    assert (found.message, found.hint) == ("The theme is not valid TOML; the house theme is shown.", hint)


def test_a_light_file_stands_on_the_house_theme_and_a_dark_one_on_nuit(tmp_path: Path) -> None:
    for written, base in (("", "chocolat"), ("dark = true\n", "nuit"), ('[colours]\ncard = "#000000"\n', "nuit")):
        (tmp_path / "mine.toml").write_text(written, encoding="utf-8")
        theme, diagnostics = load_theme("mine.toml", tmp_path)
        assert not diagnostics
        assert theme.fonts == bundled_theme(base).fonts


def test_thousands_of_unknown_keys_are_counted(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("".join(f"key{i} = 1\n" for i in range(4000)), encoding="utf-8")
    _theme, diagnostics = load_theme("mine.toml", tmp_path)
    assert len(diagnostics) <= MOST_OF_A_CODE + 1
    assert sum(1 + found.more for found in diagnostics) >= 4000


def test_a_file_larger_than_any_theme_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("# large\n" * 20_000, encoding="utf-8")
    theme, (found,) = load_theme("mine.toml", tmp_path)
    assert theme is house_theme()
    assert found.code == "theme-unreadable"


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
