"""What follows from a few colours: a theme file of three lines is whole.

A colour that the file does not say follows from those it does say, where it stands beside them; everything else comes
from the theme it stands on. What the file says is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from atelier.deck.contrast import BODY, OTHER, along, blend, contrast, luminance, unreadable
from atelier.deck.looks import GradientStop
from atelier.deck.tables import Share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atelier.deck.contrast import Reading
    from atelier.deck.looks import CalloutColours, Gradient, Theme
    from atelier.deck.tables import Colour

DARK = 0.18
"""Luminance below which white reads better on a ground than black."""
_STEP = 0.1
_BLACK, _WHITE = "#000000", "#FFFFFF"
_CLEAR = 12.0
"""A contrast at which a card's ink stays as it is."""


def is_dark(colour: str) -> bool:
    """Whether white reads better than black on “#RRGGBB”."""
    return luminance(colour) < DARK


def derived(theme: Theme, said: set[tuple[str, ...]]) -> Theme:
    """`theme` with what follows from the keys in `said`, paths of keys such as `("colours", "card")`."""
    theme = _colours(theme, said)
    given = ("colours", "card") in said
    if given:
        theme = _grounds(theme, said)
    theme = _legible_hues(theme, said)
    if given:
        theme = _callouts(_code(theme, said), said)
    return _settled(theme, said)


_ROUNDS = 14
"""After so many steps a colour is three quarters of the way to black or white."""
_AT_END = 1.2
"""The contrast of a ground with black or white at which moving it there gains nothing."""


def _settled(theme: Theme, said: set[tuple[str, ...]]) -> Theme:
    """`theme` with what does not read yet moved apart, little by little.

    Never a colour that the file says, nor a ground where it says no card: those are the author's to see to.
    """
    for _round in range(_ROUNDS):
        failed = unreadable(theme)
        for reading in failed:
            theme = _apart(theme, reading, said)
        if not failed:
            break
    return theme


def _apart(theme: Theme, reading: Reading, said: set[tuple[str, ...]]) -> Theme:
    light = luminance(reading.colour) > luminance(reading.behind)
    text_first = reading.ground == ("hues",)  # which are texts elsewhere
    ground_moves = ("colours", "card") in said and not {reading.ground, reading.ground[:2]} & said
    if reading.ground == ("card", "stops"):
        ground_moves = False
    text_moves = reading.text not in said
    away = _BLACK if light else _WHITE
    at_end = contrast(reading.behind, away) < _AT_END
    if ground_moves and not (text_moves and (text_first or at_end)):
        theme = _moved(theme, reading.ground, away)
        if reading.ground == ("world", "stops") and ("world", "glow") not in said:
            theme = _moved(theme, ("world", "glow"), away)
        return theme
    if text_moves:
        dark = contrast(_BLACK, reading.behind) > contrast(_WHITE, reading.behind)
        return _moved(theme, reading.text, _BLACK if dark else _WHITE, 1.0 if light == dark else _STEP)
    return theme


def _moved(theme: Theme, key: tuple[str, ...], to: str, share: float = _STEP) -> Theme:
    """`theme` with the colour or the gradient called `key` that much nearer to `to`."""
    owner: Any = theme
    owners = [owner]
    for name in key[:-1]:
        owner = getattr(owner, name)
        owners.append(owner)
    value: Any = getattr(owner, key[-1])
    changed: Any
    if isinstance(value, str):
        changed = blend(value, to, share)
    elif key == ("hues",):
        changed = tuple(blend(hue, to, share) for hue in value)
    else:
        changed = tuple(stop._replace(colour=blend(stop.colour, to, share)) for stop in value)
    for table, name in zip(reversed(owners), reversed(key), strict=True):
        changed = table._replace(**{name: changed})
    return cast("Theme", changed)


def _nearer(colour: Colour, ink: str, grounds: Iterable[Colour], needed: float) -> Colour:
    """`colour`, as far towards the ink as it takes to read on all `grounds`."""
    behind = list(grounds)
    shade = colour
    for step in range(1, round(1 / _STEP) + 1):
        if all(contrast(shade, ground) >= needed for ground in behind):
            return shade
        shade = blend(colour, ink, step * _STEP)
    return shade


def _flat(colour: Colour) -> Gradient:
    return (GradientStop(Share(0.0), colour), GradientStop(Share(1.0), colour))


def _spread(stops: Gradient, base: Colour, other: str, shares: tuple[float, float]) -> Gradient:
    """The places of `stops`, from `base` with the first share of `other` to the second."""
    least, most = shares
    return tuple(stop._replace(colour=blend(base, other, least + (most - least) * stop.at**1.5)) for stop in stops)


def _colours(theme: Theme, said: set[tuple[str, ...]]) -> Theme:
    """Ink, text and lines from card and ink."""

    def given(name: str) -> bool:
        return ("colours", name) in said

    colours = theme.colours
    card, ink = colours.card, colours.ink
    if not given("ink") and contrast(ink, card) < _CLEAR:
        ink = blend(_WHITE if is_dark(card) else _BLACK, card, 0.05)
    changed = {"ink": ink}
    if given("card") or given("ink"):
        changed |= {
            "body": _nearer(blend(ink, card, 0.1), ink, [card], BODY * 1.2),
            "muted": _nearer(blend(ink, card, 0.34), ink, [card], BODY),
            "inset": blend(card, ink, 0.05),
            "line": blend(card, ink, 0.18),
        }
    if ("hues",) in said:
        changed["accent"] = theme.hues[0]
    colours = colours._replace(**{name: value for name, value in changed.items() if not given(name)})
    dark = theme.dark if ("dark",) in said or not given("card") else is_dark(card)
    return theme._replace(colours=colours, dark=dark)


