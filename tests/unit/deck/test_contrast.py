"""What reads in a theme, by the contrast of WCAG 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from atelier.deck.contrast import BODY, OTHER, along, blend, contrast, in_hue, luminance, readings, unreadable
from atelier.deck.looks import GradientStop
from atelier.deck.tables import Colour, Share
from atelier.deck.theme import bundled_theme, bundled_themes, house_theme, load_theme

if TYPE_CHECKING:
    from pathlib import Path

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
THEMES = pytest.mark.parametrize("name", bundled_themes())


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#0000FF", "#FFFFFF", 8.59)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(one, other) == contrast(other, one)


@given(COLOURS, COLOURS, st.floats(0, 1))
def test_a_blend_lies_between_its_colours(one: str, other: str, share: float) -> None:
    mixed = blend(one, other, share)
    for i in (1, 3, 5):
        least, most = sorted((int(one[i : i + 2], 16), int(other[i : i + 2], 16)))
        assert least <= int(mixed[i : i + 2], 16) <= most
    assert 0.0 <= luminance(mixed) <= 1.0


def test_a_gradient_is_looked_at_between_its_stops() -> None:
    stops = (GradientStop(Share(1.0), Colour("#FFFFFF")), GradientStop(Share(0.0), Colour("#000000")))
    assert {"#000000", "#808080", "#FFFFFF"} <= set(along(stops))


@given(COLOURS, st.sampled_from(["#FFFFFF", "#000000", "#FFF1DC"]))
def test_a_ground_in_a_hue_is_as_deep_as_its_text_asks_for(hue: str, text: str) -> None:
    top, bottom = in_hue(hue, text)
    assert contrast(text, bottom) >= contrast(text, top) >= BODY
    if contrast(text, hue) >= BODY:
        assert top == hue


@THEMES
def test_a_bundled_theme_reads_everywhere(name: str) -> None:
    assert not [str(reading) for reading in unreadable(bundled_theme(name))]


@THEMES
def test_body_text_has_seven_to_one_on_every_ground(name: str) -> None:
    theme = bundled_theme(name)
    grounds = {reading.ground for reading in readings(theme) if reading.text == ("colours", "body")}
    assert {("card", "stops"), ("world", "stops"), ("colours", "mark")} <= grounds
    assert theme.callouts.filled == (("callouts", "warn", "ground") in grounds)
    for reading in readings(theme):
        if reading.text in {("colours", "body"), ("colours", "ink"), ("code", "text")}:
            assert reading.ratio >= (OTHER if reading.ground[0] == "pills" else BODY), reading


@THEMES
def test_hues_and_accent_stand_out_from_cards(name: str) -> None:
    theme = bundled_theme(name)
    assert all(contrast(hue, theme.colours.card) >= 6.7 for hue in (*theme.hues, theme.colours.accent))
    assert contrast(theme.colours.muted, theme.colours.card) >= 7.0


@pytest.mark.parametrize(
    ("written", "line", "words"),
    [
        ('[colours]\nbody = "#8A7468"\n', 2, "“colours.body” (#8A7468) on “"),
        ('hues = ["#F5D7A1"]\n', 1, "“hues” (#F5D7A1) on “card.stops”"),
        ('[code]\nground = "#FFFFFF"\ntext = "#AAAAAA"\n', 3, "“code.text” (#AAAAAA) on “code.ground”"),
        ('[callouts]\nwarn = { ground = "#9E1238", title = "#9E1238" }\n', 2, "“callouts.warn.title”"),
        ('[band]\ntext = "#FFFFFF"\nstops = [{ at = 0, colour = "#DDDDFF" }]\n', 2, "“band.text” (#"),
        ('[colours]\ncard = "#777777"\n', 2, "“colours.body”"),
    ],
)
def test_a_theme_that_does_not_read_gives_the_house_theme(tmp_path: Path, written: str, line: int, words: str) -> None:
    (tmp_path / "mine.toml").write_text(written, encoding="utf-8")
    theme, diagnostics = load_theme("mine.toml", tmp_path)
    assert theme is house_theme()
    found = next(each for each in diagnostics if words in each.message)
    assert (found.code, found.line, found.file) == ("theme-contrast", line, tmp_path / "mine.toml")
    assert "needed" in found.message
    assert len({each.message.split(" ")[0] for each in diagnostics}) == len(diagnostics)  # each text once
    assert "chocolat" in found.hint


@pytest.mark.parametrize("base", ["", *(f'base = "{name}"\n' for name in bundled_themes())])
@settings(max_examples=25, deadline=None)
@given(colour=COLOURS)
def test_one_colour_of_a_card_is_a_theme(base: str, colour: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    assume(not 0.05 < luminance(colour) < 0.5)  # on a grey in the middle nothing reads
    folder = tmp_path_factory.mktemp("theme")
    (folder / "mine.toml").write_text(f'{base}[colours]\ncard = "{colour}"\n', encoding="utf-8")
    theme, diagnostics = load_theme("mine.toml", folder)
    assert not diagnostics
    assert theme.colours.card == colour
    assert theme.dark == (luminance(colour) < 0.18)


def test_hues_alone_are_a_theme(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('base = "clair"\nhues = ["#00563F", "#7A1F3D"]\n', encoding="utf-8")
    theme, diagnostics = load_theme("mine.toml", tmp_path)
    assert not diagnostics
    assert theme.colours.accent == "#00563F"
    assert theme.card == bundled_theme("clair").card


def test_what_a_file_says_is_never_moved(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        '[colours]\ncard = "#101418"\nink = "#EEEEEE"\nmuted = "#B0B0B0"\n'
        '[world]\nstops = [{ at = 0, colour = "#000000" }]\n',
        encoding="utf-8",
    )
    theme, diagnostics = load_theme("mine.toml", tmp_path)
    assert not diagnostics
    assert (theme.colours.card, theme.colours.ink) == ("#101418", "#EEEEEE")
    assert theme.colours.muted == "#B0B0B0"
    assert [stop.colour for stop in theme.world.stops] == ["#000000"]
