"""Themes: colours, fonts and sizes as data, one TOML file each.

Lengths are in h (1 h is 1 % of a frame's height), letter spacing in em, opacities and places from 0 to 1. Each class is
a table of the file, each field one of its keys: `resources/themes/chocolat.toml` says what they mean.

Named tuples rather than dataclasses: making two dozen of those takes 25 ms at every start, of these 4.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from atelier.deck.files import resolve
from atelier.deck.suggestions import did_you_mean
from atelier.deck.tables import Colour, Share, TableReader
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.resources import THEMES
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from pathlib import Path

HOUSE_THEME = "chocolat"
LARGEST_THEME = 256 * 1024  # bytes


class GradientStop(NamedTuple):
    at: Share
    colour: Colour


Gradient: TypeAlias = tuple[GradientStop, ...]


class Colours(NamedTuple):
    card: Colour
    inset: Colour
    line: Colour
    ink: Colour
    body: Colour
    muted: Colour
    accent: Colour
    on_picture: Colour


class World(NamedTuple):
    stops: Gradient
    centre_x: Share
    centre_y: Share
    radius_x: float
    radius_y: float
    decoration: Literal["none", "dots", "stars", "smears"]
    decoration_colour: Colour
    decoration_opacity: Share
    decoration_pitch: float
    glow: Colour
    glow_opacity: Share


class Card(NamedTuple):
    outline: Literal["plain", "chalk"]
    stops: Gradient
    radius: float
    edge_width: float
    edge_colour: Colour
    inner_line_width: float
    inner_line_inset: float
    inner_line_radius: float
    inner_line_colour: Colour
    chip: Colour
    chip_bar_opacity: Share
    chip_text_opacity: Share


class Shadow(NamedTuple):
    colour: Colour
    opacity: Share
    y: float
    blur: float


class Band(NamedTuple):
    kind: Literal["glaze", "hue", "plain", "chalk"]
    stops: Gradient
    text: Colour
    number: Colour
    number_opacity: Share
    number_in_hue: bool
    title_in_hue: bool
    lead_opacity: Share
    sheen: Colour
    sheen_opacity: Share
    drip_sheen: Colour
    drip_sheen_opacity: Share
    drip_shortest: float
    drip_longest: float


class Field(NamedTuple):
    kind: Literal["crumb", "tint", "plain", "chalk"]
    stops: Gradient
    opacity: Share
    radius: float
    text: Colour
    scrim: Colour


class Crumb(NamedTuple):
    pore: Colour
    pore_opacity: Share
    rim: Colour
    rim_opacity: Share
    ganache: Gradient
    ganache_edge: Colour
    ganache_edge_opacity: Share
    ganache_top: Share
    ganache_height: Share
    second_top: Share
    second_height: Share
    cream: Colour
    hollow: Colour
    hollow_rim: Colour
    hollow_rim_opacity: Share


class Panel(NamedTuple):
    stops: Gradient
    text: Colour
    number: Colour
    radius: float


class Code(NamedTuple):
    ground: Colour
    text: Colour
    keyword: Colour
    string: Colour
    number: Colour
    name: Colour
    comment: Colour
    highlight: Colour
    highlight_opacity: Share
    highlight_bar: float
    radius: float

    def token(self, kind: str) -> Colour:
        """The colour of a `CodeToken.kind`; an unknown kind is plain text."""
        colours = {
            "keyword": self.keyword,
            "string": self.string,
            "number": self.number,
            "name": self.name,
            "comment": self.comment,
        }
        return colours.get(kind, self.text)


class CalloutColours(NamedTuple):
    ground: Colour
    title: Colour


class Callouts(NamedTuple):
    filled: bool
    radius: float
    line_width: float
    note: CalloutColours
    ok: CalloutColours
    warn: CalloutColours


class Pictures(NamedTuple):
    radius: float
    ground: Colour


class Detour(NamedTuple):
    colour: Colour
    ground: Colour
    ground_opacity: Share


class OpticalSizes(NamedTuple):
    """The values of a font's `opsz` axis; ignored by a font without one."""

    band: float
    cover: float
    number: float
    title: float
    root: float


class TitleFont(NamedTuple):
    family: str
    fallback: tuple[str, ...]
    weight: int
    tracking: float
    number_weight: int
    quote_weight: int
    optical: OpticalSizes


