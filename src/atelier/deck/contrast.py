"""Whether a theme reads: the contrast of every text with every ground it stands on.

Contrast is that of WCAG 2 (w3.org/TR/WCAG22, "contrast ratio" and "relative luminance"): from 1 to 21.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from atelier.deck.tables import Colour

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atelier.deck.looks import Gradient, Theme

BODY = 7.0
"""What running text needs."""
OTHER = 4.5
"""What titles, labels, captions and numbers need."""

ROW_TINT = 0.035
"""Share of the ink in every second row of a table."""
CHIP_TINT = 0.075
"""Share of the ink under code in a line of text."""
QUIET = 0.85
"""Opacity of what is less important on a panel."""
_DEEPER = 0.22
"""How much nearer to black, under light text, a ground in a hue is at its lower end."""
_STEPS = 20
_BETWEEN = 4
"""Steps looked at from one colour of a gradient to the next."""
_FRUIT_TEXT = (0.25, 0.8)
"""Where on the gradient of a cake's cherry its title stands."""

Key = tuple[str, ...]


class Reading(NamedTuple):
    """A text on the ground where it reads worst."""

    text: Key
    ground: Key
    colour: Colour
    behind: Colour
    needed: float

    @property
    def ratio(self) -> float:
        return contrast(self.colour, self.behind)


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """The relative luminance of "#RRGGBB", from 0 to 1."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Of two colours "#RRGGBB", in any order: from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def blend(base: str, other: str, share: float) -> Colour:
    """`base` with `share` of `other` over it."""
    parts = (round(int(base[i : i + 2], 16) * (1 - share) + int(other[i : i + 2], 16) * share) for i in (1, 3, 5))
    return Colour("#{:02X}{:02X}{:02X}".format(*parts))


@lru_cache(maxsize=512)
def in_hue(hue: str, text: str) -> tuple[Colour, Colour]:
    """The upper and lower end of a ground in a hue: as far from the colour of its text as running text needs."""
    away = max("#000000", "#FFFFFF", key=lambda end: contrast(text, end))
    top = Colour(hue)
    for step in range(1, _STEPS + 1):
        if contrast(text, top) >= BODY:
            break
        top = blend(hue, away, step / _STEPS)
    return top, blend(top, away, _DEEPER)


def along(gradient: Gradient, start: float = 0.0, end: float = 1.0) -> list[Colour]:
    """The colours of a gradient between two of its places."""
    stops = sorted(gradient)
    out = [stop.colour for stop in stops if start <= stop.at <= end]
    for one, two in pairwise(stops):
        for i in range(_BETWEEN + 1):
            share = i / _BETWEEN
            if start <= one.at + (two.at - one.at) * share <= end:
                out.append(blend(one.colour, two.colour, share))
    return out or [stop.colour for stop in stops]


def unreadable(theme: Theme) -> list[Reading]:
    """The texts that do not read, each with every kind of ground where it does not."""
    return [reading for reading in readings(theme) if reading.ratio < reading.needed]


def worst(found: list[Reading]) -> list[Reading]:
    """Of each text the one reading that is farthest from what it needs."""
    out: dict[Key, Reading] = {}
    for reading in found:
        known = out.get(reading.text)
        if known is None or reading.ratio / reading.needed < known.ratio / known.needed:
            out[reading.text] = reading
    return list(out.values())


def readings(theme: Theme) -> Iterator[Reading]:
    """Every text of the theme on every ground it can stand on."""
    yield from _on_cards(theme)
    yield from _on_callouts(theme)
    yield from _on_world(theme)
    yield from _on_code(theme)
    yield from _on_bands(theme)
    yield from _on_small_grounds(theme)


def _worst(text: Key, colours: Iterable[Colour], ground: Key, grounds: list[Colour], needed: float) -> Reading:
    pairs = [(colour, behind) for colour in colours for behind in grounds]
    colour, behind = min(pairs, key=lambda pair: contrast(*pair))
    return Reading(text, ground, colour, behind, needed)


def _on_cards(theme: Theme) -> Iterator[Reading]:
    colours = theme.colours
    key = ("card", "stops")
    grounds = [colours.card, *along(theme.card.stops)]
    rows = [blend(ground, colours.ink, ROW_TINT) for ground in grounds]
    chips = [blend(ground, colours.ink, CHIP_TINT) for ground in grounds]
    yield _worst(("colours", "body"), [colours.body], key, [*grounds, *rows, *chips], BODY)
    yield _worst(("colours", "ink"), [colours.ink], key, [*grounds, *chips], BODY)
    yield _worst(("colours", "body"), [colours.body], ("colours", "mark"), [colours.mark], BODY)
    yield _worst(("colours", "ink"), [colours.ink], ("colours", "mark"), [colours.mark], OTHER)
    yield _worst(("colours", "muted"), [colours.muted], key, grounds, OTHER)
    yield _worst(("colours", "muted"), [colours.muted], ("pictures", "ground"), [theme.pictures.ground], OTHER)
    yield _worst(("colours", "accent"), [colours.accent], key, [*grounds, *rows], OTHER)
    yield _worst(("hues",), theme.hues, key, grounds, OTHER)


def _on_callouts(theme: Theme) -> Iterator[Reading]:
    look = theme.callouts
    for name, kind in (("note", look.note), ("ok", look.ok), ("warn", look.warn)):
        key = ("callouts", name, "ground") if look.filled else ("card", "stops")
        grounds = [kind.ground] if look.filled else along(theme.card.stops)
        yield _worst(("callouts", name, "title"), [kind.title], key, grounds, OTHER)
        yield _worst(("colours", "body"), [theme.colours.body], key, grounds, BODY)
        yield _worst(("colours", "accent"), [theme.colours.accent], key, grounds, OTHER)


def _on_world(theme: Theme) -> Iterator[Reading]:
    look = theme.world
    grounds = along(look.stops)
    if look.glow_opacity:
        grounds += [blend(ground, look.glow, look.glow_opacity) for ground in grounds]
    if look.decoration == "smears":
        grounds += [blend(ground, look.decoration_colour, look.decoration_opacity) for ground in grounds]
    key = ("world", "stops")
    yield _worst(("colours", "body"), [theme.colours.body], key, grounds, BODY)
    yield _worst(("colours", "ink"), [theme.colours.ink], key, grounds, BODY)
    yield _worst(("colours", "muted"), [theme.colours.muted], key, grounds, OTHER)
    yield _worst(("colours", "accent"), [theme.colours.accent], key, grounds, OTHER)


def _on_code(theme: Theme) -> Iterator[Reading]:
    look = theme.code
    grounds = [look.ground, blend(look.ground, look.highlight, look.highlight_opacity)]
    yield _worst(("code", "text"), [look.text], ("code", "ground"), grounds, BODY)
    for name in ("keyword", "string", "number", "name", "comment"):
        yield _worst(("code", name), [look.token(name)], ("code", "ground"), grounds, OTHER)


def _in_hue(theme: Theme, text: Colour) -> list[Colour]:
    return [shade for hue in theme.hues for shade in in_hue(hue, text)]


def _on_bands(theme: Theme) -> Iterator[Reading]:
    band, panel = theme.band, theme.panel
    grounds, key = (
        (_in_hue(theme, band.text), ("hues",)) if band.kind == "hue" else (along(band.stops), ("band", "stops"))
    )
    title, name = (theme.hues, ("hues",)) if band.title_in_hue else ((band.text,), ("band", "text"))
    yield _worst(name, title, key, grounds, OTHER)
    lead = [blend(ground, band.text, band.lead_opacity) for ground in grounds]
    yield min(
        (Reading(("band", "text"), key, one, two, BODY) for one, two in zip(lead, grounds, strict=True)),
        key=lambda reading: reading.ratio,
    )
    if band.number_in_hue:
        yield _worst(("hues",), theme.hues, key, grounds, OTHER)
    else:
        yield min(
            (
                Reading(("band", "number"), key, blend(ground, band.number, band.number_opacity), ground, OTHER)
                for ground in grounds
            ),
            key=lambda reading: reading.ratio,
        )
    if panel.kind == "hue":
        grounds, key = _in_hue(theme, panel.text), ("hues",)
    else:
        grounds, key = along(panel.stops), ("panel", "stops")
    yield _worst(("panel", "text"), [panel.text], key, grounds, BODY)
    yield min(
        (Reading(("panel", "text"), key, blend(ground, panel.text, QUIET), ground, OTHER) for ground in grounds),
        key=lambda reading: reading.ratio,
    )
    if panel.title_in_hue:
        yield _worst(("hues",), theme.hues, key, grounds, OTHER)


def _on_small_grounds(theme: Theme) -> Iterator[Reading]:
    colours, pills, cake = theme.colours, theme.pills, theme.cake
    yield _worst(("colours", "on_hue"), [colours.on_hue], ("hues",), list(theme.hues), OTHER)
    if pills.filled:
        grounds = [blend(pills.ground, hue, pills.hue_share) for hue in theme.hues]
        yield _worst(("colours", "ink"), [colours.ink], ("pills", "ground"), grounds, OTHER)
    fruit = along(cake.fruit, *_FRUIT_TEXT) if cake.kind == "painted" else [max(cake.fruit).colour]
    yield _worst(("cake", "fruit_text"), [cake.fruit_text], ("cake", "fruit"), fruit, OTHER)
    yield _worst(("colours", "on_picture"), [colours.on_picture], ("pictures", "veil"), [theme.pictures.veil], BODY)
    yield _worst(("detour", "colour"), [theme.detour.colour], ("detour", "ground"), [theme.detour.ground], OTHER)
