"""The tables of a theme file, as named tuples.

Lengths are in h (1 h is 1 % of a frame's height), letter spacing in em, opacities and places from 0 to 1. Each class is
a table of the file, each field one of its keys: docs/themes.md says what they mean.

Named tuples rather than dataclasses: making two dozen of those takes 25 ms at every start, of these 4.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from atelier.deck.tables import Colour, Feature, Height, Leading, Length, Optical, Radius, Share, Tracking, Weight


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
    mark: Colour
    on_hue: Colour
    on_picture: Colour


class World(NamedTuple):
    stops: Gradient
    centre_x: Share
    centre_y: Share
    radius_x: Radius
    radius_y: Radius
    decoration: Literal["none", "dots", "stars", "smears"]
    decoration_colour: Colour
    decoration_opacity: Share
    decoration_pitch: Length
    glow: Colour
    glow_opacity: Share
    glow_x: Share
    glow_y: Share
    glow_radius_x: Radius
    glow_radius_y: Radius


class Card(NamedTuple):
    outline: Literal["plain", "chalk"]
    stops: Gradient
    radius: Length
    edge_width: Length
    edge_colour: Colour
    inner_line_width: Length
    inner_line_inset: Length
    inner_line_radius: Length
    inner_line_colour: Colour
    chip: Colour
    chip_bar_opacity: Share
    chip_text_opacity: Share


class Shadow(NamedTuple):
    colour: Colour
    opacity: Share
    y: Length
    blur: Length


class Band(NamedTuple):
    kind: Literal["glaze", "hue", "plain", "chalk"]
    stops: Gradient
    text: Colour
    number: Colour
    number_opacity: Share
    number_in_hue: bool
    title_in_hue: bool
    lead_opacity: Share
    edge_width: Length
    edge_colour: Colour
    shadow_opacity: Share
    sheen: Colour
    sheen_opacity: Share
    drip_sheen: Colour
    drip_sheen_opacity: Share
    drip_shortest: Length
    drip_longest: Length


class Field(NamedTuple):
    kind: Literal["crumb", "tint", "plain", "chalk"]
    stops: Gradient
    opacity: Share
    radius: Length
    edge_width: Length
    edge_colour: Colour
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
    kind: Literal["hue", "plain"]
    stops: Gradient
    text: Colour
    title_in_hue: bool
    radius: Length


class Cake(NamedTuple):
    """The cake of the layout `cake`."""

    kind: Literal["painted", "chalk"]
    body: Gradient
    top: Gradient
    rim: Colour
    rim_opacity: Share
    sheen: Colour
    sheen_opacity: Share
    cream: Gradient
    fold: Colour
    plate: Gradient
    plate_side: Gradient
    plate_rim: Colour
    fruit: Gradient
    fruit_dark: Colour
    fruit_text: Colour
    stem: Colour
    berry: Gradient
    leaf: Gradient
    vein: Colour
    stick: Colour
    stick_light: Colour
    shadow: Colour
    shadow_opacity: Share


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
    highlight_bar: Length
    radius: Length

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
    radius: Length
    line_width: Length
    note: CalloutColours
    ok: CalloutColours
    warn: CalloutColours


class Pills(NamedTuple):
    """The kinds of a case."""

    filled: bool
    ground: Colour
    hue_share: Share
    line_width: Length


class Pictures(NamedTuple):
    radius: Length
    ground: Colour
    veil: Colour
    veil_opacity: Share


class Detour(NamedTuple):
    colour: Colour
    ground: Colour
    ground_opacity: Share


class OpticalSizes(NamedTuple):
    """The values of a font's `opsz` axis; ignored by a font without one."""

    band: Optical
    cover: Optical
    number: Optical
    title: Optical
    root: Optical


class TitleFont(NamedTuple):
    family: str
    fallback: tuple[str, ...]
    weight: Weight
    tracking: Tracking
    number_weight: Weight
    quote_weight: Weight
    optical: OpticalSizes


class BodyFont(NamedTuple):
    family: str
    fallback: tuple[str, ...]
    weight: Weight
    strong_weight: Weight
    label_weight: Weight


class CodeFont(NamedTuple):
    family: str
    fallback: tuple[str, ...]
    weight: Weight
    strong_weight: Weight
    features_off: tuple[Feature, ...]


class Fonts(NamedTuple):
    titles: TitleFont
    body: BodyFont
    code: CodeFont


class TextSize(NamedTuple):
    """`smallest` is 0 where the size does not vary."""

    size: Height
    line: Leading
    smallest: Length = Length(0.0)


class TypeScale(NamedTuple):
    minimum: Height
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
    cake: Cake
    code: Code
    callouts: Callouts
    pills: Pills
    pictures: Pictures
    detour: Detour
    fonts: Fonts
    type: TypeScale

    def hue(self, child: int) -> Colour:
        """The hue of the root's child with this number (from 0), and of all inside it."""
        return self.hues[child % len(self.hues)]