def _grounds(theme: Theme, said: set[tuple[str, ...]]) -> Theme:
    """The grounds that belong to a card which is not the one of the theme below."""
    colours = theme.colours
    card, ink, line = colours.card, colours.ink, colours.line
    dark = is_dark(card)
    shade: str = _BLACK if dark else ink
    if dark and theme.band.kind == "hue" and ("band", "kind") not in said:  # no text reads on hues that are light
        theme = theme._replace(
            band=theme.band._replace(kind="plain", number_in_hue=True), panel=theme.panel._replace(kind="plain")
        )
    steps = {
        "world": (0.1, 0.5) if dark else (0.01, 0.12),
        "field": (0.22, 0.4) if dark else (0.06, 0.14),
    }
    look = theme.world
    world: dict[str, object] = {
        "stops": _spread(look.stops, card, shade, steps["world"]),
        "decoration_colour": blend(card, ink, 0.3) if look.decoration == "dots" else ink,
        "glow": blend(card, theme.hues[0], 0.2),
    }
    tables: dict[str, dict[str, object]] = {
        "world": world,
        "card": {
            "stops": _flat(card),
            "edge_colour": line,
            "inner_line_colour": line,
            "chip": blend(card, ink, 0.07),
        },
        "pictures": {"ground": colours.inset},
        "pills": {"ground": card if theme.pills.hue_share else blend(card, ink, 0.14)},
    }
    if theme.field.kind in {"plain", "chalk"}:
        stops = _spread(theme.field.stops, card, shade, steps["field"])
        tables["field"] = {"stops": stops, "scrim": stops[len(stops) // 2].colour, "edge_colour": line}
    if theme.field.kind == "tint":
        tables["field"] = {"scrim": blend(card, ink, 0.08), "edge_colour": line}
    if theme.band.kind in {"plain", "chalk"}:
        stops = _spread(theme.band.stops, card, ink, (0.16, 0.08))
        text = _nearer(theme.band.text, ink, along(stops), BODY)
        tables["band"] = {"stops": stops, "text": text, "number": text, "edge_colour": line}
        if theme.panel.kind == "plain":
            tables["panel"] = {"stops": stops, "text": text}
    for name, values in tables.items():
        table = getattr(theme, name)
        kept = {key: value for key, value in values.items() if (name, key) not in said}
        theme = theme._replace(**{name: table._replace(**kept)})
    return theme


def _code(theme: Theme, said: set[tuple[str, ...]]) -> Theme:
    """A listing on the ink where it was dark on light cards, else on a ground near the card."""
    look, colours = theme.code, theme.colours
    ground = look.ground
    if ("code", "ground") not in said:
        if is_dark(colours.card):
            ground = blend(colours.card, _BLACK, 0.35)
        else:
            ground = blend(colours.ink, _BLACK, 0.2) if is_dark(ground) else blend(colours.card, colours.ink, 0.04)
    far = _WHITE if is_dark(ground) else _BLACK
    lit = [ground, blend(ground, look.highlight, look.highlight_opacity)]
    names = [("text", BODY), *((name, OTHER) for name in ("keyword", "string", "number", "name", "comment"))]
    read = {
        name: _nearer(getattr(look, name), far, lit, needed) for name, needed in names if ("code", name) not in said
    }
    return theme._replace(code=look._replace(ground=ground, **read))


def _callouts(theme: Theme, said: set[tuple[str, ...]]) -> Theme:
    look, colours = theme.callouts, theme.colours

    def kind(name: str, base: CalloutColours) -> CalloutColours:
        ground, title = base.ground, base.title
        if ("callouts", name, "ground") not in said:
            tints = [blend(colours.card, title, share) for share in (0.1, 0.06, 0.03, 0.0)]
            ground = next((g for g in tints if contrast(colours.accent, g) >= OTHER), colours.card)
        if ("callouts", name, "title") not in said:
            title = _nearer(title, colours.ink, [ground if look.filled else colours.card], OTHER)
        return base._replace(ground=ground, title=title)

    look = look._replace(note=kind("note", look.note), ok=kind("ok", look.ok), warn=kind("warn", look.warn))
    return theme._replace(callouts=look)


def _legible_hues(theme: Theme, said: set[tuple[str, ...]]) -> Theme:
    """Accent, hues and marks that the file does not say, as near to the ink as the card asks for."""
    colours = theme.colours
    grounds = [colours.card, *along(theme.card.stops)]
    if ("colours", "card") in said and ("hues",) not in said:
        theme = theme._replace(hues=tuple(_nearer(hue, colours.ink, grounds, OTHER) for hue in theme.hues))
    if ("colours", "accent") not in said:
        colours = colours._replace(accent=_nearer(colours.accent, colours.ink, grounds, OTHER))
    if ("colours", "mark") not in said and contrast(colours.body, colours.mark) < BODY:
        share = 0.4
        while share > 0.0 and contrast(colours.body, blend(colours.card, colours.accent, share)) < BODY:
            share -= _STEP
        colours = colours._replace(mark=blend(colours.card, colours.accent, max(share, 0.0)))
    if ("colours", "on_hue") not in said and {("hues",), ("colours", "card")} & said:
        one, two = colours.card, colours.ink
        reads = [min(contrast(colour, hue) for hue in theme.hues) for colour in (colours.on_hue, one, two)]
        colours = colours._replace(on_hue=(colours.on_hue, one, two)[reads.index(max(reads))])
    return theme._replace(colours=colours)