class BodyFont(NamedTuple):
    family: str
    fallback: tuple[str, ...]
    weight: int
    strong_weight: int
    label_weight: int


class CodeFont(NamedTuple):
    family: str
    fallback: tuple[str, ...]
    weight: int
    strong_weight: int
    features_off: tuple[str, ...]


class Fonts(NamedTuple):
    titles: TitleFont
    body: BodyFont
    code: CodeFont


class TextSize(NamedTuple):
    """`smallest` is 0 where the size does not vary."""

    size: float
    line: float
    smallest: float = 0.0


class TypeScale(NamedTuple):
    minimum: float
    root: TextSize
    root_lead: TextSize
    title: TextSize
    heading: TextSize
    body: TextSize
    small: TextSize
    table: TextSize
    table_header: TextSize
    label: TextSize
    code: TextSize
    caption: TextSize
    callout: TextSize
    callout_title: TextSize
    pill: TextSize
    lead: TextSize
    band: TextSize
    band_number: TextSize
    cover: TextSize
    cover_number: TextSize
    quote: TextSize
    quote_mark: TextSize
    quote_source: TextSize
    picture_title: TextSize
    picture_credit: TextSize
    case_label: TextSize
    case_text: TextSize


class Theme(NamedTuple):
    name: str
    """What the front matter calls it: a name of ours, or the path of a file."""
    digest: str
    """SHA-256 of the file's bytes, in hexadecimal: what is drawn with a theme is kept under it."""
    title: str
    dark: bool
    hues: tuple[Colour, ...]
    colours: Colours
    world: World
    card: Card
    shadow: Shadow
    band: Band
    field: Field
    crumb: Crumb
    panel: Panel
    code: Code
    callouts: Callouts
    pictures: Pictures
    detour: Detour
    fonts: Fonts
    type: TypeScale

    def hue(self, child: int) -> Colour:
        """The hue of the root's child with this number (from 0), and of all inside it."""
        return self.hues[child % len(self.hues)]


def bundled_themes() -> tuple[str, ...]:
    """The names of the themes that come with the program."""
    return tuple(sorted(path.stem for path in THEMES.glob("*.toml")))


@cache
def house_theme() -> Theme:
    """The theme of a deck that names none, and the ground every other one stands on."""
    data = (THEMES / f"{HOUSE_THEME}.toml").read_bytes()
    reader = TableReader.parse(data, None)
    theme = reader.read(Theme, {"name": HOUSE_THEME, "digest": hashlib.sha256(data).hexdigest()})
    if theme is None:
        raise ValueError("; ".join(str(finding) for finding in reader.diagnostics))
    return theme


def load_theme(name_or_path: str, folder: Path | None) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """The theme called `name_or_path`: one of ours by its name, or a TOML file inside the deck's `folder`.

    Never fails. What a file leaves out, or says in a way that cannot be used, is taken from the house theme; the
    latter with a diagnostic that names file, line and key.
    """
    house = house_theme()
    wanted = name_or_path.strip()
    if wanted in {"", HOUSE_THEME}:
        return house, ()
    if wanted in bundled_themes():
        path = THEMES / f"{wanted}.toml"
    elif wanted.lower().endswith(".toml"):
        found = resolve(folder, wanted, limit=LARGEST_THEME)
        if isinstance(found, Diagnostic):
            return house, (replace(found, code="theme-unreadable"),)
        path = found
    else:
        known = bundled_themes()
        hint = did_you_mean(wanted, known) or _("There are: {names}. A theme of your own ends in .toml.").format(
            names=", ".join(known)
        )
        message = _("There is no theme “{name}”; the house theme is shown.").format(name=wanted[:60])
        return house, (Diagnostic("theme-unreadable", message, hint),)
    try:
        data = path.read_bytes()
    except OSError as error:
        message = _("The theme cannot be read: {reason}.").format(reason=error.strerror or error)
        return house, (Diagnostic("theme-unreadable", message, file=path),)
    reader = TableReader.parse(data, path)
    digest = hashlib.sha256(house.digest.encode() + data).hexdigest()
    theme = reader.read(Theme, {"name": wanted, "digest": digest}, house)
    return theme or house, tuple(reader.diagnostics)
