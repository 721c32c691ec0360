"""The colours of a JSON Canvas in a theme: "1" to "6" as strong and as light as its hues, others as they are."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from atelier.deck.contrast import OTHER, blend, contrast

if TYPE_CHECKING:
    from atelier.deck.looks import Theme

_HEX: Final = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?)")
_ANGLES: Final = {"1": 0.0, "2": 28.0, "3": 48.0, "4": 130.0, "5": 186.0, "6": 272.0}
"""Red, orange, yellow, green, cyan, purple (JSON Canvas 1.0, "Color"), in degrees."""


def canvas_colour(theme: Theme, value: str) -> str:
    """`value` as #RRGGBB that stands out from the theme's cards; empty for no colour."""
    return _colour(theme.hues, theme.colours.card, theme.colours.ink, value.strip())


@lru_cache(maxsize=512)
def _colour(hues: tuple[str, ...], card: str, ink: str, value: str) -> str:
    if value in _ANGLES:
        parts = [colorsys.rgb_to_hls(*_rgb(hue)) for hue in hues]
        lightness = sum(part[1] for part in parts) / len(parts)
        strength = sum(part[2] for part in parts) / len(parts)
        red, green, blue = colorsys.hls_to_rgb(_ANGLES[value] / 360.0, lightness, strength)
        found = f"#{round(red * 255):02X}{round(green * 255):02X}{round(blue * 255):02X}"
    elif _HEX.fullmatch(value):
        digits = value[1:]
        found = "#" + ("".join(d * 2 for d in digits) if len(digits) == 3 else digits[:6]).upper()
    else:
        return ""
    for step in range(1, 11):
        if contrast(found, card) >= OTHER:
            break
        found = blend(found, ink, step / 10)
    return found


def _rgb(value: str) -> tuple[float, float, float]:
    return int(value[1:3], 16) / 255, int(value[3:5], 16) / 255, int(value[5:7], 16) / 255
